/**
 * The law of a run, looked up once and shared by all draws: for every month in which anything can differ, what is open to every
 * row from outside a country, inside it as a visitor, and which countries it may enter. Permit holders are asked about when the
 * first of them gets that far. A month is answered by the law of its first day.
 */
import { addMonths, fromYmd, toYmd } from '../calendar/civil.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { changeDays, decisionAt, inForce, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { bearingOnEntry, bearingOnRoute } from '../moves/eligible.ts';
import { filingFrom } from '../moves/filing.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import { processingDays } from '../moves/moves.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import { LawEye, NO, UNKNOWN, YES } from './eye.ts';
import { filedFirst, type Home, homesOf, hostsOf } from './homes.ts';
import type { People, Probe } from './people.ts';

/** A route as a run needs it in one month. */
export type RouteMonth = {
  readonly live: boolean;
  readonly right: boolean;
  /** Days for which the status is granted; 0: no end. */
  readonly valid: number;
  readonly processing: number;
  /** Share granted in stated practice; negative where none is stated. */
  readonly practice: number;
  /** People who may be granted it in a year; negative: no limit. */
  readonly quota: number;
};

/** A country as a run needs it in one month. */
export type HostMonth = {
  /** Days of a first visit; 0 where no stay rule is known. */
  readonly visit: number;
  /** Days from the last day of a full visit to the next entry. */
  readonly gap: number;
};

export type Epoch = {
  readonly day: Day;
  /** Two bits a route and row, four to a byte, row after row: asked from elsewhere. */
  readonly outside: Uint8Array;
  /** The same, asked by a visitor in the country. */
  readonly inside: Uint8Array;
  /** Two bits a country and row: entry as a visitor. */
  readonly enter: Uint8Array;
  /** Two bits a route, packed like a row, place after place: filing from there as a visitor, and as a holder of a permit. */
  readonly fileVisitor: Uint8Array;
  readonly fileResident: Uint8Array;
  /** Two bits a route, packed like a row: filing as a visitor in the route's own country. */
  readonly fileInside: Uint8Array;
  readonly routes: readonly RouteMonth[];
  readonly hosts: readonly HostMonth[];
};

/** What a holder of a status may ask for, after so many years: the routes, and their bits by row. */
export type Holder = {
  readonly routes: Int16Array;
  /** Bits of the `k`-th of these routes for row `i`. */
  bits(k: number, i: number): number;
};

const NOWHERE = 'xx';
const YEARS = [1, 2, 3, 5, 8, 10] as const;

export class LawTables {
  readonly book: LawBook;
  readonly people: People;
  readonly homes: readonly Home[];
  readonly hosts: readonly string[];
  /** Host of each route: an index into `hosts`; −1 for routes of an area. */
  readonly hostOf: Int16Array;
  readonly first: Day;
  readonly months: number;
  /** Epoch of each month. */
  readonly epochOf: Int16Array;
  readonly epochs: readonly Epoch[];
  readonly stride: number;
  readonly hostStride: number;
  private readonly holders = new Map<number, Holder>();
  private readonly base: LawTables | undefined;
  private readonly outsideEye: LawEye;
  private readonly insideEyes: readonly LawEye[];
  private readonly affected: ReadonlySet<string>;

  /** `base` are the tables of the law that this one is a patch of, over the same persons: what the patch leaves alone is taken from there. */
  constructor(book: LawBook, people: People, from: Day, to: Day, base?: LawTables) {
    this.book = book;
    this.people = people;
    this.homes = homesOf(book, from);
    this.hosts = hostsOf(book);
    const at = new Map(this.hosts.map((h, k) => [h, k]));
    this.hostOf = Int16Array.from(this.homes, (h) => at.get(h.route.jurisdiction) ?? -1);
    const { y, m } = toYmd(from);
    this.first = fromYmd(y, m, 1);
    this.months = monthIndex(this.first, to) + 1;
    this.stride = (this.homes.length + 3) >> 2;
    this.hostStride = (this.hosts.length + 3) >> 2;
    const same = base && base.people === people && base.homes.length === this.homes.length && base.first === this.first;
    this.base = same ? base : undefined;
    const shared = this.base?.outsideEye;
    const outside: Probe = { place: NOWHERE, holdings: [] };
    this.outsideEye = new LawEye(book, people, () => outside, shared);
    this.insideEyes = this.hosts.map((host) => {
      const rule = stayRulesFor(book, host, from)[0];
      return new LawEye(
        book,
        people,
        (on) => ({ place: host, since: on, ...(rule ? { under: rule.id } : {}), holdings: [] }),
        this.outsideEye,
      );
    });
    this.affected = this.base ? changed(this.base.book, book) : new Set();
    const { days, epochOf } = this.epochDays();
    this.epochOf = epochOf;
    this.epochs = days.map((d) => this.epoch(d));
  }

