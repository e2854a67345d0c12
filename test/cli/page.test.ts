import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { countryName, inCountry, toCountry, withoutCountry } from '../../src/answers/countries.ts';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { langOf, nearAll, today } from '../../src/cli/args.ts';
import { Page, wrap } from '../../src/cli/page.ts';
import type { Doubt } from '../../src/moves/types.ts';
import { soundLaw, WORK_ROUTE } from '../support/small-law.ts';

test('wrapping keeps every word and stays within the width', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zа-я]{1,12}$/)), fc.integer({ min: 20, max: 80 }), (words, width) => {
      const lines = wrap(words.join(' '), width, '  - ', '    ');
      assert.deepEqual(
        lines
          .join(' ')
          .split(/\s+/)
          .filter((w) => w && w !== '-'),
        words,
      );
      for (const line of lines) assert.ok(line.length <= width);
    }),
  );
});

test('colour is used only where it was asked for, and takes no words away', () => {
  const make = (colour: boolean) => {
    const page = new Page({ lang: 'en', width: 60, colour });
    page.heading('Heading');
    page.para('A warning', 2, '! ', 'warn');
    return page.text();
  };
  assert.ok(!make(false).includes('\u001b'));
  assert.ok(make(true).includes('\u001b'));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: taking the colours out again is the point
  assert.equal(make(true).replaceAll(/\u001b\[\d+m/g, ''), make(false));
});

test('one address is one source, numbered by first mention', () => {
  const page = new Page({ lang: 'en', width: 80, colour: false });
  const source = (id: string, url: string) => ({
    id,
    provision: 'xa/work',
    url,
    publisher: 'P',
    read: '2026-01-01',
    official: true,
  });
  assert.equal(page.notes.cite([source('a', 'https://a.invalid'), source('b', 'https://b.invalid')]), '[1][2]');
  assert.equal(page.notes.cite([source('c', 'https://b.invalid')]), '[2]');
  page.sources();
  assert.equal(
    page.text(),
    'Sources\n  [1] P (official; read 1 January 2026)\n      https://a.invalid\n  [2] P (official; read 1 January 2026)\n      https://b.invalid\n',
  );
});

test('every doubt is a sentence in both languages', () => {
  const book = soundLaw({ 'xa/work': WORK_ROUTE });
  const doubts: Doubt[] = [
    { kind: 'processing-not-stated', route: 'xa/work', taken: 90 },
    { kind: 'pending-stay-unknown', route: 'xa/work' },
    { kind: 'filing-place-unknown', route: 'xa/work', place: 'ge' },
    { kind: 'filing-status-unknown', route: 'xa/work', status: '' },
    { kind: 'filing-status-unknown', route: 'xa/work', status: 'xa/work' },
    { kind: 'validity-not-stated', route: 'xa/work' },
    { kind: 'fee-not-known', route: 'xa/work' },
    { kind: 'in-force-unknown', provision: 'xa/work' },
    { kind: 'not-stated', provision: 'xa/work', what: 'salaryMin' },
  ];
  for (const d of doubts) {
    const t = doubtWords(book, d, parseDay('2026-06-01') as number);
    for (const text of [t.en, t.ru]) {
      assert.match(text, /^\p{Lu}.*\.$/u, d.kind);
      assert.ok(!text.includes('undefined') && !text.includes(d.kind), text);
    }
    assert.match(t.ru, /[а-я]/);
    assert.doesNotMatch(t.en, /[а-я]/);
  }
});

test('countries by their names, and Russian ones in the case the sentence needs', () => {
  assert.deepEqual([countryName('ge', 'en'), countryName('ge', 'ru')], ['Georgia', 'Грузия']);
  assert.deepEqual([inCountry('ge', 'en'), inCountry('ge', 'ru')], ['in Georgia', 'в Грузии']);
  assert.deepEqual([toCountry('fr', 'ru'), toCountry('gb', 'en')], ['во Францию', 'to the United Kingdom']);
  assert.equal(inCountry('nz', 'ru'), 'в стране: Новая Зеландия');
  assert.deepEqual(
    [withoutCountry('nl', 'en'), withoutCountry('nl', 'ru')],
    ['without the Netherlands', 'без Нидерландов'],
  );
  // Every country of the law is named in the cases that Russian sentences need.
  for (const code of readdirSync(join(import.meta.dirname, '..', '..', 'law')).filter((x) => /^[a-z]{2}$/.test(x)))
    if (code !== 'eu')
      for (const named of [inCountry, toCountry, withoutCountry]) assert.doesNotMatch(named(code, 'ru'), /:/, code);
});

test('the language, the day and near names', () => {
  assert.equal(langOf(['plan', '--lang', 'ru'], {}), 'ru');
  assert.equal(langOf(['plan', '--lang=en'], { LANG: 'ru_RU.UTF-8' }), 'en');
  assert.equal(langOf([], { LANG: 'ru_RU.UTF-8' }), 'ru');
  assert.equal(langOf([], { LC_ALL: 'de_DE.UTF-8', LANG: 'ru_RU.UTF-8' }), 'en');
  assert.equal(today(new Date(2026, 11, 31, 23, 59)), parseDay('2026-12-31'));
  assert.deepEqual(nearAll('blue-crd', ['blue-card', 'red-card', 'x']), ['blue-card']);
  assert.deepEqual(nearAll('zzzzzz', ['plan', 'check']), []);
});
