import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadTexts } from '../../src/cli/lab-inputs.ts';
import { ShardFolder } from '../../src/cli/lab-shard-folder.ts';
import { identityHere, proofOf, ShardMaker } from '../../src/cli/lab-shards.ts';
import { Merger, outcomesDigest } from '../../src/lab/merge.ts';
import { sha256 } from '../../src/lab/sha256.ts';
import { jobOf, shardsOf } from '../../src/lab/shard.ts';
import { AskFailed, ask, keeping, type Notice } from '../../src/scale/ask.ts';
import { type AddressFault, inTheOpen, readAddress, Server, type Unreachable } from '../../src/scale/connection.ts';
import { root } from '../cli/run.ts';
import { freePort, noRedis, RedisServer } from '../support/redis.ts';

const wait = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms));
const skip = noRedis ?? false;

/** A job of twelve small shards, computed once: what is tested here is how they travel. */
const { inputs } = await loadTexts([], 'en');
const plan = {
  persons: 200,
  seed: 3,
  from: parseDay('2022-02-24') as number,
  until: parseDay('2022-04-15') as number,
  draws: 2,
  replicates: 4,
  scenarios: [],
};
const job = jobOf(identityHere(inputs.book, 'en'), plan, [], { rows: 100, draws: 1 }, proofOf(inputs));
const dir = mkdtempSync(join(tmpdir(), 'foothold-queue-'));
const folder = new ShardFolder(dir);
folder.begin(job);
const maker = new ShardMaker(job, inputs);
const whole = new Merger(job);
for (const shard of shardsOf(job)) {
  const steps = maker.make(shard);
  let next = steps.next();
  while (!next.done) next = steps.next();
  folder.put(shard, next.value);
  whole.take(next.value, 'here');
}
const expected = outcomesDigest(whole.outcomes());
// A result of shard 2 with one person more in it, sealed as if it were right.
const two = readFileSync(join(dir, 'shard-000002.json'), 'utf8');
const body = `${two.replace(/,"digest":"[0-9a-f]{64}"\}\n$/, '')}}`.replace(/(\[\[0,\d+,\[)(\d+)/, '$17$2');
writeFileSync(join(dir, 'wrong.json'), `${body.slice(0, -1)},"digest":"${sha256(body)}"}\n`);
after(() => rmSync(dir, { recursive: true }));

type Hand = { readonly child: ChildProcess; said: string; readonly up: Promise<void> };
const hands: Hand[] = [];
function hand(redis: RedisServer, ms: number, how: object = {}): Hand {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'hand.ts'), String(redis.port), dir, String(ms), JSON.stringify(how)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let up: () => void = () => {};
  const made: Hand = {
    child,
    said: '',
    up: new Promise((go) => {
      up = go;
    }),
  };
  child.stdout?.on('data', (d: Buffer) => {
    made.said += d.toString();
    up();
  });
  hands.push(made);
  return made;
}
const endHands = (): void => {
  for (const h of hands.splice(0)) h.child.kill('SIGKILL');
};
after(endHands);

function asked(redis: RedisServer, notice: (n: Notice) => void = () => {}, more: object = {}): Promise<Merger> {
  const merger = new Merger(job);
  const server = new Server(readAddress(redis.url), {});
  return ask(server, merger, { every: 50, notice, ...more }).then(() => merger);
}

describe('a run on a queue', { skip }, () => {
  let redis: RedisServer;
  before(async () => {
    redis = await RedisServer.start();
  });
  after(async () => {
    endHands();
    await redis.end();
  });

  it('ends with the same counts when workers are killed and frozen, it is asked for twice, and the server dies twice', async () => {
    const first = hand(redis, 250);
    const second = hand(redis, 250);
    await Promise.all([first.up, second.up]);
    const notices: Notice[] = [];
    const both = Promise.all([asked(redis, (n) => notices.push(n)), asked(redis)]);
    while (!/begins/.test(first.said)) await wait(20);
    first.child.kill('SIGKILL');
    // Frozen too, until the third has begun: on a busy machine it would do everything before that one is up.
    second.child.kill('SIGSTOP');
    const third = hand(redis, 250);
    await wait(300);
    await redis.kill();
    await wait(200);
    await redis.up();
    await third.up;
    while (!/begins/.test(third.said)) await wait(20);
    // Frozen for longer than its lock lasts: another takes its shard, and its own result comes late.
    third.child.kill('SIGSTOP');
    second.child.kill('SIGCONT');
    await wait(300);
    await redis.kill();
    await redis.up();
    await wait(2200);
    third.child.kill('SIGCONT');
    const [a, b] = await both;
    assert.equal(outcomesDigest(a.outcomes()), expected);
    assert.equal(outcomesDigest(b.outcomes()), expected);
    assert.ok(notices.some((n) => n.k === 'lost') && notices.some((n) => n.k === 'back'), JSON.stringify(notices));
    endHands();
    // Nothing of the run is left behind.
    const client = new Redis(redis.port);
    const left = (await client.keys('foothold*')).filter((k) => !/stalled-check|:meta$/.test(k));
    client.disconnect();
    assert.deepEqual(left, []);
  });
  it('gives a second asker what the first one has kept and taken off the server', async () => {
    hand(redis, 150);
    let kept = 0;
    let second: Promise<Merger> | undefined;
    const first = asked(redis, () => {}, {
      keep: () => {
        if (++kept === 4) second = asked(redis);
      },
    });
    assert.equal(outcomesDigest((await first).outcomes()), expected);
    assert.equal(outcomesDigest(((await second) as Merger).outcomes()), expected);
    assert.equal(kept, 12);
    endHands();
  });
  it('refuses workers of another version, law or data, or that count otherwise, and says so on both sides', async () => {
    const others = [
      hand(redis, 10, { edition: { version: '0.0.9' } }),
      hand(redis, 10, { edition: { law: sha256('another law') } }),
      hand(redis, 10, { edition: { data: sha256('other data') } }),
      hand(redis, 10, { proof: sha256('another arithmetic') }),
    ];
    await Promise.all(others.map((h) => h.up));
    const notices: Notice[] = [];
    const run = asked(redis, (n) => notices.push(n));
    while (notices.filter((n) => n.k === 'refused').length < 4) await wait(50);
    for (const h of others) {
      assert.match(h.said, /"k":"refused"/);
      assert.doesNotMatch(h.said, /begins/);
    }
    assert.deepEqual(notices.flatMap((n) => (n.k === 'refused' ? [n.proof] : [])).sort(), [false, false, false, true]);
    hand(redis, 10);
    assert.equal(outcomesDigest((await run).outcomes()), expected);
    endHands();
  });
  it('raises an alarm where two machines count one shard differently, and gives no answer', async () => {
    const wrong = hand(redis, 10, { wrong: 2, fails: 5 });
    await wrong.up;
    const first = asked(redis).then(
      () => 'done',
      (e: unknown) => e,
    );
    // The first result of shard 2 is the wrong one; the right one that comes after it is what reveals it.
    while (!/"done".*"shard":2/.test(wrong.said)) await wait(20);
    wrong.child.kill('SIGKILL');
    const client = new Redis(redis.port);
    const [run] = (await client.smembers('foothold:runs')) as [string];
    const key = whole.keyFor(shardsOf(job)[2] as never);
    await client.hdel(`foothold:run:${run}:results`, key);
    await client.del(`foothold:lab-${run.slice(0, 32)}:${key}`);
    client.disconnect();
    hand(redis, 10, { fails: 5 });
    const again = asked(redis).then(
      () => 'done',
      (e: unknown) => e,
    );
    for (const outcome of await Promise.all([again, first]))
      assert.ok(outcome instanceof AskFailed && outcome.kind === 'differs' && outcome.shard === 2, String(outcome));
    endHands();
    await redis.end();
    redis = await RedisServer.start();
  });
  it('says which shard fails, and why, when it fails wherever it is tried', async () => {
    hand(redis, 10, { fails: 7 });
    await assert.rejects(
      asked(redis),
      (e: unknown) =>
        e instanceof AskFailed && e.kind === 'shard' && e.shard === 7 && /cannot be computed/.test(e.message),
    );
    endHands();
  });
  it('is told whether the server keeps what it holds', async () => {
    const server = new Server(readAddress(redis.url), {});
    try {
      const told: string[] = [];
      assert.deepEqual(await keeping(server), { persists: true, evicts: false });
      // Its connection ends by itself, however late that is heard: nobody is to think that the server is gone.
      server.onChange = (what) => told.push(what);
      const [one, other] = [server.connect(), server.connect()];
      await Promise.all([one.ping(), other.ping()]);
      await wait(100);
      assert.deepEqual(told, []);
      // Two connections lost at once are one loss, and one return.
      await redis.kill();
      await redis.up();
      await Promise.all([one.ping(), other.ping()]);
      await wait(100);
      assert.deepEqual(told, ['lost', 'back']);
    } finally {
      server.close();
    }
    const loose = await RedisServer.start(['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru']);
    try {
      assert.deepEqual(await keeping(new Server(readAddress(loose.url), {})), { persists: false, evicts: true });
    } finally {
      await loose.end();
    }
  });
});

/** A server that asks for a password and speaks TLS alone, with a certificate of its own. */
async function guarded(password: string): Promise<{ redis: RedisServer; certs: string; tls: number }> {
  const certs = mkdtempSync(join(tmpdir(), 'foothold-tls-'));
  const tls = await freePort();
  const made = spawnSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost`.split(
      ' ',
    ),
    { cwd: certs, encoding: 'utf8' },
  );
  assert.equal(made.status, 0, made.stderr);
  const files = ['--tls-cert-file', join(certs, 'cert.pem'), '--tls-key-file', join(certs, 'key.pem')];
  const redis = await RedisServer.start(
    ['--tls-port', String(tls), ...files, '--tls-auth-clients', 'no', '--requirepass', password],
    0,
  );
  return { redis, certs, tls };
}

describe('the way to a server', () => {
  it('is read from an address, and a password in it is refused', () => {
    assert.deepEqual(readAddress('rediss://lab@redis.example:6380/2'), {
      host: 'redis.example',
      port: 6380,
      db: 2,
      username: 'lab',
      tls: true,
    });
    assert.equal(readAddress('redis://[::1]').host, '::1');
    const kind = (text: string): string => {
      try {
        readAddress(text);
      } catch (e) {
        return (e as AddressFault).kind;
      }
      return 'read';
    };
    assert.equal(kind('redis://lab:secret@host'), 'password-in-address');
    assert.equal(kind('http://host'), 'not-redis');
    assert.equal(kind('2026-12-01'), 'not-redis');
    assert.equal(kind('redis://host/notes'), 'database');
    assert.equal(inTheOpen(readAddress('redis://10.0.0.5')), true);
    assert.equal(inTheOpen(readAddress('redis://127.0.0.1')), false);
    assert.equal(inTheOpen(readAddress('rediss://10.0.0.5')), false);
  });
  it('needs the password and trusts only a certificate it is told to trust', { skip }, async () => {
    const { redis, certs, tls } = await guarded('correct horse');
    const address = readAddress(`rediss://localhost:${tls}`);
    const ca = readFileSync(join(certs, 'cert.pem'), 'utf8');
    const fault = async (secret: ConstructorParameters<typeof Server>[1], to = address): Promise<string> =>
      await new Server(to, secret).try().then(
        () => 'in',
        (e: Unreachable) => e.kind,
      );
    try {
      assert.equal(await fault({ password: 'correct horse', ca }), 'in');
      assert.equal(await fault({ password: 'wrong', ca }), 'password');
      assert.equal(await fault({ ca }), 'password');
      assert.equal(await fault({ password: 'correct horse' }), 'tls');
      assert.equal(await fault({}, readAddress(`redis://127.0.0.1:${await freePort()}`)), 'refused');
    } finally {
      await redis.end();
      rmSync(certs, { recursive: true });
    }
  });
});

