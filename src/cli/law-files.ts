/** Where the law is: the YAML folder of a clone, or the prebuilt book that a package ships. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LawBook, readBook } from '../law/book.ts';
import { ProblemsError } from '../law/problems.ts';

/** The folder that holds `package.json`, found from this file upwards. */
export function projectRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) {
    const up = dirname(dir);
    if (up === dir)
      throw new Error('Foothold cannot find its own folder (no package.json above the program). Install it again.');
    dir = up;
  }
  return dir;
}

/**
 * The law to answer from: the prebuilt book if it is the law of this folder, else the YAML, read and compiled. A law with
 * errors answers nothing: `ProblemsError`.
 */
export async function loadLaw(root = projectRoot()): Promise<LawBook> {
  const built = join(root, 'dist', 'law.json');
  const yaml = join(root, 'law');
  if (existsSync(built)) {
    const book = readBook(readFileSync(built, 'utf8'));
    if (!existsSync(join(yaml, 'facts.yaml'))) return book;
    const { lawDigest, lawTexts } = await import('../law/read.ts');
    if (lawDigest(lawTexts(yaml)) === book.digest) return book;
  }
  const { lawTexts, readLaw } = await import('../law/read.ts');
  const reading = readLaw(lawTexts(yaml));
  const errors = reading.problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new ProblemsError(errors);
  return reading.book;
}
