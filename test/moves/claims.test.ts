import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { checkRoute } from '../../src/check/check.ts';
import type { Provision } from '../../src/law/types.ts';
import { startOf } from '../../src/moves/claims.ts';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Person } from '../../src/person/types.ts';
import { soundLaw, TAIL } from '../support/small-law.ts';

const day = (t: string) => parseDay(t) as number;
const FEAR =
  '{id: fear, says: {en: You fear return, ru: Вы боитесь вернуться}, when: exposure.fearOfReturn, source: s}';
const CASE = 'cases: [{name: fear, on: 2026-01-01, given: {exposure.fearOfReturn: yes}, expect: yes}]';

const stay = (c: string) => `id: ${c}/visa-free
kind: stay
title: {en: Visa-free, ru: Без визы}
inForce: {from: 2022-02-24, earlier: true}
keyDate: entry
params: {daysMax: {unit: days, range: {min: 1, max: 60}, values: {2022-02-24: {value: 30, source: s}}}}
counting: [{kind: perEntry, limit: daysMax, edges: both, gapDays: 0, source: s}]
all: [{id: citizen, says: {en: A Russian passport, ru: Российский паспорт}, when: 'passport.country = "ru"', source: s}]
cases: [{name: yes, on: 2026-01-01, given: {passport.country: ru}, expect: yes}]
${TAIL}`;

const route = (id: string, more: string) => `id: ${id}
kind: route
title: {en: ${id}, ru: ${id}}
inForce: {from: 2022-02-24, earlier: true}
keyDate: filing
params: {time: {unit: duration, values: {2022-02-24: {value: P100D, source: s}}}}
all: [${FEAR}]
processing: {longest: time, source: s}
${more}
${CASE}
${TAIL}`;

const book = soundLaw({
  'xa/visa-free': stay('xa'),
  'xb/visa-free': stay('xb'),
  // In xa one step: what is asked for is the protection itself, of which there are two kinds.
  'xa/asylum': route(
    'xa/asylum',
    `decision: discretion
claim: asylum
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/asylum, source: s}
pending: {mayStay: yes, says: {en: Stay, ru: Остаётесь}, source: s}
status: {stands: protection, leadsNowhere: {says: {en: No, ru: Нет}, source: s}}`,
  ),
  'xa/subsidiary': route(
    'xa/subsidiary',
    `decision: discretion
claim: asylum
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/subsidiary, source: s}
status: {stands: protection, leadsNowhere: {says: {en: No, ru: Нет}, source: s}}`,
  ),
  // In xb two: the request gives the papers of an applicant, and the protection is decided on from there.
  'xb/asylum': route(
    'xb/asylum',
    `decision: right
claim: asylum
file: {where: [in-country], from: [any], source: s}
grants: {status: xb/asylum, source: s}
status: {stands: pending, leadsTo: [xb/refugee]}`,
  ),
  'xb/refugee': route(
    'xb/refugee',
    `decision: discretion
file: {where: [in-country], from: [xb/asylum], source: s}
grants: {status: xb/refugee, source: s}
pending: {mayStay: yes, says: {en: Stay, ru: Остаётесь}, source: s}
status: {stands: protection, leadsNowhere: {says: {en: No, ru: Нет}, source: s}}`,
  ),
});

const person = (
  country: string,
  claims: string,
  more = 'statuses: []',
  status = `, status: ${country}/visa-free`,
): Person => {
  const r = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru]}
