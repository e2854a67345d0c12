import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import {
  addDuration,
  addMonths,
  daysInMonth,
  FIRST_DAY,
  formatDay,
  formatDuration,
  fromYmd,
  isLeap,
  LAST_DAY,
  monthsBetween,
  parseDay,
  parseDuration,
  toYmd,
  weekday,
  yearsBetween,
} from '../../src/calendar/civil.ts';
import { day } from './helpers.ts';

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const toTemporal = (d: number): Temporal.PlainDate => EPOCH.add({ days: d });
const fromTemporal = (d: Temporal.PlainDate): number => EPOCH.until(d, { largestUnit: 'day' }).days;

const START = fromYmd(1900, 1, 1);
const END = fromYmd(2100, 12, 31);
const someDay = fc.integer({ min: START, max: END });

test('every day from 1900 to 2200 agrees with Temporal, in order and without gaps', () => {
  let expected = Temporal.PlainDate.from('1900-01-01');
  for (let d = FIRST_DAY; d <= LAST_DAY; d++) {
    const { y, m, d: dayOfMonth } = toYmd(d);
    assert.ok(y === expected.year && m === expected.month && dayOfMonth === expected.day, `day ${d}`);
    assert.equal(fromYmd(y, m, dayOfMonth), d);
    assert.equal(weekday(d), expected.dayOfWeek);
    expected = expected.add({ days: 1 });
  }
  assert.equal(expected.toString(), '2200-01-01');
});

test('days far outside the range that is parsed are still right', () => {
  for (const text of ['0001-01-01', '0000-02-29', '-000400-03-01', '1600-02-29', '9999-12-31']) {
    const expected = Temporal.PlainDate.from(text);
    const d = fromTemporal(expected);
    assert.deepEqual(toYmd(d), { y: expected.year, m: expected.month, d: expected.day });
    assert.equal(fromYmd(expected.year, expected.month, expected.day), d);
    assert.equal(weekday(d), expected.dayOfWeek);
  }
  assert.equal(fromYmd(1970, 1, 1), 0);
});

test('isLeap and daysInMonth', () => {
  for (let y = 1896; y <= 2404; y++) {
    for (let m = 1; m <= 12; m++) {
      const month = Temporal.PlainYearMonth.from({ year: y, month: m });
      assert.equal(daysInMonth(y, m), month.daysInMonth);
      assert.equal(isLeap(y), month.inLeapYear);
    }
  }
  assert.throws(() => daysInMonth(2024, 13), /month 13 is not between 1 and 12/);
  assert.throws(() => daysInMonth(2024, 0), RangeError);
});

test('what is no date is refused', () => {
  for (const [y, m, d] of [
    [2023, 2, 29],
    [2024, 2, 30],
    [2024, 4, 31],
    [2024, 0, 1],
    [2024, 13, 1],
    [2024, 1, 0],
    [2024, 1.5, 1],
    [Number.NaN, 1, 1],
  ] as const) {
    assert.throws(() => fromYmd(y, m, d), RangeError, `${y} ${m} ${d}`);
  }
  assert.throws(() => toYmd(0.5), RangeError);
  assert.throws(() => toYmd(Number.NaN), RangeError);
  assert.throws(() => formatDay(Number.POSITIVE_INFINITY), RangeError);
  assert.throws(() => formatDay(fromYmd(10000, 1, 1)), /four digits/);
});

test('parseDay is strict', () => {
  assert.equal(parseDay('1970-01-01'), 0);
  assert.equal(parseDay('2024-02-29'), fromYmd(2024, 2, 29));
  assert.equal(parseDay('1900-01-01'), FIRST_DAY);
  assert.equal(parseDay('2199-12-31'), LAST_DAY);
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2100-02-29',
    '2024-02-30',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-04-31',
    '1899-12-31',
    '2200-01-01',
    '2024-1-01',
    '2024-01-1',
    '24-01-01',
    '2024/01/01',
    '20240101',
    ' 2024-01-01',
    '2024-01-01 ',
    '2024-01-01\n',
    '2024-01-01T00:00',
    '+2024-01-01',
    '-2024-01-01',
    '٢٠٢٤-٠١-٠١',
    '',
  ]) {
    assert.equal(parseDay(text), undefined, JSON.stringify(text));
  }
});

