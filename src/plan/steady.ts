/** What a new front says against an old one, and why: after a change of facts, of the date or of the law. */
import type { LawBook } from '../law/book.ts';
import type { Situation } from '../person/types.ts';
import type { Goal, Plan } from './types.ts';
import { verifyPlan } from './verify.ts';

/** The world a front was made in. */
export type Made = { readonly book: LawBook; readonly start: Situation; readonly plans: readonly Plan[] };

/** Why a plan is no longer, or only now, among those shown. */
export type Why =
  /** It cannot be done: the verifier's own words. */
  | { readonly kind: 'closed'; readonly reasons: readonly string[] }
  /** It can be done, and another is no worse in anything and better in something. */
  | { readonly kind: 'beaten'; readonly by: Plan }
  /** It can be done, and the search did not come to it within its limits. */
  | { readonly kind: 'not-searched' };

/** How the plans of one search differ from those of another: kept, gone, new, each with the reason. */
export type Steady = {
  /** The same steps in the same order; `days`: by how many days the goal has moved (negative: sooner). */
  readonly kept: readonly { readonly before: Plan; readonly after: Plan; readonly days: number }[];
  readonly gone: readonly { readonly plan: Plan; readonly why: Why }[];
  readonly fresh: readonly { readonly plan: Plan; readonly why: Why }[];
};

/**
 * Compares two fronts. A plan that is gone is replayed in the new world, one that is fresh in the old: what refuses it there
 * is why it is gone, or was not there. Days of an old plan that lie before the new start are refused as such.
 */
export function compareFronts(goal: Goal, old: Made, now: Made, processing: 'usual' | 'longest'): Steady {
  const kept: { before: Plan; after: Plan; days: number }[] = [];
  const left = new Set(now.plans);
  const gone: { plan: Plan; why: Why }[] = [];
  for (const before of old.plans) {
    const same = [...left].filter((p) => stepsOf(p) === stepsOf(before));
    const nearest = same.sort((a, b) => apart(a, before) - apart(b, before))[0];
    if (nearest) {
      left.delete(nearest);
      kept.push({ before, after: nearest, days: endOf(nearest, now) - endOf(before, old) });
    } else gone.push({ plan: before, why: why(goal, before, now, processing) });
  }
  return { kept, gone, fresh: [...left].map((plan) => ({ plan, why: why(goal, plan, old, processing) })) };
}

const stepsOf = (p: Plan): string =>
  p.legs.map((l) => `${l.kind} ${l.kind === 'enter' ? l.under : l.route}`).join(' > ');
const apart = (a: Plan, b: Plan): number => Math.abs(a.metrics.daysToGoal - b.metrics.daysToGoal);
const endOf = (p: Plan, made: Made): number => made.start.on + p.metrics.daysToGoal;

function why(goal: Goal, plan: Plan, made: Made, processing: 'usual' | 'longest'): Why {
  const verdict = verifyPlan(made.book, made.start, goal, plan, { processing });
  if (!verdict.ok) {
    // Figures and fallbacks may differ although every step can be taken: that alone closes nothing.
    const steps = verdict.refusals.filter((r) => r.step < plan.legs.length && !/fallback/.test(r.reason));
    if (steps.length) return { kind: 'closed', reasons: steps.map((r) => r.reason) };
  }
  const m = verdict.ok ? verdict.metrics : plan.metrics;
  const by = made.plans.find((o) => KEYS.every((k) => o.metrics[k] <= m[k]) && KEYS.some((k) => o.metrics[k] < m[k]));
  return by ? { kind: 'beaten', by } : { kind: 'not-searched' };
}

const KEYS = ['daysToGoal', 'discretionDays', 'costEur', 'moves', 'dangerDays', 'unlawfulDays'] as const;
