/**
 * What holders of a status may ask for in its country, after so many years. What of the answers does not look at stay and status
 * stands in the row's pattern; what does is asked once for all holders alike, or, where it looks at a few columns of persons as
 * well, once for those who share them.
 */
import { statusTerms } from '../law/book.ts';
import { filingFrom } from '../moves/filing.ts';
import type { Day } from '../rules/ir.ts';
import { NO, UNKNOWN, YES } from './bits.ts';
import { LawEye } from './eye.ts';
import type { Groups } from './groups.ts';
import { filedFirst, kindOf } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { neutral } from './month.ts';
import type { Probe } from './people.ts';

const YEARS = [1, 2, 3, 5, 8, 10] as const;
/** Bucket of the years for which a status has been held. */
const bucketOf = (years: number): number => {
  let bucket = 0;
  while (bucket < YEARS.length - 1 && (YEARS[bucket + 1] as number) <= years) bucket++;
  return bucket;
};

/** Parts of an answer that look at persons too: one answer a group, made when the first of it gets there (−1 before). */
type Part = { readonly groups: Groups; readonly known: Int8Array; readonly ask: (i: number) => number };

/*
 * A route that such a holder may file, packed as a whole number: its place among those of the country, its kind of home, whether it
 * renews the status held, whether some part of its answer looks at persons, and, as bits, filing together with all parts that do not.
 */
const packHeld = (local: number, kind: number, renewal: boolean, parts: boolean, bits: number): number =>
  (local << 6) | (kind << 4) | (renewal ? 8 : 0) | (parts ? 4 : 0) | bits;
export const heldLocal = (way: number): number => way >> 6;
export const heldKind = (way: number): number => (way >> 4) & 3;
export const heldRenews = (way: number): boolean => (way & 8) !== 0;
const heldParts = (way: number): boolean => (way & 4) !== 0;
const heldBits = (way: number): number => way & 3;

/** The head of a list of ways: how many there are, and which kinds of home are among those that renew nothing. */
export const heldCount = (head: number): number => head >> 3;
export const heldKinds = (head: number): number => head & 7;

export class Holders {
  /** Lists of ways, each after its head. */
  pool = new Int32Array(1 << 12);
  private used = 0;
  /** Where the list of a status, years and day stands in the pool; −1: not made yet. */
  private readonly starts: Int32Array;
  /** Beside every place of the pool: the parts that look at persons; none where there are none. */
  private readonly parts: (readonly Part[] | undefined)[] = [];
  private readonly law: HostLaw;
  private readonly renewals: Int8Array;

  constructor(law: HostLaw) {
    this.law = law;
    this.renewals = new Int8Array(law.routes.length ** 2).fill(-1);
    this.starts = new Int32Array(law.days.length * law.routes.length * YEARS.length).fill(-1);
  }

  /**
   * Routes that the holder of the status of a route, for some years, may file on the day of the law with this index: where their
   * list begins in `pool`.
   */
  of(local: number, years: number, dayIndex: number): number {
    const key = (dayIndex * this.law.routes.length + local) * YEARS.length + bucketOf(years);
    const start = this.starts[key] as number;
    return start < 0 ? this.make(key, local, dayIndex) : start;
  }

  /** Whether the way at a place of the pool is open to row `i` with its pattern: bits. */
  bits(at: number, pattern: number, i: number): number {
    const way = this.pool[at] as number;
    const { cores } = this.law.patterns;
    let bits = heldBits(way) & (cores[pattern * this.law.routes.length + heldLocal(way)] as number);
    if (bits === NO || !heldParts(way)) return bits;
    for (const { groups, known, ask } of this.parts[at] as readonly Part[]) {
      const g = groups.ids[i] as number;
      let own = known[g] as number;
      if (own < 0) {
        own = ask(i);
        known[g] = own;
      }
      bits &= own;
    }
    return bits;
  }

  /** Whether a route renews the status of another. */
  renews(by: number, of: number): boolean {
    const at = by * this.law.routes.length + of;
    if (this.renewals[at] === -1) {
      const renew = statusTerms(this.law.stage.book, this.law.home(of).status)?.terms.renew;
      const is = by === of || (renew !== undefined && renew !== 'no' && renew.by === this.law.home(by).route.id);
      this.renewals[at] = is ? 1 : 0;
    }
    return this.renewals[at] === 1;
  }

  private make(key: number, local: number, dayIndex: number): number {
    const { law } = this;
    const { book, people, outsideEye } = law.stage;
    const day = law.days[dayIndex] as Day;
    const probe = holding(law, local, YEARS[key % YEARS.length] as number);
    const s = neutral(people, day, probe(day));
    const eye = new LawEye(book, people, probe, outsideEye);
    const ways: number[] = [];
    const parts: Part[][] = [];
    let kinds = 0;
    law.routes.forEach((_, k) => {
      const may = filingFrom(book, filedFirst(law.home(k)), s, day, undefined, 'any').may;
      if (may === false) return;
      let bits = may === undefined ? UNKNOWN : YES;
      const own: Part[] = [];
      for (const part of law.placedAt(dayIndex, k)) {
        if (part.columns?.length === 0) bits &= people.n > 0 ? part.ask(eye, 0) : YES;
        else {
          const groups = part.columns ? outsideEye.groupsBy(part.columns) : everyRow(people.n);
          const known = new Int8Array(groups.reps.length).fill(-1);
          own.push({ groups, known, ask: (i) => part.ask(eye, i) });
        }
      }
      const renewal = this.renews(k, local);
      const kind = kindOf(law.home(k));
      if (!renewal) kinds |= 1 << kind;
      ways.push(packHeld(k, kind, renewal, own.length > 0, bits));
      parts.push(own);
    });
    const start = this.used;
    this.used += ways.length + 1;
    if (this.used > this.pool.length) {
      const wider = new Int32Array(Math.max(this.used, this.pool.length * 2));
      wider.set(this.pool);
      this.pool = wider;
    }
    this.pool[start] = (ways.length << 3) | kinds;
    this.pool.set(ways, start + 1);
    this.parts.push(undefined, ...parts.map((own) => (own.length ? own : undefined)));
    this.starts[key] = start;
    return start;
  }
}

/** Somebody in the country with the status of a route for so many years, and for two months to come. */
export function holding(law: HostLaw, local: number, years: number): (on: Day) => Probe {
  const { status } = law.home(local);
  const held = Math.round(years * 365.25);
  return (on) => ({
    place: law.host,
    since: on - held - 30,
    under: status,
    holdings: [{ status, country: law.host, from: on - held, to: on + 60 }],
  });
}

const rows = new Map<number, Groups>();
/** Every row a group of its own. */
function everyRow(n: number): Groups {
  let made = rows.get(n);
  if (!made) {
    const ids = Int32Array.from({ length: n }, (_, i) => i);
    made = { ids, reps: ids };
    rows.set(n, made);
  }
  return made;
}
