/** Where a person stands: the last lawful day and the rule behind it, what is held, what ends when. */
import { deadlineSays } from '../../answers/deadline-words.ts';
import { dayIn, say } from '../../answers/say.ts';
import { leftWords, standingOf } from '../../answers/stand-words.ts';
import { formatDay, weekday } from '../../calendar/civil.ts';
import { remarks } from '../../check/check.ts';
import { deadlines } from '../../check/deadlines.ts';
import type { LawBook } from '../../law/book.ts';
import { fillText, type Lang, sayCount } from '../../law/say.ts';
import type { Provision } from '../../law/types.ts';
import { dangersIn } from '../../moves/dangers.ts';
import { helpHere } from '../../moves/helpers.ts';
import { stayAnswer } from '../../moves/stay.ts';
import { isCurrent } from '../../person/situation.ts';
import type { Situation } from '../../person/types.ts';
import type { Day } from '../../rules/ir.ts';
import { type DangerView, dangerView } from './danger-view.ts';
import { type SourceLine, sourceLines } from './sources.ts';

/** A day on which something ends. */
export type Deadline = {
  readonly day: string;
  /** `19 December 2026`, and the day of the week. */
  readonly words: string;
  readonly weekday: string;
  /** `27 days left, today included`; or that it has passed. */
  readonly left: string;
  readonly passed: boolean;
  readonly what: string;
  readonly sure: boolean;
  readonly kind: 'stay' | 'document' | 'status';
};

export type StandView = {
  /** Where the person is, by code. */
  readonly place: string | undefined;
  readonly country: string;
  readonly basis: string;
  readonly last: string;
  /** Applications that wait for their answer. */
  readonly waiting: readonly string[];
  readonly documents: readonly string[] | undefined;
  /** What the last day rests on that is not certain. */
  readonly doubts: readonly string[];
  /** That the passport does not last as long as the stay, and what can be done. */
  readonly papers: readonly string[];
  readonly holdings: readonly string[] | undefined;
  /** Earliest first. */
  readonly deadlines: readonly Deadline[];
  readonly rule: { readonly id: string; readonly title: string; readonly verify: string | undefined } | undefined;
  /** Days used and left under the stay rule, where they are counted. */
  readonly counted: { readonly used: string; readonly left: string; readonly next: string | undefined } | undefined;
  /** What an overstay of that rule costs, and what else must be done there, as the law says it. */
  readonly overstay: readonly string[];
  readonly duties: readonly string[];
  readonly dangers: readonly DangerView[];
  /** Who may help where the person is, as the law here knows it. */
  readonly help: readonly {
    readonly id: string;
    readonly title: string;
    readonly says: string | undefined;
    readonly url: string | undefined;
    readonly phone: string | undefined;
    /** The day of the evidence, and of the contact with it. */
    readonly verified: string;
    /** Evidence past its day: to be looked up first. */
    readonly old: boolean;
    /** Helps here; else it may, by answers that were not given. */
    readonly sure: boolean;
  }[];
  /** Facts not told that leave the last day open. */
  readonly missing: readonly { readonly fact: string; readonly label: string }[];
  readonly sources: readonly SourceLine[];
};

/** Facts that until when one may stay still hangs on: as the counting of the stay rules says it. */
export function needsOfStanding(book: LawBook, s: Situation): string[] {
  const told = (fact: string) => s.person.facts.has(fact);
  const out = new Set<string>();
  for (const fact of ['now.country', 'now.since', 'now.status']) if (!told(fact)) out.add(fact);
  if (out.size === 0) {
    const rule = s.under === undefined ? undefined : book.provisions.get(s.under);
    if (rule?.kind === 'stay') for (const fact of stayAnswer(book, rule, s, s.on).missing) out.add(fact);
    else if (s.holdings === undefined) out.add('statuses');
  }
  return [...out];
}

