/**
 * A scenario held against the law as it is, draw by draw with the same luck. What the dice do (replicates at the centre of the
 * parameters) is told apart from what is not known (the hypercube over their ranges).
 */
import { addMonths, fromYmd, toYmd } from '../calendar/civil.ts';
import { PARAMETERS, type ParameterName } from './behaviour.ts';
import { STATES } from './counters.ts';
import { MONTHLY, type Outcome, stateIndex } from './outcome.ts';
import { drawOf, type LabInputs, type Plan } from './run.ts';

export const MEASURES = ['stable', 'permit', 'visitor', 'irregular', 'returned', 'moved', 'russianWork'] as const;
export type Measure = (typeof MEASURES)[number];

/** People by a measure in a group at the end of a period; as shares of those who have left by then if `share`. */
export function measure(o: Outcome, m: Measure, group: number, period: number, share: boolean): number {
  const P = o.days.length;
  const S = STATES.length;
  let whole = 0;
  for (let s = 0; s < S; s++) whole += o.states[(group * P + period) * S + s] as number;
  const people =
    m === 'moved'
      ? (o.moved[group * P + period] as number)
      : m === 'russianWork'
        ? (o.russianWork[group * P + period] as number)
        : (o.states[(group * P + period) * S + stateIndex(m)] as number);
  return share ? (whole > 0 ? people / whole : 0) : people;
}

export type Estimate = {
  /** Median over the draws of the parameters; the mean of the replicates where no parameters were drawn. */
  readonly value: number;
  /** 5 % and 95 % of the draws: what the ranges of the parameters make of it, the dice of one draw included. */
  readonly low: number;
  readonly high: number;
  /** Standard deviation of one draw at fixed parameters: the dice alone. */
  readonly dice: number;
  /** Share of the variance over the draws that is the dice, 0 to 1. */
  readonly diceShare: number;
  /** Share of draws in which it is above zero. */
  readonly positive: number;
  readonly draws: number;
};

export function estimate(values: readonly number[], replicates: number): Estimate {
  const fixed = values.slice(0, replicates);
  const drawn = values.slice(replicates);
  const used = drawn.length ? drawn : fixed;
  const sorted = [...used].sort((a, b) => a - b);
  const q = (p: number): number => {
    if (sorted.length === 0) return 0;
    const at = p * (sorted.length - 1);
    const low = Math.floor(at);
    return (
      (sorted[low] as number) +
      (at - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] as number) - (sorted[low] as number))
    );
  };
  const dice = Math.sqrt(variance(fixed));
  const whole = variance(drawn);
  return {
    value: drawn.length ? q(0.5) : mean(fixed),
    low: q(0.05),
    high: q(0.95),
    dice,
    diceShare: drawn.length > 1 ? (whole > 0 ? Math.min(1, (dice * dice) / whole) : 0) : 1,
    positive: used.length ? used.filter((x) => x > 0).length / used.length : 0,
    draws: drawn.length,
  };
}

const mean = (x: readonly number[]): number => (x.length ? x.reduce((a, b) => a + b, 0) / x.length : 0);
function variance(x: readonly number[]): number {
  if (x.length < 2) return 0;
  const m = mean(x);
  return x.reduce((a, b) => a + (b - m) ** 2, 0) / (x.length - 1);
}

export type Row = {
  readonly group: string;
  readonly measure: Measure;
  readonly base: Estimate;
  readonly with: Estimate;
  readonly difference: Estimate;
};
export type HostRow = {
  readonly host: string;
  readonly base: Estimate;
  readonly with: Estimate;
  readonly difference: Estimate;
};
export type Sensitivity = { readonly parameter: ParameterName; readonly rank: number };

