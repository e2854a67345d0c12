/**
 * The side that asks: puts a job's shards on the queue, takes results as they come, and ends when each is in exactly once.
 * BullMQ carries them; what it does not promise is made up here. A job may be lost with the last second of a server that died:
 * what is missing is put on again, under the same name, so that what is there already is not put on twice. A result may come twice
 * or late: the first counts, and the next must be the same.
 */
import { gunzipSync } from 'node:zlib';
import { Queue, type Job as Queued } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Merger } from '../lab/merge.ts';
import type { Shard } from '../lab/shard.ts';
import type { Server } from './connection.ts';
import { askerKey, keysOf, PREFIX, queueName, RUNS } from './keys.ts';

export type AskOptions = {
  /** Called with each result before it is merged; what it has kept is taken off the server. */
  readonly keep?: (shard: Shard, text: string) => void;
  readonly progress?: () => void;
  readonly cancelled?: () => boolean;
  /** Said once when it is found: a refusal by a worker, or that nobody works. */
  readonly notice?: (n: Notice) => void;
  /** Milliseconds between looks at the server. */
  readonly every?: number;
};

export type Notice =
  | {
      readonly k: 'refused';
      readonly version: string;
      readonly law: string;
      readonly data: string;
      readonly proof: boolean;
    }
  | { readonly k: 'nobody' }
  | { readonly k: 'lost' }
  | { readonly k: 'back' };

export class AskCancelled extends Error {}

/** The run cannot be finished: a shard failed on every machine that tried it, or two machines disagree. */
export class AskFailed extends Error {
  readonly kind: 'shard' | 'differs';
  readonly shard: number;
  constructor(kind: AskFailed['kind'], shard: number, message: string) {
    super(message);
    this.kind = kind;
    this.shard = shard;
  }
}

/** Times that a shard is tried where it ends in an error; a machine that dies is no error of the shard. */
const ATTEMPTS = 3;
const HEARTBEAT = 15_000;

