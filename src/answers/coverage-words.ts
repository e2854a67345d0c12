/** What is not covered and what no answer promises, in words: it stands at the end of everything. */
import type { Lang } from '../law/say.ts';
import { say } from './say.ts';

const WHY: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  'no-source': ['no source', 'нет источника'],
  'not-modelled': ['not in the program', 'не описано в программе'],
  conflicting: ['sources disagree', 'источники расходятся'],
  'out-of-date': ['out of date', 'устарело'],
};

/** Why something is missing from the law here. */
export const gapWords = (why: string, lang: Lang): string => WHY[why]?.[lang === 'ru' ? 1 : 0] ?? why;

/** Unknown stays unknown; nothing is promised; this is not a lawyer. */
export const pleaseNote = (lang: Lang): readonly string[] => [
  say(
    lang,
    'Whatever you did not tell is treated as unknown, neither as yes nor as no. Nothing here is a promise: only the authority decides.',
    'Всё, чего вы не сообщили, считается неизвестным: ни «да», ни «нет». Здесь нет обещаний: решает только ведомство.',
  ),
  say(
    lang,
    'Foothold is not a lawyer. Check what matters against its source, and speak to a lawyer or an adviser before you act.',
    '«Опора» — не юрист. Важное сверьте с источником и поговорите с юристом или консультантом, прежде чем действовать.',
  ),
];
