/**
 * The lab's run with rows of a table in place of the law. The same persons, parameters, events, random numbers and nests of choice
 * as `src/lab/dynamics.ts`, but what is open hangs on the country, the month and the status held alone: one person, the commonest at
 * each country, stands for everybody. There are no patterns, no courses, no answers of single rows, no open questions, no days to
 * wait before coming back; where the run sums up countries elsewhere, a sum is ready. It is what the run would cost if the law were
 * as cheap as a table can be: the measure of what the law in it costs.
 */
import type { Behaviour, Parameters } from '../src/lab/behaviour.ts';
import { COUNT, IRREGULAR, PERMIT, RETURNED, STABLE, UNKNOWN_LAW, VISITOR } from '../src/lab/counters.ts';
import { type Flat, flatOf } from '../src/lab/flat.ts';
import { heldCount, heldKind, heldLocal, heldRenews } from '../src/lab/holders.ts';
import { KIND_PERMIT, KIND_PROTECTION, kindOf } from '../src/lab/homes.ts';
import type { HostLaw } from '../src/lab/host-law.ts';
import { monthIndex } from '../src/lab/month.ts';
import { VISIT_BIT, wayGrade, wayInside, wayLocal } from '../src/lab/patterns.ts';
import { logUnit, threefry, unit } from '../src/lab/random.ts';
import type { RunPersons } from '../src/lab/run-persons.ts';
import type { LawTables } from '../src/lab/tables.ts';
import type { Weights } from '../src/lab/weigh.ts';

const FAR = 1 << 28;
const BUCKETS = [1, 2, 3, 5, 8, 10] as const;

/** Options of one row of a table: routes and grades, one after the other. */
type Lists = { readonly start: Int32Array; readonly route: Int16Array; readonly grade: Uint8Array };

export type Rows = {
  readonly t: LawTables;
  readonly flat: Flat;
  readonly kind: Uint8Array;
  /** By month and country. */
  readonly visit: Int32Array;
  readonly gap: Int32Array;
  readonly enter: Uint8Array;
  readonly here: Lists;
  /** By month, route held and years: what may be asked for when made to, and without. */
  readonly held: Lists;
  /** Grades open elsewhere by month, place filed from and country. */
  readonly masks: Uint8Array;
  readonly usualPermit: Int16Array;
};

/** The row that stands for everybody at a country on a day of its law: the first of the commonest pattern. */
function commonest(law: HostLaw, d: number, n: number): { readonly row: number; readonly pattern: number } {
  const counts = new Map<number, { row: number; n: number }>();
  for (let i = 0; i < n; i++) {
    const p = law.pattern(i, d);
    const c = counts.get(p);
    if (c) c.n++;
    else counts.set(p, { row: i, n: 1 });
  }
  const [pattern, { row }] = [...counts].reduce((a, b) => (b[1].n > a[1].n ? b : a));
  return { row, pattern };
}

