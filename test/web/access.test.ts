/** Static pages through axe; by keyboard alone. The screens of the page are looked at in the journey. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './axe.ts';
import { openBrowser, openPage, serveFolder } from './browser.ts';
import { built } from './built.ts';

test('static pages of the law: axe finds nothing', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ viewport: { width: 320, height: 800 } });
  try {
    for (const path of [
      'law/en/index.html',
      'law/ru/ge.html',
      'law/en/de/blue-card.html',
      'law/ru/schengen/short-stay.html',
    ]) {
      const page = await openPage(browser.context, served.url + path);
      assert.deepEqual(await axe(page), [], path);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(wide <= 0, true, `${path} is ${wide} px too wide`);
      await page.close();
    }
  } finally {
    await browser.close();
    await served.close();
  }
});

/** Presses Tab until the focus is on something of that name. Whoever uses the keyboard can do no more. */
async function tabTo(page: Page, name: RegExp, most = 60): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement | null;
      const label =
        e instanceof HTMLInputElement || e instanceof HTMLSelectElement ? (e.labels?.[0]?.textContent ?? '') : '';
      return `${label} ${e?.textContent ?? ''}`.trim();
    });
    if (name.test(at)) {
      // Drawn with the next frame, which a busy machine may take its time for.
      const visible = await page
        .waitForFunction(
          () => {
            const s = getComputedStyle(document.activeElement as HTMLElement);
            return Number.parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none';
          },
          undefined,
          { timeout: 5000 },
        )
        .then(
          () => true,
          () => false,
        );
      assert.ok(visible, `the focus on ${name} is seen`);
      return;
    }
  }
  throw new Error(`By Tab alone ${name} is not reached.`);
}

test('by keyboard alone: a vault made, a case begun in it, locked and opened again', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  try {
    const page = await openPage(browser.context, served.url);
    const press = async (name: RegExp) => {
      await tabTo(page, name);
      await page.keyboard.press('Enter');
    };
    const words = 'typed by keyboard alone';
    await press(/^I help several people$/);
    await page.waitForFunction(() => document.activeElement?.id === 'title');
    await page.waitForSelector('main button.main');
    await press(/^Make a vault$/);
    await page.waitForSelector('input[type=password]');
    await tabTo(page, /^Passphrase/);
    await page.keyboard.type(words);
    await tabTo(page, /^The same again/);
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=The vault is empty');
    await tabTo(page, /^Label/);
    await page.keyboard.type('Sparrow');
    await press(/^New, and ask the questions$/);
    await page.waitForSelector('form.ask');
    assert.match(await page.locator('.incase').innerText(), /Sparrow/);
    await press(/^Lock$/);
    await page.waitForFunction(() => document.activeElement?.id === 'title');
    await tabTo(page, /^Passphrase/);
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.caselist');
    await press(/^Open Sparrow$/);
    await page.waitForSelector('.incase');
  } finally {
    await browser.close();
    await served.close();
  }
});

test('by keyboard alone: from the first screen to three answers and the next deadline', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en' });
  try {
    const page = await openPage(browser.context, served.url);
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'To the content');
    await tabTo(page, /^Begin$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'title');
    await tabTo(page, /go on$/);
    await page.keyboard.press('Enter');
    const answers: Readonly<Record<string, () => Promise<void>>> = {
      'Which country are you in?': async () => {
        await tabTo(page, /^Country where you are/);
        await page.keyboard.type('Georgia');
      },
      'Since which day without a break?': async () => {
        for (const [part, text] of [
          ['Day', '20'],
          ['Month', '12'],
          ['Year', '2025'],
        ] as const) {
          await tabTo(page, new RegExp(`^${part}`));
          await page.keyboard.type(text);
        }
      },
      'On what basis are you there (visa-free, a visa, a permit)?': async () => {
        await tabTo(page, /^Status you hold/);
        await page.keyboard.type('Visa-free stay in Georgia');
      },
    };
    for (let i = 0; i < 3; i++) {
      await page.waitForSelector('form.ask');
      const asked = await page.locator('#title').innerText();
      const give = answers[asked];
      assert.ok(give, `the first questions are about where one is: ${asked}`);
      await give();
      await tabTo(page, /^Continue$/);
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        (was) => document.querySelector('form.ask #title')?.textContent !== was && document.querySelector('form.ask'),
        asked,
      );
    }
    // Continue with nothing chosen says so, and takes the focus there.
    await tabTo(page, /^Continue$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'problem');
    await tabTo(page, /show me where I stand$/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.deadline');
    assert.match(await page.locator('.deadline').innerText(), /19 December 2026, Saturday/);
    const focus = await page.evaluate(() => document.activeElement?.id);
    assert.equal(focus, 'title');
  } finally {
    await browser.close();
    await served.close();
  }
});
