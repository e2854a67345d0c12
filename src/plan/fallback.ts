/** What remains after a refusal, or when no answer comes in time: stay while it is lawful, then a country that lets one in. */
import { type LawBook, statusTerms } from '../law/book.ts';
import { dangersIn, isGrave } from '../moves/dangers.ts';
import { apply, countries } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import type { Enter } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Fallback } from './types.ts';

/**
 * The continuation after `route` is refused on `day`. Only what rests on no assumption counts: a way out must hold.
 * Of the countries that let the person in, the one with the longest stay; ties by name, so that the answer is steady.
 */
export function fallbackFor(
  look: Outlook,
  before: Situation,
  route: string,
  day: Day,
  avoid: ReadonlySet<string>,
): Fallback {
  const pending = before.pending.map((p) => (p.route === route ? { ...p, granted: false } : p));
  const provision = look.book.provisions.get(route);
  if (!provision) return { on: day, lawfulUntil: undefined, steps: [], none: true };
  const move = {
    kind: 'await' as const,
    route,
    provision,
    earliest: day,
    latest: day,
    decision: provision.decision ?? ('discretion' as const),
    doubts: [],
  };
  const refused = apply(look.book, { ...before, pending }, move, day, { processing: 'longest', granted: false });
  const { lawful } = look.through(refused);
  // Without an end there is nothing to do; the person goes on as before.
  if (lawful.known && lawful.until === undefined) return { on: day, lawfulUntil: undefined, steps: [], none: false };
  const until = lawful.until;
  const late = until !== undefined && until >= day ? until : undefined;
  // Who was there lawfully up to the answer may still leave on its day; who was not has nothing to go on from.
  if (late === undefined && look.through(before).end < day)
    return { on: day, lawfulUntil: until, steps: [], none: true };
  const best =
    (late === undefined ? undefined : wayOut(look, refused, late, avoid)) ??
    (late === day ? undefined : wayOut(look, refused, day, avoid));
  if (!best) return { on: day, lawfulUntil: until, steps: [], none: true };
  return {
    on: day,
    lawfulUntil: until,
    steps: [{ kind: 'enter', day: best.earliest, country: best.country, under: best.under }],
    none: false,
  };
}

/** Whether an entry without a last day is one without an end: of permanent residents and citizens. Of any other the end is not known, and counts as none. */
const goesOn = (book: LawBook, m: Enter): boolean => {
  const stands = statusTerms(book, m.under)?.terms.stands;
  return stands === 'permanent' || stands === 'citizenship';
};

/** The entry on a day that gives the longest lawful stay, and more than the day itself. */
function wayOut(look: Outlook, s: Situation, day: Day, avoid: ReadonlySet<string>): Enter | undefined {
  let best: Enter | undefined;
  const end = (m: Enter): number => m.until ?? (goesOn(look.book, m) ? Number.POSITIVE_INFINITY : day);
  for (const country of countries(look.book, day)) {
    if (country === s.place || avoid.has(country)) continue;
    for (const m of look.entries(s, country, day, day, true)) {
      if (m.doubts.length || end(m) <= day || (best && end(m) <= end(best))) continue;
      // A country where a danger certainly concerns this person is no way out.
      if (dangersIn(look.book, s, country, day, ['presence', 'entry']).some(isGrave)) continue;
      best = m;
    }
  }
  return best;
}
