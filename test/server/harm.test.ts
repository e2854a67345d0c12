/** Requests that are malformed, too large, too slow or cut in half: refused, and others are answered meanwhile. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { api } from '../../src/server/api.ts';

const root = join(import.meta.dirname, '..', '..');
const ON = '2026-11-23';
const person = (name: string) => readFileSync(join(root, 'people', `${name}.yaml`), 'utf8');
const STAY = JSON.stringify({ person: person('vera'), on: ON, rule: 'am' });
const book = await loadLaw();
let app: FastifyInstance;
let port = 0;
const sockets: Socket[] = [];

before(async () => {
  app = api({
    book,
    version: '0',
    today: () => parseDay(ON) as number,
    worker: new URL('../../src/server/evaluate.ts', import.meta.url),
    hosts: ['127.0.0.1', 'localhost'],
    workers: 1,
    slowest: 700,
  });
  app.server.on('connection', (s: Socket) => sockets.push(s));
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as { port: number }).port;
});
after(() => app.close());

const alive = async () => {
  const r = await fetch(`http://127.0.0.1:${port}/api/v1/stay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: STAY,
    signal: AbortSignal.timeout(20_000),
  });
  assert.equal(r.status, 200);
  await r.arrayBuffer();
};

/** Sends bytes as they are; what came back until the server closed, and after how many milliseconds. */
function raw(send: (s: Socket) => void): Promise<{ readonly text: string; readonly ms: number }> {
  return new Promise((done) => {
    const from = performance.now();
    let text = '';
    const s = connect(port, '127.0.0.1', () => send(s));
    s.on('data', (d) => {
      text += d;
    });
    s.on('error', () => undefined);
    s.on('close', () => done({ text, ms: performance.now() - from }));
  });
}
const HEAD = `POST /api/v1/stay HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;

test('malformed: no HTTP, a wrong version, headers without end, two lengths, a length that is none', {
  timeout: 30_000,
}, async () => {
  for (const [bytes, status] of [
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400/],
    ['hello\r\n\r\n', /^HTTP\/1\.1 400/],
    ['GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n', /^HTTP\/1\.1 (400|505)/],
    [`${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, /^HTTP\/1\.1 400/],
    [`${HEAD}Content-Length: many\r\n\r\nhello`, /^HTTP\/1\.1 400/],
    [`${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, /^HTTP\/1\.1 400/],
    [`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, /^HTTP\/1\.1 400/],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`, /^HTTP\/1\.1 431/],
    [`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${'X: y\r\n'.repeat(5_000)}\r\n`, /^HTTP\/1\.1 431/],
  ] as const) {
    const { text } = await raw((s) => s.write(bytes));
    assert.match(text, status, JSON.stringify(bytes.slice(0, 60)));
  }
  await alive();
});

test('too large: refused by its stated length before it is sent, and without one as soon as it is over', {
  timeout: 30_000,
}, async () => {
  const stated = await raw((s) => s.write(`${HEAD}Content-Length: 10000000000\r\n\r\n{`));
  assert.match(stated.text, /^HTTP\/1\.1 413[\s\S]*application\/problem\+json[\s\S]*At most 256 KiB/);
  let sent = 0;
  const endless = await raw((s) => {
    s.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
    const chunk = `8000\r\n${' '.repeat(0x8000)}\r\n`;
    const more = () => {
      if (s.destroyed || sent > 50_000_000) return;
      sent += 0x8000;
      if (s.write(chunk)) setImmediate(more);
      else s.once('drain', more);
    };
    more();
  });
  assert.match(endless.text, /^HTTP\/1\.1 413/);
  assert.ok(sent < 20_000_000, `${sent} bytes were taken from somebody who may send 256 KiB`);
  await alive();
});

test('too slow: a head or a body that does not arrive is ended in its time, while others are answered', {
  timeout: 30_000,
}, async () => {
  const drips = [
    (s: Socket) => s.write('GET /api/v1/la'),
    (s: Socket) => s.write(`${HEAD}Content-Length: 5000\r\n\r\n{"per`),
    (s: Socket) => {
      s.write(`${HEAD}Content-Length: 5000\r\n\r\n`);
      const drip = setInterval(() => (s.destroyed ? clearInterval(drip) : s.write('x')), 100);
      s.on('close', () => clearInterval(drip));
    },
    // Says nothing at all.
    () => undefined,
  ];
  const slow = Promise.all(Array.from({ length: 40 }, (_, i) => raw(drips[i % drips.length] as (s: Socket) => void)));
  await alive();
  for (const { text, ms } of await slow) {
    assert.match(text, /^HTTP\/1\.1 408|^$/);
    assert.ok(ms < 6_000, `${ms} ms`);
  }
  await alive();
});

test('half closed: whoever closes their side, after asking or in the middle of it, is answered or not, and never waited for', {
  timeout: 30_000,
}, async () => {
  const whole = await raw((s) => s.end(`${HEAD}Content-Length: ${Buffer.byteLength(STAY)}\r\n\r\n${STAY}`));
  // Node takes a closed side for somebody who has left.
  assert.match(whole.text, /^HTTP\/1\.1 200[\s\S]*"rule":"am\/|^$/);
  assert.ok(whole.ms < 5_000);
  const half = await raw((s) => s.end(`${HEAD}Content-Length: 5000\r\n\r\n{"per`));
  assert.match(half.text, /^HTTP\/1\.1 400|^$/);
  assert.ok(half.ms < 5_000);
  await alive();
});

test('those who ask and leave make room for others at once', { timeout: 60_000 }, async () => {
  const body = JSON.stringify({ person: person('ilya'), on: ON, goal: 'permanent' });
  const leaving = new AbortController();
  const many = Array.from({ length: 64 }, () =>
    fetch(`http://127.0.0.1:${port}/api/v1/plan`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: leaving.signal,
    }).then(
      (r) => r.status,
      () => 0,
    ),
  );
  await new Promise((r) => setTimeout(r, 300));
  leaving.abort();
  assert.deepEqual(new Set(await Promise.all(many)), new Set([0]));
  const from = performance.now();
  await alive();
  assert.ok(performance.now() - from < 8_000, 'nobody waits for answers that nobody waits for');
});

test('one connection that asks many times leaves nothing behind with each', { timeout: 60_000 }, async () => {
  const before = sockets.length;
  const head = `${HEAD}Content-Length: ${Buffer.byteLength(STAY)}\r\n\r\n${STAY}`;
  let answers = 0;
  await raw((s) => {
    s.on('data', (d) => {
      answers += String(d).match(/HTTP\/1\.1 200/g)?.length ?? 0;
      if (answers < 60) s.write(head);
      else s.destroy();
    });
    s.write(head);
  });
  const socket = sockets[before] as Socket;
  assert.equal(answers, 60);
  assert.ok(socket.listenerCount('close') < 12, `${socket.listenerCount('close')} listeners`);
});
