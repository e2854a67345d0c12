/** Screening in the page: whole lists as files, matched in a worker, organisations only; the answer never clears anybody. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE } from './built.ts';

/** Invented: the form of the US Consolidated Screening List. */
const CSL = JSON.stringify({
  search_performed_at: '2026-11-20',
  results: [
    {
      id: 'e1',
      type: 'Entity',
      name: 'Verkhny Instrument Works OOO',
      alt_names: ['ООО Верхний инструментальный завод'],
      ids: [{ number: '7707083893' }],
      source: 'Entity List',
      addresses: [{ country: 'RU' }],
    },
    { id: 'p1', type: 'Individual', name: 'Pyotr Sidorov', source: 'SDN' },
  ],
});

test('lists are chosen as files; a number, a name and a miss are each told as what they are; persons are not searched', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-lists-'));
  const asked: string[] = [];
  try {
    const page = await openPage(browser.context, served.url);
    await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await bringFile(page, PEOPLE);
    browser.context.on('request', (r) => asked.push(r.url()));
    await page.locator('.task').nth(8).click();
    const compare = async (text: string) => {
      await page.locator('main textarea').fill(text);
      await page.locator('main form button.main').click();
    };
    await compare('Romashka');
    await page.waitForSelector('text=There is nothing to compare with');
    writeFileSync(join(dir, 'page.json'), '<html>not found</html>');
    await page.setInputFiles('main input[type=file]', join(dir, 'page.json'));
    await page.waitForSelector('text=page.json was not taken');
    writeFileSync(join(dir, 'consolidated.json'), CSL);
    await page.setInputFiles('main input[type=file]', join(dir, 'consolidated.json'));
    await page.waitForSelector('text=1 organisations; persons, ships and others passed over: 1');
    await compare('7707083893');
    await page.waitForSelector('text=A number of this organisation is on the lists below');
    assert.match(await page.locator('main article').innerText(), /INN 7707083893, exactly/);
    await compare('ООО "Верхний инструментальный завод"');
    await page.waitForSelector('text=Names alike were found');
    await compare('Pyotr Sidorov');
    await page.waitForSelector('text=This is no clearance');
    assert.equal(await page.locator('main article').count(), 0);
    const text = await page.locator('main').innerText();
    assert.match(text, /Not looked at: .*European Union/);
    assert.ok(!/\bsafe\b|all clear|cleared/i.test(text));
    assert.deepEqual(
      // The workers and the law are everybody's: the planner's may begin only now.
      asked.filter((u) => !/\/(w|law)-[^/]+\.js$/.test(u)),
      [],
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});

test('lists are kept on the device only where that was chosen, and are gone when it is no longer; a refusal speaks Russian', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'ru' });
  const dir = mkdtempSync(join(tmpdir(), 'foothold-kept-'));
  try {
    const page = await openPage(browser.context, served.url);
    const toScreening = async () => {
      await bringFile(page, PEOPLE);
      await page.locator('.task').nth(8).click();
      await page.waitForSelector('main input[type=checkbox]:enabled');
    };
    const databases = () => page.evaluate(async () => (await indexedDB.databases()).map((d) => d.name));
    const keeping = page.locator('main input[type=checkbox]');
    await toScreening();
    writeFileSync(join(dir, 'harmed.json'), CSL.slice(0, -20));
    await page.setInputFiles('main input[type=file]', join(dir, 'harmed.json'));
    await page.waitForSelector('text=Файл мог скачаться не целиком');
    writeFileSync(join(dir, 'consolidated.json'), CSL);
    await page.setInputFiles('main input[type=file]', join(dir, 'consolidated.json'));
    await page.waitForSelector('text=организаций: 1');
    assert.ok(!(await keeping.isChecked()));
    assert.ok(!(await databases()).includes('tables'));

    // Not chosen: a new window has none.
    await page.reload();
    await toScreening();
    await page.waitForSelector('text=Пока не выбран ни один список');
    await page.setInputFiles('main input[type=file]', join(dir, 'consolidated.json'));
    await page.waitForSelector('text=организаций: 1');
    await keeping.click();
    await page.waitForSelector('text=Списки остаются на этом устройстве');
    assert.ok(await keeping.isChecked());
    await page.locator('main textarea').fill('7707083893');
    await page.locator('main form button.main').click();
    await page.waitForSelector('main article');

    // Chosen: they are there again, the question is not.
    await page.reload();
    await toScreening();
    await page.waitForSelector('text=организаций: 1');
    assert.ok(await keeping.isChecked());
    assert.equal(await page.locator('main textarea').inputValue(), '');
    await page.locator('main textarea').fill('7707083893');
    await page.locator('main form button.main').click();
    await page.waitForSelector('main article');

    await keeping.click();
    await page.waitForSelector('text=Списки удалены с этого устройства');
    assert.ok(!(await databases()).includes('tables'));
    await page.reload();
    await toScreening();
    await page.waitForSelector('text=Пока не выбран ни один список');
  } finally {
    rmSync(dir, { recursive: true, force: true });
    await browser.close();
    await served.close();
  }
});
