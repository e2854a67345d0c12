/** What the parts of the SQL generator share: the day's values, the columns wanted so far, the records in reach. */
import type { ClockColumn, FactColumn } from './columns.ts';
import { constantOf, type Fixed } from './fixed.ts';
import type { CodesExpr, Expr, Schema, Type, Value } from './ir.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { grouped, type SqlNames } from './sql-text.ts';

export type SqlMaking = {
  readonly dialect: SqlDialect;
  readonly fixed: Fixed;
  readonly schema: Pick<Schema, 'facts'>;
  readonly currencies: readonly string[];
  readonly onVaries: boolean;
  readonly names: SqlNames;
  /** The column of a fact, where it is not called as the fact is. */
  readonly rename: (fact: string) => string;
  readonly facts: Map<string, FactColumn>;
  readonly clocks: Map<string, ClockColumn>;
  /** Variables of quantifiers and filters → names of lambda variables. */
  readonly scopes: Map<string, string>;
  /** A condition as a BOOLEAN expression, NULL where unknown. */
  condition(expr: Expr): string;
};

/** A fact, a field, or the key day where it varies, as a column; `undefined` for any other expression. */
export function columnOf(m: SqlMaking, expr: Expr | CodesExpr): string | undefined {
  if (expr.k === 'fact') return factColumn(m, expr.name);
  if (expr.k === 'on' && m.onVaries) {
    m.facts.set('on', { k: 'fact', name: 'on', type: expr.ty });
    return m.dialect.quoteName('on');
  }
  if (expr.k !== 'field') return undefined;
  const name = m.scopes.get(expr.of);
  if (name === undefined) throw new Error(`Field ${expr.of}.${expr.name}: no quantifier or filter names ${expr.of}.`);
  return m.dialect.field(name, expr.name);
}

/** The column of a fact, noted as wanted. */
export function factColumn(m: SqlMaking, name: string): string {
  const type: Type | undefined = m.schema.facts.get(name)?.type;
  if (type === undefined) throw new Error(`The fact "${name}" is not in the fact schema.`);
  const column = m.rename(name);
  m.facts.set(column, { k: 'fact', name: column, type });
  return m.dialect.quoteName(column);
}

/** The value of an expression that is the same for everyone; see `constantOf`. */
export function constant(m: SqlMaking, expr: Expr): { readonly value: Value | undefined } | undefined {
  return constantOf(expr, m.fixed, m.onVaries);
}

/** A variable that stands for the record `name` of a list, and what is written of it. */
export function inRecord(m: SqlMaking, name: string, body: () => string): readonly [variable: string, text: string] {
  const variable = m.names.fresh();
  const outer = m.scopes.get(name);
  m.scopes.set(name, variable);
  const text = body();
  if (outer === undefined) m.scopes.delete(name);
  else m.scopes.set(name, outer);
  return [variable, text];
}

/** `body` with the value of `sql` under a name, so that it is written and computed once. Names and literals are used as they are. */
export function bind(m: SqlMaking, sql: string, body: (name: string) => string): string {
  if (grouped(sql) === sql) return body(sql);
  const name = m.names.fresh();
  return m.dialect.bind(name, sql, body(name));
}
