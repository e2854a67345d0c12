/** Kinds of provisions in words. */
import type { Lang } from '../law/say.ts';
import type { Kind } from '../law/types.ts';

const WORDS: Readonly<Record<Kind, readonly [en: string, ru: string, many: string, manyRu: string]>> = {
  stay: ['stay rule', 'правило пребывания', 'Stay rules', 'Правила пребывания'],
  restriction: ['restriction', 'ограничение', 'Restrictions', 'Ограничения'],
  document: ['document rule', 'правило о документах', 'Rules on documents', 'Правила о документах'],
  route: ['route', 'основание', 'Routes', 'Основания'],
  status: ['status', 'статус', 'Statuses', 'Статусы'],
  clock: ['clock', 'подсчёт срока', 'Clocks', 'Подсчёт сроков'],
  overstay: ['overstay', 'просрочка', 'Overstay', 'Просрочка'],
  danger: ['danger', 'опасность', 'Dangers', 'Опасности'],
  support: ['support', 'помощь', 'Support', 'Помощь'],
};

/** One provision of a kind, or a heading over several. */
export function kindWord(k: Kind, lang: Lang, many = false): string {
  const w = WORDS[k];
  return many ? (lang === 'ru' ? w[3] : w[2]) : lang === 'ru' ? w[1] : w[0];
}
