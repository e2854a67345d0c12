/** Ways that rest on an answer few people can give, each in one line: what it would be, by when, and on what answer. */
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import type { Situation } from '../person/types.ts';
import { rareAssumptions } from '../plan/told.ts';
import { titleWithCountry } from './countries.ts';
import { assumptionWords } from './leg-words.ts';
import type { WalkedPlan } from './plan-answer.ts';
import { dayIn, say } from './say.ts';

/** One line for a plan that is `rare`. */
export function rareLine(book: LawBook, { plan }: WalkedPlan, start: Situation, lang: Lang): string {
  const last = plan.legs.at(-1);
  // Years of lawful stay may end with an entry: what they rest on is the last thing granted.
  const granted = plan.legs.findLast((l) => l.kind === 'await');
  const route = granted ? book.provisions.get(granted.route) : undefined;
  const what = route ? titleWithCountry(route, lang, book) : say(lang, 'the goal', 'цель');
  const only = rareAssumptions(book, start, plan.assumes).map((a) => assumptionWords(book, a, lang, start.cash));
  const then = last ? dayIn(last.day, lang) : '';
  return say(
    lang,
    `${what}, on ${then} at the earliest. Only if: ${only.join('; ') || 'see the plan'}.`,
    `${what}, не раньше ${then}. Только если: ${only.join('; ') || 'см. план'}.`,
  );
}
