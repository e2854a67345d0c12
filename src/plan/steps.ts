/**
 * Which moves are tried from a label, and on which days: all that `moves` allows, but for what leads nowhere and what nobody does
 * without need (`SearchOptions.roam`, `bridges`). What it leaves out is told in `docs/how-plans-are-made.md`.
 */
import { type LawBook, matchesStatus, membersOf, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { awaitMove } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import type { Draw, File, Move } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Dates } from './dates.ts';
import type { Label } from './label.ts';
import type { Purpose, Purposes } from './purpose.ts';
import { grantsGoal } from './relevant.ts';
import { standsFirm } from './senses.ts';
import type { Goal } from './types.ts';
import { hasSuchUntil, homesOf, isSwitch, lastSafe, servesMore, turnsBack } from './worthwhile.ts';

/** A status held is asked for again within so many days before the last day on which the answer still comes in time. */
export const RENEWED_WITHIN = 120;

/** Changes from one permit to another, unneeded by the way to the goal, that one plan may contain. */
const SWITCHES = 1;

export type StepLimits = {
  readonly book: LawBook;
  readonly look: Outlook;
  readonly dates: Dates;
  readonly purposes: Purposes;
  readonly routes: readonly Provision[];
  readonly countries: readonly string[];
  readonly start: Situation;
  readonly goal: Goal;
  readonly avoid: ReadonlySet<string>;
  readonly horizon: Day;
  readonly hops: number;
  readonly moves: number;
  readonly pending: number;
  readonly strict: boolean;
  readonly roam: boolean;
  readonly draw: Draw;
  /** Claims that only give ground to stand on: beside them other things may be asked for. */
  readonly grounds: ReadonlySet<string>;
};

/** What is made of the moves. */
export type Taker = {
  /** A move that may be made on a day; whether it is lawful then, as far as was looked. */
  offer(from: Label, tier: number, move: Move, day: Day): boolean;
  /** Whether asking for a route may be worth it at all, were it open today: asked before it is looked into. */
  mayFile(from: Label, tier: number, route: Provision): boolean;
  /** Whether any entry from the label may still be worth its move: asked before entries are looked for. */
  mayEnter(from: Label, tier: number): boolean;
};

export class Steps {
  private readonly its: StepLimits;
  private readonly take: Taker;
  private readonly leaving = new Map<string, boolean>();
  private readonly usefulAt = new Map<Purpose, ReadonlySet<string>>();
  private readonly abroad = new Map<Purpose, ReadonlySet<string>>();
  private readonly serves = new Map<Purpose, (r: Provision) => boolean>();
  /** Statuses that the clocks of goal-granting routes count. */
  private readonly productive: readonly string[];

  constructor(limits: StepLimits, take: Taker) {
    this.its = limits;
    this.take = take;
    this.productive = limits.look.clockRoutes.flatMap((c) =>
      grantsGoal(limits.book, c.route, limits.goal) ? c.patterns : [],
    );
  }

  /** Offers every move that is worth trying. */
  expand(l: Label, tier: number): void {
    const { horizon, moves, pending, roam } = this.its;
    const s = l.s;
    const due = dueOf(s);
    const noted = due !== undefined && (due <= s.on || due <= l.end + 1 || l.astray) && this.note(l, tier, due);
    // What was asked for before the plan began waits on its own: meanwhile other things may be asked for.
    const own = this.ownPending(s);
    const idle = own === 0 && s.pending.length > 0;
    // Whose stay ends the day before the answer, and whom it gives no right to be there, goes elsewhere to wait for it.
    if (due !== undefined && (due <= s.on || (!roam && !idle && due <= l.end + 1 && (noted || due <= l.end)))) return;
    if (l.moves >= moves) return;
    // An answer is taken note of on its day, before anything else.
    const last = Math.min(l.astray ? s.on : Math.max(l.end, s.on), horizon, due === undefined ? horizon : due - 1);
    if (!roam && this.goHome(l, tier, last)) return;
    if (own < pending) this.file(l, tier, last);
    if (this.take.mayEnter(l, tier)) this.enter(l, tier, last);
  }

  /** How many applications of the plan wait for an answer. */
  private ownPending(s: Situation): number {
    const { start, grounds } = this.its;
    if (start.pending.length === 0 && grounds.size === 0) return s.pending.length;
    return s.pending.filter((p) => !start.pending.includes(p) && !grounds.has(p.route)).length;
  }

