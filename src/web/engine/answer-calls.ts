/** What a worker answers, call by call. Free of the browser, so that the same is asked in tests. */
import { parse, stringify } from 'yaml';
import { nearFirst } from '../../answers/near-first.ts';
import { formatDay, parseDay } from '../../calendar/civil.ts';
import { checkRoutes } from '../../check/check.ts';
import { type LawBook, ofKind } from '../../law/book.ts';
import type { Lang } from '../../law/say.ts';
import { startOf } from '../../moves/claims.ts';
import { dangersIn } from '../../moves/dangers.ts';
import { entryEligibility, routeEligibility } from '../../moves/eligible.ts';
import { lawfulUntil } from '../../moves/lawful.ts';
import { readPerson } from '../../person/file.ts';
import type { Day } from '../../rules/ir.ts';
import { type Answers, answersOf, personObject, withoutAnswers } from '../state/answers.ts';
import { readCase, withCase } from './case.ts';
import { changesView } from './changes-view.ts';
import { checkRow, overview, routeView } from './check-view.ts';
import { makeKey, openFrom, openKey, openWith, sealTo, sealWith } from './keys.ts';
import { countryView, lawIndex, provisionView } from './law-view.ts';
import { plansViews } from './plan-view.ts';
import type { Ask, Call, Calls, ReadFiles, Trouble } from './protocol.ts';
import { askedFacts, currencies, questionOf, type SummaryView, summaryRows } from './questions.ts';
import { standView } from './stand-view.ts';

type Handlers = {
  readonly [K in Call]: (book: LawBook, ask: Calls[K]['ask']) => Calls[K]['answer'] | Promise<Calls[K]['answer']>;
};

const dayOf = (text: string): Day => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`"${text}" is no day; expected one like 2026-11-23.`);
  return day;
};

export const handlers: Handlers = {
  info: (book) => ({
    digest: book.digest,
    provisions: book.provisions.size,
    routes: ofKind(book, 'route').length,
    jurisdictions: [...new Set([...book.provisions.values()].map((p) => p.jurisdiction))].sort(),
    read:
      [...book.provisions.values()]
        .flatMap((p) => Object.values(p.sources).map((s) => s.read))
        .sort()
        .at(-1) ?? '',
    currencies: currencies(book),
  }),
  overview: (book, ask) => withCase(book, ask, (s) => overview(book, s)),
  question: (book, ask) => questionOf(book, ask.fact, ask.answers, dayOf(ask.on), ask.lang),
  summary: (book, ask) => summary(book, ask),
  stand: (book, ask) => withCase(book, ask, (s) => standView(book, s, ask.lang)),
  routes: (book, ask) =>
    withCase(book, ask, (s) => {
      const rows = checkRoutes(book, s, s.on);
      const open = nearFirst(
        book,
        s,
        rows.filter((r) => r.outcome === 'unknown'),
      );
      return [...rows.filter((r) => r.outcome !== 'unknown'), ...open].map((r) => checkRow(book, s, r, ask.lang));
    }),
  route: (book, ask) => withCase(book, ask, (s) => routeView(book, s, ask.id, ask.lang)),
  changes: (book, ask) => withCase(book, ask, (s) => changesView(book, s, dayOf(ask.from), s.on, ask.lang)),
  law: (book, ask) => lawIndex(book, dayOf(ask.on), ask.lang),
  country: (book, ask) => countryView(book, ask.code, dayOf(ask.on), ask.lang),
  provision: (book, ask) => provisionView(book, ask.id, dayOf(ask.on), ask.lang),
  plans: (book, ask) => {
    const run = plansInSteps(book, ask);
    for (;;) {
      const step = run.next();
      if (step.done) return step.value;
    }
  },
  write: (_, ask) => writeCase(ask.answers),
  read: (book, ask) => readFiles(book, ask.files, ask.whose),
  seal: (_, ask) => sealWith(writeCase(ask.answers), ask.passphrase),
  open: async (book, ask) => {
    const yaml = await openWith(ask.file, ask.passphrase);
    return yaml === undefined ? 'wrong' : readFiles(book, [{ name: 'case.yaml', text: yaml }]);
  },
  makeKey: (_, ask) => makeKey(ask.passphrase),
  openKey: async (book, ask) => {
    const identity = await openKey(ask.sealed, ask.passphrase);
    if (identity === undefined) return 'wrong';
    const text = await openFrom(ask.file, identity);
    const read = readFiles(book, [{ name: 'case.yaml', text }]);
    return read.ok ? { ok: true, value: { identity, answers: read.value } } : { ...read, text };
  },
  sealTo: (_, ask) => sealTo(writeCase(ask.answers), ask.identity),
};

