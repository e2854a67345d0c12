/**
 * What is open to a person over the years, remembered for a search that asks again and again. Nothing here knows more of the
 * law than `moves`: the same answers, each worked out once for all situations that look the same to the rules concerned.
 */
import { maxStayFrom, nextEntry } from '../calendar/allowance.ts';
import type { Counting, Visit } from '../calendar/counting.ts';
import { type LawBook, matchesStatus, ofKind, statusTerms } from '../law/book.ts';
import { inForce, paramAt } from '../law/resolve.ts';
import type { Clause, Provision } from '../law/types.ts';
import { clockAnswer } from '../person/clock.ts';
import { countedCountries, countedVisits, countingsOf } from '../person/counting.ts';
import { papersUntil } from '../person/papers.ts';
import type { Holding, Situation } from '../person/types.ts';
import { convert, View } from '../person/view.ts';
import type { Day, Duration, Money } from '../rules/ir.ts';
import type { PartTeller } from './assume.ts';
import { bannedFrom } from './bans.ts';
import { isWaiting } from './claims.ts';
import { dangersIn } from './dangers.ts';
import { countriesOf, documentRules, entryEligibility, restrictionsOn, routeEligibility, surely } from './eligible.ts';
import { type FilingPlace, filingFrom, renews } from './filing.ts';
import { Filled } from './filled.ts';
import { heldUntil } from './held.ts';
import { holdingsIn, type Lawful, lawfulUntil } from './lawful.ts';
import { entryEligibilityUnderStatus, feesOf, leaving } from './moves.ts';
import { savedDays } from './opens.ts';
import { lawDaysOf, type Piece, Pieces } from './pieces.ts';
import { Numbers, sayAssumed, sayDocuments, sayHoldings, sayVisits, sightOf, Viewer, within } from './seen.ts';
import type { Doubt, Enter, File } from './types.ts';
import { hasWindow, ownEnd, windowDays } from './windows.ts';

/** The last day of lawful presence without a break; infinite without an end; the day before `on` where it is not lawful. */
export type Through = { readonly end: number; readonly lawful: Lawful };

type RouteView = {
  readonly route: Provision;
  readonly bearing: readonly Provision[];
  readonly viewer: Viewer;
  readonly dynamic: boolean;
  readonly cash: boolean;
};
type Filable = { readonly view: RouteView; pieces: Pieces | undefined };

const NOTHING: readonly never[] = [];

/** Everything that is remembered for one person, one law and one stretch of days. */
export class Outlook {
  readonly book: LawBook;
  readonly from: Day;
  readonly to: Day;
  readonly numbers = new Numbers();
  private readonly ofPart: PartTeller;
  private readonly routes: readonly RouteView[];
  private readonly byRoute = new Map<Provision, RouteView>();
  /** Routes that ask clocks, with the statuses these count. */
  readonly clockRoutes: readonly ClockRoute[];
  /** Routes that look at savings. */
  readonly moneyRoutes: readonly Provision[];
  private readonly pieces = new Map<string, Pieces>();
  private readonly filable = new Map<string, readonly Filable[]>();
  private readonly places = new Map<string, FilingPlace>();
  private readonly throughs = new Map<string, Through>();
  private readonly stays = new Map<string, readonly Provision[]>();
  private readonly counted = new Map<Provision, { days: readonly Day[]; known: (readonly Counting[] | undefined)[] }>();
  private readonly fresh = new Map<Provision, Map<Day, Day | undefined>>();
  private readonly ends = new Map<string, Day | undefined>();
  private readonly danger = new Map<string, { pieces: Pieces[]; rules: readonly Provision[] }>();

