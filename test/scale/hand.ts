/**
 * A worker of the tests: the real worker's side of the queue, with shards that were computed before instead of the kernel.
 * Arguments: port, folder (job.json, shards, how.json), milliseconds a shard.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../src/lab/shard.ts';
import { readAddress, Server } from '../../src/scale/connection.ts';
import { serve } from '../../src/scale/serve.ts';

const [port, dir, ms] = process.argv.slice(2) as [string, string, string];
const text = (name: string): string => readFileSync(join(dir, name), 'utf8');
const job = JSON.parse(text('job.json')) as Job;
const { edition = {}, wrong = -1, fails = -1, proof } = JSON.parse(process.argv[5] ?? '{}');

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
process.stdout.write('up\n');
await serve(new Server(readAddress(`redis://127.0.0.1:${port}`), {}), {
  here: { version: job.version, law: job.law, data: job.data, ...edition },
  proof: async () => proof ?? job.proof ?? '',
  hands: 1,
  compute: async (_, __, shard) => {
    process.stdout.write(`begins ${shard.index}\n`);
    await new Promise((go) => setTimeout(go, Number(ms)));
    if (shard.index === fails) throw new Error('a shard that cannot be computed');
    return text(shard.index === wrong ? 'wrong.json' : `shard-${String(shard.index).padStart(6, '0')}.json`);
  },
  lock: 1000,
  stop: stop.signal,
  say: (w) => process.stdout.write(`${JSON.stringify(w)}\n`),
});
process.exit(0);