  /** Epochs: half-years (passports end, people grow older), and months in which the law of homes or entry changes. */
  private epochDays(): { days: Day[]; epochOf: Int16Array } {
    const to = addMonths(this.first, this.months, 'clamp');
    const wanted = new Set<number>([0]);
    for (let k = 0; k < this.months; k++) {
      const { m } = toYmd(addMonths(this.first, k, 'clamp'));
      if (m === 1 || m === 7) wanted.add(k);
    }
    for (const p of relevant(this.book, this.homes))
      for (const d of changeDays(p, this.first, to)) {
        // A change within a month is seen from the first of the next one on, unless it falls on a first.
        const k = monthIndex(this.first, d) + (toYmd(d).d === 1 ? 0 : 1);
        if (k < this.months) wanted.add(k);
      }
    const list = [...wanted].sort((a, b) => a - b);
    const epochOf = new Int16Array(this.months);
    let e = -1;
    for (let k = 0; k < this.months; k++) {
      if (list[e + 1] === k) e++;
      epochOf[k] = e;
    }
    return { days: list.map((k) => addMonths(this.first, k, 'clamp')), epochOf };
  }

  private epoch(day: Day): Epoch {
    const { n } = this.people;
    const outside = new Uint8Array(n * this.stride);
    const inside = new Uint8Array(n * this.stride);
    const enter = new Uint8Array(n * this.hostStride);
    this.homes.forEach((h, r) => {
      put(outside, this.stride, r, this.rows(r, h, day, this.outsideEye, false));
      const host = this.hostOf[r] as number;
      if (host >= 0) put(inside, this.stride, r, this.rows(r, h, day, this.insideEyes[host] as LawEye, true));
    });
    this.hosts.forEach((host, k) => {
      put(enter, this.hostStride, k, this.entries(host, day));
    });
    const place = (host: string, resident: boolean): Situation => {
      const status = resident ? this.anyPermit(host) : undefined;
      const rule = stayRulesFor(this.book, host, day)[0];
      const under = status ?? rule?.id;
      return neutral(this.people, day, {
        place: host,
        since: day,
        ...(under ? { under } : {}),
        holdings: status ? [{ status, country: host, from: day - 400, to: day + 400 }] : [],
      });
    };
    const table = (resident: boolean): Uint8Array => {
      const out = new Uint8Array(this.stride * (this.hosts.length + 1));
      this.hosts.forEach((host, k) => {
        const s = place(host, resident);
        this.homes.forEach((h, r) => {
          if (this.hostOf[r] !== k && (this.hostOf[r] as number) >= 0)
            putOne(out, this.stride, k, r, bits(filingFrom(this.book, filedFirst(h), s, day).may));
        });
      });
      // From a country that the law says nothing of: as a visitor somewhere.
      const s = neutral(this.people, day, { place: NOWHERE, holdings: [] });
      this.homes.forEach((h, r) => {
        if ((this.hostOf[r] as number) >= 0)
          putOne(out, this.stride, this.hosts.length, r, bits(filingFrom(this.book, filedFirst(h), s, day).may));
      });
      return out;
    };
    const fileInside = new Uint8Array(this.stride);
    this.homes.forEach((h, r) => {
      const k = this.hostOf[r] as number;
      if (k >= 0)
        putOne(
          fileInside,
          this.stride,
          0,
          r,
          bits(filingFrom(this.book, filedFirst(h), place(this.hosts[k] as string, false), day).may),
        );
    });
    return {
      day,
      outside,
      inside,
      enter,
      fileVisitor: table(false),
      fileResident: table(true),
      fileInside,
      routes: this.homes.map((h) => routeMonth(h, day)),
      hosts: this.hosts.map((host) => this.hostMonth(host, day)),
    };
  }

