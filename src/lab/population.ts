/**
 * A synthetic population: persons drawn attribute by attribute with the odds of the associations, then weighted by raking so
 * that every margin holds. A person is a row of small codes; what they mean as facts is told by `people.ts`.
 */
import type { PopulationModel } from './population-file.ts';
import { type Margin, type Raked, rake } from './rake.ts';
import { Stream } from './random.ts';

/** The invented persons: for each attribute the category of each, and a weight. */
export type Sample = {
  readonly n: number;
  readonly seed: number;
  /** Category of each person, by attribute. */
  readonly codes: readonly Uint8Array[];
  /** People that a row stands for. They add up to the model's total. */
  readonly weights: Float64Array;
  readonly fit: Fit;
};

export type MarginFit = {
  readonly id: string;
  readonly group: string;
  readonly target: number;
  /** Share among the rows as drawn, before weighting. */
  readonly drawn: number;
  /** Share after weighting. */
  readonly reached: number;
};

/** How near the invented population came to the published figures. */
export type Fit = {
  readonly raked: Raked;
  readonly margins: readonly MarginFit[];
  /** (Σw)² / Σw²: as many persons with equal weights would be as precise. */
  readonly effective: number;
  readonly designEffect: number;
};

/** Persons of a pilot, and how many pilots bring the draws near the margins before the persons proper are drawn. */
const PILOT = 20_000;
const PILOTS = 4;

export const MOST_PERSONS = 5_000_000;

/** Draws and weights `n` persons. Deterministic: the same model, n and seed give the same bytes. */
export function synthesise(model: PopulationModel, n: number, seed: number): Sample {
  const base = model.attributes.map((_, k) => baseShares(model, k));
  const wanted = base.map((b) => Float64Array.from(b));
  // The associations pull the draws away from the margins; what a pilot misses is made up in the base odds.
  for (let p = 0; p < PILOTS; p++) {
    const pilot = draw(model, base, PILOT, new Stream(seed, `pilot ${p}`));
    base.forEach((b, k) => {
      const seen = new Float64Array(b.length);
      const codes = pilot.codes[k] as Uint8Array;
      let sum = 0;
      for (let i = 0; i < PILOT; i++) {
        const c = codes[i] as number;
        const w = pilot.weights[i] as number;
        seen[c] = (seen[c] as number) + w;
        sum += w;
      }
      for (let c = 0; c < b.length; c++) {
        const share = (seen[c] as number) / sum;
        if (share > 0)
          b[c] = (b[c] as number) * Math.min(4, Math.max(0.25, ((wanted[k] as Float64Array)[c] as number) / share));
      }
    });
  }
  const { codes, weights } = draw(model, base, n, new Stream(seed, 'population'));
  const margins = marginsOf(model, codes, n);
  const drawn = margins.map((m) => sharesOf(m, undefined, n));
  const raked = rake(weights, margins, 1e-7, 300);
  const total = model.total;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += weights[i] as number;
  const scale = sum > 0 ? total / sum : 0;
  let squares = 0;
  sum = 0;
  for (let i = 0; i < n; i++) {
    const w = (weights[i] as number) * scale;
    weights[i] = w;
    sum += w;
    squares += w * w;
  }
  const reached = margins.map((m) => sharesOf(m, weights, n));
  const effective = squares > 0 ? (sum * sum) / squares : 0;
  return {
    n,
    seed,
    codes,
    weights,
    fit: {
      raked,
      effective,
      designEffect: effective > 0 ? n / effective : Number.POSITIVE_INFINITY,
      margins: model.margins.flatMap((m, k) =>
        m.names.map((group, g) => ({
          id: m.id,
          group,
          target: m.shares[g] as number,
          drawn: (drawn[k] as Float64Array)[g] as number,
          reached: (reached[k] as Float64Array)[g] as number,
        })),
      ),
    },
  };
}

/** Codes drawn one attribute after the other; weights undo what `sample` adds. */
function draw(
  model: PopulationModel,
  base: readonly Float64Array[],
  n: number,
  stream: Stream,
): { readonly codes: readonly Uint8Array[]; readonly weights: Float64Array } {
  const codes = model.attributes.map(() => new Uint8Array(n));
  const weights = new Float64Array(n).fill(1);
  model.attributes.forEach((a, k) => {
    const own = codes[k] as Uint8Array;
    const chooser = new Chooser(model, k, base[k] as Float64Array);
    const sample = Float64Array.from(a.categories, (c) => 1 / c.sample);
    for (let i = 0; i < n; i++) {
      const cumulative = chooser.for(codes, i);
      const u = stream.at(i, k) * (cumulative[cumulative.length - 1] as number);
      let c = 0;
      while ((cumulative[c] as number) <= u && c < cumulative.length - 1) c++;
      own[i] = c;
      weights[i] = (weights[i] as number) * (sample[c] as number);
    }
  });
  return { codes, weights };
}

