/**
 * The SQL back end: a provision's tree, with the values of one day, as one BOOLEAN expression of SQL over one
 * table with a row a person. SQL's NULL is our unknown, and its AND, OR and NOT are Kleene's.
 *
 * In DuckDB's dialect (`sql-dialect.ts` has the others) the table has one column a fact, named as the fact (`"offer.salaryYear"`), NULL where unknown:
 * boolean BOOLEAN · number DOUBLE · date DATE · code VARCHAR · codes VARCHAR[] · money STRUCT(amount DOUBLE, currency
 * VARCHAR) · duration STRUCT(months INTEGER, days INTEGER) · records STRUCT(…)[] with the fields in the same way.
 * Clocks are BOOLEAN columns `"clock:<id>:<duration>"`.
 *
 * Dates are DATE and not whole days, because `+ INTERVAL 6 MONTH` is then exact (it clamps) and readable.
 */
import { type ClockColumn, clockKey, type FactColumn } from './columns.ts';
import { isNode } from './evaluate.ts';
import { constantCodes, type Fixed } from './fixed.ts';
import type { CodesExpr, CompareOp, Duration, Expr, Node, Schema } from './ir.ts';
import { DUCKDB, type SqlDialect } from './sql-dialect.ts';
import { bind, columnOf, constant, factColumn, inRecord, type SqlMaking } from './sql-making.ts';
import { withCents } from './sql-money.ts';
import { grouped, numberLiteral, quoteName, quoteText, SqlNames } from './sql-text.ts';
import { codeSql, daySql, durationOrder, numberSql } from './sql-values.ts';

export { quoteName, quoteText };

export type SqlOptions = {
  readonly schema: Pick<Schema, 'facts'>;
  /** Currencies that the table's money may be in; rates between others stay unknown. */
  readonly currencies: readonly string[];
  /** As for the kernel: the key day of the parameters, or a DATE column `on`. */
  readonly on?: 'fixed' | 'column';
  /** The column of a fact or clock, where it is not called as the fact is: for facts that look different to each country. */
  readonly rename?: (name: string) => string;
  /** DuckDB's if none is given. */
  readonly dialect?: SqlDialect;
};

export type SqlCondition = {
  readonly text: string;
  /** The columns that the table must have. */
  readonly columns: readonly (FactColumn | ClockColumn)[];
};

/** Makes the SQL of a tree or a single condition for a day's `fixed` values. */
export function makeSql(tree: Node | Expr, fixed: Fixed, options: SqlOptions): SqlCondition {
  const making: SqlMaking = {
    dialect: options.dialect ?? DUCKDB,
    fixed,
    schema: options.schema,
    currencies: options.currencies,
    onVaries: options.on === 'column',
    names: new SqlNames(),
    rename: options.rename ?? ((name) => name),
    facts: new Map(),
    clocks: new Map(),
    scopes: new Map(),
    condition: (expr) => conditionSql(making, expr),
  };
  const text = isNode(tree) ? nodeSql(making, tree) : conditionSql(making, tree);
  return { text, columns: [...making.facts.values(), ...making.clocks.values()] };
}

function nodeSql(m: SqlMaking, node: Node): string {
  switch (node.k) {
    case 'leaf':
      return conditionSql(m, node.expr);
    case 'all':
      return joined(
        'AND',
        node.of.map((child) => nodeSql(m, child)),
      );
    case 'any':
      return joined(
        'OR',
        node.of.map((child) => nodeSql(m, child)),
      );
    case 'not':
      return `NOT ${grouped(nodeSql(m, node.of))}`;
    case 'clock': {
      const need = m.fixed.param(node.atLeast) as Duration | undefined;
      if (need === undefined) return booleanSql(m, undefined);
      const key = m.rename(clockKey(node.clock, need));
      m.clocks.set(key, { k: 'clock', key, id: node.clock, need });
      return m.dialect.quoteName(key);
    }
    case 'atLeast':
      return withAnswers(m, node.of, (answers) => {
        const n = numberLiteral(node.n);
        const yes = answers.map(m.dialect.isTrue).join(' + ');
        const open = answers.map(m.dialect.isNotFalse).join(' + ');
        return `CASE WHEN ${yes} >= ${n} THEN true WHEN ${open} < ${n} THEN false END`;
      });
    case 'points':
      return pointsSql(m, node);
  }
}

/** The least and the most that the items can be worth; an item of unknown worth that may hold leaves it unknown. */
function pointsSql(m: SqlMaking, node: Node & { k: 'points' }): string {
  const need = m.fixed.param(node.atLeast) as number | undefined;
  if (need === undefined) return booleanSql(m, undefined);
  const worths = node.items.map((item) => m.fixed.param(item.worth) as number | undefined);
  return withAnswers(
    m,
    node.items.map((item) => item.of),
    (answers) => {
      const worth = (open: (points: number) => number): string =>
        answers
          .flatMap((answer, index) => {
            const points = worths[index];
            if (points === undefined) return [];
            const full = numberLiteral(points);
            return [
              `CASE WHEN ${answer} THEN ${full} WHEN NOT ${answer} THEN 0 ELSE ${numberLiteral(open(points))} END`,
            ];
          })
          .join(' + ') || '0';
      const unvalued = answers
        .filter((_, index) => worths[index] === undefined)
        .map((answer) => `coalesce(${answer}, true)`);
      const unknown = unvalued.length === 0 ? '' : `WHEN ${unvalued.join(' OR ')} THEN NULL `;
      const least = worth((points) => Math.min(points, 0));
      const most = worth((points) => Math.max(points, 0));
      return `CASE ${unknown}WHEN ${least} >= ${numberLiteral(need)} THEN true WHEN ${most} < ${numberLiteral(need)} THEN false END`;
    },
  );
}

