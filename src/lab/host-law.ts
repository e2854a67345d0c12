/**
 * The law of one country for a population over the months of a run: the patterns of all rows, looked up on the days on which
 * something that bears on the country changes, and each half-year for what changes with persons (ages, passports). A month is
 * answered by the law of its first day. What does not change between two such days is not looked up again.
 */
import { addMonths, toYmd } from '../calendar/civil.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { changeDays } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { filingFrom } from '../moves/filing.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { NO, UNKNOWN, YES } from './bits.ts';
import { commonPermit } from './common.ts';
import { LawEye, type Marks, type Placed, sameMarks } from './eye.ts';
import type { Groups } from './groups.ts';
import { Holders } from './holders.ts';
import { filedFirst, type Home, kindOf } from './homes.ts';
import { monthIndex, neutral, type RouteMonth, routeMonth, type VisitMonth, visaBound, visitMonth } from './month.ts';
import { NOWHERE } from './nowhere.ts';
import { Patterns, packWay } from './patterns.ts';
import type { People } from './people.ts';

/** How the patterns of rows go on from day to day: many rows share a course. */
export type Courses = {
  /** Course of each row. */
  readonly of: Int32Array;
  /** Pattern of each course and day: `course × days + day`. */
  readonly patterns: Int32Array;
};

/** The law of a country as it is kept: what took time to look up. */
export type KeptHost = {
  readonly days: readonly Day[];
  readonly dayOf: Int16Array;
  readonly courses: Courses;
  readonly places: readonly Uint8Array[];
  readonly visits: readonly VisitMonth[];
  readonly common: Int16Array;
};

/** What all countries of a run share. */
export type Stage = {
  readonly book: LawBook;
  readonly people: People;
  readonly homes: readonly Home[];
  readonly hosts: readonly string[];
  readonly first: Day;
  readonly months: number;
  readonly outsideEye: LawEye;
};

const bitsOf = (may: boolean | undefined): number => (may === undefined ? UNKNOWN : may ? YES : NO);

/** Answers of all rows to one question, and what they hang on. */
type Kept = { readonly marks: Marks; readonly rows: Uint8Array };
type Parted = { readonly marks: Marks; readonly core: Uint8Array; readonly placed: readonly Placed[] };

export class HostLaw {
  readonly host: string;
  readonly stage: Stage;
  /** The routes of the country, as indices into the homes of the run. */
  readonly routes: Int16Array;
  readonly days: readonly Day[];
  /** Which of the days answers for each month. */
  readonly dayOf: Int16Array;
  readonly courses: Courses;
  readonly patterns: Patterns;
  /** Kind of place by day and by place (with a permit there: the second half): an index into the patterns' `files`. */
  readonly places: readonly Uint8Array[];
  readonly routeMonths: readonly (readonly RouteMonth[])[];
  readonly visits: readonly VisitMonth[];
  /** By day: the route that a visitor may get the papers for (`commonPermit`), by its place among the routes; −1 for none. */
  readonly common: Int16Array;
  readonly holders: Holders;
  /** By day and route: the parts of the answer that look at stay and status, as far as they were needed. */
  private readonly placed: ((readonly Placed[] | undefined)[] | undefined)[] = [];
  private readonly insideEye: LawEye;
  /** By day of the law and group of rows with the same visas: the last day that these allow; 0: not asked yet. */
  private readonly bounds: Int32Array;
  private readonly visaGroups: Groups;

  /**
   * `like` is the same country under the law that this one is a patch of: patterns are numbered alike. `kept` is what was looked up
   * before, of the same law and persons; then `patterns` are those kept with it.
   */
  constructor(stage: Stage, host: string, like?: HostLaw, kept?: KeptHost, patterns?: Patterns) {
    this.stage = stage;
    this.host = host;
    this.patterns = like?.patterns ?? patterns ?? new Patterns();
    const { book, people, homes } = stage;
    this.routes = Int16Array.from(
      homes.flatMap((h, r) => (h.route.jurisdiction === host ? [r] : [])),
      (r) => r,
    );
    const rule = stayRulesFor(book, host, stage.first)[0];
    this.insideEye = new LawEye(
      book,
      people,
      (on) => ({ place: host, since: on, ...(rule ? { under: rule.id } : {}), holdings: [] }),
      stage.outsideEye,
    );
    const { days, dayOf } = kept ?? lawDays(stage, host, bearing(stage, host));
    this.days = days;
    this.dayOf = dayOf;
    this.visaGroups = stage.outsideEye.groupsBy([...people.visaColumns]);
    this.bounds = new Int32Array(days.length * this.visaGroups.reps.length);
    this.routeMonths = days.map((d) => Array.from(this.routes, (r) => routeMonth(homes[r] as Home, d)));
    this.visits = kept?.visits ?? days.map((d) => visitMonth(book, people, host, d));
    const own = Array.from(this.routes, (r) => homes[r] as Home);
    this.common =
      kept?.common ?? Int16Array.from(days, (d) => commonPermit(book, own, this.standing(host, false, d), d));
    this.places = kept?.places ?? days.map((d) => this.placesAt(d));
    this.courses = kept?.courses ?? this.look();
    this.patterns.freeze();
    this.holders = new Holders(this);
  }

