/**
 * Where no likely plan reaches what was asked for, what lies nearer: one plan each to a goal that is sooner had. Whoever loses
 * the ground under their feet in a month is not helped by "no way to permanent residence".
 */

import type { Lang } from '../law/say.ts';
import type { Goal } from '../plan/types.ts';
import { graveWords, legDoes, summaryWords } from './leg-words.ts';
import type { NothingKind, WalkedPlan } from './plan-answer.ts';
import { goalText, goalWords } from './plan-words.ts';
import { dayIn, say } from './say.ts';

/** The best likely plan to a nearer goal. */
export type Nearer = { readonly goal: Goal; readonly plan: WalkedPlan };

/** Goals that are sooner had than this one, the firmest first; none where nothing is nearer. */
export function nearerGoals(goal: Goal): readonly Goal[] {
  const year: Goal = { kind: 'years', years: 1 };
  const protection: Goal = { kind: 'protection' };
  switch (goal.kind) {
    case 'citizenship':
      return [{ kind: 'permanent' }, protection, year];
    case 'permanent':
      return [protection, year];
    case 'protection':
      return [year];
    case 'years':
      return goal.years > 1 ? [protection, year] : [protection];
  }
}

/**
 * Whether nearer goals are to be looked for: no plan was found on which a person could count. `nothing` tells the kinds of
 * nothing where no goal would fare better (the day has passed, every country is avoided).
 */
export const lacksLikely = (plans: readonly WalkedPlan[], nothing: NothingKind | undefined): boolean =>
  (nothing === undefined || nothing === 'unreached') && plans.every((p) => p.plan.rare === true);

/** Why nearer goals follow, in a sentence. */
export const nearerLead = (goal: Goal, lang: Lang): string =>
  say(
    lang,
    `No likely way to what you asked for (${goalWords(goal).en}) was found. These goals are nearer; of each the first plan, in short:`,
    `Вероятного пути к тому, о чём вы спросили (${goalWords(goal).ru}), не нашлось. Эти цели ближе; к каждой первый план, кратко:`,
  );

/** A plan to a nearer goal in short: the goal and its day, what is done and when, what becomes of it after a refusal. */
export function nearerWords({ goal, plan }: Nearer, lang: Lang): readonly string[] {
  const end = plan.legs.at(-1)?.leg.day;
  const head = goalWords(goal)[lang];
  const title = head.charAt(0).toUpperCase() + head.slice(1);
  const steps = plan.legs.map((w) => `${dayIn(w.leg.day, lang)}: ${legDoes(w, lang)}`).join('; ');
  const grave = graveWords(plan.plan, lang);
  const rests = plan.plan.assumes.filter((a) => a.usual !== true).length;
  return [
    end === undefined
      ? say(lang, `${title}: you have it already.`, `${title}: это у вас уже есть.`)
      : say(lang, `${title}, on ${dayIn(end, lang)}.`, `${title}: ${dayIn(end, lang)}.`),
    ...(grave ? [grave] : []),
    ...(steps ? [`${steps}.`] : []),
    ...(plan.legs.length ? summaryWords(plan.plan, lang) : []),
    ...(rests
      ? [
          say(
            lang,
            `Answers it takes for granted that you have not told: ${rests}.`,
            `Ответов, которых вы не дали, а план на них опирается: ${rests}.`,
          ),
        ]
      : []),
  ];
}

/** How to ask for all plans to the goal on the command line. */
export const nearerAsk = (goal: Goal): string => `--goal ${goalText(goal)}`;
