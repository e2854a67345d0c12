/**
 * A run in shards. A job says everything a run hangs on; a shard is some rows of the population under some draws (and all
 * scenarios), and what it counts is a function of job and shard alone: the same bytes wherever it is run, under a key that is
 * made of its inputs. What carries shards about (threads, a queue, a cluster's scheduler) knows nothing of the lab.
 *
 * Where a route has a quota, its places are shared out among all rows. A shard that holds all rows does that itself; where the rows are
 * parted, first passes tell what would be granted, and second passes are told everybody's chance of a place.
 */
import { type Counters, UNITS } from './counters.ts';
import { TALLY_ARRAYS, type Tally, tallyOf } from './outcome.ts';
import { type LabInputs, monthsOf, type Plan, Runner, totalDraws } from './run.ts';
import { sha256 } from './sha256.ts';
import type { LawTables } from './tables.ts';

export const JOB_FORMAT = 'foothold-job/2';
export const SHARD_FORMAT = 'foothold-shard/2';

/** What program, law and data a job is of: whoever computes or merges must have the same. */
export type Identity = {
  /** Version of the program. */
  readonly version: string;
  /** Digest of the law as it is. */
  readonly law: string;
  /** Digest of the lab's own data: population, answers, subgroups, behaviour. */
  readonly data: string;
};

export type Job = Identity & {
  readonly format: typeof JOB_FORMAT;
  readonly plan: Omit<Plan, 'scenarios'>;
  /** The scenarios whole, so that whoever computes a shard needs no file of them. */
  readonly scenarios: readonly { readonly file: string; readonly text: string }[];
  /** Rows and draws of a shard; the last of each may have fewer. */
  readonly parts: { readonly rows: number; readonly draws: number };
  /** Digest of a few persons' run by the law as it is: a machine that counts otherwise is told apart before it does any work. */
  readonly proof?: string;
};

export type Range = readonly [from: number, to: number];

/** Everybody's chance of a place, where it is below one: scenario, draw, and by route and year. */
export type Chances = readonly [
  scenario: number,
  draw: number,
  places: readonly (readonly [route: number, year: number, chance: number])[],
];

export type Shard = {
  /** Its number in the job: first passes from 0, second passes after all of them, in the same order. */
  readonly index: number;
  readonly rows: Range;
  readonly draws: Range;
  /** Of a second pass: what the first ones gave. */
  readonly chances?: readonly Chances[];
};

export type ShardResult = {
  /** Places of quotas by scenario: route, year, places. Empty where the shard holds all rows and has shared them out. */
  readonly quotas: readonly (readonly (readonly [route: number, year: number, places: number])[])[];
  readonly tallies: readonly (readonly [scenario: number, draw: number, tally: Tally])[];
};

/** A job over a plan. `parts` outside 1 to all of it are brought within. */
export function jobOf(
  identity: Identity,
  plan: Plan,
  scenarios: Job['scenarios'],
  parts: Job['parts'],
  proof?: string,
): Job {
  const { persons, seed, from, until, draws, replicates } = plan;
  const within = (x: number, most: number): number => Math.max(1, Math.min(x, most));
  return {
    format: JOB_FORMAT,
    version: identity.version,
    law: identity.law,
    data: identity.data,
    plan: { persons, seed, from, until, draws, replicates },
    scenarios: scenarios.map(({ file, text }) => ({ file, text })),
    parts: { rows: within(parts.rows, persons), draws: within(parts.draws, totalDraws(plan)) },
    ...(proof === undefined ? {} : { proof }),
  };
}

/** The name of a job: everything its counts hang on, and how it is parted. The names of scenario files do not matter. */
export function jobKey(job: Job): string {
  const { format, version, law, data, plan, parts } = job;
  return sha256(JSON.stringify([format, version, law, data, plan, job.scenarios.map((s) => sha256(s.text)), parts]));
}

const steps = (whole: number, part: number): Range[] =>
  Array.from({ length: Math.ceil(whole / part) }, (_, k): Range => [k * part, Math.min(whole, (k + 1) * part)]);

/** First passes of a job, in order: rows before draws, so that neighbours share the law's tables. */
export function shardsOf(job: Job): Shard[] {
  const rows = steps(job.plan.persons, job.parts.rows);
  const draws = steps(job.plan.replicates + job.plan.draws, job.parts.draws);
  return rows.flatMap((r, i) => draws.map((d, k): Shard => ({ index: i * draws.length + k, rows: r, draws: d })));
}

/** The key of a shard. Two results under one key must be the same bytes. */
export function shardKey(job: string, shard: Shard): string {
  return sha256(JSON.stringify([job, shard.rows, shard.draws, shard.chances ?? null]));
}

/** Whether a shard holds all rows of its job, and so needs no second pass. */
export const holdsAll = (job: Job, shard: Shard): boolean => shard.rows[0] === 0 && shard.rows[1] === job.plan.persons;

