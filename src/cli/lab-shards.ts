/**
 * Shards on this machine: a job made from files, and its shards computed. Who asks for them (threads of this process, a queue, a
 * cluster's scheduler, a hand) makes no difference to a byte.
 */
import { createHash } from 'node:crypto';
import { parseDay } from '../calendar/civil.ts';
import { TALLY_ARRAYS, tallyOf } from '../lab/outcome.ts';
import { type Sample, synthesise } from '../lab/population.ts';
import { type LabInputs, type Plan, Runner } from '../lab/run.ts';
import { sha256, useSha256 } from '../lab/sha256.ts';
import { type Identity, type Job, jobKey, runnerOf, type Shard, steppedShard, writeShard } from '../lab/shard.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { InputError } from './args.ts';
import { labText } from './lab-files.ts';
import { loadTexts } from './lab-inputs.ts';
import { type LawStore, lawKey } from './lab-law-store.ts';
import { version } from './version.ts';

// Results are sealed by whoever makes them and checked by whoever adds them up: gigabytes in a large run.
useSha256((text) => createHash('sha256').update(text).digest('hex'));

const DATA = ['figures', 'population', 'subgroups', 'answers', 'behaviour'] as const;

/** What a job made or computed here is of. */
export function identityHere(book: LawBook, lang: Lang): Identity {
  return {
    version: version(),
    law: book.digest,
    data: sha256(DATA.map((name) => sha256(labText(`diaspora/${name}.yaml`, lang).text)).join('\n')),
  };
}

/** Most rows of a shard unless told otherwise: with the law's tables of so many a thread takes some 0.3 GB, most of it for the law whatever the rows. */
const ROWS = 5000;

/** How a run is parted unless told otherwise: by the run alone, never by who computes it, so that it can be taken up by anybody. */
export function usualParts(plan: Pick<Plan, 'persons' | 'draws' | 'replicates'>): Job['parts'] {
  const draws = plan.draws + plan.replicates;
  return {
    rows: Math.ceil(plan.persons / Math.ceil(plan.persons / ROWS)),
    draws: Math.max(1, Math.min(8, Math.ceil(draws / 16))),
  };
}

/** In what a job differs from what is here, or nothing. */
export function differences(job: Identity, here: Identity): (keyof Identity)[] {
  return (['version', 'law', 'data'] as const).filter((k) => job[k] !== here[k]);
}

export function refusal(job: Identity, here: Identity, lang: Lang): string | undefined {
  const differ = differences(job, here);
  if (differ.length === 0) return undefined;
  const words: Record<keyof Identity, readonly [string, string]> = {
    version: ['version of the program', 'версия программы'],
    law: ['law (digest)', 'право (сумма)'],
    data: ['data of the lab (digest)', 'данные лаборатории (сумма)'],
  };
  const list = differ.map((k) => `${words[k][lang === 'ru' ? 1 : 0]}: ${short(job[k])} ≠ ${short(here[k])}`).join('; ');
  return lang === 'ru'
    ? `Это задание другого издания (${list}). Слагать можно только то, что считано одинаково: поставьте здесь то же издание программы, права и данных.`
    : `The job is of another edition than this one (${list}). Only what is computed alike may be added up: install the same program, law and data here.`;
}

const short = (x: string): string => (x.length > 16 ? x.slice(0, 12) : x);

/** Law, scenarios and data of a job, refused where they are not those of the job. */
export async function inputsOfJob(job: Job, lang: Lang): Promise<LabInputs> {
  const { inputs } = await loadTexts(job.scenarios, lang);
  const problem = refusal(job, identityHere(inputs.book, lang), lang);
  if (problem) throw new InputError(problem);
  return inputs;
}

/** Computes shards of one job, one after the other; those of the same rows share the law's tables. */
export class ShardMaker {
  readonly job: Job;
  readonly key: string;
  private readonly inputs: LabInputs;
  private readonly store: LawStore | undefined;
  private sample: Sample | undefined;
  private runner: { readonly rows: string; readonly runner: Runner } | undefined;

  /** `store`: where the law's tables are kept, and read from if they are there. */
  constructor(job: Job, inputs: LabInputs, store?: LawStore) {
    this.job = job;
    this.key = jobKey(job);
    this.inputs = inputs;
    this.store = store;
  }

  /** The text of a shard's result, stopping after each run of the kernel. */
  *make(shard: Shard): Generator<number, string> {
    const rows = shard.rows.join('-');
    if (this.runner?.rows !== rows) {
      const { population } = this.inputs;
      this.sample ??= synthesise(population, this.job.plan.persons, this.job.plan.seed);
      // Let go of the old tables before the new ones are made.
      this.runner = undefined;
      const key = lawKey(this.job, shard);
      const kept = this.store?.read(key);
      const runner = runnerOf(this.job, shard, this.inputs, this.sample, kept);
      if (this.store && !kept) this.store.write(key, runner.keep());
      this.runner = { rows, runner };
    }
    return writeShard(this.job, shard, yield* steppedShard(this.job, shard, this.runner.runner));
  }
}

/**
 * The digest of half a year of a hundred persons under the law as it is. Two machines on which it is the same count alike: it
 * holds kernel, law, population and arithmetic at once.
 */
export function proofOf(inputs: LabInputs): string {
  const plan: Plan = {
    persons: 100,
    seed: 1,
    from: parseDay('2022-02-24') as number,
    until: parseDay('2022-08-31') as number,
    draws: 0,
    replicates: 1,
    scenarios: [],
  };
  const runner = new Runner(plan, { ...inputs, laws: [inputs.book] }, [0, plan.persons]);
  const tally = tallyOf(runner.run(0, 0), runner.table(0));
  return sha256(JSON.stringify(TALLY_ARRAYS.map((k) => [...tally[k]])));
}
