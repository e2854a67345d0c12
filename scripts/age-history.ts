/** How old the evidence was at each release: `docs/age-history.json`, one entry a release, oldest first. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../src/calendar/civil.ts';
import type { ages } from '../src/law/agenda.ts';
import type { LawBook } from '../src/law/book.ts';
import type { Day } from '../src/rules/ir.ts';

export type AgeEntry = {
  readonly version: string;
  /** The day of the release, ISO. */
  readonly on: string;
  readonly law: string;
  readonly provisions: number;
  /** Mean age of the evidence in days, weighted by the answers that hang on it; whole, and by jurisdiction. */
  readonly age: number;
  readonly hosts: { readonly [jurisdiction: string]: number };
};

export const historyFile = (root: string): string => join(root, 'docs', 'age-history.json');

export const readHistory = (root: string): readonly AgeEntry[] =>
  existsSync(historyFile(root)) ? (JSON.parse(readFileSync(historyFile(root), 'utf8')) as AgeEntry[]) : [];

/** The entry of a release. `rows`: what `ages` gives for the law on that day. */
export function entryOf(book: LawBook, rows: ReturnType<typeof ages>, version: string, on: Day): AgeEntry {
  const answers = rows.reduce((sum, r) => sum + r.answers, 0);
  return {
    version,
    on: formatDay(on),
    law: book.digest,
    provisions: book.provisions.size,
    age: answers ? Math.round(rows.reduce((sum, r) => sum + r.age * r.answers, 0) / answers) : 0,
    hosts: Object.fromEntries(
      [...rows].sort((a, b) => (a.jurisdiction < b.jurisdiction ? -1 : 1)).map((r) => [r.jurisdiction, r.age]),
    ),
  };
}

/** Puts the entry at the end, in the place of one of the same version. */
export const withEntry = (history: readonly AgeEntry[], entry: AgeEntry): readonly AgeEntry[] => [
  ...history.filter((e) => e.version !== entry.version),
  entry,
];

export function writeHistory(root: string, history: readonly AgeEntry[]): void {
  // An entry a line: a change of one release is a change of one line.
  writeFileSync(historyFile(root), `[\n${history.map((e) => `  ${JSON.stringify(e)}`).join(',\n')}\n]\n`);
}

/** What keeps a version from being released: its entry is not there, or is of another law. */
export function historyProblem(history: readonly AgeEntry[], version: string, digest: string): string | undefined {
  const entry = history.find((e) => e.version === version);
  const mend = `To mend: npm run agenda -- --record ${version}, and commit docs/age-history.json.`;
  if (!entry)
    return `docs/age-history.json has no entry of ${version}: how old the evidence is at each release is kept. ${mend}`;
  return entry.law === digest ? undefined : `docs/age-history.json says of ${version} how old another law was. ${mend}`;
}