/** The model's margins as groups of the drawn persons, with people as targets. */
function marginsOf(model: PopulationModel, codes: readonly Uint8Array[], n: number): Margin[] {
  return model.margins.map((m) => {
    const groups = new Int32Array(n);
    const a = codes[m.of[0] as number] as Uint8Array;
    if (m.of.length === 1) for (let i = 0; i < n; i++) groups[i] = m.groupOf[a[i] as number] as number;
    else {
      const b = codes[m.of[1] as number] as Uint8Array;
      const size = model.attributes[m.of[1] as number]?.categories.length ?? 0;
      for (let i = 0; i < n; i++) groups[i] = m.groupOf[(a[i] as number) * size + (b[i] as number)] as number;
    }
    return { id: m.id, groups, targets: m.shares.map((s) => s * model.total) };
  });
}

function sharesOf(m: Margin, weights: Float64Array | undefined, n: number): Float64Array {
  const out = new Float64Array(m.targets.length);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const w = weights ? (weights[i] as number) : 1;
    const g = m.groups[i] as number;
    out[g] = (out[g] as number) + w;
    sum += w;
  }
  return out.map((x) => (sum > 0 ? x / sum : 0));
}

/** Cumulative odds of one attribute's categories, given the attributes drawn before; remembered by what they hang on. */
class Chooser {
  private readonly base: Float64Array;
  private readonly model: PopulationModel;
  private readonly k: number;
  private readonly given: readonly number[];
  private readonly known = new Map<number, Float64Array>();

  constructor(model: PopulationModel, k: number, base: Float64Array) {
    this.model = model;
    this.k = k;
    const a = model.attributes[k] as PopulationModel['attributes'][number];
    this.base = base.map((s, c) => s * (a.categories[c]?.sample ?? 1));
    const given = new Set<number>();
    for (const x of model.associations) if (x.attribute === k) for (const w of x.when) given.add(w.attribute);
    if (a.same) given.add(a.same.as);
    this.given = [...given].sort((x, y) => x - y);
  }

  for(codes: readonly Uint8Array[], i: number): Float64Array {
    let key = 0;
    for (const g of this.given) key = key * 256 + ((codes[g] as Uint8Array)[i] as number);
    const have = this.known.get(key);
    if (have) return have;
    const odds = Float64Array.from(this.base);
    for (const x of this.model.associations) {
      if (x.attribute !== this.k) continue;
      if (!x.when.every((w) => w.categories.has((codes[w.attribute] as Uint8Array)[i] as number))) continue;
      for (let c = 0; c < odds.length; c++) odds[c] = (odds[c] as number) * (x.times[c] as number);
    }
    const a = this.model.attributes[this.k] as PopulationModel['attributes'][number];
    if (a.same) {
      const before = this.model.attributes[a.same.as]?.categories[(codes[a.same.as] as Uint8Array)[i] as number]?.id;
      const c = before === undefined ? undefined : a.index.get(before);
      if (c !== undefined) odds[c] = (odds[c] as number) * a.same.times;
    }
    let sum = 0;
    for (let c = 0; c < odds.length; c++) {
      sum += odds[c] as number;
      odds[c] = sum;
    }
    this.known.set(key, odds);
    return odds;
  }
}

/** Shares of an attribute's categories by its finest margin; within a group that no margin parts, equal. */
export function baseShares(model: PopulationModel, k: number): Float64Array {
  const size = model.attributes[k]?.categories.length ?? 0;
  const out = new Float64Array(size);
  const own = model.margins.filter((m) => m.of.includes(k));
  const best = own.reduce((a, b) => {
    const fine = (m: typeof a) => (m.of.length === 1 ? 1000 : 0) + m.shares.length;
    return fine(b) > fine(a) ? b : a;
  });
  const pos = best.of.indexOf(k);
  const other = best.of.length === 2 ? (model.attributes[best.of[1 - pos] as number]?.categories.length ?? 1) : 1;
  const cells = new Float64Array(best.shares.length);
  for (const g of best.groupOf) cells[g] = (cells[g] as number) + 1;
  best.groupOf.forEach((g, cell) => {
    const c = best.of.length === 1 ? cell : pos === 0 ? Math.floor(cell / other) : cell % size;
    out[c] = (out[c] as number) + (best.shares[g] as number) / (cells[g] as number);
  });
  return out;
}

/** Some rows of a sample, as a sample: what one worker needs. The fit stays that of the whole. */
export function slice(sample: Sample, from: number, to: number): Sample {
  return {
    ...sample,
    n: to - from,
    codes: sample.codes.map((c) => c.subarray(from, to)),
    weights: sample.weights.subarray(from, to),
  };
}
