import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { listen, staticServer } from '../../src/server/static.ts';
import { built, ROOT } from './built.ts';

type Got = { readonly status: number; readonly headers: NodeJS.Dict<string | string[]>; readonly body: Buffer };
const get = (port: number, path: string, headers: object = {}, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    const r = request(
      { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (a) => {
        const parts: Buffer[] = [];
        a.on('data', (d: Buffer) => parts.push(d));
        a.on('end', () => resolve({ status: a.statusCode ?? 0, headers: a.headers, body: Buffer.concat(parts) }));
      },
    );
    r.on('error', reject);
    r.end();
  });

test('what is served, with which headers, and what is refused', async () => {
  const web = await built();
  const server = staticServer({ root: web, hosts: ['127.0.0.1', 'localhost'] });
  const port = await listen(server, 0);
  try {
    const page = await get(port, '/');
    assert.equal(page.status, 200);
    const policy = String(page.headers['content-security-policy']);
    for (const part of [
      "default-src 'none'",
      "connect-src 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types foothold',
    ])
      assert.ok(policy.includes(part), part);
    assert.ok(!policy.includes('unsafe'));
    assert.equal(page.headers['referrer-policy'], 'no-referrer');
    assert.equal(page.headers['cache-control'], 'no-cache');
    // Of the service worker alone: with the page's policy it could not take its copy.
    const sw = await get(port, '/sw.js');
    assert.equal(sw.headers['content-security-policy'], "default-src 'none'; connect-src 'self'");
    assert.equal(sw.headers['cache-control'], 'public, max-age=86400');
    const packed = await get(port, '/index.html', { 'accept-encoding': 'gzip' });
    assert.equal(packed.headers['content-encoding'], 'gzip');
    assert.deepEqual(gunzipSync(packed.body), page.body);
    const script = /src="(page-[^"]+)"/.exec(page.body.toString())?.[1] as string;
    assert.match(String((await get(port, `/${script}`)).headers['cache-control']), /immutable/);
    assert.equal((await get(port, '/', {}, 'POST')).status, 405);
    assert.equal((await get(port, '/law/')).status, 404);
    assert.equal((await get(port, '/', { host: 'elsewhere.example' })).status, 421);
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2f..%2fpackage.json',
      '/%00',
      '/nothing',
      '/%zz',
    ])
      assert.ok([400, 404].includes((await get(port, path)).status), path);
    assert.equal((await get(port, '/', {}, 'HEAD')).body.length, 0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('a link that leads out of the folder is not followed', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-serve-'));
  try {
    writeFileSync(join(dir, 'in.html'), 'in');
    symlinkSync(join(ROOT, 'package.json'), join(dir, 'out.json'));
    const server = staticServer({ root: dir });
    const port = await listen(server, 0);
    assert.equal((await get(port, '/in.html')).status, 200);
    assert.equal((await get(port, '/out.json')).status, 404);
    server.closeAllConnections();
    server.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('foothold serve says where it is, answers there and ends when asked to', async () => {
  await built();
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'foothold.mjs'), 'serve', '--port', '0', '--lang', 'en']);
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (d: Buffer) => {
      text += d.toString();
      if (text.includes('Ctrl+C')) resolve(text);
    });
    child.on('exit', () => reject(new Error(text)));
  });
  const port = Number(/127\.0\.0\.1:(\d+)\//.exec(said)?.[1]);
  assert.equal((await get(port, '/')).status, 200);
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
});
