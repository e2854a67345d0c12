/** The API against its own document, against the command line, and against those who mean it ill. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { api } from '../../src/server/api.ts';
import { openApi, PROBLEM, ROUTES } from '../../src/server/routes.ts';

const root = join(import.meta.dirname, '..', '..');
const person = (name: string) => readFileSync(join(root, 'people', `${name}.yaml`), 'utf8');
const ON = '2026-11-23';
const book = await loadLaw();
const worker = new URL('../../src/server/evaluate.ts', import.meta.url);
const options = {
  book,
  version: '0.0.0',
  today: () => parseDay(ON) as number,
  worker,
  hosts: ['127.0.0.1', 'localhost'],
};
let app: FastifyInstance;
let base = '';

before(async () => {
  app = api(options);
  base = await app.listen({ port: 0, host: '127.0.0.1' });
});
after(() => app.close());

const ajv = new Ajv({ strict: false, allErrors: true });
const isProblem = ajv.compile(PROBLEM);

async function get(path: string, headers: Record<string, string> = {}) {
  const r = await fetch(base + path, { headers });
  return { status: r.status, headers: r.headers, body: (await r.json()) as never };
}
async function post(path: string, body: unknown, headers: Record<string, string> = {}, raw = false) {
  const r = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: raw ? (body as string) : JSON.stringify(body),
  });
  const text = await r.text();
  return { status: r.status, headers: r.headers, body: (text ? JSON.parse(text) : undefined) as never };
}
function problem(r: { status: number; headers: Headers; body: unknown }, status: number, says: RegExp) {
  assert.equal(r.status, status, JSON.stringify(r.body));
  assert.match(r.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.ok(isProblem(r.body), ajv.errorsText(isProblem.errors));
  assert.match(JSON.stringify(r.body), says);
  assert.equal(r.headers.get('cache-control'), 'no-store');
}

/** A good request for each route of the document. */
const GOOD: Readonly<Record<string, () => Promise<{ status: number; headers: Headers; body: never }>>> = {
  law: () => get('/api/v1/law?kind=stay'),
  provision: () => get(`/api/v1/law/de/blue-card?on=${ON}`),
  changes: () => get('/api/v1/changes?from=2026-01-01&to=2026-11-23'),
  coverage: () => get('/api/v1/coverage'),
  check: () =>
    post('/api/v1/check', { person: person('olga'), on: ON, routes: ['rs/permanent-residence', 'de/blue-card'] }),
  stay: () => post('/api/v1/stay', { person: person('vera'), on: ON, rule: 'am' }),
  plan: () => post('/api/v1/plan', { person: person('ilya'), on: ON, goal: 'protection' }),
  changesForPerson: () => post('/api/v1/changes', { person: person('ilya'), from: '2026-06-01', to: ON }),
};

