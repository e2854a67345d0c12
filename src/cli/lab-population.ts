/** `foothold lab population`: synthesise persons, say how well the margins fit, or write one row as a person file. */
import { formatDay } from '../calendar/civil.ts';
import type { SyntheticPeople } from '../lab/people.ts';
import { personYaml } from '../lab/person-yaml.ts';
import { dayOption, numberOption, readArgs } from './args.ts';
import { columns, csv, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { loadLab, peopleOf } from './lab-files.ts';
import { type ColumnTypes, writeTable } from './lab-parquet.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

export async function labPopulation(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(
    run.args,
    ['persons', 'seed', 'row', 'on', 'out', 'json', 'lang', 'help'],
    lang,
    'lab population',
  );
  const on = dayOption(options, 'on', lang) ?? run.today;
  const book = await loadLaw();
  const data = loadLab(book, lang);
  const people = peopleOf(book, data, options, lang);
  if (options.row !== undefined) {
    const i = numberOption(options, 'row', 0, 0, people.n - 1, lang);
    const heading = `Invented: row ${i} of the lab's population (seed ${people.sample.seed}, ${people.n} persons) on ${formatDay(on)}.`;
    run.out(personYaml(people.situation(i, on), book.schema, heading));
    return 0;
  }
  if (typeof options.out === 'string') {
    const names = people.model.attributes.map((a) => [a.id, 'VARCHAR'] as const);
    const types: ColumnTypes = { row: 'INTEGER', weight: 'DOUBLE', leaves: 'DATE', ...Object.fromEntries(names) };
    await writeTable(options.out, populationCsv(people), types, lang);
    run.err(lang === 'ru' ? `Записано: ${options.out}\n` : `Written: ${options.out}\n`);
    return 0;
  }
  const { fit } = people.sample;
  if (options.json) {
    writeJson(run, {
      persons: people.n,
      seed: people.sample.seed,
      people: data.population.total,
      effective: Math.round(fit.effective),
      designEffect: Number(fit.designEffect.toFixed(3)),
      rounds: fit.raked.rounds,
      converged: fit.raked.converged,
      margins: fit.margins,
    });
  } else run.out(page(run, people, data));
  return fit.raked.converged ? 0 : 1;
}

function page(run: Run, people: SyntheticPeople, data: ReturnType<typeof loadLab>): string {
  const { lang } = run;
  const p = new Page(run);
  const { fit } = people.sample;
  p.title(
    p.t(
      `${peopleText(data.population.total, lang)} people as ${peopleText(people.n, lang)} invented persons`,
      `${peopleText(data.population.total, lang)} человек — это ${peopleText(people.n, lang)} вымышленных`,
    ),
  );
  p.para(
    p.t(
      `Seed ${people.sample.seed}. As precise as ${peopleText(fit.effective, lang)} persons of equal weight. Raked in ${fit.raked.rounds} rounds${fit.raked.converged ? '' : ': NOT FITTED'}.`,
      `Начальное число ${people.sample.seed}. Точность как у ${peopleText(fit.effective, lang)} человек с равными весами. Подгонка за ${fit.raked.rounds} проходов${fit.raked.converged ? '' : ': НЕ СОШЛОСЬ'}.`,
    ),
  );
  for (const e of fit.raked.empty) {
    const m = data.population.margins.find((x) => x.id === e.id);
    p.para(
      p.t(
        `The margin "${e.id}" wants "${m?.names[e.group]}", and no person drawn has it: take more persons, or correct an association.`,
        `Распределение «${e.id}» требует «${m?.names[e.group]}», но таких среди созданных нет: возьмите больше человек или исправьте связь.`,
      ),
      2,
      '! ',
    );
  }
  for (const m of data.population.margins) {
    const basis =
      'guessed' in m.basis
        ? p.t(`guessed, ×/÷ ${m.basis.guessed.range}`, `догадка, ×/÷ ${m.basis.guessed.range}`)
        : `${p.t('sourced', 'по источнику')}: ${m.basis.figures.join(', ')}`;
    p.heading(`${m.id} (${basis})`);
    const rows = fit.margins.filter((f) => f.id === m.id);
    for (const line of columns(
      [p.t('group', 'группа'), p.t('wanted', 'нужно'), p.t('drawn', 'создано'), p.t('weighted', 'с весами')],
      rows.map((f) => [
        f.group.length > 38 ? `${f.group.slice(0, 37)}…` : f.group,
        percent(f.target, 1, lang, 1),
        percent(f.drawn, 1, lang, 1),
        percent(f.reached, 1, lang, 1),
      ]),
    ))
      p.raw(line);
  }
  p.gap();
  p.para(
    p.t(
      'Sources: diaspora/figures.yaml, diaspora/population.yaml. One row as a person file: --row 17. All rows: --out people.csv',
      'Источники: diaspora/figures.yaml, diaspora/population.yaml. Одна строка как файл человека: --row 17. Все строки: --out people.csv',
    ),
  );
  return p.text();
}

/** All rows with their weights and categories. */
function populationCsv(people: SyntheticPeople): string {
  const { attributes } = people.model;
  const parts = [csv(['row', 'weight', 'leaves', ...attributes.map((a) => a.id)])];
  for (let i = 0; i < people.n; i++)
    parts.push(
      csv([
        i,
        (people.weights[i] as number).toFixed(6),
        formatDay(people.leaves(i)),
        ...attributes.map((a, k) => a.categories[(people.sample.codes[k] as Uint8Array)[i] as number]?.id ?? ''),
      ]),
    );
  return parts.join('');
}
