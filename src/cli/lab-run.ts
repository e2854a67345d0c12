/** `foothold lab run`: people choose, day by day, under the law as it is and under scenarios. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryName } from '../answers/countries.ts';
import { formatDay, parseDay } from '../calendar/civil.ts';
import { estimate, MEASURES, type Measure, measure } from '../lab/compare.ts';
import { hostsOf } from '../lab/homes.ts';
import { outcomesDigest } from '../lab/merge.ts';
import type { Outcome } from '../lab/outcome.ts';
import { type Plan, planKey } from '../lab/run.ts';
import type { Job } from '../lab/shard.ts';
import { type Lang, sayDay } from '../law/say.ts';
import { dayOption, InputError, numberOption, type OptionName, type Options, readArgs, UsageError } from './args.ts';
import { columns, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { Cancelled, type Outcomes, runPlan } from './lab-engine.ts';
import { namesIn, scenarioTexts } from './lab-files.ts';
import { type Loaded, loadInputs } from './lab-inputs.ts';
import { identityHere, proofOf, usualParts } from './lab-shards.ts';
import { writeTables } from './lab-tables.ts';
import { Page } from './page.ts';

export const RUN_OPTIONS: readonly OptionName[] = [
  'persons',
  'seed',
  'to',
  'draws',
  'workers',
  'scenario',
  'out',
  'json',
  'lang',
  'help',
  'on',
  'passphrase-fd',
  'ca',
  'rows',
  'each',
  'parquet',
];
export const START = parseDay('2022-02-24') as number;
const LAST_HORIZON = parseDay('2035-12-31') as number;

export type Ran = {
  readonly plan: Plan;
  readonly loaded: Loaded;
  readonly outcomes: Outcomes;
  readonly groups: readonly string[];
  readonly hosts: readonly string[];
};

export type Usual = { readonly draws: number; readonly to?: number; readonly replicates?: number };

/** The plan that the options of a run say. */
export function planFrom(options: Options, scenarios: readonly string[], usual: Usual, lang: Lang): Plan {
  const until = dayOption(options, 'to', lang) ?? usual.to ?? (parseDay('2027-12-31') as number);
  if (until <= START + 30 || until > LAST_HORIZON)
    throw new UsageError(
      lang === 'ru'
        ? `--to: ${formatDay(until)} — невозможный горизонт. Нужен день после 2022-03-26 и не позже ${formatDay(LAST_HORIZON)}.`
        : `--to: ${formatDay(until)} is an impossible horizon. Expected: a day after 2022-03-26 and not after ${formatDay(LAST_HORIZON)}.`,
    );
  return {
    persons: numberOption(options, 'persons', 4000, 200, 1_000_000, lang),
    seed: numberOption(options, 'seed', 1, 0, 4_294_967_295, lang),
    from: START,
    until,
    draws: numberOption(options, 'draws', usual.draws, 0, 100_000, lang),
    replicates: usual.replicates ?? 4,
    scenarios,
  };
}

/** What a run is told of: its groups and countries beside its outcomes. */
export const ranOf = (plan: Plan, loaded: Loaded, outcomes: Outcomes): Ran => ({
  plan,
  loaded,
  outcomes,
  groups: ['everybody', ...loaded.data.subgroups.map((s) => s.id)],
  hosts: hostsOf(loaded.inputs.book),
});

