/**
 * On which days something is asked for from what is held, counted back from its last day, and whether that goes on until the decision. The
 * numbers are the law's: of the status under `renew`, of the route under `file`.
 */
import { addDuration } from '../calendar/civil.ts';
import { type LawBook, matchesStatus, statusTerms } from '../law/book.ts';
import { datedAt, filingAt, paramAt } from '../law/resolve.ts';
import type { AskWindow, Prolongs, Provision } from '../law/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Holding, Situation } from '../person/types.ts';
import type { Day, Duration, MonthEnd, Tri } from '../rules/ir.ts';
import { processingDays } from './processing.ts';

/** The days on which a route is asked for from one status that is held. */
export type Window = {
  readonly status: string;
  /** The last day of what is held, by itself; `undefined`: not told, or without an end. */
  readonly ends: Day | undefined;
  /** First and last day, both included; `undefined`: not stated, or not to be reckoned. */
  readonly opens: Day | undefined;
  readonly closes: Day | undefined;
  /** Whether it may be asked for on the day looked at. */
  readonly open: Tri;
  readonly prolongs: Prolongs | undefined;
  /** The last day to which it goes on at the most. */
  readonly until: Day | undefined;
};

type Stated = { readonly terms: AskWindow; readonly provision: Provision };

/** Where the law states days for asking a route from a status: the status itself, as a renewal, before the route. */
function statedFor(book: LawBook, route: Provision, status: string, on: Day): readonly Stated[] {
  const out: Stated[] = [];
  const t = statusTerms(book, status);
  // A visit is no permit that could be extended, whatever days a route states for those.
  if (!t || t.terms.stands === 'visit') return out;
  const renew = t?.terms.renew;
  if (renew && renew !== 'no' && renew.by === route.id) out.push({ terms: renew, provision: t.provision });
  const f = filingAt(route, on);
  if (f) out.push({ terms: f, provision: route });
  return out.filter((x) => x.terms.opens || x.terms.closes || x.terms.prolongs);
}

/** Whether a route is asked for from a status that is held: as its renewal, or as one of those that the route names. */
export function isAskedFrom(book: LawBook, route: Provision, status: string, on: Day): boolean {
  const t = statusTerms(book, status);
  const renew = t?.terms.renew;
  if (renew && renew !== 'no' && renew.by === route.id) return true;
  const from = filingAt(route, on)?.from ?? [];
  if (from.some((x) => x === 'any' || matchesStatus(x, status))) return true;
  return from.includes('permit') && ['permit', 'protection', 'permanent', 'visa'].includes(t?.terms.stands ?? '');
}

/**
 * A day before another by a number of the law. Where nothing says how months are counted that lack the day, the window is the shorter one:
 * it opens later (`roll`) and closes sooner (`clamp`).
 */
function before(day: Day, p: Provision, value: number | Duration, otherwise: MonthEnd): Day {
  if (typeof value === 'number') return day - value;
  const policy = p.monthEnd && p.monthEnd.source !== 'unstated' ? p.monthEnd.policy : otherwise;
  return addDuration(day, { months: -value.months, days: 0 }, policy) - value.days;
}

const live = (x: Prolongs, on: Day): boolean =>
  (x.from === undefined || x.from <= on) && (x.to === undefined || on <= x.to);

/** Holdings of a status in the route's country that run on a day. */
const running = (s: Situation, route: Provision, status: string, on: Day): Holding[] =>
  (s.holdings ?? []).filter(
    (h) =>
      h.status === status &&
      isCurrent(h, on) &&
      (h.country === undefined || h.country === s.place || status.startsWith(`${route.jurisdiction}/`)),
  );

/** The last day by itself of the last of these holdings; `undefined` where one has no end that is told. */
function endOf(held: readonly Holding[]): Day | undefined {
  let ends: Day | undefined;
  for (const h of held) {
    const own = h.goesOn?.after ?? h.to;
    if (own === undefined) return undefined;
    ends = Math.max(ends ?? own, own);
  }
  return ends;
}

/** The days on which a route is asked for from a status held on a day; `undefined` where the law states none, and nothing of what goes on. */
export function windowOf(book: LawBook, route: Provision, s: Situation, status: string, on: Day): Window | undefined {
  const ends = endOf(running(s, route, status, on));
  return windowFor(book, route, status, ends, on);
}

/** The same for something that ends on a day. */
export function windowFor(
  book: LawBook,
  route: Provision,
  status: string,
  ends: Day | undefined,
  on: Day,
): Window | undefined {
  const stated = statedFor(book, route, status, on);
  if (stated.length === 0) return undefined;
  const back = (key: 'opens' | 'closes', otherwise: MonthEnd): Day | undefined | 'unknown' => {
    const by = stated.find((x) => x.terms[key] !== undefined);
    if (!by) return undefined;
    const name = by.terms[key] as string;
    // Before the first day of which the law here tells, nothing is stated; a value that changed to what nobody knows is not known.
    if (datedAt(by.provision.params[name]?.values ?? [], on) === undefined) return undefined;
    const value = paramAt(by.provision, name, on) as number | Duration | undefined;
    return value === undefined || ends === undefined ? 'unknown' : before(ends, by.provision, value, otherwise);
  };
  const opens = back('opens', 'roll');
  const closes = back('closes', 'clamp') ?? ends;
  const of = stated.find((x) => x.terms.prolongs);
  const prolongs = of?.terms.prolongs && live(of.terms.prolongs, on) ? of.terms.prolongs : undefined;
  const limit =
    of && prolongs?.limit ? (paramAt(of.provision, prolongs.limit, on) as number | Duration | undefined) : undefined;
  const until =
    limit === undefined || ends === undefined || !of
      ? undefined
      : typeof limit === 'number'
        ? ends + limit
        : addDuration(ends, limit, of.provision.monthEnd?.policy ?? 'clamp');
  const day = (d: Day | undefined | 'unknown'): Day | undefined => (d === 'unknown' ? undefined : d);
  return {
    status,
    ends,
    opens: day(opens),
    closes: day(closes),
    open:
      (typeof opens === 'number' && on < opens) || (typeof closes === 'number' && on > closes)
        ? false
        : opens === 'unknown' || closes === 'unknown'
          ? undefined
          : true,
    prolongs,
    until,
  };
}

