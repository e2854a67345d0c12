/** The small words every answer needs. */
import { parseDay } from '../calendar/civil.ts';
import { type Lang, sayDay } from '../law/say.ts';
import type { Day } from '../rules/ir.ts';

/** One of two texts, by the language. */
export const say = (lang: Lang, en: string, ru: string): string => (lang === 'ru' ? ru : en);

/** A day within a sentence: `19 December 2026`, `19 декабря 2026 года`. */
export const dayIn = (day: Day, lang: Lang): string =>
  lang === 'ru' ? `${sayDay(day, 'ru')} года` : sayDay(day, 'en');

/** The same of a day written `2026-12-19`. A text that is no day stays as it is. */
export const isoIn = (iso: string, lang: Lang): string => {
  const day = parseDay(iso);
  return day === undefined ? iso : dayIn(day, lang);
};

/** A minute written `2026-12-19 13:05`: the day in words, the time as it is. */
export const minuteIn = (text: string, lang: Lang): string => {
  const [day = '', ...time] = text.split(' ');
  return [isoIn(day, lang), ...time].join(', ');
};

/** A sentence as the part of another: its first letter small. */
export const within = (sentence: string): string => sentence.charAt(0).toLocaleLowerCase() + sentence.slice(1);
