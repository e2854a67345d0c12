/**
 * Derived columns: what a kernel would else compute for every person at every run, computed once when the columns
 * are filled. Money told in one currency, a date moved by a duration, completed months or years between two dates.
 *
 * They hold for the rates and the key day of the `Fixed` they were made from: on another day derive them again.
 */
import { addDuration, formatDay, monthsBetween, yearsBetween } from '../calendar/civil.ts';
import { type Codebook, type Columns, CURRENCY, NO_DAY } from './columns.ts';
import { newEnv } from './evaluate.ts';
import type { Fixed } from './fixed.ts';
import type { Context, Day, Duration, MonthEnd } from './ir.ts';
import { centsIn } from './values.ts';

/** A date (or duration) of each person, or one for all. */
export type DayOperand = { readonly column: string } | { readonly day: Day };
export type DurationOperand = { readonly column: string } | { readonly duration: Duration };

export type DerivedColumn =
  /** Whole minor units of the money column `of`, told in `currency`; NaN is unknown. */
  | { readonly k: 'cents'; readonly key: string; readonly of: string; readonly currency: string }
  /** `day` moved by a duration, forwards or backwards; `NO_DAY` is unknown. */
  | {
      readonly k: 'shift';
      readonly key: string;
      readonly day: DayOperand;
      readonly by: DurationOperand;
      readonly sign: 1 | -1;
      readonly monthEnd: MonthEnd | undefined;
    }
  /** Months or years completed; NaN is unknown. */
  | {
      readonly k: 'monthsBetween' | 'yearsBetween';
      readonly key: string;
      readonly from: DayOperand;
      readonly to: DayOperand;
    };

/** The column of money `of` in whole minor units of a currency. */
export function centsColumn(of: string, currency: string): DerivedColumn {
  return { k: 'cents', key: `${of}@${currency}`, of, currency };
}

/** The column of a date moved by a duration. */
export function shiftColumn(
  day: DayOperand,
  by: DurationOperand,
  sign: 1 | -1,
  monthEnd: MonthEnd | undefined,
): DerivedColumn {
  const length = 'column' in by ? by.column : durationText(by.duration);
  const rounding = monthEnd === undefined ? '' : ` (${monthEnd})`;
  const key = `${dayText(day)} ${sign > 0 ? '+' : '-'} ${length}${rounding}`;
  return { k: 'shift', key, day, by, sign, monthEnd };
}

/** The column of the months or years completed between two dates. */
export function betweenColumn(k: 'monthsBetween' | 'yearsBetween', from: DayOperand, to: DayOperand): DerivedColumn {
  return { k, key: `${k}(${dayText(from)}, ${dayText(to)})`, from, to };
}

/** The arrays that a derived column is computed from. */
export function sourcesOf(derived: DerivedColumn): string[] {
  const keys: string[] = [];
  if (derived.k === 'cents') return [`${derived.of}#amount`, `${derived.of}#currency`];
  for (const day of derived.k === 'shift' ? [derived.day] : [derived.from, derived.to]) {
    if ('column' in day) keys.push(day.column);
  }
  if (derived.k === 'shift' && 'column' in derived.by)
    keys.push(`${derived.by.column}#months`, `${derived.by.column}#days`);
  return keys;
}

/** Adds derived columns to columns that hold their sources. */
export function deriveColumns(
  codebook: Codebook,
  wanted: readonly DerivedColumn[],
  columns: Columns,
  fixed: Pick<Fixed, 'rate'>,
): void {
  for (const derived of wanted) {
    columns[derived.key] = derived.k === 'cents' ? inCents(codebook, derived, columns, fixed) : moved(derived, columns);
  }
}

function inCents(
  codebook: Codebook,
  derived: DerivedColumn & { k: 'cents' },
  columns: Columns,
  fixed: Pick<Fixed, 'rate'>,
): Float64Array {
  const amounts = need(columns, `${derived.of}#amount`, derived.key);
  const currencies = need(columns, `${derived.of}#currency`, derived.key);
  const { codes } = codebook.codes(CURRENCY);
  const rates: Pick<Context, 'rate'> = fixed;
  const { log } = newEnv();
  const out = new Float64Array(amounts.length);
  for (let i = 0; i < out.length; i++) {
    const currency = codes[currencies[i]! - 1];
    const money = { amount: amounts[i]!, currency: currency ?? '' };
    const cents = currency === undefined ? undefined : centsIn(money, derived.currency, rates as Context, log);
    out[i] = cents ?? Number.NaN;
  }
  return out;
}

function moved(
  derived: DerivedColumn & { k: 'shift' | 'monthsBetween' | 'yearsBetween' },
  columns: Columns,
): Int32Array | Float64Array {
  const length = need(columns, sourcesOf(derived)[0]!, derived.key).length;
  if (derived.k === 'shift') {
    const day = dayReader(derived.day, columns, derived.key);
    const by = durationReader(derived.by, columns, derived.key);
    return Int32Array.from({ length }, (_, i) => shifted(day(i), by(i), derived.sign, derived.monthEnd));
  }
  const from = dayReader(derived.from, columns, derived.key);
  const to = dayReader(derived.to, columns, derived.key);
  const between = derived.k === 'monthsBetween' ? monthsBetween : yearsBetween;
  return Float64Array.from({ length }, (_, i) => {
    const a = from(i);
    const b = to(i);
    return a === NO_DAY || b === NO_DAY ? Number.NaN : between(a, b);
  });
}

function shifted(day: Day, by: Duration, sign: 1 | -1, monthEnd: MonthEnd | undefined): Day {
  if (day === NO_DAY || by.months === NO_DAY || (by.months !== 0 && monthEnd === undefined)) return NO_DAY;
  return addDuration(day, { months: sign * by.months, days: sign * by.days }, monthEnd);
}

function dayReader(operand: DayOperand, columns: Columns, key: string): (i: number) => Day {
  if ('day' in operand) return () => operand.day;
  const data = need(columns, operand.column, key);
  return (i) => data[i]!;
}

function durationReader(operand: DurationOperand, columns: Columns, key: string): (i: number) => Duration {
  if ('duration' in operand) return () => operand.duration;
  const months = need(columns, `${operand.column}#months`, key);
  const days = need(columns, `${operand.column}#days`, key);
  return (i) => ({ months: months[i]!, days: days[i]! });
}

function need(columns: Columns, source: string, key: string): Columns[string] {
  const column = columns[source];
  if (column === undefined) {
    throw new Error(`The derived column "${key}" is computed from "${source}", which is not filled. Fill it first.`);
  }
  return column;
}

function dayText(operand: DayOperand): string {
  return 'column' in operand ? operand.column : formatDay(operand.day);
}

/** Like ISO 8601, but in months and days only, and with signs: a name for a column, not for a reader of law. */
function durationText({ months, days }: Duration): string {
  return `P${months === 0 ? '' : `${months}M`}${days === 0 && months !== 0 ? '' : `${days}D`}`;
}
