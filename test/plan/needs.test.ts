/** What a route demands to have been held, read from its conditions and from what the person said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type LawBook, ofKind } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';
import { neverOpen } from '../../src/moves/never.ts';
import { needsOf } from '../../src/plan/needs.ts';
import { clause, day, law, person, provision, visit } from './worlds.ts';

const permit = (id: string): ReturnType<typeof provision> =>
  provision(
    id,
    'route',
    `decision: right
all: [${clause('any', 'person.sex in ("female", "male", "other")')}]
file: {where: [in-country], from: [any], source: s}
grants: {status: ${id}, source: s}
status: {stands: permit}`,
  );

const home = (all: string): ReturnType<typeof provision> =>
  provision(
    'xa/home',
    'route',
    `decision: right
params: {years: {unit: duration, values: {2022-01-01: {value: P5Y, source: s}, 2027-01-01: {value: P3Y, source: s}}}}
monthEnd: {clamp: s}
all: [${all}]
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/home, source: s}
status: {stands: permanent}`,
  );

const CLOCK = provision('xa/clock', 'clock', 'counts: [{status: xa/work, source: s}]\nunbroken: yes');
const ON = day('2026-01-01');
const world = (all: string, family = '[]') => {
  const book = law([visit('xa', 90), permit('xa/work'), permit('xa/refuge'), CLOCK, home(all)]);
  const text = `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
documents: [{kind: passport, country: ru, expires: 2040-01-01}]
now: {country: xa, since: 2026-01-01, status: xa/visa-free}
stays: []
statuses: []
family: ${family}`;
  return { book, start: person(book, '2026-01-01', text) };
};
const route = (book: LawBook): Provision => ofKind(book, 'route').find((r) => r.id === 'xa/home') as Provision;
const needs = (all: string, family?: string, most = 4) => {
  const { book, start } = world(all, family);
  return needsOf(book, route(book), start, [ON, day('2027-01-01')], most);
};
const YEARS = '{id: years, says: {en: y, ru: y}, clock: xa/clock, atLeast: years, source: s}';
const held = (id: string): string => clause(`held-${id.replace('/', '-')}`, `now.status = "${id}"`);
const either = (...of: readonly string[]): string =>
  `{id: either, says: {en: e, ru: e}, any: [${of.join(', ')}], source: s}`;

describe('what must have been held', () => {
  it('a clock: its statuses, for the shortest time the law ever states', () => {
    assert.deepEqual(needs(YEARS), [{ patterns: ['xa/work'], time: { months: 36, days: 0 }, unbroken: true }]);
  });
  it('a status named by a condition, beside the clock', () => {
    const n = needs(`${YEARS}, ${held('xa/refuge')}`);
    assert.deepEqual(n !== 'never' && n.map((x) => x.patterns), [['xa/work'], ['xa/refuge']]);
  });
  it('one of several statuses, where there is a choice', () => {
    const n = needs(either(held('xa/refuge'), held('xa/work')));
    assert.deepEqual(n !== 'never' && n.map((x) => x.patterns), [['xa/refuge', 'xa/work']]);
  });
  it('nothing, where a visit will do, or another answer', () => {
    assert.deepEqual(needs(held('xa/visa-free')), []);
    assert.deepEqual(needs(either(held('xa/refuge'), clause('rich', 'work.remote'))), []);
  });
  it('a choice that is closed to the person is none: no spouse is a citizen, however long one has been married', () => {
    const citizen = clause(
      'married',
      'some f in family satisfies (f.relation = "spouse" and "kz" in f.citizenships and f.married <= on)',
    );
    const spouse = '[{relation: spouse, citizenships: [ru], married: 2010-01-01}]';
    const n = needs(either(YEARS, citizen), spouse);
    assert.deepEqual(n !== 'never' && n.map((x) => x.patterns), [['xa/work']]);
    assert.equal(needs(citizen, spouse), 'never');
    const { book, start } = world(citizen, spouse);
    assert.equal(neverOpen(book, route(book), start, ON, ON + 3650), true);
    const local = world(citizen, '[{relation: spouse, citizenships: [kz], married: 2010-01-01}]');
    assert.equal(neverOpen(local.book, route(local.book), local.start, ON, ON + 3650), false);
  });
});
