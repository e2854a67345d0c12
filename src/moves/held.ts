/** Until when a visa or a permit lets a person be where a stay rule asks for one. */
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { assess } from './assess.ts';

/**
 * The last day on which what is held on a day still meets a stay rule's conditions: the end of the visa or permit without
 * which they are not met. `undefined` where they are met without any (a passport that needs no visa), are not met at all, or
 * what holds them has no end. Nothing but the holdings is looked at again: that a passport grows old on the way is no matter of this.
 */
export function heldUntil(book: LawBook, rule: Provision, s: Situation, on: Day): Day | undefined {
  const held = s.holdings;
  if (!held?.length) return undefined;
  const meets = (day: Day, holdings: NonNullable<Situation['holdings']>): boolean =>
    assess(book, rule, { ...s, on: day, holdings }, day).outcome !== false;
  // Where the conditions fail today for another reason, those of the day of entry are asked.
  const day = meets(on, held)
    ? on
    : s.since !== undefined && s.since < on && meets(s.since, held)
      ? s.since
      : undefined;
  if (day === undefined) return undefined;
  const ends = [...new Set(held.flatMap((h) => (h.to === undefined || h.to < day ? [] : [h.to])))].sort(
    (a, b) => a - b,
  );
  for (const end of ends) {
    // On the day after this end: what then still runs, told as running today.
    const after = held.flatMap((h) =>
      h.from > end + 1 || (h.to !== undefined && h.to <= end) ? [] : [{ ...h, from: Math.min(h.from, day) }],
    );
    if (!meets(day, after)) return end;
  }
  return undefined;
}
