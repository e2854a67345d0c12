/**
 * One counting applied to one history: how many days are used on a day of a stay, and when the stay stops being
 * lawful. Every day is judged on its own, by looking back from it as if the person left that day.
 */
import type { Day } from '../rules/ir.ts';
import { addDuration, addMonths, fromYmd, LAST_DAY, toYmd } from './civil.ts';
import type { Anchored, Counting, PerEntry } from './counting.ts';
import type { DaySet } from './intervals.ts';
import { count, countWithin } from './intervals.ts';
import type { Stay } from './stays.ts';
import { countedDays, firstCounted, lastCounted } from './stays.ts';

/** Ended stays in order of time, and the days of them that the counting counts. */
export type Past = { readonly stays: readonly Stay[]; readonly counted: DaySet };

export function pastOf(counting: Counting, stays: readonly Stay[]): Past {
  return { stays, counted: countedDays(stays, counting.edges) };
}

/**
 * How a counting looks upon a stay that began on `stayFrom`: the earlier days that may share a window with it, the
 * first day of the window that ends on a given day, and the limit. `lastDay` stands instead of a limit where the
 * law names a last day and not a number of days.
 */
export type Outlook = {
  readonly counting: Counting;
  readonly earlier: DaySet;
  readonly stayFrom: Day;
  /** The window's first day where it does not move with the day judged; else the counting tells (`windowFrom`). */
  readonly fixedFrom: Day | undefined;
  readonly limit: number;
  readonly lastDay: Day | undefined;
};

/** First day of the window that ends on `day`, for the countings whose window moves with the day. */
function movingFrom(counting: Counting, day: Day): Day {
  switch (counting.kind) {
    case 'rolling':
      return day - counting.windowDays + 1;
    case 'rollingMonths':
      return addMonths(day, -counting.windowMonths, counting.monthEnd) + 1;
    case 'calendarYear':
      return fromYmd(toYmd(day).y, 1, 1);
    default:
      throw new TypeError(`movingFrom: the window of a ${counting.kind} counting does not move with the day.`);
  }
}

/** First day of the window that ends on `day`. */
export function windowFrom(outlook: Outlook, day: Day): Day {
  return outlook.fixedFrom ?? movingFrom(outlook.counting, day);
}

/** Index of the first past stay that counts together with an entry on `entry`; the number of stays if none does. */
function firstOfChain(gapDays: number, past: readonly Stay[], entry: Day): number {
  let next = entry;
  let i = past.length;
  while (i > 0 && next - past[i - 1]!.to < gapDays) {
    i--;
    next = past[i]!.from;
  }
  return i;
}

/** Index of the past stay whose window an entry on `entry` falls into; the number of stays if it opens a window. */
function firstOfWindow(windowDays: number, past: readonly Stay[], entry: Day): number {
  let anchor = 0;
  for (let i = 1; i < past.length; i++) {
    if (past[i]!.from >= past[anchor]!.from + windowDays) anchor = i;
  }
  return past.length > 0 && entry < past[anchor]!.from + windowDays ? anchor : past.length;
}

/** Index of the first past stay that is charged to the same count as an entry on `entry`. */
function firstCharged(counting: PerEntry | Anchored, past: Past, entry: Day): number {
  return counting.kind === 'perEntry'
    ? firstOfChain(counting.gapDays ?? 0, past.stays, entry)
    : firstOfWindow(counting.windowDays, past.stays, entry);
}

/** The stays that are charged to the same count as an entry on `entry`, that entry's own stay left out. */
export function chargedWith(counting: PerEntry | Anchored, past: Past, entry: Day): readonly Stay[] {
  return past.stays.slice(firstCharged(counting, past, entry));
}

function lastDayOf(counting: PerEntry, entry: Day): Day {
  const { limit, monthEnd, lastDay } = counting;
  if (lastDay === undefined) {
    throw new TypeError('perEntry: the limit has months and no lastDay; countingProblems would have told the loader.');
  }
  const sameDate = addDuration(entry, limit, monthEnd);
  return lastDay === 'sameDate' ? sameDate : sameDate - 1;
}

