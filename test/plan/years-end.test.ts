/** Years of lawful stay: those under a permit to their end come before those that end as a visitor's, which say so. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { summaryWords } from '../../src/answers/leg-words.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'years', years: 1 } as const;

describe('years that end as a visitor’s', () => {
  // The permit of xb runs 300 days, and a dear one opens later; after it one may go on under it for 20 euro, or be a visitor in xc for nothing.
  const book = worldLaw(
    'xa visit 20; xb visit 20; xb work 3 300 right 20 renew; xc visit 200; xb other 1 30 right 90 opens 360',
  );
  const start = someone(book);
  const { plans } = searchPlans(book, start, GOAL, { horizon: FIRST + 500, most: 20_000 });
  const as = (what: 'visitor' | 'resident'): Plan[] => plans.filter((p) => p.ends?.as === what);
  it('are found beside those under a permit, and come after them', () => {
    assert.ok(as('visitor').length && as('resident').length, plans.map(told).join('\n'));
    assert.equal(plans[0]?.ends?.as, 'resident');
    for (const p of plans) assert.ok(verifyPlan(book, start, GOAL, p, { processing: 'longest' }).ok, told(p));
  });
  it('say so, with the day', () => {
    const [p] = as('visitor') as [Plan];
    const last = p.legs.at(-1);
    assert.ok(last?.kind === 'enter' && last.until !== undefined && p.ends?.as === 'visitor');
    assert.equal(p.ends.until, last.until);
    assert.match(summaryWords(p, 'en').join(' '), /ends as a visitor.*ends on \d/);
    assert.match(summaryWords(p, 'ru').join(' '), /только гость.*кончается: \d/);
    assert.doesNotMatch(summaryWords(as('resident')[0] as Plan, 'en').join(' '), /visitor/);
  });
  it('no other goal speaks of them', () => {
    const world = worldLaw('xa visit 20; xa shelter 2 9 right stands permanent');
    const found = searchPlans(world, someone(world), { kind: 'permanent' }, { horizon: FIRST + 20 }).plans;
    assert.ok(found.length && found.every((p) => p.ends === undefined));
  });
});
