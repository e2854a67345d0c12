/** Numbers (DOUBLE), dates (DATE), durations (STRUCT(months, days)) and codes (VARCHAR) in SQL; NULL is unknown. */
import type { Day, Duration, Expr } from './ir.ts';
import type { Shape } from './sql-dialect.ts';
import { bind, columnOf, constant, factColumn, inRecord, type SqlMaking } from './sql-making.ts';
import { ratioSql } from './sql-money.ts';
import { grouped, numberLiteral } from './sql-text.ts';

/** A number. */
export function numberSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined)
    return fixed.value === undefined ? m.dialect.unknown('number') : m.dialect.number(fixed.value as number);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return chosen(m, expr, numberSql, 'number');
    case 'arith':
      return arithmetic(m, expr);
    case 'call':
      return expr.fn === 'min' || expr.fn === 'max' ? extreme(m, expr, numberSql) : between(m, expr);
    case 'count':
      return count(m, expr);
    case 'sum':
      return sum(m, expr);
    default:
      throw new Error(`No SQL for a number of kind "${expr.k}".`);
  }
}

function chosen(
  m: SqlMaking,
  expr: Expr & { k: 'if' },
  make: (m: SqlMaking, expr: Expr) => string,
  shape: Shape,
): string {
  return m.dialect.choose(m.names, m.condition(expr.cond), make(m, expr.then), make(m, expr.else), shape);
}

/** `least` and `greatest` pass over NULL in most engines, where one unknown makes the whole unknown. */
function extreme(m: SqlMaking, expr: Expr & { k: 'call' }, make: (m: SqlMaking, expr: Expr) => string): string {
  const args = expr.args.map((arg) => make(m, arg));
  const unknown = args.map((arg) => `${grouped(arg)} IS NULL`).join(' OR ');
  return `CASE WHEN NOT (${unknown}) THEN ${expr.fn === 'min' ? 'least' : 'greatest'}(${args.join(', ')}) END`;
}

function arithmetic(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  if (expr.left.ty.t === 'date') return m.dialect.daysBetween(daySql(m, expr.right), daySql(m, expr.left));
  if (expr.left.ty.t === 'money') return ratioSql(m, expr.left, expr.right);
  const left = grouped(numberSql(m, expr.left));
  const right = grouped(numberSql(m, expr.right));
  return expr.op === '/' ? `${left} / nullif(${right}, 0)` : `${left} ${expr.op} ${right}`;
}

function between(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  const [from, to] = expr.args.map((arg) => daySql(m, arg)) as [string, string];
  const months = m.dialect.monthsBetween(m.names, from, to);
  return expr.fn === 'monthsBetween' ? m.dialect.asNumber(months) : m.dialect.yearsOf(months);
}

/** NULL spreads through `+`, so one record that may or may not pass makes the count unknown. */
function count(m: SqlMaking, expr: Expr & { k: 'count' }): string {
  const list = factColumn(m, expr.list);
  const { where } = expr;
  if (where === null) return m.dialect.size(list);
  const [record, passes] = inRecord(m, expr.var, () => m.dialect.toNumber(m.condition(where)));
  return m.dialect.sum(m.names, list, record, passes);
}

function sum(m: SqlMaking, expr: Expr & { k: 'sum' }): string {
  const list = factColumn(m, expr.list);
  const [record, worth] = inRecord(m, expr.var, () => {
    const field = numberSql(m, expr.field);
    return expr.where === null ? field : m.dialect.choose(m.names, m.condition(expr.where), field, '0', 'number');
  });
  return m.dialect.sum(m.names, list, record, worth);
}

/** A date. */
export function daySql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined)
    return fixed.value === undefined ? m.dialect.unknown('date') : m.dialect.day(fixed.value as Day);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return chosen(m, expr, daySql, 'date');
    case 'arith':
      return shift(m, expr);
    case 'call':
      return extreme(m, expr, daySql);
    default:
      throw new Error(`No SQL for a date of kind "${expr.k}".`);
  }
}

