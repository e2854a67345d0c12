/** `foothold lab coverage`: who has which kind of home open on a day, under the law as it is or under a scenario. */
import { writeFileSync } from 'node:fs';
import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { type Coverage, coverage, type SubgroupCoverage } from '../lab/coverage.ts';
import { SyntheticPeople } from '../lab/people.ts';
import type { Scenario } from '../lab/scenario.ts';
import { applyPatch } from '../law/patch.ts';
import { sayDay } from '../law/say.ts';
import { dayOption, nearTo, readArgs, UsageError } from './args.ts';
import { columns, csv, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { loadLab, namesIn, peopleOf, scenariosOf, tableOf } from './lab-files.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

/** Cells with fewer rows of equal weight are not printed. */
export const ENOUGH = 30;

export async function labCoverage(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(
    run.args,
    ['on', 'persons', 'seed', 'subgroup', 'scenario', 'data', 'mapping', 'out', 'json', 'lang', 'help'],
    lang,
    'lab coverage',
  );
  const on = dayOption(options, 'on', lang) ?? run.today;
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
  const scenarios = scenariosOf(book, namesIn(options.scenario), lang);
  const people = tableOf(book, options, lang) ?? peopleOf(book, data, options, lang);
  const seed = people instanceof SyntheticPeople ? people.sample.seed : null;
  // The persons are those of the law as it is: a scenario changes what is open to them, not where they are.
  const patched = scenarios.reduce((b, s) => applyPatch(b, s.patch), book);
  const before = scenarios.length ? coverage(book, people, data.subgroups, on, { brief: true }) : undefined;
  const answer = coverage(patched, people, data.subgroups, on);
  if (typeof options.out === 'string') {
    writeFileSync(options.out, coverageCsv(answer));
    run.err(lang === 'ru' ? `Записано: ${options.out}\n` : `Written: ${options.out}\n`);
  }
  if (options.json)
    writeJson(run, {
      ...answer,
      on: formatDay(on),
      seed,
      ...(before ? { scenarios: scenarios.map((x) => x.id), before: { ...before, on: formatDay(on) } } : {}),
    });
  else if (options.out === undefined) {
    if (before) run.out(differencePage(run, before, answer, scenarios));
    else run.out(chosen ? subgroupPage(run, answer, chosen) : coveragePage(run, answer));
  }
  return 0;
}

function head(p: Page, run: Run, a: Coverage): void {
  p.title(p.t(`Who has a home open on ${sayDay(a.on, 'en')}`, `У кого есть куда податься ${sayDay(a.on, 'ru')}`));
  p.para(
    p.t(
      `${a.persons} invented persons stand for ${peopleText(a.people, 'en')} people; law ${a.law.slice(0, 12)}; ${a.hosts.length} host countries in the law.`,
      `${a.persons} вымышленных человек представляют ${peopleText(a.people, 'ru')}; право ${a.law.slice(0, 12)}; стран в базе: ${a.hosts.length}.`,
    ),
  );
  if (a.uncovered > 0)
    p.para(
      p.t(
        `${peopleText(a.uncovered, 'en')} of them live in countries whose law is not in the book yet: homes there are not counted.`,
        `${peopleText(a.uncovered, 'ru')} из них живут в странах, чьего права в базе пока нет: возможности там не учтены.`,
      ),
      2,
      '! ',
    );
  void run;
}

function coveragePage(run: Run, a: Coverage): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, run, a);
  p.gap();
  p.heading(p.t('Best home open, share of each subgroup', 'Лучшее из доступного, доля в каждой группе'));
  const rows = a.subgroups.map((g) => {
    const s = (x: number) => (g.effective < ENOUGH ? '…' : percent(x, g.people, lang));
    return [
      g.title[lang].length > 26 ? `${g.title[lang].slice(0, 25)}…` : g.title[lang],
      peopleText(g.people, lang),
      s(g.home.right),
      s(g.home.discretion),
      s(g.protectionOnly),
      s(g.home.question),
      s(g.home.none),
      s(g.nothing),
    ];
  });
  for (const line of columns(
    [
      '',
      p.t('people', 'людей'),
      p.t('right', 'право'),
      p.t('discr.', 'усмотр.'),
      p.t('asylum', 'убежище'),
      p.t('open?', 'вопрос'),
      p.t('none', 'нет'),
      p.t('return', 'возврат'),
    ],
    rows,
    0,
  ))
    p.raw(line);
  p.gap();
  p.para(
    p.t(
      'right: some route must be granted. discr.: some route may be granted.',
      'право: что-то обязаны дать. усмотр.: что-то могут дать.',
    ),
  );
  p.para(
    p.t(
      'asylum: of those two, people for whom only protection is open. open?: it hangs on a question that the population has no answer to.',
      'убежище: из этих двух — те, кому открыта только защита. вопрос: зависит от ответа, которого о населении нет.',
    ),
  );
  p.para(
    p.t(
      'none: no home to ask for anywhere in the law here. return: moreover no lawful stay in thirty days and no country to enter.',
      'нет: просить не о чем ни в одной стране базы. возврат: вдобавок через тридцать дней нельзя оставаться и некуда въехать.',
    ),
  );
  p.heading(p.t('Where homes are open (everybody)', 'Где доступны (все)'));
  const all = a.subgroups[0] as SubgroupCoverage;
  for (const line of columns(
    ['', p.t('right', 'право'), p.t('discr.', 'усмотр.'), p.t('open?', 'вопрос')],
    all.to.map((t) => [
      countryName(t.host, lang),
      percent(t.right, a.people, lang, 1),
      percent(t.discretion, a.people, lang, 1),
      percent(t.question, a.people, lang, 1),
    ]),
  ))
    p.raw(line);
  p.heading(
    p.t(
      'Rules that alone shut out most of those without a certain home',
      'Какая одна норма закрывает дорогу большинству тех, у кого верного пути нет',
    ),
  );
  for (const r of all.shutOut.slice(0, 8))
    p.para(`${r.rule} — ${percent(r.people, a.people, lang, 1)} (${ruleWord(r.kind, lang)})`, 2, '- ');
  p.gap();
  p.para(
    p.t(
      'One subgroup in full: --subgroup journalists. This is what the law allows, not what people will do; dangers of a country, such as handovers to Russia, are not taken off.',
      'Одна группа подробно: --subgroup journalists. Это то, что разрешает право, а не то, что люди сделают; опасности страны, например выдача России, не вычтены.',
    ),
  );
  return p.text();
}

