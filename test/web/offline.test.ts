/** Without a network from a disk, and from one version to the next without losing a case. After the first load: the journey. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, ONE_FILE, PEOPLE, ROOT } from './built.ts';
import { MORE_SCREENS, walkMore } from './more-screens.ts';
import { SCREENS, walkScreens } from './screens.ts';

const copyKept = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
const task = (page: Page, n: number) => page.locator('.task').nth(n).click();

test('one file from a disk: every screen, no request, no service worker', async () => {
  await built();
  const browser = await openBrowser({ lang: 'ru' });
  try {
    await browser.context.setOffline(true);
    const asked: string[] = [];
    const said: string[] = [];
    browser.context.on('request', (r) => asked.push(r.url()));
    const url = pathToFileURL(ONE_FILE).href;
    const page = await openPage(browser.context, url);
    page.on('console', (m) => said.push(m.text()));
    page.on('pageerror', (e) => said.push(e.message));
    const seen: string[] = [];
    await walkScreens(page, async (name) => {
      seen.push(name);
      assert.equal(page.url(), url);
    });
    assert.deepEqual(seen, SCREENS);
    await page.locator('nav.ways button').last().click();
    await page.waitForSelector('.tasks');
    await walkMore(page, async (name) => void seen.push(name));
    assert.deepEqual(seen.slice(SCREENS.length), MORE_SCREENS);
    assert.deepEqual(
      asked.filter((u) => u !== url && !u.startsWith('blob:')),
      [],
    );
    assert.deepEqual(said, []);
    assert.equal(await page.evaluate(() => navigator.serviceWorker?.controller ?? null), null);
  } finally {
    await browser.close();
  }
});

test('a new version waits, interrupts nothing, and opens what the old one kept', async () => {
  await built();
  const root = mkdtempSync(join(tmpdir(), 'foothold-versions-'));
  const profile = mkdtempSync(join(tmpdir(), 'foothold-profile-'));
  const web = join(root, 'web');
  cpSync(join(ROOT, 'dist', 'web'), web, {
    recursive: true,
    filter: (from) => !from.includes(`${join('web', 'law')}/`),
  });
  const served = await serveFolder(web);
  const passphrase = 'семь слов на кириллице 42';
  let browser = await openBrowser({ profile });
  try {
    const page = await openPage(browser.context, served.url);
    await copyKept(page);
    await bringFile(page, PEOPLE);
    await task(page, 7);
    await page.locator('main button.plain').first().click();
    await page.locator('input[type=password]').nth(0).fill(passphrase);
    await page.locator('input[type=password]').nth(1).fill(passphrase);
    await page.locator('main form button.main').click();
    await page.waitForSelector('header .lock');
    // One answer after keeping: it must be kept as well.
    await page.locator('nav.ways button').last().click();
    await task(page, 4);
    await page.waitForSelector('.answers[aria-busy=false]');
    const answer = page.locator('.answer', { hasText: 'Savings' });
    await answer.locator('button').first().click();
    await page.locator('fieldset.money input').fill('23456');
    await page.locator('form.ask button[type=submit]').click();
    await page.waitForSelector('form.ask');
    const answersNow = async (p: Page) => {
      await p.locator('nav.ways button').last().click();
      await task(p, 4);
      await p.waitForSelector('.answers[aria-busy=false]');
      return p.locator('.answers').innerText();
    };
    const before = await answersNow(page);
    assert.match(before, /23,456/);
    // The next version: another page, another service worker, the same kept case.
    const name = (
      /src="(page-[^"]+)"/.exec(readFileSync(join(web, 'index.html'), 'utf8')) as RegExpExecArray
    )[1] as string;
    const next = name.replace('page-', 'page-next');
    writeFileSync(join(web, next), `${readFileSync(join(web, name), 'utf8')}\nglobalThis.version2 = true;\n`);
    // Whatever names the page's script names the new one.
    const more = readdirSync(web).find((f) => f.startsWith('more-')) as string;
    for (const f of ['index.html', more])
      writeFileSync(join(web, f), readFileSync(join(web, f), 'utf8').replaceAll(name, next));
    const sha = (f: string) =>
      createHash('sha256')
        .update(readFileSync(join(web, f)))
        .digest('hex');
    const old = readFileSync(join(web, 'sw.js'), 'utf8');
    let fresh = old.replaceAll(name, next);
    for (const f of [next, 'index.html', more]) {
      const entry = new RegExp(`((["\`])${f.replaceAll('.', '\\.')}\\2,\\s*["\`])[0-9a-f]{64}`);
      assert.match(fresh, entry);
      fresh = fresh.replace(entry, `$1${sha(f)}`);
    }
    fresh = fresh.replace(/page-[0-9a-f]{10}/, 'page-0123456789');
    assert.notEqual(fresh, old);
    writeFileSync(join(web, 'sw.js'), fresh);
    await page.locator('nav.ways button').last().click();
    await task(page, 10);
    await page.waitForSelector('main code.address');
    const stated = /name="program" content="(\w{64})"/.exec(readFileSync(join(web, 'index.html'), 'utf8'))?.[1];
    assert.ok(stated && (await page.locator('main').innerText()).includes(stated), 'the page shows its own checksum');
    await page.locator('main button.plain').click();
    await page.waitForFunction(() =>
      document.querySelector('main p[role=status]')?.textContent?.includes('A new version is here'),
    );
    // Nothing was interrupted: the old version goes on, with the case.
    assert.equal(await page.evaluate(() => (globalThis as { version2?: boolean }).version2 ?? false), false);
    assert.equal(await answersNow(page), before);
    await page.waitForTimeout(1500);
    await browser.close();
    browser = await openBrowser({ profile });
    let again = await openPage(browser.context, served.url);
    if (!(await again.evaluate(() => (globalThis as { version2?: boolean }).version2 ?? false))) {
      // The window that finds the new version still belongs to the old one; the next does not.
      await again.close();
      again = await openPage(browser.context, served.url);
    }
    assert.equal(await again.evaluate(() => (globalThis as { version2?: boolean }).version2), true);
    await again.locator('button.main').first().click();
    await again.locator('.actions button').nth(2).click();
    await again.locator('input[type=password]').fill('a wrong passphrase');
    await again.locator('main form button.main').click();
    await again.waitForSelector('.error');
    await again.locator('input[type=password]').fill(passphrase);
    await again.locator('main form button.main').click();
    await again.waitForSelector('.tasks');
    await task(again, 4);
    await again.waitForSelector('.answers[aria-busy=false]');
    assert.equal(await again.locator('.answers').innerText(), before);
  } finally {
    await browser.close();
    await served.close();
    rmSync(root, { recursive: true, force: true });
    rmSync(profile, { recursive: true, force: true });
  }
});