export type Comparison = {
  readonly scenario: string;
  readonly day: number;
  /** People by group and measure at the horizon. */
  readonly rows: readonly Row[];
  /** People by host at the horizon. */
  readonly hosts: readonly HostRow[];
  /** Differences of everybody's measures by the end of each period. */
  readonly periods: readonly { readonly day: number; readonly measure: Measure; readonly difference: Estimate }[];
  /** Rank correlation of each parameter with the difference in stable homes, and in returns: which assumption it hangs on. */
  readonly sensitivity: { readonly stable: readonly Sensitivity[]; readonly returned: readonly Sensitivity[] };
  /** Variance of a difference with luck of its own over that with shared luck. */
  readonly sharedLuck: number;
  /** The same for months in a stable home over the whole run, which hang less on one day's luck. */
  readonly sharedLuckTime: number;
};

/**
 * Compares scenario `s` of the outcomes with the law as it is (index 0). `groups` are names, everybody first. `kept` are the draws
 * that calibration left; all of them where it is not given.
 */
export function compare(
  plan: Plan,
  inputs: LabInputs,
  outcomes: readonly (readonly Outcome[])[],
  s: number,
  groups: readonly string[],
  hosts: readonly string[],
  kept?: readonly number[],
): Comparison {
  const n = plan.replicates;
  const { drawn, base, other, pair } = paired(plan, outcomes, s, kept);
  const last = (base[0] as Outcome).days.length - 1;
  const rows: Row[] = [];
  groups.forEach((group, g) => {
    for (const m of MEASURES) rows.push({ group, measure: m, ...pair((o) => measure(o, m, g, last, false)) });
  });
  const hostRows = [...hosts, 'other'].map((host, h) => ({
    host,
    ...pair((o) => o.stock[h * o.months + o.months - 1] as number),
  }));
  const periods = (base[0] as Outcome).days.flatMap((day, k) =>
    MEASURES.map((m) => ({ day, measure: m, difference: pair((o) => measure(o, m, 0, k, false)).difference })),
  );
  const parameters = drawn.map((d) => drawOf(plan, inputs.behaviour, d).parameters);
  const ranked = (m: Measure): Sensitivity[] => {
    const d = other
      .slice(n)
      .map((o, k) => measure(o, m, 0, last, false) - measure(base[n + k] as Outcome, m, 0, last, false));
    if (d.length < 4) return [];
    return PARAMETERS.map((p) => ({
      parameter: p,
      rank: spearman(
        parameters.map((x) => x[p]),
        d,
      ),
    })).sort((a, b) => Math.abs(b.rank) - Math.abs(a.rank) || (a.parameter < b.parameter ? -1 : 1));
  };
  return {
    scenario: plan.scenarios[s - 1] ?? '',
    day: (base[0] as Outcome).days[last] as number,
    rows,
    hosts: hostRows,
    periods,
    sensitivity: { stable: ranked('stable'), returned: ranked('returned') },
    sharedLuck: sharedLuck(base.slice(0, n), other.slice(0, n), (o) => measure(o, 'stable', 0, last, false)),
    sharedLuckTime: sharedLuck(
      base.slice(0, n),
      other.slice(0, n),
      (o) => o.personMonths[stateIndex('stable')] as number,
    ),
  };
}

type Paired = {
  readonly drawn: readonly number[];
  readonly base: readonly Outcome[];
  readonly other: readonly Outcome[];
  readonly pair: (of: (o: Outcome) => number) => { base: Estimate; with: Estimate; difference: Estimate };
};

/** The outcomes of the law as it is and of a scenario, draw by draw. */
function paired(
  plan: Plan,
  outcomes: readonly (readonly Outcome[])[],
  s: number,
  kept: readonly number[] | undefined,
): Paired {
  const n = plan.replicates;
  const drawn = kept ?? Array.from({ length: plan.draws }, (_, k) => n + k);
  const used = [...Array.from({ length: n }, (_, k) => k), ...drawn];
  const base = used.map((d) => (outcomes[0] as readonly Outcome[])[d] as Outcome);
  const other = used.map((d) => (outcomes[s] as readonly Outcome[])[d] as Outcome);
  return {
    drawn,
    base,
    other,
    pair: (of) => {
      const a = base.map(of);
      const b = other.map(of);
      return {
        base: estimate(a, n),
        with: estimate(b, n),
        difference: estimate(
          b.map((x, k) => x - (a[k] as number)),
          n,
        ),
      };
    },
  };
}