/**
 * Whether no answer can come before what is held ends, since it may not be asked for sooner, and no source says whether it goes on. The longest time that the law states is taken.
 */
export function leavesGap(route: Provision, w: Window): boolean {
  // Whoever may not even stay to wait has a gap that is no matter of doubt.
  if (
    route.pending?.mayStay === false ||
    typeof w.prolongs?.stay === 'boolean' ||
    w.opens === undefined ||
    w.ends === undefined
  )
    return false;
  return w.opens + processingDays(route, w.opens, { processing: 'longest', granted: true }).days > w.ends + 1;
}

/** Every day on which a window of a route may open or close for what is held, whatever the law states by then. */
export function windowDays(book: LawBook, route: Provision, s: Situation): readonly Day[] {
  const out = new Set<Day>();
  for (const h of s.holdings ?? []) {
    const ends = h.goesOn?.after ?? h.to;
    if (ends === undefined) continue;
    const on = Math.max(s.on, h.from);
    for (const { terms, provision } of statedFor(book, route, h.status, on)) {
      if (!isAskedFrom(book, route, h.status, on)) continue;
      out.add(ends + 1);
      for (const key of ['opens', 'closes'] as const) {
        const name = terms[key];
        for (const v of name === undefined ? [] : (provision.params[name]?.values ?? [])) {
          out.add(v.from);
          if (v.value === null) continue;
          const day = before(ends, provision, v.value as number | Duration, key === 'opens' ? 'roll' : 'clamp');
          out.add(key === 'opens' ? day : day + 1);
        }
      }
    }
  }
  return [...out].sort((a, b) => a - b);
}

/** Whether any days are stated for asking a route, by itself or by what it renews. */
export function hasWindow(book: LawBook, route: Provision): boolean {
  let table = windowed.get(book);
  if (!table) {
    table = new Set();
    for (const p of book.provisions.values()) {
      const renew = p.status?.renew;
      if (renew && renew !== 'no' && renew.by && states(renew)) table.add(renew.by);
      if ([p.filing, ...(p.revised ?? []).map((r) => r.filing)].some((f) => f && states(f))) table.add(p.id);
    }
    windowed.set(book, table);
  }
  return table.has(route.id);
}

const windowed = new WeakMap<LawBook, Set<string>>();
const states = (w: AskWindow): boolean => w.opens !== undefined || w.closes !== undefined || w.prolongs !== undefined;

/**
 * What is held, once a route has been asked for on a day: what was asked from in time goes on until the decision, or as long as the law lets it.
 * Where no source says that it goes on, and it could not have been asked for in time for an answer, it is only not lost (`unsure`).
 */
export function carriedOn(
  book: LawBook,
  route: Provision,
  s: Situation,
  day: Day,
  decided: Day,
): readonly Holding[] | undefined {
  if (!s.holdings?.length || !hasWindow(book, route)) return s.holdings;
  let changed = false;
  const out = s.holdings.map((h) => {
    if (h.to === undefined || h.goesOn || !isCurrent(h, day) || !isAskedFrom(book, route, h.status, day)) return h;
    const w = windowOf(book, route, s, h.status, day);
    if (w?.open !== true || w.ends !== h.to) return h;
    const stay = w.prolongs?.stay;
    if (stay !== true && !leavesGap(route, w)) return h;
    const to = Math.min(decided, w.until ?? decided);
    if (to <= h.to) return h;
    changed = true;
    const goesOn = {
      after: h.to,
      route: route.id,
      counts: stay === true && w.prolongs?.counts === true,
      ...(stay === true ? {} : { unsure: true as const }),
    };
    return { ...h, to, goesOn };
  });
  return changed ? out : s.holdings;
}

/** What is held once a route was refused on a day: what went on for its sake ends then, or had not come to its own end yet. */
export function afterRefusal(s: Situation, route: string, day: Day): Situation['holdings'] {
  if (!s.holdings?.some((h) => h.goesOn?.route === route && (h.to ?? day) >= day)) return s.holdings;
  return s.holdings.map((h) => {
    if (h.goesOn?.route !== route || (h.to ?? day) < day) return h;
    if (h.goesOn.after < day) return { ...h, to: day };
    const { goesOn: _, ...own } = h;
    return { ...own, to: h.goesOn.after };
  });
}

/** The last day on which something held is ground to be there, or to come back: while no source says more, its own end. */
export const ownEnd = (h: Holding): Day | undefined => h.goesOn?.after ?? h.to;
