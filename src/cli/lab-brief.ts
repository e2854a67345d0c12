/** `foothold lab brief`: scenarios as pages that can be sent, printed and checked. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { PARAMETERS } from '../lab/behaviour.ts';
import { type BriefText, briefHtml } from '../lab/brief.ts';
import type { Comparison, Estimate } from '../lab/compare.ts';
import { planKey } from '../lab/run.ts';
import type { PatchChange } from '../law/patch.ts';
import { type Lang, sayDay } from '../law/say.ts';
import { readArgs, UsageError } from './args.ts';
import { people as peopleText } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { type Compared, change, compareAll } from './lab-compare.ts';
import { namesIn } from './lab-files.ts';
import { doRun, RUN_OPTIONS } from './lab-run.ts';

export async function labBrief(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, RUN_OPTIONS, lang, 'lab brief');
  const names = [...positionals, ...namesIn(options.scenario)];
  if (names.length === 0)
    throw new UsageError(
      lang === 'ru'
        ? 'Нужен сценарий: foothold lab brief file-anywhere (список: foothold lab scenarios)'
        : 'A scenario is needed: foothold lab brief file-anywhere (they are listed by foothold lab scenarios)',
    );
  const folder = typeof options.out === 'string' ? options.out : '.';
  const ran = await doRun(run, options, names, { draws: 40, replicates: 6 });
  const compared = compareAll(ran);
  mkdirSync(folder, { recursive: true });
  const files = compared.comparisons.map((c, s) => {
    const file = join(folder, `${ran.loaded.scenarios[s]?.id}.html`);
    writeFileSync(file, briefHtml(c, words(compared, c, s, lang)));
    return file;
  });
  if (options.json) writeJson(run, { files });
  else for (const f of files) run.out(`${f}\n`);
  return 0;
}

function words(compared: Compared, c: Comparison, s: number, lang: Lang): BriefText {
  const { ran } = compared;
  const ru = lang === 'ru';
  const scenario = ran.loaded.scenarios[s] as (typeof ran.loaded.scenarios)[number];
  const { data, behaviour } = ran.loaded;
  const titles = new Map(data.subgroups.map((x) => [x.id, x.title[lang]]));
  const used = compared.calibrated ? compared.kept : ran.plan.draws;
  const options = `--persons ${ran.plan.persons} --seed ${ran.plan.seed} --draws ${ran.plan.draws} --to ${formatDay(ran.plan.until)}`;
  return {
    lang,
    title: scenario.patch.title[lang],
    why: scenario.patch.why[lang],
    question: ru ? 'Кого заденет эта норма и что она изменит?' : 'Whom does this rule hit, and what would it change?',
    finding: finding(c, lang),
    method: ru
      ? `${ran.plan.persons} вымышленных человек представляют ${peopleText(data.population.total, lang)} уехавших. Наборов предположений: ${used}${compared.calibrated ? ` из ${compared.tried}: ближайшие к данным, под которые разрешено подгонять (полностью согласны ${compared.met})` : ' (выбирать было не из чего; интервалы слишком широки)'}. Скобки — 90 % наборов. Это не прогноз: «если», а не «будет».`
      : `${ran.plan.persons} invented persons stand for ${peopleText(data.population.total, lang)} who left. ${used} draws of the assumptions${compared.calibrated ? `, those of ${compared.tried} nearest to the figures that may be fitted to (${compared.met} meet them all)` : ' (too few to choose from; the intervals are too wide)'}. Brackets hold 90% of the draws. Not a forecast: "if", not "will".`,
    day: sayDay(c.day, lang),
    command: `foothold lab brief ${scenario.id} ${options}`,
    law: `${ru ? 'право' : 'law'} ${ran.loaded.inputs.book.digest.slice(0, 16)}`,
    data: `${ru ? 'данные на' : 'data of'} ${formatDay(data.population.on)}`,
    key: `${ru ? 'расчёт' : 'run'} ${planKey(ran.plan, ran.loaded.inputs)}`,
    sources: [
      ...(scenario.patch.sources ?? []).map((url) => ({ text: ru ? 'сценарий' : 'scenario', url })),
      ...[...data.figures.figures.values()]
        .filter((f) => f.use === 'fit')
        .flatMap((f) =>
          f.source.map((id) => ({
            text: `${f.what[lang]} (${f.quality})`,
            url: data.figures.sources.get(id)?.url ?? '',
          })),
        ),
    ],
    assumptions: PARAMETERS.map((p) => {
      const x = behaviour.parameters[p];
      return {
        text: x.says[lang],
        value: String(x.value),
        range: `${x.range[0]} … ${x.range[1]}`,
        basis: x.figures
          ? `${ru ? 'подогнано под' : 'fitted to'} ${x.figures.join(', ')}`
          : `${ru ? 'догадка' : 'guessed'}: ${x.guessed}`,
      };
    }),
    limits: ru
      ? [
          'Люди вымышлены: доли взяты из опубликованных данных или угаданы, о чём сказано в diaspora/population.yaml.',
          'Право взято из базы этой программы; страны, которых в ней нет, для модели закрыты правом неизвестно как.',
          'Об отдельных странах модель не лучше наивного прогноза (foothold lab validate): верьте направлению, а не числу.',
          'Различия между группами идут от права и от предположений; данных о поведении отдельных групп нет.',
          'Интервалы не включают ошибку самой модели.',
        ]
      : [
          'The persons are invented: their shares come from published figures or are guessed, as diaspora/population.yaml says.',
          'The law is that of this program; of countries that it does not have, nothing is known to the model.',
          'On single countries the model is no better than a naive forecast (foothold lab validate): trust the direction, not the number.',
          'Differences between subgroups come from the law and from the assumptions; there are no data on how single subgroups behave.',
          'The intervals leave out the error of the model itself.',
        ],
    words: ru
      ? {
          subgroups: 'Кого касается',
          subgroup: 'Группа',
          stable: 'Изменение числа людей в прочном доме',
          returned: 'Изменение числа вернувшихся в Россию',
          overTime: 'Прочный дом по годам, все',
          year: 'К концу',
          where: 'Где живут люди: изменение',
          country: 'Страна',
          change: 'Изменение',
          interval: '90 % наборов',
          dice: 'Только кости',
          hangs: 'От какого предположения зависит вывод',
          assumption: 'Предположение',
          rank: 'Ранговая корреляция',
          assumed: 'Что предположено',
          value: 'Значение',
          range: 'Диапазон',
          basis: 'На чём держится',
          sources: 'Источники',
          limits: 'Чего отсюда не следует',
          reproduce: 'Как повторить',
          changes: 'Что меняется в праве',
          asTable: 'Таблица',
        }
      : {
          subgroups: 'Whom it concerns',
          subgroup: 'Subgroup',
          stable: 'Change in people with a stable home',
          returned: 'Change in people who returned to Russia',
          overTime: 'Stable homes by year, everybody',
          year: 'By the end of',
          where: 'Where people live: change',
          country: 'Country',
          change: 'Change',
          interval: '90% of draws',
          dice: 'Dice alone',
          hangs: 'Which assumption the finding hangs on',
          assumption: 'Assumption',
          rank: 'Rank correlation',
          assumed: 'What is assumed',
          value: 'Value',
          range: 'Range',
          basis: 'What it rests on',
          sources: 'Sources',
          limits: 'What may not be concluded',
          reproduce: 'How to reproduce this',
          changes: 'What changes in the law',
          asTable: 'Table',
        },
    changes: scenario.patch.changes.map((x) =>
      changeText(x, ran.loaded.inputs.book.provisions.get(x.provision)?.title[lang] ?? x.provision, lang),
    ),
    groupTitle: (id) => (id === 'everybody' ? (ru ? 'Все' : 'Everybody') : (titles.get(id) ?? id)),
    hostTitle: (id) => (id === 'other' ? (ru ? 'прочие' : 'elsewhere') : countryName(id, lang)),
    parameterTitle: (id) => behaviour.parameters[id as (typeof PARAMETERS)[number]]?.says[lang] ?? id,
    dayTitle: (day) => formatDay(day).slice(0, 4),
  };
}

/** One sentence, no finer than the uncertainty allows. */
function finding(c: Comparison, lang: Lang): string {
  const ru = lang === 'ru';
  const e = c.rows.find((r) => r.group === 'everybody' && r.measure === 'stable')?.difference as Estimate;
  const back = c.rows.find((r) => r.group === 'everybody' && r.measure === 'returned')?.difference as Estimate;
  const day = sayDay(c.day, lang);
  if (e.low === 0 && e.high === 0 && back.low === 0 && back.high === 0)
    return ru
      ? `К ${day} этот сценарий не меняет ничего ни в одном наборе предположений.`
      : `By ${day} this scenario changes nothing in any draw of the assumptions.`;
  if (e.low <= 0 && e.high >= 0)
    return ru
      ? `К ${day} модель не отличает перемену в числе прочных домов от нуля: ${change(e, lang)}.`
      : `By ${day} the model cannot tell the change in stable homes from none: ${change(e, lang)}.`;
  const more = e.value > 0;
  return ru
    ? `К ${day} в прочном доме оказалось бы на ${peopleText(Math.abs(e.value), lang)} человек ${more ? 'больше' : 'меньше'}, чем по нынешнему праву (${change(e, lang)}); вернувшихся в Россию: ${change(back, lang)}.`
    : `By ${day} some ${peopleText(Math.abs(e.value), lang)} ${more ? 'more' : 'fewer'} people would be in a stable home than under the law as it is (${change(e, lang)}); returned to Russia: ${change(back, lang)}.`;
}

