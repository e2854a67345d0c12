/**
 * Coverage: who has which kind of home open on a day, under a law. No behaviour is assumed: every answer is the law's, person by
 * person, and equals `foothold check`.
 */
import type { LawBook } from '../law/book.ts';
import { namesOf } from '../rules/index.ts';
import type { Day, Node, Text } from '../rules/ir.ts';
import {
  type ClosedRoute,
  type CoverageOptions,
  coverRows,
  HURDLES,
  type Hurdle,
  type RowCoverage,
} from './cover-rows.ts';
import { LawEye } from './eye.ts';
import type { People } from './people.ts';
import type { Subgroup } from './subgroups.ts';

/** Best home open to a person: by right, by discretion, only if a question nobody asked is answered well, none. */
export const LEVELS = ['right', 'discretion', 'question', 'none'] as const;
export type Level = (typeof LEVELS)[number];
export type Shares = { readonly [L in Level]: number };

export type Rule = {
  /** `route#clause`, the id of a restriction or rule on documents, `route#filing` (where one may file), `route#in-force`. */
  readonly rule: string;
  readonly kind: RuleKind;
  /** People who would have a home if this rule alone were gone, and have none for certain now. */
  readonly people: number;
  readonly routes: readonly string[];
};

/**
 * What a government would change: a restriction, a rule on documents, where one may file, a threshold or deadline (a clause that
 * compares with a number of the law), a bar, or a law that is not in force. Clauses that only say whom a route is for (a job, a
 * family tie, a place to study) are left out: without them it would be another route.
 */
export type RuleKind = 'restriction' | 'document' | 'filing' | 'threshold' | 'bar' | 'not-in-force' | 'definition';

/** Shares of a cell that stands on fewer rows of equal weight are not shown. */
export const ENOUGH = 30;

/** People of a subgroup by the best home the law opens to them. */
export type Cell = {
  readonly people: number;
  /** As many rows of equal weight would be as precise; a cell with few is not to be quoted. */
  readonly effective: number;
  /** People by the best home open to them. */
  readonly home: Shares;
  /** The same, counting only stable homes. */
  readonly stable: Shares;
  /** Nothing but return: no lawful stay in thirty days, no home to ask for, no country to enter. */
  readonly nothing: number;
  /** No home open for certain or perhaps, but a country to be a visitor in. */
  readonly visitOnly: number;
  /** A home is open for certain, but only by asking for protection. */
  readonly protectionOnly: number;
  /** The same in practice, where a floor was given: see `floor.ts` and docs/lab.md. */
  readonly practice?: PracticeCell;
};

/** What counts as open in practice: no danger certainly in the way, papers to arrive with, journey and fees paid for. */
export type PracticeCell = Pick<Cell, 'home' | 'stable' | 'nothing' | 'visitOnly' | 'protectionOnly'> & {
  /** People with a home for certain by the letter and not in practice. */
  readonly lost: number;
  /** Of those, people who would keep one if a single hurdle were not looked at; the rest have more than one against them. */
  readonly lostTo: { readonly [H in Hurdle]: number };
};

/** The coverage of one subgroup: from where, to where, which rule shuts them out. */
export type SubgroupCoverage = Cell & {
  readonly id: string;
  readonly title: Text;
  /** By country where people are now. */
  readonly from: readonly (Cell & { readonly host: string })[];
  /** By country that would be the home: people to whom some route of it is open, by the best decision. */
  readonly to: readonly {
    readonly host: string;
    readonly right: number;
    readonly discretion: number;
    readonly question: number;
    /** The same in practice, where a floor was given. */
    readonly practice?: { readonly right: number; readonly discretion: number; readonly question: number };
  }[];
  readonly shutOut: readonly Rule[];
};

/** Who has which kind of home open on a day, by subgroup. A matter of law: no behaviour is assumed. */
export type Coverage = {
  readonly on: Day;
  readonly law: string;
  readonly persons: number;
  readonly people: number;
  readonly hosts: readonly string[];
  /** People in countries that this law says nothing of: their homes there are not counted. */
  readonly uncovered: number;
  readonly subgroups: readonly SubgroupCoverage[];
};

export const EVERYBODY = 'everybody';

