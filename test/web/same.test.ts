/**
 * The library, the command line, the API and the page give the same answer, for fifty invented persons: every fourth of them in
 * each run, all fifty with FOOTHOLD_LONG=1.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoutes } from '../../src/check/check.ts';
import { checkCommand } from '../../src/cli/check-command.ts';
import { type LawBook, readBook } from '../../src/law/book.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { api } from '../../src/server/api.ts';
import { handlers } from '../../src/web/engine/answer-calls.ts';
import { readFiles, writeCase } from '../../src/web/engine/person-files.ts';
import type { PlansView } from '../../src/web/engine/plan-view.ts';
import { bringFile, openBrowser, openPage, serveFolder } from './browser.ts';
import { built, ROOT } from './built.ts';

const ON = '2026-11-23';
const NAMES = ['irina', 'maksim', 'olga', 'ruslan', 'timur', 'vera', 'dmitri'];

/** A small generator of numbers that are the same each time. */
function numbers(seed: number): () => number {
  let x = seed;
  return () => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return x / 2 ** 32;
  };
}

/** The example persons with answers changed, left out, turned to unknown. Nobody real. */
export function inventedPersons(book: LawBook, many: number): string[] {
  const next = numbers(20_261_123);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const facts = [...book.schema.facts.values()].filter((f) => !f.derivedFrom && f.type.t === 'boolean');
  const out: string[] = [];
  while (out.length < many) {
    const person = parse(readFileSync(join(ROOT, 'people', `${pick(NAMES)}.yaml`), 'utf8'), {
      version: '1.2',
    }) as Record<string, unknown>;
    delete person.name;
    person.family = ((person.family as object[] | undefined) ?? []).map((f) => {
      const { file: _, ...rest } = f as { file?: string };
      return { ...rest, country: pick(['ru', 'ge', 'de']) };
    });
    for (let i = 0; i < 12; i++) {
      const path = pick(facts).name.split('.');
      let at = person;
      for (const step of path.slice(0, -1)) {
        if (typeof at[step] !== 'object' || at[step] === null) at[step] = {};
        at = at[step] as Record<string, unknown>;
      }
      at[path.at(-1) as string] = pick(['yes', 'no', 'unknown']);
    }
    for (const key of ['offers', 'education', 'savings', 'statuses', 'documents', 'claims'])
      if (next() < 0.2) delete person[key];
    if (next() < 0.3) person.savings = `${Math.floor(next() * 90_000)} EUR`;
    const yaml = stringify(person);
    // A person whose answers contradict each other is no person to compare.
    if (readPerson('x.yaml', yaml, book.schema).person) out.push(yaml);
  }
  return out;
}

/** Where each route stands: met is not open where it cannot be filed from. */
const outcomes = (rows: readonly { route: string; outcome: string; filing?: { may: string } }[]) =>
  Object.fromEntries(
    rows
      .map((r) => [r.route, r.outcome === 'yes' && r.filing?.may === 'no' ? 'elsewhere' : r.outcome] as const)
      .sort((x, y) => (x[0] < y[0] ? -1 : 1)),
  );

