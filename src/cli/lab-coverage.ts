/** `foothold lab coverage`: who has which kind of home open on a day, under the law as it is or under a scenario. */
import { formatDay } from '../calendar/civil.ts';
import { type Coverage, coverage } from '../lab/coverage.ts';
import { SyntheticPeople } from '../lab/people.ts';
import { applyPatch } from '../law/patch.ts';
import { dayOption, readArgs } from './args.ts';
import { csv } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { coveragePage, differencePage, subgroupPage } from './lab-coverage-pages.ts';
import { chosenSubgroup, loadLab, namesIn, peopleOf, scenariosOf, tableOf } from './lab-files.ts';
import { type ColumnTypes, writeTable } from './lab-parquet.ts';
import { loadLaw } from './law-files.ts';

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
  const chosen = chosenSubgroup(data, options, lang);
  const scenarios = scenariosOf(book, namesIn(options.scenario), lang);
  const people = (await tableOf(book, options, lang)) ?? peopleOf(book, data, options, lang);
  const seed = people instanceof SyntheticPeople ? people.sample.seed : null;
  // The persons are those of the law as it is: a scenario changes what is open to them, not where they are.
  const patched = scenarios.reduce((b, s) => applyPatch(b, s.patch), book);
  const before = scenarios.length
    ? coverage(book, people, data.subgroups, on, { brief: true, floor: data.floor })
    : undefined;
  const answer = coverage(patched, people, data.subgroups, on, { floor: data.floor });
  if (typeof options.out === 'string') {
    await writeTable(options.out, coverageCsv(answer), COVERAGE, lang);
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
    if (before) run.out(differencePage(run, before, answer, scenarios, seed === null));
    else run.out(chosen ? subgroupPage(run, answer, chosen, seed === null) : coveragePage(run, answer, seed === null));
  }
  return 0;
}

const COVERAGE: ColumnTypes = {
  day: 'DATE',
  law: 'VARCHAR',
  subgroup: 'VARCHAR',
  from: 'VARCHAR',
  people: 'DOUBLE',
  effective: 'DOUBLE',
  kind: 'VARCHAR',
  right: 'DOUBLE',
  discretion: 'DOUBLE',
  question: 'DOUBLE',
  none: 'DOUBLE',
  nothing: 'DOUBLE',
  visit_only: 'DOUBLE',
  protection_only: 'DOUBLE',
  counted: 'VARCHAR',
};

/** One line a subgroup, host (where people are now, or `all`), kind of home and way of counting (letter, practice). */
export function coverageCsv(a: Coverage): string {
  const parts = [csv(Object.keys(COVERAGE))];
  const n = (x: number) => x.toFixed(1);
  for (const g of a.subgroups)
    for (const c of [{ host: 'all', ...g }, ...g.from])
      for (const [counted, cell] of [
        ['letter', c] as const,
        ...(c.practice ? [['practice', c.practice] as const] : []),
      ])
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
              n(cell[kind].right),
              n(cell[kind].discretion),
              n(cell[kind].question),
              n(cell[kind].none),
              n(cell.nothing),
              n(cell.visitOnly),
              n(cell.protectionOnly),
              counted,
            ]),
          );
  return parts.join('');
}
