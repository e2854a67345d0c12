/**
 * `npm run bench -- lab`: the toy simulation in C, in typed arrays and in objects; many rules over many persons beside DuckDB;
 * the population; coverage; and the run with the whole law. Processor time, not the clock: the machine may be shared.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { parseDay } from '../src/calendar/civil.ts';
import { loadInputs } from '../src/cli/lab-inputs.ts';
import { compare } from '../src/lab/compare.ts';
import { coverage } from '../src/lab/coverage.ts';
import { hostsOf } from '../src/lab/homes.ts';
import { outcomeOf } from '../src/lab/outcome.ts';
import { SyntheticPeople } from '../src/lab/people.ts';
import { synthesise } from '../src/lab/population.ts';
import { rake } from '../src/lab/rake.ts';
import { Stream } from '../src/lab/random.ts';
import { drawOf, type LabInputs, type Plan, Runner } from '../src/lab/run.ts';
import { runPersonsOf } from '../src/lab/run-persons.ts';
import { Weights } from '../src/lab/weigh.ts';
import { Codebook, type FactColumn } from '../src/rules/columns.ts';
import { deriveColumns } from '../src/rules/derive.ts';
import type { Fixed } from '../src/rules/fixed.ts';
import { makeKernel } from '../src/rules/kernel.ts';
import { loadKernel } from '../src/rules/kernel-load.ts';
import { makeSql } from '../src/rules/sql.ts';
import { loadColumns, openDuckDb } from '../test/rules/duckdb.ts';
import { agents } from './lab-agents.ts';
import { objects, type Toy, typed } from './lab-kernel.ts';
import { newCounted, rowsOf, tableRun } from './lab-tables.ts';
import { machineLine, median, table, versionOf, writePart } from './report.ts';
import { samplePeople } from './rules.ts';
import { fixed, rule, schema } from './sample-rule.ts';

const root = join(import.meta.dirname, '..');
const TOY = 1_000_000;
const DAYS = 3650;

/** Seconds of processor time of this process. */
function seconds(task: () => void): number {
  const before = process.cpuUsage();
  task();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1e6;
}

type Reference = Toy & { readonly seconds: number };

function inC(): Reference | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-bench-'));
  try {
    const exe = join(dir, 'kernel');
    execFileSync('gcc', ['-O2', '-ffp-contract=off', '-o', exe, join(root, 'bench', 'lab-kernel.c'), '-lm']);
    const runs = Array.from(
      { length: 5 },
      () => JSON.parse(execFileSync(exe, [String(TOY), String(DAYS)], { encoding: 'utf8' })) as Reference,
    );
    return { ...(runs[0] as Reference), seconds: median(runs.map((r) => r.seconds)) };
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw e;
  } finally {
    if (existsSync(dir)) rmSync(dir, { recursive: true });
  }
}

type Threads = { readonly one: number; readonly two: number; readonly oneCpu: number; readonly twoCpu: number };

/** Persons of a turn: some ten milliseconds, so that among many turns some had both cores to themselves. */
const TURN = 20_000;

/**
 * The toy on one thread and on two, turn about, the least of many by the clock: other work on the machine only makes a turn longer.
 * And by processor time, which it hardly changes: that of one thread for the whole against the longer of two for a half each.
 */
async function threads(): Promise<Threads> {
  const code = `const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.url).then(({ typed }) => { typed(0, 50000, ${DAYS}); parentPort.postMessage('ready');
      parentPort.on('message', ([a, b]) => { const u = process.threadCpuUsage(); typed(a, b, ${DAYS});
        const v = process.threadCpuUsage(u); parentPort.postMessage((v.user + v.system) / 1e6); }); });`;
  const url = new URL('./lab-kernel.ts', import.meta.url).href;
  const workers = [0, 1].map(() => new Worker(code, { eval: true, workerData: { url } }));
  await Promise.all(workers.map((w) => new Promise((go) => w.once('message', go))));
  const turn = async (parts: readonly (readonly [number, number])[]): Promise<[number, number]> => {
    const start = performance.now();
    const cpu = await Promise.all(
      parts.map(
        (rows, j) =>
          new Promise<number>((go) => {
            const w = workers[j] as Worker;
            w.once('message', go);
            w.postMessage(rows);
          }),
      ),
    );
    return [(performance.now() - start) / 1000, Math.max(...cpu)];
  };
  const ones: [number, number][] = [];
  const twos: [number, number][] = [];
  for (let k = 0; k < 300; k++) {
    ones.push(await turn([[0, TURN]]));
    twos.push(
      await turn([
        [0, TURN / 2],
        [TURN / 2, TURN],
      ]),
    );
  }
  await Promise.all(workers.map((w) => w.terminate()));
  const least = (list: readonly [number, number][], k: 0 | 1): number => Math.min(...list.map((x) => x[k]));
  const middle = (list: readonly [number, number][]): number => median(list.map((x) => x[1]));
  return { one: least(ones, 0), two: least(twos, 0), oneCpu: middle(ones), twoCpu: middle(twos) };
}