describe('the document and what is served', () => {
  it('is OpenAPI 3.1, and every reference in it leads somewhere', async () => {
    const doc = (await get('/api/v1/openapi.json')).body as {
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    };
    assert.equal(doc.openapi, '3.1.0');
    assert.deepEqual(doc, JSON.parse(JSON.stringify(openApi('0.0.0'))));
    assert.equal(
      Object.values(doc.paths).reduce((n, p) => n + Object.keys(p).length, 0),
      ROUTES.length,
    );
    for (const ref of JSON.stringify(doc).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      assert.equal(ref[1], 'Problem');
  });
  for (const r of ROUTES)
    it(`${r.method} ${r.path} answers in the form it states`, async () => {
      const got = await (GOOD[r.name] as () => Promise<{ status: number; headers: Headers; body: never }>)();
      assert.equal(got.status, 200, JSON.stringify(got.body));
      const check = ajv.compile(r.reply);
      assert.ok(check(got.body), ajv.errorsText(check.errors));
      assert.equal(got.headers.get('cache-control'), r.personal ? 'no-store' : 'public, max-age=3600');
    });
});

describe('the same answers as the command line', () => {
  const cli = (args: string[], input: string) => {
    const r = spawnSync(process.execPath, [join(root, 'src/cli/main.ts'), ...args, '--json', '--on', ON], {
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(r.status, 0, r.stderr);
    return JSON.parse(r.stdout) as unknown;
  };
  for (const name of ['olga', 'maksim', 'timur'])
    it(name, async () => {
      assert.deepEqual(
        (await post('/api/v1/check', { person: person(name), on: ON })).body,
        cli(['check', '-'], person(name)),
      );
      assert.deepEqual(
        (await post('/api/v1/stay', { person: person(name), on: ON, rule: 'schengen' })).body,
        cli(['stay', '-', 'schengen'], person(name)),
      );
    });
});

describe('bad requests', () => {
  it('are told what is wrong, where, and what was expected', async () => {
    problem(await post('/api/v1/check', {}), 400, /required property 'person'/);
    problem(await post('/api/v1/check', { person: 'name: x', onn: ON }), 400, /additional properties \(\\"onn\\"\)/);
    problem(await post('/api/v1/check', { person: 5 }), 400, /body\/person: must be string/);
    problem(await post('/api/v1/check', '{"person":', {}, true), 400, /not JSON/);
    problem(await post('/api/v1/check', 'person=x', { 'content-type': 'text/plain' }, true), 415, /application\/json/);
    problem(await post('/api/v1/check', { person: 'name: x', on: '2026-02-30' }), 400, /is not a date/);
    problem(await post('/api/v1/check', { person: 'name: x', routes: ['de/nothing'] }), 422, /Not a known route/);
    problem(await post('/api/v1/stay', { person: 'name: x', rule: 'nowhere' }), 422, /Not a known stay rule/);
    problem(await post('/api/v1/plan', { person: 'name: x', avoid: ['zz'] }), 422, /Not a known country/);
    problem(await post('/api/v1/plan', { person: 'name: x', goal: 'moon' }), 400, /body\/goal/);
    problem(await get('/api/v1/changes?from=2026-06-01&to=2026-01-01'), 400, /Change them round/);
    problem(await get('/api/v1/law/de/nothing'), 404, /No such provision/);
    problem(await get('/api/v1/nothing'), 404, /openapi\.json/);
  });
  it('a person file with mistakes: each with its line, and nothing of it is answered', async () => {
    problem(
      await post('/api/v1/check', { person: 'person: {born: 1990-02-31}\nwork: {incomMonth: 5}\n' }),
      422,
      /person:1:\d+.*born|person:2:\d+/,
    );
  });
  it('too large', async () => {
    problem(await post('/api/v1/check', { person: `# ${'x'.repeat(300_000)}` }), 413, /too large/);
    problem(await post('/api/v1/check', { person: `# ${'x'.repeat(120_000)}` }), 400, /must NOT have more than 100000/);
  });
  it('no message quotes a person', async () => {
    const secret = 'Zinaida-Canary';
    for (const body of [
      { person: `name: ${secret}\nfamily: [{relation: spouse, file: x.yaml}]` },
      { person: `name: ${secret}\n!!js/function x` },
    ]) {
      const r = await post('/api/v1/check', body);
      assert.equal(JSON.stringify(r.body).includes(secret), false);
    }
  });
});

describe('who may ask', () => {
  it('another name than its own is refused: no site reaches it through one', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      const s = connect(Number(new URL(base).port), '127.0.0.1', () =>
        s.write('GET /api/v1/law HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
      );
      let text = '';
      s.on('data', (d) => (text += d))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
    assert.match(answer, /^HTTP\/1\.1 421/);
  });
  it('exposed: facts only with the token and through TLS; the law for everybody', async () => {
    const token = 'a-token-of-thirty-two-letters-or-more';
    const open = api({ ...options, token });
    try {
      const at = await open.listen({ port: 0, host: '127.0.0.1' });
      const ask = (headers: Record<string, string>) =>
        fetch(`${at}/api/v1/stay`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ person: person('vera'), rule: 'am' }),
        });
      assert.equal((await ask({})).status, 403);
      assert.equal((await ask({ authorization: `Bearer ${token}` })).status, 403);
      assert.equal((await ask({ 'x-forwarded-proto': 'https' })).status, 401);
      assert.equal((await ask({ 'x-forwarded-proto': 'https', authorization: `Bearer ${token}x` })).status, 401);
      assert.equal((await ask({ 'x-forwarded-proto': 'https', authorization: `Bearer ${token}` })).status, 200);
      assert.equal((await fetch(`${at}/api/v1/coverage`)).status, 200);
    } finally {
      await open.close();
    }
  });
});

describe('those who mean it ill', () => {
  const port = () => Number(new URL(base).port);
  const alive = async () => assert.equal((await GOOD.stay?.())?.status, 200);
  it('a request that never ends, one that is cut off, and noise do no harm to others', {
    timeout: 60_000,
  }, async () => {
    const sockets = Array.from({ length: 40 }, (_, i) => {
      const s = connect(port(), '127.0.0.1');
      s.on('error', () => undefined);
      s.on('connect', () => {
        if (i % 4 === 0)
          s.write(
            'POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"per',
          );
        else if (i % 4 === 1) s.write('GET /api/v1/la');
        else if (i % 4 === 2) s.write(Buffer.from(Array.from({ length: 500 }, (_, j) => (j * 37 + i) % 256)));
        else s.end('GET / HTTP/9.9\r\n\r\n');
      });
      return s;
    });
    await new Promise((r) => setTimeout(r, 200));
    await alive();
    for (const s of sockets) s.destroy();
    await alive();
  });
  it('an asker who leaves stops the work; a question over its time is ended; the next one is answered', {
    timeout: 60_000,
  }, async () => {
    const quick = api({ ...options, workers: 1, longest: 80 });
    let arrived = (): void => {};
    quick.addHook('preHandler', async () => arrived());
    try {
      const at = await quick.listen({ port: 0, host: '127.0.0.1' });
      const ask = (signal?: AbortSignal) =>
        fetch(`${at}/api/v1/plan`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ person: person('irina'), on: ON }),
          ...(signal ? { signal } : {}),
        });
      const slow = await ask();
      assert.equal(slow.status, 503);
      assert.match(await slow.text(), /took too long/);
      // Whoever leaves does so when the question has come in: no clock of a busy machine is asked.
      const leaves = new AbortController();
      arrived = () => leaves.abort();
      await assert.rejects(ask(leaves.signal));
    } finally {
      await quick.close();
    }
    await alive();
  });
});
