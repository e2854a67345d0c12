/** Answers where there is little to answer: never an empty list without a word; the stream; the way back from a breach. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answerPlan, streamAnswers } from '../../src/answers/plan-answer.ts';
import { nothingWhy } from '../../src/answers/plan-words.ts';
import type { Situation } from '../../src/person/types.ts';
import { streamPlans } from '../../src/plan/search.ts';
import type { Goal } from '../../src/plan/types.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL: Goal = { kind: 'permanent' };
const LINE = 'xa visit 20; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work 10; xc visit 30';
const BOOK = worldLaw(LINE);
const ask = (start: Situation, options = {}, goal: Goal = GOAL, book = BOOK) =>
  answerPlan(book, start, goal, { processing: 'longest', ...options });

describe('an answer in words', () => {
  it('for a day in the past', () => {
    const a = ask(someone(BOOK), { horizon: FIRST - 1 });
    assert.equal(a.nothing, 'past');
    assert.match(nothingWhy(a).en, /lies before the day the plan begins/);
    assert.match(nothingWhy(a).ru, /раньше дня/);
  });
  it('for a ban on every country of the goal', () => {
    const a = ask(someone(BOOK), { avoid: new Set(['xa', 'xb', 'xc']) });
    assert.equal(a.nothing, 'avoided');
    assert.match(nothingWhy(a).en, /not to be in/);
  });
  it('for a goal that no law here knows', () => {
    const a = ask(someone(BOOK), {}, { kind: 'protection' });
    assert.equal(a.nothing, 'unknown');
    assert.match(nothingWhy(a).en, /no route at all/);
  });
  it('for a goal out of reach, with what comes nearest', () => {
    const book = worldLaw('xa visit 20; xa shelter 3 9 right 0 stands permanent if person.sex="male"');
    const a = ask(someone(book), {}, GOAL, book);
    assert.equal(a.nothing, 'unreached');
    assert.ok(a.complete);
    assert.match(nothingWhy(a).en, /No lawful way to the goal/);
  });
  it('for a goal that is reached already: a plan without a step', () => {
    const s = someone(BOOK);
    const a = ask({ ...s, holdings: [{ status: 'xb/home', country: 'xb', from: FIRST - 9 }] });
    assert.equal(a.plans.length, 1);
    assert.deepEqual(a.plans[0]?.plan.legs, []);
  });
});

describe('whoever is in breach already', () => {
  const late = (): Situation => ({ ...someone(BOOK), since: FIRST - 60 });
  it('begins with the way back in, and their days without status are counted from then on', () => {
    const a = ask(late());
    assert.ok(a.plans.length > 0);
    for (const { plan } of a.plans) {
      assert.equal(plan.legs[0]?.day, FIRST, told(plan));
      assert.equal(plan.legs[0]?.kind, 'enter');
      assert.equal(plan.metrics.unlawfulDays, 0);
    }
  });
  it('and cannot leave: nothing, said in words', () => {
    const book = worldLaw('xa visit 20; xb visit 10; xb shut 0; xb work 3 30 right; xb home 2 after 15 work');
    const a = ask({ ...someone(book), since: FIRST - 60 }, {}, GOAL, book);
    assert.equal(a.nothing, 'unreached');
    assert.match(nothingWhy(a).en, /No lawful way/);
  });
});

describe('refusals', () => {
  it('a plan names its weakest step where it does not survive', () => {
    const book = worldLaw(
      'xa visit 20; xb visit 3; xb work 3 30 discretion 20 leave; xb home 2 after 15 work 10; xa shut 1',
    );
    const [p] = ask(someone(book), {}, GOAL, book).plans;
    assert.equal(p?.plan.survivesAnyOneRefusal, false);
    assert.equal(p?.plan.legs[p.plan.weakest ?? -1]?.kind, 'await');
  });
  it('and names none where each refusal leaves a way on', () => {
    const [p] = ask(someone(BOOK)).plans;
    assert.equal(p?.plan.survivesAnyOneRefusal, true);
    assert.equal(p?.plan.weakest, undefined);
  });
});

describe('the stream', () => {
  it('ends with the whole front, and every value before is sound and marked as not complete', () => {
    const run = streamAnswers(BOOK, someone(BOOK), GOAL, { processing: 'longest' });
    const before: number[] = [];
    for (;;) {
      const step = run.next();
      if (step.done) {
        assert.ok(step.value.complete);
        assert.equal(step.value.bound, undefined);
        assert.equal(step.value.refused.length, 0);
        break;
      }
      assert.equal(step.value.complete, false);
      assert.equal(step.value.refused.length, 0);
      before.push(step.value.plans.length);
    }
  });
  it('stops when told to, and says that it did', () => {
    const signal = { aborted: true };
    const step = streamPlans(BOOK, someone(BOOK), GOAL, { signal }).next();
    assert.ok(step.done);
    assert.equal(step.value.complete, false);
    assert.notEqual(step.value.bound, undefined);
  });
  it('stops after so many labels, with a bound on what it has not found', () => {
    const run = streamPlans(BOOK, someone(BOOK), GOAL, { most: 1 });
    for (;;) {
      const step = run.next();
      if (!step.done) continue;
      assert.equal(step.value.complete, false);
      assert.ok((step.value.bound ?? -1) >= 0);
      break;
    }
  });
});

describe('why not there', () => {
  it('a route that is closed for good says what closes it', () => {
    const book = worldLaw(`${LINE}; xc shelter 3 9 right 0 stands permanent if person.sex="male"`);
    const a = ask(someone(book), { why: 'xc' }, GOAL, book);
    assert.equal(a.why?.plan, undefined);
    const r = a.why?.routes.find((x) => x.check.route === 'xc/shelter');
    assert.equal(r?.never, true);
    assert.deepEqual(
      r?.against.map((b) => b.outcome),
      ['no'],
    );
  });
  it('a country whose plan is beaten says by which', () => {
    const book = worldLaw(
      'xa visit 20; xa shelter 3 9 right 0 stands permanent; xb visit 10; xb shelter 5 9 right 0 stands permanent',
    );
    const a = ask(someone(book), { why: 'xb' }, GOAL, book);
    assert.equal(a.why?.beatenBy?.country, 'xa');
    assert.equal(a.why?.plan?.metrics.daysToGoal, 5);
  });
  it('a route that opens later says when', () => {
    const book = worldLaw(`${LINE}; xc shelter 3 9 right 0 stands permanent opens 700`);
    const a = ask(someone(book), { why: 'xc/shelter', horizon: FIRST + 710, avoid: new Set(['xc']) }, GOAL, book);
    assert.equal(a.why?.routes[0]?.opens, '2027-12-02');
  });
});

describe('the question asked first', () => {
  it('is the unanswered fact that most plans rest on', () => {
    const book = worldLaw(
      'xa visit 20; xa shelter 3 9 right 0 stands permanent if exposure.journalist; xa other 2 9 right 50 stands permanent if exposure.journalist; xa third 9 9 lottery 0 stands permanent if exposure.activist',
    );
    const a = ask(someone(book), {}, GOAL, book);
    assert.equal(a.question?.fact, 'exposure.journalist');
    assert.equal(a.question?.plans, 2);
  });
  it('is none where nothing is assumed', () => {
    assert.equal(ask(someone(BOOK)).question, undefined);
  });
});
