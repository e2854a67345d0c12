import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { renderProblem } from '../../src/law/problems.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { View } from '../../src/person/view.ts';
import { soundLaw, WORK_ROUTE } from '../support/small-law.ts';

const book = soundLaw({ 'xa/work': WORK_ROUTE });
const day = (t: string) => parseDay(t) as number;
const read = (text: string, members = {} as Record<string, string>) =>
  readPerson('me.yaml', text, book.schema, (name) =>
    members[name] === undefined ? undefined : { file: name, text: members[name] as string },
  );
const view = (
  text: string,
  on: string,
  binding = { document: 0 as number | undefined, offer: undefined as number | undefined },
) => {
  const { person, problems } = read(text);
  assert.deepEqual(problems, []);
  return new View(
    book,
    book.provisions.get('xa/work') as never,
    situationOf(person as never, day(on)),
    day(on),
    binding,
  );
};

const GOOD = `person: {born: 2000-02-29, citizenships: [ru]}
documents: [{kind: passport, country: ru, biometric: no, issued: 2023-02-01, expires: 2028-02-01}]
now: {country: xa, since: 2026-01-10, status: xa/work}
stays: [{country: tr, from: 2025-09-01, to: 2025-10-15}]
work: {experience: P8Y, remote: yes, incomeMonth: 3500.50 EUR}
languages: {en: B2}
exposure: {wanted: unknown}
`;