/** Membership of every row in every subgroup, as bits; bit 0 is everybody. */
export function membership(book: LawBook, eye: LawEye, subgroups: readonly Subgroup[], on: Day): Int32Array {
  const { people } = eye;
  const out = new Int32Array(people.n).fill(1);
  subgroups.forEach((sub, k) => {
    const g = eye.groupsBy(sub.when.facts.flatMap((f) => people.columnsOf(f)));
    const of = Uint8Array.from(g.reps, (i) => (sub.when.holds(book, people.situation(i, on), on) === true ? 1 : 0));
    for (let i = 0; i < people.n; i++) if (of[g.ids[i] as number]) out[i] = (out[i] as number) | (1 << (k + 1));
  });
  return out;
}

/** The coverage of a day. Deterministic; no random numbers are drawn. */
export function coverage(
  book: LawBook,
  people: People,
  subgroups: readonly Subgroup[],
  on: Day,
  options: CoverageOptions = {},
): Coverage {
  const eye = new LawEye(book, people);
  const rows = coverRows(eye, on, options);
  return sumUp(book, people, rows, membership(book, eye, subgroups, on), subgroups, on, options.brief === true);
}

/** What of persons is needed to sum up their rows. */
export type Weighted = Pick<People, 'n' | 'weights' | 'placeOf'>;

/** Rows that are covered, summed up by subgroup and country. `bits` are as of `membership`. */
export function sumUp(
  book: LawBook,
  people: Weighted,
  rows: RowCoverage & { readonly closed: readonly ClosedRoute[] },
  bits: Int32Array,
  subgroups: readonly Subgroup[],
  on: Day,
  brief: boolean,
): Coverage {
  const hosts = [...rows.byHost.keys()];
  const groups = [
    { id: EVERYBODY, title: { en: 'Everybody', ru: 'Все' } },
    ...subgroups.map((s) => ({ id: s.id, title: s.title })),
  ];
  const places = new Map<string, number[]>();
  for (let i = 0; i < people.n; i++) {
    const place = people.placeOf(i) ?? 'other';
    const list = places.get(place);
    if (list) list.push(i);
    else places.set(place, [i]);
  }
  const shut = brief ? [] : shutOut(book, people, rows, bits, groups.length);
  let uncovered = 0;
  for (const [place, list] of places)
    if (!rows.byHost.has(place)) for (const i of list) uncovered += people.weights[i] as number;
  const everyRow = Array.from({ length: people.n }, (_, i) => i);
  return {
    on,
    law: book.digest,
    persons: people.n,
    people: people.weights.reduce((a, b) => a + b, 0),
    hosts,
    uncovered,
    subgroups: groups.map((g, k) => {
      const inGroup = (i: number) => ((bits[i] as number) >> k) & 1;
      return {
        id: g.id,
        title: g.title,
        ...cell(people, rows, everyRow, inGroup),
        from: [...places.keys()]
          .sort()
          .map((host) => ({ host, ...cell(people, rows, places.get(host) ?? [], inGroup) })),
        to: hosts.map((host) => {
          const of = (level: Uint8Array) => {
            const sums = [0, 0, 0, 0];
            for (let i = 0; i < people.n; i++)
              if (inGroup(i))
                sums[level[i] as number] = (sums[level[i] as number] as number) + (people.weights[i] as number);
            return { right: sums[0] as number, discretion: sums[1] as number, question: sums[2] as number };
          };
          const practice = rows.practice?.byHost.get(host);
          return { host, ...of(rows.byHost.get(host) as Uint8Array), ...(practice ? { practice: of(practice) } : {}) };
        }),
        shutOut: shut[k] ?? [],
      };
    }),
  };
}

const sharesOf = (x: Float64Array): Shares => ({
  right: x[0] as number,
  discretion: x[1] as number,
  question: x[2] as number,
  none: x[3] as number,
});

type Levels = Pick<RowCoverage, 'home' | 'stable' | 'unprotected' | 'nothing' | 'visits'>;

/** Sums of one cell by the levels of the letter, or of practice. */
class Sums {
  readonly home = new Float64Array(4);
  readonly stable = new Float64Array(4);
  nothing = 0;
  visitOnly = 0;
  protectionOnly = 0;

  add(rows: Levels, i: number, w: number): void {
    const home = rows.home[i] as number;
    const stable = rows.stable[i] as number;
    this.home[home] = (this.home[home] as number) + w;
    this.stable[stable] = (this.stable[stable] as number) + w;
    if (rows.nothing[i]) this.nothing += w;
    if (home === 3 && rows.visits[i]) this.visitOnly += w;
    if (home < 2 && (rows.unprotected[i] as number) >= 2) this.protectionOnly += w;
  }

