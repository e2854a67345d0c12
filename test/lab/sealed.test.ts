/** A table of one's own in sealed parts: the same answer as in one piece, and nothing of it to be read on the way. */
import assert from 'node:assert/strict';
import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { labCoverage } from '../../src/cli/lab-coverage.ts';
import { labMerge } from '../../src/cli/lab-merge.ts';
import { labRun } from '../../src/cli/lab-run.ts';
import { labShard } from '../../src/cli/lab-shard.ts';
import { readCsv, writeCsv } from '../../src/lab/microdata.ts';
import { called, type Said } from '../support/run.ts';

const dir = mkdtempSync(join(tmpdir(), 'foothold-sealed-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const at = (name: string): string => join(dir, name);

const MAPPING = `weight: w
facts:
  now.country: country
  person.born: born
  work.occupation: job
  work.incomeMonth: income
  exposure.activist: {column: active, values: {"1": yes, "0": no}}
passport: {kind: {column: passport, values: {zagran: passport}}, biometric: chip, expires: until}
all: {person.citizenships: [ru], stays: [], statuses: [], offers: [], claims: [], family: []}
`;
const ROWS = [
  '120.5,ge,1990-04-12,software-developer,2513 EUR,1,zagran,no,2028-02-01',
  '80.25,am,1985-01-01,"journalist",,0,zagran,,',
  '0.1,kz,1999-12-31,builder,713 EUR,,zagran,yes,2031-05-05',
  '33.3,rs,1979-06-30,scientist,4113 EUR,,zagran,yes,2033-05-05',
  '7,tr,2001-02-03,,,1,zagran,no,2027-01-05',
];
const SECRETS = /2513|4113|journalist|1979-06-30|zagran|incomeMonth/;

/** Runs a command with a passphrase on a descriptor of its own. */
const withPassphrase =
  (passphrase: string) =>
  async (command: Parameters<typeof called>[0], ...args: readonly string[]): Promise<Said> => {
    writeFileSync(at('passphrase'), `${passphrase}\n`);
    const fd = openSync(at('passphrase'), 'r');
    try {
      return await called(command, ...args, '--passphrase-fd', String(fd));
    } finally {
      closeSync(fd);
    }
  };

describe('a table in sealed parts', () => {
  const secret = withPassphrase('correct horse battery');
  const data = ['--data', at('people.csv'), '--mapping', at('mapping.yaml'), '--on', '2026-11-23'];
  const job = at('job/job.json');
  before(() => {
    writeFileSync(at('people.csv'), `w,country,born,job,income,active,passport,chip,until\n${ROWS.join('\n')}\n`);
    writeFileSync(at('mapping.yaml'), MAPPING);
  });
  it('is not made unless it is said that it may', async () => {
    const refused = await called(labShard, ...data, '--out', at('job'));
    assert.equal(refused.code, 2);
    assert.match(refused.err, /facts about real persons[\s\S]*--allow-microdata/);
    assert.ok(!readdirSync(dir).includes('job'));
  });
  it('gives the answer of the whole table, and what lies in the folder cannot be read', async () => {
    const made = await secret(labShard, ...data, '--allow-microdata', '--rows', '3', '--out', at('job'), '--json');
    assert.equal(made.code, 0, made.err);
    assert.equal(JSON.parse(made.out).shards, 2);
    assert.equal((await called(labShard, '--job', job, '--count')).out, '2\n');
    const early = await secret(labMerge, at('job'));
    assert.equal(early.code, 1);
    assert.match(early.err, /Parts are missing \(2 of 2\): 0-1/);
    for (const index of ['1', '0', '0']) {
      const done = await secret(labShard, '--job', job, '--index', index);
      assert.equal(done.code, 0, done.err);
    }
    const whole = await called(labCoverage, ...data, '--json');
    const parts = await secret(labMerge, at('job'), '--json');
    assert.equal(parts.code, 0, parts.err);
    assert.deepEqual(JSON.parse(parts.out), JSON.parse(whole.out));
    assert.equal(parts.out, whole.out);
    for (const name of readdirSync(at('job'))) {
      const file = join(at('job'), name);
      assert.equal(statSync(file).mode & 0o077, 0, name);
      assert.doesNotMatch(readFileSync(file, 'latin1'), SECRETS, name);
      if (name !== 'job.json') assert.match(readFileSync(file, 'latin1'), /^age-encryption\.org\/v1\n-> scrypt /, name);
    }
    assert.equal(statSync(at('job')).mode & 0o077, 0);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(job, 'utf8'))).sort(), [
      'data',
      'each',
      'format',
      'id',
      'law',
      'on',
      'rows',
      'version',
    ]);
  });
  it('is opened by its passphrase and by no other', async () => {
    const wrong = await withPassphrase('correct horse')(labShard, '--job', job, '--index', '0');
    assert.equal(wrong.code, 0, 'part 0 is done already: no passphrase is needed to see that');
    rmSync(join(at('job'), 'covered-000000.age'));
    const refused = await withPassphrase('correct horse')(labShard, '--job', job, '--index', '0');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /key\.age: this is not its passphrase/);
    assert.ok(!readdirSync(at('job')).includes('covered-000000.age'));
    const gone = await secret(labMerge, at('job'));
    assert.match(gone.err, /Parts are missing \(1 of 2\): 0\n/);
  });
  it('is refused where a file was changed, cut short or moved, and under another law', async () => {
    const rows = join(at('job'), 'rows-000001.age');
    const good = readFileSync(rows);
    const covered = join(at('job'), 'covered-000001.age');
    rmSync(covered);
    const bad = Buffer.from(good);
    bad[bad.length - 20] = (bad[bad.length - 20] as number) ^ 1;
    for (const spoilt of [bad, good.subarray(0, -40)]) {
      writeFileSync(rows, spoilt);
      const said = await secret(labShard, '--job', job, '--index', '1');
      assert.equal(said.code, 1);
      assert.match(said.err, /rows-000001\.age cannot be opened/);
    }
    copyFileSync(join(at('job'), 'rows-000000.age'), rows);
    assert.match((await secret(labShard, '--job', job, '--index', '1')).err, /is part 0 of the job .*, not part 1 of/);
    writeFileSync(rows, good);
    const text = readFileSync(job, 'utf8');
    writeFileSync(job, text.replace(/"law": "\w{4}/, '"law": "0000'));
    assert.match((await secret(labShard, '--job', job, '--index', '1')).err, /another edition/);
    writeFileSync(job, text);
  });
  it('cannot be put on a queue: there is no option for it', async () => {
    const r = await called(labRun, '--on', 'redis://127.0.0.1:1', '--data', at('people.csv'));
    assert.equal(r.code, 2);
    assert.match(r.err, /"lab run" has no option "--data"/);
  });
  it('is parted so that every cell is read back as it was', () => {
    const text = 'a,b,c\n"x ""y"", z","1\n2",\n,,\n"\r",q,"w"\n';
    const { head, rows } = readCsv(text);
    const again = readCsv(
      writeCsv(
        head,
        rows.map((r) => r.cells),
      ),
    );
    assert.deepEqual([again.head, again.rows.map((r) => r.cells)], [head, rows.map((r) => r.cells)]);
  });
});
