/** What the law here knows of getting new travel documents. */
import { type LawBook, ofKind } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { type Eligibility, routeEligibility } from './eligible.ts';
import { filingFrom } from './filing.ts';
import { helpersIn } from './helpers.ts';
import { sightOf } from './seen.ts';

/** A route to a new travel document, with whether it is open to the person on the day, as far as they told. */
export type Renewal = { readonly route: Provision; readonly open: Tri };

/** A route by which the country where the person is gives papers to others, with what closes it to the person. */
export type Closed = { readonly route: Provision; readonly eligibility: Eligibility };

/** Routes to a travel document: of the country whose citizen one is, and of the country one is in. */
function paperRoutes(book: LawBook, s: Situation, on: Day): Provision[] {
  const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  return ofKind(book, 'route').filter(
    (r) =>
      r.grants?.document &&
      inForce(r, on) !== 'no' &&
      (r.jurisdiction === s.place || citizenships.includes(r.jurisdiction)),
  );
}

/**
 * The routes to a travel document that are not closed to the person where they then are: of the country whose citizen they are, and of
 * the country they are in; those that are open first.
 */
export function renewals(book: LawBook, s: Situation, on: Day): Renewal[] {
  const at = { ...s, on };
  return paperRoutes(book, s, on)
    .flatMap((route): Renewal[] => {
      const open = routeEligibility(book, route, at, on).outcome;
      const may = filingFrom(book, route, at, on).may;
      if (open === false || may === false) return [];
      return [{ route, open: open && may }];
    })
    .sort((a, b) => Number(b.open === true) - Number(a.open === true));
}

/**
 * What the country where the person then is gives instead of a passport to others, but not to them as things stand. Passports of its
 * citizens are none of that.
 */
export function substitutes(book: LawBook, s: Situation, on: Day): Closed[] {
  const at = { ...s, on };
  return paperRoutes(book, s, on).flatMap((route): Closed[] => {
    if (route.jurisdiction !== s.place || route.grants?.document?.kind === 'passport') return [];
    const eligibility = routeEligibility(book, route, at, on);
    return eligibility.outcome === false ? [{ route, eligibility }] : [];
  });
}

/** Help in a country with papers for whoever cannot go to the consulate of their state: programmes that ask just that. */
export function paperHelp(book: LawBook, s: Situation, on: Day): Provision[] {
  if (s.place === undefined) return [];
  return helpersIn(book, { ...s, on }, s.place, on, { everywhere: 'no' }).filter((p) =>
    [...sightOf(book, [p]).facts].includes('canRenewAtConsulate'),
  );
}
