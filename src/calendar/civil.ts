/**
 * Civil days of the proleptic Gregorian calendar as integers, and the arithmetic of months on them.
 *
 * A `Day` is the number of whole days since 1970-01-01. There are no hours and no time zones here: which civil
 * day it is somewhere is settled in the faces, before anything reaches this file.
 *
 * Days are plain numbers and everything here is total on integers; a non-integer (`NaN`, `Infinity`, 1.5) is a
 * programming error and throws where it would otherwise turn into a wrong date.
 */
import type { Day, Duration, MonthEnd } from '../rules/ir.ts';

export type { Day, Duration, MonthEnd };

/** A day taken apart: `m` is 1–12, `d` is 1–31. */
export type Ymd = { readonly y: number; readonly m: number; readonly d: number };

const DAYS_IN_MONTH: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_IN_400_YEARS = 146097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_FROM_MARCH_0 = 719468;

/** Whether the year has a 29 February (Gregorian rule). */
export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** The number of days, 28–31, of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  const days = DAYS_IN_MONTH[month - 1];
  if (days === undefined) throw new RangeError(`daysInMonth: month ${month} is not between 1 and 12.`);
  return month === 2 && isLeap(year) ? 29 : days;
}

/**
 * The count of days without the checks of `fromYmd`; `m` must be 1–12, while `d` may lie beyond the month.
 * Years are taken to begin on 1 March, so that the leap day comes last and the lengths of the months before it
 * follow one linear formula (the usual days-from-civil method, as in H. Hinnant, "chrono-compatible low-level date
 * algorithms").
 */
function dayNumber(y: number, m: number, d: number): Day {
  const year = m > 2 ? y : y - 1;
  const month = m > 2 ? m - 3 : m + 9;
  const dayOfYear = Math.floor((153 * month + 2) / 5) + d - 1;
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  return year * 365 + leapDays + dayOfYear - EPOCH_FROM_MARCH_0;
}

/** The day of a year, month (1–12) and day of month. Throws `RangeError` if there is no such date. */
export function fromYmd(y: number, m: number, d: number): Day {
  if (!(Number.isInteger(y) && Number.isInteger(m) && Number.isInteger(d)) || d < 1 || d > daysInMonth(y, m)) {
    throw new RangeError(`fromYmd: year ${y}, month ${m}, day ${d} is not a date of the calendar.`);
  }
  return dayNumber(y, m, d);
}

/** Year, month and day of month of a day; the inverse of `fromYmd`. Throws `RangeError` if `day` is no integer. */
export function toYmd(day: Day): Ymd {
  if (!Number.isInteger(day)) throw new RangeError(`toYmd: a day is a whole number of days, found ${day}.`);
  const fromMarch0 = day + EPOCH_FROM_MARCH_0;
  const era = Math.floor(fromMarch0 / DAYS_IN_400_YEARS);
  const dayOfEra = fromMarch0 - era * DAYS_IN_400_YEARS;
  // Take out the leap days passed so far, then all years are 365 days long.
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const d = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const m = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { y: era * 400 + yearOfEra + (m <= 2 ? 1 : 0), m, d };
}

/** The earliest day that `parseDay` reads: 1900-01-01. */
export const FIRST_DAY: Day = dayNumber(1900, 1, 1);
/** The latest day that `parseDay` reads: 2199-12-31. Searches that find no end answer with it. */
export const LAST_DAY: Day = dayNumber(2199, 12, 31);

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `YYYY-MM-DD`, strictly: real dates from 1900-01-01 to 2199-12-31, anything else is `undefined`. */
export function parseDay(text: string): Day | undefined {
  const match = DAY_TEXT.exec(text);
  if (match === null) return undefined;
  const y = Number(match[1]);
  const m = Number(match[2]);
  const d = Number(match[3]);
  if (y < 1900 || y > 2199 || m < 1 || m > 12 || d < 1 || d > daysInMonth(y, m)) return undefined;
  return dayNumber(y, m, d);
}

