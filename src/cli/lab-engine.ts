/**
 * Runs a plan on worker threads: each has some rows, makes the law's tables for them once, and answers draw after draw. What is
 * finished is kept in the folder of the run, so that an interrupted run goes on where it stopped and ends with the same bytes.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { addCounters, type Counters } from '../lab/dynamics.ts';
import { type Outcome, outcomeOf, readOutcome, writeOutcome } from '../lab/outcome.ts';
import { synthesise } from '../lab/population.ts';
import { admissionOf, type LabInputs, monthsOf, type Plan, planKey, Runner, totalDraws } from '../lab/run.ts';

export type Progress = (done: number, total: number) => void;

export type EngineOptions = {
  readonly workers: number;
  /** Folder for what is finished; without one nothing is kept. */
  readonly out?: string;
  readonly progress?: Progress;
  /** Asked between draws: true stops the run; what is finished stays. */
  readonly cancelled?: () => boolean;
};

export class Cancelled extends Error {}

/** Outcomes by scenario (the law as it is first) and draw. */
export type Outcomes = readonly (readonly Outcome[])[];

/** What a worker is told: which files make its inputs, and which rows are its. */
export type WorkerTask = {
  readonly plan: Plan;
  readonly scenarios: readonly string[];
  readonly rows: readonly [number, number];
};
export type WorkerAsk = { readonly scenario: number; readonly draw: number; readonly admission?: Float64Array };

export async function runPlan(
  plan: Plan,
  inputs: LabInputs,
  scenarioNames: readonly string[],
  options: EngineOptions,
): Promise<Outcomes> {
  const draws = totalDraws(plan);
  const total = draws * inputs.laws.length;
  const key = planKey(plan, inputs);
  const folder = options.out === undefined ? undefined : join(options.out, `run-${key}`);
  if (folder) mkdirSync(folder, { recursive: true });
  const outcomes: (Outcome | undefined)[][] = inputs.laws.map(() =>
    new Array<Outcome | undefined>(draws).fill(undefined),
  );
  let done = 0;
  for (let s = 0; s < inputs.laws.length; s++)
    for (let d = 0; d < draws; d++) {
      const file = folder && join(folder, `${s}-${d}.json`);
      if (!file || !existsSync(file)) continue;
      (outcomes[s] as Outcome[])[d] = readOutcome(readFileSync(file, 'utf8'));
      done++;
    }
  options.progress?.(done, total);
  if (done < total) {
    const rows = parts(plan.persons, options.workers);
    const crew: Crew = options.workers <= 1 ? new Alone(plan, inputs) : new Threads(plan, scenarioNames, rows);
    try {
      // The tables that merging needs: hosts and routes do not hang on the rows.
      const first = new Runner({ ...plan, persons: 100 }, inputs, [0, 100]);
      for (let s = 0; s < inputs.laws.length; s++) {
        for (let d = 0; d < draws; d++) {
          if (outcomes[s]?.[d]) continue;
          if (options.cancelled?.()) throw new Cancelled();
          const t = first.table(s);
          let counters = await crew.run({ scenario: s, draw: d });
          if (first.hasQuota(s)) {
            const admission = admissionOf(t, counters.granted, monthsOf(plan));
            if (admission.some((x) => x < 1)) counters = await crew.run({ scenario: s, draw: d, admission });
          }
          const outcome = outcomeOf(counters, t);
          (outcomes[s] as Outcome[])[d] = outcome;
          if (folder) {
            const aside = join(folder, `${s}-${d}.json.${process.pid}`);
            writeFileSync(aside, writeOutcome(outcome));
            renameSync(aside, join(folder, `${s}-${d}.json`));
          }
          done++;
          options.progress?.(done, total);
        }
      }
    } finally {
      await crew.end();
    }
  }
  return outcomes as Outcome[][];
}

/** Rows of each worker. */
export function parts(n: number, workers: number): [number, number][] {
  const count = Math.max(1, Math.min(workers, Math.ceil(n / 100)));
  return Array.from({ length: count }, (_, k): [number, number] => [
    Math.floor((n * k) / count),
    Math.floor((n * (k + 1)) / count),
  ]);
}

type Crew = { run(ask: WorkerAsk): Promise<Counters>; end(): Promise<void> };

class Alone implements Crew {
  private readonly runner: Runner;
  constructor(plan: Plan, inputs: LabInputs) {
    this.runner = new Runner(plan, inputs, [0, plan.persons], synthesise(inputs.population, plan.persons, plan.seed));
  }
  async run(ask: WorkerAsk): Promise<Counters> {
    // Lets a signal be heard between draws.
    await new Promise<void>((go) => setImmediate(go));
    return this.runner.run(ask.scenario, ask.draw, ask.admission);
  }
  async end(): Promise<void> {}
}

class Threads implements Crew {
  private readonly workers: Worker[];
  constructor(plan: Plan, scenarios: readonly string[], rows: readonly (readonly [number, number])[]) {
    const file = import.meta.url.endsWith('.ts') ? './lab-worker.ts' : './lab-worker.js';
    this.workers = rows.map(
      (r) =>
        new Worker(new URL(file, import.meta.url), { workerData: { plan, scenarios, rows: r } satisfies WorkerTask }),
    );
  }
  async run(ask: WorkerAsk): Promise<Counters> {
    const all = await Promise.all(
      this.workers.map(
        (w) =>
          new Promise<Counters>((yes, no) => {
            w.once('message', (m: Counters) => {
              w.off('error', no);
              yes(m);
            });
            w.once('error', no);
            w.postMessage(ask);
          }),
      ),
    );
    const [sum, ...rest] = all as [Counters, ...Counters[]];
    for (const c of rest) addCounters(sum, c);
    return sum;
  }
  async end(): Promise<void> {
    await Promise.all(this.workers.map((w) => w.terminate()));
  }
}
