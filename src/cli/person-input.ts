/** The person file named on the command line, or standard input. Facts never travel in arguments. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LawBook } from '../law/book.ts';
import { ProblemsError } from '../law/problems.ts';
import type { Lang } from '../law/say.ts';
import { splitBundle } from '../person/bundle.ts';
import type { Person } from '../person/types.ts';
import { InputError, nearAll, UsageError } from './args.ts';
import type { Run } from './context.ts';

export const STDIN = '-';

/** Reads and checks the person; stops with every problem told if anything is wrong. */
export async function readPersonInput(
  name: string | undefined,
  book: LawBook,
  run: Pick<Run, 'lang' | 'input'>,
  command: string,
): Promise<Person> {
  const { lang } = run;
  if (name === undefined)
    throw new UsageError(
      lang === 'ru'
        ? `Команде «${command}» нужен файл человека: foothold ${command} people/irina.yaml (или «-», чтобы читать стандартный ввод).`
        : `"${command}" needs a person file: foothold ${command} people/irina.yaml (or "-" to read standard input).`,
    );
  const { readPerson } = await import('../person/file.ts');
  if (name === STDIN) {
    // A text that came through a pipe has no folder: family members are written out in it, or their files stand after it.
    const { text, members } = splitBundle(run.input ?? readFileSync(0, 'utf8'));
    const file = lang === 'ru' ? 'стандартный ввод' : 'standard input';
    return unwrap(readPerson(file, text, book.schema, (member) => within(members, member)));
  }
  const { text, members } = splitBundle(readText(name, lang));
  return unwrap(
    readPerson(name, text, book.schema, (member) => {
      const own = within(members, member);
      if (own) return own;
      const file = join(dirname(name), basename(member));
      return existsSync(file) ? { file, text: readFileSync(file, 'utf8') } : undefined;
    }),
  );
}

function within(members: { readonly [name: string]: string }, name: string) {
  return Object.hasOwn(members, name) ? { file: name, text: members[name] as string } : undefined;
}

function unwrap(r: {
  person: Person | undefined;
  problems: readonly ConstructorParameters<typeof ProblemsError>[0][number][];
}): Person {
  if (!r.person) throw new ProblemsError(r.problems);
  return r.person;
}

function readText(name: string, lang: Lang): string {
  if (!existsSync(name)) {
    const dir = dirname(name);
    const here =
      existsSync(dir) && statSync(dir).isDirectory() ? readdirSync(dir).filter((f) => /\.ya?ml$/.test(f)) : [];
    const near = nearAll(basename(name), here);
    const list = near.map((f) => join(dir, f)).join(', ');
    throw new InputError(
      lang === 'ru'
        ? `Файла «${name}» нет.${near.length ? ` Может быть, ${list}?` : ''}\nНужен файл человека в формате YAML; примеры — в папке people/.`
        : `There is no file "${name}".${near.length ? ` Did you mean ${list}?` : ''}\nExpected: a person file in YAML; there are examples in people/.`,
    );
  }
  if (statSync(name).isDirectory())
    throw new InputError(
      lang === 'ru'
        ? `«${name}» — папка. Нужен один файл человека, например ${join(name, 'irina.yaml')}.`
        : `"${name}" is a folder. Expected: one person file, like ${join(name, 'irina.yaml')}.`,
    );
  return readFileSync(name, 'utf8');
}
