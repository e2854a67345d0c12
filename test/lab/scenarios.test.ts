import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { acting, firstDay, readScenarios } from '../../src/lab/scenario.ts';
import { applyPatch, readPatch } from '../../src/law/patch.ts';
import { decisionAt, filingAt, inForce, paramAt } from '../../src/law/resolve.ts';
import { moves } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { book, labText, problemsOf } from '../support/lab.ts';
import { soundLaw, WORK_ROUTE } from '../support/small-law.ts';

const day = (t: string) => parseDay(t) as number;
const files = readdirSync(join(import.meta.dirname, '..', '..', 'scenarios')).filter((f) => f.endsWith('.yaml'));

describe('the library of scenarios', () => {
  it('has at least twenty, each with a title, a reason, a kind and a day', () => {
    const all = readScenarios(
      book,
      files.map((f) => labText(`scenarios/${f}`)),
    );
    assert.ok(all.length >= 20, String(all.length));
    for (const s of all) {
      assert.ok(s.patch.kind, s.id);
      assert.ok(firstDay(s) >= day('2022-02-24'), `${s.id} ${formatDay(firstDay(s))}`);
      assert.ok(acting(s).length > 0);
      assert.notEqual(s.book.digest, book.digest);
      // Every change changes something, and the law as it is stays untouched.
      for (const c of s.patch.changes)
        assert.notDeepEqual(
          s.book.provisions.get(c.provision),
          book.provisions.get(c.provision),
          `${s.id}: ${c.op} ${c.provision}`,
        );
    }
  });
  it('is refused whole, with every place, where a scenario names what does not exist', () => {
    const wrong = problemsOf(() =>
      readScenarios(book, [
        labText('scenarios/montenegro-visas.yaml', 'me/visa-free', 'me/visa-fre'),
        labText(
          'scenarios/remote-work-recognised.yaml',
          'param: incomeMin, value: 1500, from: 2027-01-01}\n  - {decide: es',
          'param: incomMin, value: 1500, from: 2027-01-01}\n  - {decide: es',
        ),
      ]),
    );
    assert.ok(
      wrong.some((p) => p.includes('me/visa-fre')) && wrong.some((p) => p.includes('incomMin')),
      wrong.join('\n'),
    );
  });
});

describe('what a patch can do beside opening and closing', () => {
  const law = soundLaw({ 'xa/work': WORK_ROUTE });
  const patched = (change: string) =>
    applyPatch(law, readPatch('p.yaml', `title: {en: x, ru: x}\nwhy: {en: x, ru: x}\nchanges: [${change}]\n`, law));
  const work = (b: typeof law) => b.provisions.get('xa/work') as NonNullable<ReturnType<typeof law.provisions.get>>;
  it('puts off a value, and the provision itself', () => {
    const later = work(patched('{delay: xa/work, from: 2026-01-01, until: 2028-01-01}'));
    assert.deepEqual(paramAt(later, 'salaryMin', day('2027-06-01')), { amount: 40000, currency: 'EUR' });
    assert.deepEqual(paramAt(later, 'salaryMin', day('2028-01-01')), { amount: 42000, currency: 'EUR' });
    const start = work(patched('{delay: xa/work, from: 2024-01-01, until: 2025-01-01}'));
    assert.equal(inForce(start, day('2024-06-01')), 'no');
    assert.equal(inForce(start, day('2025-01-01')), 'yes');
    assert.deepEqual(paramAt(start, 'salaryMin', day('2025-06-01')), { amount: 40000, currency: 'EUR' });
  });
  it('changes who decides and where one files, from its day on', () => {
    const b = patched('{decide: xa/work, as: discretion, from: 2026-06-01}');
    assert.equal(decisionAt(work(b), day('2026-05-31')), 'right');
    assert.equal(decisionAt(work(b), day('2026-06-01')), 'discretion');
    const f = patched('{file: xa/work, where: [consulate], consulate: anywhere, from: 2026-06-01}');
    assert.deepEqual(filingAt(work(f), day('2026-05-31'))?.where, ['in-country']);
    assert.deepEqual(filingAt(work(f), day('2026-06-01'))?.where, ['consulate']);
    const text =
      'now: {country: xb, since: 2026-01-01, status: xb/visitor}\nstays: []\nstatuses: []\ndocuments: [{kind: passport, country: ru, expires: 2030-01-01}]\noffers: [{country: xa, salaryYear: 45000 EUR}]\n';
    const me = readPerson('p.yaml', text, law.schema).person;
    const files = (b: typeof law) =>
      moves(b, situationOf(me as never, day('2026-07-01')), { quick: true }).flatMap((m) =>
        m.kind === 'file' ? [m.decision] : [],
      );
    assert.deepEqual(files(law), []);
    assert.deepEqual(files(f), ['right']);
  });
  it('sets a quota, and zero closes', () => {
    const q = work(patched('{quota: xa/work, people: 100, per: year, from: 2026-01-01}'));
    assert.equal(paramAt(q, q.quota?.param ?? '', day('2026-02-01')), 100);
    assert.equal(paramAt(q, q.quota?.param ?? '', day('2025-02-01')), undefined);
    const none = work(patched('{quota: xa/work, people: 0, per: year, from: 2026-01-01}'));
    assert.ok(none.bars.some((b) => b.from === day('2026-01-01')));
  });
  const WRONG: readonly [string, string, RegExp][] = [
    [
      'a day on which nothing begins',
      '{delay: xa/work, from: 2026-02-01, until: 2028-01-01}',
      /nothing of "xa\/work" that begins on 2026-02-01/,
    ],
    ['a quota below zero', '{quota: xa/work, people: -1, per: year, from: 2026-01-01}', /-1/],
    ['a quota per week', '{quota: xa/work, people: 10, per: week, from: 2026-01-01}', /"week" \/ year or month/],
    ['a decision of no kind', '{decide: xa/work, as: maybe, from: 2026-01-01}', /"maybe"/],
    ['a place nobody files at', '{file: xa/work, where: [embassy], from: 2026-01-01}', /embassy/],
    [
      'a status that does not exist',
      '{file: xa/work, where: [in-country], statuses: [xa/no-such], from: 2026-01-01}',
      /xa\/no-such/,
    ],
  ];
  for (const [name, change, says] of WRONG)
    it(`refuses ${name}`, () => {
      const wrong = problemsOf(() => patched(change));
      assert.ok(
        wrong.some((p) => says.test(p)),
        wrong.join('\n') || 'nothing was refused',
      );
    });
});