async function kernelPart(): Promise<string> {
  typed(0, 100_000, DAYS);
  const one = typed(0, TOY, DAYS);
  const js = median(Array.from({ length: 5 }, () => seconds(() => void typed(0, TOY, DAYS))));
  const few = TOY / 10;
  const plain = 10 * median(Array.from({ length: 3 }, () => seconds(() => void objects(few, DAYS))));
  const fewer = TOY / 100;
  let framework = 0;
  const inFramework =
    100 *
    seconds(() => {
      framework = agents(fewer, DAYS).events;
    });
  assert.equal(framework, typed(0, fewer, DAYS).events);
  const t = await threads();
  const c = inC();
  if (c) {
    assert.equal(c.events, one.events);
    assert.equal(c.digest, one.digest);
  }
  const months = (s: number) => ((TOY * 120) / s / 1e6).toFixed(0);
  const rows = [
    ...(c ? [['C, gcc -O2', c.seconds.toFixed(3), months(c.seconds), '1.00']] : []),
    ['**Foothold, typed arrays**', js.toFixed(3), months(js), c ? (c.seconds / js).toFixed(2) : '–'],
    [
      'one object a person, Math.log and Math.exp (a tenth of the persons, times ten)',
      plain.toFixed(3),
      months(plain),
      c ? (c.seconds / plain).toFixed(2) : '–',
    ],
    [
      `flocc ${versionOf('flocc')}, one agent a person and one event a tick (a hundredth of the persons, times a hundred)`,
      inFramework.toFixed(1),
      months(inFramework),
      c ? (c.seconds / inFramework).toFixed(3) : '–',
    ],
  ];
  return [
    `The same simulation with random tables, ${TOY.toLocaleString('en')} persons, ten years, ${one.events.toLocaleString('en')} events: exponential waits, a logit over six options, Threefry keyed by person and event. ${c ? 'C and TypeScript give the same counts to the last person.' : 'No C compiler here.'}`,
    '',
    table(['program', 'seconds, one thread', 'million agent-months a second', '÷ C'], rows, [
      'seconds, one thread',
      'million agent-months a second',
      '÷ C',
    ]),
    '',
    `Two threads, ${TURN.toLocaleString('en')} persons: ${(1000 * t.two).toFixed(2)} ms by the clock against ${(1000 * t.one).toFixed(2)} on one (least of 300 turns, one about the other), **${(t.one / t.two).toFixed(2)}** times as fast (aim: 1.8); by processor time, the whole on one thread against the longer half of two, **${(t.oneCpu / t.twoCpu).toFixed(2)}** times. ${c ? `Typed arrays ÷ C: **${(c.seconds / js).toFixed(2)}** (aim: 0.5).` : ''}`,
  ].join('\n');
}

const RULES = 200;
const PERSONS = 200_000;

