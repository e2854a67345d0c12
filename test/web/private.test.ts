/** What leaves the page and what stays on the device: nothing, unless the person wants it, and then encrypted. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { listen } from '../../src/server/static.ts';
import { decryptWithPassphrase } from '../../src/vault/age.ts';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE, ROOT } from './built.ts';

const task = (page: Page, n: number) => page.locator('.task').nth(n).click();
/** Words of the example case that must not be found anywhere. */
const CANARIES = ['1991-04-12', 'software-developer', '12000 EUR', 'ge/visa-free'];

/** Everything the browser keeps for the origin, as one text. */
const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const out: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
    for (const name of await caches.keys()) {
      out.push(name);
      for (const r of await (await caches.open(name)).keys()) out.push(r.url);
    }
    for (const { name } of await indexedDB.databases()) {
      out.push(String(name));
      const db = await new Promise<IDBDatabase>((done) => {
        const r = indexedDB.open(String(name));
        r.onsuccess = () => done(r.result);
      });
      for (const table of db.objectStoreNames) {
        const all = await new Promise<unknown[]>((done) => {
          const r = db.transaction(table).objectStore(table).getAll();
          r.onsuccess = () => done(r.result);
        });
        for (const x of all)
          for (const part of Object.values(x as Record<string, Uint8Array>))
            out.push(new TextDecoder('latin1').decode(part));
      }
      db.close();
    }
    return out.join('\n');
  });

test('a case in use is nowhere on the device; kept, it is there encrypted; locked, it is gone from the page; erased, all is gone', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser();
  try {
    const page = await openPage(browser.context, served.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await bringFile(page, PEOPLE);
    await page.locator('[data-task=plans]').click();
    await page.waitForSelector('.front', { timeout: 120_000 });
    const before = await stored(page);
    for (const c of CANARIES) assert.ok(!before.includes(c), c);
    assert.ok(!before.includes('store'), 'no database before something is kept');
    await page.goBack();
    await page.waitForSelector('.tasks');
    await task(page, 7);
    await page.locator('main button.plain').first().click();
    for (const n of [0, 1]) await page.locator('input[type=password]').nth(n).fill('correct horse battery staple');
    await page.locator('main form button.main').click();
    await page.waitForSelector('header .lock');
    const kept = await stored(page);
    assert.match(kept, /age-encryption\.org\/v1/);
    for (const c of CANARIES) assert.ok(!kept.includes(c), c);
    // What is kept opens with any age program.
    const files = await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((done) => {
        const r = indexedDB.open('store');
        r.onsuccess = () => done(r.result);
      });
      const x = await new Promise<{ sealed: Uint8Array; file: Uint8Array }>((done) => {
        const r = db.transaction('files').objectStore('files').get('a');
        r.onsuccess = () => done(r.result);
      });
      db.close();
      return { sealed: [...x.sealed], file: [...x.file] };
    });
    const dir = mkdtempSync(join(tmpdir(), 'foothold-kept-'));
    const identity = await decryptWithPassphrase(new Uint8Array(files.sealed), 'correct horse battery staple');
    writeFileSync(join(dir, 'key.txt'), identity);
    writeFileSync(join(dir, 'case.age'), new Uint8Array(files.file));
    const opened = spawnSync('age', ['-d', '-i', join(dir, 'key.txt'), join(dir, 'case.age')], { encoding: 'utf8' });
    rmSync(dir, { recursive: true, force: true });
    assert.match(opened.stdout, /born: 1991-04-12/, opened.stderr);
    assert.equal(
      (files.file.length - 200 + 16_384) % 16_384 < 400,
      true,
      'its length does not tell how much was answered',
    );
    await page.locator('header .lock').click();
    await page.waitForSelector('input[type=password]');
    const shown = await page.locator('body').innerText();
    for (const c of ['Georgia', 'December 2026', '12,000']) assert.ok(!shown.includes(c), c);
    await page.goBack();
    assert.ok(!(await page.locator('body').innerText()).includes('Georgia'));
    await page.locator('input[type=password]').fill('correct horse battery staple');
    await page.locator('main form button.main').click();
    await page.waitForSelector('.tasks');
    assert.match(await page.locator('main').innerText(), /19 December 2026/);
    await task(page, 7);
    await page.locator('main button.link', { hasText: 'Erase' }).click();
    await page.locator('input[type=checkbox]').check();
    await page.locator('main button.plain').last().click();
    await page.locator('button.danger').click();
    await page.waitForSelector('button.main');
    await page.waitForTimeout(300);
    const after = await stored(page);
    assert.equal(after.replaceAll(/[{}\n]/g, ''), '');
    assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  } finally {
    await browser.close();
    await served.close();
  }
});

