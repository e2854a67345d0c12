/**
 * What at least still lies between a label and the goal. Every way to the goal ends with a route that grants it; before it
 * lies whatever that route demands to have been held, for how long; each is counted at its shortest and cheapest.
 *
 * Admissible by construction: times are the least the law states on any day of the horizon, fees the lowest, residence
 * already counted is credited in full, and what a condition may or may not demand is taken not to be demanded. A way
 * that is already begun costs nothing for what has been reached. Danger and luck are bounded by nothing.
 */
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, matchesStatus, membersOf, statusTerms } from '../law/book.ts';
import { paramAt } from '../law/resolve.ts';
import type { Clause, Provision } from '../law/types.ts';
import { feesOf, processingDays } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import { convert } from '../person/view.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { Label } from './label.ts';
import type { Purpose, Purposes } from './purpose.ts';
import { grantsGoal } from './relevant.ts';
import type { Goal } from './types.ts';

/** A lower bound on what is left: days, days hanging on discretion, cents, moves; and where the goal would be. */
export type Rest = {
  readonly days: number;
  readonly discretion: number;
  readonly cents: number;
  readonly moves: number;
  readonly country: string;
  /** The route that would grant it; empty where it is not known which. */
  readonly route: string;
  /** The country in which a step of the way can only be taken on the spot; who is elsewhere must enter it first. */
  readonly onTheSpot: string | undefined;
};

type Own = {
  readonly route: Provision;
  readonly days: number;
  readonly discretion: number;
  readonly cents: number;
  readonly onTheSpot: string | undefined;
  /** One of these must be held (or have been), for at least so many days. Missing: nothing is demanded for sure. */
  readonly needs: { readonly patterns: readonly string[]; readonly days: number } | undefined;
};

/** Most ways kept apart for one route; beyond, they are merged into one that is no dearer than any. */
const KEPT = 16;

export class Bounds {
  private readonly look: Outlook;
  private readonly own = new Map<string, Own>();
  private readonly goals: readonly Own[];
  private readonly fresh = new Map<string, ReadonlyMap<string, readonly Rest[]>>();
  private readonly years: boolean;
  private readonly purposes: Purposes;
  private readonly scopes = new Map<Purpose, Scope>();

  constructor(look: Outlook, goal: Goal, routes: readonly Provision[], purposes: Purposes) {
    this.look = look;
    this.purposes = purposes;
    for (const r of routes) this.own.set(r.id, ownOf(look, r));
    this.years = goal.kind === 'years';
    this.goals = routes.filter((r) => grantsGoal(look.book, r, goal)).map((r) => this.own.get(r.id) as Own);
  }

  /** Lower bounds on what is left from a label, one for each way that may be the best; none: the goal is out of reach. */
  of(l: Label): readonly Rest[] {
    if (this.years) return NOTHING_LEFT;
    const s = l.s;
    const owned: string[] = [];
    for (const h of s.holdings ?? []) if (!owned.includes(h.status)) owned.push(h.status);
    for (const p of s.pending) {
      const status = this.look.book.provisions.get(p.route)?.grants?.status;
      if (status && !owned.includes(status)) owned.push(status);
    }
    const scope = this.scope(l.purpose);
    const fresh = this.from(owned.sort(), l.purpose, scope);
    const out: Rest[] = [];
    for (const g of scope.goals) {
      const waiting = s.pending.find((p) => p.route === g.route.id);
      if (waiting) {
        const days = Math.max(0, waiting.decided - s.on);
        out.push({ ...ZERO, country: g.route.jurisdiction, route: g.route.id, days });
        continue;
      }
      const held = g.needs && owned.some((id) => g.needs?.patterns.some((p) => matchesStatus(p, id)));
      if (g.needs && held) out.push(rest(g, this.left(l, g.needs)));
      else for (const r of fresh.get(g.route.id) ?? []) out.push(r);
    }
    return out;
  }

  /** Days still to be counted at the least, from what is held and awaited. */
  private left(l: Label, needs: NonNullable<Own['needs']>): number {
    const s = l.s;
    let counted = 0;
    let best = Number.POSITIVE_INFINITY;
    for (const h of s.holdings ?? []) {
      if (!needs.patterns.some((p) => matchesStatus(p, h.status))) continue;
      counted += Math.max(0, Math.min(s.on, (h.to ?? s.on) + 1) - h.from);
      best = 0;
    }
    if (best === 0) return Math.max(0, needs.days - counted);
    for (const p of s.pending) {
      const status = this.look.book.provisions.get(p.route)?.grants?.status;
      if (status && needs.patterns.some((x) => matchesStatus(x, status)))
        best = Math.min(best, Math.max(0, p.decided - s.on) + needs.days);
    }
    return best;
  }

