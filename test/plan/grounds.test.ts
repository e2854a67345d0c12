/**
 * A claim for protection is also ground to stand on: whoever fears to return and has few days left may ask for it where they are, and wait
 * there lawfully for an answer from elsewhere.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchPlans } from '../../src/plan/search.ts';
import type { Goal, Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const PERMANENT: Goal = { kind: 'permanent' };
const FEARS = 'exposure: {fearOfReturn: yes}\n';
const CLAIM = 'xa refuge 200 2000 discretion stands protection claim';
const WORK = 'xb work 60 1000 abroad; xb home 5 after 40 xb/work';

function plans(line: string, more: string, goal = PERMANENT): readonly Plan[] {
  const book = worldLaw(line);
  const start = someone(book, 'xa', 9000, more);
  const { plans: found } = searchPlans(book, start, goal, { horizon: FIRST + 400 });
  for (const p of found) {
    const v = verifyPlan(book, start, goal, p, { processing: 'longest' });
    assert.ok(v.ok, `${told(p)}\n${JSON.stringify(v)}`);
  }
  return found;
}
const lines = (...of: Parameters<typeof plans>): string[] => plans(...of).map(told);

describe('a claim as ground to stand on', () => {
  it('keeps the stay lawful until the answer from elsewhere comes', () => {
    assert.deepEqual(lines(`xa visit 20; ${CLAIM}; ${WORK}`, FEARS), [
      '0 file xa/refuge | 0 file xb/work | 60 got xb/work | 60 go xb/work | 100 file xb/home | 105 got xb/home',
    ]);
  });
  it('is not made by who did not say that they fear to return', () => {
    assert.deepEqual(lines(`xa visit 20; ${CLAIM}; ${WORK}`, ''), []);
    assert.deepEqual(lines(`xa visit 20; ${CLAIM}; ${WORK}`, 'exposure: {fearOfReturn: no}\n'), []);
  });
  it('is not made by who may stay long enough anyhow', () => {
    const [best, ...rest] = lines(`xa visit 200; ${CLAIM}; ${WORK}`, FEARS);
    assert.equal(best, '0 file xb/work | 60 got xb/work | 60 go xb/work | 100 file xb/home | 105 got xb/home');
    assert.deepEqual(rest, []);
  });
  it('where protection itself is the goal, stands as a plan of its own and never as the end of another', () => {
    const found = lines(
      `xa visit 20; ${CLAIM}; xb door 60 500 abroad; xb refuge 30 2000 discretion from xb/door stands protection claim`,
      FEARS,
      { kind: 'protection' },
    );
    assert.deepEqual(found.toSorted(), [
      '0 file xa/refuge | 0 file xb/door | 60 got xb/door | 60 go xb/door | 60 file xb/refuge | 90 got xb/refuge',
      '0 file xa/refuge | 200 got xa/refuge',
    ]);
  });
  it('is given up by who leaves: the answer is not waited for', () => {
    const [p] = plans(`xa visit 20; ${CLAIM}; ${WORK}`, FEARS);
    assert.ok(p);
    assert.ok(!p.legs.some((l) => l.kind === 'await' && l.route === 'xa/refuge'));
  });
});

describe('a claim that waits for its answer when the plan begins', () => {
  const book = worldLaw(
    `xa visit 300; ${CLAIM}; xb visit 60; xb refuge 30 2000 discretion stands protection claim; xc door 20 500 abroad; xc refuge 10 2000 discretion from xc/door stands protection claim`,
  );
  const waiting = {
    route: 'xa/refuge',
    filed: FIRST - 100,
    place: 'xa',
    inCountry: true,
    decided: FIRST + 100,
    granted: true,
    document: undefined,
  };
  const start = { ...someone(book, 'xa', 9000, FEARS), pending: [waiting] };
  const { plans: found } = searchPlans(book, start, { kind: 'protection' }, { horizon: FIRST + 400 });
  it('comes before the quicker ways that give it up, and these say that they do', () => {
    assert.equal(told(found[0] as Plan), '100 got xa/refuge');
    const quicker = found.find((p) => told(p) === '0 go xb/visit | 0 file xb/refuge | 30 got xb/refuge');
    assert.equal(quicker?.abandons, true, found.map(told).join('\n'));
    assert.equal(found[0]?.abandons, undefined);
  });
  it('is the end of no plan that asked for something elsewhere in vain', () => {
    for (const p of found)
      if (p.legs.length > 1)
        assert.notEqual(p.legs.at(-1)?.kind === 'await' && told(p).endsWith('got xa/refuge'), true, told(p));
  });
});

describe('a paper of one’s own state', () => {
  const WORLD = `xa visit 300; ru passport 20 3000; ${CLAIM}; xa home 5 after 40 xa/refuge`;
  it('is not asked for while protection from it is', () => {
    const found = plans(WORLD, FEARS, { kind: 'protection' });
    assert.ok(found.length > 0);
    for (const p of found) assert.ok(!told(p).includes('ru/passport'), told(p));
  });
});