  /** A route's rows; taken from the last epoch, or from the tables of the unpatched law, where nothing that bears on it differs. */
  private rows(r: number, home: Home, day: Day, eye: LawEye, inside: boolean): Uint8Array {
    if (this.base && !this.differs(home, inside, day)) {
      const e = this.base.epochs.find((x) => x.day === day);
      if (e) return take(inside ? e.inside : e.outside, this.stride, r, this.people.n);
    }
    const rows = eye.route(home.route, day);
    if (!home.via) return rows;
    const first = eye.route(home.via, day);
    return rows.map((x, i) => x & (first[i] as number));
  }

  /** Whether anything that bears on a home differs from the law that this one is a patch of. */
  private differs(home: Home, inside: boolean, day: Day): boolean {
    if (!this.base) return true;
    for (const book of [this.book, this.base.book])
      for (const route of [home.route, home.via]) {
        if (!route) continue;
        const b = bearingOnRoute(book, route, inside, day);
        if ([route, ...b.restrictions, ...b.documents].some((p) => this.affected.has(p.id))) return true;
      }
    return false;
  }

  private entries(host: string, day: Day): Uint8Array {
    const { n } = this.people;
    const rules = stayRulesFor(this.book, host, day);
    if (this.base) {
      const ids = (book: LawBook) =>
        stayRulesFor(book, host, day).flatMap((r) => {
          const b = bearingOnEntry(book, r, host, day);
          return [r, ...b.restrictions, ...b.documents];
        });
      const e = this.base.epochs.find((x) => x.day === day);
      if (e && ![...ids(this.book), ...ids(this.base.book)].some((p) => this.affected.has(p.id)))
        return take(e.enter, this.hostStride, this.hosts.indexOf(host), n);
    }
    const out = new Uint8Array(n);
    for (const rule of rules) {
      const rows = this.outsideEye.entry(rule, host, day);
      for (let i = 0; i < n; i++) out[i] = (out[i] as number) | (rows[i] as number);
    }
    return out;
  }

  private hostMonth(host: string, day: Day): HostMonth {
    let best: HostMonth = { visit: 0, gap: 1 };
    for (const rule of stayRulesFor(this.book, host, day)) {
      const s = neutral(this.people, day, { place: host, since: day, under: rule.id, holdings: [] });
      const a = stayAnswer(this.book, rule, s, day);
      if (a.lastDay === undefined) continue;
      const visit = Math.min(3650, a.lastDay - day + 1);
      if (visit > best.visit) best = { visit, gap: a.nextEntry ? Math.max(1, a.nextEntry.day - a.lastDay) : 365 };
    }
    return best;
  }

  private anyPermit(host: string): string | undefined {
    return this.homes.find((h) => h.route.jurisdiction === host && h.stands === 'permit')?.status;
  }

  /** Bits of a route for a row. */
  static bit(packed: Uint8Array, stride: number, i: number, r: number): number {
    return ((packed[i * stride + (r >> 2)] as number) >> ((r & 3) << 1)) & 3;
  }

  /**
   * What holders of the status of route `r` may ask for in its country after some years, by the law of an epoch. Rows are asked
   * about when they get there, and remembered with those that look alike.
   */
  holder(r: number, years: number, epoch: number): Holder {
    let bucket = 0;
    while (bucket < YEARS.length - 1 && (YEARS[bucket + 1] as number) <= years) bucket++;
    const key = (r * 16 + bucket) * 4096 + epoch;
    const have = this.holders.get(key);
    if (have) return have;
    const day = (this.epochs[epoch] as Epoch).day;
    const home = this.homes[r] as Home;
    const host = home.route.jurisdiction;
    const held = Math.round((YEARS[bucket] as number) * 365.25);
    const probe = (on: Day): Probe => ({
      place: host,
      since: on - held - 30,
      under: home.status,
      holdings: [{ status: home.status, country: host, from: on - held, to: on + 60 }],
    });
    const eye = new LawEye(this.book, this.people, probe, this.outsideEye);
    const s = neutral(this.people, day, probe(day));
    const routes: number[] = [];
    const mays: number[] = [];
    this.homes.forEach((h, k) => {
      if (h.route.jurisdiction !== host) return;
      const may = bits(filingFrom(this.book, filedFirst(h), s, day).may);
      if (may === NO) return;
      routes.push(k);
      mays.push(may);
    });
    const ways = routes.map((k) => this.homes[k] as Home);
    const made: Holder = {
      routes: Int16Array.from(routes),
      bits: (k, i) => {
        const { route, via } = ways[k] as Home;
        const may = eye.point(route, day, i) & (mays[k] as number);
        return may !== NO && via ? may & eye.point(via, day, i) : may;
      },
    };
    this.holders.set(key, made);
    return made;
  }

