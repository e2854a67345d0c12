// What the examples share: the law that the package brings, and a person's file. The library opens no file itself.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPerson } from 'foothold/check';
import { readBook, renderProblem } from 'foothold/law';

/** A file of the package, by its path in it. */
export const packaged = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The law that the package brings. */
export const law = () => readBook(readFileSync(fileURLToPath(import.meta.resolve('foothold/law.json')), 'utf8'));

/** A person from a file; family members may have files of their own beside it. Stops with every problem told. */
export function personIn(file, book) {
  const { person, problems } = readPerson(file, readFileSync(file, 'utf8'), book.schema, (name) => {
    const path = join(dirname(file), basename(name));
    return { file: path, text: readFileSync(path, 'utf8') };
  });
  if (!person) throw new Error(problems.map(renderProblem).join('\n'));
  return person;
}