test('files taken away say nothing by their names; what comes back is the same person', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser();
  const dir = mkdtempSync(join(tmpdir(), 'foothold-take-'));
  try {
    const page = await openPage(browser.context, served.url);
    await bringFile(page, PEOPLE);
    await task(page, 5);
    const take = async (act: () => Promise<void>, name: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), act()]);
      assert.equal(download.suggestedFilename(), name);
      await download.saveAs(join(dir, name));
    };
    await take(() => page.locator('button', { hasText: 'Save as plain text' }).click(), 'case.yaml');
    const yaml = readFileSync(join(dir, 'case.yaml'), 'utf8');
    // What was brought in is in it whole, with the file of the family after it.
    assert.match(yaml, /^name: Irina$/m);
    assert.match(yaml, /^--- # file: dmitri\.yaml$/m);
    await page.locator('button', { hasText: 'Save locked' }).click();
    const pass = 'five quite random little words';
    for (const n of [0, 1]) await page.locator('input[type=password]').nth(n).fill(pass);
    await take(() => page.locator('form button.main').click(), 'case.age');
    assert.match(readFileSync(join(dir, 'case.age'), 'latin1'), /^age-encryption\.org\/v1\n-> scrypt /);
    await page.locator('button', { hasText: 'Save the calendar file' }).waitFor();
    await page.waitForFunction(() => !(document.querySelector('main button:not([disabled])') === null));
    await take(() => page.locator('button', { hasText: 'Save the calendar file' }).click(), 'calendar.ics');
    const ics = readFileSync(join(dir, 'calendar.ics'), 'utf8');
    assert.match(ics, /SUMMARY:Reminder 1\r\n/);
    assert.ok(!/Georgia|lawful|DESCRIPTION|LOCATION|ORGANIZER/i.test(ics));
    // The plain file gives on the command line what the example does family included.
    const cli = (file: string) =>
      JSON.parse(
        spawnSync(
          process.execPath,
          [join(ROOT, 'bin', 'foothold.mjs'), 'check', file, '--json', '--on', '2026-11-23'],
          {
            encoding: 'utf8',
            maxBuffer: 1 << 28,
          },
        ).stdout,
      ).map((r: { route: string; outcome: string }) => `${r.route} ${r.outcome}`);
    assert.deepEqual(cli(join(dir, 'case.yaml')), cli(PEOPLE[0] as string));
    // The locked file comes back here as well.
    await page.locator('button', { hasText: 'Open a file' }).click();
    writeFileSync(join(dir, 'broken.age'), readFileSync(join(dir, 'case.age')).subarray(0, 300));
    await page.setInputFiles('input[type=file]', join(dir, 'case.age'));
    await page.locator('input[type=password]').last().fill(pass);
    await page.locator('form button.main').last().click();
    await page.waitForSelector('.tasks');
    assert.match(await page.locator('main').innerText(), /19 December 2026/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});

test('the policy stops every way out it can stop, and the two that no policy stops are known', async () => {
  const hits: string[] = [];
  const trap = createServer((q, a) => {
    hits.push(String(q.url));
    a.end('x');
  });
  const port = await listen(trap, 0);
  const to = `http://127.0.0.1:${port}`;
  const served = await serveFolder(await built());
  const browser = await openBrowser();
  try {
    const page = await openPage(browser.context, served.url);
    const tried = await page.evaluate(async (base) => {
      const out: Record<string, string> = {};
      const attempt = async (name: string, act: () => unknown) => {
        try {
          await act();
          out[name] = 'ran';
        } catch (e) {
          out[name] = (e as Error).name;
        }
      };
      await attempt('fetch', () => fetch(`${base}/fetch`));
      await attempt('xhr', () => new XMLHttpRequest());
      await attempt('socket', () => new WebSocket(`${base.replace('http', 'ws')}/socket`));
      await attempt('events', () => new EventSource(`${base}/events`));
      await attempt('rtc', () => new RTCPeerConnection());
      await attempt('beacon', () => navigator.sendBeacon(`${base}/beacon`, 'x'));
      await attempt('open', () => window.open(`${base}/open`));
      await attempt('image', () => {
        new Image().src = `${base}/image`;
      });
      await attempt('link', () => {
        for (const rel of ['prefetch', 'preconnect', 'stylesheet', 'icon']) {
          const l = document.createElement('link');
          l.rel = rel;
          l.href = `${base}/${rel}`;
          document.head.append(l);
        }
      });
      await attempt('form', () => {
        const f = document.createElement('form');
        f.action = `${base}/form`;
        document.body.append(f);
        f.submit();
      });
      await attempt('frame', () => {
        const f = document.createElement('iframe');
        f.src = `${base}/frame`;
        document.body.append(f);
      });
      await attempt('html', () => {
        document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
      });
      // Not within this very call: the tool that makes it is allowed what the page is not.
      setTimeout(() => {
        try {
          out.eval = new Function('return "ran"')();
        } catch (e) {
          out.eval = (e as Error).name;
        }
      });
      await attempt('worker', () => new Worker('blank.html'));
      await new Promise((done) => setTimeout(done, 600));
      return out;
    }, to);
    assert.deepEqual(hits, []);
    for (const name of ['fetch', 'xhr', 'socket', 'events', 'rtc', 'beacon', 'open', 'html', 'eval', 'worker'])
      assert.notEqual(tried[name], 'ran', name);
    // No policy stops a document from being left for another (docs/page.md says so).
    await page.evaluate((base) => {
      location.href = `${base}/left?secret`;
    }, to);
    await page.waitForURL(`${to}/**`);
    assert.equal(hits[0], '/left?secret');
  } finally {
    await browser.close();
    await served.close();
    trap.closeAllConnections();
    trap.close();
  }
});