function changeText(c: PatchChange, title: string, lang: Lang): string {
  const from = sayDay(c.from, lang);
  const ru = lang === 'ru';
  const head = `${title} (${c.provision}), ${ru ? 'с' : 'from'} ${from}: `;
  switch (c.op) {
    case 'close':
      return head + (ru ? 'больше не действует' : 'no longer in force');
    case 'open':
      return head + (ru ? 'снова действует' : 'in force');
    case 'suspend':
      return head + (ru ? `приостановлено до ${sayDay(c.to, lang)}` : `suspended until ${sayDay(c.to, lang)}`);
    case 'drop':
      return head + (ru ? `снято условие «${c.clause}»` : `the condition "${c.clause}" is dropped`);
    case 'set':
      return `${head}${c.param} = ${typeof c.value === 'object' && 'amount' in c.value ? `${c.value.amount} ${c.value.currency}` : JSON.stringify(c.value)}`;
    case 'delay':
      return head + (ru ? `отложено до ${sayDay(c.until, lang)}` : `put off until ${sayDay(c.until, lang)}`);
    case 'quota':
      return (
        head +
        (ru
          ? `не больше ${c.people} человек в ${c.per === 'year' ? 'год' : 'месяц'}`
          : `at most ${c.people} people a ${c.per}`)
      );
    case 'decide':
      return (
        head +
        (ru
          ? `решение: ${{ right: 'право', discretion: 'усмотрение', quota: 'квота', lottery: 'лотерея' }[c.as]}`
          : `decided by ${c.as}`)
      );
    case 'file':
      return (
        head +
        (ru ? `подавать: ${c.filing.where.join(', ')}` : `filed at: ${c.filing.where.join(', ')}`) +
        (c.filing.consulate ? ` (${c.filing.consulate})` : '')
      );
  }
}
