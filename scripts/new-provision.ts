/**
 * `npm run new:provision`: asks what a provision needs and writes a file that is valid as it is, with the cases to fill.
 * In a terminal a wrong answer is asked for again; from standard input (one answer a line) it ends the run, and nothing is written.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatDay } from '../src/calendar/civil.ts';
import { renderProblem } from '../src/law/problems.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';
import { questions } from './provision/questions.ts';
import { makeProvision } from './provision/write.ts';

const at = process.argv.indexOf('--root');
/** Where `law/` is: the project, or (`--root`) a folder that holds one. */
const root = at > 0 ? (process.argv[at + 1] as string) : join(import.meta.dirname, '..');

async function main(): Promise<number> {
  if (!existsSync(join(root, 'law', 'facts.yaml'))) {
    process.stderr.write(
      `There is no law in ${root} (no law/facts.yaml). Expected: a clone, or --root with a folder that holds law/.\n`,
    );
    return 1;
  }
  const texts = lawTexts(join(root, 'law'));
  const { book } = readLaw(texts.filter((t) => /^law\/[a-z]+\.ya?ml$|\/facts\.ya?ml$/.test(t.path)));
  const taken = new Set(texts.map((t) => t.path.replace(/^law\/|\.ya?ml$/g, '')));
  const today = formatDay(Math.floor(Date.now() / 86_400_000));
  const asked = createInterface({
    input: process.stdin,
    output: process.stderr,
    terminal: process.stdin.isTTY === true,
  });
  const lines = asked[Symbol.asyncIterator]();
  const answers: Record<string, string> = {};
  const say = (text: string) => void process.stderr.write(text);
  say('Every answer needs a source; what no source says is left out. Ctrl+C ends, and nothing is written.\n');
  for (const q of questions(book.schema, taken, today)) {
    if (q.when && !q.when(answers)) continue;
    for (;;) {
      say(`${q.ask}${q.usual && q.usual !== '-' ? ` [${q.usual}]` : ''}: `);
      const line = await lines.next();
      if (line.done) {
        say('\nThe answers end here. Nothing was written.\n');
        return 1;
      }
      const text = line.value.trim() || q.usual || '';
      const wrong = text === '' ? 'an answer is needed' : q.wrong?.(text, answers);
      if (wrong === undefined) {
        answers[q.key] = text;
        break;
      }
      say(`${q.key}: ${wrong}\n`);
      if (process.stdin.isTTY !== true) {
        say('Nothing was written.\n');
        return 1;
      }
    }
  }
  asked.close();
  const made = makeProvision(answers, texts, book.schema);
  if (made.problems.length) {
    // What was typed is not lost.
    process.stdout.write(made.text);
    say(`${made.problems.map(renderProblem).join('\n')}\nThe file above is not valid yet, and was not written.\n`);
    return 1;
  }
  const file = join(root, made.path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, made.text, { flag: 'wx' });
  const country = (answers.id as string).split('/')[0] as string;
  say(`Written: ${made.path}. Now fill the cases at its end, then: npm run law -- ${country}\n`);
  if (!existsSync(join(root, 'law', country, 'coverage.yaml')))
    say(`${country} is new here: it needs law/${country}/coverage.yaml (docs/add-a-country.md, step 2).\n`);
  return 0;
}

process.exitCode = await main();
