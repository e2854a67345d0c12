/**
 * The heart of the program: what a person may lawfully do next (`moves`), and the situation after it (`apply`).
 *
 * The planner searches over these two, the lab samples from them, `check` is one step of them, the verifier replays them.
 * Nothing else in the program knows what is lawful. Both are pure: the same situation, law and draw give the same answer.
 */

import { nextEntry } from '../calendar/allowance.ts';
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, membersOf, ofKind, statusTerms } from '../law/book.ts';
import { decisionAt, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { countedVisits, countingsOf } from '../person/counting.ts';
import { isCurrent } from '../person/situation.ts';
import type { Document, Holding, Situation, Visit } from '../person/types.ts';
import { convert } from '../person/view.ts';
import type { Day, Duration, Money, Value } from '../rules/ir.ts';
import { assumptionsFor } from './assume.ts';
import { bannedFrom } from './bans.ts';
import { isWaiting, leavingClaims } from './claims.ts';
import {
  bearingOnEntry,
  documentRules,
  entryEligibility,
  restrictionsOn,
  routeEligibility,
  surely,
} from './eligible.ts';
import { filingFrom } from './filing.ts';
import { holdingsIn, lawfulUntil, stayRulesFor, totalUntil } from './lawful.ts';
import { firstOpen, turningDays } from './opens.ts';
import { processingDays } from './processing.ts';
import { stayAnswer } from './stay.ts';
import { type Await, type Doubt, type Draw, type Enter, type File, type Move, PROCESSING_NOT_STATED } from './types.ts';
import { afterRefusal, carriedOn, hasWindow, ownEnd, windowDays } from './windows.ts';

export { processingDays };

/** Limits what `moves` lists: only these countries to enter, only these routes to file; up to this day. */
export type MoveOptions = {
  readonly countries?: ReadonlySet<string>;
  readonly routes?: ReadonlySet<string>;
  readonly horizon?: Day;
  /** Only what rests on no assumption. */
  readonly strict?: boolean;
  /**
   * For a search that makes a move on its first day or looks again on a later one: leave out what opens later only by
   * waiting for an entry, and do not look for the day on which a move closes again.
   */
  readonly quick?: boolean;
};

const TEN_YEARS: Duration = { months: 120, days: 0 };

/** Everything the person may lawfully do next. Entering the country of origin is never among them. */
export function moves(book: LawBook, s: Situation, options: MoveOptions = {}): Move[] {
  const lawful = lawfulUntil(book, s);
  const horizon = options.horizon ?? addDuration(s.on, TEN_YEARS, 'clamp');
  // Who is over their time, or whose time is not known, may leave or file now; waiting would make it worse.
  const latest =
    lawful.until !== undefined ? Math.max(s.on, Math.min(lawful.until, horizon)) : lawful.known ? horizon : s.on;
  const out: Move[] = [];
  for (const p of s.pending) {
    const provision = book.provisions.get(p.route);
    // An answer that came while something else was done is taken note of now.
    if (provision) out.push(awaitMove(provision, p.filed, Math.max(s.on, p.decided)));
  }
  for (const country of countries(book, s.on)) {
    if (country === s.place || (options.countries && !options.countries.has(country))) continue;
    const strict = options.strict === true;
    out.push(
      ...(options.quick
        ? enterMoves(book, s, country, s.on, latest, strict)
        : enterWindows(book, s, country, latest, strict)),
    );
  }
  for (const route of ofKind(book, 'route')) {
    if (options.routes && !options.routes.has(route.id)) continue;
    for (const m of fileMoves(book, s, route, latest, options.strict === true))
      out.push(options.quick ? m : untilItCloses(book, s, m));
  }
  return out;
}

/** Every country in which some stay rule or status of the law lets somebody be. */
export function countries(book: LawBook, on: Day): string[] {
  const out = new Set<string>();
  for (const r of ofKind(book, 'stay')) for (const c of membersOf(book, r.area ?? r.jurisdiction, on) ?? []) out.add(c);
  for (const r of ofKind(book, 'route')) if (r.jurisdiction.length === 2) out.add(r.jurisdiction);
  return [...out].sort();
}

/** The ways to enter a country on `on`: under each stay rule, and under each status held there. */
export function enterMoves(
  book: LawBook,
  s: Situation,
  country: string,
  on: Day,
  latest: Day,
  strict: boolean,
): Enter[] {
  const citizenships = (s.person.facts.get('person.citizenships') as readonly string[] | undefined) ?? [];
  if (country === 'ru' || citizenships.includes(country) || bannedFrom(s, country)) return [];
  const out: Enter[] = [];
  const gone = leaving(s, on);
  for (const h of holdingsIn(book, { ...s, on }, country, on)) {
    const t = statusTerms(book, h.status);
    // On a permit that only goes on until a decision nobody is sure to be let in.
    if (!t || on > (ownEnd(h) ?? on)) continue;
    const e = entryEligibilityUnderStatus(book, t.provision, country, s, on);
    if (e.outcome === false) continue;
    const assumed = surely(e) ? { assumes: [], doubts: [] } : assumptionsFor(book, e, s, on);
    if (!assumed || (strict && assumed.assumes.length)) continue;
    out.push({
      kind: 'enter',
      country,
      under: h.status,
      provision: t.provision,
      document: e.binding.document,
      earliest: on,
      latest: Math.min(latest, ownEnd(h) ?? latest),
      until: h.goesOn?.unsure ? h.goesOn.after : h.to,
      eligibility: e,
      ...assumed,
    });
  }
  for (const rule of stayRulesFor(book, country, on)) {
    const e = entryEligibility(book, rule, country, s, on);
    if (e.outcome === false) continue;
    const arrived: Situation = { ...gone, place: country, since: on, under: rule.id, on };
    const stay = stayAnswer(book, rule, arrived, on);
    if (stay.lastDay === undefined) continue;
    const assumed = surely(e) ? { assumes: [], doubts: [] } : assumptionsFor(book, e, s, on);
    if (!assumed || (strict && assumed.assumes.length)) continue;
    const history = stay.missing.includes('stays')
      ? [{ key: 'stays', fact: 'stays', jurisdiction: rule.jurisdiction }]
      : [];
    if (strict && history.length) continue;
    out.push({
      kind: 'enter',
      country,
      under: rule.id,
      provision: rule,
      document: e.binding.document,
      earliest: on,
      latest,
      until: stay.lastDay,
      eligibility: e,
      assumes: [...assumed.assumes, ...history],
      doubts: assumed.doubts,
    });
  }
  return out;
}

/** A provision of entry and what bears on entering a country under it. */
function entryRules(book: LawBook, p: Provision, country: string, on: Day): Provision[] {
  const { restrictions, documents } = bearingOnEntry(book, p, country, on);
  return [p, ...restrictions, ...documents];
}

/**
 * The ways to enter a country with the days on which they are open: from each day up to `latest` on which one may enter after one may
 * not, until the last day before something closes (a passport that ends, a border, a rule, a gap that a new count of days asks for).
 */
function enterWindows(book: LawBook, s: Situation, country: string, latest: Day, strict: boolean): Enter[] {
  const days = new Set<Day>([s.on]);
  const gone = leaving(s, s.on);
  /** For each stay rule the first day from another on which it lets one enter, by its count of days. */
  const counts: { readonly rule: string; readonly next: (from: Day) => Day | undefined }[] = [];
  for (const rule of stayRulesFor(book, country, s.on)) {
    for (const p of entryRules(book, rule, country, s.on))
      for (const d of turningDays(book, p, s, s.on, latest)) days.add(d);
    const countings = countingsOf(rule, s.on);
    const visits = countedVisits(book, rule, gone);
    if (countings && visits) counts.push({ rule: rule.id, next: (d) => nextEntry(countings, visits, d)?.day });
  }
  for (const { next } of counts) {
    const day = next(s.on);
    if (day !== undefined && day > s.on && day <= latest) days.add(day);
  }
  for (const h of s.holdings ?? []) {
    const p = statusTerms(book, h.status)?.provision;
    if (!p || h.from > latest) continue;
    if (h.from > s.on) days.add(h.from);
    for (const q of entryRules(book, p, country, s.on).slice(1))
      for (const d of turningDays(book, q, s, s.on, latest)) days.add(d);
  }
  const open = new Map<string, Enter>();
  const windows: Enter[] = [];
  const todo = [...days].sort((a, b) => a - b);
  const lookOn = (d: Day | undefined): void => {
    if (d === undefined || d > latest || days.has(d)) return;
    days.add(d);
    todo.push(d);
    todo.sort((a, b) => a - b);
  };
  for (let i = 0; i < todo.length; i++) {
    const d = todo[i] as Day;
    const now = new Map(enterMoves(book, s, country, d, latest, strict).map((m) => [m.under, m]));
    for (const [under, m] of open) {
      if (now.has(under)) continue;
      windows.push({ ...m, latest: d - 1 });
      open.delete(under);
    }
    // It may open later, or again: where a new count of days begins only some days after the exit.
    for (const { rule, next } of counts) if (!now.has(rule)) lookOn(next(d));
    for (const [under, m] of now) {
      if (open.has(under)) continue;
      open.set(under, m);
      // The days of a visit may run out while one is not even there: look on the day after them.
      if (m.until !== undefined && m.until + 1 > d) lookOn(m.until + 1);
    }
  }
  return [...windows, ...open.values()];
}

/** The same application with the last day before which something closes it. */
function untilItCloses(book: LawBook, s: Situation, m: File): File {
  const r = m.provision;
  const bearing = [
    r,
    ...restrictionsOn(book, ['permit', 'visa', 'filing'], r.jurisdiction, r.id, s.on),
    ...documentRules(book, r.jurisdiction, ['permit', 'visa'], s.on),
  ];
  const days = new Set<Day>();
  const add = (d: Day) => {
    if (d > m.earliest && d <= m.latest) days.add(d);
  };
  for (const p of bearing) for (const d of turningDays(book, p, s, m.earliest, m.latest)) add(d);
  for (const h of s.holdings ?? []) {
    add(h.from);
    if (h.to !== undefined) add(h.to + 1);
  }
  if (hasWindow(book, r)) for (const d of windowDays(book, r, s)) add(d);
  const closedOn = (d: Day) =>
    filingFrom(book, r, { ...s, on: d }, d).may === false ||
    routeEligibility(book, r, { ...s, on: d }, d).outcome === false;
  for (const d of [...days].sort((a, b) => a - b)) {
    if (closedOn(d)) return { ...m, latest: d - 1 };
  }
  return m;
}

/** Entry under a status already granted: its own requirements were met; restrictions on entry and papers still bear. */
export function entryEligibilityUnderStatus(book: LawBook, held: Provision, country: string, s: Situation, on: Day) {
  const open: Provision = {
    ...held,
    all: [],
    bars: [],
    except: [],
    inForce: { from: held.inForce.from, earlier: true },
  };
  return entryEligibility(book, open, country, s, on);
}

/** The first day from which a route may be asked for where the person is; later than the situation's where the law takes it only from then. */
function firstDayHere(book: LawBook, route: Provision, s: Situation, latest: Day, strict: boolean): Day | undefined {
  const place = filingFrom(book, route, s, s.on);
  if (place.may === true || (place.may === undefined && !strict)) return s.on;
  const opens = place.window?.opens;
  if (opens === undefined || opens <= s.on || opens > latest) return undefined;
  const then = filingFrom(book, route, { ...s, on: opens }, opens);
  return then.may === true || (then.may === undefined && !strict) ? opens : undefined;
}

/** The ways to file a route from where the person is, on the first day it is open until `latest`. */
export function fileMoves(book: LawBook, s: Situation, route: Provision, latest: Day, strict: boolean): File[] {
  if (s.place === undefined || isWaiting(book, route, s)) return [];
  const from = firstDayHere(book, route, s, latest, strict);
  if (from === undefined) return [];
  const bearing = [
    route,
    ...restrictionsOn(book, ['permit', 'visa', 'filing'], route.jurisdiction, route.id, s.on),
    ...documentRules(book, route.jurisdiction, ['permit', 'visa'], s.on),
  ];
  const openings = firstOpen(
    book,
    bearing,
    s,
    from,
    latest,
    (on) => routeEligibility(book, route, s, on),
    (e, on) => assumptionsFor(book, e, { ...s, on }, on) !== undefined,
  );
  return openings.flatMap(({ day, eligibility }) => {
    // What one holds today may have ended by the day the route opens.
    const place = filingFrom(book, route, { ...s, on: day }, day);
    if (place.may === false || (strict && place.may !== true)) return [];
    const assumed = surely(eligibility)
      ? { assumes: [], doubts: [] }
      : assumptionsFor(book, eligibility, { ...s, on: day }, day);
    if (!assumed || (strict && (assumed.assumes.length || assumed.doubts.length))) return [];
    const fees = feesOf(route, day);
    const doubts: Doubt[] = [...place.doubts, ...assumed.doubts];
    if (fees === undefined) doubts.push({ kind: 'fee-not-known', route: route.id });
    return [
      {
        kind: 'file',
        route: route.id,
        provision: route,
        place: s.place as string,
        inCountry: place.inCountry,
        decision: decisionAt(route, day),
        fee: fees ?? [],
        document: eligibility.binding.document,
        earliest: day,
        latest,
        eligibility,
        assumes: assumed.assumes,
        doubts,
      } satisfies File,
    ];
  });
}

/** The fees of a route on a day; `undefined` where the law names none or states no value. */
export function feesOf(route: Provision, on: Day): readonly Money[] | undefined {
  if (!route.fee) return undefined;
  const out: Money[] = [];
  for (const name of route.fee) {
    const v = paramAt(route, name, on);
    if (v === undefined) return undefined;
    out.push(v as Money);
  }
  return out;
}

/** The move that takes note of an answer. */
export function awaitMove(provision: Provision, filed: Day, decided: Day): Await {
  const doubts: Doubt[] = [];
  if (!processingDays(provision, filed, { processing: 'longest', granted: true }).stated)
    doubts.push({ kind: 'processing-not-stated', route: provision.id, taken: PROCESSING_NOT_STATED });
  return {
    kind: 'await',
    route: provision.id,
    provision,
    earliest: decided,
    latest: decided,
    decision: decisionAt(provision, filed),
    doubts,
  };
}

/** The situation once the person has left the place where they are, on a day. */
export function leaving(s: Situation, on: Day): Situation {
  if (s.place === undefined || s.since === undefined) return { ...s, on };
  const visit: Visit = {
    country: s.place,
    from: s.since,
    to: Math.max(on, s.since),
    ...(s.under ? { status: s.under } : {}),
  };
  return {
    ...s,
    on,
    visits: s.visits === undefined ? undefined : [...s.visits, visit],
    place: undefined,
    since: undefined,
    under: undefined,
  };
}

/** With the answers that a move assumes taken as given from here on. */
function assuming(s: Situation, assumes: Enter['assumes']): Situation {
  const fresh = assumes.filter((a) => a.value !== undefined && !s.assumed.has(a.key));
  if (!fresh.length) return s;
  return {
    ...s,
    assumed: new Map<string, Value>([...s.assumed, ...fresh.map((a) => [a.key, a.value as Value] as const)]),
  };
}

/**
 * The situation after a move made on `day` (within the move's dates).
 * @throws RangeError if the day is outside the move's dates: the caller's mistake, never a person's.
 */
export function apply(book: LawBook, s: Situation, move: Move, day: Day, draw: Draw): Situation {
  if (day < move.earliest || day > move.latest)
    throw new RangeError(
      `A ${move.kind} move may be made from day ${move.earliest} to ${move.latest}; asked for ${day}.`,
    );
  switch (move.kind) {
    case 'enter':
      return {
        ...assuming(leavingClaims(book, leaving(s, day), move.country, day), move.assumes),
        place: move.country,
        since: day,
        under: move.under,
      };
    case 'file': {
      const { days } = processingDays(move.provision, day, draw);
      let cash = s.cash;
      for (const fee of move.fee) {
        const own = cash && convert(book, fee, cash.currency, day);
        cash =
          cash && own
            ? { amount: Math.round((cash.amount - own.amount) * 100) / 100, currency: cash.currency }
            : undefined;
      }
      const pending = {
        route: move.route,
        filed: day,
        place: move.place,
        inCountry: move.inCountry,
        decided: day + days,
        granted: draw.granted,
        document: move.document,
      };
      const holdings = move.provision.claim
        ? endedByClaim(book, s, move.provision, day)
        : move.inCountry
          ? carriedOn(book, move.provision, s, day, day + days)
          : s.holdings;
      return { ...assuming(s, move.assumes), on: day, cash, holdings, pending: [...s.pending, pending] };
    }
    case 'await':
      return decided(book, s, move);
  }
}

/** The situation on the day an application is answered. */
function decided(book: LawBook, s: Situation, move: Await): Situation {
  const p = s.pending.find((x) => x.route === move.route);
  if (!p) throw new RangeError(`No application for ${move.route} is pending.`);
  const rest: Situation = { ...s, on: Math.max(s.on, p.decided), pending: s.pending.filter((x) => x !== p) };
  if (!p.granted)
    return {
      ...rest,
      holdings: afterRefusal(s, p.route, p.decided),
      refused: [...s.refused, { route: p.route, on: p.decided }],
    };
  return grant(book, rest, move.provision, p.decided, p.document, p.inCountry, p.filed);
}

/**
 * What is held after asylum is asked for: permits of the country that the law ends by that run to the day before; one granted on that
 * very day has not run at all.
 */
function endedByClaim(book: LawBook, s: Situation, claim: Provision, day: Day): readonly Holding[] | undefined {
  return s.holdings?.flatMap((h) => {
    const ends =
      h.status.startsWith(`${claim.jurisdiction}/`) &&
      isCurrent(h, day) &&
      statusTerms(book, h.status)?.terms.ends?.some((e) => e.claim);
    if (!ends) return [h];
    return h.from < day ? [{ ...h, to: day - 1 }] : [];
  });
}

/** For how many months the contracts in a country that were told of run, at the longest; `undefined` where one has no end told. */
function contractMonths(s: Situation, country: string): number | undefined {
  const months = (s.person.offers ?? []).filter((o) => o.country === country).map((o) => o.months);
  if (months.length === 0 || months.some((m) => typeof m !== 'number' || m < 1)) return undefined;
  return Math.floor(Math.max(...(months as number[])));
}

/** A paper for one journey is taken to hold for a month, the longest that German and French law name as the rule. */
const JOURNEY_PAPER = 30;

/**
 * What a granted route gives: a status held from that day, a document, or both. `filed`: the day it was asked for, by which it is known
 * whether something held was asked to be extended, though it may have ended since.
 */
export function grant(
  book: LawBook,
  s: Situation,
  route: Provision,
  on: Day,
  document: number | undefined,
  inCountry: boolean,
  filed: Day = on,
): Situation {
  const g = route.grants;
  let next = s;
  if (g?.document) {
    const valid = g.document.valid ? (paramAt(route, g.document.valid, on) as Duration | undefined) : undefined;
    const made: Document = {
      kind: g.document.kind,
      country: g.document.country,
      issued: on,
      issuedInOccupiedTerritory: false,
      ...(g.document.biometric !== undefined ? { biometric: g.document.biometric } : {}),
      ...(valid ? { expires: addDuration(on, valid, 'clamp') - 1 } : {}),
    };
    next = { ...next, documents: [...(s.documents ?? []), made] };
  }
  if (!g?.status) return next;
  const paper = route.papers?.issues;
  // Whoever was let through although their papers are not accepted is given one for the journey; for how long it holds hangs on the case.
  if (paper && routeEligibility(book, route, { ...s, on }, on).waived)
    next = {
      ...next,
      documents: [
        ...(s.documents ?? []),
        { ...paper, issued: on, issuedInOccupiedTerritory: false, expires: on + JOURNEY_PAPER - 1 },
      ],
    };
  const terms = statusTerms(book, g.status)?.terms;
  const renewed = (s.holdings ?? []).some((h) => h.status === g.status && (isCurrent(h, on) || isCurrent(h, filed)));
  const name = (renewed ? g.validRenewed : inCountry ? undefined : g.validAbroad) ?? g.valid;
  const valid = name ? (paramAt(route, name, on) as Duration | number | undefined) : undefined;
  let to =
    valid === undefined
      ? undefined
      : typeof valid === 'number'
        ? on + valid - 1
        : addDuration(on, valid, route.monthEnd?.policy ?? 'clamp') - 1;
  const expires = document === undefined ? undefined : s.documents?.[document]?.expires;
  if (g.passportBound && expires !== undefined) to = to === undefined ? expires : Math.min(to, expires);
  const months = g.contract ? contractMonths(s, route.jurisdiction) : undefined;
  if (months !== undefined) {
    const last = addDuration(on, { months, days: 0 }, 'clamp') - 1;
    to = to === undefined ? last : Math.min(to, last);
  }
  const total = totalUntil(book, g.status, s, on);
  if (total !== undefined) to = to === undefined ? total : Math.min(to, total);
  if (terms?.stands === 'permanent' || terms?.stands === 'citizenship') to = undefined;
  const holding: Holding = {
    status: g.status,
    country: route.jurisdiction,
    from: on,
    ...(to !== undefined ? { to } : {}),
  };
  const here = inCountry && s.place === route.jurisdiction;
  return { ...next, holdings: [...(s.holdings ?? []), holding], ...(here ? { under: g.status } : {}) };
}
