/**
 * Loads the typed arrays of `columns.ts` into a DuckDB table of the shape that `sql.ts` writes its expressions for.
 *
 * The arrays are copied as they are (chunk by chunk, without a JavaScript value per cell) into raw tables, and DuckDB
 * itself turns marks into NULL, ids into codes, days into dates and offsets into lists.
 */
import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  INTEGER,
  USMALLINT,
  UTINYINT,
} from '@duckdb/node-api';
import {
  type ClockColumn,
  type Codebook,
  type Column,
  type Columns,
  CURRENCY,
  type FactColumn,
  NO_DAY,
} from '../../src/rules/columns.ts';
import type { Type } from '../../src/rules/ir.ts';
import { quoteName, quoteText } from '../../src/rules/sql.ts';

/** Rows of one chunk: DuckDB's vector size. */
const CHUNK = 2048;

/** A connection to a new database in memory; `threads` as DuckDB's setting. */
export async function openDuckDb(threads: number): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
  return instance.connect();
}

/** Creates `table` with one row a person (in order, numbered by a column `row`) and one column per wanted fact or clock. */
export async function loadColumns(
  connection: DuckDBConnection,
  table: string,
  codebook: Codebook,
  wanted: readonly (FactColumn | ClockColumn)[],
  columns: Columns,
  count: number,
): Promise<void> {
  const fields = wanted.map((column) =>
    column.k === 'clock'
      ? { name: column.key, key: column.key, type: { t: 'boolean' } as const }
      : { name: column.name, key: column.name, type: column.type },
  );
  const loader: Loader = { connection, codebook, columns, table, temporary: [] };
  const select = await stageLevel(loader, fields, count);
  await connection.run(`CREATE OR REPLACE TABLE ${quoteName(table)} AS ${select}`);
  for (const name of loader.temporary) await connection.run(`DROP TABLE ${quoteName(name)}`);
}

type Loader = {
  readonly connection: DuckDBConnection;
  readonly codebook: Codebook;
  readonly columns: Columns;
  readonly table: string;
  readonly temporary: string[];
};
type Field = { readonly name: string; readonly key: string; readonly type: Type };

/** Stages the arrays of one level (persons, or the records of one list); returns a SELECT of its rows as values. */
async function stageLevel(loader: Loader, fields: readonly Field[], count: number): Promise<string> {
  const raw: { name: string; data: Column }[] = [];
  const outputs: string[] = [];
  const joins: string[] = [];
  const use = (key: string): string => {
    const data = loader.columns[key];
    if (data === undefined) throw new Error(`Column ${key} was not filled.`);
    raw.push({ name: key, data });
    return `raw.${quoteName(key)}`;
  };
  for (const field of fields) {
    outputs.push(`${await stageField(loader, field, use, joins)} AS ${quoteName(field.name)}`);
  }
  const name = await appendRaw(loader, raw, count);
  const list = outputs.length === 0 ? '' : `, ${outputs.join(', ')}`;
  return `SELECT raw.row AS row${list} FROM ${quoteName(name)} raw ${joins.join(' ')} ORDER BY raw.row`;
}