/** What a scenario changes of what is open, subgroup by subgroup. */
function differencePage(run: Run, before: Coverage, after: Coverage, scenarios: readonly Scenario[]): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, run, after);
  for (const s of scenarios) {
    p.heading(s.patch.title[lang]);
    p.para(s.patch.why[lang]);
    if (Math.min(...s.patch.changes.map((c) => c.from)) > after.on)
      p.para(
        p.t(
          'This scenario begins after the day asked about: ask for a later one with --on.',
          'Сценарий начинается позже этого дня: спросите о более позднем (--on).',
        ),
        2,
        '! ',
      );
  }
  p.heading(p.t('People with a home open for certain, before and after', 'У кого есть верный путь: до и после'));
  const sure = (g: SubgroupCoverage) => g.home.right + g.home.discretion;
  const points = (x: number, y: number) => {
    const d = y - x;
    const text = (Math.abs(d) < 0.0005 ? 0 : 100 * d).toFixed(1);
    return `${d >= 0.0005 ? '+' : ''}${lang === 'ru' ? text.replace('.', ',') : text}`;
  };
  const rows = after.subgroups.map((g, k) => {
    const b = before.subgroups[k] as SubgroupCoverage;
    if (g.effective < ENOUGH) return [g.title[lang].slice(0, 34), '…', '…', '…', '…', '…'];
    return [
      g.title[lang].length > 34 ? `${g.title[lang].slice(0, 33)}…` : g.title[lang],
      percent(sure(b), b.people, lang, 1),
      percent(sure(g), g.people, lang, 1),
      points(sure(b) / b.people, sure(g) / g.people),
      points(b.home.right / b.people, g.home.right / g.people),
      points(b.nothing / b.people, g.nothing / g.people),
    ];
  });
  for (const line of columns(
    [
      '',
      p.t('before', 'до'),
      p.t('after', 'после'),
      p.t('± points', '± п. п.'),
      p.t('by right', 'по праву'),
      p.t('return', 'возврат'),
    ],
    rows,
    0,
  ))
    p.raw(line);
  p.gap();
  p.para(
    p.t(
      'The three columns on the right are changes in percentage points: a home open for certain, a home by right, nothing but return. This is what the law would allow; what people would do is another question (foothold lab compare).',
      'Три правых столбца — изменения в процентных пунктах: верный путь, путь по праву, ничего кроме возвращения. Это то, что разрешило бы право; что сделают люди — другой вопрос (foothold lab compare).',
    ),
  );
  return p.text();
}

