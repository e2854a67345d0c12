/**
 * The test's own counter: sets of single days, built anew for every question, with Temporal for the calendar. Written
 * from the definitions and not from the production code, with which it shares only types; slow on purpose.
 */
import type { Counting, Edges, Visit } from '../../src/calendar/counting.ts';

type Stay = { from: number; to: number };

/** Stands for "still there" in histories of a few hundred days. */
export const FOREVER = 1_000_000;

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const dateOf = (day: number): Temporal.PlainDate => EPOCH.add({ days: day });
const dayOf = (date: Temporal.PlainDate): number => EPOCH.until(date, { largestUnit: 'day' }).days;

/** Adds months one at a time by year and month, so that `roll` does not lean on Temporal's rounding. */
export function plusMonths(day: number, months: number, monthEnd: 'clamp' | 'roll'): number {
  const date = dateOf(day);
  let { year, month } = date;
  for (let i = 0; i < Math.abs(months); i++) {
    month += Math.sign(months);
    if (month === 13) {
      month = 1;
      year++;
    } else if (month === 0) {
      month = 12;
      year--;
    }
  }
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  if (date.day <= first.daysInMonth) return dayOf(first.with({ day: date.day }));
  return dayOf(first) + first.daysInMonth - (monthEnd === 'clamp' ? 1 : 0);
}

/** Visits that share more than an end day become one, pair by pair until nothing changes. */
export function joinVisits(visits: readonly Visit[]): Stay[] {
  const stays = visits.map((visit) => ({ from: visit.from, to: visit.to ?? FOREVER }));
  for (;;) {
    const pair = stays.flatMap((x, i) => stays.slice(i + 1).map((y) => [x, y] as const));
    const found = pair.find(([x, y]) => x.from < y.to && y.from < x.to);
    if (found === undefined) break;
    const [x, y] = found;
    stays.splice(stays.indexOf(y), 1);
    x.from = Math.min(x.from, y.from);
    x.to = Math.max(x.to, y.to);
  }
  return stays.sort((x, y) => x.from - y.from || x.to - y.to);
}

/** The counted days of stays that all end by `upTo`, or are left on it. */
function countedSet(stays: readonly Stay[], edges: Edges, upTo: number): Set<number> {
  const days = new Set<number>();
  for (const stay of stays) {
    const exit = Math.min(stay.to, upTo);
    for (let day = stay.from; day <= exit; day++) {
      const countsAsEntry = edges === 'both' || edges === 'entryOnly';
      const countsAsExit = edges === 'both' || edges === 'exitOnly';
      const isEntry = day === stay.from;
      const isExit = day === exit;
      if ((!isEntry && !isExit) || (isEntry && countsAsEntry) || (isExit && countsAsExit)) days.add(day);
    }
  }
  return days;
}

/** The first day of the window that ends on `day`; the charged stays alone bound the other countings. */
function windowStart(counting: Counting, day: number): number {
  switch (counting.kind) {
    case 'rolling':
      return day - (counting.windowDays - 1);
    case 'rollingMonths':
      return plusMonths(day, -counting.windowMonths, counting.monthEnd) + 1;
    case 'calendarYear':
      return dayOf(dateOf(day).with({ month: 1, day: 1 }));
    default:
      return Number.NEGATIVE_INFINITY;
  }
}

/** The stays that are charged to one count with the last of `stays`, told by going through them in order. */
function charged(counting: Counting, stays: readonly Stay[]): Stay[] {
  if (counting.kind !== 'perEntry' && counting.kind !== 'anchored') return [...stays];
  let group: Stay[] = [];
  for (const stay of stays) {
    const before = group[group.length - 1];
    const joins =
      before !== undefined &&
      (counting.kind === 'perEntry'
        ? stay.from - before.to < (counting.gapDays ?? 0)
        : stay.from - group[0]!.from < counting.windowDays);
    if (joins) group.push(stay);
    else group = [stay];
  }
  return group;
}

