/** Plans of before taken again at once: as they were found where nothing has changed; left out where they do not hold. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plansAgain } from '../../src/answers/again.ts';
import { answerSteps, type PlanAnswer } from '../../src/answers/plan-answer.ts';
import type { LawBook } from '../../src/law/book.ts';
import type { Situation } from '../../src/person/types.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Goal, Plan } from '../../src/plan/types.ts';
import { smallWorld } from '../plan/random-worlds.ts';
import { FIRST, someone, worldLaw } from '../plan/text-worlds.ts';

const GOAL: Goal = { kind: 'permanent' };
const BASE =
  'xa visit 40; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work; xc visit 30; xc home 9 20 right 5 stands permanent';
const BOOK = worldLaw(BASE);
const START = someone(BOOK);
const FOUND = searchPlans(BOOK, START, GOAL).plans;
const RUNS = process.env.FOOTHOLD_LONG ? 400 : 30;
const again = (
  book: LawBook,
  start: Situation,
  plans: readonly Plan[] = FOUND,
  goal: Goal = GOAL,
  avoid: readonly string[] = [],
): Plan[] => [...plansAgain(book, start, goal, plans, { avoid: new Set(avoid), processing: 'longest' })];
const ends = (plans: readonly Plan[]) => plans.map((p) => p.legs.at(-1)?.jurisdiction).sort();

describe('where nothing has changed', () => {
  it('each is the plan that was found, to the last figure', () => {
    assert.ok(FOUND.length >= 2);
    assert.deepEqual(again(BOOK, START), FOUND);
  });
  it('in worlds made at random, too', () => {
    let plans = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { line, passport, money, limits } = smallWorld(seed);
      const book = worldLaw(line);
      const start = someone(book, 'xa', passport, '', money);
      const { horizon, ...rest } = limits;
      const found: readonly Plan[] = searchPlans(book, start, GOAL, { ...rest, horizon: FIRST + horizon }).plans;
      assert.deepEqual(again(book, start, found), found, `seed ${seed}: ${line}`);
      plans += found.length;
    }
    assert.ok(plans > RUNS / 2, String(plans));
  });
});

describe('where something has changed', () => {
  it('what a border shut cuts off is left out, the rest stays', () => {
    const book = worldLaw(`${BASE}; xb shut 0`);
    assert.deepEqual(ends(FOUND), ['xb', 'xc']);
    assert.deepEqual(ends(again(book, someone(book))), ['xc']);
  });
  it('a country to be avoided is not gone to', () => {
    assert.deepEqual(ends(again(BOOK, START, FOUND, GOAL, ['xc'])), ['xb']);
  });
  it('a fee that has changed is the fee of today', () => {
    const book = worldLaw(`${BASE}; fee xb work 0 70`);
    const [p] = again(book, someone(book)).filter((x) => x.legs.at(-1)?.jurisdiction === 'xb');
    assert.equal(p?.metrics.costEur, 70);
  });
  it('an answer that comes later than it did: the plan is not told with days of before', () => {
    const book = worldLaw(BASE.replace('xb work 3 ', 'xb work 5 '));
    assert.deepEqual(ends(again(book, someone(book))), ['xc']);
  });
  it('steps whose day has passed cannot be taken any more', () => {
    assert.deepEqual(again(BOOK, { ...START, on: START.on + 1 }), []);
  });
  it('a plan to another goal is none to this one', () => {
    assert.deepEqual(again(BOOK, START, FOUND, { kind: 'protection' }), []);
  });
});

describe('beside a search', () => {
  it('those that hold come first and are marked, each once, until the search has ended', () => {
    const { xb, xc } = Object.fromEntries(FOUND.map((p) => [p.legs.at(-1)?.jurisdiction, p])) as Record<string, Plan>;
    const run = answerSteps(BOOK, START, GOAL, { processing: 'longest', earlier: [xb as Plan, xc as Plan] });
    const told: PlanAnswer[] = [];
    for (;;) {
      const step = run.next();
      if (step.value) told.push(step.value);
      if (step.done) break;
    }
    assert.deepEqual(
      told.slice(0, 2).map((a) => a.plans.map((p) => p.before)),
      [[true], [true, true]],
    );
    for (const a of told) {
      assert.equal(
        new Set(a.plans.map((p) => JSON.stringify(p.legs.map((l) => l.leg.jurisdiction)))).size,
        a.plans.length,
      );
      assert.ok(a.plans.length <= FOUND.length);
    }
    const last = told.at(-1) as PlanAnswer;
    assert.equal(last.complete, true);
    assert.deepEqual(
      last.plans.map((p) => [p.plan, p.before]),
      FOUND.map((p) => [p, undefined]),
    );
  });
});
