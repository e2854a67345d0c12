/** `foothold lab brief`: scenarios as pages that can be sent, printed and checked. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countryName } from '../answers/countries.ts';
import { formatDay } from '../calendar/civil.ts';
import { PARAMETERS } from '../lab/behaviour.ts';
import { type BriefText, briefHtml } from '../lab/brief.ts';
import type { FloorPair, FloorWords } from '../lab/brief-floor.ts';
import type { Comparison, Estimate } from '../lab/compare.ts';
import { coverage } from '../lab/coverage.ts';
import { SyntheticPeople } from '../lab/people.ts';
import { synthesise } from '../lab/population.ts';
import { planKey } from '../lab/run.ts';
import type { LawBook } from '../law/book.ts';
import type { PatchChange } from '../law/patch.ts';
import { type Lang, sayDay } from '../law/say.ts';
import type { Day } from '../rules/ir.ts';
import { readArgs, UsageError } from './args.ts';
import { people as peopleText } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { type Compared, change, compareAll, writeCompared } from './lab-compare.ts';
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
  const { inputs } = ran.loaded;
  const sample = synthesise(inputs.population, ran.plan.persons, ran.plan.seed);
  const people = new SyntheticPeople(inputs.book, inputs.population, sample, inputs.answers);
  const files = compared.comparisons.map((c, s) => {
    const file = join(folder, `${ran.loaded.scenarios[s]?.id}.html`);
    const on = dayOfFloor(compared, s);
    writeFileSync(file, briefHtml(c, floors(compared, s, on, people), words(compared, c, s, on, lang)));
    return file;
  });
  // What the page shows, as tables, where a folder of its own was named for them.
  if (typeof options.out === 'string') await writeCompared(folder, compared, options.parquet === true, lang);
  if (options.json) writeJson(run, { files });
  else for (const f of files) run.out(`${f}\n`);
  return 0;
}

/** The day on which the floor is looked at: when all of the scenario is in force, not before the day that the population is of. */
function dayOfFloor({ ran }: Compared, s: number): Day {
  const { patch } = ran.loaded.scenarios[s] as (typeof ran.loaded.scenarios)[number];
  const starts = patch.changes.map((x) => x.from);
  return Math.max(ran.loaded.data.population.on, Math.min(ran.plan.until, Math.max(...starts) + 1));
}

/** Coverage of a day by the letter and in practice, under the law as it is and under the scenario, of the same persons. */
function floors({ ran }: Compared, s: number, on: Day, people: SyntheticPeople): FloorPair {
  const { data, inputs } = ran.loaded;
  const of = (book: LawBook) => coverage(book, people, data.subgroups, on, { brief: true, floor: data.floor });
  return { before: of(inputs.book), after: of(inputs.laws[s + 1] as LawBook) };
}

const FLOOR = (on: Day, lang: Lang): FloorWords => {
  const day = sayDay(on, lang);
  return lang === 'ru'
    ? {
        title: 'Кому остаётся только возвращение',
        lead: `Здесь поведение не предполагается: это то, что право говорит этим людям ${day}. По букве закона почти всем куда-нибудь можно: почти всегда есть страна, куда пустят на время. На деле считаются только те дома и въезды, которым заведомо не мешает опасность для этого человека, его документы или нехватка денег на дорогу и сборы.`,
        chart: 'Только возвращение, доля группы',
        people: 'Людей',
        letter: 'по букве',
        practice: 'на деле',
        now: 'по нынешнему праву',
        with: 'при сценарии',
        lostTitle: 'Что отнимает дом, открытый по букве (при сценарии)',
        lost: 'Открыт по букве, но не на деле',
        danger: 'Только опасность',
        papers: 'Только документы',
        money: 'Только деньги',
        several: 'Несколько причин',
        map: 'Где им остаётся только возвращение: на деле, при сценарии',
        mapNote:
          'Доля тех, кто живёт в стране. Чем темнее, тем больше; обведены страны, где сценарий меняет число. «…»: людей для доли мало.',
        note: 'На деле — нижняя граница в одном смысле: что здесь не проходит, то заведомо не проходит; что остальное удастся, никто не обещает.',
      }
    : {
        title: 'Who has nothing but return',
        lead: `No behaviour is assumed here: it is what the law says to these people on ${day}. By the letter almost everybody may go somewhere: some country can nearly always be entered for a while. In practice only those homes and visits count that are certainly not barred by a danger to the person, by their papers, or by the money for the journey and the fees.`,
        chart: 'Nothing but return, share of the subgroup',
        people: 'People',
        letter: 'by the letter',
        practice: 'in practice',
        now: 'law as it is',
        with: 'scenario',
        lostTitle: 'What takes away a home that the letter opens (under the scenario)',
        lost: 'Open by the letter, not in practice',
        danger: 'Danger alone',
        papers: 'Papers alone',
        money: 'Money alone',
        several: 'More than one',
        map: 'Where they have nothing but return: in practice, under the scenario',
        mapNote:
          'Share of those who live in a country. The darker, the more; countries where the scenario changes the number are outlined. "…": too few persons for a share.',
        note: 'In practice is a floor in one sense: what fails here certainly fails; that the rest succeeds nobody says.',
      };
};

function words(compared: Compared, c: Comparison, s: number, on: Day, lang: Lang): BriefText {
  const { ran } = compared;
  const ru = lang === 'ru';
  const scenario = ran.loaded.scenarios[s] as (typeof ran.loaded.scenarios)[number];
  const { data, behaviour } = ran.loaded;
  const titles = new Map(data.subgroups.map((x) => [x.id, x.title[lang]]));
  const used = compared.calibrated ? compared.kept : ran.plan.draws;
  const options = `--persons ${ran.plan.persons} --seed ${ran.plan.seed} --draws ${ran.plan.draws} --to ${formatDay(ran.plan.until)}`;
  return {
    lang,
    floor: FLOOR(on, lang),
    title: scenario.patch.title[lang],
    why: scenario.patch.why[lang],
    question: ru ? 'Кого заденет эта норма и что она изменит?' : 'Whom does this rule hit, and what would it change?',
    finding: finding(c, lang),
    method: ru
      ? `${ran.plan.persons} вымышленных людей представляют ${peopleText(data.population.total, lang)} уехавших. Наборов предположений: ${used}${compared.calibrated ? ` из ${compared.tried}: ближайшие к данным, под которые разрешено подгонять (полностью согласны ${compared.met})` : ' (выбирать было не из чего; интервалы слишком широки)'}. Скобки — 90 % наборов. Это не прогноз: «если», а не «будет».`
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
          whereMap:
            'Зелёным — больше людей, красным — меньше, чем гуще, тем сильнее. Обведены страны, где интервал не содержит нуля.',
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
          whereMap:
            'Green: more people, red: fewer; the darker, the greater the change. Countries whose interval does not hold zero are outlined.',
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
