/** Days that must not be missed, in words. */
import type { Deadline } from '../check/deadlines.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { inCountry } from './countries.ts';
import { say } from './say.ts';
import { paperName } from './stand-words.ts';

/** What ends: `Last lawful day in Georgia`, `A document runs out: passport (Russia)`. Good for whoever it concerns. */
export function deadlineSays(book: LawBook, d: Pick<Deadline, 'what' | 'of' | 'country'>, lang: Lang): string {
  switch (d.what) {
    case 'stay-ends':
      return d.country === undefined
        ? say(lang, 'Last lawful day', 'Последний законный день')
        : say(
            lang,
            `Last lawful day ${inCountry(d.country, 'en')}`,
            `Последний законный день ${inCountry(d.country, 'ru')}`,
          );
    case 'document-expires': {
      const paper = paperName({ ...(d.of ? { kind: d.of } : {}), ...(d.country ? { country: d.country } : {}) }, lang);
      return say(lang, `A document runs out: ${paper}`, `Кончается документ: ${paper}`);
    }
    case 'status-ends': {
      const title = d.of === undefined ? undefined : (book.provisions.get(d.of)?.title[lang] ?? d.of);
      return title === undefined
        ? say(lang, 'A status ends', 'Кончается статус')
        : say(lang, `A status ends: ${title}`, `Кончается статус: ${title}`);
    }
  }
}
