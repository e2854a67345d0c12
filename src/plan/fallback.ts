/** What remains after a refusal, or when no answer comes in time: stay while it is lawful, then a country that lets one in. */
import type { LawBook } from '../law/book.ts';
import { dangersIn } from '../moves/dangers.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import { apply, countries, enterMoves } from '../moves/moves.ts';
import type { Enter } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Fallback } from './types.ts';

/**
 * The continuation after `route` is refused on `day`. Only what rests on no assumption counts: a way out must hold.
 * Of the countries that let the person in, the one with the longest stay; ties by name, so that the answer is steady.
 */
export function fallbackFor(
  book: LawBook,
  before: Situation,
  route: string,
  day: Day,
  avoid: ReadonlySet<string>,
): Fallback {
  const pending = before.pending.map((p) => (p.route === route ? { ...p, granted: false } : p));
  const provision = book.provisions.get(route);
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
  const refused = apply(book, { ...before, pending }, move, day, { processing: 'longest', granted: false });
  const lawful = lawfulUntil(book, refused);
  // Without an end there is nothing to do; the person goes on as before.
  if (lawful.known && lawful.until === undefined) return { on: day, lawfulUntil: undefined, steps: [], none: false };
  const until = lawful.until !== undefined && lawful.until >= day ? lawful.until : day;
  const stillLawful = lawful.until !== undefined && lawful.until >= day;
  const best = wayOut(book, refused, until, avoid) ?? (until !== day ? wayOut(book, refused, day, avoid) : undefined);
  if (!best || !stillLawful) {
    return best
      ? {
          on: day,
          lawfulUntil: lawful.until,
          steps: [{ kind: 'enter', day, country: best.country, under: best.under }],
          none: false,
        }
      : { on: day, lawfulUntil: lawful.until, steps: [], none: true };
  }
  return {
    on: day,
    lawfulUntil: lawful.until,
    steps: [{ kind: 'enter', day: best.earliest, country: best.country, under: best.under }],
    none: false,
  };
}

function wayOut(book: LawBook, s: Situation, day: Day, avoid: ReadonlySet<string>): Enter | undefined {
  let best: Enter | undefined;
  for (const country of countries(book, day)) {
    if (country === s.place || avoid.has(country)) continue;
    // A country where a danger certainly concerns this person is no way out.
    if (dangersIn(book, s, country, day, ['presence', 'entry']).some((d) => d.outcome === true)) continue;
    for (const m of enterMoves(book, { ...s, on: s.on }, country, day, day, true)) {
      if (m.doubts.length) continue;
      if (!best || (m.until ?? Number.POSITIVE_INFINITY) > (best.until ?? Number.POSITIVE_INFINITY)) best = m;
    }
  }
  return best;
}
