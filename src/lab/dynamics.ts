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
import { type Counters, IRREGULAR, PERMIT, RETURNED, STABLE, UNKNOWN_LAW, VISITOR } from './counters.ts';
import { KIND_PROTECTION } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { Options } from './options.ts';
import { opens, VISIT_BIT, wayGrade, wayInside, wayLocal, wayOutside } from './patterns.ts';
import { logUnit, unit } from './random.ts';
import type { RunPersons } from './run-persons.ts';
import type { LawTables } from './tables.ts';
import type { Admission } from './walker.ts';
import {
  ANSWERED,
  ARRIVE,
  DUE,
  FAR,
  GRANT,
  LEAVES,
  NEST,
  NEVER,
  PICK,
  RENEW,
  RUSSIAN_WORK,
  SELF,
  SHOCK,
  SHOCKED,
  THINK,
  THINKS,
} from './walker.ts';

export type { Admission } from './walker.ts';

/** What a choice comes to. Its number is its place in the race: of two that arrive at once the first wins. */
const HERE = 0;
const ELSEWHERE = 1;
const RETURN = 2;
const STAY_ON = 3;

/** Options here that are no route. */
const AS_IS = -1;
const VISA_RUN = -2;

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
export class Walk extends Options {
  /** 1 where people come to ask for protection at the border. */
  private readonly borders = Uint8Array.from(this.tables.hosts, (h) => (this.behaviour.askedAtBorder.has(h) ? 1 : 0));

  /** From leaving to the horizon. */
  person(i: number): void {
    const { persons, behaviour, p } = this;
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
    this.pendingAssumed = 0;
    this.refusedRoute = -1;
    this.refusedDay = -FAR;
    this.moved = false;
    this.gone = false;
    this.assumedRoute = -1;
    this.fromJuly(leave);
    this.lastLeft.fill(-FAR);
    this.know(this.random(SELF, 0, 0), persons.english[i] === 1 ? this.H : 0);
    // The rhythm of reconsidering and of shocks is the person's own: no scenario changes it.
    this.thinks = 0;
    this.shocks = 0;
    this.guard = 0;
    this.nextThink = this.t + behaviour.firstLook;
    this.nextShock = this.t + this.wait(SHOCK, 0, p.shock);
    for (const w of this.watches) w.together = true;
    this.watching = this.watches.length;
    this.noting = this.watching > 0;
    this.notes = this.notesKept;
    this.event = LEAVES;
    this.happen();
    this.go();
  }

  /** Goes on with somebody from where their ways parted under the law of another walker, taking back what that one counted since. */
  resume(ways: Int32Array, at: number, other: Walk): void {
    const { persons } = this;
    const i = ways[at] as number;
    this.i = i;
    this.id = persons.ids[i] as number;
    this.w = persons.weights[i] as number;
    this.groups = persons.groups[i] as number;
    this.takeBack(other, ways[at + 1] as number, ways[at + 2] as number);
    this.decisions -= ways[at + 3] as number;
    this.load(ways, at + 4);
    this.know(this.random(SELF, 0, 0), persons.english[i] === 1 ? this.H : 0);
    this.happen();
    this.go();
  }

  /** One event after the other, to the horizon. */
  private go(): void {
    const { behaviour, until, p } = this;
    while (this.state !== RETURNED && this.guard++ < 400) {
      const settled = this.state === PERMIT || this.state === STABLE;
      // An application in the country lets one wait for the answer there.
      const waits = this.pendingRoute >= 0 && this.hostOf[this.pendingRoute] === this.place;
      const lead = settled ? behaviour.leadPermit : behaviour.leadVisit;
      const due = this.end >= NEVER || waits ? NEVER : Math.max(this.t + 1, this.end - lead);
      const next = Math.min(due, this.pendingDay, this.nextThink, this.nextShock);
      if (next > until) break;
      this.survey(next);
      this.t = next;
      if (next === this.pendingDay) this.event = ANSWERED;
      else if (next === due) this.event = DUE;
      else if (next === this.nextShock) {
        this.shocks++;
        this.nextShock = next + this.wait(SHOCK, this.shocks, p.shock);
        this.event = SHOCKED;
      } else {
        this.thinks++;
        this.nextThink = next + this.wait(THINK, this.thinks, p.reconsider);
        this.event = THINKS;
      }
      this.happen();
    }
    this.survey(until);
    this.last();
  }

  private happen(): void {
    const { event } = this;
    if (event === ANSWERED) this.answered();
    else if (event === LEAVES) this.leave();
    else this.decide(event === DUE, event === SHOCKED);
  }

  private leave(): void {
    if (this.watching > 0) this.look(this.place, this.month());
    this.arrive();
    if (this.persons.russianEmployer[this.i] === 1) this.count(RUSSIAN_WORK, this.month(), 1);
  }

