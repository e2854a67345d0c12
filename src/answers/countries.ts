/** Names of countries and areas in the reader's language. */
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { IN_RU } from './countries.ru.ts';

/** Short names that titles use. */
const SHORT: Readonly<Record<string, string>> = { ae: 'UAE', gb: 'UK', us: 'US' };

const names = new Map<Lang, Intl.DisplayNames>();
/** Where the usual short name is another one than the registry's. */
const OWN: Record<Lang, Readonly<Record<string, string>>> = {
  en: { tr: 'Turkey', cz: 'Czechia', ae: 'United Arab Emirates', kg: 'Kyrgyzstan' },
  ru: { kg: 'Кыргызстан', us: 'США', ae: 'ОАЭ', by: 'Беларусь' },
};

/** `Georgia`, `Грузия`; an area by its title; the code itself where no name is known. */
export function countryName(code: string, lang: Lang, book?: LawBook): string {
  const area = book?.areas.get(code);
  if (area) return area.title[lang];
  const own = OWN[lang][code];
  if (own) return own;
  if (!/^[a-z]{2}$/.test(code)) return code;
  const have = names.get(lang) ?? new Intl.DisplayNames([lang], { type: 'region', fallback: 'none' });
  names.set(lang, have);
  return have.of(code.toUpperCase()) ?? code.toUpperCase();
}

/** `in Georgia`, `в Грузии`. */
export function inCountry(code: string, lang: Lang): string {
  if (lang === 'en') return `in ${the(code)}${countryName(code, 'en')}`;
  return IN_RU[code]?.[0] ?? `в стране: ${countryName(code, 'ru')}`;
}

/** `to Georgia`, `в Грузию`. */
export function toCountry(code: string, lang: Lang): string {
  if (lang === 'en') return `to ${the(code)}${countryName(code, 'en')}`;
  return IN_RU[code]?.[1] ?? `в страну: ${countryName(code, 'ru')}`;
}

/** `without Georgia`, `без Грузии`. */
export function withoutCountry(code: string, lang: Lang): string {
  if (lang === 'en') return `without ${the(code)}${countryName(code, 'en')}`;
  return IN_RU[code]?.[2] ?? `без страны: ${countryName(code, 'ru')}`;
}

const the = (code: string): string => (['ae', 'gb', 'nl', 'us'].includes(code) ? 'the ' : '');

/** A title with its country, where it does not name it already. */
export function titleWithCountry(
  x: { readonly title: { readonly en: string; readonly ru: string }; readonly jurisdiction: string },
  lang: Lang,
  book?: LawBook,
): string {
  const title = x.title[lang];
  const name = countryName(x.jurisdiction, lang, book);
  const stem = lang === 'ru' ? name.replace(/[аяий]+$/, '') : name;
  const short = SHORT[x.jurisdiction];
  return title.includes(stem) || (short && new RegExp(`\\b${short}\\b`).test(title)) ? title : `${title} (${name})`;
}
