/** Plans for a person: searched, each verified by the second reader, and, where there is none, what comes nearest. */
import { checkRoute, type RouteCheck } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import type { Coverage } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import { streamForAll } from '../plan/for-all.ts';
import type { Found, SearchOptions } from '../plan/options.ts';
import { relevantTo } from '../plan/relevant.ts';
import { walkTogether } from '../plan/together.ts';
import type { Together } from '../plan/together-types.ts';
import { byWorth } from '../plan/told.ts';
import type { Goal, Plan } from '../plan/types.ts';
import { verifyPlan } from '../plan/verify.ts';
import { rereadTogether, withdrawn } from '../plan/verify-together.ts';
import { plansAgain } from './again.ts';
import { coverageOf } from './coverage-of.ts';
import { lacksLikely, type Nearer, nearerGoals } from './nearer.ts';
import { type WalkedLeg, walkPlan } from './plan-legs.ts';
import { type Shunned, shunnedBy } from './shunned.ts';
import { type WhyNot, whyNot } from './why-not.ts';

/** A plan with each of its legs as it was walked: where, under what, from when to when; and with the family that goes along. */
export type WalkedPlan = {
  readonly plan: Plan;
  readonly legs: readonly WalkedLeg[];
  /** Missing where nobody of the family goes along, or nothing was told of a family. */
  readonly together?: Together;
  /** Made before something was changed, holds all the same, and not yet found again by the search that goes on. */
  readonly before?: true;
};

/**
 * Why there is no plan at all: the day asked for has passed; every country of the goal is to be avoided; the law here knows
 * no route to such a goal; or none was found for this person.
 */
export type NothingKind = 'past' | 'avoided' | 'unknown' | 'unreached';

export type Question = {
  readonly fact: string;
  readonly jurisdiction: string;
  readonly plans: number;
  readonly of: number;
};

/** Plans for one person, each verified and told leg by leg; without any, why there is none. */
export type PlanAnswer = {
  readonly start: Situation;
  readonly goal: Goal;
  readonly plans: readonly WalkedPlan[];
  /** Whether everything within the limits was looked at. */
  readonly complete: boolean;
  /** Whether everything was looked at on ways that rest on nothing but what was told and usual answers. */
  readonly completeOnTold: boolean;
  /** The least number of days that a plan not yet found can take; missing where all was looked at. */
  readonly bound?: number;
  readonly nothing?: NothingKind;
  readonly why?: WhyNot;
  /** The unanswered fact on which most plans of the front rest: `plans` of `of` fall if the answer is another. */
  readonly question?: Question;
  /** Only where there is no plan: routes towards the goal that the smallest change would open. */
  readonly nearest: readonly RouteCheck[];
  /** Only where no plan is likely, and once all was looked at: the best likely plan to each goal that is sooner had. */
  readonly nearer: readonly Nearer[];
  readonly uncovered: readonly Coverage[];
  /** Countries kept out of the plans, since a danger there concerns the person and its sources say not to go. */
  readonly shunned: readonly Shunned[];
  /** Plans that the verifier refused, in its words: never shown as plans. */
  readonly refused: readonly string[];
};

const NEAREST = 5;

type Options = SearchOptions & {
  readonly processing: 'usual' | 'longest';
  /** A country or route of which the person asks why it is not in the answer. */
  readonly why?: string;
  /** `false`: no look at nearer goals where no plan is likely. */
  readonly nearer?: false;
  /**
   * Plans made before something was changed, to the same goal or another: those that can be followed as they stand are told
   * before any is found, and beside those found until the search has ended.
   */
  readonly earlier?: readonly Plan[];
};

/** Finds, verifies and walks plans. A plan that does not verify is dropped. */
export function answerPlan(book: LawBook, start: Situation, goal: Goal, options: Options): PlanAnswer {
  const run = streamAnswers(book, start, goal, options);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/**
 * The same as a stream: each time the plans change, what is known so far, every plan verified and walked. `complete` is
 * false until the last value, which is the one returned; `bound` is the least number of days that a plan not yet found can take.
 * To stop, ask no further, or set `options.signal.aborted`: the next value is then the last.
 */
export function* streamAnswers(
  book: LawBook,
  start: Situation,
  goal: Goal,
  asked: Options,
): Generator<PlanAnswer, PlanAnswer, void> {
  const run = answerSteps(book, start, goal, asked);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
    if (step.value) yield step.value;
  }
}

