/**
 * What SQL engines spell differently. The tree is walked once (`sql*.ts`), in words of this type, so that dialects cannot part in what is
 * asked, only in how it is written. In every dialect a condition is NULL where unknown and AND, OR and NOT are Kleene's.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Day, Type } from './ir.ts';
import { grouped, numberLiteral, quoteName, quoteText, type SqlNames, textListLiteral } from './sql-text.ts';

/** The least that a type says of how it is stored. */
export type Shape = Type['t'];

export type SqlDialect = {
  readonly name: DialectName;
  quoteName(name: string): string;
  quoteText(text: string): string;
  /** A number of the law as a double. */
  number(value: number): string;
  day(day: Day): string;
  /** A list of codes as a codes column would hold it. */
  texts(codes: readonly string[]): string;
  /** The unknown value of a type. */
  unknown(shape: Shape): string;
  /** A fact's column as it is to be declared; records with the types of their fields. */
  columnType(type: Type, fields: (record: string) => Iterable<readonly [string, Type]>): string;
  isKnown(sql: string, shape: Shape): string;
  /** A field of a structure or record, its name as it is. */
  field(of: string, name: string): string;
  /** A structure made on the way, of answers or of whole numbers. */
  struct(fields: readonly (readonly [string, string])[], kind: 'boolean' | 'whole'): string;
  money(amount: string, currency: string): string;
  duration(months: string, days: string): string;
  /** `body` with the value of `sql` under a name, so that it is written and computed once: SQL expressions have no `let`. */
  bind(name: string, sql: string, body: string): string;
  /** One of two as a condition is true or false, the unknown where it is NULL. */
  choose(names: SqlNames, condition: string, yes: string, no: string, shape: Shape): string;
  /** The value beside the text that `sql` is; NULL beside none. */
  match(sql: string, cases: readonly (readonly [string, string])[]): string;
  /** 1, 0 or NULL, as a double. */
  toNumber(condition: string): string;
  isTrue(condition: string): string;
  isNotFalse(condition: string): string;
  /** Whole days from `from` to `to`, as a double. */
  daysBetween(from: string, to: string): string;
  /** Completed months, as the calendar of this program counts them; a whole number. */
  monthsBetween(names: SqlNames, from: string, to: string): string;
  /** Whole years of completed months, towards nothing, as a double. */
  yearsOf(months: string): string;
  asNumber(sql: string): string;
  /** Months on, clamped to the month's end. `months` is a whole number or an expression of one. */
  addMonths(day: string, months: string): string;
  addDays(day: string, days: string): string;
  /** `end`, which is `start` some months on, a day later if the clamp took days away. */
  roll(end: string, start: string): string;
  wholeQuotient(a: string, b: string): string;
  isIn(names: SqlNames, code: string, codes: readonly string[]): string;
  contains(names: SqlNames, list: string, code: string): string;
  overlaps(left: string, right: string): string;
  /** The place of a code in an order, from 1; NULL where it has none. */
  position(codes: readonly string[], code: string): string;
  /** How many records a list has, as a double. */
  size(list: string): string;
  quantifier(names: SqlNames, kind: 'some' | 'every', list: string, variable: string, condition: string): string;
  /** The sum of a number told of every record; NULL if one of them is. */
  sum(names: SqlNames, list: string, variable: string, worth: string): string;
  /** As `sum` for money, added by `add`, from nothing. */
  sumMoney(
    names: SqlNames,
    list: string,
    variable: string,
    worth: string,
    add: (total: string, next: string) => string,
  ): string;
  /** Over the rows of a person: whether an answer is true in any. */
  anyTrue(column: string): string;
  /** Statements to be run before, without which the engine would not take it or would answer otherwise. */
  readonly settings: readonly string[];
};

export const DIALECTS = ['duckdb', 'clickhouse', 'spark', 'trino'] as const;
export type DialectName = (typeof DIALECTS)[number];

const DUCKDB_TYPE: { readonly [s in Shape]: string } = {
  boolean: 'BOOLEAN',
  number: 'DOUBLE',
  date: 'DATE',
  code: 'VARCHAR',
  codes: 'VARCHAR[]',
  money: 'STRUCT(amount DOUBLE, currency VARCHAR)',
  duration: 'STRUCT(months INTEGER, days INTEGER)',
  records: 'NULL[]',
};

const fold = (names: SqlNames, list: string, start: string, step: (so: string, next: string) => string): string => {
  const so = names.fresh();
  const next = names.fresh();
  return `list_reduce(${list}, lambda ${so}, ${next}: ${step(so, next)}, ${start})`;
};