test('parseDay and formatDay are inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST_DAY, max: LAST_DAY }), (d) => {
      assert.equal(parseDay(formatDay(d)), d);
      assert.equal(formatDay(d), toTemporal(d).toString());
    }),
    { numRuns: 5000 },
  );
});

test('adding months with clamp is what Temporal does with overflow constrain', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: -1200, max: 1200 }), (d, months) => {
      const expected = toTemporal(d).add({ months }, { overflow: 'constrain' });
      assert.equal(addMonths(d, months, 'clamp'), fromTemporal(expected));
    }),
    { numRuns: 20000 },
  );
});

test('adding months with roll is the first of the next month where the day is missing', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: -1200, max: 1200 }), (d, months) => {
      const date = toTemporal(d);
      const month = date.toPlainYearMonth().add({ months });
      let expected: Temporal.PlainDate;
      try {
        expected = Temporal.PlainDate.from(
          { year: month.year, month: month.month, day: date.day },
          { overflow: 'reject' },
        );
      } catch {
        expected = month.add({ months: 1 }).toPlainDate({ day: 1 });
      }
      assert.equal(addMonths(d, months, 'roll'), fromTemporal(expected));
    }),
    { numRuns: 20000 },
  );
});

test('month ends by hand', () => {
  const table: [string, number, string, string][] = [
    ['2023-01-31', 1, '2023-02-28', '2023-03-01'],
    ['2024-01-31', 1, '2024-02-29', '2024-03-01'],
    ['2024-01-30', 1, '2024-02-29', '2024-03-01'],
    ['2024-01-29', 1, '2024-02-29', '2024-02-29'],
    ['2024-02-29', 12, '2025-02-28', '2025-03-01'],
    ['2024-02-29', 48, '2028-02-29', '2028-02-29'],
    ['2096-02-29', 48, '2100-02-28', '2100-03-01'],
    ['2024-03-31', -1, '2024-02-29', '2024-03-01'],
    ['2024-08-31', 1, '2024-09-30', '2024-10-01'],
    ['2024-12-31', 2, '2025-02-28', '2025-03-01'],
    ['2024-12-15', 0, '2024-12-15', '2024-12-15'],
  ];
  for (const [from, months, clamp, roll] of table) {
    assert.equal(formatDay(addMonths(day(from), months, 'clamp')), clamp, `${from} + ${months} clamp`);
    assert.equal(formatDay(addMonths(day(from), months, 'roll')), roll, `${from} + ${months} roll`);
  }
  assert.throws(() => addMonths(0, 1.5, 'clamp'), /whole months/);
});

test('addDuration adds months first, then days, and demands a rounding for months only', () => {
  // Days first would give 2024-03-02 + 1 month = 2024-04-02.
  assert.equal(formatDay(addDuration(day('2024-01-31'), { months: 1, days: 1 }, 'clamp')), '2024-03-01');
  assert.equal(formatDay(addDuration(day('2024-01-31'), { months: 1, days: 1 }, 'roll')), '2024-03-02');
  assert.equal(addDuration(100, { months: 0, days: 30 }, undefined), 130);
  assert.equal(addDuration(100, { months: 0, days: -30 }, undefined), 70);
  assert.throws(() => addDuration(100, { months: 1, days: 0 }, undefined), /no default rounding/);
});

/** The definition in the doc comment, searched for instead of computed. */
function completedMonths(a: number, b: number): number {
  const date = toTemporal(a);
  let n = 0;
  while (fromTemporal(date.add({ months: n + 1 }, { overflow: 'constrain' })) <= b) n++;
  return n;
}

test('monthsBetween and yearsBetween keep their definition', () => {
  const apart = fc.integer({ min: 0, max: 1500 });
  fc.assert(
    fc.property(someDay, apart, (a, n) => {
      const b = a + n;
      const months = completedMonths(a, b);
      assert.equal(monthsBetween(a, b), months);
      assert.equal(yearsBetween(a, b), Math.floor(months / 12));
      assert.ok(addMonths(a, months, 'clamp') <= b && addMonths(a, months + 1, 'clamp') > b);
      assert.equal(monthsBetween(b, a), 0 - months);
      assert.equal(yearsBetween(b, a), 0 - Math.floor(months / 12));
    }),
    { numRuns: 3000 },
  );
});

