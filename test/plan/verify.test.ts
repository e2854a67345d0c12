import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Goal, Leg, Metrics, Plan } from '../../src/plan/types.ts';
import {
  GOOD,
  JOURNALIST,
  LEAVE,
  passes,
  refused,
  START,
  verify,
  WORLD,
  withFallback,
  withLeg,
  without,
} from './good-plan.ts';
import { day, person } from './worlds.ts';

describe('a good plan', () => {
  it('passes with the figures it states', () => {
    assert.deepEqual(passes(verify(GOOD)), GOOD.metrics);
  });
  it('passes as a copy of itself', () => {
    passes(verify(structuredClone(GOOD)));
  });
  it('may say more than it must', () => {
    const cautious = { key: 'savings', fact: 'savings', jurisdiction: 'xb' };
    passes(verify({ ...withLeg(GOOD, 0, { assumes: [cautious] }), assumes: [cautious] }));
  });
  it('may state the fallback with the application instead of the answer', () => {
    const { fallback, ...answer } = GOOD.legs[2] as Leg;
    assert.ok(fallback);
    passes(
      verify({
        ...GOOD,
        legs: GOOD.legs.map((l, i) => (i === 1 ? { ...l, fallback } : i === 2 ? (answer as Leg) : l)),
      }),
    );
  });
  it('takes the longest time stated where the plan was made with it', () => {
    const later = withLeg(GOOD, 2, {
      day: day('2026-04-02'),
      until: day('2029-04-01'),
      fallback: { ...LEAVE, on: day('2026-04-02'), steps: [] },
    });
    const plan = {
      ...later,
      legs: later.legs.slice(0, 3),
      metrics: { ...GOOD.metrics, daysToGoal: 72, discretionDays: 60, moves: 2 },
    };
    const goal: Goal = { kind: 'years', years: 3 };
    passes(verify(plan, goal, START, WORLD, 'longest'));
    refused(verify(plan, goal, START, WORLD, 'usual'), 2, /outside the lawful ones; expected a day on 2026-03-03/);
  });
});

describe('a day', () => {
  it('after the last lawful one is refused', () => {
    refused(verify(withLeg(GOOD, 0, { day: day('2026-04-10') })), 0, /expected a day from 2026-01-20 to 2026-04-09/);
  });
  it('before the situation begins is refused', () => {
    refused(verify(withLeg(GOOD, 0, { day: day('2026-01-19') })), 0, /before the step that comes first/);
  });
  it('before the step that comes first is refused', () => {
    refused(
      verify(withLeg(GOOD, 1, { day: day('2026-01-31') })),
      1,
      /before the step that comes first; expected 2026-02-01/,
    );
  });
  it('of an answer other than the one the law gives is refused, early or late', () => {
    for (const d of ['2026-03-02', '2026-03-04'])
      refused(verify(withLeg(GOOD, 2, { day: day(d) })), 2, /expected a day on 2026-03-03/);
  });
  it('one too early for a clock is refused', () => {
    refused(verify(withLeg(GOOD, 3, { day: day('2028-03-02') })), 3, /expected a day from 2028-03-03/);
  });
  it('that is no day is refused', () => {
    for (const d of [Number.NaN, 20500.5, Number.POSITIVE_INFINITY, 1e9])
      refused(verify(withLeg(GOOD, 0, { day: d })), 0, /a whole day/);
  });
});

