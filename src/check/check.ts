/**
 * Every route for one person on one day: yes, no or unknown; why; which answers are missing; what would have to change.
 */
import { formatDay, formatDuration } from '../calendar/civil.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { decisionAt, filingAt, paramAt } from '../law/resolve.ts';
import { fillText } from '../law/say.ts';
import type { Confidence, Decision, Provision, Said } from '../law/types.ts';
import { compiledAt } from '../moves/assess.ts';
import { isWaiting } from '../moves/claims.ts';
import { type Eligibility, routeEligibility } from '../moves/eligible.ts';
import { filingFrom } from '../moves/filing.ts';
import { feesOf } from '../moves/moves.ts';
import type { Doubt } from '../moves/types.ts';
import type { Window } from '../moves/windows.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import { explain } from '../rules/index.ts';
import type { Day, Duration, Text } from '../rules/ir.ts';
import {
  type Because,
  type LawLack,
  lacksOf,
  type PartReasons,
  reasonsOf,
  type SourceRef,
  sourcesOf,
  type VerifyReason,
  verifyReasons,
} from './because.ts';
import { type Nearest, nearestChanges } from './nearest.ts';
import { type Answer, answerOf } from './plain.ts';

/** A sentence beside an answer, in both languages, with addresses of its sources. */
export type Remark = { readonly says: Text; readonly urls: readonly string[] };

/** One route for one person on one day. Days are ISO texts; values are written as in a person file. */
export type RouteCheck = {
  readonly route: string;
  readonly jurisdiction: string;
  readonly title: Text;
  readonly outcome: Answer;
  readonly decision: Decision;
  /** Present where the law gives a right, but on a condition that the authority weighs. */
  readonly weighs?: true;
  readonly because: readonly Because[];
  /** Facts of the person file, unanswered, that can still change the answer. */
  readonly missing: readonly string[];
  /** The same as the rules name them, derived facts included. */
  readonly asks: readonly string[];
  /** Values that the law does not state for the day: no answer of the person helps. */
  readonly lacks: readonly LawLack[];
  readonly nearest: readonly Nearest[];
  /** Whether the answer must be looked up again before it is relied on. */
  readonly verify: boolean;
  readonly verifyBecause: readonly VerifyReason[];
  readonly sources: readonly SourceRef[];
  readonly confidence: Confidence;
  readonly verifiedOn: string;
  readonly expires: string;
  readonly notes: readonly Remark[];
  /** Restrictions that let an officer refuse, and hit the person or may. */
  readonly warns: readonly (Remark & { readonly provision: string; readonly outcome: Answer })[];
  readonly filing: {
    readonly from: string | null;
    /** The day asked about. */
    readonly on: string;
    readonly may: Answer;
    readonly inCountry: boolean;
    readonly where: readonly string[];
    readonly doubts: readonly Doubt[];
    /** Where it is asked for from what is held on certain days only: these days, the end they are counted from, and what goes on until the decision. */
    readonly window?: {
      readonly status: string;
      readonly ends: string | null;
      readonly opens: string | null;
      readonly closes: string | null;
      readonly goesOn: Answer;
    };
    /** Asked for already: the answer is awaited, and nothing is to be filed again. */
    readonly waiting?: true;
  };
  readonly bring: readonly Remark[];
  /** Fees, `100 EUR`; null where the law in this book does not state them. */
  readonly fee: readonly string[] | null;
  /**
   * How long the answer takes; `of`: where it is not a decision that ends a wait, what it is: `registration` of a claim that is decided
   * on later, or of `protection`, where no time that a source states binds anybody.
   */
  readonly processing: {
    readonly usual: string | null;
    readonly longest: string | null;
    readonly of?: 'registration' | 'protection';
  };
  readonly practice: readonly (Remark & {
    readonly what: string;
    readonly value: number;
    readonly unit: string;
    readonly of: number | null;
    readonly period: string;
  })[];
};

/**
 * Checks routes for a person on a day; all of them where `ids` is left out. Ids that are no routes are passed over: the
 * faces tell about them.
 */
export function checkRoutes(book: LawBook, s: Situation, on: Day, ids?: readonly string[]): RouteCheck[] {
  const routes = ids
    ? ids.flatMap((id) => {
        const p = book.provisions.get(id);
        return p?.kind === 'route' ? [p] : [];
      })
    : ofKind(book, 'route');
  const then = s.on === on ? s : { ...s, on };
  return routes.map((route) => checkRoute(book, route, then, on));
}

/** The answer on a route with what it rests on; the reasons in words are `checkRoute`'s. */
export type RouteAnswer = {
  readonly outcome: Answer;
  readonly eligibility: Eligibility;
  /** What leaves an answer open that would be yes by the letter. */
  readonly doubts: readonly Doubt[];
};

/** The answer on a route, and nothing about it in words: what `checkRoute` says for `outcome`, for those who ask for very many persons. */
export function routeAnswer(book: LawBook, route: Provision, s: Situation, on: Day): RouteAnswer {
  const e = routeEligibility(book, route, s, on);
  const doubts: Doubt[] = [
    ...(e.lapsed === undefined ? [] : [{ kind: 'passport-lapsed' as const, route: route.id, expired: e.lapsed }]),
    ...(e.waived ? [{ kind: 'papers-waived' as const, route: route.id }] : []),
  ];
  return { outcome: answerOf(doubts.length && e.outcome ? undefined : e.outcome), eligibility: e, doubts };
}

