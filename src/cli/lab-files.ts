/** The lab's data on disk: figures, population, subgroups, answers, scenarios; and populations made from them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type AnswerRule, readAnswers } from '../lab/answers.ts';
import { type Figures, readFigures } from '../lab/figures.ts';
import { type Floor, readFloor } from '../lab/floor.ts';
import { readMapping, readMicrodata, type TablePeople } from '../lab/microdata.ts';
import { SyntheticPeople } from '../lab/people.ts';
import { MOST_PERSONS, synthesise } from '../lab/population.ts';
import { type PopulationModel, readPopulation } from '../lab/population-file.ts';
import type { LabText } from '../lab/reading.ts';
import { readScenarios, type Scenario, scenarioId } from '../lab/scenario.ts';
import { readSubgroups, type Subgroup } from '../lab/subgroups.ts';
import type { LawBook } from '../law/book.ts';
import type { Lang } from '../law/say.ts';
import { InputError, nearAll, nearTo, numberOption, type Options, UsageError } from './args.ts';
import { isParquet, readParquet } from './lab-parquet.ts';
import { projectRoot } from './law-files.ts';

export type LabData = {
  readonly figures: Figures;
  readonly population: PopulationModel;
  readonly subgroups: readonly Subgroup[];
  readonly answers: readonly AnswerRule[];
  readonly floor: Floor;
};

/** A file of the project, named in messages as it lies there. */
export function labText(path: string, lang: Lang, root = projectRoot()): LabText {
  const full = join(root, path);
  if (!existsSync(full))
    throw new InputError(
      lang === 'ru'
        ? `Нет файла ${path}: данные лаборатории неполны.`
        : `There is no ${path}: the lab's data are not complete.`,
    );
  return { file: path, text: readFileSync(full, 'utf8') };
}

/** Reads and checks everything under `diaspora/`. @throws ProblemsError */
export function loadLab(book: LawBook, lang: Lang): LabData {
  const figures = readFigures(labText('diaspora/figures.yaml', lang));
  const population = readPopulation(labText('diaspora/population.yaml', lang), book.schema, figures);
  const subgroups = readSubgroups(labText('diaspora/subgroups.yaml', lang), book.schema);
  const known = new Set([...book.provisions.values()].map((p) => p.jurisdiction));
  const answers = readAnswers(labText('diaspora/answers.yaml', lang), book.schema, figures, known);
  const floor = readFloor(labText('diaspora/floor.yaml', lang), book, figures);
  return { figures, population, subgroups, answers, floor };
}

export const USUAL_PERSONS = 20_000;

/** The synthetic persons asked for by `--persons` and `--seed`. */
export function peopleOf(
  book: LawBook,
  data: LabData,
  options: Options,
  lang: Lang,
  usual = USUAL_PERSONS,
): SyntheticPeople {
  const n = numberOption(options, 'persons', usual, 100, MOST_PERSONS, lang);
  const seed = numberOption(options, 'seed', 1, 0, 4_294_967_295, lang);
  return new SyntheticPeople(book, data.population, synthesise(data.population, n, seed), data.answers);
}

/** The persons of a user's own table, if `--data` and `--mapping` name one. */
export async function tableOf(book: LawBook, options: Options, lang: Lang): Promise<TablePeople | undefined> {
  if (options.data === undefined && options.mapping === undefined) return undefined;
  const { table, mapping } = await tableTexts(options, lang);
  return readMicrodata(table.file, table.text, readMapping(mapping, book.schema), book.schema);
}

/** The two files that `--data` and `--mapping` name; a Parquet table as CSV text. @throws InputError where one is missing */
export async function tableTexts(
  options: Options,
  lang: Lang,
): Promise<{ readonly table: LabText; readonly mapping: LabText }> {
  const named = (name: string | true | undefined, option: string): string => {
    if (typeof name !== 'string')
      throw new InputError(
        lang === 'ru'
          ? `К своим данным нужны оба: --data ФАЙЛ (.csv или .parquet) и --mapping ФАЙЛ.yaml (нет --${option}).`
          : `Your own data need both: --data FILE (.csv or .parquet) and --mapping FILE.yaml (--${option} is missing).`,
      );
    if (!existsSync(name) || !statSync(name).isFile())
      throw new InputError(
        lang === 'ru' ? `Файла «${name}» нет (--${option}).` : `There is no file "${name}" (--${option}).`,
      );
    return name;
  };
  const [file, how] = [named(options.data, 'data'), named(options.mapping, 'mapping')];
  const table = isParquet(file) ? await readParquet(file, lang) : readFileSync(file, 'utf8');
  return { table: { file, text: table }, mapping: { file: how, text: readFileSync(how, 'utf8') } };
}

/** Scenario files of the library. */
export function scenarioFiles(root = projectRoot()): string[] {
  const dir = join(root, 'scenarios');
  return existsSync(dir)
    ? readdirSync(dir)
        .filter((f) => /\.ya?ml$/.test(f))
        .sort()
        .map((f) => join('scenarios', f))
    : [];
}

/** Scenarios named on the command line: files, or names of the library. */
export const scenariosOf = (book: LawBook, names: readonly string[], lang: Lang): Scenario[] =>
  readScenarios(book, scenarioTexts(names, lang));

/** The texts of scenarios: files, or names of the library. */
export function scenarioTexts(names: readonly string[], lang: Lang): LabText[] {
  const root = projectRoot();
  const library = scenarioFiles(root);
  return names.map((name): LabText => {
    if (existsSync(name) && statSync(name).isFile()) return { file: name, text: readFileSync(name, 'utf8') };
    const own = library.find((f) => scenarioId(f) === scenarioId(name));
    if (own) return { file: own, text: readFileSync(join(root, own), 'utf8') };
    const near = nearAll(scenarioId(name), library.map(scenarioId));
    throw new InputError(
      lang === 'ru'
        ? `Сценария «${name}» нет.${near.length ? ` Может быть, ${near.join(', ')}?` : ''}\nНужен файл или имя из библиотеки: foothold lab scenarios`
        : `There is no scenario "${name}".${near.length ? ` Did you mean ${near.join(', ')}?` : ''}\nExpected: a file, or a name of the library: foothold lab scenarios`,
    );
  });
}

/** The subgroup that `--subgroup` names, if any. @throws UsageError for one that nobody knows, with the nearest. */
export function chosenSubgroup(data: LabData, options: Options, lang: Lang): string | undefined {
  const chosen = typeof options.subgroup === 'string' ? options.subgroup : undefined;
  const known = ['everybody', ...data.subgroups.map((s) => s.id)];
  if (chosen === undefined || known.includes(chosen)) return chosen;
  const near = nearTo(chosen, known);
  throw new UsageError(
    lang === 'ru'
      ? `Группы «${chosen}» нет.${near ? ` Может быть, ${near}?` : ''} Есть: ${known.join(', ')}.`
      : `There is no subgroup "${chosen}".${near ? ` Did you mean ${near}?` : ''} Known: ${known.join(', ')}.`,
  );
}

export const namesIn = (text: string | true | undefined): string[] =>
  typeof text === 'string'
    ? text
        .split(',')
        .map((x) => x.trim())
        .filter((x) => x !== '')
    : [];
