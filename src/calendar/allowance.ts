/**
 * The questions people and the planner ask of a stay rule: how much is used, how long one may stay, what was too
 * long, when one may come back. Every function takes all countings of the rule together: being there is lawful when
 * every one of them allows it.
 *
 * `visits` are those the rule counts (see `poolVisits`), in any order. A function that looks from a day ignores
 * what the list says of later days, save that a visit which covers the day goes on.
 */
import type { Day } from '../rules/ir.ts';
import { addMonths, LAST_DAY } from './civil.ts';
import type { Counting, Visit } from './counting.ts';
import type { DaySet, Interval } from './intervals.ts';
import { count, daySet } from './intervals.ts';
import { needDay, type Stay, staysOf, staysUntil } from './stays.ts';
import type { Outlook, Past } from './tally.ts';
import { isLawful, lastLawfulDay, outlookOf, pastOf, usedInStay, usedOutside, windowFrom } from './tally.ts';

/** The stay that covers `day` and the stays before it; on a day of exit and return, the later of the two stays. */
function stayOn(stays: readonly Stay[], day: Day): { before: readonly Stay[]; stay: Stay | undefined } {
  let begun = 0;
  while (begun < stays.length && stays[begun]!.from <= day) begun++;
  const last = stays[begun - 1];
  if (last === undefined || last.to < day) return { before: stays.slice(0, begun), stay: undefined };
  return { before: stays.slice(0, begun - 1), stay: last };
}

/** How much of one counting is used. */
export type Use = {
  /** Days counted in the window that ends on the day asked about. */
  readonly used: number;
  /** Days allowed in that window; `undefined` where the law names a last day instead. */
  readonly limit: number | undefined;
  /** First day of the window. */
  readonly since: Day;
};

/**
 * For each counting, in their order, the days used in the window that ends on `day`: `day` itself among them if the
 * person is there that day and the rule counts it. A count per entry or an anchored window that is not open on
 * `day` has used nothing.
 */
export function usedOn(countings: readonly Counting[], visits: readonly Visit[], day: Day): readonly Use[] {
  needDay(day, 'usedOn');
  const { before, stay } = stayOn(staysOf(visits), day);
  return countings.map((counting) => {
    const limit =
      counting.kind !== 'perEntry' ? counting.limitDays : counting.limit.months > 0 ? undefined : counting.limit.days;
    const past = pastOf(counting, before);
    if (stay === undefined) return { limit, ...usedOutside(counting, past, day) };
    const outlook = outlookOf(counting, past, stay.from);
    return { limit, used: usedInStay(outlook, day), since: windowFrom(outlook, day) };
  });
}

function strictest(outlooks: readonly Outlook[], day: Day): Day | undefined {
  let last = LAST_DAY;
  for (const outlook of outlooks) {
    const lawful = lastLawfulDay(outlook, day);
    if (lawful === undefined) return undefined;
    if (lawful < last) last = lawful;
  }
  return last;
}

/**
 * The last lawful day for whoever is there without a break from `entry` on; `undefined` if being there on `entry` is
 * already unlawful, `LAST_DAY` if nothing ends the stay. Days that leave the window while the stay goes on are given
 * back. A visit that covers `entry` and goes on past it continues, otherwise `entry` is a new entry, also where a visit
 * ends on that very day.
 */
export function maxStayFrom(countings: readonly Counting[], visits: readonly Visit[], entry: Day): Day | undefined {
  needDay(entry, 'maxStayFrom');
  const { before, stay } = stayOn(staysOf(visits), entry);
  const goesOn = stay !== undefined && stay.to > entry;
  const stays = stay === undefined || goesOn ? before : [...before, stay];
  const from = goesOn ? stay.from : entry;
  return strictest(
    countings.map((counting) => outlookOf(counting, pastOf(counting, stays), from)),
    entry,
  );
}

/**
 * Lawful days left to whoever is there from `today` on, today counted; 0 if today is already unlawful. Where nothing ends
 * the stay these are the days to the end of the calendar: ask `maxStayFrom` for `LAST_DAY` to tell the two apart.
 */
export function left(countings: readonly Counting[], visits: readonly Visit[], today: Day): number {
  const last = maxStayFrom(countings, visits, today);
  return last === undefined ? 0 : last - today + 1;
}

/** What of a history was not lawful. */
export type Overstay = {
  /** The first unlawful day; `undefined` if there was none. */
  readonly first: Day | undefined;
  /** How many days were unlawful, each judged by looking back from it. */
  readonly days: number;
  readonly unlawful: DaySet;
  /**
   * What a check on the last day of presence would find: days in that day's window beyond the limit, or days past the
   * last lawful one; the largest over the countings. It can be far from `days`: with days of an earlier stay in their
   * windows, more days were unlawful than the last window is over the limit.
   */
  readonly excess: number;
};

function excessOn(outlook: Outlook, day: Day): number {
  const over = outlook.lastDay === undefined ? usedInStay(outlook, day) - outlook.limit : day - outlook.lastDay;
  return Math.max(0, over);
}

/**
 * The unlawful days up to `until`, visits that go on being cut off there. Each day is judged on its own, by looking
 * back from it: a stay that was too long does not taint days that are within the limit again.
 */