/** One route for a person on a day. */
export function checkRoute(book: LawBook, route: Provision, s: Situation, on: Day): RouteCheck {
  const { outcome, eligibility: e, doubts } = routeAnswer(book, route, s, on);
  const reasons = reasonsOf(book, e, s, on, route.id);
  const asks = asksOf(e, reasons);
  const because = reasons.flatMap((r) => r.because);
  const verifyBecause = verifyReasons(reasons, on);
  const place = filingFrom(book, route, s, on);
  const waiting = isWaiting(book, route, s);
  const fees = feesOf(route, on);
  return {
    route: route.id,
    jurisdiction: route.jurisdiction,
    title: { en: route.title.en, ru: route.title.ru },
    outcome,
    decision: decisionAt(route, on),
    ...(route.weighs ? { weighs: true as const } : {}),
    because,
    missing: baseFacts(book, asks),
    asks,
    lacks: lacksOf(reasons),
    nearest: nearestChanges(book, e, s, on),
    verify: verifyBecause.length > 0,
    verifyBecause,
    sources: sourcesOf(reasons, route.id),
    confidence: route.verified.confidence,
    verifiedOn: formatDay(route.verified.on),
    expires: formatDay(route.expires),
    notes: remarks(route.notes, route, on),
    warns: e.parts.flatMap((part) =>
      part.warns
        ? [
            {
              provision: part.provision.id,
              outcome: answerOf(part.assessment.outcome),
              says: fillText(part.provision.title, part.provision, on),
              urls: part.provision.verified.against.flatMap((id) => part.provision.sources[id]?.url ?? []),
            },
          ]
        : [],
    ),
    filing: {
      from: s.place ?? null,
      on: formatDay(on),
      may: answerOf(waiting ? false : place.may),
      inCountry: place.inCountry,
      where: filingAt(route, on)?.where ?? [],
      doubts: waiting ? [] : [...place.doubts, ...doubts],
      ...(place.window && !waiting ? { window: windowText(place.window) } : {}),
      ...(waiting ? { waiting: true as const } : {}),
    },
    bring: remarks(route.bring ?? [], route, on),
    fee: fees === undefined ? null : fees.map((m) => `${m.amount} ${m.currency}`),
    processing: {
      usual: timeText(route, route.processing?.usual, on),
      longest: timeText(route, route.processing?.longest, on),
      ...timeOf(book, route),
    },
    practice: (route.practice ?? []).map((r) => ({
      what: r.what,
      value: r.value,
      unit: r.unit,
      of: r.of ?? null,
      period: r.period,
      says: fillText(r.says, route, on),
      urls: urlsOf(r, route),
    })),
  };
}

/** What the time of a route is the time of, where it is about protection. */
function timeOf(book: LawBook, route: Provision): { readonly of?: 'registration' | 'protection' } {
  const stands = statusTerms(book, route.grants?.status ?? '')?.terms.stands;
  return stands === 'pending' ? { of: 'registration' } : stands === 'protection' ? { of: 'protection' } : {};
}

/** The answer on one route and what is still needed for it, without the reasons in words and the smallest changes. */
export function quickCheck(
  book: LawBook,
  route: Provision,
  s: Situation,
  on: Day,
): Pick<RouteCheck, 'route' | 'jurisdiction' | 'outcome' | 'missing'> & { readonly here: boolean } {
  const { outcome, eligibility: e } = routeAnswer(book, route, s, on);
  const asks = new Set<string>();
  for (const part of e.outcome === undefined ? e.parts : []) {
    if (part.pass !== undefined) continue;
    const view = new View(book, part.provision, s, on, part.assessment.binding);
    for (const f of explain(compiledAt(part.provision, on).node, view).stillNeeded) asks.add(f);
  }
  return {
    route: route.id,
    jurisdiction: route.jurisdiction,
    outcome,
    missing: baseFacts(book, [...asks]),
    // Met is not open where it cannot be filed from.
    here: e.outcome !== true || (!isWaiting(book, route, s) && filingFrom(book, route, s, on).may !== false),
  };
}

/** Facts of the person file behind facts that rules name: what a derived fact is computed from is what is asked. */
export function baseFacts(book: LawBook, names: readonly string[]): string[] {
  const out = new Set<string>();
  const add = (name: string, depth: number) => {
    const from = book.schema.facts.get(name)?.derivedFrom;
    if (from && depth < 5) for (const f of from) add(f, depth + 1);
    else out.add(name);
  };
  for (const name of names) add(name, 0);
  return [...out];
}

/** Unanswered facts that can still change the answer: none where a part already says no, whatever else is answered. */
function asksOf(e: Eligibility, reasons: readonly PartReasons[]): string[] {
  if (e.outcome !== undefined) return [];
  const out = new Set<string>();
  for (const { part, explanation } of reasons)
    if (part.pass === undefined) for (const f of explanation.stillNeeded) out.add(f);
  return [...out];
}

function timeText(route: Provision, name: string | undefined, on: Day): string | null {
  const v = name ? (paramAt(route, name, on) as Duration | number | undefined) : undefined;
  return v === undefined ? null : typeof v === 'number' ? `P${v}D` : formatDuration(v);
}

function windowText(w: Window): NonNullable<RouteCheck['filing']['window']> {
  const day = (d: Day | undefined): string | null => (d === undefined ? null : formatDay(d));
  const stay = w.prolongs?.stay;
  return {
    status: w.status,
    ends: day(w.ends),
    opens: day(w.opens),
    closes: day(w.closes),
    goesOn: answerOf(stay === 'unknown' ? undefined : stay),
  };
}

const urlsOf = (x: Pick<Said, 'source'>, p: Provision): string[] =>
  (x.source ?? []).flatMap((id) => p.sources[id]?.url ?? []);

/** What is said on a day, with its numbers filled in. */
export function remarks(list: readonly Said[], p: Provision, on: Day): Remark[] {
  return list
    .filter((n) => (n.from === undefined || n.from <= on) && (n.to === undefined || on <= n.to))
    .map((n) => ({ says: fillText(n.says, p, on), urls: urlsOf(n, p) }));
}