/** What is known of a server's way of keeping things. */
export async function keeping(server: Server): Promise<{ readonly persists: boolean; readonly evicts: boolean }> {
  const redis = server.connect();
  try {
    const info = await redis.info();
    const says = (field: string): string => new RegExp(`^${field}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
    return {
      persists: says('aof_enabled') === '1',
      evicts: !['', 'noeviction'].includes(says('maxmemory_policy')),
    };
  } finally {
    server.leave(redis);
  }
}

/** Asks for all that a merger misses, and returns when nothing is missing. @throws AskFailed, AskCancelled, ShardFault */
export async function ask(server: Server, merger: Merger, options: AskOptions): Promise<void> {
  const asking = new Asking(server, merger, options);
  try {
    await asking.begin();
    await asking.untilDone();
  } finally {
    await asking.end();
  }
}

class Asking {
  private readonly merger: Merger;
  private readonly options: AskOptions;
  private readonly server: Server;
  private readonly redis: Redis;
  private readonly queue: Queue;
  private readonly run: string;
  private readonly me: string;
  private readonly byKey = new Map<string, Shard>();
  private readonly asked = new Set<string>();
  private offset = 0;
  private heard = 0;
  private beat = 0;
  private looked = 0;
  private looks = 0;
  private repair = false;
  private told = false;

  constructor(server: Server, merger: Merger, options: AskOptions) {
    this.server = server;
    this.merger = merger;
    this.options = options;
    this.run = merger.key;
    this.redis = server.connect();
    this.queue = new Queue(queueName(this.run), { connection: server.connect(), prefix: PREFIX });
    this.queue.on('error', () => {});
    this.me = crypto.randomUUID();
    server.onChange = (what) => {
      options.notice?.({ k: what });
      if (what === 'back') this.repair = true;
    };
  }

  async begin(): Promise<void> {
    await this.heartbeat();
    await this.redis.set(keysOf.job(this.run), JSON.stringify(this.merger.job));
    await this.redis.sadd(RUNS, this.run);
    await this.putOn();
  }

  private async heartbeat(): Promise<void> {
    const now = performance.now();
    if (this.beat !== 0 && now - this.beat < HEARTBEAT) return;
    this.beat = now;
    await this.redis.sadd(keysOf.askers(this.run), this.me);
    await this.redis.set(askerKey(this.run, this.me), '1', 'PX', 4 * HEARTBEAT);
  }

  /** Puts on what is missing and was not put on yet; a name that the queue has is not taken twice. */
  private async putOn(): Promise<void> {
    const fresh = this.merger.missing().filter((s) => !this.asked.has(this.merger.keyFor(s)));
    for (let at = 0; at < fresh.length; at += 500) {
      await this.queue.addBulk(
        fresh.slice(at, at + 500).map((shard) => ({
          name: 'shard',
          data: shard,
          opts: {
            jobId: this.merger.keyFor(shard),
            attempts: ATTEMPTS,
            backoff: { type: 'fixed', delay: 1000 },
            removeOnComplete: false,
            removeOnFail: false,
          },
        })),
      );
    }
    for (const s of fresh) {
      this.asked.add(this.merger.keyFor(s));
      this.byKey.set(this.merger.keyFor(s), s);
    }
  }

  async untilDone(): Promise<void> {
    const every = this.options.every ?? 100;
    while (!this.merger.complete) {
      if (this.options.cancelled?.()) throw new AskCancelled();
      await this.orCancelled(this.heartbeat());
      if (this.repair) {
        this.repair = false;
        await this.orCancelled(this.mend());
      }
      const some = await this.orCancelled(this.takeIn());
      if (some) {
        this.told = true;
        await this.orCancelled(this.putOn());
        this.options.progress?.();
      } else {
        await this.orCancelled(this.look());
        await new Promise((go) => setTimeout(go, every));
      }
    }
  }

  /** Waits for the server, which may be away for long, and for the person, who may not want to wait. */
  private async orCancelled<T>(wait: Promise<T>): Promise<T> {
    const { cancelled } = this.options;
    if (!cancelled) return await wait;
    let timer: NodeJS.Timeout | undefined;
    const stop = new Promise<never>((_, no) => {
      timer = setInterval(() => {
        if (cancelled()) no(new AskCancelled());
      }, 200);
    });
    wait.catch(() => {});
    try {
      return await Promise.race([wait, stop]);
    } finally {
      clearInterval(timer);
    }
  }

  /** Takes in results that have come. Whether any has. */
  private async takeIn(): Promise<boolean> {
    const keys = await this.redis.lrange(keysOf.done(this.run), this.offset, this.offset + 63);
    const alone = keys.length > 0 && (await this.redis.scard(keysOf.askers(this.run))) === 1;
    let some = false;
    for (const key of keys) {
      this.offset++;
      const shard = this.byKey.get(key);
      // A shard that another asker put on, or that was in before.
      if (!shard || !this.merger.missing().includes(shard)) continue;
      const packed = await this.redis.hgetBuffer(keysOf.results(this.run), key);
      if (!packed) {
        // Another asker has kept it and taken it off the server: it is computed once more.
        await this.mendOne(shard);
        await this.putOn();
        continue;
      }
      const text = gunzipSync(packed, { maxOutputLength: 1 << 30 }).toString('utf8');
      this.merger.take(text, `shard ${shard.index}`);
      if (this.options.keep) {
        this.options.keep(shard, text);
        // Where somebody else waits for it too, it stays until the last of them has it.
        if (alone) await this.redis.hdel(keysOf.results(this.run), key);
      }
      some = true;
    }
    return some;
  }

  /** Now and then, while nothing comes: alarms, shards that failed, refusals, nobody there, and what a dying server forgot. */
  private async look(): Promise<void> {
    const now = performance.now();
    if (this.looked !== 0 && now - this.looked < 1500) return;
    this.looked = now;
    this.looks++;
    const [alarm] = await this.redis.smembers(keysOf.alarms(this.run));
    if (alarm !== undefined)
      throw new AskFailed('differs', this.byKey.get(alarm)?.index ?? -1, 'two results under one key');
    const failed: Queued[] = await this.queue.getFailed(0, 20);
    for (const f of failed) {
      const shard = this.byKey.get(f.id as string);
      if (shard && this.merger.missing().includes(shard))
        throw new AskFailed('shard', shard.index, f.failedReason ?? 'no reason was given');
    }
    for (const text of await this.redis.lrange(keysOf.refused(this.run), this.heard, -1)) {
      this.heard++;
      this.options.notice?.({ k: 'refused', ...JSON.parse(text) });
    }
    if (this.looks > 8 && !this.told && (await this.queue.getWorkersCount()) === 0) {
      this.told = true;
      this.options.notice?.({ k: 'nobody' });
    }
    if ((await this.redis.llen(keysOf.done(this.run))) < this.offset) this.repair = true;
  }

  /**
   * After the server was away, or had forgotten its last second: results are looked through from the first again, what is
   * neither on the queue nor in is put on again, and what counts as done without a result is done again.
   */
  private async mend(): Promise<void> {
    this.offset = 0;
    await this.redis.set(keysOf.job(this.run), JSON.stringify(this.merger.job));
    await this.redis.sadd(RUNS, this.run);
    this.beat = 0;
    await this.heartbeat();
    const missing = this.merger.missing().filter((s) => this.asked.has(this.merger.keyFor(s)));
    for (let at = 0; at < missing.length; at += 200) {
      await Promise.all(missing.slice(at, at + 200).map((shard) => this.mendOne(shard)));
    }
    await this.putOn();
  }

  /** Has a shard put on again if the queue has forgotten it, or counts it as done while its result is not there. */
  private async mendOne(shard: Shard): Promise<void> {
    const key = this.merger.keyFor(shard);
    const state = await this.queue.getJobState(key);
    if (state === 'completed') {
      if ((await this.redis.hexists(keysOf.results(this.run), key)) === 1) {
        // The list of what has come may have lost its end.
        await this.redis.rpush(keysOf.done(this.run), key);
        return;
      }
      await this.queue.remove(key);
    } else if (state !== 'unknown') return;
    this.asked.delete(key);
  }

  /** Takes the run off the server, unless somebody else waits for it too. */
  async end(): Promise<void> {
    const done = this.merger.complete;
    this.server.onChange = () => {};
    const clean = async (): Promise<void> => {
      await this.redis.srem(keysOf.askers(this.run), this.me);
      await this.redis.del(askerKey(this.run, this.me));
      if (!done) return;
      for (const other of await this.redis.smembers(keysOf.askers(this.run)))
        if ((await this.redis.exists(askerKey(this.run, other))) === 1) return;
      await this.redis.srem(RUNS, this.run);
      await this.queue.obliterate({ force: true });
      await this.redis.del(Object.values(keysOf).map((k) => k(this.run)));
    };
    let timer: NodeJS.Timeout | undefined;
    // A server that is away does not keep the answer back.
    await Promise.race([
      clean().catch(() => {}),
      new Promise((go) => {
        timer = setTimeout(go, 10_000);
      }),
    ]);
    clearTimeout(timer);
    await Promise.race([this.queue.close().catch(() => {}), new Promise((go) => setTimeout(go, 500))]);
    this.server.close();
  }
}
