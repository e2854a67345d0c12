/** Plans as the worker tells them: what holds of before at once, a stopped search gone on with, what does not hold gone at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lang } from '../../src/law/say.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Goal } from '../../src/plan/types.ts';
import { type PlansView, plansViews } from '../../src/web/engine/plan-view.ts';
import { placeOf } from '../../src/web/screens/use-plans.ts';
import { someone, worldLaw } from '../plan/text-worlds.ts';

const GOAL: Goal = { kind: 'permanent' };
const BOOK = worldLaw(
  [
    'xa visit 40; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work',
    'xc visit 30; xc home 9 20 right 5 stands permanent',
    ...['xd', 'xe', 'xf'].map((c) => `${c} visit 20/40; ${c} work 4 40 right 30 renew; ${c} home 2 after 60 work 10`),
  ].join('; '),
);
const START = someone(BOOK);

/** Views until the search ends, or until `enough`. */
function views(s: Situation, key: string, lang: Lang = 'en', enough: (v: PlansView) => boolean = () => false) {
  const run = plansViews(BOOK, s, GOAL, [], lang, key);
  const out: PlansView[] = [];
  for (;;) {
    const step = run.next();
    if (step.value) out.push(step.value);
    if (step.done || (step.value && enough(step.value))) return out;
  }
}
const ids = (v: PlansView | undefined) => v?.plans.map((p) => p.id).sort();

test('a search, stopped and asked again in the other language, goes on; after a change what holds comes first, marked until the end', () => {
  const stopped = views(START, 'one', 'en', (v) => v.plans.length > 0).at(-1);
  assert.ok(stopped?.lookedAt);
  const on = views(START, 'one', 'ru');
  assert.deepEqual(ids(on[0]), ids(stopped));
  const whole = on.at(-1) as PlansView;
  assert.equal(whole.lookedAt, undefined);
  assert.equal(whole.plans.length, 5);
  assert.ok(on.every((v) => v.plans.every((p) => !p.before)));

  const again = views({ ...START, cash: { amount: 5, currency: 'EUR' } }, 'two');
  assert.ok(again[0]?.plans.length && again[0].plans.every((p) => p.before));
  assert.deepEqual(ids(again.at(-1)), ids(whole));
  assert.ok(again.at(-1)?.plans.every((p) => !p.before));
  assert.deepEqual(again.at(-1)?.since, []);

  // A passport that has run out: nothing of before holds, and that is told before anything is looked for.
  const short = someone(BOOK, 'xa', -1);
  const gone = views(short, 'three');
  assert.deepEqual(gone[0]?.plans, []);
  assert.ok(gone.at(-1)?.since.some((l) => l.grave));
});

test('a plan is found again in a list that has changed: by its steps and days, else by its way', () => {
  const plans = (views(START, 'four').at(-1) as PlansView).plans;
  const [first, second] = plans as [PlansView['plans'][number], PlansView['plans'][number]];
  assert.equal(placeOf([second, first], first.id), 1);
  const later = {
    ...first,
    id: JSON.stringify(JSON.parse(first.id).map(([k, d, to]: [string, number, unknown]) => [k, d + 1, to])),
  };
  assert.equal(placeOf([second, later], first.id), 1);
  assert.equal(placeOf([second], first.id), -1);
});
