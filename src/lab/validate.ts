/**
 * The run against figures that nothing was fitted to (`use: validate`), and, marked apart, against those that it was. Hits and
 * misses alike are told, and each stock is also held against two naive forecasts.
 */

import { type Estimate, estimate } from './compare.ts';
import { STATES } from './counters.ts';
import type { Figure, Figures } from './figures.ts';
import type { Home } from './homes.ts';
import { monthIndex } from './month.ts';
import { type Outcome, stateIndex } from './outcome.ts';

export type Target = {
  readonly figure: Figure;
  readonly model: Estimate;
  /** Whether the model's 90 % interval meets the figure's range. */
  readonly hit: boolean;
  /** Stocks: what "everybody stays in the first country" and "everywhere the same share leaves" would have said. */
  readonly naive?: readonly [number, number];
};

export type Validation = {
  readonly targets: readonly Target[];
  /** Figures that the model has no counterpart of, and why. */
  readonly apart: readonly { readonly figure: Figure; readonly why: { readonly en: string; readonly ru: string } }[];
  /** Mean of |ln(model / figure)| over the held-out stocks, and the same of the two naive forecasts. */
  readonly error: {
    readonly model: number;
    readonly staying: number;
    readonly sameRate: number;
    readonly stocks: number;
  };
};

/** `firstShares` are the shares of first countries, in the order of `hosts`; `homes` the routes of the run. */
export function validate(
  figures: Figures,
  outcomes: readonly Outcome[],
  replicates: number,
  hosts: readonly string[],
  first: number,
  firstShares: readonly number[],
  homes: readonly Home[],
): Validation {
  const targets: Target[] = [];
  const apart: { figure: Figure; why: { en: string; ru: string } }[] = [];
  const one = outcomes[0] as Outcome;
  const lastDay = one.days.at(-1) as number;
  const month = (day: number): number => Math.min(one.months - 1, monthIndex(first, day));
  const total = (o: Outcome, m: number): number => {
    let sum = 0;
    for (let h = 0; h <= o.hosts; h++) sum += o.stock[h * o.months + m] as number;
    return sum;
  };
  for (const f of figures.figures.values()) {
    if (f.use === 'show') continue;
    const of = counterpart(f);
    if (typeof of !== 'function') {
      if (f.use === 'validate') apart.push({ figure: f, why: of });
      continue;
    }
    if (f.on > lastDay + 31) {
      apart.push({
        figure: f,
        why: { en: 'it is of a later day than the run', ru: 'относится к более позднему дню, чем расчёт' },
      });
      continue;
    }
    const model = estimate(outcomes.map(of), replicates);
    const [low, high] = f.range ?? [f.value * 0.85, f.value * 1.15];
    const hit = model.high >= low && model.low <= high;
    const h = f.host === undefined ? -1 : hosts.indexOf(f.host);
    const isStock = f.unit === 'people' && h >= 0;
    const m = month(f.on);
    const leftBy = estimate(
      outcomes.map((o) => total(o, m) + returnedBy(o, m)),
      replicates,
    ).value;
    const abroad = estimate(
      outcomes.map((o) => total(o, m)),
      replicates,
    ).value;
    targets.push({
      figure: f,
      model,
      hit,
      ...(isStock ? { naive: [leftBy * (firstShares[h] ?? 0), abroad * (firstShares[h] ?? 0)] as const } : {}),
    });
  }
  const stocks = targets.filter((t) => t.naive && t.figure.use === 'validate' && !t.figure.fresh);
  const distance = (x: number, y: number): number => Math.abs(Math.log(Math.max(x, 100) / Math.max(y, 100)));
  const mean = (of: (t: Target) => number): number =>
    stocks.length ? stocks.reduce((a, t) => a + of(t), 0) / stocks.length : Number.NaN;
  return {
    targets,
    apart,
    error: {
      model: mean((t) => distance(t.model.value, t.figure.value)),
      staying: mean((t) => distance(t.naive?.[0] ?? 0, t.figure.value)),
      sameRate: mean((t) => distance(t.naive?.[1] ?? 0, t.figure.value)),
      stocks: stocks.length,
    },
  };

  function returnedBy(o: Outcome, m: number): number {
    // Returned by the end of the period in which the month falls.
    const P = o.days.length;
    let k = o.days.findIndex((d) => monthIndex(first, d) >= m);
    if (k < 0) k = P - 1;
    return o.states[k * STATES.length + stateIndex('returned')] as number;
  }

  function counterpart(f: Figure): ((o: Outcome) => number) | { en: string; ru: string } {
    const m = month(f.on);
    if (f.unit === 'people' && f.host !== undefined) {
      const h = hosts.indexOf(f.host);
      if (h < 0) return { en: 'its law is not in the book', ru: 'права этой страны нет в базе' };
      return (o) => o.stock[h * o.months + m] as number;
    }
    switch (f.id) {
      case 'stayed-abroad':
        return (o) => total(o, m);
      case 'returned-2023':
      case 'returned-2024':
        return (o) => {
          const back = returnedBy(o, m);
          return back / (total(o, m) + back);
        };
      case 'returned-after-move':
        return (o) => {
          const back = o.states[(o.days.length - 1) * STATES.length + stateIndex('returned')] as number;
          return back > 0 ? (o.returnedAfterMove.at(-1) as number) / back : 0;
        };
      case 'tr-permits-fall': {
        const h = hosts.indexOf('tr');
        const end = month(f.on);
        const begin = Math.max(0, end - 17);
        if (h < 0) return { en: 'its law is not in the book', ru: 'права этой страны нет в базе' };
        return (o) =>
          1 - (o.stock[h * o.months + end] as number) / Math.max(1, o.stock[h * o.months + begin] as number);
      }
      case 'am-balance-2023':
        return change('am', m);
      case 'rs-filed-2022':
      case 'rs-filed-2023':
        return routes('filed', m, (x) => x.route.jurisdiction === 'rs' && x.stands === 'permit');
      case 'kz-permits-2022':
        return routes('granted', m, (x) => x.route.jurisdiction === 'kz' && x.stands === 'permit');
      case 'eu-asylum-2022':
      case 'eu-asylum-2023':
        return routes('filed', m, (x) => EU.has(x.route.jurisdiction) && x.stands === 'protection');
      case 'latin-america-2023':
        return routes('granted', m, (x) => ['ar', 'mx', 'br'].includes(x.route.jurisdiction));
      default:
        return { en: 'the model has no counterpart of it', ru: 'в модели нет такой величины' };
    }
  }
  /** How many more are in a country at the end of a month than a year before. */
  function change(host: string, m: number): ((o: Outcome) => number) | { en: string; ru: string } {
    const h = hosts.indexOf(host);
    if (h < 0) return { en: 'its law is not in the book', ru: 'права этой страны нет в базе' };
    return (o) => (o.stock[h * o.months + m] as number) - (o.stock[h * o.months + m - 12] as number);
  }

  /** Filed or granted in the year of a month (years of a run begin in February), over some routes. */
  function routes(what: 'filed' | 'granted', m: number, which: (x: Home) => boolean): (o: Outcome) => number {
    const years = Math.ceil(one.months / 12) + 1;
    const list = homes.flatMap((x, r) => (which(x) ? [r] : []));
    return (o) => {
      const counts = o[what];
      return list.reduce((sum, r) => sum + (counts[r * years + Math.floor(m / 12)] as number), 0);
    };
  }
}

/** Members of the European Union whose law is in the book or may be. */
const EU = new Set('at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk'.split(' '));
