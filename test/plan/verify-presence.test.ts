import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Doubt } from '../../src/moves/types.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Fallback, Goal, Leg, Plan } from '../../src/plan/types.ts';
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
import { clause, day, law, person, provision, visit } from './worlds.ts';

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
    const metrics = { daysToGoal: 0, discretionarySteps: 0, costEur: 0, moves: 1, dangerDays: 0, unlawfulDays: 0 };
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
});

describe('presence', () => {
  const asylum = (start: Situation, change: Partial<Plan> = {}): Plan => ({
    legs: [
      {
        kind: 'file',
        day: start.on,
        route: 'xe/asylum',
        place: 'xe',
        jurisdiction: 'xe',
        decision: 'right',
        ...plain,
        doubts: [{ kind: 'fee-not-known', route: 'xe/asylum' }],
      },
      { kind: 'await', day: start.on + 100, route: 'xe/asylum', jurisdiction: 'xe', decision: 'right', ...plain },
    ],
    metrics: { daysToGoal: 100, discretionarySteps: 0, costEur: 0, moves: 1, dangerDays: 0, unlawfulDays: 100 },
    assumes: [],
    survivesAnyOneRefusal: true,
    ...change,
  });
  const inXe = (since: string, fear = 'yes'): Situation =>
    person(
      WORLD,
      '2026-01-20',
      `${FILE.replace('xa, since: 2026-01-10, status: xa/visa-free', `xe, since: ${since}, status: xe/visa-free`)}exposure: {wanted: no, journalist: no, fearOfReturn: ${fear}}\n`,
    );
  const PROTECTION: Goal = { kind: 'protection' };

  it('beyond the lawful end while waiting is refused', () => {
    const start = inXe('2026-01-10');
    refused(verify(asylum(start), PROTECTION, start), 1, /presence in xe beyond 2026-02-08/);
  });
  it('of who was out of status at the start is let pass, and its days counted', () => {
    const start = inXe('2025-06-01');
    assert.equal(passes(verify(asylum(start), PROTECTION, start)).unlawfulDays, 100);
    const calm = { ...asylum(start).metrics, unlawfulDays: 0 };
    refused(
      verify(asylum(start, { metrics: calm }), PROTECTION, start),
      2,
      /Days without lawful presence: the plan states 0; expected 100/,
    );
  });
  it('once lawful again, must stay so', () => {
    const start = inXe('2025-06-01');
    const out: Leg = {
      kind: 'enter',
      day: start.on,
      country: 'xa',
      under: 'xa/visa-free',
      jurisdiction: 'xa',
      ...plain,
    };
    const back: Leg = {
      kind: 'enter',
      day: start.on + 10,
      country: 'xe',
      under: 'xe/visa-free',
      jurisdiction: 'xe',
      ...plain,
    };
    const [file, answer] = asylum(start).legs as [Leg, Leg];
    const legs = [out, back, { ...file, day: start.on + 10 }, { ...answer, day: start.on + 110 }];
    refused(verify(asylum(start, { legs }), PROTECTION, start), 3, /presence in xe beyond/);
  });
  it('that may or may not be lawful while an application waits is passed only by naming the doubt', () => {
    const start = inXe('2026-01-10', 'no');
    const fee: Doubt = { kind: 'fee-not-known', route: 'xe/permit' };
    const pending: Doubt = { kind: 'pending-stay-unknown', route: 'xe/permit' };
    const plan = (doubts: readonly Doubt[], after: readonly Doubt[] = []): Plan => ({
      legs: [
        { kind: 'file', day: start.on, route: 'xe/permit', place: 'xe', jurisdiction: 'xe', ...plain, doubts },
        { kind: 'await', day: start.on + 100, route: 'xe/permit', jurisdiction: 'xe', ...plain, doubts: after },
      ],
      metrics: { daysToGoal: 100, discretionarySteps: 0, costEur: 0, moves: 1, dangerDays: 0, unlawfulDays: 0 },
      assumes: [],
      survivesAnyOneRefusal: true,
    });
    const goal: Goal = { kind: 'years', years: 5 };
    passes(verify(plan([fee, pending]), goal, start));
    passes(verify(plan([fee], [pending]), goal, start));
    refused(verify(plan([fee]), goal, start), 1, /rests on the doubt .*pending-stay-unknown/);
    // The fee is in a currency without a rate: it is not known in euro.
    refused(verify(plan([pending]), goal, start), 0, /currency without a rate/);
  });
  it('counted without the earlier stays is passed only by naming them', () => {
    const book = law([
      visit('xb', 365),
      provision(
        'xr/visa-free',
        'stay',
        `
params:
  most: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: 90, source: s}}}
  window: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: 180, source: s}}}
all: [${clause('passport', 'passport.country = "ru"')}]
counting: [{kind: rolling, limit: most, window: window, edges: both, source: s}]
`,
      ),
    ]);
    const start = person(
      book,
      '2026-01-20',
      FILE.replace(
        'xa, since: 2026-01-10, status: xa/visa-free',
        'xr, since: 2026-01-10, status: xr/visa-free',
      ).replace('stays: []\n', ''),
    );
    const stays = { key: 'stays', fact: 'stays', jurisdiction: 'xr' };
    const plan = (on: number, assumes: Leg['assumes']): Plan => ({
      legs: [{ kind: 'enter', day: on, country: 'xb', under: 'xb/visa-free', jurisdiction: 'xb', ...plain, assumes }],
      metrics: {
        daysToGoal: on - start.on,
        discretionarySteps: 0,
        costEur: 0,
        moves: 1,
        dangerDays: 0,
        unlawfulDays: 0,
      },
      assumes,
      survivesAnyOneRefusal: true,
    });
    const goal: Goal = { kind: 'years', years: 1 };
    passes(verify(plan(start.on, []), goal, start, book));
    passes(verify(plan(start.on + 40, [stays]), goal, start, book));
    refused(verify(plan(start.on + 40, []), goal, start, book), 0, /without knowing the earlier stays/);
  });
  it('is asked again on the day itself: what has closed since is refused', () => {
    const inSeptember = person(
      WORLD,
      '2026-09-01',
      JOURNALIST.replace('xa, since: 2026-01-10, status: xa/visa-free', 'xb, since: 2026-08-01, status: xb/visa-free'),
    );
    const plan = (d: string): Plan => ({
      legs: [{ kind: 'enter', day: day(d), country: 'xd', under: 'xd/visa-free', jurisdiction: 'xd', ...plain }],
      metrics: {
        daysToGoal: day(d) - inSeptember.on,
        discretionarySteps: 0,
        costEur: 0,
        moves: 1,
        dangerDays: 0,
        unlawfulDays: 0,
      },
      assumes: [],
      survivesAnyOneRefusal: true,
    });
    const goal: Goal = { kind: 'years', years: 0 };
    passes(verify(plan('2026-09-30'), goal, inSeptember));
    refused(verify(plan('2026-10-01'), goal, inSeptember), 0, /closed on the day itself/);
  });
});