  /** `routes`: the routes that may be filed. Days lie from `from` to `to`. */
  constructor(book: LawBook, routes: readonly Provision[], from: Day, to: Day) {
    this.book = book;
    this.from = from;
    this.to = to;
    const filled = new Filled(book, this.numbers, from, to);
    this.ofPart = (part, s, on) => filled.of(part, s, on);
    this.routes = routes.map((route) => this.viewOf(route));
    this.moneyRoutes = this.routes.filter((v) => v.cash).map((v) => v.route);
    for (const v of this.routes) this.byRoute.set(v.route, v);
    this.clockRoutes = this.routes.flatMap(({ route }) => {
      const clocks = clocksOf(book, route);
      const patterns = clocks.flatMap((c) => (c.clock.counts ?? []).map((x) => x.status));
      return patterns.length ? [{ route, patterns, clocks }] : [];
    });
  }

  private viewOf(route: Provision): RouteView {
    const { book, from } = this;
    const bearing = [
      route,
      ...restrictionsOn(book, ['permit', 'visa', 'filing'], route.jurisdiction, route.id, from),
      ...documentRules(book, route.jurisdiction, ['permit', 'visa'], from),
    ];
    const sight = sightOf(book, bearing);
    return {
      route,
      bearing,
      viewer: new Viewer(sight, this.numbers),
      dynamic: sight.visits || sight.visitsTo.size > 0 || sight.since || sight.cash,
      cash: sight.cash,
    };
  }

  /** A number for all that applications which look at no visits, days of arrival or money can see. */
  private standing(s: Situation): string {
    const n = this.numbers;
    return `${s.place}|${s.under}|${n.object(s.holdings, sayHoldings)}|${n.object(s.documents, sayDocuments)}|${n.object(s.assumed, sayAssumed)}`;
  }

  private piecesOf(view: RouteView, s: Situation): Pieces {
    const { book, from, to } = this;
    const here = within(book, view.route.jurisdiction, s.place, s.on);
    const key = `${view.route.id} ${view.viewer.key(s, here)}`;
    let made = this.pieces.get(key);
    if (!made) {
      const answer = (on: Day) =>
        inForce(view.route, on) === 'no' ? undefined : routeEligibility(book, view.route, s, on);
      made = new Pieces(book, view.bearing, sightOf(book, view.bearing), s, [from, to], answer, this.ofPart);
      this.pieces.set(key, made);
    }
    return made;
  }

  /**
   * The applications open from where the person is, with their first and last days in [a, b]; only routes that `among` lets
   * through, which `name` stands for, and that `worth` asking about lets through now.
   */
  files(
    s: Situation,
    a: Day,
    b: Day,
    strict: boolean,
    name: number,
    among: (r: Provision) => boolean,
    worth: (r: Provision) => boolean = () => true,
  ): File[] {
    if (s.place === undefined) return [];
    const key = this.standing(s);
    const listed = `${name} ${key}`;
    let list = this.filable.get(listed);
    if (!list) {
      const made: Filable[] = [];
      for (const view of this.routes) {
        if (!among(view.route) || !mayEverFile(this.book, view.route, s)) continue;
        made.push({ view, pieces: undefined });
      }
      list = made;
      this.filable.set(listed, list);
    }
    const out: File[] = [];
    for (const filable of list) {
      const { view } = filable;
      const route = view.route;
      if (!worth(route) || (s.pending.length && isWaiting(this.book, route, s))) continue;
      const pieces = filable.pieces ?? this.piecesOf(view, s);
      if (!view.dynamic) filable.pieces = pieces;
      let before: Piece | undefined;
      /** The last day on which it could be filed, of the stretches so far. */
      let open: Day | undefined;
      for (const piece of pieces.between(a, b)) {
        // A day on which nothing gets better is no reason to wait for it: the stretch before goes on, where one could file on it.
        const goesOn =
          before !== undefined && open === piece.from - 1 && !betters(this.book, route, before, piece, piece.from);
        before = piece;
        if (strict && (piece.assumes.length || piece.doubts.length)) continue;
        for (const [from, to] of this.sameHoldings(route, s, piece.from, piece.to)) {
          const place = this.filing(key, route, s, from);
          if (place.may === false || (strict && place.may !== true)) continue;
          const fees = feesOf(route, from);
          const doubts: Doubt[] = [...place.doubts, ...piece.doubts];
          if (fees === undefined) doubts.push({ kind: 'fee-not-known', route: route.id });
          open = to;
          out.push({
            ...(goesOn && from === piece.from ? { goesOn } : {}),
            kind: 'file',
            route: route.id,
            provision: route,
            place: s.place,
            inCountry: place.inCountry,
            decision: route.decision ?? 'discretion',
            fee: fees ?? (NOTHING as readonly Money[]),
            document: piece.eligibility.binding.document,
            earliest: from,
            latest: to,
            eligibility: piece.eligibility,
            assumes: piece.assumes,
            doubts,
          });
        }
      }
    }
    return out;
  }

