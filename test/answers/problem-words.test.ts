/** Mistakes in a person file are told in Russian too: every message that the reader can make has its words. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasProblemWords, problemWords } from '../../src/answers/problem-words.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readPerson } from '../../src/person/file.ts';

const WRONG = [
  'person: {born: 1991-13-12}',
  'person: {born: 12}',
  'savings: 12000',
  'savings: -5 EUR',
  'work: {remote: perhaps}',
  'work: {experience: two years}',
  'work: {experience: P1Y10D}',
  'work: {occupation: Software Developer}',
  'person: {sex: 4, citizenships: [Russia]}',
  'person: {sex: robot}',
  'person: {citizenships: [4]}',
  'now: {country: Georgia}',
  'now: {status: visa}',
  'languages: {en: good}',
  'languages: {en: 4}',
  'languages: {ru: native}',
  'stays: tbilisi',
  'stays: [tbilisi]',
  'stays: [{place: tbilisi}]',
  'stays: [{country: ge}]',
  'stays: [{country: ge, from: 2024-01-01}]',
  'stays: [{country: ge, from: 2024-02-01, to: 2024-01-01}]',
  'stays: [{country: ge, from: 2024-01-01, to: 2024-03-01}, {country: am, from: 2024-02-01, to: 2024-04-01}]',
  'now: {country: ge, since: 2024-01-01}\nstays: [{country: am, from: 2024-01-01, to: 2024-03-01}]',
  'person: {born: 1991-01-01}\nstays: [{country: am, from: 1990-01-01, to: 1990-03-01}]',
  'documents: [{kind: passport, issued: 2024-01-01, expires: 2023-01-01}]',
  'statuses: [{status: de/blue-card}]',
  'family: [{relation: spouse, file: nobody.yaml}]',
  'family: [{relation: spouse, file: ../nobody.yaml}]',
  'shoeSize: 42',
  'work: {shoe: 42}',
  'savngs: 1 EUR',
  'work: 42',
  'passport: {kind: passport}',
  'name: 42',
  'person: {age: 4}',
  '- 4',
  'a: &b 4\nc: *b',
  'a: [',
  '"a": 1\n"a": 2',
  `note: "${'x'.repeat(400_001)}"`,
];

test('each mistake is told in Russian, and the parts that the person wrote are kept', async () => {
  const book = await loadLaw();
  const mute = new Set<string>();
  let told = 0;
  for (const text of WRONG) {
    const { problems } = readPerson('case.yaml', text, book.schema, (name) =>
      name.startsWith('..') ? { file: name, text: '{}' } : undefined,
    );
    assert.ok(problems.length > 0, text);
    for (const p of problems) {
      told++;
      // What is wrong with YAML itself is said by the reader of YAML, in English.
      const parts = [...(p.code.startsWith('yaml-') && p.code !== 'yaml-alias' ? [] : [p.found]), p.expected];
      for (const part of [...parts, ...(p.mend ? [p.mend] : [])])
        if (!hasProblemWords(part) && !/^"[^"]*"$/.test(part) && !/^[\d"{[]/.test(part)) mute.add(part);
    }
  }
  assert.ok(told >= WRONG.length);
  assert.deepEqual([...mute], []);
  assert.equal(problemWords('"1991-13-12" for `person.born`', 'ru'), '"1991-13-12" в поле person.born');
  assert.equal(
    problemWords('a number of months, or a duration of whole months like P3Y', 'ru'),
    'число (месяцев) или срок вида P3Y',
  );
  assert.equal(problemWords('between 0 and 100', 'en'), 'between 0 and 100');
});
