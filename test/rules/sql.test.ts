/** The SQL of conditions as text, and the functions of DuckDB that it relies on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMonths, formatDay, monthsBetween } from '../../src/calendar/civil.ts';
import { compile, parseCondition } from '../../src/rules/index.ts';
import type { Context, Money, Node } from '../../src/rules/ir.ts';
import { makeSql, quoteName, quoteText } from '../../src/rules/sql.ts';
import { DIALECT } from '../../src/rules/sql-dialects.ts';
import { openDuckDb } from './duckdb.ts';
import { generator, seedOfRun } from './random-people.ts';
import { fixed, locals, schema } from './synthetic-world.ts';

const OPTIONS = { schema, currencies: ['EUR', 'USD'] };

function leaf(text: string): Node {
  const parsed = parseCondition(text, schema, locals('clamp'));
  if (!parsed.ok) assert.fail(`${text}: ${JSON.stringify(parsed.errors)}`);
  return { k: 'leaf', text, expr: parsed.expr };
}

const sqlOf = (text: string, monthEnd: 'clamp' | 'roll' = 'clamp'): string =>
  makeSql(leaf(text), fixed(monthEnd), OPTIONS).text;

test('the text of conditions', () => {
  assert.equal(sqlOf('age between ageMin and ageMax'), '"age" BETWEEN 18 AND 45');
  assert.equal(sqlOf('not(work.remote) or known(experience)'), '(NOT "work.remote") OR ("experience" IS NOT NULL)');
  assert.equal(sqlOf('now.country in area.eu'), `"now.country" IN ('de', 'fr', 'it', 'pl')`);
  assert.equal(sqlOf('overlaps(citizenships, area.eu)'), `list_has_any("citizenships", ['de', 'fr', 'it', 'pl'])`);
  assert.equal(sqlOf('passport.expires >= on + halfYear'), `"passport.expires" >= DATE '2027-09-30'`);
  assert.equal(
    sqlOf('arrived + halfYear > leftOn'),
    `(CAST("arrived" + INTERVAL 6 MONTH AS DATE)) > DATE '2024-03-01'`,
  );
  assert.equal(
    sqlOf('arrived + month > leftOn', 'roll'),
    `(CAST("arrived" + INTERVAL 1 MONTH AS DATE) + (day(CAST("arrived" + INTERVAL 1 MONTH AS DATE)) < day("arrived"))::INTEGER) > DATE '2024-03-01'`,
  );
  assert.equal(
    sqlOf('offer.salaryYear >= salaryMin'),
    `(floor(floor("offer.salaryYear".amount * 100 + 0.5) * CASE "offer.salaryYear".currency WHEN 'EUR' THEN 1 WHEN '' THEN 1 WHEN 'USD' THEN 9.137e-1 END + 0.5)) >= 4530000`,
  );
  assert.equal(
    sqlOf('some f in family satisfies f.dependent'),
    'list_reduce(list_transform("family", lambda v_1: v_1."dependent"), lambda v_2, v_3: v_2 OR v_3, false)',
  );
  assert.equal(sqlOf('age >= ageMin and now.country in area.unknown'), '("age" >= 18) AND (NULL::BOOLEAN)');
});

test('the text of conditions in other dialects', () => {
  const said = (text: string): readonly string[] =>
    (['clickhouse', 'spark', 'trino'] as const).map(
      (name) => makeSql(leaf(text), fixed('roll'), { ...OPTIONS, dialect: DIALECT[name] }).text,
    );
  // ClickHouse may answer no to NULL IN (…).
  assert.deepEqual(said('now.country in area.eu'), [
    `if(isNull("now.country"), NULL, ifNull("now.country", '') IN ('de', 'fr', 'it', 'pl'))`,
    "`now.country` IN ('de', 'fr', 'it', 'pl')",
    `"now.country" IN ('de', 'fr', 'it', 'pl')`,
  ]);
  // All say 0 where nothing is found.
  assert.deepEqual(said('language >= levelMin'), [
    `(nullIf(indexOf(CAST(['a1', 'a2', 'b1', 'b2', 'c1', 'c2'] AS Array(String)), ifNull("language", '')), 0)) >= 3`,
    "(nullif(array_position(array('a1', 'a2', 'b1', 'b2', 'c1', 'c2'), `language`), 0)) >= 3",
    `(nullif(array_position(CAST(ARRAY['a1', 'a2', 'b1', 'b2', 'c1', 'c2'] AS ARRAY(VARCHAR)), "language"), 0)) >= 3`,
  ]);
  assert.deepEqual(said('arrived + month > leftOn'), [
    `(addDays(addMonths("arrived", 1), toDayOfMonth(addMonths("arrived", 1)) < toDayOfMonth("arrived"))) > toDate32('2024-03-01')`,
    "(date_add(add_months(`arrived`, 1), CAST(day(add_months(`arrived`, 1)) < day(`arrived`) AS INT))) > DATE '2024-03-01'",
    `(date_add('day', IF(day(date_add('month', 1, "arrived")) < day("arrived"), 1, 0), date_add('month', 1, "arrived"))) > DATE '2024-03-01'`,
  ]);
  assert.deepEqual(said('known(offer.salaryYear) and age >= ageMin'), [
    `(tupleElement("offer.salaryYear", 'amount') IS NOT NULL) AND ("age" >= 18.0)`,
    '(`offer.salaryYear` IS NOT NULL) AND (`age` >= 18D)',
    '("offer.salaryYear" IS NOT NULL) AND ("age" >= 18E0)',
  ]);
  // A table of rates is a map there, not a branch a rate.
  assert.match(
    said('offer.salaryYear >= salaryMin')[2] as string,
    /element_at\(MAP\(ARRAY\['EUR', '', 'USD'\], ARRAY\[/,
  );
  assert.deepEqual(said('some f in family satisfies f.dependent').slice(1), [
    'exists(`family`, v_1 -> v_1.`dependent`)',
    'any_match("family", v_1 -> v_1."dependent")',
  ]);
  assert.deepEqual(
    (['clickhouse', 'spark', 'trino'] as const).map((name) => DIALECT[name].quoteText("a'b\\c")),
    ["'a''b\\\\c'", "'a\\'b\\\\c'", "'a''b\\c'"],
  );
});

test('names and texts are quoted', () => {
  assert.equal(quoteName('a"b'), '"a""b"');
  assert.equal(quoteText("o'b"), "'o''b'");
});

test('the columns that a table must have', () => {
  const node: Node = {
    k: 'all',
    of: [leaf('age >= ageMin'), { k: 'clock', clock: 'de/residence', atLeast: 'halfYear' }],
  };
  const { text, columns } = makeSql(node, fixed('clamp'), OPTIONS);
  assert.equal(text, '("age" >= 18) AND "clock:de/residence:P6M0D"');
  assert.deepEqual(
    columns.map((column) => (column.k === 'fact' ? column.name : column.key)),
    ['age', 'clock:de/residence:P6M0D'],
  );
});

test('with the key day as a column, one expression serves every day', async () => {
  const node = leaf('passport.expires >= on + halfYear');
  const { text } = makeSql(node, fixed('clamp'), { ...OPTIONS, on: 'column' });
  const days = [20_908, 21_091, 21_092, 20_907];
  const expires = 21_091;
  const closure = compile(node);
  const expected = days.map((on) => {
    const context: Context = {
      ...fixed('clamp'),
      on,
      fact: () => expires,
      clock: () => ({ reached: undefined, missing: [] }),
    };
    return closure(context);
  });
  const connection = await openDuckDb(1);
  const rows = days.map((on, row) => `(${row}, DATE '${formatDay(on)}', DATE '${formatDay(expires)}')`).join(', ');
  const result = await connection.runAndReadAll(
    `SELECT ${text} FROM (VALUES ${rows}) AS people(row, "on", "passport.expires") ORDER BY row`,
  );
  assert.deepEqual(
    result.getRows().map(([answer]) => answer),
    expected,
  );
  assert.deepEqual(expected, [true, false, false, true]);
  connection.closeSync();
});

test('rates that all go through one currency are a table of that currency, and convert to the same cent', async () => {
  const perEuro: Record<string, number> = { EUR: 1, USD: 1.1172, GBP: 0.8338, GEL: 2.9151, KRW: 1491.76 };
  const codes = [...Object.keys(perEuro), 'XTS'];
  const options = { schema, currencies: codes };
  const through = (bend: number) => ({
    ...fixed('clamp'),
    rate: (from: string, to: string) => {
      const [a, b] = [perEuro[from], perEuro[to]];
      if (a === undefined || b === undefined) return from === to ? { factor: 1, day: 0, source: '' } : undefined;
      return { factor: (b / a) * (from === 'GBP' && to === 'GEL' ? bend : 1), day: 0, source: '' };
    },
  });
  const node = leaf('offer.salaryYear >= perYear(work.incomeMonth)');
  const pairs = makeSql(node, through(1.01), options).text;
  const pivot = makeSql(node, through(1), options).text;
  assert.match(pairs, /'GBP>GEL'/);
  assert.doesNotMatch(pivot, />GEL'/);
  const connection = await openDuckDb(1);
  for (const [text, bend] of [
    [pivot, 1],
    [pairs, 1.01],
  ] as const) {
    const answer = compile(node);
    const rate = through(bend).rate;
    const money = (amount: number, currency: string): string =>
      `{'amount': ${amount}::DOUBLE, 'currency': '${currency}'}`;
    const rows: string[] = [];
    const expected: (boolean | null)[] = [];
    // What twelve months of pay come to in the other currency, a cent more and a cent less.
    for (const from of codes)
      for (const to of codes)
        for (const pay of [0.01, 333.33, 1234.56, 98765.43])
          for (const more of [-0.01, 0, 0.01]) {
            const due = Math.round(pay * 12 * (rate(to, from)?.factor ?? 1) * 100) / 100;
            const salary = Math.round((due + more) * 100) / 100;
            rows.push(`(${rows.length}, ${money(salary, from)}, ${money(pay, to)})`);
            const facts: Record<string, Money> = {
              'offer.salaryYear': { amount: salary, currency: from },
              'work.incomeMonth': { amount: pay, currency: to },
            };
            const clock = () => ({ reached: undefined, missing: [] });
            expected.push(answer({ ...through(bend), clock, fact: (name) => facts[name] }) ?? null);
          }
    const result = await connection.runAndReadAll(
      `SELECT ${text} FROM (VALUES ${rows.join(', ')}) AS people(row, "offer.salaryYear", "work.incomeMonth") ORDER BY row`,
    );
    assert.deepEqual(
      result.getRows().map(([a]) => a),
      expected,
    );
    for (const word of [true, false, null]) assert.ok(expected.filter((a) => a === word).length > 60, `${word}`);
  }
  connection.closeSync();
});

test('DuckDB adds months and counts completed ones as src/calendar does', async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  // Days near the ends of months from 1900 to 2100, since in the middle nothing can go wrong.
  const day = (): number => addMonths(-25_567, Math.floor(random() * 2400), 'clamp') + Math.floor(random() * 5) - 2;
  const cases = Array.from({ length: 20_000 }, () => ({
    a: day(),
    b: day(),
    months: Math.floor(random() * 400) - 200,
  }));
  const connection = await openDuckDb(2);
  await connection.run('CREATE TABLE cases (row INTEGER, a DATE, b DATE, months INTEGER)');
  const values = cases.map(
    ({ a, b, months }, row) => `(${row}, DATE '${formatDay(a)}', DATE '${formatDay(b)}', ${months})`,
  );
  await connection.run(`INSERT INTO cases VALUES ${values.join(', ')}`);
  const result = await connection.runAndReadAll(
    `SELECT (CAST(a + to_months(months) AS DATE) - DATE '1970-01-01')::INTEGER, datesub('month', a, b)::INTEGER FROM cases ORDER BY row`,
  );
  for (const [row, [later, between]] of result.getRows().entries()) {
    const { a, b, months } = cases[row]!;
    assert.equal(later, addMonths(a, months, 'clamp'), `${formatDay(a)} + ${months} months (FOOTHOLD_SEED=${seed})`);
    // DuckDB has no negative zero.
    assert.equal(
      between,
      monthsBetween(a, b) + 0,
      `months from ${formatDay(a)} to ${formatDay(b)} (FOOTHOLD_SEED=${seed})`,
    );
  }
  connection.closeSync();
});
