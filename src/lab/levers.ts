/**
 * Levers: which changes to the law open a home to most of a subgroup, and what they cost: how many rules change, how many people
 * get a claim in the acting countries. A matter of law only; no behaviour is assumed.
 */
import type { LawBook } from '../law/book.ts';
import { applyPatch } from '../law/patch.ts';
import type { Day } from '../rules/ir.ts';
import { coverRows, type RowCoverage, type RowPractice } from './cover-rows.ts';
import { membership } from './coverage.ts';
import { LawEye } from './eye.ts';
import type { Floor } from './floor.ts';
import type { People } from './people.ts';
import { acting, type Scenario } from './scenario.ts';
import type { Subgroup } from './subgroups.ts';

export type Lever = {
  /** One scenario, or two together. */
  readonly scenarios: readonly string[];
  /** Jurisdictions that would have to act. */
  readonly acting: readonly string[];
  readonly rules: number;
  /** People of the subgroup who get a home for certain (by right or discretion) and had none. */
  readonly opened: number;
  /** People of the subgroup who get a home by right and had none by right. */
  readonly byRight: number;
  /** The same in practice (`floor.ts`): people who get a home for certain there and had none. */
  readonly openedInPractice: number;
  /** People of the subgroup no longer left with nothing but return. */
  readonly saved: number;
  readonly savedInPractice: number;
  /** People of any subgroup to whom an acting country opens a home, or opens one by right, that was not so before. */
  readonly admitted: number;
  /** Not beaten by another lever that does as much with fewer rules and fewer people. */
  readonly front: boolean;
};

export type Levers = {
  readonly on: Day;
  readonly groups: readonly {
    readonly id: string;
    readonly people: number;
    /** As many rows of equal weight would be as precise; a group with few is not to be quoted. */
    readonly effective: number;
    readonly without: number;
    /** Without a certain home, and left with nothing but return, in practice. */
    readonly withoutInPractice: number;
    readonly nothingInPractice: number;
    readonly levers: readonly Lever[];
  }[];
};

type Rows = RowCoverage & { readonly practice: RowPractice };
type Effect = { readonly scenarios: readonly Scenario[]; readonly rows: Rows };

export type LeverOptions = { readonly pairs?: boolean; readonly progress?: (done: number, total: number) => void };

/** At most this many pairs are looked at: those whose parts open most. */
const MOST_PAIRS = 12;

/** Searches the catalogue on a day for every subgroup. Deterministic. */
export function levers(
  book: LawBook,
  people: People,
  subgroups: readonly Subgroup[],
  catalogue: readonly Scenario[],
  on: Day,
  floor: Floor,
  options: LeverOptions = {},
): Levers {
  const cover = (of: LawEye): Rows => coverRows(of, on, { brief: true, floor }) as Rows;
  const eye = new LawEye(book, people);
  const before = cover(eye);
  const bits = membership(book, eye, subgroups, on);
  const groups = ['everybody', ...subgroups.map((s) => s.id)];
  const total = catalogue.length + (options.pairs ? MOST_PAIRS : 0);
  let done = 0;
  const effects: Effect[] = catalogue.map((s) => {
    const rows = cover(new LawEye(s.book, people));
    options.progress?.(++done, total);
    return { scenarios: [s], rows };
  });
  if (options.pairs) {
    const opened = effects.map((e) => {
      let sum = 0;
      for (let i = 0; i < people.n; i++) if (sure(e.rows, i) && !sure(before, i)) sum += people.weights[i] as number;
      return sum;
    });
    const candidates: { a: number; b: number; reach: number }[] = [];
    for (let a = 0; a < effects.length; a++)
      for (let b = a + 1; b < effects.length; b++)
        candidates.push({ a, b, reach: (opened[a] as number) + (opened[b] as number) });
    candidates.sort((x, y) => y.reach - x.reach || x.a - y.a || x.b - y.b);
    for (const { a, b } of candidates.slice(0, MOST_PAIRS)) {
      const [x, y] = [catalogue[a] as Scenario, catalogue[b] as Scenario];
      const both = applyPatch(x.book, y.patch);
      effects.push({ scenarios: [x, y], rows: cover(new LawEye(both, people)) });
      options.progress?.(++done, total);
    }
  }
  return {
    on,
    groups: groups.map((id, g) => {
      let whole = 0;
      let squares = 0;
      let without = 0;
      let withoutInPractice = 0;
      let nothingInPractice = 0;
      for (let i = 0; i < people.n; i++) {
        if (!(((bits[i] as number) >> g) & 1)) continue;
        const w = people.weights[i] as number;
        whole += w;
        squares += w * w;
        if (!sure(before, i)) without += w;
        if (!sure(before.practice, i)) withoutInPractice += w;
        if (before.practice.nothing[i]) nothingInPractice += w;
      }
      const list = effects.map((e) => lever(e, before, people, bits, g));
      const worth = list.filter(
        (l) => l.opened > 0 || l.byRight > 0 || l.saved > 0 || l.openedInPractice > 0 || l.savedInPractice > 0,
      );
      return {
        id,
        people: whole,
        effective: squares > 0 ? (whole * whole) / squares : 0,
        without,
        withoutInPractice,
        nothingInPractice,
        levers: front(worth).sort(
          (a, b) =>
            b.openedInPractice - a.openedInPractice ||
            b.opened - a.opened ||
            b.byRight - a.byRight ||
            a.rules - b.rules ||
            (a.scenarios.join() < b.scenarios.join() ? -1 : 1),
        ),
      };
    }),
  };
}

