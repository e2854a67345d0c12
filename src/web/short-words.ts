/**
 * Frequent words of many texts as one letter each, as the page carries the law. What compresses texts over the line looks back over a short
 * stretch only, and a word that stands in every country is far from where it stood last.
 */

/** Most words that get a letter, and the shortest. */
const WORDS = 4000;
const SHORTEST = 4;
/**
 * Letters that may stand for words: those of other scripts, of two bytes each, as far as no text has them, but none that Russian is written
 * in; then those that no script has, of three bytes.
 */
const LETTERS = [
  [0x00a1, 0x03ff],
  [0x0460, 0x0586],
  [0xe000, 0xf8ff],
] as const;
/** The first of three bytes. */
const LONG = '\ue000';
const ANY_LETTER = /[\u00a1-\u03ff\u0460-\u0586\ue000-\uf8ff]/g;

const WORD = / ?\p{L}+/gu;

/** Words, the letter of each at the same place in `letters`, and the texts with the letters in their place. */
export type Shortened = {
  readonly words: readonly string[];
  readonly letters: string;
  readonly texts: readonly string[];
};

/** Texts with their frequent words as letters that occur in none of them. */
export function shortWords(texts: readonly string[]): Shortened {
  const taken = new Set(texts.join(''));
  const free: string[] = [];
  for (const [first, last] of LETTERS)
    for (let c = first; c <= last; c++) {
      const letter = String.fromCharCode(c);
      if (!taken.has(letter) && /\p{L}|\p{Co}/u.test(letter)) free.push(letter);
    }
  const times = new Map<string, number>();
  for (const t of texts)
    for (const w of t.match(WORD) ?? []) if (w.length >= SHORTEST) times.set(w, (times.get(w) ?? 0) + 1);
  // A letter takes two bytes, and the word itself must be told once.
  const saves = ([w, n]: readonly [string, number]): number => n * (w.length - 2) - w.length;
  const top = [...times]
    .filter((x) => saves(x) > 0)
    .sort((a, b) => saves(b) - saves(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, Math.min(WORDS, free.length))
    .map(([w]) => w);
  // In the order of the alphabet, within those with short letters and those with long ones, the words themselves take less.
  const short = free.findIndex((c) => c >= LONG);
  const words = [...top.slice(0, short).sort(), ...top.slice(short).sort()];
  const letter = new Map(words.map((w, i) => [w, free[i] as string]));
  return {
    words,
    letters: free.slice(0, words.length).join(''),
    texts: texts.map((t) => t.replace(WORD, (w) => letter.get(w) ?? w)),
  };
}

/** Gives a text its words back. */
export function longWords(words: readonly string[], letters: string): (text: string) => string {
  const word = new Map([...letters].map((c, i) => [c, words[i] as string]));
  return (text) => text.replace(ANY_LETTER, (c) => word.get(c) ?? c);
}
