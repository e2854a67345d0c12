/**
 * Coverage: who has which kind of home open on a day, under a law. No behaviour is assumed: every answer is the law's, person by
 * person, and equals `foothold check`.
 */
import type { LawBook } from '../law/book.ts';
import type { Decision } from '../law/types.ts';
import { namesOf } from '../rules/index.ts';
import type { Day, Node, Text } from '../rules/ir.ts';
import { LawEye, NO, UNKNOWN, YES } from './eye.ts';
import { filedFirst, type Home, homesOf, hostsOf } from './homes.ts';
import type { People } from './people.ts';
import { Reach } from './reach.ts';
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
};

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
  }[];
  readonly shutOut: readonly Rule[];
};

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
const DAYS_AHEAD = 30;

/** Per row: what is open. Used by the tests, by `levers` and by the tables of a run. */
export type RowCoverage = {
  /** Index into LEVELS. */
  readonly home: Uint8Array;
  readonly stable: Uint8Array;
  readonly nothing: Uint8Array;
  readonly visits: Uint8Array;
  /** The best level without routes to protection. */
  readonly unprotected: Uint8Array;
  /** For every host, the best level (index into LEVELS; 3 = none). */
  readonly byHost: ReadonlyMap<string, Uint8Array>;
};

export type CoverageOptions = {
  /** Called between routes with the share done; may throw to cancel. */
  readonly progress?: (done: number) => void;
  /** Leave out which rule shuts out whom. */
  readonly brief?: boolean;
};

const levelOf = (decision: Decision, bits: number): number =>
  bits === YES ? (decision === 'right' ? 0 : 1) : bits === UNKNOWN ? 2 : 3;

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

/** Both must let through; where one says nothing of anybody, nobody passes. */
function both<T extends Uint8Array | undefined>(a: T, b: Uint8Array | undefined): T {
  if (a === undefined || b === undefined) return a;
  return a.map((x, i) => x & (b[i] as number)) as T;
}

/** What is open to every row on a day. `closed` gathers, on the way, which single rule stands in whose way. */
export function coverRows(
  eye: LawEye,
  on: Day,
  options: CoverageOptions = {},
): RowCoverage & { readonly reach: Reach; readonly closed: readonly ClosedRoute[] } {
  const { book, people } = eye;
  const { n } = people;
  const homes = homesOf(book, on);
  const reach = new Reach(eye, on);
  const home = new Uint8Array(n).fill(3);
  const stable = new Uint8Array(n).fill(3);
  const unprotected = new Uint8Array(n).fill(3);
  const byHost = new Map(hostsOf(book).map((h) => [h, new Uint8Array(n).fill(3)] as const));
  const closed: ClosedRoute[] = [];
  homes.forEach((h, k) => {
    options.progress?.(k / homes.length);
    const open = both(eye.route(h.route, on), h.via && eye.route(h.via, on));
    const filing = reach.filing(filedFirst(h));
    const visit = both(reach.byVisit(filedFirst(h)), h.via && reach.visitors(h.route));
    const host = byHost.get(h.route.jurisdiction);
    const reached = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const bits = ((open[i] as number) & (filing[i] as number)) | (visit ? (visit[i] as number) : NO);
      reached[i] = bits;
      const level = levelOf(h.decision, bits);
      if (level < (home[i] as number)) home[i] = level;
      if (h.stable && level < (stable[i] as number)) stable[i] = level;
      if (h.stands !== 'protection' && level < (unprotected[i] as number)) unprotected[i] = level;
      if (host && level < (host[i] as number)) host[i] = level;
    }
    // Permanence and citizenship come after a home: that nobody new has them yet shuts out nobody.
    if (!options.brief && (h.stands === 'permit' || h.stands === 'protection'))
      closed.push(closedBy(eye, h, on, open, filing, visit !== undefined, reached));
  });
  const visits = new Uint8Array(n);
  for (const country of byHost.keys()) {
    const v = reach.visit(country);
    if (v) for (let i = 0; i < n; i++) if (people.placeOf(i) !== country && v.rows[i] !== NO) visits[i] = 1;
  }
  const nothing = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const until = reach.until[i] as number;
    // Where it is not known until when a person may stay, nobody says that they may not.
    const stays = until === -1 || until >= on + DAYS_AHEAD;
    if (!stays && home[i] === 3 && !visits[i]) nothing[i] = 1;
  }
  return { home, stable, unprotected, nothing, visits, byHost, reach, closed };
}

export type ClosedRoute = { readonly home: Home; readonly names: readonly string[]; readonly rule: Int16Array };

/** Which rule alone keeps rows from a route: a clause, a restriction, a rule on documents, or where one may file. */
function closedBy(
  eye: LawEye,
  h: Home,
  on: Day,
  open: Uint8Array,
  filing: Uint8Array,
  mayVisit: boolean,
  reached: Uint8Array,
): ClosedRoute {
  const { names, rule } = eye.aloneClosing(h.route, on);
  const all = [...names, `${filedFirst(h).id}#filing`];
  for (let i = 0; i < rule.length; i++) {
    if (reached[i] !== NO) rule[i] = -1;
    else if (open[i] !== NO) rule[i] = names.length;
    // A route that could not be filed either has more than one rule against it.
    else if (filing[i] === NO && !mayVisit) rule[i] = -2;
  }
  return { home: h, names: all, rule };
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
  const bits = membership(book, eye, subgroups, on);
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
  const shut = options.brief ? [] : shutOut(book, people, rows, bits, groups.length);
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
          const sums = [0, 0, 0, 0];
          const level = rows.byHost.get(host) as Uint8Array;
          for (let i = 0; i < people.n; i++)
            if (inGroup(i))
              sums[level[i] as number] = (sums[level[i] as number] as number) + (people.weights[i] as number);
          return { host, right: sums[0] as number, discretion: sums[1] as number, question: sums[2] as number };
        }),
        shutOut: shut[k] ?? [],
      };
    }),
  };
}

function cell(people: People, rows: RowCoverage, list: readonly number[], inGroup: (i: number) => number): Cell {
  const home = [0, 0, 0, 0];
  const stable = [0, 0, 0, 0];
  let sum = 0;
  let squares = 0;
  let nothing = 0;
  let visitOnly = 0;
  let protectionOnly = 0;
  for (const i of list) {
    if (!inGroup(i)) continue;
    const w = people.weights[i] as number;
    sum += w;
    squares += w * w;
    home[rows.home[i] as number] = (home[rows.home[i] as number] as number) + w;
    stable[rows.stable[i] as number] = (stable[rows.stable[i] as number] as number) + w;
    if (rows.nothing[i]) nothing += w;
    if (rows.home[i] === 3 && rows.visits[i]) visitOnly += w;
    if ((rows.home[i] as number) < 2 && (rows.unprotected[i] as number) >= 2) protectionOnly += w;
  }
  const shares = (x: number[]): Shares => ({
    right: x[0] as number,
    discretion: x[1] as number,
    question: x[2] as number,
    none: x[3] as number,
  });
  return {
    people: sum,
    effective: squares > 0 ? (sum * sum) / squares : 0,
    home: shares(home),
    stable: shares(stable),
    nothing,
    visitOnly,
    protectionOnly,
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
  people: People,
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
