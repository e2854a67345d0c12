/** The page's own words. Sentences about the law come from src/answers; here are headings, buttons and advice. */

import words from 'virtual:words';
import { type Messages, setupI18n } from '@lingui/core';
import type { Lang } from '../law/say.ts';

const i18n = setupI18n({ locale: 'en', messages: { en: words.en, ru: words.ru }, missing: (_, id) => `⟦${id}⟧` });

export function speak(lang: Lang): void {
  if (i18n.locale !== lang) i18n.activate(lang);
}

/** More words, of screens that come after the first view. */
export function learn(more: { readonly en: Messages; readonly ru: Messages }): void {
  i18n.load({ en: more.en, ru: more.ru });
}

/** A message by its id, with its values filled in. */
export const t = (id: string, values?: { readonly [name: string]: string | number }): string => i18n._(id, values);
