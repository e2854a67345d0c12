/**
 * The law of a run, looked up once and shared by all draws: country by country, for every month, what is open to every row from
 * elsewhere, inside as a visitor, and whether it may enter. Permit holders are asked about when the first of them gets that far.
 */
import { fromYmd, toYmd } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Day } from '../rules/ir.ts';
import { LawEye } from './eye.ts';
import { type Home, homesOf, hostsOf } from './homes.ts';
import { bearing, HostLaw, type KeptHost, type Stage } from './host-law.ts';
import { monthIndex, type RouteMonth, type VisitMonth } from './month.ts';
import { NOWHERE } from './nowhere.ts';
import { type KeptPatterns, Patterns } from './patterns.ts';
import type { People } from './people.ts';

/** The tables of a run as they are kept, country by country. */
export type KeptTables = {
  /** Patterns of each country; `null` where they are those of the law that this one is a patch of. */
  readonly patterns: readonly (KeptPatterns | null)[];
  /** `null` where a patch leaves a country alone. */
  readonly hosts: readonly (KeptHost | null)[];
};

export class LawTables {
  readonly book: LawBook;
  readonly people: People;
  readonly homes: readonly Home[];
  readonly hosts: readonly string[];
  /** Country of each route: an index into `hosts`; −1 for routes of an area, which a run leaves out. */
  readonly hostOf: Int16Array;
  /** Place of each route among those of its country. */
  readonly localOf: Int16Array;
  readonly first: Day;
  readonly months: number;
  /** The law of each country. */
  readonly laws: readonly HostLaw[];

  /**
   * `base` are the tables of the law that this one is a patch of, over the same persons: countries it leaves alone are shared. `kept`
   * is what `keep` gave of the same tables: it is taken as it is.
   */
  constructor(book: LawBook, people: People, from: Day, to: Day, base?: LawTables, kept?: KeptTables) {
    this.book = book;
    this.people = people;
    this.homes = homesOf(book, from);
    this.hosts = hostsOf(book);
    const at = new Map(this.hosts.map((h, k) => [h, k]));
    this.hostOf = Int16Array.from(this.homes, (h) => at.get(h.route.jurisdiction) ?? -1);
    const { y, m } = toYmd(from);
    this.first = fromYmd(y, m, 1);
    this.months = monthIndex(this.first, to) + 1;
    const like =
      base?.people === people &&
      base.homes.length === this.homes.length &&
      base.first === this.first &&
      base.months === this.months
        ? base
        : undefined;
    const nobody = { place: NOWHERE, holdings: [] };
    const stage: Stage = {
      book,
      people,
      homes: this.homes,
      hosts: this.hosts,
      first: this.first,
      months: this.months,
      outsideEye: new LawEye(book, people, () => nobody, like?.laws[0]?.stage.outsideEye),
    };
    const changed = like && !kept ? changes(like.book, book) : [];
    this.laws = this.hosts.map((host, h) => {
      const before = like?.laws[h];
      if (kept) {
        const own = kept.hosts[h];
        if (!own && before) return before;
        const patterns = new Patterns(kept.patterns[h] ?? undefined);
        return new HostLaw(stage, host, before, own ?? undefined, patterns);
      }
      return before && !touches(changed, before.stage, stage, host) ? before : new HostLaw(stage, host, before);
    });
    this.localOf = new Int16Array(this.homes.length).fill(-1);
    for (const law of this.laws)
      law.routes.forEach((r, k) => {
        this.localOf[r] = k;
      });
  }

  /** To be kept; `base` as it was told. */
  keep(base?: LawTables): KeptTables {
    return {
      patterns: this.laws.map((l, h) => (base?.laws[h]?.patterns === l.patterns ? null : l.patterns.keep())),
      hosts: this.laws.map((l, h) => (base?.laws[h] === l ? null : l.keep())),
    };
  }

  /** Lets go of what only helped to make the tables. */
  forget(): void {
    for (const law of this.laws) law.forget();
  }

  /** A route in a month. */
  routeMonth(r: number, month: number): RouteMonth {
    const law = this.laws[this.hostOf[r] as number] as HostLaw;
    return law.routeMonths[law.dayOf[month] as number]?.[this.localOf[r] as number] as RouteMonth;
  }

  /** Visits to a country in a month. */
  visitMonth(h: number, month: number): VisitMonth {
    const law = this.laws[h] as HostLaw;
    return law.visits[law.dayOf[month] as number] as VisitMonth;
  }

  /** How often the law was looked up, over all countries. */
  get states(): number {
    return this.laws.reduce((n, l) => n + l.days.length, 0);
  }

  /** Whether some route has a limit on people in some month. */
  get hasQuota(): boolean {
    return this.laws.some((l) => l.routeMonths.some((day) => day.some((r) => r.quota >= 0)));
  }
}

/** Provisions that differ between a law and its patch, as both have them. */
export function changes(a: LawBook, b: LawBook): Provision[] {
  const out: Provision[] = [];
  for (const [id, p] of b.provisions) {
    const was = a.provisions.get(id);
    if (was === p) continue;
    out.push(p);
    if (was) out.push(was);
  }
  return out;
}

/** Kinds of provisions of which `bearing` knows what they bear on; a change of another kind is taken to touch every country. */
const KNOWN = new Set(['route', 'stay', 'restriction', 'document', 'danger', 'support', 'overstay']);

function touches(changed: readonly Provision[], before: Stage, now: Stage, host: string): boolean {
  if (changed.length === 0) return false;
  if (changed.some((p) => !KNOWN.has(p.kind))) return true;
  const about = [bearing(before, host), bearing(now, host)];
  return changed.some((p) => about.some((set) => set.has(p)));
}
