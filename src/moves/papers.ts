/** What the law here knows of getting new travel documents. */
import { type LawBook, ofKind } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { routeEligibility } from './eligible.ts';
import { filingFrom } from './filing.ts';

/** A route to a new travel document, with whether it is open to the person on the day, as far as they told. */
export type Renewal = { readonly route: Provision; readonly open: Tri };

/**
 * The routes to a travel document that are not closed to the person where they then are: of the country whose citizen they are, and of
 * the country they are in; those that are open first.
 */
export function renewals(book: LawBook, s: Situation, on: Day): Renewal[] {
  const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  const at = { ...s, on };
  return ofKind(book, 'route')
    .filter(
      (r) =>
        r.grants?.document &&
        inForce(r, on) !== 'no' &&
        (r.jurisdiction === s.place || citizenships.includes(r.jurisdiction)),
    )
    .flatMap((route): Renewal[] => {
      const open = routeEligibility(book, route, at, on).outcome;
      const may = filingFrom(book, route, at, on).may;
      if (open === false || may === false) return [];
      return [{ route, open: open && may }];
    })
    .sort((a, b) => Number(b.open === true) - Number(a.open === true));
}
