/** The whole journey in both languages, and what must hold on every screen of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, openPage, serveFolder } from './browser.ts';
import { built } from './built.ts';
import { MORE_SCREENS, walkMore } from './more-screens.ts';
import { SCREENS, walkScreens } from './screens.ts';

for (const lang of ['en', 'ru'] as const)
  test(`the journey (${lang}): every screen is there, address and title never change, no request leaves the origin`, async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({ lang, viewport: { width: 320, height: 640 } });
    try {
      const asked: string[] = [];
      const said: string[] = [];
      browser.context.on('request', (r) => asked.push(r.url()));
      const page = await openPage(browser.context, served.url);
      page.on('console', (m) => said.push(m.text()));
      page.on('pageerror', (e) => said.push(e.message));
      const names: string[] = [];
      const holds = async (name: string) => {
        names.push(name);
        assert.equal(page.url(), served.url, name);
        assert.equal(await page.title(), 'Foothold', name);
        const text = await page.locator('body').innerText();
        assert.ok(!text.includes('⟦'), `${name}: a message is missing`);
        assert.ok(
          !/undefined|NaN|\[object/.test(text),
          `${name}: ${/.{0,40}(undefined|NaN|\[object).{0,40}/.exec(text)?.[0]}`,
        );
        if (lang === 'ru' && !['law', 'country', 'provision', 'changes', 'vault-case'].includes(name))
          assert.match(await page.locator('#title').innerText(), /[А-Яа-я]/, name);
        await nothingSticksOut(page, name);
        await wayOutIsThere(page, name);
      };
      await walkScreens(page, holds);
      await page.locator('nav.ways button').last().click();
      await page.waitForSelector('.tasks');
      if (lang === 'ru') await walkMore(page, holds);
      assert.deepEqual(names, [...SCREENS, ...(lang === 'ru' ? MORE_SCREENS : [])]);
      const strays = asked.filter((u) => !u.startsWith(served.url) && !u.startsWith('blob:') && !u.startsWith('data:'));
      assert.deepEqual(strays, []);
      // No request carries anything: every address is a file of the build.
      assert.deepEqual(
        asked.filter((u) => /[?#]/.test(u)),
        [],
      );
      assert.deepEqual(said, []);
    } finally {
      await browser.close();
      await served.close();
    }
  });

/** At 320 px (and so at 400 % of 1280 px) nothing asks for scrolling sideways. */
async function nothingSticksOut(page: Page, name: string): Promise<void> {
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    return document.documentElement.scrollWidth > limit
      ? [...document.querySelectorAll('body *')]
          .filter((e) => e.getBoundingClientRect().right > limit + 1 && !e.closest('.hidden, .skip, svg, thead'))
          .slice(0, 5)
          .map((e) => `${e.tagName}.${e.className} ${e.textContent?.slice(0, 40)}`)
      : [];
  });
  assert.deepEqual(wide, [], name);
}

/** The way out can be pressed: nothing lies over it, wherever the page is scrolled to. */
async function wayOutIsThere(page: Page, name: string): Promise<void> {
  for (const y of [0, 100_000]) {
    const hit = await page.evaluate((to) => {
      scrollTo(0, to);
      const b = document.querySelector('.exit')?.getBoundingClientRect();
      if (!b) return 'no button';
      const top = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
      return top?.closest('.exit') && b.width >= 44 && b.height >= 40
        ? 'hit'
        : `${top?.tagName} ${b.width}x${b.height}`;
    }, y);
    assert.equal(hit, 'hit', `${name} at ${y}`);
  }
  await page.evaluate(() => scrollTo(0, 0));
}
