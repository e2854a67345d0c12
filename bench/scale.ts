/**
 * `npm run bench -- scale`: the same run in one process and on a queue, digest by digest; what the engine costs beside the kernel; and
 * what that says of a thousand cores. Needs redis-server. Processor time is read from /proc, since a busy machine stretches the clock.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseDay } from '../src/calendar/civil.ts';
import { loadTexts } from '../src/cli/lab-inputs.ts';
import { ShardFolder } from '../src/cli/lab-shard-folder.ts';
import { identityHere, ShardMaker } from '../src/cli/lab-shards.ts';
import { Merger, outcomesDigest } from '../src/lab/merge.ts';
import { type Plan, Runner } from '../src/lab/run.ts';
import { type Job, jobOf } from '../src/lab/shard.ts';
import { ask } from '../src/scale/ask.ts';
import { readAddress, Server } from '../src/scale/connection.ts';
import { RedisServer } from '../test/support/redis.ts';
import { machineLine, table, versionOf, writePart } from './report.ts';

const root = join(import.meta.dirname, '..');
const bin = join(root, 'bin', 'foothold.mjs');
const ARGS = ['--persons', '300', '--seed', '4', '--to', '2022-12-31', '--draws', '8'];
const PARTS = ['--rows', '150', '--each', '3'];

/** Seconds of processor time of a process so far, its threads included; NaN where /proc does not tell. */
function cpuOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

const started = (args: readonly string[]): ChildProcess & { said: () => string } => {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', (d: Buffer) => {
    text += d.toString();
  });
  child.stderr.on('data', () => {});
  return Object.assign(child, { said: () => text });
};
const ended = (child: ChildProcess): Promise<number | null> => new Promise((go) => child.once('close', go));

async function digests(): Promise<string> {
  const rows: string[][] = [];
  const run = async (label: string, more: readonly string[]): Promise<void> => {
    const began = performance.now();
    const child = started([bin, 'lab', 'run', ...ARGS, '--json', ...more]);
    const code = await ended(child);
    if (code !== 0) throw new Error(`${label}: exit ${code}`);
    const { digest } = JSON.parse(child.said()) as { digest: string };
    rows.push([label, `\`${digest.slice(0, 16)}\``, ((performance.now() - began) / 1000).toFixed(0)]);
  };
  for (const n of [1, 2, 4]) await run(`one process, ${n} thread${n > 1 ? 's' : ''}`, ['--workers', String(n)]);
  for (const n of [1, 2, 4]) {
    const redis = await RedisServer.start();
    const workers = Array.from({ length: n }, () => started([bin, 'lab', 'worker', '--on', redis.url]));
    try {
      await run(`queue, ${n} worker process${n > 1 ? 'es' : ''}`, ['--on', redis.url, ...PARTS]);
    } finally {
      for (const w of workers) w.kill('SIGKILL');
      await redis.end();
    }
  }
  if (new Set(rows.map((r) => r[1])).size !== 1) throw new Error(`digests differ: ${JSON.stringify(rows)}`);
  return table(['how', 'digest of the outcomes', 'clock, s, start of every process included'], rows, [
    'clock, s, start of every process included',
  ]);
}

const plan: Plan = {
  persons: 200,
  seed: 4,
  from: parseDay('2022-02-24') as number,
  until: parseDay('2027-12-31') as number,
  draws: 44,
  replicates: 4,
  scenarios: [],
};

type Prepared = { readonly job: Job; readonly dir: string; readonly texts: readonly string[]; readonly digest: string };

/** A job whose shards are computed beforehand: then the engine alone is measured, with results of real size. */
async function prepared(each: number, dir: string): Promise<Prepared> {
  const { inputs } = await loadTexts([], 'en');
  const job = jobOf(identityHere(inputs.book, 'en'), plan, [], { rows: 100, draws: each });
  const folder = new ShardFolder(dir);
  folder.begin(job);
  const maker = new ShardMaker(job, inputs);
  const merger = new Merger(job);
  const texts: string[] = [];
  while (!merger.complete)
    for (const shard of merger.missing()) {
      const steps = maker.make(shard);
      let next = steps.next();
      while (!next.done) next = steps.next();
      folder.put(shard, next.value);
      merger.take(next.value, 'here');
      texts.push(next.value);
    }
  return { job, dir, texts, digest: outcomesDigest(merger.outcomes()) };
}

