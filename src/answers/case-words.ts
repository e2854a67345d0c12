/** What a worked case of the law expects, in words. */
import { parseDuration } from '../calendar/civil.ts';
import { type Lang, sayCount, sayDuration, sayMoney, sayValue } from '../law/say.ts';
import { readMoney } from '../law/values.ts';
import { isoIn, say } from './say.ts';

const FIELDS: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  used: ['used', 'использовано'],
  left: ['left', 'осталось'],
  lastDay: ['last day', 'последний день'],
  overstayDays: ['overstayed', 'просрочено'],
  nextEntry: ['next entry from', 'новый въезд с'],
  fine: ['fine', 'штраф'],
  ban: ['entry ban', 'запрет на въезд'],
  reached: ['reached', 'достигнуто'],
  reachedOn: ['reached on', 'достигнуто'],
  leave: ['leaving', 'выезд'],
  leaveBy: ['leave by', 'выехать до'],
  appeal: ['appeal', 'обжалование'],
  appealBy: ['appeal by', 'обжаловать до'],
};

/** `yes`, or `used: 10 days; left: 80 days`. A field without words here is written as the law writes it. */
export function caseWords(expect: unknown, lang: Lang): string {
  if (typeof expect !== 'object' || expect === null) return valueWords('', expect, lang);
  const fields = Object.entries(expect);
  if (fields.length === 0) return say(lang, 'nothing', 'ничего');
  return fields
    .map(([name, v]) => `${FIELDS[name]?.[lang === 'ru' ? 1 : 0] ?? name}: ${valueWords(name, v, lang)}`)
    .join('; ');
}

function valueWords(name: string, v: unknown, lang: Lang): string {
  if (v === 'yes' || v === 'no') return sayValue(v === 'yes', undefined, lang);
  if (v === 'unknown') return sayValue(undefined, undefined, lang);
  if (v === 'open') return say(lang, 'in time', 'в срок');
  if (v === 'late') return say(lang, 'late', 'опоздание');
  if (v === 'none') return say(lang, 'none', 'нет');
  if (typeof v === 'number') return name === '' ? String(v) : sayCount(v, 'day', lang);
  const text = String(v);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isoIn(text, lang);
  const span = text.startsWith('P') ? parseDuration(text) : undefined;
  if (span) return sayDuration(span, lang);
  const money = readMoney(text);
  return money ? sayMoney(money, lang) : text;
}
