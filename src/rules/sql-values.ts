/** Numbers (DOUBLE), dates (DATE), durations (STRUCT(months, days)) and codes (VARCHAR) in SQL; NULL is unknown. */
import type { Day, Duration, Expr } from './ir.ts';
import { columnOf, constant, factColumn, lambda, type SqlMaking } from './sql-making.ts';
import { ratioSql } from './sql-money.ts';
import { bind, dayLiteral, grouped, numberLiteral, quoteText } from './sql-text.ts';

/** A number. */
export function numberSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) return fixed.value === undefined ? 'NULL::DOUBLE' : numberLiteral(fixed.value as number);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return chosen(m, expr, numberSql);
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

/** `CASE` with an operand, so that an unknown condition matches neither branch and the whole is NULL. */
function chosen(m: SqlMaking, expr: Expr & { k: 'if' }, make: (m: SqlMaking, expr: Expr) => string): string {
  return `CASE ${m.condition(expr.cond)} WHEN true THEN ${make(m, expr.then)} WHEN false THEN ${make(m, expr.else)} END`;
}

/** DuckDB's `least` and `greatest` pass over NULL, where one unknown makes the whole unknown. */
function extreme(m: SqlMaking, expr: Expr & { k: 'call' }, make: (m: SqlMaking, expr: Expr) => string): string {
  const args = expr.args.map((arg) => make(m, arg));
  const unknown = args.map((arg) => `${grouped(arg)} IS NULL`).join(' OR ');
  return `CASE WHEN NOT (${unknown}) THEN ${expr.fn === 'min' ? 'least' : 'greatest'}(${args.join(', ')}) END`;
}

function arithmetic(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  if (expr.left.ty.t === 'date')
    return `(${grouped(daySql(m, expr.left))} - ${grouped(daySql(m, expr.right))})::DOUBLE`;
  if (expr.left.ty.t === 'money') return ratioSql(m, expr.left, expr.right);
  const left = grouped(numberSql(m, expr.left));
  const right = grouped(numberSql(m, expr.right));
  return expr.op === '/' ? `${left} / nullif(${right}, 0)` : `${left} ${expr.op} ${right}`;
}

/** DuckDB's `datesub` counts completed months as we do, month ends and earlier second dates included; a test says so. */
function between(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  const [from, to] = expr.args.map((arg) => daySql(m, arg));
  const months = `datesub('month', ${from}, ${to})`;
  return expr.fn === 'monthsBetween' ? `${months}::DOUBLE` : `trunc(${months} / 12)`;
}

/** NULL spreads through `+`, so one record that may or may not pass makes the count unknown. */
function count(m: SqlMaking, expr: Expr & { k: 'count' }): string {
  const list = factColumn(m, expr.list);
  const { where } = expr;
  if (where === null) return `len(${list})::DOUBLE`;
  return added(
    m,
    list,
    lambda(m, expr.var, () => `${grouped(m.condition(where))}::DOUBLE`),
  );
}

function sum(m: SqlMaking, expr: Expr & { k: 'sum' }): string {
  const list = factColumn(m, expr.list);
  const worth = lambda(m, expr.var, () => {
    const field = numberSql(m, expr.field);
    return expr.where === null
      ? field
      : `CASE ${m.condition(expr.where)} WHEN true THEN ${field} WHEN false THEN 0 END`;
  });
  return added(m, list, worth);
}

function added(m: SqlMaking, list: string, worth: string): string {
  const total = m.names.fresh();
  const next = m.names.fresh();
  return `list_reduce(list_transform(${list}, ${worth}), lambda ${total}, ${next}: ${total} + ${next}, 0::DOUBLE)`;
}

/** A date. */
export function daySql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) return fixed.value === undefined ? 'NULL::DATE' : dayLiteral(fixed.value as Day);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return chosen(m, expr, daySql);
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
    if (months !== 0 && m.fixed.monthEnd === undefined) return 'NULL::DATE';
    return moved(m, day, `${minus ? -months : months}`, `${minus ? -days : days}`);
  });
}

/** DuckDB's intervals clamp; `roll` is the day after that where the clamp took days away. */
function moved(m: SqlMaking, day: string, months: string, days: string): string {
  const plusDays = days === '0' || days === '-0' ? '' : ` + (${days})`;
  if (months === '0' || months === '-0') return `${grouped(day)}${plusDays}`;
  switch (m.fixed.monthEnd) {
    case 'clamp':
      return `${clamped(day, months)}${plusDays}`;
    case 'roll':
      return bind(m.names, day, (start) => {
        const end = clamped(start, months);
        return `${end} + (day(${end}) < day(${start}))::INTEGER${plusDays}`;
      });
    case undefined:
      return `CASE WHEN ${months} = 0 THEN ${grouped(day)}${plusDays} END`;
  }
}

function clamped(day: string, months: string): string {
  const interval = /^-?\d+$/.test(months)
    ? `INTERVAL ${months.startsWith('-') ? `(${months})` : months} MONTH`
    : `to_months(${months})`;
  return `CAST(${grouped(day)} + ${interval} AS DATE)`;
}

type DurationParts = { readonly months: string; readonly days: string; readonly fixed?: Duration };

function withDuration(m: SqlMaking, expr: Expr, body: (parts: DurationParts) => string): string {
  const fixed = constant(m, expr)?.value as Duration | undefined;
  if (fixed !== undefined) return body({ months: numberLiteral(fixed.months), days: numberLiteral(fixed.days), fixed });
  return bind(m.names, durationSql(m, expr), (name) => body({ months: `${name}.months`, days: `${name}.days` }));
}

function durationSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    const duration = fixed.value as Duration | undefined;
    const [months, days] = duration === undefined ? ['NULL', 'NULL'] : [duration.months, duration.days];
    return `{'months': ${months}::INTEGER, 'days': ${days}::INTEGER}`;
  }
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  if (expr.k !== 'if') throw new Error(`No SQL for a duration of kind "${expr.k}".`);
  return chosen(m, expr, durationSql);
}

/**
 * Negative, 0 or positive as the left is shorter, equal or longer; NULL where that hangs on which months are meant.
 * Twelve months are 365 or 366 days, any other month 28 to 31.
 */
export function durationOrder(m: SqlMaking, left: Expr, right: Expr): string {
  return withDuration(m, left, (a) =>
    withDuration(m, right, (b) => {
      const difference = `{'m': ${a.months} - ${grouped(b.months)}, 'd': ${a.days} - ${grouped(b.days)}}`;
      return bind(m.names, difference, (by) => {
        const size = `abs(${by}.m)`;
        const least = `${size} // 12 * 365 + ${size} % 12 * 28`;
        const most = `${size} // 12 * 366 + ${size} % 12 * 31`;
        return (
          `CASE WHEN ${by}.m = 0 THEN ${by}.d ` +
          `WHEN ${by}.m > 0 AND ${by}.d + ${least} > 0 THEN 1 WHEN ${by}.m > 0 AND ${by}.d + ${most} < 0 THEN -1 ` +
          `WHEN ${by}.m < 0 AND ${by}.d - (${most}) > 0 THEN 1 WHEN ${by}.m < 0 AND ${by}.d - (${least}) < 0 THEN -1 END`
        );
      });
    }),
  );
}

/** A code. */
export function codeSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) return fixed.value === undefined ? 'NULL::VARCHAR' : quoteText(fixed.value as string);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  if (expr.k !== 'if') throw new Error(`No SQL for a code of kind "${expr.k}".`);
  return chosen(m, expr, codeSql);
}
