/**
 * The passage a provision rests on, found again in a page: by the words that were quoted from it. The quotation is the fingerprint: short, kept
 * with the source, readable by people.
 */

/** Letters as they are compared: one form of Unicode, small, one kind of dash and quotation mark, single spaces. */
export function plain(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
      .replace(/[«»“”„‟″"‘’‚‛′'`´]/g, '"')
      .replace(/[‐‑‒–—―−]/g, '-')
      .replace(/\s+/g, ' ')
      // Spaces before signs come and go with markup.
      .replace(/(?: ?)([,.;:!?)\]]) ?/g, (m: string, sign: string, at: number, all: string) =>
        // A sign inside a number is part of the number.
        /\d/.test(all[at - 1] ?? '') && /^[.,:]\d/.test(all.slice(at)) ? m : `${sign} `,
      )
      .replace(/([([]) /g, '$1')
      .trim()
  );
}

/** The pieces of a quotation that were left whole: "…", "..." and "[…]" stand for words left out. */
export function pieces(quote: string): string[] {
  return quote
    .split(/\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*/)
    .map((p) => plain(p.replace(/\[name\]/g, ' ')))
    .filter((p) => p.replace(/[^\p{L}\p{N}]/gu, '').length >= 4);
}

export type Found =
  | { readonly state: 'unchanged' }
  /** Most of the words are there, some are not: what was and what is. */
  | { readonly state: 'changed'; readonly was: string; readonly is: string }
  /** Nothing like it is in the text. */
  | { readonly state: 'missing' };

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[.,:/][\p{N}]+)*/gu) ?? [];

/** From this share of common words on, a place counts as the passage in another wording. */
const ALIKE = 0.6;

/** Looks for every piece of the quotation; the first that is not there word for word decides. */
export function findPassage(page: string, quote: string): Found {
  const text = plain(page);
  const parts = pieces(quote);
  if (parts.length === 0) return { state: 'missing' };
  const lost = parts.filter((p) => !text.includes(p) && !sameWords(text, p));
  if (lost.length === 0) return { state: 'unchanged' };
  const all = words(text);
  for (const part of lost) {
    const near = nearestWindow(all, words(part));
    if (near.share >= ALIKE) return { state: 'changed', was: part, is: near.text };
  }
  // Some pieces stand word for word and others are gone altogether: the page is the right one, its words are others.
  if (lost.length < parts.length) return { state: 'changed', was: lost[0] as string, is: '' };
  return { state: 'missing' };
}

/** Whether the words stand in the text one after the other, whatever signs and spaces are between them: markup loses both. */
function sameWords(text: string, part: string): boolean {
  const run = words(part).join(' ');
  return run.length > 0 && ` ${words(text).join(' ')} `.includes(` ${run} `);
}

/** The stretch of the text, as long as the passage, that shares most words with it, by their number. */
function nearestWindow(text: readonly string[], part: readonly string[]): { share: number; text: string } {
  const size = part.length;
  if (size === 0 || text.length === 0) return { share: 0, text: '' };
  const wanted = new Map<string, number>();
  for (const w of part) wanted.set(w, (wanted.get(w) ?? 0) + 1);
  const have = new Map<string, number>();
  let common = 0;
  let best = { share: 0, at: 0 };
  const add = (w: string) => {
    const n = (have.get(w) ?? 0) + 1;
    have.set(w, n);
    if (n <= (wanted.get(w) ?? 0)) common++;
  };
  const drop = (w: string) => {
    const n = have.get(w) as number;
    have.set(w, n - 1);
    if (n <= (wanted.get(w) ?? 0)) common--;
  };
  for (let i = 0; i < text.length; i++) {
    add(text[i] as string);
    if (i >= size) drop(text[i - size] as string);
    if (common / size > best.share) best = { share: common / size, at: Math.max(0, i - size + 1) };
  }
  return { share: best.share, text: text.slice(best.at, best.at + size).join(' ') };
}
