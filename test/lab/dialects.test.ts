/**
 * The register's statement in the dialects of other engines: what can be said of the text without the engine, and, where FOOTHOLD_CHDB names
 * a Python that has `chdb`, the answers of ClickHouse itself, row by row against DuckDB's.
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
import { loadColumns, openDuckDb } from '../rules/duckdb.ts';
import { book, peopleOf } from '../support/lab.ts';
import { rowOf, shapeOf, writeRows } from '../support/register-rows.ts';
import { called } from '../support/run.ts';

const on = parseDay('2026-11-23') as number;
const N = Number(process.env.FOOTHOLD_PERSONS ?? 500);
const CHDB = process.env.FOOTHOLD_CHDB;

/** Reads {settings, create, sql} and answers rows of 1, 0 and null, one line of JSON a person. */
const PYTHON = `
import json, sys
from chdb import session
ask = json.load(open(sys.argv[1]))
s = session.Session()
for text in ask["settings"] + ask["before"]:
    s.query(text)
open(ask["out"], "w").write(str(s.query(ask["sql"], "JSONCompactEachRow")))
print(s.query("SELECT version()", "TabSeparated"))
`;

/** The text without what stands in quotes, of either kind; fails where a quote is left open. */
function bare(sql: string): string {
  const out = sql.replace(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"/g, '_');
  assert.doesNotMatch(out, /['"]/);
  return out;
}

describe('the statement of all routes in the dialect of ClickHouse', () => {
  const { sql, routes } = registerSql(book, on, undefined, 'clickhouse');
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
    for (const word of [
      '::',
      '{',
      'list_',
      'lambda',
      'STRUCT',
      'VARCHAR',
      'DOUBLE',
      'INTERVAL',
      'DATE',
      'datesub',
      '//',
      'bool_or',
    ])
      assert.ok(!text.includes(word), `${word} is DuckDB's`);
    assert.match(text, /arrayMap\(v_\d+ -> /);
    for (const id of routes) assert.ok(sql.includes(`AS "${id}"`), id);
  });
  it('is written with the columns of its types, and says which dialects there are', async () => {
    const said = await called(labRegister, 'de/blue-card', '--on', '2026-11-23', '--dialect', 'clickhouse');
    assert.equal(said.code, 0, said.err);
    assert.match(said.out, /-- {3}"offer\.salaryYear@de" Tuple\(amount Nullable\(Float64\), currency String\)\n/);
    assert.match(said.out, /\nSET max_query_size = \d+;\n[\s\S]*\nWITH parts AS/);
    const json = JSON.parse((await called(labRegister, 'de/blue-card', '--dialect', 'clickhouse', '--json')).out);
    assert.equal(json.dialect, 'clickhouse');
    assert.equal(json.settings.length, 2);
    const wrong = await called(labRegister, 'de/blue-card', '--dialect', 'oracle');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /--dialect: "oracle" is not written\. There are: duckdb, clickhouse/);
  });
  it('is run by ClickHouse to the same answers', {
    skip: CHDB ? false : 'needs ClickHouse: FOOTHOLD_CHDB=path of a Python with chdb',
  }, async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-dialects-'));
    try {
      const mine = registerSql(book, on);
      const theirs = registerSql(book, on, undefined, 'clickhouse');
      assert.deepEqual(theirs.columns, mine.columns);
      const duck = await openDuckDb(2);
      const people = peopleOf(N, 12);
      const codebook = new Codebook(book.schema);
      const rows = Array.from({ length: N }, (_, i) => rowOf(people, i, on));
      await loadColumns(duck, 'wide', codebook, mine.columns, fillColumns(codebook, mine.columns, rows), N);
      await duck.run('CREATE OR REPLACE VIEW register AS SELECT "row" AS person, * FROM wide');
      const want = (await duck.runAndReadAll(mine.sql)).getRows();
      const file = join(dir, 'rows.parquet');
      await writeRows(duck, 'wide', mine.columns, 'clickhouse', file);
      const shape = shapeOf(mine.columns, 'clickhouse');
      const out = join(dir, 'answers.json');
      const ask = join(dir, 'ask.json');
      const before = [
        `CREATE TABLE register ENGINE = Memory AS SELECT ${shape.select} FROM file('${file}', Parquet, '${shape.structure.replaceAll("'", "''")}')`,
      ];
      writeFileSync(ask, JSON.stringify({ settings: theirs.settings, before, sql: theirs.sql, out }));
      const done = spawnSync(CHDB as string, ['-c', PYTHON, ask], { encoding: 'utf8', cwd: dir });
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
        `ClickHouse ${done.stdout.trim()}: ${N} persons, ${mine.routes.length} routes, ${JSON.stringify(seen)}`,
      );
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
