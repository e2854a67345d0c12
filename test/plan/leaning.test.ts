/** Which way laws lean in a number, and from when on later is no better: what makes two situations comparable that are not the same. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import type { Provision } from '../../src/law/types.ts';
import { farthestAsked, leaningOf, neverTooOld, type Target } from '../../src/plan/leaning.ts';
import { clause, law, provision } from './worlds.ts';

const PARAMS = `params:
  most: {unit: count, range: {min: 1, max: 9}, values: {2022-01-01: {value: 2, source: s}}}
  years: {unit: years, range: {min: 1, max: 20}, values: {2022-01-01: {value: 10, source: s}, 2024-01-01: {value: 5, source: s}}}
  margin: {unit: duration, values: {2022-01-01: {value: P6M, source: s}, 2025-01-01: {value: P15M, source: s}}}
monthEnd: {clamp: s}`;
const route = (...conditions: string[]): Provision[] => [
  ...law([
    provision(
      'xa/work',
      'route',
      `decision: right
${PARAMS}
all: [${conditions.map((c, i) => (c.startsWith('{') ? c : clause(`c${i}`, c))).join(', ')}]
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/work, source: s}
status: {stands: permanent}`,
    ),
  ]).provisions.values(),
];
const restriction = (condition: string): Provision[] => [
  ...law([
    provision('xa/shut', 'restriction', `effect: entry\nstrength: must\n${PARAMS}\nall: [${clause('c', condition)}]`),
  ]).provisions.values(),
];

describe('which way a law leans', () => {
  const stays: Target = { count: 'stays' };
  const often = 'count(stays[item.country = "xa"]) >= most';
  const age: Target = { fact: 'passport.ageYears' };

  it('visits counted against one: fewer are never worse', () => {
    assert.equal(leaningOf(restriction(often), stays), 'less');
    assert.equal(leaningOf(route(`not(${often})`), stays), 'less');
  });
  it('visits counted in favour: more are never worse', () => {
    assert.equal(leaningOf(route(often), stays), 'more');
    assert.equal(leaningOf(restriction(`not(${often})`), stays), 'more');
  });
  it('both together, or in another way: neither', () => {
    assert.equal(leaningOf([...route(often), ...restriction(often)], stays), 'both');
    assert.equal(leaningOf(route('count(stays[item.country = "xa"]) = most'), stays), 'both');
    assert.equal(leaningOf(route('some s in stays satisfies s.country = "xa"'), stays), 'both');
  });
  it('what is not looked at leans nowhere', () => {
    assert.equal(leaningOf(route('work.remote'), stays), 'none');
  });
  it('what is asked of other papers than passports says nothing of passports', () => {
    const other = 'passport.kind = "internal-passport" and passport.issued >= on';
    assert.equal(leaningOf(route(other), { fact: 'passport.issued' }), 'more');
    const spared = `{id: k, says: {en: k, ru: k}, source: s, any: [${clause('a', 'not(passport.kind = "internal-passport")')}, ${clause('b', 'passport.issued >= on')}]}`;
    assert.equal(leaningOf(route(spared), { fact: 'passport.issued' }), 'none');
    const asked = spared.replace('not(passport.kind = "internal-passport")', 'passport.kind = "internal-passport"');
    assert.equal(leaningOf(route(asked), { fact: 'passport.issued' }), 'more');
  });
  it('a passport must be younger than so many years', () => {
    assert.equal(leaningOf(route('passport.ageYears < years'), age), 'less');
    assert.equal(leaningOf(route('years > passport.ageYears'), age), 'less');
  });
});

describe('from when on later is no better', () => {
  const last = parseDay('2036-11-27') as number;
  it('papers are asked to be valid for the longest time that a law has named', () => {
    assert.equal(farthestAsked(route('passport.expires >= on + margin'), [], last), last + 15 * 31);
    assert.equal(farthestAsked(route('passport.expires >= on'), [], last), last + 366);
  });
  it('without end where the end is compared with something else', () => {
    assert.equal(farthestAsked(route('passport.expires >= person.born + margin'), [], last), Number.POSITIVE_INFINITY);
    assert.equal(farthestAsked(route('passport.expires = on'), [], last), last + 366);
  });
  it('a passport is never too old that is younger on the last day than the fewest years asked for', () => {
    assert.equal(neverTooOld(route('passport.ageYears < years'), last), (parseDay('2031-11-27') as number) + 2);
    assert.equal(neverTooOld(route('work.remote'), last), Number.NEGATIVE_INFINITY);
    assert.equal(neverTooOld(route('passport.ageYears > years'), last), Number.POSITIVE_INFINITY);
    assert.equal(neverTooOld(route('passport.issued >= on'), last), Number.POSITIVE_INFINITY);
  });
});