/** Writes `YYYY-MM-DD`. Throws `RangeError` for a non-integer and for years outside 0–9999. */
export function formatDay(day: Day): string {
  const { y, m, d } = toYmd(day);
  if (y < 0 || y > 9999) throw new RangeError(`formatDay: year ${y} cannot be written with four digits.`);
  return `${String(y).padStart(4, '0')}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}

/** Day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekday(day: Day): number {
  const sinceMonday = (day + 3) % 7;
  return (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday) + 1;
}

/**
 * The same day of the month, `months` later (earlier if negative). Where that month has no such day, `clamp` gives
 * the last day of that month and `roll` the first day of the month after it: 31 January + 1 month is 28 (29)
 * February or 1 March; 29 February + 12 months is 28 February or 1 March; 31 March − 1 month likewise.
 * Not associative: one month twice is not always two months, so add a duration to its true starting day.
 */
export function addMonths(day: Day, months: number, monthEnd: MonthEnd): Day {
  if (!Number.isInteger(months)) throw new RangeError(`addMonths: expected whole months, found ${months}.`);
  const { y, m, d } = toYmd(day);
  const target = y * 12 + (m - 1) + months;
  const year = Math.floor(target / 12);
  const month = target - year * 12 + 1;
  const last = daysInMonth(year, month);
  if (d <= last) return dayNumber(year, month, d);
  return monthEnd === 'clamp' ? dayNumber(year, month, last) : dayNumber(year, month, last + 1);
}

/**
 * Adds a duration: its months first, with the declared rounding, then its days. A duration without months needs no
 * rounding; one with months and no `monthEnd` throws, because the law's loader should have demanded the declaration.
 */
export function addDuration(day: Day, duration: Duration, monthEnd: MonthEnd | undefined): Day {
  if (duration.months === 0) return day + duration.days;
  if (monthEnd === undefined) {
    throw new TypeError(
      'addDuration: the duration has months and no monthEnd was given. ' +
        "There is no default rounding: pass the provision's own 'clamp' or 'roll'.",
    );
  }
  return addMonths(day, duration.months, monthEnd) + duration.days;
}

/**
 * Whole months completed from `a` to `b`: for b ≥ a, the largest n with `addMonths(a, n, 'clamp') <= b`; for b < a,
 * `-monthsBetween(b, a)`.
 *
 * So a month begun on the 31st is complete on the last day of a shorter month (31 January → 28 February 2023 is 1,
 * 31 January → 27 February is 0), and a year begun on 29 February is complete on 28 February of a common year.
 * Laws that complete it on 1 March instead must compare dates made with `addMonths(…, 'roll')`.
 * Because of the mirror, going backwards is not a clamped subtraction: `monthsBetween(28 February, 31 January)` is −1,
 * though `addMonths(28 February, -1, 'clamp')` is 28 January.
 */
export function monthsBetween(a: Day, b: Day): number {
  if (b < a) return 0 - monthsBetween(b, a);
  const from = toYmd(a);
  const to = toYmd(b);
  const months = (to.y - from.y) * 12 + (to.m - from.m);
  return to.d >= Math.min(from.d, daysInMonth(to.y, to.m)) ? months : months - 1;
}

/**
 * Whole years completed from `a` to `b`: for b ≥ a, the largest n with `addMonths(a, 12 * n, 'clamp') <= b`; for
 * b < a, `-yearsBetween(b, a)`. Born on 29 February, one is a year older on 28 February of a common year and on
 * 29 February of a leap year; see `monthsBetween`.
 */
export function yearsBetween(a: Day, b: Day): number {
  if (b < a) return 0 - yearsBetween(b, a);
  return Math.floor(monthsBetween(a, b) / 12);
}

const DURATION_TEXT = /^P(?:(\d{1,5})W|(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})D)?)$/;

/**
 * Reads an ISO 8601 duration of whole years, months and days (`P1Y6M10D`) or of weeks alone (`P2W`); no sign, no
 * fraction, no time of day, at most five digits a part. Anything else is `undefined`, a bare `P` too. A year is
 * 12 months, a week 7 days; days never become months.
 */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION_TEXT.exec(text);
  if (match === null || text === 'P') return undefined;
  const [, weeks = '0', years = '0', months = '0', days = '0'] = match;
  return { months: Number(years) * 12 + Number(months), days: Number(weeks) * 7 + Number(days) };
}

/** Writes a duration as `parseDuration` reads it, months over 11 as years: `P1Y6M10D`, `P14D`, `P0D` for none. */
export function formatDuration(duration: Duration): string {
  const { months, days } = duration;
  if (!(Number.isInteger(months) && Number.isInteger(days)) || months < 0 || days < 0) {
    throw new RangeError(
      `formatDuration: expected whole, non-negative parts, found ${months} months and ${days} days.`,
    );
  }
  if (months === 0 && days === 0) return 'P0D';
  const years = Math.floor(months / 12);
  const rest = months % 12;
  return `P${years > 0 ? `${years}Y` : ''}${rest > 0 ? `${rest}M` : ''}${days > 0 ? `${days}D` : ''}`;
}
