/** `foothold screen`: one organisation against official lists, on this device. Organisations only, never persons. */
import { readFileSync } from 'node:fs';
import {
  askFirstWords,
  fitsWords,
  KIND_OF_NUMBER,
  listTitle,
  numbersDifferWords,
  OLD_LIST_DAYS,
  slipWords,
  verdictWords,
} from '../answers/screen-words.ts';
import { parseDay } from '../calendar/civil.ts';
import { sayCount, sayDay } from '../law/say.ts';
import { questionOf } from '../protect/screen/asked.ts';
import { LISTS, type ListId } from '../protect/screen/entries.ts';
import { type Asked, type Found, Screen } from '../protect/screen/screen.ts';
import { readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { Page } from './page.ts';
import { type Kept, keptLists, LISTS_FOLDER, takeList } from './screen-lists.ts';

export async function screenCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, ['lists', 'take', 'all', 'json', 'lang', 'help'], lang, 'screen');
  const folder = typeof options.lists === 'string' ? options.lists : LISTS_FOLDER;
  if (typeof options.take === 'string') {
    const kept = await takeList(run, folder, options.take);
    if (options.json)
      writeJson(run, {
        list: kept.list,
        date: kept.date,
        organisations: kept.organisations.length,
        others: kept.others,
        sha256: kept.sha256,
      });
    else
      run.out(
        lang === 'ru'
          ? `Взят список: ${listTitle(kept.list, 'ru')}${kept.date ? ` (${kept.date})` : ''}. Организаций: ${kept.organisations.length}; людей, судов и прочего пропущено: ${kept.others}.\n`
          : `Taken: ${listTitle(kept.list, 'en')}${kept.date ? ` (${kept.date})` : ''}. Organisations: ${kept.organisations.length}; persons, ships and others passed over: ${kept.others}.\n`,
      );
    return 0;
  }
  const asked = askedOf(positionals, run);
  const lists = keptLists(run, folder);
  if (lists.length === 0)
    throw new UsageError(
      lang === 'ru'
        ? `В папке «${folder}» нет ни одного списка, сравнивать не с чем. Скачайте официальный список сами и передайте файл: foothold screen --take ФАЙЛ. Адреса: foothold screen --help`
        : `There is no list in "${folder}": nothing to compare with. Download an official list yourself and hand it over: foothold screen --take FILE. Addresses: foothold screen --help`,
    );
  const found = new Screen(lists).ask(asked);
  if (options.json) writeJson(run, screenJson(asked, found, lists));
  else run.out(screenPage(asked, found, lists, run, options.all === true));
  return 0;
}

/** Each word is a name or a number; of standard input each line. */
function askedOf(words: readonly string[], run: Run): Asked {
  const lines = words.length === 1 && words[0] === '-' ? readFileSync(0, 'utf8').split(/\r?\n/) : words;
  const { asked, doubtful } = questionOf(lines);
  for (const text of doubtful) run.err(`${slipWords(text, run.lang)}\n`);
  if (asked.names.length + asked.identifiers.length === 0)
    throw new UsageError(
      run.lang === 'ru'
        ? 'Команде «screen» нужно название организации, её ИНН или ОГРН: foothold screen "ООО Ромашка" 7707083893 (или «-»: по строке из стандартного ввода).'
        : '"screen" needs the name of an organisation, or its tax or registration number: foothold screen "OOO Romashka" 7707083893 (or "-": one a line from standard input).',
    );
  return asked;
}

