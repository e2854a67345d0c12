/**
 * A table-driven simulation with random tables: no law, no meaning. It is what the lab's run would cost if looking up the law were
 * free, and it is written a second time in C (`lab-kernel.c`) and a third with plain objects.
 */
import { exp, logUnit, threefry, unit } from '../src/lab/random.ts';

export const HOSTS = 32;
export const KINDS = 8;
const GROUPS = 8;
export const GROUPS_MASK = GROUPS - 1;
export const OPTIONS = 6;
const MONTHS = 120;

export type Toy = { readonly events: number; readonly digest: number };

export function toyTables() {
  const out = new Uint32Array(2);
  const hazard = Float64Array.from({ length: GROUPS * HOSTS * KINDS }, (_, k) => {
    threefry(7, 1, k, 0, out);
    return (0.2 + 0.6 * unit(out[0] as number)) / 365.25;
  });
  const utility = new Float64Array(HOSTS * OPTIONS);
  const target = new Uint8Array(HOSTS * OPTIONS);
  for (let k = 0; k < utility.length; k++) {
    threefry(7, 2, k, 0, out);
    utility[k] = 2 * unit(out[0] as number) - 1;
    target[k] = (out[1] as number) & 255;
  }
  const slope = Float64Array.from({ length: GROUPS * OPTIONS }, (_, k) => {
    threefry(7, 3, k, 0, out);
    return unit(out[0] as number) - 0.5;
  });
  return { hazard, utility, target, slope };
}

const digestOf = (counts: Float64Array): number => counts.reduce((a, x, k) => a + x * ((k % 97) + 1), 0);

/** Persons `from` ≤ i < `to`, typed arrays throughout. */
export function typed(from: number, to: number, days: number): Toy & { readonly counts: Float64Array } {
  const { hazard, utility, target, slope } = toyTables();
  const counts = new Float64Array(MONTHS * KINDS);
  const out = new Uint32Array(2);
  const v = new Float64Array(OPTIONS);
  let events = 0;
  for (let i = from; i < to; i++) {
    threefry(1, 1, i, 0, out);
    const word = out[0] as number;
    const group = word & 7;
    let host = (word >> 3) & 31;
    let kind = (word >> 8) & 7;
    const means = unit(out[1] as number);
    let t = 0;
    let last = 0;
    for (let k = 1; ; k++) {
      threefry(1, 1, i, k, out);
      const pick = out[1] as number;
      t += -logUnit(out[0] as number) / (hazard[(group * HOSTS + host) * KINDS + kind] as number);
      const end = t >= days;
      let m = end ? MONTHS : Math.trunc(t * (1 / 30.4375));
      if (m > MONTHS) m = MONTHS;
      if (last < MONTHS) {
        const at = last * KINDS + kind;
        counts[at] = (counts[at] as number) + (m - last);
      }
      last = m;
      if (end) break;
      events++;
      let sum = 0;
      for (let j = 0; j < OPTIONS; j++) {
        const x = exp((utility[host * OPTIONS + j] as number) + (slope[group * OPTIONS + j] as number) * means);
        v[j] = x;
        sum += x;
      }
      let u = unit(pick) * sum;
      let j = 0;
      while (j < OPTIONS - 1) {
        u -= v[j] as number;
        if (u <= 0) break;
        j++;
      }
      const next = target[host * OPTIONS + j] as number;
      host = next & 31;
      kind = next >> 5;
    }
  }
  return { events, digest: digestOf(counts), counts };
}

/** The same with one object a person and the language's own logarithm and exponential: what a first draft would look like. */
export function objects(n: number, days: number): { readonly events: number } {
  const { hazard, utility, target, slope } = toyTables();
  const out = new Uint32Array(2);
  const people = Array.from({ length: n }, (_, id) => {
    threefry(1, 1, id, 0, out);
    const word = out[0] as number;
    return {
      id,
      group: word & 7,
      host: (word >> 3) & 31,
      kind: (word >> 8) & 7,
      means: unit(out[1] as number),
      t: 0,
      history: [] as { t: number; host: number }[],
    };
  });
  let events = 0;
  for (const p of people) {
    for (let k = 1; ; k++) {
      threefry(1, 1, p.id, k, out);
      const pick = out[1] as number;
      p.t += -Math.log(unit(out[0] as number)) / (hazard[(p.group * HOSTS + p.host) * KINDS + p.kind] as number);
      if (p.t >= days) break;
      events++;
      const options = Array.from({ length: OPTIONS }, (_, j) => ({
        j,
        weight: Math.exp(
          (utility[p.host * OPTIONS + j] as number) + (slope[p.group * OPTIONS + j] as number) * p.means,
        ),
      }));
      let u = unit(pick) * options.reduce((a, o) => a + o.weight, 0);
      const chosen =
        options.find((o) => {
          u -= o.weight;
          return u <= 0;
        }) ?? (options.at(-1) as { j: number });
      const next = target[p.host * OPTIONS + chosen.j] as number;
      p.host = next & 31;
      p.kind = next >> 5;
      p.history.push({ t: p.t, host: p.host });
    }
  }
  return { events };
}
