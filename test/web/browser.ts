/** Debian's Chromium, driven for the tests: a fresh profile each time, no network but the loopback address. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
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

export async function openBrowser(
  options: {
    readonly lang?: 'en' | 'ru';
    readonly viewport?: { readonly width: number; readonly height: number };
    readonly profile?: string;
    readonly more?: object;
  } = {},
): Promise<Opened> {
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'foothold-web-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    headless: true,
    locale: options.lang === 'ru' ? 'ru-RU' : 'en-GB',
    viewport: options.viewport ?? { width: 1200, height: 900 },
    timezoneId: 'Asia/Tbilisi',
    ...options.more,
  });
  context.setDefaultTimeout(20_000);
  return {
    context,
    close: async () => {
      await context.close();
      if (!options.profile) rmSync(profile, { recursive: true, force: true });
    },
  };
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
