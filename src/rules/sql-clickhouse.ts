/**
 * ClickHouse's dialect. It has no unknown lists and structures, so their columns say inside what is known: money is
 * Tuple(amount Nullable(Float64), currency String) with an amount of NULL, a duration the like, and a list is
 * Tuple(known Bool, items Array(…)).
 *
 * Days are those of Date32, from 1900 to 2299: others are held at its ends. `IN` and `has` of NULL, `indexOf` where nothing is found, folds over NULL and months counted by `age` come out otherwise than in the law's
 * logic; every one of them is written around here.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Type } from './ir.ts';
import type { Shape, SqlDialect } from './sql-dialect.ts';
import { quoteName as doubled, grouped, numberLiteral } from './sql-text.ts';

const MONEY = 'Tuple(amount Nullable(Float64), currency String)';
const DURATION = 'Tuple(months Nullable(Int32), days Nullable(Int32))';
const CODES = 'Tuple(known Bool, items Array(String))';

const TYPE: { readonly [s in Exclude<Shape, 'records'>]: string } = {
  boolean: 'Nullable(Bool)',
  number: 'Nullable(Float64)',
  date: 'Nullable(Date32)',
  code: 'Nullable(String)',
  codes: CODES,
  money: MONEY,
  duration: DURATION,
};

const UNKNOWN: { readonly [s in Shape]?: string } = {
  money: `CAST(tuple(NULL, '') AS ${MONEY})`,
  duration: `CAST(tuple(NULL, NULL) AS ${DURATION})`,
  codes: `CAST(tuple(false, []) AS ${CODES})`,
};

const quoteName = (name: string): string => doubled(name.replaceAll('\\', '\\\\'));
const quoteText = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
const array = (codes: readonly string[]): string => `CAST([${codes.map(quoteText).join(', ')}] AS Array(String))`;
const element = (of: string, name: string): string => `tupleElement(${of}, ${quoteText(name)})`;
const known = (list: string): string => element(list, 'known');
const items = (list: string): string => element(list, 'items');

const columnType = (type: Type, fields: Parameters<SqlDialect['columnType']>[1]): string => {
  if (type.t !== 'records') return TYPE[type.t];
  const inside = [...fields(type.of)].map(([f, t]) => `${quoteName(f)} ${columnType(t, fields)}`);
  return `Tuple(known Bool, items Array(Tuple(${inside.join(', ')})))`;
};

export const CLICKHOUSE: SqlDialect = {
  name: 'clickhouse',
  quoteName,
  quoteText,
  number: (value) => {
    const text = numberLiteral(value);
    return /^\(?-?\d+\)?$/.test(text) ? text.replace(/\d+/, (digits) => `${digits}.0`) : text;
  },
  day: (day) => `toDate32('${formatDay(day)}')`,
  texts: (codes) => `CAST(tuple(true, [${codes.map(quoteText).join(', ')}]) AS ${CODES})`,
  unknown: (shape) => UNKNOWN[shape] ?? `CAST(NULL AS ${TYPE[shape as 'boolean']})`,
  columnType,
  isKnown: (sql, shape) => {
    if (shape === 'codes' || shape === 'records') return known(sql);
    const inside = shape === 'money' ? element(sql, 'amount') : shape === 'duration' ? element(sql, 'months') : sql;
    return `${inside} IS NOT NULL`;
  },
  field: element,
  struct: (fields, kind) => {
    const type = kind === 'boolean' ? 'Nullable(Bool)' : 'Nullable(Int32)';
    return `CAST(tuple(${fields.map(([, sql]) => sql).join(', ')}) AS Tuple(${fields.map(([f]) => `${f} ${type}`).join(', ')}))`;
  },
  money: (amount, currency) => `CAST(tuple(${amount}, ${currency}) AS ${MONEY})`,
  duration: (months, days) => `CAST(tuple(${months}, ${days}) AS ${DURATION})`,
  bind: (name, sql, body) => `arrayElement(arrayMap(${name} -> ${body}, [${sql}]), 1)`,
  choose: (names, condition, yes, no, shape) => {
    const written = (c: string): string => `multiIf(${c}, ${yes}, NOT ${c}, ${no}, ${CLICKHOUSE.unknown(shape)})`;
    if (grouped(condition) === condition) return written(condition);
    const name = names.fresh();
    return CLICKHOUSE.bind(name, condition, written(name));
  },
  match: (sql, cases) => `multiIf(${cases.map(([a, b]) => `${grouped(sql)} = ${a}, ${b}`).join(', ')}, NULL)`,
  toNumber: (condition) => `toFloat64(${condition})`,
  isTrue: (condition) => `ifNull(${condition}, false)`,
  isNotFalse: (condition) => `ifNull(${condition}, true)`,
  daysBetween: (from, to) => `toFloat64(dateDiff('day', ${from}, ${to}))`,
  // `age` does not count the month to an end of month that has fewer days.
  monthsBetween: (names, from, to) => {
    const [a, b] = [names.fresh(), names.fresh()];
    const forward = (x: string, y: string): string =>
      `dateDiff('month', ${x}, ${y}) - (addMonths(${x}, dateDiff('month', ${x}, ${y})) > ${y})`;
    const text = `if(${b} < ${a}, -(${forward(b, a)}), ${forward(a, b)})`;
    return CLICKHOUSE.bind(a, from, CLICKHOUSE.bind(b, to, text));
  },
  yearsOf: (months) => `trunc(${grouped(months)} / 12)`,
  asNumber: (sql) => `toFloat64(${sql})`,
  addMonths: (day, months) => `addMonths(${day}, ${months})`,
  addDays: (day, days) => `addDays(${day}, ${days})`,
  roll: (end, start) => `addDays(${end}, toDayOfMonth(${end}) < toDayOfMonth(${start}))`,
  wholeQuotient: (a, b) => `intDiv(${a}, ${b})`,
  isIn: (_, code, codes) => `if(isNull(${code}), NULL, ifNull(${code}, '') IN (${codes.map(quoteText).join(', ')}))`,
  contains: (_, list, code) =>
    `if(NOT ${known(list)} OR isNull(${code}), NULL, has(${items(list)}, ifNull(${code}, '')))`,
  overlaps: (left, right) => `if(${known(left)} AND ${known(right)}, hasAny(${items(left)}, ${items(right)}), NULL)`,
  position: (codes, code) => `nullIf(indexOf(${array(codes)}, ifNull(${code}, '')), 0)`,
  size: (list) => `if(${known(list)}, toFloat64(length(${items(list)})), NULL)`,
  // The answers as 0, 1 (unknown) and 2, so that the greatest is Kleene's `or`, and that of their contraries the contrary of `and`.
  quantifier: (names, kind, list, variable, condition) => {
    const [one, greatest] = [names.fresh(), names.fresh()];
    const place = `multiIf(isNull(${one}), 1, ${one} = ${kind === 'some'}, 2, 0)`;
    const most = `arrayMax(arrayMap(${variable} -> ${CLICKHOUSE.bind(one, condition, place)}, ${items(list)}))`;
    const told = `multiIf(NOT ${known(list)} OR ${greatest} = 1, NULL, ${greatest} = 2, ${kind === 'some'}, ${kind !== 'some'})`;
    return CLICKHOUSE.bind(greatest, most, told);
  },
  sum: (names, list, variable, worth) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `arrayMap(${variable} -> CAST(${worth} AS Nullable(Float64)), ${items(list)})`;
    const start = 'CAST(0 AS Nullable(Float64))';
    return `if(${known(list)}, arrayFold((${total}, ${next}) -> ${total} + ${next}, ${each}, ${start}), NULL)`;
  },
  sumMoney: (names, list, variable, worth, add) => {
    const [total, next] = [names.fresh(), names.fresh()];
    const each = `arrayMap(${variable} -> ${worth}, ${items(list)})`;
    const all = `arrayFold((${total}, ${next}) -> ${add(total, next)}, ${each}, ${CLICKHOUSE.money('0', "''")})`;
    return `if(${known(list)}, ${all}, ${CLICKHOUSE.unknown('money')})`;
  },
  anyTrue: (column) => `max(${column})`,
  // The statement is longer and deeper than ClickHouse takes by default.
  settings: [
    'SET max_query_size = 100000000',
    'SET max_ast_elements = 10000000, max_expanded_ast_elements = 10000000, max_ast_depth = 10000, max_parser_depth = 10000',
  ],
};
