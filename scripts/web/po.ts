/** PO files to compiled messages: a strict reader, so that a mistake stops the build instead of reaching a person. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessage } from '@lingui/message-utils/compileMessage';

export type Po = ReadonlyMap<string, string>;

/** Reads `msgid`/`msgstr` pairs. Throws with the line where something is not understood, twice there, or empty. */
export function readPo(file: string, text: string): Po {
  const out = new Map<string, string>();
  let id: string | undefined;
  let value: string | undefined;
  let into: 'id' | 'value' | undefined;
  const wrong = (line: number, what: string) =>
    new Error(`${file}:${line}  ${what}\n    expected: msgid "…" and msgstr "…", a pair for each message`);
  const close = (line: number) => {
    if (id === undefined) return;
    if (value === undefined) throw wrong(line, `"${id}" has no msgstr`);
    if (out.has(id)) throw wrong(line, `"${id}" stands here a second time`);
    if (id !== '' && value === '') throw wrong(line, `"${id}" is not translated`);
    out.set(id, value);
    id = value = undefined;
  };
  const lines = text.split(/\r?\n/);
  lines.forEach((raw, i) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    const m = /^(msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"$/.exec(line);
    if (!m) throw wrong(i + 1, line);
    const body = (m[2] as string).replaceAll(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
    if (m[1] === 'msgid') {
      close(i + 1);
      id = body;
      into = 'id';
    } else if (m[1] === 'msgstr') {
      value = body;
      into = 'value';
    } else if (into === 'id') id += body;
    else if (into === 'value') value += body;
    else throw wrong(i + 1, line);
  });
  close(lines.length);
  out.delete('');
  return out;
}

/** The plural forms a language needs, and every form named in a message. */
const FORMS = { en: ['one', 'other'], ru: ['one', 'few', 'many', 'other'] } as const;

/** What is wrong with a pair of files: missing messages, missing plural forms, other values than the original has. */
export function poProblems(en: Po, ru: Po): string[] {
  const out: string[] = [];
  for (const id of en.keys()) if (!ru.has(id)) out.push(`ru.po lacks "${id}"`);
  for (const id of ru.keys()) if (!en.has(id)) out.push(`en.po lacks "${id}"`);
  for (const [lang, po] of [
    ['en', en],
    ['ru', ru],
  ] as const)
    for (const [id, text] of po)
      for (const m of text.matchAll(/\{(\w+), plural,((?:[^{}]|\{[^{}]*\})*)\}/g))
        for (const form of FORMS[lang])
          if (
            !new RegExp(`\\b${form} \\{`).test(m[2] as string) &&
            !(form === 'one' && lang === 'en' && /=0/.test(m[2] as string))
          )
            out.push(`${lang}.po: "${id}" lacks the plural form "${form}"`);
  const values = (text: string) =>
    [...new Set([...text.matchAll(/(?<!(?:=\d|one|few|many|other) )\{(\w+)[,}]/g)].map((m) => m[1]))].sort().join(' ');
  for (const [id, text] of en) {
    const other = ru.get(id);
    if (other !== undefined && values(text) !== values(other))
      out.push(`"${id}" has other values in ru.po than in en.po`);
  }
  return out;
}

/** Both languages, compiled; `more.` those of the screens after the first view. Throws if something is missing. */
export function compiledWords(
  root: string,
  which: '' | 'more.' = '',
): { en: Record<string, unknown>; ru: Record<string, unknown> } {
  const read = (lang: string) => {
    const file = join('src', 'web', 'words', `${which}${lang}.po`);
    return readPo(file, readFileSync(join(root, file), 'utf8'));
  };
  const [en, ru] = [read('en'), read('ru')];
  const problems = poProblems(en, ru);
  if (problems.length) throw new Error(problems.join('\n'));
  const compile = (po: Po) => Object.fromEntries([...po].map(([id, text]) => [id, compileMessage(text)]));
  return { en: compile(en), ru: compile(ru) };
}
