/** What a run counts: people by group, month, state and country. Whole numbers: shards add up exactly, in any order. */

export const STATES = ['visitor', 'permit', 'stable', 'irregular', 'returned', 'unknown-law'] as const;
export type State = (typeof STATES)[number];
export const VISITOR = 0;
export const PERMIT = 1;
export const STABLE = 2;
export const IRREGULAR = 3;
export const RETURNED = 4;
export const UNKNOWN_LAW = 5;
export const COUNT = STATES.length;

/** Weights are counted in thousandths of a person. */
export const UNITS = 1000;

export type Counters = {
  readonly months: number;
  readonly groups: number;
  readonly hosts: number;
  readonly routes: number;
  /** By group, month and state. */
  readonly states: Float64Array;
  /** By group and month: have left their first country for another. */
  readonly moved: Float64Array;
  /** By group and month: work for a Russian employer, abroad or after return. */
  readonly russianWork: Float64Array;
  /** By host and month: all who are there. */
  readonly stock: Float64Array;
  /** At the horizon, by group, host and state. */
  readonly final: Float64Array;
  /** Applications by route and year. */
  readonly filed: Float64Array;
  /** Granted by route and year. */
  readonly granted: Float64Array;
  /** By month: returned after having changed country first. */
  readonly returnedAfterMove: Float64Array;
  /**
   * Who was abroad on the first of July of a year, a year later, by country then, year and fate: there still, in another country,
   * returned.
   */
  readonly panel: Float64Array;
  readonly decisions: Float64Array;
};

export function newCounters(months: number, groups: number, hosts: number, routes: number): Counters {
  const years = Math.ceil(months / 12) + 1;
  return {
    months,
    groups,
    hosts,
    routes,
    states: new Float64Array(groups * months * COUNT),
    moved: new Float64Array(groups * months),
    russianWork: new Float64Array(groups * months),
    stock: new Float64Array((hosts + 1) * months),
    final: new Float64Array(groups * (hosts + 1) * COUNT),
    filed: new Float64Array(routes * years),
    granted: new Float64Array(routes * years),
    returnedAfterMove: new Float64Array(months),
    panel: new Float64Array((hosts + 1) * years * 3),
    decisions: new Float64Array(1),
  };
}

export const COUNTER_PARTS = [
  'states',
  'moved',
  'russianWork',
  'stock',
  'final',
  'filed',
  'granted',
  'returnedAfterMove',
  'panel',
  'decisions',
] as const;

/** Adds one shard's counts to another's. Whole numbers: the order does not matter. */
export function addCounters(into: Counters, from: Counters): void {
  for (const part of COUNTER_PARTS) {
    const a = into[part];
    const b = from[part];
    for (let k = 0; k < a.length; k++) a[k] = (a[k] as number) + (b[k] as number);
  }
}

/** Turns changes by month into counts: what was added up person by person as differences. Done once, after merging. */
export function settle(counters: Counters): void {
  const { months } = counters;
  const run = (array: Float64Array, size: number): void => {
    const blocks = array.length / (months * size);
    for (let b = 0; b < blocks; b++)
      for (let m = 1; m < months; m++)
        for (let k = 0; k < size; k++) {
          const at = (b * months + m) * size + k;
          array[at] = (array[at] as number) + (array[at - size] as number);
        }
  };
  run(counters.states, COUNT);
  run(counters.moved, 1);
  run(counters.russianWork, 1);
  run(counters.stock, 1);
  run(counters.returnedAfterMove, 1);
}
