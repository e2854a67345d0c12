/** `foothold law check [JURISDICTION…]`: everything that can be wrong with the law's files, each with its place and mend. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpinned } from '../check/boundaries.ts';
import { runCases } from '../check/cases.ts';
import { auditBook } from '../law/audit.ts';
import { type Problem, renderProblem } from '../law/problems.ts';
import { type LawText, lawTexts, readLaw } from '../law/read.ts';
import { projectRoot } from './law-files.ts';

export type LawCheck = { readonly problems: readonly Problem[]; readonly provisions: number; readonly cases: number };

/**
 * Reads, audits and runs the cases of the whole law; keeps what concerns the jurisdictions asked for (all, if none).
 * With `numbers`, also which numbers no case pins (a few seconds more).
 */
export function checkLaw(jurisdictions: readonly string[], root = projectRoot(), numbers = false): LawCheck {
  const texts = lawTexts(join(root, 'law'));
  const { book, problems } = readLaw(texts);
  const mine = (file: string) =>
    jurisdictions.length === 0 ||
    jurisdictions.some((j) => file.startsWith(`law/${j}/`)) ||
    /^law\/[a-z]+\.yaml$/.test(file);
  const provisions = [...book.provisions.values()].filter((p) => mine(p.file));
  const all = [
    ...problems,
    ...texts.flatMap(toFill),
    ...auditBook(book),
    ...provisions.flatMap((p) => runCases(book, p)),
    ...(numbers ? provisions.flatMap((p) => unpinned(book, p)) : []),
  ].filter((p) => mine(p.file));
  all.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  return { problems: all, provisions: provisions.length, cases: provisions.reduce((n, p) => n + p.cases.length, 0) };
}

/** The folders of law/. */
export function lawFolders(): readonly string[] {
  return readdirSync(join(projectRoot(), 'law'), { withFileTypes: true })
    .filter((x) => x.isDirectory())
    .map((x) => x.name)
    .sort();
}

/** `npm run new:provision` leaves a comment where cases are to be written: as long as it stands, they are not. */
export function toFill(file: LawText): readonly Problem[] {
  const lines = file.text.split('\n');
  return lines.flatMap((line, i) =>
    /^\s*# To fill:/.test(line)
      ? [
          {
            file: file.path,
            line: i + 1,
            column: line.indexOf('#') + 1,
            code: 'to-fill',
            found: 'cases that are still to be written: the comment "To fill" stands',
            expected: 'a case for each thing the comment names, none of them in a comment',
            mend: 'write the cases below it without "#", then delete the comment',
            severity: 'warning' as const,
          },
        ]
      : [],
  );
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
