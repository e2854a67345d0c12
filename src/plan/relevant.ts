/** What can lead to a goal at all: routes, the statuses they stand on, the countries where they are. By the law alone. */
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Clause, Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Goal } from './types.ts';

export type Relevant = {
  readonly routes: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
};

/** Whether a standing fulfils a goal. A goal of years is fulfilled by time, by any standing that is lawful. */
export function standingMeets(goal: Goal, stands: string): boolean {
  switch (goal.kind) {
    case 'permanent':
      return stands === 'permanent' || stands === 'citizenship';
    case 'citizenship':
      return stands === 'citizenship';
    case 'protection':
      return stands === 'protection';
    case 'years':
      return stands !== 'visit' && stands !== 'pending' && stands !== 'tolerated' && stands !== 'visa';
  }
}

/**
 * Routes from which the goal can be reached, going backwards: those that grant it; then those that grant a status which
 * one of these counts, may be filed from, or is led to by; and routes that issue documents, which serve all.
 */
export function relevantTo(book: LawBook, goal: Goal, avoid: ReadonlySet<string>, on: Day): Relevant {
  const tolerated = (r: Provision) =>
    r.grants?.status !== undefined && statusTerms(book, r.grants.status)?.terms.stands === 'tolerated';
  const all = ofKind(book, 'route').filter((r) => !avoid.has(r.jurisdiction) && !tolerated(r));
  const routes = new Set<string>();
  const wanted: string[] = [];
  const want = (pattern: string) => {
    if (!wanted.includes(pattern)) wanted.push(pattern);
  };
  const grants = (r: Provision) => r.grants?.status;
  const add = (r: Provision) => {
    if (routes.has(r.id)) return;
    routes.add(r.id);
    for (const x of r.filing?.from ?? [])
      if (x === 'permit' || x === 'any') want(`${r.jurisdiction}/*`);
      else want(x);
    for (const clause of [...r.all, ...r.bars])
      for (const id of clockIds(clause)) for (const c of book.provisions.get(id)?.counts ?? []) want(c.status);
  };
  for (const r of all) {
    const status = grants(r);
    const stands = status ? statusTerms(book, status)?.terms.stands : undefined;
    if ((stands && standingMeets(goal, stands)) || r.grants?.document) add(r);
  }
  for (let i = 0; i < wanted.length; i++) {
    const pattern = wanted[i] as string;
    for (const r of all) {
      const status = grants(r);
      if (status && matchesStatus(pattern, status)) add(r);
    }
  }
  // A status may say where it leads without the route naming it.
  for (let grew = true; grew; ) {
    grew = false;
    for (const r of all) {
      const status = grants(r);
      if (!status || routes.has(r.id)) continue;
      const leads = statusTerms(book, status)?.terms.leadsTo ?? [];
      if (leads.some((id) => routes.has(id))) {
        add(r);
        grew = true;
      }
    }
  }
  const countries = new Set<string>();
  for (const id of routes)
    for (const c of membersOf(book, id.split('/')[0] as string, on) ?? []) if (!avoid.has(c)) countries.add(c);
  return { routes, countries };
}

/** The clocks that a clause asks, at any depth. */
export function clockIds(c: Clause): string[] {
  switch (c.k) {
    case 'clock':
      return [c.clock];
    case 'all':
    case 'any':
    case 'atLeast':
      return c.of.flatMap(clockIds);
    case 'not':
      return clockIds(c.of);
    case 'points':
      return c.items.flatMap((i) => clockIds(i.of));
    default:
      return [];
  }
}