/** Days used on `day`, the last of `stays` being the one under way (or, outside, a count still open). */
function usedIn(counting: Counting, stays: readonly Stay[], day: number): number {
  const days = countedSet(charged(counting, stays), counting.edges, day);
  const start = windowStart(counting, day);
  return [...days].filter((candidate) => candidate >= start && candidate <= day).length;
}

/** Whether being there on `day` in the last of `stays` is lawful. */
export function lawfulOn(counting: Counting, stays: readonly Stay[], day: number): boolean {
  if (counting.kind === 'perEntry' && counting.limit.months > 0) {
    const first = charged(counting, stays)[0]!.from;
    const date = plusMonths(first, counting.limit.months, counting.monthEnd!) + counting.limit.days;
    return counting.lastDay === 'sameDate' ? day <= date : day < date;
  }
  const limit = counting.kind === 'perEntry' ? counting.limit.days : counting.limitDays;
  return usedIn(counting, stays, day) <= limit;
}

export function naiveUsed(counting: Counting, visits: readonly Visit[], day: number): number {
  const begun = joinVisits(visits).filter((stay) => stay.from <= day);
  const last = begun[begun.length - 1];
  if (last === undefined) return 0;
  if (last.to < day) {
    // Outside: a count per entry or an anchored window is only open if an entry today would still fall into it.
    if (counting.kind === 'perEntry' && day - last.to >= (counting.gapDays ?? 0)) return 0;
    if (counting.kind === 'anchored' && day - charged(counting, begun)[0]!.from >= counting.windowDays) return 0;
  }
  return usedIn(counting, begun, day);
}

/** Stays as they are on `entry` if the person is there that day: one that goes on, or a new one. */
function withEntry(visits: readonly Visit[], entry: number): Stay[] {
  const begun = joinVisits(visits).filter((stay) => stay.from <= entry);
  const last = begun[begun.length - 1];
  if (last !== undefined && last.to > entry) last.to = FOREVER;
  else begun.push({ from: entry, to: FOREVER });
  return begun;
}

/** Day by day; gives up after `horizon` days and says so with `FOREVER`. */
export function naiveMaxStay(
  countings: readonly Counting[],
  visits: readonly Visit[],
  entry: number,
  horizon: number,
): number | undefined {
  const stays = withEntry(visits, entry);
  for (let day = entry; day <= entry + horizon; day++) {
    if (!countings.every((counting) => lawfulOn(counting, stays, day))) return day === entry ? undefined : day - 1;
  }
  return FOREVER;
}

export function naiveUnlawful(countings: readonly Counting[], visits: readonly Visit[], until: number): number[] {
  const stays = joinVisits(visits);
  const unlawful = new Set<number>();
  stays.forEach((stay, i) => {
    for (let day = stay.from; day <= Math.min(stay.to, until); day++) {
      const known = stays.slice(0, i + 1);
      if (!countings.every((counting) => lawfulOn(counting, known, day))) unlawful.add(day);
    }
  });
  return [...unlawful].sort((a, b) => a - b);
}

/** What a check on the last day of presence finds beyond the limit, the largest over the countings. */
export function naiveExcess(countings: readonly Counting[], visits: readonly Visit[], until: number): number {
  const stays = joinVisits(visits).filter((stay) => stay.from <= until);
  const last = stays[stays.length - 1];
  if (last === undefined) return 0;
  const day = Math.min(last.to, until);
  const over = countings.map((counting) => {
    if (counting.kind === 'perEntry' && counting.limit.months > 0) {
      let lawful = day;
      while (!lawfulOn(counting, stays, lawful)) lawful--;
      return day - lawful;
    }
    return usedIn(counting, stays, day) - (counting.kind === 'perEntry' ? counting.limit.days : counting.limitDays);
  });
  return Math.max(0, ...over);
}

/** The history as `nextEntry` takes it: a stay that covers the day ends on it, later ones are called off. */
export function cutAt(visits: readonly Visit[], day: number): Visit[] {
  return joinVisits(visits)
    .filter((stay) => stay.from <= day)
    .map((stay) => ({ from: stay.from, to: Math.min(stay.to, day) }));
}
