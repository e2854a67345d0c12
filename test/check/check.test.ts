import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../../src/calendar/civil.ts';
import { baseFacts, checkRoutes } from '../../src/check/check.ts';
import type { LawBook } from '../../src/law/book.ts';
import { renderProblem } from '../../src/law/problems.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { soundLaw, TAIL } from '../support/small-law.ts';

const day = (text: string): number => parseDay(text) as number;
const ON = day('2026-06-01');

const route = (more = '', tail = TAIL): string => `id: xa/work
kind: route
title: {en: Work permit, ru: Разрешение на работу}
inForce: {from: 2024-01-01}
keyDate: filing
decision: right
params:
  salaryMin:
    unit: EUR/year
    range: {min: 10000, max: 90000}
    values: {2024-01-01: {value: 40000, source: s}}
  feePaid:
    unit: EUR/once
    range: {min: 1, max: 900}
    values: {2024-01-01: {value: 110, source: s}}
  time:
    unit: duration
    values: {2024-01-01: {value: P2M, source: s}}
all:
  - {id: offer, says: {en: A job offer, ru: Предложение работы}, when: offer.exists, source: s}
  - {id: salary, says: {en: "At least {salaryMin} a year", ru: "Не меньше {salaryMin} в год"}, when: offer.salaryYear >= salaryMin, source: s}
bars:
  - {id: convicted, says: {en: A conviction, ru: Судимость}, when: exposure.convicted, source: s}
notes:
  - {says: {en: Always, ru: Всегда}, source: s}
  - {says: {en: Later, ru: Потом}, source: s, from: 2027-01-01}
file: {where: [in-country], from: [any], source: s}
fee: {param: feePaid, source: s}
processing: {usual: time, source: s}
grants: {status: xa/work}
status: {stands: permit, leadsNowhere: {says: {en: Nowhere, ru: Никуда}, source: s}}
cases: []
${more}${tail}`;

const CHIP = `id: xa/passport
kind: document
title: {en: Passports, ru: Паспорта}
inForce: {from: 2024-01-01}
keyDate: filing
purpose: permit
all:
  - {id: chip, says: {en: It has a chip, ru: Паспорт с чипом}, when: passport.biometric, source: s}
cases: []
${TAIL}`;

const BAN = `id: xa/ban
kind: restriction
title: {en: No permits for soldiers, ru: Солдатам не выдают}
inForce: {from: 2024-01-01}
keyDate: filing
effect: permit
strength: STRENGTH
all:
  - {id: soldier, says: {en: A soldier, ru: Солдат}, when: work.occupation = "soldier", source: s}
cases: []
${TAIL}`;

function person(book: LawBook, text: string): Situation {
  const r = readPerson('person.yaml', text, book.schema);
  assert.ok(r.person, r.problems.map(renderProblem).join('\n'));
  return situationOf(r.person, ON);
}

const FULL = `
documents: [{kind: passport, country: ru, biometric: yes}]
now: {country: xa, since: 2026-05-01, status: xa/work}
offers: [{country: xa, salaryYear: 41000 EUR}]
exposure: {convicted: no}
work: {occupation: teacher}
`;

test('a route that is open says why, and nothing is missing', () => {
  const book = soundLaw({ 'xa/work': route(), 'xa/passport': CHIP, 'xa/ban': BAN.replace('STRENGTH', 'must') });
  const [r] = checkRoutes(book, person(book, FULL), ON);
  assert.ok(r);
  assert.equal(r.outcome, 'yes');
  assert.deepEqual(
    r.because.map((b) => [b.id, b.outcome]),
    [
      ['offer', 'yes'],
      ['salary', 'yes'],
      ['convicted', 'yes'],
      ['xa/ban', 'yes'],
      ['xa/ban#soldier', 'yes'],
      ['xa/passport#chip', 'yes'],
    ],
  );
  const salary = r.because[1];
  assert.deepEqual(salary?.says, { en: 'At least EUR\u00a040,000 a year', ru: 'Не меньше 40\u00a0000\u00a0EUR в год' });
  assert.deepEqual(salary?.compared, [
    { side: 'offer.salaryYear', value: '41000 EUR' },
    { side: 'salaryMin', value: '40000 EUR' },
  ]);
  assert.deepEqual(salary?.urls, ['https://example.invalid/']);
  assert.deepEqual([r.missing, r.nearest, r.verify], [[], [], false]);
  assert.deepEqual([r.fee, r.processing, r.filing.may], [['110 EUR'], { usual: 'P2M', longest: null }, 'yes']);
  assert.deepEqual(
    r.notes.map((n) => n.says.en),
    ['Always'],
  );
});

test('what is not told is missing under the name it is asked by', () => {
  const book = soundLaw({ 'xa/work': route(), 'xa/passport': CHIP });
  const [r] = checkRoutes(book, person(book, 'now: {country: xa, since: 2026-05-01}'), ON);
  assert.equal(r?.outcome, 'unknown');
  assert.deepEqual(r?.missing, ['offers', 'exposure.convicted', 'passport.biometric']);
  assert.deepEqual(r?.asks, ['offer.exists', 'offer.salaryYear', 'exposure.convicted', 'passport.biometric']);
  assert.deepEqual(baseFacts(book, ['age', 'person.sex']), ['person.born', 'person.sex']);
});

