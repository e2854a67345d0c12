/**
 * Where the law of a scenario parts from the law as it is, for a person on their way. Scenarios share their luck with it, so as long as
 * nothing that a person meets is different, their ways are one and need be walked once.
 */
import { decisionAt, filingAt, inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { compiledAt } from '../moves/assess.ts';
import type { Day } from '../rules/ir.ts';
import { type Flat, flatOf } from './flat.ts';
import { kindOf } from './homes.ts';
import type { HostLaw } from './host-law.ts';
import { changes, type LawTables } from './tables.ts';

/** Numbers that make up a person on their way (`Walk.save`), beside the days on which they left each country. */
export const SAVED = 24;

/** The tables of a scenario beside those of the law as it is. */
export class Watch {
  readonly flat: Flat;
  /** Countries whose law differs somewhere. */
  readonly hosts: Int16Array;
  readonly changed: Uint8Array;
  /** By month and country: 1 where something other than the answers to single rows may differ. */
  readonly general: Uint8Array;
  /** The first month in which anything can differ, as far as countries go. */
  readonly first: number;
  private readonly base: Flat;
  private readonly H: number;
  /** Whether the person at hand still goes the same way under both laws. */
  together = true;
  /** The person at hand where the ways part, and how much had been noted and decided before that event. */
  readonly saved: Int32Array;
  note = 0;
  decisions = 0;
  /** How many ways have parted in this draw; each is kept as row, notes from and to, decisions since, and the person. */
  ways = 0;
  kept = new Int32Array(1 << 12);
  /** Numbers of each way in `kept`. */
  readonly size: number;

  /** @throws RangeError for tables that cannot be watched (`watchable`). */
  constructor(base: LawTables, other: LawTables) {
    if (!watchable(base, other)) throw new RangeError('These tables have not the same persons, routes and months.');
    this.base = flatOf(base);
    this.flat = flatOf(other);
    const H = base.hosts.length;
    this.H = H;
    this.changed = Uint8Array.from(base.laws, (l, h) => (l === other.laws[h] ? 0 : 1));
    this.hosts = Int16Array.from([...this.changed.keys()].filter((h) => this.changed[h] === 1));
    this.general = new Uint8Array(base.months * H);
    this.saved = new Int32Array(SAVED + H);
    this.size = 4 + SAVED + H;
    const differs = difference(changes(base.book, other.book));
    let first = base.months;
    for (const h of this.hosts) {
      const a = base.laws[h] as HostLaw;
      const b = other.laws[h] as HostLaw;
      const same = new Map<string, boolean>();
      for (let m = 0; m < base.months; m++) {
        const da = a.dayOf[m] as number;
        const db = b.dayOf[m] as number;
        const key = `${da} ${db}`;
        if (!same.has(key)) same.set(key, alike(a, da, b, db, differs));
        if (!same.get(key)) {
          this.general[m * H + h] = 1;
          first = Math.min(first, m);
        }
      }
      // Answers to single rows may differ on any day on which courses do.
      const D = Math.min(a.days.length, b.days.length);
      let k = 0;
      while (k < D && a.days[k] === b.days[k] && rowsAlike(a, b, k)) k++;
      for (let m = 0; m < base.months; m++)
        if ((a.dayOf[m] as number) >= k || (b.dayOf[m] as number) >= k) {
          first = Math.min(first, m);
          break;
        }
    }
    this.first = first;
  }

  /** Before a draw. */
  begin(): void {
    this.ways = 0;
  }

  /** Keeps the way of the person at hand, to be walked when all have been. */
  keep(i: number, to: number, decisions: number): void {
    const at = this.ways++ * this.size;
    if (at + this.size > this.kept.length) {
      const wider = new Int32Array(this.kept.length * 2);
      wider.set(this.kept);
      this.kept = wider;
    }
    this.kept[at] = i;
    this.kept[at + 1] = this.note;
    this.kept[at + 2] = to;
    this.kept[at + 3] = decisions - this.decisions;
    this.kept.set(this.saved, at + 4);
  }

  /** Whether a row's answers at a changed country are others in a month. */
  row(i: number, h: number, m: number): boolean {
    const { base, flat, H } = this;
    const a = base.courses[(base.begins[i * H + h] as number) + (base.dayOf[m * H + h] as number)] as number;
    const b = flat.courses[(flat.begins[i * H + h] as number) + (flat.dayOf[m * H + h] as number)] as number;
    return a - (base.base[h] as number) !== b - (flat.base[h] as number);
  }

  /** Whether whoever is at a country in a month, or goes there, may meet another law. */
  at(i: number, h: number, m: number): boolean {
    if (m < this.first || h >= this.H || this.changed[h] === 0) return false;
    return this.general[m * this.H + h] === 1 || this.row(i, h, m);
  }
}

/** Whether two tables have the same persons, countries, routes and months, and routes lead to the same kinds of homes. */
export function watchable(base: LawTables, other: LawTables): boolean {
  return (
    base.people === other.people &&
    base.months === other.months &&
    base.first === other.first &&
    base.hosts.join() === other.hosts.join() &&
    base.homes.length === other.homes.length &&
    base.homes.every((h, r) => {
      const x = other.homes[r];
      return (
        x?.route.id === h.route.id &&
        x.via?.id === h.via?.id &&
        x.status === h.status &&
        x.stands === h.stands &&
        kindOf(x) === kindOf(h)
      );
    }) &&
    // Patterns must be numbered alike.
    base.laws.every((l, k) => l.patterns === other.laws[k]?.patterns)
  );
}

/** Whether all rows have the same pattern on a day of the law with the same index under both. */
function rowsAlike(a: HostLaw, b: HostLaw, k: number): boolean {
  for (let i = 0; i < a.courses.of.length; i++) if (a.pattern(i, k) !== b.pattern(i, k)) return false;
  return true;
}

/** Whether all that is not about single rows is the same on a day of each law. */
function alike(a: HostLaw, da: number, b: HostLaw, db: number, differs: (on: Day) => boolean): boolean {
  return (
    a.days[da] === b.days[db] &&
    a.common[da] === b.common[db] &&
    a.visits[da]?.visit === b.visits[db]?.visit &&
    a.visits[da]?.gap === b.visits[db]?.gap &&
    a.visits[da]?.free === b.visits[db]?.free &&
    a.visits[da]?.shared === b.visits[db]?.shared &&
    String(a.places[da]) === String(b.places[db]) &&
    JSON.stringify(a.routeMonths[da]) === JSON.stringify(b.routeMonths[db]) &&
    !differs(a.days[da] as Day)
  );
}

/** Whether some changed provision says another thing on a day. */
function difference(changed: readonly Provision[]): (on: Day) => boolean {
  const pairs = new Map<string, Provision[]>();
  for (const p of changed) pairs.set(p.id, [...(pairs.get(p.id) ?? []), p]);
  const said = (p: Provision, on: Day): string =>
    JSON.stringify([
      inForce(p, on),
      inForce(p, on) === 'no' ? null : compiledAt(p, on).node,
      p.kind === 'route' ? [filingAt(p, on), decisionAt(p, on)] : [p.strength, p.countries, p.appliesTo],
    ]);
  const known = new Map<Day, boolean>();
  return (on) => {
    let is = known.get(on);
    if (is === undefined) {
      is = [...pairs.values()].some(([a, b]) => !a || !b || said(a, on) !== said(b, on));
      known.set(on, is);
    }
    return is;
  };
}
