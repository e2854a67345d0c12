/**
 * Spark's dialect. Its `exists` and `forall` are Kleene's, its dates clamp as ours do; its decimal fractions would be decimals, its
 * `months_between` counts parts of months, and `size` of an unknown list may be -1.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Type } from './ir.ts';
import type { Shape, SqlDialect } from './sql-dialect.ts';
import { grouped, numberLiteral } from './sql-text.ts';

const TYPE: { readonly [s in Exclude<Shape, 'records'>]: string } = {
  boolean: 'BOOLEAN',
  number: 'DOUBLE',
  date: 'DATE',
  code: 'STRING',
  codes: 'ARRAY<STRING>',
  money: 'STRUCT<amount: DOUBLE, currency: STRING>',
  duration: 'STRUCT<months: INT, days: INT>',
};

const quoteName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const quoteText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const texts = (codes: readonly string[]): string =>
  codes.length === 0 ? `CAST(array() AS ${TYPE.codes})` : `array(${codes.map(quoteText).join(', ')})`;
const OWN = /^(?:amount|currency|months|days|m|d|a\d+)$/;

const columnType = (type: Type, fields: Parameters<SqlDialect['columnType']>[1]): string => {
  if (type.t !== 'records') return TYPE[type.t];
  const inside = [...fields(type.of)].map(([f, t]) => `${quoteName(f)}: ${columnType(t, fields)}`);
  return `ARRAY<STRUCT<${inside.join(', ')}>>`;
};

export const SPARK: SqlDialect = {
  name: 'spark',
  quoteName,
  quoteText,
  number: (value) => {
    const text = numberLiteral(value);
    return /^\(?-?\d+\)?$/.test(text) ? text.replace(/\d+/, (digits) => `${digits}D`) : text;
  },
  day: (day) => `DATE '${formatDay(day)}'`,
  texts,
  unknown: (shape) => `CAST(NULL AS ${TYPE[shape as 'boolean']})`,
  columnType,
  isKnown: (sql) => `${sql} IS NOT NULL`,
  field: (of, name) => `${of}.${OWN.test(name) ? name : quoteName(name)}`,
  struct: (fields) => `named_struct(${fields.map(([name, sql]) => `'${name}', ${sql}`).join(', ')})`,
  money: (amount, currency) => `named_struct('amount', CAST(${amount} AS DOUBLE), 'currency', ${currency})`,
  duration: (months, days) => `named_struct('months', CAST(${months} AS INT), 'days', CAST(${days} AS INT))`,
  bind: (name, sql, body) => `transform(array(${sql}), ${name} -> ${body})[0]`,
  choose: (_, condition, yes, no) => `CASE ${grouped(condition)} WHEN true THEN ${yes} WHEN false THEN ${no} END`,
  match: (sql, cases) => `CASE ${grouped(sql)} ${cases.map(([a, b]) => `WHEN ${a} THEN ${b}`).join(' ')} END`,
  toNumber: (condition) => `CAST(${grouped(condition)} AS DOUBLE)`,
  isTrue: (condition) => `CAST(coalesce(${condition}, false) AS INT)`,
  isNotFalse: (condition) => `CAST(coalesce(${condition}, true) AS INT)`,
  daysBetween: (from, to) => `CAST(datediff(${to}, ${from}) AS DOUBLE)`,
  monthsBetween: (names, from, to) => {
    const [a, b] = [names.fresh(), names.fresh()];
    const begun = (x: string, y: string): string => `((year(${y}) - year(${x})) * 12 + month(${y}) - month(${x}))`;
    const forward = (x: string, y: string): string =>
      `(${begun(x, y)} - CAST(add_months(${x}, ${begun(x, y)}) > ${y} AS INT))`;
    const text = `CASE WHEN ${b} < ${a} THEN -${forward(b, a)} ELSE ${forward(a, b)} END`;
    return SPARK.bind(a, from, SPARK.bind(b, to, text));
  },
  yearsOf: (months) => `CAST(${grouped(months)} div 12 AS DOUBLE)`,
  asNumber: (sql) => `CAST(${sql} AS DOUBLE)`,
  addMonths: (day, months) => `add_months(${day}, ${months})`,
  addDays: (day, days) => `date_add(${day}, ${days})`,
  roll: (end, start) => `date_add(${end}, CAST(day(${end}) < day(${start}) AS INT))`,
  wholeQuotient: (a, b) => `(${a} div ${b})`,
  isIn: (_, code, codes) => `${grouped(code)} IN (${codes.map(quoteText).join(', ')})`,
  contains: (_, list, code) => `array_contains(${list}, ${code})`,
  overlaps: (left, right) => `arrays_overlap(${left}, ${right})`,
  position: (codes, code) => `nullif(array_position(${texts(codes)}, ${code}), 0)`,
  size: (list) => `CASE WHEN ${list} IS NOT NULL THEN CAST(size(${list}) AS DOUBLE) END`,
  quantifier: (_, kind, list, variable, condition) =>
    `${kind === 'some' ? 'exists' : 'forall'}(${list}, ${variable} -> ${condition})`,
  sum: (names, list, variable, worth) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `transform(${list}, ${variable} -> CAST(${worth} AS DOUBLE))`;
    return `aggregate(${each}, CAST(0 AS DOUBLE), (${total}, ${next}) -> ${total} + ${next})`;
  },
  sumMoney: (names, list, variable, worth, add) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `transform(${list}, ${variable} -> ${worth})`;
    return `aggregate(${each}, ${SPARK.money('0', "''")}, (${total}, ${next}) -> ${add(total, next)})`;
  },
  anyTrue: (column) => `bool_or(${column})`,
  // The default; with the older way `exists` would say no where the answer is unknown.
  settings: ['SET spark.sql.legacy.followThreeValuedLogicInArrayExists = true'],
};