type Engine = { readonly clock: number; readonly asker: number; readonly server: number; readonly shards: number };

/** The engine on shards that take `ms` of sleep each. */
async function engine(p: Prepared, workers: number, ms: number): Promise<Engine> {
  const redis = await RedisServer.start();
  const hand = join(root, 'test', 'scale', 'hand.ts');
  const hands = Array.from({ length: workers }, () => started([hand, String(redis.port), p.dir, String(ms)]));
  try {
    while (!hands.every((h) => h.said() !== '')) await new Promise((go) => setTimeout(go, 50));
    const merger = new Merger(p.job);
    const cpu = process.cpuUsage();
    const server = cpuOf(redis.pid);
    const began = performance.now();
    await ask(new Server(readAddress(redis.url), {}), merger, { every: 50, keep: () => {} });
    const clock = (performance.now() - began) / 1000;
    const used = process.cpuUsage(cpu);
    if (outcomesDigest(merger.outcomes()) !== p.digest) throw new Error('the digest differs');
    return {
      clock,
      asker: (used.user + used.system) / 1e6,
      server: cpuOf(redis.pid) - server,
      shards: merger.shards().length,
    };
  } finally {
    for (const h of hands) h.kill('SIGKILL');
    await redis.end();
  }
}

type Run = {
  readonly workers: number;
  readonly seconds: number;
  readonly shards: number;
  readonly rounds: number;
  readonly clock: number;
};

/** `b` and `o` of `clock = b + rounds × (seconds + o)` that make the squares of the relative errors least. */
export function fit(runs: readonly Run[]): {
  readonly b: number;
  readonly o: number;
  readonly worst: number;
  readonly says: (r: Run) => number;
} {
  let [s11, s12, s22, t1, t2] = [0, 0, 0, 0, 0];
  for (const { rounds, seconds, clock } of runs) {
    const [x, y, rest] = [1 / clock, rounds / clock, (clock - rounds * seconds) / clock];
    s11 += x * x;
    s12 += x * y;
    s22 += y * y;
    t1 += x * rest;
    t2 += y * rest;
  }
  const by = s11 * s22 - s12 * s12;
  const b = (t1 * s22 - t2 * s12) / by;
  const o = (t2 * s11 - t1 * s12) / by;
  const says = (r: Run): number => b + r.rounds * (r.seconds + o);
  return { b, o, says, worst: Math.max(...runs.map((r) => Math.abs(says(r) / r.clock - 1))) };
}

/** Seconds of processor time that the law's tables of so many rows take: what every machine does before its first draw of them. */
async function tables(rows: number): Promise<{ readonly law: number; readonly draw: number }> {
  const { inputs } = await loadTexts([], 'en');
  const runner = new Runner({ ...plan, persons: rows }, inputs, [0, rows]);
  const cpu = (): number => process.cpuUsage().user / 1e6;
  const a = cpu();
  runner.table(0);
  runner.run(0, 0);
  const b = cpu();
  for (let d = 4; d < 10; d++) runner.run(0, d);
  return { law: b - a, draw: (cpu() - b) / 6 };
}

