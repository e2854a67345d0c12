import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { changes } from '../../src/check/changes.ts';
import type { LawBook } from '../../src/law/book.ts';
import { renderProblem } from '../../src/law/problems.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';
import { soundLaw, TAIL } from '../support/small-law.ts';

const day = (text: string): number => parseDay(text) as number;

const WORK = `id: xa/work
kind: route
title: {en: Work permit, ru: Разрешение на работу}
inForce: {from: 2024-01-01, to: 2026-11-30}
keyDate: filing
decision: right
params:
  salaryMin:
    label: {en: Salary, ru: Зарплата}
    unit: EUR/year
    range: {min: 10000, max: 90000}
    values:
      2024-01-01: {value: 40000, source: s}
      2026-02-01: {value: 42000, source: s}
      2026-08-01: {value: null}
  feePaid:
    label: {en: Fee, ru: Пошлина}
    unit: EUR/once
    range: {min: 1, max: 900}
    values:
      2024-01-01: {value: 100, source: s}
      2026-03-01: {value: 120, source: s}
lists:
  jobs:
    of: occupation
    label: {en: Jobs, ru: Профессии}
    values:
      2024-01-01: {codes: [doctor, nurse], source: s}
      2026-05-01: {codes: [doctor, teacher], source: s}
all:
  - {id: salary, says: {en: "At least {salaryMin}", ru: "Не меньше {salaryMin}"}, when: offer.salaryYear >= salaryMin, source: s}
  - {id: job, says: {en: A job on the list, ru: Профессия из списка}, when: offer.occupation in jobs, source: s}
  - {id: chip, from: 2026-06-01, says: {en: A chip, ru: Чип}, when: passport.biometric, source: s}
bars:
  - {id: old, to: 2026-06-30, says: {en: A conviction, ru: Судимость}, when: exposure.convicted, source: s}
file: {where: [in-country], from: [any], source: s}
fee: {param: feePaid, source: s}
grants: {status: xa/work}
status: {stands: permit, leadsNowhere: {says: {en: Nowhere, ru: Никуда}, source: s}}
cases: []
${TAIL}`;

const VISIT = `id: xb/visit
kind: stay
title: {en: Visit, ru: Визит}
inForce: {from: 2022-02-24, earlier: true}
keyDate: entry
params:
  most: {unit: days, range: {min: 1, max: 400}, values: {2022-02-24: {value: 90, source: s}, 2026-04-01: {value: 60, source: s}}}
  window: {unit: days, range: {min: 1, max: 400}, values: {2022-02-24: {value: 180, source: s}}}
all:
  - {id: paper, says: {en: A passport, ru: Паспорт}, when: passport.kind = "passport", source: s}
counting:
  - {kind: perEntry, limit: most, edges: both, gapDays: 0, source: s, to: 2026-08-31}
  - {kind: rolling, limit: most, window: window, edges: both, source: s, from: 2026-09-01}
cases: []
${TAIL}`;

const BAN = `id: xb/ban
kind: restriction
title: {en: No visits for doctors, ru: Врачей не пускают}
inForce: {from: 2026-07-01}
keyDate: entry
effect: entry
strength: must
all:
  - {id: doctor, says: {en: A doctor, ru: Врач}, when: work.occupation = "doctor", source: s}
cases: []
${TAIL}`;

const book = soundLaw({ 'xa/work': WORK, 'xb/visit': VISIT, 'xb/ban': BAN });

function person(b: LawBook, text: string): Situation {
  const r = readPerson('person.yaml', text, b.schema);
  assert.ok(r.person, r.problems.map(renderProblem).join('\n'));
  return situationOf(r.person, day('2026-12-31'));
}

const DOCTOR = `
documents: [{kind: passport, country: ru, biometric: no}]
now: {country: xb, since: 2026-03-20, status: xb/visit}
stays: []
statuses: []
work: {occupation: doctor}
offers: [{country: xa, occupation: doctor, salaryYear: 41000 EUR}]
exposure: {convicted: no}
`;

const brief = (from: string, to: string, s?: Situation) =>
  changes(book, day(from), day(to), s).map((c) => [c.provision, c.day, c.kind, ...(c.affects ? [c.affects] : [])]);

test('every dated change of a year, in the order of its days', () => {
  assert.deepEqual(brief('2026-01-01', '2026-12-31'), [
    ['xa/work', '2026-02-01', 'figure'],
    ['xa/work', '2026-03-01', 'figure'],
    ['xb/visit', '2026-04-01', 'figure'],
    ['xa/work', '2026-05-01', 'list'],
    ['xa/work', '2026-06-01', 'clause-comes'],
    ['xa/work', '2026-07-01', 'clause-goes'],
    ['xb/ban', '2026-07-01', 'begins'],
    ['xa/work', '2026-08-01', 'figure'],
    ['xb/visit', '2026-09-01', 'counting'],
    ['xa/work', '2026-12-01', 'ends'],
  ]);
});

