import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setupI18n } from '@lingui/core';
import { compiledWords, poProblems, readPo } from '../../scripts/web/po.ts';
import { hasCodeWords, hasFieldWords } from '../../src/answers/code-words.ts';
import { readBook } from '../../src/law/book.ts';
import { built, ROOT } from './built.ts';

test('every message that is spoken is there, and every message that is there is spoken', () => {
  const ids = new Set(
    ['en.po', 'more.en.po'].flatMap((f) => [...readPo(f, readFileSync(join(ROOT, 'src/web/words', f), 'utf8')).keys()]),
  );
  const spoken = new Set<string>();
  const families: RegExp[] = [];
  // The explorer of the lab has words of its own, in one table with types: the compiler sees to them.
  for (const file of globSync('src/web/**/*.{ts,tsx}', { cwd: ROOT }).filter((f) => !f.startsWith('src/web/lab/'))) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const m of text.matchAll(/\bt\(\s*'([^']+)'/g)) spoken.add(m[1] as string);
    for (const m of text.matchAll(/\bt\(\s*`([^`]+)`/g))
      families.push(
        new RegExp(
          `^${(m[1] as string).replaceAll('.', '\\.').replaceAll(/\$\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, '[\\w-]+')}$`,
        ),
      );
    // What stands in a choice (`t(x ? 'a' : 'b')`), or is kept to be said elsewhere.
    for (const m of text.matchAll(/'([a-z]+\.[\w.-]+)'/g)) if (ids.has(m[1] as string)) spoken.add(m[1] as string);
    for (const m of text.matchAll(/'(wrong\.\w+)'/g)) spoken.add(m[1] as string);
  }
  for (const f of globSync('scripts/web/*.ts', { cwd: ROOT }))
    for (const m of readFileSync(join(ROOT, f), 'utf8').matchAll(/\bt\('([^']+)'/g)) spoken.add(m[1] as string);
  assert.deepEqual(
    [...spoken].filter((id) => !ids.has(id)),
    [],
  );
  assert.deepEqual(
    [...ids].filter((id) => !spoken.has(id) && !families.some((f) => f.test(id))),
    [],
  );
});

test('a mistake in the words stops the build, with its place', () => {
  assert.throws(() => readPo('x.po', 'msgid "a"\nmsgstr ""\n'), /x\.po:\d+ {2}"a" is not translated/);
  assert.throws(() => readPo('x.po', 'msgid "a"\nmsgstr "1"\nmsgid "a"\nmsgstr "2"\n'), /second time/);
  assert.throws(() => readPo('x.po', 'msgid "a"\n'), /no msgstr/);
  assert.throws(() => readPo('x.po', 'msgstr a\n'), /x\.po:1/);
  assert.deepEqual(
    [...readPo('x.po', 'msgid ""\nmsgstr "head"\n\n#. note\nmsgid "a.b"\nmsgstr ""\n"one "\n"\\"two\\"\\n"\n')],
    [['a.b', 'one "two"\n']],
  );
  const en = new Map([
    ['a', '{n, plural, one {# day} other {# days}}'],
    ['b', 'x {n}'],
  ]);
  const ru = new Map([
    ['a', '{n, plural, one {# день} other {# дня}}'],
    ['c', 'y'],
  ]);
  assert.deepEqual(poProblems(en, ru), [
    'ru.po lacks "b"',
    'en.po lacks "c"',
    'ru.po: "a" lacks the plural form "few"',
    'ru.po: "a" lacks the plural form "many"',
  ]);
  assert.deepEqual(poProblems(new Map([['b', 'x {n}']]), new Map([['b', 'x {m}']])), [
    '"b" has other values in ru.po than in en.po',
  ]);
});

test('plurals: Russian has all four forms, English two, for every number that occurs', () => {
  const words = compiledWords(ROOT);
  for (const lang of ['en', 'ru'] as const) {
    const i18n = setupI18n({ locale: lang, messages: { [lang]: words[lang] as never } });
    const forms = new Map<string, Set<string>>();
    for (const n of [...Array(132).keys(), 1.5]) {
      const text = i18n._('ask.progress', { n });
      assert.ok(text.includes(lang === 'ru' ? String(n).replace('.', ',') : String(n)), text);
      const kind = new Intl.PluralRules(lang).select(n);
      forms.set(kind, (forms.get(kind) ?? new Set()).add(text.replaceAll(/[\d.,\u00a0]+/g, '#')));
    }
    assert.equal(forms.size, lang === 'ru' ? 4 : 2);
    for (const [kind, texts] of forms) assert.equal(texts.size, 1, `${lang} ${kind}`);
    if (lang === 'ru') assert.equal(new Set([...forms.values()].map((s) => [...s][0])).size >= 3, true);
  }
});

test('every code and every field that a person may be asked for has words', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const mute: string[] = [];
  for (const [set, { codes }] of book.schema.sets)
    for (const code of codes) if (!hasCodeWords(set, code)) mute.push(`${set}: ${code}`);
  for (const [record, fields] of book.schema.records)
    for (const field of fields.keys()) if (!hasFieldWords(record, field)) mute.push(`${record}.${field}`);
  assert.deepEqual(mute, [], 'To mend: src/answers/code-words.ts');
});
