/** `foothold lab validate`: the run of 2022 to 2024 against figures that it was not fitted to. */
import { formatDay, parseDay } from '../calendar/civil.ts';
import { keptDraws } from '../lab/calibrate.ts';
import { homesOf } from '../lab/homes.ts';
import type { Outcome } from '../lab/outcome.ts';
import { baseShares } from '../lab/population.ts';
import { type Target, validate } from '../lab/validate.ts';
import { type OptionName, readArgs } from './args.ts';
import { columns, people as peopleText, percent } from './columns.ts';
import { type Run, writeJson } from './context.ts';
import { doRun } from './lab-run.ts';
import { Page } from './page.ts';

const OPTIONS: readonly OptionName[] = ['persons', 'seed', 'draws', 'workers', 'out', 'json', 'lang', 'help'];

export async function labValidate(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, OPTIONS, lang, 'lab validate');
  const ran = await doRun(run, options, [], { draws: 60, to: parseDay('2024-12-31') as number });
  const { population, figures } = ran.loaded.data;
  const k = population.byId.get('first') as number;
  const shares = baseShares(population, k);
  const index = population.attributes[k]?.index;
  const firstShares = ran.hosts.map((h) => shares[index?.get(h) ?? -1] ?? 0);
  const all = ran.outcomes[0] as readonly Outcome[];
  const { kept, tried, met, calibrated } = keptDraws(figures, all, ran.plan.replicates, ran.hosts);
  const used = calibrated ? [...all.slice(0, ran.plan.replicates), ...kept.map((d) => all[d] as Outcome)] : all;
  const homes = homesOf(ran.loaded.inputs.book, ran.plan.from);
  const v = validate(figures, used, ran.plan.replicates, ran.hosts, ran.plan.from, firstShares, homes);
  const held = v.targets.filter((t) => t.figure.use === 'validate' && !t.figure.fresh);
  const fresh = v.targets.filter((t) => t.figure.fresh);
  const hits = held.filter((t) => t.hit).length;
  const freshHits = fresh.filter((t) => t.hit).length;
  if (options.json) {
    writeJson(run, {
      law: ran.loaded.inputs.book.digest,
      persons: ran.plan.persons,
      draws: { tried, kept: kept.length, met, calibrated },
      heldOut: held.length,
      hits,
      fresh: { figures: fresh.length, hits: freshHits },
      error: v.error,
      targets: v.targets.map((t) => ({
        id: t.figure.id,
        use: t.figure.use,
        fresh: t.figure.fresh,
        on: formatDay(t.figure.on),
        figure: t.figure.value,
        range: t.figure.range ?? null,
        model: t.model,
        hit: t.hit,
        naive: t.naive ?? null,
        sources: t.figure.source.map((s) => figures.sources.get(s)?.url),
      })),
      apart: v.apart.map((a) => ({ id: a.figure.id, why: a.why })),
    });
    return 0;
  }
  const p = new Page(run);
  p.title(
    p.t(
      `${hits} of ${held.length} held-out figures met, and ${freshHits} of ${fresh.length} held out later`,
      `Сошлось ${hits} из ${held.length} отложенных данных и ${freshHits} из ${fresh.length} отложенных позже`,
    ),
  );
  p.para(
    p.t(
      `The run of 24 February 2022 to 31 December 2024: ${ran.plan.persons} invented persons, ${ran.plan.draws} draws of the assumptions, ${calibrated ? `of which the ${kept.length} nearest to the fitted figures are used (${met} meet them all)` : 'all of them used: too few to choose from'}. Nothing is fitted to the figures of the first two tables; those of the first were looked at while the model was made; those of the second were named when it stood, on 27 November 2026, and have been looked at since, before its last change: none is unseen any more. A figure is met if the model's 90% interval meets its range.`,
      `Расчёт с 24 февраля 2022 по 31 декабря 2024 года: ${ran.plan.persons} вымышленных людей, наборов предположений: ${ran.plan.draws}, ${calibrated ? `взяты ${kept.length}, ближайшие к подогнанным данным (полностью согласны ${met})` : 'взяты все: выбирать не из чего'}. Под данные первых двух таблиц ничего не подгоняется; на данные первой смотрели, пока модель строилась; данные второй названы 27 ноября 2026 года, когда она уже была, но с тех пор, до её последнего изменения, и на них посмотрели: невиданных больше нет. Сошлось — значит 90-процентный интервал модели задевает диапазон данных.`,
    ),
  );
  const show = (x: number, t: Target) => (t.figure.unit === 'share' ? percent(x, 1, lang, 1) : peopleText(x, lang));
  const rows = (list: readonly Target[]) =>
    list.map((t) => [
      t.hit ? p.t('met', 'да') : p.t('MISSED', 'НЕТ'),
      t.figure.id.length > 19 ? `${t.figure.id.slice(0, 18)}…` : t.figure.id,
      show(t.figure.value, t),
      t.figure.range ? `${show(t.figure.range[0], t)}–${show(t.figure.range[1], t)}` : '±15%',
      show(t.model.value, t),
      `${show(t.model.low, t)}–${show(t.model.high, t)}`,
    ]);
  const head = [
    '',
    p.t('figure', 'данные'),
    p.t('value', 'знач.'),
    p.t('range', 'диапазон'),
    p.t('model', 'модель'),
    '90%',
  ];
  p.heading(p.t('Held out', 'Отложенные'));
  for (const line of columns(head, rows(held), 0)) p.raw(line);
  p.heading(p.t('Held out later', 'Отложенные позже'));
  for (const line of columns(head, rows(fresh), 0)) p.raw(line);
  p.heading(p.t('Fitted by hand: no test', 'Подогнано вручную: не проверка'));
  for (const line of columns(
    head,
    rows(v.targets.filter((t) => t.figure.use === 'fit' && /^return/.test(t.figure.id))),
    0,
  ))
    p.raw(line);
  p.heading(p.t('Against naive forecasts', 'Против наивных прогнозов'));
  const ratio = (x: number) => `×/÷ ${Math.exp(x).toFixed(2)}`;
  p.para(
    p.t(
      `Typical error of ${v.error.stocks} stocks by host: the model ${ratio(v.error.model)}; "everybody stays where they came first" ${ratio(v.error.staying)}; "the same share leaves everywhere" ${ratio(v.error.sameRate)}. ${v.error.model <= Math.min(v.error.staying, v.error.sameRate) ? 'The model is nearer than both.' : 'The model is NOT nearer than the better of the two: say nothing about single hosts from it.'}`,
      `Обычная ошибка по ${v.error.stocks} странам: модель ${ratio(v.error.model)}; «все остаются в первой стране» ${ratio(v.error.staying)}; «отовсюду уезжает одинаковая доля» ${ratio(v.error.sameRate)}. ${v.error.model <= Math.min(v.error.staying, v.error.sameRate) ? 'Модель ближе обоих.' : 'Модель НЕ ближе лучшего из двух: об отдельных странах по ней ничего не говорите.'}`,
    ),
  );
  if (v.apart.length) {
    p.heading(p.t('Not compared', 'Не сравнивалось'));
    for (const a of v.apart) p.para(`${a.figure.id}: ${a.why[lang]}`, 2, '- ');
  }
  run.out(p.text());
  return 0;
}
