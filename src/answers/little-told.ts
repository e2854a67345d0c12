/** Whoever told hardly anything gets plans that rest on answers made up for them: said before the plans, with what to tell first. */
import type { Lang } from '../law/say.ts';
import type { Situation } from '../person/types.ts';
import { say } from './say.ts';

/** What nearly every route asks about, in the order in which it narrows the plans. */
const BASICS: readonly (readonly [fact: string, en: string, ru: string])[] = [
  ['documents', 'which passport you have and until when', 'какой у вас паспорт и до какого числа'],
  ['now.since', 'since when you are where you are', 'с какого дня вы там, где вы сейчас'],
  ['now.status', 'on what basis you are there', 'на каком основании вы там'],
  ['person.born', 'when you were born', 'когда вы родились'],
  ['work.occupation', 'what you do for a living', 'кем вы работаете'],
  ['education', 'what you have studied', 'чему вы учились'],
  ['savings', 'what you have saved', 'какие у вас накопления'],
];

/** How many of them may be missing before the plans are called guesses. */
const MISSING = 4;

/** The basics a person has not told, where they are so many that plans are guesses; empty otherwise. */
export function littleTold(s: Situation): readonly string[] {
  const { facts } = s.person;
  const untold = BASICS.map(([fact]) => fact).filter((fact) => facts.get(fact) === undefined);
  return untold.length >= MISSING ? untold : [];
}

/** That in a sentence, with what to tell first; `undefined` where enough was told. */
export function littleToldWords(s: Situation, lang: Lang): string | undefined {
  const untold = littleTold(s);
  if (untold.length === 0) return undefined;
  const names = BASICS.filter(([fact]) => untold.includes(fact)).map(([, en, ru]) => say(lang, en, ru));
  return say(
    lang,
    `You told so little that what follows is a set of examples, not of plans: each rests on answers that we had to make up. Tell first: ${names.join('; ')}.`,
    `Вы рассказали так мало, что ниже скорее примеры, чем планы: каждый держится на ответах, которые пришлось придумать за вас. Сначала расскажите: ${names.join('; ')}.`,
  );
}