  private readonly windows = new Map<string, readonly Day[]>();

  /** The days on which it may begin or cease that a route is taken from what is held. */
  private windowDays(route: Provision, s: Situation): readonly Day[] {
    if (!s.holdings?.length || !hasWindow(this.book, route)) return NOTHING;
    const key = `${route.id}|${this.numbers.object(s.holdings, sayHoldings)}`;
    let days = this.windows.get(key);
    if (!days) {
      days = windowDays(this.book, route, { ...s, on: this.from });
      this.windows.set(key, days);
    }
    return days;
  }

  /** [a, b] cut where something held begins or ends, or a route begins or ceases to be taken from it. */
  private sameHoldings(route: Provision, s: Situation, a: Day, b: Day): (readonly [Day, Day])[] {
    const cuts: Day[] = [];
    for (const h of s.holdings ?? NOTHING) {
      if (h.from > a && h.from <= b) cuts.push(h.from);
      if (h.to !== undefined && h.to + 1 > a && h.to + 1 <= b) cuts.push(h.to + 1);
    }
    for (const d of this.windowDays(route, s)) if (d > a && d <= b) cuts.push(d);
    if (cuts.length === 0) return [[a, b]];
    const starts = [...new Set([a, ...cuts])].sort((x, y) => x - y);
    return starts.map((d, i) => [d, i + 1 < starts.length ? (starts[i + 1] as Day) - 1 : b] as const);
  }

  private filing(standing: string, route: Provision, s: Situation, on: Day): FilingPlace {
    // Whoever is over their time is a rare case, and the only one in which more than the standing matters.
    const over = s.on === on && this.through(s).end < on;
    if (over) return filingFrom(this.book, route, s, on);
    let stretch = 0;
    for (const h of s.holdings ?? NOTHING) {
      if (h.from <= on) stretch++;
      if (h.to !== undefined && h.to < on) stretch++;
    }
    for (const d of this.windowDays(route, s)) if (d <= on) stretch++;
    const key = `${route.id}|${standing}|${stretch}`;
    let place = this.places.get(key);
    if (!place) {
      place = filingFrom(this.book, route, { ...s, on }, on);
      this.places.set(key, place);
    }
    return place;
  }

  /** Stay rules that on some day within the horizon let somebody be in a country. */
  private rulesOf(country: string): readonly Provision[] {
    let rules = this.stays.get(country);
    if (!rules) {
      const { book, from, to } = this;
      rules = ofKind(book, 'stay').filter((r) =>
        [from, ...lawDaysOf(r, from, to)].some(
          (d) => inForce(r, d) !== 'no' && countedCountries(book, r, d).includes(country),
        ),
      );
      this.stays.set(country, rules);
    }
    return rules;
  }