  /** The goals of a purpose and the routes that lead there, each with those that grant what it demands. */
  private scope(purpose: Purpose): Scope {
    let made = this.scopes.get(purpose);
    if (!made) {
      const routes = [...this.own.values()].filter((o) => this.purposes.serves(purpose, o.route.id, true));
      const grants = routes.map((f) => f.route.grants?.status);
      made = {
        goals: this.goals.filter((g) => this.purposes.serves(purpose, g.route.id)),
        routes: routes.map((own) => ({
          own,
          after: own.needs
            ? routes.filter((f, i) => {
                const status = grants[i];
                return f !== own && status !== undefined && own.needs?.patterns.some((p) => matchesStatus(p, status));
              })
            : [],
        })),
      };
      this.scopes.set(purpose, made);
    }
    return made;
  }

  /** For each route the bounds of all ways to its grant, given that some statuses are held already. */
  private from(owned: readonly string[], purpose: Purpose, scope: Scope): ReadonlyMap<string, readonly Rest[]> {
    const key = `${purpose} ${owned.join()}`;
    const have = this.fresh.get(key);
    if (have) return have;
    const table = new Map<string, readonly Rest[]>();
    for (let round = 0, changed = true; changed && round < 8; round++) {
      changed = false;
      for (const { own: o, after } of scope.routes) {
        const ways: Rest[] = [];
        const begun = o.needs && owned.some((id) => o.needs?.patterns.some((p) => matchesStatus(p, id)));
        if (!o.needs || begun) ways.push(rest(o, 0));
        if (o.needs) {
          const mine = rest(o, o.needs.days);
          for (const f of after) for (const w of table.get(f.route.id) ?? []) ways.push(following(w, mine));
        }
        const kept = fewest(ways);
        const old = table.get(o.route.id);
        if (old?.length === kept.length && kept.every((w, i) => same(w, old[i] as Rest))) continue;
        if (old === undefined && kept.length === 0) continue;
        table.set(o.route.id, kept);
        changed = true;
      }
    }
    this.fresh.set(key, table);
    return table;
  }
}

type Scope = {
  readonly goals: readonly Own[];
  readonly routes: readonly { readonly own: Own; readonly after: readonly Own[] }[];
};

/** One way after another. */
const following = (w: Rest, mine: Rest): Rest => ({
  ...mine,
  days: w.days + mine.days,
  discretion: w.discretion + mine.discretion,
  cents: w.cents + mine.cents,
  moves: w.moves + mine.moves,
  onTheSpot: mine.onTheSpot ?? w.onTheSpot,
});

const same = (a: Rest, b: Rest): boolean =>
  a.days === b.days &&
  a.discretion === b.discretion &&
  a.cents === b.cents &&
  a.moves === b.moves &&
  a.onTheSpot === b.onTheSpot;

const ZERO: Rest = { days: 0, discretion: 0, cents: 0, moves: 0, country: '', route: '', onTheSpot: undefined };
const NOTHING_LEFT: readonly Rest[] = [ZERO];

const rest = (o: Own, waiting: number): Rest => ({
  days: o.days + waiting,
  discretion: o.discretion,
  cents: o.cents,
  moves: 1,
  country: o.route.jurisdiction,
  route: o.route.id,
  onTheSpot: o.onTheSpot,
});

function ownOf(look: Outlook, route: Provision): Own {
  const { book, from, to } = look;
  const stretches = [from, ...look.lawDays(route)];
  let days = Number.POSITIVE_INFINITY;
  let cents = Number.POSITIVE_INFINITY;
  for (const d of stretches) {
    // A month is at least so long; the days of one stretch differ by no more than a few.
    const names = [route.processing?.longest, route.processing?.usual];
    const value = names.map((n) => (n ? paramAt(route, n, d) : undefined)).find((x) => x !== undefined);
    const months = typeof value === 'object' && value !== null && 'months' in value ? (value as Duration).months : 0;
    days = Math.min(
      days,
      processingDays(route, d, { processing: 'longest', granted: true }).days - (months > 0 ? 4 : 0),
    );
    let sum = 0;
    for (const fee of feesOf(route, d) ?? []) {
      const euro = convert(book, fee, 'EUR', d)?.amount ?? 0;
      // Rates move with the day: a fee in another currency is bounded by nothing.
      sum += fee.currency === 'EUR' ? Math.round(euro * 100) : 0;
    }
    cents = Math.min(cents, sum);
  }
  const only = route.filing?.where.every((w) => w === 'in-country' || w === 'border') === true;
  void to;
  days = Math.max(0, days);
  return {
    route,
    days,
    discretion: route.decision === 'right' ? 0 : days,
    cents,
    onTheSpot: only ? route.jurisdiction : undefined,
    needs: needsOf(book, route, from),
  };
}

