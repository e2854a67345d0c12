/** Where and from which status an application may be made. */
import { type LawBook, matchesStatus, membersOf, statusTerms } from '../law/book.ts';
import { filingAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { currentStatuses, isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { askedBefore } from './claims.ts';
import { type Lawful, lawfulUntil, totalUntil } from './lawful.ts';
import type { Doubt } from './types.ts';
import { isAskedFrom, leavesGap, type Window, windowOf } from './windows.ts';

export type FilingPlace = {
  /** Whether the application may be made from where the person is. */
  readonly may: Tri;
  readonly inCountry: boolean;
  readonly doubts: readonly Doubt[];
  /** The days on which it is asked for from what is held, where the law states them. */
  readonly window?: Window;
};

const NO: FilingPlace = { may: false, inCountry: false, doubts: [] };

/**
 * Whether the person may file a route on a day from the place where they are. In the country itself if both are possible.
 * `lawful` may give what is already known of their stay there: it does not hang on the route. `days: 'any'`: whether on some day, whatever
 * the days on which the law takes it from what is held.
 */
export function filingFrom(
  book: LawBook,
  route: Provision,
  s: Situation,
  on: Day,
  lawful: Lawful | undefined = undefined,
  days: 'these' | 'any' = 'these',
): FilingPlace {
  const place = placeOf(book, route, s, on, lawful, days);
  const before = place.may === false ? [] : askedBefore(route, s);
  return before.length ? { ...place, doubts: [...place.doubts, ...before] } : place;
}

function placeOf(
  book: LawBook,
  route: Provision,
  s: Situation,
  on: Day,
  lawful: Lawful | undefined,
  days: 'these' | 'any',
): FilingPlace {
  const f = filingAt(route, on);
  const place = s.place;
  if (!f) return NO;
  if (place === undefined) return { may: undefined, inCountry: false, doubts: [] };
  const here = place === route.jurisdiction || (membersOf(book, route.jurisdiction, on) ?? []).includes(place);
  // What is held is renewed where it is held, wherever it was first asked for.
  if (here && (f.where.includes('in-country') || f.where.includes('online') || renews(book, s, route, on))) {
    // Whoever is over their time has no status to ask from; protection may be asked for all the same.
    const stay = lawful ?? lawfulUntil(book, { ...s, on });
    const over = stay.known && stay.until !== undefined && stay.until < on;
    const stands = route.grants?.status ? statusTerms(book, route.grants.status)?.terms.stands : undefined;
    if (over && stands !== 'protection' && stands !== 'pending') return NO;
    return fromStatus(book, route, s, on, days);
  }
  if (here) return NO;
  if (f.where.includes('abroad')) return { may: true, inCountry: false, doubts: [] };
  if (f.where.includes('consulate')) return fromConsulate(book, route, s, place, on);
  if (f.where.includes('online')) {
    // A form on the internet says nothing about where one must be: only a route that knows no other way is open from anywhere.
    if (!f.where.includes('in-country')) return { may: true, inCountry: false, doubts: [] };
    if (holdsNoneAskedFor(book, route, f.from, s, on)) return NO;
    return { may: undefined, inCountry: false, doubts: [{ kind: 'filing-place-unknown', route: route.id, place }] };
  }
  return NO;
}

/** Whether a route is asked for from named statuses of its country alone, and the person, who told of what they hold, holds none of them. */
function holdsNoneAskedFor(
  book: LawBook,
  route: Provision,
  from: readonly string[] | undefined,
  s: Situation,
  on: Day,
): boolean {
  if (!from || from.includes('any') || s.holdings === undefined || renews(book, s, route, on)) return false;
  return !currentStatuses(book, s, on).some(
    (c) =>
      from.some((x) => matchesStatus(x, c.holding.status)) ||
      (from.includes('permit') && c.jurisdiction === route.jurisdiction),
  );
}

/** Whether something held that has not ended by a day is renewed by a route. */
export function renews(book: LawBook, s: Situation, route: Provision, on: Day): boolean {
  return (s.holdings ?? []).some((h) => {
    if (h.to !== undefined && h.to < on) return false;
    const renew = statusTerms(book, h.status)?.terms.renew;
    return renew !== undefined && renew !== 'no' && renew.by === route.id;
  });
}

/** Filing in the country: the status held must be one from which the route may be asked for. */
function fromStatus(book: LawBook, route: Provision, s: Situation, on: Day, days: 'these' | 'any'): FilingPlace {
  const f = filingAt(route, on) as NonNullable<Provision['filing']>;
  const held = new Set<string>();
  // Presence goes on under a status only while it is held; a stay rule is not held but kept.
  const ended =
    (s.holdings ?? []).some((h) => h.status === s.under) &&
    !(s.holdings ?? []).some((h) => h.status === s.under && isCurrent(h, on));
  if (s.under && !ended) held.add(s.under);
  for (const c of currentStatuses(book, s, on))
    if (c.jurisdiction === route.jurisdiction || c.holding.country === s.place) held.add(c.holding.status);
  // Of several that are held, the one from which it may be asked for on the day; else the one from which it soonest may.
  let shut: FilingPlace | undefined;
  const onItsDays = (id: string): FilingPlace | undefined => {
    const window = days === 'any' ? undefined : windowOf(book, route, s, id, on);
    if (!window) return { may: true, inCountry: true, doubts: [] };
    if (window.open === false) {
      if ((window.opens ?? 0) > on && !((shut?.window?.opens ?? Number.POSITIVE_INFINITY) <= (window.opens as Day)))
        shut = { may: false, inCountry: true, doubts: [], window };
      shut ??= { may: false, inCountry: true, doubts: [], window };
      return undefined;
    }
    const doubts: Doubt[] = window.open === undefined ? [{ kind: 'window-unknown', route: route.id }] : [];
    if (window.ends !== undefined && leavesGap(route, window))
      doubts.push({ kind: 'answer-after-end', route: route.id, ends: window.ends });
    return { may: window.open, inCountry: true, doubts, window };
  };
  // A renewal is asked for from the very status it renews, whatever else the route says.
  for (const id of held) {
    const renew = statusTerms(book, id)?.terms.renew;
    if (renew && renew !== 'no' && renew.by === route.id) {
      // Held for as long as it may be in all, it is renewed no more.
      const total = totalUntil(book, id, s, on);
      const reached = (s.holdings ?? []).some(
        (h) => h.status === id && h.to !== undefined && h.to >= (total ?? Infinity),
      );
      if (reached) return NO;
      const place = onItsDays(id);
      if (place) return place;
      continue;
    }
    if (renew === 'no' && route.grants?.status === id) return NO;
  }
  if (shut) return shut;
  for (const id of held) if (f.notFrom?.some((x) => matchesStatus(x, id))) return NO;
  if (held.size === 0)
    return {
      may: undefined,
      inCountry: true,
      doubts: [{ kind: 'filing-status-unknown', route: route.id, status: '' }],
    };
  if (!f.from)
    return {
      may: undefined,
      inCountry: true,
      doubts: [{ kind: 'filing-status-unknown', route: route.id, status: [...held].join(', ') }],
    };
  const grants = route.grants?.status ? statusTerms(book, route.grants.status)?.terms.stands : undefined;
  let leaving: string | undefined;
  for (const id of held) {
    // Days to leave are lawful days, but no stay that `any` was said of: whether a permit may be asked for in them no source says.
    if (
      statusTerms(book, id)?.terms.leaving &&
      grants !== 'protection' &&
      grants !== 'pending' &&
      !f.from.some((x) => matchesStatus(x, id))
    ) {
      if (f.from.includes('any')) leaving ??= id;
      continue;
    }
    if (isAskedFrom(book, route, id, on)) {
      const place = onItsDays(id);
      if (place) return place;
    }
  }
  if (leaving !== undefined)
    return {
      may: undefined,
      inCountry: true,
      doubts: [{ kind: 'filing-status-unknown', route: route.id, status: leaving }],
    };
  return shut ?? NO;
}

/** Filing at a consulate in the country where the person is. */
function fromConsulate(book: LawBook, route: Provision, s: Situation, place: string, on: Day): FilingPlace {
  const f = filingAt(route, on) as NonNullable<Provision['filing']>;
  const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  // The consulate of a country in that country itself serves nobody there.
  const listed = f.consulateIn === undefined ? undefined : f.consulateIn.includes(place);
  const doubt: FilingPlace = {
    may: undefined,
    inCountry: false,
    doubts: [{ kind: 'filing-place-unknown', route: route.id, place }],
  };
  switch (f.consulate) {
    case 'anywhere':
      return listed === false ? doubt : { may: true, inCountry: false, doubts: [] };
    case 'origin':
      return citizenships.includes(place) ? { may: true, inCountry: false, doubts: [] } : NO;
    case 'residence': {
      const resident =
        citizenships.includes(place) ||
        currentStatuses(book, s, on).some(
          (c) => c.jurisdiction === place && c.stands !== 'visit' && c.stands !== 'visa',
        );
      if (resident) return listed === false ? doubt : { may: true, inCountry: false, doubts: [] };
      // A visa-free stay may or may not be residence for the consulate: it says, we do not.
      return doubt;
    }
    default:
      return doubt;
  }
}
