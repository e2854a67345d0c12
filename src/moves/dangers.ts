/**
 * Dangers in a country that concern the person, or may. No score and no rank: which dated facts bear on whom.
 * Evidence past its day never becomes the calmer value: what it would have ruled out is then unknown.
 */
import { type LawBook, ofKind } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { assess } from './assess.ts';
import { countriesOf } from './eligible.ts';

export type Concern = NonNullable<Provision['concerns']>;
export type Danger = {
  readonly provision: string;
  readonly outcome: true | undefined;
  /** Set where it concerned the person by evidence that is past its day: unknown now, and never taken for calm. */
  readonly once?: true;
  /** What it is a danger of, where that is not being in the country or coming into it. */
  readonly of?: 'exit' | 'transit' | 'consulate' | 'work' | 'notice';
};

/** Whether a danger concerns the person, or did by the last that is known. */
export const isGrave = (d: Danger): boolean => d.outcome === true || d.once === true;

/** Dangers of a country that concern (`true`) or may concern (`undefined`) the person on a day. */
export function dangersIn(
  book: LawBook,
  s: Situation,
  country: string,
  on: Day,
  concerns: readonly Concern[],
): Danger[] {
  const out: Danger[] = [];
  for (const p of ofKind(book, 'danger')) {
    if (!p.concerns || !concerns.includes(p.concerns) || !countriesOf(book, p, on).includes(country)) continue;
    const a = assess(book, p, s, on);
    if (a.force === 'no' || a.outcome === false) continue;
    const fresh = on <= p.expires;
    out.push({
      provision: p.id,
      outcome: a.outcome === true && fresh ? true : undefined,
      ...(a.outcome === true && !fresh ? { once: true as const } : {}),
      ...(p.concerns === 'presence' || p.concerns === 'entry' ? {} : { of: p.concerns }),
    });
  }
  return out;
}
