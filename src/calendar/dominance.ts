/**
 * Comparing two histories of visits for what they leave open, for planners that drop the worse of two situations.
 */
import type { Day } from '../rules/ir.ts';
import { addMonths, fromYmd, toYmd } from './civil.ts';
import type { Anchored, Counting, PerEntry, Visit } from './counting.ts';
import type { DaySet } from './intervals.ts';
import { clip, count, countWithin } from './intervals.ts';
import { countedDays, needDay, STILL_THERE, type Stay, staysOf } from './stays.ts';
import { chargedWith, pastOf } from './tally.ts';

/** A history up to the day before `future`: stays that ended by then, and where one goes on, the day it began. */
type History = { readonly ended: readonly Stay[]; readonly hereSince: Day | undefined };

/** `undefined` where a stay with a known end reaches into the future, which is then no longer free. */
function historyBefore(visits: readonly Visit[], future: Day): History | undefined {
  const stays = staysOf(visits);
  const last = stays[stays.length - 1];
  const goesOn = last?.to === STILL_THERE;
  const ended = goesOn ? stays.slice(0, -1) : stays;
  if (ended.some((stay) => stay.to >= future) || (goesOn && last.from >= future)) return undefined;
  return { ended, hereSince: goesOn ? last.from : undefined };
}

/** Whether `a` has no more days than `b` on or after x, for every x from `since` on. Neither has days before `since`. */
function tailsNoLonger(a: DaySet, b: DaySet, since: Day): boolean {
  const end = Math.max(a[a.length - 1]?.to ?? since, b[b.length - 1]?.to ?? since);
  const noLongerFrom = (x: Day): boolean => countWithin(a, x, end) <= countWithin(b, x, end);
  // Going back in time the difference can only turn in favour of `a` where an interval of `b` begins to weigh, so it
  // is at its worst just before one, or at the very beginning.
  return noLongerFrom(since) && b.every((interval) => noLongerFrom(interval.to + 1));
}

/** The two ways the days up to the future may come to count: the stay that goes on may end just before it, or not. */
function endings(history: History, future: Day): readonly (readonly Stay[])[] {
  const { ended, hereSince } = history;
  if (hereSince === undefined) return [ended];
  return [future - 1, future].map((to) => [...ended, { from: hereSince, to }]);
}

/** For countings that look at a moving window: earlier days weigh only as long as they stay in it. */
function windowNoWorse(counting: Counting, a: History, b: History, future: Day): boolean {
  if (counting.edges !== 'both' && (a.hereSince === undefined) !== (b.hereSince === undefined)) return false;
  const since =
    counting.kind === 'rolling'
      ? future - counting.windowDays + 1
      : counting.kind === 'rollingMonths'
        ? addMonths(future, -counting.windowMonths, counting.monthEnd) + 1
        : fromYmd(toYmd(future).y, 1, 1);
  const ofA = endings(a, future);
  const ofB = endings(b, future);
  return ofA.every((staysOfA, i) => {
    const staysOfB = ofB[i] ?? ofB[0]!;
    const countedA = clip(pastOf(counting, staysOfA).counted, since, future - 1);
    const countedB = clip(pastOf(counting, staysOfB).counted, since, future - 1);
    return counting.kind === 'calendarYear'
      ? count(countedA) <= count(countedB)
      : tailsNoLonger(countedA, countedB, since);
  });
}

/** What a count per entry or an anchored window remembers of the past. `undefined`: the next entry begins anew. */
type Memory = { readonly since: Day; readonly used: number; readonly lastExit: Day };

function memoryOf(counting: PerEntry | Anchored, stays: readonly Stay[], future: Day): Memory | undefined {
  const last = stays[stays.length - 1];
  if (last === undefined) return undefined;
  const goesOn = last.to >= future;
  // Only what is charged to this count: an earlier stay may end on the very day the present one began, and that day
  // is then no day of it where the day of entry does not count.
  const charged = goesOn
    ? [...chargedWith(counting, pastOf(counting, stays.slice(0, -1)), last.from), last]
    : chargedWith(counting, pastOf(counting, stays), future);
  const since = charged[0]?.from;
  if (since === undefined) return undefined;
  const counted = clip(countedDays(charged, counting.edges), since, future - 1);
  return { since, used: count(counted), lastExit: last.to };
}

function memoryNoWorse(counting: PerEntry | Anchored, a: History, b: History, future: Day): boolean {
  if ((a.hereSince === undefined) !== (b.hereSince === undefined)) return false;
  const ofB = endings(b, future);
  return endings(a, future).every((staysOfA, i) => {
    const inA = memoryOf(counting, staysOfA, future);
    const inB = memoryOf(counting, ofB[i]!, future);
    // An anchored window that is open can end soon and be followed by a fresh one, so an open and an unopened window
    // do not compare, nor do two of different dates.
    if (counting.kind === 'anchored') return inA?.since === inB?.since && (inA?.used ?? 0) <= (inB?.used ?? 0);
    if (inA === undefined) return true;
    if (inB === undefined) return false;
    const limitNoWorse = counting.limit.months > 0 ? inA.since >= inB.since : inA.used <= inB.used;
    return limitNoWorse && inA.lastExit <= inB.lastExit;
  });
}

/**
 * Whether the history `a` leaves at least as much open as `b` for every future: whatever pattern of presence from the
 * day `future` on is lawful after `b` is lawful after `a` too. A planner may then drop `b`, if nothing else speaks for
 * it. `true` is certain; `false` may also mean that the two cannot be compared.
 *
 * In words, for each counting:
 * - rolling windows: for every day x that a future window can begin on, `a` has no more counted days on or after x
 *   than `b`. (Fewer days used in all is not enough: they may be more recent and so weigh longer.)
 * - calendar years: `a` has no more counted days in the year of `future`.
 * - per entry: the count that a next entry or the present stay would carry on is no larger (with a limit in months:
 *   began no earlier), and the exit from which the gap runs is no later; a count that begins anew is the best.
 * - anchored windows: both unopened, or both opened on the same day and `a` has used no more.
 *
 * Both histories are known up to the day before `future`; a visit still open goes on or ends as one pleases. If a visit
 * has an end on or after `future` the answer is `false`: cut it off or ask about a later day. Being there and being
 * outside compare only where a rule does not care about entries (moving windows that count both end days).
 */
export function tailAtLeastAsGood(
  countings: readonly Counting[],
  a: readonly Visit[],
  b: readonly Visit[],
  future: Day,
): boolean {
  needDay(future, 'tailAtLeastAsGood');
  const inA = historyBefore(a, future);
  const inB = historyBefore(b, future);
  if (inA === undefined || inB === undefined) return false;
  return countings.every((counting) =>
    counting.kind === 'perEntry' || counting.kind === 'anchored'
      ? memoryNoWorse(counting, inA, inB, future)
      : windowNoWorse(counting, inA, inB, future),
  );
}
