/** Words of the law with its numbers filled in: `{salaryMin}` becomes the parameter's value on the day, in the language. */
import { formatDay } from '../calendar/civil.ts';
import type { Day, Duration, Money, Text, Type, Value } from '../rules/ir.ts';
import { paramAt } from './resolve.ts';
import type { Provision } from './types.ts';

/** The languages of all texts of the law and of all answers. */
export type Lang = 'en' | 'ru';

const MONTHS_RU = [
  'января',
  'февраля',
  'марта',
  'апреля',
  'мая',
  'июня',
  'июля',
  'августа',
  'сентября',
  'октября',
  'ноября',
  'декабря',
];
const MONTHS_EN = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A day in words: `19 December 2026`, `19 декабря 2026`. */
export function sayDay(day: Day, lang: Lang): string {
  const [y, m, d] = formatDay(day).split('-').map(Number) as [number, number, number];
  const month = (lang === 'ru' ? MONTHS_RU : MONTHS_EN)[m - 1] as string;
  return `${d} ${month} ${y}`;
}

// Made once: making one takes longer than all that is asked of it.
const RUSSIAN_PLURALS = new Intl.PluralRules('ru');

/** Russian and English plural forms: `plural(5, 'ru', ['день', 'дня', 'дней'])`. */
export function plural(n: number, lang: Lang, forms: readonly [string, string, string]): string {
  if (lang === 'en') return n === 1 ? forms[0] : forms[1];
  const category = RUSSIAN_PLURALS.select(n);
  return category === 'one' ? forms[0] : category === 'few' ? forms[1] : category === 'many' ? forms[2] : forms[1];
}

const UNITS: Record<string, Record<Lang, readonly [string, string, string]>> = {
  day: { en: ['day', 'days', 'days'], ru: ['день', 'дня', 'дней'] },
  month: { en: ['month', 'months', 'months'], ru: ['месяц', 'месяца', 'месяцев'] },
  year: { en: ['year', 'years', 'years'], ru: ['год', 'года', 'лет'] },
  hour: { en: ['hour', 'hours', 'hours'], ru: ['час', 'часа', 'часов'] },
  point: { en: ['point', 'points', 'points'], ru: ['балл', 'балла', 'баллов'] },
};

/** A number with its unit in the right form: `45 days`, `45 дней`. */
export function sayCount(n: number, unit: 'day' | 'month' | 'year' | 'hour' | 'point', lang: Lang): string {
  return `${sayNumber(n, lang)} ${plural(n, lang, (UNITS[unit] as Record<Lang, readonly [string, string, string]>)[lang])}`;
}

/** A number with thousands apart: `45,300` / `45 300`. */
export function sayNumber(n: number, lang: Lang): string {
  const [whole, part] = String(Math.round(n * 100) / 100).split('.') as [string, string | undefined];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'ru' ? '\u00a0' : ',');
  return part ? `${grouped}${lang === 'ru' ? ',' : '.'}${part}` : grouped;
}

/** A duration in words: `1 year 6 months`. */
export function sayDuration(d: Duration, lang: Lang): string {
  const years = Math.trunc(d.months / 12);
  const months = d.months % 12;
  const parts = [];
  if (years && (months === 0 || years > 1 || d.months > 23)) parts.push(sayCount(years, 'year', lang));
  const rest = parts.length ? months : d.months;
  if (rest) parts.push(sayCount(rest, 'month', lang));
  if (d.days || parts.length === 0) parts.push(sayCount(d.days, 'day', lang));
  return parts.join(lang === 'ru' ? ' ' : ' ');
}

/** Money as people write it: `EUR 45,300` / `45 300 EUR`. */
export function sayMoney(m: Money, lang: Lang): string {
  return lang === 'ru'
    ? `${sayNumber(m.amount, 'ru')}\u00a0${m.currency}`
    : `${m.currency}\u00a0${sayNumber(m.amount, 'en')}`;
}

/** A value of a type in words. */
export function sayValue(v: Value | undefined, type: Type | undefined, lang: Lang): string {
  if (v === undefined) return lang === 'ru' ? 'неизвестно' : 'unknown';
  if (typeof v === 'boolean') return lang === 'ru' ? (v ? 'да' : 'нет') : v ? 'yes' : 'no';
  if (typeof v === 'number') {
    if (type?.t === 'date') return sayDay(v, lang);
    const unit = type?.t === 'number' ? type.unit.replace(/s$/, '') : '';
    if (unit === 'percent') return `${sayNumber(v, lang)}${lang === 'ru' ? '\u00a0' : ''}%`;
    return unit in UNITS ? sayCount(v, unit as 'day', lang) : sayNumber(v, lang);
  }
  if (typeof v === 'string') return v;
  if ('amount' in v) return sayMoney(v as Money, lang);
  if ('months' in v) return sayDuration(v as Duration, lang);
  return (v as readonly unknown[]).map((x) => (typeof x === 'string' ? x : JSON.stringify(x))).join(', ');
}

/** Whether the text names the unit itself: "{contractMonths} months". */
const unitFollows = (rest: string): boolean =>
  /^[\s\u00a0-]*(months?|years?|days?|hours?|points?|%|percent|мес|лет|год|дн|день|час|балл)/i.test(rest);

const filled = new WeakMap<Text, { readonly p: Provision; readonly on: Day; readonly text: Text }>();

/** Fills `{param}` in both languages with the provision's values on a day. A parameter without a value says so. */
export function fillText(text: Text, p: Provision, on: Day): Text {
  const have = filled.get(text);
  if (have?.p === p && have.on === on) return have.text;
  const made = withValues(text, p, on);
  filled.set(text, { p, on, text: made });
  return made;
}

function withValues(text: Text, p: Provision, on: Day): Text {
  const fill = (s: string, lang: Lang) =>
    s.replace(/\{([a-zA-Z0-9]+)\}/g, (whole, name: string, at: number) => {
      const param = p.params[name];
      if (!param) return whole;
      const v = paramAt(p, name, on);
      return v === undefined
        ? lang === 'ru'
          ? '(число на этот день не известно)'
          : '(not known for this day)'
        : unitFollows(s.slice(at + whole.length)) && typeof v === 'number' && param.type.t === 'number'
          ? sayNumber(v, lang)
          : sayValue(v, param.type, lang);
    });
  return { en: fill(text.en, 'en'), ru: fill(text.ru, 'ru') };
}