  /** The ways into a country with their days in [a, b]; `until` is that of the first day. */
  entries(s: Situation, country: string, a: Day, b: Day, strict: boolean): Enter[] {
    const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
    if (country === 'ru' || citizenships.includes(country) || bannedFrom(s, country)) return [];
    const { book } = this;
    const out: Enter[] = [];
    const add = (provision: Provision, under: string, pieces: Pieces, first: Day, last: Day, holding?: Holding) => {
      for (const piece of pieces.between(first, last)) {
        if (strict && piece.assumes.length) continue;
        const enter = {
          kind: 'enter' as const,
          country,
          under,
          provision,
          document: piece.eligibility.binding.document,
          eligibility: piece.eligibility,
          assumes: piece.assumes,
          doubts: piece.doubts,
        };
        if (holding) {
          const until = holding.goesOn?.unsure ? holding.goesOn.after : holding.to;
          out.push({ ...enter, earliest: piece.from, latest: piece.to, until });
          continue;
        }
        const unknown = this.historyUnknown(provision, s, piece.from);
        if (unknown && strict) continue;
        // Days may be used up at first and free again later.
        for (const [x, y] of this.openDays(provision, s, country, piece.from, piece.to))
          out.push({
            ...enter,
            assumes: unknown
              ? [...enter.assumes, { key: 'stays', fact: 'stays', jurisdiction: provision.jurisdiction }]
              : enter.assumes,
            earliest: x,
            latest: y,
            until: this.visitEnd(provision, s, country, x),
          });
      }
    };
    for (const h of s.holdings ?? NOTHING) {
      const last = ownEnd(h);
      if (h.from > b || (last !== undefined && last < a)) continue;
      const first = Math.max(a, h.from);
      if (!holdingsIn(book, { ...s, on: first, holdings: [h] }, country, first).length) continue;
      const t = statusTerms(book, h.status);
      if (!t) continue;
      const pieces = this.entryPieces(`under ${h.status}`, t.provision, country, s, (on) =>
        entryEligibilityUnderStatus(book, t.provision, country, s, on),
      );
      add(t.provision, h.status, pieces, first, last === undefined ? b : Math.min(b, last), h);
    }
    for (const rule of this.rulesOf(country)) {
      add(rule, rule.id, this.visitPieces(rule, country, s), a, b);
    }
    return out;
  }

  private visitPieces(rule: Provision, country: string, s: Situation): Pieces {
    const { book } = this;
    return this.entryPieces(rule.id, rule, country, s, (on) =>
      inForce(rule, on) !== 'no' && countedCountries(book, rule, on).includes(country)
        ? entryEligibility(book, rule, country, s, on)
        : undefined,
    );
  }

  private readonly entryViews = new Map<string, { viewer: Viewer; bearing: readonly Provision[] }>();

  private entryPieces(
    name: string,
    p: Provision,
    country: string,
    s: Situation,
    answer: (on: Day) => ReturnType<typeof entryEligibility> | undefined,
  ): Pieces {
    const { book, from, to } = this;
    const id = `${name} ${country}`;
    let view = this.entryViews.get(id);
    if (!view) {
      const bearing = [
        p,
        ...restrictionsOn(book, ['entry'], country, p.id, from),
        ...documentRules(book, country, ['entry'], from),
      ];
      view = { viewer: new Viewer(sightOf(book, bearing), this.numbers), bearing };
      this.entryViews.set(id, view);
    }
    const here = within(book, p.jurisdiction, s.place, s.on);
    const key = `> ${id} ${view.viewer.key(s, here)}`;
    let made = this.pieces.get(key);
    if (!made) {
      made = new Pieces(book, view.bearing, sightOf(book, view.bearing), s, [from, to], answer, this.ofPart);
      this.pieces.set(key, made);
    }
    return made;
  }

  private countings(rule: Provision, on: Day): readonly Counting[] | undefined {
    let row = this.counted.get(rule);
    if (!row) {
      row = { days: this.lawDays(rule), known: [] };
      this.counted.set(rule, row);
    }
    let stretch = 0;
    for (const d of row.days) if (d <= on) stretch++;
    if (!(stretch in row.known)) row.known[stretch] = countingsOf(rule, on);
    return row.known[stretch];
  }

  /** The days within the horizon on which a provision changes by its own dates. */
  lawDays(p: Provision): readonly Day[] {
    return lawDaysOf(p, this.from, this.to);
  }