async function rulesPart(): Promise<string> {
  const codebook = new Codebook(schema);
  const columns = samplePeople(codebook, PERSONS);
  const variants: Fixed[] = Array.from({ length: RULES }, (_, k) => ({
    ...fixed,
    param: (name) => {
      const v = fixed.param(name);
      return typeof v === 'object' && v !== null && 'amount' in v ? { ...v, amount: 20_000 + 150 * k } : v;
    },
  }));
  const made = variants.map((f) => makeKernel(rule, f, codebook));
  deriveColumns(
    codebook,
    made.flatMap((m) => m.derived),
    columns,
    fixed,
  );
  const kernels = made.map((m) => loadKernel(m));
  const out = new Uint8Array(PERSONS);
  const yes = new Array<number>(RULES).fill(0);
  const all = (): void => {
    kernels.forEach((kernel, k) => {
      kernel(columns, 0, PERSONS, out);
      let n = 0;
      for (let i = 0; i < PERSONS; i++) if (out[i] === 1) n++;
      yes[k] = n;
    });
  };
  all();
  const js = median(Array.from({ length: 3 }, () => seconds(all)));
  const connection = await openDuckDb(1);
  const sqls = variants.map((f) => makeSql(rule, f, { schema, currencies: ['EUR'] }));
  await loadColumns(
    connection,
    'people',
    codebook,
    (sqls[0] as ReturnType<typeof makeSql>).columns as readonly FactColumn[],
    columns,
    PERSONS,
  );
  const query = `SELECT ${sqls.map((s, k) => `count(*) FILTER (${s.text})::INTEGER AS r${k}`).join(', ')} FROM people`;
  const times: number[] = [];
  let found: number[] = [];
  for (let k = 0; k < 3; k++) {
    const before = process.cpuUsage();
    const r = await connection.runAndReadAll(query);
    const used = process.cpuUsage(before);
    times.push((used.user + used.system) / 1e6);
    found = Object.values(r.getRowObjectsJS()[0] ?? {}) as number[];
  }
  connection.closeSync();
  assert.deepEqual(found, yes);
  const duck = median(times);
  return `${RULES} rules (the sample rule with ${RULES} thresholds) over ${PERSONS.toLocaleString('en')} persons, answers equal: compiled kernels ${js.toFixed(2)} s, DuckDB ${versionOf('@duckdb/node-api')} on one thread ${duck.toFixed(2)} s; **${(duck / js).toFixed(1)}** times as fast (aim: 2.5).`;
}

function rakingPart(): string {
  // 31,104 cells (6·6·6·6·6·4), nine margins: six of one attribute, three of two; targets from another table of the same cells.
  const sizes = [6, 6, 6, 6, 6, 4];
  const cells = sizes.reduce((a, b) => a * b, 1);
  const s = new Stream(1, 'raking');
  const index = (cell: number, k: number): number =>
    Math.floor(cell / sizes.slice(k + 1).reduce((a, b) => a * b, 1)) % (sizes[k] as number);
  const truth = Float64Array.from({ length: cells }, (_, c) => (s.at(c, 1) < 0.1 ? 0 : s.at(c, 0)));
  const seed = truth.map((x, c) => (x === 0 ? 0 : 0.2 + s.at(c, 2)));
  const margins = [[0], [1], [2], [3], [4], [5], [0, 1], [2, 3], [4, 5]].map((of, m) => {
    const groups = Int32Array.from({ length: cells }, (_, c) =>
      of.reduce((g, k) => g * (sizes[k] as number) + index(c, k), 0),
    );
    const targets = new Float64Array(of.reduce((g, k) => g * (sizes[k] as number), 1));
    truth.forEach((x, c) => {
      targets[groups[c] as number] = (targets[groups[c] as number] as number) + x;
    });
    return { id: String(m), groups, targets };
  });
  let rounds = 0;
  const time = median(
    Array.from({ length: 5 }, () =>
      seconds(() => {
        const r = rake(Float64Array.from(seed), margins, 1e-9);
        assert.ok(r.converged);
        rounds = r.rounds;
      }),
    ),
  );
  return `Raking ${cells.toLocaleString('en')} cells to nine margins: ${(time * 1000).toFixed(0)} ms, ${rounds} rounds to 1e-9 (aim: 200 ms).`;
}

const FROM = parseDay('2022-02-24') as number;
const UNTIL = parseDay('2027-02-23') as number;
const planOf = (persons: number, draws: number, replicates: number, scenarios: readonly string[]): Plan => ({
  persons,
  seed: 1,
  from: FROM,
  until: UNTIL,
  draws,
  replicates,
  scenarios,
});