/** Reads the options of a run, does it (or takes up what is there), and gives its outcomes. */
export async function doRun(run: Run, options: Options, scenarios: readonly string[], usual: Usual): Promise<Ran> {
  const { lang } = run;
  const plan = planFrom(options, scenarios, usual, lang);
  const workers = numberOption(options, 'workers', 1, 1, 64, lang);
  // Everything is read and checked before any work: a scenario that names what does not exist stops here.
  const loaded = await loadInputs(scenarios, lang);
  const began = performance.now();
  let first = 0;
  let said = Number.NEGATIVE_INFINITY;
  let stop = false;
  const onSignal = (): void => {
    stop = true;
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    const parts = partsFrom(options, usualParts(plan), lang);
    const common = {
      parts,
      ...(typeof options.out === 'string' ? { out: options.out } : {}),
      cancelled: () => stop,
      note: (file: string) => run.err(damagedTables(file, lang)),
      progress: (done: number, total: number) => {
        if (first === 0 && done > 0) first = done;
        const now = performance.now();
        // A log of many runs would be mostly of this: a line a second there.
        if (!run.colour && done < total && now - said < 1000) return;
        said = now;
        const spent = (now - began) / 1000;
        // What looking the law up takes at the start would be reckoned for every step: nothing is said before a hundredth is done.
        const left =
          done > first && done - first >= (total - first) / 100
            ? (spent / (done - first)) * (total - done)
            : Number.NaN;
        const time = Number.isNaN(left)
          ? ''
          : lang === 'ru'
            ? `, осталось ${seconds(left, lang)}`
            : `, ${seconds(left, lang)} left`;
        run.err(
          `${run.colour ? '\r' : ''}${done}/${total} (${Math.round((100 * done) / total)}%)${time}${run.colour ? '   ' : '\n'}`,
        );
      },
    };
    let outcomes: Outcomes;
    if (options.on === undefined) outcomes = await runPlan(plan, loaded.inputs, scenarios, { workers, ...common });
    else {
      const { runOnQueue } = await import('./lab-queue.ts');
      const texts = scenarioTexts(scenarios, lang);
      const proof = proofOf(loaded.inputs);
      const here = identityHere(loaded.inputs.book, lang);
      outcomes = await runOnQueue(run, options, [here, plan, texts, parts, proof], common);
    }
    if (run.colour) run.err('\n');
    return ranOf(plan, loaded, outcomes);
  } catch (e) {
    if (e instanceof Cancelled)
      throw new InputError(
        lang === 'ru'
          ? `Прервано.${typeof options.out === 'string' ? ` Готовое лежит в ${options.out}: та же команда продолжит с этого места.` : ' С --out ПАПКА готовое сохранилось бы.'}`
          : `Stopped.${typeof options.out === 'string' ? ` What is finished is in ${options.out}: the same command goes on from there.` : ' With --out FOLDER what is finished would have been kept.'}`,
      );
    throw e;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** The word on tables of the law that cannot be used: nothing is lost but time. */
export const damagedTables = (file: string, lang: Lang): string =>
  lang === 'ru'
    ? `${file}: файл повреждён или от другого расчёта; таблицы права сделаны заново.\n`
    : `${file}: damaged, or of another run; the tables of the law were made anew.\n`;

/** Parts asked for by `--rows` and `--each`, else the usual ones. */
export function partsFrom(options: Options, usual: Job['parts'], lang: Lang): Job['parts'] {
  return {
    rows: numberOption(options, 'rows', usual.rows, 1, 5_000_000, lang),
    draws: numberOption(options, 'each', usual.draws, 1, 100_000, lang),
  };
}

/** Some outcome of a run: days and countries are those of all. */
export function first(ran: Ran): Outcome {
  const list = ran.outcomes[0] as readonly Outcome[];
  return list[0] as Outcome;
}

function seconds(s: number, lang: Lang): string {
  if (s < 90) return `${Math.max(1, Math.round(s))} ${lang === 'ru' ? 'с' : 's'}`;
  return s < 5400
    ? `${Math.round(s / 60)} ${lang === 'ru' ? 'мин' : 'min'}`
    : `${(s / 3600).toFixed(1)} ${lang === 'ru' ? 'ч' : 'h'}`;
}

export async function labRun(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, RUN_OPTIONS, lang, 'lab run');
  const names = [...positionals, ...namesIn(options.scenario)];
  await tellRun(run, await doRun(run, options, names, { draws: 0 }), options);
  return 0;
}

/** Writes a run's tables into the folder asked for, and its answer: a page, or JSON. */
export async function tellRun(run: Run, ran: Ran, options: Options): Promise<void> {
  const head = { key: planKey(ran.plan, ran.loaded.inputs), law: ran.loaded.inputs.book.digest };
  const plan = { ...ran.plan, from: formatDay(ran.plan.from), until: formatDay(ran.plan.until) };
  if (typeof options.out === 'string') {
    mkdirSync(options.out, { recursive: true });
    await writeTables(options.out, ran, options.parquet === true, run.lang);
    writeFileSync(join(options.out, 'plan.json'), `${JSON.stringify({ ...head, ...plan }, null, 2)}\n`);
  }
  if (options.json) {
    writeJson(run, {
      ...head,
      plan,
      digest: outcomesDigest(ran.outcomes),
      groups: ran.groups,
      hosts: ran.hosts,
      scenarios: ['law', ...ran.plan.scenarios].map((id, s) => ({
        id,
        groups: ran.groups.map((g, k) => ({ group: g, measures: levels(ran, s, k) })),
      })),
    });
  } else run.out(page(run, ran));
}

function levels(
  ran: Ran,
  s: number,
  group: number,
): Record<Measure, { value: number; low: number; high: number; dice: number }> {
  const list = ran.outcomes[s] as readonly Outcome[];
  const last = (list[0] as Outcome).days.length - 1;
  return Object.fromEntries(
    MEASURES.map((m) => {
      const e = estimate(
        list.map((o) => measure(o, m, group, last, false)),
        ran.plan.replicates,
      );
      return [m, { value: e.value, low: e.low, high: e.high, dice: e.dice }];
    }),
  ) as never;
}

export const MEASURE_WORDS: Readonly<Record<Measure, readonly [string, string]>> = {
  stable: ['stable', 'прочно'],
  permit: ['permit', 'временно'],
  visitor: ['visitor', 'гость'],
  irregular: ['irreg.', 'без ст.'],
  returned: ['returned', 'вернул.'],
  moved: ['moved', 'переех.'],
  russianWork: ['RU job', 'раб. РФ'],
};

function page(run: Run, ran: Ran): string {
  const { lang } = run;
  const ru = lang === 'ru' ? 1 : 0;
  const p = new Page(run);
  const day = first(ran).days.at(-1) as number;
  p.title(
    p.t(
      `From 24 February 2022 to ${sayDay(day, 'en')}, if people choose as assumed`,
      `С 24 февраля 2022 до ${sayDay(day, 'ru')}, если люди выбирают как предположено`,
    ),
  );
  p.para(
    p.t(
      `${ran.plan.persons} invented persons; ${ran.plan.replicates} throws of the dice${ran.plan.draws ? `, ${ran.plan.draws} draws of the parameters` : ' at the middle of the parameters'}; law ${ran.loaded.inputs.book.digest.slice(0, 12)}. Not a forecast.`,
      `${ran.plan.persons} вымышленных людей; бросков костей: ${ran.plan.replicates}${ran.plan.draws ? `, наборов параметров: ${ran.plan.draws}` : ' при средних параметрах'}; право ${ran.loaded.inputs.book.digest.slice(0, 12)}. Это не прогноз.`,
    ),
  );
  ran.outcomes.forEach((list, s) => {
    const scenario = s === 0 ? undefined : ran.loaded.scenarios[s - 1];
    p.heading(scenario ? scenario.patch.title[lang] : p.t('The law as it is', 'Право как есть'));
    const last = (list[0] as Outcome).days.length - 1;
    for (const line of columns(
      ['', ...MEASURES.map((m) => MEASURE_WORDS[m][ru])],
      ran.groups.map((g, k) => {
        const title = k === 0 ? p.t('Everybody', 'Все') : (ran.loaded.data.subgroups[k - 1]?.title[lang] ?? g);
        return [
          title.length > 22 ? `${title.slice(0, 21)}…` : title,
          ...MEASURES.map((m) =>
            percent(
              estimate(
                list.map((o) => measure(o, m, k, last, true)),
                ran.plan.replicates,
              ).value,
              1,
              lang,
            ),
          ),
        ];
      }),
      0,
    ))
      p.raw(line);
  });
  p.heading(p.t('Where they are then (people)', 'Где они тогда (людей)'));
  const { months } = first(ran);
  for (const line of columns(
    ['', ...ran.outcomes.map((_, s) => (s === 0 ? p.t('law', 'право') : String(s)))],
    [...ran.hosts, 'other'].map((h, k) => [
      h === 'other' ? p.t('elsewhere', 'прочие') : countryName(h, lang),
      ...ran.outcomes.map((list) =>
        peopleText(
          estimate(
            list.map((o) => o.stock[k * months + months - 1] as number),
            ran.plan.replicates,
          ).value,
          lang,
        ),
      ),
    ]),
  ))
    p.raw(line);
  p.gap();
  p.para(
    p.t(
      'stable: permanent, protected, or a permit that leads there. permit: one that does not. moved: left the first country for another. RU job: works for a Russian employer, abroad or back in Russia. Shares of those who had left.',
      'прочно: постоянный статус, защита или ведущее к ним разрешение. временно: разрешение без продолжения. переех.: сменили первую страну. раб. РФ: работают на российского работодателя, за границей или вернувшись. Доли уехавших.',
    ),
  );
  return p.text();
}
