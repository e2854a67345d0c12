/** A fact as a question on the page: its words, and what may be answered. From the facts' own types; nothing is listed by hand. */

import { factLabel, plainWords } from '../../answers/change-words.ts';
import { codeWords, fieldWords } from '../../answers/code-words.ts';
import { countryName } from '../../answers/countries.ts';
import { ALL_COUNTRIES } from '../../answers/country-codes.ts';
import { inOrder } from '../../answers/order.ts';
import { isoIn, say } from '../../answers/say.ts';
import { type LawBook, membersOf, statusTerms } from '../../law/book.ts';
import { type Lang, plural, sayMoney, sayNumber } from '../../law/say.ts';
import { readMoney } from '../../law/values.ts';
import { stayRulesFor } from '../../moves/lawful.ts';
import type { Day, FactDef, Type } from '../../rules/ir.ts';
import { type Answers, answerTo, type Entry, type Plain, partOf } from '../state/answers.ts';

export type Option = { readonly code: string; readonly label: string };
export type OptionGroup = { readonly label: string; readonly options: readonly Option[] };

export type Field = {
  /** The fact, or the field of a record. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'boolean' | 'date' | 'number' | 'money' | 'code' | 'codes';
  readonly groups?: readonly OptionGroup[];
  /** `months`, `per year`: what stands behind a number. */
  readonly unit?: string;
  readonly currencies?: readonly string[];
  readonly range?: { readonly min: number; readonly max: number };
};

export type Question = {
  readonly fact: string;
  readonly ask: string;
  readonly label: string;
  readonly why: string | undefined;
  readonly sensitivity: FactDef['sensitivity'];
  /** One value, or the fields of each entry of a list. */
  readonly field?: Field;
  readonly list?: readonly Field[];
};

const UNITS: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  years: ['years', 'лет'],
  months: ['months', 'месяцев'],
  days: ['days', 'дней'],
  hours: ['hours', 'часов'],
  points: ['points', 'баллов'],
  percent: ['per cent', 'процентов'],
  people: ['people', 'человек'],
  year: ['a year', 'в год'],
  month: ['a month', 'в месяц'],
  week: ['a week', 'в неделю'],
  day: ['a day', 'в день'],
  hour: ['an hour', 'в час'],
};

const unitWords = (unit: string, lang: Lang): string | undefined => UNITS[unit]?.[lang === 'ru' ? 1 : 0];

/** The question of a fact; `undefined` if there is no such fact, or it is computed from others. */
export function questionOf(book: LawBook, fact: string, answers: Answers, on: Day, lang: Lang): Question | undefined {
  const def = book.schema.facts.get(fact);
  const part = partOf(fact);
  if (!def || (def.derivedFrom && !part)) return undefined;
  const common = {
    fact,
    ask: def.question?.[lang] ?? def.label[lang],
    label: def.label[lang],
    why: def.why?.[lang],
    sensitivity: def.sensitivity,
  };
  const place = answerTo(answers, 'now.country');
  const country = place?.k === 'value' ? String(place.v) : undefined;
  if (def.type.t === 'records') {
    const record = def.type.of;
    const fields = [...(book.schema.records.get(record) ?? [])];
    return {
      ...common,
      list: fields
        // What is computed from the others is not asked.
        .filter(([name]) => !(record === 'statuses' && name === 'current') && !(record === 'family' && name === 'age'))
        .map(([name, type]) =>
          fieldOf(
            book,
            name,
            fieldWords(record, name, lang),
            type,
            on,
            lang,
            record === 'family' ? undefined : country,
          ),
        ),
    };
  }
  const field = fieldOf(book, fact, def.label[lang], def.type, on, lang, country);
  return { ...common, field: def.range ? { ...field, range: def.range } : field };
}

function fieldOf(
  book: LawBook,
  name: string,
  label: string,
  type: Type,
  on: Day,
  lang: Lang,
  country: string | undefined,
): Field {
  switch (type.t) {
    case 'boolean':
    case 'date':
      return { name, label, kind: type.t };
    case 'number': {
      const unit = unitWords(type.unit, lang);
      return { name, label, kind: 'number', ...(unit ? { unit } : {}) };
    }
    case 'money': {
      const unit = unitWords(type.per, lang);
      return {
        name,
        label,
        kind: 'money',
        ...(unit ? { unit } : {}),
        currencies: currencies(book),
      };
    }
    case 'code':
    case 'codes':
      return { name, label, kind: type.t, groups: choices(book, type.set, on, lang, country) };
    default:
      throw new Error(`The fact ${name} is of a kind (${type.t}) that cannot be asked.`);
  }
}

/** Euro and dollar first, then what the law has a rate for. */
export const currencies = (book: LawBook): string[] => [
  ...new Set(['EUR', 'USD', 'RUB', ...Object.keys(book.rates).sort()]),
];

function choices(book: LawBook, set: string, on: Day, lang: Lang, country: string | undefined): OptionGroup[] {
  if (set === 'country') {
    const known = new Set([
      'ru',
      ...[...book.provisions.values()].map((p) => p.jurisdiction).filter((j) => j.length === 2),
    ]);
    const named = (codes: Iterable<string>) =>
      [...codes]
        .map((code) => ({ code, label: countryName(code, lang) }))
        .sort((a, b) => inOrder(lang)(a.label, b.label));
    return [
      { label: say(lang, 'Countries in the law here', 'Страны, о которых здесь есть право'), options: named(known) },
      {
        label: say(lang, 'Other countries', 'Другие страны'),
        options: named(ALL_COUNTRIES.filter((c) => !known.has(c))),
      },
    ];
  }
  if (set === 'status') return statuses(book, on, lang, country);
  const codes = book.schema.sets.get(set)?.codes ?? [];
  const options = codes.map((code) => ({ code, label: codeWords(set, code, lang) }));
  if (book.schema.sets.get(set)?.ordered) return [{ label: '', options }];
  if (!book.schema.sets.get(set)?.open) return [{ label: '', options }];
  return [
    { label: '', options: options.sort((a, b) => inOrder(lang)(a.label, b.label)) },
    { label: '', options: [{ code: 'other', label: say(lang, 'another one', 'другая') }] },
  ];
}

