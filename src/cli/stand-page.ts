/** Where a person stands on a day, as rows of a page. */
import { standingOf } from '../answers/stand-words.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import type { Situation } from '../person/types.ts';
import type { Page } from './page.ts';

export function standing(page: Page, book: LawBook, s: Situation, lang: Lang): void {
  const w = standingOf(book, s, lang);
  page.heading(page.t('Where you stand', 'Где вы сейчас'));
  page.row(page.t('Country', 'Страна'), w.country);
  page.row(page.t('Basis', 'Основание'), w.basis);
  page.row(page.t('Last day', 'Крайний день'), w.last);
  for (const x of w.waiting) page.row(page.t('Answer awaited', 'Ждёте ответа'), x);
  if (w.documents === undefined) page.row(page.t('Passport', 'Паспорт'), page.t('not told', 'не указан'));
  w.documents?.forEach((d, i) => {
    page.row(i === 0 ? page.t('Documents', 'Документы') : '', d);
  });
  if (w.documents?.length === 0) page.row(page.t('Documents', 'Документы'), page.t('none', 'нет'));
  for (const d of w.doubts) page.para(`${page.t('Not certain', 'Неясно')}: ${d}`);
  w.over.forEach((x, i) => {
    page.para(x, i === 0 ? 2 : 4, i === 0 ? '! ' : undefined, i === 0 ? 'warn' : undefined);
  });
  w.papers.forEach((x, i) => {
    if (i === 0) page.para(x, 2, '! ', 'warn');
    else page.para(x, 4);
  });
}