const sure = (rows: Pick<RowCoverage, 'home'>, i: number): boolean => (rows.home[i] as number) < 2;

function lever(e: Effect, before: Rows, people: People, bits: Int32Array, g: number): Lever {
  let opened = 0;
  let byRight = 0;
  let openedInPractice = 0;
  let saved = 0;
  let savedInPractice = 0;
  let admitted = 0;
  const hosts = [...new Set(e.scenarios.flatMap(acting))];
  const levels = hosts.flatMap((h) => {
    const a = before.byHost.get(h);
    const b = e.rows.byHost.get(h);
    return a && b ? [{ a, b }] : [];
  });
  for (let i = 0; i < people.n; i++) {
    const w = people.weights[i] as number;
    if (levels.some(({ a, b }) => (b[i] as number) < 2 && (b[i] as number) < (a[i] as number))) admitted += w;
    if (!(((bits[i] as number) >> g) & 1)) continue;
    if (sure(e.rows, i) && !sure(before, i)) opened += w;
    if (e.rows.home[i] === 0 && before.home[i] !== 0) byRight += w;
    if (before.nothing[i] && !e.rows.nothing[i]) saved += w;
    if (sure(e.rows.practice, i) && !sure(before.practice, i)) openedInPractice += w;
    if (before.practice.nothing[i] && !e.rows.practice.nothing[i]) savedInPractice += w;
  }
  return {
    scenarios: e.scenarios.map((s) => s.id),
    acting: hosts,
    rules: e.scenarios.reduce((n, s) => n + s.patch.changes.length, 0),
    opened,
    byRight,
    openedInPractice,
    saved,
    savedInPractice,
    admitted,
    front: false,
  };
}

/** What a lever does, more being better, and what it costs, less being better. */
const GAINS = ['openedInPractice', 'opened', 'byRight', 'savedInPractice'] as const;
const COSTS = ['rules', 'admitted'] as const;

/** Marks those that no other beats: as much done with no more rules and no more people, and better in something. */
function front(list: readonly Lever[]): Lever[] {
  const beats = (o: Lever, l: Lever): boolean =>
    GAINS.every((k) => o[k] >= l[k]) &&
    COSTS.every((k) => o[k] <= l[k]) &&
    (GAINS.some((k) => o[k] > l[k]) || COSTS.some((k) => o[k] < l[k]));
  return list.map((l) => ({ ...l, front: !list.some((o) => o !== l && beats(o, l)) }));
}
