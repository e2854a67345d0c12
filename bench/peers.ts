/**
 * `npm run bench -- peers`: the search beside two solvers that are told the same worlds in their own words, each looking for
 * the whole front; and what the search costs as worlds grow. Processor time, so that other work on the machine weighs less.
 */

import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { searchPlans } from '../src/plan/search.ts';
import { clingoFront } from './peers-clingo.ts';
import type { PeerAnswer } from './peers-shared.ts';
import { z3Front } from './peers-z3.ts';
import { world } from './plan-worlds.ts';
import { machineLine, table, versionOf, writePart } from './report.ts';

const HORIZON = 3600;
const GOAL = { kind: 'permanent' } as const;
/** Processor seconds that clingo may take for one world, and a tenth of what z3 may. */
const LIMIT = Number(process.env.FOOTHOLD_PEER_LIMIT ?? 60);

const cpu = (): number => {
  const c = process.cpuUsage();
  return (c.user + c.system) / 1e6;
};

/** One world, the search and both solvers. A solver that has failed to finish is not asked about larger worlds. */
async function beside(): Promise<string> {
  const rows: string[][] = [];
  let clingo = true;
  let z3 = true;
  for (const [countries, routes, seed] of [
    [5, 13, 2],
    [10, 26, 1],
    [10, 26, 3],
    [20, 51, 1],
    [35, 90, 1],
  ] as const) {
    const { book, start, lands } = world(seed, countries, routes, 360);
    const options = { roam: true, bridges: true, each: false, moves: 4, most: 1e6, horizon: start.on + HORIZON };
    searchPlans(book, start, GOAL, { ...options, most: 300 });
    const begun = cpu();
    const { plans, complete } = searchPlans(book, start, GOAL, options);
    const own = cpu() - begun;
    if (!complete) throw new Error('the search of a world of the benchmark did not come to its end');
    const front = plans
      .map(({ metrics: m }) => [m.daysToGoal, m.discretionDays, m.costEur, m.moves, m.dangerDays].join(' '))
      .sort();
    const told = (x: PeerAnswer | undefined): string[] => {
      if (!x) return ['', ''];
      const same =
        x.front
          .map((f) => f.join(' '))
          .sort()
          .join() === front.join();
      if (!x.complete) return [`not done after ${x.seconds.toFixed(0)}`, `${x.front.length} plans by then`];
      return [`${x.seconds.toFixed(1)} (${(x.seconds / own).toFixed(1)} ×)`, same ? 'the same' : 'ANOTHER'];
    };
    const limits = { horizon: HORIZON, moves: 4, year: 360 };
    const z = z3 ? await z3Front(lands, limits, LIMIT * 10) : undefined;
    const c = clingo ? await clingoFront(lands, limits, LIMIT) : undefined;
    if (c && !c.complete) clingo = false;
    if (z && !z.complete) z3 = false;
    rows.push([
      String(countries),
      String(routes),
      String(seed),
      String(front.length),
      own.toFixed(2),
      ...told(z),
      ...told(c),
    ]);
    process.stdout.write(`${rows.at(-1)?.join(' | ')}\n`);
  }
  const head = [
    'world of countries',
    'routes',
    'seed',
    'plans',
    'search, s',
    'z3, s',
    'z3, front',
    'clingo, s',
    'clingo, front',
  ];
  return table(head, rows, head.slice(0, 5));
}

