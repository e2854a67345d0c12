/**
 * The person at hand in a run, what happens to them, and how it is counted. One object serves all persons, one after the other:
 * nothing is made while they run.
 */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import type { Behaviour, Parameters } from './behaviour.ts';
import { COUNT, type Counters, IRREGULAR, PERMIT, RETURNED, STABLE, UNKNOWN_LAW, VISITOR } from './counters.ts';
import { type Flat, flatOf } from './flat.ts';
import { KIND_PERMIT } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { logUnit, threefry, unit } from './random.ts';
import type { RunPersons } from './run-persons.ts';
import type { LawTables } from './tables.ts';
import { SAVED, type Watch } from './watch.ts';
import { Weights } from './weigh.ts';

// Kinds of events, as keys of random numbers.
export const THINK = 1;
export const SHOCK = 2;
export const NEST = 3;
export const PICK = 4;
export const GRANT = 5;
const OFFICE = 6;
export const ARRIVE = 7;
export const SELF = 8;
export const RENEW = 9;

// Events of a person, as they are saved where ways part. Those from the third on are decisions.
export const LEAVES = 0;
export const ANSWERED = 1;
export const DUE = 2;
export const SHOCKED = 3;
export const THINKS = 4;

// Parts of what is counted; up to the fourth by group.
const STATE = 0;
const MOVED = 1;
export const RUSSIAN_WORK = 2;
const FINAL = 3;
const GROUPED = FINAL;
const STOCK = 4;
const GRANTED = 5;
const FILED = 6;
const AFTER_MOVE = 7;
const PANEL = 8;

export const FAR = 1 << 28;
export const NEVER: Day = 1 << 28;

/** Chance that an application is admitted under a quota, by route and year; 1 where there is none. */
export type Admission = Float64Array;

type Own = {
  readonly states: Float64Array;
  readonly moved: Float64Array;
  readonly russianWork: Float64Array;
  readonly final: Float64Array;
};
const owns = new WeakMap<LawTables, Own>();
/** Arrays for what is counted by group while persons run, empty; one walker of some tables is at work at a time. */
function ownOf(t: LawTables, c: Counters): Own {
  const have = owns.get(t);
  if (have && have.states.length === c.states.length && have.final.length === c.final.length) {
    for (const array of Object.values(have)) array.fill(0);
    return have;
  }
  const made = {
    states: new Float64Array(c.states.length),
    moved: new Float64Array(c.moved.length),
    russianWork: new Float64Array(c.russianWork.length),
    final: new Float64Array(c.final.length),
  };
  owns.set(t, made);
  return made;
}

export class Walker {
  protected decisions = 0;
  private readonly own: Own;
  private readonly parts: readonly Float64Array[];
  /** What was counted of the person at hand: part, place and sign, one after the other. */
  protected noted: Int32Array;
  protected notes = 0;
  protected notesKept = 0;
  protected noting = false;
  protected readonly persons: RunPersons;
  protected readonly behaviour: Behaviour;
  protected readonly p: Parameters;
  protected readonly seed: number;
  protected readonly draw: number;
  protected readonly until: Day;
  protected readonly counters: Counters;
  protected readonly admission: Admission | undefined;
  protected readonly tables: LawTables;
  protected readonly laws: readonly HostLaw[];
  protected readonly flat: Flat;
  readonly weights: Weights;
  protected readonly H: number;
  protected readonly months: number;
  protected readonly years: number;
  protected readonly start: Day;
  readonly monthOf: Int16Array;
  protected readonly hostOf: Int16Array;
  protected readonly localOf: Int16Array;
  /** Kind of home of each route. */
  protected readonly kind: Uint8Array;
  /** The first permit of each country that leads on, else the first of all. */
  protected readonly usualPermit: Int16Array;
  protected readonly out = new Uint32Array(2);
  // The person at hand.
  protected i = 0;
  protected id = 0;
  protected w = 0;
  protected groups = 0;
  protected t: Day = 0;
  protected place = 0;
  protected state = UNKNOWN_LAW;
  protected route = -1;
  protected heldSince: Day = 0;
  protected end: Day = NEVER;
  protected pendingRoute = -1;
  protected pendingDay: Day = NEVER;
  /** 1 where the application rests on papers that the population does not have. */
  protected pendingAssumed = 0;
  protected refusedRoute = -1;
  protected refusedDay: Day = -FAR;
  protected moved = false;
  protected gone = false;
  /** The route of a permit that the person is taken to have come with, though nothing known of them opens it. */
  protected assumedRoute = -1;
  protected readonly lastLeft: Int32Array;
  /** First of Julys from the start on. */
  private readonly julys: Int32Array;
  /** Events so far, and the next ones. */
  protected thinks = 0;
  protected shocks = 0;
  protected nextThink: Day = 0;
  protected nextShock: Day = 0;
  protected guard = 0;
  /** Laws under which the person may go another way, and how many still go along. */
  protected watches: readonly Watch[] = [];
  protected watching = 0;
  /** What happens to the person now: an event as `Walk` numbers them. */
  protected event = 0;
  protected july = 0;
  protected julyPlace = -1;

