/**
 * `npm run watch:sources [-- --only JURISDICTION] [--most N] [--state FILE] [--again]`: a maintainer's program. It asks every source of the law
 * whether the passage a provision rests on still stands there, and reports first what most example persons rely on. It knows nothing of any
 * person, and is no part of what people run.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hangingOn } from '../../src/check/outcomes.ts';
import { examplePeople } from '../../src/cli/example-people.ts';
import type { LawBook } from '../../src/law/book.ts';
import { lawTexts, readLaw } from '../../src/law/read.ts';
import { addressOf, judge, type Verdict } from './judge.ts';
import { type Manners, Visitor } from './visit.ts';

export type Watched = {
  readonly url: string;
  readonly quote: string | undefined;
  /** Provisions that rest on it. */
  readonly provisions: readonly string[];
  /** Answers of example persons that hang on those provisions. */
  readonly persons: number;
};

/** What is remembered of a source between two runs. */
type Remembered = {
  readonly verdict: Verdict;
  readonly on: string;
  readonly etag?: string;
  readonly modified?: string;
  readonly quote?: string;
};
export type State = { [key: string]: Remembered };

const keyOf = (w: { readonly url: string; readonly quote?: string | undefined }): string =>
  `${w.url}\n${w.quote ?? ''}`;

/** Every source with its passage, once, most relied on first. */
export function watchedSources(book: LawBook, hanging: ReadonlyMap<string, number>): Watched[] {
  const out = new Map<string, { url: string; quote: string | undefined; provisions: string[]; persons: number }>();
  for (const p of book.provisions.values())
    for (const s of Object.values(p.sources)) {
      const key = keyOf(s);
      const w = out.get(key) ?? { url: s.url, quote: s.quote, provisions: [], persons: 0 };
      out.set(key, w);
      w.provisions.push(p.id);
      w.persons += hanging.get(p.id) ?? 0;
    }
  return [...out.values()].sort((a, b) => b.persons - a.persons || (a.url < b.url ? -1 : 1));
}

export type Options = {
  readonly manners?: Partial<Manners>;
  /** Remembers after each source, so that an interrupted run goes on where it stopped. */
  readonly remember?: (state: State) => void;
  /** Day of this run, like 2026-11-27: what was looked at on it is not looked at again. */
  readonly today: string;
  readonly again?: boolean;
  readonly onVerdict?: (w: Watched, v: Verdict) => void;
};

/** Visits the sources; hosts side by side, each host one request at a time. Returns the state; `state` is what was remembered before. */
export async function watch(sources: readonly Watched[], state: State, options: Options): Promise<State> {
  const visitor = new Visitor(options.manners);
  const next: State = { ...state };
  // Passages of one page are judged by one visit.
  const pages = new Map<string, Watched[]>();
  for (const w of sources) {
    if (!options.again && next[keyOf(w)]?.on === options.today) continue;
    const { visit } = addressOf(w.url);
    pages.set(visit, [...(pages.get(visit) ?? []), w]);
  }
  await Promise.all(
    [...pages].map(async ([url, all]) => {
      const known = all.map((w) => next[keyOf(w)]);
      // Only where every passage of the page was found standing may "not modified" stand for it.
      const sound = known.every((k) => k?.verdict.state === 'unchanged');
      const first = known[0];
      const visit = await visitor.visit(
        url,
        sound && first
          ? { ...(first.etag ? { etag: first.etag } : {}), ...(first.modified ? { modified: first.modified } : {}) }
          : {},
      );
      for (const w of all) {
        const verdict = await judge({ url, quote: w.quote }, visit);
        const old = next[keyOf(w)];
        next[keyOf(w)] = {
          verdict,
          on: options.today,
          ...(visit.kind === 'page'
            ? { ...(visit.etag ? { etag: visit.etag } : {}), ...(visit.modified ? { modified: visit.modified } : {}) }
            : old
              ? { ...(old.etag ? { etag: old.etag } : {}), ...(old.modified ? { modified: old.modified } : {}) }
              : {}),
        };
        options.onVerdict?.(w, verdict);
      }
      options.remember?.(next);
    }),
  );
  return next;
}

const ORDER: readonly Verdict['state'][] = ['changed', 'gone', 'moved', 'not-told', 'unchanged'];
const TITLES: Readonly<Record<Verdict['state'], string>> = {
  changed: 'Changed: the passage reads otherwise now',
  gone: 'Gone: the page or the passage is not there',
  moved: 'Moved: the passage stands at another address',
  'not-told': 'Not told: a person must look',
  unchanged: 'Unchanged',
};

/** The report as Markdown: what needs a hand first, and in each part what most answers hang on first. */
export function report(sources: readonly Watched[], state: State): string {
  const out: string[] = ['# Sources of the law, looked at'];
  for (const s of ORDER) {
    const rows = sources.filter((w) => state[keyOf(w)]?.verdict.state === s);
    if (rows.length === 0) continue;
    out.push('', `## ${TITLES[s]} (${rows.length})`, '');
    if (s === 'unchanged') continue;
    for (const w of rows) {
      const r = state[keyOf(w)] as Remembered;
      out.push(
        `- ${w.provisions.join(', ')} (answers of example persons: ${w.persons}; looked at on ${r.on})`,
        `  ${w.url}`,
      );
      const v = r.verdict;
      if (v.state === 'changed') out.push(`  was: ${v.was}`, `  is:  ${v.is || '(nothing like it)'}`);
      if (v.state === 'moved') out.push(`  now: ${v.to}`);
      if (v.state === 'gone' || v.state === 'not-told') out.push(`  ${v.why}`);
    }
  }
  const unseen = sources.filter((w) => state[keyOf(w)] === undefined).length;
  if (unseen) out.push('', `Not yet looked at: ${unseen}.`);
  return `${out.join('\n')}\n`;
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..');
  const file = option('state') ?? join(root, '.cache', 'sources.json');
  const state: State = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as State) : {};
  const { book } = readLaw(lawTexts(join(root, 'law')));
  const only = option('only');
  const today = new Date().toISOString().slice(0, 10);
  const day = Math.floor(Date.now() / 86_400_000);
  const all = watchedSources(book, hangingOn(book, examplePeople(root, book), day)).filter(
    (w) => only === undefined || w.provisions.some((p) => p.startsWith(`${only}/`)),
  );
  const most = Number(option('most') ?? all.length);
  if (all.length === 0 || !Number.isInteger(most) || most < 1) {
    process.stderr.write(
      all.length === 0
        ? `--only: no source of "${only ?? ''}" is in the law. Expected: a jurisdiction of law/, like ge.\n`
        : `--most: "${option('most')}" is no number of sources. Expected: a whole number, like 20.\n`,
    );
    process.exit(2);
  }
  const chosen = all.slice(0, most);
  let done = 0;
  const next = await watch(chosen, state, {
    today,
    again: process.argv.includes('--again'),
    remember: (s) => {
      writeFileSync(`${file}.half`, JSON.stringify(s));
      renameSync(`${file}.half`, file);
    },
    onVerdict: (w, v) => process.stderr.write(`${++done}/${chosen.length} ${v.state} ${w.url}\n`),
  });
  process.stdout.write(report(chosen, next));
}
