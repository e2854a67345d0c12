/** What changed between two fronts, and why. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchPlans } from '../../src/plan/search.ts';
import { compareFronts, type Made } from '../../src/plan/steady.ts';
import { someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
const made = (line: string, place = 'xa'): Made => {
  const book = worldLaw(line);
  const start = someone(book, place);
  return { book, start, plans: searchPlans(book, start, GOAL).plans };
};
const BASE = 'xa visit 20; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work 10';

describe('a new front against an old one', () => {
  it('the same world: everything kept, nothing moved', () => {
    const s = compareFronts(GOAL, made(BASE), made(BASE), 'longest');
    assert.equal(s.kept.length, 1);
    assert.deepEqual([s.gone.length, s.fresh.length, s.kept[0]?.days], [0, 0, 0]);
  });
  it('a clock made longer: the same steps, later', () => {
    const s = compareFronts(GOAL, made(BASE), made(BASE.replace('after 15', 'after 20')), 'longest');
    assert.equal(s.kept[0]?.days, 5);
  });
  it('a border shut: the plan is gone, and the law that shuts it is named', () => {
    const s = compareFronts(GOAL, made(BASE), made(`${BASE}; xb shut 0`), 'longest');
    assert.equal(s.kept.length, 0);
    const why = s.gone[0]?.why;
    assert.ok(why?.kind === 'closed' && why.reasons.some((r) => /xb\/shut/.test(r)), JSON.stringify(why));
  });
  it('a route more: a fresh plan that could not be done before; the old one beaten by it', () => {
    const more = made(`${BASE}; xa shelter 3 9 right 0 stands permanent`);
    const s = compareFronts(GOAL, made(BASE), { ...more, plans: more.plans.filter((p) => !p.beaten) }, 'longest');
    assert.ok(s.fresh.some((f) => /xa\/shelter/.test(told(f.plan)) && f.why.kind === 'closed'));
    assert.equal(s.gone[0]?.why.kind, 'beaten');
  });
});
