/** `foothold law check [JURISDICTION…]`: everything that can be wrong with the law's files, each with its place and mend. */
import { join } from 'node:path';
import { unpinned } from '../check/boundaries.ts';
import { runCases } from '../check/cases.ts';
import { auditBook } from '../law/audit.ts';
import { type Problem, renderProblem } from '../law/problems.ts';
import { lawTexts, readLaw } from '../law/read.ts';
import { projectRoot } from './law-files.ts';

export type LawCheck = { readonly problems: readonly Problem[]; readonly provisions: number; readonly cases: number };

/**
 * Reads, audits and runs the cases of the whole law; keeps what concerns the jurisdictions asked for (all, if none).
 * With `numbers`, also which numbers no case pins (a few seconds more).
 */
export function checkLaw(jurisdictions: readonly string[], root = projectRoot(), numbers = false): LawCheck {
  const { book, problems } = readLaw(lawTexts(join(root, 'law')));
  const mine = (file: string) =>
    jurisdictions.length === 0 ||
    jurisdictions.some((j) => file.startsWith(`law/${j}/`)) ||
    /^law\/[a-z]+\.yaml$/.test(file);
  const provisions = [...book.provisions.values()].filter((p) => mine(p.file));
  const all = [
    ...problems,
    ...auditBook(book),
    ...provisions.flatMap((p) => runCases(book, p)),
    ...(numbers ? provisions.flatMap((p) => unpinned(book, p)) : []),
  ].filter((p) => mine(p.file));
  all.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return { problems: all, provisions: provisions.length, cases: provisions.reduce((n, p) => n + p.cases.length, 0) };
}

/** Prints the check; returns the exit code (1 if there is any error). */
export function lawCheckCommand(args: readonly string[], numbers: boolean, write: (text: string) => void): number {
  const r = checkLaw(args, undefined, numbers);
  for (const p of r.problems) write(`${renderProblem(p)}\n`);
  const errors = r.problems.filter((p) => p.severity === 'error').length;
  const warnings = r.problems.length - errors;
  write(
    `${r.provisions} provisions, ${r.cases} cases: ${errors === 0 ? 'no errors' : `${errors} to mend`}${warnings ? `, ${warnings} to look at` : ''}.\n`,
  );
  return errors ? 1 : 0;
}
