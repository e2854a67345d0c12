/**
 * When one label makes another superfluous: dominance as imitation.
 *
 * `a` beats `b` if whoever stands at `a` could wait where they are until `b`'s day, and from then on do whatever `b` does,
 * at no higher cost. Each thing that is left of the past says in words why it is compared as it is. A sense that is too
 * strict only costs time; one that is too weak loses plans, and the tests find it (`test/plan/senses.test.ts` weakens
 * each in turn and expects the comparison with the oracle to fail).
 */
import type { Counting } from '../calendar/counting.ts';
import { tailAtLeastAsGood } from '../calendar/dominance.ts';
import { count, type DaySet, daySet, intersect, subtract } from '../calendar/intervals.ts';
import { type LawBook, membersOf, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import type { Outlook } from '../moves/outlook.ts';
import { sayVisitsTo, sightOf } from '../moves/seen.ts';
import { hasWindow, isAskedFrom, leavesGap, ownEnd, windowFor } from '../moves/windows.ts';
import { countingsOf } from '../person/counting.ts';
import { allVisits } from '../person/situation.ts';
import type { Document, Holding, Pending, Situation, Visit } from '../person/types.ts';
import { countedStill, HeldSeen } from './held-seen.ts';
import type { Label } from './label.ts';
import { farthestAsked, type Leaning, leaningOf, neverTooOld, type Target } from './leaning.ts';
import type { Purpose } from './purpose.ts';

/** One residual and its sense: `holds(a, b)` is whether `a` is at least as good for every future of `b`. */
export type Sense = { readonly name: string; readonly says: string; readonly holds: (a: Label, b: Label) => boolean };

const FOREVER = Number.POSITIVE_INFINITY;

/** What the law of a search can see of the past: what need not be compared is not. */
export type Sights = {
  readonly look: Outlook;
  /** Countings with a memory of earlier visits, one entry for each stretch of law ahead. */
  readonly memories: readonly { readonly rule: Provision; readonly countings: readonly Counting[] }[];
  /** Whether what is left of a stay rule matters to who has a purpose: in countries where there is nothing to do it may not. */
  readonly matters: (rule: Provision, purpose: Purpose) => boolean;
  /** What conditions can see of what is or was held. */
  readonly held: HeldSeen;
  /** The clocks that what is asked for with a purpose may still look at; `undefined`: what has ended is never left out of account. */
  readonly asked: ((purpose: Purpose) => ReadonlySet<string>) | undefined;
  /** Statuses from which something is asked for on certain days before their end only, with these routes. */
  readonly windowed: ReadonlyMap<string, readonly Provision[]>;
  /** Statuses that may open something, count, or let one be somewhere: all that the law knows. */
  readonly clocks: readonly Provision[];
  /** Countries whose visits conditions look at; `all` where every visit is. */
  readonly seesStays: ReadonlySet<string> | 'all';
  /** Whether all that conditions do with visits is to count them against one. */
  readonly fewerStays: boolean;
  /** A passport issued on this day or later is as good as any, to all that asks for its age up to the horizon. */
  readonly neverTooOld: number;
  /** Papers valid to this day or beyond it are alike to all that is asked up to the horizon. */
  readonly validFar: number;
  readonly seesSince: ReadonlySet<string>;
  readonly seesCash: boolean;
};

/** What the routes that may be filed, and all that bears on them, can see. */
export function sightsOf(
  look: Outlook,
  routes: readonly Provision[],
  matters: Sights['matters'] = () => true,
  asked: Sights['asked'] = undefined,
): Sights {
  const book = look.book;
  const bearing = [
    ...ofKind(book, 'restriction'),
    ...ofKind(book, 'document'),
    ...ofKind(book, 'stay'),
    ...ofKind(book, 'danger'),
  ];
  const seen = sightOf(book, [...routes, ...bearing]);
  const reading = readersOf(book, routes);
  const since = new Set<string>();
  for (const r of routes) {
    const f = sightOf(book, [r]).facts;
    if (f.has('now.since')) for (const c of membersOf(book, r.jurisdiction, look.from) ?? []) since.add(c);
  }
  const memories = ofKind(book, 'stay').flatMap((rule) =>
    [look.from, ...look.lawDays(rule)].flatMap((d) => {
      const countings = countingsOf(rule, d)?.filter((c) => c.kind !== 'perEntry' || (c.gapDays ?? 0) > 0);
      return countings?.length ? [{ rule, countings }] : [];
    }),
  );
  return {
    look,
    memories,
    matters,
    held: new HeldSeen(book, routes, reading('statuses', 'permitCountries', 'residesHere')),
    asked,
    windowed: windowedOf(book, routes, look.from),
    clocks: ofKind(book, 'clock').filter((c) => c.absences !== undefined || c.begins !== undefined),
    seesStays: seesStays(book, reading('stays')),
    fewerStays: leans(reading('stays'), { count: 'stays' }, 'less'),
    validFar: farthestAsked(reading('passport.expires', 'documents'), [...routes, ...ofKind(book, 'status')], look.to),
    neverTooOld: neverTooOld(reading('passport.ageYears', 'passport.issued', 'documents'), look.to),
    seesSince: since,
    seesCash: seen.facts.has('savings'),
  };
}

const readersMemo = new WeakMap<LawBook, Map<string, Provision[]>>();

/** Of the routes of a search, and of all else that a condition stands in, what reads one of some facts; clocks that may be suspended always. */
function readersOf(book: LawBook, routes: readonly Provision[]): (...facts: string[]) => readonly Provision[] {
  let table = readersMemo.get(book);
  if (!table) {
    table = new Map([['', ofKind(book, 'clock').filter((c) => c.suspended?.length)]]);
    for (const kind of ['route', 'restriction', 'document', 'stay', 'danger'] as const)
      for (const p of ofKind(book, kind))
        for (const f of sightOf(book, [p]).facts) {
          const row = table.get(f);
          if (row) row.push(p);
          else table.set(f, [p]);
        }
    readersMemo.set(book, table);
  }
  const among = new Set(routes);
  const by = table;
  return (...facts) => [
    ...new Set(['', ...facts].flatMap((f) => by.get(f) ?? []).filter((p) => p.kind !== 'route' || among.has(p))),
  ];
}

const leans = (provisions: readonly Provision[], target: Target, way: Leaning): boolean => {
  const found = leaningOf(provisions, target);
  return found === 'none' || found === way;
};

/** The countries whose visits conditions look at; clocks that look at absences are compared by a sense of their own. */
function seesStays(book: LawBook, provisions: readonly Provision[]): ReadonlySet<string> | 'all' {
  const out = new Set<string>();
  for (const p of provisions) {
    const sight = sightOf(book, [p]);
    if (sight.visits) return 'all';
    for (const country of sight.visitsTo) out.add(country);
  }
  return out;
}

/** Statuses from which routes are asked for on certain days before their end only. */
function windowedOf(book: LawBook, routes: readonly Provision[], on: number): Map<string, Provision[]> {
  const out = new Map<string, Provision[]>();
  for (const r of routes) {
    if (!hasWindow(book, r)) continue;
    for (const id of book.provisions.keys()) {
      if (statusTerms(book, id) === undefined || !isAskedFrom(book, r, id, on)) continue;
      const w = windowFor(book, r, id, on, on);
      if (w) out.set(id, [...(out.get(id) ?? []), r]);
    }
  }
  return out;
}

/** Labels with different keys are never compared. */
export function keyOf(sights: Sights, l: Label): string {
  const s = l.s;
  const pending = s.pending
    .map((p) => `${p.route}:${p.filed}:${p.decided}:${p.document ?? ''}:${boundTo(sights.look.book, p)}`)
    .join();
  let key = `${l.purpose}|${s.place}|${s.under}|${pending}|${l.astray ? 1 : 0}`;
  if (sights.seesStays === 'all') return `${key}|${s.since}|${JSON.stringify(s.visits)}`;
  if (sights.seesStays.size > 0 && !(sights.fewerStays && s.visits)) key += `|${sayVisitsTo(sights.seesStays, s)}`;
  if (s.place !== undefined && sights.seesSince.has(s.place)) key += `|${s.since}`;
  return key;
}

/** Where an application was made, as far as anything hangs on it: one may stay there meanwhile, or the paper is handed over there. */
const boundTo = (book: LawBook, p: Pending): string =>
  p.inCountry || book.provisions.get(p.route)?.grants?.document ? `${p.place}${p.inCountry ? '' : '*'}` : '';

/** The residuals, the cheapest to compare first. */
export function sensesFor(sights: Sights): readonly Sense[] {
  const { look } = sights;
  const book = look.book;
  return [
    {
      name: 'day',
      says: 'There no later: who is early can wait, and may file and leave on any later day of the stay.',
      holds: (a, b) => a.s.on <= b.s.on,
    },
    {
      name: 'moves',
      says: 'No more entries and applications so far.',
      holds: (a, b) => a.moves <= b.moves,
    },
    { name: 'euro', says: 'No more fees paid so far.', holds: (a, b) => a.cents <= b.cents },
    {
      name: 'discretion',
      says: 'No more days hung on an answer that may be no; while such an answer is awaited, waiting adds days.',
      holds: (a, b) => a.discretion + (a.hanging ? b.s.on - a.s.on : 0) <= b.discretion,
    },
    {
      name: 'danger',
      says: 'No more days in danger, those counted that waiting here until the other day would add.',
      holds: (a, b) =>
        a.danger + (a.endangered ? b.s.on - a.s.on : 0) <= b.danger && (a.endangered ? b.endangered : true),
    },
    {
      name: 'unlawful',
      says: 'No more days without lawful status.',
      holds: (a, b) => a.unlawful <= b.unlawful,
    },
    {
      name: 'hops',
      says: 'No more visits made since the last answer, and no more changes of permit: so many are allowed.',
      holds: (a, b) => a.hops <= b.hops && a.switches <= b.switches,
    },
    {
      name: 'end',
      says: 'May stay where it is at least as long. A day is never nothing: the next place may let one in for just so long.',
      holds: (a, b) => a.end >= b.end,
    },
    {
      name: 'luck',
      says: 'Rests on nothing bolder: what the other has assumed already, this one may assume when it needs it.',
      holds: (a, b) => a.luck <= b.luck,
    },
    {
      name: 'cash',
      // What a month adds or takes is the same for both, so that savings on a later day differ by what was paid alone. That is compared
      // in the currency of the savings: no more euro paid is no more of it, where its rate has changed in between.
      says: 'Has at least as much money left, where a condition looks at money: on every day ahead it then has at least as much.',
      holds: (a, b) => !sights.seesCash || noPoorer(a.s.cash, b.s.cash),
    },
    {
      name: 'holdings',
      says: 'Holds, or held, each status the other does, from no later and to no earlier: residence that began earlier counts for more. What has ended and no law ahead looks at any more is left out.',
      holds: (a, b) => a.s.holdings === b.s.holdings || holdsAsMuch(a.s.holdings, stillSeen(sights, b)),
    },
    {
      name: 'windows',
      says: 'What it holds may be asked to go on on each day on which what the other holds may; what the other may ask for anew is not closed to it by holding it still.',
      holds: (a, b) => a.s.holdings === b.s.holdings || windowsNoWorse(sights, a.s, b.s),
    },
    {
      name: 'bars',
      says: 'Holds nothing that could close a door and that the other does not hold on the same days.',
      holds: (a, b) =>
        a.s.holdings === b.s.holdings ||
        (a.s.holdings ?? []).every(
          (h) =>
            !sights.held.closes(h) ||
            (h.to !== undefined && h.to < b.s.on - 1 && !sights.held.seesEnded(h)) ||
            (b.s.holdings ?? []).some((x) => sameHolding(h, x)),
        ),
    },
    {
      name: 'papers',
      says: 'Has each paper the other has: the same in all that it states, valid no shorter, as far as anything up to the horizon looks; issued on the same day, or so late that no age asked for is reached.',
      holds: (a, b) => a.s.documents === b.s.documents || papersAsGood(a.s.documents, b.s.documents, sights),
    },
    {
      name: 'visits',
      says: 'For each rule that remembers visits, no more counted days on or after any day ahead: whatever visits the other may still make, it may make.',
      holds: (a, b) =>
        sameHistory(a.s, b.s) ||
        sights.memories.every((m) => !sights.matters(m.rule, b.purpose) || visitsNoWorse(look, m, a.s, b.s)),
    },
    {
      name: 'stays',
      says: 'Where conditions count visits to a country against one: each of its visits there is one of the other.',
      holds: (a, b) => sights.seesStays === 'all' || !sights.fewerStays || visitsAmong(sights.seesStays, a.s, b.s),
    },
    {
      name: 'absences',
      says: 'Where a clock looks at absences and counts something held: away on no day on which the other was not.',
      holds: (a, b) => {
        if (sameHistory(a.s, b.s)) return true;
        const asked = sights.asked?.(b.purpose);
        return sights.clocks.every((c) => (asked && !asked.has(c.id)) || absentNoMore(book, c, a.s, b.s));
      },
    },
  ];
}

/** Whether savings known are at least as high; not known is as good only as not known. */
const noPoorer = (a: Situation['cash'], b: Situation['cash']): boolean =>
  a?.amount === b?.amount || (a !== undefined && b !== undefined && a.amount >= b.amount);

const sameHistory = (s: Situation, t: Situation): boolean => s.visits === t.visits && s.since === t.since;

const sameHolding = (h: Holding, x: Holding): boolean =>
  h.status === x.status && h.from === x.from && h.to === x.to && h.country === x.country;

function holdsAsMuch(have: Situation['holdings'], want: Situation['holdings']): boolean {
  if (want === undefined || want.length === 0) return true;
  return want.every((w) =>
    (have ?? []).some(
      (h) =>
        h.status === w.status &&
        h.country === w.country &&
        h.from <= w.from &&
        (h.to ?? FOREVER) >= (w.to ?? FOREVER) &&
        goesOnAsWell(h, w),
    ),
  );
}

const seenMemo = new WeakMap<object, Map<Purpose, readonly Holding[] | undefined>>();

/** What a label holds, and of what it held what some law ahead may still look at: a condition, a clock, the answer to what was asked while it ran. */
function stillSeen(sights: Sights, l: Label): Situation['holdings'] {
  const { holdings, on, pending } = l.s;
  const over = (h: Holding): boolean => h.to !== undefined && h.to < on - 1;
  if (!sights.asked || !holdings?.some(over)) return holdings;
  let memo = seenMemo.get(l);
  if (!memo) {
    memo = new Map();
    seenMemo.set(l, memo);
  }
  if (memo.has(l.purpose)) return memo.get(l.purpose);
  const kept = new Set(holdings.filter((h) => !over(h) || sights.held.seesEnded(h)));
  for (const p of pending) for (const h of holdings) if (h.from <= p.filed && (h.to ?? on) >= p.filed) kept.add(h);
  for (const id of sights.asked(l.purpose)) {
    const clock = sights.look.book.provisions.get(id);
    if (clock) for (const h of countedStill(clock, l.s, on)) kept.add(h);
  }
  const seen = kept.size === holdings.length ? holdings : holdings.filter((h) => kept.has(h));
  memo.set(l.purpose, seen);
  return seen;
}

/** What runs by itself is more than what only goes on until an answer. */
const goesOnAsWell = (h: Holding, w: Holding): boolean =>
  (ownEnd(h) ?? FOREVER) >= (ownEnd(w) ?? FOREVER) &&
  (h.goesOn === undefined ||
    (w.goesOn !== undefined &&
      h.goesOn.route === w.goesOn.route &&
      (h.goesOn.counts || !w.goesOn.counts) &&
      (!h.goesOn.unsure || w.goesOn.unsure === true)));

/**
 * Where the law takes something from what is held on certain days only, counted from its end: a later end is no gain while those days have not
 * come. The same end has the same days; a later one has them if they have begun, and never close before the end.
 */
function windowsNoWorse(sights: Sights, s: Situation, t: Situation): boolean {
  const { look } = sights;
  const { book } = look;
  for (const h of s.holdings ?? []) {
    const routes = sights.windowed.get(h.status);
    if (!routes || (h.to !== undefined && h.to < t.on)) continue;
    const same = (t.holdings ?? []).filter((x) => x.status === h.status && (x.to === undefined || x.to >= t.on));
    // Held by the one and not by the other, who may ask for it as for something new.
    if (same.length === 0) return false;
    if (same.some((x) => ownEnd(x) === ownEnd(h) && x.to === h.to)) continue;
    // Of several grants of one status the last end decides: that of an earlier one closes nothing.
    const later = (s.holdings ?? []).some((x) => x.status === h.status && (x.to ?? FOREVER) > (h.to ?? FOREVER));
    if (later) continue;
    for (const r of routes) {
      const days = [t.on, ...look.lawDays(r), ...look.lawDays(book.provisions.get(h.status) as Provision)];
      for (const on of days) {
        const w = on < t.on ? undefined : windowFor(book, r, h.status, ownEnd(h), on);
        if (!w) continue;
        if (w.open !== true || (w.closes !== undefined && w.closes !== w.ends)) return false;
        // Months differ in length: that no answer can come in time may be so of the one end and not of the other.
        const gap = leavesGap(r, w);
        const others = same.map((x) => windowFor(book, r, h.status, ownEnd(x), on));
        if (others.some((o) => o && leavesGap(r, o) !== gap)) return false;
      }
    }
  }
  return true;
}

function papersAsGood(
  have: Situation['documents'],
  want: Situation['documents'],
  { neverTooOld, validFar }: Sights,
): boolean {
  if (want === undefined) return have === undefined;
  // A decision is bound to the paper it was filed with, by its place in the list.
  if ((have?.length ?? 0) < want.length) return false;
  const fresh = (d: Document): boolean => d.issued !== undefined && d.issued >= neverTooOld;
  const same = (a: Document, b: Document): boolean =>
    a.kind === b.kind &&
    a.country === b.country &&
    a.biometric === b.biometric &&
    (a.issued === b.issued || (a.kind === 'passport' && fresh(a) && fresh(b))) &&
    a.issuedInOccupiedTerritory === b.issuedInOccupiedTerritory &&
    (a.expires ?? -1) >= Math.min(b.expires ?? -1, validFar);
  return want.every((w, i) => same(have?.[i] as Document, w));
}

function visitsNoWorse(
  look: Outlook,
  m: { readonly rule: Provision; readonly countings: readonly Counting[] },
  s: Situation,
  t: Situation,
): boolean {
  const a = look.countedVisits(m.rule, s);
  const b = look.countedVisits(m.rule, t);
  if (a === undefined || b === undefined) return a === b;
  if (a.length === 0) return true;
  // Both are there on the day itself, and may leave on it or stay.
  return tailAtLeastAsGood(m.countings, a, b, t.on + 1);
}

/** Whether all visits to some countries are visits of the other as well. Where visits are not known the key tells labels apart. */
function visitsAmong(countries: ReadonlySet<string>, s: Situation, t: Situation): boolean {
  if (countries.size === 0 || sameHistory(s, t)) return true;
  const of = (x: Situation): readonly Visit[] => (allVisits(x) ?? []).filter((v) => countries.has(v.country));
  const theirs = of(t);
  const same = (v: Visit, w: Visit): boolean =>
    v.country === w.country && v.from === w.from && v.to === w.to && v.status === w.status;
  return of(s).every((v) => theirs.some((w) => same(v, w)));
}

function absentNoMore(book: LawBook, clock: Provision, s: Situation, t: Situation): boolean {
  const counted = countedStill(clock, t, t.on);
  if (counted.length === 0) return true;
  const first = Math.min(...counted.map((h) => h.from));
  const here = new Set([clock.jurisdiction, ...(membersOf(book, clock.jurisdiction, t.on) ?? [])]);
  const present = (x: Situation): DaySet =>
    daySet(
      (allVisits(x) ?? []).flatMap((v) => {
        const to = Math.min(v.to ?? t.on, t.on);
        return here.has(v.country) && v.from <= to ? [{ from: v.from, to }] : [];
      }),
    );
  const frame = [{ from: first, to: t.on }];
  return count(subtract(intersect(present(t), frame), present(s))) === 0;
}

/** Whether `a` makes `b` superfluous. */
export function beatsBy(senses: readonly Sense[]): (a: Label, b: Label) => boolean {
  return (a, b) => {
    for (const sense of senses) if (!sense.holds(a, b)) return false;
    return true;
  };
}

/** Whether a status stands for a permit, protection or permanence. */
export const standsFirm = (book: LawBook, status: string): boolean =>
  ['permit', 'protection', 'permanent'].includes(statusTerms(book, status)?.terms.stands ?? '');
