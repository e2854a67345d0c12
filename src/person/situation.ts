/** The situation a person is in on a day, as the person's file tells it. */
import type { LawBook } from '../law/book.ts';
import { statusTerms } from '../law/book.ts';
import type { Day, Money, Value } from '../rules/ir.ts';
import type { Holding, Person, Situation, Visit } from './types.ts';

/**
 * The situation on a day. `now` is taken as true on that day: a file says where the person is "now", and `on` is the day
 * the question is asked for. What waits for an answer is not in it, since only the law says what was asked for:
 * `startOf` in `moves/claims.ts` adds that, and is what every face begins with.
 */
export function situationOf(person: Person, on: Day): Situation {
  return {
    person,
    on,
    place: person.now.country,
    since: person.now.since,
    under: person.now.status,
    visits: person.visits,
    holdings: person.holdings,
    documents: person.documents,
    pending: [],
    cash: person.facts.get('savings') as Money | undefined,
    assumed: new Map<string, Value>(),
    refused: [],
  };
}

/** Whether a holding is current on a day. */
export function isCurrent(h: Holding, on: Day): boolean {
  return h.from <= on && (h.to === undefined || on <= h.to);
}

/** Visits with the present one at the end (open), oldest first; `undefined` where earlier stays were not told. */
export function allVisits(s: Situation): readonly Visit[] | undefined {
  if (s.visits === undefined) return undefined;
  if (s.place === undefined || s.since === undefined) return s.visits;
  return [...s.visits, { country: s.place, from: s.since, ...(s.under ? { status: s.under } : {}) }];
}

/** Holdings current on a day whose status the law defines, with its terms. */
export function currentStatuses(
  book: LawBook,
  s: Situation,
  on: Day,
): { holding: Holding; stands: string; jurisdiction: string }[] {
  const out: { holding: Holding; stands: string; jurisdiction: string }[] = [];
  for (const h of s.holdings ?? []) {
    if (!isCurrent(h, on)) continue;
    const t = statusTerms(book, h.status);
    if (t) out.push({ holding: h, stands: t.terms.stands, jurisdiction: t.provision.jurisdiction });
  }
  return out;
}
