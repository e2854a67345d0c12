/**
 * Which answer would change most: what is asked next. From what the routes still need, not from a fixed list.
 */
import type { RouteCheck } from './check.ts';

export type Worth = {
  readonly fact: string;
  /** Routes whose answer still hangs on it. */
  readonly routes: number;
  /** The sum over those routes of one part in as many as the route still needs: one fact alone that decides a route counts whole. */
  readonly worth: number;
};

/**
 * Unanswered facts by what they would decide, the most first. `first`: facts that something else than the routes needs
 * (until when one may stay), which weigh as much as that many routes.
 */
export function worthAsking(
  routes: readonly Pick<RouteCheck, 'outcome' | 'missing'>[],
  first: readonly { readonly facts: readonly string[]; readonly weight: number }[] = [],
): Worth[] {
  const out = new Map<string, { routes: number; worth: number }>();
  const add = (fact: string, worth: number, routes: number) => {
    const have = out.get(fact) ?? { routes: 0, worth: 0 };
    out.set(fact, { routes: have.routes + routes, worth: have.worth + worth });
  };
  for (const r of routes) if (r.outcome === 'unknown') for (const fact of r.missing) add(fact, 1 / r.missing.length, 1);
  for (const { facts, weight } of first) for (const fact of facts) add(fact, weight / facts.length, 0);
  return [...out].map(([fact, x]) => ({ fact, ...x })).sort((a, b) => b.worth - a.worth || (a.fact < b.fact ? -1 : 1));
}