function ruleWord(kind: string, lang: 'en' | 'ru'): string {
  const words: Record<string, [string, string]> = {
    restriction: ['a restriction', 'ограничение'],
    document: ['a rule on documents', 'правило о документах'],
    filing: ['where one may file', 'где можно подать'],
    threshold: ['a threshold', 'порог'],
    bar: ['a bar', 'запрет'],
    'not-in-force': ['not in force', 'не действует'],
    definition: ['whom the route is for', 'для кого основание'],
  };
  return (words[kind] ?? [kind, kind])[lang === 'ru' ? 1 : 0];
}

function subgroupPage(run: Run, a: Coverage, id: string): string {
  const { lang } = run;
  const p = new Page(run);
  head(p, run, a);
  const g = a.subgroups.find((x) => x.id === id) as SubgroupCoverage;
  p.heading(`${g.title[lang]}: ${peopleText(g.people, lang)}`);
  if (g.effective < ENOUGH) {
    p.para(
      p.t(
        `Only ${Math.round(g.effective)} persons' worth of precision: take more persons (--persons) before quoting this.`,
        `Точность всего как у ${Math.round(g.effective)} человек: возьмите больше (--persons), прежде чем ссылаться на это.`,
      ),
      2,
      '! ',
    );
  }
  const row = (name: string, c: SubgroupCoverage['from'][number] | SubgroupCoverage) => [
    name,
    peopleText(c.people, lang),
    ...(c.effective < ENOUGH
      ? ['…', '…', '…', '…', '…']
      : [c.home.right, c.home.discretion, c.home.question, c.home.none, c.nothing].map((x) =>
          percent(x, c.people, lang),
        )),
  ];
  for (const line of columns(
    [
      p.t('where they are now', 'где они сейчас'),
      p.t('people', 'людей'),
      p.t('right', 'право'),
      p.t('discr.', 'усмотр.'),
      p.t('open?', 'вопрос'),
      p.t('none', 'нет'),
      p.t('return', 'возврат'),
    ],
    [
      row(p.t('everywhere', 'везде'), g),
      ...g.from
        .filter((f) => f.people > 0)
        .sort((x, y) => y.people - x.people)
        .map((f) => row(f.host === 'other' ? p.t('elsewhere', 'прочие') : countryName(f.host, lang), f)),
    ],
  ))
    p.raw(line);
  p.heading(p.t('Where a home is open to them', 'Где им что-то доступно'));
  for (const line of columns(
    ['', p.t('right', 'право'), p.t('discr.', 'усмотр.'), p.t('open?', 'вопрос')],
    g.to.map((t) => [
      countryName(t.host, lang),
      ...[t.right, t.discretion, t.question].map((x) => percent(x, g.people, lang, 1)),
    ]),
  ))
    p.raw(line);
  p.heading(
    p.t(
      'Rules that alone shut out those without a certain home',
      'Какая одна норма закрывает дорогу тем, у кого верного пути нет',
    ),
  );
  for (const r of g.shutOut) {
    const routes = r.routes.length > 3 ? `${r.routes.slice(0, 3).join(', ')} …` : r.routes.join(', ');
    p.para(
      `${r.rule} — ${percent(r.people, g.people, lang, 1)} (${ruleWord(r.kind, lang)}; ${p.t('opens', 'откроет')} ${routes})`,
      2,
      '- ',
    );
  }
  return p.text();
}

/** One line a subgroup, host (where people are now, or `all`) and level. */
export function coverageCsv(a: Coverage): string {
  const parts = [
    csv([
      'day',
      'law',
      'subgroup',
      'from',
      'people',
      'effective',
      'kind',
      'right',
      'discretion',
      'question',
      'none',
      'nothing',
      'visit_only',
      'protection_only',
    ]),
  ];
  const n = (x: number) => x.toFixed(1);
  for (const g of a.subgroups)
    for (const c of [{ host: 'all', ...g }, ...g.from])
      for (const kind of ['home', 'stable'] as const)
        parts.push(
          csv([
            formatDay(a.on),
            a.law,
            g.id,
            c.host,
            n(c.people),
            n(c.effective),
            kind,
            n(c[kind].right),
            n(c[kind].discretion),
            n(c[kind].question),
            n(c[kind].none),
            n(c.nothing),
            n(c.visitOnly),
            n(c.protectionOnly),
          ]),
        );
  return parts.join('');
}