test("monthsBetween and yearsBetween are Temporal's until(), but for months completed on a clamped month end", () => {
  // until() completes a month begun on the 31st only when the 31st has passed, so it counts one less on the last day
  // of a shorter month; everywhere else the two must agree.
  let clamped = 0;
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 40000 }), fc.boolean(), (a, apart, toMonthEnd) => {
      let b = a + apart;
      if (toMonthEnd) {
        const { y, m } = toYmd(b);
        b = fromYmd(y, m, daysInMonth(y, m));
      }
      const onClampedEnd = toYmd(a).d > toYmd(b).d && toYmd(b + 1).d === 1;
      if (onClampedEnd) clamped++;
      const until = (unit: 'month' | 'year') => toTemporal(a).until(toTemporal(b), { largestUnit: unit });
      assert.equal(monthsBetween(a, b), until('month').months + (onClampedEnd ? 1 : 0));
      const leapBirthday = onClampedEnd && toYmd(a).m === toYmd(b).m;
      assert.equal(yearsBetween(a, b), until('year').years + (leapBirthday ? 1 : 0));
    }),
    { numRuns: 20000 },
  );
  assert.ok(clamped > 100, `only ${clamped} clamped cases were tried`);
});

test('completed months and years by hand', () => {
  const table: [string, string, number, number][] = [
    ['2023-01-31', '2023-02-27', 0, 0],
    ['2023-01-31', '2023-02-28', 1, 0],
    ['2023-01-31', '2023-03-30', 1, 0],
    ['2023-01-31', '2023-03-31', 2, 0],
    ['2000-02-29', '2018-02-27', 215, 17],
    ['2000-02-29', '2018-02-28', 216, 18],
    ['2000-02-29', '2020-02-28', 239, 19],
    ['2000-02-29', '2020-02-29', 240, 20],
    ['1991-04-12', '2026-04-11', 419, 34],
    ['1991-04-12', '2026-04-12', 420, 35],
    ['2023-03-31', '2023-02-28', -1, 0],
    ['2023-02-28', '2023-01-31', -1, 0],
    ['2024-05-05', '2024-05-05', 0, 0],
  ];
  for (const [a, b, months, years] of table) {
    assert.equal(monthsBetween(day(a), day(b)), months, `months ${a} ${b}`);
    assert.equal(yearsBetween(day(a), day(b)), years, `years ${a} ${b}`);
  }
});

test('durations are read strictly and written back', () => {
  const table: [string, number, number, string][] = [
    ['P1Y6M10D', 18, 10, 'P1Y6M10D'],
    ['P2W', 0, 14, 'P14D'],
    ['P18M', 18, 0, 'P1Y6M'],
    ['P12M', 12, 0, 'P1Y'],
    ['P90D', 0, 90, 'P90D'],
    ['P1Y1D', 12, 1, 'P1Y1D'],
    ['P0D', 0, 0, 'P0D'],
    ['P0Y0M0D', 0, 0, 'P0D'],
  ];
  for (const [text, months, days, written] of table) {
    assert.deepEqual(parseDuration(text), { months, days }, text);
    assert.equal(formatDuration({ months, days }), written);
  }
  for (const text of [
    '',
    'P',
    'PT1H',
    'P1D1M',
    'P1M1Y',
    'P1W1D',
    'P1Y2W',
    'P-1D',
    '-P1D',
    '+P1D',
    'P1.5Y',
    'P1,5Y',
    'p1y',
    'P1',
    '1Y',
    ' P1Y',
    'P1Y ',
    'P1Y\n',
    'P100000D',
  ]) {
    assert.equal(parseDuration(text), undefined, JSON.stringify(text));
  }
  fc.assert(
    fc.property(fc.nat(99999), fc.nat(99999), (months, days) => {
      assert.deepEqual(parseDuration(formatDuration({ months, days })), { months, days });
    }),
  );
  assert.throws(() => formatDuration({ months: -1, days: 0 }), RangeError);
  assert.throws(() => formatDuration({ months: 0, days: 0.5 }), RangeError);
});

test('no clock and no time zone: src/calendar and src/rules never mention the host Date', () => {
  const root = fileURLToPath(new URL('../../src/', import.meta.url));
  let files = 0;
  for (const room of ['calendar', 'rules']) {
    for (const name of readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      files++;
      const text = readFileSync(join(root, room, name), 'utf8');
      assert.doesNotMatch(text, /\bnew\s+Date\b|\bDate\(|\b(Date|Temporal)\.\w/, `${room}/${name}`);
    }
  }
  assert.ok(files > 5);
});