/** Plans as they are found; the last value is the whole answer. */
export function* plansInSteps(
  book: LawBook,
  ask: Calls['plans']['ask'],
): Generator<Calls['plans']['answer'], Calls['plans']['answer'], void> {
  const key = JSON.stringify([ask.answers, ask.on, ask.goal, ask.avoid]);
  const begun = withCase(book, ask, (s) => plansViews(book, s, ask.goal, ask.avoid, ask.lang, key));
  if (!begun.ok) return begun;
  for (;;) {
    const step = begun.value.next();
    if (step.done) return { ok: true, value: step.value };
    yield { ok: true, value: step.value };
  }
}

/** The summary, with how many answers of the law each fact changes today. */
function summary(book: LawBook, ask: Ask): SummaryView {
  const rows = summaryRows(book, ask.answers, ask.lang);
  const before = outcomes(book, ask.answers, ask.on, ask.lang);
  if (!before) return { rows };
  return {
    rows: rows.map((row) => {
      const without = outcomes(book, withoutAnswers(ask.answers, [row.fact]), ask.on, ask.lang);
      // Where the rest contradicts itself without the answer, the answer matters.
      if (!without) return { ...row, matters: before.length };
      return { ...row, matters: before.filter((x, i) => x !== without[i]).length };
    }),
  };
}

const CONCERNS = ['presence', 'entry', 'exit', 'transit', 'consulate'] as const;
const placesOf = (book: LawBook): string[] =>
  [...new Set([...book.provisions.values()].map((p) => p.jurisdiction))].filter((j) => j.length === 2);

/** The outcome of every route, of every entry as a visitor, every danger and the last lawful day, as texts that can be compared. */
function outcomes(book: LawBook, answers: Answers, on: string, lang: Lang): string[] | undefined {
  const read = readCase(book, answers, lang);
  if ('trouble' in read) return undefined;
  const s = startOf(book, read.person, dayOf(on));
  const lawful = lawfulUntil(book, s);
  return [
    `${lawful.until} ${lawful.known} ${lawful.under}`,
    ...ofKind(book, 'route').map((r) => String(routeEligibility(book, r, s, s.on).outcome)),
    ...ofKind(book, 'stay').map((p) =>
      String(p.jurisdiction.length === 2 ? entryEligibility(book, p, p.jurisdiction, s, s.on).outcome : ''),
    ),
    ...placesOf(book).map((code) =>
      dangersIn(book, s, code, s.on, CONCERNS)
        .map((d) => `${d.provision} ${d.outcome}`)
        .join(),
    ),
  ];
}

/** The case as a person file: YAML that the command line reads as well. Its name says nothing. */
export function writeCase(answers: Answers): string {
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
  return stringify({ name: 'case', ...(yesNo(personObject(answers)) as object) }, { lineWidth: 0, version: '1.2' });
}

/**
 * Reads a person file, with the files of family members that it names beside it. Of several files the one that names the
 * others is meant; where they name each other, it must be told whose case this is (`choose`).
 */
export function readFiles(
  book: LawBook,
  files: readonly { readonly name: string; readonly text: string }[],
  whose?: string,
): ReadFiles {
  const base = (name: string) => name.replace(/^.*[/\\]/, '');
  const named = (f: { readonly text: string }) =>
    files.filter((o) => o !== f && new RegExp(`file:\\s*["']?${escaped(base(o.name))}`).test(f.text)).length;
  const most = Math.max(0, ...files.map(named));
  const first = whose === undefined ? files.filter((f) => named(f) === most) : files.filter((f) => f.name === whose);
  if (first.length > 1) return { ok: false, trouble: [], choose: first.map((f) => f.name) };
  const main = first[0];
  if (!main) return { ok: false, trouble: [] };
  const { person, problems } = readPerson(base(main.name), main.text, book.schema, (name) => {
    const found = files.find((f) => base(f.name) === base(name));
    return found && { file: base(found.name), text: found.text };
  });
  if (!person)
    return {
      ok: false,
      trouble: problems.map(
        (p): Trouble => ({
          fact: '',
          label: `${p.file}:${p.line}`,
          found: p.found,
          expected: p.mend ? `${p.expected}; ${p.mend}` : p.expected,
        }),
      ),
    };
  const raw = parse(main.text, { version: '1.2', schema: 'core' }) as Record<string, unknown>;
  const answers = answersOf(raw, askedFacts(book));
  // What a member's own file says is written into the record that named it: the page keeps one file.
  const family = answers.family;
  const read = person.facts.get('family') as readonly Record<string, unknown>[] | undefined;
  if (family?.k !== 'value' || !read) return { ok: true, value: answers };
  const types = book.schema.records.get('family');
  const entries = read.map((rec) =>
    Object.fromEntries(
      Object.entries(rec).flatMap(([k, v]) =>
        v === undefined ? [] : [[k, types?.get(k)?.t === 'date' ? formatDay(v as Day) : v]],
      ),
    ),
  );
  return { ok: true, value: { ...answers, family: { k: 'value', v: entries as never } } };
}

const escaped = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