  get told(): Pick<Cell, 'home' | 'stable' | 'nothing' | 'visitOnly' | 'protectionOnly'> {
    const { nothing, visitOnly, protectionOnly } = this;
    return { home: sharesOf(this.home), stable: sharesOf(this.stable), nothing, visitOnly, protectionOnly };
  }
}

function cell(people: Weighted, rows: RowCoverage, list: readonly number[], inGroup: (i: number) => number): Cell {
  const letter = new Sums();
  const inPractice = new Sums();
  const { practice } = rows;
  const lostTo = { danger: 0, papers: 0, money: 0 };
  let lost = 0;
  let sum = 0;
  let squares = 0;
  for (const i of list) {
    if (!inGroup(i)) continue;
    const w = people.weights[i] as number;
    sum += w;
    squares += w * w;
    letter.add(rows, i, w);
    if (!practice) continue;
    inPractice.add(practice, i, w);
    if ((rows.home[i] as number) >= 2 || (practice.home[i] as number) < 2) continue;
    lost += w;
    for (const h of HURDLES) if ((practice.without[h][i] as number) < 2) lostTo[h] += w;
  }
  return {
    people: sum,
    effective: squares > 0 ? (sum * sum) / squares : 0,
    ...letter.told,
    ...(practice ? { practice: { ...inPractice.told, lost, lostTo } } : {}),
  };
}

/** What kind of rule a name of `closedBy` stands for. */
export function ruleKind(book: LawBook, name: string): RuleKind {
  const [id, clause] = name.split('#') as [string, string | undefined];
  const p = book.provisions.get(id);
  if (clause === undefined) return p?.kind === 'document' ? 'document' : 'restriction';
  if (clause === 'filing') return 'filing';
  if (clause === 'in-force') return 'not-in-force';
  if (p?.bars.some((c) => c.id === clause) || p?.except.some((c) => c.id === clause)) return 'bar';
  const own = p?.all.find((c) => c.id === clause);
  if (!own) return 'definition';
  const { facts, params } = namesOf(own as unknown as Node);
  // A number within a tie (the age of a child, the value of a flat) still says whom the route is for.
  const ties = facts.some((f) => book.schema.facts.get(f)?.type.t === 'records');
  return params.length > 0 && !ties ? 'threshold' : 'definition';
}

const MOST_RULES = 12;

/** For each subgroup, the rules that alone keep most people from a home: those without a certain one are counted. */
function shutOut(
  book: LawBook,
  people: Weighted,
  rows: RowCoverage & { readonly closed: readonly ClosedRoute[] },
  bits: Int32Array,
  groups: number,
): Rule[][] {
  const ids = new Map<string, number>();
  const routes: Set<string>[] = [];
  const local = rows.closed.map((c) =>
    c.names.map((name) => {
      let id = ids.get(name);
      if (id === undefined) {
        id = ids.size;
        ids.set(name, id);
        routes.push(new Set());
      }
      return id;
    }),
  );
  const names = [...ids.keys()];
  const kinds = names.map((name) => ruleKind(book, name));
  const stamp = new Int32Array(names.length).fill(-1);
  const sums = Array.from({ length: groups }, () => new Float64Array(names.length));
  for (let i = 0; i < people.n; i++) {
    if ((rows.home[i] as number) < 2) continue;
    const mask = bits[i] as number;
    for (let r = 0; r < rows.closed.length; r++) {
      const c = rows.closed[r] as ClosedRoute;
      const k = c.rule[i] as number;
      if (k < 0) continue;
      const id = (local[r] as number[])[k] as number;
      routes[id]?.add(c.home.route.id);
      if (stamp[id] === i) continue;
      stamp[id] = i;
      for (let g = 0; g < groups; g++)
        if ((mask >> g) & 1)
          (sums[g] as Float64Array)[id] = ((sums[g] as Float64Array)[id] as number) + (people.weights[i] as number);
    }
  }
  return sums.map((sum) =>
    names
      .map((rule, id) => ({
        rule,
        kind: kinds[id] as RuleKind,
        people: sum[id] as number,
        routes: [...(routes[id] as Set<string>)].sort(),
      }))
      .filter((x) => x.people > 0 && x.kind !== 'definition')
      .sort((a, b) => b.people - a.people || (a.rule < b.rule ? -1 : 1))
      .slice(0, MOST_RULES),
  );
}
