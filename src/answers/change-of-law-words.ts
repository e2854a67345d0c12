/** What a change of the law means for a person, in words. */
import type { LawChange } from '../check/changes.ts';
import type { Lang } from '../law/say.ts';
import { say } from './say.ts';

const AFFECTS: Readonly<Record<NonNullable<LawChange['affects']>, readonly [en: string, ru: string]>> = {
  opens: ['opens something for you', 'открывает вам дорогу'],
  closes: ['closes something for you', 'закрывает вам дорогу'],
  alters: ['changes something for you', 'меняет ваши условия'],
  none: ['nothing changes for you', 'для вас ничего не меняет'],
  unknown: ['what it means for you is not known', 'что это значит для вас, неизвестно'],
};

export const affectsWords = (a: NonNullable<LawChange['affects']>, lang: Lang): string =>
  AFFECTS[a][lang === 'ru' ? 1 : 0];

/** What was and what is now, in a sentence; `undefined` where the change says it all. */
export function turnWords(c: LawChange, lang: Lang): string | undefined {
  if (c.before && c.after)
    return say(lang, `Before: ${c.before.en}. After: ${c.after.en}.`, `Было: ${c.before.ru}. Стало: ${c.after.ru}.`);
  if (c.after && c.kind !== 'begins') return c.after[lang];
  if (c.before && c.kind !== 'ends') return c.before[lang];
  return undefined;
}
