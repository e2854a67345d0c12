/** Leaving at once: on every screen, by button and by key; nothing of the case is left behind it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { bringFile, openBrowser, serveFolder } from './browser.ts';
import { built, PEOPLE } from './built.ts';

const ELSEWHERE = 'https://www.wikipedia.org/';

async function atCase(lang: 'en' | 'ru' = 'en') {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang, viewport: { width: 320, height: 640 } });
  // The site it leaves for is not asked in a test: an empty page stands for it.
  await browser.context.route(`${ELSEWHERE}**`, (r) =>
    r.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title><h1>elsewhere</h1>' }),
  );
  const page = await browser.context.newPage();
  await page.goto('data:text/html,<h1>before</h1>');
  await page.goto(served.url);
  await page.waitForSelector('h1');
  await bringFile(page, PEOPLE);
  return {
    page,
    url: served.url,
    context: browser.context,
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}

const left = (page: Page) => page.waitForURL(ELSEWHERE);

test('the button leaves; going back does not come to the case, nor forward', async () => {
  const t = await atCase();
  try {
    await t.page.locator('.task').nth(2).click();
    await t.page.waitForSelector('.group');
    await t.page.locator('.exit').click();
    await left(t.page);
    await t.page.goBack();
    assert.equal(t.page.url().startsWith('data:'), true, `back leads to ${t.page.url()}`);
    // Whoever goes on forward finds an empty start at most.
    await t.page.goForward();
    await t.page.goForward().catch(() => null);
    if (t.page.url() === t.url) {
      await t.page.waitForSelector('h1');
      assert.ok(!(await t.page.locator('body').innerText()).includes('Georgia'));
    }
  } finally {
    await t.close();
  }
});

test('Shift three times leaves, on a question with something typed as well; two times do not', async () => {
  const t = await atCase('ru');
  try {
    await t.page.locator('.task').nth(4).click();
    await t.page.locator('.answer', { hasText: 'Сбережения' }).locator('button').first().click();
    await t.page.locator('fieldset.money input').fill('4');
    await t.page.keyboard.press('Shift');
    await t.page.keyboard.press('Shift');
    await t.page.keyboard.press('a');
    await t.page.keyboard.press('Shift');
    await t.page.waitForTimeout(300);
    assert.equal(t.page.url(), t.url);
    for (let i = 0; i < 3; i++) await t.page.keyboard.press('Shift');
    await left(t.page);
  } finally {
    await t.close();
  }
});

test('without a network it leaves for an empty page of its own', async () => {
  const t = await atCase();
  try {
    await t.page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
    await t.context.setOffline(true);
    await t.page.locator('.exit').click();
    await t.page.waitForURL(`${t.url}blank.html`);
    assert.equal((await t.page.locator('body').innerText()).trim(), '');
  } finally {
    await t.close();
  }
});
