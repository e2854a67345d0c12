import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Doubt } from '../../src/moves/types.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Fallback, Goal, Leg, Plan } from '../../src/plan/types.ts';
import type { Verdict } from '../../src/plan/verify.ts';
import { FILE, GOOD, JOURNALIST, PERMANENT, passes, plain, refused, verify, WORLD, withLeg } from './good-plan.ts';
import { clause, day, law, person, provision, visit } from './worlds.ts';

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
    metrics: {
      daysToGoal: 100,
      discretionarySteps: 0,
      discretionDays: 0,
      costEur: 0,
      moves: 1,
      dangerDays: 0,
      unlawfulDays: 100,
    },
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
      metrics: {
        daysToGoal: 100,
        discretionarySteps: 0,
        discretionDays: 0,
        costEur: 0,
        moves: 1,
        dangerDays: 0,
        unlawfulDays: 0,
      },
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
        discretionDays: 0,
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
  it('may rest on the answer itself from the day it comes, and not a day before', () => {
    // The visit ends on 8 February.
    const waiting = (decided: string, granted = true): Verdict => {
      const start: Situation = {
        ...inXe('2026-01-10'),
        pending: [
          {
            route: 'xe/asylum',
            filed: day('2026-01-15'),
            place: 'xe',
            inCountry: true,
            decided: day(decided),
            granted,
            document: 0,
          },
        ],
      };
      const [, answer] = asylum(start).legs as [Leg, Leg];
      const days = day(decided) - start.on;
      const metrics = { ...asylum(start).metrics, daysToGoal: days, moves: 0, unlawfulDays: 0 };
      return verify(asylum(start, { legs: [{ ...answer, day: day(decided) }], metrics }), PROTECTION, start);
    };
    passes(waiting('2026-02-08'));
    passes(waiting('2026-02-09'));
    refused(waiting('2026-02-10'), 0, /presence in xe beyond 2026-02-08/);
    refused(waiting('2026-02-09', false), 0, /expected lawful presence on the day of the step/);
  });
  it('does not rest on the answer to another application', () => {
    const pending = (route: string) =>
      ({
        route,
        filed: day('2026-01-15'),
        place: 'xe',
        inCountry: true,
        decided: day('2026-02-08'),
        granted: true,
        document: 0,
      }) as const;
    const start: Situation = { ...inXe('2026-01-10'), pending: [pending('xe/permit'), pending('xe/asylum')] };
    const [, answer] = asylum(start).legs as [Leg, Leg];
    const metrics = { ...asylum(start).metrics, daysToGoal: 19, moves: 0, unlawfulDays: 0 };
    const plan = asylum(start, { legs: [{ ...answer, day: day('2026-02-08') }], metrics });
    passes(verify(plan, PROTECTION, start));
    refused(
      verify(withLeg(plan, 0, { route: 'xe/permit' }), PROTECTION, start),
      1,
      /The goal: found xe\/permit \(permit\)/,
    );
  });
  it('that was not lawful does not count towards years', () => {
    // Ten days out of status, then a year of 365 days; from 20 January 2028 a year has 366.
    const away = (on: string): Verdict => {
      const start: Situation = {
        ...inXe('2025-06-01'),
        on: day(on),
        pending: [
          {
            route: 'xb/settle',
            filed: day(on) - 80,
            place: 'xb',
            inCountry: true,
            decided: day(on) + 10,
            granted: false,
            document: 0,
          },
        ],
      };
      const to = day(on) + 10;
      const none: Leg['doubts'] = [{ kind: 'processing-not-stated', route: 'xb/settle', taken: 90 }];
      const plan: Plan = {
        legs: [
          { kind: 'await', day: to, route: 'xb/settle', jurisdiction: 'xb', ...plain, doubts: none },
          { kind: 'enter', day: to, country: 'xb', under: 'xb/visa-free', jurisdiction: 'xb', ...plain },
        ],
        metrics: {
          daysToGoal: 10,
          discretionarySteps: 0,
          discretionDays: 0,
          costEur: 0,
          moves: 1,
          dangerDays: 0,
          unlawfulDays: 10,
        },
        assumes: [],
        survivesAnyOneRefusal: true,
      };
      return verify(plan, { kind: 'years', years: 1 }, start);
    };
    passes(away('2026-01-20'));
    refused(away('2028-01-20'), 2, /found 365 days of lawful presence .*expected 366/);
  });
  it('beyond the last step, or after a refusal, must not rest on stays that nobody named', () => {
    const book = law([
      provision(
        'xr/visa-free',
        'stay',
        `
params:
  most: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: 380, source: s}}}
  window: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: 400, source: s}}}
all: [${clause('passport', 'passport.country = "ru"')}]
counting: [{kind: rolling, limit: most, window: window, edges: both, source: s}]
`,
      ),
      provision(
        'xr/permit',
        'route',
        `
decision: discretion
params:
  ten: {unit: duration, values: {2022-01-01: {value: P10D, source: s}}}
  validMax: {unit: duration, values: {2022-01-01: {value: P2Y, source: s}}}
monthEnd: {clamp: s}
all: [${clause('passport', 'passport.country = "ru"')}]
file: {where: [in-country], from: [any], source: s}
processing: {usual: ten, source: s}
grants: {status: xr/permit, valid: validMax, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
status: {stands: permit}
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
    const goal: Goal = { kind: 'years', years: 1 };
    const metrics = {
      daysToGoal: 0,
      discretionarySteps: 0,
      discretionDays: 0,
      costEur: 0,
      moves: 0,
      dangerDays: 0,
      unlawfulDays: 0,
    };
    const stay = (assumes: Plan['assumes']): Plan => ({ legs: [], metrics, assumes, survivesAnyOneRefusal: true });
    passes(verify(stay([stays]), goal, start, book));
    refused(verify(stay([]), goal, start, book), 0, /The goal: .*without knowing the earlier stays/);

    const fallback: Fallback = { on: start.on + 10, lawfulUntil: undefined, steps: [], none: false };
    const permit = (assumes: Plan['assumes']): Plan => ({
      legs: [
        {
          kind: 'file',
          day: start.on,
          route: 'xr/permit',
          place: 'xr',
          jurisdiction: 'xr',
          ...plain,
          doubts: [{ kind: 'fee-not-known', route: 'xr/permit' }],
        },
        { kind: 'await', day: start.on + 10, route: 'xr/permit', jurisdiction: 'xr', ...plain, fallback },
      ],
      metrics: { ...metrics, daysToGoal: 10, discretionarySteps: 1, discretionDays: 10, moves: 1 },
      assumes,
      survivesAnyOneRefusal: true,
    });
    passes(verify(permit([stays]), goal, start, book));
    refused(verify(permit([]), goal, start, book), 1, /fallback: .*without knowing the earlier stays/);
  });
  it('waits for an answer whose time is stated only for later days by saying so', () => {
    const book = law([
      visit('xa', 400),
      provision(
        'xa/permit',
        'route',
        `
decision: right
params:
  later: {unit: duration, values: {2030-01-01: {value: P10D, source: s}}}
  validMax: {unit: duration, values: {2022-01-01: {value: P2Y, source: s}}}
monthEnd: {clamp: s}
all: [${clause('passport', 'passport.country = "ru"')}]
file: {where: [in-country], from: [any], source: s}
processing: {usual: later, source: s}
grants: {status: xa/permit, valid: validMax, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
status: {stands: permit}
`,
      ),
    ]);
    const start = person(book, '2026-01-20', FILE);
    const plan = (doubts: Leg['doubts']): Plan => ({
      legs: [
        {
          kind: 'file',
          day: start.on,
          route: 'xa/permit',
          place: 'xa',
          jurisdiction: 'xa',
          ...plain,
          doubts: [{ kind: 'fee-not-known', route: 'xa/permit' }],
        },
        { kind: 'await', day: start.on + 90, route: 'xa/permit', jurisdiction: 'xa', ...plain, doubts },
      ],
      metrics: {
        daysToGoal: 90,
        discretionarySteps: 0,
        discretionDays: 0,
        costEur: 0,
        moves: 1,
        dangerDays: 0,
        unlawfulDays: 0,
      },
      assumes: [],
      survivesAnyOneRefusal: true,
    });
    passes(
      verify(
        plan([{ kind: 'processing-not-stated', route: 'xa/permit', taken: 90 }]),
        { kind: 'years', years: 2 },
        start,
        book,
      ),
    );
    refused(verify(plan([]), { kind: 'years', years: 2 }, start, book), 1, /processing-not-stated/);
  });
  it('under a rule that has ended by then is refused', () => {
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
        discretionDays: 0,
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
    refused(verify(plan('2026-10-01'), goal, inSeptember), 0, /expected a day from 2026-09-01 to 2026-09-30/);
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
      metrics: {
        daysToGoal: 40,
        discretionarySteps: 0,
        discretionDays: 0,
        costEur: 0,
        moves: 2,
        // 28 days there, and the day of coming in.
        dangerDays: 29,
        unlawfulDays: 0,
      },
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
