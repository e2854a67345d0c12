import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  clip,
  contains,
  count,
  countWithin,
  type DaySet,
  daySet,
  type Interval,
  intersect,
  NO_DAYS,
  subtract,
  union,
} from '../../src/calendar/intervals.ts';

const LOW = -5;
const HIGH = 40;
const interval = fc
  .tuple(fc.integer({ min: LOW, max: HIGH }), fc.nat(9))
  .map(([from, length]): Interval => ({ from, to: from + length }));
const intervals = fc.array(interval, { maxLength: 7 });

/** Plain sets, to compare with. */
function plain(list: readonly Interval[]): Set<number> {
  const days = new Set<number>();
  for (const { from, to } of list) for (let day = from; day <= to; day++) days.add(day);
  return days;
}

/** The one list of intervals for a plain set. */
function canonical(days: ReadonlySet<number>): DaySet {
  const list: { from: number; to: number }[] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = list[list.length - 1];
    if (last !== undefined && last.to === day - 1) last.to = day;
    else list.push({ from: day, to: day });
  }
  return list;
}

test('day sets behave like sets of days and keep their one form', () => {
  fc.assert(
    fc.property(intervals, intervals, interval, (x, y, window) => {
      const [a, b] = [daySet(x), daySet(y)];
      const [p, q] = [plain(x), plain(y)];
      assert.deepEqual(a, canonical(p));
      assert.deepEqual(union(a, b), canonical(new Set([...p, ...q])));
      assert.deepEqual(intersect(a, b), canonical(new Set([...p].filter((d) => q.has(d)))));
      assert.deepEqual(subtract(a, b), canonical(new Set([...p].filter((d) => !q.has(d)))));
      assert.equal(count(a), p.size);
      const inside = new Set([...p].filter((d) => d >= window.from && d <= window.to));
      assert.deepEqual(clip(a, window.from, window.to), canonical(inside));
      assert.equal(countWithin(a, window.from, window.to), inside.size);
      for (let day = LOW - 1; day <= HIGH + 10; day++) assert.equal(contains(a, day), p.has(day));
    }),
    { numRuns: 5000 },
  );
});

test('edges of the form', () => {
  assert.deepEqual(daySet([]), []);
  const adjoining = [
    { from: 5, to: 9 },
    { from: 1, to: 4 },
    { from: 10, to: 10 },
  ];
  assert.deepEqual(daySet(adjoining), [{ from: 1, to: 10 }]);
  assert.deepEqual(clip([{ from: 1, to: 10 }], 8, 3), NO_DAYS);
  assert.equal(countWithin([{ from: 1, to: 10 }], 8, 3), 0);
  assert.throws(() => daySet([{ from: 5, to: 4 }]), /ends \(4\) before it begins \(5\)/);
  assert.throws(() => daySet([{ from: Number.NaN, to: 4 }]), RangeError);
});
