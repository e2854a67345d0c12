/**
 * `npm run outcomes [-- --base REVISION] [--on DAY]`: what the law as it lies here does to two hundred example persons, against the law of a
 * revision (the last commit, if none is named). Says which changes could harm if they are wrong: those need two reviewers.
 */
import { join } from 'node:path';
import { formatDay, parseDay } from '../src/calendar/civil.ts';
import { type Answers, answersOf, couldHarm, type Turn, turns } from '../src/check/outcomes.ts';
import { examplePeople } from '../src/cli/example-people.ts';
import type { LawBook } from '../src/law/book.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';
import { lawOf, option, tell, Wrong } from './law-of.ts';

const root = join(import.meta.dirname, '..');

function main(): number {
  const base = option('base') ?? 'HEAD';
  const on = parseDay(option('on') ?? new Date().toISOString().slice(0, 10));
  if (on === undefined) throw new Wrong(`--on: "${option('on')}" is no date. Expected: 2026-12-01.`);
  const now = readLaw(lawTexts(join(root, 'law'))).book;
  const people = examplePeople(root, now);
  const answers = (book: LawBook): Map<string, Answers> =>
    new Map([...people].map(([name, person]) => [name, answersOf(book, person, on)]));
  const found = turns(answers(lawOf(root, base)), answers(now));

  const day = (text: string) => text.replace(/^\d+/, (n) => formatDay(Number(n)));
  const line = (t: Turn) =>
    `  ${t.asked}: ${day(t.before)} → ${day(t.after)}, ${t.who.length} of ${people.size} (${t.who.slice(0, 6).join(', ')}${t.who.length > 6 ? ', …' : ''})`;
  const harmful = found.filter(couldHarm);
  process.stdout.write(
    `Outcome of the law here against that of ${base}, for ${people.size} example persons, on ${formatDay(on)}\n`,
  );
  if (found.length === 0) process.stdout.write('No answer turns.\n');
  if (harmful.length)
    process.stdout.write(
      `\nTwo reviewers: a danger goes, a route opens or a stay grows longer\n${harmful.map(line).join('\n')}\n`,
    );
  const other = found.filter((t) => !couldHarm(t));
  if (other.length) process.stdout.write(`\nOne reviewer\n${other.map(line).join('\n')}\n`);
  return 0;
}

await tell(main);
