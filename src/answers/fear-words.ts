/** Whoever fears return and asks for a settled status is told that protection is a goal of its own: its days run from the first. */

import type { Lang } from '../law/say.ts';
import type { Situation } from '../person/types.ts';
import type { Goal } from '../plan/types.ts';
import { say } from './say.ts';

const TOLD = ['exposure.fearOfReturn', 'exposure.wanted', 'exposure.deserter'] as const;

/** That in a sentence; `undefined` where nothing of the kind was told, protection is what was asked for, or a claim waits already. */
export function fearWords(s: Situation, goal: Goal, lang: Lang): string | undefined {
  if (goal.kind === 'protection' || s.pending.length > 0) return undefined;
  if (!TOLD.some((fact) => s.person.facts.get(fact) === true)) return undefined;
  return say(
    lang,
    'You told of danger in Russia. Asking for protection is a goal of its own, and many states count the days in which it may be asked for from your arrival: look at those plans too, and speak to a lawyer before you choose, above all before you turn to a Russian consulate.',
    'Вы сообщили об опасности в России. Просить защиты — отдельная цель, и во многих странах срок для этого считают со дня приезда: посмотрите и такие планы и поговорите с юристом, прежде чем выбирать, а тем более идти в российское консульство.',
  );
}
