/** The playground: the answers of the rules room, told in words; in a browser without a way out. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { DOCS_POLICY, documentOf } from '../../scripts/docs/layout.ts';
import { PLAYGROUND, playgroundScript } from '../../scripts/docs/playground.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { type Asked, answer } from '../../src/web/playground/answer.ts';
import { EXAMPLES } from '../../src/web/playground/examples.ts';
import { worldFrom, worldJson } from '../../src/web/playground/world.ts';
import { axe } from '../web/axe.ts';
import { openBrowser, serveFolder } from '../web/browser.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const world = worldFrom(JSON.parse(JSON.stringify(worldJson(book))));
const ask = (more: Partial<Asked>) =>
  answer(world, { condition: '', facts: '', params: '', on: '2026-11-23', monthEnd: undefined, ...more });

const OUTCOMES = ['no', 'unknown', 'no', 'yes', 'refused'];
const said = (a: ReturnType<typeof answer>) =>
  !a.ok ? 'refused' : a.outcome === undefined ? 'unknown' : a.outcome ? 'yes' : 'no';

test('each example answers as its title says', () => {
  assert.deepEqual(
    EXAMPLES.map((e) => said(answer(world, e))),
    OUTCOMES,
  );
});

test('values, what is still needed and the smallest change are told with their units', () => {
  const [salary, blank, passport] = EXAMPLES.map((e) => answer(world, e));
  assert.ok(salary?.ok && blank?.ok && passport?.ok);
  assert.equal(salary.lines[0]?.values, 'offer.salaryYear is 48299 EUR; salaryMin is 48300 EUR');
  assert.deepEqual(salary.nearest, ['offer.salaryYear: 48299 EUR → 48300 EUR']);
  assert.deepEqual(blank.stillNeeded, ['exposure.wanted']);
  assert.match(passport.lines[0]?.values ?? '', /passport\.expires is 2027-05-22; on \+ passportMargin is 2027-05-23/);
});

test('every mistake is told with its place, and none throws', () => {
  const cases: readonly [Partial<Asked>, string, RegExp][] = [
    [{ condition: 'age > ' }, 'condition', /expected/],
    [{ condition: 'ag > 0' }, 'condition', /age/],
    [
      { condition: 'age > ageMin', facts: 'agee: 5', params: 'ageMin: {unit: years, value: 3}' },
      'facts',
      /no fact "agee".*age/,
    ],
    [
      { condition: 'age > ageMin', facts: 'age: five', params: 'ageMin: {unit: years, value: 3}' },
      'facts',
      /expected a number/,
    ],
    [{ condition: 'age > ageMin', params: 'ageMin: 3' }, 'params', /expected a unit and a value/],
    [{ condition: 'age > ageMin', params: 'ageMin: {unit: years, value: x}' }, 'params', /expected a number/],
    [{ condition: 'age > ageMin', params: '- a' }, 'params', /a name, a colon and a value/],
    [{ condition: 'age > ageMin', facts: 'a: [' }, 'facts', /line/],
    [{ condition: 'work.remote', on: '2026-02-30' }, 'on', /no day/],
    [{ condition: 'passport.expires >= on + m', params: 'm: {unit: duration, value: P6M}' }, 'condition', /monthEnd/],
  ];
  for (const [asked, where, words] of cases) {
    const a = ask(asked);
    assert.ok(!a.ok, JSON.stringify(asked));
    assert.equal(a.where, where, a.problem);
    assert.match(a.problem, words);
  }
  // Noise in every field.
  const noise = ['', '\0', '{', '[]', '"', ': :', '!!js/function x', 'a: &a [*a]', '😀', '('.repeat(5000)];
  for (const text of noise)
    for (const field of ['condition', 'facts', 'params', 'on'] as const)
      ask({ condition: 'work.remote', [field]: text });
});

test('what the law states for no day, and money without a rate, is unknown and said', () => {
  const money = ask({
    condition: 'offer.salaryYear >= salaryMin',
    facts: 'offer.salaryYear: 90000 USD',
    params: 'salaryMin: {unit: EUR/year, value: 48300}',
  });
  assert.ok(money.ok && money.outcome === undefined);
  assert.match(money.lacks.join(), /rate of exchange.*none/);
});

test('in a browser: it answers as it is typed, reaches nothing, and axe finds nothing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-play-'));
  const script = await playgroundScript(root, book);
  const page = documentOf({
    path: 'build/playground.html',
    lang: 'en',
    title: 'Playground',
    html: `<h1>Playground</h1>${PLAYGROUND}`,
    nav: [{ title: 'All', items: [{ path: 'build/playground.html', title: 'Playground' }] }],
    sections: [],
    version: '0',
    script: script.path,
  });
  for (const [path, text] of [
    ['build/playground.html', page],
    [script.path, script.text],
    ['docs.css', readFileSync(join(root, 'scripts', 'docs', 'docs.css'), 'utf8')],
    ['icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['policy.json', JSON.stringify({ documents: { 'Content-Security-Policy': DOCS_POLICY } })],
  ] as const) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  assert.doesNotMatch(script.text, /\beval\(|new Function|\.innerHTML|fetch\(|XMLHttpRequest|WebSocket/);
  const served = await serveFolder(dir);
  const browser = await openBrowser({ viewport: { width: 320, height: 800 } });
  try {
    const tab = await browser.context.newPage();
    const problems: string[] = [];
    const asked: string[] = [];
    tab.on('pageerror', (e) => problems.push(e.message));
    tab.on('console', (m) => problems.push(m.text()));
    tab.on('request', (r) => asked.push(r.url()));
    await tab.goto(`${served.url}build/playground.html`);
    await tab.waitForSelector('.answer .outcome');
    for (const [i, outcome] of OUTCOMES.entries()) {
      await tab.selectOption('#examples', String(i));
      const text = await tab.locator('#answer').textContent();
      if (outcome === 'refused') assert.match(text ?? '', /cannot be read/);
      else assert.ok(text?.startsWith(outcome), `${EXAMPLES[i]?.title}: ${text}`);
    }
    assert.equal(await tab.getAttribute('#condition', 'aria-invalid'), 'true');
    await tab.selectOption('#examples', '0');
    const loaded = asked.length;
    await tab.fill('#facts', 'offer.salaryYear: 48300 EUR # a word that stays here');
    await tab.waitForFunction(() => document.querySelector('#answer .outcome')?.textContent === 'yes');
    assert.equal(asked.length, loaded, 'typing asks nothing of any server');
    assert.ok(asked.every((u) => u.startsWith(served.url)));
    assert.deepEqual(await axe(tab), []);
    assert.deepEqual(problems, []);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${wide} px too wide at 320 px`);
  } finally {
    await browser.close();
    await served.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
