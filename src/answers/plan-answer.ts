/** Plans for a person: searched, each verified by the second reader, and, where there is none, what comes nearest. */
import { checkRoute, type RouteCheck } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import type { Coverage } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import { relevantTo } from '../plan/relevant.ts';
import { type SearchOptions, searchPlans } from '../plan/search.ts';
import type { Goal, Plan } from '../plan/types.ts';
import { verifyPlan } from '../plan/verify.ts';
import { coverageOf } from './coverage-of.ts';
import { type WalkedLeg, walkPlan } from './plan-legs.ts';

export type WalkedPlan = { readonly plan: Plan; readonly legs: readonly WalkedLeg[] };

export type PlanAnswer = {
  readonly start: Situation;
  readonly goal: Goal;
  readonly plans: readonly WalkedPlan[];
  /** Whether everything within the limits was looked at. */
  readonly complete: boolean;
  /** Only where there is no plan: routes towards the goal that the smallest change would open. */
  readonly nearest: readonly RouteCheck[];
  readonly uncovered: readonly Coverage[];
  /** Plans that the verifier refused, in its words: never shown as plans. */
  readonly refused: readonly string[];
};

const NEAREST = 5;

/** Finds, verifies and walks plans. A plan that does not verify is dropped. */
export function answerPlan(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: SearchOptions & { readonly processing: 'usual' | 'longest' },
): PlanAnswer {
  const found = searchPlans(book, start, goal, options);
  const refused: string[] = [];
  const plans: WalkedPlan[] = [];
  for (const plan of found.plans) {
    const verdict = verifyPlan(book, start, goal, plan, { processing: options.processing });
    if (verdict.ok) plans.push({ plan, legs: walkPlan(book, start, plan, options.processing) });
    else refused.push(verdict.refusals.map((r) => r.reason).join(' '));
  }
  const nearest = plans.length ? [] : nearestRoutes(book, start, goal, options.avoid ?? new Set());
  const matter = new Set<string>(start.place ? [start.place] : []);
  for (const { plan } of plans) for (const leg of plan.legs) matter.add(leg.jurisdiction);
  for (const r of nearest) matter.add(r.jurisdiction);
  return {
    start,
    goal,
    plans,
    complete: found.complete,
    nearest,
    uncovered: coverageOf(book, matter, start.on),
    refused,
  };
}

/** Routes towards the goal that are not open, the cheapest to open first. */
function nearestRoutes(book: LawBook, s: Situation, goal: Goal, avoid: ReadonlySet<string>): RouteCheck[] {
  const cost = (r: RouteCheck) => (r.outcome === 'yes' ? 0 : (r.nearest[0]?.cost ?? Number.POSITIVE_INFINITY));
  return [...relevantTo(book, goal, avoid, s.on).routes]
    .map((id) => book.provisions.get(id))
    .flatMap((route) => (route?.grants?.status ? [checkRoute(book, route, s, s.on)] : []))
    .filter((r) => Number.isFinite(cost(r)))
    .sort((a, b) => cost(a) - cost(b) || (a.route < b.route ? -1 : 1))
    .slice(0, NEAREST);
}