export const DUCKDB: SqlDialect = {
  name: 'duckdb',
  quoteName,
  quoteText,
  number: numberLiteral,
  day: (day) => `DATE '${formatDay(day)}'`,
  texts: textListLiteral,
  unknown: (shape) =>
    shape === 'money'
      ? "{'amount': NULL::DOUBLE, 'currency': ''}"
      : shape === 'duration'
        ? "{'months': NULL::INTEGER, 'days': NULL::INTEGER}"
        : `NULL::${DUCKDB_TYPE[shape]}`,
  columnType: (type, fields) =>
    type.t === 'records'
      ? `STRUCT(${[...fields(type.of)].map(([f, t]) => `${quoteName(f)} ${DUCKDB.columnType(t, fields)}`).join(', ')})[]`
      : DUCKDB_TYPE[type.t],
  isKnown: (sql) => `${sql} IS NOT NULL`,
  field: (of, name) => `${of}.${/^[a-z]\w*$/.test(name) && PLAIN.has(name) ? name : quoteName(name)}`,
  struct: (fields) => `{${fields.map(([name, sql]) => `'${name}': ${sql}`).join(', ')}}`,
  money: (amount, currency) => `{'amount': ${amount}, 'currency': ${currency}}`,
  duration: (months, days) => `{'months': ${months}::INTEGER, 'days': ${days}::INTEGER}`,
  bind: (name, sql, body) => `list_transform([${sql}], lambda ${name}: ${body})[1]`,
  // With an operand, so that an unknown condition matches neither branch and the whole is NULL.
  choose: (_, condition, yes, no) => `CASE ${condition} WHEN true THEN ${yes} WHEN false THEN ${no} END`,
  match: (sql, cases) => `CASE ${sql} ${cases.map(([a, b]) => `WHEN ${a} THEN ${b}`).join(' ')} END`,
  toNumber: (condition) => `${grouped(condition)}::DOUBLE`,
  isTrue: (condition) => `(${condition} IS TRUE)::INTEGER`,
  isNotFalse: (condition) => `(${condition} IS NOT FALSE)::INTEGER`,
  daysBetween: (from, to) => `(${grouped(to)} - ${grouped(from)})::DOUBLE`,
  // DuckDB's `datesub` counts completed months as we do, month ends and earlier second dates included; a test says so.
  monthsBetween: (_, from, to) => `datesub('month', ${from}, ${to})`,
  yearsOf: (months) => `trunc(${months} / 12)`,
  asNumber: (sql) => `${sql}::DOUBLE`,
  addMonths: (day, months) => {
    const interval = /^-?\d+$/.test(months)
      ? `INTERVAL ${months.startsWith('-') ? `(${months})` : months} MONTH`
      : `to_months(${months})`;
    return `CAST(${grouped(day)} + ${interval} AS DATE)`;
  },
  addDays: (day, days) => `${day} + (${days})`,
  roll: (end, start) => `${end} + (day(${end}) < day(${start}))::INTEGER`,
  wholeQuotient: (a, b) => `${a} // ${b}`,
  isIn: (_, code, codes) => `${grouped(code)} IN (${codes.map(quoteText).join(', ')})`,
  contains: (_, list, code) => `list_contains(${list}, ${code})`,
  overlaps: (left, right) => `list_has_any(${left}, ${right})`,
  position: (codes, code) => `list_position(${textListLiteral(codes)}, ${code})`,
  size: (list) => `len(${list})::DOUBLE`,
  quantifier: (names, kind, list, variable, condition) =>
    fold(
      names,
      `list_transform(${list}, lambda ${variable}: ${condition})`,
      kind === 'some' ? 'false' : 'true',
      (so, next) => `${so} ${kind === 'some' ? 'OR' : 'AND'} ${next}`,
    ),
  sum: (names, list, variable, worth) =>
    fold(
      names,
      `list_transform(${list}, lambda ${variable}: ${worth})`,
      '0::DOUBLE',
      (total, next) => `${total} + ${next}`,
    ),
  sumMoney: (names, list, variable, worth, add) =>
    fold(names, `list_transform(${list}, lambda ${variable}: ${worth})`, DUCKDB.money('0::DOUBLE', "''"), add),
  anyTrue: (column) => `bool_or(${column})`,
  settings: [],
};

/** Fields that this program makes itself: written without quotes. */
const PLAIN = new Set(['amount', 'currency', 'months', 'days', 'm', 'd']);