/** How many runs of the kernel a shard is, second passes within it not counted. */
export const runsOf = (job: Job, shard: Shard): number =>
  shard.chances?.length ?? (shard.draws[1] - shard.draws[0]) * (job.scenarios.length + 1);

/** The plan of a job, as the runner takes it. */
export const planOf = (job: Job): Plan => ({ ...job.plan, scenarios: job.scenarios.map((s) => s.file) });

/** Runs a shard, stopping after each run of the kernel so that the caller may look up. `runner` must be of its rows. */
export function* steppedShard(job: Job, shard: Shard, runner: Runner): Generator<number, ShardResult> {
  const plan = planOf(job);
  const all = holdsAll(job, shard);
  const tallies: [number, number, Tally][] = [];
  let done = 0;
  if (shard.chances) {
    for (const chances of shard.chances) {
      const [s, d] = chances;
      const t = runner.table(s);
      tallies.push([s, d, tallyOf(runner.run(s, d, admissionFrom(chances, t.homes.length, monthsOf(plan))), t)]);
      yield ++done;
    }
    return { quotas: [], tallies };
  }
  const laws = job.scenarios.length + 1;
  const quotas = Array.from({ length: laws }, (_, s) => quotasOf(runner.table(s), monthsOf(plan)));
  const by: [number, number, Tally][][] = quotas.map(() => []);
  for (let d = shard.draws[0]; d < shard.draws[1]; d++) {
    // All laws of a draw are counted together, and told of one by one.
    const counted = runner.runAll(d);
    for (let s = 0; s < laws; s++) {
      const t = runner.table(s);
      let counters = counted[s] as Counters;
      if (all) {
        const full = chancesOf(s, d, counters.granted, quotas[s] as [number, number, number][], monthsOf(plan));
        if (full) counters = runner.run(s, d, admissionFrom(full, t.homes.length, monthsOf(plan)));
      }
      by[s]?.push([s, d, tallyOf(counters, t)]);
      yield ++done;
    }
  }
  for (const list of by) tallies.push(...list);
  return { quotas: quotas.map((x) => (all ? [] : x)), tallies };
}

/** The runner of a shard's rows. Shards of the same rows may share one. */
export const runnerOf = (
  job: Job,
  shard: Shard,
  inputs: LabInputs,
  sample: ConstructorParameters<typeof Runner>[3],
  /** The law's tables of these rows, where they were kept. */
  kept?: ConstructorParameters<typeof Runner>[4],
): Runner => new Runner(planOf(job), inputs, [shard.rows[0], shard.rows[1]], sample, kept);

/** Years of a run, as places of quotas are counted. */
export const yearsOf = (months: number): number => Math.ceil(months / 12) + 1;

/** Places of quotas by route and year, by the law at the end of each year. */
export function quotasOf(t: LawTables, months: number): [number, number, number][] {
  const out: [number, number, number][] = [];
  t.homes.forEach((_, r) => {
    if (t.localOf[r] === -1) return;
    for (let y = 0; y < yearsOf(months); y++) {
      const { quota } = t.routeMonth(r, Math.min(t.months - 1, y * 12 + 11));
      if (quota >= 0) out.push([r, y, quota]);
    }
  });
  return out;
}

/** Everybody's chance of a place, from what first passes over all rows would have granted; `undefined` where all are served. */
export function chancesOf(
  scenario: number,
  draw: number,
  granted: Float64Array,
  quotas: readonly (readonly [number, number, number])[],
  months: number,
): Chances | undefined {
  const places: [number, number, number][] = [];
  for (const [r, y, quota] of quotas) {
    const want = (granted[r * yearsOf(months) + y] as number) / UNITS;
    if (want > quota) places.push([r, y, quota / want]);
  }
  return places.length ? [scenario, draw, places] : undefined;
}

export function admissionFrom(chances: Chances, routes: number, months: number): Float64Array {
  const out = new Float64Array(routes * yearsOf(months)).fill(1);
  for (const [r, y, chance] of chances[2]) out[r * yearsOf(months) + y] = chance;
  return out;
}

/** A shard's result as text: the same result gives the same bytes, and the last thing in it seals the rest. */
export function writeShard(job: Job, shard: Shard, result: ShardResult): string {
  const key = jobKey(job);
  const shape = result.tallies[0]?.[2];
  const body = JSON.stringify({
    format: SHARD_FORMAT,
    version: job.version,
    law: job.law,
    data: job.data,
    job: key,
    key: shardKey(key, shard),
    index: shard.index,
    rows: shard.rows,
    draws: shard.draws,
    ...(shard.chances ? { chances: shard.chances } : {}),
    shape: shape && { days: shape.days, groups: shape.groups, hosts: shape.hosts, months: shape.months },
    quotas: result.quotas,
    tallies: result.tallies.map(([s, d, t]) => [s, d, ...TALLY_ARRAYS.map((k) => [...t[k]])]),
  });
  return `${body.slice(0, -1)},"digest":"${sha256(body)}"}\n`;
}
