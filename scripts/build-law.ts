/**
 * Builds `dist/law.json`, the law read, checked and compiled, and `dist/law.meta.json`, by which the program sees without
 * reading every file whether the build is of the law as it stands. Does nothing where it is.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepLaw, type LawMeta, lawStamp, sameStamp } from '../src/cli/law-files.ts';
import { BOOK_FORMAT } from '../src/law/book.ts';
import { renderProblem } from '../src/law/problems.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';

/** Builds the law of a project folder; the problems in words if it has errors. `force` builds even what is fresh. */
export function buildLaw(root: string, force = false): { readonly built: boolean; readonly errors: readonly string[] } {
  const yaml = join(root, 'law');
  const dist = join(root, 'dist');
  const [book, meta] = [join(dist, 'law.json'), join(dist, 'law.meta.json')];
  const stamp = lawStamp(yaml);
  if (!force && existsSync(book) && existsSync(meta)) {
    const have = JSON.parse(readFileSync(meta, 'utf8')) as LawMeta;
    if (have.format === BOOK_FORMAT && sameStamp(have.stamp, stamp)) return { built: false, errors: [] };
  }
  const reading = readLaw(lawTexts(yaml));
  const errors = reading.problems.filter((p) => p.severity === 'error').map(renderProblem);
  if (errors.length) return { built: false, errors };
  keepLaw(root, reading.book, stamp);
  return { built: true, errors: [] };
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const r = buildLaw(join(import.meta.dirname, '..'), process.argv.includes('--force'));
  for (const e of r.errors) process.stderr.write(`${e}\n`);
  process.stderr.write(
    r.errors.length
      ? 'The law has errors; nothing was built.\n'
      : r.built
        ? 'dist/law.json built.\n'
        : 'dist/law.json is fresh.\n',
  );
  process.exitCode = r.errors.length ? 1 : 0;
}