/** `body` with the answers of several nodes, each computed once. */
function withAnswers(m: SqlMaking, nodes: readonly Node[], body: (answers: readonly string[]) => string): string {
  const answers = nodes.map((node) => nodeSql(m, node));
  if (answers.length === 0) return body(['false']);
  const packed = m.dialect.struct(
    answers.map((answer, index) => [`a${index}`, answer] as const),
    'boolean',
  );
  return bind(m, packed, (name) => body(answers.map((_, index) => m.dialect.field(name, `a${index}`))));
}

function joined(operator: 'AND' | 'OR', parts: readonly string[]): string {
  if (parts.length === 0) return operator === 'AND' ? 'true' : 'false';
  return parts.length === 1 ? parts[0]! : parts.map(grouped).join(` ${operator} `);
}

function booleanSql(m: SqlMaking, value: boolean | undefined): string {
  return value === undefined ? m.dialect.unknown('boolean') : `${value}`;
}

function conditionSql(m: SqlMaking, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) return booleanSql(m, fixed.value as boolean | undefined);
  const column = columnOf(m, expr);
  if (column !== undefined) return column;
  switch (expr.k) {
    case 'cmp':
      return comparison(m, expr.op, expr.left, expr.right, expr.order);
    case 'between': {
      const { value, low, high, order } = expr;
      if (value.ty.t === 'number')
        return `${grouped(numberSql(m, value))} BETWEEN ${grouped(numberSql(m, low))} AND ${grouped(numberSql(m, high))}`;
      return joined('AND', [comparison(m, '>=', value, low, order), comparison(m, '<=', value, high, order)]);
    }
    case 'in':
      return membership(m, expr.value, expr.list);
    case 'overlaps':
      return m.dialect.overlaps(codesSql(m, expr.left), codesSql(m, expr.right));
    case 'not':
      return `NOT ${grouped(conditionSql(m, expr.arg))}`;
    case 'and':
    case 'or':
      return joined(
        expr.k === 'and' ? 'AND' : 'OR',
        expr.args.map((arg) => conditionSql(m, arg)),
      );
    case 'if':
      return m.dialect.choose(
        m.names,
        conditionSql(m, expr.cond),
        conditionSql(m, expr.then),
        conditionSql(m, expr.else),
        'boolean',
      );
    case 'known':
      return m.dialect.isKnown(factColumn(m, expr.fact), m.schema.facts.get(expr.fact)!.type.t);
    case 'some':
    case 'every':
      return quantifier(m, expr);
    default:
      throw new Error(`No SQL for a condition of kind "${expr.k}".`);
  }
}

const SQL_OP: { readonly [op in CompareOp]: string } = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function comparison(
  m: SqlMaking,
  op: CompareOp,
  left: Expr,
  right: Expr,
  order: readonly string[] | undefined,
): string {
  const compare = (a: string, b: string): string => `${grouped(a)} ${SQL_OP[op]} ${grouped(b)}`;
  switch (left.ty.t) {
    case 'number':
      return compare(numberSql(m, left), numberSql(m, right));
    case 'money':
      return withCents(m, left, right, compare);
    case 'date':
      return compare(daySql(m, left), daySql(m, right));
    case 'duration':
      return compare(durationOrder(m, left, right), '0');
    case 'code':
      return order === undefined
        ? compare(codeSql(m, left), codeSql(m, right))
        : compare(rank(m, left, order), rank(m, right, order));
    default:
      return compare(conditionSql(m, left), conditionSql(m, right));
  }
}

/** The place of a code in its order. */
function rank(m: SqlMaking, expr: Expr, order: readonly string[]): string {
  const fixed = constant(m, expr)?.value;
  if (fixed !== undefined) return `${order.indexOf(fixed as string) + 1}`;
  return m.dialect.position(order, codeSql(m, expr));
}

function membership(m: SqlMaking, value: Expr, list: CodesExpr): string {
  const fixed = constantCodes(list, m.fixed);
  const code = codeSql(m, value);
  if (fixed === undefined) return m.dialect.contains(m.names, codesSql(m, list), code);
  if (fixed.codes === undefined) return booleanSql(m, undefined);
  if (fixed.codes.length === 0) return `CASE WHEN ${grouped(code)} IS NOT NULL THEN false END`;
  return m.dialect.isIn(m.names, code, fixed.codes);
}

function codesSql(m: SqlMaking, list: CodesExpr): string {
  const fixed = constantCodes(list, m.fixed);
  if (fixed === undefined) return columnOf(m, list)!;
  return fixed.codes === undefined ? m.dialect.unknown('codes') : m.dialect.texts(fixed.codes);
}

/** OR (or AND) over the answers for all records, which is Kleene's `some` (`every`); an unknown list gives NULL. */
function quantifier(m: SqlMaking, expr: Expr & { k: 'some' | 'every' }): string {
  const list = factColumn(m, expr.list);
  const [record, condition] = inRecord(m, expr.var, () => conditionSql(m, expr.cond));
  return m.dialect.quantifier(m.names, expr.k, list, record, condition);
}
