/**
 * Trino's dialect. Its `any_match` and `all_match` are Kleene's and its dates clamp as ours do; its decimal fractions would be decimals,
 * the quotient of two whole numbers is whole, `array_position` of nothing is 0, and `date_diff` has rules of its own for the ends of months.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Type } from './ir.ts';
import type { Shape, SqlDialect } from './sql-dialect.ts';
import { grouped, numberLiteral, quoteName, quoteText } from './sql-text.ts';

const MONEY = 'ROW(amount DOUBLE, currency VARCHAR)';
const DURATION = 'ROW(months INTEGER, days INTEGER)';

const TYPE: { readonly [s in Exclude<Shape, 'records'>]: string } = {
  boolean: 'BOOLEAN',
  number: 'DOUBLE',
  date: 'DATE',
  code: 'VARCHAR',
  codes: 'ARRAY(VARCHAR)',
  money: MONEY,
  duration: DURATION,
};

const texts = (codes: readonly string[]): string => `CAST(ARRAY[${codes.map(quoteText).join(', ')}] AS ${TYPE.codes})`;

const columnType = (type: Type, fields: Parameters<SqlDialect['columnType']>[1]): string => {
  if (type.t !== 'records') return TYPE[type.t];
  const inside = [...fields(type.of)].map(([f, t]) => `${quoteName(f)} ${columnType(t, fields)}`);
  return `ARRAY(ROW(${inside.join(', ')}))`;
};

export const TRINO: SqlDialect = {
  name: 'trino',
  quoteName,
  quoteText,
  number: (value) => {
    const text = numberLiteral(value);
    return /^\(?-?\d+\)?$/.test(text) ? text.replace(/\d+/, (digits) => `${digits}E0`) : text;
  },
  day: (day) => `DATE '${formatDay(day)}'`,
  texts,
  unknown: (shape) => `CAST(NULL AS ${TYPE[shape as 'boolean']})`,
  columnType,
  isKnown: (sql) => `${sql} IS NOT NULL`,
  field: (of, name) => `${of}.${quoteName(name)}`,
  struct: (fields, kind) => {
    const type = kind === 'boolean' ? 'BOOLEAN' : 'BIGINT';
    return `CAST(ROW(${fields.map(([, sql]) => sql).join(', ')}) AS ROW(${fields.map(([f]) => `${f} ${type}`).join(', ')}))`;
  },
  money: (amount, currency) => `CAST(ROW(${amount}, ${currency}) AS ${MONEY})`,
  duration: (months, days) => `CAST(ROW(${months}, ${days}) AS ${DURATION})`,
  bind: (name, sql, body) => `transform(ARRAY[${sql}], ${name} -> ${body})[1]`,
  choose: (_, condition, yes, no) => `CASE ${grouped(condition)} WHEN true THEN ${yes} WHEN false THEN ${no} END`,
  // A table of rates as branches is more code than the engine takes for one expression.
  match: (sql, cases) =>
    `element_at(MAP(ARRAY[${cases.map(([a]) => a).join(', ')}], ARRAY[${cases.map(([, b]) => b).join(', ')}]), ${sql})`,
  toNumber: (condition) => `CAST(${grouped(condition)} AS DOUBLE)`,
  isTrue: (condition) => `IF(${condition}, 1, 0)`,
  isNotFalse: (condition) => `IF(NOT ${grouped(condition)}, 0, 1)`,
  daysBetween: (from, to) => `CAST(date_diff('day', ${from}, ${to}) AS DOUBLE)`,
  monthsBetween: (names, from, to) => {
    const [a, b] = [names.fresh(), names.fresh()];
    const begun = (x: string, y: string): string => `((year(${y}) - year(${x})) * 12 + month(${y}) - month(${x}))`;
    const forward = (x: string, y: string): string =>
      `(${begun(x, y)} - IF(date_add('month', ${begun(x, y)}, ${x}) > ${y}, 1, 0))`;
    const text = `CASE WHEN ${b} < ${a} THEN -${forward(b, a)} ELSE ${forward(a, b)} END`;
    return TRINO.bind(a, from, TRINO.bind(b, to, text));
  },
  yearsOf: (months) => `CAST(${grouped(months)} / 12 AS DOUBLE)`,
  asNumber: (sql) => `CAST(${sql} AS DOUBLE)`,
  addMonths: (day, months) => `date_add('month', ${months}, ${day})`,
  addDays: (day, days) => `date_add('day', ${days}, ${day})`,
  roll: (end, start) => `date_add('day', IF(day(${end}) < day(${start}), 1, 0), ${end})`,
  wholeQuotient: (a, b) => `(${a} / ${b})`,
  isIn: (_, code, codes) => `${grouped(code)} IN (${codes.map(quoteText).join(', ')})`,
  contains: (_, list, code) => `contains(${list}, ${code})`,
  overlaps: (left, right) => `arrays_overlap(${left}, ${right})`,
  position: (codes, code) => `nullif(array_position(${texts(codes)}, ${code}), 0)`,
  size: (list) => `CAST(cardinality(${list}) AS DOUBLE)`,
  quantifier: (_, kind, list, variable, condition) =>
    `${kind === 'some' ? 'any_match' : 'all_match'}(${list}, ${variable} -> ${condition})`,
  sum: (names, list, variable, worth) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `transform(${list}, ${variable} -> CAST(${worth} AS DOUBLE))`;
    return `reduce(${each}, CAST(0 AS DOUBLE), (${total}, ${next}) -> ${total} + ${next}, ${total} -> ${total})`;
  },
  sumMoney: (names, list, variable, worth, add) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `transform(${list}, ${variable} -> ${worth})`;
    return `reduce(${each}, ${TRINO.money('0', "''")}, (${total}, ${next}) -> ${add(total, next)}, ${total} -> ${total})`;
  },
  anyTrue: (column) => `bool_or(${column})`,
  settings: [],
};
