/** The recipes for servers, each run by the server it is for: what it answers is what `policy.json` of the build asks for. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { need } from '../../scripts/need.ts';
import { listen, type Policy, staticServer } from '../../src/server/static.ts';
import { built, ROOT } from '../web/built.ts';

const deploy = (file: string) => readFileSync(join(ROOT, 'deploy', file), 'utf8');

/** Replaces what must be there. */
function put(text: string, from: string | RegExp, to: string): string {
  const out = text.replace(from, () => to);
  assert.notEqual(out, text, `the recipe has no ${from}`);
  return out;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function answering(at: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    assert.equal(child.exitCode, null, `the server ended: ${said()}`);
    if (
      await fetch(`${at}/blank.html`).then(
        (r) => r.ok,
        () => false,
      )
    )
      return;
    await wait(50);
  }
  assert.fail(`the server does not answer: ${said()}`);
}

async function running(
  command: string,
  args: string[],
  at: string,
  work: () => Promise<void>,
  dir: string,
): Promise<void> {
  let said = '';
  const env = { ...process.env, HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  for (const out of [child.stdout, child.stderr])
    out.on('data', (d) => {
      said += d;
    });
  const ended = new Promise((done) => child.on('exit', done));
  try {
    await answering(at, child, () => said);
    await work();
  } finally {
    child.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Asks a server for every kind of file, and holds its headers against the policy and against our own server. */
async function meetsPolicy(at: string, web: string): Promise<void> {
  const policy = JSON.parse(readFileSync(join(web, 'policy.json'), 'utf8')) as Policy;
  const ours = staticServer({ root: web });
  const own = `http://127.0.0.1:${await listen(ours, 0)}`;
  try {
    const names = readdirSync(web).filter((f) => f !== 'law' && f !== 'lab');
    const lab = readdirSync(join(web, 'lab')).map((f) => `lab/${f}`);
    const law = readdirSync(join(web, 'law'), { recursive: true, encoding: 'utf8' });
    const feed = law.find((f) => f.endsWith('.xml'));
    const page = law.find((f) => f.endsWith('.html'));
    assert.ok(feed && page && names.some((n) => /-[\w-]{8,}\.js$/.test(n)) && names.includes('sw.js'));
    const all = new Set(Object.values(policy).flatMap((h) => Object.keys(h)));
    for (const path of ['', ...names, ...lab, `law/${page}`, `law/${feed}`]) {
      const [theirs, mine] = await Promise.all([fetch(`${at}/${path}`), fetch(`${own}/${path}`)]);
      assert.equal(theirs.status, 200, path);
      const wanted = policy[path] ?? policy.documents;
      for (const name of all) {
        if (name === 'Cache-Control') continue;
        // Exactly once and exactly so: a header sent twice reads as one with a comma.
        assert.equal(theirs.headers.get(name), wanted[name] ?? null, `/${path}: ${name}`);
      }
      assert.equal(theirs.headers.get('cache-control'), mine.headers.get('cache-control'), `/${path}: Cache-Control`);
      const kind = (r: Response) =>
        r.headers
          .get('content-type')
          ?.split(';')[0]
          ?.replace(/^application\/(javascript|atom\+xml)$/, (_, x) =>
            x === 'javascript' ? 'text/javascript' : 'text/xml',
          );
      assert.equal(kind(theirs), kind(mine), `/${path}: type`);
      if (/\.(html|js|css)$/.test(path)) assert.match(theirs.headers.get('content-type') ?? '', /charset=utf-8/i, path);
      assert.deepEqual(
        Buffer.from(await theirs.arrayBuffer()),
        Buffer.from(await mine.arrayBuffer()),
        `/${path}: bytes`,
      );
    }
    const missing = await fetch(`${at}/page-12345678.js`);
    assert.equal(missing.status, 404);
    assert.equal(missing.headers.get('content-security-policy'), policy.documents['Content-Security-Policy']);
    assert.ok(
      !/immutable/.test(missing.headers.get('cache-control') ?? ''),
      'a missing file is not missing for a year',
    );
    const posted = await fetch(`${at}/index.html`, { method: 'POST', body: 'x' });
    assert.equal(posted.status, 405);
    for (const name of ['set-cookie', 'x-powered-by']) assert.equal(posted.headers.get(name), null);
  } finally {
    ours.close();
    ours.closeAllConnections();
  }
}

test('nginx with deploy/nginx.conf sends what the page asks for', async () => {
  assert.equal(need('nginx', 'nginx-light'), undefined);
  const web = await built();
  const dir = mkdtempSync(join(tmpdir(), 'foothold-nginx-'));
  const port = await freePort();
  let site = put(deploy('nginx.conf'), 'listen 443 ssl http2;', `listen 127.0.0.1:${port};`);
  site = put(put(site, /^ *ssl_.*\n/gm, ''), 'root /srv/foothold/web;', `root "${web}";`);
  writeFileSync(join(dir, 'site.conf'), site);
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((t) => `${t}_temp_path ${dir}/${t};`)
    .join('\n');
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const main = join(dir, 'nginx.conf');
  writeFileSync(
    main,
    `${user} daemon off; master_process on; worker_processes 1; pid ${dir}/pid; error_log stderr;
events {}
http { access_log off; ${temp} include ${dir}/site.conf; }\n`,
  );
  const at = `http://127.0.0.1:${port}`;
  await running('nginx', ['-e', 'stderr', '-c', main], at, () => meetsPolicy(at, web), dir);
});

test('Caddy with deploy/Caddyfile sends what the page asks for', async () => {
  assert.equal(need('caddy', 'caddy'), undefined);
  const web = await built();
  const dir = mkdtempSync(join(tmpdir(), 'foothold-caddy-'));
  const port = await freePort();
  const at = `http://127.0.0.1:${port}`;
  const site = put(deploy('Caddyfile'), 'foothold.example.org {', `${at} {\n\tbind 127.0.0.1`);
  writeFileSync(join(dir, 'Caddyfile'), put(site, 'root * /srv/foothold/web', `root * "${web}"`));
  const args = ['--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile'];
  const valid = spawnSync('caddy', ['validate', ...args], { encoding: 'utf8', env: { ...process.env, HOME: dir } });
  assert.equal(valid.status, 0, valid.stderr);
  await running('caddy', ['run', ...args], at, () => meetsPolicy(at, web), dir);
});

test('what deploy/Dockerfile changes in the recipe is there to be changed', () => {
  // The image itself is built by whoever has Docker.
  const docker = deploy('Dockerfile');
  assert.ok(docker.includes('s/listen 443 ssl http2;/listen 8080;/') && docker.includes('/ssl_/d'));
  assert.ok(deploy('nginx.conf').includes('listen 443 ssl http2;'));
});
