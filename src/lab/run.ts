/**
 * Runs as pure shards. A plan says everything; a shard is some rows of the population under one scenario and some draws, and its
 * counts are a function of plan and shard alone. Merging adds whole numbers: workers, order and restarts change no byte.
 */
import type { LawBook } from '../law/book.ts';
import type { Day } from '../rules/ir.ts';
import type { AnswerRule } from './answers.ts';
import { type Behaviour, centre, hypercube, type Parameters } from './behaviour.ts';
import { addCounters, type Counters, newCounters, UNITS } from './counters.ts';
import { type Admission, runPersons } from './dynamics.ts';
import { monthIndex } from './month.ts';
import { SyntheticPeople } from './people.ts';
import { type Sample, slice, synthesise } from './population.ts';
import type { PopulationModel } from './population-file.ts';
import { hash } from './random.ts';
import { type RunPersons, runPersonsOf } from './run-persons.ts';
import { runShared } from './shared.ts';
import type { Subgroup } from './subgroups.ts';
import { type KeptTables, LawTables } from './tables.ts';
import { Watch, watchable } from './watch.ts';

/** Everything a run hangs on. Two plans with the same key give the same bytes. */
export type Plan = {
  readonly persons: number;
  readonly seed: number;
  readonly from: Day;
  readonly until: Day;
  /** How many draws of parameters; the first replicate draws keep the parameters at their centre and change only the luck. */
  readonly draws: number;
  readonly replicates: number;
  readonly scenarios: readonly string[];
};

export type LabInputs = {
  readonly book: LawBook;
  /** The law of each scenario, the law as it is first. */
  readonly laws: readonly LawBook[];
  readonly population: PopulationModel;
  readonly subgroups: readonly Subgroup[];
  readonly answers: readonly AnswerRule[];
  readonly behaviour: Behaviour;
};

/** Name of a plan over its inputs: what a stored result belongs to. */
export function planKey(plan: Plan, inputs: LabInputs): string {
  const text = JSON.stringify([
    'foothold-run/1',
    plan,
    inputs.book.digest,
    inputs.laws.map((l) => [...l.provisions.values()].filter((p) => inputs.book.provisions.get(p.id) !== p)),
    inputs.population.attributes.map((a) => [a.id, a.categories.map((c) => c.id)]),
    inputs.population.margins.map((m) => [m.id, [...m.shares]]),
    inputs.population.associations.map((a) => [a.attribute, [...a.times]]),
    inputs.subgroups.map((s) => [s.id, s.when.text]),
    inputs.answers.map((a) => [
      a.fact,
      a.k,
      a.k === 'share' ? a.share : a.k === 'value' ? a.value : a.k === 'from' ? a.from : a.when.text,
    ]),
    inputs.behaviour.parameters,
    [...inputs.behaviour.drawbacks],
  ]);
  return `${hash(text).toString(16).padStart(8, '0')}${hash(`${text}~`).toString(16).padStart(8, '0')}`;
}

/** Parameters and luck of one draw: replicates first, then the hypercube. */
export function drawOf(
  plan: Plan,
  behaviour: Behaviour,
  draw: number,
): { readonly parameters: Parameters; readonly luck: number } {
  if (draw < plan.replicates) return { parameters: centre(behaviour), luck: draw + 1 };
  const k = draw - plan.replicates;
  const cached = cubes.get(behaviour);
  const cube =
    cached && cached.draws === plan.draws && cached.seed === plan.seed
      ? cached.cube
      : hypercube(behaviour, plan.draws, plan.seed);
  cubes.set(behaviour, { draws: plan.draws, seed: plan.seed, cube });
  return { parameters: cube[k] as Parameters, luck: draw + 1 };
}
const cubes = new WeakMap<Behaviour, { draws: number; seed: number; cube: Parameters[] }>();

export const totalDraws = (plan: Plan): number => plan.replicates + plan.draws;
export const monthsOf = (plan: Plan): number => monthIndex(plan.from, plan.until) + 1;

/** One worker's rows: the law's tables for every scenario are made when they are first needed, and shared by all draws. */
export class Runner {
  readonly plan: Plan;
  readonly inputs: LabInputs;
  readonly people: SyntheticPeople;
  private readonly tables: (LawTables | undefined)[];
  private persons: RunPersons | undefined;
  private watches: Watch[] | undefined;
  private readonly kept: readonly KeptTables[] | undefined;
  /** How many times so far the way of a person parted from that under the law as it is. */
  parted = 0;

