/** `foothold lab levers`: which changes open most to whom, and who would have to act. */

import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { ENOUGH } from '../lab/coverage.ts';
import { type Levers, levers } from '../lab/levers.ts';
import { firstDay } from '../lab/scenario.ts';
import { sayDay } from '../law/say.ts';
import { dayOption, type OptionName, readArgs } from './args.ts';
import { columns, csv, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { chosenSubgroup, loadLab, namesIn, peopleOf, scenarioFiles, scenariosOf } from './lab-files.ts';
import { type ColumnTypes, writeTable } from './lab-parquet.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

const OPTIONS: readonly OptionName[] = [
  'on',
  'persons',
  'seed',
  'subgroup',
  'scenario',
  'pairs',
  'out',
  'json',
  'lang',
  'help',
];

export async function labLevers(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, OPTIONS, lang, 'lab levers');
  const book = await loadLaw();
  const data = loadLab(book, lang);
  const chosen = chosenSubgroup(data, options, lang);
  const names = namesIn(options.scenario);
  const catalogue = scenariosOf(book, names.length ? names : scenarioFiles(), lang);
  // The first day on which all of them have begun.
  const on = dayOption(options, 'on', lang) ?? Math.max(run.today, ...catalogue.map(firstDay));
  const people = peopleOf(book, data, options, lang, 5000);
  const answer = levers(book, people, data.subgroups, catalogue, on, data.floor, {
    pairs: options.pairs === true,
    progress: (done, total) => run.err(`${run.colour ? '\r' : ''}${done}/${total}${run.colour ? '  ' : '\n'}`),
  });
  if (run.colour) run.err('\n');
  const groups = answer.groups.filter((g) => chosen === undefined || g.id === chosen);
  if (typeof options.out === 'string') {
    await writeTable(options.out, leversCsv(formatDay(on), book.digest, groups), LEVERS, lang);
    run.err(lang === 'ru' ? `Записано: ${options.out}\n` : `Written: ${options.out}\n`);
  }
  if (options.json) {
    writeJson(run, { law: book.digest, on: formatDay(on), persons: people.n, seed: people.sample.seed, groups });
    return 0;
  }
  if (typeof options.out === 'string') return 0;
  const p = new Page(run);
  p.title(
    p.t(
      `Which changes open a home, by the law of ${sayDay(on, 'en')}`,
      `Какие изменения открывают дом, по праву на ${sayDay(on, 'ru')}`,
    ),
  );
  p.para(
    p.t(
      `${catalogue.length} changes${options.pairs ? ' and the strongest pairs' : ''}; ${people.n} invented persons. A matter of law: what people would do is not asked.`,
      `Изменений: ${catalogue.length}${options.pairs ? ' и самые сильные пары' : ''}; вымышленных людей: ${people.n}. Только право: что сделают люди, здесь не спрашивается.`,
    ),
  );
  const title = (id: string) =>
    id === 'everybody' ? p.t('Everybody', 'Все') : (data.subgroups.find((s) => s.id === id)?.title[lang] ?? id);
  for (const g of groups) {
    const best = g.levers.filter((l) => l.front).slice(0, chosen ? 20 : 3);
    p.heading(
      p.t(
        `${title(g.id)}: without a certain home ${percent(g.without, g.people, lang)} by the letter, ${percent(g.withoutInPractice, g.people, lang)} in practice; nothing but return in practice ${percent(g.nothingInPractice, g.people, lang)}`,
        `${title(g.id)}: без верного пути ${percent(g.without, g.people, lang)} по букве, ${percent(g.withoutInPractice, g.people, lang)} на деле; ничего кроме возвращения на деле ${percent(g.nothingInPractice, g.people, lang)}`,
      ),
    );
    if (g.effective < ENOUGH)
      p.para(
        p.t(
          `Only ${Math.round(g.effective)} persons' worth of precision: take more persons (--persons) before quoting this.`,
          `Точность всего как у ${Math.round(g.effective)} человек: возьмите больше (--persons), прежде чем ссылаться на это.`,
        ),
        2,
        '! ',
      );
    if (best.length === 0) {
      p.para(p.t('None of these changes opens anything to them.', 'Ни одно из изменений им ничего не открывает.'));
      continue;
    }
    for (const line of columns(
      [
        '',
        p.t('letter', 'буква'),
        p.t('practice', 'на деле'),
        p.t('by right', 'по праву'),
        p.t('saved', 'спасены'),
        p.t('rules', 'норм'),
        p.t('people', 'людей'),
      ],
      best.map((l) => [
        l.scenarios.join(' + ').length > 28 ? `${l.scenarios.join(' + ').slice(0, 27)}…` : l.scenarios.join(' + '),
        percent(l.opened, g.people, lang, 1),
        percent(l.openedInPractice, g.people, lang, 1),
        percent(l.byRight, g.people, lang, 1),
        percent(l.savedInPractice, g.people, lang, 1),
        String(l.rules),
        peopleText(l.admitted, lang),
      ]),
    ))
      p.raw(line);
    if (chosen)
      for (const l of best)
        p.para(
          `${l.scenarios.join(' + ')}: ${p.t('to act', 'принять должны')}: ${l.acting.map((j) => countryName(j, lang, book)).join(', ')}`,
          2,
          '- ',
        );
  }
  p.gap();
  p.para(
    p.t(
      'letter, practice: share of the subgroup that gets a home for certain and had none, by the letter of the law, and where no danger certainly stands in the way, papers let one arrive, journey and fees are paid for. by right: gets one by right. saved: no longer left with nothing but return, in practice. rules: how many are changed. people: all, of any subgroup, to whom an acting country opens more than before. Only changes that no other beats are shown.',
      'буква, на деле: доля группы, у которой появляется верный путь: по букве права и там, где нет заведомой опасности, с этими документами можно приехать, дорога и пошлины по карману. по праву: появляется путь по праву. спасены: на деле больше не остаются ни с чем кроме возвращения. норм: сколько их меняется. людей: все, кому принявшая страна открывает больше прежнего. Показаны только изменения, которых не превосходит другое.',
    ),
  );
  run.out(p.text());
  return 0;
}

export const LEVERS: ColumnTypes = {
  day: 'DATE',
  law: 'VARCHAR',
  subgroup: 'VARCHAR',
  changes: 'VARCHAR',
  acting: 'VARCHAR',
  rules: 'INTEGER',
  people: 'DOUBLE',
  opened: 'DOUBLE',
  opened_in_practice: 'DOUBLE',
  by_right: 'DOUBLE',
  saved: 'DOUBLE',
  saved_in_practice: 'DOUBLE',
  admitted: 'DOUBLE',
  front: 'BOOLEAN',
};

/** One line a subgroup and change (or pair): who would have to act, how many rules, what it opens to how many people. */
export function leversCsv(day: string, law: string, groups: Levers['groups']): string {
  const n = (x: number): string => x.toFixed(1);
  return [
    csv(Object.keys(LEVERS)),
    ...groups.flatMap((g) =>
      g.levers.map((l) =>
        csv([
          day,
          law,
          g.id,
          l.scenarios.join(' + '),
          l.acting.join(' '),
          l.rules,
          n(g.people),
          n(l.opened),
          n(l.openedInPractice),
          n(l.byRight),
          n(l.saved),
          n(l.savedInPractice),
          n(l.admitted),
          String(l.front),
        ]),
      ),
    ),
  ].join('');
}
