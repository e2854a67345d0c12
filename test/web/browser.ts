/** Debian's Chromium, driven for the tests: nothing stored of an earlier test, no network but the loopback address. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { listen, staticServer } from '../../src/server/static.ts';

export const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Opened = { readonly context: BrowserContext; readonly close: () => Promise<void> };

/** One browser for a file of tests: each test has a context of its own, with storage of its own, as a fresh profile would. */
let shared: { readonly browser: Promise<Browser>; open: number } | undefined;
let idle: ReturnType<typeof setTimeout> | undefined;

async function freshContext(options: object): Promise<Opened> {
  clearTimeout(idle);
  shared ??= { browser: chromium.launch({ executablePath: CHROMIUM, args: FLAGS, headless: true }), open: 0 };
  const mine = shared;
  mine.open++;
  const context = await (await mine.browser).newContext(options);
  return {
    context,
    close: async () => {
      await context.close();
      mine.open--;
      // The next test takes it over; after the last it ends.
      if (mine.open === 0)
        idle = setTimeout(() => {
          shared = undefined;
          void mine.browser.then((b) => b.close());
        }, 100);
    },
  };
}

/** @param options.profile a folder that outlives the browser, where a test closes it and opens another on the same */
export async function openBrowser(
  options: {
    readonly lang?: 'en' | 'ru';
    readonly viewport?: { readonly width: number; readonly height: number };
    readonly profile?: string;
    readonly more?: object;
  } = {},
): Promise<Opened> {
  const how = {
    locale: options.lang === 'ru' ? 'ru-RU' : 'en-GB',
    viewport: options.viewport ?? { width: 1200, height: 900 },
    timezoneId: 'Asia/Tbilisi',
    ...options.more,
  };
  const opened = options.profile === undefined ? await freshContext(how) : await withProfile(options.profile, how);
  opened.context.setDefaultTimeout(20_000);
  return opened;
}

async function withProfile(profile: string, how: object): Promise<Opened> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    headless: true,
    ...how,
  });
  return { context, close: () => context.close() };
}

/** The page as of a fixed day, so that what it says does not change from day to day. */
export const DAY = new Date('2026-11-23T09:00:00Z');

export async function openPage(context: BrowserContext, url: string, day: Date | null = DAY): Promise<Page> {
  const page = await context.newPage();
  if (day) await page.clock.setFixedTime(day);
  await page.goto(url);
  await page.waitForSelector('h1');
  return page;
}

/** Has everything laid out: what lies out of sight the page leaves undrawn, at a size that is only remembered. */
export async function layOut(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [sheet];
  });
}

/** Serves a folder on the loopback address. */
export async function serveFolder(
  root: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = staticServer({ root, hosts: ['127.0.0.1', 'localhost'] });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Brings a person file in, as a person would. */
export async function bringFile(page: Page, file: string | readonly string[]): Promise<void> {
  await page.locator('button.main').first().click();
  await page.locator('.actions button').nth(1).click();
  await page.setInputFiles('input[type=file]', file as string | string[]);
  await whoseIsIt(page);
  await page.waitForSelector('.tasks');
}

/** Where files name each other the page asks whose case it is: the example's. */
export async function whoseIsIt(page: Page): Promise<void> {
  const mine = page.locator('.box button', { hasText: 'irina.yaml' });
  await page.waitForFunction(() => document.querySelector('.tasks, .box .actions button, .box .note'));
  if (await mine.count()) await mine.click();
}
