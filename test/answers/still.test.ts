/** Whether plans of an earlier day still hold: time passed, the person moved on, the law changed; and what is no such file. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Earlier, earlierOf, readEarlier } from '../../src/answers/earlier.ts';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { planJson } from '../../src/answers/plan-json.ts';
import { type Fate, stillHolds } from '../../src/answers/still.ts';
import { stillWords } from '../../src/answers/still-words.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Goal } from '../../src/plan/types.ts';
import { FIRST, someone, worldLaw } from '../plan/text-worlds.ts';

const GOAL: Goal = { kind: 'permanent' };
const BASE = 'xa visit 40; xb visit 10; xb work 3 30 discretion 20; xb home 2 after 15 work 10';
const answer = (line: string, change: (s: Situation) => Situation = (s) => s) => {
  const book = worldLaw(line);
  return { book, a: answerPlan(book, change(someone(book)), GOAL, { processing: 'longest' }) };
};
const OLD = answer(BASE);
const against = (line: string, change?: (s: Situation) => Situation, earlier: Earlier = earlierOf(OLD.a)) => {
  const { book, a } = answer(line, change);
  const still = stillHolds(book, earlier, a, 'longest');
  const words = (lang: 'en' | 'ru') =>
    stillWords(book, still, a, lang)
      .flatMap((l) => [l.says, ...l.more])
      .join('\n');
  return { still, first: still.fates[0] as Fate, words };
};

describe('a plan of an earlier day', () => {
  it('holds in the same world, on the same day', () => {
    const { first, still, words } = against(BASE);
    assert.deepEqual([first.kind, first.kind === 'kept' && first.days, first.past], ['kept', 0, 0]);
    assert.deepEqual(still.fresh, []);
    assert.match(words('en'), /Earlier plan 1 .* holds: the same steps, the goal still on/);
    assert.match(words('ru'), /в силе: те же шаги, цель по-прежнему/);
  });
  it('not begun five days later: the same way, five days later', () => {
    const { first, words } = against(BASE, (s) => ({ ...s, on: FIRST + 5 }));
    assert.equal(first.kind, 'kept');
    assert.equal(first.kind === 'kept' && first.days, 5);
    assert.match(words('en'), /the goal 5 days later/);
    assert.match(words('en'), /Steps whose day has passed: /);
  });
  it('a clock made longer moves the goal by as much', () => {
    const { first } = against(BASE.replace('after 15', 'after 20'));
    assert.deepEqual(first.kind === 'kept' && first.days, 5);
  });
  it('a border shut: the step that fails is named', () => {
    const { first, words } = against(`${BASE}; xb shut 0`);
    assert.ok(first.kind === 'broken' && first.why.kind === 'closed' && first.why.step.kind === 'enter');
    assert.match(words('en'), /no longer holds\. The step that fails: .*, go to/);
    assert.match(words('ru'), /больше не выполним/);
  });
  it('by hand: filed elsewhere, never filed, or beyond the days of the stay', () => {
    const day = FIRST + 1;
    const of = (steps: Earlier['plans'][number]['steps']): Earlier => ({
      on: FIRST,
      goal: 'permanent',
      plans: [{ steps, rare: false }],
    });
    const why = (e: Earlier) => {
      const { first } = against(BASE, undefined, e);
      return first.kind === 'broken' ? first.why.kind : first.kind;
    };
    assert.equal(why(of([{ kind: 'file', day, route: 'xb/work', place: 'xb' }])), 'elsewhere');
    assert.equal(why(of([{ kind: 'await', day, route: 'xb/work' }])), 'not-filed');
    assert.equal(why(of([{ kind: 'enter', day: FIRST + 39, country: 'xb', under: 'xb/visit' }])), 'possible');
    assert.equal(why(of([{ kind: 'enter', day: FIRST + 40, country: 'xb', under: 'xb/visit' }])), 'no-stay');
  });
});

describe('the file', () => {
  it('is what plan --json printed, and says the same as the plans themselves', () => {
    const read = readEarlier(JSON.stringify(planJson(OLD.book, OLD.a)));
    assert.ok('plans' in read);
    const bare = earlierOf(OLD.a);
    assert.deepEqual(
      read.plans.map((p) => p.steps.map((x) => [x.kind, x.day])),
      bare.plans.map((p) => p.steps.map((x) => [x.kind, x.day])),
    );
    assert.equal(against(BASE, undefined, read).first.kind, 'kept');
  });
  for (const [text, found] of [
    ['', /no JSON/],
    ['[]', /no day "on"/],
    ['{"on": "2026-02-30"}', /no day "on"/],
    ['{"on": "2026-02-01"}', /no "goal"/],
    ['{"on": "2026-02-01", "goal": "permanent"}', /no list "plans"/],
    ['{"on": "2026-02-01", "goal": "permanent", "plans": [{}]}', /no list "legs" in plan 1/],
    [
      '{"on": "2026-02-01", "goal": "permanent", "plans": [{"legs": [{"move": "enter", "day": "2026-02-02"}]}]}',
      /step 1: no country/,
    ],
    [
      '{"on": "2026-02-01", "goal": "permanent", "plans": [{"legs": [{"move": "fly", "day": "2026-02-02"}]}]}',
      /the move "fly"/,
    ],
    [
      '{"on": "2026-02-01", "goal": "permanent", "plans": [{"legs": [{"move": "await", "route": "x/y", "day": "2026-01-02"}]}]}',
      /before the step/,
    ],
  ] as const)
    it(`and nothing else: ${text || 'an empty text'}`, () => {
      const read = readEarlier(text);
      assert.ok('found' in read);
      assert.match(read.found, found);
    });
});
