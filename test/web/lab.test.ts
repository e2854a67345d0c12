/** The explorer of the lab, in a browser: it lists the changes of the law, runs them in workers, and can be stopped. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { runPlan } from '../../src/cli/lab-engine.ts';
import { loadInputs } from '../../src/cli/lab-inputs.ts';
import { keptDraws } from '../../src/lab/calibrate.ts';
import { compare } from '../../src/lab/compare.ts';
import { hostsOf } from '../../src/lab/homes.ts';
import type { Plan } from '../../src/lab/run.ts';
import { CHROMIUM, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, ONE_FILE, WEB } from './built.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';

describe('the explorer of the lab', () => {
  it('is a part of its own, whose files hold no way out', async () => {
    await built();
    const dir = join(WEB, 'lab');
    const names = readdirSync(dir);
    assert.equal(names.filter((n) => /^(lab|work|data)-[\w-]+\.js$/.test(n)).length, 3, names.join());
    assert.match(readFileSync(join(dir, 'index.html'), 'utf8'), /connect-src 'none'/);
    for (const n of names.filter((x) => /^(lab|work)-/.test(x))) {
      const text = readFileSync(join(dir, n), 'utf8');
      assert.ok(!/\bfetch\s*\(|\beval\s*\(|\bnew Function\b|importScripts|\.innerHTML\b|document\.write/.test(text), n);
    }
  });
  it('is a press away from the planner, in a window of its own, and leads back; the one file has none', async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({ lang: 'ru' });
    try {
      const page = await openPage(browser.context, served.url);
      await page.locator('.actions button').nth(1).click();
      const opened = browser.context.waitForEvent('page');
      await page.locator('main a[href^="lab/"]').click();
      const lab = await opened;
      await lab.waitForSelector('h1');
      assert.equal(lab.url(), `${served.url}lab/index.html?lang=ru`);
      assert.equal(await lab.evaluate(() => window.opener), null);
      assert.equal(page.url(), served.url);
      await lab.locator('a', { hasText: 'К планировщику' }).click();
      await lab.waitForSelector('.actions');
      assert.equal(lab.url(), `${served.url}index.html`);
      await lab.goto(`${served.url}law/ru/index.html`);
      await lab.locator('a', { hasText: 'Открыть лабораторию' }).click();
      await lab.waitForSelector('h1');
      assert.equal(lab.url(), `${served.url}lab/index.html?lang=ru`);
    } finally {
      await browser.close();
      await served.close();
    }
    assert.ok(!readFileSync(ONE_FILE, 'utf8').includes('lab/index.html'));
  });
  it('runs in workers with progress, and stops when told', { skip: !existsSync(CHROMIUM) }, async () => {
    const served = await serveFolder(await built());
    const browser = await openBrowser({ lang: 'en' });
    try {
      const page = await browser.context.newPage();
      const wrong: string[] = [];
      page.on('pageerror', (e) => wrong.push(e.message));
      page.on('console', (m) => m.type() === 'error' && wrong.push(m.text()));
      await page.goto(`${served.url}lab/index.html?lang=en`);
      await page.waitForSelector('#scenario', { timeout: 120_000 });
      const scenarios = await page.locator('#scenario option').count();
      assert.ok(scenarios >= 20, String(scenarios));
      await page.selectOption('#persons', '100000');
      await page.click('button.main');
      await page.waitForSelector('progress:not([hidden])');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByText('Cancelled. Nothing was kept.').waitFor();
      assert.equal(await page.locator('button.main').isEnabled(), true);
      if (LONG) {
        const scenario = 'turkey-tourist-residence-right';
        await page.selectOption('#scenario', scenario);
        await page.selectOption('#persons', '1000');
        await page.selectOption('#draws', '8');
        await page.click('button.main');
        await page.waitForSelector('#results table', { timeout: 600_000 });
        const plan: Plan = {
          persons: 1000,
          seed: 1,
          from: parseDay('2022-02-24') as number,
          until: parseDay('2027-12-31') as number,
          draws: 8,
          replicates: 4,
          scenarios: [scenario],
        };
        const { inputs, data } = await loadInputs([scenario], 'en');
        const outcomes = await runPlan(plan, inputs, [scenario], { workers: 1 });
        const hosts = hostsOf(inputs.book);
        const { kept, calibrated } = keptDraws(data.figures, outcomes[0] ?? [], 4, hosts);
        const groups = ['everybody', ...inputs.subgroups.map((s) => s.id)];
        const c = compare(plan, inputs, outcomes, 1, groups, hosts, calibrated ? kept : undefined);
        const e = c.rows.find((r) => r.group === 'everybody' && r.measure === 'stable')?.difference;
        const people = (x: number) =>
          `${x > 0 ? '+' : '−'}${new Intl.NumberFormat('en-GB').format(Number(Math.abs(x).toPrecision(3)))}`;
        const shown = await page.locator('figure table').first().locator('tbody tr').first().innerText();
        assert.ok(shown.includes(people(e?.value ?? 0)), `${shown}: ${e?.value}`);
        assert.ok(shown.includes(people(e?.high ?? 0)), `${shown}: ${e?.high}`);
      }
      assert.deepEqual(wrong, []);
    } finally {
      await browser.close();
      await served.close();
    }
  });
});
