/**
 * From what a person wrote down to what a rule counts: visits joined into stays, and the end days a rule leaves out.
 */

import type { Day } from '../rules/ir.ts';
import { formatDay, LAST_DAY } from './civil.ts';
import type { Edges, Visit } from './counting.ts';
import type { DaySet, Interval } from './intervals.ts';
import { subtract } from './intervals.ts';

/** One uninterrupted stay, entry to exit. `to` is `STILL_THERE` while it lasts. */
export type Stay = Interval;

/** The end of a stay that has not ended: later than every day. */
export const STILL_THERE = Number.POSITIVE_INFINITY;

/** A visit to one country (or any other place the caller tells apart) of an area that counts together. */
export type PlacedVisit = Visit & { readonly place: string };

function endOf(visit: Visit): number {
  const to = visit.to ?? STILL_THERE;
  if (!Number.isInteger(visit.from) || !(to >= visit.from) || (to !== STILL_THERE && !Number.isInteger(to))) {
    throw new RangeError(
      `A visit cannot run from day ${visit.from} to day ${visit.to}: the end is before the beginning.`,
    );
  }
  return to;
}

function inOrder(a: Visit, b: Visit): number {
  return a.from - b.from || (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0);
}

/**
 * Stays in order of time. Visits that overlap are one stay (a stay told twice, or in parts). A visit that begins on
 * the day another ends is a new stay: exit and return on one day. Stays therefore share at most an end day.
 */
export function staysOf(visits: readonly Visit[]): readonly Stay[] {
  const stays: Stay[] = [];
  let sorted = visits;
  for (let i = 1; i < visits.length; i++) {
    if (inOrder(visits[i - 1]!, visits[i]!) > 0) {
      sorted = [...visits].sort(inOrder);
      break;
    }
  }
  for (const visit of sorted) {
    const to = endOf(visit);
    const last = stays[stays.length - 1];
    if (last === undefined || last.to <= visit.from) stays.push({ from: visit.from, to });
    else if (last.to < to) stays[stays.length - 1] = { from: last.from, to };
  }
  return stays;
}

/**
 * The visits of an area that counts its countries together, with the days under a permit taken out.
 *
 * - Whoever is in two places of the area on one day crossed a border inside it: one stay. Two visits to the same
 *   place that meet on a day are an exit and a return, so two.
 * - `excluded` are days that do not count at all, as those under a residence permit. What is left of a visit on
 *   either side counts as a visit of its own: a count per entry begins anew on the first day after the permit.
 */
export function poolVisits(visits: readonly PlacedVisit[], excluded: DaySet): readonly Visit[] {
  const sorted = [...visits].sort(inOrder);
  const pooled: { from: Day; to: number; place: string }[] = [];
  for (const visit of sorted) {
    const to = endOf(visit);
    const last = pooled[pooled.length - 1];
    const joined =
      last !== undefined && (visit.from < last.to || (visit.from === last.to && visit.place !== last.place));
    if (!joined) pooled.push({ from: visit.from, to, place: visit.place });
    else if (to >= last.to) {
      last.to = to;
      last.place = visit.place;
    }
  }
  const counted: Visit[] = [];
  for (const { from, to } of pooled) {
    for (const part of subtract([{ from, to }], excluded)) {
      counted.push({ from: part.from, to: part.to === STILL_THERE ? undefined : part.to });
    }
  }
  return counted;
}

/** The first day of a stay that counts, if the stay is to end on `to`. Later than the last if none counts. */
export function firstCounted(from: Day, to: Day, edges: Edges): Day {
  if (edges === 'both' || edges === 'entryOnly') return from;
  return edges === 'exitOnly' && from === to ? from : from + 1;
}

/** The last day that counts of a stay from `from` to `to`. */
export function lastCounted(from: Day, to: Day, edges: Edges): Day {
  if (edges === 'both' || edges === 'exitOnly') return to;
  return edges === 'entryOnly' && from === to ? to : to - 1;
}

/** The days of ended stays that count. */
export function countedDays(stays: readonly Stay[], edges: Edges): DaySet {
  const days: Interval[] = [];
  for (const stay of stays) {
    const from = firstCounted(stay.from, stay.to, edges);
    const to = lastCounted(stay.from, stay.to, edges);
    if (from > to) continue;
    const last = days[days.length - 1];
    if (last !== undefined && last.to >= from - 1)
      days[days.length - 1] = { from: last.from, to: Math.max(to, last.to) };
    else days.push({ from, to });
  }
  return days;
}

/** What was known at the end of `day`: stays begun by then, those that go on cut off that day as if it were the exit. */
export function staysUntil(stays: readonly Stay[], day: Day): readonly Stay[] {
  const known: Stay[] = [];
  for (const stay of stays) {
    if (stay.from > day) break;
    known.push(stay.to <= day ? stay : { from: stay.from, to: day });
  }
  return known;
}

/** Refuses what is no day (a fraction, `NaN`), naming the function and, for days, the calendar's range. */
export function needDay(day: Day, where: string): void {
  if (!Number.isInteger(day) || day > LAST_DAY) {
    throw new RangeError(
      `${where}: expected a whole number of days up to ${LAST_DAY} (${formatDay(LAST_DAY)}), found ${day}.`,
    );
  }
}
