/** A permit asked for in a country and granted to somebody who has left it is not surely leave to come back: said, and shown after plans that wait there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { searchPlans } from '../../src/plan/search.ts';
import { byWorth } from '../../src/plan/told.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
const away = (p: Plan): string[] =>
  p.legs.flatMap((l) => (l.doubts.some((d) => d.kind === 'granted-away') ? [`${l.kind} ${l.day - FIRST}`] : []));

function planned(line: string): Plan[] {
  const book = worldLaw(line);
  const start = someone(book);
  const { plans } = searchPlans(book, start, GOAL, { horizon: FIRST + 60 });
  assert.ok(plans.length, line);
  for (const p of plans) assert.ok(verifyPlan(book, start, GOAL, p, { processing: 'longest' }).ok);
  return [...plans];
}

describe('a permit granted while one is away', () => {
  // A visit to xb is three days, the permit takes six, and nobody may wait for it there.
  const LEFT = 'xa visit 60; xb visit 3 gap 20; xb work 6 50 right leave; xb home 0 after 10 work';
  const [left] = planned(LEFT) as [Plan];
  it('is in doubt where one comes back on it', () => {
    assert.equal(away(left).length, 1);
    assert.match(away(left)[0] as string, /^enter/);
    const said = doubtWords(worldLaw(LEFT), { kind: 'granted-away', route: 'xb/work' }, FIRST);
    assert.match(said.en, /while you were away/);
    assert.match(said.ru, /без вас/);
  });
  it('is not where one waits there, or asks from outside', () => {
    assert.deepEqual(away(planned(LEFT.replace(' leave', ''))[0] as Plan), []);
    assert.deepEqual(away(planned(LEFT.replace(' leave', ' abroad'))[0] as Plan), []);
  });
  it('comes after a plan that waits there, though that takes longer', () => {
    const [waits] = planned(LEFT.replace('work 6', 'work 16').replace(' leave', '')) as [Plan];
    assert.ok(waits.metrics.daysToGoal > left.metrics.daysToGoal);
    assert.ok(byWorth(waits, left) < 0);
  });
});
