/**
 * Comparison and arithmetic of run-time values, all three-valued: an operand that cannot be compared
 * (no rate between two currencies, durations that overlap) gives unknown, never a guess.
 */
import type { CompareOp, Context, Duration, Money, Type, Value } from './ir.ts';

/** A rate that an answer hangs on; `missing` if the law states none. */
export type RateUse = {
  readonly from: string;
  readonly to: string;
  readonly rate: { readonly factor: number; readonly day: number; readonly source: string } | 'missing';
};

/** Where conversions are noted while an explanation is made; not on the fast path. */
export type RateLog = { noting: boolean; uses: RateUse[] | undefined };

/** Nothing, in any currency: the literal 0 beside money, and the sum of no amounts. */
export const NO_MONEY: Money = { amount: 0, currency: '' };

/** Whole minor units of an amount. */
export function cents(money: Money): number {
  return Math.round(money.amount * 100);
}

/** `money` in whole minor units of `currency`, at the rate of the key day; unknown without a sourced rate. */
export function centsIn(money: Money, currency: string, c: Context, log: RateLog): number | undefined {
  if (money.currency === currency || money.currency === '' || currency === '') return cents(money);
  const rate = c.rate(money.currency, currency);
  if (log.noting) {
    log.uses ??= [];
    log.uses.push({ from: money.currency, to: currency, rate: rate ?? 'missing' });
  }
  return rate === undefined ? undefined : Math.round(cents(money) * rate.factor);
}

/** `money` told in another currency, in whole minor units; as it is if the currency is the same. */
export function moneyIn(money: Money, currency: string, c: Context, log: RateLog): Money | undefined {
  if (money.currency === currency || currency === '') return money;
  const whole = centsIn(money, currency, c, log);
  return whole === undefined ? undefined : { amount: whole / 100, currency };
}

/** Negative, 0 or positive as `a` is less, equal or more than `b`, told in b's currency. */
export function compareMoney(a: Money, b: Money, c: Context, log: RateLog): number | undefined {
  const left = centsIn(a, b.currency, c, log);
  return left === undefined ? undefined : left - cents(b);
}

/**
 * Negative, 0 or positive as `a` is shorter, equal or longer; unknown where that hangs on which months are meant
 * (P1M beside P30D). Twelve months are 365 or 366 days, any other month 28 to 31.
 */
export function compareDurations(a: Duration, b: Duration): number | undefined {
  const months = a.months - b.months;
  const days = a.days - b.days;
  if (months === 0) return days;
  const size = Math.abs(months);
  const years = Math.floor(size / 12);
  const least = years * 365 + (size % 12) * 28;
  const most = years * 366 + (size % 12) * 31;
  const low = days + (months > 0 ? least : -most);
  const high = days + (months > 0 ? most : -least);
  return low > 0 ? 1 : high < 0 ? -1 : undefined;
}

/** What `=` and the orderings need to know about a type, chosen once when a condition is compiled. */
export type Comparer = (a: Value, b: Value, c: Context) => number | undefined;

/** A comparer for values of a type; `order` for ordered codes. Unordered codes and booleans answer 0 or 1 (unequal). */
export function comparer(type: Type, order: readonly string[] | undefined, log: RateLog): Comparer {
  switch (type.t) {
    case 'number':
    case 'date':
      return (a, b) => (a as number) - (b as number);
    case 'money':
      return (a, b, c) => compareMoney(a as Money, b as Money, c, log);
    case 'duration':
      return (a, b) => compareDurations(a as Duration, b as Duration);
    default: {
      if (order === undefined) return (a, b) => (a === b ? 0 : 1);
      const rank = new Map(order.map((code, i) => [code, i]));
      return (a, b) => {
        if (a === b) return 0;
        const left = rank.get(a as string);
        const right = rank.get(b as string);
        return left === undefined || right === undefined ? undefined : left - right;
      };
    }
  }
}

/** Whether a comparison's sign satisfies an operator. */
export function holds(op: CompareOp, sign: number): boolean {
  switch (op) {
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

/** A finite number or unknown: what an overflow or a division gives. */
export function finite(n: number): number | undefined {
  return Number.isFinite(n) ? n : undefined;
}