export function overstay(countings: readonly Counting[], visits: readonly Visit[], until: Day): Overstay {
  needDay(until, 'overstay');
  const stays = staysUntil(staysOf(visits), until);
  const unlawful: Interval[] = [];
  let excess = 0;
  for (const counting of countings) {
    for (const [i, stay] of stays.entries()) {
      const outlook = outlookOf(counting, pastOf(counting, stays.slice(0, i)), stay.from);
      if (i === stays.length - 1) excess = Math.max(excess, excessOn(outlook, stay.to));
      let day = stay.from;
      while (day <= stay.to) {
        const lawful = lastLawfulDay(outlook, day) ?? day - 1;
        const from = lawful + 1;
        day = from;
        while (day <= stay.to && !isLawful(outlook, day)) day++;
        if (from < day) unlawful.push({ from, to: day - 1 });
      }
    }
  }
  const set = daySet(unlawful);
  return { first: set[0]?.from, days: count(set), unlawful: set, excess };
}

/** A day on which one may enter, and the last lawful day of that stay. */
export type Entry = { readonly day: Day; readonly upTo: Day };

/** How far past the end of all history `nextEntry` looks where the answer may hang on the lengths of months and years. */
const SEARCH_MONTHS = 8 * 12;

/** The smallest day in [low, high] that passes, if passing days are never followed by failing ones and `high` passes. */
function firstPassing(low: Day, high: Day, passes: (day: Day) => boolean): Day {
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (passes(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstInTurn(low: Day, high: Day, passes: (day: Day) => boolean): Day | undefined {
  for (let day = low; day <= high; day++) if (passes(day)) return day;
  return undefined;
}

/** The first entry from `from` on that lets one stay `want` days under one counting. */
function entryUnder(counting: Counting, past: Past, from: Day, want: number): Day | undefined {
  const passes = (day: Day): boolean => {
    const last = lastLawfulDay(outlookOf(counting, past, day), day);
    return last !== undefined && last - day + 1 >= want;
  };
  // The first day is looked at by itself: where it is also a day of exit it costs no new day, so a later one may be worse.
  if (passes(from)) return from;
  const next = from + 1;
  const lastStay = past.stays[past.stays.length - 1];
  const lastCounted = past.counted[past.counted.length - 1]?.to ?? from;
  switch (counting.kind) {
    case 'rolling': {
      const clear = Math.max(next, lastCounted + counting.windowDays);
      return passes(clear) ? firstPassing(next, clear, passes) : undefined;
    }
    case 'rollingMonths':
    case 'calendarYear': {
      const months = counting.kind === 'rollingMonths' ? counting.windowMonths : 12;
      const clear = Math.max(next, addMonths(lastCounted, months, 'roll') + 1);
      // A stay within the limit can only fail by its past, which later entries leave behind; a longer one hangs on
      // where the window's months or years begin and must be tried day by day.
      if (want <= counting.limitDays) return firstPassing(next, clear, passes);
      return firstInTurn(next, addMonths(clear, SEARCH_MONTHS, 'clamp'), passes);
    }
    case 'anchored': {
      // Within the open window a later entry is charged alike; what helps is a new window.
      const since = usedOutside(counting, past, from).since;
      const clear = Math.max(next, since + counting.windowDays);
      return passes(clear) ? clear : undefined;
    }
    case 'perEntry': {
      const clear = Math.max(next, (lastStay?.to ?? from) + (counting.gapDays ?? 0));
      if (counting.limit.months === 0) return passes(clear) ? clear : undefined;
      if (want > counting.limit.months * 31 + counting.limit.days + 1) return undefined;
      return firstInTurn(clear, addMonths(clear, SEARCH_MONTHS, 'clamp'), passes);
    }
  }
}

/**
 * The earliest day, `notBefore` or later, on which entering allows a stay of at least `wantDays`, and the last lawful
 * day of that stay. A visit that covers `notBefore` is taken to end on it, and later visits to be called off; entering
 * again on that same day is considered. `undefined` if the rule never allows so long a stay, or not within the calendar.
 */
export function nextEntry(
  countings: readonly Counting[],
  visits: readonly Visit[],
  notBefore: Day,
  wantDays = 1,
): Entry | undefined {
  needDay(notBefore, 'nextEntry');
  const stays = staysUntil(staysOf(visits), notBefore);
  const pasts = countings.map((counting) => pastOf(counting, stays));
  let day = notBefore;
  for (;;) {
    const tried = day;
    for (const [i, counting] of countings.entries()) {
      const found = entryUnder(counting, pasts[i]!, day, wantDays);
      if (found === undefined || found > LAST_DAY) return undefined;
      day = found;
    }
    if (day === tried) break;
  }
  const upTo = strictest(
    countings.map((counting, i) => outlookOf(counting, pasts[i]!, day)),
    day,
  );
  return upTo === undefined ? undefined : { day, upTo };
}

/** From `day` on, until the next step, entering allows a stay of `days` days; 0 where entering is unlawful. */
export type Step = { readonly day: Day; readonly days: number };

/**
 * How the allowance of a new entry changes over the days from `from` to `to`: the first day and every later one whose
 * allowance differs from the day before. Visits are taken as in `nextEntry`. For a planner that wants every date at
 * which something changes; it looks at each day of the horizon, so its cost grows with it.
 */
export function freeSteps(
  countings: readonly Counting[],
  visits: readonly Visit[],
  from: Day,
  to: Day,
): readonly Step[] {
  needDay(from, 'freeSteps');
  needDay(to, 'freeSteps');
  const stays = staysUntil(staysOf(visits), from);
  const pasts = countings.map((counting) => pastOf(counting, stays));
  const steps: Step[] = [];
  let before = -1;
  for (let day = from; day <= to; day++) {
    const last = strictest(
      countings.map((counting, i) => outlookOf(counting, pasts[i]!, day)),
      day,
    );
    const days = last === undefined ? 0 : last - day + 1;
    if (days !== before) steps.push({ day, days });
    before = days;
  }
  return steps;
}
