/**
 * Calibration by rejection (approximate Bayesian computation; Tavaré and others 1997): of the draws of the parameters, those are
 * kept whose run under the law as it was meets the figures that may be fitted to. Held-out figures play no part.
 */
import { parseDay } from '../calendar/civil.ts';
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

/** The fitted figures that a run of the law as it was can be held against; empty where the run ends before 2025. */
export function fitValues(figures: Figures, o: Outcome): FitValue[] {
  const S = STATES.length;
  const at = o.days.indexOf(END_2024);
  const before = o.days.indexOf(END_2023);
  if (at < 0 || before < 0) return [];
  const state = (k: number, s: number) => o.states[k * S + s] as number;
  const returned = (k: number) => state(k, stateIndex('returned'));
  let left = 0;
  let abroadBefore = 0;
  for (let s = 0; s < S; s++) {
    left += state(at, s);
    if (s !== stateIndex('returned')) abroadBefore += state(before, s);
  }
  const values: Record<string, number> = {
    'returned-2024': left > 0 ? returned(at) / left : 0,
    'returned-after-move': returned(at) > 0 ? (o.returnedAfterMove[at] as number) / returned(at) : 0,
    'return-intent': abroadBefore > 0 ? (returned(at) - returned(before)) / abroadBefore : 0,
  };
  return Object.entries(values).flatMap(([id, value]) => {
    const f = figures.figures.get(id);
    if (f?.use !== 'fit' || !f.range) return [];
    return [{ id, value, range: f.range, met: f.range[0] <= value && value <= f.range[1] }];
  });
}

/** Draws kept, as indices into the outcomes; all of them where nothing can be held against, or where none is met. */
export function keptDraws(
  figures: Figures,
  base: readonly Outcome[],
  replicates: number,
): { readonly kept: readonly number[]; readonly tried: number } {
  const tried = base.length - replicates;
  const kept: number[] = [];
  for (let d = replicates; d < base.length; d++)
    if (fitValues(figures, base[d] as Outcome).every((f) => f.met)) kept.push(d);
  return { kept, tried };
}
