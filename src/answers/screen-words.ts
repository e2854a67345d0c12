/** What a screening says in words: evidence, and what was looked at; never that an organisation is clear. */
import type { Lang } from '../law/say.ts';
import { LISTS, type ListId } from '../protect/screen/entries.ts';
import type { IdentifierKind } from '../protect/screen/identifiers.ts';
import type { Found } from '../protect/screen/screen.ts';
import { say } from './say.ts';

/** A copy older than this is shown as old: lists change weekly. */
export const OLD_LIST_DAYS = 14;

export const listTitle = (list: ListId, lang: Lang): string =>
  list === 'own' ? say(lang, 'a list of your own', 'ваш собственный список') : LISTS[list].title[lang];

export const KIND_OF_NUMBER: Readonly<Record<IdentifierKind, { readonly en: string; readonly ru: string }>> = {
  inn: { en: 'INN', ru: 'ИНН' },
  ogrn: { en: 'OGRN', ru: 'ОГРН' },
  registration: { en: 'number', ru: 'номер' },
};

/** The first sentence of the answer. */
export function verdictWords(found: readonly Found[], lang: Lang): string {
  if (found.some((f) => f.by === 'number'))
    return say(
      lang,
      'A number of this organisation is on the lists below.',
      'Номер этой организации есть в списках ниже.',
    );
  if (found.length)
    return say(
      lang,
      'Names alike were found. Whether it is the same organisation, only numbers or papers tell.',
      'Найдены похожие названия. Та ли это организация, скажут только номера или документы.',
    );
  return say(
    lang,
    'No such name or number was found in the lists below. This is no clearance: owners were not looked at, and names can be written in ways no program sees (a translation is not a spelling).',
    'Такого названия или номера в списках ниже нет. Это не означает, что всё чисто: владельцы не проверены, и название можно записать так, что программа его не узнает (перевод — не написание).',
  );
}

/** By what an entry fitted. */
export function fitsWords(f: Found, lang: Lang): string {
  if (f.number)
    return say(
      lang,
      `${KIND_OF_NUMBER[f.number.kind].en} ${f.number.value}, exactly`,
      `${KIND_OF_NUMBER[f.number.kind].ru} ${f.number.value}, точно`,
    );
  if (!f.name) return '';
  const percent = Math.round(f.name.score * 100);
  const left = f.name.left.length
    ? say(lang, `; without a partner: ${f.name.left.join(', ')}`, `; без пары: ${f.name.left.join(', ')}`)
    : '';
  const word =
    f.by === 'close' ? say(lang, 'name, close', 'название, близко') : say(lang, 'name, alike', 'название, похоже');
  return `${word} (${percent} %): ${f.name.listed}${left}`;
}

export const numbersDifferWords = (lang: Lang): string =>
  say(
    lang,
    'the tax or registration numbers differ: probably another organisation',
    'ИНН или ОГРН разные: вероятно, это другая организация',
  );

/** What to ask before signing; who asks to lend a name is the sign that matters most to somebody in exile. */
export const askFirstWords = (lang: Lang): string =>
  say(
    lang,
    'Ask, before you sign or lend your name: who owns it, and who decides? Who pays, from where, and does the payer match the contract? Where do goods or code end up? Were you asked to be director, owner, courier or account holder for others? If an answer is missing, see a sanctions lawyer first.',
    'Спросите до подписи и до того, как одолжить своё имя: кому организация принадлежит и кто решает? Кто платит, откуда, и тот ли это, кто в договоре? Куда в итоге попадают товар или код? Не просят ли вас быть директором, владельцем, курьером или держателем счёта за других? Если ответа нет, сначала к юристу по санкциям.',
  );

export const slipWords = (text: string, lang: Lang): string =>
  say(
    lang,
    `"${text}": the control digits do not fit, so it is neither an INN nor an OGRN. Look for a slip; it is searched as an ordinary number.`,
    `«${text}»: контрольные цифры не сходятся, это не ИНН и не ОГРН. Проверьте, нет ли опечатки; ищем как обычный номер.`,
  );