describe('a step', () => {
  it('left out is refused where the next one needs it, or at the goal', () => {
    refused(verify(without(GOOD, 0)), 0, /found the person in xa; expected the place of filing/);
    refused(verify(without(GOOD, 1)), 1, /no application for xb\/work that waits/);
    refused(verify(without(GOOD, 2)), 2, /found presence in xb beyond|not open|outside the lawful ones/);
    refused(verify(without(GOOD, 3)), 3, /no application for xb\/settle/);
    refused(verify(without(GOOD, 4)), 4, /The goal: found xb\/work \(permit\)/);
  });
  it('to another country is refused', () => {
    refused(verify(withLeg(GOOD, 0, { country: 'xc', under: 'xc/visa-free' })), 0, /closed by xc\/closed/);
    refused(verify(withLeg(GOOD, 0, { country: 'xa' })), 0, /there already/);
    refused(verify(withLeg(GOOD, 0, { country: 'ru', under: 'ru/citizen' })), 0, /not a lawful entry/);
  });
  it('under another rule is refused, and the right one named', () => {
    refused(verify(withLeg(GOOD, 0, { under: 'xa/visa-free' })), 0, /expected one under xb\/visa-free/);
    refused(verify(withLeg(GOOD, 0, { under: 'xb/work' })), 0, /expected one under xb\/visa-free/);
    refused(verify(withLeg(GOOD, 0, { under: 'xb/nothing' })), 0, /no such provision/);
  });
  it('on another route, or from another place, is refused', () => {
    refused(verify(withLeg(GOOD, 1, { route: 'xb/settle' })), 1, /not open|outside the lawful/);
    refused(verify(withLeg(GOOD, 1, { route: 'xb/none' })), 1, /no route xb\/none in the law/);
    refused(verify(withLeg(GOOD, 1, { place: 'xa' })), 1, /found the person in xb/);
  });
  it('twice is refused', () => {
    const twice = { ...GOOD, legs: [...GOOD.legs.slice(0, 2), GOOD.legs[1] as Leg, ...GOOD.legs.slice(2)] };
    refused(verify(twice), 2, /already waiting/);
  });
});

describe('what a leg says', () => {
  it('of its jurisdiction, decision or end must be so', () => {
    refused(verify(withLeg(GOOD, 0, { jurisdiction: 'xa' })), 0, /jurisdiction "xa"; expected xb/);
    refused(verify(withLeg(GOOD, 1, { decision: 'right' })), 1, /stated as "right"; expected "discretion"/);
    refused(verify(withLeg(GOOD, 0, { decision: 'right' })), 0, /nobody decides/);
    refused(
      verify(withLeg(GOOD, 0, { until: day('2027-02-01') })),
      0,
      /found 2027-02-01 as the last lawful day; expected 2027-01-31/,
    );
    refused(verify(withLeg(GOOD, 2, { until: day('2029-03-03') })), 2, /expected 2029-03-02/);
    refused(verify(withLeg(GOOD, 0, { until: Number.NaN })), 0, /as the last lawful day/);
    passes(verify(withLeg(GOOD, 0, { until: day('2027-01-30') })));
  });
  it('must name its doubts', () => {
    refused(verify(withLeg(GOOD, 3, { doubts: [] })), 3, /no doubt .*fee-not-known/);
    refused(verify(withLeg(GOOD, 3, { doubts: [{ kind: 'fee-not-known', route: 'xb/work' }] })), 3, /fee-not-known/);
    refused(verify(withLeg(GOOD, 4, { doubts: [] })), 4, /processing-not-stated/);
  });
});

describe('figures', () => {
  for (const key of Object.keys(GOOD.metrics) as (keyof Metrics)[]) {
    it(`${key}: off by one either way is refused`, () => {
      for (const by of [-1, 1]) {
        const plan = { ...GOOD, metrics: { ...GOOD.metrics, [key]: GOOD.metrics[key] + by } };
        refused(
          verify(plan),
          GOOD.legs.length,
          new RegExp(`states ${plan.metrics[key]}; expected ${GOOD.metrics[key]}`),
        );
      }
    });
  }
  it('that are no numbers are refused', () => {
    refused(verify({ ...GOOD, metrics: { ...GOOD.metrics, costEur: Number.NaN } }), 5, /Fees in euro/);
  });
  it('a cent too little is refused', () => {
    refused(verify({ ...GOOD, metrics: { ...GOOD.metrics, costEur: 79.99 } }), 5, /states 79.99; expected 80/);
  });
});

describe('fees', () => {
  it('are those of the day of filing, at the rate of that day', () => {
    // Filed in March: 200 USD at 1.25; in July: 200 USD at 1.6.
    for (const [filed, answer, cost] of [
      ['2026-03-01', '2026-03-31', 160],
      ['2026-07-01', '2026-07-31', 125],
    ] as const) {
      const legs = GOOD.legs
        .slice(0, 3)
        .map((l, i) =>
          i === 0
            ? l
            : i === 1
              ? { ...l, day: day(filed) }
              : { ...l, day: day(answer), until: day(answer), fallback: { ...LEAVE, on: day(answer), steps: [] } },
        ) as Leg[];
      const metrics = {
        ...GOOD.metrics,
        daysToGoal: day(answer) - START.on,
        costEur: cost,
        moves: 2,
        discretionDays: 30,
      };
      const goal: Goal = { kind: 'years', years: 3 };
      passes(verify({ ...GOOD, legs, metrics }, goal));
      refused(
        verify({ ...GOOD, legs, metrics: { ...metrics, costEur: 80 } }, goal),
        3,
        new RegExp(`states 80; expected ${cost}`),
      );
    }
  });
});

