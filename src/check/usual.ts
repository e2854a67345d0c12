/** Whether a route that hangs on answers not given would be shut by the answers most people give. */
import type { LawBook } from '../law/book.ts';
import { routeEligibility } from '../moves/eligible.ts';
import type { Situation } from '../person/types.ts';
import type { Value } from '../rules/ir.ts';

/**
 * True where the answers that are usual (`usual` in the facts) close the route: it is open only to who gives an unusual one, like somebody
 * nominated by a government or without any citizenship. `missing` are the facts still needed. No answer of the person is changed.
 */
export function usuallyShut(book: LawBook, s: Situation, route: string, missing: readonly string[]): boolean {
  const provision = book.provisions.get(route);
  if (!provision) return false;
  const assumed = new Map<string, Value>(s.assumed);
  for (const fact of missing) {
    const usual = book.schema.facts.get(fact)?.usual;
    if (usual !== undefined && !assumed.has(fact)) assumed.set(fact, usual);
  }
  return routeEligibility(book, provision, { ...s, assumed }, s.on).outcome === false;
}
