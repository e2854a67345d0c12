/** `npm run coverage`: writes docs/coverage.md from the law. The day is the newest evidence, so that the file is the law's alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coverageMarkdown } from '../src/law/coverage.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';

const root = join(import.meta.dirname, '..');
const { book } = readLaw(lawTexts(join(root, 'law')));
const file = join(root, 'docs', 'coverage.md');
const read = Math.max(
  ...[...book.provisions.values()].flatMap((p) => Object.values(p.sources).map((s) => dayNumber(s.read))),
);
const text = coverageMarkdown(book, read);
if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    process.stderr.write('docs/coverage.md is not what the law says now. To mend: npm run coverage\n');
    process.exitCode = 1;
  }
} else writeFileSync(file, text);

function dayNumber(text: string): number {
  return Math.floor(Date.parse(`${text}T00:00:00Z`) / 86_400_000);
}
