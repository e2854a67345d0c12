/**
 * The search for plans: the whole front over days to the goal, days hanging on discretion, euro, moves, days in danger and
 * days without lawful status. Labels are taken in the order of the days the goal can still take, and dropped when another
 * can imitate them at no higher cost (`senses.ts`), or when every way on is beaten by a plan already found (`bounds.ts`).
 *
 * It knows nothing of the law beyond `moves` and `apply`; what it finds is replayed by the verifier, which shares nothing
 * else with it.
 */
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { apply, awaitMove, countries, fileMoves, moves as movesOpen } from '../moves/moves.ts';
import { neverOpen } from '../moves/never.ts';
import { Outlook } from '../moves/outlook.ts';
import type { Draw, File, Move } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import { isCurrent } from '../person/situation.ts';
import type { Holding, Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { Bounds, type Rest } from './bounds.ts';
import { Dates } from './dates.ts';
import { Front } from './front.ts';
import { Haste } from './haste.ts';
import { extend, type Label, startLabel } from './label.ts';
import { leastLuck } from './luck.ts';
import type { Found, Progress, SearchOptions } from './options.ts';
import { type Purpose, Purposes } from './purpose.ts';
import { Queue } from './queues.ts';
import { feeding, grantsGoal, relevantTo, standingMeets } from './relevant.ts';
import { beatsBy, keyOf, sensesFor, sightsOf, standsFirm } from './senses.ts';
import { byWorth, toPlan } from './told.ts';
import type { Goal, Plan } from './types.ts';
import { bridgesTime, endless, hasSuch, homesOf, isSwitch, lastSafe, servesMore, toldOf } from './worthwhile.ts';

/** What a search leaves out, and how far it goes. Every field may be missing. */
/** How much luck the assumptions of a plan may ask for, step by step: what is known first, then what is likely, then more. */
const TIERS: readonly number[] = [0, 1, 3, 4];

/** A status held is asked for again within so many days before the last day on which the answer still comes in time. */
export const RENEWED_WITHIN = 120;

/** Changes from one permit to another, unneeded by the way to the goal, that one plan may contain. */
const SWITCHES = 1;

/** Labels expanded, if nothing else is said, before a search stops. */
const MOST = 1500;

/** In years of lawful stay, made of many permits, one step of luck weighs as so many steps of the way: else what is rare comes first. */
const LUCK_IN_YEARS = 4;

/** Labels expanded between two looks at the clock and the signal. */
const BREATH = 64;

/**
 * Plans to a goal, best first: the whole front, within the limits of the options. Empty if there is none.
 */
export function searchPlans(book: LawBook, start: Situation, goal: Goal, options: SearchOptions = {}): Found {
  const run = streamPlans(book, start, goal, options);
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

/**
 * The same search as a stream: each time the front changes, and now and then in between, what is known so far. Every plan in
 * it is sound; the front is whole only in the value returned, and only if that says `complete`. Stop by not asking on, or
 * by the signal.
 */
export function* streamPlans(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: SearchOptions = {},
): Generator<Progress, Found, void> {
  const search = new Search(book, start, goal, options);
  for (;;) {
    const more = search.work(BREATH);
    if (search.changed || !more) {
      const plans = search.plans();
      if (!more)
        return {
          plans,
          complete: search.complete,
          bound: search.bound,
          expanded: search.effort.expanded,
          effort: { ...search.effort },
        };
      yield { plans, found: search.found, complete: false, bound: search.bound, effort: { ...search.effort } };
    } else
      yield {
        plans: search.plans(),
        found: search.found,
        complete: false,
        bound: search.bound,
        effort: { ...search.effort },
      };
  }
}

const typeOf = (book: LawBook, fact: string): string | undefined => book.schema.facts.get(fact)?.type.t;

export class Search {
  private readonly book: LawBook;
  private readonly start: Situation;
  private readonly goal: Goal;
  private readonly avoid: ReadonlySet<string>;
  private readonly only: ReadonlySet<string> | undefined;
  private readonly horizon: Day;
  private readonly hops: number;
  private readonly most: number;
  private readonly moves: number;
  private readonly pending: number;
  private readonly strict: boolean;
  private readonly bridges: boolean;
  private readonly roam: boolean;
  private readonly each: boolean;
  /** Statuses that the clocks of goal-granting routes count. */
  private readonly productive: readonly string[];
  private readonly until: number;
  private readonly signal: { readonly aborted: boolean } | undefined;
  private readonly tiers: readonly number[];
  private readonly draw: Draw;
  private readonly look: Outlook;
  private readonly dates: Dates;
  private readonly haste: Haste;
  private readonly sights: ReturnType<typeof sightsOf>;
  private readonly beats: (a: Label, b: Label) => boolean;
  /** Goal routes on the way to which every country is dangerous to the person, or may be: each day ahead is one in danger. */
  private readonly unsafe = new Map<string, boolean>();
  private readonly countries: readonly string[];
  /** Countries that may be visited, all but surely, under some stay rule. */
  private readonly visitable: readonly string[];
  private readonly purposes: Purposes;
  private readonly routes: readonly Provision[];
  private readonly luck = new Map<string, number>();
  private readonly boundsAt: Bounds[] = [];
  private readonly leaving = new Map<string, boolean>();
  private readonly usefulAt = new Map<number, ReadonlySet<string>>();
  /** One queue for the ways to each goal: they take turns, so that none waits for another. */
  private readonly queues: Queue[] = [];
  private readonly settled = new Map<string, Label[]>();
  private readonly solved = new Map<string, number>();
  private readonly told = new Map<Label, Plan>();
  private readonly target: Day | undefined;
  private readonly front: Front;
  private stopped = false;
  changed = false;
  found = 0;
  readonly effort = { expanded: 0, generated: 0, imitated: 0, beaten: 0 };

  constructor(book: LawBook, told: Situation, goal: Goal, options: SearchOptions) {
    this.book = book;
    const start = beginningPlan(told);
    this.start = start;
    this.goal = goal;
    this.avoid = options.avoid ?? new Set();
    this.only = options.only;
    this.horizon = options.horizon ?? addDuration(start.on, { months: 120, days: 0 }, 'clamp');
    this.hops = options.hops ?? 2;
    this.most = options.most ?? MOST;
    this.moves = options.moves ?? 14;
    this.pending = options.pending ?? 1;
    this.strict = options.strict === true;
    this.roam = options.roam === true;
    this.each = options.each !== false;
    this.front = new Front((l) => this.groupOf(l));
    this.bridges = options.bridges === true;
    this.until = options.time === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.time;
    this.signal = options.signal;
    this.tiers = this.strict ? [0] : (options.tiers ?? TIERS);
    this.draw = { processing: options.processing ?? 'longest', granted: true };
    this.target =
      goal.kind === 'years' ? addDuration(start.on, { months: goal.years * 12, days: 0 }, 'clamp') : undefined;
    const relevant = relevantTo(book, goal, this.avoid, start.on);
    const routes: Provision[] = [];
    for (const r of ofKind(book, 'route')) {
      if (!relevant.routes.has(r.id) && !(this.bridges && bridgesTime(book, r, this.avoid))) continue;
      if (neverOpen(book, r, start, start.on, this.horizon)) continue;
      const luck = leastLuck(book, r, start, start.on, this.horizon);
      if (luck > (this.tiers.at(-1) as number)) continue;
      if (!this.roam && endless(book, goal, r)) continue;
      this.luck.set(r.id, luck);
      routes.push(r);
    }
    this.routes = routes;
    this.purposes = new Purposes(book, goal, routes, this.avoid, this.bridges);
    this.look = new Outlook(book, routes, start.on, this.horizon);
    this.productive = this.look.clockRoutes.flatMap((c) => (grantsGoal(book, c.route, goal) ? c.patterns : []));
    this.countries = countries(book, start.on);
    this.visitable = this.countries.filter((c) => c === start.place || this.look.everOpen(start, c));
    this.dates = new Dates(this.look, start, routes, this.draw, this.pending > 1);
    this.haste = new Haste(book, this.draw, this.target, (purpose) => this.useful(purpose));
    // Where there is nothing to do but wait, what is left of a visit is not kept apart, unless people may roam.
    const matters = (rule: Provision, purpose: Purpose): boolean => {
      const useful = this.useful(purpose);
      return (membersOf(book, rule.area ?? rule.jurisdiction, start.on) ?? []).some((c) => useful.has(c));
    };
    this.sights = sightsOf(this.look, routes, this.roam ? undefined : matters);
    const senses = sensesFor(this.sights);
    this.beats = beatsBy(options.senses ? options.senses(senses) : senses);
    if (this.horizon < start.on) return;
    const first = startLabel(this.look, start, this.purposes.all);
    if (this.reached(first)) {
      this.arrive(first, 0);
      return;
    }
    // Every plan ends with one route: the ways to each are looked for apart, and compared with those to the same country.
    const ends = this.bridges ? [{ purpose: this.purposes.all, name: '' }] : this.purposes.apart();
    const ties = toldOf(start);
    for (const { purpose, name } of ends) {
      const group = name.split('/')[0] as string;
      this.queues.push(new Queue(group, !this.bridges, ties.has(group)));
      this.put({ ...first, purpose, root: this.queues.length - 1 }, 0);
    }
  }

  /** The least number of days that any plan not yet found can take. */
  get bound(): number | undefined {
    let least: number | undefined;
    for (const q of this.queues) {
      const days = q.least();
      if (days !== undefined && (least === undefined || days < least)) least = days;
    }
    return least;
  }

  private get waiting(): number {
    let n = 0;
    for (const q of this.queues) n += q.size;
    return n;
  }

  get complete(): boolean {
    return this.waiting === 0 && !this.stopped && this.dates.complete;
  }

  /** Expands so many labels; whether there is more to do. */
  work(breath: number): boolean {
    this.changed = false;
    for (let n = 0; n < breath; ) {
      if (this.effort.expanded >= this.most || this.signal?.aborted || performance.now() > this.until) {
        this.stopped = this.waiting > 0;
        return false;
      }
      let turn: Queue | undefined;
      let least = Number.POSITIVE_INFINITY;
      for (const q of this.queues) {
        if (!q.size) continue;
        const rank = q.rank;
        if (rank < least) [turn, least] = [q, rank];
      }
      const next = turn?.pop();
      if (!next || !turn) return false;
      if (this.settle(next.label, next.tier)) {
        n++;
        turn.expanded++;
        this.expand(next.label, next.tier);
      }
    }
    return this.waiting > 0;
  }

  /** The plans of the front so far, the best first. */
  plans(): Plan[] {
    const plans = this.front.all().map(({ goaled, beaten }) => {
      let plan = this.told.get(goaled.label);
      if (!plan) {
        plan = toPlan(this.look, goaled.label, this.start, this.avoid);
        this.told.set(goaled.label, plan);
      }
      return beaten ? { ...plan, beaten: true } : plan;
    });
    return plans.sort(byWorth);
  }

  /** Whether a label taken from the queue is still worth expanding. */
  private settle(l: Label, tier: number): boolean {
    if (this.hopeless(l, tier) === undefined) {
      this.put(l, tier + 1);
      return false;
    }
    const key = keyOf(this.sights, l);
    const peers = this.settled.get(key);
    if (!peers) {
      this.settled.set(key, [l]);
      return true;
    }
    for (let i = 0; i < peers.length; i++) {
      const p = peers[i] as Label;
      if (!this.beats(p, l)) continue;
      // What rejected one will reject the next: it is asked first.
      if (i > 0) [peers[0], peers[i]] = [p, peers[0] as Label];
      this.effort.imitated++;
      return false;
    }
    peers.push(l);
    return true;
  }

  private tierOf(luck: number): number {
    for (let i = 0; i < this.tiers.length; i++) if (luck <= (this.tiers[i] as number)) return i;
    return -1;
  }

  private bounds(tier: number): Bounds {
    let made = this.boundsAt[tier];
    if (!made) {
      made = new Bounds(this.look, this.goal, this.active(tier), this.purposes);
      this.boundsAt[tier] = made;
    }
    return made;
  }

  private active(tier: number): Provision[] {
    const most = this.tiers[tier] as number;
    return [...this.luck].flatMap(([id, luck]) => (luck <= most ? [this.book.provisions.get(id) as Provision] : []));
  }

  /** The least days to the goal by a way that no plan found beats; `undefined` if there is none. */
  private hopeless(l: Label, tier: number): { readonly days: number; readonly moves: number } | undefined {
    let least: number | undefined;
    let moves = Number.POSITIVE_INFINITY;
    for (const r of this.bounds(tier).of(l)) {
      const solvedAt = this.solved.get(r.country);
      if (solvedAt !== undefined && solvedAt < tier) continue;
      if (this.only && r.country !== '' && !this.serves(r.country)) continue;
      const days = l.s.on - this.start.on + r.days;
      if (l.s.on + r.days > this.horizon) continue;
      if (this.beatenBy(l, r, days, tier)) continue;
      if (least === undefined || days < least) least = days;
      moves = Math.min(moves, r.moves);
    }
    return least === undefined ? undefined : { days: least, moves };
  }

  private serves(jurisdiction: string): boolean {
    const only = this.only as ReadonlySet<string>;
    return only.has(jurisdiction) || (membersOf(this.book, jurisdiction, this.start.on) ?? []).some((c) => only.has(c));
  }

  private beatenBy(l: Label, r: Rest, days: number, tier: number): boolean {
    const enters =
      r.onTheSpot !== undefined &&
      l.s.place !== r.onTheSpot &&
      !(membersOf(this.book, r.onTheSpot, l.s.on) ?? []).includes(l.s.place ?? '')
        ? 1
        : 0;
    const moves = l.moves + r.moves + enters;
    if (moves > this.moves) return true;
    return this.front.beats(this.groupOf(l), {
      tier,
      on: this.start.on + days,
      discretion: l.discretion + r.discretion,
      cents: l.cents + r.cents,
      moves,
      danger: l.danger + (l.endangered && this.nowhereSafe(r.route) ? r.days : 0),
      unlawful: l.unlawful,
    });
  }

  private nowhereSafe(route: string): boolean {
    let unsafe = this.unsafe.get(route);
    if (unsafe === undefined) {
      const goal = this.book.provisions.get(route);
      const places = new Set(this.visitable);
      for (const h of this.start.holdings ?? []) places.add(h.country ?? (h.status.split('/')[0] as string));
      if (goal && !this.bridges)
        for (const id of feeding(this.book, [goal], this.avoid))
          for (const c of membersOf(this.book, id.split('/')[0] as string, this.start.on) ?? []) places.add(c);
      unsafe = goal !== undefined && !this.bridges && this.look.endangeredEverywhere(this.start, [...places]);
      this.unsafe.set(route, unsafe);
    }
    return unsafe;
  }

  private reached(l: Label): boolean {
    if (this.target !== undefined) {
      // An answer awaited is no home, although one may stay until it comes.
      if (l.end < this.target || l.unlawful !== 0 || l.move === undefined || l.move.kind === 'file') return false;
      const group = this.queues[l.root]?.group ?? '';
      const home = (h: Holding): boolean =>
        isCurrent(h, l.s.on) &&
        h.status.startsWith(`${group}/`) &&
        standingMeets(this.goal, statusTerms(this.book, h.status)?.terms.stands ?? '');
      return group === '' || (l.s.holdings ?? []).some(home);
    }
    return (l.s.holdings ?? []).some(
      (h) => isCurrent(h, l.s.on) && standingMeets(this.goal, statusTerms(this.book, h.status)?.terms.stands ?? ''),
    );
  }

  /** Takes a label that has reached the goal into the front, and what it beats out of it. */
  private arrive(l: Label, tier: number): void {
    const country = l.move?.provision.jurisdiction ?? l.s.place ?? '';
    if (this.only && !this.serves(country)) return;
    if (!this.front.add({ label: l, tier, country })) return;
    const queue = this.queues[l.root];
    if (queue) queue.reached = true;
    if (!this.solved.has(country)) this.solved.set(country, tier);
    this.changed = true;
    this.found++;
  }

  /** A move as it is on the day it is made: a date that is assumed (the end of a passport) must reach further on a later day. */
  private onDay(from: Label, move: Move, day: Day): Move | undefined {
    if (move.kind === 'await' || !move.assumes.some((a) => typeOf(this.book, a.fact) === 'date')) return move;
    const s = { ...from.s, on: day };
    const now =
      move.kind === 'file'
        ? fileMoves(this.book, s, move.provision, day, this.strict)
        : movesOpen(this.book, s, { countries: new Set([move.country]), routes: new Set(), horizon: day }).filter(
            (m) => m.kind === 'enter' && m.under === move.under,
          );
    return now.find((m) => m.earliest <= day);
  }

  private offer(from: Label, tier: number, chosen: Move, day: Day): void {
    const move = this.onDay(from, chosen, day);
    if (!move) return;
    const s = apply(this.book, from.s, move, day, this.draw);
    if (s.on > this.horizon) return;
    const purpose = move.kind === 'file' ? this.purposes.with(from.purpose, move.route) : from.purpose;
    const switched = move.kind === 'file' && isSwitch(this.book, this.goal, from.s, move.provision);
    const l = extend(this.look, from, move, day, s, purpose, switched);
    if (!l || l.moves > this.moves) return;
    this.effort.generated++;
    const mine = Math.max(tier, this.tierOf(l.luck));
    if (this.tierOf(l.luck) < 0) return;
    if (move.kind === 'await' && this.reached(l)) {
      this.arrive(l, mine);
      return;
    }
    if (this.target !== undefined && this.reached(l)) {
      this.arrive(l, mine);
      return;
    }
    this.put(l, mine);
  }

  /** Queues a label where it still has a way on: with as little luck as it takes. */
  private put(l: Label, from: number): void {
    for (let tier = from; tier < this.tiers.length; tier++) {
      const left = this.hopeless(l, tier);
      if (left === undefined) continue;
      const queue = this.queues[l.root] as Queue;
      queue.push({
        label: l,
        tier,
        days: left.days,
        steps:
          this.haste.stepsLeft(l, left.moves, queue.group) + tier * (this.target === undefined ? 1 : LUCK_IN_YEARS),
        // Years are reached by going on in time; any other goal by the way that is shortest in all.
        then: this.target === undefined ? left.days : -l.s.on,
      });
      return;
    }
    this.effort.beaten++;
  }

  private groupOf(l: Label): string {
    return this.each ? (this.queues[l.root]?.group ?? '') : '';
  }

  private useful(purpose: Purpose): ReadonlySet<string> {
    let made = this.usefulAt.get(purpose);
    if (!made) {
      const out = new Set<string>();
      for (const r of this.routes) {
        if (!this.purposes.serves(purpose, r.id, true)) continue;
        const w = r.filing?.where ?? [];
        for (const c of r.filing?.consulateIn ?? []) out.add(c);
        if (w.includes('in-country') || w.includes('online') || w.includes('border'))
          for (const c of membersOf(this.book, r.jurisdiction, this.start.on) ?? []) out.add(c);
      }
      made = out;
      this.usefulAt.set(purpose, made);
    }
    return made;
  }

  private expand(l: Label, tier: number): void {
    this.effort.expanded++;
    const s = l.s;
    const due = s.pending.length ? Math.min(...s.pending.map((p) => p.decided)) : undefined;
    if (due !== undefined && (due <= s.on || due <= l.end + 1 || l.astray)) this.note(l, tier, due);
    // What was asked for before the plan began waits on its own: meanwhile other things may be asked for.
    const own = this.ownPending(s);
    const idle = own === 0 && s.pending.length > 0;
    if (due !== undefined && (due <= s.on || (!this.roam && !idle && due <= l.end + 1))) return;
    if (l.moves >= this.moves) return;
    // An answer is taken note of on its day, before anything else.
    const last = Math.min(
      l.astray ? s.on : Math.max(l.end, s.on),
      this.horizon,
      due === undefined ? this.horizon : due - 1,
    );
    if (!this.roam && this.goHome(l, tier, last)) return;
    if (own < this.pending) this.file(l, tier, last);
    this.enter(l, tier, last);
  }

  /** How many applications of the plan wait for an answer. */
  private ownPending(s: Situation): number {
    const before = this.start.pending;
    return before.length === 0 ? s.pending.length : s.pending.filter((p) => !before.includes(p)).length;
  }

  /** Who holds a permit and is elsewhere goes where it is: nothing is gained on the way. Whether they can. */
  private goHome(l: Label, tier: number, last: Day): boolean {
    const s = l.s;
    if (s.pending.length || s.place === undefined) return false;
    const homes = homesOf(this.book, s);
    if (homes.size === 0 || homes.has(s.place)) return false;
    let went = false;
    for (const country of homes) {
      if (this.avoid.has(country)) continue;
      for (const m of this.look.entries(s, country, s.on, Math.min(last, s.on), this.strict)) {
        if (m.provision.kind === 'stay' || m.until === m.earliest) continue;
        went = true;
        this.offer(l, tier, m, m.earliest);
      }
    }
    return went;
  }

  private serving(purpose: Purpose): (r: Provision) => boolean {
    return (r) => this.purposes.serves(purpose, r.id, true);
  }

  private file(l: Label, tier: number, last: Day): void {
    const s = l.s;
    const open = this.look.files(s, s.on, last, this.strict, l.purpose, this.serving(l.purpose));
    for (const m of open) {
      const r = m.provision;
      if (this.endless(s, r) || hasSuch(s, r)) continue;
      if (!this.roam && r.grants?.document) {
        // A paper is asked for on the day it can be, not later; and of two kinds the one that serves everywhere.
        if (!m.goesOn && !open.some((o) => o !== m && servesMore(o, m))) this.offer(l, tier, m, m.earliest);
        continue;
      }
      if (!this.roam && (l.switches >= SWITCHES || this.onTheWay(s)) && isSwitch(this.book, this.goal, s, r)) continue;
      let first = Math.max(m.earliest, this.notBefore(s, r));
      // What closes before the time has come to renew, and does not open again until then, is renewed on the last day that is left.
      const again = (o: File): boolean => o.route === m.route && o.earliest > m.latest && o.earliest <= first;
      if (first > m.latest && m.latest < last && !open.some(again)) first = m.latest;
      if (first > m.latest) continue;
      const later: File = first === m.earliest ? m : { ...m, earliest: first, goesOn: false };
      for (const day of this.dates.file(l, later, this.roam, this.target !== undefined && !this.roam))
        this.offer(l, tier, later, day);
    }
  }

  /** Whether something held is counted by the clock of a goal: then time itself leads there. */
  private onTheWay(s: Situation): boolean {
    return (s.holdings ?? []).some(
      (h) =>
        isCurrent(h, s.on) &&
        this.productive.some((p) => matchesStatus(p, h.status)) &&
        standsFirm(this.book, h.status),
    );
  }

  private note(l: Label, tier: number, due: Day): void {
    for (const p of l.s.pending) {
      if (p.decided !== due) continue;
      const provision = this.book.provisions.get(p.route);
      const day = Math.max(l.s.on, due);
      if (provision) this.offer(l, tier, awaitMove(provision, p.filed, day), day);
    }
  }

  /** Whether the person holds without an end what a route would grant. */
  private endless(s: Situation, r: Provision): boolean {
    const status = r.grants?.status;
    return status !== undefined && (s.holdings ?? []).some((h) => h.status === status && h.to === undefined);
  }

  private enter(l: Label, tier: number, last: Day): void {
    const s = l.s;
    const useful = this.useful(l.purpose);
    const anchors = this.dates.anchors(l);
    const waits = anchors.some((g) => g > s.on);
    const homes = new Set((s.holdings ?? []).map((h) => h.country ?? (h.status.split('/')[0] as string)));
    const outside = this.mustLeaveToFile(l);
    // Papers are waited for where they were asked for: most are handed over in person.
    if (!this.roam && s.pending.some((p) => p.place === s.place && this.book.provisions.get(p.route)?.grants?.document))
      return;
    const held =
      !this.roam && (this.ownPending(s) > 0 || (s.place !== undefined && homesOf(this.book, s).has(s.place)));
    const through = this.passingThrough(l);
    for (const country of this.countries) {
      if (country === s.place || this.avoid.has(country)) continue;
      if (through && !homes.has(country) && country !== through.back) continue;
      const worth = useful.has(country) || homes.has(country) || outside;
      if (!worth && !waits) continue;
      if (held && (!homes.has(country) || !this.newHome(s, country))) {
        // Whoever waits for an answer, or is at home, travels only when the last lawful day has come.
        if (l.hops < this.hops && l.end === last)
          for (const m of this.look.entries(s, country, last, last, this.strict))
            if (useful.has(country) || homes.has(country) || this.dates.bridge(l, m).includes(last))
              this.offer(l, tier, m, last);
        continue;
      }
      for (const m of this.look.entries(s, country, s.on, last, this.strict)) {
        if (m.provision.kind === 'stay' && l.hops >= this.hops) continue;
        // A permit that ends on the day is none to go home on.
        if (!this.roam && m.provision.kind !== 'stay' && m.until === m.earliest) continue;
        const there = this.look.endangered({ ...s, on: m.earliest, place: country, since: m.earliest, under: m.under });
        const days =
          worth || (l.endangered && !there)
            ? this.dates.entry(l, m, there, this.roam)
            : this.dates.bridge(l, m, this.roam);
        for (const day of days) this.offer(l, tier, m, day);
      }
    }
  }

  /**
   * Where a visitor arrived today by a move of today: whoever did nothing there could have gone on at once. Only back to
   * where they were may be worth it, once their stay there has come to its end: that begins it anew.
   */
  private passingThrough(l: Label): { readonly back: string | undefined } | undefined {
    const before = l.parent;
    if (this.roam || l.move?.kind !== 'enter' || l.move.provision.kind !== 'stay' || !before) return undefined;
    if (l.s.since !== l.s.on) return undefined;
    const back = before.end <= l.s.on ? before.s.place : undefined;
    return { back };
  }

  /** Whether a permit of a country was granted since the person came to where they are: then it is for that that they go. */
  private newHome(s: Situation, country: string): boolean {
    const since = s.since ?? s.on;
    return (s.holdings ?? []).some(
      (h) => isCurrent(h, s.on) && h.from >= since && (h.country ?? h.status.split('/')[0]) === country,
    );
  }

  /** Whether something is asked for only from outside the country where the person is. */
  private mustLeaveToFile(l: Label): boolean {
    const s = l.s;
    const key = `${l.purpose} ${s.place}`;
    let must = this.leaving.get(key);
    if (must !== undefined) return must;
    must = this.routes.some(
      (r) =>
        this.purposes.serves(l.purpose, r.id, true) &&
        r.filing?.where.some((w) => w === 'abroad' || w === 'consulate') &&
        !(r.filing.where.includes('in-country') && (!r.filing.from || r.filing.from.includes('any'))) &&
        (membersOf(this.book, r.jurisdiction, s.on) ?? []).includes(s.place ?? ''),
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
    return lastSafe(r, ends, this.draw) - (this.roam ? RENEWED_WITHIN : 0);
  }
}
