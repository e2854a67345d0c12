/** Money in SQL: a structure of amount and currency, in major units. Its amount is NULL where it is unknown. */
import type { Expr, Money } from './ir.ts';
import { bind, columnOf, constant, factColumn, inRecord, type SqlMaking } from './sql-making.ts';
import { grouped, numberLiteral } from './sql-text.ts';
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
    if (money === undefined) return body({ amount: m.dialect.unknown('number'), currency: "''" });
    return body({
      amount: m.dialect.number(money.amount),
      currency: m.dialect.quoteText(money.currency),
      fixed: money,
    });
  }
  return bind(m, moneySql(m, expr), (name) => body(partsOf(m, name)));
}

const partsOf = (m: SqlMaking, name: string): Parts => ({
  amount: m.dialect.field(name, 'amount'),
  currency: m.dialect.field(name, 'currency'),
});

/** A money expression as one STRUCT. */
function moneySql(m: SqlMaking, expr: Expr): string {
  if (constant(m, expr) !== undefined)
    return withMoney(m, expr, (parts) => m.dialect.money(m.dialect.asNumber(parts.amount), parts.currency));
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'if':
      return m.dialect.choose(m.names, m.condition(expr.cond), moneySql(m, expr.then), moneySql(m, expr.else), 'money');
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
  return m.dialect.money(amount, `CASE WHEN ${left.currency} = '' THEN ${right.currency} ELSE ${left.currency} END`);
}

function productSql(m: SqlMaking, expr: Expr & { k: 'arith' }): string {
  const [money, number] = expr.left.ty.t === 'money' ? [expr.left, expr.right] : [expr.right, expr.left];
  const by = numberSql(m, number);
  return scaled(m, money, expr.op === '*' ? grouped(by) : `(1 / nullif(${by}, 0))`);
}

function otherPeriod(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  return scaled(m, expr.args[0]!, expr.fn === 'perYear' ? '12' : m.dialect.number(1 / 12));
}

function scaled(m: SqlMaking, money: Expr, by: string): string {
  return withMoney(m, money, (parts) => m.dialect.money(`${parts.amount} * ${by}`, parts.currency));
}

/** The least or most of several, each compared in the currency of the best so far; NULL once a comparison is. */
function extremeSql(m: SqlMaking, expr: Expr & { k: 'call' }): string {
  const better = expr.fn === 'min' ? '<' : '>';
  const [first, ...others] = expr.args.map((arg) => moneySql(m, arg));
  return others.reduce(
    (sofar, other) =>
      bind(m, sofar, (best) =>
        bind(m, other, (next) => {
          const told = centsIn(m, partsOf(m, next), partsOf(m, best));
          const own = wholeCents(partsOf(m, best).amount);
          return m.dialect.choose(m.names, `${told} ${better} ${own}`, next, best, 'money');
        }),
      ),
    first as string,
  );
}

/** The sum over records, told in the currency of the first that passes; the others count as nothing. */
function totalSql(m: SqlMaking, expr: Expr & { k: 'sum' }): string {
  const nothing = m.dialect.money(m.dialect.asNumber('0'), "''");
  const list = factColumn(m, expr.list);
  const [record, worth] = inRecord(m, expr.var, () => {
    const field = moneySql(m, expr.field);
    if (expr.where === null) return field;
    return m.dialect.choose(m.names, m.condition(expr.where), field, nothing, 'money');
  });
  return m.dialect.sumMoney(m.names, list, record, worth, (total, next) =>
    plus(m, '+', partsOf(m, total), partsOf(m, next)),
  );
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
    const cases = rates(m, m.currencies, [target]).map(([source, , factor]) => [source, factor] as const);
    return m.dialect.match(
      from.currency,
      [[target, '1'] as const, ['', '1'] as const, ...cases].map(([code, factor]) => [
        m.dialect.quoteText(code),
        factor,
      ]),
    );
  }
  const same = `${from.currency} = ${to.currency} OR ${from.currency} = '' OR ${to.currency} = ''`;
  const units = from.fixed === undefined ? ratesOfPivot(m) : undefined;
  if (units !== undefined)
    return `CASE WHEN ${same} THEN 1 ELSE ${m.dialect.match(to.currency, units)} / ${m.dialect.match(from.currency, units)} END`;
  const sources = from.fixed === undefined ? m.currencies : [from.fixed.currency];
  const cases = rates(m, sources, m.currencies).map(
    ([a, b, factor]) => [m.dialect.quoteText(`${a}>${b}`), factor] as const,
  );
  if (cases.length === 0) return `CASE WHEN ${same} THEN 1 END`;
  return `CASE WHEN ${same} THEN 1 ELSE ${m.dialect.match(`${from.currency} || '>' || ${to.currency}`, cases)} END`;
}

/**
 * Units of each currency for one of a currency from which all rates follow by division, to the last bit: one short table, asked twice, in
 * place of one of all pairs. `undefined` where there is no such currency.
 */
function ratesOfPivot(m: SqlMaking): (readonly [string, string])[] | undefined {
  const rate = (a: string, b: string): number | undefined => (a === b ? 1 : m.fixed.rate(a, b)?.factor);
  const follows = (pivot: string): boolean =>
    m.currencies.every((a) => {
      const ofA = rate(pivot, a);
      return m.currencies.every((b) => {
        const ofB = rate(pivot, b);
        return a === b || rate(a, b) === (ofA === undefined || ofB === undefined ? undefined : ofB / ofA);
      });
    });
  const pivot = m.currencies.find(follows);
  if (pivot === undefined) return undefined;
  const found: (readonly [string, string])[] = [];
  for (const code of m.currencies) {
    const units = rate(pivot, code);
    if (units !== undefined) found.push([m.dialect.quoteText(code), m.dialect.number(units)]);
  }
  return found;
}

function rates(m: SqlMaking, from: readonly string[], to: readonly string[]): (readonly [string, string, string])[] {
  const found: (readonly [string, string, string])[] = [];
  for (const a of from) {
    for (const b of to) {
      const rate = a === b ? undefined : m.fixed.rate(a, b);
      if (rate !== undefined) found.push([a, b, m.dialect.number(rate.factor)]);
    }
  }
  return found;
}
