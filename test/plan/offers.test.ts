/** Who told that they have no offer of work may find one: in its time, named as what is still to be found, and in plans only. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assumptionWords } from '../../src/answers/leg-words.ts';
import { toComeWords } from '../../src/answers/to-come.ts';
import { addMonths } from '../../src/calendar/civil.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { beginningPlan, monthsToFind } from '../../src/person/learning.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { oracle } from './oracle.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
const WORLD = 'xa visit 300; xa work 10 1000 renew if offer.exists; xa home 5 after 40 xa/work';
const book = worldLaw(WORLD);
const months = monthsToFind(book.schema, 'offer.exists');
const FOUND = addMonths(FIRST, months, 'clamp') - FIRST;

function plans(more: string, options = {}): readonly Plan[] {
  const start = someone(book, 'xa', 9000, more);
  const { plans: found } = searchPlans(book, start, GOAL, { ...options, horizon: FIRST + 400 });
  for (const p of found) {
    const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
    assert.ok(v.ok, `${told(p)}\n${JSON.stringify(v)}`);
  }
  return found;
}
const first = (more: string): string | undefined => {
  const [p] = plans(more);
  return p && told(p);
};
const way = (day: number): string =>
  `${day} file xa/work | ${day + 10} got xa/work | ${day + 50} file xa/home | ${day + 55} got xa/home`;

describe('an offer of work', () => {
  it('that nobody was asked about is simply not known: the plan begins today', () => {
    assert.equal(first(''), way(0));
  });
  it('that is there is used today, and nothing is assumed of it', () => {
    const [p] = plans('offers: [{country: xa}]\n');
    assert.equal(p && told(p), way(0));
    assert.deepEqual(p?.assumes, []);
  });
  it('of which there is none is found in its time, not a day sooner, and said to be still to be found', () => {
    assert.equal(first('offers: []\n'), way(FOUND));
    const a = plans('offers: []\n')[0]?.assumes.find((x) => x.fact === 'offer.exists');
    assert.deepEqual([a?.value, a?.told], [true, false]);
    const [plan] = plans('offers: []\n');
    assert.match(
      toComeWords(book, plan as Plan, 'en').join(' '),
      /^To be found first: an offer of work \(.*\), by 1 May 2026\.$/,
    );
    assert.match(
      toComeWords(book, plan as Plan, 'ru').join(' '),
      /^Сначала нужно найти: предложение работы \(.*\) — к 1 мая 2026 года\.$/,
    );
    assert.deepEqual(toComeWords(book, plans('')[0] as Plan, 'en'), []);
    assert.match(assumptionWords(book, a as never, 'en'), new RegExp(`still to come.*${months} months`));
    assert.match(assumptionWords(book, a as never, 'ru'), /этого пока нет/);
  });
  it('elsewhere is none here: one here is found in its time', () => {
    assert.equal(first('offers: [{country: xb}]\n'), way(FOUND));
  });
  it('is not counted on by who plans with what is known', () => {
    assert.deepEqual(plans('offers: []\n', { strict: true }), []);
  });
  it('told as none keeps its route closed outside of plans, however late the day', () => {
    const route = book.provisions.get('xa/work') as never;
    const start = someone(book, 'xa', 9000, 'offers: []\n');
    assert.equal(routeEligibility(book, route, { ...start, on: FIRST + 300 }, FIRST + 300).outcome, false);
  });
  it('and so are a place to study and a company, each in its own time', () => {
    for (const list of ['studyPlaces', 'companies']) {
      const world = worldLaw(WORLD.replace('offer.exists', `some~p~in~${list}~satisfies~p.country~=~"xa"`));
      const start = (more: string) => someone(world, 'xa', 9000, more);
      const day = addMonths(FIRST, monthsToFind(world.schema, list), 'clamp') - FIRST;
      const best = (more: string): Plan | undefined =>
        searchPlans(world, start(more), GOAL, { horizon: FIRST + 500 }).plans[0];
      const none = best(`${list}: []\n`);
      assert.equal(none && told(none), way(day), list);
      assert.deepEqual(
        none?.assumes.map((a) => [a.fact, a.told]),
        [[list, false]],
      );
      assert.ok(verifyPlan(world, start(`${list}: []\n`), GOAL, none as Plan, { processing: 'longest' }).ok);
      const there = best(`${list}: [{country: xa}]\n`);
      assert.equal(there && told(there), way(0), list);
      assert.deepEqual(there?.assumes, []);
    }
  });
  it('the day by day search finds the same', () => {
    const start = someone(book, 'xa', 9000, 'offers: []\n');
    const all = oracle(book, beginningPlan(start), {
      horizon: FIRST + FOUND + 55,
      moves: 2,
      hops: 0,
      pending: 1,
      step: 5,
    });
    assert.ok(
      all.front.some((x) => x.costs[0] === FOUND + 55),
      JSON.stringify(all.front.map((x) => x.costs)),
    );
  });
});
