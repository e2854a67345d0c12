/** A walk over the screens that come after the first view: screening, vault, log, packs, a report. From "Where I stand" with a case open. */
import type { Page } from 'playwright-core';
import type { Visit } from './screens.ts';

export const MORE_SCREENS: readonly string[] = `
  screening screening-found wrong-rule wrong-rule-file pack vault-none vault-make vault-paper vault-empty vault vault-case vault-hand
  log-add log-wrong log log-out vault-changes vault-care vault-leave vault-locked
`
  .trim()
  .split(/\s+/);

const PASS = 'walking over all the screens';

/** Invented: the form of the US Consolidated Screening List. */
const LIST = JSON.stringify({
  search_performed_at: '2026-11-20',
  results: [
    {
      id: 'e1',
      type: 'Entity',
      name: 'Verkhny Instrument Works OOO',
      alt_names: ['ООО Верхний инструментальный завод', 'VIZ JSC'],
      ids: [{ number: '7707083893' }],
      source: 'Entity List (EL) - Bureau of Industry and Security',
      addresses: [{ country: 'RU' }],
    },
    {
      id: 'e2',
      type: 'Entity',
      name: 'Nizhny Instrument Works OOO',
      source: 'Entity List',
      addresses: [{ country: 'RU' }],
    },
  ],
});

const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(text),
});

export async function walkMore(page: Page, visit: Visit): Promise<void> {
  const go = (n: number) => page.locator('.task').nth(n).click();
  const home = async () => {
    await page.locator('nav.ways button').last().click();
    await page.waitForSelector('.tasks');
  };
  const settled = () =>
    page.waitForFunction(() => !document.querySelector('[aria-busy=true], .waiting, progress'), undefined, {
      timeout: 60_000,
    });
  await go(8);
  await page.waitForSelector('main textarea');
  await visit('screening');
  await page.setInputFiles('main input[type=file]', file('consolidated.json', LIST));
  await page.waitForSelector('main form');
  await page.waitForFunction(() => document.querySelector('main > ul + div.field, main ul li strong'));
  await page.locator('main textarea').fill('ООО "Верхний инструментальный завод"\n7707083893');
  await page.locator('main form button.main').click();
  await page.waitForSelector('main article');
  await visit('screening-found');
  await home();
  await go(6);
  await page.locator('.index button').first().click();
  await page.waitForSelector('section .index');
  await page.locator('section .index button').first().click();
  await page.waitForSelector('.sources');
  await page.locator('main > p.noprint button').last().click();
  await page.waitForSelector('main form textarea');
  await visit('wrong-rule');
  await page.locator('main form input[type=radio]').nth(2).check();
  await page.locator('main textarea').fill('The rule ended on 1 June 2026.');
  await page.locator('main input[type=text]').first().fill('https://example.org/law');
  await page.locator('main form fieldset').nth(1).locator('input').first().check();
  for (const [i, x] of ['1', '6', '2026'].entries()) await page.locator('fieldset.date input').nth(i).fill(x);
  await page.locator('main form button[type=submit]').click();
  await page.waitForSelector('.filetext');
  await visit('wrong-rule-file');
  await home();
  await go(10);
  await page.waitForSelector('code');
  await page.locator('main p > button.link').first().click();
  await page.waitForSelector('main input[type=file]');
  await settled();
  await visit('pack');
  await home();
  await go(9);
  await page.waitForSelector('main button.main');
  await visit('vault-none');
  await page.locator('main button.main').first().click();
  await page.waitForSelector('input[type=password]');
  await visit('vault-make');
  await page.locator('main input[type=checkbox]').first().check();
  for (const i of [0, 1]) await page.locator('main input[type=password]').nth(i).fill(PASS);
  await page.locator('main form.box button.main').click();
  await page.waitForSelector('.paper code', { timeout: 60_000 });
  await visit('vault-paper');
  await page.locator('main input[type=checkbox]').check();
  await page.locator('main .box button.main').click();
  await page.waitForSelector('main input[type=text]');
  await visit('vault-empty');
  await page.locator('main input[type=text]').last().fill('Sparrow');
  await page.locator('main .actions button.main').last().click();
  await page.waitForSelector('.due li');
  await settled();
  await visit('vault');
  await page.locator('.caselist .acts button').nth(1).click();
  await page.waitForSelector('main .actions button');
  await visit('vault-case');
  await page.locator('main .actions').first().locator('button').nth(2).click();
  await page.waitForSelector('fieldset.fields');
  await visit('vault-hand');
  await page.goBack();
  await page.waitForSelector('main .actions button');
  await page.locator('main .actions').first().locator('button').nth(1).click();
  await page.locator('main .actions button.main').click();
  await page.waitForSelector('form.ask textarea');
  await visit('log-add');
  await page.locator('form.ask button[type=submit]').click();
  await page.waitForSelector('#problem');
  await visit('log-wrong');
  for (const [i, x] of ['3', '11', '2026'].entries()) await page.locator('fieldset.date input').nth(i).fill(x);
  await page.locator('form.ask input[type=checkbox]').nth(2).check();
  await page.locator('form.ask textarea').nth(0).fill('We know where your mother lives.');
  await page.locator('form.ask textarea').nth(1).fill('A message from a number I do not know, at night.');
  await page.locator('form.ask textarea').nth(4).fill('A. K.');
  await page.locator('form.ask button[type=submit]').click();
  await page.waitForSelector('article.entry');
  await visit('log');
  await page.locator('main .actions button.plain').click();
  await page.waitForSelector('main fieldset');
  await settled();
  await visit('log-out');
  const cases = async () => {
    await home();
    await go(9);
    await page.waitForSelector('.due li');
  };
  for (const [at, name] of [
    [0, 'vault-changes'],
    [2, 'vault-care'],
    [3, 'vault-leave'],
  ] as const) {
    await cases();
    await page.locator('main ul.plain').last().locator('button').nth(at).click();
    await page.waitForFunction(() => !document.querySelector('.caselist'));
    await page.waitForSelector('main h1');
    await settled();
    await visit(name);
  }
  await page.locator('header .lock').click();
  await page.waitForSelector('main input[type=password]');
  await visit('vault-locked');
}