async function stageField(
  loader: Loader,
  { key, type }: Field,
  use: (key: string) => string,
  joins: string[],
): Promise<string> {
  switch (type.t) {
    case 'boolean': {
      const raw = use(key);
      return `CASE ${raw} WHEN 1 THEN true WHEN 0 THEN false END`;
    }
    case 'number': {
      const raw = use(key);
      return `CASE WHEN isnan(${raw}) THEN NULL ELSE ${raw} END`;
    }
    case 'date': {
      return `DATE '1970-01-01' + nullif(${use(key)}, ${NO_DAY})`;
    }
    case 'duration': {
      const months = use(`${key}#months`);
      return `CASE WHEN ${months} = ${NO_DAY} THEN NULL ELSE {months: ${months}, days: ${use(`${key}#days`)}} END`;
    }
    case 'money': {
      const amount = use(`${key}#amount`);
      const currency = codeOf(loader.codebook.codes(CURRENCY).codes, use(`${key}#currency`));
      return `CASE WHEN isnan(${amount}) THEN NULL ELSE {amount: ${amount}, currency: ${currency}} END`;
    }
    case 'code':
      return codeOf(loader.codebook.codes(type.set).codes, use(key));
    case 'codes': {
      const dictionary = loader.codebook.codes(type.set);
      if (dictionary.masked) {
        const mask = use(`${key}#mask`);
        const held = `list_filter(${textList(dictionary.codes)}, lambda code, place: (${mask} >> place) & 1 = 1)`;
        return `CASE WHEN ${mask} & 1 = 1 THEN NULL ELSE ${held} END`;
      }
      const items = loader.columns[`${key}#items`]!;
      const name = await appendRaw(loader, [owners(loader, key), { name: 'item', data: items }], items.length);
      const code = codeOf(dictionary.codes, 'item');
      return joinList(
        joins,
        use(`${key}#known`),
        `SELECT owner, list(${code} ORDER BY row) AS items FROM ${quoteName(name)}`,
      );
    }
    case 'records': {
      const fields = [...loader.codebook.schema.records.get(type.of)!].map(([name, fieldType]) => ({
        name,
        key: `${key}[].${name}`,
        type: fieldType,
      }));
      const owner = owners(loader, key);
      const rows = await stageLevel(loader, fields, owner.data.length);
      const name = await appendRaw(loader, [owner], owner.data.length);
      const pack = fields.map((field) => `${quoteName(field.name)} := r.${quoteName(field.name)}`).join(', ');
      const inner = `SELECT o.owner AS owner, list(struct_pack(${pack}) ORDER BY r.row) AS items FROM (${rows}) r JOIN ${quoteName(name)} o ON o.row = r.row`;
      return joinList(joins, use(`${key}#known`), inner);
    }
  }
}

/** Joins lists grouped by owner; an owner without items has an empty list, an unknown list is NULL. */
function joinList(joins: string[], known: string, grouped: string): string {
  const alias = `l${joins.length}`;
  joins.push(`LEFT JOIN (${grouped} GROUP BY owner) ${alias} ON ${alias}.owner = raw.row`);
  return `CASE WHEN ${known} = 1 THEN coalesce(${alias}.items, []) END`;
}

/** The owner's row of every item of a list. */
function owners(loader: Loader, key: string): { name: string; data: Int32Array } {
  const from = loader.columns[`${key}#from`]!;
  const data = new Int32Array(from[from.length - 1]!);
  for (let owner = 0; owner + 1 < from.length; owner++) data.fill(owner, from[owner]!, from[owner + 1]!);
  return { name: 'owner', data };
}

const codeOf = (codes: readonly string[], id: string): string =>
  codes.length === 0 ? 'NULL::VARCHAR' : `list_extract(${textList(codes)}, ${id})`;
const textList = (texts: readonly string[]): string => `[${texts.map(quoteText).join(', ')}]::VARCHAR[]`;

async function appendRaw(
  loader: Loader,
  raw: readonly { name: string; data: Column }[],
  count: number,
): Promise<string> {
  const name = `${loader.table} raw ${loader.temporary.length}`;
  loader.temporary.push(name);
  const unique = [...new Map(raw.map((column) => [column.name, column])).values()];
  const row = Int32Array.from({ length: count }, (_, index) => index);
  const all = [{ name: 'row', data: row as Column }, ...unique];
  const declared = all.map((column) => `${quoteName(column.name)} ${sqlType(column.data)}`).join(', ');
  await loader.connection.run(`CREATE TEMP TABLE ${quoteName(name)} (${declared})`);
  const appender = await loader.connection.createAppender(name);
  const types = all.map((column) => duckType(column.data));
  for (let start = 0; start < count; start += CHUNK) {
    const size = Math.min(CHUNK, count - start);
    const chunk = DuckDBDataChunk.create(types, size);
    for (const [index, column] of all.entries()) {
      const vector = chunk.getColumnVector(index) as unknown as { items: Column; flush(): void };
      vector.items.set(column.data.subarray(start, start + size));
      vector.flush();
    }
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
  return name;
}

function sqlType(data: Column): string {
  if (data instanceof Float64Array) return 'DOUBLE';
  if (data instanceof Int32Array) return 'INTEGER';
  return data instanceof Uint16Array ? 'USMALLINT' : 'UTINYINT';
}

function duckType(data: Column): DuckDBType {
  if (data instanceof Float64Array) return DOUBLE;
  if (data instanceof Int32Array) return INTEGER;
  return data instanceof Uint16Array ? USMALLINT : UTINYINT;
}