  /**
   * The days after the first on which a route opens for a situation that stays as it is, or is to be had on less, for less,
   * sooner or for longer than the day before.
   */
  openings(route: Provision, s: Situation): readonly Day[] {
    const view = this.byRoute.get(route);
    if (!view) return [];
    return this.piecesOf(view, s)
      .changes(this.from, this.to)
      .filter(({ day, before, now }) => now && (!before || betters(this.book, route, before, now, day)))
      .map(({ day }) => day);
  }

  /** The days after the first on which a month's saving brings what a route asks of savings, whatever else it asks. */
  savedDays(route: Provision, s: Situation): readonly Day[] {
    return savedDays(this.book, route, s, this.from, this.to);
  }

  /** The days after the first on which a country opens to visitors, for a situation that stays as it is. */
  entryOpenings(s: Situation, country: string): readonly Day[] {
    const out: Day[] = [];
    for (const rule of this.rulesOf(country)) {
      const pieces = this.visitPieces(rule, country, s);
      for (const { day, before, now } of pieces.changes(this.from, this.to)) {
        if (!now) continue;
        if (!before || surer(now, before) || (this.freshEnd(rule, day) ?? 0) > (this.freshEnd(rule, day - 1) ?? 0) + 1)
          out.push(day);
      }
    }
    return out;
  }

  /** Whether a country is open to visitors on some day, for a situation that stays as it is but for its papers. */
  everOpen(s: Situation, country: string): boolean {
    return this.rulesOf(country).some((rule) => {
      const days = [this.from, ...this.lawDays(rule)];
      return days.some(
        (d) => inForce(rule, d) !== 'no' && entryEligibility(this.book, rule, country, s, d).outcome !== false,
      );
    });
  }

  /**
   * For a route whose clock counts something that is held: the days on which it opens, and the day on which its clock is full
   * for whoever goes on holding it.
   */
  clockOpenings(view: ClockRoute, s: Situation): readonly Day[] {
    if (!(s.holdings ?? []).some((h) => view.patterns.some((p) => matchesStatus(p, h.status)))) return [];
    const out = this.openings(view.route, s).filter((d) => d > s.on);
    for (const { clock, atLeast } of view.clocks) {
      const need = paramAt(view.route, atLeast, s.on) as Duration | undefined;
      if (!need) continue;
      const full = clockAnswer(this.book, clock, s, s.on, need, (p) => new View(this.book, p, s, s.on)).on;
      if (full !== undefined && full > s.on) out.push(full);
    }
    return out;
  }

  /** Whether a danger concerns the person, or may, in every country that anybody may be in, on every day of the horizon. */
  endangeredEverywhere(s: Situation, places: readonly string[]): boolean {
    return places.every((place) => {
      const rules = this.dangerRules(place);
      const days = new Set([this.from, ...rules.flatMap((r) => this.lawDays(r))]);
      return [...days].every((on) => this.endangered({ ...s, place, on }));
    });
  }

  /** Whether a country's dangers look only at the person, and not at what is held or where one was. */
  fearsAlike(country: string): boolean {
    const sight = sightOf(this.book, this.dangerRules(country));
    const held = sight.holdings === 'all' || sight.holdings.length > 0;
    return !held && !sight.since && !sight.under && !sight.visits && sight.visitsTo.size === 0 && !sight.cash;
  }

  /** What is held, as a text that is the same for the same holdings. */
  heldKey(s: Situation): string {
    return `${this.numbers.object(s.holdings, sayHoldings)}`;
  }

  /** The last day of a visit that begins on a day after no other. */
  freshEnd(rule: Provision, on: Day): Day | undefined {
    let row = this.fresh.get(rule);
    if (!row) {
      row = new Map();
      this.fresh.set(rule, row);
    }
    const have = row.get(on);
    if (have !== undefined || row.has(on)) return have;
    const countings = this.countings(rule, on);
    const made = countings && maxStayFrom(countings, [{ from: on, to: undefined }], on);
    row.set(on, made);
    return made;
  }

