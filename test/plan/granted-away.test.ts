/** A permit asked for in a country and granted to who has left it: whether the decision alone lets them in, no source says; the leg says so, and plans that wait there come before. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
const doubted = (p: Plan): string[] =>
  p.legs.flatMap((l) => (l.doubts.some((d) => d.kind === 'granted-away') ? [`${l.day - FIRST} ${l.kind}`] : []));

describe('an answer that comes while one is away', () => {
  const plansOf = (line: string): readonly Plan[] => {
    const book = worldLaw(line);
    const start = someone(book);
    const { plans } = searchPlans(book, start, GOAL, { horizon: FIRST + 40 });
    for (const p of plans) assert.ok(verifyPlan(book, start, GOAL, p, { processing: 'longest' }).ok, told(p));
    return plans;
  };
  it('is doubted as leave to enter, on the leg on which one comes back', () => {
    const [plan] = plansOf('xa visit 5; xa p0 6 30 right leave; xa home 0 after 10 p0; xb visit 20');
    assert.ok(plan);
    assert.deepEqual(doubted(plan), ['6 enter']);
  });
  it('is not where it was asked for at a consulate, nor where one waited in the country', () => {
    for (const line of [
      'xa visit 5; xa p0 6 30 right abroad; xa home 0 after 10 p0; xb visit 20',
      'xa visit 9; xa p0 6 30 right; xa home 0 after 10 p0; xb visit 20',
    ]) {
      const plans = plansOf(line);
      assert.ok(plans.length > 0, line);
      for (const p of plans) assert.deepEqual(doubted(p), [], told(p));
    }
  });
});
