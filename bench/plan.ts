/**
 * `npm run bench -- plan`: what a person waits for. The whole program as a process (`check`), and the search alone, on the
 * example persons and the whole law, and on synthetic worlds. Beside the process times stands that of an empty Node program.
 */

import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { parseDay } from '../src/calendar/civil.ts';
import { readBook } from '../src/law/book.ts';
import { startOf } from '../src/moves/claims.ts';
import { readPerson } from '../src/person/file.ts';
import type { Found } from '../src/plan/options.ts';
import { ONE_FRONT, searchPlans, streamPlans } from '../src/plan/search.ts';
import { machineLine, table, writePart } from './report.ts';

const root = join(import.meta.dirname, '..');
const ON = '2026-11-23';

const median = (xs: number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] as number;

/** Processor milliseconds of a process, the median of five. */
function processTime(args: readonly string[]): number {
  const times = Array.from({ length: 5 }, () => {
    const before = children();
    const r = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (r.status !== 0) throw new Error(`${args.join(' ')}: ${r.stderr}`);
    return children() - before;
  });
  return median(times);
}

/** Processor milliseconds of all processes started so far that have ended, as Linux counts them. */
function children(): number {
  const after = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(after[13]) + Number(after[14])) * 10;
}

/** Processor milliseconds of this process so far: other work on the machine weighs less. */
const cpu = (): number => {
  const c = process.cpuUsage();
  return (c.user + c.system) / 1000;
};

type Run = {
  readonly first: number | undefined;
  /** When none was missing of the plans that rest on what was told alone. */
  readonly told: number | undefined;
  readonly ms: number;
  readonly found: Found;
};

/** One search as a person has it: the time to the first plans, to all that rest on what was told alone, and to the end. */
function timed(run: () => ReturnType<typeof streamPlans>): Run {
  const start = cpu();
  const stream = run();
  let first: number | undefined;
  let told: number | undefined;
  for (;;) {
    const step = stream.next();
    if (first === undefined && step.value.plans.length) first = cpu() - start;
    if (told === undefined && step.value.completeOnTold) told = cpu() - start;
    if (step.done) return { first, told, ms: cpu() - start, found: step.value };
  }
}

/** A synthetic world of 35 countries and 250 routes in a process of its own: its memory is its own too. */
function alone(seed: number): { readonly [k: string]: number | boolean } {
  const script = `
import { searchPlans } from './src/plan/search.ts';
import { world } from './bench/plan-worlds.ts';
const { book, start } = world(${seed}, 35, 250);
const t = process.cpuUsage();
const f = searchPlans(book, start, { kind: 'permanent' }, { each: false, most: ${MOST_SYNTHETIC} });
const c = process.cpuUsage(t);
console.log(JSON.stringify({ ms: (c.user + c.system) / 1000, ...f.effort, complete: f.complete, plans: f.plans.length, mb: process.resourceUsage().maxRSS / 1024 }));`;
  const r = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  if (r.status !== 0) throw new Error(r.stderr);
  return JSON.parse(r.stdout) as { [k: string]: number | boolean };
}

/** Labels expanded at most in a synthetic world. */
const MOST_SYNTHETIC = 50_000;
const EFFORTS = ['expanded', 'generated', 'unmade', 'imitated', 'beaten'] as const;
const EFFORT_HEADS = ['labels expanded', 'moves tried', 'not made', 'imitated', 'beaten'];

function synthetic(): string {
  const runs = Array.from({ length: 20 }, (_, i) => {
    const x = alone(i + 1);
    process.stdout.write(`world ${i + 1}: ${JSON.stringify(x)}\n`);
    return x;
  });
  const row = (name: string, of: (xs: number[]) => number): string[] => [
    name,
    ...['ms', ...EFFORTS, 'plans', 'mb'].map((k) => of(runs.map((r) => Number(r[k]))).toFixed(0)),
  ];
  const whole = runs.filter((r) => r.complete).length;
  const head = ['', 'ms', ...EFFORT_HEADS, 'plans', 'peak MB of the process'];
  return [
    `Twenty synthetic worlds of 35 countries and 250 routes (\`bench/plan-worlds.ts\`, seeds 1 to 20), ten years, two visits between permits, the front of all countries together, each world in a cold process of its own, at most ${MOST_SYNTHETIC.toLocaleString('en')} labels. In ${whole} of 20 everything was looked at, so that the front is whole.`,
    '',
    table(head, [row('median', median), row('worst', (xs) => Math.max(...xs))], head.slice(1)),
  ].join('\n');
}

