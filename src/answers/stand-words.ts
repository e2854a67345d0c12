/** Where a person stands on a day, in words: country, basis, last lawful day, documents. */
import { ladderStep } from '../check/cases.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import { fillText, type Lang, sayCount, sayDay } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { type Lawful, lawfulUntil } from '../moves/lawful.ts';
import { isCurrent } from '../person/situation.ts';
import type { Document, Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { countryName } from './countries.ts';
import { standingPaperWords } from './leg-papers.ts';
import { doubtWords } from './plan-words.ts';
import { dayIn, say } from './say.ts';

export type Standing = {
  readonly lawful: Lawful;
  /** `Georgia, since 20 December 2025`. */
  readonly country: string;
  readonly basis: string;
  /** The status or stay rule, where the law here has it. */
  readonly rule: string | undefined;
  /** The last lawful day in words, with the days left. */
  readonly last: string;
  readonly until: Day | undefined;
  /** Days left, the day asked about included; 0 or less where it has passed; `undefined` where there is no such day. */
  readonly daysLeft: number | undefined;
  /** One line an application that waits for its answer. */
  readonly waiting: readonly string[];
  /** That the passport does not last as long, and what can be done; empty where it does, or its end is not told. */
  readonly papers: readonly string[];
  /** Where the last day has passed: what the law of that country says of so many days over it; else empty. */
  readonly over: readonly string[];
  /** What the last day rests on that is not certain, a sentence each. */
  readonly doubts: readonly string[];
  /** Whether the day rests on nothing unknown. */
  readonly sure: boolean;
  /** One line a document; `undefined` where nothing was told. */
  readonly documents: readonly string[] | undefined;
};

export function standingOf(book: LawBook, s: Situation, lang: Lang): Standing {
  const lawful = lawfulUntil(book, s);
  const place = s.place === undefined ? say(lang, 'not told', 'не указано') : countryName(s.place, lang, book);
  const since =
    s.since === undefined ? '' : say(lang, `, since ${dayIn(s.since, lang)}`, `, с ${dayIn(s.since, lang)}`);
  const under = lawful.under ?? s.under;
  const provision = under === undefined ? undefined : book.provisions.get(under);
  const basis = provision
    ? provision.title[lang]
    : under === undefined
      ? say(lang, 'not known', 'неизвестно')
      : say(lang, `${under} (not in the law here)`, `${under} (в базе нет)`);
  const { until } = lawful;
  const daysLeft = until === undefined ? undefined : until - s.on + 1;
  return {
    lawful,
    country: `${place}${since}`,
    basis,
    rule: provision?.id,
    last: `${lastWords(lawful, daysLeft, lang)}${until === undefined ? '' : oldWords(provision, s.on, lang)}`,
    until,
    daysLeft,
    waiting: s.pending.map((p) => {
      const title = book.provisions.get(p.route)?.title[lang] ?? p.route;
      const when = p.late ? '' : say(lang, `, filed on ${dayIn(p.filed, lang)}`, `, подано ${dayIn(p.filed, lang)}`);
      return `${title}${when}`;
    }),
    over: daysLeft !== undefined && daysLeft <= 0 ? overWords(book, s, 1 - daysLeft, lang) : [],
    papers: standingPaperWords(book, s, until, lang),
    doubts: [
      ...lawful.doubts.map((d) => doubtWords(book, d, s.on)[lang]),
      ...(under !== undefined && statusTerms(book, under) === undefined && provision === undefined
        ? [strangeWords(book, s, under, lang)]
        : []),
    ],
    sure: lawful.known,
    documents: s.documents?.map((d) => documentWords(d, lang)),
  };
}

/** `27 days left, today included`. `days`: one at least. */
export function leftWords(days: number, lang: Lang): string {
  const one = days % 10 === 1 && days % 100 !== 11;
  return say(
    lang,
    `${sayCount(days, 'day', 'en')} left, today included`,
    `${one ? 'остался' : 'осталось'} ${sayCount(days, 'day', 'ru')}, считая сегодня`,
  );
}

/** That the evidence of the rule is past its day, or that its sources disagree: no day that rests on it is told as a calm fact. */
const oldWords = (rule: Provision | undefined, on: Day, lang: Lang): string =>
  rule && (on > rule.expires || rule.verified.confidence === 'conflicting')
    ? say(
        lang,
        `; verify: evidence of ${dayIn(rule.verified.on, lang)}`,
        `; проверьте: сведения на ${dayIn(rule.verified.on, lang)}`,
      )
    : '';

/** How many of the country's permits are named to choose from. */
const NAMED = 8;

/** What is held is not in the law here: what that means for the plans, and which names the law of the country has. */
function strangeWords(book: LawBook, s: Situation, status: string, lang: Lang): string {
  const to = s.holdings?.find((h) => h.status === status && isCurrent(h, s.on))?.to;
  const known = ofKind(book, 'route')
    .filter((p) => p.jurisdiction === s.place && p.grants?.status === p.id && p.status?.stands === 'permit')
    .map((p) => p.id);
  const list = `${known.slice(0, NAMED).join(', ')}${known.length > NAMED ? ', …' : ''}`;
  const told =
    to === undefined
      ? ''
      : say(
          lang,
          ` You told that it runs until ${dayIn(to, lang)}.`,
          ` Вы указали, что он действует до ${dayIn(to, lang)}.`,
        );
  const names = known.length
    ? say(
        lang,
        ` If it is one of these under another name, write that: ${list}.`,
        ` Если это одно из следующих под другим именем, укажите его: ${list}.`,
      )
    : '';
  return say(
    lang,
    `The law here knows no status ${status}, neither its end nor how it is extended. Plans may therefore send you away although you may stay: do not leave because of them.${told}${names}`,
    `Статуса ${status} в базе нет: ни когда он кончается, ни как его продлить. Поэтому планы могут предложить отъезд, хотя вам можно остаться: не уезжайте только из-за них.${told}${names}`,
  );
}

/** What overstaying brings in the country where the person is, in the words of its ladder, and that leaving is looked at too. */
function overWords(book: LawBook, s: Situation, days: number, lang: Lang): string[] {
  const over = say(
    lang,
    `You are ${sayCount(days, 'day', 'en')} over the last lawful day. This is looked at on the way out too: speak to a lawyer before you go to the border or to the police.`,
    `Сверх законного срока: ${sayCount(days, 'day', 'ru')}. На это смотрят и при выезде: поговорите с юристом, прежде чем ехать к границе или идти в полицию.`,
  );
  const ladder = s.place === undefined ? undefined : ofKind(book, 'overstay').find((p) => p.jurisdiction === s.place);
  const step = ladder && inForce(ladder, s.on) !== 'no' ? ladderStep(ladder, days, s.on) : undefined;
  return ladder && step?.says ? [over, fillText(step.says, ladder, s.on)[lang]] : [over];
}

function lastWords({ until, known }: Lawful, days: number | undefined, lang: Lang): string {
  if (until === undefined || days === undefined)
    return known
      ? say(lang, 'no end', 'без срока')
      : say(
          lang,
          'not known: nothing here says until when you may stay',
          'неизвестен: до какого дня можно оставаться, из базы не следует',
        );
  const words =
    days > 0
      ? `${dayIn(until, lang)} (${leftWords(days, lang)})`
      : say(lang, `${dayIn(until, lang)}: it has passed`, `${dayIn(until, lang)}: он уже прошёл`);
  return known ? words : words + say(lang, '; not certain', '; не наверняка');
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
  'laissez-passer': ['paper for one journey', 'бумага на одну поездку'],
};

/** `passport (Russia)`. */
export function paperName(d: Pick<Document, 'kind' | 'country'>, lang: Lang): string {
  const [en, ru] = KINDS[d.kind ?? ''] ?? ['document', 'документ'];
  return `${lang === 'ru' ? ru : en}${d.country ? ` (${countryName(d.country, lang)})` : ''}`;
}

/** `passport (Russia), without a chip, valid until 1 February 2028`. */
export function documentWords(d: Document, lang: Lang): string {
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
  return [paperName(d, lang), ...rest].join(', ');
}
