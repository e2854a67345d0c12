/** A thread that computes shards: told a job and a shard, it answers with the shard's text. It reads law and data itself. */
import { parentPort } from 'node:worker_threads';
import { type Job, jobKey, type Shard } from '../lab/shard.ts';
import { loadInputs } from './lab-inputs.ts';
import { LawStore } from './lab-law-store.ts';
import { inputsOfJob, proofOf, ShardMaker } from './lab-shards.ts';

/** A shard to compute, or (without one) the trial run; `out`: the folder in which the law's tables are kept. */
export type Ask = {
  readonly id: number;
  readonly task?: { readonly job: Job; readonly shard: Shard };
  readonly out?: string;
};
export type Answer =
  | { readonly id: number; readonly damaged: string }
  | { readonly id: number; readonly step: number }
  | { readonly id: number; readonly text: string }
  | { readonly id: number; readonly error: string };

let maker: Promise<ShardMaker> | undefined;
let of = '';

parentPort?.on('message', (ask: Ask) => {
  void answer(ask).catch((e: unknown) => {
    maker = undefined;
    tell({ id: ask.id, error: e instanceof Error ? e.message : String(e) });
  });
});

async function answer({ id, task, out }: Ask): Promise<void> {
  if (!task) return tell({ id, text: proofOf((await loadInputs([], 'en')).inputs) });
  const { job, shard } = task;
  const key = jobKey(job);
  if (!maker || of !== key) {
    of = key;
    const store = out === undefined ? undefined : new LawStore(out, (damaged) => tell({ id, damaged }));
    maker = inputsOfJob(job, 'en').then((inputs) => new ShardMaker(job, inputs, store));
  }
  const steps = (await maker).make(shard);
  for (;;) {
    const next = steps.next();
    if (next.done) return tell({ id, text: next.value });
    tell({ id, step: next.value });
  }
}

function tell(a: Answer): void {
  parentPort?.postMessage(a);
}