  /** To be kept. */
  keep(): KeptHost {
    const { days, dayOf, courses, places, visits, common } = this;
    return { days, dayOf, courses, places, visits, common };
  }

  /** The parts of a route's answer, on a day of the law, that look at stay and status. */
  placedAt(dayIndex: number, local: number): readonly Placed[] {
    let of = this.placed[dayIndex];
    if (!of) {
      of = [];
      this.placed[dayIndex] = of;
    }
    let parts = of[local];
    if (!parts) {
      const { route, via } = this.home(local);
      const day = this.days[dayIndex] as Day;
      parts = (via ? [route, via] : [route]).flatMap((r) => this.insideEye.placed(r, day));
      of[local] = parts;
    }
    return parts;
  }

  /**
   * The last day on which the visas of a row, as they are on a day of the law, let it visit the country; `NO_BOUND` where the visit does
   * not hang on one.
   */
  boundOf(i: number, dayIndex: number): Day {
    const g = this.visaGroups.ids[i] as number;
    const at = dayIndex * this.visaGroups.reps.length + g;
    let bound = this.bounds[at] as number;
    if (bound === 0) {
      bound = visaBound(this.stage.book, this.stage.people, i, this.host, this.days[dayIndex] as Day);
      this.bounds[at] = bound;
    }
    return bound;
  }

  /** Lets go of what only helped to look the law up: a run asks for single rows. */
  forget(): void {
    this.stage.outsideEye.forget();
    this.insideEye.forget();
  }

  home(local: number): Home {
    return this.stage.homes[this.routes[local] as number] as Home;
  }

  /** Somebody at a place, as a visitor or with a permit of it, of whom filing is asked. */
  private standing(place: string, resident: boolean, day: Day): Situation {
    const { book, people, homes } = this.stage;
    if (place === NOWHERE) return neutral(people, day, { place, holdings: [] });
    const status = resident
      ? homes.find((h) => h.route.jurisdiction === place && h.stands === 'permit')?.status
      : undefined;
    const under = status ?? stayRulesFor(book, place, day)[0]?.id;
    return neutral(people, day, {
      place,
      since: day,
      ...(under ? { under } : {}),
      holdings: status ? [{ status, country: place, from: day - 400, to: day + 400 }] : [],
    });
  }

  /** From which places the routes may be filed: the same for everybody who stands there alike. */
  private placesAt(day: Day): Uint8Array {
    const { book, hosts } = this.stage;
    const all = [...hosts, NOWHERE];
    const out = new Uint8Array(all.length * 2);
    for (const resident of [false, true])
      all.forEach((place, k) => {
        const s = this.standing(place, resident, day);
        const bits = Uint8Array.from(this.routes, (r) =>
          place === this.host
            ? NO
            : bitsOf(filingFrom(book, filedFirst(stageHome(this.stage, r)), s, day, undefined, 'any').may),
        );
        out[(resident ? all.length : 0) + k] = this.patterns.internFiles(bits);
      });
    return out;
  }

  /** A home's answer to somebody in the country, parted by whether it looks at their stay and status. */
  private part(h: Home, day: Day): { core: Uint8Array; placed: readonly Placed[] } {
    const own = this.insideEye.parted(h.route, day);
    if (!h.via) return own;
    const first = this.insideEye.parted(h.via, day);
    return {
      core: own.core.map((x, i) => x & (first.core[i] as number)),
      placed: [...own.placed, ...first.placed],
    };
  }

