/** The case as the library reads it: the same reader as for a file, so that the page accepts what a file may say and nothing else. */
import { factLabel } from '../../answers/change-words.ts';
import { problemWords } from '../../answers/problem-words.ts';
import { parseDay } from '../../calendar/civil.ts';
import type { LawBook } from '../../law/book.ts';
import type { Lang } from '../../law/say.ts';
import { startOf } from '../../moves/claims.ts';
import { personFrom } from '../../person/file.ts';
import type { Person, Situation } from '../../person/types.ts';
import { type Answers, type Origin, personObject } from '../state/answers.ts';
import type { Ask, Or, Trouble } from './protocol.ts';

export type CaseReading = { readonly person: Person } | { readonly trouble: readonly Trouble[] };

/** Reads the answers as a person. A case with trouble answers nothing: the trouble says what to correct. */
export function readCase(
  book: LawBook,
  answers: Answers,
  lang: Lang,
  members: Origin['members'] | undefined = undefined,
): CaseReading {
  const paths: (readonly (string | number)[])[] = [];
  const { person, problems } = personFrom(
    {
      file: 'case',
      value: { name: 'case', ...personObject(answers) },
      at: (path) => {
        paths.push(path);
        return { line: paths.length - 1, column: 0 };
      },
    },
    book.schema,
    (name) => {
      const text = members && Object.hasOwn(members, name) ? members[name] : undefined;
      return text === undefined ? undefined : { file: name, text };
    },
  );
  if (person) return { person };
  return {
    trouble: problems.map((p) => {
      const fact = factAt(book, paths[p.line] ?? []);
      return {
        fact,
        label: factLabel(book, fact, lang),
        found: problemWords(p.found, lang),
        expected: problemWords(p.expected, lang),
      };
    }),
  };
}

/** The fact that a place in a person file belongs to. */
function factAt(book: LawBook, path: readonly (string | number)[]): string {
  for (let n = path.length; n > 0; n--) {
    const name = path.slice(0, n).join('.');
    if (book.schema.facts.has(name)) return name;
  }
  return String(path[0] ?? '');
}

/** Does something for the situation of a case, or tells the case's trouble. */
export function withCase<T>(book: LawBook, ask: Ask, then: (s: Situation) => T): Or<T> {
  const read = readCase(book, ask.answers, ask.lang, ask.members);
  if ('trouble' in read) return { ok: false, trouble: read.trouble };
  const on = parseDay(ask.on);
  if (on === undefined) throw new Error(`"${ask.on}" is no day; expected one like 2026-11-23.`);
  return { ok: true, value: then(startOf(book, read.person, on)) };
}