/** A draw once the program is warm: median seconds, and decisions, over draws of the parameters. */
function warmDraw(runner: Runner, scenario = 0): { readonly seconds: number; readonly decisions: number } {
  const times: number[] = [];
  let decisions = 0;
  for (let d = 0; d < 50; d++) {
    let own = 0;
    const time = seconds(() => {
      own = runner.run(scenario, d).decisions[0] as number;
    });
    if (d < 30) continue;
    times.push(time);
    decisions += own / 20;
  }
  return { seconds: median(times), decisions };
}

/** The same draws by rows of a table (`lab-tables.ts`): median seconds, and decisions. */
function tableDraws(runner: Runner, inputs: LabInputs): { readonly seconds: number; readonly decisions: number } {
  const t = runner.table(0);
  const rows = rowsOf(t);
  const persons = runPersonsOf(runner.people, t, inputs.subgroups);
  const times: number[] = [];
  let decisions = 0;
  for (let d = 0; d < 50; d++) {
    const { parameters, luck } = drawOf(runner.plan, inputs.behaviour, d);
    const out = newCounted(t, persons.groupCount);
    const time = seconds(() => {
      const weights = new Weights(t.hosts, persons, inputs.behaviour, parameters);
      tableRun(rows, persons, weights, inputs.behaviour, parameters, runner.plan.seed, luck, runner.plan.until, out);
    });
    if (d < 30) continue;
    times.push(time);
    decisions += out.decisions / 20;
  }
  return { seconds: median(times), decisions };
}

const STRONG = 'turkey-tourist-residence-right';
const WEAK = 'georgia-without-work-permits';
/** Five scenarios beside the law as it is: two that change what many do, three that touch few or begin late. */
const FIVE = [STRONG, WEAK, 'kazakhstan-without-90-of-180', 'germany-humanitarian-pause', 'file-anywhere'];

async function lawPart(): Promise<string> {
  const { inputs, data } = await loadInputs(FIVE, 'en');
  const million = seconds(() => void synthesise(inputs.population, 1_000_000, 1));
  const n = 20_000;
  const sample = synthesise(inputs.population, n, 1);
  const people = new SyntheticPeople(inputs.book, inputs.population, sample, inputs.answers);
  const on = parseDay('2026-11-23') as number;
  const cover = seconds(
    () => void coverage(inputs.book, people, inputs.subgroups, on, { brief: true, floor: data.floor }),
  );
  const persons = 10_000;
  const runner = new Runner(planOf(persons, 60, 0, []), inputs, [0, persons]);
  const looking = seconds(() => void runner.table(0));
  const cold = seconds(() => void runner.run(0, 0));
  const warm = warmDraw(runner);
  // The same run with rows of a table in place of the law, turn about with it.
  const beside = tableDraws(runner, inputs);
  // The toy's price of an event on the same day and machine.
  typed(0, 50_000, DAYS);
  let events = 0;
  const toy = median(
    Array.from({ length: 5 }, () =>
      seconds(() => {
        events = typed(0, 200_000, DAYS).events;
      }),
    ),
  );
  const ratio = warm.seconds / warm.decisions / (toy / events);
  return [
    table(
      ['what', 'seconds of processor time'],
      [
        ['a million persons synthesised and raked (aim: 10)', million.toFixed(1)],
        [
          `coverage of one day by the letter and in practice, ${n.toLocaleString('en')} persons, ${runner.table(0).homes.length} routes to a home in ${hostsOf(inputs.book).length} countries`,
          cover.toFixed(1),
        ],
        [
          `the law looked up for five years, ${persons.toLocaleString('en')} persons, ${runner.table(0).states} states of the law of ${runner.table(0).hosts.length} countries`,
          looking.toFixed(1),
        ],
        [
          `the first draw of five years, ${persons.toLocaleString('en')} persons: permit holders are looked up`,
          cold.toFixed(2),
        ],
        [
          `a later draw, ${Math.round(warm.decisions).toLocaleString('en')} decisions (median of 20)`,
          warm.seconds.toFixed(3),
        ],
      ],
      ['seconds of processor time'],
    ),
    '',
    `The same run with rows of a table in place of the law (\`bench/lab-tables.ts\`: the same persons, days, waits, nests of choice and counts; what is open hangs on country, month and status alone, countries elsewhere are summed up beforehand): ${beside.seconds.toFixed(3)} s a draw, ${Math.round(beside.decisions).toLocaleString('en')} decisions. A decision under the whole law costs ${((1e6 * warm.seconds) / warm.decisions).toFixed(2)} µs, by table ${((1e6 * beside.seconds) / beside.decisions).toFixed(2)} µs: **${(warm.seconds / warm.decisions / (beside.seconds / beside.decisions)).toFixed(2)}** times (aim: 3).`,
    '',
    `An event of the toy, which has one block of random numbers and six options of one table, costs ${((1e6 * toy) / events).toFixed(2)} µs: a decision under the whole law is **${ratio.toFixed(1)}** times that, one by table ${(beside.seconds / beside.decisions / (toy / events)).toFixed(1)} times. Over 1,000 draws looking up the law is ${((100 * (looking + cold)) / (looking + cold + 1000 * warm.seconds)).toFixed(1)} % of the run (aim: under 50).`,
    '',
    scalePart(inputs),
    '',
    luckPart(inputs),
  ].join('\n');
}