/** Reads the rows off the tables of a run. */
export function rowsOf(t: LawTables): Rows {
  const flat = flatOf(t);
  const H = t.hosts.length;
  const R = t.homes.length;
  const kind = Uint8Array.from(t.homes, kindOf);
  const visit = new Int32Array(t.months * H);
  const gap = new Int32Array(t.months * H);
  const enter = new Uint8Array(t.months * H);
  const masks = new Uint8Array(t.months * 2 * (H + 1) * H);
  const here: number[][] = [];
  const held: number[][] = [];
  const known = new Map<string, { readonly here: number[]; readonly held: number[][] }>();
  const usual = t.laws.map((law, h) => ({ law, h, of: law.days.map((_, d) => commonest(law, d, t.people.n)) }));
  for (let m = 0; m < t.months; m++) {
    const heldNow: number[][] = Array.from({ length: R * BUCKETS.length }, () => []);
    for (const { law, h, of } of usual) {
      const d = law.dayOf[m] as number;
      const { row, pattern } = of[d] as (typeof of)[number];
      const at = m * H + h;
      visit[at] = law.visits[d]?.visit ?? 0;
      gap[at] = law.visits[d]?.gap ?? 0;
      enter[at] = law.patterns.enter[pattern] === 0 ? 0 : 1;
      for (let k = 0; k < 2 * (H + 1); k++) {
        const filed = flat.files[(m * 2 * (H + 1) + k) * H + h] as number;
        const one = flat.mask((flat.base[h] as number) + pattern, filed) & 255;
        masks[(m * 2 * (H + 1) + k) * H + h] = one & VISIT_BIT ? one | (flat.commonBit[at] as number) : one;
      }
      const key = `${h} ${d}`;
      let made = known.get(key);
      if (!made) {
        const { ways, wayStart } = law.patterns;
        const open = [...ways.subarray(wayStart[pattern], wayStart[pattern + 1])].filter((w) => wayInside(w) === 3);
        const list = open.flatMap((w) => [law.routes[wayLocal(w)] as number, wayGrade(w)]);
        const common = flat.common[at] as number;
        if (common >= 0 && !open.some((w) => law.routes[wayLocal(w)] === common))
          list.push(common, flat.gradeOf(common, m));
        const own = Array.from(law.routes, (_, local) =>
          BUCKETS.map((years) => {
            const start = law.holders.of(local, years, d);
            const out: number[] = [];
            for (let k = start + 1; k <= start + heldCount(law.holders.pool[start] as number); k++) {
              const way = law.holders.pool[k] as number;
              const renewal = heldRenews(way);
              if (!renewal && law.holders.bits(k, pattern, row) !== 3) continue;
              out.push(law.routes[heldLocal(way)] as number, (heldKind(way) << 1) | (renewal ? 1 : 0));
            }
            return out;
          }),
        ).flat();
        made = { here: list, held: own };
        known.set(key, made);
      }
      here.push(made.here);
      law.routes.forEach((r, local) => {
        for (let b = 0; b < BUCKETS.length; b++)
          heldNow[r * BUCKETS.length + b] = made.held[local * BUCKETS.length + b] as number[];
      });
    }
    held.push(...heldNow);
  }
  const usualPermit = Int16Array.from(t.hosts, (_, h) => {
    const own = t.homes.map((x, r) => ({ x, r })).filter(({ x, r }) => t.hostOf[r] === h && x.stands === 'permit');
    return (own.find(({ x }) => x.stable) ?? own[0])?.r ?? -1;
  });
  return { t, flat, kind, visit, gap, enter, here: listsOf(here), held: listsOf(held), masks, usualPermit };
}

function listsOf(all: readonly (readonly number[])[]): Lists {
  const start = new Int32Array(all.length + 1);
  all.forEach((l, k) => {
    start[k + 1] = (start[k] as number) + l.length / 2;
  });
  const flat = all.flat();
  return {
    start,
    route: Int16Array.from(flat.filter((_, k) => k % 2 === 0)),
    grade: Uint8Array.from(flat.filter((_, k) => k % 2 === 1)),
  };
}

export type Counted = {
  readonly states: Float64Array;
  readonly moved: Float64Array;
  readonly stock: Float64Array;
  readonly final: Float64Array;
  readonly filed: Float64Array;
  readonly granted: Float64Array;
  decisions: number;
  events: number;
};

