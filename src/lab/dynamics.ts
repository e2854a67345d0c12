/**
 * The run: each person from the day they left to the horizon, event by event. A person chooses among what the tables say is
 * lawful (stay, ask for a status here, go elsewhere by a route or as a visitor), and return and irregular stay, which need no law.
 *
 * How options weigh stands in `weigh.ts`. Random numbers are keyed by person, kind of event and month, so a scenario meets the
 * same luck as the law it is held against; nothing depends on the order of persons. `test/lab/slow-run.ts` is the same run
 * written a second time, plainly, with everything asked of `moves` when it is needed: both give the same bytes.
 */
import type { Day } from '../rules/ir.ts';
import type { Behaviour, Parameters } from './behaviour.ts';
import { NO, YES } from './bits.ts';
import { COUNT, type Counters, IRREGULAR, PERMIT, RETURNED, STABLE, UNKNOWN_LAW, VISITOR } from './counters.ts';
import { type Flat, flatOf } from './flat.ts';
import { heldCount, heldKind, heldKinds, heldLocal, heldRenews } from './holders.ts';
import { KIND_PERMIT, KIND_PROTECTION, kindOf } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { monthIndex } from './month.ts';
import { homeBits, opens, VISIT_BIT, wayGrade, wayInside, wayLocal, wayOutside } from './patterns.ts';
import { logUnit, threefry, unit } from './random.ts';
import type { RunPersons } from './run-persons.ts';
import type { LawTables } from './tables.ts';
import { Weights } from './weigh.ts';

// Kinds of events, as keys of random numbers.
const THINK = 1;
const SHOCK = 2;
const NEST = 3;
const PICK = 4;
const GRANT = 5;
const OFFICE = 6;
const ARRIVE = 7;
const SELF = 8;
const RENEW = 9;

const FAR = 1 << 28;
const NEVER: Day = 1 << 28;

/** What a choice comes to. Its number is its place in the race: of two that arrive at once the first wins. */
const HERE = 0;
const ELSEWHERE = 1;
const RETURN = 2;
const STAY_ON = 3;

/** Options here that are no route. */
const AS_IS = -1;
const VISA_RUN = -2;

/** Chance that an application is admitted under a quota, by route and year; 1 where there is none. */
export type Admission = Float64Array;

/**
 * Runs all rows. `seed` and `draw` are the key of the random numbers; `until` the last day. Counters get what happened.
 */
export function runPersons(
  tables: LawTables,
  persons: RunPersons,
  behaviour: Behaviour,
  p: Parameters,
  seed: number,
  draw: number,
  until: Day,
  counters: Counters,
  admission?: Admission,
): void {
  const walk = new Walk(tables, persons, behaviour, p, seed, draw, until, counters, admission);
  for (let i = 0; i < persons.n; i++) if ((persons.leaves[i] as number) <= until) walk.person(i);
  walk.close();
}

