/** Where pressure by a foreign state can be told, by country, with what that leads to and what not to do: for the pressure log of every face. */
import { formatDay } from '../calendar/civil.ts';
import { remarks } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import { countryName } from './countries.ts';

/** One place where it can be told, or that none is known here. */
export type Telling = {
  /** The country's name; empty for who can be told from anywhere. */
  readonly country: string;
  readonly known:
    | {
        readonly id: string;
        readonly title: string;
        readonly says: string;
        /** What it leads to, whom it can reach, what not to do. */
        readonly notes: readonly string[];
        readonly contact: Provision['contact'];
        /** The day of the evidence, and of the contact with it. */
        readonly verified: string;
        /** Past its day: to be looked up anew first. */
        readonly old: boolean;
      }
    | undefined;
};

/** Of each country the file of this name. */
const FILE = 'report-pressure';
/** What holds anywhere: what an approach looks like, and who can be told whatever the country. */
const ANYWHERE = ['intl/recruitment', 'intl/protect-defenders', 'intl/un-complaint', 'intl/un-rapporteur'];

/**
 * @param countries codes, each told once and in this order
 * @param on the day by which evidence is old
 */
export function tellWhere(book: LawBook, countries: Iterable<string>, on: Day, lang: Lang): Telling[] {
  const of = (country: string, p: Provision | undefined): Telling => ({
    country,
    known: p && {
      id: p.id,
      title: fillText(p.title, p, on)[lang],
      says: fillText(p.says ?? p.title, p, on)[lang],
      notes: remarks(p.notes, p, on).map((n) => n.says[lang]),
      contact: p.contact,
      verified: formatDay(p.verified.on),
      old: on > p.expires,
    },
  });
  return [
    ...[...new Set(countries)].map((c) => of(countryName(c, lang, book), book.provisions.get(`${c}/${FILE}`))),
    ...ANYWHERE.flatMap((id) => {
      const p = book.provisions.get(id);
      return p ? [of('', p)] : [];
    }),
  ];
}