  /**
   * The last day that whoever is at a label surely spends where they are: until the answer they wait for, or where they are at home
   * until the permit or the stay ends. The day of the label, where nothing is sure.
   */
  stays(l: Label): Day {
    const { roam, book } = this.its;
    const s = l.s;
    if (roam || l.end <= s.on) return s.on;
    let until = s.on;
    if (this.ownPending(s) > 0) {
      const due = dueOf(s) as Day;
      if (due <= l.end + 1 || !s.holdings?.some((h) => (h.country ?? '') !== s.place))
        until = Math.max(until, Math.min(l.end, due));
    }
    if (s.holdings?.length && s.place !== undefined && this.onlyHome(l.purpose, s.place)) {
      let ends = s.on;
      for (const h of s.holdings) {
        const country = h.country ?? (h.status.split('/')[0] as string);
        if (!isCurrent(h, s.on)) continue;
        // Whoever is granted something elsewhere may go there.
        if (country !== s.place) return until;
        if (standsFirm(book, h.status)) ends = Math.max(ends, h.to ?? Number.POSITIVE_INFINITY);
      }
      until = Math.max(until, Math.min(l.end, ends));
    }
    return until;
  }

  /** The same for whoever asks for something on a day: until the answer, or until they must leave. */
  staysFiled(l: Label, day: Day, answered: Day): Day {
    const elsewhere = l.s.holdings?.some((h) => (h.country ?? '') !== l.s.place);
    if (this.its.roam || l.s.pending.length || (elsewhere && answered > l.end + 1)) return day;
    return Math.max(day, Math.min(l.end, answered));
  }

  /** Whether all that may be granted on the way to a purpose is granted in one country. */
  private onlyHome(purpose: Purpose, country: string): boolean {
    const { book, routes, start, purposes } = this.its;
    let made = this.abroad.get(purpose);
    if (!made) {
      const out = new Set<string>();
      for (const r of routes)
        if (r.grants?.status && purposes.serves(purpose, r.id, true))
          for (const c of membersOf(book, r.jurisdiction, start.on) ?? [r.jurisdiction]) out.add(c);
      made = out;
      this.abroad.set(purpose, made);
    }
    return made.size === 0 || (made.size === 1 && made.has(country));
  }

  /** The one country where all is granted that may be granted on the way to a purpose, if all of it lets one live there. */
  firmHome(purpose: Purpose): string | undefined {
    const { book, routes, purposes } = this.its;
    const serving = routes.filter((r) => r.grants?.status && purposes.serves(purpose, r.id, true));
    const home = serving[0]?.jurisdiction;
    if (home === undefined || !this.onlyHome(purpose, home)) return undefined;
    const lasts = (status: string): boolean =>
      standsFirm(book, status) || statusTerms(book, status)?.terms.stands === 'citizenship';
    return serving.every((r) => lasts(r.grants?.status as string)) ? home : undefined;
  }

  /** The countries where something of a purpose can be asked for. */
  useful(purpose: Purpose): ReadonlySet<string> {
    const { book, routes, start, purposes } = this.its;
    let made = this.usefulAt.get(purpose);
    if (!made) {
      const out = new Set<string>();
      for (const r of routes) {
        if (!purposes.serves(purpose, r.id, true)) continue;
        const w = r.filing?.where ?? [];
        for (const c of r.filing?.consulateIn ?? []) out.add(c);
        if (w.includes('in-country') || w.includes('online') || w.includes('border'))
          for (const c of membersOf(book, r.jurisdiction, start.on) ?? []) out.add(c);
      }
      made = out;
      this.usefulAt.set(purpose, made);
    }
    return made;
  }

  /** Who holds a permit and is elsewhere goes where it is: nothing is gained on the way. Whether they can. */
  private goHome(l: Label, tier: number, last: Day): boolean {
    const { book, avoid, look, strict } = this.its;
    const s = l.s;
    if (s.pending.length || s.place === undefined) return false;
    const homes = homesOf(book, s);
    if (homes.size === 0 || homes.has(s.place)) return false;
    let went = false;
    for (const country of homes) {
      if (avoid.has(country)) continue;
      for (const m of look.entries(s, country, s.on, Math.min(last, s.on), strict)) {
        if (m.provision.kind === 'stay' || m.until === m.earliest) continue;
        went = true;
        this.take.offer(l, tier, m, m.earliest);
      }
    }
    return went;
  }

  private serving(purpose: Purpose): (r: Provision) => boolean {
    let made = this.serves.get(purpose);
    if (!made) {
      const { purposes } = this.its;
      made = (r) => purposes.serves(purpose, r.id, true);
      this.serves.set(purpose, made);
    }
    return made;
  }

