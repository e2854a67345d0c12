import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { applyPatch, readPatch } from '../../src/law/patch.ts';
import { ProblemsError, renderProblem } from '../../src/law/problems.ts';
import { inForce, paramAt } from '../../src/law/resolve.ts';
import type { Provision } from '../../src/law/types.ts';
import { assess } from '../../src/moves/assess.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { soundLaw, WORK_ROUTE } from '../support/small-law.ts';

const day = (t: string) => parseDay(t) as number;
const book = soundLaw({ 'xa/work': WORK_ROUTE });
const HEAD = 'title: {en: Bill, ru: Законопроект}\nwhy: {en: A test, ru: Проверка}\n';
const patched = (changes: string) => applyPatch(book, readPatch('bill.yaml', `${HEAD}changes:\n${changes}`, book));
const work = (b = book) => b.provisions.get('xa/work') as Provision;

const me = readPerson('p.yaml', 'offers: [{country: xa, salaryYear: 45000 EUR}]\n', book.schema).person;
const open = (b: typeof book, on: string) => assess(b, work(b), situationOf(me as never, day(on)), day(on)).outcome;

describe('a patch', () => {
  it('sets a value from a day on, and leaves the law as it was before it and beside it', () => {
    const b = patched('  - {set: xa/work, param: salaryMin, value: 50000, from: 2027-01-01}');
    assert.deepEqual(paramAt(work(b), 'salaryMin', day('2026-12-31')), { amount: 42000, currency: 'EUR' });
    assert.deepEqual(paramAt(work(b), 'salaryMin', day('2027-01-01')), { amount: 50000, currency: 'EUR' });
    assert.deepEqual(paramAt(work(), 'salaryMin', day('2027-01-01')), { amount: 42000, currency: 'EUR' });
    assert.equal(open(b, '2026-12-31'), true);
    assert.equal(open(b, '2027-01-01'), false);
    assert.notEqual(b.digest, book.digest);
  });
  it('closes on its day', () => {
    const b = patched('  - {close: xa/work, from: 2027-01-01}');
    assert.equal(inForce(work(b), day('2026-12-31')), 'yes');
    assert.equal(inForce(work(b), day('2027-01-01')), 'no');
  });
  it('opens again what was closed, or earlier than it was', () => {
    const b = applyPatch(
      patched('  - {close: xa/work, from: 2025-01-01}'),
      readPatch('b.yaml', `${HEAD}changes: [{open: xa/work, from: 2023-01-01}]`, book),
    );
    assert.equal(inForce(work(b), day('2023-01-01')), 'yes');
    assert.equal(inForce(work(b), day('2026-01-01')), 'yes');
  });
  it('suspends between two days, both included', () => {
    const b = patched('  - {suspend: xa/work, from: 2026-03-01, to: 2026-03-31}');
    assert.deepEqual(
      ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((d) => open(b, d)),
      [true, false, false, true],
    );
  });
  it('drops a clause', () => {
    const b = patched('  - {drop: xa/work, clause: salary, from: 2026-03-01}');
    const poor = readPerson('p.yaml', 'offers: [{country: xa, salaryYear: 1000 EUR}]\n', book.schema).person;
    const at = (on: string) => assess(b, work(b), situationOf(poor as never, day(on)), day(on)).outcome;
    assert.deepEqual([at('2026-02-28'), at('2026-03-01')], [false, true]);
  });
});

const WRONG: readonly [name: string, changes: string, says: RegExp][] = [
  ['an unknown provision', '  - {close: xa/walk, from: 2027-01-01}', /bill\.yaml:4:\d+ {2}the provision "xa\/walk"/],
  [
    'an unknown parameter',
    '  - {set: xa/work, param: wage, value: 1, from: 2027-01-01}',
    /the parameter "wage"\n {4}expected: one of: salaryMin/,
  ],
  [
    'a value of the wrong kind',
    '  - {set: xa/work, param: salaryMin, value: much, from: 2027-01-01}',
    /"much"\n {4}expected: a value of unit EUR\/year/,
  ],
  [
    'a negative salary',
    '  - {set: xa/work, param: salaryMin, value: -1, from: 2027-01-01}',
    /a value of unit EUR\/year/,
  ],
  [
    'an unknown clause',
    '  - {drop: xa/work, clause: wage, from: 2027-01-01}',
    /the clause "wage"\n {4}expected: one of: offer, salary/,
  ],
  ['an impossible day', '  - {close: xa/work, from: 2027-02-30}', /"2027-02-30" for `from`/],
  [
    'an end before the beginning',
    '  - {suspend: xa/work, from: 2027-02-02, to: 2027-02-01}',
    /an end before the beginning/,
  ],
  ['a key that says nothing', '  - {close: xa/work, from: 2027-01-01, until: 2028-01-01}', /the key "until"/],
  ['no change at all', '  []', /no changes/],
];

describe('a patch that does not fit is refused before anything is changed', () => {
  for (const [name, changes, says] of WRONG) {
    it(name, () => {
      assert.throws(
        () => patched(changes),
        (e: unknown) => {
          assert.ok(e instanceof ProblemsError);
          assert.match(e.problems.map(renderProblem).join('\n'), says);
          return true;
        },
      );
    });
  }
});
