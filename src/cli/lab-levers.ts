/** `foothold lab levers`: which changes open most to whom, and who would have to act. */
import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { levers } from '../lab/levers.ts';
import { firstDay } from '../lab/scenario.ts';
import { sayDay } from '../law/say.ts';
import { dayOption, nearTo, type OptionName, readArgs, UsageError } from './args.ts';
import { columns, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { loadLab, namesIn, peopleOf, scenarioFiles, scenariosOf } from './lab-files.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

const OPTIONS: readonly OptionName[] = [
  'on',
  'persons',
  'seed',
  'subgroup',
  'scenario',
  'pairs',
  'json',
  'lang',
  'help',
];

export async function labLevers(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, OPTIONS, lang, 'lab levers');
  const book = await loadLaw();
  const data = loadLab(book, lang);
  const known = ['everybody', ...data.subgroups.map((s) => s.id)];
  const chosen = typeof options.subgroup === 'string' ? options.subgroup : undefined;
  if (chosen !== undefined && !known.includes(chosen)) {
    const near = nearTo(chosen, known);
    throw new UsageError(
      lang === 'ru'
        ? `Группы «${chosen}» нет.${near ? ` Может быть, ${near}?` : ''} Есть: ${known.join(', ')}.`
        : `There is no subgroup "${chosen}".${near ? ` Did you mean ${near}?` : ''} Known: ${known.join(', ')}.`,
    );
  }
  const names = namesIn(options.scenario);
  const catalogue = scenariosOf(book, names.length ? names : scenarioFiles(), lang);
  // The first day on which all of them have begun.
  const on = dayOption(options, 'on', lang) ?? Math.max(run.today, ...catalogue.map(firstDay));
  const people = peopleOf(book, data, options, lang, 5000);
  const answer = levers(book, people, data.subgroups, catalogue, on, {
    pairs: options.pairs === true,
    progress: (done, total) => run.err(`${run.colour ? '\r' : ''}${done}/${total}${run.colour ? '  ' : '\n'}`),
  });
  if (run.colour) run.err('\n');
  const groups = answer.groups.filter((g) => chosen === undefined || g.id === chosen);
  if (options.json) {
    writeJson(run, { law: book.digest, on: formatDay(on), persons: people.n, seed: people.sample.seed, groups });
    return 0;
  }
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
      `Изменений: ${catalogue.length}${options.pairs ? ' и самые сильные пары' : ''}; вымышленных человек: ${people.n}. Только право: что сделают люди, здесь не спрашивается.`,
    ),
  );
  const title = (id: string) =>
    id === 'everybody' ? p.t('Everybody', 'Все') : (data.subgroups.find((s) => s.id === id)?.title[lang] ?? id);
  for (const g of groups) {
    const best = g.levers.filter((l) => l.front).slice(0, chosen ? 20 : 3);
    p.heading(
      `${title(g.id)}: ${percent(g.without, g.people, lang)} ${p.t('without a certain home', 'без верного пути')}`,
    );
    if (best.length === 0) {
      p.para(p.t('None of these changes opens anything to them.', 'Ни одно из изменений им ничего не открывает.'));
      continue;
    }
    for (const line of columns(
      ['', p.t('opened', 'открыто'), p.t('by right', 'по праву'), p.t('rules', 'норм'), p.t('people', 'людей')],
      best.map((l) => [
        l.scenarios.join(' + ').length > 40 ? `${l.scenarios.join(' + ').slice(0, 39)}…` : l.scenarios.join(' + '),
        percent(l.opened, g.people, lang, 1),
        percent(l.byRight, g.people, lang, 1),
        String(l.rules),
        peopleText(l.admitted, lang),
      ]),
    ))
      p.raw(line);
    if (chosen)
      for (const l of best.slice(0, 5))
        p.para(
          `${l.scenarios.join(' + ')}: ${p.t('to act', 'принять должны')}: ${l.acting.map((j) => countryName(j, lang, book)).join(', ')}`,
          2,
          '- ',
        );
  }
  p.gap();
  p.para(
    p.t(
      'opened: share of the subgroup that gets a home for certain and had none. by right: gets one by right. rules: how many are changed. people: all, of any subgroup, to whom an acting country opens more than before. Only changes that no other beats are shown.',
      'открыто: доля группы, у которой появляется верный путь. по праву: появляется путь по праву. норм: сколько их меняется. людей: все, кому принявшая страна открывает больше прежнего. Показаны только изменения, которых не превосходит другое.',
    ),
  );
  run.out(p.text());
  return 0;
}
