/** What a plan counts on finding: offers of work, places to study, companies of whoever told that there are none. It is the first thing to be done, long before the first step. */
import type { LawBook } from '../law/book.ts';
import { type Lang, sayDay } from '../law/say.ts';
import { growingList } from '../person/learning.ts';
import type { Plan } from '../plan/types.ts';
import { countryName } from './countries.ts';
import { say } from './say.ts';

const NAMES: Readonly<Record<string, { readonly en: string; readonly ru: string }>> = {
  offers: { en: 'an offer of work', ru: 'предложение работы' },
  studyPlaces: { en: 'a place to study', ru: 'место учёбы' },
  companies: { en: 'a company of your own', ru: 'своя компания' },
};

/** A sentence for each: what, where, and by which day the plan needs it. Empty where nothing is to be found. */
export function toComeWords(book: LawBook, plan: Plan, lang: Lang): string[] {
  const out: string[] = [];
  const seen = new Set<string>();
  for (const leg of plan.legs)
    for (const a of leg.assumes) {
      const list = growingList(a.fact);
      const name = list === undefined ? undefined : NAMES[list];
      const key = `${list} ${a.jurisdiction}`;
      if (a.told !== false || !name || seen.has(key)) continue;
      seen.add(key);
      const where = countryName(a.jurisdiction, lang, book);
      out.push(
        say(
          lang,
          `To be found first: ${name.en} (${where}), by ${sayDay(leg.day, 'en')}.`,
          `Сначала нужно найти: ${name.ru} (${where}) — к ${sayDay(leg.day, 'ru')} года.`,
        ),
      );
    }
  return out;
}
