/**
 * The person at hand in a run, what happens to them, and how it is counted. One object serves all persons, one after the other:
 * nothing is made while they run.
 */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import type { Behaviour, Parameters } from './behaviour.ts';
import { COUNT, type Counters, IRREGULAR, PERMIT, RETURNED, STABLE, UNKNOWN_LAW, VISITOR } from './counters.ts';
import { type Flat, flatOf } from './flat.ts';
import { KIND_PERMIT, kindOf } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { monthIndex } from './month.ts';
import { logUnit, threefry, unit } from './random.ts';
import type { RunPersons } from './run-persons.ts';
import type { LawTables } from './tables.ts';
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

export const FAR = 1 << 28;
export const NEVER: Day = 1 << 28;

/** Chance that an application is admitted under a quota, by route and year; 1 where there is none. */
export type Admission = Float64Array;

export class Walker {
  protected decisions = 0;
  protected readonly own: {
    readonly states: Float64Array;
    readonly moved: Float64Array;
    readonly russianWork: Float64Array;
  };
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
  protected readonly weights: Weights;
  protected readonly H: number;
  protected readonly months: number;
  protected readonly years: number;
  protected readonly start: Day;
  protected readonly monthOf: Int16Array;
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
    this.own = {
      states: new Float64Array(counters.states.length),
      moved: new Float64Array(counters.moved.length),
      russianWork: new Float64Array(counters.russianWork.length),
    };
    this.flat = flatOf(tables);
    this.weights = new Weights(tables.hosts, persons, behaviour, p);
    this.H = tables.hosts.length;
    this.start = tables.first;
    this.months = Math.min(counters.months, tables.months);
    this.years = Math.ceil(counters.months / 12) + 1;
    this.monthOf = new Int16Array(until - this.start + 2);
    for (let d = 0; d < this.monthOf.length; d++)
      this.monthOf[d] = Math.min(this.months - 1, monthIndex(this.start, this.start + d));
    this.hostOf = tables.hostOf;
    this.localOf = tables.localOf;
    this.kind = Uint8Array.from(tables.homes, kindOf);
    this.usualPermit = Int16Array.from(tables.hosts, (_, h) => {
      const own = tables.homes
        .map((x, r) => ({ x, r }))
        .filter(({ x, r }) => tables.hostOf[r] === h && x.stands === 'permit');
      return (own.find(({ x }) => x.stable) ?? own[0])?.r ?? -1;
    });
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

  /** Adds to every group of the person. While persons run the groups of a count lie side by side. */
  protected count(array: Float64Array, size: number, m: number, k: number, x: number): void {
    let at = (m * size + k) * this.counters.groups;
    for (let bits = this.groups; bits; bits >>>= 1, at++) if (bits & 1) array[at] = (array[at] as number) + x;
  }

  /** Puts what was counted into the counters. */
  close(): void {
    const { counters } = this;
    const { groups } = counters;
    counters.decisions[0] = (counters.decisions[0] as number) + this.decisions;
    for (const part of ['states', 'moved', 'russianWork'] as const) {
      const into = counters[part];
      const from = this.own[part];
      const cells = into.length / groups;
      for (let c = 0; c < cells; c++)
        for (let g = 0; g < groups; g++)
          into[g * cells + c] = (into[g * cells + c] as number) + (from[c * groups + g] as number);
    }
  }

  protected stock(place: number, m: number, x: number): void {
    const at = place * this.months + m;
    this.counters.stock[at] = (this.counters.stock[at] as number) + x;
  }

  /** Looks where the person is on every first of July up to a day, and counts them a year after. */
  protected survey(to: Day): void {
    const { julys } = this;
    while (this.july < julys.length && (julys[this.july] as number) <= to) {
      if (this.gone) {
        this.counted(this.place === this.julyPlace ? 0 : 1);
        this.julyPlace = this.state === RETURNED ? -1 : this.place;
      }
      this.july++;
    }
  }

  /** Counts a fate of whoever was abroad on the last first of July. */
  private counted(fate: number): void {
    if (this.julyPlace < 0) return;
    const at = (this.julyPlace * this.years + this.july - 1) * 3 + fate;
    this.counters.panel[at] = (this.counters.panel[at] as number) + this.w;
  }

  protected last(): void {
    const { final } = this.counters;
    let bits = this.groups;
    for (let g = 0; bits; g++, bits >>>= 1) {
      if (!(bits & 1)) continue;
      const at = (g * (this.H + 1) + this.place) * COUNT + this.state;
      final[at] = (final[at] as number) + this.w;
    }
  }

  protected enter(next: number, nextPlace: number): void {
    const m = this.month();
    const { w, place } = this;
    if (this.gone) {
      this.count(this.own.states, COUNT, m, this.state, -w);
      if (this.state !== RETURNED) this.stock(place, m, -w);
      if (nextPlace !== place && next !== RETURNED) {
        if (place < this.H) this.lastLeft[place] = this.t;
        if (!this.moved) {
          this.moved = true;
          this.count(this.own.moved, 1, m, 0, w);
        }
      }
    }
    this.gone = true;
    this.state = next;
    this.place = nextPlace;
    this.count(this.own.states, COUNT, m, next, w);
    if (next !== RETURNED) this.stock(nextPlace, m, w);
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
    this.byYear(this.counters.granted, r);
  }

  protected byYear(array: Float64Array, r: number): void {
    const at = r * this.years + Math.floor(this.month() / 12);
    array[at] = (array[at] as number) + this.w;
  }

  protected file(r: number, assumed = 0): void {
    const u = unit(this.random(OFFICE, this.month(), r & 4095));
    const usual = this.flat.monthly[this.flat.monthlyAt(r, this.month()) + 1] as number;
    this.pendingRoute = r;
    this.pendingAssumed = assumed;
    // Between two thirds of the stated time and well beyond it, the more so the greater the spread.
    this.pendingDay = this.t + Math.max(1, Math.round(usual * (0.67 + this.p.processingSpread * u * 0.9)));
    this.byYear(this.counters.filed, r);
  }

  protected visit(h: number): void {
    this.route = -1;
    this.enter(VISITOR, h);
    this.end = this.t + Math.max(1, this.tables.visitMonth(h, this.month()).visit) - 1;
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
    const { counters, w, persons, i } = this;
    if (this.moved) counters.returnedAfterMove[m] = (counters.returnedAfterMove[m] as number) + w;
    if (persons.works[i] === 1 && persons.russianEmployer[i] !== 1) this.count(this.own.russianWork, 1, m, 0, w);
    if (this.july < this.julys.length && (this.julys[this.july] as number) <= this.until) this.counted(2);
    this.julyPlace = -1;
    this.enter(RETURNED, this.place);
    this.end = NEVER;
  }
}