describe('danger', () => {
  it('counts where it is not known whether it concerns the person', () => {
    const unknown = person(WORLD, '2026-01-20', FILE);
    const plan = { ...GOOD };
    assert.equal(passes(verify(plan, PERMANENT, unknown)).dangerDays, 12);
  });
  it('does not count where it does not concern them', () => {
    const calm = person(WORLD, '2026-01-20', `${FILE}exposure: {journalist: no}\n`);
    const at = (dangerDays: number): Plan => ({ ...GOOD, metrics: { ...GOOD.metrics, dangerDays } });
    passes(verify(at(0), PERMANENT, calm));
    refused(verify(at(12), PERMANENT, calm), 5, /Days in danger: the plan states 12; expected 0/);
  });
  it('of a country entered must be named on the leg', () => {
    const start = person(
      WORLD,
      '2026-01-20',
      JOURNALIST.replace('xa, since: 2026-01-10, status: xa/visa-free', 'xb, since: 2026-01-10, status: xb/visa-free'),
    );
    const plan = (dangers: Leg['dangers']): Plan => ({
      legs: [
        {
          kind: 'enter',
          day: day('2026-02-01'),
          country: 'xa',
          under: 'xa/visa-free',
          jurisdiction: 'xa',
          ...plain,
          dangers,
        },
        { ...(GOOD.legs[0] as Leg), day: day('2026-03-01'), until: day('2027-02-28') } as Leg,
      ],
      metrics: { daysToGoal: 40, discretionarySteps: 0, costEur: 0, moves: 2, dangerDays: 28, unlawfulDays: 0 },
      assumes: [],
      survivesAnyOneRefusal: true,
    });
    const goal: Goal = { kind: 'years', years: 1 };
    passes(verify(plan([{ provision: 'xa/pressure', outcome: true }]), goal, start));
    refused(
      verify(plan([{ provision: 'xa/pressure', outcome: undefined }]), goal, start),
      0,
      /no danger xa\/pressure as concerning/,
    );
    refused(verify(plan([]), goal, start), 0, /no danger xa\/pressure/);
  });
});
