/**
 * What is open to the person at hand of a run: where they are, as a visitor or with a status, and elsewhere. Read off the tables
 * of the law; how options weigh stands in `weigh.ts`.
 */
import { IRREGULAR, PERMIT, STABLE, UNKNOWN_LAW } from './counters.ts';
import { type Flat, ROOM } from './flat.ts';
import { heldCount, heldKind, heldKinds, heldLocal, heldRenews } from './holders.ts';
import { KIND_PERMIT, KIND_PROTECTION } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { homeBits, opens, VISIT_BIT, wayGrade, wayInside, wayLocal } from './patterns.ts';
import { Walker } from './walker.ts';
import type { Watch } from './watch.ts';

export class Options extends Walker {
  // Options of one decision.
  protected readonly optionRoute = new Int16Array(128);
  protected readonly optionWeight = new Float64Array(128);
  /** 1 where an option rests on papers that the population does not have. */
  protected readonly optionAssumed = new Uint8Array(128);
  protected options = 0;
  protected readonly elseWeight = new Float64Array(this.H);
  protected readonly elseMask = new Uint8Array(this.H);
  protected homeElsewhere = false;
  /** No sum over the countries elsewhere is greater than this for the person. */
  protected most = 0;
  /** Nor under any law that is watched than this. */
  protected mostWatched = 0;
  /** 1 where open questions of a country count as answered well for this person. */
  protected readonly well = new Uint8Array(this.H);
  /** 1 where this person can get together the papers that a country asks for. */
  protected readonly papers = new Uint8Array(this.H);

  /** Which open questions are answered well, and what could be open elsewhere at the most, on any day and from any place. */
  protected know(self: number, shift: number): void {
    const { H, well, papers, weights, flat } = this;
    const { mask, pull } = weights;
    const { ever, made } = flat;
    const row = this.i * H;
    let most = 0;
    for (let h = 0; h < H; h++) {
      const is = selfWord(self, h) < weights.openBelow;
      well[h] = is ? 1 : 0;
      const can = selfWord(self ^ PAPERS, h) < weights.papersBelow;
      papers[h] = can ? 1 : 0;
      const four = ever[row + h] as number;
      const all = (is ? four >>> 8 : four & 255) | (can ? (made[h] as number) : 0);
      most += (mask[all] as number) * (pull[shift + h] as number);
    }
    this.most = most;
    if (this.watches.length > 0) this.watchMost(self, row, shift);
  }

  /** What could be open elsewhere at the most under some law that is watched. */
  private watchMost(self: number, row: number, shift: number): void {
    const { papers, weights, flat, most, watches } = this;
    const { mask, pull, openBelow } = weights;
    let all = most;
    for (let k = 0; k < watches.length; k++) {
      const w = watches[k] as Watch;
      const { hosts } = w;
      let own = most;
      for (let x = 0; x < hosts.length; x++) {
        const h = hosts[x] as number;
        const down = selfWord(self, h) < openBelow ? 8 : 0;
        let was = ((flat.ever[row + h] as number) >>> down) & 255;
        let is = ((w.flat.ever[row + h] as number) >>> down) & 255;
        if (papers[h] === 1) {
          was |= flat.made[h] as number;
          is |= w.flat.made[h] as number;
        }
        const more = (mask[is] as number) - (mask[was] as number);
        if (more > 0) own += more * (pull[shift + h] as number);
      }
      if (own > all) all = own;
    }
    this.mostWatched = all;
  }

  /** Compares what is open elsewhere under the laws that are watched; the ways part where it is not the same. */
  protected watchElsewhere(m: number, refused: number): void {
    const { H, i, place, watches, flat } = this;
    const refusedHost = refused < 0 ? -1 : (this.hostOf[refused] as number);
    const from = (this.state === PERMIT || this.state === STABLE ? H + 1 : 0) + place;
    for (let k = 0; k < watches.length; k++) {
      const w = watches[k] as Watch;
      if (!w.together || m < w.first) continue;
      const { hosts } = w;
      for (let x = 0; x < hosts.length; x++) {
        const h = hosts[x] as number;
        if (h === place) continue;
        const other =
          h === refusedHost ? w.at(i, h, m) : this.oneAt(flat, h, m, from) !== this.oneAt(w.flat, h, m, from);
        if (!other) continue;
        this.part(w);
        break;
      }
    }
  }

