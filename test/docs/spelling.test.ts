/**
 * Spelling of what people read: documents and the page's words, by Debian's hunspell (British English; Russian). Names and words of the trade that
 * no dictionary has are in `words.en.txt` and `words.ru.txt`.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { need } from '../../scripts/need.ts';
import { documents } from './blocks.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const DICTIONARIES = { en: 'en_GB', ru: 'ru_RU' } as const;

/** The words of a document, with their lines: no code, no addresses, no names of files. */
function prose(markdown: string): string {
  return markdown
    .replace(/^```[\s\S]*?^```$/gm, (block) => block.replace(/[^\n]/g, ''))
    .replace(/`[^`]*`/g, ' ')
    .replace(/\]\([^)]*\)/g, '] ')
    .replace(/https?:\S+/g, ' ')
    .replace(/\b[\w-]+(\/[\w.-]+)+\b/g, ' ')
    .replace(/\b\w+\.(md|ts|yaml|html|json)\b/g, ' ');
}

/** The texts of a catalogue of words (PO), without the names and braces of what is filled in. */
const catalogue = (po: string): string =>
  [...po.replace(/^msgid ""\n(.+\n)*/m, '').matchAll(/^msgstr "(.*)"$/gm)]
    .map((m) =>
      (m[1] as string)
        .replace(/\{\w+, plural,/g, ' ')
        .replace(/=?\b(one|few|many|other|\d+) \{/g, ' ')
        .replace(/\{\w+\}|\b\w+\.ru\b/g, ' '),
    )
    .join('\n');

/**
 * Words of a text in the letters of a language, but for names: those with two capitals, and in English those with a capital in the middle of a
 * sentence.
 */
function wordsOf(text: string, lang: 'en' | 'ru'): readonly string[] {
  const letters = lang === 'ru' ? /[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*/g : /[A-Za-z]+(?:['’][a-z]+)?/g;
  return [...text.matchAll(letters)].flatMap((m) => {
    const word = m[0].replace(/['’]s$/, '').replace('’', "'");
    const inside = /[\p{L},;)] $/u.test(text.slice(Math.max(0, m.index - 2), m.index));
    const name = /[A-ZА-ЯЁ].*[A-ZА-ЯЁ]/.test(word) || (lang === 'en' && inside && /^[A-Z]/.test(word));
    return name || word.length < 3 ? [] : [word];
  });
}

/** Words that the dictionary does not have. */
function unknown(words: Iterable<string>, lang: 'en' | 'ru'): readonly string[] {
  const r = spawnSync('hunspell', ['-d', DICTIONARIES[lang], '-i', 'utf-8', '-l'], {
    input: [...words].join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  assert.equal(r.status, 0, r.stderr);
  return [...new Set(r.stdout.split('\n').filter(Boolean))];
}

const own = (lang: 'en' | 'ru'): ReadonlySet<string> =>
  new Set(
    read(`test/docs/words.${lang}.txt`)
      .split('\n')
      .filter((line) => line && !line.startsWith('#')),
  );

const texts = (lang: 'en' | 'ru'): readonly (readonly [file: string, text: string])[] => [
  ...documents(root)
    // Made from the law and by the benches: names in many languages.
    .filter((f) => f !== 'docs/coverage.md' && f !== 'docs/benchmarks.md')
    .map((f) => [f, prose(read(f))] as const),
  [`src/web/words/${lang}.po`, catalogue(read(`src/web/words/${lang}.po`))],
];

for (const lang of ['en', 'ru'] as const)
  test(`every word is spelt as the dictionary has it (${lang})`, () => {
    assert.equal(need('hunspell', 'hunspell'), undefined);
    for (const pack of ['hunspell-en-gb', 'hunspell-ru'])
      assert.equal(
        need(pack, pack, `/usr/share/hunspell/${pack === 'hunspell-ru' ? 'ru_RU' : 'en_GB'}.aff`),
        undefined,
      );
    const where = new Map<string, string>();
    for (const [file, text] of texts(lang)) for (const w of wordsOf(text, lang)) if (!where.has(w)) where.set(w, file);
    const known = own(lang);
    const wrong = unknown(where.keys(), lang).filter((w) => !known.has(w) && !known.has(w.toLowerCase()));
    assert.deepEqual(
      wrong.map((w) => `${where.get(w) ?? '?'}: ${w}`),
      [],
      'mend the word, or put it into the list beside this test',
    );
    // The dictionary bites.
    assert.deepEqual(unknown(lang === 'en' ? ['colour', 'recieve'] : ['закон', 'законн'], lang), [
      lang === 'en' ? 'recieve' : 'законн',
    ]);
  });
