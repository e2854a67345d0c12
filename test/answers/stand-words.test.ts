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

const at = (text: string, lang: 'en' | 'ru') => {
  const { person, problems } = readPerson('p.yaml', text, book.schema);
  assert.deepEqual(problems, []);
  assert.ok(person);
  return standingOf(book, startOf(book, person, parseDay('2026-11-27') as number), lang);
};

it('a last day that rests on old evidence, or on sources that disagree, is told with its day, and a fresh one without', () => {
  const rule = book.provisions.get('ge/visa-free');
  assert.ok(rule);
  const { person } = readPerson(
    'p.yaml',
    `documents: [{kind: passport, country: ru, biometric: yes, issued: 2021-09-26, expires: 2031-09-26}]
now: {country: ge, since: 2026-08-01, status: ge/visa-free}
stays: []
statuses: []`,
    book.schema,
  );
  assert.ok(person);
  const day = parseDay('2026-11-27') as number;
  // The law's own day moves with its evidence, so the rule is held here with a day that is past and one that is not.
  const last = (expires: number, lang: 'en' | 'ru', confidence: 'secondary' | 'conflicting' = 'secondary') => {
    const verified = { ...rule.verified, confidence };
    const aged = { ...book, provisions: new Map(book.provisions).set('ge/visa-free', { ...rule, expires, verified }) };
    return standingOf(aged, startOf(aged, person, day), lang).last;
  };
  assert.match(last(day - 1, 'en'), /^31 July 2027 \(.*\); verify: evidence of /);
  assert.match(last(day - 1, 'ru'), /; проверьте: сведения на /);
  assert.doesNotMatch(last(day, 'en'), /verify/);
  assert.match(last(day, 'en', 'conflicting'), /verify: evidence of /);
});

it('whoever holds what is not in the law here is told not to leave because of plans, with the names there are', () => {
  const text = (status: string) => `now: {country: cy, since: 2023-05-10, status: ${status}}
stays: []
statuses: [{status: ${status}, country: cy, from: 2023-06-15, to: 2027-06-14}]`;
  const strange = at(text('cy/some-work-permit'), 'en').doubts.join(' ');
  assert.match(strange, /do not leave because of them\. You told that it runs until 14 June 2027\./);
  assert.match(strange, /cy\/foreign-interest-employment/);
  assert.match(at(text('cy/some-work-permit'), 'ru').doubts.join(' '), /не уезжайте только из-за них/);
  assert.deepEqual(at(text('cy/foreign-interest-employment'), 'en').doubts, []);
});