/** What a route demands to have been held: its clocks, or, where it is only asked for on the spot, the statuses to ask from. */
function needsOf(book: LawBook, route: Provision, on: Day): Own['needs'] {
  let most: Own['needs'];
  for (const c of route.all) {
    const n = neededBy(book, route, c, on);
    if (n && (most === undefined || n.days > most.days)) most = n;
  }
  if (most) return most;
  const f = route.filing;
  if (!f?.from || f.where.some((w) => w !== 'in-country')) return undefined;
  const renewed = route.grants?.status ? [route.grants.status] : [];
  const visitor = (x: string): boolean => {
    if (x === 'any' || x.endsWith('/*')) return true;
    const stands = statusTerms(book, x)?.terms.stands;
    return stands === undefined || stands === 'visit';
  };
  if (f.from.some(visitor)) return undefined;
  const permits = (membersOf(book, route.jurisdiction, on) ?? [route.jurisdiction]).map((c) => `${c}/*`);
  return { patterns: [...f.from.flatMap((x) => (x === 'permit' ? permits : [x])), ...renewed], days: 0 };
}

/** What a clause demands to have been held, whichever way it is met: a clock its statuses, a choice the least of all that it offers. */
function neededBy(book: LawBook, route: Provision, c: Clause, on: Day): Own['needs'] {
  if (c.from !== undefined || c.to !== undefined) return undefined;
  switch (c.k) {
    case 'clock': {
      const clock = book.provisions.get(c.clock);
      if (!clock || clock.within !== undefined) return undefined;
      const weighted = (clock.counts ?? []).some(
        (x) => x.weight !== undefined && x.weight !== 'full' && x.weight !== 'half',
      );
      return { patterns: (clock.counts ?? []).map((x) => x.status), days: weighted ? 0 : leastOf(route, c, on) };
    }
    case 'all': {
      let most: Own['needs'];
      for (const x of c.of) {
        const n = neededBy(book, route, x, on);
        if (n && (most === undefined || n.days > most.days)) most = n;
      }
      return most;
    }
    case 'any': {
      const patterns = new Set<string>();
      let days = Number.POSITIVE_INFINITY;
      for (const x of c.of) {
        const n = neededBy(book, route, x, on);
        if (!n) return undefined;
        for (const p of n.patterns) patterns.add(p);
        days = Math.min(days, n.days);
      }
      return c.of.length ? { patterns: [...patterns], days } : undefined;
    }
    default:
      return undefined;
  }
}

/** The shortest time a clock ever demands, in days at the least. */
function leastOf(route: Provision, c: Clause & { k: 'clock' }, on: Day): number {
  const values = route.params[c.atLeast]?.values ?? [];
  let least = Number.POSITIVE_INFINITY;
  for (const v of values) {
    if (v.value === null) return 0;
    const d = v.value as Duration;
    least = Math.min(least, addDuration(on, d, 'clamp') - on - (d.months > 0 ? 4 : 0));
  }
  return Number.isFinite(least) ? Math.max(0, least) : 0;
}

const lessEq = (a: Rest, b: Rest): boolean =>
  a.days <= b.days &&
  a.discretion <= b.discretion &&
  a.cents <= b.cents &&
  a.moves <= b.moves &&
  (a.onTheSpot === undefined || a.onTheSpot === b.onTheSpot);

/** The ways not beaten; too many are merged into one that is no dearer than any of them. */
function fewest(ways: readonly Rest[]): readonly Rest[] {
  const out = ways.filter((w, i) => !ways.some((o, k) => k !== i && lessEq(o, w) && (!lessEq(w, o) || k < i)));
  if (out.length <= KEPT) return out;
  const sorted = [...out].sort((a, b) => a.days - b.days);
  const kept = sorted.slice(0, KEPT - 1);
  const others = sorted.slice(KEPT - 1);
  return [
    ...kept,
    {
      days: Math.min(...others.map((x) => x.days)),
      discretion: Math.min(...others.map((x) => x.discretion)),
      cents: Math.min(...others.map((x) => x.cents)),
      moves: Math.min(...others.map((x) => x.moves)),
      country: (others[0] as Rest).country,
      route: (others[0] as Rest).route,
      onTheSpot: undefined,
    },
  ];
}