export async function run(): Promise<void> {
  const build = spawnSync(process.execPath, ['scripts/build.ts'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) throw new Error('the build failed');
  const book = readBook(readFileSync(join(root, 'dist', 'law.json'), 'utf8'));
  const empty = processTime(['-e', '0']);
  const check = processTime(['bin/foothold.mjs', 'check', 'people/irina.yaml', '--json', '--on', ON]);
  const rows: string[][] = [];
  const all: number[] = [];
  const firsts: number[] = [];
  const tolds: number[] = [];
  let whole = 0;
  const ones: Run[] = [];
  const stricts: Run[] = [];
  for (const file of globSync('people/*.yaml', { cwd: root }).sort()) {
    const members = (name: string) => ({ file: name, text: readFileSync(join(root, 'people', name), 'utf8') });
    const { person } = readPerson(file, readFileSync(join(root, file), 'utf8'), book.schema, members);
    if (!person) throw new Error(`${file} does not read`);
    const s = startOf(book, person, parseDay(ON) as number);
    const goal = { kind: 'permanent' } as const;
    // The program is warm before the first is measured.
    if (rows.length === 0) searchPlans(book, s, goal);
    const { first, told, ms, found } = timed(() => streamPlans(book, s, goal));
    all.push(ms);
    if (first !== undefined) firsts.push(first);
    if (told !== undefined) tolds.push(told);
    if (found.complete) whole++;
    const one = timed(() => streamPlans(book, s, goal, ONE_FRONT));
    const strict = timed(() => streamPlans(book, s, goal, { strict: true }));
    ones.push(one);
    stricts.push(strict);
    rows.push([
      basename(file, '.yaml'),
      first === undefined ? '' : first.toFixed(0),
      told === undefined ? '' : told.toFixed(0),
      ms.toFixed(0),
      ...EFFORTS.map((k) => String(found.effort[k])),
      found.complete ? 'yes' : 'no',
      found.bound === undefined ? '' : String(found.bound),
      String(found.plans.length),
      ...[one, strict].flatMap((r) => [`${r.ms.toFixed(0)}${r.found.complete ? '' : ' (stopped)'}`]),
    ]);
    process.stdout.write(`${rows.at(-1)?.join(' | ')}\n`);
  }
  const head = [
    'person',
    'first plan, ms',
    'on what was told, ms',
    'ms',
    ...EFFORT_HEADS,
    'complete',
    'bound, days',
    'plans',
    'one front, ms',
    'strict, ms',
  ];
  /** How many were whole, and how long they all took. */
  const front = (runs: readonly Run[]): string =>
    `whole for ${runs.filter((r) => r.found.complete).length} of ${runs.length}, median ${median(runs.map((r) => r.ms)).toFixed(0)} ms, worst ${Math.max(...runs.map((r) => r.ms)).toFixed(0)} ms`;
  const text = [
    '## Checking and planning on the real law',
    '',
    `${book.provisions.size} provisions. ${machineLine()}`,
    '',
    table(
      ['process', 'processor ms (median of 5)', 'of which Node itself'],
      [['`foothold check` of one person against the whole law, JSON', check.toFixed(0), empty.toFixed(0)]],
      ['processor ms (median of 5)', 'of which Node itself'],
    ),
    '',
    `The search alone, goal of permanence, one thread, processor time (load of the machine at the end ${loadavg()[0]?.toFixed(1)}): median ${median(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms; the first plan after ${median(firsts).toFixed(0)} ms in the median, ${Math.max(...firsts).toFixed(0)} ms at worst. "On what was told": by then none was missing of the plans that rest on nothing but what the person told and usual answers (${tolds.length} of ${rows.length}; median of these ${median(tolds).toFixed(0)} ms, worst ${Math.max(...tolds).toFixed(0)} ms; the rest did not end within 700 labels). "Complete": every label was looked at before the 1,500 of the default ran out (${whole} of ${rows.length}); else "bound" is the least days that a plan not yet found can take. "Not made": moves that ended before anything was made of them; they are among the beaten. That every plan is replayed by the verifier is a test (\`test/plan/search.test.ts\`).`,
    '',
    `"One front": all countries together, whatever would have to be assumed (\`--one-front\`, at most 5,000 labels): ${front(ones)}, those that were stopped among them. "Strict": nothing assumed at all (\`--strict\`): ${front(stricts)}.`,
    '',
    table(
      head,
      rows,
      head.slice(1).filter((h) => h !== 'complete'),
    ),
    '',
    synthetic(),
  ].join('\n');
  process.stdout.write(`${text}\n`);
  writePart('plan', text);
}
