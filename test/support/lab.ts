/** The lab's own data and the real law, read once for the tests of the lab. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readAnswers } from '../../src/lab/answers.ts';
import { readFigures } from '../../src/lab/figures.ts';
import { readFloor } from '../../src/lab/floor.ts';
import { SyntheticPeople } from '../../src/lab/people.ts';
import { synthesise } from '../../src/lab/population.ts';
import { readPopulation } from '../../src/lab/population-file.ts';
import type { LabText } from '../../src/lab/reading.ts';
import { readSubgroups } from '../../src/lab/subgroups.ts';

const root = join(import.meta.dirname, '..', '..');

/** A file of the project, with a part of its text replaced; the part must be there. */
export function labText(path: string, from?: string | RegExp, to = ''): LabText {
  const text = readFileSync(join(root, path), 'utf8');
  if (from === undefined) return { file: path, text };
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${path}: nothing to replace (${from})`);
  return { file: path, text: changed };
}

export const book = await loadLaw();
export const figures = readFigures(labText('diaspora/figures.yaml'));
export const model = readPopulation(labText('diaspora/population.yaml'), book.schema, figures);
export const subgroups = readSubgroups(labText('diaspora/subgroups.yaml'), book.schema);
export const jurisdictions = new Set([...book.provisions.values()].map((p) => p.jurisdiction));
export const answers = readAnswers(labText('diaspora/answers.yaml'), book.schema, figures, jurisdictions);

export const floor = readFloor(labText('diaspora/floor.yaml'), book, figures);

export function peopleOf(n: number, seed = 1): SyntheticPeople {
  return new SyntheticPeople(book, model, synthesise(model, n, seed), answers);
}

/** The problems a reader throws, as `line: found / expected`. */
export function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (e) {
    const problems = (e as { problems?: readonly { line: number; found: string; expected: string }[] }).problems;
    if (problems) return problems.map((p) => `${p.line}: ${p.found} / ${p.expected}`);
    throw e;
  }
  return [];
}
