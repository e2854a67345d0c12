/**
 * `npm run build:docs [-- --no-pictures] [--on DAY]`: `dist/docs`, the documentation as static files. Needs `npm run build` before it. The pictures of the
 * tour are taken with Chromium, which the tests need as well; without it the tour is words alone.
 * The maintainers' page is as of `--on`, today if not given.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDay } from '../src/calendar/civil.ts';
import { examplePeople } from '../src/cli/example-people.ts';
import { readBook } from '../src/law/book.ts';
import { checkLinks } from './docs/links.ts';
import { buildDocs } from './docs/site.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
for (const [file, what] of [
  ['lib/index.d.ts', 'the library'],
  ['law.json', 'the law'],
  ['web/index.html', 'the page'],
] as const)
  if (!existsSync(join(dist, file))) {
    process.stderr.write(`dist/${file} (${what}) is not there. To mend: npm run build\n`);
    process.exit(1);
  }
let pictures: string | undefined;
if (!process.argv.includes('--no-pictures')) {
  const { CHROMIUM } = await import('../test/web/browser.ts');
  if (existsSync(CHROMIUM)) {
    pictures = join(root, '.cache', 'tour');
    const { takePictures } = await import('./docs/pictures.ts');
    await takePictures(join(dist, 'web'), pictures);
  } else process.stderr.write(`${CHROMIUM} is not there: the tour is made without pictures.\n`);
}
const book = readBook(readFileSync(join(dist, 'law.json'), 'utf8'));
const at = process.argv.indexOf('--on');
const on = parseDay(at < 0 ? new Date().toISOString().slice(0, 10) : (process.argv[at + 1] ?? ''));
if (on === undefined) {
  process.stderr.write(
    `--on: "${process.argv[at + 1] ?? ''}" is no date. Expected: year-month-day, like 2026-12-01.\n`,
  );
  process.exit(2);
}
const { files, problems: missing } = await buildDocs(root, book, {
  pictures,
  dashboard: { on, people: examplePeople(root, book) },
});
const { problems, links, outside } = checkLinks(files);
for (const p of [...missing, ...problems]) process.stderr.write(`${p}\n`);
if (missing.length + problems.length) {
  process.stderr.write('Links of the documentation lead nowhere; nothing was written.\n');
  process.exit(1);
}
const out = join(dist, 'docs');
rmSync(out, { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), text);
}
process.stdout.write(`dist/docs: ${files.size} files, ${links} links, ${outside.length} of them to other places.\n`);
