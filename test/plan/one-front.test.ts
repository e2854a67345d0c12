/** One front of all countries, whatever would have to be assumed: whole, and nothing that another search finds is better than it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { readBook } from '../../src/law/book.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import { ONE_FRONT, searchPlans } from '../../src/plan/search.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { costsOf } from './costs.ts';
import { noWorse } from './oracle.ts';

const root = new URL('../../', import.meta.url);
const book = readBook(readFileSync(new URL('dist/law.json', root), 'utf8'));
const ON = parseDay('2026-11-27') as number;
const GOAL = { kind: 'permanent' } as const;

describe('one front of all countries', () => {
  for (const name of ['tamara', 'maksim', 'ruslan', 'sofia', 'boris']) {
    it(`${name}: is whole, verified, and not bettered by the likelier plans of each country`, () => {
      const file = `people/${name}.yaml`;
      const { person } = readPerson(file, readFileSync(new URL(file, root), 'utf8'), book.schema);
      assert.ok(person);
      const start = startOf(book, person, ON);
      const { plans, complete } = searchPlans(book, start, GOAL, ONE_FRONT);
      assert.ok(complete);
      assert.ok(plans.length > 0);
      for (const p of plans) assert.ok(verifyPlan(book, start, GOAL, p, { processing: 'longest' }).ok);
      const costs = plans.map(costsOf);
      for (const [i, a] of costs.entries())
        assert.ok(!costs.some((b, k) => k !== i && noWorse(b, a)), 'none beats another');
      const likely = searchPlans(book, start, GOAL, { most: 150 }).plans;
      assert.ok(likely.length > 0);
      for (const p of likely) assert.ok(costs.some((c) => noWorse(c, costsOf(p))));
    });
  }
});
