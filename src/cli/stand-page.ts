/** Where a person stands on a day: country, basis, last lawful day, documents. */
import type { LawBook } from '../law/book.ts';
import { type Lang, sayCount, sayDay } from '../law/say.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import type { Document, Situation } from '../person/types.ts';
import { countryName } from './countries.ts';
import type { Page } from './page.ts';

export function standing(page: Page, book: LawBook, s: Situation, lang: Lang): void {
  const lawful = lawfulUntil(book, s);
  page.heading(page.t('Where you stand', 'Где вы сейчас'));
  const place = s.place === undefined ? page.t('not told', 'не указано') : countryName(s.place, lang, book);
  const since =
    s.since === undefined ? '' : page.t(`, since ${sayDay(s.since, lang)}`, `, с ${sayDay(s.since, lang)} года`);
  page.row(page.t('Country', 'Страна'), `${place}${since}`);
  const under = lawful.under ?? s.under;
  const provision = under === undefined ? undefined : book.provisions.get(under);
  page.row(
    page.t('Basis', 'Основание'),
    provision
      ? provision.title[lang]
      : under === undefined
        ? page.t('not known', 'неизвестно')
        : page.t(`${under} (not in the law here)`, `${under} (в базе нет)`),
  );
  const { until } = lawful;
  let last: string;
  if (until !== undefined) {
    const days = until - s.on + 1;
    const left = days > 0 ? sayCount(days, 'day', lang) : undefined;
    last = left
      ? page.t(
          `${sayDay(until, lang)} (${left} left, today included)`,
          `${sayDay(until, lang)} года (считая сегодня: ${left})`,
        )
      : page.t(`${sayDay(until, lang)}: it has passed`, `${sayDay(until, lang)} года: он уже прошёл`);
    if (!lawful.known) last += page.t('; not certain', '; не наверняка');
  } else if (lawful.known) last = page.t('no end', 'без срока');
  else
    last = page.t(
      'not known: nothing here says until when you may stay',
      'неизвестен: до какого дня можно оставаться, из базы не следует',
    );
  page.row(page.t('Last day', 'Крайний день'), last);
  const docs = s.documents;
  if (docs === undefined) page.row(page.t('Passport', 'Паспорт'), page.t('not told', 'не указан'));
  docs?.forEach((d, i) => {
    page.row(i === 0 ? page.t('Documents', 'Документы') : '', documentWords(d, lang));
  });
  if (docs?.length === 0) page.row(page.t('Documents', 'Документы'), page.t('none', 'нет'));
}

const KINDS: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  passport: ['passport', 'загранпаспорт'],
  'internal-passport': ['internal passport', 'внутренний паспорт'],
  'diplomatic-passport': ['diplomatic passport', 'дипломатический паспорт'],
  'service-passport': ['service passport', 'служебный паспорт'],
  'seafarer-document': ['seafarer’s document', 'удостоверение моряка'],
  'refugee-travel-document': ['refugee travel document', 'проездной документ беженца'],
  'alien-passport': ['alien’s passport', 'паспорт иностранца'],
  'stateless-travel-document': ['stateless person’s travel document', 'проездной документ лица без гражданства'],
  'return-certificate': ['certificate of return', 'свидетельство на возвращение'],
};

/** `passport of Russia without a chip, valid until 1 February 2028`. */
export function documentWords(d: Document, lang: Lang): string {
  const [en, ru] = KINDS[d.kind ?? ''] ?? ['document', 'документ'];
  const parts: string[] = [lang === 'ru' ? ru : en];
  if (d.country) parts.push(`(${countryName(d.country, lang)})`);
  const rest: string[] = [];
  if (d.kind === 'passport') {
    if (d.biometric === true) rest.push(lang === 'ru' ? 'с чипом' : 'with a chip');
    else if (d.biometric === false) rest.push(lang === 'ru' ? 'без чипа' : 'without a chip');
    else rest.push(lang === 'ru' ? 'есть ли чип, не указано' : 'chip or not: not told');
  }
  if (d.expires !== undefined)
    rest.push(
      lang === 'ru' ? `действителен до ${sayDay(d.expires, 'ru')} года` : `valid until ${sayDay(d.expires, 'en')}`,
    );
  return [parts.join(' '), ...rest].join(', ');
}
