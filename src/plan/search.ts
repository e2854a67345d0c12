/**
 * The search for plans: the whole front over days to the goal, days hanging on discretion, euro, moves, days in danger and
 * days without lawful status. Labels are taken in the order of the days the goal can still take, and dropped when another
 * can imitate them at no higher cost (`senses.ts`), or when every way on is beaten by a plan already found (`hope.ts`).
 *
 * It knows nothing of the law beyond `moves` and `apply`; what it finds is replayed by the verifier, which shares nothing
 * else with it.
 */
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { endsByLeaving } from '../moves/claims.ts';
import { apply, countries, enterMoves, fileMoves, moves as movesOpen, processingDays } from '../moves/moves.ts';
import { neverOpen } from '../moves/never.ts';
import { Outlook } from '../moves/outlook.ts';
import type { Draw, Move } from '../moves/types.ts';
import { beginningPlan } from '../person/learning.ts';
import { isCurrent } from '../person/situation.ts';
import type { Holding, Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { Bounds, type Owned } from './bounds.ts';
import { Dates } from './dates.ts';
import { Front } from './front.ts';
import { Haste } from './haste.ts';
import { clocksIn } from './held-seen.ts';
import { Hope, type Left } from './hope.ts';
import type { Again, FamilySight } from './kin.ts';
import { asks, extend, feeCents, type Label, startLabel, TO_FIND } from './label.ts';
import { Askings, leastLuck } from './luck.ts';
import type { Found, Progress, SearchOptions } from './options.ts';
import { Owns } from './own.ts';
import { type Purpose, Purposes } from './purpose.ts';
import { Queue } from './queues.ts';
import { relevantTo, standingMeets } from './relevant.ts';
import { beatsBy, keyOf, sensesFor, sightsOf } from './senses.ts';
import { Steps } from './steps.ts';
import { byWorth, toPlan } from './told.ts';
import type { Goal, Plan } from './types.ts';
import { Unsafe } from './unsafe.ts';
import {
  bridgesTime,
  endless,
  endsAsVisitor,
  forOthers,
  groundsOf,
  isSwitch,
  mayBeGround,
  toldOf,
} from './worthwhile.ts';

/**
 * How much luck the assumptions of a plan may ask for, step by step: what is known first, then what is likely, then an offer that is still
 * to be found, then more.
 */
const TIERS: readonly number[] = [0, 1, TO_FIND, 3, 4];

/** Labels expanded, if nothing else is said, before a search stops. */
const MOST = 1500;

/** In years of lawful stay, made of many permits, one step of luck weighs as so many steps of the way: else what is rare comes first. */
const LUCK_IN_YEARS = 4;

/**
 * One front of all countries together, whatever has to be assumed: no plan anywhere, on whatever luck, is better in any of the six costs than
 * those found. Mostly few and bold plans, and mostly the whole front; so many labels that it seldom stops before.
 */
export const ONE_FRONT: SearchOptions = { each: false, tiers: [TIERS.at(-1) as number], most: 5000 };

/** Labels expanded between two pauses of a stream: few, so that whoever listens in between is soon heard. */
const BREATH = 8;

/** So many labels at the most go to plans that rest on nothing but what was told, looked for by themselves. */
const ON_TOLD = 700;

/** One label is expanded for so many that are looked through for the bound. */
const BOUND_WEIGHS = 50;

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
  let plans = search.plans();
  for (;;) {
    const more = search.work(BREATH);
    if (search.changed || !more) plans = search.plans();
    const { found, bound, complete, completeOnTold } = search;
    const effort = { ...search.effort };
    if (!more) return { plans, complete, completeOnTold, bound, expanded: effort.expanded, effort };
    yield { plans, found, complete: false, completeOnTold, bound, effort };
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
  private readonly most: number;
  private readonly moves: number;
  private readonly strict: boolean;
  private readonly bridges: boolean;
  private readonly each: boolean;
  private readonly until: number;
  private readonly signal: { readonly aborted: boolean } | undefined;
  private readonly tiers: readonly number[];
  private readonly draw: Draw;
  private readonly look: Outlook;
  private readonly dates: Dates;
  private readonly haste: Haste;
  private readonly steps: Steps;
  private readonly hope: Hope;
  private readonly sights: ReturnType<typeof sightsOf>;
  private readonly beats: (a: Label, b: Label) => boolean;
  private readonly family: FamilySight | undefined;
  private readonly purposes: Purposes;
  /** Claims beside which other things may be asked for. */
  private readonly grounds: ReadonlySet<string>;
  private readonly luck = new Map<string, number>();
  private readonly boundsAt: Bounds[] = [];
  private readonly askings: Askings;
  private readonly owns: Owns;
  /** One queue for the ways to each goal: they take turns, so that none waits for another. */
  private readonly queues: Queue[] = [];
  /** Set where one application waits at a time and nothing was asked for before: then who is settled stays with what they hold. */
  private readonly settles: ((status: string) => boolean) | undefined;
  private readonly settled = new Map<string, Label[]>();
  private readonly solved = new Map<string, number>();
  private readonly told = new Map<Label, Plan>();
  private readonly target: Day | undefined;
  private readonly front: Front;
  /** The label whose entries were last thought of, and for each step of luck the day from which none has a way on. */
  private lost: { readonly label: Label | undefined; readonly days: Day[] } = { label: undefined, days: [] };
  private stopped = false;
  private readonly known = { least: 0, next: 0 };
  /** The search for what rests on nothing but what was told: made once something is found, so that nobody waits for it. */
  private plain: Search | 'later' | undefined;
  private readonly onTold: () => Search;
  private wholeOnTold = false;
  /** Labels it expanded: they are cheap, and do not count towards the most that are. */
  private aside = 0;
  changed = false;
  found = 0;
  readonly effort = { expanded: 0, generated: 0, imitated: 0, beaten: 0, unmade: 0, parted: 0 };

  constructor(book: LawBook, told: Situation, goal: Goal, options: SearchOptions) {
    this.book = book;
    const start = beginningPlan(told);
    this.start = start;
    this.askings = new Askings(book, start);
    this.goal = goal;
    this.avoid = options.avoid ?? new Set();
    this.only = options.only;
    this.horizon = options.horizon ?? addDuration(start.on, { months: 120, days: 0 }, 'clamp');
    this.most = options.most ?? MOST;
    this.moves = options.moves ?? 14;
    this.strict = options.strict === true;
    this.each = options.each !== false;
    // Years that end as a visitor's are no reason to leave out such as end under a permit.
    this.front = new Front((l) => (this.visiting(l) ? `${this.groupOf(l)} visiting` : this.groupOf(l)));
    this.bridges = options.bridges === true;
    this.until = options.time === undefined ? Number.POSITIVE_INFINITY : performance.now() + options.time;
    this.signal = options.signal;
    this.tiers = this.strict ? [0] : (options.tiers ?? TIERS);
    this.draw = { processing: options.processing ?? 'longest', granted: true };
    this.target =
      goal.kind === 'years' ? addDuration(start.on, { months: goal.years * 12, days: 0 }, 'clamp') : undefined;
    this.family = options.family;
    // A family is walked along with each label, and remembers what it was asked; and where nothing else is looked for there is no need.
    this.plain = this.family || this.tiers.length < 2 || this.target !== undefined ? undefined : 'later';
    this.onTold = () => {
      const time = options.time === undefined ? {} : { time: this.until - performance.now() };
      return new Search(book, told, goal, { ...options, ...time, tiers: [0], most: ON_TOLD });
    };
    const roam = options.roam === true;
    const pending = options.pending ?? 1;
    const routes = this.routesFor(roam);
    this.look = new Outlook(book, routes, start.on, this.horizon);
    this.owns = new Owns(this.look, start, this.draw, this.askings);
    // Where all is told there is nothing to look for apart.
    if (![...this.luck.values()].some((luck) => luck > 0)) this.plain = undefined;
    const grounds = groundsOf(book, routes, start, this.look.through(start).end);
    this.grounds = grounds;
    this.purposes = new Purposes(book, goal, routes, this.avoid, this.bridges, grounds);
    const places = countries(book, start.on);
    this.dates = new Dates(this.look, start, routes, this.draw, pending > 1, roam, this.purposes);
    this.steps = new Steps(
      {
        book,
        look: this.look,
        dates: this.dates,
        purposes: this.purposes,
        routes,
        countries: places,
        start,
        goal,
        avoid: this.avoid,
        horizon: this.horizon,
        hops: options.hops ?? 2,
        moves: this.moves,
        pending,
        strict: this.strict,
        roam,
        draw: this.draw,
        grounds,
      },
      this,
    );
    const steady = !roam && pending === 1 && start.pending.length === 0 && grounds.size === 0;
    this.settles = steady ? (status) => this.steps.settles(status) : undefined;
    this.hope = new Hope({
      book,
      start,
      horizon: this.horizon,
      moves: this.moves,
      pending,
      grounds,
      front: this.front,
      bounds: (tier) => this.bounds(tier),
      closed: (country, tier) => this.closed(country, tier),
      unsafe: new Unsafe({ look: this.look, start, avoid: this.avoid, roam, bridges: this.bridges, steps: this.steps }),
    });
    const useful = (purpose: Purpose): ReadonlySet<string> => this.steps.useful(purpose);
    this.haste = new Haste(book, this.draw, this.target, useful, grounds);
    // Where there is nothing to do but wait, what is left of a visit is not kept apart, unless people may roam.
    const matters = (rule: Provision, purpose: Purpose): boolean =>
      (membersOf(book, rule.area ?? rule.jurisdiction, start.on) ?? []).some((c) => useful(purpose).has(c));
    this.sights = sightsOf(
      this.look,
      routes,
      roam ? undefined : matters,
      this.family ? undefined : this.clocksAsked(routes),
    );
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
      this.queues.push(new Queue(name, !this.bridges, ties.has(group)));
      this.begin({ ...first, purpose, root: this.queues.length - 1 }, book.provisions.get(name));
    }
  }

  /** The first label of a queue: put in when its turn comes, where the queue is for one goal. */
  private begin(first: Label, goal: Provision | undefined): void {
    const luck = goal && this.luck.get(goal.id);
    const tier = luck === undefined ? -1 : this.tierOf(luck);
    if (goal === undefined || tier < 0 || this.target !== undefined) {
      this.put(first, 0);
      return;
    }
    const queue = this.queues[first.root] as Queue;
    const grants = this.bounds(tier).fewestTo(goal, first.s);
    const due = first.s.pending.find((p) => p.route === goal.id)?.decided;
    queue.close({
      tier,
      steps: this.haste.stepsLeft(first, grants, queue.group) + tier,
      days: due === undefined ? this.owns.least(goal) : Math.max(0, due - this.start.on),
      open: () => this.put(first, tier),
    });
  }

  /** The routes that may be asked for on the way to the goal, with the least luck that each asks for. */
  private routesFor(roam: boolean): Provision[] {
    const { book, goal, avoid, start, horizon } = this;
    const relevant = relevantTo(book, goal, avoid, start.on);
    const routes: Provision[] = [];
    for (const r of ofKind(book, 'route')) {
      const serves = relevant.routes.has(r.id) || mayBeGround(book, r, start);
      if (!serves && !(this.bridges && bridgesTime(book, r, avoid))) continue;
      if (!roam && forOthers(r, start)) continue;
      if (neverOpen(book, r, start, start.on, horizon)) continue;
      const luck = leastLuck(book, r, start, start.on, horizon, this.askings);
      if (luck > (this.tiers.at(-1) as number)) continue;
      // Years are made of so many permits that an offer which is still to be found would drown the rest.
      if (goal.kind === 'years' && luck === TO_FIND) continue;
      if (!roam && endless(book, goal, r)) continue;
      this.luck.set(r.id, luck);
      routes.push(r);
    }
    return routes;
  }

  /** The clocks of the routes that a purpose leaves to be asked for. */
  private clocksAsked(routes: readonly Provision[]): (purpose: Purpose) => ReadonlySet<string> {
    const made = new Map<Purpose, ReadonlySet<string>>();
    return (purpose) => {
      let clocks = made.get(purpose);
      if (!clocks) {
        clocks = new Set(routes.flatMap((r) => (this.purposes.serves(purpose, r.id, true) ? clocksIn(r) : [])));
        made.set(purpose, clocks);
      }
      return clocks;
    };
  }

  /**
   * The least number of days that any plan not yet found can take. What is not yet found now was not found before either: a bound of an
   * earlier moment still holds, so the highest so far is told. All that waits is looked through only when so much was done since
   * that it weighs little; at the end always.
   */
  get bound(): number | undefined {
    const { waiting } = this;
    if (waiting === 0) return undefined;
    const { known } = this;
    if (!this.stopped && this.effort.expanded < known.next) return known.least;
    let least = Number.POSITIVE_INFINITY;
    for (const q of this.queues) least = Math.min(least, q.least() ?? least);
    known.next = this.effort.expanded + BREATH + Math.floor(waiting / BOUND_WEIGHS);
    known.least = Math.max(known.least, least);
    return known.least;
  }

  private get waiting(): number {
    let n = 0;
    for (const q of this.queues) n += q.size;
    return n;
  }

  get complete(): boolean {
    return this.waiting === 0 && !this.stopped && this.dates.complete;
  }

  /** Whether of the plans that rest on nothing but what was told and usual answers none is missing. */
  get completeOnTold(): boolean {
    return this.complete || this.wholeOnTold;
  }

  /**
   * Goes on with the search for what rests on nothing but what was told and usual answers, by itself: with the few routes that are
   * open so, it mostly ends soon, and of such plans none is missing then. What it finds beats others here from then on.
   */
  private lookOnTold(plain: Search, breath: number): void {
    if (plain.work(breath)) return;
    this.plain = undefined;
    this.wholeOnTold = plain.complete;
    for (const { goaled } of plain.front.all()) {
      const goal = plain.queues[goaled.label.root]?.goal;
      const root = this.queues.findIndex((q) => q.goal === goal);
      if (root >= 0) this.arrive({ ...goaled.label, root }, 0);
    }
    this.aside = plain.effort.expanded;
    for (const kind of ['expanded', 'generated', 'imitated', 'beaten', 'unmade'] as const)
      this.effort[kind] += plain.effort[kind];
  }

  /** Expands so many labels; whether there is more to do. */
  work(breath: number): boolean {
    this.changed = false;
    if (this.found > 0 && this.plain !== undefined && !this.stopped) {
      if (this.plain === 'later') this.plain = this.onTold();
      this.lookOnTold(this.plain, breath);
      return true;
    }
    for (let n = 0; n < breath; ) {
      if (this.effort.expanded - this.aside >= this.most || this.signal?.aborted || performance.now() > this.until) {
        for (const q of this.queues) q.open();
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
      if (turn?.open()) continue;
      const next = turn?.pop();
      if (!next || !turn) return false;
      if (this.settle(next.label, next.tier)) {
        n++;
        turn.expanded++;
        this.effort.expanded++;
        this.steps.expand(next.label, next.tier);
      }
    }
    return this.waiting > 0;
  }

  /** The plans of the front so far, the best first. */
  plans(): Plan[] {
    const plans = this.front.all().map(({ goaled, beaten }) => {
      let plan = this.told.get(goaled.label);
      if (!plan) {
        plan = toPlan(this.look, goaled.label, this.start, this.avoid, this.goal);
        this.told.set(goaled.label, plan);
      }
      return beaten ? { ...plan, beaten: true } : plan;
    });
    return plans.sort(byWorth);
  }

  /** Whether a label taken from the queue is still worth expanding. */
  private settle(l: Label, tier: number): boolean {
    if (this.leftOf(l, tier) === undefined) {
      this.put(l, tier + 1);
      return false;
    }
    if (this.parted(l, false)) return false;
    const key = keyOf(this.sights, l) + (this.family?.standing(l) ?? '');
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
      const most = this.tiers[tier] as number;
      const active = [...this.luck].flatMap(([id, luck]) =>
        luck <= most ? [this.book.provisions.get(id) as Provision] : [],
      );
      made = new Bounds(this.book, this.start, this.goal, active, this.purposes, this.owns, most, this.settles);
      this.boundsAt[tier] = made;
    }
    return made;
  }

  /** The least that is left from a label; `undefined` where there is no way on that no plan found beats. */
  private leftOf(l: Label, tier: number): Left | undefined {
    this.hope.standingOf(l, this.groupOf(l), this.steps.stays(l));
    return this.hope.left(tier, (b) => b.ownedBy(l.s));
  }

  /** Whether the ways to a country are closed to plans on so much luck: there is one on less, or it is not asked about. */
  private closed(country: string, tier: number): boolean {
    const solvedAt = this.solved.get(country);
    // A way that rests on what nobody told of is no reason to leave out one on an offer that is still to be found.
    const less = this.tiers[tier] === TO_FIND ? 1 : tier;
    if (solvedAt !== undefined && solvedAt < less) return true;
    return this.only !== undefined && country !== '' && !this.serves(country);
  }

  private serves(jurisdiction: string): boolean {
    const only = this.only as ReadonlySet<string>;
    return only.has(jurisdiction) || (membersOf(this.book, jurisdiction, this.start.on) ?? []).some((c) => only.has(c));
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
    if (this.parted(l, true)) return;
    if (!this.front.add({ label: l, tier, country })) return;
    const queue = this.queues[l.root];
    if (queue) queue.reached = true;
    if (!this.solved.has(country) && !this.visiting(l)) this.solved.set(country, tier);
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

  /** Whether any entry from a label may still be worth its move, wherever it leads. */
  mayEnter(from: Label, tier: number): boolean {
    if (this.target !== undefined) return true;
    const at = this.hope.standingOf(from, this.groupOf(from), from.s.on);
    at.moves++;
    at.place = undefined;
    at.endangered = false;
    // Wherever a step can only be taken, this entry may be the one that leads there.
    at.spot = false;
    return this.hopeful(tier, (b) => b.ownedBy(from.s));
  }

  /** Whether asking for a route from a label may still be worth it, at its shortest and cheapest. */
  mayFile(from: Label, tier: number, route: Provision): boolean {
    if (this.target !== undefined) return true;
    const at = this.hope.standingOf(from, this.groupOf(from), from.s.on);
    at.purpose = this.purposes.with(from.purpose, route.id);
    at.moves++;
    at.endangered = false;
    at.asked = route.id;
    for (let t = tier; t < this.tiers.length; t++) {
      const least = this.bounds(t).least(route.id);
      if (!least) continue;
      at.answered = from.s.on + least.days;
      at.cents = from.cents + least.cents;
      if (this.hope.left(t, (b) => b.asked(b.ownedBy(from.s), route.id))) return true;
    }
    return false;
  }

  /** What a move on a day would come to, before anything is made of it: whether a way on is left that no plan found beats. */
  private worthMaking(from: Label, tier: number, move: Exclude<Move, { kind: 'await' }>, day: Day): boolean {
    const purpose = move.kind === 'file' ? this.purposes.with(from.purpose, move.route) : from.purpose;
    const luck = this.tierOf(Math.max(from.luck, asks(this.book, move, from.s)));
    if (luck < 0) return false;
    const at = this.hope.standingOf(from, this.groupOf(from), day);
    const waited = day - from.s.on;
    at.purpose = purpose;
    at.on = day;
    at.moves++;
    if (from.hanging) at.discretion += waited;
    if (from.endangered) at.danger += waited;
    if (from.astray) at.unlawful += Math.max(0, day - Math.max(from.s.on, from.end + 1));
    if (move.kind === 'enter') {
      at.place = move.country;
      at.endangered = false;
      // An application may end by this very move.
      if (from.s.pending.some((p) => endsByLeaving(this.book, p))) at.busy = at.hangs = day;
      return this.entering(from, Math.max(tier, luck), day);
    }
    at.cents += feeCents(this.book, move, day);
    const { route } = move;
    const answered = day + processingDays(move.provision, day, this.draw).days;
    at.asked = route;
    at.answered = answered;
    if (!endsByLeaving(this.book, move)) {
      if (move.provision.decision !== 'right') at.hangs = Math.max(at.hangs, answered);
      this.hope.busyUntil(from.s, at, answered);
    }
    if (from.endangered) at.stays = this.steps.staysFiled(from, day, answered);
    return this.hopeful(Math.max(tier, luck), (b) => b.asked(b.ownedBy(from.s), route));
  }

  /**
   * Whether an entry on a day has a way on. Wherever it leads: what is hopeless on a day is hopeless on any later day, so the first such
   * day of a label, for each step of luck, is remembered.
   */
  private entering(from: Label, tier: number, day: Day): boolean {
    const { hope } = this;
    if (this.lost.label !== from) this.lost = { label: from, days: [] };
    const dead = this.lost.days[tier];
    if (dead !== undefined && day >= dead) return false;
    const owned = (b: Bounds): Owned => b.ownedBy(from.s);
    if (this.hopeful(tier, owned)) return true;
    hope.at.spot = false;
    if (!this.hopeful(tier, owned)) this.lost.days[tier] = day;
    return false;
  }

  private hopeful(from: number, owned: (b: Bounds) => Owned): boolean {
    for (let tier = from; tier < this.tiers.length; tier++) if (this.hope.left(tier, owned)) return true;
    return false;
  }

  /** Makes of a move what it leads to, where that has a way on; whether the move is lawful on the day, as far as was looked. */
  offer(from: Label, tier: number, chosen: Move, day: Day): boolean {
    this.effort.generated++;
    if (from.moves + (chosen.kind === 'await' ? 0 : 1) > this.moves) return true;
    if (chosen.kind !== 'await' && this.target === undefined && !this.worthMaking(from, tier, chosen, day)) {
      this.effort.beaten++;
      this.effort.unmade++;
      return true;
    }
    const move = this.onDay(from, chosen, day);
    if (!move) return false;
    const s = apply(this.book, from.s, move, day, this.draw);
    if (s.on > this.horizon) return true;
    const purpose = move.kind === 'file' ? this.purposes.with(from.purpose, move.route) : from.purpose;
    const switched = move.kind === 'file' && isSwitch(this.book, this.goal, from.s, move.provision);
    const l = extend(this.look, from, move, day, s, purpose, switched);
    if (!l) return false;
    const luck = this.tierOf(l.luck);
    if (luck < 0) return true;
    const mine = Math.max(tier, luck);
    // Protection granted on a claim made only to stand on, or before the plan began, is no end of the way to another country: it is one of its own.
    const group = this.queues[from.root]?.group ?? '';
    if (move.kind === 'await' && group !== '' && !move.route.startsWith(`${group}/`)) {
      if (this.grounds.has(move.route)) return true;
      if (this.start.pending.some((p) => p.route === move.route) && this.reached(l)) return true;
    }
    if ((move.kind === 'await' || this.target !== undefined) && this.reached(l)) this.arrive(l, mine);
    else this.put(l, mine);
    return true;
  }

  /** Whether somebody of the family surely cannot follow to a label; then what led there is tried on the days that suit them. */
  private parted(l: Label, whole: boolean): boolean {
    const again = this.family?.parted(l, whole);
    for (const x of again ?? []) this.retry(x);
    if (again) this.effort.parted++;
    return again !== undefined;
  }

  private retry({ label, day }: Again): void {
    const from = label.parent as Label;
    const move = label.move as Move;
    const last = Math.min(from.astray ? from.s.on : Math.max(from.end, from.s.on), this.horizon);
    if (move.kind === 'await' || day > last || day < from.s.on || from.s.pending.some((p) => p.decided <= day)) return;
    const open =
      move.kind === 'enter'
        ? enterMoves(this.book, from.s, move.country, day, day, this.strict).find((m) => m.under === move.under)
        : move.earliest <= day && day <= move.latest
          ? move
          : undefined;
    if (open) this.offer(from, 0, open, day);
  }

  /** Queues a label where it still has a way on: with as little luck as it takes. */
  private put(l: Label, from: number): void {
    for (let tier = from; tier < this.tiers.length; tier++) {
      const left = this.leftOf(l, tier);
      if (left === undefined) continue;
      const queue = this.queues[l.root] as Queue;
      const days = left.on - this.start.on;
      queue.push({
        label: l,
        tier,
        days,
        moves: l.moves + left.moves,
        steps:
          this.haste.stepsLeft(l, left.moves, queue.group) + tier * (this.target === undefined ? 1 : LUCK_IN_YEARS),
        // Years are reached by going on in time; any other goal by the way that is shortest in all.
        then: this.target === undefined ? days : -l.s.on,
      });
      return;
    }
    this.effort.beaten++;
  }

  private visiting(l: Label): boolean {
    return this.target !== undefined && this.each && endsAsVisitor(this.book, l.s, this.target);
  }

  private groupOf(l: Label): string {
    return this.each ? (this.queues[l.root]?.group ?? '') : '';
  }
}
