/**
 * The register's statement in the dialects of other engines: what can be said of the text without the engine, and, where FOOTHOLD_CHDB or
 * FOOTHOLD_SPARK names a Python that has `chdb` or `pyspark`, the answers of ClickHouse or Spark itself, row by row against DuckDB's.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { labRegister } from '../../src/cli/lab-register.ts';
import { registerSql } from '../../src/lab/register.ts';
import { Codebook, fillColumns } from '../../src/rules/columns.ts';
import { DIALECT } from '../../src/rules/sql-dialects.ts';
import { loadColumns, openDuckDb } from '../rules/duckdb.ts';
import { book, peopleOf } from '../support/lab.ts';
import { rowOf, shapeOf, writeRows } from '../support/register-rows.ts';
import { called } from '../support/run.ts';

const on = parseDay('2026-11-23') as number;
const N = Number(process.env.FOOTHOLD_PERSONS ?? 500);

/** Reads {settings, file, structure, select, sql, out} and writes the answers, one line of JSON a person; says the engine's version. */
const CLICKHOUSE = `
import json, sys
from chdb import session
ask = json.load(open(sys.argv[1]))
s = session.Session()
for text in ask["settings"]:
    s.query(text)
structure = ask["structure"].replace("'", "''")
s.query(f"CREATE TABLE register ENGINE = Memory AS SELECT {ask['select']} FROM file('{ask['file']}', Parquet, '{structure}')")
open(ask["out"], "w").write(str(s.query(ask["sql"], "JSONCompactEachRow")))
print(s.query("SELECT version()", "TabSeparated"))
`;
const SPARK = `
import json, sys
from pyspark.sql import SparkSession
ask = json.load(open(sys.argv[1]))
s = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "5g") \\
    .config("spark.driver.extraJavaOptions", "-Xss256m").config("spark.sql.shuffle.partitions", "1") \\
    .config("spark.sql.codegen.wholeStage", "false").config("spark.sql.codegen.factoryMode", "NO_CODEGEN").getOrCreate()
for text in ask["settings"]:
    s.sql(text)
s.read.parquet(ask["file"]).createOrReplaceTempView("raw")
s.sql(f"SELECT {ask['select']} FROM raw").createOrReplaceTempView("register")
rows = s.sql(ask["sql"]).collect()
open(ask["out"], "w").write("\\n".join(json.dumps(list(r)) for r in rows))
print(s.version)
`;
const ENGINES = [
  {
    dialect: 'clickhouse',
    engine: 'ClickHouse',
    python: process.env.FOOTHOLD_CHDB,
    needs: 'FOOTHOLD_CHDB=path of a Python with chdb',
    script: CLICKHOUSE,
  },
  {
    dialect: 'spark',
    engine: 'Spark',
    python: process.env.FOOTHOLD_SPARK,
    needs: 'FOOTHOLD_SPARK=path of a Python with pyspark',
    script: SPARK,
  },
] as const;
/** Words that only DuckDB has. */
const DUCKDB_ONLY = ['::', '{', 'list_', 'lambda', 'VARCHAR', 'INTERVAL', 'datesub', '//'];

/** The text without what stands in quotes, of either kind; fails where a quote is left open. */
function bare(sql: string): string {
  const out = sql.replace(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`(?:[^`]|``)*`/g, '_');
  assert.doesNotMatch(out, /['"`]/);
  return out;
}

for (const { dialect, engine, python, needs, script } of ENGINES)
  describe(`the statement of all routes in the dialect of ${engine}`, () => {
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
    it(`is run by ${engine} to the same answers`, {
      skip: python ? false : `needs ${engine}: ${needs}`,
    }, async (t) => {
      const dir = mkdtempSync(join(tmpdir(), 'foothold-dialects-'));
      try {
        const mine = registerSql(book, on);
        const theirs = registerSql(book, on, undefined, dialect);
        assert.deepEqual(theirs.columns, mine.columns);
        const duck = await openDuckDb(2);
        const people = peopleOf(N, 12);
        const codebook = new Codebook(book.schema);
        const rows = Array.from({ length: N }, (_, i) => rowOf(people, i, on));
        await loadColumns(duck, 'wide', codebook, mine.columns, fillColumns(codebook, mine.columns, rows), N);
        await duck.run('CREATE OR REPLACE VIEW register AS SELECT "row" AS person, * FROM wide');
        const want = (await duck.runAndReadAll(mine.sql)).getRows();
        const file = join(dir, 'rows.parquet');
        await writeRows(duck, 'wide', mine.columns, dialect, file);
        const shape = shapeOf(mine.columns, dialect);
        const out = join(dir, 'answers.json');
        const ask = join(dir, 'ask.json');
        writeFileSync(ask, JSON.stringify({ settings: theirs.settings, file, ...shape, sql: theirs.sql, out }));
        const done = spawnSync(python as string, ['-c', script, ask], { encoding: 'utf8', cwd: dir });
        assert.equal(done.status, 0, done.stderr.slice(-3000));
        const got = readFileSync(out, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown[]);
        assert.equal(got.length, N);
        const seen = { true: 0, false: 0, null: 0 };
        let parted = 0;
        const first: string[] = [];
        for (let i = 0; i < N; i++) {
          assert.equal(Number(got[i]?.[0]), Number(want[i]?.[0]));
          for (const [k, route] of mine.routes.entries()) {
            const w = want[i]?.[k + 1] as boolean | null;
            const g = got[i]?.[k + 1] as boolean | null;
            seen[`${w}`]++;
            if (g === w) continue;
            parted++;
            if (first.length < 20) first.push(`${route}, row ${i}: ${g}, DuckDB ${w}`);
          }
        }
        assert.equal(parted, 0, first.join('\n'));
        for (const [word, n] of Object.entries(seen)) assert.ok(n > N, `${word}: ${n}`);
        t.diagnostic(
          `${engine} ${done.stdout.trim()}: ${N} persons, ${mine.routes.length} routes, ${JSON.stringify(seen)}`,
        );
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    });
  });

describe('--dialect', () => {
  it('writes the columns in the types of the engine, and says which dialects there are', async () => {
    const ask = async (...more: string[]) => called(labRegister, 'de/blue-card', '--on', '2026-11-23', ...more);
    const house = await ask('--dialect', 'clickhouse');
    assert.equal(house.code, 0, house.err);
    assert.match(house.out, /-- {3}"offer\.salaryYear@de" Tuple\(amount Nullable\(Float64\), currency String\)\n/);
    assert.match(house.out, /\nSET max_query_size = \d+;\n[\s\S]*\nWITH parts AS/);
    const spark = await ask('--dialect', 'spark');
    assert.match(spark.out, /-- {3}`offer\.salaryYear@de` STRUCT<amount: DOUBLE, currency: STRING>\n/);
    const json = JSON.parse((await ask('--dialect', 'clickhouse', '--json')).out);
    assert.equal(json.dialect, 'clickhouse');
    assert.equal(json.settings.length, 2);
    const wrong = await ask('--dialect', 'trino');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /--dialect: "trino" is not written\. There are: duckdb, clickhouse, spark/);
  });
});
