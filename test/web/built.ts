/** The page as built. `npm test` builds it first; whoever runs one test alone gets it built here if it is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLaw } from '../../scripts/build-law.ts';
import { writeWeb } from '../../scripts/build-web.ts';
import { readBook } from '../../src/law/book.ts';

export const ROOT = join(import.meta.dirname, '..', '..');
export const WEB = join(ROOT, 'dist', 'web');
export const ONE_FILE = join(ROOT, 'dist', 'foothold.html');
export const PEOPLE = ['irina.yaml', 'dmitri.yaml'].map((f) => join(ROOT, 'people', f));

export async function built(): Promise<string> {
  if (!existsSync(join(WEB, 'index.html'))) {
    const { errors } = buildLaw(ROOT);
    if (errors.length) throw new Error(errors.join('\n'));
    await writeWeb(ROOT, readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8')));
  }
  return WEB;
}
