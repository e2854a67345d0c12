/** One invented law, a plan that is lawful under it, and what the tests of the verifier do with both. */
import assert from 'node:assert/strict';
import type { LawBook } from '../../src/law/book.ts';
import type { Doubt } from '../../src/moves/types.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Fallback, Goal, Leg, Metrics, Plan } from '../../src/plan/types.ts';
import { type Verdict, verifyPlan } from '../../src/plan/verify.ts';
import { clause, day, law, person, provision, visit } from './worlds.ts';

/**
 * xa: 90 days a visit, dangerous for journalists. xb: a year a visit; a work permit at discretion, which may be waited for,
 * then permanent residence as a right after two years. xc: closed to holders of Russian passports. xd: open from July 2026.
 * xe: 30 days a visit, for wanted people unknown.
 */
export const WORLD = law([
  visit('xa', 90),
  visit('xb', 365),
  visit('xc', 60),
  visit('xe', 30, `bars: [${clause('wanted', 'exposure.wanted = yes')}]`),
  provision(
    'xd/visa-free',
    'stay',
    `
params: {stayMax: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: 60, source: s}}}}
all: [${clause('passport', 'passport.country = "ru"')}]
counting: [{kind: perEntry, limit: stayMax, edges: both, gapDays: 0, source: s}]
`,
    '{from: 2026-07-01, to: 2026-09-30}',
  ),
  provision(
    'xc/closed',
    'restriction',
    `effect: entry\nstrength: must\nall: [${clause('russian', 'passport.country = "ru"')}]`,
  ),
  provision(
    'xa/pressure',
    'danger',
    `concerns: presence\nsays: {en: d, ru: d}\nall: [${clause('journalist', 'exposure.journalist = yes')}]`,
  ),
  provision(
    'xb/work',
    'route',
    `
decision: discretion
params:
  usual: {unit: duration, values: {2022-01-01: {value: P30D, source: s}}}
  longest: {unit: duration, values: {2022-01-01: {value: P60D, source: s}}}
  fee: {unit: USD/once, range: {min: 1, max: 1000}, values: {2022-01-01: {value: 100, source: s}, 2026-03-01: {value: 200, source: s}}}
  incomeMin: {unit: EUR/month, range: {min: 1, max: 5000}, values: {2022-01-01: {value: 1000, source: s}, 2026-05-01: {value: 1500, source: s}}}
  validMax: {unit: duration, values: {2022-01-01: {value: P3Y, source: s}}}
monthEnd: {clamp: s}
all: [${clause('income', 'work.incomeMonth >= incomeMin')}]
file: {where: [in-country], from: [any], source: s}
processing: {usual: usual, longest: longest, source: s}
fee: {param: fee, source: s}
grants: {status: xb/work, valid: validMax, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
status: {stands: permit, leadsTo: [xb/settle]}
`,
  ),
  provision('xb/residence', 'clock', `counts: [{status: xb/work, source: s}]\nunbroken: yes`),
  provision(
    'xb/settle',
    'route',
    `
decision: right
params: {years: {unit: duration, values: {2022-01-01: {value: P2Y, source: s}}}}
monthEnd: {clamp: s}
all: [{id: residence, says: {en: r, ru: r}, clock: xb/residence, atLeast: years, source: s}]
file: {where: [in-country], from: [permit], source: s}
grants: {status: xb/settle, source: s}
status: {stands: permanent}
`,
  ),
  provision(
    'xe/asylum',
    'route',
    `
decision: right
params: {usual: {unit: duration, values: {2022-01-01: {value: P100D, source: s}}}}
all: [${clause('fear', 'exposure.fearOfReturn = yes')}]
file: {where: [in-country], from: [any], source: s}
processing: {usual: usual, source: s}
grants: {status: xe/asylum, source: s}
pending: {mayStay: no, says: {en: p, ru: p}, source: s}
status: {stands: protection, protectsFromReturn: yes}
`,
  ),
  provision(
    'xe/permit',
    'route',
    `
decision: right
params:
  usual: {unit: duration, values: {2022-01-01: {value: P100D, source: s}}}
  fee: {unit: XTS/once, range: {min: 1, max: 1000}, values: {2022-01-01: {value: 5, source: s}}}
  validMax: {unit: duration, values: {2022-01-01: {value: P5Y, source: s}}}
monthEnd: {clamp: s}
all: [${clause('fear', 'exposure.fearOfReturn = no')}]
file: {where: [in-country], from: [any], source: s}
processing: {usual: usual, source: s}
fee: {param: fee, source: s}
grants: {status: xe/permit, valid: validMax, source: s}
status: {stands: permit}
`,
  ),
]);

