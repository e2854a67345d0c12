import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fallback, Leg, Plan } from '../../src/plan/types.ts';
import type { Verdict } from '../../src/plan/verify.ts';
import {
  FILE,
  GOOD,
  JOURNALIST,
  LEAVE,
  PERMANENT,
  passes,
  plain,
  refused,
  verify,
  WORLD,
  withFallback,
  withLeg,
} from './good-plan.ts';
import { day, person } from './worlds.ts';

const NO_INCOME = person(WORLD, '2026-01-20', JOURNALIST.replace('work: {incomeMonth: 2000 EUR}\n', ''));
const income = (amount: number) => ({
  key: 'work.incomeMonth',
  fact: 'work.incomeMonth',
  jurisdiction: 'xb',
  value: { amount, currency: 'EUR' },
});

describe('assumptions', () => {
  const said = { ...withLeg(GOOD, 1, { assumes: [income(1000)] }), assumes: [income(1000)] };
  it('that cover what the moves rest on pass', () => {
    passes(verify(said, PERMANENT, NO_INCOME));
  });
  it('dropped from the leg are refused', () => {
    refused(
      verify({ ...GOOD, assumes: [income(1000)] }, PERMANENT, NO_INCOME),
      1,
      /no assumption "work.incomeMonth"; expected the answer .*1000/,
    );
  });
  it('dropped from the plan are refused', () => {
    refused(
      verify({ ...said, assumes: [] }, PERMANENT, NO_INCOME),
      5,
      /own list of assumptions: found no "work.incomeMonth"/,
    );
  });
  it('with another answer are refused', () => {
    const less = { ...withLeg(GOOD, 1, { assumes: [income(999)] }), assumes: [income(999)] };
    refused(verify(less, PERMANENT, NO_INCOME), 1, /another answer .*999.*; expected .*1000/);
  });
  it('must be those of the day itself, not of the day from which it was seen', () => {
    const at = (amount: number): Plan => {
      const legs = GOOD.legs.slice(0, 3).map((l, i) =>
        i === 0
          ? l
          : i === 1
            ? { ...l, day: day('2026-05-05'), assumes: [income(amount)] }
            : {
                ...l,
                day: day('2026-06-04'),
                until: day('2029-06-03'),
                fallback: { ...LEAVE, on: day('2026-06-04'), steps: [] },
              },
      ) as Leg[];
      return {
        ...GOOD,
        legs,
        assumes: [income(amount)],
        metrics: { ...GOOD.metrics, daysToGoal: 135, costEur: 160, moves: 2 },
      };
    };
    passes(verify(at(1500), { kind: 'years', years: 3 }, NO_INCOME));
    refused(verify(at(1000), { kind: 'years', years: 3 }, NO_INCOME), 1, /another answer .*1000.*1500/);
  });
  it('a bar that may hit is passed only by an assumption', () => {
    const start = person(WORLD, '2026-01-20', FILE);
    const wanted = { key: 'exposure.wanted', fact: 'exposure.wanted', jurisdiction: 'xe', value: false };
    const enter = {
      kind: 'enter',
      day: day('2026-01-20'),
      country: 'xe',
      under: 'xe/visa-free',
      jurisdiction: 'xe',
      ...plain,
    } as const;
    const metrics = {
      daysToGoal: 0,
      discretionarySteps: 0,
      discretionDays: 0,
      costEur: 0,
      moves: 1,
      dangerDays: 0,
      unlawfulDays: 0,
    };
    const plan: Plan = {
      legs: [{ ...enter, assumes: [wanted] }],
      metrics,
      assumes: [wanted],
      survivesAnyOneRefusal: true,
    };
    const v = verify(plan, { kind: 'protection' }, start);
    assert.ok(!v.ok && v.refusals.length === 1);
    refused(v, 1, /The goal/);
    refused(verify({ ...plan, legs: [enter] }, { kind: 'protection' }, start), 0, /no assumption "exposure.wanted"/);
  });
});