  private file(l: Label, tier: number, last: Day): void {
    const { book, look, dates, strict, roam, goal, grounds } = this.its;
    const s = l.s;
    // What is no step on the way, or would be beaten though it could be asked for today, is not looked into.
    const settled = !roam && (l.switches >= SWITCHES || this.onTheWay(s));
    const worth = (r: Provision): boolean =>
      !holdsForEver(s, r) &&
      (roam ? hasSuchUntil(s, r) === undefined : (hasSuchUntil(s, r) ?? s.on) <= last) &&
      !turnsBack(book, s, r) &&
      !(settled && !r.grants?.document && isSwitch(book, goal, s, r)) &&
      this.take.mayFile(l, tier, r);
    const open = look.files(s, s.on, last, strict, l.purpose, this.serving(l.purpose), worth);
    for (const m of open) {
      const r = m.provision;
      if (!roam && r.grants?.document) {
        // A paper is asked for on the day it can be, or begins to gain something, not later; and of two kinds the one that serves everywhere.
        const gains = hasSuchUntil(s, r);
        const day = Math.max(m.earliest, gains ?? m.earliest);
        if (day > m.latest || open.some((o) => o !== m && servesMore(o, m))) continue;
        if (gains !== undefined && day === gains) this.take.offer(l, tier, { ...m, earliest: day, goesOn: false }, day);
        else if (!m.goesOn) this.take.offer(l, tier, m, day);
        continue;
      }
      let first = Math.max(m.earliest, this.notBefore(s, r));
      // What closes before the time has come to renew, and does not open again until then, is renewed on the last day that is left.
      const again = (o: File): boolean => o.route === m.route && o.earliest > m.latest && o.earliest <= first;
      if (first > m.latest && m.latest < last && !open.some(again) && !(!roam && renewsPaper(s, m.latest, open)))
        first = m.latest;
      if (first > m.latest) continue;
      const later: File = first === m.earliest ? m : { ...m, earliest: first, goesOn: false };
      if (!roam && grounds.has(m.route)) {
        // Ground to stand on is asked for at once: later it serves less.
        if (!m.goesOn) this.take.offer(l, tier, later, first);
        continue;
      }
      const years = goal.kind === 'years';
      for (const day of dates.file(l, later, roam, years && !roam, !years && grantsGoal(book, r, goal)))
        this.take.offer(l, tier, later, day);
    }
  }

  /** Whether something held is counted by the clock of a goal: then time itself leads there. */
  private onTheWay(s: Situation): boolean {
    return (s.holdings ?? []).some((h) => isCurrent(h, s.on) && this.settles(h.status));
  }

  /** Whether who holds a status is on the way, and changes it for no other that it does not lead to. */
  settles(status: string): boolean {
    return this.productive.some((p) => matchesStatus(p, status)) && standsFirm(this.its.book, status);
  }

  /** Takes note of the answers of a day; whether the person is lawfully there on it. */
  private note(l: Label, tier: number, due: Day): boolean {
    let lawful = false;
    for (const p of l.s.pending) {
      if (p.decided !== due) continue;
      const provision = this.its.book.provisions.get(p.route);
      const day = Math.max(l.s.on, due);
      if (provision && this.take.offer(l, tier, awaitMove(provision, p.filed, day), day)) lawful = true;
    }
    return lawful;
  }