/** Runs all persons by rows; `weights` are those of the run for the same parameters. */
export function tableRun(
  rows: Rows,
  persons: RunPersons,
  weights: Weights,
  behaviour: Behaviour,
  p: Parameters,
  seed: number,
  draw: number,
  until: number,
  out: Counted,
): void {
  const { t, kind, visit, gap, enter, here, held, masks, usualPermit, flat } = rows;
  const { states, moved, stock, final, filed, granted } = out;
  const { hostOf, first: begin, months } = t;
  const { monthly } = flat;
  const H = t.hosts.length;
  const R = t.homes.length;
  const places = 2 * (H + 1);
  const years = Math.ceil(months / 12) + 1;
  const G = persons.groupCount;
  const monthOf = Int16Array.from({ length: until - begin + 2 }, (_, d) =>
    Math.min(months - 1, monthIndex(begin, begin + d)),
  );
  const words = new Uint32Array(2);
  const optionWeight = new Float64Array(128);
  const optionRoute = new Int16Array(128);
  // What is open elsewhere weighs the same for all at a place in a month: the running sums, made when they are first needed.
  const sums: (Float64Array | undefined)[] = [];
  const sumsOf = (m: number, from: number, english: number): Float64Array => {
    const key = (m * places + from) * 2 + english;
    let made = sums[key];
    if (!made) {
      made = new Float64Array(H);
      let sum = 0;
      for (let h = 0; h < H; h++) {
        if (h !== from % (H + 1))
          sum +=
            (weights.mask[masks[(m * places + from) * H + h] as number] as number) *
            (weights.pull[english * H + h] as number);
        made[h] = sum;
      }
      sums[key] = made;
    }
    return made;
  };
  for (let i = 0; i < persons.n; i++) {
    let day = persons.leaves[i] as number;
    if (day > until) continue;
    const id = persons.ids[i] as number;
    const w = persons.weights[i] as number;
    const groups = persons.groups[i] as number;
    const english = persons.english[i] === 1 ? 1 : 0;
    const purse = weights.purse[i] as number;
    const danger = (persons.liable[i] === 1 ? 4 : 0) | (persons.exposed[i] === 1 ? 8 : 0);
    let m = monthOf[day - begin] as number;
    let place = persons.first[i] as number;
    let state = -1;
    let route = -1;
    let since = day;
    let end = FAR;
    let asked = -1;
    let answer = FAR;
    let refused = -1;
    let refusedOn = -FAR;
    let wentOn = false;
    const word = (k: number, a: number, b: number): number => {
      threefry(seed, draw, id, ((k << 27) | (a << 12) | b) >>> 0, words);
      return words[0] as number;
    };
    const add = (array: Float64Array, at: number, x: number): void => {
      let k = at * G;
      for (let bits = groups; bits; bits >>>= 1, k++) if (bits & 1) array[k] = (array[k] as number) + x;
    };
    const become = (next: number, at: number): void => {
      if (state >= 0) {
        add(states, m * COUNT + state, -w);
        if (state !== RETURNED) stock[place * months + m] = (stock[place * months + m] as number) - w;
        if (at !== place && next !== RETURNED && !wentOn) {
          wentOn = true;
          add(moved, m, w);
        }
      }
      state = next;
      place = at;
      add(states, m * COUNT + next, w);
      if (next !== RETURNED) stock[at * months + m] = (stock[at * months + m] as number) + w;
    };
    const visitTo = (h: number): void => {
      route = -1;
      become(VISITOR, h);
      end = day + Math.max(1, visit[m * H + h] as number) - 1;
    };
    const grant = (r: number): void => {
      const h = hostOf[r] as number;
      const next = kind[r] === KIND_PERMIT ? PERMIT : STABLE;
      const valid = monthly[(m * R + r) * 4] as number;
      if ((h !== place || route !== r) && (route < 0 || hostOf[route] !== h)) since = day;
      if (state !== next || h !== place) become(next, h);
      route = r;
      end = valid === 0 ? FAR : day + valid;
      const at = r * years + Math.floor(m / 12);
      granted[at] = (granted[at] as number) + w;
    };
    const file = (r: number): void => {
      const u = unit(word(6, m, r & 4095));
      const usual = monthly[(m * R + r) * 4 + 1] as number;
      asked = r;
      answer = day + Math.max(1, Math.round(usual * (0.67 + p.processingSpread * u * 0.9)));
      const at = r * years + Math.floor(m / 12);
      filed[at] = (filed[at] as number) + w;
    };
    const wait = (k: number, n: number, rate: number): number =>
      Math.max(1, Math.round((-logUnit(word(k, n, 0)) / rate) * 365.25));
    out.events++;
    if (place === H) become(UNKNOWN_LAW, H);
    else if (enter[m * H + place] === 1 && (visit[m * H + place] as number) > 0) visitTo(place);
    else if ((usualPermit[place] as number) >= 0 && unit(word(7, 0, 0)) < p.arrivesWithPermit)
      grant(usualPermit[place] as number);
    else {
      become(VISITOR, place);
      end = day + 89;
    }
    let thinks = 0;
    let shocks = 0;
    let think = day + behaviour.firstLook;
    let shock = day + wait(2, 0, p.shock);
    for (let guard = 0; state !== RETURNED && guard < 400; guard++) {
      const settled = state === PERMIT || state === STABLE;
      const waits = asked >= 0 && hostOf[asked] === place;
      const due =
        end >= FAR || waits ? FAR : Math.max(day + 1, end - (settled ? behaviour.leadPermit : behaviour.leadVisit));
      const next = Math.min(due, answer, think, shock);
      if (next > until) break;
      out.events++;
      day = next;
      m = monthOf[day - begin] as number;
      if (next === answer) {
        const r = asked;
        asked = -1;
        answer = FAR;
        const at = (m * R + r) * 4;
        const practice = monthly[at + 2] as number;
        const chance =
          practice >= 0
            ? practice
            : kind[r] === KIND_PROTECTION
              ? p.grantProtection
              : monthly[at + 3] === 1
                ? p.grantRight
                : p.grantDiscretion;
        if (unit(word(5, m, r & 4095)) < chance) grant(r);
        else {
          refused = r;
          refusedOn = day;
          if (end < day) {
            become(IRREGULAR, place);
            route = -1;
            end = day + 180;
          }
        }
        continue;
      }
      const forced = next === due;
      const shocked = !forced && next === shock;
      if (shocked) shock = next + wait(2, ++shocks, p.shock);
      else if (!forced) think = next + wait(1, ++thinks, p.reconsider);
      out.decisions++;
      const waiting = asked >= 0;
      const barred = day - refusedOn < 365 ? refused : -1;
      let options = 0;
      let home = false;
      let sum = 0;
      if (place < H && !waiting) {
        const over = state === IRREGULAR;
        const lists = settled ? held : here;
        let row = m * H + place;
        if (settled) {
          const span = Math.floor((day - since) / 365.25);
          let b = 0;
          while (b < 5 && (BUCKETS[b + 1] as number) <= span) b++;
          row = (m * R + route) * 6 + b;
        }
        const better = settled ? (weights.better[kind[route] as number] as number) : 255;
        for (let k = lists.start[row] as number; k < (lists.start[row + 1] as number); k++) {
          const r = lists.route[k] as number;
          const grade = lists.grade[k] as number;
          if (r === barred || (over && grade >> 1 !== KIND_PROTECTION)) continue;
          if (settled && !forced && ((grade & 1) === 1 || (better & (1 << (grade >> 1))) === 0)) continue;
          home = true;
          const weight = weights.grade[grade] as number;
          optionRoute[options] = r;
          optionWeight[options++] = weight;
          sum += weight;
        }
      }
      if (!forced) {
        const now = route >= 0 ? (weights.kindWeight[kind[route] as number] as number) : 1;
        optionRoute[options] = -1;
        optionWeight[options++] = now;
        sum += now;
      } else if (
        state === VISITOR &&
        place < H &&
        (gap[m * H + place] as number) <= 3 &&
        (visit[m * H + place] as number) > 0 &&
        enter[m * H + place] === 1
      ) {
        optionRoute[options] = -2;
        optionWeight[options++] = weights.visaRun;
        sum += weights.visaRun;
      }
      const from = (settled ? H + 1 : 0) + place;
      const elsewhere = sumsOf(m, from, english);
      const sumElse = elsewhere[H - 1] as number;
      word(3, m, 0);
      const timeHere =
        sum > 0 ? -logUnit(words[0] as number) / ((weights.stay[place] as number) * sum) : Number.POSITIVE_INFINITY;
      const wordBack = words[1] as number;
      word(3, m, 1);
      const timeElse = sumElse > 0 ? -logUnit(words[0] as number) / (purse * sumElse) : Number.POSITIVE_INFINITY;
      const timeOn =
        forced && state !== UNKNOWN_LAW
          ? -logUnit(words[1] as number) / (weights.irregular[place] as number)
          : Number.POSITIVE_INFINITY;
      const nowhere = home || state === STABLE || sumElse > 0 ? 0 : 2;
      const timeBack = -logUnit(wordBack) / (weights.back[(shocked ? 1 : 0) | nowhere | danger] as number);
      const best = Math.min(timeHere, timeElse, timeOn, timeBack);
      if (best === timeHere) {
        let pick = 0;
        if (options > 1) {
          let u = unit(word(4, m, 32)) * sum;
          while (pick < options - 1) {
            u -= optionWeight[pick] as number;
            if (u <= 0) break;
            pick++;
          }
        }
        const r = optionRoute[pick] as number;
        if (r === -2) visitTo(place);
        else if (r >= 0) {
          if (!settled || r !== route) file(r);
          else if (unit(word(9, m, 0)) < p.renewal) grant(r);
          else if (forced) {
            refused = r;
            refusedOn = day;
            end = Math.min(end, day + 30);
          }
        }
      } else if (best === timeElse) {
        const u = unit(word(4, m, 1024)) * sumElse;
        let h = 0;
        while (h < H - 1 && (elsewhere[h] as number) < u) h++;
        const grade = waiting ? -1 : (weights.bestOf[masks[(m * places + from) * H + h] as number] as number);
        visitTo(h);
        if (grade >= 0) {
          const row = m * H + h;
          for (let k = here.start[row] as number; k < (here.start[row + 1] as number); k++)
            if (here.grade[k] === grade) {
              file(here.route[k] as number);
              break;
            }
        }
      } else if (best === timeBack) {
        become(RETURNED, place);
        end = FAR;
      } else {
        if (state !== IRREGULAR) become(IRREGULAR, place);
        route = -1;
        end = day + 180;
      }
    }
    add(final, place * COUNT + state, w);
  }
}

/** Room for what is counted. */
export function newCounted(t: LawTables, groups: number): Counted {
  const H = t.hosts.length;
  const years = Math.ceil(t.months / 12) + 1;
  return {
    states: new Float64Array(groups * t.months * COUNT),
    moved: new Float64Array(groups * t.months),
    stock: new Float64Array((H + 1) * t.months),
    final: new Float64Array(groups * (H + 1) * COUNT),
    filed: new Float64Array(t.homes.length * years),
    granted: new Float64Array(t.homes.length * years),
    decisions: 0,
    events: 0,
  };
}
