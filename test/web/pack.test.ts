/** Newer law in the page: signed, shown by what it changes for this person before it is taken, never backwards; and a report from outside. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { parseDay } from '../../src/calendar/civil.ts';
import { answersOf } from '../../src/check/outcomes.ts';
import { type LawBook, readBook, writeBook } from '../../src/law/book.ts';
import { makePack, newKeyPair } from '../../src/law/pack.ts';
import { readReport } from '../../src/law/report.ts';
import { readCase } from '../../src/web/engine/case.ts';
import { readFiles } from '../../src/web/engine/person-files.ts';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE, ROOT } from './built.ts';

const button = (page: Page, name: string | RegExp) => page.locator('main button', { hasText: name }).first();
const NOW = new Date('2026-12-02T09:00:00Z');

/** A German route that is not closed to the example person. */
function routeOf(book: LawBook): string {
  const files = PEOPLE.map((f) => ({ name: basename(f), text: readFileSync(f, 'utf8') }));
  const read = readFiles(book, files, 'irina.yaml');
  assert.ok(read.ok);
  const person = readCase(book, read.answers, 'en', read.origin.members);
  assert.ok('person' in person);
  for (const [asked, answer] of answersOf(book, person.person, parseDay('2026-12-02') as number))
    if (asked.startsWith('route de/') && answer !== 'no') return asked.slice(6);
  throw new Error('Every German route is closed to the example person.');
}

/** The law with one route closed. */
function without(book: LawBook, id: string): LawBook {
  const p = book.provisions.get(id);
  assert.ok(p);
  const closed = { ...p, inForce: { ...p.inForce, to: parseDay('2026-11-30') as number } };
  return { ...book, provisions: new Map([...book.provisions, [p.id, closed]]), digest: 'f'.repeat(64) };
}

test('a pack: refused where it must be, shown before it is taken, in use after a reload, laid away again; expired, everything says verify', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-packs-'));
  try {
    const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
    const id = routeOf(book);
    const title = book.provisions.get(id)?.title.en as string;
    const keys = await newKeyPair();
    const other = await newKeyPair();
    const made = async (name: string, serial: number, issued: string, by = keys) => {
      const head = { serial, issued, validUntil: '2027-01-31' };
      const pack = await makePack(writeBook(without(book, id)), head, by.secret, by.public);
      writeFileSync(join(dir, name), pack);
      return join(dir, name);
    };
    const good = await made('two.pack', 2, '2026-12-01');
    const forged = await made('forged.pack', 3, '2026-12-01', other);
    const older = await made('older.pack', 1, '2026-12-01');
    const stale = await made('stale.pack', 9, '2026-01-01');
    writeFileSync(join(dir, 'torn.pack'), readFileSync(good).subarray(0, 50_000));
    const page = await openPage(browser.context, served.url, NOW);
    await bringFile(page, PEOPLE);
    const open = async () => {
      await page.locator('.task').nth(10).click();
      await button(page, 'Take newer law from a file').click();
      await page.waitForSelector('text=Choose a pack');
    };
    await open();
    await page.locator('main input[type=text]').fill(keys.public);
    const choose = (file: string) => page.setInputFiles('main input[type=file]', file);
    for (const [file, says] of [
      [forged, 'not signed by a key that is trusted here'],
      [stale, 'not newer than the law that is here'],
      [join(dir, 'torn.pack'), 'cut short or altered'],
      [PEOPLE[0] as string, 'This is no law pack'],
    ] as const) {
      await choose(file);
      await page.waitForSelector(`text=${says}`);
      assert.equal(await button(page, 'Take it').count(), 0);
    }
    await choose(good);
    await page.waitForSelector('text=The signature is good');
    assert.match(await page.locator('main').innerText(), /Provisions changed or new: 1; gone: 0/);
    const turned = await page.locator('.turns').innerText();
    assert.ok(turned.includes(title) && turned.includes('→ closed'), turned);
    await button(page, 'Take it').click();
    await page.waitForSelector('text=Now: law pack 2 of 1 December 2026');
    await choose(older);
    await page.waitForSelector('text=not newer than the law that is here');
    await choose(good);
    await page.waitForSelector('text=not newer than the law that is here');
    // In use: the law, and after a reload.
    const shut = async (p: Page) => {
      await p.locator('main button', { hasText: /law/i }).first().click();
      await p.locator('.index button', { hasText: 'Germany' }).click();
      await p.locator('section .index button', { hasText: title }).first().click();
      await p.waitForSelector('.sources');
      return p.locator('main').innerText();
    };
    await page.reload();
    await page.waitForSelector('h1');
    assert.match(await shut(page), /Not in force on that day/);
    // Past its last day nothing in it is certain.
    const later = await openPage(browser.context, served.url, new Date('2027-02-02T09:00:00Z'));
    await bringFile(later, PEOPLE);
    await later.locator('.task').nth(10).click();
    await button(later, 'Take newer law from a file').click();
    await later.waitForSelector('text=Its last day has passed');
    await later.goBack();
    await later.goBack();
    await later.locator('.task').nth(6).click();
    await later.locator('.index button', { hasText: 'Georgia' }).first().click();
    await later.waitForSelector('section .index');
    const rows = await later.locator('section .index li').allInnerTexts();
    assert.ok(rows.length > 3 && rows.every((r) => /verify|not in force/.test(r)), rows.join('\n'));
    // Back to the page's own.
    await later.locator('nav.ways button').last().click();
    await later.locator('.task').nth(10).click();
    await button(later, 'Take newer law from a file').click();
    await button(later, 'Go back to the law before').click();
    await later.waitForSelector('text=Now: the law that came with this page');
    await page.reload();
    await page.waitForSelector('h1');
    assert.ok(!/Not in force on that day/.test(await shut(page)));
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});