/** Stable for programs; `answer` is never "clear". */
function screenJson(asked: Asked, found: readonly Found[], lists: readonly Kept[]): object {
  return {
    asked,
    answer: found.some((f) => f.by === 'number') ? 'listed' : found.length ? 'possible' : 'not-found',
    lists: lists.map((l) => ({
      list: l.list,
      date: l.date,
      taken: l.taken,
      organisations: l.organisations.length,
      sha256: l.sha256,
    })),
    notLooked: Object.keys(LISTS).filter((id) => !lists.some((l) => l.list === id)),
    ownershipChecked: false,
    found: found.map((f) => ({
      list: f.list,
      date: f.date,
      id: f.entry.id,
      by: f.by,
      number: f.number ?? null,
      name: f.name
        ? {
            asked: f.name.asked,
            listed: f.name.listed,
            score: Math.round(f.name.score * 1000) / 1000,
            pairs: f.name.pairs,
            left: f.name.left,
          }
        : null,
      numbersDiffer: f.numbersDiffer,
      names: f.entry.names,
      identifiers: f.entry.identifiers,
      countries: f.entry.countries,
      programmes: f.entry.programmes,
      related: f.entry.related,
    })),
  };
}

function screenPage(asked: Asked, found: readonly Found[], lists: readonly Kept[], run: Run, all: boolean): string {
  const { lang } = run;
  const page = new Page(run);
  page.title([...asked.names, ...asked.identifiers.map((i) => i.value)].join(', '));
  if (found.length) page.para(verdictWords(found, lang), 0, '', 'warn');
  else page.para(verdictWords(found, lang), 0);
  const shown = all ? found : found.slice(0, 12);
  for (const f of shown) {
    page.heading(`${f.entry.names[0] ?? ''}`);
    page.row(page.t('List', 'Список'), `${listTitle(f.list, lang)}${f.date ? `, ${f.date}` : ''}; ${f.entry.id}`);
    page.row(page.t('Fits by', 'Совпало'), fitsWords(f, lang));
    if (f.numbersDiffer) page.row(page.t('But', 'Но'), numbersDifferWords(lang));
    if (f.entry.identifiers.length)
      page.row(
        page.t('Numbers', 'Номера'),
        f.entry.identifiers.map((i) => `${KIND_OF_NUMBER[i.kind][lang]} ${i.value}`).join(', '),
      );
    if (f.entry.countries.length) page.row(page.t('Countries', 'Страны'), f.entry.countries.join(', '));
    if (f.entry.programmes.length) page.row(page.t('Listed under', 'Основание'), f.entry.programmes.join('; '));
    for (const r of f.entry.related.slice(0, 5)) page.row(page.t('The list says', 'В списке'), `${r.how}: ${r.name}`);
  }
  if (found.length > shown.length)
    page.para(
      page.t(
        `${found.length - shown.length} more, less alike: --all`,
        `Ещё ${found.length - shown.length}, менее похожих: --all`,
      ),
      0,
    );
  page.heading(page.t('What was looked at', 'Что просмотрено'));
  for (const l of lists) {
    const age = run.today - (parseDay(l.taken) ?? run.today);
    page.para(
      `${listTitle(l.list, lang)}: ${page.t(`list of ${l.date ?? 'an unknown day'}, taken ${sayDay(parseDay(l.taken) ?? run.today, 'en')}`, `список от ${l.date ?? 'неизвестного дня'}, взят ${sayDay(parseDay(l.taken) ?? run.today, 'ru')} года`)}${age > OLD_LIST_DAYS ? page.t(`. Old (${sayCount(age, 'day', 'en')}): download it again`, `. Старый (${sayCount(age, 'day', 'ru')}): скачайте заново`) : ''}. ${l.list === 'own' ? '' : LISTS[l.list].limits[lang]}`,
      2,
      '- ',
      age > OLD_LIST_DAYS ? 'warn' : undefined,
    );
  }
  const missing = (Object.keys(LISTS) as Exclude<ListId, 'own'>[]).filter((id) => !lists.some((l) => l.list === id));
  if (missing.length)
    page.para(
      `${page.t('Not looked at', 'Не просмотрено')}: ${missing.map((id) => listTitle(id, lang)).join('; ')}.`,
      0,
    );
  page.gap();
  page.para(askFirstWords(lang), 0);
  return page.text();
}