/** One figure of a comparison, by subgroup or country, on a day. */
export type Detail = {
  readonly what: 'subgroup' | 'country';
  readonly id: string;
  readonly day: number;
  readonly measure: Measure | 'people';
  readonly base: Estimate;
  readonly with: Estimate;
  readonly difference: Estimate;
};

/**
 * The comparison in full: everybody's measures at the end of every month and those of subgroups at the end of every year; people by
 * country at the end of every month, and what status they have there at the horizon. Arguments as of `compare`.
 */
export function compareInFull(
  plan: Plan,
  outcomes: readonly (readonly Outcome[])[],
  s: number,
  groups: readonly string[],
  hosts: readonly string[],
  kept?: readonly number[],
): Detail[] {
  const { base, pair } = paired(plan, outcomes, s, kept);
  const one = base[0] as Outcome;
  const S = STATES.length;
  const { y, m: month } = toYmd(plan.from);
  const first = fromYmd(y, month, 1);
  const ends = Array.from({ length: one.months }, (_, m) => addMonths(first, m + 1, 'clamp') - 1);
  const column = (m: Measure): number => (m === 'moved' ? S : m === 'russianWork' ? S + 1 : stateIndex(m));
  const everybody = ends.flatMap((day, k) =>
    MEASURES.map((m): Detail => {
      const at = k * MONTHLY + column(m);
      const id = groups[0] as string;
      return { what: 'subgroup', id, day, measure: m, ...pair((o) => o.monthly[at] as number) };
    }),
  );
  const byGroup = groups.slice(1).flatMap((id, g) =>
    one.days.flatMap((day, k) =>
      MEASURES.map(
        (m): Detail => ({
          what: 'subgroup',
          id,
          day,
          measure: m,
          ...pair((o) => measure(o, m, g + 1, k, false)),
        }),
      ),
    ),
  );
  const last = one.days.at(-1) as number;
  const byHost = [...hosts, 'other'].flatMap((id, h): Detail[] => [
    ...ends.map(
      (day, m): Detail => ({
        what: 'country',
        id,
        day,
        measure: 'people',
        ...pair((o) => o.stock[h * o.months + m] as number),
      }),
    ),
    ...(['stable', 'permit', 'visitor', 'irregular', 'returned'] as const).map(
      (m): Detail => ({
        what: 'country',
        id,
        day: last,
        measure: m,
        ...pair((o) => o.final[h * S + stateIndex(m)] as number),
      }),
    ),
  ]);
  return [...everybody, ...byGroup, ...byHost];
}

/** How much smaller the variance of a difference is than with independent luck. */
function sharedLuck(a: readonly Outcome[], b: readonly Outcome[], of: (o: Outcome) => number): number {
  if (a.length < 3) return Number.NaN;
  const x = a.map(of);
  const y = b.map(of);
  const paired = variance(y.map((v, k) => v - (x[k] as number)));
  const independent = variance(x) + variance(y);
  return paired > 0 ? independent / paired : Number.POSITIVE_INFINITY;
}

/** Spearman's rank correlation. */
export function spearman(x: readonly number[], y: readonly number[]): number {
  const rank = (v: readonly number[]): number[] => {
    const order = v.map((value, k) => ({ value, k })).sort((a, b) => a.value - b.value || a.k - b.k);
    const out = new Array<number>(v.length);
    for (let i = 0; i < order.length; ) {
      let j = i;
      while (j + 1 < order.length && order[j + 1]?.value === order[i]?.value) j++;
      for (let k = i; k <= j; k++) out[order[k]?.k as number] = (i + j) / 2;
      i = j + 1;
    }
    return out;
  };
  const a = rank(x);
  const b = rank(y);
  const ma = mean(a);
  const mb = mean(b);
  let top = 0;
  let sa = 0;
  let sb = 0;
  for (let i = 0; i < a.length; i++) {
    const da = (a[i] as number) - ma;
    const db = (b[i] as number) - mb;
    top += da * db;
    sa += da * da;
    sb += db * db;
  }
  return sa > 0 && sb > 0 ? top / Math.sqrt(sa * sb) : 0;
}