test('this rule is wrong: a file with nothing about a person, which the command line turns into a draft with a failing case', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-report-'));
  try {
    const page = await openPage(browser.context, served.url);
    await bringFile(page, PEOPLE);
    await page.locator('.task').nth(6).click();
    await page.locator('.index button', { hasText: 'Germany' }).click();
    await page.locator('section .index button', { hasText: 'EU Blue Card (Germany)' }).first().click();
    await button(page, 'This rule is wrong').click();
    await button(page, 'See what the file says').click();
    await page.waitForSelector('#problem');
    await page.waitForFunction(() => document.activeElement?.id === 'problem');
    await page.locator('label', { hasText: 'A number or a sum' }).click();
    const figure = await page
      .locator('main select option', { hasText: /salary/i })
      .first()
      .getAttribute('value');
    await page.locator('main select').selectOption(figure);
    await page.locator('main input[type=text]').first().fill('60000 EUR');
    await page.locator('main textarea').fill('Das Mindestgehalt beträgt 60 000 Euro.');
    await page.locator('main input[type=text]').nth(1).fill('https://example.org/law?user=42');
    await button(page, 'Cut it off').click();
    await page.locator('label', { hasText: 'The text of a law' }).click();
    for (const [i, x] of ['1', '6', '2026'].entries()) await page.locator('fieldset.date input').nth(i).fill(x);
    await button(page, 'See what the file says').click();
    const text = await page.locator('.filetext').innerText();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Save it as report.yaml').click(),
    ]);
    const file = join(dir, 'report.yaml');
    await download.saveAs(file);
    const saved = readFileSync(file, 'utf8');
    assert.equal(saved.trim(), text.trim());
    assert.ok(!saved.includes('user=42'));
    for (const c of ['1991', 'Irina', 'ge/visa-free']) assert.ok(!saved.includes(c), c);
    assert.equal(readReport(file, saved).provision, 'de/blue-card');
    const cli = spawnSync(process.execPath, [join(ROOT, 'bin', 'foothold.mjs'), 'law', 'report', file], {
      encoding: 'utf8',
    });
    assert.equal(cli.status, 0, cli.stderr);
    assert.match(cli.stdout, /set: de\/blue-card, param: \w+, value: "60000 EUR", from: 2026-06-01/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});