/** The search alone on one world, in a process of its own: its memory is its own too. */
async function alone(countries: number, moves: number, all: boolean): Promise<string[]> {
  const script = `
import { searchPlans } from './src/plan/search.ts';
import { world } from './bench/plan-worlds.ts';
const { book, start } = world(1, ${countries}, ${Math.round((countries * 90) / 35)});
const t = process.cpuUsage();
const f = searchPlans(book, start, { kind: 'permanent' }, { each: false, moves: ${moves}, most: 6000${all ? ', roam: true, bridges: true' : ''} });
const c = process.cpuUsage(t);
console.log(JSON.stringify({ ms: (c.user + c.system) / 1000, ...f.effort, complete: f.complete, plans: f.plans.length, mb: process.resourceUsage().maxRSS / 1024 }));`;
  const r = await promisify(execFile)(process.execPath, ['--input-type=module-typescript', '-e', script], {
    cwd: join(import.meta.dirname, '..'),
  });
  const x = JSON.parse(r.stdout) as { [k: string]: number | boolean };
  const row = [
    String(countries),
    String(Math.round((countries * 90) / 35)),
    String(moves),
    all ? 'nothing' : 'as usual',
    ...['generated', 'unmade', 'expanded', 'imitated', 'beaten'].map((k) => String(x[k])),
    (x.ms as number).toFixed(0),
    (x.mb as number).toFixed(0),
    String(x.plans),
    x.complete ? 'yes' : 'no',
  ];
  process.stdout.write(`${row.join(' | ')}\n`);
  return row;
}

async function growth(): Promise<string> {
  const head = [
    'countries',
    'routes',
    'moves',
    'left out',
    'moves tried',
    'not made',
    'labels expanded',
    'imitated',
    'beaten',
    'ms',
    'peak MB',
    'plans',
    'complete',
  ];
  const rows: string[][] = [];
  for (const countries of [5, 10, 20, 35, 60, 100]) rows.push(await alone(countries, 4, false));
  for (const moves of [2, 3, 5, 6, 8]) rows.push(await alone(35, moves, false));
  rows.push(await alone(100, 8, false));
  for (const countries of [5, 10, 20, 35]) rows.push(await alone(countries, 4, true));
  for (const moves of [2, 3, 5]) rows.push(await alone(20, moves, true));
  return [
    table(
      head,
      rows,
      head.filter((h) => h !== 'left out' && h !== 'complete'),
    ),
    '',
    plot(rows),
  ].join('\n');
}

/** Processor time against the size of the world, a line each, ten blocks more for ten times as much. */
function plot(rows: readonly (readonly string[])[]): string {
  const line = (r: readonly string[]): string => {
    const ms = Number(r[9]);
    const name = `${r[0]} countries, ${r[2]} moves${r[3] === 'nothing' ? ', nothing left out' : ''}`;
    return `${name.padEnd(42)} ${'█'.repeat(Math.max(1, Math.round(10 * Math.log10(ms))))} ${ms} ms${r[12] === 'yes' ? '' : ', not complete'}`;
  };
  return ['```text', ...rows.map(line), '```'].join('\n');
}

export async function run(): Promise<void> {
  // Side by side: processor time of one process does not hang on the other.
  const [grown, compared] = await Promise.all([growth(), beside()]);
  const text = [
    '## The search beside solvers, and as worlds grow',
    '',
    `${machineLine()} z3-solver ${versionOf('z3-solver')} and clingo-wasm ${versionOf('clingo-wasm')}, both WebAssembly. Processor seconds (load of the machine at the end ${loadavg()[0]?.toFixed(1)}).`,
    '',
    'Synthetic worlds (`bench/plan-worlds.ts`), ten years, four moves, two visits between answers, one application at a time, nothing left out (`roam`, `bridges`): each is asked for the whole front over days, days on discretion, EUR, moves and days in danger, and for the proof that it is whole. "×": how many times the search\'s time.',
    '',
    compared,
    '',
    `What was done to make it fair. Both: only routes whose conditions the person meets and homes that such permits count for; events as steps, twice as many as moves at most; what cannot follow (an event after the goal, two of a kind) ruled out; steps that are not needed at the end, so that no plan is there twice by its gaps. z3: exact days as integers, its own Pareto mode. clingo: days only from those that are sums of the law's periods, with the days around them (so a year is 360 days in these worlds, for all three), in order encoding; the best plan by the sum of the costs, again and again, each better in something than all before; at most ${LIMIT} processor seconds a world, and no larger world once it was not done. The search got exact days and no such hints. The search ran 300 labels before, loading the solvers is not counted.`,
    '',
    'What the search alone costs as worlds grow (seed 1; each in its own process, cold; at most 6,000 labels expanded; peak memory is that of the whole process):',
    '',
    grown,
  ].join('\n');
  process.stdout.write(`${text}\n`);
  writePart('peers', text);
  process.exit(0);
}
