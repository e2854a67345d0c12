/** Threads that compute shards, and the thread of control they leave free: signals are heard and locks renewed meanwhile. */
import { Worker } from 'node:worker_threads';
import type { LabInputs } from '../lab/run.ts';
import type { Job, Shard } from '../lab/shard.ts';
import { LawStore } from './lab-law-store.ts';
import { ShardMaker } from './lab-shards.ts';
import type { Answer, Ask } from './lab-worker.ts';

/** Computes one shard at a time. */
export type Hand = {
  /** @throws Error where the shard cannot be computed here; the hand can be used again. */
  run(job: Job, shard: Shard, step: (done: number) => void): Promise<string>;
  end(): Promise<void>;
};

/** Where the law's tables are kept, and who is told of a file of them that was damaged and is made anew. */
export type Keeping = { readonly out: string; readonly note: (file: string) => void };

/** A thread of its own. */
export class ThreadHand implements Hand {
  private worker: Worker | undefined;
  private id = 0;
  private readonly keeping: Keeping | undefined;

  constructor(keeping?: Keeping) {
    this.keeping = keeping;
  }

  run(job: Job, shard: Shard, step: (done: number) => void): Promise<string> {
    return this.ask({ job, shard }, step);
  }

  /** The digest of the trial run. */
  proof(): Promise<string> {
    return this.ask(undefined, () => {});
  }

  private ask(task: Ask['task'], step: (done: number) => void): Promise<string> {
    const file = import.meta.url.endsWith('.ts') ? './lab-worker.ts' : './lab-worker.js';
    this.worker ??= new Worker(new URL(file, import.meta.url));
    const { worker } = this;
    const id = ++this.id;
    return new Promise<string>((yes, no) => {
      const off = (): void => {
        worker.off('message', hear);
        worker.off('error', died);
        worker.off('exit', gone);
      };
      const hear = (a: Answer): void => {
        if (a.id !== id) return;
        if ('damaged' in a) {
          this.keeping?.note(a.damaged);
          return;
        }
        if ('step' in a) {
          try {
            step(a.step);
          } catch (e) {
            // Told to stop between two runs of the kernel: the thread is ended by whoever stops.
            off();
            no(e);
          }
          return;
        }
        off();
        if ('text' in a) yes(a.text);
        else no(new Error(a.error));
      };
      const died = (e: unknown): void => {
        off();
        this.worker = undefined;
        no(e);
      };
      const gone = (): void => died(new Error('The thread that computed the shard has ended.'));
      worker.on('message', hear);
      worker.once('error', died);
      worker.once('exit', gone);
      const { keeping } = this;
      worker.postMessage((task ? { id, task, ...(keeping ? { out: keeping.out } : {}) } : { id }) satisfies Ask);
    });
  }

  async end(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** In this thread, with inputs that are there already; other things get their turn between runs of the kernel. */
export class OwnHand implements Hand {
  private readonly inputs: LabInputs;
  private readonly store: LawStore | undefined;
  private maker: ShardMaker | undefined;
  constructor(inputs: LabInputs, keeping?: Keeping) {
    this.inputs = inputs;
    this.store = keeping && new LawStore(keeping.out, keeping.note);
  }
  async run(job: Job, shard: Shard, step: (done: number) => void): Promise<string> {
    if (this.maker?.job !== job) this.maker = new ShardMaker(job, this.inputs, this.store);
    const steps = this.maker.make(shard);
    for (;;) {
      await new Promise<void>((go) => setImmediate(go));
      const next = steps.next();
      if (next.done) return next.value;
      step(next.value);
    }
  }
  async end(): Promise<void> {
    this.maker = undefined;
  }
}
