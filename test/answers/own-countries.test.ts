/** A country of one's own is a home without a permit: it is said before any plan, in both languages, with what is not known. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ownCountries, ownCountryWords } from '../../src/answers/own-countries.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const TEXT = readFileSync(join(root, 'people', 'dmitri.yaml'), 'utf8').replace(/^family:.*$/m, '');
const person = (citizenships: string, papers = '') => {
  const text = TEXT.replace('citizenships: [ru]', `citizenships: ${citizenships}`).replace(
    'documents:',
    `documents:${papers}`,
  );
  const r = readPerson('dmitri.yaml', text, book.schema);
  assert.deepEqual(r.problems, []);
  return situationOf(r.person as never, parseDay('2026-11-23') as number);
};
const words = (citizenships: string, papers = '', lang: 'en' | 'ru' = 'en') => {
  const s = person(citizenships, papers);
  return ownCountries(book, s).map((o) => ownCountryWords(book, o, s, lang).join('\n'));
};

describe('countries of one’s own', () => {
  it('are none where only Russia is told', () => {
    assert.deepEqual(words('[ru]'), []);
  });
  it('need no permit, and what they ask of their citizens is said not to be known', () => {
    const [said] = words('[ru, il]');
    assert.match(said ?? '', /citizen of Israel\. To live in Israel you need no permit/);
    assert.match(said ?? '', /the law here does not hold/);
    assert.match(said ?? '', /names no passport of it/);
    assert.match(words('[ru, il]', '', 'ru')[0] ?? '', /разрешение не нужно/);
  });
  it('a state of the European Union opens the others by rules that are not here', () => {
    assert.match(words('[ru, lv]')[0] ?? '', /free movement are not in the law here/);
    assert.doesNotMatch(words('[ru, il]')[0] ?? '', /European Union/);
  });
  it('a passport is valid on its last day and not on the next', () => {
    const until = (d: string) => words('[ru, il]', `\n  - {kind: passport, country: il, expires: ${d}}`)[0] ?? '';
    assert.doesNotMatch(until('2026-11-23'), /has been invalid/);
    assert.match(until('2026-11-22'), /invalid since 23 November 2026/);
  });
  it('duties of foreigners on entry are not told to citizens', () => {
    assert.doesNotMatch(words('[ru, lv]')[0] ?? '', /eta\.gov\.lv/);
  });
});
