/** What changed in the law since a day, and what that did to the person. */
import { affectsWords, turnWords } from '../../answers/change-of-law-words.ts';
import { titleWithCountry } from '../../answers/countries.ts';
import { isoIn } from '../../answers/say.ts';
import { changes, type LawChange } from '../../check/changes.ts';
import type { LawBook } from '../../law/book.ts';
import type { Lang } from '../../law/say.ts';
import type { Situation } from '../../person/types.ts';
import type { Day } from '../../rules/ir.ts';
import { type SourceLine, sourceLines } from './sources.ts';

export type ChangeLine = {
  readonly provision: string;
  readonly title: string;
  readonly day: string;
  readonly dayWords: string;
  readonly what: string;
  readonly turn: string | undefined;
  readonly affects: NonNullable<LawChange['affects']> | undefined;
  readonly means: string | undefined;
  readonly sources: readonly SourceLine[];
};
export type ChangesView = { readonly lines: readonly ChangeLine[] };

/** One change in words. */
export function changeLine(book: LawBook, c: LawChange, lang: Lang): ChangeLine {
  return {
    provision: c.provision,
    title: titleWithCountry(c, lang, book),
    day: c.day,
    dayWords: isoIn(c.day, lang),
    what: c.what[lang],
    turn: turnWords(c, lang),
    affects: c.affects,
    means: c.affects && affectsWords(c.affects, lang),
    sources: sourceLines(c.sources.slice(0, 2), lang),
  };
}

/** Newest first: what happened last is what was not yet seen. */
export function changesView(book: LawBook, s: Situation | undefined, from: Day, to: Day, lang: Lang): ChangesView {
  return {
    lines: changes(book, from, to, s)
      .reverse()
      .map((c) => changeLine(book, c, lang)),
  };
}
