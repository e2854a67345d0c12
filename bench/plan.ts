/**
 * `npm run bench -- plan`: what a person waits for. The whole program as a process (`check`, `plan`), and the search alone,
 * on the example persons and the whole law. Beside the process times stands the time of an empty Node program in the same run.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDay } from '../src/calendar/civil.ts';
import { readBook } from '../src/law/book.ts';
import { startOf } from '../src/moves/claims.ts';
import { readPerson } from '../src/person/file.ts';
import { searchPlans, streamPlans } from '../src/plan/search.ts';
import { verifyPlan } from '../src/plan/verify.ts';
import { world } from './plan-worlds.ts';
import { machineLine, table, writePart } from './report.ts';

const root = join(import.meta.dirname, '..');
const ON = '2026-11-23';

const median = (xs: number[]): number => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] as number;

/** Milliseconds of a process, the median of five. */
function processTime(args: readonly string[]): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const r = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (r.status !== 0) throw new Error(`${args.join(' ')}: ${r.stderr}`);
    return performance.now() - start;
  });
  return median(times);
}

/** Milliseconds to the first plan of a search; undefined where there is none. */
function firstPlan(run: () => ReturnType<typeof streamPlans>): number | undefined {
  const start = performance.now();
  const stream = run();
  for (;;) {
    const step = stream.next();
    if (step.value.plans.length) return performance.now() - start;
    if (step.done) return undefined;
  }
}

/** Synthetic worlds of several sizes: the search for the front of all countries together, three seeds each. */
function worlds(): string {
  const rows = [5, 10, 20, 35].flatMap((countries) => {
    const runs = [1, 2, 3].map((seed) => {
      const { book, start } = world(seed, countries, Math.round((countries * 250) / 35));
      const goal = { kind: 'permanent' } as const;
      const began = performance.now();
      const found = searchPlans(book, start, goal, { each: false, most: 6000 });
      return { ms: performance.now() - began, found };
    });
    const of = (f: (r: (typeof runs)[number]) => number): string => median(runs.map(f)).toFixed(0);
    return [
      [
        String(countries),
        String(Math.round((countries * 250) / 35)),
        of((r) => r.ms),
        of((r) => r.found.effort.expanded),
        of((r) => r.found.effort.generated),
        of((r) => r.found.effort.imitated),
        of((r) => r.found.effort.beaten),
        `${runs.filter((r) => r.found.complete).length} of ${runs.length}`,
        of((r) => r.found.plans.length),
      ],
    ];
  });
  const head = ['countries', 'routes', 'ms', 'expanded', 'generated', 'imitated', 'beaten', 'complete', 'plans'];
  return table(head, rows, head);
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
  for (const file of globSync('people/*.yaml', { cwd: root }).sort()) {
    const members = (name: string) => ({ file: name, text: readFileSync(join(root, 'people', name), 'utf8') });
    const { person } = readPerson(file, readFileSync(join(root, file), 'utf8'), book.schema, members);
    if (!person) throw new Error(`${file} does not read`);
    const s = startOf(book, person, parseDay(ON) as number);
    for (const kind of ['permanent', 'protection'] as const) {
      searchPlans(book, s, { kind });
      const start = performance.now();
      const found = searchPlans(book, s, { kind });
      const ms = performance.now() - start;
      all.push(ms);
      const first = firstPlan(() => streamPlans(book, s, { kind }));
      if (first !== undefined) firsts.push(first);
      const good = found.plans.filter((p) => verifyPlan(book, s, { kind }, p, { processing: 'longest' }).ok).length;
      rows.push([
        basename(file, '.yaml'),
        kind,
        first === undefined ? '' : first.toFixed(0),
        ms.toFixed(0),
        String(found.expanded),
        found.complete ? 'yes' : 'no',
        String(found.plans.length),
        String(good),
      ]);
    }
  }
  const text = [
    '## Checking and planning on the real law',
    '',
    `${book.provisions.size} provisions. ${machineLine()}`,
    '',
    table(
      ['process', 'ms (median of 5)', 'of which Node itself'],
      [['`foothold check` of one person against the whole law, JSON', check.toFixed(0), empty.toFixed(0)]],
      ['ms (median of 5)', 'of which Node itself'],
    ),
    '',
    `The search alone, second run in one process, one thread; median ${median(all).toFixed(0)} ms, worst ${Math.max(...all).toFixed(0)} ms; the first plan after ${median(firsts).toFixed(0)} ms in the median, ${Math.max(...firsts).toFixed(0)} ms at worst. "Complete": every label was looked at before the 1,500 of the default ran out. "Verified": plans that the independent verifier replays.`,
    '',
    table(['person', 'goal', 'first plan, ms', 'ms', 'labels expanded', 'complete', 'plans', 'verified'], rows, [
      'first plan, ms',
      'ms',
      'labels expanded',
      'plans',
      'verified',
    ]),
    '',
    'Synthetic worlds (`bench/plan-worlds.ts`), ten years, two visits between permits, the front of all countries together, at most 6,000 labels; medians of three seeds:',
    '',
    worlds(),
  ].join('\n');
  process.stdout.write(`${text}\n`);
  writePart('plan', text);
}