  constructor(
    tables: LawTables,
    persons: RunPersons,
    behaviour: Behaviour,
    p: Parameters,
    seed: number,
    draw: number,
    until: Day,
    counters: Counters,
    admission: Admission | undefined,
    /** A walker of the same persons, parameters and days, of which to take over what does not hang on the law. */
    like?: Walker,
  ) {
    this.tables = tables;
    this.persons = persons;
    this.behaviour = behaviour;
    this.p = p;
    this.seed = seed;
    this.draw = draw;
    this.until = until;
    this.counters = counters;
    this.admission = admission;
    this.laws = tables.laws;
    this.own = ownOf(tables, counters);
    const { stock, granted, filed, returnedAfterMove, panel } = counters;
    const { states, moved, russianWork, final } = this.own;
    this.parts = [states, moved, russianWork, final, stock, granted, filed, returnedAfterMove, panel];
    this.flat = flatOf(tables);
    this.weights = like?.weights ?? new Weights(tables.hosts, persons, behaviour, p);
    this.H = tables.hosts.length;
    this.start = tables.first;
    this.months = Math.min(counters.months, tables.months);
    this.years = Math.ceil(counters.months / 12) + 1;
    this.monthOf = this.flat.monthOf(this.start, until, this.months);
    this.noted = like?.noted ?? new Int32Array(0);
    this.hostOf = tables.hostOf;
    this.localOf = tables.localOf;
    this.kind = this.flat.kind;
    this.usualPermit = this.flat.usualPermit;
    this.lastLeft = new Int32Array(this.H);
    const { y } = toYmd(this.start);
    this.julys = Int32Array.from({ length: this.years }, (_, k) => fromYmd(y + k, 7, 1));
  }

  protected random(kind: number, a: number, b: number): number {
    threefry(this.seed, this.draw, this.id, ((kind << 27) | (a << 12) | b) >>> 0, this.out);
    return this.out[0] as number;
  }

  /** Days until the next event of a kind, exponential with a rate a year. */
  protected wait(kind: number, ordinal: number, rate: number): number {
    return rate <= 0 ? FAR : Math.max(1, Math.round((-logUnit(this.random(kind, ordinal, 0)) / rate) * 365.25));
  }

  protected month(): number {
    return this.monthOf[this.t - this.start] as number;
  }

  /** Counts the person in a part at a place, or (with −1) no longer; noted, if ways may part. */
  protected count(part: number, at: number, sign: number): void {
    this.add(part, at, sign * this.w);
    if (!this.noting) return;
    if (this.notes + 3 > this.noted.length) this.noteMore();
    const { noted } = this;
    noted[this.notes++] = part;
    noted[this.notes++] = at;
    noted[this.notes++] = sign;
  }

  /** While persons run the groups of a count lie side by side. */
  private add(part: number, at: number, x: number): void {
    const array = this.parts[part] as Float64Array;
    if (part > GROUPED) {
      array[at] = (array[at] as number) + x;
      return;
    }
    // From the highest group down: most people are in a few of many.
    const top = at * this.counters.groups + 31;
    for (let bits = this.groups; bits !== 0; ) {
      const zeros = Math.clz32(bits);
      const k = top - zeros;
      array[k] = (array[k] as number) + x;
      bits ^= 0x80000000 >>> zeros;
    }
  }

