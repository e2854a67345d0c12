/**
 * The embedded engine: the shards of a run computed by threads of this process and merged. What is finished is kept in the folder of
 * the run, so that an interrupted run goes on where it stopped and ends with the same bytes; `foothold lab merge` reads the same folder.
 */
import { join } from 'node:path';
import { Merger } from '../lab/merge.ts';
import type { Outcome } from '../lab/outcome.ts';
import type { LabInputs, Plan } from '../lab/run.ts';
import { type Job, jobOf, type Shard } from '../lab/shard.ts';
import { scenarioTexts } from './lab-files.ts';
import { ShardFolder } from './lab-shard-folder.ts';
import { identityHere, usualParts } from './lab-shards.ts';
import { type Hand, type Keeping, OwnHand, ThreadHand } from './lab-threads.ts';

export type Progress = (done: number, total: number) => void;

export type EngineOptions = {
  readonly workers: number;
  /** Folder for what is finished, and for the law's tables; without one nothing is kept. */
  readonly out?: string;
  readonly progress?: Progress;
  /** Asked between runs of the kernel: true stops; shards that are finished stay. */
  readonly cancelled?: () => boolean;
  /** Told of a file of the law's tables in the folder that was damaged and is made anew. */
  readonly note?: (file: string) => void;
  /** Rows and draws of a shard, where others than the usual ones are wanted. The result does not depend on it. */
  readonly parts?: Job['parts'];
};

export class Cancelled extends Error {}

/** Outcomes by scenario (the law as it is first) and draw. */
export type Outcomes = readonly (readonly Outcome[])[];

export async function runPlan(
  plan: Plan,
  inputs: LabInputs,
  scenarioNames: readonly string[],
  options: EngineOptions,
): Promise<Outcomes> {
  const job = jobOf(
    identityHere(inputs.book, 'en'),
    plan,
    scenarioTexts(scenarioNames, 'en'),
    options.parts ?? usualParts(plan),
  );
  const merger = new Merger(job);
  const folder = options.out === undefined ? undefined : new ShardFolder(runFolder(options.out, merger.key));
  if (folder) {
    folder.begin(job);
    folder.takeAll(merger);
  }
  const keeping: Keeping | undefined =
    options.out === undefined ? undefined : { out: options.out, note: options.note ?? (() => {}) };
  const hands: Hand[] =
    options.workers <= 1
      ? [new OwnHand(inputs, keeping)]
      : Array.from({ length: options.workers }, () => new ThreadHand(keeping));
  await embedded(merger, hands, options, folder);
  return merger.outcomes();
}

/** The folder of a run within the folder asked for: runs of different plans do not meet. */
export const runFolder = (out: string, key: string): string => join(out, `run-${key.slice(0, 16)}`);

/** Has every missing shard computed by one of the hands, and merges. Ends the hands. */
async function embedded(
  merger: Merger,
  hands: readonly Hand[],
  options: EngineOptions,
  folder: ShardFolder | undefined,
): Promise<void> {
  const { job } = merger;
  const claimed = new Set<Shard>();
  const rowsOf: (string | undefined)[] = hands.map(() => undefined);
  const steps = hands.map(() => 0);
  let failure: { readonly e: unknown } | undefined;
  const tell = (): void => {
    const [done, total] = merger.progress;
    options.progress?.(done + steps.reduce((a, b) => a + b, 0), total);
  };
  /** The next shard for a hand: of the rows it has the law's tables of, else of rows that nobody has. */
  const next = (h: number): Shard | undefined => {
    const open = merger.missing().filter((s) => !claimed.has(s));
    const rows = (s: Shard): string => s.rows.join('-');
    return open.find((s) => rows(s) === rowsOf[h]) ?? open.find((s) => !rowsOf.includes(rows(s))) ?? open[0];
  };
  const stopIfTold = (): void => {
    if (options.cancelled?.()) throw new Cancelled();
  };
  // A second pass is known only when the last first pass is in: a hand with nothing to do waits for the others.
  let wake: () => void = () => {};
  let change = new Promise<void>((go) => {
    wake = go;
  });
  const changed = (): void => {
    wake();
    change = new Promise<void>((go) => {
      wake = go;
    });
  };
  const work = async (hand: Hand, h: number): Promise<void> => {
    while (!failure && !merger.complete) {
      const shard = next(h);
      if (!shard) {
        await change;
        continue;
      }
      claimed.add(shard);
      rowsOf[h] = shard.rows.join('-');
      try {
        stopIfTold();
        const text = await hand.run(job, shard, (done) => {
          steps[h] = done;
          tell();
          stopIfTold();
        });
        steps[h] = 0;
        folder?.put(shard, text);
        merger.take(text, `shard ${shard.index}`);
        tell();
      } catch (e) {
        failure ??= { e };
      }
      changed();
    }
  };
  try {
    tell();
    await Promise.all(hands.map(work));
  } finally {
    await Promise.all(hands.map((h) => h.end()));
  }
  if (failure) throw failure.e;
}