  /** Whether the rule counts a day of the situation's past or present. */
  hasHistory(rule: Provision, s: Situation): boolean {
    return (this.countedVisits(rule, s) ?? []).length > 0;
  }

  /** Whether a count of the rule looks at earlier visits at all. */
  remembers(rule: Provision, on: Day): boolean {
    return (this.countings(rule, on) ?? []).some((c) => c.kind !== 'perEntry' || (c.gapDays ?? 0) > 0);
  }

  private historyUnknown(rule: Provision, s: Situation, on: Day): boolean {
    return s.visits === undefined && this.remembers(rule, on);
  }

  /** The last lawful day of a visit that begins on a day; `undefined` where it may not begin. */
  visitEnd(rule: Provision, s: Situation, country: string, on: Day): Day | undefined {
    const end = this.countedEnd(rule, s, country, on);
    if (end === undefined) return undefined;
    const papers = rule.passportBound ? papersUntil(s) : undefined;
    const held = rule.holdingBound ? this.heldUntil(rule, s, on) : undefined;
    const last = Math.min(end, papers ?? end, held ?? end);
    return last < on ? undefined : last;
  }

  private readonly heldEnds = new Map<string, Day | undefined>();

  /** `heldUntil`, worked out once for what is held and the papers. */
  private heldUntil(rule: Provision, s: Situation, on: Day): Day | undefined {
    if (!s.holdings?.length) return undefined;
    const n = this.numbers;
    const key = `${this.ruleNumber(rule)}|${on}|${s.since}|${s.place}|${n.object(s.holdings, sayHoldings)}|${n.object(s.documents, sayDocuments)}|${n.object(s.assumed, sayAssumed)}`;
    if (!this.heldEnds.has(key)) this.heldEnds.set(key, heldUntil(this.book, rule, s, on));
    return this.heldEnds.get(key);
  }

  private countedEnd(rule: Provision, s: Situation, country: string, on: Day): Day | undefined {
    const countings = this.countings(rule, on);
    if (!countings) return undefined;
    if (!this.remembers(rule, on)) return this.freshEnd(rule, on);
    const key = `${this.ruleNumber(rule)}|${on}|${country}|${this.history(s)}`;
    if (!this.ends.has(key)) {
      const arrived: Situation = { ...leaving(s, on), place: country, since: on, under: rule.id, on };
      const visits = countedVisits(this.book, rule, arrived) ?? [{ from: on, to: undefined }];
      this.ends.set(key, maxStayFrom(countings, visits, on));
    }
    return this.ends.get(key);
  }

  private ruleNumber(rule: Provision): number {
    return this.numbers.object(rule, (r: Provision) => r.id);
  }

  /** All that rules which count days can see of where a person was and is. */
  private history(s: Situation): string {
    const n = this.numbers;
    return `${n.object(s.visits, sayVisits)}|${s.place}|${s.since}|${s.under}|${n.object(s.holdings, sayHoldings)}`;
  }

  private readonly countedMemo = new Map<string, readonly Visit[] | undefined>();

  /** The visits that a rule counts for a situation. */
  countedVisits(rule: Provision, s: Situation): readonly Visit[] | undefined {
    const key = `${this.ruleNumber(rule)}|${this.history(s)}`;
    if (!this.countedMemo.has(key)) this.countedMemo.set(key, countedVisits(this.book, rule, s));
    return this.countedMemo.get(key);
  }