  private noteMore(): void {
    const wider = new Int32Array(Math.max(1 << 14, this.noted.length * 2));
    wider.set(this.noted);
    this.noted = wider;
  }

  /** Keeps the ways that parted of the person at hand; notes of others are not kept. */
  keepWays(): void {
    const { watches } = this;
    for (let k = 0; k < watches.length; k++) {
      const w = watches[k] as Watch;
      if (!w.together) w.keep(this.i, this.notes, this.decisions);
    }
    this.notesKept = this.notes;
  }

  /** Takes back what another walker counted of the person at hand, from a note on. */
  protected takeBack(other: Walker, from: number, to: number): void {
    const { noted } = other;
    for (let k = from; k < to; k += 3)
      this.add(noted[k] as number, noted[k + 1] as number, -(noted[k + 2] as number) * this.w);
  }

  /** Watches laws under which persons may go another way. */
  watch(watches: readonly Watch[]): void {
    this.watches = watches;
  }

  /** Whether the ways of the last person parted under some law. */
  get parted(): boolean {
    return this.watching < this.watches.length;
  }

  /** The person as they are before the event at hand. */
  protected save(to: Int32Array): void {
    const { lastLeft } = this;
    const state = [
      this.event,
      this.t,
      this.place,
      this.state,
      this.route,
      this.heldSince,
      this.end,
      this.pendingRoute,
      this.pendingDay,
      this.pendingAssumed,
      this.refusedRoute,
      this.refusedDay,
      this.moved ? 1 : 0,
      this.gone ? 1 : 0,
      this.assumedRoute,
      this.july,
      this.julyPlace,
      this.thinks,
      this.shocks,
      this.nextThink,
      this.nextShock,
      this.guard,
    ];
    to.set(state);
    to.set(lastLeft, SAVED);
  }

  protected load(from: Int32Array, at: number): void {
    let k = at;
    const next = (): number => from[k++] as number;
    this.event = next();
    this.t = next();
    this.place = next();
    this.state = next();
    this.route = next();
    this.heldSince = next();
    this.end = next();
    this.pendingRoute = next();
    this.pendingDay = next();
    this.pendingAssumed = next();
    this.refusedRoute = next();
    this.refusedDay = next();
    this.moved = next() === 1;
    this.gone = next() === 1;
    this.assumedRoute = next();
    this.july = next();
    this.julyPlace = next();
    this.thinks = next();
    this.shocks = next();
    this.nextThink = next();
    this.nextShock = next();
    this.guard = next();
    const left = at + SAVED;
    for (let h = 0; h < this.H; h++) this.lastLeft[h] = from[left + h] as number;
  }

  /** Where a law is another for whoever is at a country, or goes there, the ways part. */
  protected look(h: number, m: number): void {
    const { watches } = this;
    for (let k = 0; k < watches.length; k++) {
      const w = watches[k] as Watch;
      if (w.together && w.at(this.i, h, m)) this.part(w);
    }
  }

  protected part(w: Watch): void {
    w.together = false;
    w.note = this.notes;
    w.decisions = this.decisions - (this.event >= DUE ? 1 : 0);
    this.watching--;
    this.save(w.saved);
  }

  /** Puts what was counted into the counters. */
  close(): void {
    const { counters } = this;
    const { groups } = counters;
    counters.decisions[0] = (counters.decisions[0] as number) + this.decisions;
    for (const part of ['states', 'moved', 'russianWork', 'final'] as const) {
      const into = counters[part];
      const from = this.own[part];
      const cells = into.length / groups;
      for (let c = 0; c < cells; c++)
        for (let g = 0; g < groups; g++)
          into[g * cells + c] = (into[g * cells + c] as number) + (from[c * groups + g] as number);
    }
  }

  /** Nobody is looked for before they left. */
  protected fromJuly(leave: Day): void {
    this.july = 0;
    while (this.july < this.julys.length && (this.julys[this.july] as number) <= leave) this.july++;
    this.julyPlace = -1;
  }