describe('lab run on a queue', { skip }, () => {
  it('by the command line, with a password and TLS: a worker in a process of its own, and the digest of the run in one process', async () => {
    const { redis, certs, tls } = await guarded('correct horse');
    writeFileSync(join(certs, 'password'), 'correct horse\n');
    const to = ['--on', `rediss://localhost:${tls}`, '--ca', join(certs, 'cert.pem'), '--passphrase-fd', '3'];
    const password = (): number => openSync(join(certs, 'password'), 'r');
    const out = mkdtempSync(join(tmpdir(), 'foothold-on-'));
    const bin = join(root, 'bin', 'foothold.mjs');
    const worker = spawn(process.execPath, [bin, 'lab', 'worker', ...to, '--lang', 'en'], {
      stdio: ['ignore', 'ignore', 'pipe', password()],
    });
    let said = '';
    worker.stderr?.on('data', (d: Buffer) => {
      said += d.toString();
    });
    try {
      const args = ['--persons', '200', '--seed', '3', '--to', '2022-04-15', '--draws', '2', '--json', '--out', out];
      const run = spawn(process.execPath, [bin, 'lab', 'run', ...to, ...args], {
        stdio: ['ignore', 'pipe', 'pipe', password()],
      });
      let text = '';
      let err = '';
      run.stdout?.on('data', (d: Buffer) => {
        text += d.toString();
      });
      run.stderr?.on('data', (d: Buffer) => {
        err += d.toString();
      });
      const code = await new Promise((go) => run.once('close', go));
      assert.equal(code, 0, `${err}\n${said}`);
      assert.equal(JSON.parse(text).digest, expected);
      assert.match(said, /working on it[\s\S]*shard 0/);
      // What was kept is what lab merge reads.
      const kept = readdirSync(out).find((f) => f.startsWith('run-')) as string;
      const merger = new Merger((new ShardFolder(join(out, kept)).job() ?? assert.fail()) as never);
      new ShardFolder(join(out, kept)).takeAll(merger);
      assert.equal(outcomesDigest(merger.outcomes()), expected);
      worker.kill('SIGTERM');
      assert.equal(await new Promise((go) => worker.once('close', go)), 0);
      assert.match(said, /Stopping: what is begun is finished/);
    } finally {
      worker.kill('SIGKILL');
      rmSync(out, { recursive: true });
      rmSync(certs, { recursive: true });
      await redis.end();
    }
  });
});
