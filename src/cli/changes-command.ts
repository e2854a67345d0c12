/** `foothold changes`: what changed in the law between two days, and what it means for a person. */
import { affectsWords, turnWords } from '../answers/change-of-law-words.ts';
import { titleWithCountry } from '../answers/countries.ts';
import { parseDay } from '../calendar/civil.ts';
import { changes, type LawChange } from '../check/changes.ts';
import type { LawBook } from '../law/book.ts';
import { type Lang, sayDay } from '../law/say.ts';
import { startOf } from '../moves/claims.ts';
import { dayOption, readArgs, UsageError } from './args.ts';
import { closing } from './closing.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { oneFile } from './one-file.ts';
import { Page } from './page.ts';
import { readPersonInput } from './person-input.ts';

export async function changesCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, ['from', 'to', 'all', 'json', 'lang', 'help'], lang, 'changes');
  const from = dayOption(options, 'from', lang);
  if (from === undefined)
    throw new UsageError(
      lang === 'ru'
        ? 'Нужно сказать, с какого дня: foothold changes --from 2026-01-01 [--to 2026-12-31]'
        : 'It must be told from which day: foothold changes --from 2026-01-01 [--to 2026-12-31]',
    );
  const to = dayOption(options, 'to', lang) ?? run.today;
  if (to < from)
    throw new UsageError(
      lang === 'ru'
        ? `--to (${String(options.to ?? 'сегодня')}) раньше, чем --from (${String(options.from)}). Поменяйте их местами.`
        : `--to (${String(options.to ?? 'today')}) is before --from (${String(options.from)}). Change them round.`,
    );
  const file = oneFile(positionals, lang, 'changes');
  const book = await loadLaw();
  const person = file === undefined ? undefined : await readPersonInput(file, book, run, 'changes');
  const answer = changes(book, from, to, person && startOf(book, person, to));
  if (options.json) writeJson(run, answer);
  else run.out(changesPage(book, answer, from, to, person?.name, run, options.all === true));
  return 0;
}

function changesPage(
  book: LawBook,
  answer: readonly LawChange[],
  from: number,
  to: number,
  name: string | undefined,
  run: Run,
  all: boolean,
): string {
  const { lang } = run;
  const page = new Page(run);
  page.title(
    page.t(
      `What changed in the law, ${sayDay(from, 'en')} to ${sayDay(to, 'en')}${name ? `, for ${name}` : ''}`,
      `Что изменилось в праве: с ${sayDay(from, 'ru')} по ${sayDay(to, 'ru')} года${name ? `. Имя в файле: ${name}` : ''}`,
    ),
  );
  const shown = name && !all ? answer.filter((c) => c.affects !== 'none') : answer;
  if (shown.length === 0) page.para(page.t('No change is known.', 'Изменений в базе нет.'), 0);
  // What is known to mean something for the person must not drown in what may.
  const open = name && !all ? shown.filter((c) => c.affects === 'unknown') : [];
  const sure = shown.filter((c) => !open.includes(c));
  if (open.length) {
    const count = (a: NonNullable<LawChange['affects']>) => sure.filter((c) => c.affects === a).length;
    page.para(
      page.t(
        `For you: ${count('closes')} close something, ${count('opens')} open something, ${count('alters')} change something. Of ${open.length} more it is not known, mostly because of what you have not told; they stand at the end.`,
        `Для вас: закрывают дорогу — ${count('closes')}, открывают — ${count('opens')}, меняют условия — ${count('alters')}. Ещё о ${open.length} неизвестно, чаще всего из-за того, чего вы не сообщили; они в конце.`,
      ),
      0,
    );
  }
  let day = '';
  for (const c of sure) {
    if (c.day !== day) page.heading(sayDay(parseDay(c.day) as number, lang));
    day = c.day;
    oneChange(page, book, c, lang);
  }
  if (open.length) {
    page.heading(page.t('What it means for you is not known', 'Что это значит для вас, неизвестно'));
    for (const line of inShort(open, book, lang)) page.para(line, 2, '- ');
    page.para(page.t('In full, with sources: --all.', 'Целиком, с источниками: --all.'), 2);
  }
  const hidden = answer.length - shown.length;
  if (hidden > 0) {
    page.gap();
    page.para(
      page.t(
        `Changes that mean nothing for you: ${hidden}. Add --all to see them.`,
        `Изменений, которые вас не касаются: ${hidden}. Показать: --all.`,
      ),
      0,
    );
  }
  page.sources();
  closing(page, book, [], lang);
  return page.text();
}

/** Changes in a line for each provision and day: what becomes of it, each kind once. */
function inShort(list: readonly LawChange[], book: LawBook, lang: Lang): string[] {
  const lines = new Map<string, Set<string>>();
  for (const c of list) {
    const head = `${sayDay(parseDay(c.day) as number, lang)}. ${titleWithCountry(c, lang, book)}`;
    const what = c.what[lang];
    lines.set(head, (lines.get(head) ?? new Set()).add(what.charAt(0).toLowerCase() + what.slice(1)));
  }
  return [...lines].map(([head, whats]) => `${head}: ${[...whats].join('; ')}.`);
}

function oneChange(page: Page, book: LawBook, c: LawChange, lang: Lang): void {
  const cited = page.notes.cite(c.sources.slice(0, 2));
  page.para(`${titleWithCountry(c, lang, book)}. ${c.what[lang]}. ${cited}`, 2, '- ');
  const turn = turnWords(c, lang);
  if (turn) page.para(turn, 4);
  if (c.affects) page.para(`→ ${affectsWords(c.affects, lang)}`, 4, '', c.affects === 'closes' ? 'warn' : undefined);
}
