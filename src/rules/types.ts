/** Static types of the condition language: when two agree, how they are told to people, what arithmetic makes of them. */
import type { ArithOp, Per, Type } from './ir.ts';

export const BOOLEAN: Type = { t: 'boolean' };
export const DATE: Type = { t: 'date' };

/** A number without a unit: a count, a ratio. */
export const PLAIN: Type = { t: 'number', unit: 'count' };

/** The spelling of a unit that decides: `year` is `years`, and `1`, `number` and nothing at all are `count`. */
export function unitKey(unit: string): string {
  if (unit === '' || unit === '1' || unit === 'number') return 'count';
  return /^(year|month|week|day|hour|point)$/.test(unit) ? `${unit}s` : unit;
}

/** Whether two types may be compared, added or stand as two branches of one `if`. */
export function sameType(a: Type, b: Type): boolean {
  if (a.t === 'number') return b.t === 'number' && unitKey(a.unit) === unitKey(b.unit);
  if (a.t === 'money') return b.t === 'money' && a.per === b.per;
  if (a.t === 'code' || a.t === 'codes') return b.t === a.t && a.set === b.set;
  if (a.t === 'records') return b.t === 'records' && a.of === b.of;
  return a.t === b.t;
}

/** A type in words, for messages. */
export function describe(type: Type): string {
  switch (type.t) {
    case 'boolean':
      return 'a yes-or-no value';
    case 'number':
      return unitKey(type.unit) === 'count' ? 'a plain number' : `a number of ${unitKey(type.unit)}`;
    case 'money':
      return type.per === 'once' ? 'money paid once' : `money per ${type.per}`;
    case 'date':
      return 'a date';
    case 'duration':
      return 'a duration';
    case 'code':
      return `a code of the set ${type.set}`;
    case 'codes':
      return `several codes of the set ${type.set}`;
    case 'records':
      return `a list of records (${type.of})`;
  }
}

/** The type of `left op right`, or in words what would be needed instead. Durations with months are the caller's care. */
export function arithType(op: ArithOp, left: Type, right: Type): Type | string {
  return op === '+' || op === '-'
    ? sumType(op, left, right)
    : op === '*'
      ? productType(left, right)
      : quotientType(left, right);
}

function sumType(op: '+' | '-', left: Type, right: Type): Type | string {
  if (left.t === 'number' && sameType(left, right)) return left;
  if (left.t === 'money' && sameType(left, right)) return left;
  if (left.t === 'date' && right.t === 'duration') return DATE;
  if (op === '-' && left.t === 'date' && right.t === 'date') return { t: 'number', unit: 'days' };
  if (op === '+' && left.t === 'duration' && right.t === 'date') return 'the date first: date + duration';
  if (left.t === 'date' && right.t === 'number')
    return 'a duration beside a date: declare the parameter as a duration, such as P90D or P6M';
  if (left.t === 'date' && right.t === 'date') return 'date - date, or date + duration';
  return 'two numbers of one unit, two amounts of one period, or a date and a duration';
}

/** Money per month times a number of months is money paid once; times a plain number it keeps its period. */
function productType(left: Type, right: Type): Type | string {
  if (left.t === 'number' && right.t === 'money') return productType(right, left);
  if (left.t === 'money' && right.t === 'number') {
    const unit = unitKey(right.unit);
    if (unit === 'count') return left;
    if (left.per !== 'once' && unit === `${left.per}s`) return { t: 'money', per: 'once' };
    return `a plain number${left.per === 'once' ? '' : `, or a number of ${left.per}s,`} beside ${describe(left)}`;
  }
  if (left.t === 'number' && right.t === 'number') {
    if (unitKey(right.unit) === 'count') return left;
    if (unitKey(left.unit) === 'count') return right;
    return 'at least one plain number';
  }
  return 'two numbers, or money and a number';
}

const PERIODS: readonly Per[] = ['year', 'month', 'week', 'day', 'hour'];

function quotientType(left: Type, right: Type): Type | string {
  if (left.t === 'money' && right.t === 'number') {
    const unit = unitKey(right.unit);
    if (unit === 'count') return left;
    const per = PERIODS.find((p) => `${p}s` === unit);
    if (left.per === 'once' && per !== undefined) return { t: 'money', per };
    return 'money divided by a plain number';
  }
  if ((left.t === 'money' || left.t === 'number') && sameType(left, right)) return PLAIN;
  if (left.t === 'number' && right.t === 'number') {
    return unitKey(right.unit) === 'count' ? left : 'a divisor of the same unit or a plain number';
  }
  return 'numbers, or money divided by a number';
}
