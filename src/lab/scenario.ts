/** Scenarios: patches to the law, each with its name. Several may be applied one after the other. */
import type { LawBook } from '../law/book.ts';
import { applyPatch, type Patch, readPatch } from '../law/patch.ts';
import { ProblemsError } from '../law/problems.ts';
import type { Day } from '../rules/ir.ts';
import type { LabText } from './reading.ts';

/** A patch with the law as it is after it. */
export type Scenario = { readonly id: string; readonly file: string; readonly patch: Patch; readonly book: LawBook };

/** The name of a scenario: its file without folder and ending. */
export const scenarioId = (file: string): string => file.replace(/^.*[/\\]/, '').replace(/\.ya?ml$/, '');

/**
 * Reads scenarios against one law, each on its own. @throws ProblemsError with the problems of all of them: nothing is begun
 * while one of them names what does not exist.
 */
export function readScenarios(book: LawBook, texts: readonly LabText[]): Scenario[] {
  const problems: ConstructorParameters<typeof ProblemsError>[0][number][] = [];
  const out: Scenario[] = [];
  for (const t of texts) {
    try {
      const patch = readPatch(t.file, t.text, book);
      out.push({ id: scenarioId(t.file), file: t.file, patch, book: applyPatch(book, patch) });
    } catch (e) {
      if (!(e instanceof ProblemsError)) throw e;
      problems.push(...e.problems);
    }
  }
  if (problems.length) throw new ProblemsError(problems);
  return out;
}

/** The first day on which a scenario differs from the law as it is. */
export function firstDay(s: Scenario): Day {
  return Math.min(...s.patch.changes.map((c) => c.from));
}

/** Provisions that a scenario touches. */
export function touched(s: Scenario): ReadonlySet<string> {
  return new Set(s.patch.changes.map((c) => c.provision));
}

/** Jurisdictions that would have to act. */
export function acting(s: Scenario): string[] {
  return [...new Set([...touched(s)].map((id) => id.split('/')[0] as string))].sort();
}
