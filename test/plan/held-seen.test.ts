/** What of holdings the law can see: which close doors, which are over and done with once they have ended. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Provision } from '../../src/law/types.ts';
import type { Holding } from '../../src/person/types.ts';
import { countedStill, HeldSeen } from '../../src/plan/held-seen.ts';
import { clause, law, person, provision } from './worlds.ts';

const permit = (id: string, status: string, more = ''): ReturnType<typeof provision> =>
  provision(
    id,
    'route',
    `decision: right
params: {lasts: {unit: duration, values: {2022-01-01: {value: P9D, source: s}}}, again: {unit: duration, values: {2022-01-01: {value: P5D, source: s}}}}
monthEnd: {clamp: s}
all: [${clause('c', 'work.remote')}]
file: {where: [in-country], from: [any], ${more.includes('notFrom') ? `${more}, ` : ''}source: s}
grants: {status: ${id}, valid: lasts, ${more.includes('validRenewed') ? `${more}, ` : ''}source: s}
status: {stands: permit, ${status}}`,
  );
const RENEWED = (id: string): string =>
  `renew: {by: ${id}, source: s}, leadsNowhere: {says: {en: n, ru: n}, source: s}`;
const seen = (condition: string, kind: 'route' | 'restriction' = 'route'): HeldSeen => {
  const text =
    kind === 'route'
      ? `decision: right\nall: [${clause('c', condition)}]\nfile: {where: [in-country], from: [any], source: s}\ngrants: {status: xb/home, source: s}\nstatus: {stands: permanent}`
      : `effect: entry\nstrength: must\nall: [${clause('c', condition)}]`;
  const book = law([
    permit('xa/work', RENEWED('xa/work')),
    permit('xc/work', RENEWED('xc/work')),
    provision(kind === 'route' ? 'xb/home' : 'xb/shut', kind, text),
  ]);
  const all = [...book.provisions.values()];
  return new HeldSeen(
    book,
    all.filter((p) => p.kind === 'route'),
    all,
  );
};
const held = (status: string, from = 0, to = 9): Holding => ({
  status,
  country: status.split('/')[0] as string,
  from,
  to,
});
const [WORK, OTHER] = [held('xa/work'), held('xc/work')];

describe('what is held closes a door', () => {
  it('where the law says so, and nowhere else', () => {
    assert.equal(seen('work.remote').closes(WORK), false);
    assert.equal(seen('some s in statuses satisfies s.current and s.status = "xa/work"').closes(WORK), false);
    const not = seen('not(some s in statuses satisfies s.current and s.status = "xa/work")');
    assert.deepEqual([not.closes(WORK), not.closes(OTHER)], [true, false]);
    const restricted = seen('some s in statuses satisfies s.current and s.country = "xa"', 'restriction');
    assert.deepEqual([restricted.closes(WORK), restricted.closes(OTHER)], [true, false]);
    const away = seen('"xa" in permitCountries', 'restriction');
    assert.deepEqual([away.closes(WORK), away.closes(OTHER)], [true, false]);
    assert.equal(seen('"xa" in permitCountries').closes(WORK), false);
    assert.equal(seen('residesHere').closes(held('xb/any')), false);
    assert.deepEqual(
      [seen('not(residesHere)').closes(held('xb/any')), seen('not(residesHere)').closes(WORK)],
      [true, false],
    );
  });
  it('where a condition asks that it be held only lately, or counts what is held', () => {
    assert.equal(seen('some s in statuses satisfies s.from >= on').closes(WORK), true);
    assert.equal(seen('some s in statuses satisfies s.from < on').closes(WORK), false);
    assert.equal(seen('some s in statuses satisfies s.to >= on').closes(WORK), false);
    assert.equal(seen('every s in statuses satisfies s.current').closes(WORK), true);
  });
  it('where it is not renewed, given for another time the second time, or asked for from others only', () => {
    const closes = (status: string, more = ''): boolean => {
      const book = law([permit('xa/work', status, more), permit('xc/work', RENEWED('xc/work'))]);
      const all = [...book.provisions.values()];
      return new HeldSeen(book, all, all).closes(WORK);
    };
    const nowhere = 'leadsNowhere: {says: {en: n, ru: n}, source: s}';
    assert.equal(closes(RENEWED('xa/work')), false);
    assert.equal(closes(`renew: no, ${nowhere}`), true);
    assert.equal(closes(RENEWED('xa/work'), 'validRenewed: again'), true);
    assert.equal(closes(RENEWED('xa/work'), 'notFrom: [xa/work]'), true);
    assert.equal(closes(`renew: {by: xa/work, maxTotal: again, source: s}, ${nowhere}`), true);
  });
});

describe('what has ended', () => {
  it('is seen by a condition that does not ask for what runs', () => {
    const past = seen('some s in statuses satisfies s.status = "xa/work"');
    assert.deepEqual([past.seesEnded(WORK), past.seesEnded(OTHER)], [true, false]);
    assert.equal(seen('some s in statuses satisfies s.current and s.status = "xa/work"').seesEnded(WORK), false);
    assert.equal(seen('residesHere').seesEnded(held('xb/any')), false);
    assert.equal(seen('some s in statuses satisfies s.from < on').seesEnded(OTHER), true);
  });
  it('counts on in a clock that allows no break only where nothing was broken', () => {
    const of = (unbroken: boolean): Provision => ({ ...CLOCK, unbroken });
    const s = {
      ...START,
      holdings: [held('xa/work', 0, 9), held('xa/work', 10, 19), held('xa/work', 30, 39), held('xa/work', 40, 49)],
    };
    const from = (unbroken: boolean, on: number): number[] =>
      countedStill(of(unbroken), s, on)
        .map((h) => h.from)
        .sort((a, b) => a - b);
    assert.deepEqual(from(false, 100), [0, 10, 30, 40]);
    assert.deepEqual(from(true, 45), [30, 40]);
    // What ended yesterday may be followed by what begins today.
    assert.deepEqual(from(true, 50), [30, 40]);
    assert.deepEqual(from(true, 51), []);
  });
});

const BOOK = law([
  permit('xa/work', RENEWED('xa/work')),
  provision('xa/clock', 'clock', 'counts: [{status: xa/work, source: s}]\nunbroken: yes'),
]);
const CLOCK = BOOK.provisions.get('xa/clock') as Provision;
const START = person(BOOK, '2026-01-01', 'person: {citizenships: [ru]}\nstatuses: []\nstays: []\n');
