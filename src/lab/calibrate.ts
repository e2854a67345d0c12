/**
 * Calibration by rejection (approximate Bayesian computation; Tavaré and others 1997; by nearness: Beaumont, Zhang and Balding 2002): of
 * the draws of the parameters, those are kept whose run under the law as it was comes nearest to the figures that may be fitted to.
 * Held-out figures play no part.
 */
import { parseDay, toYmd } from '../calendar/civil.ts';
import { STATES } from './counters.ts';
import type { Figures } from './figures.ts';
import { type Outcome, stateIndex } from './outcome.ts';

const END_2024 = parseDay('2024-12-31') as number;
const END_2023 = parseDay('2023-12-31') as number;

export type FitValue = {
  readonly id: string;
  readonly value: number;
  readonly range: readonly [number, number];
  readonly met: boolean;
};

/**
 * The fitted figures that a run of the law as it was can be held against, `hosts` being the countries of its stocks; empty where the
 * run ends before 2025.
 */
export function fitValues(figures: Figures, o: Outcome, hosts: readonly string[]): FitValue[] {
  const S = STATES.length;
  const at = o.days.indexOf(END_2024);
  const before = o.days.indexOf(END_2023);
  if (at < 0 || before < 0) return [];
  const state = (k: number, s: number) => o.states[k * S + s] as number;
  const returned = (k: number) => state(k, stateIndex('returned'));
  const leftBy = (k: number) => STATES.reduce((sum, _, s) => sum + state(k, s), 0);
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : 0);
  const movedAbroad = (k: number) => share((o.moved[k] as number) - (o.returnedAfterMove[k] as number), leftBy(k));
  const values: Record<string, number> = {
    'returned-2024': share(returned(at), leftBy(at)),
    'returned-after-move': share(o.returnedAfterMove[at] as number, returned(at)),
    'return-intent': share(returned(at) - returned(before), leftBy(before) - returned(before)),
  };
  const abroad = figures.figures.get('moved-abroad');
  if (abroad) {
    // Between the ends of two years, in proportion.
    const part = (abroad.on - END_2023) / (END_2024 - END_2023);
    values[abroad.id] = (1 - part) * movedAbroad(before) + part * movedAbroad(at);
  }
  for (const f of figures.figures.values()) {
    const fate =
      f.id === 'moved-in-year' || (f.host !== undefined && /^left-/.test(f.id))
        ? 1
        : f.id === 'returned-in-year'
          ? 2
          : 0;
    const h = f.host === undefined ? undefined : hosts.indexOf(f.host);
    if (fate === 0 || h === -1) continue;
    const all = fates(o, toYmd(f.on).y - 1, h);
    values[f.id] = share(all[fate] as number, all[0] + all[1] + all[2]);
  }
  return Object.entries(values).flatMap(([id, value]) => {
    const f = figures.figures.get(id);
    if (f?.use !== 'fit' || !f.range) return [];
    return [{ id, value, range: f.range, met: f.range[0] <= value && value <= f.range[1] }];
  });
}

/** What became in a year of those who were abroad on a first of July, in one country or in all: there still, elsewhere, returned. */
export function fates(o: Outcome, year: number, host?: number): [number, number, number] {
  const { panel } = o;
  const years = panel.length / 3 / (o.hosts + 1);
  const k = year - toYmd(o.days[0] as number).y;
  const out: [number, number, number] = [0, 0, 0];
  for (let h = host ?? 0; h <= (host ?? o.hosts); h++)
    for (let f = 0; f < 3; f++) out[f] = (out[f] as number) + (panel[(h * years + k) * 3 + f] as number);
  return out;
}

/** How far values are from the ranges of their figures: sum of squares, half a range being one. */
export function distance(values: readonly FitValue[]): number {
  return values.reduce((sum, { value, range: [low, high] }) => {
    const off = Math.max(0, low - value, value - high) / ((high - low) / 2);
    return sum + off * off;
  }, 0);
}

/** At the least so many draws are kept, and this share of all. */
export const FEWEST_KEPT = 8;
const SHARE_KEPT = 0.05;

export type Kept = {
  /** Draws kept, as indices into the outcomes, in order. */
  readonly kept: readonly number[];
  readonly tried: number;
  /** How many draws meet every fitted figure. */
  readonly met: number;
  /** Whether there was something to hold them against, and enough of them to choose. */
  readonly calibrated: boolean;
};

/** The draws nearest to the fitted figures: all that meet every one of them, and where those are few, the nearest ones. */
export function keptDraws(
  figures: Figures,
  base: readonly Outcome[],
  replicates: number,
  hosts: readonly string[],
): Kept {
  const tried = Math.max(0, base.length - replicates);
  const all = Array.from({ length: tried }, (_, k) => {
    const values = fitValues(figures, base[replicates + k] as Outcome, hosts);
    return { d: replicates + k, known: values.length > 0, off: distance(values) };
  });
  const met = all.filter((x) => x.known && x.off === 0).length;
  const calibrated = tried > FEWEST_KEPT && all.every((x) => x.known);
  const most = calibrated ? Math.max(met, FEWEST_KEPT, Math.ceil(tried * SHARE_KEPT)) : tried;
  const kept = [...all].sort((a, b) => a.off - b.off || a.d - b.d).slice(0, most);
  return { kept: kept.map((x) => x.d).sort((a, b) => a - b), tried, met, calibrated };
}
