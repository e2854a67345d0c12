/** Whoever told that countries have banned them is told what plans make of it. */
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { bansTold } from '../moves/bans.ts';
import type { Situation } from '../person/types.ts';
import { countryName } from './countries.ts';
import { say } from './say.ts';

/** That in a few sentences; `undefined` where no ban was told. */
export function banWords(book: LawBook, s: Situation, lang: Lang): string | undefined {
  const bans = bansTold(s);
  if (bans.length === 0) return undefined;
  const names = bans.map((c) => countryName(c, lang, book)).join(', ');
  return say(
    lang,
    `You told of entry bans (${names}): no plan here enters a country that has banned you. Until when a ban holds, and how it is lifted or objected to, ask a lawyer of that country.`,
    `Вы сообщили о запретах на въезд (${names}): ни один план не ведёт в страну, которая вам его запретила. До какого дня действует запрет и как его снять или оспорить, спросите юриста той страны.`,
  );
}
