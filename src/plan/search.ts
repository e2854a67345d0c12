/**
 * The search for plans: labels in the order of their days, extended by `moves` and `apply`, until the goal. What it
 * returns is checked by the verifier, which shares nothing with it but `moves` and `apply`.
 */
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { dangersIn } from '../moves/dangers.ts';
import { routeEligibility } from '../moves/eligible.ts';
import { holdingsIn, lawfulUntil } from '../moves/lawful.ts';
import { apply, countries, enterMoves, fileMoves, moves, processingDays } from '../moves/moves.ts';
import { neverOpen } from '../moves/never.ts';
import { OpeningMemo } from '../moves/opening-memo.ts';
import type { Draw, Enter, File, Move } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { fallbackFor } from './fallback.ts';
import { LabelHeap } from './heap.ts';
import { asGoodAs, extend, isUsual, keyOf, type Label, metricsOf, startLabel } from './label.ts';
import { clockIds, relevantTo, standingMeets } from './relevant.ts';
import type { Goal, Leg, Plan } from './types.ts';

export type SearchOptions = {
  /** Countries the person does not want to be in. */
  readonly avoid?: ReadonlySet<string>;
  /** Only goals in these countries (visits in between may be anywhere). */
  readonly only?: ReadonlySet<string>;
  /** Only plans that rest on nothing the person did not say. */
  readonly strict?: boolean;
  /** Last day on which the goal must be reached. Default: ten years from the start. */
  readonly horizon?: Day;
  /** Which stated processing time to take. Default: the longest, so that a plan does not break when an office is slow. */
  readonly processing?: 'usual' | 'longest';
  /** Most labels expanded before the search stops and says that it did. */
  readonly most?: number;
  /** Visitor entries allowed between two applications. */
  readonly hops?: number;
};

export type Found = {
  readonly plans: readonly Plan[];
  /** Whether every label within the limits was looked at. If not, there may be better plans. */
  readonly complete: boolean;
  readonly expanded: number;
};

const MAX_DEPTH = 16;

/** How much luck the assumptions of a plan may ask for, step by step: what is known first, then what is likely, then more. */
const TIERS: readonly number[] = [0, 3, 6, 10];

/**
 * Plans to a goal from a situation, best first. Empty if none was found. The goal is sought country by country: the routes
 * of one country (and of the areas it belongs to), visits anywhere in between. Plans that rest on little come first: for
 * each country, assumptions that ask for more luck are tried only while there is no plan with less.
 */
export function searchPlans(book: LawBook, start: Situation, goal: Goal, options: SearchOptions = {}): Found {
  const avoid = options.avoid ?? new Set<string>();
  const horizon = options.horizon ?? addDuration(start.on, { months: 120, days: 0 }, 'clamp');
  const relevant = relevantTo(book, goal, avoid, start.on);
  const usable = [...relevant.routes].filter((id) => !neverOpen(book, route(book, id), start, start.on, horizon));
  const shared: Shared = { danger: dangerMemo(book), memo: new OpeningMemo() };
  const goals: Label[] = [];
  let complete = true;
  let expanded = 0;
  for (const country of [...relevant.countries].sort()) {
    if (options.only && !options.only.has(country)) continue;
    const routes = new Set(usable.filter((id) => serves(book, route(book, id), country, start.on)));
    if (![...routes].some((id) => grantsGoal(book, route(book, id), goal))) continue;
    for (const tier of options.strict ? [0] : TIERS) {
      const next = searchTier(book, start, goal, { ...options, avoid, horizon }, routes, tier, shared);
      expanded += next.expanded;
      complete &&= next.complete;
      goals.push(...next.goals);
      if (next.goals.length > 0) break;
    }
  }
  const distinct = goals.filter((g, i) => !goals.some((o, k) => k < i && samePath(o, g)));
  const plans = distinct.map((g) => {
    const plan = toPlan(book, g, start, avoid);
    return distinct.some((o) => beats(o, g) && !beats(g, o)) ? { ...plan, beaten: true } : plan;
  });
  return { plans: plans.sort(byWorth), complete, expanded };
}

const route = (book: LawBook, id: string): Provision => book.provisions.get(id) as Provision;

