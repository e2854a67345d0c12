/** That a stay, a permit or an application lasts longer than the passport, until when it carries one, and what can be done. */
import { reasonsOf } from '../check/because.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang } from '../law/say.ts';
import { isGrave } from '../moves/dangers.ts';
import { needsNoPassport } from '../moves/eligible.ts';
import { paperHelp, type Renewal, renewals, substitutes } from '../moves/papers.ts';
import { papersUntil } from '../person/papers.ts';
import type { Situation } from '../person/types.ts';
import { consulateDangers } from '../plan/told.ts';
import type { Day } from '../rules/ir.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';

export type PaperLimit = {
  /** The last day on which one of the person's travel documents is valid. */
  readonly until: Day;
  /** Whether it has run out by the day of the leg; else it runs out before what the leg brings does. */
  readonly over: boolean;
  /** Routes to new ones that are not closed to the person where they then are, on the day of the leg or once the old one has run out. */
  readonly renewals: readonly Way[];
};

/** A way to new papers; `later`: it opens only when the old ones have run out. */
type Way = Renewal & { readonly later?: true };

/**
 * Ways to new papers on a day, and those that open only when the old ones have run out: an alien's passport is for whoever has no valid
 * one any more, and by then it is late to ask which countries give one.
 */
function waysToPapers(book: LawBook, s: Situation, on: Day, until: Day): Way[] {
  const now = renewals(book, s, on);
  if (until < on) return now;
  const known = new Set(now.map((r) => r.route.id));
  const then = renewals(book, s, until + 1).filter((r) => !known.has(r.route.id));
  return [...now, ...then.map((r): Way => ({ ...r, later: true }))];
}

/**
 * Where a leg goes beyond the person's travel documents; `undefined` where it does not, where their end is not told, and where
 * nothing hangs on them (protection, citizenship, the documents themselves).
 */
export function paperLimit(book: LawBook, w: WalkedLeg): PaperLimit | undefined {
  const { leg, provision } = w;
  const until = papersUntil(w.after);
  if (until === undefined || until === Number.POSITIVE_INFINITY) return undefined;
  if (leg.kind !== 'enter' && provision && needsNoPassport(book, provision)) return undefined;
  const over = leg.day > until;
  const beyond = leg.kind === 'file' ? over : leg.until !== undefined && leg.until > until;
  if (!beyond && !(over && leg.kind === 'enter')) return undefined;
  return { until, over, renewals: waysToPapers(book, w.after, leg.day, until) };
}

/** The limit in a sentence, and what can be done in another. */
export function paperWords(book: LawBook, w: WalkedLeg, limit: PaperLimit, lang: Lang): [string, string] {
  const day = dayIn(limit.until, lang);
  const says = limit.over
    ? say(
        lang,
        `Your passport will have run out by then (its last day is ${day}).`,
        `К тому времени паспорт уже кончится (последний день — ${day}).`,
      )
    : w.leg.kind === 'enter'
      ? say(
          lang,
          `Your passport runs out before this stay does: it carries you until ${day}, no longer.`,
          `Паспорт кончится раньше, чем этот срок: по нему можно рассчитывать только до ${day}.`,
        )
      : say(
          lang,
          `Your passport runs out before this permit does: it carries you until ${day}, no longer. Ask the authority then what it wants to see.`,
          `Паспорт кончится раньше, чем это разрешение: по нему можно рассчитывать только до ${day}. Узнайте у властей, что им нужно будет показать.`,
        );
  return [says, whatCanBeDone(book, { ...w.after, on: w.leg.day }, limit.renewals, lang)];
}