describe('a fallback', () => {
  it('to a closed country is refused', () => {
    refused(
      verify(
        withFallback({ steps: [{ kind: 'enter', day: day('2026-03-10'), country: 'xc', under: 'xc/visa-free' }] }),
      ),
      2,
      /fallback: enter xc .*closed by xc\/closed/,
    );
  });
  it('that is not lawful leaves the plan without a way on', () => {
    const steps = [{ kind: 'enter', day: day('2026-03-10'), country: 'xc', under: 'xc/visa-free' }] as const;
    refused(verify(withFallback({ steps })), 5, /expected survivesAnyOneRefusal to be false/);
  });
  it('after the lawful stay has ended is refused', () => {
    refused(
      verify(
        withFallback({ steps: [{ kind: 'enter', day: day('2027-02-01'), country: 'xa', under: 'xa/visa-free' }] }),
      ),
      2,
      /fallback: enter xa .*expected a day from 2026-03-03 to 2027-01-31/,
    );
  });
  it('before the refusal is refused', () => {
    refused(
      verify(
        withFallback({ steps: [{ kind: 'enter', day: day('2026-03-02'), country: 'xa', under: 'xa/visa-free' }] }),
      ),
      2,
      /fallback: .*before the step/,
    );
  });
  it('that only stays passes while the stay goes on', () => {
    passes(verify(withFallback({ steps: [] })));
  });
  it('that promises a later end than the law is refused', () => {
    refused(
      verify(withFallback({ lawfulUntil: day('2027-02-01') })),
      2,
      /fallback: found 2027-02-01 as the last lawful day/,
    );
    passes(verify(withFallback({ lawfulUntil: undefined })));
  });
  it('for another day is refused', () => {
    refused(
      verify(withFallback({ on: day('2026-03-04') })),
      2,
      /fallback: found a refusal on 2026-03-04; expected 2026-03-03/,
    );
  });
  it('that files the same again is refused', () => {
    refused(
      verify(withFallback({ steps: [{ kind: 'file', day: day('2026-03-03'), route: 'xb/work', place: 'xb' }] })),
      2,
      /fallback: .*same application again/,
    );
  });
  it('left out of a decision that may be refused is refused', () => {
    const { fallback: _fallback, ...bare } = GOOD.legs[2] as Leg;
    const plan = { ...GOOD, legs: GOOD.legs.map((l, i) => (i === 2 ? (bare as Leg) : l)) };
    refused(verify(plan), 2, /no word on what happens if it is refused/);
    refused(verify(plan), 5, /expected survivesAnyOneRefusal to be false/);
    refused(verify({ ...plan, survivesAnyOneRefusal: false }), 2, /no word on what happens if it is refused/);
  });
  it('where nobody decides is refused', () => {
    refused(verify(withLeg(GOOD, 0, { fallback: LEAVE })), 0, /waits for no decision/);
  });
  it('that there is none must show in what the plan says of itself', () => {
    const none = withFallback({ none: true, steps: [] });
    refused(verify(none), 5, /expected survivesAnyOneRefusal to be false/);
    passes(verify({ ...none, survivesAnyOneRefusal: false }));
    refused(verify({ ...GOOD, survivesAnyOneRefusal: false }), 5, /expected survivesAnyOneRefusal to be true/);
    refused(
      verify({ ...withFallback({ none: true }), survivesAnyOneRefusal: false }),
      2,
      /1 steps where it says that there is no way on/,
    );
  });
  it('that stays where only the application made presence lawful is refused; leaving that day is not', () => {
    // The year in xb ends on 1 March 2026, the answer comes on the 3rd.
    const start = person(
      WORLD,
      '2026-02-01',
      JOURNALIST.replace('xa, since: 2026-01-10, status: xa/visa-free', 'xb, since: 2025-03-02, status: xb/visa-free'),
    );
    const metrics = { ...GOOD.metrics, daysToGoal: 30, moves: 1, dangerDays: 0 };
    const plan: Plan = { ...GOOD, legs: GOOD.legs.slice(1, 3), metrics };
    const go = (f: Partial<Fallback>): Verdict =>
      verify(
        withLeg(plan, 1, { fallback: { ...LEAVE, lawfulUntil: day('2026-03-03'), ...f } }),
        { kind: 'years', years: 3 },
        start,
      );
    const leave = (d: string): Fallback['steps'] => [
      { kind: 'enter', day: day(d), country: 'xa', under: 'xa/visa-free' },
    ];
    passes(go({ steps: leave('2026-03-03') }));
    refused(go({ steps: leave('2026-03-04') }), 1, /fallback: enter xa .*expected a day/);
    refused(go({ steps: [] }), 1, /no lawful presence in xb after 2026-03-03/);
    refused(go({ steps: leave('2026-03-03'), lawfulUntil: day('2026-03-04') }), 1, /expected 2026-03-03 or earlier/);
  });
  it('that stays for the day of the refusal alone is refused', () => {
    const from = (since: string): Verdict => {
      const start = person(
        WORLD,
        '2026-02-01',
        JOURNALIST.replace('xa, since: 2026-01-10, status: xa/visa-free', `xb, since: ${since}, status: xb/visa-free`),
      );
      const metrics = { ...GOOD.metrics, daysToGoal: 30, moves: 1, dangerDays: 0 };
      const plan: Plan = { ...GOOD, legs: GOOD.legs.slice(1, 3), metrics };
      const fallback = { ...LEAVE, lawfulUntil: day('2026-03-03'), steps: [] };
      return verify(withLeg(plan, 1, { fallback }), { kind: 'years', years: 3 }, start);
    };
    refused(from('2025-03-04'), 1, /no lawful presence in xb after 2026-03-03/);
    passes(from('2025-03-05'));
  });
});
