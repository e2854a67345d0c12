/**
 * The register's statement in the dialects of other engines: what can be said of the text without the engine, and, where FOOTHOLD_CHDB,
 * FOOTHOLD_SPARK or FOOTHOLD_TRINO says where there is one, the answers of ClickHouse, Spark or Trino itself, row by row against those of
 * the lab, `check` and DuckDB: for 500 persons (FOOTHOLD_PERSONS: another number), for 100,000 with FOOTHOLD_LONG=1.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { labRegister } from '../../src/cli/lab-register.ts';
import { registerSql } from '../../src/lab/register.ts';
import { DIALECT } from '../../src/rules/sql-dialects.ts';
import { book } from '../support/lab.ts';
import { type Prepared, prepare } from '../support/register-answers.ts';
import { ENGINES } from '../support/register-engines.ts';
import { shapeOf } from '../support/register-rows.ts';
import { called } from '../support/run.ts';

const on = parseDay('2026-11-23') as number;
const N = Number(process.env.FOOTHOLD_PERSONS ?? (process.env.FOOTHOLD_LONG === '1' ? 100_000 : 500));
/** Check's own answer is asked for every so many rows; the lab's for all of them. */
const EVERY = Number(process.env.FOOTHOLD_EVERY ?? (N > 5000 ? 10 : 1));
const say = (words: string): unknown => process.stderr.write(`${words}\n`);

/** Where FOOTHOLD_FOLDER names a folder, check's answers and the rows stay there for the next engine. */
const { FOOTHOLD_FOLDER } = process.env;
const dir = FOOTHOLD_FOLDER ?? mkdtempSync(join(tmpdir(), 'foothold-dialects-'));
after(() => {
  if (FOOTHOLD_FOLDER === undefined) rmSync(dir, { recursive: true, force: true });
});
/** Asked once, by the first engine that is here. */
let prepared: Promise<Prepared> | undefined;
const wanted = (): Promise<Prepared> => {
  const all = ENGINES.map((e) => e.dialect);
  prepared ??= prepare(N, on, EVERY, 997, dir, all, N > 5000 ? say : undefined);
  return prepared;
};

/** Words that only DuckDB has. */
const DUCKDB_ONLY = ['::', '{', 'list_', 'lambda', 'VARCHAR[', 'INTERVAL', 'datesub', '//'];

/** The text without what stands in quotes, of either kind; fails where a quote is left open. */
function bare(sql: string): string {
  const out = sql.replace(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`(?:[^`]|``)*`/g, '_');
  assert.doesNotMatch(out, /['"`]/);
  return out;
}

for (const engine of ENGINES) {
  const { dialect, name } = engine;
  describe(`the statement of all routes in the dialect of ${name}`, () => {
    const { sql, routes } = registerSql(book, on, undefined, dialect);
    it('asks the same routes of the same columns as DuckDB, in words of its own', () => {
      const mine = registerSql(book, on);
      assert.deepEqual(routes, mine.routes);
      const text = bare(sql);
      let depth = 0;
      for (const c of text) {
        if ('([{'.includes(c)) depth++;
        if (')]}'.includes(c)) depth--;
        assert.ok(depth >= 0);
      }
      assert.equal(depth, 0);
      for (const word of DUCKDB_ONLY) assert.ok(!text.includes(word), `${word} is DuckDB's`);
      for (const id of routes) assert.ok(sql.includes(`AS ${DIALECT[dialect].quoteName(id)}`), id);
    });
    it(`is run by ${name} to the same answers`, { skip: engine.absent ?? false }, async (t) => {
      const { routes: asked, lines, counts, rows, asked: whole, files } = await wanted();
      const theirs = registerSql(book, on, undefined, dialect);
      assert.deepEqual(theirs.columns, registerSql(book, on).columns);
      const own = mkdtempSync(join(dir, `${dialect}-`));
      const began = performance.now();
      const { version, lines: got } = await engine.answers({
        files: files(dialect),
        dir: own,
        ...shapeOf(theirs.columns, dialect),
        settings: theirs.settings,
        sql: theirs.sql,
      });
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      assert.equal(got.length, N);
      let parted = 0;
      const first: string[] = [];
      for (let i = 0; i < N; i++) {
        const [g, w] = [got[i] as string, lines[i] as string];
        if (g === w) continue;
        const start = `${i} `.length;
        assert.equal(g.slice(0, start), w.slice(0, start));
        assert.equal(g.length, w.length);
        for (const [k, route] of asked.entries()) {
          if (g[start + k] === w[start + k]) continue;
          parted++;
          if (first.length < 20) first.push(`${route.id}, row ${i}: ${g[start + k]}, lab ${w[start + k]}`);
        }
      }
      assert.equal(parted, 0, `${parted} answers differ: ${first.join('; ')}`);
      for (const [word, n] of Object.entries(counts)) assert.ok(n > N, `${word}: ${n}`);
      const told = `${name} ${version}: ${N} persons, ${asked.length} routes, ${JSON.stringify(counts)}, as lab and DuckDB; as check for ${rows} persons, as all of check for ${whole} pairs; ${seconds} s`;
      t.diagnostic(told);
      if (N > 5000) say(told);
    });
  });
}

describe('--dialect', () => {
  it('writes the columns in the types of the engine, and says which dialects there are', async () => {
    const ask = async (...more: string[]) => called(labRegister, 'de/blue-card', '--on', '2026-11-23', ...more);
    const house = await ask('--dialect', 'clickhouse');
    assert.equal(house.code, 0, house.err);
    assert.match(house.out, /-- {3}"offer\.salaryYear@de" Tuple\(amount Nullable\(Float64\), currency String\)\n/);
    assert.match(house.out, /\nSET max_query_size = \d+;\n[\s\S]*\nWITH parts AS/);
    const spark = await ask('--dialect', 'spark');
    assert.match(spark.out, /-- {3}`offer\.salaryYear@de` STRUCT<amount: DOUBLE, currency: STRING>\n/);
    const trino = await ask('--dialect', 'trino');
    assert.match(trino.out, /-- {3}"offer\.salaryYear@de" ROW\(amount DOUBLE, currency VARCHAR\)\n/);
    const json = JSON.parse((await ask('--dialect', 'clickhouse', '--json')).out);
    assert.equal(json.dialect, 'clickhouse');
    assert.equal(json.settings.length, 2);
    const wrong = await ask('--dialect', 'oracle');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /--dialect: "oracle" is not written\. There are: duckdb, clickhouse, spark, trino/);
  });
});
