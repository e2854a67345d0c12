/** A passport of a member of the family that ends on the way of a plan: on which step, by when a new one is asked for, and where. */
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { type Danger, isGrave } from '../moves/dangers.ts';
import { renewals } from '../moves/papers.ts';
import { processingDays } from '../moves/processing.ts';
import { papersUntil } from '../person/papers.ts';
import type { MemberWalk } from '../plan/together-types.ts';
import { consulateDangers } from '../plan/told.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { inCountry } from './countries.ts';
import { dayIn, say } from './say.ts';

export type MemberPapers = {
  /** The last step taken with it; -1: it ends before the first. */
  readonly leg: number;
  /** The last day of the last of their travel documents. */
  readonly until: Day;
  /** The day from which it is looked at: that of the step. */
  readonly from: Day;
  /** Where the member then is; `undefined` = not known. */
  readonly place: string | undefined;
  /** Ways to a new one that are not closed to them there, and the last day on which asking still brings it in time. */
  readonly ways: readonly { readonly route: Provision; readonly open: Tri; readonly by: Day }[];
  /** Dangers of turning to that consulate which concern the member, or may. */
  readonly dangers: readonly Danger[];
};

/** `undefined` where it lasts through the plan, or its end is not told. */
export function memberPapers(book: LawBook, w: MemberWalk): MemberPapers | undefined {
  const begin = w.track[0];
  const start = begin?.kind === 'begin' ? begin.from : undefined;
  const until = start && papersUntil(start);
  const end = w.legs.at(-1)?.at?.on;
  if (!start || until === undefined || end === undefined || until >= end) return undefined;
  const leg = w.legs.findLastIndex((l) => (l.at?.on ?? 0) <= until);
  const s = w.legs[leg]?.at ?? start;
  const ways = renewals(book, s, s.on).map((r) => ({
    ...r,
    by: until - processingDays(r.route, s.on, { processing: 'longest', granted: true }).days,
  }));
  const dangers = ways.flatMap((x) => consulateDangers(book, s, { provision: x.route, place: s.place ?? '' }));
  return { leg, until, from: s.on, place: s.place, ways, dangers };
}

/** In a clause without a full stop. */
export function paperClause(p: MemberPapers, lang: Lang): string {
  const ends = say(
    lang,
    `their passport runs out on ${dayIn(p.until, lang)}, before the plan is over`,
    `паспорт кончится ${dayIn(p.until, lang)}, раньше, чем план`,
  );
  if (p.place === undefined) return ends;
  if (p.ways.length === 0)
    return `${ends}; ${say(
      lang,
      `no way to a new one is known ${inCountry(p.place, lang)}: ask there, and a lawyer`,
      `как получить новый ${inCountry(p.place, lang)}, в базе нет: спросите там и у юриста`,
    )}`;
  const ways = p.ways.map(({ route, open, by }) => {
    const title = fillText(route.title, route, by)[lang];
    const sure =
      open === true ? '' : say(lang, '; whether it is open to them is not certain', '; открыто ли это, неясно');
    const when =
      by < p.from
        ? say(lang, 'ask at once: it may not come in time', 'подать сразу: может не успеть')
        : say(lang, `ask by ${dayIn(by, lang)}`, `подать до ${dayIn(by, lang)}`);
    return `${title} (${when}${sure})`;
  });
  return `${ends}; ${say(lang, `a new one ${inCountry(p.place, lang)}`, `новый ${inCountry(p.place, lang)}`)}: ${ways.join('; ')}${beware(p.dangers, lang)}`;
}

/** That going to the consulate is a danger for them, or may be one. */
function beware(dangers: readonly Danger[], lang: Lang): string {
  if (dangers.length === 0) return '';
  return dangers.some(isGrave)
    ? say(
        lang,
        '; turning to that consulate is a known danger for them: speak to a lawyer before',
        '; обращаться в это консульство опасно, это известно: сначала поговорите с юристом',
      )
    : say(
        lang,
        '; turning to that consulate may be a danger for them: speak to a lawyer before',
        '; обращаться в это консульство может быть опасно: сначала поговорите с юристом',
      );
}
