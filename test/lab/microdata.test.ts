import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoutes } from '../../src/check/check.ts';
import { labCoverage } from '../../src/cli/lab-coverage.ts';
import { tableOf } from '../../src/cli/lab-files.ts';
import { type ColumnTypes, readParquet, writeParquet } from '../../src/cli/lab-parquet.ts';
import { coverage } from '../../src/lab/coverage.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { readCsv, readMapping, readMicrodata, type TablePeople } from '../../src/lab/microdata.ts';
import { personYaml } from '../../src/lab/person-yaml.ts';
import { ofKind } from '../../src/law/book.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { book, problemsOf, subgroups } from '../support/lab.ts';
import { called } from '../support/run.ts';

const on = parseDay('2026-11-23') as number;
const MAPPING = `weight: w
facts:
  now.country: country
  person.born: born
  person.sex: {column: sex, values: {F: female, M: male}}
  work.occupation: job
  work.incomeMonth: income
  exposure.activist: {column: active, values: {"1": yes, "0": no}}
passport: {kind: {column: passport, values: {zagran: passport, vnutr: internal-passport}}, biometric: chip, expires: until}
all: {person.citizenships: [ru], stays: [], statuses: [], offers: [], claims: [], family: []}
`;
const TABLE = `w,country,born,sex,job,income,active,passport,chip,until
120.5,ge,1990-04-12,F,software-developer,2500 EUR,1,zagran,no,2028-02-01
80,am,1985-01-01,M,"journalist",,0,vnutr,,
0,kz,1999-12-31,M,builder,700 EUR,,zagran,yes,2031-05-05
`;
const mapping = readMapping({ file: 'm.yaml', text: MAPPING }, book.schema);
const read = (table: string, m = mapping) => readMicrodata('t.csv', table, m, book.schema);

describe('own microdata', () => {
  const people = read(TABLE);
  it('are persons with the facts of a person file: what the eye sees is what check says, blanks unknown', () => {
    assert.deepEqual([...people.weights], [120.5, 80, 0]);
    const eye = new LawEye(book, people);
    const rows = ofKind(book, 'route').map((r) => eye.route(r, on));
    const word = ['no', 'unknown', '', 'yes'];
    for (let i = 0; i < 3; i++) {
      for (const [k, c] of checkRoutes(book, people.situation(i, on), on).entries())
        assert.equal(word[rows[k]?.[i] as number], c.outcome, `${c.route} ${i}`);
      const { person, problems } = readPerson(
        'row.yaml',
        personYaml(people.situation(i, on), book.schema, 'row'),
        book.schema,
      );
      assert.ok(person, JSON.stringify(problems));
      for (const [k, c] of checkRoutes(book, situationOf(person, on), on).entries())
        assert.equal(word[rows[k]?.[i] as number], c.outcome, `${c.route} ${i}`);
    }
  });
  it('are covered like the invented ones', () => {
    const c = coverage(book, people, subgroups, on, { brief: true });
    assert.equal(c.people, 200.5);
    assert.equal(c.subgroups.find((g) => g.id === 'journalists')?.people, 80);
  });
  it('reads quotes, doubled quotes, commas and line ends inside them', () => {
    assert.deepEqual(readCsv('a,b\r\n"x ""y"", z","1\n2"\n').rows, [{ line: 2, cells: ['x "y", z', '1\n2'] }]);
  });
  const WRONG: readonly [string, () => unknown, RegExp][] = [
    ['a negative weight', () => read(TABLE.replace('120.5', '-3')), /^2: the weight "-3"/],
    ['a weight that is no number', () => read(TABLE.replace('80,am', 'many,am')), /^3: the weight "many"/],
    [
      'a value of the wrong type',
      () => read(TABLE.replace('1985-01-01', '01.01.1985')),
      /^3: "01\.01\.1985" in the column "born"/,
    ],
    [
      'an unmapped value',
      () => read(TABLE.replace(',F,', ',X,')),
      /^2: "X" in the column "sex" \/ one of the mapped values: F, M/,
    ],
    ['a missing column', () => read(TABLE.replace('income', 'pay')), /no column "income"/],
    ['a row with too few cells', () => read(TABLE.replace(',,\n', '\n')), /^3: 8 cells \/ 10/],
    ['an empty table', () => read('w\n'), /no rows|no column/],
    [
      'a fact that no rule asks about',
      () => readMapping({ file: 'm.yaml', text: MAPPING.replace('work.occupation', 'work.job') }, book.schema),
      /the fact "work\.job"/,
    ],
    [
      'a list in one cell',
      () => readMapping({ file: 'm.yaml', text: MAPPING.replace('work.occupation', 'family') }, book.schema),
      /the fact "family"/,
    ],
    [
      'a passport field nobody knows',
      () => readMapping({ file: 'm.yaml', text: MAPPING.replace('biometric: chip', 'chip: chip') }, book.schema),
      /the field "chip"/,
    ],
  ];
  for (const [name, run, says] of WRONG)
    it(`refuses ${name}, with its place`, () => {
      const wrong = problemsOf(run);
      assert.ok(
        wrong.some((p) => says.test(p)),
        wrong.join('\n') || 'nothing was refused',
      );
    });
});

/** Days as days and as times, a yes or no as such: as other programs write them. */
const OF: ColumnTypes = { w: 'DOUBLE', born: 'DATE', until: 'TIMESTAMP', chip: 'BOOLEAN' };

describe('own microdata in a file', () => {
  it('give the same answer as CSV and as Parquet, and a file that is none is refused', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
    try {
      const [csv, parquet, map] = ['t.csv', 't.parquet', 'm.yaml'].map((f) => join(dir, f)) as [string, string, string];
      writeFileSync(csv, TABLE);
      writeFileSync(map, MAPPING);
      const columns = (TABLE.split('\n')[0] as string).split(',');
      const types = Object.fromEntries(columns.map((c) => [c, OF[c] ?? 'VARCHAR'])) as ColumnTypes;
      await writeParquet(parquet, TABLE, types, 'en');
      const ask = (file: string) => tableOf(book, { data: file, mapping: map }, 'en');
      const [a, b] = [await ask(csv), await ask(parquet)];
      assert.deepEqual([...(b?.weights ?? [])], [120.5, 80, 0]);
      for (let i = 0; i < 3; i++)
        assert.deepEqual(
          [...(b as TablePeople).situation(i, on).person.facts],
          [...(a as TablePeople).situation(i, on).person.facts],
        );
      const told = await called(labCoverage, '--data', csv, '--mapping', map);
      assert.match(told.out, /3 rows of your table stand for/);
      // What is answered can be a table as well, of either kind.
      const [table, same] = [join(dir, 'c.csv'), join(dir, 'c.parquet')];
      for (const out of [table, same])
        await called(labCoverage, '--data', csv, '--mapping', map, '--on', '2026-11-23', '--out', out);
      const cells = (text: string) => readCsv(text).rows.map((r) => [r.cells[0], r.cells[2], Number(r.cells[4])]);
      assert.deepEqual(cells(await readParquet(same, 'en')), cells(readFileSync(table, 'utf8')));
      const broken = join(dir, 'broken.parquet');
      writeFileSync(broken, TABLE);
      await assert.rejects(ask(broken), /cannot be read as a Parquet table/);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
