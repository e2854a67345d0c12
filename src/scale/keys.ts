/**
 * What lies on the server. A run is one queue of BullMQ, named by the key of its job, and these keys beside it. Everything is of
 * invented persons: seeds and ranges go out, sums come back.
 */
import type { Redis } from 'ioredis';

/** Names of all keys begin so. */
export const PREFIX = 'foothold';
/** Set of the keys of jobs that somebody waits for. */
export const RUNS = `${PREFIX}:runs`;

export const queueName = (key: string): string => `lab-${key.slice(0, 32)}`;

const of =
  (name: string) =>
  (key: string): string =>
    `${PREFIX}:run:${key}:${name}`;

export const keysOf = {
  /** The job as text. */
  job: of('job'),
  /** Hash: shard to its result, packed. Taken away once it is kept elsewhere. */
  results: of('results'),
  /** Hash: shard to the digest of its result. Stays: what comes later must be the same. */
  digests: of('digests'),
  /** List of shards whose result is in, in the order of their coming. */
  done: of('done'),
  /** Set of shards with two results that differ. */
  alarms: of('alarms'),
  /** List of what was said by machines that may not work on the run. */
  refused: of('refused'),
  /** Set of those who wait for the run; each has a key that ends by itself when it is not renewed. */
  askers: of('askers'),
} as const;

export const askerKey = (key: string, asker: string): string => `${PREFIX}:run:${key}:asker:${asker}`;

/** What became of a result that was put: `over` where nobody waits for the run any more. */
export type Put = 'new' | 'same' | 'differs' | 'over';

/**
 * Puts a result where it belongs, or finds that it is there. One step on the server, so that of two machines with the same
 * shard one is first; the other's must be the same bytes. Whoever was frozen until the run was over leaves nothing behind.
 */
const PUT = `
if redis.call('SISMEMBER', KEYS[5], ARGV[4]) == 0 then return 'over' end
local have = redis.call('HGET', KEYS[2], ARGV[1])
if have and have ~= ARGV[2] then
  redis.call('SADD', KEYS[4], ARGV[1])
  return 'differs'
end
if have and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then return 'same' end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
redis.call('RPUSH', KEYS[3], ARGV[1])
return have and 'same' or 'new'
`;

export const putResult = (redis: Redis, run: string, shard: string, digest: string, packed: Buffer): Promise<Put> =>
  redis.eval(
    PUT,
    5,
    keysOf.results(run),
    keysOf.digests(run),
    keysOf.done(run),
    keysOf.alarms(run),
    RUNS,
    shard,
    digest,
    packed,
    run,
  ) as Promise<Put>;
