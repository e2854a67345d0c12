/** A figure that is not out yet may be reckoned with as it was; one that changed to what nobody here knows may not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';
import { fileMoves } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Person } from '../../src/person/types.ts';
import { smallLaw, soundLaw, TAIL, WORK_ROUTE } from '../support/small-law.ts';

const book = await loadLaw();

const day = (t: string) => parseDay(t) as number;
const ON = day('2027-03-01');
const law = (last: string) =>
  WORK_ROUTE.replace('2026-01-01: {value: 42000, source: s}', `2026-01-01: {value: 42000, source: s}\n      ${last}`);
const file = (book: LawBook, facts: string) => {
  const { person, problems } = readPerson(
    'p.yaml',
    `now: {country: xa, since: 2027-01-10, status: xa/visa-free}\nstatuses: []\n${facts}`,
    book.schema,
  );
  assert.deepEqual(problems, []);
  const [m] = fileMoves(
    book,
    situationOf(person as Person, ON),
    book.provisions.get('xa/work') as Provision,
    ON,
    false,
  );
  return m && { assumes: m.assumes.map((a) => `${a.fact}=${JSON.stringify(a.value)}`), doubts: m.doubts };
};
const stated = (m: ReturnType<typeof file>) => m?.doubts.filter((d) => d.kind === 'not-stated');
const OFFER = (salary: number) => `offers: [{country: xa, salaryYear: ${salary} EUR}]`;

describe('a figure that is not out yet', () => {
  const book = soundLaw({ 'xa/work': law('2027-01-01: {value: null, awaited: yes}') });
  it('is reckoned with as it was last, and the doubt says so', () => {
    const m = file(book, OFFER(42000));
    assert.deepEqual(stated(m), [{ kind: 'not-stated', provision: 'xa/work', what: 'salaryMin', awaited: true }]);
    assert.match(doubtWords(book, stated(m)?.[0] as never, ON).en, /not here yet; the last one is taken/);
    assert.equal(file(book, OFFER(41999)), undefined);
  });
  it('asks for what the last one asked for', () => {
    assert.deepEqual(file(book, 'offers: [{country: xa}]')?.assumes, [
      'offer.salaryYear={"amount":42000,"currency":"EUR"}',
    ]);
  });
});

describe('a figure that changed to what nobody here knows', () => {
  const book = soundLaw({ 'xa/work': law('2027-01-01: {value: null}') });
  it('is not carried forward: what hangs on it stays open, whatever the person has', () => {
    for (const salary of [42000, 41999]) {
      const m = file(book, OFFER(salary));
      assert.deepEqual(stated(m), [{ kind: 'not-stated', provision: 'xa/work', what: 'salaryMin' }], `${salary}`);
    }
    assert.match(
      doubtWords(book, { kind: 'not-stated', provision: 'xa/work', what: 'salaryMin' }, ON).en,
      /not known here: ask/,
    );
  });
  it('does not put a number into the mouth of the person, and still asks what else is open', () => {
    assert.deepEqual(file(book, '')?.assumes, ['offer.exists=true']);
  });
  it('before and after a figure that is awaited ends the carrying as well', () => {
    const mixed = soundLaw({
      'xa/work': law('2026-06-01: {value: null}\n      2027-01-01: {value: null, awaited: yes}'),
    });
    assert.equal(stated(file(mixed, OFFER(1)))?.length, 1);
  });
});

describe('years of residence of which nobody here knows how many', () => {
  const settle = (values: string) => `id: xa/settle
kind: route
title: {en: Settle, ru: Остаться}
inForce: {from: 2022-02-24}
keyDate: filing
decision: right
params: {years: {unit: duration, values: {${values}}}}
all: [{id: residence, says: {en: Years, ru: Годы}, clock: xa/clock, atLeast: years, source: s}]
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/settle, source: s}
status: {stands: permanent}
cases: [{name: not told, on: 2026-01-01, expect: unknown, missing: [statuses]}]
${TAIL}`;
  const CLOCK = `id: xa/clock
kind: clock
title: {en: Years, ru: Годы}
inForce: {from: 2022-02-24}
keyDate: filing
counts: [{status: xa/work, source: s}]
unbroken: yes
cases: [{name: the day, on: 2027-01-15, statuses: [{status: xa/work, from: 2024-01-15}], need: P3Y, expect: {reached: yes}}]
${TAIL}`;
  it('are not taken as reached, nor planned with', () => {
    const book = soundLaw({
      'xa/work': WORK_ROUTE,
      'xa/clock': CLOCK,
      'xa/settle': settle('2022-02-24: {value: P3Y, source: s}, 2027-01-01: {value: null}'),
    });
    const { person } = readPerson(
      'p.yaml',
      'now: {country: xa, since: 2020-01-10, status: xa/work}\nstays: []\nstatuses: [{status: xa/work, from: 2020-01-10, to: 2029-01-01}]',
      book.schema,
    );
    const on = (d: number) =>
      fileMoves(book, situationOf(person as Person, d), book.provisions.get('xa/settle') as Provision, d, false);
    assert.equal(on(day('2026-12-31')).length, 1);
    assert.deepEqual(on(day('2027-01-01')), []);
  });
});

describe('the format', () => {
  const problems = (last: string) =>
    smallLaw({ 'xa/work': law(last) }).problems.filter((p) => p.code === 'awaited' || p.severity === 'error');
  it('takes `awaited` only beside no value', () => {
    assert.equal(problems('2027-01-01: {value: null, awaited: yes}').length, 0);
    assert.equal(problems('2027-01-01: {value: 43000, source: s, awaited: yes}').length, 1);
  });
  it('and only after a value that is known', () => {
    const text = law('').replace(
      '2024-01-01: {value: 40000, source: s}\n',
      '2024-01-01: {value: null, awaited: yes}\n',
    );
    assert.ok(smallLaw({ 'xa/work': text }).problems.some((p) => p.code === 'awaited'));
  });
});

describe('the law here', () => {
  const last = (id: string, param: string) =>
    (book.provisions.get(id)?.params[param] ?? book.provisions.get(id)?.lists[param])?.values.at(-1);
  it('tells the floors of next January from terms that changed', () => {
    assert.equal(last('de/blue-card', 'salaryRegular')?.awaited, true);
    // The minimum wage rose in June 2026: by how much it is after tax nobody here has read.
    assert.equal(last('fr/visitor', 'netMonth')?.awaited, true);
    for (const [id, param] of [
      ['gb/settlement', 'years'],
      ['ie/protection', 'valid'],
      ['us/h-1b', 'entryFeeHolds'],
      ['kz/digital-nomad-residency', 'itOccupations'],
    ] as const) {
      assert.equal(last(id, param)?.value, null, id);
      assert.equal(last(id, param)?.awaited, undefined, id);
    }
  });
});