/** The same, with `undefined` wherever the search pauses without anything new: for who has other things to do in between. */
export function* answerSteps(
  book: LawBook,
  start: Situation,
  goal: Goal,
  asked: Options,
): Generator<PlanAnswer | undefined, PlanAnswer, void> {
  const verified = new Map<Plan['legs'], WalkedPlan | string>();
  const shunned = shunnedBy(book, start);
  const avoid = new Set([...(asked.avoid ?? []), ...shunned.map((x) => x.country)]);
  const options = shunned.length ? { ...asked, avoid } : asked;
  const kept: WalkedPlan[] = [];
  if (options.earlier?.length) {
    const { earlier, processing } = options;
    const none = { plans: [], complete: false, completeOnTold: false };
    for (const plan of plansAgain(book, start, goal, earlier, { avoid, processing })) {
      kept.push({ ...walked(book, start, plan, processing), before: true });
      yield { ...tell(book, start, goal, options, none, verified, kept), shunned };
    }
    // That none of them holds is an answer as well: what was shown until now is not to be followed.
    if (kept.length === 0) yield { ...tell(book, start, goal, options, none, verified, kept), shunned };
    // To set the search up takes a while.
    yield undefined;
  }
  const family = (plan: Plan): 'at once' | 'in an order' | 'parts' => {
    const seen = seenOnce(book, start, goal, options, plan, verified);
    if (typeof seen === 'string' || !seen.together) return 'at once';
    return seen.together.holds === false ? 'parts' : seen.together.order === 'first' ? 'in an order' : 'at once';
  };
  const run = streamForAll(book, start, goal, options, family);
  let last = -1;
  for (;;) {
    const step = run.next();
    if (!step.done && step.value.found === last) {
      yield undefined;
      continue;
    }
    const answer = {
      ...tell(book, start, goal, options, step.value, verified, step.done ? undefined : kept),
      shunned,
    };
    if (step.done) {
      if (options.nearer === false || !lacksLikely(answer.plans, answer.nothing)) return answer;
      yield { ...answer, complete: false };
      return { ...answer, nearer: yield* nearerOf(book, start, goal, options, answer) };
    }
    last = step.value.found;
    yield answer;
  }
}

/** The best likely plan to each nearer goal. Between two steps of the search what is known so far is told, so that all can be stopped. */
function* nearerOf(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: Options,
  so: PlanAnswer,
): Generator<PlanAnswer | undefined, Nearer[], void> {
  const { why: _, earlier: __, ...rest } = options;
  const found: Nearer[] = [];
  for (const g of nearerGoals(goal)) {
    const run = answerSteps(book, start, g, { ...rest, nearer: false });
    for (let step = run.next(); ; step = run.next()) {
      if (options.signal?.aborted) return found;
      if (step.done) {
        const plan = step.value.plans.find((p) => p.plan.rare !== true);
        if (plan) found.push({ goal: g, plan });
        break;
      }
      yield step.value && { ...so, complete: false, nearer: [...found] };
    }
  }
  return found;
}

type Told = Omit<PlanAnswer, 'shunned'>;

function tell(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: Options,
  found: Pick<Found, 'plans' | 'complete' | 'completeOnTold'> & { readonly bound?: number | undefined },
  verified: Map<Plan['legs'], WalkedPlan | string>,
  /** Plans of before that still hold, told beside those found; `undefined` at the end, when only what was found is told. */
  kept: readonly WalkedPlan[] | undefined,
): Told {
  const done = kept === undefined;
  const refused: string[] = [];
  const plans: WalkedPlan[] = [];
  const shown = new Set<string>();
  for (const plan of found.plans) {
    const seen = seenOnce(book, start, goal, options, plan, verified);
    // Ways to several countries may be one and the same: whoever waits for an answer already takes the same steps in each.
    const steps = stepsOf(plan);
    if (typeof seen === 'string') refused.push(seen);
    else if (!shown.has(steps)) plans.push({ ...seen, plan: { ...plan, ...familyMarks(seen.together) } });
    shown.add(steps);
  }
  const ways = new Set(plans.map((p) => wayOf(p.plan)));
  for (const p of kept ?? [])
    if (!ways.has(wayOf(p.plan))) plans.push({ ...p, plan: { ...p.plan, ...familyMarks(p.together) } });
  // Only here is it known which plans the family cannot follow.
  plans.sort((a, b) => byWorth(a.plan, b.plan));
  const question = questionOf(plans.map((p) => p.plan));
  const avoid = options.avoid ?? new Set<string>();
  const nothing = plans.length ? undefined : nothingFor(book, start, goal, options);
  const nearest = nothing === 'unreached' && done ? nearestRoutes(book, start, goal, avoid) : [];
  const matter = new Set<string>(start.place ? [start.place] : []);
  for (const { plan } of plans) for (const leg of plan.legs) matter.add(leg.jurisdiction);
  for (const r of nearest) matter.add(r.jurisdiction);
  return {
    start,
    goal,
    plans,
    complete: found.complete,
    completeOnTold: found.completeOnTold,
    ...(found.bound === undefined ? {} : { bound: found.bound }),
    ...(nothing === undefined ? {} : { nothing }),
    ...(question === undefined ? {} : { question }),
    ...(done && options.why !== undefined
      ? {
          why: whyNot(
            book,
            start,
            goal,
            options.why,
            plans.map((p) => p.plan),
            options,
          ),
        }
      : {}),
    nearest,
    nearer: [],
    uncovered: coverageOf(book, matter, start.on),
    refused,
  };
}

