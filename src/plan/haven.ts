/** Where somebody can wait when they may no longer be where they are: their own lawful way on, resting on nothing that was not told. */
import type { LawBook } from '../law/book.ts';
import { dangersIn, isGrave } from '../moves/dangers.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import { apply, countries, enterMoves } from '../moves/moves.ts';
import type { Enter } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { answerOf, type Derived } from './derived.ts';
import { withoutPaper } from './gates.ts';

const known = new WeakMap<Situation, Enter | null>();

/**
 * The country that surely lets somebody in on the situation's day, where no known danger concerns them, for more than the day itself:
 * one where they may stay until `needed`, else the one where they may stay longest; ties by name. `undefined`: none is known. `but`: a country
 * that is no such place.
 */
export function havenFor(book: LawBook, s: Situation, needed: Day, but?: string): Enter | undefined {
  const have = known.get(s);
  if (have !== undefined) return have ?? undefined;
  const found: Enter[] = [];
  for (const country of countries(book, s.on)) {
    if (country === s.place || country === but) continue;
    for (const m of enterMoves(book, s, country, s.on, s.on, true)) {
      if (m.doubts.length > 0 || m.until === undefined || m.until <= s.on || withoutPaper(book, s, m.eligibility))
        continue;
      if (!dangersIn(book, s, country, s.on, ['presence', 'entry']).some(isGrave)) found.push(m);
    }
  }
  const until = (m: Enter): Day => Math.min(m.until as Day, needed);
  const best = found.reduce<Enter | undefined>((a, b) => (a && until(a) >= until(b) ? a : b), undefined);
  known.set(s, best ?? null);
  return best;
}

/** What is left to a member whose own application is refused: until when they may stay where they are, and where they could go then. */
export type Refused = { readonly until: Day | undefined; readonly known: boolean; readonly haven: Enter | undefined };

const refusals = new WeakMap<Derived, Refused>();

/** After a refusal of what a status opened for a member; `undefined` where it cannot be asked for, or must be granted. */
export function afterRefusal(book: LawBook, d: Derived): Refused | undefined {
  if (!d.move || d.answer === undefined || d.decision === 'right') return undefined;
  let made = refusals.get(d);
  if (!made) {
    const draw = { processing: d.answer - d.move.earliest, granted: false };
    const filed = apply(book, d.asked, d.move, d.move.earliest, draw);
    const s = apply(book, filed, answerOf(d.route, filed, d.answer), d.answer, draw);
    const l = lawfulUntil(book, s);
    const goes = { ...s, on: Math.max(d.answer, l.until ?? d.answer) };
    // Without an end they stay where they are.
    const haven = l.known && l.until === undefined ? undefined : havenFor(book, goes, Number.POSITIVE_INFINITY);
    // A stay that hangs on another answer awaited ends with that, on a day nobody knows.
    made = { until: l.until, known: l.known && s.pending.length === 0, haven };
    refusals.set(d, made);
  }
  return made;
}
