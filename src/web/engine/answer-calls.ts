/** What a worker answers, call by call. Free of the browser, so that the same is asked in tests. */
import { nearFirst } from '../../answers/near-first.ts';
import { parseDay } from '../../calendar/civil.ts';
import { checkRoutes } from '../../check/check.ts';
import { type LawBook, ofKind } from '../../law/book.ts';
import { startOf } from '../../moves/claims.ts';
import { dangersIn } from '../../moves/dangers.ts';
import { entryEligibility, routeEligibility } from '../../moves/eligible.ts';
import { lawfulUntil } from '../../moves/lawful.ts';
import type { Day } from '../../rules/ir.ts';
import { type Answers, answerTo, withoutAnswers } from '../state/answers.ts';
import { readCase, withCase } from './case.ts';
import { changesView } from './changes-view.ts';
import { checkRow, overview, routeView } from './check-view.ts';
import { makeKey, openFrom, openKey, openWith, sealTo, sealWith } from './keys.ts';
import { countryView, lawIndex, provisionView } from './law-view.ts';
import { packHandlers } from './pack-calls.ts';
import { readFiles, readText, writeCase } from './person-files.ts';
import { plansViews } from './plan-view.ts';
import type { Ask, Call, Calls } from './protocol.ts';
import { currencies, questionOf, type SummaryView, summaryRows } from './questions.ts';
import { screenHandlers } from './screen-calls.ts';
import { standView } from './stand-view.ts';
import { vaultHandlers } from './vault-calls.ts';

type Handlers = {
  readonly [K in Call]: (book: LawBook, ask: Calls[K]['ask']) => Calls[K]['answer'] | Promise<Calls[K]['answer']>;
};

const dayOf = (text: string): Day => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`"${text}" is no day; expected one like 2026-11-23.`);
  return day;
};

export const handlers: Handlers = {
  ...vaultHandlers,
  ...screenHandlers,
  ...packHandlers,
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
  write: (book, ask) => writeCase(book, ask.answers, ask.origin),
  read: (book, ask) => readFiles(book, ask.files, ask.whose, ask.lang),
  seal: (book, ask) => sealWith(writeCase(book, ask.answers, ask.origin), ask.passphrase),
  open: async (book, ask) => {
    const yaml = await openWith(ask.file, ask.passphrase);
    return yaml === undefined ? 'wrong' : readText(book, yaml, ask.lang);
  },
  makeKey: (_, ask) => makeKey(ask.passphrase),
  openKey: async (book, ask) => {
    const identity = await openKey(ask.sealed, ask.passphrase);
    if (identity === undefined) return 'wrong';
    const text = await openFrom(ask.file, identity);
    const read = readText(book, text, ask.lang);
    return read.ok
      ? { ok: true, value: { identity, answers: read.answers, origin: read.origin } }
      : { ok: false, trouble: read.trouble, text };
  },
  sealTo: (book, ask) => sealTo(writeCase(book, ask.answers, ask.origin), ask.identity),
};

/** Plans as they are found, `undefined` where there is nothing new; the last value is the whole answer. */
export function* plansInSteps(
  book: LawBook,
  ask: Calls['plans']['ask'],
): Generator<Calls['plans']['answer'] | undefined, Calls['plans']['answer'], void> {
  const key = JSON.stringify([ask.answers, ask.on, ask.goal, ask.avoid, ask.members]);
  const begun = withCase(book, ask, (s) => plansViews(book, s, ask.goal, ask.avoid, ask.lang, key));
  if (!begun.ok) return begun;
  for (;;) {
    const step = begun.value.next();
    if (step.done) return { ok: true, value: step.value };
    yield step.value && { ok: true, value: step.value };
  }
}

/** The summary, with how many answers of the law each fact changes today. */
function summary(book: LawBook, ask: Ask): SummaryView {
  const rows = summaryRows(book, ask.answers, ask.lang);
  const before = outcomes(book, ask, ask.answers);
  if (!before) return { rows };
  return {
    rows: rows.map((row) => {
      // No answer of today hangs on it, but later days of plans do: it is not said to be idle.
      if (row.fact === 'savingsMonth' && answerTo(ask.answers, 'savings')?.k === 'value') return row;
      const without = outcomes(book, ask, withoutAnswers(ask.answers, [row.fact]));
      // Where the rest contradicts itself without the answer, the answer matters.
      if (!without) return { ...row, matters: before.length };
      return { ...row, matters: before.filter((x, i) => x !== without[i]).length };
    }),
  };
}

const CONCERNS = ['presence', 'entry', 'exit', 'transit', 'consulate', 'work', 'notice'] as const;
const placesOf = (book: LawBook): string[] =>
  [...new Set([...book.provisions.values()].map((p) => p.jurisdiction))].filter((j) => j.length === 2);

/** The outcome of every route, of every entry as a visitor, every danger and the last lawful day, as texts that can be compared. */
function outcomes(book: LawBook, { on, lang, members }: Ask, answers: Answers): string[] | undefined {
  const read = readCase(book, answers, lang, members);
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
