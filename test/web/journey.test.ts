/**
 * The whole journey in both languages, once each, and what must hold on every screen of it: address and title, requests, width, the way
 * out, axe; on "Where I stand" the next deadline by ear and forced colours as well. In English without a network, after the first load.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './axe.ts';
import { openBrowser, openPage, serveFolder } from './browser.ts';
import { built } from './built.ts';
import { deadlineByEar } from './by-ear.ts';
import { MORE_SCREENS, walkMore } from './more-screens.ts';
import { SCREENS, walkScreens } from './screens.ts';

const SMALL = { width: 320, height: 640 };
/** How axe sees the screens of a language: the small screen in light colours, the wide one in dark. */
const SEEN = {
  en: { viewport: SMALL, colorScheme: 'light' },
  ru: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
} as const;
/** Titles of provisions in a screen may be in the language of the law. */
const OF_THE_LAW = ['law', 'country', 'provision', 'changes', 'vault-case'];

for (const lang of ['en', 'ru'] as const)
  test(`the journey (${lang}): every screen is there, address and title never change, no request leaves the origin, axe finds nothing`, async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({ lang, viewport: SMALL, more: { reducedMotion: 'reduce' } });
    try {
      const asked: string[] = [];
      const said: string[] = [];
      browser.context.on('request', (r) => asked.push(r.url()));
      const page = await openPage(browser.context, served.url);
      page.on('console', (m) => said.push(m.text()));
      page.on('pageerror', (e) => said.push(e.message));
      if (lang === 'en') {
        await sameCopyForAll(page);
        await browser.context.setOffline(true);
        await served.close();
        await page.reload();
        await page.waitForSelector('h1');
      }
      const names: string[] = [];
      const found: string[] = [];
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
        if (lang === 'ru' && !OF_THE_LAW.includes(name))
          assert.match(await page.locator('#title').innerText(), /[А-Яа-я]/, name);
        await nothingSticksOut(page, name);
        await wayOutIsThere(page, name);
        if (name === 'stand') {
          await deadlineByEar(page, lang);
          await markedWithoutColour(page);
        }
        if (name === 'take') await readsOnPaper(page);
        const { viewport, colorScheme } = SEEN[lang];
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        for (const v of await axe(page)) found.push(`${name}: ${v}`);
        await page.setViewportSize(SMALL);
        await page.emulateMedia({ colorScheme: 'light' });
      };
      await walkScreens(page, holds);
      await page.locator('nav.ways button').last().click();
      await page.waitForSelector('.tasks');
      await walkMore(page, holds);
      assert.deepEqual(names, [...SCREENS, ...MORE_SCREENS]);
      assert.deepEqual(found, []);
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

/** The copy for use without a network is there, one and whole: everybody has the same. */
async function sameCopyForAll(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  const copy = await page.evaluate(async () => {
    const names = await caches.keys();
    const list = await (await caches.open(names[0] as string)).keys();
    return { names: names.length, paths: list.map((r) => new URL(r.url).pathname.slice(1)) };
  });
  assert.equal(copy.names, 1);
  for (const part of ['index.html', 'icon.svg', 'page.webmanifest', 'blank.html'])
    assert.ok(copy.paths.includes(part), part);
  for (const part of [/^page-/, /^more-/, /^w-/, /^law-/, /^style-/, /map/])
    assert.equal(copy.paths.filter((p) => part.test(p)).length, 1, String(part));
}

/** With colours forced, what is marked by colour is marked by a border or a word as well. */
async function markedWithoutColour(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const borders = await page.evaluate(() =>
    ['.exit', '.task.main', '.task:not(.main)', '.deadline', '.note'].filter((s) => {
      const e = document.querySelector(s);
      const style = e && getComputedStyle(e);
      return !(
        style &&
        (['Top', 'Left'] as const).some(
          (side) => Number.parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== 'none',
        )
      );
    }),
  );
  assert.deepEqual(borders, []);
  await page.emulateMedia({ forcedColors: 'none' });
}

/** On paper the plan stands alone, in black, white and grey: its days first, then every step with its sources, nothing to press. */
async function readsOnPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.waitForFunction(
    () => document.querySelectorAll('.legs > li').length === document.querySelectorAll('.glance li').length,
  );
  const paper = await page.evaluate(() => {
    const seen = (e: Element) => e.getClientRects().length > 0;
    const grey = (c: string) => {
      const [r, g, b, a = '1'] = c.match(/[\d.]+/g) ?? [];
      return a === '0' || (r === g && g === b);
    };
    const all = [...document.querySelectorAll('body *')].filter(seen);
    return {
      days: document.querySelectorAll('.glance li').length,
      steps: [...document.querySelectorAll('.legs > li')].filter(seen).length,
      sources: [...document.querySelectorAll('.legs .address')].filter(seen).length,
      // A name that leads to a screen is words on paper.
      pressed: all.filter((e) => e.matches('button:not(.link), input, select')).map((e) => e.textContent),
      coloured: all
        .filter((e) => {
          const s = getComputedStyle(e);
          return ![s.color, s.backgroundColor, s.borderTopColor, s.borderLeftColor].every(grey);
        })
        .map((e) => `${e.tagName}.${e.className}`),
    };
  });
  assert.ok(paper.days > 1 && paper.steps === paper.days && paper.sources > 0, JSON.stringify(paper));
  assert.deepEqual([paper.pressed, paper.coloured], [[], []]);
  await page.emulateMedia({ media: 'screen' });
}

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
