/** Person files in and out of the page. What a file says that the page does not ask about goes out again as it came in. */
import { isCollection, parse, parseDocument, stringify } from 'yaml';
import { problemWords } from '../../answers/problem-words.ts';
import type { LawBook } from '../../law/book.ts';
import type { Problem } from '../../law/problems.ts';
import type { Lang } from '../../law/say.ts';
import { joinBundle, splitBundle } from '../../person/bundle.ts';
import { readPerson } from '../../person/file.ts';
import { type Answers, answersOf, type Origin, partOf, personObject } from '../state/answers.ts';
import type { ReadFiles, Trouble } from './protocol.ts';
import { askedFacts } from './questions.ts';

const YAML = { version: '1.2', schema: 'core' } as const;

/** `yes` and `no` as a person file writes them. */
const yesNo = (v: unknown): unknown =>
  typeof v === 'boolean'
    ? v
      ? 'yes'
      : 'no'
    : Array.isArray(v)
      ? v.map(yesNo)
      : typeof v === 'object' && v !== null
        ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, yesNo(x)]))
        : v;

const namesFiles = (answers: Answers): boolean =>
  answers.family?.k === 'value' &&
  (answers.family.v as readonly { file?: unknown }[]).some((m) => m.file !== undefined);

/**
 * The case as a person file: YAML that the command line reads as well. Of a case that came from a file only what was answered otherwise since is
 * changed: its name, notes, comments, order and the files of the family stay. Without one it has the name "case", which says nothing.
 */
export function writeCase(book: LawBook, answers: Answers, origin?: Origin): string {
  if (!origin) return fresh(answers, {});
  const members = namesFiles(answers) ? origin.members : {};
  return joinBundle({ text: changed(book, answers, origin.text) ?? fresh(answers, headOf(origin.text)), members });
}

const fresh = (answers: Answers, head: object): string =>
  stringify({ name: 'case', ...head, ...(yesNo(personObject(answers)) as object) }, { lineWidth: 0, version: '1.2' });

/** What a file says to people: its name and its note. */
function headOf(text: string): object {
  try {
    const top = parse(text, YAML) as Record<string, unknown> | null;
    return Object.fromEntries(['name', 'note'].flatMap((k) => (typeof top?.[k] === 'string' ? [[k, top[k]]] : [])));
  } catch {
    return {};
  }
}

/** The answers as they are read back: what is withheld is unknown, and a field of the first document stands in its list. */
const plain = (answers: Answers): string =>
  JSON.stringify(
    Object.entries(answers)
      .filter(([fact]) => !partOf(fact))
      .map(([fact, a]) => [fact, a.k === 'value' ? a.v : 'unknown'])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );

/** The file with the answers that differ put in; `undefined` where that cannot be done without loss. */
function changed(book: LawBook, answers: Answers, text: string): string | undefined {
  const facts = askedFacts(book);
  try {
    const before = answersOf(parse(text, YAML) as Record<string, unknown>, facts);
    if (plain(before) === plain(answers)) return text;
    const doc = parseDocument(text, YAML);
    for (const fact of new Set([...Object.keys(before), ...Object.keys(answers)])) {
      const [was, is] = [before[fact], answers[fact]];
      if (partOf(fact) || JSON.stringify(was) === JSON.stringify(is)) continue;
      const path = fact.split('.');
      if (is === undefined) {
        doc.deleteIn(path);
        continue;
      }
      for (let n = 1; n < path.length; n++)
        if (!isCollection(doc.getIn(path.slice(0, n)))) doc.setIn(path.slice(0, n), doc.createNode({}));
      doc.setIn(path, doc.createNode(yesNo(is.k === 'value' ? is.v : 'unknown')));
    }
    const out = doc.toString({ lineWidth: 0 });
    return plain(answersOf(parse(out, YAML) as Record<string, unknown>, facts)) === plain(answers) ? out : undefined;
  } catch {
    return undefined;
  }
}

/** Reads one text: a person file, with the files of the family after it where it has them. */
export function readText(book: LawBook, whole: string, lang: Lang = 'en'): ReadFiles {
  const { text, members } = splitBundle(whole);
  return readOne(book, 'case.yaml', text, members, lang);
}

const base = (name: string) => name.replace(/^.*[/\\]/, '');

/**
 * Reads a person file, with the files of family members that it names beside it. Of several files the one that names the
 * others is meant; where they name each other, it must be told whose case this is (`choose`).
 */
export function readFiles(
  book: LawBook,
  files: readonly { readonly name: string; readonly text: string }[],
  whose?: string,
  lang: Lang = 'en',
): ReadFiles {
  const named = (f: { readonly text: string }) =>
    files.filter((o) => o !== f && new RegExp(`file:\\s*["']?${escaped(base(o.name))}`).test(f.text)).length;
  const most = Math.max(0, ...files.map(named));
  const first = whose === undefined ? files.filter((f) => named(f) === most) : files.filter((f) => f.name === whose);
  if (first.length > 1) return { ok: false, trouble: [], choose: first.map((f) => f.name) };
  const main = first[0];
  if (!main) return { ok: false, trouble: [] };
  const own = splitBundle(main.text);
  const others = files.filter((f) => f !== main).map((f) => [base(f.name), f.text] as const);
  return readOne(book, base(main.name), own.text, { ...own.members, ...Object.fromEntries(others) }, lang);
}

function readOne(book: LawBook, name: string, text: string, members: Origin['members'], lang: Lang): ReadFiles {
  const used = new Set<string>();
  const { person, problems } = readPerson(name, text, book.schema, (wanted) => {
    const found = base(wanted);
    if (!Object.hasOwn(members, found)) return undefined;
    used.add(found);
    return { file: found, text: members[found] as string };
  });
  if (!person) return { ok: false, trouble: problems.map((p) => troubleOf(p, lang)) };
  const raw = parse(text, YAML) as Record<string, unknown>;
  return {
    ok: true,
    answers: answersOf(raw, askedFacts(book)),
    origin: { text, members: Object.fromEntries(Object.entries(members).filter(([n]) => used.has(n))) },
  };
}

const troubleOf = (p: Problem, lang: Lang): Trouble => ({
  fact: '',
  label: `${p.file}:${p.line}`,
  found: problemWords(p.found, lang),
  expected: [p.expected, ...(p.mend ? [p.mend] : [])].map((x) => problemWords(x, lang)).join('; '),
});

const escaped = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