/** Whether a route belongs to a country: its own, one of an area it is a member of, or one that issues a document. */
function serves(book: LawBook, r: Provision, country: string, on: Day): boolean {
  return r.grants?.document !== undefined || (membersOf(book, r.jurisdiction, on) ?? []).includes(country);
}

function grantsGoal(book: LawBook, r: Provision, goal: Goal): boolean {
  const stands = r.grants?.status ? statusTerms(book, r.grants.status)?.terms.stands : undefined;
  return stands !== undefined && standingMeets(goal, stands);
}

function samePath(a: Label, b: Label): boolean {
  const path = (l: Label): string =>
    l.leg
      ? `${path(l.parent as Label)}>${JSON.stringify([l.leg.kind, l.leg.day, l.leg.kind === 'enter' ? l.leg.country : l.leg.route])}`
      : '';
  return path(a) === path(b);
}

/** What one search learns and the next may use: both hold for the person and the law, not for a country. */
type Shared = { readonly danger: (s: Situation) => boolean; readonly memo: OpeningMemo };
type Tier = { readonly goals: readonly Label[]; readonly complete: boolean; readonly expanded: number };

function searchTier(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: SearchOptions & { readonly avoid: ReadonlySet<string>; readonly horizon: Day },
  routes: ReadonlySet<string>,
  tier: number,
  { danger, memo }: Shared,
): Tier {
  const { avoid, horizon } = options;
  const most = options.most ?? 1500;
  const hops = options.hops ?? 2;
  const draw: Draw = { processing: options.processing ?? 'longest', granted: true };
  const worthVisiting = visitable(book, routes, start.on);
  const productive = productiveFor(book, routes, goal);
  const queue = new LabelHeap();
  queue.push(startLabel(start));
  const settled = new Map<string, Label[]>();
  const goals: Label[] = [];
  let expanded = 0;
  while (queue.size && expanded < most) {
    const label = queue.pop() as Label;
    const key = keyOf(label);
    const peers = settled.get(key) ?? [];
    if (peers.some((p) => p !== label && asGoodAs(p, label))) continue;
    peers.push(label);
    settled.set(key, peers);
    if (reached(book, label, goal, start.on)) {
      if (!goals.some((g) => beats(g, label))) goals.push(label);
      continue;
    }
    if (label.depth >= MAX_DEPTH || goals.some((g) => beats(g, label))) continue;
    expanded++;
    for (const next of successors(book, label, {
      routes,
      avoid,
      horizon,
      hops,
      strict: options.strict === true,
      draw,
      danger,
      goal,
      startDay: start.on,
      startPlace: start.place,
      worthVisiting,
      memo,
      productive,
    })) {
      if (next.situation.on > horizon || next.bold > tier) continue;
      queue.push(next);
    }
  }
  const front = goals.filter(
    (g) => !goals.some((o) => o !== g && beats(o, g) && !(beats(g, o) && goals.indexOf(o) > goals.indexOf(g))),
  );
  return { goals: front, complete: queue.size === 0, expanded };
}

type Around = {
  readonly routes: ReadonlySet<string>;
  readonly avoid: ReadonlySet<string>;
  readonly horizon: Day;
  readonly hops: number;
  readonly strict: boolean;
  readonly draw: Draw;
  readonly danger: (s: Situation) => boolean;
  readonly goal: Goal;
  readonly startDay: Day;
  readonly startPlace: string | undefined;
  /** Countries where something that leads to the goal may be filed from a visit. */
  readonly worthVisiting: ReadonlySet<string>;
  readonly memo: OpeningMemo;
  readonly productive: readonly string[];
};

