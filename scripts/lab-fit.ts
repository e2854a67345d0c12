/**
 * `npm run lab:fit`: searches values of the parameters of behaviour and of the drawbacks of countries with which the run of 2022 to
 * 2024 comes near the figures that may be fitted to (`use: fit`), and to nothing else. A cross-entropy search (Rubinstein 1999):
 * values are drawn around a middle, the nearest eighth of them gives the next middle and spread. The same seed, law and data give the
 * same values. It prints what it found; `diaspora/behaviour.yaml` is written by hand.
 */
import { parseDay } from '../src/calendar/civil.ts';
import { loadInputs } from '../src/cli/lab-inputs.ts';
import { centre, PARAMETERS, type ParameterName, type Parameters } from '../src/lab/behaviour.ts';
import { distance, type FitValue, fitValues } from '../src/lab/calibrate.ts';
import { newCounters } from '../src/lab/counters.ts';
import { runPersons } from '../src/lab/dynamics.ts';
import { outcomeOf } from '../src/lab/outcome.ts';
import { log, Stream } from '../src/lab/random.ts';
import { monthsOf, type Plan, Runner } from '../src/lab/run.ts';
import { runPersonsOf } from '../src/lab/run-persons.ts';

const PERSONS = 3000;
const ROUNDS = Number(process.argv[2] ?? 20);
const EACH = 112;
const NEAREST = 14;

/** How far values may go: beyond what anybody would believe. */
const WITHIN: { readonly [P in ParameterName]?: readonly [number, number] } = {
  homePull: [1, 7.5],
  moveCost: [0.5, 3.5],
  visaRun: [0, 4],
  returning: [-2, 1],
  returnNoHome: [0, 2.5],
  openQuestion: [0.1, 0.6],
  papers: [0.3, 0.95],
  arrivesWithPermit: [0.4, 0.84],
};
const DRAWBACK = [-3, 6] as const;

const { inputs, data } = await loadInputs([], 'en');
const plan: Plan = {
  persons: PERSONS,
  seed: 1,
  from: parseDay('2022-02-24') as number,
  until: parseDay('2024-12-31') as number,
  draws: 0,
  replicates: 4,
  scenarios: [],
};
const runner = new Runner(plan, inputs, [0, PERSONS]);
const tables = runner.table(0);
const persons = runPersonsOf(runner.people, tables, inputs.subgroups);
const names = PARAMETERS.filter((p) => WITHIN[p]);
const hosts = [...inputs.behaviour.drawbacks.keys()];
const bounds = [...names.map((p) => WITHIN[p] as readonly [number, number]), ...hosts.map(() => DRAWBACK)];

function tried(x: readonly number[], luck: number): FitValue[] {
  const p = { ...centre(inputs.behaviour), ...Object.fromEntries(names.map((n, k) => [n, x[k]])) } as Parameters;
  const drawbacks = new Map(hosts.map((h, k) => [h, x[names.length + k] as number]));
  const out = newCounters(monthsOf(plan), persons.groupCount, tables.hosts.length, tables.homes.length);
  runPersons(tables, persons, { ...inputs.behaviour, drawbacks }, p, plan.seed, luck, plan.until, out);
  return fitValues(data.figures, outcomeOf(out, tables), tables.hosts);
}

const stream = new Stream(1, 'fit');
let at = 0;
/** A number of the normal distribution (Marsaglia's polar method). */
function normal(): number {
  for (;;) {
    const [a, b] = [2 * stream.at(at, 0) - 1, 2 * stream.at(at, 1) - 1];
    at++;
    const s = a * a + b * b;
    if (s < 1 && s > 0) return a * Math.sqrt((-2 * log(s)) / s);
  }
}

const now = centre(inputs.behaviour);
let middle = [...names.map((p) => now[p]), ...hosts.map((h) => inputs.behaviour.drawbacks.get(h) as number)];
let spread = bounds.map(([low, high]) => (high - low) / 6);
for (let round = 1; round <= ROUNDS; round++) {
  const all = Array.from({ length: EACH }, (_, k) => {
    const x = middle.map((m, j) => {
      const [low, high] = bounds[j] as readonly [number, number];
      return Math.min(high, Math.max(low, m + (spread[j] as number) * normal()));
    });
    const values = tried(x, 1 + (k % 4));
    return { x, off: distance(values), met: values.filter((v) => v.met).length };
  });
  all.sort((a, b) => a.off - b.off);
  const best = all.slice(0, NEAREST);
  middle = middle.map((_, j) => best.reduce((a, b) => a + (b.x[j] as number), 0) / NEAREST);
  spread = spread.map((s, j) => {
    const v = best.reduce((a, b) => a + ((b.x[j] as number) - (middle[j] as number)) ** 2, 0) / NEAREST;
    // Kept from closing too soon.
    return Math.max(0.3 * s, Math.sqrt(v));
  });
  const mean = best.reduce((a, b) => a + b.off, 0) / NEAREST;
  process.stdout.write(
    `round ${round}: nearest ${best[0]?.off.toFixed(3)} (${best[0]?.met} met), mean of ${NEAREST} ${mean.toFixed(3)}\n`,
  );
}
[...names, ...hosts.map((h) => `drawback ${h}`)].forEach((name, j) => {
  const [m, s] = [middle[j] as number, spread[j] as number];
  process.stdout.write(`${name.padEnd(20)} ${m.toFixed(2)}  ± ${s.toFixed(2)}\n`);
});
for (const luck of [1, 2, 3, 4]) {
  const values = tried(middle, luck);
  process.stdout.write(
    `luck ${luck}: ${values.map((v) => `${v.met ? '' : '!'}${v.id} ${v.value.toFixed(3)} [${v.range.join('–')}]`).join(', ')}\n`,
  );
}