/** How the counting looks upon a stay begun on `stayFrom` after the ended stays of `past`. */
export function outlookOf(counting: Counting, past: Past, stayFrom: Day): Outlook {
  if (counting.kind !== 'perEntry' && counting.kind !== 'anchored') {
    const limit = counting.limitDays;
    return { counting, earlier: past.counted, stayFrom, fixedFrom: undefined, limit, lastDay: undefined };
  }
  const charged = chargedWith(counting, past, stayFrom);
  const earlier = countedDays(charged, counting.edges);
  const fixedFrom = charged[0]?.from ?? stayFrom;
  if (counting.kind === 'anchored') {
    return { counting, earlier, stayFrom, fixedFrom, limit: counting.limitDays, lastDay: undefined };
  }
  if (counting.limit.months > 0) {
    const lastDay = lastDayOf(counting, fixedFrom);
    return { counting, earlier, stayFrom, fixedFrom, limit: Number.POSITIVE_INFINITY, lastDay };
  }
  return { counting, earlier, stayFrom, fixedFrom, limit: counting.limit.days, lastDay: undefined };
}

/** Days used in the window that ends on `day`, a day of the stay, if the person leaves that day. */
export function usedInStay(outlook: Outlook, day: Day): number {
  const { earlier, stayFrom, counting } = outlook;
  const from = windowFrom(outlook, day);
  const first = Math.max(firstCounted(stayFrom, day, counting.edges), from);
  const last = lastCounted(stayFrom, day, counting.edges);
  let used = countWithin(earlier, from, day);
  if (first <= last) {
    used += last - first + 1;
    // Exit and return on one day: the two stays share that day, and it is one day.
    const lastEarlier = earlier[earlier.length - 1];
    if (lastEarlier !== undefined && lastEarlier.to === first) used--;
  }
  return used;
}

/** Days used in the window that ends on `day`, and the window's first day, for whoever is outside that day. */
export function usedOutside(counting: Counting, past: Past, day: Day): { used: number; since: Day } {
  if (counting.kind !== 'perEntry' && counting.kind !== 'anchored') {
    const since = movingFrom(counting, day);
    return { used: countWithin(past.counted, since, day), since };
  }
  const charged = chargedWith(counting, past, day);
  return { used: count(countedDays(charged, counting.edges)), since: charged[0]?.from ?? day };
}

/** Whether being there on `day`, a day of the stay, is lawful. */
export function isLawful(outlook: Outlook, day: Day): boolean {
  if (outlook.lastDay !== undefined) return day <= outlook.lastDay;
  return usedInStay(outlook, day) <= outlook.limit;
}

/** Leap years come round within eight years, over 1900 and 2100 too: after that, lengths of months and years repeat. */
const LEAP_CYCLE_MONTHS = 8 * 12;

/**
 * The day by which an unbroken stay has shown the longest window it will ever fill. If all was lawful until then, it
 * stays so for ever.
 */
function settledBy(outlook: Outlook): Day {
  const { counting, stayFrom } = outlook;
  switch (counting.kind) {
    case 'rolling':
      return stayFrom + counting.windowDays + 1;
    case 'rollingMonths':
      return addMonths(stayFrom, counting.windowMonths + LEAP_CYCLE_MONTHS + 1, 'roll');
    case 'calendarYear':
      return addMonths(stayFrom, 12 + LEAP_CYCLE_MONTHS + 12, 'roll');
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/**
 * The last day of the stay before the first unlawful one, looking from `day` on (a day of the stay); `undefined` if
 * `day` itself is unlawful, `LAST_DAY` if the stay may go on without end.
 *
 * No day adds more than one to the days used. So with r days left on a lawful day none of the next r can be
 * unlawful, and only the day after them needs to be looked at.
 */
export function lastLawfulDay(outlook: Outlook, day: Day): Day | undefined {
  if (outlook.lastDay !== undefined) return day <= outlook.lastDay ? Math.min(outlook.lastDay, LAST_DAY) : undefined;
  let used = usedInStay(outlook, day);
  if (used > outlook.limit) return undefined;
  const settled = settledBy(outlook);
  let lawful = day;
  for (;;) {
    const next = lawful + (outlook.limit - used) + 1;
    if (next > LAST_DAY || next > settled) return LAST_DAY;
    used = usedInStay(outlook, next);
    if (used > outlook.limit) return next - 1;
    lawful = next;
  }
}