describe('the goal', () => {
  it('of permanence is not reached by a permit, nor citizenship by permanence', () => {
    refused(
      verify(GOOD, { kind: 'citizenship' }),
      5,
      /found .*xb\/settle \(permanent\).*; expected one that stands for citizenship/,
    );
    refused(verify(GOOD, { kind: 'protection' }), 5, /expected one that stands for protection/);
  });
  it('of years counts lawful days from the start', () => {
    // A permit until 2 March 2029, from 20 January 2026: three years, not four.
    const three = { ...GOOD, legs: GOOD.legs.slice(0, 3), metrics: { ...GOOD.metrics, daysToGoal: 42, moves: 2 } };
    passes(verify(three, { kind: 'years', years: 3 }));
    refused(
      verify(three, { kind: 'years', years: 4 }),
      3,
      /found 1138 days of lawful presence from 2026-01-20; expected 1461 \(4 years\)/,
    );
    passes(verify(GOOD, { kind: 'years', years: 50 }));
  });
  it('of years is reached on the very day: one day less is refused', () => {
    const stay: Plan = {
      legs: [],
      metrics: {
        daysToGoal: 0,
        discretionarySteps: 0,
        discretionDays: 0,
        costEur: 0,
        moves: 0,
        dangerDays: 0,
        unlawfulDays: 0,
      },
      assumes: [],
      survivesAnyOneRefusal: true,
    };
    const since = (d: string) =>
      person(
        WORLD,
        '2026-01-20',
        JOURNALIST.replace('xa, since: 2026-01-10, status: xa/visa-free', `xb, since: ${d}, status: xb/visa-free`),
      );
    passes(verify(stay, { kind: 'years', years: 1 }, since('2026-01-20')));
    refused(verify(stay, { kind: 'years', years: 1 }, since('2026-01-19')), 0, /found 364 days .* expected 365/);
  });
});

/** The lawful days of each leg of the good plan, the others left as they are; worked out by hand from the world above. */
const WINDOWS: readonly (readonly [string, string])[] = [
  ['2026-01-20', '2026-02-01'],
  ['2026-02-01', '2026-02-01'],
  ['2026-03-03', '2026-03-03'],
  ['2028-03-03', '2028-03-03'],
  ['2028-06-01', '2028-06-01'],
];

describe('any day', () => {
  it('outside the lawful ones is refused', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer({ min: -1200, max: 1200 }), (i, by) => {
        const [from, to] = (WINDOWS[i] as readonly [string, string]).map(day) as [number, number];
        const shifted = (GOOD.legs[i] as Leg).day + by;
        fc.pre(shifted < from || shifted > to);
        assert.equal(verify(withLeg(GOOD, i, { day: shifted })).ok, false);
      }),
    );
  });
  it('among the lawful ones passes, if the figures follow', () => {
    fc.assert(
      fc.property(fc.integer({ min: day('2026-01-20'), max: day('2026-02-01') }), (d) => {
        const moved = withLeg(GOOD, 0, { day: d, until: d + 364 });
        const earlier = withLeg(moved, 2, { fallback: { ...LEAVE, lawfulUntil: d + 364 } });
        passes(verify({ ...earlier, metrics: { ...GOOD.metrics, dangerDays: d - START.on } }));
      }),
      { numRuns: 26 },
    );
  });
  it('of a fallback outside the lawful ones is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 1500 }), (by) => {
        const d = day('2026-03-03') + by;
        const lawful = d >= day('2026-03-03') && d <= day('2027-01-31');
        const v = verify(withFallback({ steps: [{ kind: 'enter', day: d, country: 'xa', under: 'xa/visa-free' }] }));
        assert.equal(v.ok, lawful);
      }),
    );
  });
});
