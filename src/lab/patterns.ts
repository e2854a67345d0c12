/**
 * What is open to a row at one country, as a small number. Whoever has the same answers there shares a pattern: the ways (routes
 * to a home, asked from elsewhere and inside) and entry as a visitor. A few hundred patterns stand for a whole population, and
 * what a run needs of each is worked out once.
 */
import { NO, UNKNOWN, YES } from './bits.ts';

/** Kinds of home times two (discretion, right): the grades of an option. */
export const GRADES = 6;
/** Bit of a visit in a mask of grades. */
export const VISIT_BIT = 1 << GRADES;
const GRADE_BITS = VISIT_BIT - 1;

/** A route of a country that is open to somebody, or perhaps. Packed as a whole number. */
export const packWay = (local: number, kind: number, right: boolean, outside: number, inside: number): number =>
  (local << 7) | (((kind << 1) | (right ? 1 : 0)) << 4) | (outside << 2) | inside;
/** The route, by its place among those of its country. */
export const wayLocal = (way: number): number => way >> 7;
export const wayGrade = (way: number): number => (way >> 4) & 7;
export const wayOutside = (way: number): number => (way >> 2) & 3;
export const wayInside = (way: number): number => way & 3;

/** Grades in a mask that lead to a home. */
export const homeBits = (mask: number): number => mask & GRADE_BITS;

/** Patterns as they are kept: what `intern` and `internFiles` were told, in order. */
export type KeptPatterns = {
  readonly enter: Uint8Array;
  readonly wayStart: Int32Array;
  readonly ways: Int32Array;
  readonly cores: Uint8Array;
  readonly files: readonly Uint8Array[];
};

export class Patterns {
  /** Ways of all patterns, one after the other in the order of the routes: those of a pattern from `wayStart[p]` to the next. */
  ways = new Int32Array(0);
  wayStart = new Int32Array(1);
  /** Entry as a visitor of each pattern. */
  enter = new Uint8Array(0);
  /** By pattern and route: what of its answer to somebody in the country does not look at their stay and status. */
  cores = new Uint8Array(0);
  /** Where one may file from, as bits a route: the kinds of places that there are for this country. */
  readonly files: Uint8Array[] = [];
  /**
   * Grades open from elsewhere by pattern and kind of place: four masks of eight bits. From the lowest: for certain; if open
   * questions are answered well; the same two where one may not enter for now.
   */
  masks = new Int32Array(0);
  private readonly list: { readonly enter: number; readonly ways: readonly number[]; readonly cores: Uint8Array }[] =
    [];
  private readonly ids = new Map<string, number>();
  private readonly fileIds = new Map<string, number>();
  private done = '';

  /** `kept` are patterns that were made before: they are numbered alike. */
  constructor(kept?: KeptPatterns) {
    if (!kept) return;
    const { enter, wayStart, ways, cores, files } = kept;
    const R = enter.length ? cores.length / enter.length : 0;
    enter.forEach((e, k) => {
      const own = [...ways.subarray(wayStart[k], wayStart[k + 1])];
      this.intern(e, own, cores.slice(k * R, (k + 1) * R));
    });
    for (const f of files) this.internFiles(f);
  }

  get count(): number {
    return this.list.length;
  }

  /** To be kept. */
  keep(): KeptPatterns {
    this.freeze();
    const { enter, wayStart, ways, cores, files } = this;
    return { enter, wayStart, ways, cores, files };
  }

  intern(enter: number, ways: readonly number[], cores: Uint8Array): number {
    const key = `${enter}|${ways.join()}|${cores.join('')}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.list.length;
      this.ids.set(key, id);
      this.list.push({ enter, ways, cores });
    }
    return id;
  }

  internFiles(bits: Uint8Array): number {
    const key = bits.join('');
    let id = this.fileIds.get(key);
    if (id === undefined) {
      id = this.files.length;
      this.fileIds.set(key, id);
      this.files.push(bits);
    }
    return id;
  }

  /** Lays out what was added since, and works out the masks. */
  freeze(): void {
    const { list, files } = this;
    const state = `${list.length} ${files.length}`;
    if (state === this.done) return;
    this.done = state;
    const F = files.length;
    const R = list[0]?.cores.length ?? 0;
    this.enter = Uint8Array.from(list, (p) => p.enter);
    this.cores = new Uint8Array(list.length * R);
    this.wayStart = new Int32Array(list.length + 1);
    this.ways = Int32Array.from(list.flatMap((p) => p.ways));
    this.masks = new Int32Array(list.length * F);
    list.forEach((p, k) => {
      this.cores.set(p.cores, k * R);
      this.wayStart[k + 1] = (this.wayStart[k] as number) + p.ways.length;
      for (let f = 0; f < F; f++) this.masks[k * F + f] = this.maskOf(k, files[f] as Uint8Array, -1);
    });
  }

  /** The four masks of a pattern for somebody who files from a kind of place; without one route, if `without` names it. */
  maskOf(pattern: number, files: Uint8Array, without: number): number {
    const { enter, ways } = this.list[pattern] as Patterns['list'][number];
    let sure = enter === YES ? VISIT_BIT : 0;
    let perhaps = enter !== NO ? VISIT_BIT : 0;
    let sureBarred = 0;
    let perhapsBarred = 0;
    for (const way of ways) {
      const local = wayLocal(way);
      if (local === without) continue;
      const bit = 1 << wayGrade(way);
      const afar = wayOutside(way) & (files[local] as number);
      const within = wayInside(way);
      if (afar === YES) sureBarred |= bit;
      if (afar !== NO) perhapsBarred |= bit;
      if (afar === YES || (enter === YES && within === YES)) sure |= bit;
      if (afar !== NO || (enter !== NO && within !== NO)) perhaps |= bit;
    }
    return sure | (perhaps << 8) | (sureBarred << 16) | (perhapsBarred << 24);
  }
}

/** Whether bits let through for somebody whose open questions are answered well, or not. */
export const opens = (bits: number, well: boolean): boolean => bits === YES || (bits === UNKNOWN && well);
