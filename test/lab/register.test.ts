/**
 * The coverage question as SQL over a register, in DuckDB: row by row what `foothold check` says. A few thousand persons; 100,000 with
 * FOOTHOLD_LONG=1 (then `check` itself is asked about every route of every hundredth row, and the lab about all of them).
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoute } from '../../src/check/check.ts';
import { labRegister } from '../../src/cli/lab-register.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { registerSql } from '../../src/lab/register.ts';
import { ofKind } from '../../src/law/book.ts';
import { Codebook, fillColumns } from '../../src/rules/columns.ts';
import { loadColumns, openDuckDb } from '../rules/duckdb.ts';
import { seedOfRun } from '../rules/random-people.ts';
import { book, peopleOf } from '../support/lab.ts';
import { byLetter } from '../support/register-answers.ts';
import { rowOf } from '../support/register-rows.ts';
import { called } from '../support/run.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';
const N = LONG ? 100_000 : 2_000;
const BATCH = 10_000;
const EACH = LONG ? 100 : 67;
const on = parseDay('2026-11-23') as number;

const WORD = { 0: false, 3: true } as Record<number, boolean>;
describe('lab register', () => {
  it('writes the statement of a day with the columns it needs, and refuses what is not in the law', async () => {
    const said = await called(labRegister, 'de/blue-card', '--on', '2026-11-23');
    assert.equal(said.code, 0, said.err);
    assert.match(said.out, /^-- Law [0-9a-f]{64}, as of 2026-11-23\n/);
    assert.match(said.out, /-- {3}"offer\.salaryYear@de" STRUCT\(amount DOUBLE, currency VARCHAR\)\n/);
    assert.match(said.out, /FROM "register"[\s\S]*"de\/blue-card"/);
    const json = JSON.parse((await called(labRegister, 'de/blue-card', '--on', '2026-11-23', '--json')).out);
    assert.deepEqual([json.law, json.on, json.routes], [book.digest, '2026-11-23', ['de/blue-card']]);
    assert.ok(said.out.endsWith(json.sql));
    const wrong = await called(labRegister, 'de/blue-cart');
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /no route "de\/blue-cart"\. Did you mean de\/blue-card/);
  });
});

describe(`a register of ${N} persons`, () => {
  // By default a sixth of the routes, the dice say which; all of them in the long test.
  const sixth = seedOfRun() % 6;
  const routes = ofKind(book, 'route').filter((_, k) => LONG || k % 6 === sixth);
  const register = registerSql(
    book,
    on,
    routes.map((r) => r.id),
  );
  it('has the routes asked about in one statement, all of them where none is named', () => {
    assert.deepEqual(
      register.routes,
      routes.map((r) => r.id),
    );
    assert.equal(registerSql(book, on).routes.length, ofKind(book, 'route').length);
    assert.throws(() => registerSql(book, on, ['de/nothing']), /no route "de\/nothing"/);
  });
  it('is answered row by row as check and the lab answer', async () => {
    const people = peopleOf(N, 11);
    const eye = new LawEye(book, people);
    const duck = await openDuckDb(2);
    const seen = { true: 0, false: 0, null: 0 };
    let asked = 0;
    for (let from = 0; from < N; from += BATCH) {
      const count = Math.min(BATCH, N - from);
      const codebook = new Codebook(book.schema);
      const rows = Array.from({ length: count }, (_, k) => rowOf(people, from + k, on));
      await loadColumns(duck, 'wide', codebook, register.columns, fillColumns(codebook, register.columns, rows), count);
      await duck.run('CREATE OR REPLACE VIEW register AS SELECT "row" AS person, * FROM wide');
      const answer = (await duck.runAndReadAll(register.sql)).getColumns();
      assert.equal(answer[0]?.length, count);
      for (const [k, route] of routes.entries()) {
        const column = answer[k + 1] as (boolean | null)[];
        const bits = eye.route(route, on);
        for (let i = 0; i < count; i++) {
          const want = WORD[bits[from + i] as number] ?? null;
          seen[`${want}`]++;
          assert.equal(column[i], want, `${route.id}, row ${from + i}`);
        }
        for (let i = k % EACH; i < count; i += EACH) {
          const s = people.situation(from + i, on);
          assert.equal(column[i], byLetter(checkRoute(book, route, s, on)), `check: ${route.id}, row ${from + i}`);
          asked++;
        }
      }
    }
    assert.ok(asked >= routes.length * (N / EACH) * 0.9);
    // Each of the three answers is compared often, whatever routes the dice name: of some sixths few are not known.
    for (const [word, n] of Object.entries(seen)) assert.ok(n > N / 5, `${word}: ${n}`);
  });
});
