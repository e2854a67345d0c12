/** A plan: dated moves to a goal, what each rests on, and what happens when one of them is refused. */
import type { Decision } from '../law/types.ts';
import type { Danger } from '../moves/dangers.ts';
import type { Assumption, Doubt } from '../moves/types.ts';
import type { Day, Money } from '../rules/ir.ts';

/** What is wanted: a kind of standing, or so many years of lawful presence. */
export type Goal =
  | { readonly kind: 'permanent' | 'citizenship' | 'protection' }
  | { readonly kind: 'years'; readonly years: number };

/** One move of a plan, as data: enough to replay it. */
export type Step =
  | { readonly kind: 'enter'; readonly day: Day; readonly country: string; readonly under: string }
  | { readonly kind: 'file'; readonly day: Day; readonly route: string; readonly place: string }
  | { readonly kind: 'await'; readonly day: Day; readonly route: string };

/** A danger that concerns the person on a leg, or may (`unknown`). */
export type LegDanger = Danger;

/** What to do if a decision goes against the person, or does not come in time. */
export type Fallback = {
  /** The day of the refusal as planned. */
  readonly on: Day;
  /** Until when presence stays lawful after it, where the person then is; `undefined` = not known. */
  readonly lawfulUntil: Day | undefined;
  /** The lawful continuation: stay (nothing to do), or leave to a country by a day. */
  readonly steps: readonly Step[];
  /** Where no lawful continuation was found: there is none that does not lead to unlawful stay or return. */
  readonly none: boolean;
};

/** One move of a plan, with what it brings and what speaks for doubt. */
export type Leg = Step & {
  readonly jurisdiction: string;
  /** Last lawful day of the stay or status this leg brings, if it has one. */
  readonly until?: Day;
  readonly decision?: Decision;
  readonly assumes: readonly Assumption[];
  readonly doubts: readonly Doubt[];
  readonly dangers: readonly LegDanger[];
  readonly fallback?: Fallback;
};

/** In what plans are compared. Days are whole days, money is in euro. */
export type Metrics = {
  readonly daysToGoal: number;
  /** Answers waited for that may be refused although every condition is met. Not compared: shown. */
  readonly discretionarySteps: number;
  /** Days on which the plan hangs on such an answer: from the application to the answer, each day once. */
  readonly discretionDays: number;
  /** Fees stated by the law, in euro at dated rates, rounded to cents. Fees not known are named in the legs' doubts. */
  readonly costEur: number;
  readonly moves: number;
  /** Days in countries where a danger concerns the person, or may, and one for each entry into such a country, or that is itself a danger. */
  readonly dangerDays: number;
  readonly unlawfulDays: number;
};

/** A row of dated moves to a goal, what it costs and on what it rests. */
export type Plan = {
  readonly legs: readonly Leg[];
  readonly metrics: Metrics;
  readonly assumes: readonly Assumption[];
  /** Whether every decision that is not a right has a lawful continuation after a refusal. */
  readonly survivesAnyOneRefusal: boolean;
  /** Where it does not: the first leg, by its index, after whose refusal no lawful way on was found. */
  readonly weakest?: number;
  /** How much luck the assumptions ask for (see `boldness` in label.ts); 0 = only usual answers. */
  readonly luck?: number;
  /** The boldest single thing it rests on, the same way: by this plans are kept apart. */
  readonly boldest?: number;
  /** It rests on an answer that few people can give: ancestry, fame, more money than was told of. */
  readonly rare?: boolean;
  /** It leaves a country while a claim for protection made there before the plan began still waits for its answer: mostly that gives it up. */
  readonly abandons?: boolean;
  /** Somebody of the family who was told to go along surely cannot follow it: what is known only once it is walked with them. */
  readonly parts?: boolean;
  /** It holds for the family only if the person goes first and the others follow later. */
  readonly apart?: boolean;
  /** Of years of lawful stay: whether a permit is held to their end, or they end as a visitor's, with the last day of the visit. */
  readonly ends?: { readonly as: 'resident' } | { readonly as: 'visitor'; readonly until?: Day };
  /** Known fees come to more than the savings reckoned for some day. */
  readonly short?: Short;
  /** Another plan is no worse in anything plans are compared by; shown because it ends in another country. */
  readonly beaten?: boolean;
};

/** By how much savings fall short of what a plan is known to cost, at the worst. */
export type Short = {
  /** The first leg, by its index, after which less than nothing is left. */
  readonly leg: number;
  /** What is missing at the worst, in the currency of the savings. */
  readonly by: Money;
  /** There is an income, of which it was not told what it leaves over: whether it covers this is not known. */
  readonly income?: true;
};

/** Why a plan does not hold, at one step. */
export type Refusal = { readonly step: number; readonly reason: string };
