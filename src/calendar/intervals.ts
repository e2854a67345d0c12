/**
 * Sets of days, kept as sorted lists of closed intervals that neither overlap nor adjoin. Every day set has exactly
 * one such list, so two sets are equal when their lists are.
 */
import type { Day } from '../rules/ir.ts';

/** All days from `from` to `to`, both included. */
export type Interval = { readonly from: Day; readonly to: Day };

/** A set of days: sorted, disjoint, never adjoining. Make one with `daySet`; every function here keeps the form. */
export type DaySet = readonly Interval[];

export const NO_DAYS: DaySet = [];

/** Appends to a list under construction, joining what overlaps or adjoins. Needs `from` in ascending order. */
function push(list: Interval[], from: Day, to: Day): void {
  const last = list[list.length - 1];
  if (last === undefined || last.to < from - 1) list.push({ from, to });
  else if (last.to < to) list[list.length - 1] = { from: last.from, to };
}

/** The set of all days in the intervals, which may come in any order and overlap. Throws on an interval that ends before it begins. */
export function daySet(intervals: Iterable<Interval>): DaySet {
  const sorted = [...intervals].sort((a, b) => a.from - b.from);
  const list: Interval[] = [];
  for (const { from, to } of sorted) {
    if (!(from <= to)) throw new RangeError(`daySet: an interval ends (${to}) before it begins (${from}).`);
    push(list, from, to);
  }
  return list;
}

/** Days in `a` or in `b`. */
export function union(a: DaySet, b: DaySet): DaySet {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const list: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const x = a[i];
    const y = b[j];
    if (y === undefined || (x !== undefined && x.from <= y.from)) {
      push(list, x!.from, x!.to);
      i++;
    } else {
      push(list, y.from, y.to);
      j++;
    }
  }
  return list;
}

/** Days in both `a` and `b`. */
export function intersect(a: DaySet, b: DaySet): DaySet {
  const list: Interval[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const x = a[i];
    const y = b[j];
    if (x === undefined || y === undefined) return list;
    const from = Math.max(x.from, y.from);
    const to = Math.min(x.to, y.to);
    if (from <= to) list.push({ from, to });
    if (x.to < y.to) i++;
    else j++;
  }
}

/** Days in `a` that are not in `b`. */
export function subtract(a: DaySet, b: DaySet): DaySet {
  if (b.length === 0) return a;
  const list: Interval[] = [];
  let j = 0;
  for (const { from, to } of a) {
    let start = from;
    while (j < b.length && b[j]!.to < start) j++;
    for (let k = j; k < b.length && b[k]!.from <= to; k++) {
      if (start < b[k]!.from) list.push({ from: start, to: b[k]!.from - 1 });
      start = b[k]!.to + 1;
    }
    if (start <= to) list.push({ from: start, to });
  }
  return list;
}

/** How many days the set has. */
export function count(set: DaySet): number {
  let days = 0;
  for (const { from, to } of set) days += to - from + 1;
  return days;
}

/** How many days of the set lie from `from` to `to`, both included. Looks from the end, where histories are asked about. */
export function countWithin(set: DaySet, from: Day, to: Day): number {
  let days = 0;
  for (let i = set.length - 1; i >= 0; i--) {
    const interval = set[i]!;
    if (interval.to < from) break;
    const first = Math.max(interval.from, from);
    const last = Math.min(interval.to, to);
    if (first <= last) days += last - first + 1;
  }
  return days;
}

/** Whether the day is in the set. */
export function contains(set: DaySet, day: Day): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const interval = set[middle]!;
    if (day < interval.from) high = middle - 1;
    else if (day > interval.to) low = middle + 1;
    else return true;
  }
  return false;
}

/** The part of the set from `from` to `to`, both included; empty if `to` is before `from`. */
export function clip(set: DaySet, from: Day, to: Day): DaySet {
  return from <= to ? intersect(set, [{ from, to }]) : NO_DAYS;
}