test('a no has no missing facts, and the smallest change covers every part at once', () => {
  const book = soundLaw({ 'xa/work': route(), 'xa/passport': CHIP });
  const s = person(book, FULL.replace('biometric: yes', 'biometric: no').replace('41000 EUR', '39000 EUR'));
  const [r] = checkRoutes(book, s, ON);
  assert.equal(r?.outcome, 'no');
  assert.deepEqual(r?.missing, []);
  assert.deepEqual(r?.nearest[0]?.change, [
    { fact: 'offer.salaryYear', from: '39000 EUR', to: '40000 EUR' },
    { fact: 'passport.biometric', from: false, to: true },
  ]);
  assert.equal(r?.nearest[0]?.cost, 4);
});

test('a ban closes; one that an officer may use only warns', () => {
  const soldier = FULL.replace('teacher', 'soldier');
  const must = soundLaw({ 'xa/work': route(), 'xa/ban': BAN.replace('STRENGTH', 'must') });
  const closed = checkRoutes(must, person(must, soldier), ON)[0];
  assert.equal(closed?.outcome, 'no');
  assert.equal(closed?.because.find((b) => b.id === 'xa/ban')?.outcome, 'no');
  assert.equal(closed?.nearest[0]?.change[0]?.fact, 'work.occupation');
  const may = soundLaw({ 'xa/work': route(), 'xa/ban': BAN.replace('STRENGTH', 'may') });
  const warned = checkRoutes(may, person(may, soldier), ON)[0];
  assert.equal(warned?.outcome, 'yes');
  assert.deepEqual(
    warned?.warns.map((w) => [w.provision, w.outcome]),
    [['xa/ban', 'yes']],
  );
});

test('what is past its day, in dispute or hung on a rate must be verified', () => {
  const why = (files: Record<string, string>, text = FULL) => {
    const book = soundLaw(files);
    const r = checkRoutes(book, person(book, text), ON)[0];
    return [r?.verify, r?.verifyBecause.map((v) => `${v.provision} ${v.why}`)];
  };
  assert.deepEqual(why({ 'xa/work': route() }), [false, []]);
  assert.deepEqual(why({ 'xa/work': route('', TAIL.replace('2030-01-01', '2026-05-31')) }), [
    true,
    ['xa/work expired'],
  ]);
  assert.deepEqual(why({ 'xa/work': route('', TAIL.replace('confidence: official', 'confidence: conflicting')) }), [
    true,
    ['xa/work conflicting'],
  ]);
  assert.deepEqual(why({ 'xa/work': route() }, FULL.replace('41000 EUR', '70000 USD')), [
    true,
    ['xa/work exchange-rate'],
  ]);
  const before = route().replace('inForce: {from: 2024-01-01}', 'inForce: {from: 2026-07-01, earlier: unknown}');
  assert.deepEqual(why({ 'xa/work': before }), [true, ['xa/work in-force-unknown']]);
});

test('a route that is not in force that day is closed, says so, and no change opens it', () => {
  const book = soundLaw({ 'xa/work': route().replace('inForce: {from: 2024-01-01}', 'inForce: {from: 2026-07-01}') });
  const r = checkRoutes(book, person(book, FULL), ON)[0];
  assert.equal(r?.outcome, 'no');
  assert.deepEqual(
    r?.because.map((b) => [b.id, b.outcome]),
    [['in-force', 'no']],
  );
  assert.deepEqual(r?.nearest, []);
});

test('whatever is told: the outcome is that of the moves, and every nearest change opens the route', () => {
  const book = soundLaw({ 'xa/work': route(), 'xa/passport': CHIP, 'xa/ban': BAN.replace('STRENGTH', 'must') });
  const work = book.provisions.get('xa/work');
  assert.ok(work);
  const yesNo = fc.constantFrom('yes', 'no', 'unknown');
  fc.assert(
    fc.property(
      yesNo,
      yesNo,
      fc.option(fc.integer({ min: 0, max: 90000 })),
      fc.constantFrom('teacher', 'soldier', 'unknown'),
      (chip, convicted, salary, occupation) => {
        const s = person(
          book,
          `documents: [{kind: passport, biometric: ${chip}}]
offers: [{country: xa${salary === null ? '' : `, salaryYear: ${salary} EUR`}}]
exposure: {convicted: ${convicted}}
work: {occupation: ${occupation}}
now: {country: xa}
`,
        );
        const r = checkRoutes(book, s, ON)[0];
        const expected = routeEligibility(book, work, s, ON).outcome;
        assert.equal(r?.outcome, expected === undefined ? 'unknown' : expected ? 'yes' : 'no');
        assert.equal((r?.missing.length ?? 0) > 0, r?.outcome === 'unknown');
        for (const n of r?.nearest ?? []) {
          const to = (fact: string, now: string) => {
            const step = n.change.find((c) => c.fact === fact);
            return step === undefined ? now : typeof step.to === 'boolean' ? (step.to ? 'yes' : 'no') : String(step.to);
          };
          const after = person(
            book,
            `documents: [{kind: passport, biometric: ${to('passport.biometric', chip)}}]
offers: [{country: xa, salaryYear: ${to('offer.salaryYear', salary === null ? 'unknown' : `${salary} EUR`)}}]
exposure: {convicted: ${to('exposure.convicted', convicted)}}
work: {occupation: ${to('work.occupation', occupation)}}
now: {country: xa}
`,
          );
          assert.equal(routeEligibility(book, work, after, ON).outcome, true, JSON.stringify(n));
        }
      },
    ),
  );
});
