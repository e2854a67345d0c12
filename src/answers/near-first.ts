/** The order in which routes that hang on answers not given are shown: those nearest to an answer first. */
import type { RouteCheck } from '../check/check.ts';
import type { Nearest } from '../check/nearest.ts';
import { usuallyShut } from '../check/usual.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import type { Situation } from '../person/types.ts';

type Row = Pick<RouteCheck, 'missing' | 'route' | 'jurisdiction'>;

/**
 * How much is still open on a route: each missing answer counts, least where most people answer alike, most where nobody can bring it about
 * (ancestry, what happened). No judgement of chances: only an order.
 */
function openness(book: LawBook, r: Row): number {
  return r.missing.reduce((sum, fact) => {
    const def = book.schema.facts.get(fact);
    if (def?.usual !== undefined) return sum + 0.2;
    return sum + (def?.change.how === 'never' ? 3 : def?.change.how === 'slowly' ? 2 : 1);
  }, 0);
}

/**
 * Those that only an unusual answer would open come last; before them the nearest to an answer first, and of those that are as near the ones in
 * the country where the person is.
 */
export function nearFirst<T extends Row>(book: LawBook, s: Situation, rows: readonly T[]): T[] {
  const keyed = rows.map((r) => ({
    r,
    shut: usuallyShut(book, s, r.route, r.missing),
    open: openness(book, r),
    here: r.jurisdiction === s.place,
  }));
  keyed.sort(
    (a, b) =>
      Number(a.shut) - Number(b.shut) ||
      a.open - b.open ||
      Number(b.here) - Number(a.here) ||
      (a.r.route < b.r.route ? -1 : a.r.route > b.r.route ? 1 : 0),
  );
  return keyed.map((k) => k.r);
}

/**
 * Whether a change of facts takes for granted a permit that one does not have: what opens an extension or a follow-up of another route. Its months
 * leave out what that permit asks for (an investment, a recognised claim), so it is not near to anybody who is not on that way already.
 */
export const standsOnOther = (book: LawBook, n: Nearest): boolean =>
  n.change.some((step) => {
    if (step.fact !== 'now.status') return false;
    const stands = statusTerms(book, String(step.to))?.terms.stands;
    return stands !== undefined && stands !== 'visit';
  });
