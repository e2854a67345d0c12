/**
 * Tables as Parquet, read and written by DuckDB: own microdata; counters of runs and samples of persons that are too many for a CSV file, for whoever reads
 * them with DuckDB, Spark or pandas. DuckDB is asked for only here, and not part of the usual install.
 */
import { closeSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Lang } from '../law/say.ts';
import { quoteName, quoteText } from '../rules/sql.ts';
import { InputError } from './args.ts';

export type ColumnTypes = {
  readonly [column: string]: 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'DATE' | 'BOOLEAN' | 'TIMESTAMP';
};

/** Whether a name asks for Parquet. */
export const isParquet = (file: string): boolean => /\.parquet$/i.test(file);

/** DuckDB. @throws InputError where it is not installed */
async function duckdb(lang: Lang): Promise<typeof import('@duckdb/node-api')> {
  return await import('@duckdb/node-api').catch((e: NodeJS.ErrnoException) => {
    if (e.code !== 'ERR_MODULE_NOT_FOUND') throw e;
    throw new InputError(
      lang === 'ru'
        ? 'С Parquet работает DuckDB, которой нет в обычной установке: npm install @duckdb/node-api@1.5.6-r.1 (или возьмите .csv)'
        : 'Parquet is the work of DuckDB, which the usual install leaves out: npm install @duckdb/node-api@1.5.6-r.1 (or take .csv)',
    );
  });
}

/**
 * A Parquet table as CSV text: days as 2026-11-23 (those too that are kept as times, as pandas does, if none is within a day), yes and no as
 * true and false, blanks where there is no value.
 * @throws InputError for a file that is none, or holds columns within columns
 */
export async function readParquet(file: string, lang: Lang): Promise<string> {
  const { DuckDBInstance } = await duckdb(lang);
  const dir = mkdtempSync(join(tmpdir(), 'foothold-parquet-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const duck = await instance.connect();
  try {
    const table = join(dir, 'table.csv');
    const from = `read_parquet(${quoteText(resolve(file))})`;
    const columns = (await duck.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)).getRowsJS() as string[][];
    const days: string[] = [];
    for (const [name, type] of columns) {
      if (!type?.startsWith('TIMESTAMP')) continue;
      const time = quoteName(name as string);
      const [[within]] = (
        await duck.runAndReadAll(`SELECT count(*) FROM ${from} WHERE ${time} <> date_trunc('day', ${time})`)
      ).getRowsJS() as [[bigint]];
      if (within === 0n) days.push(`CAST(${time} AS DATE) AS ${time}`);
    }
    await duck.run(
      `COPY (SELECT * ${days.length ? `REPLACE (${days.join(', ')}) ` : ''}FROM ${from}) TO ${quoteText(table)} (FORMAT csv, HEADER true, DATEFORMAT '%Y-%m-%d')`,
    );
    return readFileSync(table, 'utf8');
  } catch (e) {
    const found = (e as Error).message.split('\n')[0];
    throw new InputError(
      lang === 'ru'
        ? `${file}: как таблица Parquet не читается (${found}).`
        : `${file}: this cannot be read as a Parquet table (${found}).`,
    );
  } finally {
    duck.closeSync();
    instance.closeSync();
    rmSync(dir, { recursive: true });
  }
}

/** Writes a table given as CSV text, as what the name of the file asks for. */
export async function writeTable(file: string, csv: string, types: ColumnTypes, lang: Lang): Promise<void> {
  if (isParquet(file)) await writeParquet(file, csv, types, lang);
  else writeLines(file, [csv]);
}

/** Writes lines to a file, some at a time: a table may be longer than a text can be. */
export function writeLines(file: string, lines: Iterable<string>): void {
  const to = openSync(file, 'w');
  try {
    let some: string[] = [];
    for (const line of lines) {
      if (some.push(line) < 4096) continue;
      writeSync(to, some.join(''));
      some = [];
    }
    writeSync(to, some.join(''));
  } finally {
    closeSync(to);
  }
}

/**
 * Writes a table given as CSV text, or as its lines. `types` are the columns in their order; every value must be of its type.
 * @throws InputError where DuckDB is not installed
 */
export async function writeParquet(
  file: string,
  csv: string | Iterable<string>,
  types: ColumnTypes,
  lang: Lang,
): Promise<void> {
  const { DuckDBInstance } = await duckdb(lang);
  // Beside the target, so that it can be moved there in one step.
  const dir = mkdtempSync(join(dirname(file), '.parquet-'));
  try {
    const table = join(dir, 'table.csv');
    writeLines(table, typeof csv === 'string' ? [csv] : csv);
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const duck = await instance.connect();
    const columns = Object.entries(types).map(([name, type]) => `${quoteText(name)}: ${quoteText(type)}`);
    const names = Object.keys(types).map(quoteName).join(', ');
    await duck.run(
      `COPY (SELECT ${names} FROM read_csv(${quoteText(table)}, header = true, auto_detect = false, nullstr = '', columns = {${columns.join(', ')}})) TO ${quoteText(join(dir, 'table.parquet'))} (FORMAT parquet, COMPRESSION zstd)`,
    );
    duck.closeSync();
    instance.closeSync();
    renameSync(join(dir, 'table.parquet'), file);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