  /** The patterns of all rows on every day. */
  private look(): Courses {
    const { book, people, outsideEye } = this.stage;
    const { n } = people;
    const outside: (Kept | undefined)[] = Array.from(this.routes, () => undefined);
    const inside: (Kept | undefined)[] = Array.from(this.routes, () => undefined);
    const parted: (Parted | undefined)[] = Array.from(this.routes, () => undefined);
    let entry: Kept | undefined;
    const kept = (have: Kept | undefined, marks: Marks, look: () => Uint8Array): Kept =>
      have && sameMarks(have.marks, marks) ? have : { marks, rows: look() };
    const rowsOf = (eye: LawEye, h: Home, day: Day): Uint8Array => {
      const rows = eye.route(h.route, day);
      if (!h.via) return rows;
      const first = eye.route(h.via, day);
      return rows.map((x, i) => x & (first[i] as number));
    };
    const course = new Course(n);
    this.days.forEach((day, k) => {
      const rules = stayRulesFor(book, this.host, day);
      entry = kept(entry, outsideEye.entryMarks(rules, this.host, day), () => {
        const out = new Uint8Array(n);
        for (const rule of rules) {
          const rows = outsideEye.entry(rule, this.host, day);
          for (let i = 0; i < n; i++) out[i] = (out[i] as number) | (rows[i] as number);
        }
        return out;
      });
      const visitor = this.standing(this.host, false, day);
      const groups = new Refined(n, entry.rows);
      const filed: number[] = [];
      this.routes.forEach((r, local) => {
        const h = stageHome(this.stage, r);
        outside[local] = kept(outside[local], outsideEye.marks(h, day), () => rowsOf(outsideEye, h, day));
        inside[local] = kept(inside[local], this.insideEye.marks(h, day), () => rowsOf(this.insideEye, h, day));
        const may = bitsOf(filingFrom(book, filedFirst(h), visitor, day, undefined, 'any').may);
        filed.push(may);
        const was = parted[local];
        const marks = inside[local]?.marks as Marks;
        const now = was && sameMarks(was.marks, marks) ? was : { marks, ...this.part(h, day) };
        parted[local] = now;
        groups.by(outside[local]?.rows as Uint8Array, inside[local]?.rows as Uint8Array, may, now.core);
      });
      const ids = Uint32Array.from(groups.firsts(), (i) => {
        const ways: number[] = [];
        this.routes.forEach((r, local) => {
          const out = outside[local]?.rows[i] as number;
          const within = (inside[local]?.rows[i] as number) & (filed[local] as number);
          if ((out | within) !== NO)
            ways.push(
              packWay(
                local,
                kindOf(stageHome(this.stage, r)),
                this.routeMonths[k]?.[local]?.right === true,
                out,
                within,
              ),
            );
        });
        const cores = Uint8Array.from(parted, (x) => x?.core[i] as number);
        return this.patterns.intern(entry?.rows[i] as number, ways, cores);
      });
      this.placed[k] = parted.map((x) => x?.placed);
      course.on(groups.ids, ids);
    });
    return course.done();
  }

  /** Pattern of a row on a day of the law. */
  pattern(i: number, dayIndex: number): number {
    const { of, patterns } = this.courses;
    return patterns[(of[i] as number) * this.days.length + dayIndex] as number;
  }
}

/** Gathers courses day by day: rows stay together as long as their patterns are the same. */
class Course {
  private readonly ids: Int32Array;
  private count = 1;
  private readonly steps: { readonly before: number[]; readonly pattern: number[] }[] = [];

  constructor(n: number) {
    this.ids = new Int32Array(n);
  }

  on(groups: Int32Array, patterns: Uint32Array): void {
    const { ids } = this;
    const size = patterns.length;
    const few = this.count * size <= 1 << 24;
    const table = few ? new Int32Array(this.count * size).fill(-1) : undefined;
    const map = new Map<number, number>();
    const before: number[] = [];
    const pattern: number[] = [];
    for (let i = 0; i < ids.length; i++) {
      const k = (ids[i] as number) * size + (groups[i] as number);
      let id = table ? (table[k] as number) : (map.get(k) ?? -1);
      if (id < 0) {
        id = before.length;
        before.push(ids[i] as number);
        pattern.push(patterns[groups[i] as number] as number);
        if (table) table[k] = id;
        else map.set(k, id);
      }
      ids[i] = id;
    }
    this.count = Math.max(1, before.length);
    this.steps.push({ before, pattern });
  }