/** One person after the other, from leaving to the horizon. */
class Walk {
  private decisions = 0;
  private readonly own: {
    readonly states: Float64Array;
    readonly moved: Float64Array;
    readonly russianWork: Float64Array;
  };
  private readonly persons: RunPersons;
  private readonly behaviour: Behaviour;
  private readonly p: Parameters;
  private readonly seed: number;
  private readonly draw: number;
  private readonly until: Day;
  private readonly counters: Counters;
  private readonly admission: Admission | undefined;
  private readonly tables: LawTables;
  private readonly laws: readonly HostLaw[];
  private readonly flat: Flat;
  private readonly weights: Weights;
  private readonly H: number;
  private readonly months: number;
  private readonly years: number;
  private readonly start: Day;
  private readonly monthOf: Int16Array;
  private readonly hostOf: Int16Array;
  private readonly localOf: Int16Array;
  /** Kind of home of each route. */
  private readonly kind: Uint8Array;
  /** The first permit of each country that leads on, else the first of all. */
  private readonly usualPermit: Int16Array;
  private readonly out = new Uint32Array(2);
  // Options of one decision.
  private readonly optionRoute = new Int16Array(128);
  private readonly optionWeight = new Float64Array(128);
  private options = 0;
  private readonly elseWeight: Float64Array;
  private readonly elseMask: Uint8Array;
  private homeElsewhere = false;
  // The person at hand.
  private i = 0;
  private id = 0;
  private w = 0;
  private groups = 0;
  private t: Day = 0;
  private place = 0;
  private state = UNKNOWN_LAW;
  private route = -1;
  private heldSince: Day = 0;
  private end: Day = NEVER;
  private pendingRoute = -1;
  private pendingDay: Day = NEVER;
  private refusedRoute = -1;
  private refusedDay: Day = -FAR;
  private moved = false;
  private gone = false;
  /** The route of a permit that the person is taken to have come with, though nothing known of them opens it. */
  private assumedRoute = -1;
  private readonly lastLeft: Int32Array;
  /** No sum over the countries elsewhere is greater than this for the person. */
  private most = 0;
  /** 1 where open questions of a country count as answered well for this person. */
  private readonly well: Uint8Array;

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
    this.elseWeight = new Float64Array(this.H);
    this.elseMask = new Uint8Array(this.H);
    this.lastLeft = new Int32Array(this.H);
    this.well = new Uint8Array(this.H);
  }

  /** From leaving to the horizon. */
  person(i: number): void {
    const { persons, behaviour, p, until } = this;
    const leave = persons.leaves[i] as number;
    this.i = i;
    this.id = persons.ids[i] as number;
    this.w = persons.weights[i] as number;
    this.groups = persons.groups[i] as number;
    this.place = persons.first[i] as number;
    this.t = leave;
    this.route = -1;
    this.heldSince = leave;
    this.end = NEVER;
    this.pendingRoute = -1;
    this.pendingDay = NEVER;
    this.refusedRoute = -1;
    this.refusedDay = -FAR;
    this.moved = false;
    this.gone = false;
    this.assumedRoute = -1;
    this.lastLeft.fill(-FAR);
    this.know(this.random(SELF, 0, 0), persons.english[i] === 1 ? this.H : 0);
    // The rhythm of reconsidering and of shocks is the person's own: no scenario changes it.
    let thinks = 0;
    let shocks = 0;
    let nextThink = this.t + behaviour.firstLook;
    let nextShock = this.t + this.wait(SHOCK, shocks, p.shock);
    this.arrive();
    if (persons.russianEmployer[i] === 1) this.count(this.own.russianWork, 1, this.month(), 0, this.w);
    let guard = 0;
    while (this.state !== RETURNED && guard++ < 400) {
      const settled = this.state === PERMIT || this.state === STABLE;
      // An application in the country lets one wait for the answer there.
      const waits = this.pendingRoute >= 0 && this.hostOf[this.pendingRoute] === this.place;
      const lead = settled ? behaviour.leadPermit : behaviour.leadVisit;
      const due = this.end >= NEVER || waits ? NEVER : Math.max(this.t + 1, this.end - lead);
      const next = Math.min(due, this.pendingDay, nextThink, nextShock);
      if (next > until) break;
      this.t = next;
      if (next === this.pendingDay) this.answered();
      else if (next === due) this.decide(true, false);
      else if (next === nextShock) {
        shocks++;
        nextShock = next + this.wait(SHOCK, shocks, p.shock);
        this.decide(false, true);
      } else {
        thinks++;
        nextThink = next + this.wait(THINK, thinks, p.reconsider);
        this.decide(false, false);
      }
    }
    this.last();
  }

  /** Which open questions are answered well, and what could be open elsewhere at the most, on any day and from any place. */
  private know(self: number, shift: number): void {
    const { H, well, weights, flat } = this;
    const { mask, pull } = weights;
    const { ever } = flat;
    const row = this.i * H;
    let most = 0;
    for (let h = 0; h < H; h++) {
      const is = selfWord(self, h) < weights.openBelow;
      well[h] = is ? 1 : 0;
      const four = ever[row + h] as number;
      most += (mask[is ? four >>> 8 : four & 255] as number) * (pull[shift + h] as number);
    }
    this.most = most;
  }

  private random(kind: number, a: number, b: number): number {
    threefry(this.seed, this.draw, this.id, ((kind << 27) | (a << 12) | b) >>> 0, this.out);
    return this.out[0] as number;
  }

  /** Days until the next event of a kind, exponential with a rate a year. */
  private wait(kind: number, ordinal: number, rate: number): number {
    return rate <= 0 ? FAR : Math.max(1, Math.round((-logUnit(this.random(kind, ordinal, 0)) / rate) * 365.25));
  }

  private month(): number {
    return this.monthOf[this.t - this.start] as number;
  }

  /** Adds to every group of the person. While persons run the groups of a count lie side by side. */
  private count(array: Float64Array, size: number, m: number, k: number, x: number): void {
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

  private stock(place: number, m: number, x: number): void {
    const at = place * this.months + m;
    this.counters.stock[at] = (this.counters.stock[at] as number) + x;
  }

  private last(): void {
    const { final } = this.counters;
    let bits = this.groups;
    for (let g = 0; bits; g++, bits >>>= 1) {
      if (!(bits & 1)) continue;
      const at = (g * (this.H + 1) + this.place) * COUNT + this.state;
      final[at] = (final[at] as number) + this.w;
    }
  }

  private enter(next: number, nextPlace: number): void {
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
  private grant(r: number): void {
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

  private byYear(array: Float64Array, r: number): void {
    const at = r * this.years + Math.floor(this.month() / 12);
    array[at] = (array[at] as number) + this.w;
  }

  private file(r: number): void {
    const u = unit(this.random(OFFICE, this.month(), r & 4095));
    const usual = this.flat.monthly[this.flat.monthlyAt(r, this.month()) + 1] as number;
    this.pendingRoute = r;
    // Between two thirds of the stated time and well beyond it, the more so the greater the spread.
    this.pendingDay = this.t + Math.max(1, Math.round(usual * (0.67 + this.p.processingSpread * u * 0.9)));
    this.byYear(this.counters.filed, r);
  }

  private visit(h: number): void {
    this.route = -1;
    this.enter(VISITOR, h);
    this.end = this.t + Math.max(1, this.tables.visitMonth(h, this.month()).visit) - 1;
  }

  private irregular(): void {
    if (this.state !== IRREGULAR) this.enter(IRREGULAR, this.place);
    this.route = -1;
    this.end = this.t + 180;
  }

  private arrive(): void {
    const { place, H, weights } = this;
    if (place === H) {
      this.enter(UNKNOWN_LAW, H);
      return;
    }
    const law = this.laws[place] as HostLaw;
    const pattern = this.patternAt(place);
    if (law.patterns.enter[pattern] !== NO && this.tables.visitMonth(place, this.month()).visit > 0) {
      this.visit(place);
      return;
    }
    let came = -1;
    const { ways, wayStart } = law.patterns;
    for (let k = wayStart[pattern] as number; k < (wayStart[pattern + 1] as number); k++) {
      const way = ways[k] as number;
      const bits = wayOutside(way);
      const grade = wayGrade(way);
      if (bits === NO || grade >> 1 === KIND_PROTECTION) continue;
      const r = law.routes[wayLocal(way)] as number;
      const better = came < 0 || weights.worth(this.kind[r] as number) > weights.worth(this.kind[came] as number);
      if (came < 0 || (bits === YES && better)) came = r;
    }
    // Where none of the routes fits what the population knows of them, they came on papers that it does not have (a place to
    // study, a family, a contract): a permit of the country all the same, renewed as if its conditions were met.
    const unknownPapers = came < 0;
    if (unknownPapers) {
      came = this.usualPermit[place] as number;
      if (came >= 0 && !this.tables.routeMonth(came, this.month()).live) came = -1;
    }
    if (came >= 0 && unit(this.random(ARRIVE, 0, 0)) < this.p.arrivesWithPermit) {
      this.grant(came);
      this.assumedRoute = unknownPapers ? came : -1;
    } else {
      this.enter(VISITOR, place);
      this.end = this.t + 89;
    }
  }

  private patternAt(h: number): number {
    return this.pattern(h, this.month());
  }

  private pattern(h: number, m: number): number {
    const { begins, courses, dayOf, base } = this.flat;
    const at = (begins[this.i * this.H + h] as number) + (dayOf[m * this.H + h] as number);
    return (courses[at] as number) - (base[h] as number);
  }

  private answered(): void {
    const r = this.pendingRoute;
    this.pendingRoute = -1;
    this.pendingDay = NEVER;
    const m = this.month();
    const { monthly } = this.flat;
    const at = this.flat.monthlyAt(r, m);
    const practice = monthly[at + 2] as number;
    const chance =
      practice >= 0
        ? practice
        : this.kind[r] === KIND_PROTECTION
          ? this.p.grantProtection
          : monthly[at + 3] === 1
            ? this.p.grantRight
            : this.p.grantDiscretion;
    const admitted = this.admission ? (this.admission[r * this.years + Math.floor(m / 12)] as number) : 1;
    if (unit(this.random(GRANT, m, r & 4095)) < chance * admitted) this.grant(r);
    else {
      this.refused(r);
      if (this.end < this.t) {
        this.enter(IRREGULAR, this.place);
        this.route = -1;
        this.end = this.t + 180;
      }
    }
  }

  private refused(r: number): void {
    this.refusedRoute = r;
    this.refusedDay = this.t;
  }

  /** One decision: the nests race; only where a sum over the countries elsewhere could matter is it taken. */
  private decide(forced: boolean, shocked: boolean): void {
    this.decisions++;
    const { weights, persons, i, place, out, state } = this;
    const m = this.month();
    const waiting = this.pendingRoute >= 0;
    const refused = this.t - this.refusedDay < 365 ? this.refusedRoute : -1;
    this.options = 0;
    const home =
      state === PERMIT || state === STABLE
        ? this.optionsOfHolder(m, forced, waiting, refused)
        : this.optionsOfVisitor(m, waiting, refused);
    if (!forced) this.option(AS_IS, this.worthNow());
    else if (state === VISITOR && place < this.H) {
      const v = this.tables.visitMonth(place, m);
      const enter = (this.laws[place] as HostLaw).patterns.enter[this.patternAt(place)] as number;
      if (v.gap <= 3 && v.visit > 0 && enter !== NO) this.option(VISA_RUN, weights.visaRun);
    }
    let sumHere = 0;
    for (let k = 0; k < this.options; k++) sumHere += this.optionWeight[k] as number;
    const purse = weights.purse[i] as number;
    this.random(NEST, m, 0);
    const wordReturn = out[1] as number;
    const timeHere = sumHere > 0 ? -logUnit(out[0] as number) / ((weights.stay[place] as number) * sumHere) : Infinity;
    this.random(NEST, m, 1);
    const wordElse = out[0] as number;
    // A time that cannot be the first is not worked out.
    const rateOn = forced && state !== UNKNOWN_LAW ? (weights.irregular[place] as number) : 0;
    const timeOn = later(out[1] as number, rateOn, timeHere) ? Infinity : -logUnit(out[1] as number) / rateOn;
    const best = Math.min(timeHere, timeOn);
    const bits = (shocked ? 1 : 0) | (persons.liable[i] === 1 ? 4 : 0) | (persons.exposed[i] === 1 ? 8 : 0);
    const plain = weights.back[bits] as number;
    const anyway = home || state === STABLE;
    const most = anyway ? plain : Math.max(plain, weights.back[bits | 2] as number);
    let nest = timeHere <= timeOn ? HERE : STAY_ON;
    const laterReturn = later(wordReturn, most, best);
    const laterElse = later(wordElse, purse * this.most, best);
    if (!laterReturn || !laterElse) {
      // Whether there is a home elsewhere matters to return only where there is none here.
      const asked = !laterElse || !anyway;
      const sumElse = asked ? this.elsewhere(m, persons.english[i] === 1 ? 1 : 0, waiting, refused) : 0;
      const timeElse = sumElse > 0 ? -logUnit(wordElse) / (purse * sumElse) : Infinity;
      const noHome = !anyway && !this.homeElsewhere;
      const timeReturn = -logUnit(wordReturn) / (noHome ? (weights.back[bits | 2] as number) : plain);
      nest = HERE;
      let first = timeHere;
      if (timeElse < first) {
        first = timeElse;
        nest = ELSEWHERE;
      }
      if (timeReturn < first) {
        first = timeReturn;
        nest = RETURN;
      }
      if (timeOn < first) nest = STAY_ON;
    }
    if (nest === HERE) this.chooseHere(m, forced);
    else if (nest === ELSEWHERE) this.chooseElsewhere(m, refused, waiting);
    else if (nest === RETURN) this.goBack(m);
    else this.irregular();
  }

  /** What going on as one is weighs against the other options here. */
  private worthNow(): number {
    if (this.route >= 0) return this.weights.kindWeight[this.kind[this.route] as number] as number;
    return this.state === UNKNOWN_LAW ? (this.weights.kindWeight[KIND_PERMIT] as number) : 1;
  }

  private option(r: number, weight: number): void {
    this.optionRoute[this.options] = r;
    this.optionWeight[this.options] = weight;
    this.options++;
  }

  /** Routes that a visitor (or somebody over their time) may ask for where they are; says whether there are any. */
  private optionsOfVisitor(m: number, waiting: boolean, refused: number): boolean {
    const { place, weights } = this;
    if (place === this.H) return false;
    const law = this.laws[place] as HostLaw;
    const well = this.well[place] === 1;
    const over = this.state === IRREGULAR;
    let home = false;
    const pattern = this.pattern(place, m);
    const { ways, wayStart } = law.patterns;
    for (let k = wayStart[pattern] as number; k < (wayStart[pattern + 1] as number); k++) {
      const way = ways[k] as number;
      if (!opens(wayInside(way), well)) continue;
      const grade = wayGrade(way);
      // Whoever is over their time has no status to ask from; protection may be asked for all the same.
      if (over && grade >> 1 !== KIND_PROTECTION) continue;
      const r = law.routes[wayLocal(way)] as number;
      if (r === refused) continue;
      home = true;
      if (!waiting) this.option(r, weights.grade[grade] as number);
    }
    return home;
  }

  /** Routes that the holder of a status may ask for; says whether there are any. */
  private optionsOfHolder(m: number, forced: boolean, waiting: boolean, refused: number): boolean {
    const { place, route, weights } = this;
    if (route < 0 || waiting || place === this.H) return false;
    const law = this.laws[place] as HostLaw;
    const own = this.localOf[route] as number;
    const years = Math.max(1, Math.floor((this.t - this.heldSince) / 365.25));
    const well = this.well[place] === 1;
    const ownKind = this.kind[route] as number;
    let home = false;
    const { holders } = law;
    const pattern = this.pattern(place, m);
    const start = holders.of(own, years, this.flat.dayOf[m * this.H + place] as number);
    const head = holders.pool[start] as number;
    // Without being made to, people file for what is better only: mostly there is nothing of the kind.
    const better = weights.better[ownKind] as number;
    if (!forced && (heldKinds(head) & better) === 0) return false;
    const end = start + heldCount(head);
    for (let at = start + 1; at <= end; at++) {
      const way = holders.pool[at] as number;
      const renewal = heldRenews(way);
      if (renewal && !forced) continue;
      // What is no better than what one holds is no reason to file.
      const kindHere = heldKind(way);
      const asGood = forced && (kindHere === KIND_PERMIT) === (ownKind === KIND_PERMIT);
      if (!renewal && !asGood && (better & (1 << kindHere)) === 0) continue;
      const r = law.routes[heldLocal(way)] as number;
      if (r === refused) continue;
      const assumed = renewal && route === this.assumedRoute && this.tables.routeMonth(r, m).live;
      if (!assumed && !opens(holders.bits(at, pattern, this.i), well)) continue;
      home = true;
      this.option(r, weights.grade[(kindHere << 1) | (renewal ? 1 : 0)] as number);
    }
    return home;
  }

  /** Sum of the weights of the countries elsewhere, left country by country in `elseWeight`; and whether one has a home. */
  private elsewhere(m: number, english: number, waiting: boolean, refused: number): number {
    const { H, place, t, lastLeft, well, elseWeight, elseMask, flat } = this;
    const { dayOf, files, gaps, begins, courses } = flat;
    const { mask, pull } = this.weights;
    const from = (this.state === PERMIT || this.state === STABLE ? H + 1 : 0) + place;
    const base = m * H;
    const row = (m * 2 * (H + 1) + from) * H;
    const person = this.i * H;
    const shift = english * H;
    const refusedHost = refused < 0 ? -1 : (this.hostOf[refused] as number);
    let sum = 0;
    let homes = 0;
    for (let h = 0; h < H; h++) {
      if (h === place) {
        elseWeight[h] = 0;
        continue;
      }
      const at = base + h;
      const pattern = courses[(begins[person + h] as number) + (dayOf[at] as number)] as number;
      const filed = files[row + h] as number;
      let four = h === refusedHost ? this.withoutRefused(h, pattern, filed, refused) : flat.mask(pattern, filed);
      if (t < (lastLeft[h] as number) + (gaps[at] as number)) four >>>= 16;
      const one = (well[h] === 1 ? four >>> 8 : four) & 255;
      homes |= one;
      const weight = (mask[waiting ? one & VISIT_BIT : one] as number) * (pull[shift + h] as number);
      elseMask[h] = one;
      elseWeight[h] = weight;
      sum += weight;
    }
    this.homeElsewhere = homeBits(homes) !== 0;
    return sum;
  }

  private withoutRefused(h: number, pattern: number, files: number, refused: number): number {
    const { patterns } = this.laws[h] as HostLaw;
    const own = pattern - (this.flat.base[h] as number);
    return patterns.maskOf(own, patterns.files[files] as Uint8Array, this.localOf[refused] as number);
  }

  /** The word of an option of a nest, by its name. */
  private word(m: number, name: number): number {
    this.random(PICK, m, name >> 1);
    return this.out[name & 1] as number;
  }

  private chooseHere(m: number, forced: boolean): void {
    let pick = 0;
    if (this.options > 1) {
      let first = Infinity;
      for (let k = 0; k < this.options; k++) {
        const word = this.word(m, 64 + (this.optionRoute[k] as number));
        const weight = this.optionWeight[k] as number;
        if (later(word, weight, first)) continue;
        const time = -logUnit(word) / weight;
        if (time < first) {
          first = time;
          pick = k;
        }
      }
    }
    const r = this.optionRoute[pick] as number;
    if (r === VISA_RUN) this.visit(this.place);
    if (r < 0) return;
    const holds = this.state === PERMIT || this.state === STABLE;
    const law = this.laws[this.place] as HostLaw;
    const renews =
      holds && this.route >= 0 && law.holders.renews(this.localOf[r] as number, this.localOf[this.route] as number);
    if (!renews) this.file(r);
    // An office that is asked in time lets one stay until it answers; the answer is drawn here.
    else if (unit(this.random(RENEW, m, 0)) < this.p.renewal) this.grant(r);
    else if (forced) {
      this.refused(r);
      this.end = Math.min(this.end, this.t + 30);
    }
  }

  /** The country first, then what opens it best: filed from here, or by going there as a visitor. */
  private chooseElsewhere(m: number, refused: number, waiting: boolean): void {
    const { elseWeight, H } = this;
    let target = -1;
    let first = Infinity;
    for (let h = 0; h < H; h++) {
      const weight = elseWeight[h] as number;
      if (weight === 0) continue;
      const word = this.word(m, 2048 + h);
      if (later(word, weight, first)) continue;
      const time = -logUnit(word) / weight;
      if (time < first) {
        first = time;
        target = h;
      }
    }
    const mask = this.elseMask[target] as number;
    const grade = waiting ? -1 : (this.weights.bestOf[mask] as number);
    if (grade < 0) {
      this.visit(target);
      return;
    }
    const law = this.laws[target] as HostLaw;
    const pattern = this.pattern(target, m);
    const from = (this.state === PERMIT || this.state === STABLE ? H + 1 : 0) + this.place;
    const filed = this.flat.files[(m * 2 * (H + 1) + from) * H + target] as number;
    const files = law.patterns.files[filed] as Uint8Array;
    const well = this.well[target] === 1;
    const { ways, wayStart } = law.patterns;
    for (let k = wayStart[pattern] as number; k < (wayStart[pattern + 1] as number); k++) {
      const way = ways[k] as number;
      const local = wayLocal(way);
      const r = law.routes[local] as number;
      if (wayGrade(way) !== grade || r === refused) continue;
      const afar = opens(wayOutside(way) & (files[local] as number), well);
      if (!afar && !((mask & VISIT_BIT) !== 0 && opens(wayInside(way), well))) continue;
      if (!afar) this.visit(target);
      this.file(r);
      return;
    }
  }

  private goBack(m: number): void {
    const { counters, w, persons, i } = this;
    if (this.moved) counters.returnedAfterMove[m] = (counters.returnedAfterMove[m] as number) + w;
    if (persons.works[i] === 1 && persons.russianEmployer[i] !== 1) this.count(this.own.russianWork, 1, m, 0, w);
    this.enter(RETURNED, this.place);
    this.end = NEVER;
  }
}

/**
 * Whether the time that a word gives at a rate is surely later than another: −ln u is at least 2(1 − u)/(1 + u). Where it is not
 * sure, the time is worked out.
 */
function later(word: number, rate: number, than: number): boolean {
  const u = unit(word);
  return 2 * (1 - u) > than * rate * (1 + u) * (1 + 1e-9);
}

/** A word of a person for a country: the same whatever happens. */
export const selfWord = (self: number, h: number): number =>
  Math.imul(self ^ Math.imul(h + 7, 0x27d4eb2f), 0x85ebca6b) >>> 0;
