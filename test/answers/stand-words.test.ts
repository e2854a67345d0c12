import assert from 'node:assert/strict';
import { it } from 'node:test';
import { standingOf } from '../../src/answers/stand-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';

const book = await loadLaw();
const standing = (on: string, lang: 'en' | 'ru') => {
  const { person } = readPerson(
    'p.yaml',
    `person: {born: 1981-10-30, citizenships: [ru]}
documents: [{kind: passport, country: ru, biometric: yes, issued: 2021-09-26, expires: 2031-09-26}]
now: {country: me, since: 2026-10-27, status: me/visa-free}
stays: []
statuses: []`,
    book.schema,
  );
  assert.ok(person);
  return standingOf(book, startOf(book, person, parseDay(on) as number), lang);
};

it('whoever is over the last lawful day is told what that brings there, and not a day before', () => {
  assert.deepEqual(standing('2026-11-25', 'en').over, []);
  const [over, ladder] = standing('2026-11-27', 'en').over;
  assert.match(over ?? '', /2 days over/);
  assert.match(ladder ?? '', /may ban you from entering for one to five years/);
  assert.match(standing('2026-11-26', 'ru').over[0] ?? '', /Сверх законного срока: 1 день/);
});