  private arrive(): void {
    const { place, H, weights } = this;
    if (place === H) {
      this.enter(UNKNOWN_LAW, H);
      return;
    }
    const law = this.laws[place] as HostLaw;
    const pattern = this.patternAt(place);
    const { visit, free } = this.tables.visitMonth(place, this.month());
    const enters = law.patterns.enter[pattern] !== NO && visit > 0;
    if (enters && free) {
      this.visit(place);
      return;
    }
    if (this.asksAtBorder(law, pattern)) return;
    // The best permit that can be filed from abroad and that their facts open for certain, else the best that hangs on open questions: they were answered well then.
    let came = -1;
    let sure = false;
    const { ways, wayStart } = law.patterns;
    for (let k = wayStart[pattern] as number; k < (wayStart[pattern + 1] as number); k++) {
      const way = ways[k] as number;
      if (wayGrade(way) >> 1 === KIND_PROTECTION) continue;
      const r = law.routes[wayLocal(way)] as number;
      const bits = wayOutside(way) & (this.flat.afar[this.month() * this.tables.homes.length + r] as number);
      if (bits === NO) continue;
      const certain = bits === YES;
      const better = weights.worth(this.kind[r] as number) > weights.worth(this.kind[came] as number);
      if (came >= 0 && (sure ? !certain || !better : !certain && !better)) continue;
      came = r;
      sure = certain;
    }
    // Where none of the routes fits what the population knows of them, they came on papers that it does not have (a place to
    // study, a family, a contract): a permit of the country all the same. Such permits are renewed as if their conditions were met.
    if (came < 0) {
      came = this.usualPermit[place] as number;
      if (came >= 0 && !this.tables.routeMonth(came, this.month()).live) came = -1;
    }
    if (came >= 0 && unit(this.random(ARRIVE, 0, 0)) < this.p.arrivesWithPermit) {
      this.grant(came);
      this.assumedRoute = sure ? -1 : came;
    } else if (enters) {
      // On the visa that they hold.
      this.visit(place);
    } else {
      this.enter(VISITOR, place);
      this.end = this.t + 89;
    }
  }

  /** Whoever came to ask for protection does so at once, where the law lets them; says whether they did. */
  private asksAtBorder(law: HostLaw, pattern: number): boolean {
    const { place } = this;
    if (this.borders[place] === 0) return false;
    const { ways, wayStart } = law.patterns;
    const well = this.well[place] === 1;
    for (let k = wayStart[pattern] as number; k < (wayStart[pattern + 1] as number); k++) {
      const way = ways[k] as number;
      if (wayGrade(way) >> 1 !== KIND_PROTECTION || !opens(wayInside(way), well)) continue;
      this.random(ARRIVE, 0, 0);
      if (unit(this.out[1] as number) >= this.p.asksOnArrival) return false;
      this.enter(VISITOR, place);
      this.end = this.t + 89;
      this.file(law.routes[wayLocal(way)] as number);
      return true;
    }
    return false;
  }

  private answered(): void {
    const r = this.pendingRoute;
    if (this.watching > 0) this.look(this.hostOf[r] as number, this.month());
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
    if (unit(this.random(GRANT, m, r & 4095)) < chance * admitted) {
      if (this.pendingAssumed === 1) this.assumedRoute = r;
      this.grant(r);
    } else {
      this.refused(r);
      if (this.end < this.t) {
        this.enter(IRREGULAR, this.place);
        this.route = -1;
        this.end = this.t + 180;
      }
    }
  }

  /** One decision: the nests race; only where a sum over the countries elsewhere could matter is it taken. */
  private decide(forced: boolean, shocked: boolean): void {
    this.decisions++;
    if (this.watching > 0) this.look(this.place, this.month());
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
    if (this.watching > 0 && ((!laterReturn && !anyway) || !later(wordElse, purse * this.mostWatched, best)))
      this.watchElsewhere(m, refused);
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

  /** Draws the words of two options of a nest, this one's (by its name) among them: `out[name & 1]`. Says which two they are. */
  private block(m: number, name: number): number {
    this.random(PICK, m, name >> 1);
    return name >> 1;
  }

  private chooseHere(m: number, forced: boolean): void {
    let pick = 0;
    if (this.options > 1) {
      let first = Infinity;
      let block = -1;
      for (let k = 0; k < this.options; k++) {
        const name = 64 + (this.optionRoute[k] as number);
        if (name >> 1 !== block) block = this.block(m, name);
        const word = this.out[name & 1] as number;
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
    if (!renews) this.file(r, this.optionAssumed[pick]);
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
    let block = -1;
    for (let h = 0; h < H; h++) {
      const weight = elseWeight[h] as number;
      if (weight === 0) continue;
      const name = 2048 + h;
      if (name >> 1 !== block) block = this.block(m, name);
      const word = this.out[name & 1] as number;
      if (later(word, weight, first)) continue;
      const time = -logUnit(word) / weight;
      if (time < first) {
        first = time;
        target = h;
      }
    }
    if (this.watching > 0) this.look(target, m);
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
    // Nothing that is known of the person opens it: they go there and get the papers together.
    this.visit(target);
    this.file(this.flat.common[m * H + target] as number, 1);
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
