/** Alphabetical order in the reader's language. Making a collator takes longer than sorting with it: one a language. */
import type { Lang } from '../law/say.ts';

const collators = new Map<Lang, Intl.Collator>();

export function inOrder(lang: Lang): (a: string, b: string) => number {
  const have = collators.get(lang) ?? new Intl.Collator(lang);
  collators.set(lang, have);
  return have.compare;
}