/** The labels one move further. */
function successors(book: LawBook, label: Label, a: Around): Label[] {
  const s = label.situation;
  const lawful = lawfulUntil(book, s);
  const end = lawful.until ?? (lawful.known ? a.horizon : s.on);
  const out: Label[] = [];
  const go = (move: Move, day: Day, switched = false) =>
    out.push(extend(book, label, move, day, apply(book, s, move, day, a.draw), a.danger, switched));
  const due = s.pending.length ? Math.min(...s.pending.map((p) => p.decided)) : undefined;
  const mustLeave = due !== undefined && end < due;
  if (due !== undefined && !mustLeave) {
    // Nothing is gained by moving about while an answer is awaited lawfully.
    for (const m of moves(book, s, {
      quick: true,
      countries: NONE,
      routes: NONE,
      horizon: a.horizon,
      strict: a.strict,
    }))
      if (m.kind === 'await' && m.earliest === due) go(m, due);
    return out;
  }
  const held = s.place === undefined ? [] : holdingsIn(book, s, s.place, s.on);
  const settledHere = held.some((h) =>
    ['permit', 'protection', 'permanent'].includes(statusTerms(book, h.status)?.terms.stands ?? ''),
  );
  const open = new Set([...a.routes].filter((id) => !s.refused.some((r) => r.route === id)));
  const permits = (s.holdings ?? []).filter((h) => isCurrent(h, s.on) && standsFirm(book, h.status));
  const homes = new Set(permits.map((h) => h.country ?? (h.status.split('/')[0] as string)));
  // Time under such a permit already counts towards the goal: changing it for another kind gains nothing.
  const onTheWay = permits.some((h) => a.productive.some((pattern) => matchesStatus(pattern, h.status)));
  // Whoever holds a permit goes where it is; nothing is gained on the way.
  const away = permits.length > 0 && s.place !== undefined && !homes.has(s.place);
  if (away && !mustLeave) {
    for (const m of moves(book, s, {
      quick: true,
      routes: NONE,
      countries: homes,
      horizon: a.horizon,
      strict: a.strict,
    }))
      if (m.kind === 'enter' && m.provision.kind !== 'stay') go(m, m.earliest);
    return out;
  }
  for (const route of ofKind(book, 'route')) {
    if (due !== undefined || !open.has(route.id)) continue;
    if (holdsAlready(s, route.grants?.status)) continue;
    if (route.grants?.document && hasSuch(s, route)) continue;
    // Whoever holds a permit goes on towards the goal; asking for another kind of permit is a switch, and switches are few.
    const switched =
      permits.length > 0 &&
      route.grants?.status !== undefined &&
      !leadsOn(
        book,
        permits.map((h) => h.status),
        route,
        a,
      );
    if (switched && (label.switches >= MAX_SWITCHES || onTheWay)) continue;
    for (const m of fileMoves(book, s, route, Math.max(s.on, Math.min(end, a.horizon)), a.strict, a.memo)) {
      // A consulate that may not serve visitors is tried where the person is, not by travelling to every other one.
      const doubtful = m.doubts.some((d) => d.kind === 'filing-place-unknown');
      if (doubtful && s.place !== a.startPlace && !route.filing?.consulateIn?.includes(s.place as string)) continue;
      go(m, m.earliest, switched);
    }
  }
  for (const m of renewals(book, s, end, a)) go(m, m.earliest);
  const enterable = label.hops < a.hops || s.pending.length > 0;
  const bridge = mustLeave || end - s.on < BRIDGE_DAYS;
  const visits = enterable && !(settledHere && !mustLeave);
  const wanted = new Set(homes);
  for (const h of s.holdings ?? []) if (isCurrent(h, s.on)) wanted.add(h.country ?? (h.status.split('/')[0] as string));
  if (visits) for (const c of bridge ? countries(book, s.on) : a.worthVisiting) wanted.add(c);
  const entries = moves(book, s, {
    quick: true,
    routes: NONE,
    countries: wanted,
    horizon: a.horizon,
    strict: a.strict,
  }).filter(
    (m): m is Enter => m.kind === 'enter' && !a.avoid.has(m.country) && (m.provision.kind !== 'stay' || visits),
  );
  for (const m of bridge ? fewBridges(entries, a.worthVisiting) : entries) {
    const day = mustLeave ? Math.min(m.latest, end) : m.earliest;
    if (day <= m.earliest) {
      go(m, m.earliest);
      continue;
    }
    // What is open today may be closed on the last day, and last longer or shorter: look again on that day.
    for (const later of enterMoves(book, s, m.country, day, day, a.strict)) if (later.under === m.under) go(later, day);
  }
  return out;
}

const NONE: ReadonlySet<string> = new Set();
/** Changes from one permit to another, unneeded by the way to the goal, that one plan may contain. */
const MAX_SWITCHES = 1;