/** A draw of all laws together once the program is warm: median seconds. */
function warmAll(runner: Runner): number {
  const times: number[] = [];
  for (let d = 0; d < 36; d++) {
    const time = seconds(() => void runner.runAll(d));
    if (d >= 24) times.push(time);
  }
  return median(times);
}

/** A bar a line; where cost that grows with `sizes` would end is a dot. */
function bars(list: readonly (readonly [string, number])[], sizes: readonly number[], unit: string): string[] {
  const [, first] = list[0] as readonly [string, number];
  const most = Math.max(...list.map(([, x]) => x), ...sizes.map((s) => s * first));
  const at = (x: number): number => Math.max(1, Math.round((40 * x) / most));
  return list.map(([name, x], k) => {
    const linear = at((sizes[k] as number) * first);
    const bar = '█'.repeat(at(x)).padEnd(41);
    return `${name.padEnd(28)} ${bar.slice(0, linear)}${bar[linear] === ' ' ? '·' : bar[linear]}${bar.slice(linear + 1)} ${x.toFixed(0)} ${unit}`.trimEnd();
  });
}

/** Cost against persons, scenarios and draws, and what the whole aim would take. */
function scalePart(inputs: LabInputs): string {
  const rows: string[][] = [];
  const laws: [string, number][] = [];
  let five: { table: number; draw: number; patched: number; all: number } | undefined;
  for (const n of [1250, 2500, 5000]) {
    const runner = new Runner(planOf(n, 60, 0, FIVE), inputs, [0, n]);
    const looked = seconds(() => void runner.table(0));
    const patched = [1, 2, 3, 4, 5].map((s) => seconds(() => void runner.table(s)));
    const mean = patched.reduce((a, b) => a + b, 0) / patched.length;
    const draw = warmDraw(runner).seconds;
    const all = warmAll(runner);
    if (n === 5000) {
      five = { table: looked, draw, patched: mean, all };
      const kept = runner.keep();
      for (let k = 1; k <= FIVE.length + 1; k++) {
        const some = { ...inputs, laws: inputs.laws.slice(0, k) };
        laws.push([
          `${k} ${k === 1 ? 'law' : 'laws'}`,
          1000 * warmAll(new Runner(planOf(n, 60, 0, FIVE.slice(0, k - 1)), some, [0, n], undefined, kept.slice(0, k))),
        ]);
      }
    }
    rows.push([
      n.toLocaleString('en'),
      looked.toFixed(2),
      mean.toFixed(2),
      (1000 * draw).toFixed(1),
      (1000 * all).toFixed(1),
      ((1e6 * draw) / n).toFixed(2),
    ]);
  }
  const runner = new Runner(planOf(2500, 200, 0, []), inputs, [0, 2500]);
  runner.table(0);
  let done = 0;
  let spent = 0;
  const draws = [25, 50, 100, 200].map((to) => {
    spent += seconds(() => {
      for (; done < to; done++) runner.run(0, done);
    });
    return [to, spent] as const;
  });
  const { table: once, draw, patched, all } = five as NonNullable<typeof five>;
  // As `lab run` parts it: 5,000 rows at a time, the law as it is and five scenarios, a thousand draws of each.
  const whole = (20 * (once + 5 * patched + 1000 * all)) / 2 / 60;
  return [
    'Cost against persons, one thread:',
    '',
    table(
      [
        'persons',
        'the law, s',
        'a scenario beside it, s (mean of five)',
        'a draw, ms',
        'a draw of all six laws, ms',
        'a draw, µs a person',
      ],
      rows,
      [
        'persons',
        'the law, s',
        'a scenario beside it, s (mean of five)',
        'a draw, ms',
        'a draw of all six laws, ms',
        'a draw, µs a person',
      ],
    ),
    '',
    `Cost against draws, 2,500 persons, all up to then: ${draws.map(([to, spent]) => `${to}: ${spent.toFixed(1)} s`).join(', ')}. A person is walked under a scenario only from where it is another law for them: six laws together cost **${(all / draw).toFixed(1)}** draws of one (six, if each were walked alone; the counts are the same).`,
    '',
    'The same as bars, each beside what it would be if cost grew as the first of its kind (`·`: linear):',
    '',
    '```text',
    ...bars(
      rows.map((r) => [`${r[0]} persons, a draw`, Number(r[3])]),
      [1, 2, 4],
      'ms',
    ),
    ...bars(
      draws.map(([to, spent]) => [`${to} draws, 2,500 persons`, 1000 * spent]),
      [1, 2, 4, 8],
      'ms',
    ),
    ...bars(laws, [1, 2, 3, 4, 5, 6], 'ms'),
    '```',
    '',
    `Six scenarios × 1,000 draws × 100,000 persons × five years on two threads, reckoned from the row of 5,000 (as \`lab run\` parts it): **${whole.toFixed(0)}** minutes (aim: 30).`,
  ].join('\n');
}

