/**
 * Why not there: for a country or a route the person names. If there is a way, which plan beats it and in what; if there is
 * none, which requirement of which route says no, when it would open by itself, and the smallest change that opens it.
 */
import { formatDay } from '../calendar/civil.ts';
import type { Because } from '../check/because.ts';
import { checkRoute, type RouteCheck } from '../check/check.ts';
import { type LawBook, membersOf, ofKind } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { neverToOpen } from '../moves/never.ts';
import { Outlook } from '../moves/outlook.ts';
import type { Situation } from '../person/types.ts';
import type { SearchOptions } from '../plan/options.ts';
import { feeding, grantsGoal, relevantTo } from '../plan/relevant.ts';
import { searchPlans } from '../plan/search.ts';
import type { Goal, Metrics, Plan } from '../plan/types.ts';

export type ClosedRoute = {
  readonly check: RouteCheck;
  /** What says no, or is not known; empty where the route itself is open. */
  readonly against: readonly Because[];
  /** Whether it stays closed whatever day it is and whatever is done next. */
  readonly never: boolean;
  /** The first day on which its answer becomes better by itself. */
  readonly opens: string | undefined;
};

export type WhyNot = {
  readonly target: string;
  /** The best way there that was found, and how it compares; missing where none was found. */
  readonly plan: Plan | undefined;
  /** The plan that is no worse than it in anything, and better in something: why it is not shown first. */
  readonly beatenBy: { readonly country: string; readonly metrics: Metrics } | undefined;
  readonly complete: boolean;
  readonly routes: readonly ClosedRoute[];
};

const SHOWN = 6;

/** Why no plan leads to a country (`de`) or by a route (`de/blue-card`), or why the plan that does is not the first. */
export function whyNot(
  book: LawBook,
  start: Situation,
  goal: Goal,
  target: string,
  shown: readonly Plan[],
  options: SearchOptions,
): WhyNot {
  const country = target.split('/')[0] as string;
  const named = book.provisions.get(target);
  const by = (p: Plan): boolean =>
    named ? p.legs.some((l) => l.kind !== 'enter' && l.route === target) : p.legs.at(-1)?.jurisdiction === target;
  const found = searchPlans(book, start, goal, { ...options, only: new Set([country]) });
  const plan = [...shown, ...found.plans].find(by);
  const beating = plan && shown.find((o) => o !== plan && betters(o.metrics, plan.metrics));
  return {
    target,
    plan,
    beatenBy: beating && { country: beating.legs.at(-1)?.jurisdiction ?? '', metrics: beating.metrics },
    complete: found.complete,
    routes: plan ? [] : closed(book, start, goal, country, named, options),
  };
}

const KEYS = ['daysToGoal', 'discretionDays', 'costEur', 'moves', 'dangerDays', 'unlawfulDays'] as const;
const betters = (a: Metrics, b: Metrics): boolean => KEYS.every((k) => a[k] <= b[k]) && KEYS.some((k) => a[k] < b[k]);

function closed(
  book: LawBook,
  s: Situation,
  goal: Goal,
  country: string,
  named: Provision | undefined,
  options: SearchOptions,
): ClosedRoute[] {
  const avoid = options.avoid ?? new Set<string>();
  const horizon = options.horizon ?? s.on + 3652;
  const there = (r: Provision): boolean => (membersOf(book, r.jurisdiction, s.on) ?? []).includes(country);
  const goals = ofKind(book, 'route').filter((r) => grantsGoal(book, r, goal) && there(r));
  const ways = named ? [named] : [...new Set([...first(book, goals, avoid), ...goals])];
  const look = new Outlook(book, ways, s.on, horizon);
  const towards = relevantTo(book, goal, avoid, s.on).routes;
  return ways
    .filter((r) => r.kind === 'route' && r.grants?.status && (named || towards.has(r.id)))
    .map((route): ClosedRoute => {
      const check = checkRoute(book, route, s, s.on);
      const opens = look.openings(route, s)[0];
      return {
        check,
        against: check.because.filter((b) => b.outcome !== 'yes' && b.under === undefined),
        never: neverToOpen(book, route, s, s.on, horizon),
        opens: opens === undefined ? undefined : formatDay(opens),
      };
    })
    .sort((a, b) => cost(a.check) - cost(b.check) || (a.check.route < b.check.route ? -1 : 1))
    .slice(0, SHOWN);
}

const cost = (r: RouteCheck): number =>
  r.outcome === 'yes' ? 0 : (r.nearest[0]?.cost ?? Number.POSITIVE_INFINITY) + (r.outcome === 'no' ? 1000 : 0);

/** The routes by which one would begin: those that lead to a goal and may be asked for by who holds nothing yet. */
function first(book: LawBook, goals: readonly Provision[], avoid: ReadonlySet<string>): Provision[] {
  return [...feeding(book, goals, avoid)].flatMap((id) => {
    const r = book.provisions.get(id);
    const held = r?.filing?.from && !r.filing.where.some((w) => w !== 'in-country') && !r.filing.from.includes('any');
    return r?.grants?.status && !held && goals.some((g) => g.jurisdiction === r.jurisdiction) ? [r] : [];
  });
}
