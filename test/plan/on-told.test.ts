/** Of the plans that rest on nothing but what was told none is missing, long before everything was looked at; and that is said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lookedAtWords } from '../../src/answers/looked-at.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Person } from '../../src/person/types.ts';
import { searchPlans, streamPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
const law = await loadLaw();
const root = join(import.meta.dirname, '..', '..');
const startAs = (name: string) => {
  const file = join(root, 'people', `${name}.yaml`);
  const { person } = readPerson(file, readFileSync(file, 'utf8'), law.schema);
  return startOf(law, person as Person, parseDay('2026-11-27') as number);
};
const firm = (plans: readonly Plan[]): string[] =>
  plans
    .filter((p) => p.boldest === 0)
    .map(told)
    .sort();

describe('plans that rest on what was told alone', () => {
  for (const name of ['mikhail', 'nadezhda', 'vera', 'zoya']) {
    it(`${name}: the same as a search for them alone finds, and none is missing after sixty labels more`, () => {
      const start = startAs(name);
      const alone = searchPlans(law, start, GOAL, { tiers: [0], most: 5000 });
      assert.ok(alone.complete && alone.completeOnTold);
      const found = searchPlans(law, start, GOAL, { most: 60 });
      assert.equal(found.complete, false);
      assert.ok(found.completeOnTold);
      assert.deepEqual(firm(found.plans), firm(alone.plans));
      // The whole search finds none beside them either.
      assert.deepEqual(firm(searchPlans(law, start, GOAL, { most: 400 }).plans), firm(alone.plans));
    });
  }

  it('is not said where there is too much to look at: what is found of them is told all the same', () => {
    const found = searchPlans(law, startAs('lidia'), GOAL, { most: 100 });
    assert.equal(found.completeOnTold, false);
    assert.ok(firm(found.plans).length > 0);
  });

  it('are looked for once something is found, and nobody waits for the first plan', () => {
    const run = streamPlans(law, startAs('nadezhda'), GOAL, { most: 200 });
    let first: Plan[] | undefined;
    let whole: number | undefined;
    for (let step = run.next(); !step.done; step = run.next()) {
      if (step.value.found > 0) first ??= [...step.value.plans];
      if (step.value.completeOnTold) whole ??= step.value.effort.expanded;
    }
    assert.ok(first && first.length > 0);
    assert.ok(whole !== undefined && whole < 200);
  });

  it('are worked out in small worlds with what rests on more beside them', () => {
    const book = worldLaw(
      'xa visit 300; xa work 10 1000 renew if offer.exists; xa home 5 after 40 xa/work; xb visit 30; xb kin 20 1000 renew; xb home 5 after 60 xb/kin',
    );
    const found = searchPlans(book, someone(book), GOAL, { horizon: FIRST + 400 });
    assert.ok(found.complete && found.completeOnTold);
    assert.equal(firm(found.plans).length, 1);
    assert.ok(found.plans.length > 1);
  });
});

describe('what is said of it', () => {
  const plan = (boldest: number) => ({ boldest }) as Plan;
  const of = (complete: boolean, completeOnTold: boolean, ...bold: number[]) =>
    (['en', 'ru'] as const).map((l) => lookedAtWords({ complete, completeOnTold, plans: bold.map(plan) }, l) ?? '');
  it('nothing where all was looked at; that there may be a better one where it was not', () => {
    assert.deepEqual(of(true, true, 0), ['', '']);
    const [en, ru] = of(false, false, 0, 1);
    assert.match(en as string, /^The search was stopped .* may be a better plan\.$/);
    assert.match(ru as string, /^Поиск остановлен/);
  });
  it('how many of the plans are such, or that none is', () => {
    assert.match(of(false, true, 0, 1)[0] as string, /all looked at: one of these is such\. Of those/);
    assert.match(of(false, true, 0, 0, 2)[0] as string, /2 of these are such/);
    assert.match(of(false, true, 0, 0, 2)[1] as string, /просмотрены все: таких здесь 2\. Из тех/);
    assert.match(of(false, true, 1)[0] as string, /^No plan rests on what you told alone/);
    assert.match(of(false, true, 1)[1] as string, /^Плана, который опирается только на сказанное вами, нет/);
  });
});
