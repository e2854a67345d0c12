/**
 * The tables of a run laid out for the loop over persons: small arrays side by side, so that what a person needs stays in the
 * nearest memory while they are run. Nothing is decided here.
 */
import type { Day } from '../rules/ir.ts';
import { fromWithin, kindOf } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { monthIndex, type VisitMonth } from './month.ts';
import type { LawTables } from './tables.ts';

/** Kinds of places that the masks of one pattern have room for. */
export const ROOM = 8;

export class Flat {
  /** Where the course of a row at a country begins in `courses`: `row × countries + country`. */
  readonly begins: Uint32Array;
  /** Patterns of all countries, numbered through, course after course. */
  readonly courses: Uint16Array | Uint32Array;
  /** First number of the patterns of each country. */
  readonly base: Int32Array;
  /** Four masks (`Patterns.masks`) by pattern and kind of place. */
  readonly masks: Int32Array;
  /** Masks of all that is open to a row at a country on some day from some place: for certain, and if questions are answered well. */
  readonly ever: Uint16Array;
  /** Day of the law by month and country. */
  readonly dayOf: Int16Array;
  /** Kind of place one files from: by month, then by place (those with a permit there second), then by country. */
  readonly files: Uint8Array;
  /** Days after leaving from which one may come back, by month and country; practically never where no stay rule is known. */
  readonly gaps: Int32Array;

  /** By month and country: the route that a visitor may get the papers for; −1 for none. */
  readonly common: Int16Array;

  /** Of each of them: its grade as a bit; 0 for none. */
  readonly commonBit: Uint8Array;
  /** By country: grades of homes that papers could open there in some month. */
  readonly made: Uint8Array;
  /** Kind of home of each route. */
  readonly kind: Uint8Array;
  /** The first permit of each country that leads on, else the first of all; −1 for none. */
  readonly usualPermit: Int16Array;
  /** By month and route: whether it may be filed from some other country, as bits. */
  readonly afar: Uint8Array;
  private days: { readonly until: Day; readonly months: number; readonly of: Int16Array } | undefined;

  /** Of a route in a month: days granted, days an office takes, stated share granted (negative: none), 1 where it is a right. */
  readonly monthly: Float64Array;
  private readonly routes: number;