export const FILE = `
person: {citizenships: [ru]}
documents: [{kind: passport, country: ru, expires: 2040-01-01}]
now: {country: xa, since: 2026-01-10, status: xa/visa-free}
stays: []
statuses: []
work: {incomeMonth: 2000 EUR}
savings: 5000 EUR
`;
export const JOURNALIST = `${FILE}exposure: {journalist: yes, wanted: no}\n`;

export const START = person(WORLD, '2026-01-20', JOURNALIST);
export const PERMANENT: Goal = { kind: 'permanent' };

export const plain = { assumes: [], doubts: [], dangers: [] } as const;
const settleDoubts: readonly Doubt[] = [{ kind: 'fee-not-known', route: 'xb/settle' }];
const slow: readonly Doubt[] = [{ kind: 'processing-not-stated', route: 'xb/settle', taken: 90 }];

export const LEAVE: Fallback = {
  on: day('2026-03-03'),
  lawfulUntil: day('2027-01-31'),
  steps: [{ kind: 'enter', day: day('2026-03-10'), country: 'xa', under: 'xa/visa-free' }],
  none: false,
};

/** xa → xb, a permit there, permanent residence after two years on it. */
export const GOOD: Plan = {
  legs: [
    {
      kind: 'enter',
      day: day('2026-02-01'),
      country: 'xb',
      under: 'xb/visa-free',
      jurisdiction: 'xb',
      until: day('2027-01-31'),
      ...plain,
    },
    {
      kind: 'file',
      day: day('2026-02-01'),
      route: 'xb/work',
      place: 'xb',
      jurisdiction: 'xb',
      decision: 'discretion',
      ...plain,
    },
    {
      kind: 'await',
      day: day('2026-03-03'),
      route: 'xb/work',
      jurisdiction: 'xb',
      until: day('2029-03-02'),
      decision: 'discretion',
      ...plain,
      fallback: LEAVE,
    },
    {
      kind: 'file',
      day: day('2028-03-03'),
      route: 'xb/settle',
      place: 'xb',
      jurisdiction: 'xb',
      decision: 'right',
      ...plain,
      doubts: settleDoubts,
    },
    {
      kind: 'await',
      day: day('2028-06-01'),
      route: 'xb/settle',
      jurisdiction: 'xb',
      decision: 'right',
      ...plain,
      doubts: slow,
    },
  ],
  metrics: {
    daysToGoal: 863,
    discretionarySteps: 1,
    discretionDays: 30,
    costEur: 80,
    moves: 3,
    dangerDays: 12,
    unlawfulDays: 0,
  },
  assumes: [],
  survivesAnyOneRefusal: true,
};

export const verify = (
  plan: Plan,
  goal: Goal = PERMANENT,
  start: Situation = START,
  book: LawBook = WORLD,
  processing: 'usual' | 'longest' = 'usual',
): Verdict => verifyPlan(book, start, goal, plan, { processing });

/** The plan with some parts of one leg changed. */
export function withLeg(plan: Plan, i: number, change: object): Plan {
  return { ...plan, legs: plan.legs.map((l, k) => (k === i ? ({ ...l, ...change } as Leg) : l)) };
}

export const without = (plan: Plan, i: number): Plan => ({ ...plan, legs: plan.legs.filter((_, k) => k !== i) });
export const withFallback = (change: Partial<Fallback>): Plan =>
  withLeg(GOOD, 2, { fallback: { ...LEAVE, ...change } });

export function passes(v: Verdict): Metrics {
  assert.ok(v.ok, v.ok ? '' : v.refusals.map((r) => `${r.step}: ${r.reason}`).join('\n'));
  return v.metrics;
}

/** Refused, and for the reason meant, at the step meant. */
export function refused(v: Verdict, step: number, reason: RegExp): void {
  assert.equal(v.ok, false, 'expected a refusal, found the plan to pass');
  if (v.ok) return;
  assert.ok(
    v.refusals.some((r) => r.step === step && reason.test(r.reason)),
    `expected ${reason} at step ${step}; found:\n${v.refusals.map((r) => `${r.step}: ${r.reason}`).join('\n')}`,
  );
}
