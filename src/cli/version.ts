/** What this is: the version of the program, as its own file states it, and the law it answers from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../calendar/civil.ts';
import type { Lang } from '../law/say.ts';
import { loadLaw, projectRoot } from './law-files.ts';

export function version(): string {
  return (JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * `foothold --version`: version, day of the newest evidence in the law, and the law's digest, by which two copies are known to
 * answer from the same law.
 * @throws ProblemsError where the law has errors.
 */
export async function versionText(lang: Lang, json: boolean): Promise<string> {
  const book = await loadLaw();
  const newest = formatDay([...book.provisions.values()].reduce((day, p) => Math.max(day, p.verified.on), 0));
  if (json)
    return `${JSON.stringify({ version: version(), law: { newest, digest: book.digest, provisions: book.provisions.size } }, null, 2)}\n`;
  return lang === 'ru'
    ? `foothold ${version()}\nправо: новейшие сведения от ${newest}, записей: ${book.provisions.size}\nsha256 ${book.digest}\n`
    : `foothold ${version()}\nlaw: newest evidence of ${newest}, ${book.provisions.size} provisions\nsha256 ${book.digest}\n`;
}
