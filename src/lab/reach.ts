/**
 * Whether rows can file a route from where they are, or by first going there as a visitor. Filing and entry are those of `moves`;
 * here they are asked once for all rows that look the same to them.
 */
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from '../law/book.ts';
import { filingAt, inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { compiledAt } from '../moves/assess.ts';
import { filingFrom } from '../moves/filing.ts';
import { type Lawful, lawfulUntil, stayRulesFor } from '../moves/lawful.ts';
import type { Holding, Situation } from '../person/types.ts';
import { namesOf } from '../rules/index.ts';
import type { Day } from '../rules/ir.ts';
import { NO, UNKNOWN, YES } from './bits.ts';
import { baseFactsOf } from './conditions.ts';
import { LawEye } from './eye.ts';
import type { People, Probe } from './people.ts';

const PLACE = ['now.country', 'now.since', 'now.status', 'statuses', 'stays'];

export class Reach {
  private readonly eye: LawEye;
  private readonly on: Day;
  private readonly people: People;
  private readonly book: LawBook;
  private readonly asked = new Map<string, boolean>();
  private readonly visits = new Map<string, { eye: LawEye; rule: Provision; rows: Uint8Array; probe: Probe } | null>();
  /** Rows that are over their time where they are (1), or not (0). */
  readonly over: Uint8Array;
  /** Last lawful day of each row where it is; −1 where that is not known, 99999 where there is no end. */
  readonly until: Int32Array;
  private readonly stand: {
    readonly ids: Int32Array;
    readonly situations: readonly Situation[];
    readonly keys: Int32Array;
    readonly count: number;
  };

  constructor(eye: LawEye, on: Day) {
    this.eye = eye;
    this.on = on;
    this.people = eye.people;
    this.book = eye.book;
    const columns = PLACE.flatMap((f) => this.people.columnsOf(f));
    const groups = eye.groupsBy(columns);
    const situations = Array.from(groups.reps, (i) => this.people.situation(i, on));
    const table = new Map<string, number>();
    const keys = Int32Array.from(situations, (s) => {
      // Since when a status is held matters only where it may be held for so long in all.
      const held = (h: NonNullable<Situation['holdings']>[number]) => {
        const renew = statusTerms(this.book, h.status)?.terms.renew;
        const capped = renew !== undefined && renew !== 'no' && renew.maxTotal !== undefined;
        return `${h.status}@${h.country}${capped ? `:${h.from}:${h.to}` : ''}`;
      };
      const matters = (s.holdings ?? []).filter((h) => !this.idle(h));
      const key = `${s.place}|${s.under}|${matters.map(held).join()}`;
      const k = table.get(key) ?? table.size;
      table.set(key, k);
      return k;
    });
    this.stand = { ids: groups.ids, situations, keys, count: table.size };
    const { over, until } = this.stays(columns);
    this.over = over;
    this.until = until;
  }

  /** Whether something held is a visa of an area that no route is asked for from: where one may file does not hang on it. */
  private idle(h: Holding): boolean {
    const terms = statusTerms(this.book, h.status);
    if (terms?.terms.stands !== 'visit' || terms.terms.renew) return false;
    let asked = this.asked.get(h.status);
    if (asked === undefined) {
      const { jurisdiction } = terms.provision;
      asked = ofKind(this.book, 'route').some((r) => {
        const f = filingAt(r, this.on);
        const own = r.jurisdiction === jurisdiction || h.country !== undefined;
        return [...(f?.from ?? []), ...(f?.notFrom ?? [])].some(
          (x) => (own && x === 'any') || matchesStatus(x, h.status),
        );
      });
      this.asked.set(h.status, asked);
    }
    return !asked;
  }

  /** Until when rows may stay: asked once for all that look alike to the stay rules of their country. */
  private stays(columns: readonly string[]): { over: Uint8Array; until: Int32Array } {
    const facts = new Set<string>();
    for (const r of ofKind(this.book, 'stay'))
      if (inForce(r, this.on) !== 'no')
        for (const f of baseFactsOf(this.book.schema, namesOf(compiledAt(r, this.on).node).facts)) facts.add(f);
    const visitor = this.eye.groupsBy([...columns, ...[...facts].flatMap((f) => this.people.columnsOf(f))]);
    const held = new Map<number, Lawful>();
    const lawful = Array.from(visitor.reps, (i): Lawful => {
      const g = this.stand.ids[i] as number;
      const s = this.stand.situations[g] as Situation;
      // A status held settles it, whatever the papers and visas.
      const fixed = (s.holdings ?? []).length > this.people.visasOf(i, this.on).length;
      const have = fixed ? held.get(g) : undefined;
      if (have) return have;
      const found = lawfulUntil(this.book, this.people.situation(i, this.on));
      if (fixed) held.set(g, found);
      return found;
    });
    const { on } = this;
    const isOver = Uint8Array.from(lawful, (l) => (l.known && l.until !== undefined && l.until < on ? 1 : 0));
    const last = Int32Array.from(lawful, (l) => {
      if (l.until !== undefined) return l.until;
      if (l.known) return 99999;
      // Whoever is there under a stay rule that is gone has no ground left, unless the law says so elsewhere.
      const rule = l.under === undefined ? undefined : this.book.provisions.get(l.under);
      return rule?.kind === 'stay' && inForce(rule, on) === 'no' ? on - 1 : -1;
    });
    return {
      over: Uint8Array.from(visitor.ids, (id) => isOver[id] as number),
      until: Int32Array.from(visitor.ids, (id) => last[id] as number),
    };
  }

  /** Whether rows may file a route from where they are: what `check` calls `filing.may`. */
  filing(route: Provision): Uint8Array {
    const { keys, count, ids, situations } = this.stand;
    const table = new Int8Array(count * 2).fill(-1);
    const by = new Uint8Array(situations.length * 2);
    situations.forEach((s, g) => {
      for (let o = 0; o < 2; o++) {
        const at = (keys[g] as number) * 2 + o;
        if (table[at] === -1) {
          const lawful: Lawful = { until: o === 1 ? this.on - 1 : this.on, known: true, under: s.under, doubts: [] };
          const may = filingFrom(this.book, route, s, this.on, lawful, 'any').may;
          table[at] = may === undefined ? UNKNOWN : may ? YES : NO;
        }
        by[g * 2 + o] = table[at] as number;
      }
    });
    return Uint8Array.from(ids, (g, i) => by[g * 2 + (this.over[i] as number)] as number);
  }

  /** Rows that may enter a country as visitors today, and the eye that sees them there; undefined: no stay rule of it is known. */
  visit(
    country: string,
  ): { readonly eye: LawEye; readonly rule: Provision; readonly rows: Uint8Array; readonly probe: Probe } | undefined {
    let have = this.visits.get(country);
    if (have === undefined) {
      have = null;
      for (const rule of stayRulesFor(this.book, country, this.on)) {
        const rows = this.eye.entry(rule, country, this.on);
        if (have) for (let i = 0; i < rows.length; i++) have.rows[i] = (have.rows[i] as number) | (rows[i] as number);
        else {
          const probe: Probe = { place: country, since: this.on, under: rule.id, holdings: [] };
          have = {
            eye: new LawEye(this.book, this.people, (on) => ({ ...probe, since: on }), this.eye),
            rule,
            rows: Uint8Array.from(rows),
            probe,
          };
        }
      }
      this.visits.set(country, have);
    }
    return have ?? undefined;
  }

  /** A route's answers for everybody as a visitor in its country. */
  visitors(route: Provision): Uint8Array | undefined {
    return this.visit(route.jurisdiction)?.eye.route(route, this.on);
  }

  /** Whether a route is open by going to its country as a visitor and asking there. */
  byVisit(route: Provision): Uint8Array | undefined {
    const where = filingAt(route, this.on)?.where ?? [];
    if (route.jurisdiction.length !== 2 || !(where.includes('in-country') || where.includes('online')))
      return undefined;
    const v = this.visit(route.jurisdiction);
    if (!v || this.people.n === 0) return undefined;
    const s = this.people.situation(0, this.on, v.probe);
    const may = filingFrom(this.book, route, s, this.on, {
      until: this.on,
      known: true,
      under: v.rule.id,
      doubts: [],
    }).may;
    const bits = may === undefined ? UNKNOWN : may ? YES : NO;
    if (bits === NO) return undefined;
    const open = v.eye.route(route, this.on);
    return open.map((x, i) => x & bits & (v.rows[i] as number));
  }
}

/** Whether a status of the book is a home for whoever holds it. */
export function isHome(book: LawBook, status: string): boolean {
  const stands = statusTerms(book, status)?.terms.stands;
  return stands === 'permit' || stands === 'protection' || stands === 'permanent' || stands === 'citizenship';
}

export const countriesIn = (book: LawBook, area: string, on: Day): readonly string[] => membersOf(book, area, on) ?? [];
