/** `foothold lab compare`: scenarios held against the law as it is, with what the dice and the assumptions make of it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { keptDraws } from '../lab/calibrate.ts';
import { type Comparison, compare, compareInFull, type Estimate, type MEASURES } from '../lab/compare.ts';
import type { Outcome } from '../lab/outcome.ts';
import { planKey } from '../lab/run.ts';
import { type Lang, sayDay } from '../law/say.ts';
import { readArgs, UsageError } from './args.ts';
import { columns, csv, people as peopleText } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { namesIn } from './lab-files.ts';
import { type ColumnTypes, writeParquet } from './lab-parquet.ts';
import { doRun, MEASURE_WORDS, type Ran, RUN_OPTIONS } from './lab-run.ts';
import { writeTables } from './lab-tables.ts';
import { Page } from './page.ts';

export type Compared = {
  readonly ran: Ran;
  readonly comparisons: readonly Comparison[];
  readonly kept: number;
  readonly tried: number;
  /** How many draws meet every fitted figure. */
  readonly met: number;
  readonly calibrated: boolean;
  /** The draws that calibration left; all of them where it chose none. */
  readonly draws: readonly number[] | undefined;
};

export function compareAll(ran: Ran): Compared {
  const { kept, tried, met, calibrated } = keptDraws(
    ran.loaded.data.figures,
    ran.outcomes[0] as readonly Outcome[],
    ran.plan.replicates,
    ran.hosts,
  );
  return {
    ran,
    kept: kept.length,
    tried,
    met,
    calibrated,
    draws: calibrated ? kept : undefined,
    comparisons: ran.plan.scenarios.map((_, s) =>
      compare(ran.plan, ran.loaded.inputs, ran.outcomes, s + 1, ran.groups, ran.hosts, calibrated ? kept : undefined),
    ),
  };
}

export async function labCompare(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, RUN_OPTIONS, lang, 'lab compare');
  const names = [...positionals, ...namesIn(options.scenario)];
  if (names.length === 0)
    throw new UsageError(
      lang === 'ru'
        ? 'Нужен сценарий: foothold lab compare file-anywhere (список: foothold lab scenarios)'
        : 'A scenario is needed: foothold lab compare file-anywhere (they are listed by foothold lab scenarios)',
    );
  const ran = await doRun(run, options, names, { draws: 40, replicates: 6 });
  const compared = compareAll(ran);
  if (typeof options.out === 'string') await writeCompared(options.out, compared, options.parquet === true, lang);
  if (options.json) {
    writeJson(run, {
      key: planKey(ran.plan, ran.loaded.inputs),
      law: ran.loaded.inputs.book.digest,
      persons: ran.plan.persons,
      draws: { tried: compared.tried, kept: compared.kept, met: compared.met, calibrated: compared.calibrated },
      comparisons: compared.comparisons.map((c) => ({
        ...c,
        day: formatDay(c.day),
        periods: c.periods.map((x) => ({ ...x, day: formatDay(x.day) })),
      })),
    });
  } else for (const [s] of compared.comparisons.entries()) run.out(comparePage(run, compared, s));
  return 0;
}

/** The comparison in full and the tables of its run in a folder, as CSV and, if asked for, as Parquet. */
export async function writeCompared(out: string, compared: Compared, parquet: boolean, lang: Lang): Promise<void> {
  mkdirSync(out, { recursive: true });
  const table = comparisonCsv(compared);
  writeFileSync(join(out, 'comparison.csv'), table);
  if (parquet) await writeParquet(join(out, 'comparison.parquet'), table, COMPARISON, lang);
  await writeTables(out, compared.ran, parquet, lang);
}

/** A difference in people: its middle and its 90 % interval; nothing finer than the dice. */
export function change(e: Estimate, lang: Lang): string {
  const sign = (x: number) => `${x > 0.5 ? '+' : x < -0.5 ? '−' : ''}${peopleText(Math.abs(x), lang)}`;
  return e.low === 0 && e.high === 0 ? '0' : `${sign(e.value)} (${sign(e.low)} … ${sign(e.high)})`;
}

