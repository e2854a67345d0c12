/** Plans of an earlier day, as far as they are needed to ask whether they still hold: the steps and their days. */
import { formatDay, parseDay } from '../calendar/civil.ts';
import type { Step } from '../plan/types.ts';
import type { Day } from '../rules/ir.ts';
import type { PlanAnswer } from './plan-answer.ts';
import { goalText } from './plan-words.ts';

export type EarlierPlan = { readonly steps: readonly Step[]; readonly rare: boolean };

/** The plans of one answer. `goal` as on the command line: `permanent`, `years:3`. */
export type Earlier = { readonly on: Day; readonly goal: string; readonly plans: readonly EarlierPlan[] };

/** What an answer leaves behind for a later one to be held against. */
export const earlierOf = (a: PlanAnswer): Earlier => ({
  on: a.start.on,
  goal: goalText(a.goal),
  plans: a.plans.map(({ plan }) => ({ steps: plan.legs, rare: plan.rare === true })),
});

/** What was found in a text that is no answer of `plan --json`, and what was expected. */
export type NotEarlier = { readonly found: string; readonly expected: string };

/** Reads what `foothold plan --json` printed on an earlier day; nothing of it is believed but steps and days. */
export function readEarlier(text: string): Earlier | NotEarlier {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (e) {
    return { found: `no JSON (${(e as Error).message})`, expected: 'what "foothold plan --json" printed' };
  }
  const top = record(json);
  const on = typeof top?.on === 'string' ? parseDay(top.on) : undefined;
  if (!top || on === undefined) return { found: 'no day "on"', expected: 'a day, as in "on": "2026-11-23"' };
  if (typeof top.goal !== 'string') return { found: 'no "goal"', expected: 'a goal, as in "goal": "permanent"' };
  if (!Array.isArray(top.plans)) return { found: 'no list "plans"', expected: 'the list of plans, empty or not' };
  const plans: EarlierPlan[] = [];
  for (const [i, p] of top.plans.entries()) {
    const legs = record(p)?.legs;
    if (!Array.isArray(legs)) return { found: `no list "legs" in plan ${i + 1}`, expected: 'the steps of the plan' };
    const steps: Step[] = [];
    for (const [k, leg] of legs.entries()) {
      const step = stepOf(record(leg));
      if (typeof step === 'string') return { found: `plan ${i + 1}, step ${k + 1}: ${step}`, expected: STEP };
      if (step.day < (steps.at(-1)?.day ?? on))
        return {
          found: `plan ${i + 1}, step ${k + 1}: ${formatDay(step.day)}, before the step that comes first`,
          expected: 'steps in the order of their days',
        };
      steps.push(step);
    }
    plans.push({ steps, rare: record(p)?.rare === true });
  }
  return { on, goal: top.goal, plans };
}

const STEP =
  'a step as plan --json writes it: a "move" (enter, file, await), a "day", and "country" and "under", or "route"';

const record = (x: unknown): Record<string, unknown> | undefined =>
  typeof x === 'object' && x !== null && !Array.isArray(x) ? (x as Record<string, unknown>) : undefined;

function stepOf(leg: Record<string, unknown> | undefined): Step | string {
  const day = typeof leg?.day === 'string' ? parseDay(leg.day) : undefined;
  if (!leg || day === undefined) return 'no day';
  const text = (key: string): string | undefined => (typeof leg[key] === 'string' ? (leg[key] as string) : undefined);
  const [country, under, route, place] = ['country', 'under', 'route', 'place'].map(text);
  switch (leg.move) {
    case 'enter':
      return country && under ? { kind: 'enter', day, country, under } : 'no country entered, or not on what basis';
    case 'file':
      return route && place ? { kind: 'file', day, route, place } : 'no route filed, or not where';
    case 'await':
      return route ? { kind: 'await', day, route } : 'no route whose answer is awaited';
    default:
      return `the move ${JSON.stringify(leg.move)}`;
  }
}