  /** The stretches of [a, b] on which a visit may begin. */
  private openDays(rule: Provision, s: Situation, country: string, a: Day, b: Day): (readonly [Day, Day])[] {
    const open = (d: Day): boolean => this.visitEnd(rule, s, country, d) !== undefined;
    if (!this.remembers(rule, a)) return open(a) ? [[a, b]] : [];
    // Waiting elsewhere only frees days; moving on within the same countries uses them up, to the end of the present stay.
    const inside = s.place !== undefined && countedCountries(this.book, rule, a).includes(s.place);
    if (open(a)) return [[a, inside ? lastOf(a, b, open) : b]];
    const countings = this.countings(rule, a);
    const next = countings && nextEntry(countings, countedVisits(this.book, rule, leaving(s, a)) ?? [], a);
    return next && next.day <= b && open(next.day) ? [[next.day, b]] : [];
  }

  /**
   * The last lawful day of a visit that begins on the situation's day and rests on nothing but its stay rule; `undefined`
   * where anything else bears on it (a status held, an application, earlier visits that are not known).
   */
  plainVisit(s: Situation, rule: Provision): Day | undefined {
    if (rule.kind !== 'stay' || s.pending.length || s.holdings?.length || s.place === undefined) return undefined;
    if (this.historyUnknown(rule, s, s.on)) return undefined;
    // `s` is the situation after the entry: its last earlier visit is where the person came from.
    return this.visitEnd(rule, { ...s, place: undefined, since: undefined, under: undefined }, s.place, s.on);
  }

  /** Until when presence is lawful where the person is. */
  through(s: Situation): Through {
    const n = this.numbers;
    const rule = s.under === undefined ? undefined : this.book.provisions.get(s.under);
    const visits = rule?.kind === 'stay' && !this.remembers(rule, s.on) ? 0 : n.object(s.visits, sayVisits);
    const key = `${s.on}|${s.place}|${s.since}|${s.under}|${n.object(s.holdings, sayHoldings)}|${visits}|${n.object(
      s.documents,
      sayDocuments,
    )}|${n.object(s.assumed, sayAssumed)}|${s.pending.map((p) => `${p.route}:${p.place}:${p.inCountry}:${p.decided}`).join()}`;
    let t = this.throughs.get(key);
    if (!t) {
      const lawful = lawfulUntil(this.book, s);
      const today = s.place !== undefined && holdingsIn(this.book, s, s.place, s.on).length > 0 ? s.on : s.on - 1;
      const end = lawful.until ?? (lawful.known ? Number.POSITIVE_INFINITY : today);
      t = { end: Math.max(end, today), lawful };
      this.throughs.set(key, t);
    }
    return t;
  }

  private readonly concerned = new Map<string, boolean>();
  private readonly dangerViews = new Map<string, Viewer>();

  /** Whether a danger of the country concerns the person, or may, on the situation's day. */
  endangered(s: Situation): boolean {
    if (s.place === undefined) return false;
    let viewer = this.dangerViews.get(s.place);
    const rules = this.dangerRules(s.place);
    if (rules.length === 0) return false;
    if (!viewer) {
      viewer = new Viewer(sightOf(this.book, rules), this.numbers);
      this.dangerViews.set(s.place, viewer);
    }
    const key = `${s.place}|${s.on}|${viewer.key(s, true)}`;
    let found = this.concerned.get(key);
    if (found === undefined) {
      found = dangersIn(this.book, s, s.place, s.on, ['presence']).length > 0;
      this.concerned.set(key, found);
    }
    return found;
  }

  /** Whether coming into the country where the person is, on the situation's day, is a danger to them, or may be. */
  dangerousEntry(s: Situation): boolean {
    if (s.place === undefined) return false;
    const rules = this.entryRules(s.place);
    if (rules.length === 0) return false;
    let viewer = this.crossingViews.get(s.place);
    if (!viewer) {
      viewer = new Viewer(sightOf(this.book, rules), this.numbers);
      this.crossingViews.set(s.place, viewer);
    }
    const key = `> ${s.place}|${s.on}|${viewer.key(s, true)}`;
    let found = this.concerned.get(key);
    if (found === undefined) {
      found = dangersIn(this.book, s, s.place, s.on, ['presence', 'entry']).length > 0;
      this.concerned.set(key, found);
    }
    return found;
  }

