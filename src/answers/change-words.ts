/** Facts, values and changes of facts in words. */
import { parseDay, parseDuration } from '../calendar/civil.ts';
import type { Nearest } from '../check/nearest.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import { type Lang, sayCount, sayDuration, sayMoney, sayValue } from '../law/say.ts';
import { readMoney } from '../law/values.ts';
import type { Value } from '../rules/ir.ts';
import { codeWords } from './code-words.ts';
import { countryName, titleWithCountry } from './countries.ts';

/** The label of a fact; the fact's own name where it has none. */
export function factLabel(book: LawBook, fact: string, lang: Lang): string {
  return book.schema.facts.get(fact)?.label[lang] ?? fact;
}

/** A status by the title of what grants it; by its id where the law here has none of that id. */
function statusName(book: LawBook, id: string, lang: Lang): string {
  const p = book.provisions.get(id) ?? statusTerms(book, id)?.provision;
  return p
    ? `${lang === 'ru' ? '«' : '“'}${titleWithCountry({ title: p.title, jurisdiction: p.jurisdiction }, lang, book)}${lang === 'ru' ? '»' : '”'}`
    : id;
}

/** A fact's value in words. Countries and statuses by their names. */
export function valueWords(book: LawBook, fact: string, value: Value, lang: Lang): string {
  const type = book.schema.facts.get(fact)?.type;
  if (type?.t === 'code' && type.set === 'country') return countryName(String(value), lang, book);
  if (type?.t === 'code' && type.set === 'status') return statusName(book, String(value), lang);
  // A level of a language is known by its letters (B1): its words are for who chooses one.
  if (type?.t === 'code' && type.set !== 'level') return codeWords(type.set, String(value), lang);
  if (type?.t === 'codes' && Array.isArray(value)) {
    if (value.length === 0) return lang === 'ru' ? 'нет' : 'none';
    if (type.set === 'country') return (value as string[]).map((c) => countryName(c, lang, book)).join(', ');
    if (type.set === 'status') return (value as string[]).map((c) => statusName(book, c, lang)).join(', ');
  }
  return sayValue(value, type, lang);
}

/** A value as plain JSON (a person file's way of writing) in words. */
export function plainWords(book: LawBook, fact: string, value: unknown, lang: Lang): string {
  if (value === null || value === undefined) return lang === 'ru' ? 'неизвестно' : 'unknown';
  const type = book.schema.facts.get(fact)?.type;
  if (typeof value === 'string') {
    if (type?.t === 'date') return sayValue(parseDay(value), type, lang);
    if (type?.t === 'money') {
      const m = readMoney(value);
      return m ? sayMoney(m, lang) : value;
    }
    if (type?.t === 'duration') {
      const d = parseDuration(value);
      return d ? sayDuration(d, lang) : value;
    }
  }
  if (Array.isArray(value) && value.some((x) => typeof x === 'object')) return lang === 'ru' ? 'список' : 'a list';
  return valueWords(book, fact, value as Value, lang);
}

/** `Would open it: Biometric passport: yes (now: no). About 3 months.` */
export function changeWords(book: LawBook, n: Nearest, lang: Lang): string {
  const steps = n.change.map((c) => {
    const to = plainWords(book, c.fact, c.to, lang);
    const now = plainWords(book, c.fact, c.from, lang);
    return `${factLabel(book, c.fact, lang)}: ${to} (${lang === 'ru' ? 'сейчас' : 'now'}: ${now})`;
  });
  const months = Math.ceil(n.cost);
  const cost =
    months > 0
      ? lang === 'ru'
        ? `Примерно ${sayCount(months, 'month', 'ru')} усилий.`
        : `About ${sayCount(months, 'month', 'en')} of effort.`
      : '';
  return `${lang === 'ru' ? 'Откроет' : 'Would open it'}: ${steps.join('; ')}. ${cost}`.trim();
}
