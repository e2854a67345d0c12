/** A thread that computes shards: told a job and a shard, it answers with the shard's text. It reads law and data itself. */
import { parentPort } from 'node:worker_threads';
import { type Job, jobKey, type Shard } from '../lab/shard.ts';
import { inputsOfJob, ShardMaker } from './lab-shards.ts';

export type Ask = { readonly id: number; readonly job: Job; readonly shard: Shard };
export type Answer =
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

async function answer({ id, job, shard }: Ask): Promise<void> {
  const key = jobKey(job);
  if (!maker || of !== key) {
    of = key;
    maker = inputsOfJob(job, 'en').then((inputs) => new ShardMaker(job, inputs));
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