  constructor(t: LawTables) {
    const H = t.hosts.length;
    const n = t.people.n;
    const places = 2 * (H + 1);
    this.base = new Int32Array(H + 1);
    t.laws.forEach((l, h) => {
      this.base[h + 1] = (this.base[h] as number) + l.patterns.count;
    });
    const patterns = this.base[H] as number;
    const length = t.laws.reduce((sum, l) => sum + l.courses.patterns.length, 0);
    this.courses = patterns > 0xffff ? new Uint32Array(length) : new Uint16Array(length);
    this.begins = new Uint32Array(n * H);
    this.masks = new Int32Array(patterns * ROOM);
    let at = 0;
    t.laws.forEach((l, h) => {
      const D = l.days.length;
      for (let i = 0; i < n; i++) this.begins[i * H + h] = at + (l.courses.of[i] as number) * D;
      for (const p of l.courses.patterns) this.courses[at++] = (this.base[h] as number) + p;
      const F = l.patterns.files.length;
      if (F > ROOM)
        throw new RangeError(`There are ${F} kinds of places to file from for ${l.host}; room is for ${ROOM}.`);
      for (let p = 0; p < l.patterns.count; p++)
        for (let f = 0; f < F; f++)
          this.masks[((this.base[h] as number) + p) * ROOM + f] = l.patterns.masks[p * F + f] as number;
    });
    this.ever = new Uint16Array(n * H);
    t.laws.forEach((l, h) => {
      const ofPattern = Uint16Array.from({ length: l.patterns.count }, (_, p) => {
        let all = 0;
        for (let f = 0; f < ROOM; f++) all |= this.mask((this.base[h] as number) + p, f);
        return (all | (all >>> 16)) & 0xffff;
      });
      const D = l.days.length;
      const { of, patterns: list } = l.courses;
      const ofCourse = new Uint16Array(list.length / D);
      for (let k = 0; k < list.length; k++) {
        const c = Math.floor(k / D);
        ofCourse[c] = (ofCourse[c] as number) | (ofPattern[list[k] as number] as number);
      }
      for (let i = 0; i < n; i++) this.ever[i * H + h] = ofCourse[of[i] as number] as number;
    });
    this.kind = Uint8Array.from(t.homes, kindOf);
    this.usualPermit = new Int16Array(H).fill(-1);
    t.homes.forEach((x, r) => {
      const h = t.hostOf[r] as number;
      if (h < 0 || x.stands !== 'permit') return;
      const have = this.usualPermit[h] as number;
      if (have < 0 || (x.stable && !t.homes[have]?.stable)) this.usualPermit[h] = r;
    });
    this.dayOf = new Int16Array(t.months * H);
    this.files = new Uint8Array(t.months * places * H);
    this.gaps = new Int32Array(t.months * H);
    this.common = new Int16Array(t.months * H);
    this.routes = t.homes.length;
    this.monthly = new Float64Array(t.months * this.routes * 4);
    for (let m = 0; m < t.months; m++)
      for (let r = 0; r < this.routes; r++) {
        if (t.localOf[r] === -1) continue;
        const { valid, processing, practice, right } = t.routeMonth(r, m);
        this.monthly.set([valid, processing, practice, right ? 1 : 0], this.monthlyAt(r, m));
      }
    for (let m = 0; m < t.months; m++)
      for (let h = 0; h < H; h++) {
        const law = t.laws[h] as HostLaw;
        const d = law.dayOf[m] as number;
        const { visit, gap } = law.visits[d] as VisitMonth;
        this.dayOf[m * H + h] = d;
        const local = law.common[d] as number;
        this.common[m * H + h] = local < 0 ? -1 : (law.routes[local] as number);
        this.gaps[m * H + h] = visit > 0 ? gap : 1 << 29;
        for (let k = 0; k < places; k++)
          this.files[(m * places + k) * H + h] = (law.places[d] as Uint8Array)[k] as number;
      }
    this.afar = new Uint8Array(t.months * this.routes);
    for (let m = 0; m < t.months; m++)
      t.laws.forEach((law, h) => {
        const kinds = new Set<number>();
        for (let k = 0; k < places; k++)
          if (k % (H + 1) !== h) kinds.add(this.files[(m * places + k) * H + h] as number);
        const day = law.days[law.dayOf[m] as number] as Day;
        law.routes.forEach((r, local) => {
          if (fromWithin(law.home(local), day)) return;
          for (const f of kinds) {
            const at = m * this.routes + r;
            this.afar[at] = (this.afar[at] as number) | (law.patterns.files[f]?.[local] as number);
          }
        });
      });
    this.made = new Uint8Array(H);
    this.commonBit = new Uint8Array(this.common.length);
    for (let at = 0; at < this.common.length; at++) {
      const r = this.common[at] as number;
      if (r < 0) continue;
      const bit = 1 << this.gradeOf(r, Math.floor(at / H));
      this.commonBit[at] = bit;
      this.made[at % H] = (this.made[at % H] as number) | bit;
    }
  }

  /** Month of each day from the first on, the last of them for what comes after. */
  monthOf(first: Day, until: Day, months: number): Int16Array {
    if (this.days?.until !== until || this.days.months !== months)
      this.days = {
        until,
        months,
        of: Int16Array.from({ length: until - first + 2 }, (_, d) =>
          Math.min(months - 1, monthIndex(first, first + d)),
        ),
      };
    return this.days.of;
  }

  /** The grade of a route's home in a month: its kind, and whether it is a right. */
  gradeOf(r: number, m: number): number {
    return ((this.kind[r] as number) << 1) | (this.monthly[this.monthlyAt(r, m) + 3] === 1 ? 1 : 0);
  }

  /** Where a route stands in `monthly`. */
  monthlyAt(r: number, m: number): number {
    return (m * this.routes + r) * 4;
  }

  /** The four masks of a pattern for somebody who files from a kind of place. */
  mask(pattern: number, files: number): number {
    return this.masks[pattern * ROOM + files] as number;
  }
}

const flats = new WeakMap<LawTables, Flat>();

/** The tables laid out, made once. */
export function flatOf(t: LawTables): Flat {
  let made = flats.get(t);
  if (!made) {
    made = new Flat(t);
    flats.set(t, made);
  }
  return made;
}