test('invented persons: every route has the same answer in the library, on the command line, from the API and on the page', async () => {
  const served = await serveFolder(await built());
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const on = parseDay(ON) as number;
  const dir = mkdtempSync(join(tmpdir(), 'foothold-same-'));
  const browser = await openBrowser({ lang: 'en' });
  const server = api({
    book,
    version: '0',
    today: () => on,
    worker: new URL('../../src/server/evaluate.ts', import.meta.url),
    workers: 1,
  });
  try {
    const fifty = inventedPersons(book, 50);
    assert.equal(new Set(fifty).size, 50);
    const persons = process.env.FOOTHOLD_LONG === undefined ? fifty.filter((_, i) => i % 4 === 0) : fifty;
    const page = await openPage(browser.context, served.url);
    let told = '';
    for (const [i, yaml] of persons.entries()) {
      const file = join(dir, `p${i}.yaml`);
      writeFileSync(file, yaml);
      const person = readPerson(file, yaml, book.schema).person;
      assert.ok(person);
      const s = situationOf(person, on);
      const library = outcomes(checkRoutes(book, s, on));
      // Asked first and read last: it is answered in a worker meanwhile.
      // Every fifth person in full; of the others every twelfth route, beginning with another each time.
      const ids = Object.keys(library);
      const routes = i % 5 === 0 ? ids : ids.filter((_, k) => k % 12 === i % 12);
      const payload = { person: yaml, on: ON, ...(routes.length < ids.length ? { routes } : {}) };
      const asked = server.inject({ method: 'POST', url: '/api/v1/check', payload });
      told = '';
      await checkCommand({
        args: [file, '--json', '--on', ON],
        lang: 'en',
        today: on,
        colour: false,
        width: 80,
        out: (text) => {
          told += text;
        },
        err: () => undefined,
      });
      assert.deepEqual(outcomes(JSON.parse(told)), library, `command line, person ${i}`);
      if (i === 0) await bringFile(page, file);
      else {
        await page.locator('.task').nth(5).click();
        await page.locator('button', { hasText: 'Open a file' }).click();
        await page.setInputFiles('input[type=file]', file);
        await page.waitForSelector('.tasks');
      }
      await page.locator('.task').nth(2).click();
      await page.waitForFunction(() => document.querySelector('.group') && !document.querySelector('[aria-busy=true]'));
      const counted = (n: number) =>
        page.waitForFunction(
          (all) =>
            [...document.querySelectorAll('.group .count')].reduce((sum, e) => sum + Number(e.textContent), 0) === all,
          n,
        );
      // The filter of the person before is still there.
      await page.locator('.filters select').first().selectOption('');
      await counted(ids.length);
      // How many each group has, of every person; every row of the first and of each fourth, of the others those of one country.
      const totals = await page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll('.group')].map((g) => [
            g.className.split(' ')[1],
            Number(g.querySelector('.count')?.textContent),
          ]),
        ),
      );
      for (const [name, n] of Object.entries(totals))
        assert.equal(n, Object.values(library).filter((o) => o === name).length, `page, person ${i}: ${name}\n${yaml}`);
      const countries = [...new Set(ids.map((id) => id.split('/')[0] as string))].sort();
      const country = i % 4 === 0 ? '' : (countries[(i * 7) % countries.length] as string);
      await page.locator('.filters select').first().selectOption(country);
      const expected = Object.fromEntries(
        Object.entries(library).filter(([id]) => country === '' || id.startsWith(`${country}/`)),
      );
      await counted(Object.keys(expected).length);
      // Rows are drawn when their group is opened.
      await page.evaluate(() => {
        for (const d of document.querySelectorAll<HTMLDetailsElement>('details.group')) d.open = true;
      });
      await page.waitForFunction(
        (n) => document.querySelectorAll('[data-route]').length === n,
        Object.keys(expected).length,
      );
      const rows = await page.evaluate(() =>
        ['yes', 'elsewhere', 'unknown', 'no'].flatMap((outcome) =>
          [...document.querySelectorAll(`.group.${outcome} [data-route]`)].map((e) => ({
            route: e.getAttribute('data-route') as string,
            outcome,
          })),
        ),
      );
      assert.deepEqual(outcomes(rows), expected, `page, person ${i}\n${yaml}`);
      // Whole answers, not outcomes alone: the same JSON to the last letter.
      const some = new Set(routes);
      assert.deepEqual(
        (await asked).json(),
        (JSON.parse(told) as { route: string }[]).filter((r) => some.has(r.route)),
        `API, person ${i}`,
      );
      await page.locator('nav.ways button').last().click();
      await page.waitForSelector('.tasks');
      // A case brought in and written out again is the same person.
      const read = readFiles(book, [{ name: 'case.yaml', text: yaml }]);
      assert.ok(read.ok);
      const again = readPerson('again.yaml', writeCase(book, read.answers, read.origin), book.schema).person;
      assert.deepEqual(outcomes(checkRoutes(book, situationOf(again ?? person, on), on)), library);
    }
  } finally {
    await server.close();
    await browser.close();
    await served.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('plans on the page are the plans of the library', async () => {
  const served = await serveFolder(await built());
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const browser = await openBrowser({ lang: 'en' });
  const file = join(ROOT, 'people', 'vera.yaml');
  try {
    const yaml = readFileSync(file, 'utf8');
    const person = readPerson(file, yaml, book.schema).person;
    assert.ok(person);
    const found = answerPlan(
      book,
      situationOf(person, parseDay(ON) as number),
      { kind: 'permanent' },
      { processing: 'longest' },
    );
    const read = readFiles(book, [{ name: 'vera.yaml', text: yaml }]);
    assert.ok(read.ok);
    const view = await handlers.plans(book, {
      answers: read.answers,
      on: ON,
      lang: 'en',
      goal: { kind: 'permanent' },
      avoid: [],
    });
    assert.ok(view.ok);
    const value: PlansView = view.value;
    assert.deepEqual(
      value.plans.map((p) => [p.facts.days, p.legs.length, p.facts.survives !== 'some']),
      found.plans.map(({ plan }) => [plan.metrics.daysToGoal, plan.legs.length, plan.survivesAnyOneRefusal]),
    );
    const page = await openPage(browser.context, served.url);
    await bringFile(page, file);
    await page.locator('[data-task=plans]').click();
    await page.waitForFunction(
      () => !document.querySelector('progress') && document.querySelector('.front, .cards'),
      undefined,
      { timeout: 120_000 },
    );
    const more = page.locator('.front + button');
    if (await more.count()) await more.click();
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll('.front tbody tr')].map((r) => r.querySelector('td')?.textContent ?? ''),
    );
    assert.deepEqual(
      shown,
      value.plans.map((p) => `${p.goalDayWords} (${p.facts.time})`),
    );
  } finally {
    await browser.close();
    await served.close();
  }
});
