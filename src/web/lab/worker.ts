/** A worker of the explorer: reads the law and the lab's data once, then runs the rows it is given. Nothing leaves it but counts. */
import { parseDay } from '../../calendar/civil.ts';
import { readAnswers } from '../../lab/answers.ts';
import { readBehaviour } from '../../lab/behaviour.ts';
import { floorRows } from '../../lab/brief-floor.ts';
import { keptDraws } from '../../lab/calibrate.ts';
import { compare } from '../../lab/compare.ts';
import { coverage } from '../../lab/coverage.ts';
import { type Figures, readFigures } from '../../lab/figures.ts';
import { type Floor, readFloor } from '../../lab/floor.ts';
import { hostsOf } from '../../lab/homes.ts';
import { outcomeOfTally, type Tally, tallyOf } from '../../lab/outcome.ts';
import { type Sample, synthesise } from '../../lab/population.ts';
import { readPopulation } from '../../lab/population-file.ts';
import type { LabText } from '../../lab/reading.ts';
import { type LabInputs, monthsOf, type Plan, Runner, totalDraws } from '../../lab/run.ts';
import { readScenarios, type Scenario, scenarioId } from '../../lab/scenario.ts';
import { admissionFrom, type Chances, quotasOf } from '../../lab/shard.ts';
import { readSubgroups } from '../../lab/subgroups.ts';
import type { LawBook } from '../../law/book.ts';
import { unpackBook } from '../law-pack.ts';
import { type Asked, type FromWorker, REPLICATES, type ToWorker, UNTIL } from './protocol.ts';

type Scope = {
  onmessage: ((e: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};
const scope = globalThis as unknown as Scope;

type Ready = {
  readonly inputs: LabInputs;
  readonly scenarios: readonly Scenario[];
  readonly figures: Figures;
  readonly floor: Floor;
};
let ready: Ready | undefined;
let sample: { readonly key: string; readonly of: Sample } | undefined;

scope.onmessage = (e) => {
  void hear(e.data).catch((error: unknown) => scope.postMessage({ failed: (error as Error).message }));
};

async function hear(m: ToWorker): Promise<void> {
  if ('law' in m) return await begin(m.law, m.data);
  if (!ready) throw new Error('The law is not there yet.');
  if ('chances' in m) again(ready, m.rows, m.of, m.chances);
  else if ('rows' in m) run(ready, m.rows, m.of);
  else finish(ready, m.tallies, m.of);
}

async function begin(law: string, data: string): Promise<void> {
  const text = async (url: string): Promise<string> =>
    ((await import(/* @vite-ignore */ url)) as { default: string }).default;
  const book = unpackBook(await text(law));
  const files = JSON.parse(await text(data)) as Record<string, string>;
  const of = (file: string): LabText => ({ file, text: files[file] as string });
  const figures = readFigures(of('diaspora/figures.yaml'));
  const population = readPopulation(of('diaspora/population.yaml'), book.schema, figures);
  const subgroups = readSubgroups(of('diaspora/subgroups.yaml'), book.schema);
  const known = new Set([...book.provisions.values()].map((p) => p.jurisdiction));
  const answers = readAnswers(of('diaspora/answers.yaml'), book.schema, figures, known);
  const behaviour = readBehaviour(of('diaspora/behaviour.yaml'), figures);
  const floor = readFloor(of('diaspora/floor.yaml'), book, figures);
  const scenarios = readScenarios(
    book,
    Object.keys(files)
      .filter((f) => f.startsWith('scenarios/'))
      .map(of),
  );
  ready = { inputs: { book, laws: [book], population, subgroups, answers, behaviour }, scenarios, figures, floor };
  scope.postMessage({
    ready: true,
    digest: book.digest,
    scenarios: scenarios.map((s) => ({
      id: s.id,
      title: s.patch.title,
      why: s.patch.why,
      from: Math.min(...s.patch.changes.map((c) => c.from)),
    })),
    groups: [
      { id: 'everybody', title: { en: 'Everybody', ru: 'Все' } },
      ...subgroups.map((s) => ({ id: s.id, title: s.title })),
    ],
    hosts: hostsOf(book),
    parameters: Object.entries(behaviour.parameters).map(([id, p]) => ({ id, says: p.says })),
  });
}

const chosen = (r: Ready, of: Asked): Scenario => {
  const found = r.scenarios.find((s) => s.id === scenarioId(of.scenario));
  if (!found) throw new Error(`There is no scenario "${of.scenario}".`);
  return found;
};

const planOf = (of: Asked): Plan => ({
  persons: of.persons,
  seed: of.seed,
  from: parseDay('2022-02-24') as number,
  until: parseDay(UNTIL) as number,
  draws: of.draws,
  replicates: REPLICATES,
  scenarios: [of.scenario],
});

const inputsOf = (r: Ready, of: Asked): LabInputs => ({ ...r.inputs, laws: [r.inputs.book, chosen(r, of).book] });

function runnerOf(r: Ready, rows: readonly [number, number], of: Asked): Runner {
  const plan = planOf(of);
  const inputs = inputsOf(r, of);
  const key = `${plan.persons} ${plan.seed}`;
  if (sample?.key !== key) sample = { key, of: synthesise(inputs.population, plan.persons, plan.seed) };
  return new Runner(plan, inputs, rows, sample.of);
}

/** Rows again, under some laws and draws, with everybody's chance of a place where a quota ran out. */
function again(r: Ready, rows: readonly [number, number], of: Asked, chances: readonly Chances[]): void {
  const runner = runnerOf(r, rows, of);
  const second: [number, number, Tally][] = [];
  for (const c of chances) {
    const [s, d] = c;
    const table = runner.table(s);
    second.push([s, d, tallyOf(runner.run(s, d, admissionFrom(c, table.homes.length, monthsOf(runner.plan))), table)]);
    scope.postMessage({ step: 1 });
  }
  scope.postMessage({ second });
}

function run(r: Ready, rows: readonly [number, number], of: Asked): void {
  const runner = runnerOf(r, rows, of);
  const { plan, inputs } = runner;
  const { patch } = chosen(r, of);
  const on = Math.max(inputs.population.on, Math.min(plan.until, Math.max(...patch.changes.map((c) => c.from)) + 1));
  const covered = (book: LawBook) =>
    coverage(book, runner.people, inputs.subgroups, on, { brief: true, floor: r.floor });
  const floor = floorRows({ before: covered(inputs.book), after: covered(inputs.laws[1] as LawBook) });
  scope.postMessage({ step: 1 });
  const part: Tally[][] = [[], []];
  for (let d = 0; d < totalDraws(plan); d++) {
    for (const [s, c] of runner.runAll(d).entries()) part[s]?.push(tallyOf(c, runner.table(s)));
    scope.postMessage({ step: 1 });
  }
  const quotas = [0, 1].map((s) => quotasOf(runner.table(s), monthsOf(plan)));
  scope.postMessage({ part, floor, floorOn: on, quotas });
}

function finish(r: Ready, tallies: readonly (readonly Tally[])[], of: Asked): void {
  const plan = planOf(of);
  const inputs = inputsOf(r, of);
  const outcomes = tallies.map((list) => list.map(outcomeOfTally));
  const hosts = hostsOf(inputs.book);
  const { kept, tried, met, calibrated } = keptDraws(r.figures, outcomes[0] ?? [], plan.replicates, hosts);
  const groups = ['everybody', ...inputs.subgroups.map((s) => s.id)];
  const comparison = compare(plan, inputs, outcomes, 1, groups, hosts, calibrated ? kept : undefined);
  scope.postMessage({ found: { comparison, tried, kept: kept.length, met, calibrated } });
}
