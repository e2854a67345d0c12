/** Arithmetic, registered functions and lists, over parts already compiled to closures. Unknown in, unknown out. */
import { addDuration, monthsBetween, yearsBetween } from '../calendar/civil.ts';
import type { ArithOp, Context, Day, Duration, Expr, FnName, Money, Rec, Tri, Type, Value } from './ir.ts';
import { cents, comparer, finite, moneyIn, NO_MONEY, type RateLog } from './values.ts';

/** The record that a quantifier or filter is at, and those of the quantifiers around it. */
export type Frame = { rec: Rec; readonly up: Frame | undefined };

/** A compiled value; the frame is undefined outside quantifiers. */
export type ValueFn = (c: Context, f: Frame | undefined) => Value | undefined;
/** A compiled condition. */
export type TriFn = (c: Context, f: Frame | undefined) => Tri;

type Binary = (a: Value, b: Value, c: Context) => Value | undefined;

const NO_RECORD: Rec = {};

/** `left op right`. */
export function arithmetic(e: Expr & { k: 'arith' }, left: ValueFn, right: ValueFn, log: RateLog): ValueFn {
  const combine = binary(e.op, e.left.ty, e.right.ty, log);
  return (c, f) => {
    const a = left(c, f);
    if (a === undefined) return undefined;
    const b = right(c, f);
    return b === undefined ? undefined : combine(a, b, c);
  };
}

function binary(op: ArithOp, left: Type, right: Type, log: RateLog): Binary {
  if (left.t === 'date') return right.t === 'date' ? (a, b) => (a as Day) - (b as Day) : dateShift(op === '-' ? -1 : 1);
  if (left.t === 'money' && right.t === 'money')
    return op === '/' ? moneyRatio(log) : moneySum(op === '-' ? -1 : 1, log);
  if (left.t === 'money') {
    return op === '*' ? (a, b) => scaled(a as Money, b as number) : (a, b) => scaled(a as Money, 1 / (b as number));
  }
  if (right.t === 'money') return (a, b) => scaled(b as Money, a as number);
  switch (op) {
    case '+':
      return (a, b) => finite((a as number) + (b as number));
    case '-':
      return (a, b) => finite((a as number) - (b as number));
    case '*':
      return (a, b) => finite((a as number) * (b as number));
    case '/':
      return (a, b) => finite((a as number) / (b as number));
  }
}

/** A date and a duration; months need the provision's rounding, and without it the answer is unknown. */
function dateShift(sign: 1 | -1): Binary {
  return (a, b, c) => {
    const { months, days } = b as Duration;
    if (months !== 0 && c.monthEnd === undefined) return undefined;
    return addDuration(a as Day, { months: sign * months, days: sign * days }, c.monthEnd);
  };
}

function moneySum(sign: 1 | -1, log: RateLog): Binary {
  return (a, b, c) => {
    const left = a as Money;
    const right = moneyIn(b as Money, left.currency, c, log);
    if (right === undefined) return undefined;
    const amount = left.amount + sign * right.amount;
    return Number.isFinite(amount) ? { amount, currency: left.currency || right.currency } : undefined;
  };
}

function moneyRatio(log: RateLog): Binary {
  return (a, b, c) => {
    const left = moneyIn(a as Money, (b as Money).currency, c, log);
    return left === undefined ? undefined : finite(cents(left) / cents(b as Money));
  };
}

function scaled(money: Money, by: number): Money | undefined {
  const amount = money.amount * by;
  return Number.isFinite(amount) ? { amount, currency: money.currency } : undefined;
}

/** A registered function. */
export function call(fn: FnName, type: Type, args: readonly ValueFn[], log: RateLog): ValueFn {
  const [first, second] = args as readonly [ValueFn, ValueFn];
  switch (fn) {
    case 'perYear':
    case 'perMonth': {
      const by = fn === 'perYear' ? 12 : 1 / 12;
      return (c, f) => {
        const money = first(c, f);
        return money === undefined ? undefined : scaled(money as Money, by);
      };
    }
    case 'monthsBetween':
    case 'yearsBetween': {
      const between = fn === 'monthsBetween' ? monthsBetween : yearsBetween;
      return (c, f) => {
        const a = first(c, f);
        const b = second(c, f);
        return a === undefined || b === undefined ? undefined : between(a as Day, b as Day);
      };
    }
    case 'min':
    case 'max': {
      const compare = comparer(type, undefined, log);
      const sign = fn === 'min' ? -1 : 1;
      return (c, f) => {
        let best: Value | undefined;
        for (let i = 0; i < args.length; i++) {
          const value = args[i]!(c, f);
          if (value === undefined) return undefined;
          if (best === undefined) {
            best = value;
            continue;
          }
          const order = compare(value, best, c);
          if (order === undefined) return undefined;
          if (order * sign > 0) best = value;
        }
        return best;
      };
    }
  }
}

/** `some` and `every` over records: one that decides is enough, whatever is unknown about the others. */
export function quantifier(deciding: boolean, list: ValueFn, cond: TriFn): TriFn {
  return (c, f) => {
    const records = list(c, f) as readonly Rec[] | undefined;
    if (records === undefined) return undefined;
    const frame: Frame = { rec: NO_RECORD, up: f };
    let out: Tri = !deciding;
    for (let i = 0; i < records.length; i++) {
      frame.rec = records[i]!;
      const t = cond(c, frame);
      if (t === deciding) return deciding;
      if (t === undefined) out = undefined;
    }
    return out;
  };
}

/** How many records pass; unknown as soon as one record may or may not. */
export function counting(list: ValueFn, where: TriFn | null): ValueFn {
  return (c, f) => {
    const records = list(c, f) as readonly Rec[] | undefined;
    if (records === undefined || where === null) return records?.length;
    const frame: Frame = { rec: NO_RECORD, up: f };
    let count = 0;
    for (let i = 0; i < records.length; i++) {
      frame.rec = records[i]!;
      const t = where(c, frame);
      if (t === undefined) return undefined;
      if (t) count++;
    }
    return count;
  };
}

/** The sum of a field over the records that pass; amounts are told in the currency of the first. */
export function adding(list: ValueFn, where: TriFn | null, field: ValueFn, type: Type, log: RateLog): ValueFn {
  const plus = binary('+', type, type, log);
  const zero: Value = type.t === 'money' ? NO_MONEY : 0;
  return (c, f) => {
    const records = list(c, f) as readonly Rec[] | undefined;
    if (records === undefined) return undefined;
    const frame: Frame = { rec: NO_RECORD, up: f };
    let total: Value | undefined = zero;
    for (let i = 0; i < records.length; i++) {
      frame.rec = records[i]!;
      const t = where === null ? true : where(c, frame);
      if (t === false) continue;
      const value = t === undefined ? undefined : field(c, frame);
      if (value === undefined) return undefined;
      total = plus(total, value, c);
      if (total === undefined) return undefined;
    }
    return total;
  };
}
