/** The pressure log in the page: kept in the vault only, chained, taken out with every field named; and a case handed over field by field. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { recipientOf } from '../../src/vault/age.ts';
import { openBrowser, openPage, serveFolder } from './browser.ts';
import { built, ROOT } from './built.ts';

const PASS = 'six quite random words for this';
const button = (page: Page, name: string | RegExp) => page.locator('main button', { hasText: name }).first();

test('an entry is written, corrected and taken out; a case is handed over without what was struck out', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-log-'));
  try {
    const page = await openPage(browser.context, served.url);
    await button(page, 'I help several people').click();
    await button(page, 'Make a vault').click();
    for (const i of [0, 1]) await page.locator('main input[type=password]').nth(i).fill(PASS);
    await page.locator('main form.box button.main').click();
    await page.waitForSelector('text=The vault is empty');
    await page.locator('main input[type=text]').last().fill('Sparrow');
    await button(page, /^From a file$/).click();
    await page.setInputFiles('main .box input[type=file]', join(ROOT, 'people', 'vera.yaml'));
    await page.waitForSelector('text=Added as case 1');
    await button(page, 'Log, files, hand over').click();
    await button(page, 'Log of pressure').click();
    await button(page, 'Add an entry').click();
    await button(page, 'Put it into the log').click();
    await page.waitForSelector('#problem');
    for (const [i, x] of ['', '11', '2026'].entries()) await page.locator('fieldset.date input').nth(i).fill(x);
    await page.locator('label', { hasText: 'Calls, messages or letters' }).click();
    const text = (label: string) => page.getByLabel(label, { exact: true });
    await text('What you saw or heard').fill('A message from an unknown number.');
    await text('What you think').fill('They have my new number.');
    await text('Witnesses').fill('A. K., B. L.');
    writeFileSync(join(dir, 'shot.png'), 'picture');
    await page.setInputFiles('main input[type=file]', join(dir, 'shot.png'));
    await page.waitForSelector('text=shot.png');
    await button(page, 'Put it into the log').click();
    await page.waitForSelector('article.entry');
    assert.match(await page.locator('article.entry').innerText(), /2026-11: Calls, messages or letters/);
    // Where it can be told stands with it, with the day of the evidence, and what an approach looks like.
    const told = page.locator('main details.box', { hasText: 'Being followed or threatened in Armenia' });
    await told.locator('summary').click();
    assert.match(await told.innerText(), /hcav\.am.*\n[\s\S]*Evidence of .*20\d\d/);
    assert.equal(await page.locator('main details.box', { hasText: 'An approach by a secret service' }).count(), 1);
    await button(page, 'Correct or add to it').click();
    await page.locator('label', { hasText: 'Threat or assault' }).click();
    await text('What you saw or heard').fill('It was a threat.');
    await button(page, 'Put it into the log').click();
    await page.waitForFunction(() => document.querySelectorAll('article.entry').length === 2);
    await button(page, 'Take it out').click();
    await page.locator('label', { hasText: 'Witnesses' }).click();
    await page.waitForFunction(() => !document.querySelector('main')?.innerText.includes('A. K.'));
    assert.match(await page.locator('main').innerText(), /Left out by the person: witnesses/);
    const take = async (name: string, file: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
      assert.equal(download.suggestedFilename(), file);
      await download.saveAs(join(dir, file));
      return readFileSync(join(dir, file), 'utf8');
    };
    const out = JSON.parse(await take('Save for programs', 'notes.json')) as { fields: string[]; entries: object[] };
    assert.equal(out.entries.length, 2);
    assert.ok(out.fields.includes('evidence') && !out.fields.includes('witnesses'));
    assert.ok(!(await take('Save as a page', 'notes.html')).includes('A. K.'));
    // On paper: the entries, and none of the buttons.
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('main button:visible').count(), 0);
    assert.ok(await page.locator('article.entry:visible').count());
    await page.emulateMedia({ media: 'screen' });

    // Handed over to a key of age itself.
    const made = spawnSync('age-keygen', ['-o', join(dir, 'key.txt')], { encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    const secret = /AGE-SECRET-KEY-1\w+/.exec(readFileSync(join(dir, 'key.txt'), 'utf8'))?.[0] as string;
    await page.goBack();
    await button(page, 'Back to the case').click();
    await button(page, 'Hand it over').click();
    await page.waitForSelector('fieldset.fields');
    await page
      .locator('main input[type=text]')
      .first()
      .fill(await recipientOf(secret));
    const fields = await page.locator('fieldset.fields label').allInnerTexts();
    assert.ok(
      fields.some((f) => /Date of birth|Born/i.test(f)),
      fields.join('\n'),
    );
    const birth = page.locator('fieldset.fields label', { hasText: /birth|born/i }).first();
    await birth.click();
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save the file with').click()]);
    await download.saveAs(join(dir, 'case.age'));
    const opened = spawnSync('age', ['-d', '-i', join(dir, 'key.txt'), join(dir, 'case.age')], { encoding: 'utf8' });
    const parcel = JSON.parse(opened.stdout) as { label: string; content: { person: string; log?: unknown } };
    assert.equal(parcel.label, 'Sparrow');
    assert.ok(!/born:/.test(parcel.content.person) && /now:/.test(parcel.content.person));
    assert.equal(parcel.content.log, undefined, 'the log leaves only where it was asked to');
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});
