/** Where nothing likely reaches what was asked for, the first plan to a goal that is sooner had. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearerAsk, nearerGoals, nearerLead, nearerWords } from '../../src/answers/nearer.ts';
import { answerPlan, streamAnswers } from '../../src/answers/plan-answer.ts';
import type { Goal } from '../../src/plan/types.ts';
import { FIRST, someone, worldLaw } from '../plan/text-worlds.ts';

const GOAL: Goal = { kind: 'permanent' };
// She is a woman: the only permanent status is for men, a work permit of 500 days is for everybody.
const SHUT =
  'xa visit 20; xb visit 10; xb work 3 500 right; xa shelter 3 9 right 0 stands permanent if person.sex="male"';
const OPEN = 'xa visit 20; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work 10; xc visit 30';
const ask = (line: string, options = {}, goal = GOAL) => {
  const book = worldLaw(line);
  return answerPlan(book, someone(book), goal, { processing: 'longest', ...options });
};

describe('a goal out of reach', () => {
  it('is answered with the first plan to a year of lawful stay', () => {
    const a = ask(SHUT);
    assert.equal(a.nothing, 'unreached');
    assert.deepEqual(
      a.nearer.map((n) => [n.goal, n.plan.plan.legs.map((l) => l.kind)]),
      [[{ kind: 'years', years: 1 }, ['enter', 'file', 'await']]],
    );
    const [n] = a.nearer;
    assert.ok(n);
    const en = nearerWords(n, 'en');
    assert.match(en[0] as string, /^1 year of lawful stay, on /);
    assert.match(en.join(' '), /apply for .*; .*the answer on /);
    assert.match(nearerWords(n, 'ru')[0] as string, /^1 год законного пребывания: /);
    assert.match(nearerLead(GOAL, 'en'), /No likely way to .*permanent residence/);
    assert.equal(nearerAsk(n.goal), '--goal years:1');
  });
  it('and a stream says all along that it is not done, until it is', () => {
    const book = worldLaw(SHUT);
    const run = streamAnswers(book, someone(book), GOAL, { processing: 'longest' });
    for (;;) {
      const step = run.next();
      assert.equal(step.value.complete, step.done === true);
      if (step.done) break;
    }
  });
});

describe('nothing nearer is looked for', () => {
  it('where a likely plan was found', () => {
    const a = ask(OPEN);
    assert.ok(a.plans.some((p) => !p.plan.rare));
    assert.deepEqual(a.nearer, []);
  });
  it('where the day has passed, or every country is to be avoided', () => {
    assert.deepEqual(ask(SHUT, { horizon: FIRST - 1 }).nearer, []);
    assert.deepEqual(ask(SHUT, { avoid: new Set(['xa', 'xb']) }).nearer, []);
  });
  it('of one year: only protection is beside it, and no goal is nearer than itself', () => {
    assert.deepEqual(nearerGoals({ kind: 'years', years: 1 }), [{ kind: 'protection' }]);
    for (const kind of ['permanent', 'citizenship', 'protection'] as const)
      assert.ok(!nearerGoals({ kind }).some((g) => g.kind === kind));
  });
});
