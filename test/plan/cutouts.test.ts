/**
 * The search against the oracle on the law as it is: cut-outs of a few routes and an example person, every move tried on every day. A
 * handful in each run; with FOOTHOLD_LONG=1 a hundred.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadLaw } from '../../src/cli/law-files.ts';
import { searchPlans } from '../../src/plan/search.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { costsOf, sorted } from './costs.ts';
import { cutOut } from './cutouts.ts';
import { oracle } from './oracle.ts';

const law = await loadLaw();
const GOAL = { kind: 'permanent' } as const;
/** Nothing left out, and all luck at once: the oracle knows of no luck. */
const ALL = { roam: true, bridges: true, each: false, tiers: [4], most: 100_000 } as const;
const HANDFUL = 3;
const HUNDRED = 100;
const many = process.env.FOOTHOLD_LONG === undefined ? HANDFUL : HUNDRED;

describe('cut-outs of the real law', () => {
  let found = 0;
  for (let seed = 0, made = 0; made < many; seed++) {
    const c = cutOut(law, seed);
    if (!c) continue;
    made++;
    it(`${seed}: ${c.says}`, () => {
      const { plans, complete } = searchPlans(c.book, c.start, GOAL, { ...c.limits, ...ALL });
      assert.ok(complete);
      for (const p of plans) {
        const v = verifyPlan(c.book, c.start, GOAL, p, { processing: 'longest' });
        assert.ok(v.ok, JSON.stringify(v));
      }
      const all = oracle(c.book, c.start, c.limits);
      assert.deepEqual(sorted(plans.map(costsOf)), sorted(all.front.map((x) => x.costs)));
      if (plans.length) found++;
    });
  }
  it('in most of them there is a plan, so that something was compared', () => {
    assert.ok(found > many / 3, `${found} of ${many}`);
  });
});