export function comparePage(run: Run, c: Compared, s: number): string {
  const { lang } = run;
  const ru = lang === 'ru' ? 1 : 0;
  const { ran } = c;
  const one = c.comparisons[s] as Comparison;
  const scenario = ran.loaded.scenarios[s] as Ran['loaded']['scenarios'][number];
  const p = new Page(run);
  p.title(scenario.patch.title[lang]);
  p.para(scenario.patch.why[lang]);
  p.gap();
  p.para(
    p.t(
      `By ${sayDay(one.day, 'en')}, against the law as it is, if people choose as assumed. ${ran.plan.persons} invented persons; ${ran.plan.draws} draws of the assumptions, ${c.calibrated ? `of which the ${c.kept} nearest to the fitted figures are used (${c.met} meet them all)` : 'all of them used: too few to choose from, and the intervals are too wide'}. In brackets: 90% of the draws. Not a forecast.`,
      `К ${sayDay(one.day, 'ru')}, против права как есть, если люди выбирают как предположено. ${ran.plan.persons} вымышленных людей; наборов предположений: ${ran.plan.draws}, ${c.calibrated ? `взяты ${c.kept}, ближайшие к подогнанным данным (полностью согласны ${c.met})` : 'взяты все: выбирать не из чего, интервалы слишком широки'}. В скобках — 90 % наборов. Это не прогноз.`,
    ),
  );
  const everybody = one.rows.filter((r) => r.group === 'everybody');
  if (everybody.every((r) => r.difference.low === 0 && r.difference.high === 0)) {
    p.gap();
    p.para(
      p.t(
        'This scenario changes nothing by that day in any draw.',
        'К этому дню сценарий ничего не меняет ни в одном наборе.',
      ),
      2,
      '! ',
    );
  }
  p.heading(p.t('People: change in each state', 'Людей: изменение каждого состояния'));
  for (const line of columns(
    ['', p.t('change', 'изменение'), p.t('dice alone', 'только кости'), p.t('above 0', 'выше 0')],
    everybody.map((r) => [
      longWord(r.measure, lang),
      change(r.difference, lang),
      `±${peopleText(1.645 * r.difference.dice, lang)}`,
      `${Math.round(100 * r.difference.positive)}%`,
    ]),
  ))
    p.raw(line);
  p.heading(p.t('Subgroups: change in stable homes and in returns', 'Группы: изменение прочных домов и возвращений'));
  const groups = ran.groups.slice(1).map((id, k) => {
    const find = (m: string) => one.rows.find((r) => r.group === id && r.measure === m)?.difference as Estimate;
    const title = ran.loaded.data.subgroups[k]?.title[lang] ?? id;
    return { title, stable: find('stable'), returned: find('returned') };
  });
  for (const line of columns(
    ['', p.t('stable', MEASURE_WORDS.stable[ru]), p.t('returned', MEASURE_WORDS.returned[ru])],
    groups.map((g) => [
      g.title.length > 22 ? `${g.title.slice(0, 21)}…` : g.title,
      change(g.stable, lang),
      change(g.returned, lang),
    ]),
    0,
  ))
    p.raw(line);
  const moved = one.hosts
    .filter((h) => Math.abs(h.difference.value) >= 50 || Math.abs(h.difference.low) >= 200)
    .sort((a, b) => Math.abs(b.difference.value) - Math.abs(a.difference.value));
  if (moved.length) {
    p.heading(p.t('Where people are', 'Где живут люди'));
    for (const line of columns(
      ['', p.t('law', 'право'), p.t('change', 'изменение')],
      moved
        .slice(0, 12)
        .map((h) => [
          h.host === 'other' ? p.t('elsewhere', 'прочие') : countryName(h.host, lang),
          peopleText(h.base.value, lang),
          change(h.difference, lang),
        ]),
    ))
      p.raw(line);
  }
  if (one.sensitivity.stable.length) {
    p.heading(p.t('What the change in stable homes hangs on', 'От чего зависит изменение прочных домов'));
    for (const x of one.sensitivity.stable.slice(0, 5)) {
      const info = ran.loaded.behaviour.parameters[x.parameter];
      p.para(
        `${info.says[lang]} (${x.parameter}): ${x.rank >= 0 ? '+' : '−'}${Math.abs(x.rank).toFixed(2)}${info.guessed ? p.t('; guessed', '; догадка') : ''}`,
        2,
        '- ',
      );
    }
  }
  p.gap();
  p.para(
    p.t(
      '"dice alone": 90% of one run at fixed assumptions. Rank correlations from −1 to +1. What may not be concluded: docs/lab.md.',
      '«только кости»: 90 % для одного расчёта при одних предположениях. Ранговые корреляции от −1 до +1. Чего отсюда не следует: docs/lab.md.',
    ),
  );
  p.gap();
  return p.text();
}

export function longWord(m: (typeof MEASURES)[number], lang: Lang): string {
  const words: Record<string, readonly [string, string]> = {
    stable: ['in a stable home', 'в прочном доме'],
    permit: ['on a permit that leads nowhere', 'с временным разрешением'],
    visitor: ['as visitors', 'в гостях'],
    irregular: ['without status', 'без статуса'],
    returned: ['returned to Russia', 'вернулись в Россию'],
    moved: ['left the first country', 'сменили первую страну'],
    russianWork: ['work for a Russian employer', 'российский работодатель'],
  };
  return (words[m] as readonly [string, string])[lang === 'ru' ? 1 : 0];
}

const COMPARISON: ColumnTypes = {
  scenario: 'VARCHAR',
  day: 'DATE',
  what: 'VARCHAR',
  id: 'VARCHAR',
  measure: 'VARCHAR',
  law: 'DOUBLE',
  with: 'DOUBLE',
  change: 'DOUBLE',
  low: 'DOUBLE',
  high: 'DOUBLE',
  dice: 'DOUBLE',
  dice_share: 'DOUBLE',
  positive: 'DOUBLE',
  draws: 'INTEGER',
};

/** Every figure of the comparisons, a line each: subgroups, countries, months (`compareInFull`). */
export function comparisonCsv(c: Compared): string {
  const out = [csv(Object.keys(COMPARISON))];
  const n = (x: number) => x.toFixed(2);
  const { ran } = c;
  c.comparisons.forEach((one, s) => {
    const rows = compareInFull(ran.plan, ran.outcomes, s + 1, ran.groups, ran.hosts, c.draws);
    for (const { what, id, day, measure: m, base, with: other, difference: d } of rows)
      out.push(
        csv([
          one.scenario,
          formatDay(day),
          what,
          id,
          m,
          n(base.value),
          n(other.value),
          n(d.value),
          n(d.low),
          n(d.high),
          n(d.dice),
          d.diceShare.toFixed(4),
          d.positive.toFixed(3),
          d.draws,
        ]),
      );
  });
  return out.join('');
}
