/** `foothold plan`: dated, verified ways to a goal for one person. */

import { existsSync, readFileSync } from 'node:fs';
import { type Earlier, readEarlier } from '../answers/earlier.ts';
import { answerPlan } from '../answers/plan-answer.ts';
import { goalText } from '../answers/plan-words.ts';
import { stillHolds } from '../answers/still.ts';
import type { LawBook } from '../law/book.ts';
import { startOf } from '../moves/claims.ts';
import { countries } from '../moves/moves.ts';
import { ONE_FRONT } from '../plan/search.ts';
import type { Day } from '../rules/ir.ts';
import { avoidOption, choiceOption, dayOption, goalOption, InputError, readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { oneFile } from './one-file.ts';
import { readPersonInput } from './person-input.ts';

export async function planCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(
    run.args,
    ['on', 'goal', 'avoid', 'by', 'why', 'against', 'strict', 'one-front', 'processing', 'all', 'json', 'lang', 'help'],
    lang,
    'plan',
  );
  const on = dayOption(options, 'on', lang) ?? run.today;
  const earlier = typeof options.against === 'string' ? earlierFrom(options.against, lang) : undefined;
  // Plans to one goal cannot be held against plans to another: the earlier goal stands if none is named.
  const goal = goalOption(earlier && options.goal === undefined ? { ...options, goal: earlier.goal } : options, lang);
  if (earlier && goalText(goal) !== earlier.goal)
    throw new UsageError(
      lang === 'ru'
        ? `--against: в этом файле планы к цели ${earlier.goal}, а спрошено о ${goalText(goal)}. Сравнить их нельзя: уберите --goal.`
        : `--against: the plans in that file are to ${earlier.goal}, and ${goalText(goal)} was asked for. They cannot be compared: leave --goal out.`,
    );
  const oneFront = options['one-front'] === true;
  if (options.strict === true && oneFront)
    throw new UsageError(
      lang === 'ru'
        ? '--strict и --one-front не бывают вместе: первый не опирается ни на что несказанное, второй — на что угодно. Уберите один из них.'
        : '--strict and --one-front cannot stand together: the one rests on nothing untold, the other on whatever it takes. Leave one of them out.',
    );
  const processing = choiceOption(options, 'processing', ['usual', 'longest'] as const, lang) ?? 'longest';
  const file = oneFile(positionals, lang, 'plan');
  const book = await loadLaw();
  const avoid = avoidOption(options, new Set(countries(book, on)), lang);
  const by = dayOption(options, 'by', lang);
  const why = whyOption(options, book, on, lang);
  const person = await readPersonInput(file, book, run, 'plan');
  const answer = answerPlan(book, startOf(book, person, on), goal, {
    avoid,
    ...(oneFront ? { ...ONE_FRONT, nearer: false as const } : {}),
    strict: options.strict === true,
    processing,
    ...(by === undefined ? {} : { horizon: by }),
    ...(why === undefined ? {} : { why }),
  });
  const still = earlier && stillHolds(book, earlier, answer, processing);
  for (const reason of answer.refused)
    run.err(
      lang === 'ru'
        ? `Внимание: найденный план не прошёл повторную проверку и не показан. ${reason}\n`
        : `Warning: a plan that was found did not pass the second check and is not shown. ${reason}\n`,
    );
  if (options.json) {
    const { planJson } = await import('../answers/plan-json.ts');
    writeJson(run, planJson(book, answer, still));
  } else {
    const { planPage } = await import('./plan-page.ts');
    run.out(planPage(book, answer, person, run, { all: options.all === true || oneFront, oneFront, still }));
  }
  return 0;
}

/** The plans of an earlier day, as `--json` printed them then. */
function earlierFrom(file: string, lang: 'en' | 'ru'): Earlier {
  if (!existsSync(file))
    throw new InputError(
      lang === 'ru'
        ? `--against: файла ${file} нет. Нужен файл с тем, что раньше вывела команда foothold plan … --json.`
        : `--against: there is no file ${file}. Expected: a file with what "foothold plan … --json" printed on an earlier day.`,
    );
  const read = readEarlier(readFileSync(file, 'utf8'));
  if ('plans' in read) return read;
  throw new InputError(
    lang === 'ru'
      ? `${file}: это не вывод foothold plan --json. Найдено: ${read.found}. Ожидалось: ${read.expected}.`
      : `${file}: not what "foothold plan --json" prints. Found: ${read.found}. Expected: ${read.expected}.`,
  );
}

/** The country or route that `--why` names. */
function whyOption(
  options: { readonly why?: string | true },
  book: LawBook,
  on: Day,
  lang: 'en' | 'ru',
): string | undefined {
  const text = typeof options.why === 'string' ? options.why.trim() : undefined;
  if (text === undefined) return undefined;
  const known = text.includes('/') ? book.provisions.get(text)?.kind === 'route' : countries(book, on).includes(text);
  if (known) return text;
  throw new UsageError(
    lang === 'ru'
      ? `--why: «${text}» — не страна и не основание из базы. Нужен код страны (de) или id основания (de/blue-card); список: foothold law list --kind route.`
      : `--why: "${text}" is no country and no route that the law here speaks of. Expected: a country (de) or the id of a route (de/blue-card); for a list: foothold law list --kind route.`,
  );
}