  /** Whether a route renews the status of another. */
  renews(by: number, r: number): boolean {
    const renew = statusTerms(this.book, (this.homes[r] as Home).status)?.terms.renew;
    return renew !== undefined && renew !== 'no' && renew.by === (this.homes[by] as Home).route.id;
  }
}

/** Somebody of whom filing and days of stay are asked: with a good passport, whoever the rows are. */
function neutral(people: People, day: Day, probe: Probe): Situation {
  const documents = [
    {
      kind: 'passport',
      country: 'ru',
      biometric: true,
      issued: day - 365,
      expires: day + 3285,
      issuedInOccupiedTerritory: false,
    },
  ];
  const s = people.situation(0, day, probe);
  return { ...s, documents, person: { ...s.person, documents } };
}

/** Whole months from the first of a month to a day. */
export function monthIndex(first: Day, day: Day): number {
  const a = toYmd(first);
  const b = toYmd(day);
  return (b.y - a.y) * 12 + (b.m - a.m);
}

const bits = (may: boolean | undefined): number => (may === undefined ? UNKNOWN : may ? YES : NO);

function put(packed: Uint8Array, stride: number, r: number, rows: Uint8Array): void {
  const shift = (r & 3) << 1;
  const at = r >> 2;
  for (let i = 0; i < rows.length; i++)
    packed[i * stride + at] = (packed[i * stride + at] as number) | ((rows[i] as number) << shift);
}

function putOne(packed: Uint8Array, stride: number, i: number, r: number, bits: number): void {
  const at = i * stride + (r >> 2);
  packed[at] = (packed[at] as number) | (bits << ((r & 3) << 1));
}

function take(packed: Uint8Array, stride: number, r: number, n: number): Uint8Array {
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i++) out[i] = LawTables.bit(packed, stride, i, r);
  return out;
}

/** Everything whose change matters to homes and entry. */
function relevant(book: LawBook, homes: readonly Home[]): Provision[] {
  return [
    ...homes.map((h) => h.route),
    ...ofKind(book, 'stay'),
    ...ofKind(book, 'restriction').filter((p) => p.strength !== 'may'),
    ...ofKind(book, 'document').filter((p) => p.purpose !== 'renewal'),
  ];
}

/** Provisions that differ between a law and its patch. */
function changed(a: LawBook, b: LawBook): Set<string> {
  const out = new Set<string>();
  for (const [id, p] of b.provisions) if (a.provisions.get(id) !== p) out.add(id);
  return out;
}

function routeMonth({ route, via }: Home, day: Day): RouteMonth {
  const v = route.grants?.valid
    ? (paramAt(route, route.grants.valid, day) as Duration | number | undefined)
    : undefined;
  const days = v === undefined ? 365 : typeof v === 'number' ? v : Math.round(v.months * 30.4375 + v.days);
  const stands = route.status?.stands;
  const said = [...(via?.practice ?? []), ...(route.practice ?? [])];
  const rate = said.findLast((p) => /approval-rate|protection-rate|granted-of/.test(p.what) && p.unit === 'percent');
  const refusal = said.findLast((p) => /^(refusal|rejection)/.test(p.what) && p.unit === 'percent');
  const quota = route.quota ? (paramAt(route, route.quota.param, day) as number | undefined) : undefined;
  return {
    live: inForce(route, day) !== 'no',
    right: decisionAt(route, day) === 'right',
    valid: stands === 'permanent' || stands === 'citizenship' ? 0 : Math.max(30, days),
    processing: processingDays(route, day, { processing: 'usual', granted: true }).days,
    practice: rate ? rate.value / 100 : refusal ? 1 - refusal.value / 100 : -1,
    quota: quota === undefined ? -1 : route.quota?.per === 'month' ? quota * 12 : quota,
  };
}
