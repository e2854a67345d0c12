/** How every page ends: what is not covered, what is unknown, and that this is not a lawyer. */
import { countryName } from '../answers/countries.ts';
import { gapWords, pleaseNote } from '../answers/coverage-words.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import type { Coverage } from '../law/types.ts';
import type { Page } from './page.ts';

export function closing(page: Page, book: LawBook, uncovered: readonly Coverage[], lang: Lang): void {
  if (uncovered.length) {
    page.heading(page.t('What is not covered', 'Чего здесь нет'));
    for (const c of uncovered) {
      if (c.missing.length === 0) continue;
      page.para(countryName(c.jurisdiction, lang, book), 2);
      for (const m of c.missing) page.para(`${m.what[lang]} (${gapWords(m.why, lang)})`, 4, '- ');
    }
  }
  page.heading(page.t('Please note', 'Важно'));
  for (const line of pleaseNote(lang)) page.para(line);
}