function shift(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  const minus = expr.op === '-';
  return withDuration(m, expr.right, (by) => {
    const day = daySql(m, expr.left);
    if (by.fixed === undefined)
      return moved(m, day, minus ? `-${by.months}` : by.months, minus ? `-${by.days}` : by.days);
    const { months, days } = by.fixed;
    if (months !== 0 && m.fixed.monthEnd === undefined) return m.dialect.unknown('date');
    return moved(m, day, `${minus ? -months : months}`, `${minus ? -days : days}`);
  });
}

/** Engines clamp; `roll` is the day after that where the clamp took days away. */
function moved(m: SqlMaking, day: string, months: string, days: string): string {
  const on = (moment: string): string => (days === '0' || days === '-0' ? moment : m.dialect.addDays(moment, days));
  if (months === '0' || months === '-0') return on(grouped(day));
  switch (m.fixed.monthEnd) {
    case 'clamp':
      return on(m.dialect.addMonths(day, months));
    case 'roll':
      return bind(m, day, (start) => {
        const end = m.dialect.addMonths(start, months);
        return on(m.dialect.roll(end, start));
      });
    case undefined:
      return `CASE WHEN ${months} = 0 THEN ${on(grouped(day))} END`;
  }
}

type DurationParts = { readonly months: string; readonly days: string; readonly fixed?: Duration };

function withDuration(m: SqlMaking, expr: Expr, body: (parts: DurationParts) => string): string {
  const fixed = constant(m, expr)?.value as Duration | undefined;
  if (fixed !== undefined) return body({ months: numberLiteral(fixed.months), days: numberLiteral(fixed.days), fixed });
  return bind(m, durationSql(m, expr), (name) =>
    body({ months: m.dialect.field(name, 'months'), days: m.dialect.field(name, 'days') }),
  );
}

function durationSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    const duration = fixed.value as Duration | undefined;
    const [months, days] = duration === undefined ? ['NULL', 'NULL'] : [duration.months, duration.days];
    return m.dialect.duration(`${months}`, `${days}`);
  }
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  if (expr.k !== 'if') throw new Error(`No SQL for a duration of kind "${expr.k}".`);
  return chosen(m, expr, durationSql, 'duration');
}

/**
 * Negative, 0 or positive as the left is shorter, equal or longer; NULL where that hangs on which months are meant.
 * Twelve months are 365 or 366 days, any other month 28 to 31.
 */
export function durationOrder(m: SqlMaking, left: Expr, right: Expr): string {
  return withDuration(m, left, (a) =>
    withDuration(m, right, (b) => {
      const difference = m.dialect.struct(
        [
          ['m', `${a.months} - ${grouped(b.months)}`],
          ['d', `${a.days} - ${grouped(b.days)}`],
        ],
        'whole',
      );
      return bind(m, difference, (by) => {
        const [months, days] = [m.dialect.field(by, 'm'), m.dialect.field(by, 'd')];
        const size = `abs(${months})`;
        const years = m.dialect.wholeQuotient(size, '12');
        const least = `${years} * 365 + ${size} % 12 * 28`;
        const most = `${years} * 366 + ${size} % 12 * 31`;
        return (
          `CASE WHEN ${months} = 0 THEN ${days} ` +
          `WHEN ${months} > 0 AND ${days} + ${least} > 0 THEN 1 WHEN ${months} > 0 AND ${days} + ${most} < 0 THEN -1 ` +
          `WHEN ${months} < 0 AND ${days} - (${most}) > 0 THEN 1 WHEN ${months} < 0 AND ${days} - (${least}) < 0 THEN -1 END`
        );
      });
    }),
  );
}

/** A code. */
export function codeSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined)
    return fixed.value === undefined ? m.dialect.unknown('code') : m.dialect.quoteText(fixed.value as string);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  if (expr.k !== 'if') throw new Error(`No SQL for a code of kind "${expr.k}".`);
  return chosen(m, expr, codeSql, 'code');
}
