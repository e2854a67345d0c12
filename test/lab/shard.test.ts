import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { runPlan } from '../../src/cli/lab-engine.ts';
import { loadTexts } from '../../src/cli/lab-inputs.ts';
import { labMerge } from '../../src/cli/lab-merge.ts';
import { labPopulation } from '../../src/cli/lab-population.ts';
import { labShard } from '../../src/cli/lab-shard.ts';
import { identityHere, ShardMaker } from '../../src/cli/lab-shards.ts';
import { STATES, UNITS } from '../../src/lab/counters.ts';
import { type FaultKind, Merger, outcomesDigest, ranges, readShard, ShardFault } from '../../src/lab/merge.ts';
import { addTally, type Outcome, outcomeOfTally, type Tally, TallySum, writeOutcome } from '../../src/lab/outcome.ts';
import { admissionOf, monthsOf, type Plan, Runner } from '../../src/lab/run.ts';
import { plainSha256, sha256 } from '../../src/lab/sha256.ts';
import { admissionFrom, chancesOf, type Job, jobOf, quotasOf, type Shard, writeShard } from '../../src/lab/shard.ts';
import { openDuckDb } from '../rules/duckdb.ts';
import { called } from '../support/run.ts';

const day = (t: string) => parseDay(t) as number;
const plan: Plan = {
  persons: 120,
  seed: 5,
  from: day('2022-02-24'),
  until: day('2022-09-30'),
  draws: 2,
  replicates: 2,
  scenarios: [],
};
// Places of a permit that many ask for: so few that the second pass differs from the first.
const scarce = {
  file: 'scarce.yaml',
  text: `title: {en: Few places, ru: Мало мест}
why: {en: a test, ru: проверка}
changes:
${['am/temporary-business', 'am/temporary-armenian', 'il/return', 'gb/global-talent', 'us/family-of-citizen']
  .map((r) => `  - {quota: ${r}, people: 20, per: year, from: 2022-02-24}\n`)
  .join('')}`,
};
const { inputs } = await loadTexts([scarce], 'en');
const identity = identityHere(inputs.book, 'en');
const jobWith = (rows: number, draws: number): Job => jobOf(identity, plan, [scarce], { rows, draws });

function textOf(maker: ShardMaker, shard: Shard): string {
  const steps = maker.make(shard);
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}

/** Every shard of a job computed in the order given and merged. */
function ran(job: Job, order: (s: Shard[]) => Shard[] = (s) => s): { merger: Merger; texts: Map<Shard, string> } {
  const merger = new Merger(job);
  const maker = new ShardMaker(job, inputs);
  const texts = new Map<Shard, string>();
  while (!merger.complete)
    for (const shard of order(merger.missing())) {
      texts.set(shard, textOf(maker, shard));
      merger.take(texts.get(shard) as string, `shard ${shard.index}`);
    }
  return { merger, texts };
}

const whole = ran(jobWith(120, 4));
const parted = ran(jobWith(50, 3), (s) => s.reverse());

describe('a shard', () => {
  it('hashes as SHA-256 does', () => {
    // Every length around the edges of a block, and letters of one to four bytes.
    for (let n = 0; n < 140; n++) {
      const text = 'aя€😀'.repeat(40).slice(0, n);
      const digest = createHash('sha256').update(text).digest('hex');
      assert.deepEqual([plainSha256(text), sha256(text)], [digest, digest], String(n));
    }
  });
  it('is the same bytes when it is computed alone, after others, and by another maker', () => {
    const job = jobWith(50, 3);
    const list = [...parted.texts.keys()];
    assert.ok(list.length >= 6 && list.some((s) => s.chances), 'places must run out for this to test anything');
    const alone = list.find((s) => s.index === 3) as Shard;
    assert.equal(textOf(new ShardMaker(job, inputs), alone), parted.texts.get(alone));
    const second = list.find((s) => s.chances && s.rows[0] === 50) as Shard;
    assert.equal(textOf(new ShardMaker(job, inputs), JSON.parse(JSON.stringify(second))), parted.texts.get(second));
  });
  it('reads back as what was written', () => {
    const [shard, text] = [...parted.texts][1] as [Shard, string];
    const read = readShard(text, 'here');
    assert.equal(writeShard(jobWith(50, 3), shard, read.result), text);
    assert.deepEqual([read.rows, read.draws, read.law], [shard.rows, shard.draws, inputs.book.digest]);
  });
  it('gives the same outcomes however the run is parted, quotas shared out among all', async () => {
    const digest = outcomesDigest(whole.merger.outcomes());
    assert.equal(outcomesDigest(parted.merger.outcomes()), digest);
    const embedded = await runPlan(plan, { ...inputs }, [], { workers: 1 });
    assert.deepEqual(embedded[0], whole.merger.outcomes()[0], 'the law as it is is the same run without the scenario');
  });
  it('shares places out as a run in one piece does', () => {
    const runner = new Runner({ ...plan, scenarios: ['scarce'] }, inputs, [0, 120]);
    const t = runner.table(1);
    const { granted } = runner.run(1, 0);
    const chances = chancesOf(1, 0, granted, quotasOf(t, monthsOf(plan)), monthsOf(plan));
    assert.ok(chances, 'places must run out');
    assert.deepEqual(admissionFrom(chances, t.homes.length, monthsOf(plan)), admissionOf(t, granted, monthsOf(plan)));
  });
});

