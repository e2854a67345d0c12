/** What threatens where the person is now, on the page of plans: the first of them may begin with leaving and would not say it. */
import { untoldHere } from '../answers/here.ts';
import { adviceWords, dangerWords } from '../answers/leg-words.ts';
import type { PlanAnswer, WalkedPlan } from '../answers/plan-answer.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import type { Page } from './page.ts';

export function hereOf(page: Page, book: LawBook, a: PlanAnswer, shown: readonly WalkedPlan[], lang: Lang): void {
  // Who reads begins with the first plan, and may read no further.
  const here = untoldHere(
    book,
    a.start,
    shown.slice(0, 1).map((p) => p.plan),
  );
  if (here.length) page.heading(page.t('What is known where you are', 'Что известно там, где вы сейчас'));
  for (const d of here) {
    const p = book.provisions.get(d.provision) as Provision;
    page.para(dangerWords(p, d, a.start.on, lang), 2, '! ', 'warn');
    const advice = adviceWords(p, a.start.on, lang);
    if (advice) page.para(advice, 4);
  }
}
