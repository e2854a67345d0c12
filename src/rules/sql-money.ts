/** Money in SQL: a STRUCT(amount DOUBLE, currency VARCHAR) in major units. Its amount is NULL where it is unknown. */
import type { Expr, Money } from './ir.ts';
import { columnOf, constant, factColumn, lambda, type SqlMaking } from './sql-making.ts';
import { bind, grouped, numberLiteral, quoteText } from './sql-text.ts';
import { numberSql } from './sql-values.ts';

/** Both parts of money as expressions that may be written more than once. */
type Parts = { readonly amount: string; readonly currency: string; readonly fixed?: Money };

/** `body` with both sides in whole minor units of the right side's currency. */
export function withCents(
  m: SqlMaking,
  left: Expr,
  right: Expr,
  body: (left: string, right: string) => string,
): string {
  return withMoney(m, right, (to) =>
    withMoney(m, left, (from) => body(centsIn(m, from, to), wholeCents(to.amount, to.fixed))),
  );
}

/** `left / right`, both told in the currency of the right; NULL if the right is nothing. */
export function ratioSql(m: SqlMaking, left: Expr, right: Expr): string {
  return withCents(m, left, right, (a, b) => `${a} / nullif(${b}, 0)`);
}

/** Calls `body` with the parts of a money expression. */
function withMoney(m: SqlMaking, expr: Expr, body: (parts: Parts) => string): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    const money = fixed.value as Money | undefined;
    if (money === undefined) return body({ amount: 'NULL::DOUBLE', currency: "''" });
    return body({ amount: numberLiteral(money.amount), currency: quoteText(money.currency), fixed: money });
  }
  return bind(m.names, moneySql(m, expr), (name) => body(partsOf(name)));
}

const partsOf = (name: string): Parts => ({ amount: `${name}.amount`, currency: `${name}.currency` });
const pack = (amount: string, currency: string): string => `{'amount': ${amount}, 'currency': ${currency}}`;

/** A money expression as one STRUCT. */
function moneySql(m: SqlMaking, expr: Expr): string {
  if (constant(m, expr) !== undefined)
    return withMoney(m, expr, (parts) => pack(`${parts.amount}::DOUBLE`, parts.currency));
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return `CASE ${m.condition(expr.cond)} WHEN true THEN ${moneySql(m, expr.then)} WHEN false THEN ${moneySql(m, expr.else)} END`;
    case 'arith':
      return expr.op === '+' || expr.op === '-' ? sumSql(m, expr) : productSql(m, expr);
    case 'call':
      return expr.fn === 'min' || expr.fn === 'max' ? extremeSql(m, expr) : otherPeriod(m, expr);
    case 'sum':
      return totalSql(m, expr);
    default:
      throw new Error(`No SQL for money of kind "${expr.k}".`);
  }
}

/** The right side is told in the currency of the left; nothing (0) takes the currency of the other side. */
function sumSql(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  return withMoney(m, expr.left, (left) =>
    withMoney(m, expr.right, (right) => plus(m, expr.op as '+' | '-', left, right)),
  );
}

function plus(m: SqlMaking, op: '+' | '-', left: Parts, right: Parts): string {
  const amount = `${left.amount} ${op} ${amountIn(m, right, left)}`;
  return pack(amount, `CASE WHEN ${left.currency} = '' THEN ${right.currency} ELSE ${left.currency} END`);
}

function productSql(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  const [money, number] = expr.left.ty.t === 'money' ? [expr.left, expr.right] : [expr.right, expr.left];
  const by = numberSql(m, number);
  return scaled(m, money, expr.op === '*' ? grouped(by) : `(1 / nullif(${by}, 0))`);
}

function otherPeriod(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  return scaled(m, expr.args[0]!, expr.fn === 'perYear' ? '12' : numberLiteral(1 / 12));
}

function scaled(m: SqlMaking, money: Expr, by: string): string {
  return withMoney(m, money, (parts) => pack(`${parts.amount} * ${by}`, parts.currency));
}

