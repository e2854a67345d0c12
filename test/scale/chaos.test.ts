/**
 * Twenty runs of 24 shards with everything going wrong at random: workers killed and frozen for a minute, Redis killed twice, the
 * run asked for twice. `FOOTHOLD_LONG=1 node --test test/scale/chaos.test.ts`; FOOTHOLD_TIMES and FOOTHOLD_FREEZE (seconds) make it shorter.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { foothold, root } from '../cli/run.ts';
import { noRedis, RedisServer } from '../support/redis.ts';

const long = process.env.FOOTHOLD_LONG === '1';
const TIMES = Number(process.env.FOOTHOLD_TIMES ?? 20);
const FREEZE = 1000 * Number(process.env.FOOTHOLD_FREEZE ?? 60);
const ARGS = ['--persons', '400', '--seed', '8', '--to', '2022-12-31', '--draws', '20', '--json'];
const PARTS = ['--rows', '100', '--each', '4'];
const bin = join(root, 'bin', 'foothold.mjs');
const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));

type Proc = { readonly child: ChildProcess; out: string; err: string; readonly end: Promise<number | null> };
function start(args: readonly string[]): Proc {
  const child = spawn(process.execPath, [bin, 'lab', ...args, '--lang', 'en'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const p: Proc = { child, out: '', err: '', end: new Promise((go) => child.once('close', go)) };
  child.stdout.on('data', (d: Buffer) => {
    p.out += d.toString();
  });
  child.stderr.on('data', (d: Buffer) => {
    p.err += d.toString();
  });
  return p;
}

describe('24 shards with everything going wrong', {
  skip: noRedis ?? (long ? false : 'takes half an hour: FOOTHOLD_LONG=1'),
}, () => {
  const expected = long && !noRedis ? JSON.parse(foothold(['lab', 'run', ...ARGS]).out).digest : '';
  for (let time = 0; time < TIMES; time++)
    it(`${time + 1} of ${TIMES}`, async () => {
      const redis = await RedisServer.start();
      const out = mkdtempSync(join(tmpdir(), 'foothold-chaos-'));
      const worker = (): Proc => start(['worker', '--on', redis.url, '--lock', '4']);
      const workers = [worker(), worker(), worker()];
      const ask = (name: string): Proc =>
        start(['run', '--on', redis.url, ...ARGS, ...PARTS, '--out', join(out, name)]);
      const told: string[] = [];
      const began = performance.now();
      const at = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`;
      const random = (from: number, to: number): Promise<void> => wait(1000 * (from + Math.random() * (to - from)));
      const working = (): Proc[] => workers.filter((w) => w.child.exitCode === null && w.child.signalCode === null);
      let over = false;
      try {
        while (!workers.every((w) => /Waiting/.test(w.err))) await wait(100);
        const first = ask('a');
        const second = random(0, 8).then(() => ask('b'));
        const frozen = workers[0] as Proc;
        const kill = async (): Promise<void> => {
          for (let k = 0; k < 5; k++) {
            await random(1, 7);
            if (over) return;
            const alive = working().filter((w) => w !== frozen);
            const victim = alive[Math.floor(Math.random() * alive.length)] as Proc;
            victim.child.kill('SIGKILL');
            workers.push(worker());
            told.push(`${at()} worker killed`);
          }
        };
        const server = async (): Promise<void> => {
          for (let k = 0; k < 2; k++) {
            await random(2, 10);
            await redis.kill();
            told.push(`${at()} server killed${over ? ' (the run was over)' : ''}`);
            await random(0, 2);
            await redis.up();
          }
        };
        const freeze = async (): Promise<void> => {
          // In the middle of a shard.
          while (!/shard \d/.test(frozen.err) && !over) await wait(50);
          await random(0, 2);
          frozen.child.kill('SIGSTOP');
          told.push(`${at()} worker frozen${over ? ' (the run was over)' : ''}`);
          await wait(FREEZE);
          frozen.child.kill('SIGCONT');
        };
        const trouble = Promise.all([kill(), server(), freeze()]);
        const both = [first, await second];
        const codes = await Promise.all(both.map((p) => p.end));
        over = true;
        const took = at();
        assert.deepEqual(codes, [0, 0], `${told.join('; ')}\n${both.map((p) => p.err).join('\n')}`);
        for (const p of both) assert.equal(JSON.parse(p.out).digest, expected);
        await trouble;
        // Whoever was frozen wakes, finds the run over, and goes on waiting for work.
        await wait(3000);
        assert.equal(frozen.child.exitCode, null, frozen.err);
        process.stdout.write(`${time + 1}: finished after ${took}; ${told.join('; ')}\n`);
      } catch (e) {
        // At once: the report at the end comes half an hour later.
        process.stdout.write(`${time + 1}: ${told.join('; ')}\n${e instanceof Error ? e.message : e}\n`);
        throw e;
      } finally {
        over = true;
        for (const w of workers) w.child.kill('SIGKILL');
        await redis.end();
        rmSync(out, { recursive: true, force: true });
      }
    });
});