export function standView(book: LawBook, s: Situation, lang: Lang): StandView {
  const w = standingOf(book, s, lang);
  const rule = w.rule === undefined ? undefined : book.provisions.get(w.rule);
  const stay = rule?.kind === 'stay' ? stayAnswer(book, rule, s, s.on) : undefined;
  const count = (n: number | undefined) =>
    n === undefined ? say(lang, 'not known', 'неизвестно') : sayCount(n, 'day', lang);
  const ladder = rule?.overstay ? book.provisions.get(rule.overstay) : undefined;
  const dangers =
    s.place === undefined ? [] : dangersIn(book, s, s.place, s.on, ['presence', 'exit', 'consulate', 'work', 'notice']);
  const missing = needsOfStanding(book, s);
  return {
    place: s.place,
    country: w.country,
    basis: w.basis,
    last: w.last,
    waiting: w.waiting,
    documents: w.documents,
    doubts: w.doubts,
    papers: w.papers,
    holdings: s.holdings
      ?.filter((h) => isCurrent(h, s.on))
      .map((h) => {
        const title = book.provisions.get(h.status)?.title[lang] ?? h.status;
        return h.to === undefined
          ? title
          : `${title}, ${say(lang, `until ${dayIn(h.to, lang)}`, `до ${dayIn(h.to, lang)}`)}`;
      }),
    deadlines: deadlinesOf(book, s, lang),
    rule: rule && {
      id: rule.id,
      title: rule.title[lang],
      verify:
        s.on > rule.expires || rule.verified.confidence === 'conflicting'
          ? say(
              lang,
              `verify: evidence of ${dayIn(rule.verified.on, lang)}`,
              `проверьте: сведения на ${dayIn(rule.verified.on, lang)}`,
            )
          : undefined,
    },
    counted: stay?.present
      ? {
          used: count(stay.used),
          left: count(stay.left),
          next: stay.nextEntry
            ? say(
                lang,
                `If you leave then, you may come back from ${dayIn(stay.nextEntry.day, lang)}, and stay until ${dayIn(stay.nextEntry.upTo, lang)}.`,
                `Если тогда уехать, вернуться можно с ${dayIn(stay.nextEntry.day, lang)} и остаться до ${dayIn(stay.nextEntry.upTo, lang)}.`,
              )
            : undefined,
        }
      : undefined,
    overstay: ladder ? remarks(ladder.steps ?? [], ladder, s.on).map((x) => x.says[lang]) : [],
    duties: rule?.register ? remarks(rule.register, rule, s.on).map((x) => x.says[lang]) : [],
    dangers: dangers.flatMap((d) => {
      const p = book.provisions.get(d.provision);
      if (!p) return [];
      const advice = remarks(p.advice ?? [], p, s.on).map((x) => x.says[lang]);
      return [dangerView(p, d, s.on, advice, lang)];
    }),
    help: helpOf(book, s, lang),
    missing: missing.map((fact) => ({ fact, label: book.schema.facts.get(fact)?.label[lang] ?? fact })),
    sources: sourceLines(
      [rule, ...dangers.map((d) => book.provisions.get(d.provision))].flatMap((p) => (p ? mainSources(p) : [])),
      lang,
    ),
  };
}

function helpOf(book: LawBook, s: Situation, lang: Lang): StandView['help'] {
  const { here, maybe } = helpHere(book, s);
  const of = (p: Provision, sure: boolean) => ({
    id: p.id,
    title: fillText(p.title, p, s.on)[lang],
    says: sure && p.says ? fillText(p.says, p, s.on)[lang] : undefined,
    url: sure ? p.contact?.url : undefined,
    phone: sure ? p.contact?.phone : undefined,
    verified: formatDay(p.verified.on),
    old: s.on > p.expires,
    sure,
  });
  return [...here.map((p) => of(p, true)), ...maybe.map((p) => of(p, false))];
}

const mainSources = (p: Provision) => p.verified.against.flatMap((id) => p.sources[id] ?? []);

/** Which of the days a kind of deadline is: the face says more of a stay. */
const KIND = { 'stay-ends': 'stay', 'document-expires': 'document', 'status-ends': 'status' } as const;

function deadlinesOf(book: LawBook, s: Situation, lang: Lang): Deadline[] {
  return deadlines(book, s).days.map((d) => ({
    kind: KIND[d.what],
    sure: d.certain,
    what: deadlineSays(book, d, lang),
    ...deadlineWords(d.day, s.on, lang),
  }));
}

const WEEKDAYS: readonly (readonly [string, string])[] = [
  ['Monday', 'понедельник'],
  ['Tuesday', 'вторник'],
  ['Wednesday', 'среда'],
  ['Thursday', 'четверг'],
  ['Friday', 'пятница'],
  ['Saturday', 'суббота'],
  ['Sunday', 'воскресенье'],
];

/** A day with its weekday and what is left of the time until it. */
export function deadlineWords(
  day: Day,
  on: Day,
  lang: Lang,
): Pick<Deadline, 'day' | 'words' | 'weekday' | 'left' | 'passed'> {
  const days = day - on + 1;
  return {
    day: formatDay(day),
    words: dayIn(day, lang),
    weekday: WEEKDAYS[weekday(day) - 1]?.[lang === 'ru' ? 1 : 0] as string,
    left: days > 0 ? leftWords(days, lang) : say(lang, 'it has passed', 'этот день прошёл'),
    passed: days <= 0,
  };
}
