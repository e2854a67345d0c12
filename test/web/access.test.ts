/** axe on every screen in both languages; by keyboard alone; colours forced; and the next deadline found by ear. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { axe } from './axe.ts';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, PEOPLE, ROOT } from './built.ts';
import { MORE_SCREENS, walkMore } from './more-screens.ts';
import { walkScreens } from './screens.ts';

for (const [lang, look] of [
  ['en', { colorScheme: 'light', width: 320 }],
  ['ru', { colorScheme: 'dark', width: 1280 }],
] as const)
  test(`axe finds nothing on any screen (${lang}, ${look.colorScheme}, ${look.width} px)`, async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({
      lang,
      viewport: { width: look.width, height: 800 },
      more: { colorScheme: look.colorScheme, reducedMotion: 'reduce', bypassCSP: false },
    });
    try {
      const page = await openPage(browser.context, served.url);
      const found: string[] = [];
      await walkScreens(page, async (name) => {
        for (const v of await axe(page)) found.push(`${name}: ${v}`);
      });
      const seen: string[] = [];
      await page.locator('nav.ways button').last().click();
      await page.waitForSelector('.tasks');
      await walkMore(page, async (name) => {
        seen.push(name);
        for (const v of await axe(page)) found.push(`${name}: ${v}`);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) found.push(`${name} is ${wide} px too wide`);
      });
      assert.deepEqual(seen, MORE_SCREENS);
      assert.deepEqual(found, []);
    } finally {
      await browser.close();
      await served.close();
    }
  });

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

test('forced colours: what is marked by colour is marked by a border or a word as well', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ more: { forcedColors: 'active' } });
  try {
    const page = await openPage(browser.context, served.url);
    await bringFile(page, PEOPLE);
    const borders = await page.evaluate(() =>
      ['.exit', '.task.main', '.task:not(.main)', '.deadline', '.note'].map((s) => {
        const e = document.querySelector(s);
        const style = e && getComputedStyle(e);
        return `${s} ${style && (['Top', 'Left'] as const).some((side) => Number.parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== 'none')}`;
      }),
    );
    assert.deepEqual(borders, [
      '.exit true',
      '.task.main true',
      '.task:not(.main) true',
      '.deadline true',
      '.note true',
    ]);
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

/** The accessibility tree as somebody hears it: one line a node, from the heading that has the focus on. */
type Node = { role: string; name: string };
async function heard(page: Page): Promise<Node[]> {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = (await cdp.send('Accessibility.getFullAXTree')) as {
    nodes: {
      ignored: boolean;
      role?: { value: string };
      name?: { value: string };
      childIds?: string[];
      nodeId: string;
    }[];
  };
  await cdp.detach();
  const byId = new Map(nodes.map((n) => [n.nodeId, n]));
  const out: Node[] = [];
  const walk = (id: string) => {
    const n = byId.get(id);
    if (!n) return;
    const role = n.role?.value ?? '';
    const name = (n.name?.value ?? '').trim();
    if (!n.ignored && name && !['InlineTextBox', 'RootWebArea', 'ListMarker'].includes(role)) out.push({ role, name });
    if (['button', 'heading'].includes(role) && !n.ignored) return;
    for (const c of n.childIds ?? []) walk(c);
  };
  if (nodes[0]) walk(nodes[0].nodeId);
  return out;
}

for (const [lang, first, expected] of [
  [
    'en',
    'Next deadline',
    ['Last lawful day in Georgia', '19 December 2026', 'Saturday', '27 days left, today included'],
  ],
  [
    'ru',
    'Ближайший срок',
    ['Последний законный день в Грузии', '19 декабря 2026 года', 'суббота', 'считая сегодня, осталось: 27 дней'],
  ],
] as const)
  test(`by ear (${lang}): the next deadline is the first thing after the heading, in words`, async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({ lang });
    try {
      const page = await openPage(browser.context, served.url);
      await bringFile(page, PEOPLE);
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'title');
      const all = await heard(page);
      const title = all.findIndex((n) => n.role === 'heading');
      const after = all.slice(title);
      assert.equal(after.find((n, i) => i > 0 && n.role === 'heading')?.name, first);
      const at = after.findIndex((n) => n.name === first);
      const text = after
        .slice(at, at + 10)
        .map((n) => n.name)
        .join(' ');
      for (const e of expected) assert.ok(text.includes(e), `${e} in: ${text}`);
      // Pictures are not heard; what they show is said by the list.
      assert.equal(
        all.some((n) => ['image', 'graphics-document', 'SvgRoot'].includes(n.role)),
        false,
      );
      const file = join(ROOT, 'docs', `next-deadline-by-ear.${lang}.txt`);
      const lines = `${after
        .slice(0, at + 7)
        .map((n) => `${n.role}: ${n.name}`)
        .join('\n')}\n`;
      if (process.env.FOOTHOLD_WRITE) writeFileSync(file, lines);
      else
        assert.equal(
          lines,
          readFileSync(file, 'utf8'),
          'what is heard has changed; to write it down anew: FOOTHOLD_WRITE=1 node --test test/web/access.test.ts',
        );
    } finally {
      await browser.close();
      await served.close();
    }
  });