export async function run(): Promise<void> {
  const load = loadavg()[0]?.toFixed(0);
  const dir = mkdtempSync(join(tmpdir(), 'foothold-bench-'));
  try {
    const same = await digests();
    const five = await prepared(4, join(dir, 'five'));
    const small = await prepared(1, join(dir, 'small'));
    const rows: string[][] = [];
    const runs: Run[] = [];
    let none: Engine | undefined;
    for (const [job, seconds] of [
      [small, 0],
      [small, 0.2],
      [five, 1],
      [five, 5],
    ] as const)
      for (const workers of [1, 2, 4]) {
        const e = await engine(job, workers, 1000 * seconds);
        const rounds = Math.ceil(e.shards / workers);
        if (seconds === 0) none ??= e;
        // Shards that take no time are bound by the processor that all share, not by the engine's waits.
        else runs.push({ workers, seconds, shards: e.shards, rounds, clock: e.clock });
        if (seconds === 5)
          rows.push([
            String(workers),
            String(e.shards),
            String(rounds * 5),
            e.clock.toFixed(1),
            `${(100 * (e.clock / (rounds * 5) - 1)).toFixed(1)} %`,
          ]);
      }
    if (!none) throw new Error('nothing was measured');
    const model = fit(runs);
    const perShard = {
      clock: none.clock / none.shards,
      asker: none.asker / none.shards,
      server: none.server / none.shards,
    };
    const bytes = small.texts.reduce((a, t) => a + t.length, 0) / small.texts.length;
    const packed = small.texts.reduce((a, t) => a + gzipSync(t).length, 0) / small.texts.length;
    const began = process.cpuUsage();
    const merger = new Merger(small.job);
    for (const t of small.texts) merger.take(t, 'here');
    const took = process.cpuUsage(began);
    const merge = (took.user + took.system) / 1e6 / small.texts.length;
    const law = await tables(1000);
    const ms = (s: number): string => (1000 * s).toFixed(1);
    const text = [
      '## Scale',
      '',
      `${machineLine()} BullMQ ${versionOf('bullmq')}, ioredis ${versionOf('ioredis')}, Debian's redis-server with an append-only file. Load ${load} at the start, ${loadavg()[0]?.toFixed(0)} at the end: clock figures are stretched by other work.`,
      '',
      'The same run however it is carried:',
      '',
      same,
      '',
      'The engine on shards of 5 s (they sleep and give a result of real size, so that only the engine is measured; aim: at most 10 % over):',
      '',
      table(['workers', 'shards', 'ideal, s', 'clock, s', 'over'], rows, [
        'workers',
        'shards',
        'ideal, s',
        'clock, s',
        'over',
      ]),
      '',
      `The model: a run takes *b* + rounds × (*s* + *o*), where each of *W* workers has its share of the shards in rounds of *s* seconds. Fitted by least squares of the relative error to the ${runs.length} runs below: *b* = ${model.b.toFixed(2)} s, *o* = ${ms(model.o)} ms a shard; the worst is off by ${(100 * model.worst).toFixed(1)} %.`,
      '',
      table(
        ['workers', 's', 'shards', 'rounds', 'clock, s', 'model, s', 'off'],
        runs.map((r) => [
          String(r.workers),
          String(r.seconds),
          String(r.shards),
          String(r.rounds),
          r.clock.toFixed(2),
          model.says(r).toFixed(2),
          `${(100 * (model.says(r) / r.clock - 1)).toFixed(1)} %`,
        ]),
        ['workers', 's', 'shards', 'rounds', 'clock, s', 'model, s', 'off'],
      ),
      '',
      `One worker on ${none.shards} shards that take no time, per shard: clock ${ms(perShard.clock)} ms; processor of the one who asks ${ms(perShard.asker)} ms (of it merging ${ms(merge)} ms), of Redis ${ms(perShard.server)} ms. A result of one draw is ${(bytes / 1024).toFixed(0)} KB as text, ${(packed / 1024).toFixed(0)} KB packed.`,
      '',
      `The kernel beside it, 1,000 persons to the end of 2027: ${law.law.toFixed(1)} s for the law's tables and the first draw, ${law.draw.toFixed(2)} s for each further draw (processor time). What follows from it for a thousand cores: [scale.md](scale.md).`,
    ].join('\n');
    process.stdout.write(`${text}\n`);
    writePart('scale', text);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
