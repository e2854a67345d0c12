/** One plain spelling for names written in Latin or Cyrillic letters: lower case, without marks, Cyrillic in Latin letters. */

/** Russian, Ukrainian, Belarusian, Kazakh, Serbian. Of the usual systems the most phonetic; `KEY` below levels their differences. */
const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  є: 'ye',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'yi',
  й: 'y',
  ј: 'j',
  к: 'k',
  л: 'l',
  љ: 'lj',
  м: 'm',
  н: 'n',
  њ: 'nj',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  ћ: 'c',
  ђ: 'dj',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  џ: 'dz',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  ә: 'a',
  ғ: 'g',
  қ: 'k',
  ң: 'n',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
};

/** Letters that decomposition does not take apart. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
};

/** Latin letters that look like Cyrillic ones, inside a word that is otherwise Cyrillic: a way to slip past a list. */
const LOOKALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
};

const isCyrillic = (c: string): boolean => c >= '\u0400' && c <= '\u052f';

/** Words of a name, folded. Initials that stand alone are drawn together: "J. P. Morgan" and "JP Morgan" are one. */
export function words(name: string): string[] {
  const lower = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’'`ʼ‘´"«»“”„]/g, '')
    .replace(/&/g, ' and ')
    .replace(/\+/g, ' plus ');
  const out: string[] = [];
  // "p.j.s.c." and "s.a." are one word each.
  for (const raw of lower
    .replace(/(?<![\p{L}\p{N}])((?:\p{L}\.){2,})/gu, (m) => ` ${m.replaceAll('.', '')} `)
    .split(/[^\p{L}\p{N}\p{M}]+/u)) {
    if (raw !== '') out.push(foldWord(raw));
  }
  const joined: string[] = [];
  let initials = '';
  for (const w of [...out, '']) {
    if (w.length === 1 && /[a-z]/.test(w)) {
      initials += w;
      continue;
    }
    if (initials !== '') joined.push(initials);
    initials = '';
    if (w !== '') joined.push(w);
  }
  return joined;
}

function foldWord(word: string): string {
  let text = word;
  const letters = [...word].filter((c) => /\p{L}/u.test(c));
  if (letters.some(isCyrillic) && letters.some((c) => !isCyrillic(c)))
    text = [...word].map((c) => LOOKALIKE[c] ?? c).join('');
  let out = '';
  for (const c of text) {
    if (CYRILLIC[c] !== undefined) out += CYRILLIC[c];
    else if (LATIN[c] !== undefined) out += LATIN[c];
    else {
      const bare = c.normalize('NFKD').replace(/\p{M}/gu, '');
      for (const d of bare) out += CYRILLIC[d] ?? LATIN[d] ?? d;
    }
  }
  return out;
}

/**
 * What is left of a word when the ways of writing Russian in Latin letters no longer differ (yu/iu/ju, kh/h/x, ts/c, y/i/j, double letters).
 * Two words with one key sound alike; it is never shown.
 */
export function soundKey(word: string): string {
  return word
    .replace(/shch|sch/g, 's')
    .replace(/kh|ch/g, (m) => (m === 'kh' ? 'h' : 'c'))
    .replace(/zh/g, 'z')
    .replace(/sh/g, 's')
    .replace(/ts|tz/g, 'c')
    .replace(/ph/g, 'f')
    .replace(/ks|x/g, 'x')
    .replace(/w/g, 'v')
    .replace(/ck|k|q/g, 'k')
    .replace(/[iy]?e/g, 'e')
    .replace(/[ijy]+/g, 'i')
    .replace(/i([aou])/g, '$1')
    .replace(/(.)\1+/g, '$1');
}