  /** What is open at a country elsewhere: a mask of grades, as `elsewhere` has it. */
  private oneAt(flat: Flat, h: number, m: number, from: number): number {
    const { H } = this;
    const at = m * H + h;
    const course = (flat.begins[this.i * H + h] as number) + (flat.dayOf[at] as number);
    const filed = flat.files[(m * 2 * (H + 1) + from) * H + h] as number;
    let four = flat.mask(flat.courses[course] as number, filed);
    if (this.t < (this.lastLeft[h] as number) + (flat.gaps[at] as number)) four >>>= 16;
    const one = (this.well[h] === 1 ? four >>> 8 : four) & 255;
    return this.papers[h] === 1 && (one & VISIT_BIT) !== 0 ? one | (flat.commonBit[at] as number) : one;
  }

  protected patternAt(h: number): number {
    return this.pattern(h, this.month());
  }

  protected pattern(h: number, m: number): number {
    const { begins, courses, dayOf, base } = this.flat;
    const at = (begins[this.i * this.H + h] as number) + (dayOf[m * this.H + h] as number);
    return (courses[at] as number) - (base[h] as number);
  }

  /** What going on as one is weighs against the other options here. */
  protected worthNow(): number {
    if (this.route >= 0) return this.weights.kindWeight[this.kind[this.route] as number] as number;
    return this.state === UNKNOWN_LAW ? (this.weights.kindWeight[KIND_PERMIT] as number) : 1;
  }

  protected option(r: number, weight: number, assumed = 0): void {
    this.optionAssumed[this.options] = assumed;
    this.optionRoute[this.options] = r;
    this.optionWeight[this.options] = weight;
    this.options++;
  }

  /** Routes that a visitor (or somebody over their time) may ask for where they are; says whether there are any. */
  protected optionsOfVisitor(m: number, waiting: boolean, refused: number): boolean {
    const { place, weights } = this;
    if (place === this.H) return false;
    const law = this.laws[place] as HostLaw;
    const well = this.well[place] === 1;
    const over = this.state === IRREGULAR;
    let home = false;
    const common = over || this.papers[place] === 0 ? -1 : (this.flat.common[m * this.H + place] as number);
    let own = false;
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
      if (r === common) own = true;
      if (!waiting) this.option(r, weights.grade[grade] as number);
    }
    if (common >= 0 && !own && common !== refused) {
      home = true;
      if (!waiting) this.option(common, weights.grade[this.flat.gradeOf(common, m)] as number, 1);
    }
    return home;
  }

  /** Routes that the holder of a status may ask for; says whether there are any. */
  protected optionsOfHolder(m: number, forced: boolean, waiting: boolean, refused: number): boolean {
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
  protected elsewhere(m: number, english: number, waiting: boolean, refused: number): number {
    const { H, place, t, lastLeft, well, papers, elseWeight, elseMask, flat } = this;
    const { dayOf, files, gaps, begins, courses, common, commonBit, masks } = flat;
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
      let four =
        h === refusedHost ? this.withoutRefused(h, pattern, filed, refused) : (masks[pattern * ROOM + filed] as number);
      if (t < (lastLeft[h] as number) + (gaps[at] as number)) four >>>= 16;
      let one = (well[h] === 1 ? four >>> 8 : four) & 255;
      if (papers[h] === 1 && (one & VISIT_BIT) !== 0 && (h !== refusedHost || common[at] !== refused))
        one |= commonBit[at] as number;
      homes |= one;
      const weight = (mask[waiting ? one & VISIT_BIT : one] as number) * (pull[shift + h] as number);
      elseMask[h] = one;
      elseWeight[h] = weight;
      sum += weight;
    }
    this.homeElsewhere = homeBits(homes) !== 0;
    return sum;
  }

  protected withoutRefused(h: number, pattern: number, files: number, refused: number): number {
    const { patterns } = this.laws[h] as HostLaw;
    const own = pattern - (this.flat.base[h] as number);
    return patterns.maskOf(own, patterns.files[files] as Uint8Array, this.localOf[refused] as number);
  }
}

/** Parts the words that say whether papers can be got from those that settle open questions. */
export const PAPERS = 0x5bd1e995;

/** A word of a person for a country: the same whatever happens. */
export const selfWord = (self: number, h: number): number =>
  Math.imul(self ^ Math.imul(h + 7, 0x27d4eb2f), 0x85ebca6b) >>> 0;
