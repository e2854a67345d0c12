/** A walk over every screen of the page, as a person would make it: for pictures, for axe, for what must hold everywhere. */
import type { Page } from 'playwright-core';
import { whoseIsIt } from './browser.ts';
import { PEOPLE } from './built.ts';

export type Visit = (name: string) => Promise<void>;

/** Every screen and state of one that the walk visits, in its order. */
export const SCREENS: readonly string[] = `
  start safety open-file stand question summary question-date question-wrong question-money question-list routes route
  plans plan take changes law country provision keep keep-passphrase travel erase about
`
  .trim()
  .split(/\s+/);

const task = (page: Page, n: number) => page.locator('.task').nth(n).click();
const settled = (page: Page) =>
  page.waitForFunction(() => !document.querySelector('[aria-busy=true], .waiting, progress'), undefined, {
    timeout: 120_000,
  });

/** Visits every screen once, with the example person. */
export async function walkScreens(page: Page, visit: Visit, people: readonly string[] = PEOPLE): Promise<void> {
  const home = async () => {
    await page.locator('nav.ways button').last().click();
    await page.waitForSelector('.tasks');
    await settled(page);
  };
  await visit('start');
  await page.locator('button.main').first().click();
  await visit('safety');
  await page.locator('.actions button').nth(1).click();
  await page.waitForSelector('input[type=file]');
  await visit('open-file');
  await page.setInputFiles('input[type=file]', people as string[]);
  await whoseIsIt(page);
  await page.waitForSelector('.tasks');
  await settled(page);
  await visit('stand');
  await page.locator('[data-task=next]').click();
  await page.waitForSelector('form.ask');
  await settled(page);
  await visit('question');
  // A question of each kind: they are reached from the answers, as anybody would change one.
  await home();
  await task(page, 4);
  await page.waitForSelector('.answers');
  await settled(page);
  await visit('summary');
  const kinds: readonly (readonly [name: string, selector: string])[] = [
    ['question-date', 'fieldset.date'],
    ['question-money', 'fieldset.money'],
    ['question-list', '.entry'],
  ];
  const rows = await page.locator('.answer .acts button:first-child').count();
  const seen = new Set<string>();
  for (let i = 0; i < rows && seen.size < kinds.length; i++) {
    await page.locator('.answer .acts button:first-child').nth(i).click();
    await page.waitForSelector('form.ask');
    for (const [name, selector] of kinds)
      if (!seen.has(name) && (await page.locator(`form.ask ${selector}`).count())) {
        // A list holds dates as well: a date alone is meant.
        if (name === 'question-date' && (await page.locator('form.ask .entry').count())) continue;
        seen.add(name);
        await settled(page);
        await visit(name);
        if (name === 'question-date') {
          await page.locator('fieldset.date input').first().fill('32');
          await page.locator('form.ask button[type=submit]').click();
          await page.waitForSelector('#problem');
          await visit('question-wrong');
          await page.locator('fieldset.date input').first().fill('12');
        }
      }
    await page.goBack();
    await page.waitForSelector('.answers');
  }
  await home();
  await task(page, 2);
  await page.waitForSelector('.group');
  await settled(page);
  await visit('routes');
  await page.locator('.group.unknown summary, .group.unknown li button').first().scrollIntoViewIfNeeded();
  if (!(await page.locator('.group.unknown[open]').count())) await page.locator('.group.unknown summary').click();
  await page.locator('.group.unknown li button').first().click();
  await page.waitForSelector('.reasons');
  await settled(page);
  await visit('route');
  await home();
  await page.locator('[data-task=plans]').click();
  await page.waitForSelector('.front', { timeout: 120_000 });
  await settled(page);
  await visit('plans');
  await page.locator('.front button').first().click();
  await page.waitForSelector('.legs');
  await page.waitForSelector('.map svg');
  await visit('plan');
  await page.locator('.actions button.main').click();
  await page.waitForSelector('input[type=checkbox]');
  await settled(page);
  await visit('take');
  await home();
  await task(page, 3);
  await page.waitForSelector('.changes');
  await settled(page);
  await visit('changes');
  await home();
  await task(page, 6);
  await page.waitForSelector('.index');
  await visit('law');
  await page.locator('.index button').first().click();
  await page.waitForSelector('section .index');
  await visit('country');
  await page.locator('section .index button').first().click();
  await page.waitForSelector('.sources');
  await visit('provision');
  await home();
  await task(page, 7);
  await page.waitForSelector('h2');
  await visit('keep');
  await page.locator('button.plain').first().click();
  await page.waitForSelector('input[type=password]');
  await visit('keep-passphrase');
  await page.locator('main button.link', { hasText: /border|границ/i }).click();
  await page.waitForSelector('.checklist');
  await visit('travel');
  await page.locator('.actions button').nth(1).click();
  await page.locator('main button.plain').last().click();
  await page.waitForSelector('button.danger');
  await visit('erase');
  await home();
  await task(page, 10);
  await page.waitForSelector('code');
  await settled(page);
  await visit('about');
}
