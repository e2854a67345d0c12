/**
 * What at least still lies between a situation and the goal. Every way to the goal ends with a route that grants it; before it
 * lies whatever that route demands to have been held (`needs.ts`), for how long; each is counted at its shortest and cheapest
 * (`ways.ts`), from the very day on which it can begin.
 *
 * Admissible by construction: times are the least the law states on any day of the horizon, fees the lowest, residence
 * already counted is credited in full, and what a condition may or may not demand is taken not to be demanded. A way
 * that is already begun costs nothing for what has been reached. Luck is bounded by nothing.
 */
import { type LawBook, matchesStatus, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Holding, Pending, Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import { type Chain, type Costs, covering, FREE, manyOf } from './costs.ts';
import type { Need } from './needs.ts';
import type { Own, Owns } from './own.ts';
import type { Purpose, Purposes } from './purpose.ts';
import { grantsGoal } from './relevant.ts';
import { Rests } from './rests.ts';
import type { Goal } from './types.ts';
import { answeredBy, both, daysOfMonths, endOf, fewest, following, fullFrom, sameWay, type Way } from './ways.ts';

/** A goal as it looks to whoever has some statuses: the ways there, and the needs that something held may meet already. */
type Ahead = {
  readonly own: Own;
  readonly ways: readonly Way[];
  readonly held: readonly Held[];
  /** The fewest applications of any of the ways. */
  readonly fewest: number;
};

/** A need that something held may meet, and what it takes at the least to go on once that ends. */
type Held = { readonly need: Need; readonly again: Again };

/**
 * The least that one more grant of what meets a need takes: `time`, `days` until it is given; what so many more cost (`for`), and what it
 * costs to hold it for so many days (`covering`), by each choice of routes that no other is cheaper than.
 */
type Again = {
  readonly time: Duration;
  readonly days: number;
  readonly for: (grants: number) => readonly Costs[];
  readonly covering: (days: number) => readonly Chain[];
};

/** What is held and awaited, as far as ways hang on it: the same for all who have, had or asked for the same statuses. */
export type Owned = {
  readonly statuses: readonly string[];
  readonly ahead: Map<Purpose, readonly Ahead[]>;
  readonly after: Map<string, Owned>;
};

export class Bounds {
  private readonly book: LawBook;
  private readonly owns: Owns;
  private readonly most: number;
  /** The routes that ask for no more luck than this, and those among them that grant the goal. */
  private readonly active = new Map<string, Provision>();
  private readonly goals: readonly Provision[];
  private readonly byStatus = new Map<string, Provision[]>();
  private readonly granting = new Map<Need, readonly Provision[]>();
  private readonly years: boolean;
  private readonly purposes: Purposes;
  private readonly scopes = new Map<Purpose, Scope>();
  private readonly interned = new Map<string, Owned>();
  private readonly byHoldings = new WeakMap<object, Owned>();
  private readonly turned = new WeakMap<object, readonly Holding[]>();
  private readonly nothing: Owned;
  /** Whether nobody who holds a status changes it for another on the way (`isSwitch`); `undefined`: they may. */
  private readonly settles: ((status: string) => boolean) | undefined;
  /** Held from the start without being on the list of what is held. */
  private readonly under: string | undefined;
  readonly rests = new Rests();

  /** `routes`: those that ask for no more luck than `most`; each is looked into when a way first comes to it. */
  constructor(
    book: LawBook,
    start: Situation,
    goal: Goal,
    routes: readonly Provision[],
    purposes: Purposes,
    owns: Owns,
    most: number,
    settles?: (status: string) => boolean,
  ) {
    this.book = book;
    this.settles = settles;
    this.purposes = purposes;
    this.owns = owns;
    this.most = most;
    for (const r of routes) {
      this.active.set(r.id, r);
      const status = r.grants?.status;
      if (status === undefined) continue;
      const row = this.byStatus.get(status);
      if (row) row.push(r);
      else this.byStatus.set(status, [r]);
    }
    this.years = goal.kind === 'years';
    this.goals = routes.filter((r) => grantsGoal(book, r, goal));
    const under = start.under === undefined ? undefined : book.provisions.get(start.under);
    this.under = under && under.kind !== 'stay' ? start.under : undefined;
    this.nothing = this.intern(this.under === undefined ? [] : [this.under]);
  }

  private own(r: Provision): Own | undefined {
    return this.owns.of(r, this.most);
  }

  /** The least days until a route is answered, and the least fees; `undefined` where it asks for more luck. */
  least(route: string): Way | undefined {
    const r = this.active.get(route);
    return r && this.own(r)?.answer;
  }

  /** The fewest applications after which a goal route can be granted to somebody, without looking further back than one step. */
  fewestTo(goal: Provision, s: Situation): number {
    if (s.pending.some((p) => p.route === goal.id)) return 0;
    const { statuses } = this.ownedBy(s);
    return this.active.has(goal.id) && this.own(goal)?.needs.some((n) => !begun(n, statuses)) ? 2 : 1;
  }

  /** What somebody has, had or asked for. */
  ownedBy(s: Situation): Owned {
    let owned = this.nothing;
    const holdings = s.holdings;
    if (holdings?.length) {
      const have = this.byHoldings.get(holdings);
      if (have) owned = have;
      else {
        for (const h of holdings) owned = this.withStatus(owned, h.status);
        this.byHoldings.set(holdings, owned);
      }
    }
    for (const p of s.pending) owned = this.asked(owned, p.route);
    return owned;
  }

  /** The same once a route has been asked for. */
  asked(owned: Owned, route: string): Owned {
    const status = this.book.provisions.get(route)?.grants?.status;
    return status === undefined ? owned : this.withStatus(owned, status);
  }

  private withStatus(owned: Owned, status: string): Owned {
    let made = owned.after.get(status);
    if (!made) {
      made = owned.statuses.includes(status) ? owned : this.intern([...owned.statuses, status].sort());
      owned.after.set(status, made);
    }
    return made;
  }

  private intern(statuses: readonly string[]): Owned {
    const key = statuses.join();
    let made = this.interned.get(key);
    if (!made) {
      made = { statuses, ahead: new Map(), after: new Map() };
      this.interned.set(key, made);
    }
    return made;
  }

  /**
   * Fills `rests`: lower bounds on what is left from a situation on a day, one for each way that may be the best; none: the goal
   * is out of reach in so many `moves`. `from`: the first day on which something more can be asked for. `asked`, `answered`: an
   * application beside those of the situation, which `owned` knows of.
   */
  of(
    s: Situation,
    owned: Owned,
    purpose: Purpose,
    on: Day,
    from: Day,
    moves: number,
    asked?: string,
    answered: Day = 0,
  ): Rests {
    const rests = this.rests;
    rests.count = 0;
    if (this.years) {
      rests.add(undefined, on, undefined);
      return rests;
    }
    for (const g of this.ahead(owned, purpose)) {
      const id = g.own.route.id;
      const waiting = s.pending.length ? s.pending.find((p) => p.route === id) : undefined;
      if (asked === id || waiting) {
        const day = Math.max(on, waiting ? waiting.decided : answered);
        rests.add(g.own, day, undefined, g.own.route.decision === 'right' ? 0 : day - on);
        continue;
      }
      if (g.fewest > moves) continue;
      let first = from;
      let grants = 0;
      let held = 0;
      let again: Again | undefined;
      let chains: readonly Chain[] = NO_CHAIN;
      for (const h of g.held) {
        first = Math.max(first, this.metOn(s, h, on, from, asked, answered));
        held = Math.max(held, this.heldStill);
        // Of several needs the one that takes most speaks for all: one grant may meet more than one.
        if (this.missing <= 0) continue;
        const choices = h.again.covering(this.missing);
        const least = Math.min(...choices.map((c) => c.grants));
        if (least > grants) [grants, again, chains] = [least, h.again, choices];
      }
      // More grants than any plan has.
      if (grants === Number.POSITIVE_INFINITY) continue;
      const soonest = answeredBy(first, g.own.time);
      for (const w of g.ways) {
        if (w.moves > moves) continue;
        const day = Math.max(soonest, endOf(w, from));
        if (w.moves <= 1 && again !== undefined) {
          for (const c of chains) rests.add(g.own, day, w, 0, c.grants, c, held);
          continue;
        }
        // The ways before are of other needs: what is held goes on beside them, by grants that may be the same.
        const more = Math.max(0, grants - (w.moves - 1));
        if (more === 0 || again === undefined) {
          rests.add(g.own, day, w, 0, 0, FREE, held);
          continue;
        }
        for (const c of again.for(more)) rests.add(g.own, day, w, 0, more, c, held);
      }
    }
    return rests;
  }

  /** For how many days the need last asked about must be met by further grants, once what is held or awaited has ended. */
  private missing = 0;
  /** And the days on which it must still be held. */
  private heldStill = 0;

  /** The first day on which a need can be met by what is held and awaited, and by what follows it (`missing`). */
  private metOn(s: Situation, held: Held, on: Day, from: Day, asked: string | undefined, answered: Day): Day {
    const { need, again } = held;
    const { time } = need;
    this.missing = 0;
    this.heldStill = 0;
    if (time.months === 0 && time.days === 0) return on;
    let covered = 0;
    let reach = Number.NEGATIVE_INFINITY;
    /** The last day of what runs today. */
    let ends = Number.NEGATIVE_INFINITY;
    for (const h of this.inTurn(s.holdings ?? NONE)) {
      if (!counts(need, h.status)) continue;
      const to = h.to === undefined ? on - 1 : Math.min(h.to, on - 1);
      const since = Math.max(h.from, reach + 1);
      // What was held before a break counts for nothing where none is allowed.
      if (need.unbroken && h.from > reach + 1) covered = 0;
      if (to >= since) covered += to - since + 1;
      reach = Math.max(reach, to);
      if (h.from <= on && (h.to === undefined || h.to >= on)) ends = Math.max(ends, h.to ?? Number.POSITIVE_INFINITY);
    }
    // An answer awaited grants something that lasts no longer than the longest does.
    let begins = Number.POSITIVE_INFINITY;
    let granted = 0;
    let lasts = 0;
    if (asked !== undefined && this.grants(asked, need)) {
      begins = Math.max(on, answered);
      granted++;
      lasts += this.lastsAtMost(asked);
    }
    for (const p of s.pending as readonly Pending[])
      if (this.grants(p.route, need)) {
        begins = Math.min(begins, Math.max(on, p.decided));
        granted++;
        lasts += this.lastsAtMost(p.route);
      }
    const runs = ends >= on;
    let full: Day;
    if (runs) full = fullFrom(on - covered, time);
    else {
      if (granted === 0) begins = Math.max(on, answeredBy(from, again.time));
      full = fullFrom(need.unbroken ? begins : begins - covered, time);
      // What has been counted in full, without a break up to yesterday where that is asked, needs nothing more.
      if ((!need.unbroken || reach >= on - 1) && fullFrom(on - covered, time) <= on) return on;
    }
    this.missing = Math.max(0, (runs ? full - 1 - ends : full - begins) - lasts);
    this.heldStill = Math.max(0, full - (runs ? on : begins));
    return full;
  }

  /** What is held in the order in which it began: the law adds at the end, people tell it as they like. */
  private inTurn(holdings: readonly Holding[]): readonly Holding[] {
    let last = Number.NEGATIVE_INFINITY;
    let turn = true;
    for (const h of holdings) {
      if (h.from < last) turn = false;
      last = h.from;
    }
    if (turn) return holdings;
    let made = this.turned.get(holdings);
    if (!made) {
      made = [...holdings].sort((a, b) => a.from - b.from);
      this.turned.set(holdings, made);
    }
    return made;
  }

  /** For how many days what a route grants is held at the most; without end where that is not known here. */
  private lastsAtMost(route: string): number {
    const r = this.book.provisions.get(route);
    return (r && this.own(r)?.lasts) ?? Number.POSITIVE_INFINITY;
  }

  private grants(route: string, need: Need): boolean {
    const status = this.book.provisions.get(route)?.grants?.status;
    return status !== undefined && counts(need, status);
  }

  private ahead(owned: Owned, purpose: Purpose): readonly Ahead[] {
    let made = owned.ahead.get(purpose);
    if (!made) {
      const scope = this.scope(purpose);
      const table = this.tables(owned.statuses, scope);
      made = scope.goals.flatMap((own) => {
        const ways = table.get(own.route.id);
        if (!ways?.length) return [];
        const held = own.needs
          .filter((n) => begun(n, owned.statuses))
          .map((need) => ({ need, again: this.again(need, scope) }));
        return [{ own, ways, held, fewest: Math.min(...ways.map((w) => w.moves)) }];
      });
      owned.ahead.set(purpose, made);
    }
    return made;
  }

  /** What one more grant of what meets a need takes at the least. */
  private again(need: Need, scope: Scope): Again {
    let made = scope.again.get(need);
    if (!made) {
      made = this.leastAgain(need, scope);
      scope.again.set(need, made);
    }
    return made;
  }

  private leastAgain(need: Need, scope: Scope): Again {
    const granting = this.grantingOf(need).flatMap((r) => scope.owns.get(r.id) ?? []);
    const least = (f: (o: Own) => number): number => (granting.length ? Math.min(...granting.map(f)) : 0);
    const soonest = granting.length ? granting.reduce((a, b) => (b.answer.days < a.answer.days ? b : a)) : undefined;
    const months = granting.every((o) => o.time.months === soonest?.time.months);
    // Where each of these statuses settles who holds it, one follows another only as the law leads from it.
    const settles = need.unbroken ? this.settles : undefined;
    const settled = settles !== undefined && granting.every((o) => settles(o.route.grants?.status ?? ''));
    return {
      time: soonest && months ? { ...soonest.time } : { months: 0, days: least((o) => o.answer.days) },
      days: least((o) => o.answer.days),
      for: manyOf(granting.map((o) => o.answer)),
      covering: granting.length
        ? covering(
            granting.map((o) => ({
              discretion: o.answer.discretion,
              cents: o.answer.cents,
              lasts: o.lasts,
              single: need.unbroken === true && this.onceInARow(o),
              alone: settled && this.onlyRenewed(o),
            })),
          )
        : () => [{ ...FREE, grants: 0 }],
    };
  }

  /**
   * Whether who is settled comes to what a route grants only by holding it already: no status leads to it, it is no protection, and asked for
   * once the other has ended it comes too late.
   */
  private onlyRenewed({ route, answer }: Own): boolean {
    const status = route.grants?.status;
    if (status === undefined || answer.days < 1 || route.claim !== undefined) return false;
    return statusTerms(this.book, status)?.terms.stands !== 'protection' && !ledTo(this.book).has(route.id);
  }

  /**
   * Whether what a route grants cannot be followed by itself without a break: it is not renewed, is asked for where it is held and not while it
   * is, and takes a day at the least to be answered. Another permit may stand in between.
   */
  private onceInARow({ route, answer }: Own): boolean {
    const status = route.grants?.status;
    if (status === undefined || this.book.provisions.get(status)?.status?.renew !== 'no') return false;
    if (answer.days < 1 || (this.byStatus.get(status)?.length ?? 0) > 1) return false;
    const filings = [route.filing, ...(route.revised ?? []).map((r) => r.filing)];
    return filings.every((f) => f === undefined || f.where.every((w) => w === 'in-country'));
  }

  /** The routes that grant what a need demands, whatever they are for; in the order of the law. */
  private grantingOf(need: Need): readonly Provision[] {
    let made = this.granting.get(need);
    if (!made) {
      const out: Provision[] = [];
      for (const [status, routes] of this.byStatus) if (counts(need, status)) out.push(...routes);
      made = out.sort((a, b) => (a.id < b.id ? -1 : 1));
      this.granting.set(need, made);
    }
    return made;
  }

  /** The goals of a purpose and the routes that lead there, each with those that grant what each of its needs demands. */
  private scope(purpose: Purpose): Scope {
    let made = this.scopes.get(purpose);
    if (!made) {
      const owns = new Map<string, Own>();
      for (const r of this.active.values()) {
        const own = this.purposes.serves(purpose, r.id, true) ? this.own(r) : undefined;
        if (own) owns.set(r.id, own);
      }
      made = {
        owns,
        again: new Map(),
        goals: this.goals.flatMap((g) => (this.purposes.serves(purpose, g.id) ? (this.own(g) ?? []) : [])),
        routes: [...owns.values()].map((own) => ({
          own,
          after: own.needs.map((need) =>
            this.grantingOf(need).flatMap((r) => {
              const f = owns.get(r.id);
              return f === undefined || f === own ? [] : [f];
            }),
          ),
        })),
      };
      this.scopes.set(purpose, made);
    }
    return made;
  }

  /**
   * For each route the bounds of all ways to its grant, given that some statuses are held already. Round by round: a route is looked at
   * again only where one of those before it has changed since, else it would come out the same.
   */
  private tables(statuses: readonly string[], scope: Scope): ReadonlyMap<string, readonly Way[]> {
    const table = new Map<string, readonly Way[]>();
    /** When a route was last looked at, and when it last changed, by a count of looks. */
    const looked = new Map<Own, number>();
    const turned = new Map<Own, number>();
    let clock = 0;
    for (let round = 0, changed = true; changed && round < 8; round++) {
      changed = false;
      for (const { own, after } of scope.routes) {
        const last = looked.get(own);
        if (last !== undefined && !after.some((row) => row.some((f) => (turned.get(f) ?? 0) > last))) continue;
        looked.set(own, ++clock);
        // Each need is met by something held, or by the grant of one of the routes before; all of them are met.
        let before: readonly Way[] | undefined;
        own.needs.forEach((need, i) => {
          if (begun(need, statuses)) return;
          const again = this.again(need, scope);
          const timed = need.time.months > 0 || need.time.days > 0;
          const waited = (after[i] as readonly Own[]).flatMap((f) => {
            const ways = table.get(f.route.id) ?? [];
            if (!timed || ways.length === 0) return ways;
            return heldFor(need.time, again, f.lasts).flatMap((h) => ways.map((w) => following(w, h)));
          });
          before = before === undefined ? fewest(waited) : fewest(before.flatMap((a) => waited.map((b) => both(a, b))));
        });
        const kept =
          before === undefined ? [own.answer] : fewest((before as readonly Way[]).map((w) => following(w, own.answer)));
        const old = table.get(own.route.id);
        if (old?.length === kept.length && kept.every((w, i) => sameWay(w, old[i] as Way))) continue;
        if (old === undefined && kept.length === 0) continue;
        table.set(own.route.id, kept);
        turned.set(own, ++clock);
        changed = true;
      }
    }
    return table;
  }
}

type Scope = {
  readonly owns: ReadonlyMap<string, Own>;
  readonly again: Map<Need, Again>;
  readonly goals: readonly Own[];
  readonly routes: readonly { readonly own: Own; readonly after: readonly (readonly Own[])[] }[];
};

const NONE: readonly Holding[] = [];

const counts = (need: Need, status: string): boolean => {
  for (const p of need.patterns) if (matchesStatus(p, status)) return true;
  return false;
};

const begun = (need: Need, statuses: readonly string[]): boolean => statuses.some((id) => counts(need, id));

const NO_CHAIN: readonly Chain[] = [];

/** A time that what was just granted is held, itself for so many days at the most, with the grants by which it goes on. */
function heldFor(time: Duration, again: Again, lasts: number): readonly Way[] {
  const days = daysOfMonths(time.months).least + time.days;
  return again.covering(Math.max(0, days - lasts)).map((c) => ({
    stages: [{ kind: 'held', time }],
    days,
    longest: daysOfMonths(time.months).most + time.days,
    discretion: c.discretion,
    cents: c.cents,
    moves: c.grants,
    held: days,
    onTheSpot: undefined,
  }));
}

const ledMemo = new WeakMap<LawBook, ReadonlySet<string>>();

/** The routes that some other status says it leads to. */
function ledTo(book: LawBook): ReadonlySet<string> {
  let made = ledMemo.get(book);
  if (!made) {
    const out = new Set<string>();
    for (const p of book.provisions.values())
      for (const r of p.status?.leadsTo ?? []) if (book.provisions.get(r)?.grants?.status !== p.id) out.add(r);
    made = out;
    ledMemo.set(book, made);
  }
  return made;
}
