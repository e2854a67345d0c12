/**
 * Whether plans made on an earlier day still hold: after time has passed, the person has moved on or told more, or the law has
 * changed. Each is walked again, from where the person now stands, with the law as it now is.
 */
import { type Because, reasonsOf } from '../check/because.ts';
import type { LawBook } from '../law/book.ts';
import { entryEligibility, routeEligibility } from '../moves/eligible.ts';
import { apply } from '../moves/moves.ts';
import type { Draw } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import type { Step } from '../plan/types.ts';
import { begin, lawfulThrough } from '../plan/verify-walk.ts';
import type { Day } from '../rules/ir.ts';
import type { Earlier, EarlierPlan } from './earlier.ts';
import type { PlanAnswer } from './plan-answer.ts';
import { moveOf } from './plan-legs.ts';

/** Why a step of an earlier plan cannot be taken any more. */
export type Broken = { readonly step: Step } & (
  | {
      /** The law's own reasons; empty where it is not the conditions (another place, a status not held). */
      readonly kind: 'closed';
      readonly because: readonly Because[];
    }
  /** Filed where the person then would not be: the plan was left on the way. */
  | { readonly kind: 'elsewhere'; readonly place: string | undefined }
  /** An answer to an application that was not made. */
  | { readonly kind: 'not-filed' }
  /** It cannot be waited for: presence is lawful until the day before, or not known to be (`undefined`). */
  | { readonly kind: 'no-stay'; readonly until: Day | undefined }
);

/** What became of one earlier plan, by its place in the earlier answer. */
export type Fate = {
  readonly n: number;
  readonly plan: EarlierPlan /** Steps whose day has passed. */;
  readonly past: number;
} /** The same steps are among the plans now: at `now`, its goal so many days later (negative: sooner). */ & (
  | { readonly kind: 'kept'; readonly now: number; readonly days: number }
  /** Every step left can still be taken on its day; others are shown before it, or the search did not come to it. */
  | { readonly kind: 'possible' }
  | { readonly kind: 'broken'; readonly why: Broken }
);

export type Still = {
  readonly on: Day;
  readonly fates: readonly Fate[];
  /** Plans now, by their place, that were not there before. */
  readonly fresh: readonly number[];
};

/** Holds an answer against an earlier one. Both are to the same goal: that is for the caller to see to. */
export function stillHolds(book: LawBook, earlier: Earlier, now: PlanAnswer, processing: 'usual' | 'longest'): Still {
  const left = new Set(now.plans.keys());
  const fates = earlier.plans.map((plan, n): Fate => {
    const ahead = plan.steps.filter((x) => x.day >= now.start.on);
    const base = { n, plan, past: plan.steps.length - ahead.length };
    const end = plan.steps.at(-1)?.day ?? earlier.on;
    const same = [...left]
      .filter((i) => [ahead, plan.steps].some((x) => sameSteps(now.plans[i]?.plan.legs ?? [], x)))
      .map((i) => ({ now: i, days: (now.plans[i]?.plan.legs.at(-1)?.day ?? now.start.on) - end }))
      .sort((a, b) => Math.abs(a.days) - Math.abs(b.days))[0];
    if (same) {
      left.delete(same.now);
      return { ...base, kind: 'kept', ...same };
    }
    const why = brokenAt(book, now.start, ahead, processing);
    return why ? { ...base, kind: 'broken', why } : { ...base, kind: 'possible' };
  });
  return { on: earlier.on, fates, fresh: [...left] };
}

const named = (x: Step): string => (x.kind === 'enter' ? `enter ${x.country} ${x.under}` : `${x.kind} ${x.route}`);
const sameSteps = (a: readonly Step[], b: readonly Step[]): boolean =>
  a.length === b.length && a.every((x, i) => named(x) === named(b[i] as Step));

/** The first step that cannot be taken on its day, and why; `undefined` where all can. */
function brokenAt(
  book: LawBook,
  start: Situation,
  steps: readonly Step[],
  processing: 'usual' | 'longest',
): Broken | undefined {
  const draw: Draw = { processing, granted: true };
  let s = beginningPlan(start);
  // Who is out of status already is on the way back in: days without a lawful stay are then not what breaks the plan.
  let astray = begin(book, s).astray;
  for (const step of steps) {
    const through = lawfulThrough(book, s).through;
    const need = step.kind === 'await' ? step.day - 1 : step.day;
    if (!astray && through < need) return { step, kind: 'no-stay', until: through < s.on ? undefined : through };
    if (step.kind === 'file' && s.place !== step.place) return { step, kind: 'elsewhere', place: s.place };
    if (step.kind === 'await' && !s.pending.some((p) => p.route === step.route)) return { step, kind: 'not-filed' };
    const move = moveOf(book, s, step);
    if (!move) return { step, kind: 'closed', because: against(book, { ...s, on: step.day }, step) };
    s = apply(book, s, move, step.day, draw);
    astray &&= lawfulThrough(book, s).through < s.on;
  }
  return undefined;
}

/** What stands against a step: what is surely not met, else what is not known. */
function against(book: LawBook, s: Situation, step: Step): readonly Because[] {
  const p = book.provisions.get(step.kind === 'enter' ? step.under : step.route);
  if (!p) return [];
  const eligibility =
    step.kind !== 'enter'
      ? routeEligibility(book, p, s, s.on)
      : p.kind === 'stay'
        ? entryEligibility(book, p, step.country, s, s.on)
        : undefined;
  if (!eligibility) return [];
  const all = reasonsOf(book, eligibility, s, s.on, p.id).flatMap((r) => r.because);
  const top = all.filter((b) => b.under === undefined && b.outcome !== 'yes');
  const no = top.filter((b) => b.outcome === 'no');
  return no.length ? no : top;
}