function standsFirm(book: LawBook, status: string): boolean {
  return ['permit', 'protection', 'permanent'].includes(statusTerms(book, status)?.terms.stands ?? '');
}

/**
 * Whether a route is the next step for whoever holds one of these statuses: it grants the goal; or what they hold leads to
 * it and does not by itself count towards the goal.
 */
function leadsOn(book: LawBook, held: readonly string[], next: Provision, a: Around): boolean {
  const grants = next.grants?.status;
  const stands = grants ? statusTerms(book, grants)?.terms.stands : undefined;
  if (stands && standingMeets(a.goal, stands)) return true;
  if (stands === 'pending') return false;
  return held.every(
    (id) =>
      !a.productive.some((pattern) => matchesStatus(pattern, id)) &&
      statusTerms(book, id)?.terms.leadsTo?.includes(next.id) === true,
  );
}

/** Statuses that the clocks of goal-granting routes count: holding one of them, time itself leads to the goal. */
function productiveFor(book: LawBook, routes: ReadonlySet<string>, goal: Goal): string[] {
  const out = new Set<string>();
  for (const id of routes) {
    const r = route(book, id);
    if (!grantsGoal(book, r, goal)) continue;
    for (const clause of [...r.all, ...r.bars])
      for (const clock of clockIds(clause)) for (const c of book.provisions.get(clock)?.counts ?? []) out.add(c.status);
  }
  return [...out];
}

/** Where one only waits, the countries with the longest stay serve as well as all others. */
function fewBridges(entries: readonly Enter[], worth: ReadonlySet<string>): Enter[] {
  const end = (m: Enter) => m.until ?? Number.POSITIVE_INFINITY;
  const waiting = entries
    .filter((m) => m.provision.kind === 'stay' && !worth.has(m.country))
    .sort((x, y) => end(y) - end(x));
  const kept = new Set(waiting.slice(0, BRIDGES));
  return entries.filter((m) => m.provision.kind !== 'stay' || worth.has(m.country) || kept.has(m));
}
const BRIDGES = 3;

/** With fewer lawful days left than this, any country that lets one in is worth entering, to wait there. */
const BRIDGE_DAYS = 90;

/** Countries with a route that a visitor may file there, as far as the law says; silence counts as possible. */
function visitable(book: LawBook, routes: ReadonlySet<string>, on: Day): Set<string> {
  const out = new Set<string>();
  for (const id of routes) {
    const route = book.provisions.get(id);
    const f = route?.filing;
    if (!route || !f || !(f.where.includes('in-country') || f.where.includes('online'))) continue;
    const visitor = (x: string) => {
      if (x === 'any') return true;
      const stands = x.endsWith('/*') ? 'visit' : statusTerms(book, x)?.terms.stands;
      return stands === 'visit';
    };
    if (f.from === undefined || f.from.some(visitor))
      for (const c of membersOf(book, route.jurisdiction, on) ?? []) out.add(c);
  }
  return out;
}

/**
 * Whether asking for this document now gains nothing: there is one like it that is valid for another year, or one was
 * issued within the last year.
 */
function hasSuch(s: Situation, route: Provision): boolean {
  const d = route.grants?.document;
  return (s.documents ?? []).some(
    (x) =>
      x.kind === d?.kind &&
      x.country === d?.country &&
      ((x.issued !== undefined && x.issued > s.on - 365) ||
        ((d?.biometric !== true || x.biometric === true) && x.expires !== undefined && x.expires > s.on + 365)),
  );
}

/** Whether the person holds, now and without an end, what a route would grant. */
function holdsAlready(s: Situation, status: string | undefined): boolean {
  return status !== undefined && (s.holdings ?? []).some((h) => h.status === status && isCurrent(h, s.on));
}