describe('sums of tallies', () => {
  it('hold in four bytes what fits, and say the same as numbers of eight', () => {
    const [a, b] = [...parted.texts.values()].slice(0, 2).map((t) => readShard(t, 'x').result.tallies[0]?.[2] as Tally);
    const sum = new TallySum(a as Tally);
    sum.add(b as Tally);
    const plain = structuredClone(a) as Tally;
    addTally(plain, b as Tally);
    assert.equal(writeOutcome(sum.outcome()), writeOutcome(outcomeOfTally(plain)));
    const many = { ...(a as Tally), states: (a as Tally).states.map((_, k) => 4e9 + k) };
    const more = new TallySum(many);
    more.add(many);
    assert.deepEqual([...more.part('states')].slice(0, 2), [8e9, 8e9 + 2]);
    assert.deepEqual(
      more.part('stock'),
      (a as Tally).stock.map((x) => 2 * x),
    );
    assert.equal(sum.unlike(many), undefined);
    assert.equal(sum.unlike({ ...many, moved: many.moved.map(() => -1) }), 'moved');
    assert.equal(sum.unlike({ ...many, moved: many.moved.slice(1) }), 'moved');
  });
});

describe('merging shards', () => {
  const job = jobWith(50, 3);
  const texts = [...parted.texts.values()];
  const refused = (text: string, kind: FaultKind, merger = new Merger(job)): void => {
    const before = merger.progress[0];
    assert.throws(
      () => merger.take(text, 'x.json'),
      (e: unknown) => e instanceof ShardFault && e.kind === kind && e.where === 'x.json',
      kind,
    );
    assert.equal(merger.progress[0], before);
  };
  const reseal = (text: string, from: string | RegExp, to: string): string => {
    const body = `${text.replace(/,"digest":"[0-9a-f]{64}"\}\n$/, '')}}`.replace(from, to);
    assert.notEqual(`${body.slice(0, -1)},`, text.slice(0, body.length), 'nothing was replaced');
    return `${body.slice(0, -1)},"digest":"${sha256(body)}"}\n`;
  };
  it('adds each once, in any order, and names what is missing', () => {
    const merger = new Merger(job);
    const firsts = [...parted.texts].filter(([s]) => !s.chances);
    for (const [s, text] of firsts.slice(1)) {
      assert.equal(merger.take(text, String(s.index)), true);
      assert.equal(merger.take(text, 'again'), false);
    }
    const [left, text] = firsts[0] as [Shard, string];
    assert.ok(merger.missing().some((s) => s.index === left.index));
    assert.throws(() => merger.outcomes(), RangeError);
    merger.take(text, 'late');
    for (const [s, t] of parted.texts) if (s.chances) assert.equal(merger.take(t, 'second'), true);
    assert.equal(outcomesDigest(merger.outcomes()), outcomesDigest(whole.merger.outcomes()));
    assert.equal(ranges([7, 0, 1, 2, 9, 10]), '0-2, 7, 9-10');
  });
  it('refuses another version, law, data or job, what is damaged or cut, and a key it does not know', () => {
    const text = texts[0] as string;
    refused(reseal(text, `"version":"${job.version}"`, '"version":"9.9.9"'), 'version');
    refused(reseal(text, `"law":"${job.law}"`, `"law":"${sha256('other')}"`), 'law');
    refused(reseal(text, `"data":"${job.data}"`, `"data":"${sha256('other')}"`), 'data');
    refused(reseal(text, /"job":"[0-9a-f]+"/, `"job":"${sha256('other')}"`), 'job');
    refused(reseal(text, /"key":"[0-9a-f]+"/, `"key":"${sha256('other')}"`), 'key');
    refused(reseal(text, /"rows":\[\d+,\d+\]/, '"rows":[0,7]'), 'key');
    refused(text.replace(/"rows":\[\d+/, '"rows":[1'), 'damaged');
    refused(text.slice(0, -30), 'not-a-shard');
    refused('{"format":"something"}\n', 'not-a-shard');
  });
  it('raises an alarm where one key has two results', () => {
    const merger = new Merger(job);
    const text = texts[0] as string;
    merger.take(text, 'first');
    refused(reseal(text, /(\[\[0,\d+,\[)(\d+)/, '$17$2'), 'differs', merger);
    assert.equal(merger.take(text, 'first'), false);
  });
  it('refuses a second pass before the first ones are in', () => {
    refused([...parted.texts].find(([s]) => s.chances)?.[1] as string, 'key');
  });
});

describe('lab shard and lab merge', () => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
  after(() => rmSync(dir, { recursive: true }));
  const jobFile = join(dir, 'job.json');
  const begin = ['--persons', '200', '--to', '2022-04-30', '--seed', '5', '--rows', '100', '--each', '4', '--out', dir];
  it('part a run, compute its shards one by one, name what is missing, and end with the answer of lab run', async () => {
    const made = await called(labShard, ...begin, '--json');
    assert.equal(made.code, 0, made.err);
    assert.equal(JSON.parse(made.out).shards, 2);
    assert.equal((await called(labShard, '--job', jobFile, '--count')).out, '2\n');
    const early = await called(labMerge, dir);
    assert.equal(early.code, 1);
    assert.match(early.err, /Shards are missing \(2 of 2\): 0-1/);
    for (const index of ['0', '1', '1']) {
      const one = await called(labShard, '--job', jobFile, '--index', index);
      assert.equal(one.code, 0, one.err);
    }
    copyFileSync(join(dir, 'shard-000001.json'), join(dir, 'copy of shard 1.json'));
    const tables = join(dir, 'tables');
    const merged = await called(labMerge, dir, '--json', '--parquet', '--out', tables);
    assert.equal(merged.code, 0, merged.err);
    assert.match(merged.err, /1 files repeat a shard with the same counts/);
    const answer = JSON.parse(merged.out);
    // The answer may be put beside the shards, and then be asked for again: recipes for clusters do both.
    for (const _ of ['once', 'again']) {
      const beside = await called(labMerge, dir, '--json', '--out', dir);
      assert.equal(beside.code, 0, beside.err);
      assert.equal(JSON.parse(beside.out).digest, answer.digest);
      writeFileSync(join(dir, 'answer.json'), beside.out);
    }
    const job = JSON.parse(readFileSync(jobFile, 'utf8')) as Job;
    const alone = await runPlan({ ...job.plan, scenarios: [] }, inputs, [], { workers: 1 });
    assert.equal(answer.digest, outcomesDigest(alone));
    // The counters as Parquet, read back by DuckDB, are those of the run.
    const duck = await openDuckDb(1);
    const read = async (sql: string): Promise<unknown[][]> => (await duck.runAndReadAll(sql)).getRows();
    const file = join(tables, 'counters.parquet');
    const [[sum]] = (await read(
      `SELECT sum(units)::BIGINT FROM '${file}' WHERE scenario = 'law' AND draw = 2 AND subgroup = 'everybody' AND state = 'visitor'`,
    )) as [[bigint]];
    const o = alone[0]?.[2] as Outcome;
    let want = 0;
    for (let p = 0; p < o.days.length; p++) want += Math.round((o.states[p * STATES.length] as number) * UNITS);
    assert.equal(Number(sum), want);
    assert.ok(want > 0);
    const [[abroad]] = (await read(`SELECT sum(people) FROM '${join(tables, 'stock.parquet')}' WHERE draw = 0`)) as [
      [number],
    ];
    const [firstDraw] = alone[0] as Outcome[];
    assert.ok(Math.abs(abroad - (firstDraw as Outcome).stock.reduce((a, b) => a + b, 0)) < 1);
    const sample = join(dir, 'people.parquet');
    assert.equal((await called(labPopulation, '--persons', '300', '--seed', '2', '--out', sample)).code, 0);
    const [[rows, weight]] = (await read(`SELECT count(*)::INTEGER, sum(weight) FROM '${sample}'`)) as [
      [number, number],
    ];
    assert.equal(rows, 300);
    assert.ok(Math.abs(weight - inputs.population.total) < 1, String(weight));
  });
  it('refuse a folder of another job, a job of another law, and a machine that counts otherwise', async () => {
    const other = await called(labShard, '--persons', '300', '--out', dir);
    assert.match(other.err, /holds another job already/);
    const changed = (name: string, from: RegExp, to: string): string => {
      const file = join(dir, '..', `${name}-${process.pid}.json`);
      writeFileSync(file, readFileSync(jobFile, 'utf8').replace(from, to));
      return file;
    };
    const law = changed('law', /"law": "[0-9a-f]+"/, `"law": "${sha256('x')}"`);
    const proof = changed('proof', /"proof": "[0-9a-f]+"/, `"proof": "${sha256('x')}"`);
    const none = changed('none', /foothold-job\/2/, 'foothold-job/9');
    try {
      const out = mkdtempSync(join(dir, 'out-'));
      for (const [file, says] of [
        [law, /of another edition than this one \(law \(digest\): /],
        [proof, /counts otherwise than the one that made the job/],
        [none, /no job of the lab/],
      ] as const) {
        const said = await called(labShard, '--job', file, '--index', '0', '--out', out);
        assert.equal(said.code, 1);
        assert.match(said.err, says);
      }
      assert.deepEqual(readdirSync(out), []);
    } finally {
      for (const f of [law, proof, none]) rmSync(f);
    }
    const far = await called(labShard, '--job', jobFile, '--index', '4');
    assert.match(far.err, /there is no shard 4/);
    const second = await called(labShard, '--job', jobFile, '--index', '2');
    assert.match(second.err, /no place was scarce in its draws/);
  });
});