/** How much less a difference varies with shared luck. */
function luckPart(inputs: LabInputs): string {
  const pairs = 60;
  const n = 2000;
  const runner = new Runner(planOf(n, 0, pairs, [STRONG, WEAK]), inputs, [0, n]);
  const outcomes = [0, 1, 2].map((s) =>
    Array.from({ length: pairs }, (_, d) => outcomeOf(runner.run(s, d), runner.table(s))),
  );
  const plan = planOf(n, 0, pairs, [STRONG, WEAK]);
  const groups = ['everybody', ...inputs.subgroups.map((x) => x.id)];
  const rows = [1, 2].map((s) => {
    const c = compare(plan, inputs, outcomes, s, groups, hostsOf(inputs.book));
    const stable = c.rows.find((r) => r.group === 'everybody' && r.measure === 'stable');
    const ratio = (x: number) => (Number.isFinite(x) ? x.toFixed(1) : 'nothing differs');
    return [
      plan.scenarios[s - 1] as string,
      Math.round(stable?.difference.value ?? 0).toLocaleString('en'),
      ratio(c.sharedLuck),
      ratio(c.sharedLuckTime),
    ];
  });
  return [
    `Shared luck: how many times smaller the variance of a difference is than with luck of its own (${pairs} pairs, ${n.toLocaleString('en')} persons; aim: 10). A scenario that changes what many people do cannot be much better at the end of the run: who is changed is itself a matter of chance.`,
    '',
    table(['scenario', 'stable homes more at the end', 'count at the end', 'months in a stable home'], rows, [
      'stable homes more at the end',
      'count at the end',
      'months in a stable home',
    ]),
  ].join('\n');
}

export async function run(): Promise<void> {
  const text = [
    '## The lab',
    '',
    `${machineLine()} Processor time unless it says otherwise. Other work kept the cores busy meanwhile (load ${loadavg()[0]?.toFixed(0)} at the start): compare figures of one line, not across runs.`,
    '',
    await kernelPart(),
    '',
    await rulesPart(),
    '',
    rakingPart(),
    '',
    await lawPart(),
  ].join('\n');
  process.stdout.write(`${text}\n`);
  writePart('lab', text);
}