  done(): Courses {
    const D = this.steps.length;
    const patterns = new Int32Array(this.count * D);
    for (let c = 0; c < this.count; c++) {
      let at = c;
      for (let d = D - 1; d >= 0; d--) {
        const step = this.steps[d];
        patterns[c * D + d] = step?.pattern[at] ?? 0;
        at = step?.before[at] ?? 0;
      }
    }
    return { of: this.ids, patterns };
  }
}

const stageHome = (stage: Stage, r: number): Home => stage.homes[r] as Home;

/** Rows parted step by step by their answers. */
class Refined {
  ids: Int32Array;
  private count: number;

  constructor(n: number, entry: Uint8Array) {
    this.ids = Int32Array.from({ length: n }, (_, i) => entry[i] as number);
    this.count = 4;
  }

  by(outside: Uint8Array, inside: Uint8Array, may: number, core: Uint8Array): void {
    const { ids } = this;
    const table = new Int32Array(this.count * 64).fill(-1);
    let made = 0;
    for (let i = 0; i < ids.length; i++) {
      const answers = ((outside[i] as number) << 4) | (((inside[i] as number) & may) << 2) | (core[i] as number);
      const k = ((ids[i] as number) << 6) | answers;
      let id = table[k] as number;
      if (id < 0) {
        id = made++;
        table[k] = id;
      }
      ids[i] = id;
    }
    this.count = Math.max(1, made);
  }

  /** The first row of each group. */
  firsts(): Int32Array {
    const { ids } = this;
    let most = -1;
    for (let i = 0; i < ids.length; i++) most = Math.max(most, ids[i] as number);
    const out = new Int32Array(most + 1);
    for (let i = ids.length - 1; i >= 0; i--) out[ids[i] as number] = i;
    return out;
  }
}

/** Everything whose change matters to homes in a country and to entry there. A little more than does, never less. */
export function bearing(stage: Stage, host: string): Set<Provision> {
  const { book, homes } = stage;
  const out = new Set<Provision>();
  const ids = new Set<string>();
  const reaches = (p: Provision): boolean => {
    if (p.countries?.includes(host) || p.jurisdiction === host || p.area === host) return true;
    return [p.jurisdiction, p.area].some((a) => a && book.areas.get(a)?.members.some((m) => m.country === host));
  };
  for (const h of homes) {
    if (h.route.jurisdiction !== host) continue;
    for (const r of h.via ? [h.route, h.via] : [h.route]) {
      out.add(r);
      ids.add(r.id);
      const status = r.grants?.status === undefined ? undefined : statusTerms(book, r.grants.status)?.provision;
      if (status) out.add(status);
    }
  }
  for (const p of ofKind(book, 'stay'))
    if (reaches(p)) {
      out.add(p);
      ids.add(p.id);
    }
  const named = (p: Provision): boolean =>
    (p.appliesTo ?? []).some((a) => (a.endsWith('/*') ? a.startsWith(`${host}/`) || reaches(p) : ids.has(a)));
  for (const p of ofKind(book, 'restriction')) if (p.strength !== 'may' && (reaches(p) || named(p))) out.add(p);
  for (const p of ofKind(book, 'document')) if (p.purpose !== 'renewal' && reaches(p)) out.add(p);
  return out;
}

/** Days on which a country is looked at, and which of them answers for each month. */
function lawDays(stage: Stage, host: string, about: ReadonlySet<Provision>): { days: Day[]; dayOf: Int16Array } {
  const { first, months, book } = stage;
  const to = addMonths(first, months, 'clamp');
  const wanted = new Set<number>([0]);
  for (let k = 0; k < months; k++) {
    const { m } = toYmd(addMonths(first, k, 'clamp'));
    if (m === 1 || m === 7) wanted.add(k);
  }
  const turns = (d: Day): void => {
    if (d <= first || d > to) return;
    // A change within a month is seen from the first of the next one on, unless it falls on a first.
    const k = monthIndex(first, d) + (toYmd(d).d === 1 ? 0 : 1);
    if (k < months) wanted.add(k);
  };
  for (const p of about) for (const d of changeDays(p, first, to)) turns(d);
  for (const area of book.areas.values())
    for (const m of area.members)
      if (m.country === host) {
        turns(m.from);
        if (m.to !== undefined) turns(m.to + 1);
      }
  const list = [...wanted].sort((a, b) => a - b);
  const dayOf = new Int16Array(months);
  let e = -1;
  for (let k = 0; k < months; k++) {
    if (list[e + 1] === k) e++;
    dayOf[k] = e;
  }
  return { days: list.map((k) => addMonths(first, k, 'clamp')), dayOf };
}
