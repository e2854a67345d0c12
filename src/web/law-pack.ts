/**
 * The law as the page carries it. Each text, each source and each condition stands once, in tables: what compresses well over a slow line
 * is what lies together; frequent words of the texts are a letter each (`short-words.ts`). Unpacked it is the same law.
 */
import { bookFrom, type LawBook, writeBook } from '../law/book.ts';
import type { Source } from '../law/types.ts';
import { longWords, shortWords } from './short-words.ts';

const COLUMNS = ['url', 'publisher', 'title', 'date', 'read', 'official', 'text', 'lang', 'quote'] as const;

/**
 * Cyrillic letters, the frequent ones first, and the Latin ones that stand for them in the packed Russian texts, and they for those. A Latin
 * letter is one byte and a Cyrillic one two: packed like this the texts are a sixth smaller even when compressed.
 */
const CYRILLIC = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёПНВСОИРКАДЕТМБУЗГЛ';
const LATIN = 'oeaintsrvlkmdpuqybgzwcjhxfABCDEFGPNVSOIRKQHJTMLUZWX';
const OTHER = new Map(
  [...CYRILLIC].flatMap((c, i) => [[c, LATIN[i] as string] as const, [LATIN[i] as string, c] as const]),
);
/** By code, for speed: all of them lie below. */
const TABLE = Array.from({ length: 0x460 }, (_, i) => OTHER.get(String.fromCharCode(i)) ?? String.fromCharCode(i));

/** Puts the letters of the two alphabets in each other's place; done twice, the text is as it was. */
function swapLetters(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += TABLE[text.charCodeAt(i)] ?? text[i];
  return out;
}

/** A pair whose texts are unpacked when they are first read: most are never read. */
function pairOf(
  packedEn: string,
  packedRu: string,
  english: (t: string) => string,
  russian: (t: string) => string,
): Pair {
  let en: string | undefined;
  let ru: string | undefined;
  return {
    get en() {
      en ??= english(packedEn);
      return en;
    },
    get ru() {
      ru ??= swapLetters(russian(packedRu));
      return ru;
    },
  };
}

type Packed = {
  readonly law: unknown;
  /** Texts with frequent words as one letter each; the words and the letters. */
  readonly en: readonly string[];
  readonly ru: readonly string[];
  readonly words: { readonly en: Words; readonly ru: Words };
  /** Conditions as they are written, and as they are read: half of them stand in several provisions. */
  readonly written: readonly string[];
  readonly read: readonly unknown[];
  /** By column; 0 where a source has none. */
  readonly sources: readonly (readonly unknown[])[];
};

type Words = { readonly words: readonly string[]; readonly letters: string };
type Rec = Record<string, unknown>;
type Pair = { readonly en: string; readonly ru: string };
const isPair = (v: unknown): v is Pair =>
  typeof v === 'object' &&
  v !== null &&
  Object.keys(v).length === 2 &&
  typeof (v as Pair).en === 'string' &&
  typeof (v as Pair).ru === 'string';

/** A condition of its own, as the law has it. */
const isLeaf = (o: Rec): boolean => o.k === 'leaf' && typeof o.text === 'string' && typeof o.expr === 'object';

/** A copy all the way down: what is read once is asked about in each provision for itself. */
function copyOf(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(copyOf);
  if (typeof v !== 'object' || v === null) return v;
  const out: Rec = {};
  for (const k in v) out[k] = copyOf((v as Rec)[k]);
  return out;
}

/** A book as one text. */
export function packBook(book: LawBook): string {
  const texts = new Map<string, number>();
  const pairs: Pair[] = [];
  const sources = new Map<string, number>();
  const rows: Source[] = [];
  const conditions = new Map<string, number>();
  const leaves: { readonly text: string; readonly expr: unknown }[] = [];
  // Where a value stands in its table: 0 for the next that was not there yet, else how far back. What is said for the first time, and what
  // is said again as in the provision before, looks the same everywhere.
  const once = <T>(table: Map<string, number>, list: T[], value: T): number => {
    const key = JSON.stringify(value);
    const have = table.get(key);
    if (have !== undefined) return list.length - have;
    table.set(key, list.length);
    list.push(value);
    return 0;
  };
  const walk = (v: unknown, key: string): unknown => {
    if (isPair(v)) return { $: once(texts, pairs, v) };
    if (Array.isArray(v)) return v.map((x) => walk(x, ''));
    if (typeof v !== 'object' || v === null) return v;
    if (key === 'sources')
      return Object.fromEntries(Object.entries(v).map(([id, s]) => [id, once(sources, rows, s as Source)]));
    if (isLeaf(v as Rec)) {
      const { text, expr, ...rest } = v as Rec & { text: string };
      return { ...(walk(rest, '') as Rec), $c: once(conditions, leaves, { text, expr }) };
    }
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, walk(x, k)]));
  };
  const law = walk(JSON.parse(writeBook(book)), '');
  const en = shortWords(pairs.map((p) => p.en));
  const ru = shortWords(pairs.map((p) => p.ru));
  const packed: Packed = {
    law,
    en: en.texts,
    ru: ru.texts.map(swapLetters),
    words: {
      en: { words: en.words, letters: en.letters },
      ru: { words: ru.words.map(swapLetters), letters: ru.letters },
    },
    written: leaves.map((l) => l.text),
    read: leaves.map((l) => l.expr),
    sources: COLUMNS.map((c) => rows.map((r) => r[c] ?? 0)),
  };
  return JSON.stringify(packed);
}

/** The book of a packed text. Texts and sources that are the same are one value. */
export function unpackBook(text: string): LawBook {
  const packed = JSON.parse(text) as Packed;
  const english = longWords(packed.words.en.words, packed.words.en.letters);
  const russian = longWords(packed.words.ru.words, packed.words.ru.letters);
  const pairs = packed.en.map((en, i) => pairOf(en, packed.ru[i] as string, english, russian));
  const sources = (packed.sources[0] ?? []).map((_, i) =>
    Object.fromEntries(COLUMNS.flatMap((c, k) => (packed.sources[k]?.[i] === 0 ? [] : [[c, packed.sources[k]?.[i]]]))),
  );
  const places = { $: 0, $c: 0, sources: 0 };
  /** The place in a table that `once` told, in the same order. */
  const placeOf = (table: keyof typeof places, back: number): number => {
    if (back > 0) return places[table] - back;
    places[table]++;
    return places[table] - 1;
  };
  const walk = (v: unknown, key: string): unknown => {
    if (Array.isArray(v)) {
      for (let i = 0; i < v.length; i++) v[i] = walk(v[i], '');
      return v;
    }
    if (typeof v !== 'object' || v === null) return v;
    const o = v as Rec;
    if (typeof o.$ === 'number') return pairs[placeOf('$', o.$)];
    if (typeof o.$c === 'number') {
      const leaf: Rec = {};
      for (const k in o) if (k !== '$c') leaf[k] = walk(o[k], k);
      const place = placeOf('$c', o.$c);
      leaf.text = packed.written[place];
      leaf.expr = copyOf(packed.read[place]);
      return leaf;
    }
    for (const k of Object.keys(o))
      o[k] = key === 'sources' ? sources[placeOf('sources', o[k] as number)] : walk(o[k], k);
    return o;
  };
  return bookFrom(walk(packed.law, ''));
}
