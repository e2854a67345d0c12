/** The invented example persons that come with a clone: people/ and people/spread/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LawBook } from '../law/book.ts';
import { ProblemsError } from '../law/problems.ts';
import { readPerson } from '../person/file.ts';
import type { Person } from '../person/types.ts';

/** By the name of the file without its ending. Empty where there are none (in a package). Throws ProblemsError where one cannot be read. */
export function examplePeople(root: string, book: LawBook): Map<string, Person> {
  const out = new Map<string, Person>();
  for (const folder of [join(root, 'people'), join(root, 'people', 'spread')]) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder).sort()) {
      if (!name.endsWith('.yaml')) continue;
      const file = join(folder, name);
      const r = readPerson(file, readFileSync(file, 'utf8'), book.schema, (member) => {
        const path = join(folder, basename(member));
        return existsSync(path) ? { file: path, text: readFileSync(path, 'utf8') } : undefined;
      });
      if (!r.person) throw new ProblemsError(r.problems);
      out.set(name.replace(/\.yaml$/, ''), r.person);
    }
  }
  return out;
}