  private readonly crossingViews = new Map<string, Viewer>();
  private readonly crossings = new Map<string, readonly Provision[]>();

  private entryRules(country: string): readonly Provision[] {
    let have = this.crossings.get(country);
    if (!have) {
      have = ofKind(this.book, 'danger').filter(
        (p) =>
          (p.concerns === 'presence' || p.concerns === 'entry') &&
          countriesOf(this.book, p, this.from).includes(country),
      );
      this.crossings.set(country, have);
    }
    return have;
  }

  private dangerRules(country: string): readonly Provision[] {
    let have = this.danger.get(country);
    if (!have) {
      const rules = ofKind(this.book, 'danger').filter(
        (p) => p.concerns === 'presence' && countriesOf(this.book, p, this.from).includes(country),
      );
      have = { pieces: [], rules };
      this.danger.set(country, have);
    }
    return have.rules;
  }
}

/** Whether a route could be filed from a place by what it says of places alone. */
function mayEverFile(book: LawBook, route: Provision, s: Situation): boolean {
  const f = route.filing;
  if (!f) return false;
  if (within(book, route.jurisdiction, s.place, s.on))
    return f.where.includes('in-country') || f.where.includes('online') || renews(book, s, route, s.on);
  return f.where.some((w) => w === 'abroad' || w === 'consulate' || w === 'online');
}

/** A route that asks clocks, with the statuses these count. */
type ClockRoute = {
  readonly route: Provision;
  readonly patterns: readonly string[];
  readonly clocks: readonly { readonly clock: Provision; readonly atLeast: string }[];
};

/** The clocks that a route asks, at any depth. */
function clocksOf(book: LawBook, route: Provision): ClockRoute['clocks'] {
  const of = (c: Clause): { clock: Provision; atLeast: string }[] => {
    switch (c.k) {
      case 'clock': {
        const clock = book.provisions.get(c.clock);
        return clock ? [{ clock, atLeast: c.atLeast }] : [];
      }
      case 'leaf':
        return [];
      case 'not':
        return of(c.of);
      case 'points':
        return c.items.flatMap((i) => of(i.of));
      default:
        return c.of.flatMap(of);
    }
  };
  return [...route.all, ...route.bars].flatMap(of);
}

/** The last day of [a, b] up to which all are open, if the open days come first. */
function lastOf(a: Day, b: Day, open: (d: Day) => boolean): Day {
  let [low, high] = [a, b];
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (open(mid)) low = mid;
    else high = mid - 1;
  }
  return low;
}

/** Whether one piece is surely open and the other only perhaps. */
const surer = (p: Piece, than: Piece): boolean => surely(p.eligibility) && !surely(than.eligibility);

/** Whether a route is to be had on better terms than the day before: on less, for less, sooner or for longer. */
function betters(book: LawBook, route: Provision, before: Piece, now: Piece, on: Day): boolean {
  if (surer(now, before)) return true;
  const euro = (d: Day): number | undefined => {
    let sum = 0;
    for (const fee of feesOf(route, d) ?? [undefined]) {
      const e = fee && convert(book, fee, 'EUR', d);
      if (!e) return undefined;
      sum += e.amount;
    }
    return sum;
  };
  const [was, is] = [euro(on - 1), euro(on)];
  if (was !== undefined && is !== undefined && is < was) return true;
  const length = (name: string | undefined, d: Day): number | undefined => {
    const v = name ? paramAt(route, name, d) : undefined;
    return v === undefined ? undefined : typeof v === 'number' ? v : (v as Duration).months * 31 + (v as Duration).days;
  };
  const less = (a: number | undefined, b: number | undefined): boolean => a !== undefined && b !== undefined && a < b;
  const valid = route.grants?.valid ?? route.grants?.document?.valid;
  return (
    less(length(route.processing?.longest, on), length(route.processing?.longest, on - 1)) ||
    less(length(valid, on - 1), length(valid, on))
  );
}
