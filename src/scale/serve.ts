/**
 * The side that works: finds the runs that somebody waits for, refuses those of another edition, and computes shards of the
 * others. This thread only talks to the server: shards are computed by hands (threads) of their own, so that locks are renewed
 * meanwhile. A kernel in the thread that renews the locks loses every one of them.
 */
import { gzipSync } from 'node:zlib';
import { type Job as Queued, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Identity, type Job, jobKey, type Shard, shardKey } from '../lab/shard.ts';
import type { Server } from './connection.ts';
import { keysOf, PREFIX, putResult, queueName, RUNS } from './keys.ts';

export type ServeOptions = {
  readonly here: Identity;
  /** The digest of the trial run on this machine, made when it is first needed. */
  readonly proof: () => Promise<string>;
  /** How many shards at a time. */
  readonly hands: number;
  /** Computes a shard with a free hand. */
  readonly compute: (hand: number, job: Job, shard: Shard) => Promise<string>;
  /** Milliseconds after which a worker that has gone silent loses its shard. */
  readonly lock: number;
  /** Milliseconds without work after which it ends; never where there is none. */
  readonly idle?: number;
  readonly stop: AbortSignal;
  readonly say: (w: Word) => void;
};

export type Word =
  | { readonly k: 'refused'; readonly run: string; readonly job: Identity; readonly proof: boolean }
  | { readonly k: 'joined'; readonly run: string }
  | { readonly k: 'left'; readonly run: string }
  | { readonly k: 'done'; readonly run: string; readonly shard: number; readonly again: boolean }
  | { readonly k: 'failed'; readonly run: string; readonly shard: number; readonly message: string }
  | { readonly k: 'lost' | 'back' };

/** A shard whose workers die as often as this is given up: it kills them. */
const DEATHS = 20;
const LOOK = 500;

/** Works until told to stop, or until there has been nothing to do for long. */
export async function serve(server: Server, options: ServeOptions): Promise<void> {
  const redis = server.connect();
  const runs = new Map<string, { readonly worker: Worker; readonly redis: Redis } | 'refused'>();
  const free = Array.from({ length: options.hands }, (_, k) => k);
  const rows: (string | undefined)[] = free.map(() => undefined);
  const waiting: (() => void)[] = [];
  let busy = 0;
  let lastWork = performance.now();
  server.onChange = (what) => options.say({ k: what });

  /** A free hand, one that has the law's tables of these rows if there is one. */
  const take = async (of: string): Promise<number> => {
    while (free.length === 0) await new Promise<void>((go) => waiting.push(go));
    const at = Math.max(
      0,
      free.findIndex((h) => rows[h] === of),
    );
    return free.splice(at, 1)[0] as number;
  };

  const join = (run: string, job: Job): { readonly worker: Worker; readonly redis: Redis } => {
    const own = server.connect();
    const worker = new Worker(
      queueName(run),
      async (q: Queued<Shard>) => {
        const shard = q.data;
        const key = shardKey(run, shard);
        if (key !== q.id) throw new Error(`The queue names shard ${shard.index} otherwise than its content does.`);
        busy++;
        const hand = await take(`${run} ${shard.rows.join('-')}`);
        rows[hand] = `${run} ${shard.rows.join('-')}`;
        try {
          const text = await options.compute(hand, job, shard);
          const digest = text.slice(-67, -3);
          const put = await putResult(redis, run, key, digest, gzipSync(text, { level: 6 }));
          if (put === 'differs') throw new Error('Another machine has counted otherwise.');
          options.say({ k: 'done', run, shard: shard.index, again: put === 'same' });
          return digest;
        } catch (e) {
          options.say({ k: 'failed', run, shard: shard.index, message: e instanceof Error ? e.message : String(e) });
          throw e;
        } finally {
          free.push(hand);
          waiting.shift()?.();
          busy--;
          lastWork = performance.now();
        }
      },
      {
        connection: own,
        prefix: PREFIX,
        concurrency: options.hands,
        lockDuration: options.lock,
        stalledInterval: options.lock,
        maxStalledCount: DEATHS,
        drainDelay: 1,
        runRetryDelay: 500,
      },
    );
    // A lost connection, and a lock lost while this process was frozen, are told here; both are mended elsewhere.
    worker.on('error', () => {});
    return { worker, redis: own };
  };

  /** Looks at a run that is new here: joined, or refused, and the one who waits is told. */
  const meet = async (run: string): Promise<void> => {
    const text = await redis.get(keysOf.job(run));
    if (text === null) return;
    const job = JSON.parse(text) as Job;
    if (jobKey(job) !== run) return;
    const { here } = options;
    const same = job.version === here.version && job.law === here.law && job.data === here.data;
    const proved = same && (job.proof === undefined || job.proof === (await options.proof()));
    if (proved) {
      runs.set(run, join(run, job));
      options.say({ k: 'joined', run });
      lastWork = performance.now();
      return;
    }
    runs.set(run, 'refused');
    options.say({ k: 'refused', run, job, proof: same });
    await redis.rpush(
      keysOf.refused(run),
      JSON.stringify({ version: here.version, law: here.law, data: here.data, proof: same }),
    );
  };

  const stopped = new Promise<void>((go) => {
    if (options.stop.aborted) go();
    options.stop.addEventListener('abort', () => go(), { once: true });
  });
  const loop = async (): Promise<void> => {
    while (!options.stop.aborted) {
      const now = await redis.smembers(RUNS);
      for (const [run, joined] of [...runs])
        if (!now.includes(run)) {
          runs.delete(run);
          if (joined === 'refused') continue;
          await joined.worker.close(true).catch(() => {});
          server.leave(joined.redis);
          options.say({ k: 'left', run });
          lastWork = performance.now();
        }
      for (const run of now.sort()) if (!runs.has(run)) await meet(run);
      if (options.idle !== undefined && busy === 0 && performance.now() - lastWork > options.idle) return;
      await new Promise((go) => setTimeout(go, LOOK));
    }
  };
  try {
    await Promise.race([loop(), stopped]);
    // What is being computed is finished; the server may be away, and is not waited for.
    await Promise.race([
      Promise.all([...runs.values()].map((w) => (w === 'refused' ? undefined : w.worker.close().catch(() => {})))),
      new Promise<void>((go) => setTimeout(go, 60_000).unref()),
    ]);
  } finally {
    server.close();
  }
}