documents: [{kind: passport, country: ru, expires: 2035-01-01}]
now: {country: ${country}, since: 2026-10-11${status}}
stays: []
${more}
claims: ${claims}
exposure: {fearOfReturn: yes}`,
    book.schema,
  );
  assert.deepEqual(r.problems, []);
  return r.person as Person;
};
const ON = day('2026-11-27');
const start = (...p: Parameters<typeof person>) => startOf(book, person(...p), ON);
const filable = (s: ReturnType<typeof start>) =>
  moves(book, s)
    .flatMap((m) => (m.kind === 'file' ? [m.route] : []))
    .sort();
const the = (id: string) => book.provisions.get(id) as Provision;
const PENDING = '[{country: xa, filed: 2026-10-20, decision: pending}]';

describe('a request for asylum that waits for its answer', () => {
  it('is an application like any other: awaited, and not made again, nor its sister', () => {
    const s = start('xa', PENDING);
    assert.deepEqual(
      s.pending.map((p) => [p.route, formatDay(p.filed), formatDay(p.decided), p.place, p.late]),
      [['xa/asylum', '2026-10-20', '2027-01-28', 'xa', undefined]],
    );
    assert.deepEqual(filable(s), []);
    assert.deepEqual(
      moves(book, s).flatMap((m) => (m.kind === 'await' ? [[m.route, formatDay(m.earliest)]] : [])),
      [['xa/asylum', '2027-01-28']],
    );
  });
  it('lets one stay where the law says so', () => {
    assert.equal(formatDay(lawfulUntil(book, start('xa', '[]')).until as number), '2026-11-09');
    const waits = lawfulUntil(book, start('xa', PENDING));
    assert.equal(formatDay(waits.until as number), '2027-01-28');
    assert.equal(waits.known, true);
  });
  it('makes a plan that waits, and says that there is nothing to file', () => {
    const a = answerPlan(book, start('xa', PENDING), { kind: 'protection' }, { processing: 'longest' });
    const [first, ...others] = a.plans.map((p) => p.plan);
    assert.deepEqual(
      first?.legs.map((l) => l.kind),
      ['await'],
    );
    // Who leaves first gives the claim up: nothing of it is counted on, and the plan comes later in the list.
    for (const p of others) {
      assert.equal(p.legs[0]?.kind, 'enter');
      assert.ok(p.legs.every((l) => l.kind !== 'await' || l.jurisdiction !== 'xa'));
    }
    assert.deepEqual(a.refused, []);
  });
  it('where there are two steps it gives the papers of an applicant, and the protection is awaited', () => {
    const s = start('xb', PENDING.replace('xa', 'xb'));
    assert.deepEqual(
      s.holdings?.map((h) => [h.status, formatDay(h.from)]),
      [['xb/asylum', '2026-10-20']],
    );
    assert.deepEqual(
      s.pending.map((p) => p.route),
      ['xb/refugee'],
    );
    assert.deepEqual(filable(s), []);
  });
  it('is told by the papers of an applicant as well', () => {
    const s = start('xb', '[]', 'statuses: [{status: xb/asylum, from: 2026-10-20}]', ', status: xb/asylum');
    assert.deepEqual(
      s.pending.map((p) => [p.route, formatDay(p.filed)]),
      [['xb/refugee', '2026-10-20']],
    );
  });
  it('overdue, or of a day not told, is counted from the day asked about and says so', () => {
    for (const claims of [PENDING.replace('2026-10-20', '2026-02-20'), '[{country: xa, decision: pending}]']) {
      const [p] = start('xa', claims).pending;
      assert.equal(p?.late, true);
      assert.equal(p?.decided, ON + 100);
    }
  });
  it('is not told to be open to file by the check', () => {
    const r = checkRoute(book, the('xa/asylum'), start('xa', PENDING), ON);
    assert.equal(r.filing.may, 'no');
    assert.equal(r.filing.waiting, true);
    assert.equal(checkRoute(book, the('xa/asylum'), start('xa', '[]'), ON).filing.waiting, undefined);
  });
  it('made in a country that one has left is not awaited here, and not forgotten there', () => {
    const s = start('xb', PENDING);
    assert.deepEqual(s.pending, []);
    const again = checkRoute(book, the('xa/asylum'), { ...s, place: 'xa', since: ON, under: 'xa/visa-free' }, ON);
    assert.deepEqual(again.filing.doubts, [{ kind: 'asked-before', route: 'xa/asylum', decision: 'pending' }]);
  });
});

describe('a request for asylum that one leaves behind', () => {
  const go = (s: ReturnType<typeof start>, country: string) => {
    const m = moves(book, s).find((x) => x.kind === 'enter' && x.country === country);
    assert.ok(m);
    return apply(book, s, m, ON, { processing: 'longest', granted: true });
  };
  it('is no longer awaited, and no plan counts on its answer', () => {
    assert.deepEqual(go(start('xa', PENDING), 'xb').pending, []);
  });
  it('takes the papers of an applicant with it', () => {
    const left = go(start('xb', PENDING.replace('xa', 'xb')), 'xa');
    assert.deepEqual(left.pending, []);
    assert.deepEqual(
      left.holdings?.map((h) => [h.status, h.to]),
      [['xb/asylum', ON]],
    );
  });
});

describe('a request for asylum that was refused', () => {
  const REFUSED = '[{country: xa, filed: 2024-10-20, decision: refused}]';
  it('makes a second one there uncertain, in words, and nowhere else', () => {
    const s = start('xa', REFUSED);
    const file = moves(book, s).find((m) => m.kind === 'file' && m.route === 'xa/asylum');
    const doubt = { kind: 'asked-before', route: 'xa/asylum', decision: 'refused' } as const;
    assert.ok(file && 'doubts' in file && file.doubts.some((d) => JSON.stringify(d) === JSON.stringify(doubt)));
    assert.match(doubtWords(book, doubt, ON).en, /refused there before .* Speak to a lawyer/);
    assert.match(doubtWords(book, doubt, ON).ru, /уже отказали/);
    const other = checkRoute(book, the('xb/asylum'), start('xb', REFUSED), ON);
    assert.deepEqual(other.filing.doubts, []);
  });
  it('a second one is not known to let one stay', () => {
    const s = start('xa', REFUSED.replace(']', ', {country: xa, filed: 2026-10-20, decision: pending}]'));
    assert.equal(s.pending.length, 1);
    const waits = lawfulUntil(book, s);
    assert.equal(waits.known, false);
    assert.deepEqual(waits.doubts, [{ kind: 'pending-stay-unknown', route: 'xa/asylum' }]);
  });
});