  private enter(l: Label, tier: number, last: Day): void {
    const { book, look, dates, avoid, hops, strict, roam } = this.its;
    const s = l.s;
    const useful = this.useful(l.purpose);
    const anchors = dates.anchors(l);
    // Whoever must wait may do it elsewhere so as to reach a day that matters, or so as to be out of danger.
    const waits = l.endangered || anchors.some((g) => g > s.on);
    // A visit only to wait is worth its while where a day that matters lies beyond the stay here.
    const beyond = l.end !== Number.POSITIVE_INFINITY && anchors.some((g) => g > l.end);
    const homes = new Set((s.holdings ?? []).map((h) => h.country ?? (h.status.split('/')[0] as string)));
    const outside = this.mustLeaveToFile(l);
    // Papers are waited for where they were asked for: most are handed over in person.
    if (!roam && s.pending.some((p) => p.place === s.place && book.provisions.get(p.route)?.grants?.document)) return;
    const held = !roam && (this.ownPending(s) > 0 || (s.place !== undefined && homesOf(book, s).has(s.place)));
    const through = this.passingThrough(l);
    for (const country of this.its.countries) {
      if (country === s.place || avoid.has(country)) continue;
      if (through && !homes.has(country) && country !== through.back) continue;
      const goal = useful.has(country) || homes.has(country);
      const worth = goal || outside;
      if (!worth && !waits) continue;
      if (held && (!homes.has(country) || !newHome(s, country))) {
        // Whoever waits for an answer, or is at home, travels only when the last lawful day has come.
        if (l.hops < hops && l.end === last && (goal || beyond))
          for (const m of look.entries(s, country, last, last, strict))
            if (goal || dates.bridge(l, m).includes(last)) this.take.offer(l, tier, m, last);
        continue;
      }
      if (!worth && !l.endangered && !beyond) continue;
      for (const m of look.entries(s, country, s.on, last, strict)) {
        if (m.provision.kind === 'stay' && l.hops >= hops) continue;
        // A permit that ends on the day is none to go home on.
        if (!roam && m.provision.kind !== 'stay' && m.until === m.earliest) continue;
        const there = look.endangered({ ...s, on: m.earliest, place: country, since: m.earliest, under: m.under });
        const days = worth || (l.endangered && !there) ? dates.entry(l, m, there, roam) : dates.bridge(l, m, roam);
        for (const day of days) this.take.offer(l, tier, m, day);
      }
    }
  }

  /**
   * Where a visitor arrived today by a move of today: whoever did nothing there could have gone on at once. Only back to
   * where they were may be worth it, once their stay there has come to its end: that begins it anew.
   */
  private passingThrough(l: Label): { readonly back: string | undefined } | undefined {
    const before = l.parent;
    if (this.its.roam || l.move?.kind !== 'enter' || l.move.provision.kind !== 'stay' || !before) return undefined;
    if (l.s.since !== l.s.on) return undefined;
    const back = before.end <= l.s.on ? before.s.place : undefined;
    return { back };
  }

  /** Whether something is asked for only from outside the country where the person is. */
  private mustLeaveToFile(l: Label): boolean {
    const { book, purposes, routes } = this.its;
    const s = l.s;
    const key = `${l.purpose} ${s.place}`;
    let must = this.leaving.get(key);
    if (must !== undefined) return must;
    must = routes.some(
      (r) =>
        purposes.serves(l.purpose, r.id, true) &&
        r.filing?.where.some((w) => w === 'abroad' || w === 'consulate') &&
        !(r.filing.where.includes('in-country') && (!r.filing.from || r.filing.from.includes('any'))) &&
        (membersOf(book, r.jurisdiction, s.on) ?? []).includes(s.place ?? ''),
    );
    this.leaving.set(key, must);
    return must;
  }

  /**
   * The first day on which to ask for a route: what is held already is asked for again on the last day from which the answer
   * still comes in time (roaming: within so many days before that), not before.
   */
  private notBefore(s: Situation, r: Provision): Day {
    const status = r.grants?.status;
    let ends: Day | undefined;
    for (const h of s.holdings ?? [])
      if (h.status === status && isCurrent(h, s.on) && h.to !== undefined) ends = Math.max(ends ?? 0, h.to);
    if (ends === undefined) return s.on;
    return lastSafe(r, ends, this.its.draw) - (this.its.roam ? RENEWED_WITHIN : 0);
  }
}

/** The day of the first answer awaited. */
const dueOf = (s: Situation): Day | undefined =>
  s.pending.length ? Math.min(...s.pending.map((p) => p.decided)) : undefined;

/** Whether the person holds without an end what a route would grant. */
function holdsForEver(s: Situation, r: Provision): boolean {
  const status = r.grants?.status;
  return status !== undefined && (s.holdings ?? []).some((h) => h.status === status && h.to === undefined);
}

/** Whether a permit of a country was granted since the person came to where they are: then it is for that that they go. */
function newHome(s: Situation, country: string): boolean {
  const since = s.since ?? s.on;
  return (s.holdings ?? []).some(
    (h) => isCurrent(h, s.on) && h.from >= since && (h.country ?? h.status.split('/')[0]) === country,
  );
}

/** Whether a passport that ends on a day can be replaced before: then nothing need be renewed early for its sake. */
function renewsPaper(s: Situation, ends: Day, open: readonly File[]): boolean {
  if (!s.documents?.some((d) => d.expires === ends)) return false;
  return open.some(
    (o) => o.provision.grants?.document && Math.max(o.earliest, hasSuchUntil(s, o.provision) ?? 0) < ends,
  );
}