/** Stay rules and statuses that a person may be under: of the country they are in first, then by country. */
function statuses(book: LawBook, on: Day, lang: Lang, country: string | undefined): OptionGroup[] {
  const byPlace = new Map<string, Option[]>();
  for (const p of book.provisions.values()) {
    const terms = p.kind === 'stay' || p.status ? statusTerms(book, p.id) : undefined;
    if (!terms) continue;
    const list = byPlace.get(p.jurisdiction) ?? [];
    list.push({ code: p.id, label: p.title[lang] });
    byPlace.set(p.jurisdiction, list);
  }
  const here = new Set<string>();
  if (country !== undefined) {
    for (const r of stayRulesFor(book, country, on)) here.add(r.id);
    for (const [place, list] of byPlace)
      if (place === country || (membersOf(book, place, on) ?? []).includes(country))
        for (const o of list) here.add(o.code);
  }
  const sorted = (list: readonly Option[]) => [...list].sort((a, b) => inOrder(lang)(a.label, b.label));
  const groups = [...byPlace]
    .map(([place, list]) => ({
      label: countryName(place, lang, book),
      options: sorted(list.filter((o) => !here.has(o.code))),
    }))
    .filter((g) => g.options.length)
    .sort((a, b) => inOrder(lang)(a.label, b.label));
  if (here.size === 0) return groups;
  const own = sorted([...byPlace.values()].flat().filter((o) => here.has(o.code)));
  return [{ label: countryName(country as string, lang), options: own }, ...groups];
}

// ---- the summary

export type SummaryRow = {
  readonly fact: string;
  readonly label: string;
  readonly value: string;
  readonly kind: 'value' | 'unknown' | 'withheld';
  /** Lines of a list, one an entry. */
  readonly lines?: readonly string[];
  /** How many answers of the law look different without it; `undefined` while that is not known. */
  readonly matters?: number;
  readonly sensitivity: FactDef['sensitivity'];
};
export type SummaryView = { readonly rows: readonly SummaryRow[] };

/** Every answer in words, in the order of the facts. */
export function summaryRows(book: LawBook, answers: Answers, lang: Lang): SummaryRow[] {
  const out: SummaryRow[] = [];
  for (const def of book.schema.facts.values()) {
    const answer = partOf(def.name) ? answers[def.name] : answerTo(answers, def.name);
    if (!answer) continue;
    const common = {
      fact: def.name,
      label: factLabel(book, def.name, lang),
      kind: answer.k,
      sensitivity: def.sensitivity,
    };
    if (answer.k !== 'value') {
      out.push({
        ...common,
        value:
          answer.k === 'unknown'
            ? say(lang, 'I don’t know', 'Не знаю')
            : say(lang, 'Rather not said', 'Не хочу говорить'),
      });
    } else if (def.type.t === 'records') {
      const list = answer.v as readonly Entry[];
      const record = def.type.of;
      out.push({
        ...common,
        value:
          list.length === 0
            ? say(lang, 'none', 'нет')
            : `${list.length} ${plural(list.length, lang, lang === 'ru' ? ['запись', 'записи', 'записей'] : ['entry', 'entries', 'entries'])}`,
        lines: list.map((e) => entryWords(book, record, e, lang)),
      });
    } else out.push({ ...common, value: valueIn(book, def.type, answer.v, lang) });
  }
  return out;
}

/** One entry of a list in a line: `Country: Georgia; First day: 1 March 2026`. */
export function entryWords(book: LawBook, record: string, e: Entry, lang: Lang): string {
  const types = book.schema.records.get(record);
  const parts = Object.entries(e).map(([field, v]) => {
    const type = types?.get(field);
    return `${fieldWords(record, field, lang)}: ${type ? valueIn(book, type, v as Plain, lang) : String(v)}`;
  });
  return parts.join('; ') || say(lang, 'nothing told', 'ничего не указано');
}

/** A value of a type in words. */
export function valueIn(book: LawBook, type: Type, v: Plain, lang: Lang): string {
  switch (type.t) {
    case 'boolean':
      return v === true ? say(lang, 'yes', 'да') : say(lang, 'no', 'нет');
    case 'date':
      return isoIn(String(v), lang);
    case 'money': {
      const m = readMoney(v);
      return m ? sayMoney(m, lang) : String(v);
    }
    case 'number':
      return typeof v === 'number' ? `${sayNumber(v, lang)} ${unitWords(type.unit, lang) ?? ''}`.trim() : String(v);
    case 'code':
      return codeIn(book, type.set, String(v), lang);
    case 'codes': {
      const list = v as readonly string[];
      return list.length ? list.map((c) => codeIn(book, type.set, c, lang)).join(', ') : say(lang, 'none', 'нет');
    }
    default:
      return plainWords(book, '', v, lang);
  }
}

function codeIn(book: LawBook, set: string, code: string, lang: Lang): string {
  if (set === 'country') return countryName(code, lang, book);
  if (set === 'status') return book.provisions.get(code)?.title[lang] ?? code;
  return codeWords(set, code, lang);
}

/** Facts whose removal alone changes the answer on some route or until when one may stay; counted by the caller. */
export const askedFacts = (book: LawBook): Set<string> =>
  new Set([...book.schema.facts.values()].filter((f) => !f.derivedFrom).map((f) => f.name));
