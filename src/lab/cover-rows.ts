/**
 * What is open to every row on a day: by the letter of the law, and in practice (`floor.ts`). The tests hold it against `check`,
 * person by person.
 */
import type { Decision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import { NO, UNKNOWN, YES } from './bits.ts';
import type { LawEye } from './eye.ts';
import { type Floor, Ground } from './floor.ts';
import { filedFirst, type Home, homesOf, hostsOf } from './homes.ts';
import { Reach } from './reach.ts';

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
  /** The same by the practical floor, where one was given. */
  readonly practice?: RowPractice;
};

/** What may stand between the letter and practice. */
export const HURDLES = ['danger', 'papers', 'money'] as const;
export type Hurdle = (typeof HURDLES)[number];

export type RowPractice = {
  readonly home: Uint8Array;
  readonly stable: Uint8Array;
  readonly unprotected: Uint8Array;
  readonly nothing: Uint8Array;
  readonly visits: Uint8Array;
  readonly byHost: ReadonlyMap<string, Uint8Array>;
  /** The best level if one hurdle were not looked at. */
  readonly without: { readonly [H in Hurdle]: Uint8Array };
};

/** How a coverage is made. Every field may be missing. */
export type CoverageOptions = {
  /** Called between routes with the share done; may throw to cancel. */
  readonly progress?: (done: number) => void;
  /** Leave out which rule shuts out whom. */
  readonly brief?: boolean;
  /** With it, what counts as open in practice is told beside the letter. */
  readonly floor?: Floor;
};

/** Days for which a stay must last to count as ground under one's feet. */
export const DAYS_AHEAD = 30;

const levelOf = (decision: Decision, bits: number): number =>
  bits === YES ? (decision === 'right' ? 0 : 1) : bits === UNKNOWN ? 2 : 3;

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
  const practice = options.floor ? new Practice(eye, reach, on, options.floor, [...byHost.keys()]) : undefined;
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
    practice?.add(h, both(open, filing), visit);
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
  return {
    home,
    stable,
    unprotected,
    nothing,
    visits,
    byHost,
    reach,
    closed,
    ...(practice ? { practice: practice.done() } : {}),
  };
}

/** Gathers, home by home, what is open in practice. */
class Practice {
  private readonly eye: LawEye;
  private readonly reach: Reach;
  private readonly on: Day;
  private readonly ground: Ground;
  private readonly home: Uint8Array;
  private readonly stable: Uint8Array;
  private readonly unprotected: Uint8Array;
  private readonly byHost: Map<string, Uint8Array>;
  private readonly without: { readonly [H in Hurdle]: Uint8Array };

  constructor(eye: LawEye, reach: Reach, on: Day, floor: Floor, hosts: readonly string[]) {
    this.eye = eye;
    this.reach = reach;
    this.on = on;
    this.ground = new Ground(eye, on, floor);
    const none = () => new Uint8Array(eye.people.n).fill(3);
    this.home = none();
    this.stable = none();
    this.unprotected = none();
    this.byHost = new Map(hosts.map((h) => [h, none()] as const));
    this.without = { danger: none(), papers: none(), money: none() };
  }

  /** `direct`: open and filed from where one is; `visit`: by going there as a visitor, entry included. */
  add(h: Home, direct: Uint8Array, visit: Uint8Array | undefined): void {
    const { eye, ground, on } = this;
    const country = h.route.jurisdiction;
    const aim = h.stands === 'protection' ? 'protection' : 'home';
    const routes = h.via ? [h.via, h.route] : [h.route];
    const inside = eye.inside(h.route, on);
    const here = ground.danger(country, aim, false);
    const going = ground.danger(country, aim, true);
    const guest = visit && ground.danger(country, 'visit', true);
    const fee = ground.pays(routes, false);
    const fare = ground.pays(routes, true);
    // Papers of a route of a whole area are asked for in the country that one goes to, and that is not known.
    const arrival = country.length === 2 ? ground.arrival(h) : new Uint8Array(eye.people.n).fill(UNKNOWN);
    const host = this.byHost.get(country);
    for (let i = 0; i < direct.length; i++) {
      const is = inside === 'all' || (inside !== 'none' && inside[i] === 1);
      const letter = direct[i] as number;
      const money = (is ? fee[i] : fare[i]) as number;
      const papers = is ? YES : (arrival[i] as number);
      const safe = (is ? here[i] : going[i]) === 1 ? NO : YES;
      let all = letter & money & papers & safe;
      let noDanger = letter & money & papers;
      let noPapers = letter & money & safe;
      let noMoney = letter & papers & safe;
      if (visit && guest) {
        // Entry by the visitor's own papers is in it already.
        const v = visit[i] as number;
        const m = fare[i] as number;
        const ok = going[i] === 1 || guest[i] === 1 ? NO : YES;
        all |= v & m & ok;
        noDanger |= v & m;
        noPapers |= v & m & ok;
        noMoney |= v & ok;
      }
      const level = levelOf(h.decision, all);
      if (level < (this.home[i] as number)) this.home[i] = level;
      if (h.stable && level < (this.stable[i] as number)) this.stable[i] = level;
      if (h.stands !== 'protection' && level < (this.unprotected[i] as number)) this.unprotected[i] = level;
      if (host && level < (host[i] as number)) host[i] = level;
      lower(this.without.danger, i, levelOf(h.decision, noDanger));
      lower(this.without.papers, i, levelOf(h.decision, noPapers));
      lower(this.without.money, i, levelOf(h.decision, noMoney));
    }
  }

  done(): RowPractice {
    const { eye, reach, ground, on } = this;
    const { people } = eye;
    const { n } = people;
    const visits = new Uint8Array(n);
    const fare = ground.pays([], true);
    const unsafe = new Map<string, Uint8Array>();
    for (const country of this.byHost.keys()) {
      unsafe.set(country, ground.danger(country, 'stay', false));
      const v = reach.visit(country);
      if (!v) continue;
      const guest = ground.danger(country, 'visit', true);
      for (let i = 0; i < n; i++)
        if (people.placeOf(i) !== country && guest[i] === 0 && ((v.rows[i] as number) & (fare[i] as number)) !== NO)
          visits[i] = 1;
    }
    const nothing = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const until = reach.until[i] as number;
      const place = people.placeOf(i);
      const stays =
        (until === -1 || until >= on + DAYS_AHEAD) && !(place !== undefined && unsafe.get(place)?.[i] === 1);
      if (!stays && this.home[i] === 3 && !visits[i]) nothing[i] = 1;
    }
    const { home, stable, unprotected, byHost, without } = this;
    return { home, stable, unprotected, nothing, visits, byHost, without };
  }
}

function lower(rows: Uint8Array, i: number, level: number): void {
  if (level < (rows[i] as number)) rows[i] = level;
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
