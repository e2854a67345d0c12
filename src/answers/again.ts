/**
 * Plans made before an answer was changed, taken again at once: the same steps on the same days, by the law and the answers as they
 * now are. What each step rests on, what it costs and what follows a refusal is worked out anew, and the verifier reads the whole; a plan
 * that does not hold any more is left out. A search takes longer, and finds what this cannot: other days, other ways.
 */
import { addDuration } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { apply, awaitMove } from '../moves/moves.ts';
import { Outlook } from '../moves/outlook.ts';
import type { Draw, Move } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import { extend, type Label, startLabel } from '../plan/label.ts';
import { toPlan } from '../plan/told.ts';
import type { Goal, Plan, Step } from '../plan/types.ts';
import { verifyPlan } from '../plan/verify.ts';
import { movesOf } from './plan-legs.ts';

/** Beyond the last step so much is looked at: what comes after a refusal has days of its own. */
const AFTER = { months: 12, days: 0 };

/** No purpose is asked of a plan that is not searched for: its steps are given. */
const NONE = 0;

export type AgainOptions = {
  /** Countries not to be in: a plan that enters one is left out. */
  readonly avoid: ReadonlySet<string>;
  readonly processing: 'usual' | 'longest';
};

/** Those of earlier plans that can be followed as they stand, one after the other, each as it now is and verified. */
export function* plansAgain(
  book: LawBook,
  start: Situation,
  goal: Goal,
  earlier: readonly Plan[],
  options: AgainOptions,
): Generator<Plan, void, void> {
  const last = Math.max(start.on, ...earlier.map((p) => p.legs.at(-1)?.day ?? start.on));
  const look = new Outlook(book, [], start.on, addDuration(last, AFTER, 'clamp'));
  const draw: Draw = { processing: options.processing, granted: true };
  const first = startLabel(look, beginningPlan(start), NONE);
  for (const before of earlier) {
    if (before.legs.some((l) => l.kind === 'enter' && options.avoid.has(l.country))) continue;
    const end = along(look, first, before.legs, draw);
    if (!end || end === first) continue;
    const { beaten } = before;
    const plan: Plan = { ...toPlan(look, end, start, options.avoid, goal), ...(beaten ? { beaten } : {}) };
    if (verifyPlan(book, start, goal, plan, options).ok) yield plan;
  }
}

/** Where the steps lead; `undefined` where one of them cannot be taken on its day. */
function along(look: Outlook, first: Label, steps: readonly Step[], draw: Draw): Label | undefined {
  let at = first;
  for (const step of steps) {
    const move = step.day < at.s.on ? undefined : best(look.book, at.s, step);
    const next = move && extend(look, at, move, step.day, apply(look.book, at.s, move, step.day, draw), NONE, false);
    if (!next) return undefined;
    at = next;
  }
  return at;
}

/** Of the ways to take a step on its day (one paper or another, one offer or another) that which rests on least. */
function best(book: LawBook, s: Situation, step: Step): Move | undefined {
  if (step.kind !== 'await') {
    const rests = (m: Move): number => m.doubts.length + ('assumes' in m ? m.assumes.length : 0);
    return movesOf(book, s, step).sort((a, b) => rests(a) - rests(b))[0];
  }
  const provision = book.provisions.get(step.route);
  const pending = s.pending.find((p) => p.route === step.route);
  if (!provision || !pending) return undefined;
  const move = awaitMove(provision, pending.filed, Math.max(s.on, pending.decided));
  return move.earliest === step.day ? move : undefined;
}