/** The least or most of several, each compared in the currency of the best so far; NULL once a comparison is. */
function extremeSql(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  const best = m.names.fresh();
  const next = m.names.fresh();
  const told = centsIn(m, partsOf(next), partsOf(best));
  const own = wholeCents(`${best}.amount`);
  const better = expr.fn === 'min' ? '<' : '>';
  const choice = `CASE ${told} ${better} ${own} WHEN true THEN ${next} WHEN false THEN ${best} END`;
  return `list_reduce([${expr.args.map((arg) => moneySql(m, arg)).join(', ')}], lambda ${best}, ${next}: ${choice})`;
}

/** The sum over records, told in the currency of the first that passes; the others count as nothing. */
function totalSql(m: SqlMaking, expr: Expr & { k: 'sum' }): string {
  const nothing = pack('0::DOUBLE', "''");
  const list = factColumn(m, expr.list);
  const amounts = lambda(m, expr.var, () => {
    const field = moneySql(m, expr.field);
    if (expr.where === null) return field;
    return `CASE ${m.condition(expr.where)} WHEN true THEN ${field} WHEN false THEN ${nothing} END`;
  });
  const total = m.names.fresh();
  const next = m.names.fresh();
  const add = plus(m, '+', partsOf(total), partsOf(next));
  return `list_reduce(list_transform(${list}, ${amounts}), lambda ${total}, ${next}: ${add}, ${nothing})`;
}

/** Rounds halves up, as the interpreter does. */
function wholeCents(amount: string, fixed?: Money): string {
  return fixed === undefined ? `floor(${grouped(amount)} * 100 + 0.5)` : numberLiteral(Math.round(fixed.amount * 100));
}

function centsIn(m: SqlMaking, from: Parts, to: Parts): string {
  const factor = rateSql(m, from, to);
  const cents = wholeCents(from.amount, from.fixed);
  return factor === '1' ? cents : `floor(${cents} * ${factor} + 0.5)`;
}

function amountIn(m: SqlMaking, money: Parts, to: Parts): string {
  const same = `${money.currency} = ${to.currency} OR ${to.currency} = ''`;
  return `CASE WHEN ${same} THEN ${money.amount} ELSE ${centsIn(m, money, to)} / 100 END`;
}

/** The rate between two currencies; NULL where the law states none. Nothing (the currency '') fits any. */
function rateSql(m: SqlMaking, from: Parts, to: Parts): string {
  if (to.fixed?.currency === '' || from.fixed?.currency === '') return '1';
  if (to.fixed !== undefined) {
    const target = to.fixed.currency;
    const cases = rates(m, m.currencies, [target]).map(
      ([source, , factor]) => `WHEN ${quoteText(source)} THEN ${factor}`,
    );
    return `CASE ${from.currency} WHEN ${quoteText(target)} THEN 1 WHEN '' THEN 1${cases.map((text) => ` ${text}`).join('')} END`;
  }
  const sources = from.fixed === undefined ? m.currencies : [from.fixed.currency];
  const cases = rates(m, sources, m.currencies).map(
    ([a, b, factor]) => `WHEN ${quoteText(`${a}>${b}`)} THEN ${factor}`,
  );
  const same = `${from.currency} = ${to.currency} OR ${from.currency} = '' OR ${to.currency} = ''`;
  if (cases.length === 0) return `CASE WHEN ${same} THEN 1 END`;
  return `CASE WHEN ${same} THEN 1 ELSE CASE ${from.currency} || '>' || ${to.currency} ${cases.join(' ')} END END`;
}

function rates(m: SqlMaking, from: readonly string[], to: readonly string[]): (readonly [string, string, string])[] {
  const found: (readonly [string, string, string])[] = [];
  for (const a of from) {
    for (const b of to) {
      const rate = a === b ? undefined : m.fixed.rate(a, b);
      if (rate !== undefined) found.push([a, b, numberLiteral(rate.factor)]);
    }
  }
  return found;
}