  constructor(
    plan: Plan,
    inputs: LabInputs,
    rows: readonly [number, number],
    sample: Sample = synthesise(inputs.population, plan.persons, plan.seed),
    /** What `keep` gave for the same rows, days, law and data. */
    kept?: readonly KeptTables[],
  ) {
    this.kept = kept?.length === inputs.laws.length ? kept : undefined;
    this.plan = plan;
    this.inputs = inputs;
    this.people = new SyntheticPeople(
      inputs.book,
      inputs.population,
      slice(sample, rows[0], rows[1]),
      inputs.answers,
      rows[0],
    );
    this.tables = inputs.laws.map(() => undefined);
  }

  table(scenario: number): LawTables {
    let t = this.tables[scenario];
    if (!t) {
      const base = scenario === 0 ? undefined : this.table(0);
      const law = this.inputs.laws[scenario] as LawBook;
      t = new LawTables(law, this.people, this.plan.from, this.plan.until, base, this.kept?.[scenario]);
      this.tables[scenario] = t;
    }
    return t;
  }

  /** The law's tables under all laws, to be kept: made if they are not there. */
  keep(): KeptTables[] {
    const all = this.inputs.laws.map((_, s) => this.table(s));
    return all.map((t, s) => t.keep(s === 0 ? undefined : all[0]));
  }

  private rows(): RunPersons {
    this.persons ??= runPersonsOf(this.people, this.table(0), this.inputs.subgroups);
    return this.persons;
  }

  /** The counts of one draw under one scenario. */
  run(scenario: number, draw: number, admission?: Admission): Counters {
    const t = this.table(scenario);
    const persons = this.rows();
    const out = newCounters(monthsOf(this.plan), persons.groupCount, t.hosts.length, t.homes.length);
    const { parameters, luck } = drawOf(this.plan, this.inputs.behaviour, draw);
    runPersons(t, persons, this.inputs.behaviour, parameters, this.plan.seed, luck, this.plan.until, out, admission);
    return out;
  }

  /** The counts of one draw under all laws, without quotas: as `run` gives them one by one, in less time. */
  runAll(draw: number): Counters[] {
    const { behaviour, laws } = this.inputs;
    const base = this.table(0);
    const all = laws.map((_, s) => this.table(s));
    const persons = this.rows();
    if (!this.watches) for (const t of all) t.forget();
    const shared = all.flatMap((t, s) => (s > 0 && watchable(base, t) ? [s] : []));
    this.watches ??= shared.map((s) => new Watch(base, all[s] as LawTables));
    const out = all.map((t) => newCounters(monthsOf(this.plan), persons.groupCount, t.hosts.length, t.homes.length));
    const { parameters, luck } = drawOf(this.plan, behaviour, draw);
    this.parted += runShared(
      base,
      shared.map((s) => all[s] as LawTables),
      this.watches,
      persons,
      behaviour,
      parameters,
      this.plan.seed,
      luck,
      this.plan.until,
      [0, ...shared].map((s) => out[s] as Counters),
    );
    return out.map((counters, s) => (s === 0 || shared.includes(s) ? counters : this.run(s, draw)));
  }

  /** Whether some route of a scenario has a quota: its counts need a first pass over everybody. */
  hasQuota(scenario: number): boolean {
    return this.table(scenario).hasQuota;
  }
}

/**
 * The chance of getting one of a quota's places, by route and year, from what a first pass without it would have granted.
 * `granted` are the counts of all rows together.
 */
export function admissionOf(t: LawTables, granted: Float64Array, months: number): Admission {
  const years = Math.ceil(months / 12) + 1;
  const out = new Float64Array(t.homes.length * years).fill(1);
  t.homes.forEach((_, r) => {
    if (t.localOf[r] === -1) return;
    for (let y = 0; y < years; y++) {
      const { quota } = t.routeMonth(r, Math.min(t.months - 1, y * 12 + 11));
      const want = (granted[r * years + y] as number) / UNITS;
      if (quota >= 0 && want > quota) out[r * years + y] = quota / want;
    }
  });
  return out;
}

export { addCounters, newCounters };