describe('a person file', () => {
  it('is read into facts by their path; what is left out, or "unknown", is unknown', () => {
    const { person } = read(GOOD);
    assert.equal(person?.facts.get('work.experience'), 96);
    assert.deepEqual(person?.facts.get('work.incomeMonth'), { amount: 3500.5, currency: 'EUR' });
    assert.equal(person?.facts.get('exposure.wanted'), undefined);
    assert.equal(person?.facts.has('savings'), false);
    assert.equal(person?.documents?.[0]?.biometric, false);
  });

  it('takes what a month takes from the savings as a sum below zero', () => {
    const { person, problems } = read(`${GOOD}savings: 9000 EUR\nsavingsMonth: -300 EUR\n`);
    assert.deepEqual(problems, []);
    assert.deepEqual(person?.facts.get('savingsMonth'), { amount: -300, currency: 'EUR' });
  });

  it('gives derived facts: age on the day, years since the passport, degrees recognised here', () => {
    assert.equal(view(GOOD, '2026-02-27').fact('age'), 25);
    // Born on 29 February: the year is complete on the 28th, where months that lack the day end early.
    assert.equal(view(GOOD, '2026-02-28').fact('age'), 26);
    assert.equal(view(GOOD, '2026-01-31').fact('passport.ageYears'), 2);
    assert.equal(view(GOOD, '2026-02-01').fact('passport.ageYears'), 3);
    assert.equal(view(GOOD, '2026-02-01').fact('degreeRecognised'), undefined);
    const degree = (rest: string) =>
      view(`${GOOD}education: [{level: bachelor, country: ru${rest}}]\n`, '2026-02-01').fact('degreeRecognised');
    assert.equal(degree(', recognisedIn: [xa]'), true);
    assert.equal(degree(', recognisedIn: [xb]'), false);
    assert.equal(degree(''), undefined);
    assert.equal(view(`${GOOD}education: []\n`, '2026-02-01').fact('degreeRecognised'), false);
    assert.equal(view(GOOD, '2026-02-01').fact('offer.exists'), undefined);
    assert.equal(view(`${GOOD}offers: []\n`, '2026-02-01').fact('offer.exists'), false);
  });

  it('takes a family member from a file beside it', () => {
    const { person, problems } = read(`${GOOD}family: [{relation: spouse, file: d.yaml}]\n`, {
      'd.yaml': 'person: {born: 1990-05-05, citizenships: [ru, il]}\n',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(person?.facts.get('family'), [
      { relation: 'spouse', born: day('1990-05-05'), citizenships: ['ru', 'il'] },
    ]);
  });

  it('takes a birth before 1970 for a date like any other', () => {
    const { person, problems } = read('person: {born: 1955-09-15}\nfamily: [{relation: parent, born: 1931-02-03}]\n');
    assert.deepEqual(problems, []);
    assert.equal(person?.facts.get('person.born'), day('1955-09-15'));
    assert.deepEqual(person?.facts.get('family'), [{ relation: 'parent', born: day('1931-02-03') }]);
  });

  it('knows a member whose own file names this person back', () => {
    const { person, problems } = read(`${GOOD}family: [{relation: spouse, file: d.yaml}]\n`, {
      'd.yaml': 'person: {citizenships: [ru]}\nfamily: [{relation: spouse, file: me.yaml}]\n',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(person?.facts.get('family'), [{ relation: 'spouse', citizenships: ['ru'] }]);
  });
});

const WRONG: readonly [name: string, text: string, says: RegExp][] = [
  [
    'a wrong type',
    GOOD.replace('remote: yes', 'remote: often'),
    /^me\.yaml:5:\d+ {2}"often" for `work\.remote`\n {4}expected: yes, no or unknown/,
  ],
  [
    'an unknown key',
    GOOD.replace('incomeMonth', 'incomMonth'),
    /`work\.incomMonth`, which no rule asks about[\s\S]*did you mean `work\.incomeMonth`\?/,
  ],
  // A neighbour by its letters is another language: to take it over would be a false answer.
  [
    'a language that no rule asks for',
    GOOD.replace('{en: B2}', '{en: B2, ru: native}'),
    /`languages\.ru`, which no rule asks about\n {4}expected: one of: [a-z, ]+\n {4}to mend: {2}delete it/,
  ],
  [
    'an impossible date',
    GOOD.replace('2025-10-15', '2025-02-30'),
    /"2025-02-30" for `stays`\n {4}expected: a date that exists/,
  ],
  [
    'an end before the start',
    GOOD.replace('to: 2025-10-15', 'to: 2025-08-15'),
    /ends 2025-08-15, before it began \(2025-09-01\)/,
  ],
  [
    'overlapping stays',
    GOOD.replace('to: 2025-10-15}]', 'to: 2025-10-15}, {country: am, from: 2025-10-10, to: 2025-10-20}]'),
    /in am from 2025-10-10 while still in tr until 2025-10-15/,
  ],
  [
    'a stay that reaches into the present one',
    GOOD.replace('to: 2025-10-15', 'to: 2026-02-15'),
    /since 2026-01-10, while an earlier stay lasts until 2026-02-15/,
  ],
  [
    'money without a currency',
    GOOD.replace('3500.50 EUR', '3500'),
    /3500 for `work\.incomeMonth`\n {4}expected: an amount with its currency/,
  ],
  ['an income below zero', GOOD.replace('3500.50 EUR', '-1 EUR'), /nothing below zero/],
  ['a computed fact', `${GOOD}age: 30\n`, /it is computed from person\.born/],
  [
    'a fact of the document by name',
    `${GOOD}passport: {biometric: yes}\n`,
    /documents and offers are written as lists/,
  ],
  [
    'a passport that expired before it was issued',
    GOOD.replace('expires: 2028-02-01', 'expires: 2020-02-01'),
    /not after it was issued/,
  ],
  ['no mapping at all', '- a\n- b\n', /no answers/],
  [
    'a member file that is not there',
    `${GOOD}family: [{relation: spouse, file: gone.yaml}]\n`,
    /the file "gone\.yaml"\n {4}expected: a person file beside this one/,
  ],
  [
    'a code outside its set',
    GOOD.replace('en: B2', 'en: B3'),
    /"B3" for `languages\.en`\n {4}expected: one of: none, A1/,
  ],
];

describe('bad input is refused, with the place and the way to mend it', () => {
  for (const [name, text, says] of WRONG) {
    it(name, () => {
      const r = read(text);
      assert.equal(r.person, undefined, 'nothing is read from a file with an error');
      assert.match(r.problems.map(renderProblem).join('\n'), says);
    });
  }
});

it('a code that is nearly right is told with the one that is meant', () => {
  const told = (text: string) => readPerson('p.yaml', text, book.schema).problems.map((p) => p.mend);
  assert.deepEqual(told('person: {sex: femal, citizenships: [RU]}\nnow: {country: ge}\n'), [
    'did you mean female?',
    'write ru',
  ]);
  assert.deepEqual(told('person: {sex: purple, citizenships: [ru]}\nnow: {country: ge}\n'), [undefined]);
});