/** Renewing what is held here, on the last day from which the answer still comes in time. */
function renewals(book: LawBook, s: Situation, end: Day, a: Around): File[] {
  const out: File[] = [];
  if (s.place === undefined || s.pending.length) return out;
  for (const h of holdingsIn(book, s, s.place, s.on)) {
    const renew = statusTerms(book, h.status)?.terms.renew;
    if (!renew || renew === 'no' || !renew.by || h.to === undefined) continue;
    if ((s.holdings ?? []).some((x) => x.status === h.status && (x.to ?? Number.POSITIVE_INFINITY) > (h.to as Day)))
      continue;
    const route = book.provisions.get(renew.by);
    if (!route) continue;
    const day = Math.max(s.on, h.to - processingDays(route, h.to, a.draw).days);
    if (day > end) continue;
    const later: Situation = { ...s, on: day };
    if (routeEligibility(book, route, later, day).outcome === false) continue;
    for (const m of fileMoves(book, later, route, day, a.strict))
      out.push({ ...m, earliest: day, latest: Math.max(day, end) });
  }
  return out;
}

/** Whether the goal holds. Years are counted from the start, all of them lawful, ending under a standing that can go on. */
function reached(book: LawBook, l: Label, goal: Goal, start: Day): boolean {
  const s = l.situation;
  const stands = (s.holdings ?? [])
    .filter((h) => isCurrent(h, s.on))
    .map((h) => statusTerms(book, h.status)?.terms.stands ?? '');
  if (goal.kind === 'years') {
    const target = addDuration(start, { months: goal.years * 12, days: 0 }, 'clamp');
    const lawful = lawfulUntil(book, s);
    const until = lawful.until ?? (lawful.known ? target : s.on);
    return until >= target && l.unlawfulDays === 0 && l.leg !== undefined;
  }
  return stands.some((x) => standingMeets(goal, x));
}

/** `a` is no worse in anything that plans are compared by. */
function beats(a: Label, b: Label): boolean {
  return (
    a !== b &&
    a.situation.on <= b.situation.on &&
    a.discretionary <= b.discretionary &&
    a.cents <= b.cents &&
    a.moves <= b.moves &&
    a.dangerDays <= b.dangerDays &&
    a.unlawfulDays <= b.unlawfulDays &&
    a.bold <= b.bold &&
    a.doubts <= b.doubts
  );
}

function toPlan(book: LawBook, label: Label, start: Situation, avoid: ReadonlySet<string>): Plan {
  const legs: Leg[] = [];
  const chain: Label[] = [];
  for (let l: Label | undefined = label; l?.leg; l = l.parent) chain.unshift(l);
  let survives = true;
  for (const l of chain) {
    const leg = l.leg as Leg;
    if (leg.kind === 'await' && leg.decision !== 'right') {
      const before = l.parent?.situation as Situation;
      const fallback = fallbackFor(book, before, leg.route, leg.day, avoid);
      if (fallback.none) survives = false;
      legs.push({ ...leg, fallback });
    } else legs.push(leg);
  }
  return {
    legs,
    metrics: metricsOf(label, start.on),
    assumes: [...label.assumed.values()].map((x) => (isUsual(book, x) ? { ...x, usual: true } : x)),
    survivesAnyOneRefusal: survives,
    luck: label.bold,
  };
}

/** Countries a plan enters although a danger there certainly concerns the person. */
const graveEntries = (p: Plan): number =>
  p.legs.filter((l) => l.kind === 'enter' && l.dangers.some((d) => d.outcome === true)).length;

/** Plans that enter no known danger first, then those that survive a refusal, then those that rest on less that is not known, then the sooner. */
function byWorth(a: Plan, b: Plan): number {
  const open = (p: Plan) => (p.luck ?? 0) + p.legs.reduce((n, l) => n + l.doubts.length, 0);
  return (
    graveEntries(a) - graveEntries(b) ||
    Number(a.beaten === true) - Number(b.beaten === true) ||
    Number(b.survivesAnyOneRefusal) - Number(a.survivesAnyOneRefusal) ||
    open(a) - open(b) ||
    a.metrics.daysToGoal - b.metrics.daysToGoal ||
    a.metrics.costEur - b.metrics.costEur
  );
}

function dangerMemo(book: LawBook): (s: Situation) => boolean {
  const memo = new Map<string, boolean>();
  return (s) => {
    if (s.place === undefined) return false;
    const key = `${s.place}|${s.since}|${[...s.assumed].join()}`;
    const have = memo.get(key);
    if (have !== undefined) return have;
    const found = dangersIn(book, s, s.place, s.since ?? s.on, ['presence']).length > 0;
    memo.set(key, found);
    return found;
  };
}