  /** Looks where the person is on every first of July up to a day, and counts them a year after. */
  protected survey(to: Day): void {
    const { julys } = this;
    while (this.july < julys.length && (julys[this.july] as number) <= to) {
      this.counted(this.place === this.julyPlace ? 0 : 1);
      this.julyPlace = this.state === RETURNED ? -1 : this.place;
      this.july++;
    }
  }

  /** Counts a fate of whoever was abroad on the last first of July. */
  private counted(fate: number): void {
    if (this.julyPlace < 0) return;
    this.count(PANEL, (this.julyPlace * this.years + this.july - 1) * 3 + fate, 1);
  }

  protected last(): void {
    this.count(FINAL, this.place * COUNT + this.state, 1);
  }

  protected enter(next: number, nextPlace: number): void {
    const m = this.month();
    const { place } = this;
    if (this.gone) {
      this.count(STATE, m * COUNT + this.state, -1);
      if (this.state !== RETURNED) this.count(STOCK, place * this.months + m, -1);
      if (nextPlace !== place && next !== RETURNED) {
        if (place < this.H) this.lastLeft[place] = this.t;
        if (!this.moved) {
          this.moved = true;
          this.count(MOVED, m, 1);
        }
      }
    }
    this.gone = true;
    this.state = next;
    this.place = nextPlace;
    this.count(STATE, m * COUNT + next, 1);
    if (next !== RETURNED) this.count(STOCK, nextPlace * this.months + m, 1);
  }

  /** Grants a route: the person is in its country from then on. */
  protected grant(r: number): void {
    const valid = this.flat.monthly[this.flat.monthlyAt(r, this.month())] as number;
    const h = this.hostOf[r] as number;
    const fresh = h !== this.place || this.route !== r;
    const next = this.kind[r] === KIND_PERMIT ? PERMIT : STABLE;
    if (this.state !== next || h !== this.place || !this.gone) this.enter(next, h);
    if (fresh && (this.route < 0 || this.hostOf[this.route] !== h)) this.heldSince = this.t;
    this.route = r;
    this.end = valid === 0 ? NEVER : this.t + valid;
    this.byYear(GRANTED, r);
  }

  protected byYear(part: number, r: number): void {
    this.count(part, r * this.years + Math.floor(this.month() / 12), 1);
  }

  protected file(r: number, assumed = 0): void {
    const u = unit(this.random(OFFICE, this.month(), r & 4095));
    const usual = this.flat.monthly[this.flat.monthlyAt(r, this.month()) + 1] as number;
    this.pendingRoute = r;
    this.pendingAssumed = assumed;
    // Between two thirds of the stated time and well beyond it, the more so the greater the spread.
    this.pendingDay = this.t + Math.max(1, Math.round(usual * (0.67 + this.p.processingSpread * u * 0.9)));
    this.byYear(FILED, r);
  }

  protected visit(h: number): void {
    this.route = -1;
    this.enter(VISITOR, h);
    const m = this.month();
    const { visit, shared } = this.tables.visitMonth(h, m);
    this.end = this.t + Math.max(1, visit) - 1;
    const law = this.laws[h] as HostLaw;
    this.end = Math.min(this.end, Math.max(this.t, law.boundOf(this.i, law.dayOf[m] as number)));
    // Days in one country of an area are days in all of it: the others are no new visit.
    if (shared === undefined) return;
    for (let x = 0; x < this.H; x++)
      if (x !== h && this.tables.visitMonth(x, m).shared === shared)
        this.lastLeft[x] = Math.max(this.lastLeft[x] as number, this.end);
  }

  protected irregular(): void {
    if (this.state !== IRREGULAR) this.enter(IRREGULAR, this.place);
    this.route = -1;
    this.end = this.t + 180;
  }

  protected refused(r: number): void {
    this.refusedRoute = r;
    this.refusedDay = this.t;
  }

  protected goBack(m: number): void {
    const { persons, i } = this;
    if (this.moved) this.count(AFTER_MOVE, m, 1);
    if (persons.works[i] === 1 && persons.russianEmployer[i] !== 1) this.count(RUSSIAN_WORK, m, 1);
    if (this.july < this.julys.length && (this.julys[this.july] as number) <= this.until) this.counted(2);
    this.julyPlace = -1;
    this.enter(RETURNED, this.place);
    this.end = NEVER;
  }
}