/** A plan verified and walked, each only once; the verifier's words where it refuses it. */
function seenOnce(
  book: LawBook,
  start: Situation,
  goal: Goal,
  { processing }: Options,
  plan: Plan,
  verified: Map<Plan['legs'], WalkedPlan | string>,
): WalkedPlan | string {
  let seen = verified.get(plan.legs);
  if (seen === undefined) {
    const verdict = verifyPlan(book, start, goal, plan, { processing });
    seen = verdict.ok ? walked(book, start, plan, processing) : verdict.refusals.map((r) => r.reason).join(' ');
    verified.set(plan.legs, seen);
  }
  return seen;
}

/** A plan walked leg by leg, with the family beside it: read twice, and told only as far as both readings agree. */
function walked(book: LawBook, start: Situation, plan: Plan, processing: 'usual' | 'longest'): WalkedPlan {
  const legs = walkPlan(book, start, plan, processing);
  const draw = { processing, granted: true };
  const along = (order: Together['order']): Together | undefined => {
    const t = walkTogether(book, start, legs, draw, order);
    return t && withdrawn(t, rereadTogether(book, t, draw));
  };
  const together = along('together');
  // Where all cannot go at once, it may hold if one goes first.
  const first = together?.holds === false ? along('first') : undefined;
  const cannot = together?.members.filter((w) => w.member.along && w.holds === false) ?? [];
  const told = first && first.holds !== false ? { ...first, atOnce: cannot } : together;
  return { plan, legs, ...(told ? { together: told } : {}) };
}

/** What a family makes of a plan, for the order in which plans are told. */
const familyMarks = (t: Together | undefined): Pick<Plan, 'parts' | 'apart'> =>
  t?.holds === false ? { parts: true } : t?.order === 'first' ? { apart: true } : {};

const stepsOf = (p: Plan): string =>
  JSON.stringify(p.legs.map((l) => [l.kind, l.day, l.kind === 'enter' ? [l.country, l.under] : l.route]));

/** The steps without their days: the same way found anew, a day later, is the same plan. */
const wayOf = (p: Plan): string =>
  JSON.stringify(p.legs.map((l) => [l.kind, l.kind === 'enter' ? [l.country, l.under] : l.route]));

/** The fact whose answer decides on most plans that no other beats; the usual answers are not asked first. */
function questionOf(plans: readonly Plan[]): Question | undefined {
  const front = plans.filter((p) => p.beaten !== true);
  const rests = new Map<string, { fact: string; jurisdiction: string; plans: Set<Plan> }>();
  for (const p of front)
    for (const a of p.assumes) {
      if (a.usual) continue;
      const row = rests.get(a.key) ?? { fact: a.fact, jurisdiction: a.jurisdiction, plans: new Set<Plan>() };
      row.plans.add(p);
      rests.set(a.key, row);
    }
  // Of two questions the one on which more likely plans hang comes first: whether a parent was Irish can wait.
  let best: (Question & { readonly likely: number }) | undefined;
  for (const r of rests.values()) {
    const likely = [...r.plans].filter((p) => !p.rare).length;
    if (!best || likely > best.likely || (likely === best.likely && r.plans.size > best.plans))
      best = { fact: r.fact, jurisdiction: r.jurisdiction, plans: r.plans.size, of: front.length, likely };
  }
  if (!best) return undefined;
  const { likely: _, ...question } = best;
  return question;
}

/** What kind of nothing there is. */
function nothingFor(book: LawBook, s: Situation, goal: Goal, options: Options): NothingKind {
  if (options.horizon !== undefined && options.horizon < s.on) return 'past';
  const known = relevantTo(book, goal, new Set(), s.on).countries;
  const avoid = options.avoid ?? new Set();
  if (known.size === 0) return 'unknown';
  if ([...known].every((c) => avoid.has(c))) return 'avoided';
  return 'unreached';
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
