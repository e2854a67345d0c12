/** The search for plans: it can be stopped, it goes on while something else is looked at, the page answers meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE } from './built.ts';

test('a search can be stopped at once and begun again; meanwhile everything else answers', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser();
  try {
    const page = await openPage(browser.context, served.url);
    await bringFile(page, PEOPLE);
    await page.locator('[data-task=plans]').click();
    await page.locator('main button', { hasText: 'Stop the search' }).click();
    await page.waitForSelector('text=The search was stopped.');
    assert.equal(await page.locator('.front').count(), 0);
    await page.locator('main button', { hasText: 'Search again' }).click();
    await page.waitForSelector('progress');
    // While it searches, another screen answers; the search goes on.
    await page.goBack();
    await page.waitForSelector('.tasks');
    await page.locator('.task').nth(6).click();
    await page.waitForSelector('.index');
    await page.goBack();
    await page.waitForSelector('.tasks');
    await page.locator('[data-task=plans]').click();
    await page.waitForSelector('.front', { timeout: 120_000 });
    // Another language needs no other search.
    await page.locator('.lang').click();
    await page.waitForFunction(() => /План 1/.test(document.querySelector('.front')?.textContent ?? ''), undefined, {
      timeout: 5000,
    });
    await page.locator('.lang').click();
    await page.waitForFunction(() => /Plan 1/.test(document.querySelector('.front')?.textContent ?? ''));
    // A country avoided is in no plan any more, and can be allowed again.
    const name = 'without Armenia';
    // Several that keep away from it: the new search comes to one of them at once, and not to all.
    await page.waitForFunction(
      (c) => [...document.querySelectorAll('.front tbody th')].filter((x) => !x.textContent?.includes(c)).length >= 5,
      'Armenia',
      { timeout: 120_000 },
    );
    await page.locator('button', { hasText: name }).click();
    // What still holds of the plans found until then is there at once, and says so, while the search goes on.
    await page.locator('.front .tag', { hasText: 'from before, still holds' }).first().waitFor();
    assert.equal(await page.locator('progress').count(), 1);
    assert.ok(!(await page.locator('.front tbody th').allInnerTexts()).some((r) => r.includes('Armenia')));
    // The plan that is looked at stays the same one, whatever is found beside it; or it is said that it is gone.
    await page
      .locator('.front tbody tr', { has: page.locator('.tag', { hasText: 'from before' }) })
      .first()
      .locator('th button')
      .click();
    // It says that it is from before, unless the search has come to it meanwhile.
    await page.locator('.legs h3').first().waitFor();
    await page.waitForSelector('.map svg');
    // What lies below the screen is not drawn, and its drawn text is empty.
    const steps = () => page.locator('.legs h3').allTextContents();
    const looked = await steps();
    await page.waitForFunction(
      () => !/from before.{0,30}still holds/.test(document.querySelector('main')?.textContent ?? ''),
      undefined,
      {
        timeout: 120_000,
      },
    );
    if (await page.locator('.legs').count()) assert.deepEqual(await steps(), looked);
    else await page.waitForSelector('text=This plan is not there any more');
    await page.goBack();
    await page.waitForSelector('.front');
    await page.waitForFunction(
      () => !document.querySelector('progress, [aria-busy=true]') && document.querySelector('.front'),
      undefined,
      { timeout: 120_000 },
    );
    assert.ok(await page.locator('.chip', { hasText: 'Armenia' }).count());
    const rows = await page.locator('.front tbody th').allInnerTexts();
    assert.ok(rows.length > 0 && !rows.some((r) => r.includes('Armenia')), rows.join());
    // When the search has ended nothing is from before.
    assert.equal(await page.locator('.front .tag', { hasText: 'from before' }).count(), 0);
  } finally {
    await browser.close();
    await served.close();
  }
});

test('a copy whose law was last read long ago says so on every screen, and nothing in it becomes calmer', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser();
  try {
    const page = await openPage(browser.context, served.url, new Date('2027-06-01T09:00:00Z'));
    await bringFile(page, PEOPLE);
    await page.waitForSelector('text=It may have changed since.');
    assert.equal(await page.locator('.deadline.passed').count(), 1);
    await page.locator('.note', { hasText: 'Danger' }).first().waitFor();
    const dangers = await page.locator('.note', { hasText: 'Danger' }).allInnerTexts();
    assert.ok(dangers.length > 0);
    for (const d of dangers) assert.match(d, /it may concern you|verify/);
  } finally {
    await browser.close();
    await served.close();
  }
});