/** The same of where the person stands: the passport has run out, or does before the last lawful day. */
export function standingPaperWords(book: LawBook, s: Situation, last: Day | undefined, lang: Lang): string[] {
  const until = papersUntil(s);
  const ended = internalEnded(s);
  if (ended !== undefined) {
    const day = dayIn(ended, lang);
    const says = say(
      lang,
      `Your internal passport has run out: its last day was ${day}. No source says that a border lets anybody out or in on it; it is exchanged in Russia only.`,
      `Внутренний паспорт кончился: последний день был ${day}. Что граница по нему выпустит или впустит, ни один источник не говорит; меняют его только в России.`,
    );
    return [says, whatCanBeDone(book, s, renewals(book, s, s.on), lang)];
  }
  if (until === undefined || until === Number.POSITIVE_INFINITY) return [];
  const day = dayIn(until, lang);
  const says =
    until < s.on
      ? say(lang, `Your passport has run out: its last day was ${day}.`, `Паспорт кончился: последний день был ${day}.`)
      : last !== undefined && last > until
        ? say(
            lang,
            `Your passport runs out before the last day here: it carries you until ${day}, no longer.`,
            `Паспорт кончится раньше последнего дня здесь: по нему можно рассчитывать только до ${day}.`,
          )
        : undefined;
  return says === undefined ? [] : [says, whatCanBeDone(book, s, waysToPapers(book, s, s.on, until), lang)];
}

/** The last day of an internal passport that has run out, where the person has nothing else to show. */
function internalEnded(s: Situation): Day | undefined {
  const ends = (s.documents ?? []).map((d) => (d.kind === 'internal-passport' ? d.expires : undefined));
  return ends.length > 0 && ends.every((e) => e !== undefined && e < s.on) ? Math.max(...(ends as Day[])) : undefined;
}

/** What the country gives in place of a passport to others, and for whom: what may become the person's with another status. */
function instead(book: LawBook, s: Situation, open: readonly Way[], lang: Lang): string {
  const help = paperHelp(book, s, s.on).map((p) => fillText(p.title, p, s.on)[lang]);
  const told = new Set(open.map((w) => w.route.id));
  const shut = substitutes(book, s, s.on).filter(({ route }) => !told.has(route.id));
  const closed = shut.map(({ route, eligibility }) => {
    const lacks = reasonsOf(book, eligibility, s, s.on, route.id)
      .flatMap((r) => r.because)
      .filter((b) => b.role === 'requires' && b.outcome === 'no' && b.under === undefined)
      .map((b) => b.says[lang]);
    const title = fillText(route.title, route, s.on)[lang];
    return lacks.length ? `${title} (${say(lang, 'condition', 'условие')}: ${lacks.join('; ')})` : title;
  });
  return [
    help.length ? say(lang, ' Help there with papers: ', ' Там помогают с документами: ') + `${help.join('; ')}.` : '',
    closed.length
      ? say(
          lang,
          ' What this country gives in place of a passport, but not to you as things stand: ',
          ' Что эта страна выдаёт вместо паспорта, но пока не вам: ',
        ) + `${closed.join('; ')}.`
      : '',
  ].join('');
}

function whatCanBeDone(book: LawBook, s: Situation, open: readonly Way[], lang: Lang): string {
  const head = say(lang, 'What can be done: ', 'Что можно сделать: ');
  if (open.length === 0)
    return (
      head +
      say(
        lang,
        'no way to a new passport is open to you there in the law here. Ask that country’s authority about a travel document for foreigners (better while the passport is valid), and a lawyer.',
        'по праву, которое есть в базе, нового паспорта вам там не получить. Узнайте у властей этой страны о проездном документе для иностранцев (лучше пока паспорт действует) и спросите юриста.',
      ) +
      instead(book, s, open, lang)
    );
  const title = ({ route, open: is, later }: Way): string => {
    const but = [
      ...(later ? [say(lang, 'once the passport has run out', 'когда паспорт кончится')] : []),
      ...(is === true ? [] : [say(lang, 'whether it is open to you is not certain', 'открыто ли это вам, неясно')]),
    ];
    const t = fillText(route.title, route, s.on)[lang];
    return but.length ? `${t} (${but.join('; ')})` : t;
  };
  const danger = open.flatMap(({ route }) => consulateDangers(book, s, { provision: route, place: s.place ?? '' }));
  const beware =
    danger.length === 0
      ? ''
      : danger.some(isGrave)
        ? say(
            lang,
            ' Turning to that consulate is a known danger for you: speak to a lawyer before you do.',
            ' Обращаться в это консульство для вас опасно, это известно: сначала поговорите с юристом.',
          )
        : say(
            lang,
            ' Turning to that consulate may be a danger for you: speak to a lawyer before you do.',
            ' Обращаться в это консульство может быть для вас опасно: сначала поговорите с юристом.',
          );
  return `${head}${open.map(title).join('; ')}.${beware}${instead(book, s, open, lang)}`;
}
