/** How every page ends: what is not covered, what is unknown, and that this is not a lawyer. */

import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import type { Coverage } from '../law/types.ts';
import { countryName } from './countries.ts';
import type { Page } from './page.ts';

const WHY: Readonly<Record<string, readonly [en: string, ru: string]>> = {
  'no-source': ['no source', 'нет источника'],
  'not-modelled': ['not in the program', 'не описано в программе'],
  conflicting: ['sources disagree', 'источники расходятся'],
  'out-of-date': ['out of date', 'устарело'],
};

export function closing(page: Page, book: LawBook, uncovered: readonly Coverage[], lang: Lang): void {
  if (uncovered.length) {
    page.heading(page.t('What is not covered', 'Чего здесь нет'));
    for (const c of uncovered) {
      if (c.missing.length === 0) continue;
      page.para(countryName(c.jurisdiction, lang, book), 2);
      for (const m of c.missing) {
        const why = WHY[m.why]?.[lang === 'ru' ? 1 : 0] ?? m.why;
        page.para(`${m.what[lang]} (${why})`, 4, '- ');
      }
    }
  }
  page.heading(page.t('Please note', 'Важно'));
  page.para(
    page.t(
      'Whatever you did not tell is treated as unknown, neither as yes nor as no. Nothing here is a promise: only the authority decides.',
      'Всё, чего вы не сообщили, считается неизвестным: ни «да», ни «нет». Здесь нет обещаний: решает только ведомство.',
    ),
  );
  page.para(
    page.t(
      'Foothold is not a lawyer. Check what matters against its source, and speak to a lawyer or an adviser before you act.',
      'Foothold — не юрист. Важное сверьте с источником и поговорите с юристом или консультантом, прежде чем действовать.',
    ),
  );
}