test('both days belong to the stretch', () => {
  assert.deepEqual(brief('2026-02-01', '2026-02-01'), [['xa/work', '2026-02-01', 'figure']]);
  assert.deepEqual(brief('2026-02-02', '2026-02-28'), []);
});

test('the words say before and after in both languages', () => {
  const of = (d: string) => changes(book, day(d), day(d))[0];
  assert.deepEqual(
    [of('2026-02-01')?.what, of('2026-02-01')?.before, of('2026-02-01')?.after],
    [
      { en: 'A figure changes: Salary', ru: 'Меняется число: Зарплата' },
      { en: 'EUR\u00a040,000', ru: '40\u00a0000\u00a0EUR' },
      { en: 'EUR\u00a042,000', ru: '42\u00a0000\u00a0EUR' },
    ],
  );
  assert.deepEqual(of('2026-08-01')?.after, { en: 'not known', ru: 'неизвестно' });
  assert.deepEqual(of('2026-05-01')?.before, { en: 'doctor, nurse', ru: 'doctor, nurse' });
  assert.match(of('2026-05-01')?.what.en ?? '', /added: teacher; removed: nurse$/);
  assert.deepEqual([of('2026-06-01')?.before, of('2026-06-01')?.after], [null, { en: 'A chip', ru: 'Чип' }]);
  assert.deepEqual(
    [of('2026-09-01')?.before?.en, of('2026-09-01')?.after?.en],
    ['60 days after each entry', '60 days in any 180 days'],
  );
});

test('with a person: what each change does to them, by its own doing alone', () => {
  const s = person(book, DOCTOR);
  assert.deepEqual(brief('2026-01-01', '2026-12-31', s), [
    ['xa/work', '2026-02-01', 'figure', 'closes'],
    ['xa/work', '2026-03-01', 'figure', 'none'],
    ['xb/visit', '2026-04-01', 'figure', 'alters'],
    ['xa/work', '2026-05-01', 'list', 'none'],
    ['xa/work', '2026-06-01', 'clause-comes', 'none'],
    ['xa/work', '2026-07-01', 'clause-goes', 'none'],
    ['xb/ban', '2026-07-01', 'begins', 'closes'],
    ['xa/work', '2026-08-01', 'figure', 'none'],
    ['xb/visit', '2026-09-01', 'counting', 'none'],
    ['xa/work', '2026-12-01', 'ends', 'none'],
  ]);
});

test('a threshold met before and after means nothing; a fee that rises alters; a new job on the list opens', () => {
  const rich = person(book, DOCTOR.replace('41000', '50000').replace('biometric: no', 'biometric: yes'));
  const affects = (d: string, s: Situation) => changes(book, day(d), day(d), s)[0]?.affects;
  assert.equal(affects('2026-02-01', rich), 'none');
  assert.equal(affects('2026-03-01', rich), 'alters');
  assert.equal(affects('2026-08-01', rich), 'unknown');
  const teacher = person(
    book,
    DOCTOR.replace('41000', '50000').replace('biometric: no', 'biometric: yes').replaceAll('doctor', 'teacher'),
  );
  assert.equal(affects('2026-05-01', teacher), 'opens');
  const silent = person(book, 'now: {country: xa, since: 2026-01-01}');
  assert.equal(affects('2026-02-01', silent), 'unknown');
});

test('a fee that rises on the day on which a new condition shuts somebody out shuts nobody out itself', () => {
  const both = soundLaw({ 'xa/work': WORK.replace('2026-03-01: {value: 120', '2026-06-01: {value: 120') });
  const of = (text: string) =>
    changes(both, day('2026-06-01'), day('2026-06-01'), person(both, text)).map((c) => [c.kind, c.affects]);
  const rich = DOCTOR.replace('41000', '50000');
  assert.deepEqual(of(rich), [
    ['figure', 'none'],
    ['clause-comes', 'closes'],
  ]);
  assert.deepEqual(of(rich.replace('biometric: no', 'biometric: yes')), [
    ['figure', 'alters'],
    ['clause-comes', 'none'],
  ]);
});

test('a route of which we know from a day on shuts nobody out on that day', () => {
  const from = 'inForce: {from: 2024-01-01, earlier: unknown, to: 2026-11-30}';
  const late = soundLaw({ 'xa/work': WORK.replace('inForce: {from: 2024-01-01, to: 2026-11-30}', from) });
  const of = (text: string) =>
    changes(late, day('2024-01-01'), day('2024-01-01'), person(late, text)).map((c) => c.affects);
  assert.deepEqual(of(DOCTOR.replace('41000', '30000')), ['none']);
  assert.deepEqual(of(DOCTOR.replace('41000', '50000')), ['opens']);
});
