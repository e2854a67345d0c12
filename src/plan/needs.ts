/**
 * What a route demands to have been held: the statuses its clocks count, and for how long; those from which alone it is asked
 * for; those its conditions name. Read from the law, and from what the person said: a choice that is closed to them, or asks
 * for more luck than is taken for granted, is no choice.
 *
 * Sound: whatever may open a condition in another way makes it demand nothing.
 */
import { type LawBook, membersOf, statusTerms } from '../law/book.ts';
import { inForce, listAt, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { bindingsOf, treeAt } from '../moves/assess.ts';
import type { Situation } from '../person/types.ts';
import { namesIn } from '../rules/index.ts';
import type { CodesExpr, Day, Duration, Expr, Node } from '../rules/ir.ts';
import { type Asking, Askings, movingNames } from './luck.ts';

/**
 * One of these statuses (ids, or `de/*`) must be held, or have been, for at least so long. `unbroken`: without a break, up to the day.
 */
export type Need = { readonly patterns: readonly string[]; readonly time: Duration; readonly unbroken?: true };

/** All of these must be met; empty: nothing is demanded for sure; `never`: it cannot be opened at all. */
export type Needs = readonly Need[] | 'never';

const AT_ONCE: Duration = { months: 0, days: 0 };
const FREE: readonly Need[] = [];

/** About how long, to choose between needs; nothing hangs on it. */
const length = (d: Duration): number => d.months * 30 + d.days;

/** How much luck is taken for granted; remembers what it was compared with. */
class Measure {
  readonly most: number;
  readonly marks = new Set<number>();

  constructor(most: number) {
    this.most = most;
  }

  /** Whether so much luck is taken for granted. */
  covers(luck: number): boolean {
    this.marks.add(luck);
    return luck <= this.most;
  }
}

/**
 * What a route demands, asked for on any of the days on which its law begins anew, with no more luck than `most`; and whether it
 * demands the same with so much luck as well. Nothing else asks how much luck there is than a comparison with some mark, and all
 * marks are compared with whatever comes out: between two marks the answer is one.
 */
export function needsBetween(
  book: LawBook,
  route: Provision,
  s: Situation,
  days: readonly Day[],
  most: number,
  askings: Askings,
): { readonly needs: Needs; readonly sameFor: (most: number) => boolean } {
  const measure = new Measure(most);
  const needs = needsBy(book, route, s, days, measure, askings);
  const marks = [...measure.marks];
  return { needs, sameFor: (other) => marks.every((m) => m <= most === m <= other) };
}

/** What a route demands, asked for on any of the days on which its law begins anew, with no more luck than `most`. */
export function needsOf(
  book: LawBook,
  route: Provision,
  s: Situation,
  days: readonly Day[],
  most: number,
  askings: Askings = new Askings(book, s),
): Needs {
  return needsBy(book, route, s, days, new Measure(most), askings);
}

function needsBy(
  book: LawBook,
  route: Provision,
  s: Situation,
  days: readonly Day[],
  measure: Measure,
  askings: Askings,
): Needs {
  const ways: Needs[] = [];
  for (const on of days) {
    if (inForce(route, on) === 'no') continue;
    const node = treeAt(route, on);
    for (const binding of bindingsOf(book, route, s, on, true)) {
      const asking = askings.of(route, on, binding.offer);
      ways.push(demanded(book, route, s, on, node, asking, measure));
    }
  }
  const own = oneOf(ways);
  if (own === 'never') return own;
  const from = askedFrom(book, route, days[0] as Day);
  return from ? [...own, from] : own;
}

/** Whichever of several ways: what one of them demands; nothing, where one demands nothing. */
function oneOf(ways: readonly Needs[]): Needs {
  const open = ways.filter((w): w is readonly Need[] => w !== 'never');
  if (open.length === 0) return 'never';
  if (open.some((w) => w.length === 0)) return FREE;
  const [first] = open as [readonly Need[]];
  const text = JSON.stringify(first);
  if (open.every((w) => JSON.stringify(w) === text)) return first;
  // Of each way what takes longest stands for it: one of all these must be held, for the shortest of the times.
  const patterns = new Set<string>();
  let time: Duration | undefined;
  for (const w of open) {
    const longest = w.reduce((a, b) => (length(b.time) > length(a.time) ? b : a));
    for (const p of longest.patterns) patterns.add(p);
    time = time === undefined ? longest.time : shorter(time, longest.time);
  }
  return [{ patterns: [...patterns], time: time as Duration }];
}

/** A time that is no longer than either, from whatever day. */
const shorter = (a: Duration, b: Duration): Duration => ({
  months: Math.min(a.months, b.months),
  days: Math.min(a.days, b.days),
});

function demanded(
  book: LawBook,
  route: Provision,
  s: Situation,
  on: Day,
  node: Node,
  asking: Asking,
  measure: Measure,
): Needs {
  const of = (n: Node): Needs => demanded(book, route, s, on, n, asking, measure);
  switch (node.k) {
    case 'leaf': {
      const { params, codeLists } = namesIn(node.expr);
      // A condition that hangs on a figure nobody knows is left out by who assumes: it demands nothing.
      if (params.some((n) => paramAt(route, n, on) === undefined)) return FREE;
      if (codeLists.some((n) => !n.startsWith('area.') && listAt(route, n, on) === undefined)) return FREE;
      return condition(book, route, s, on, node.expr, asking, measure);
    }
    case 'clock':
      return clockNeed(book, route, s, node, measure);
    case 'all':
      return together(node.of.map(of));
    case 'any':
      return oneOf(node.of.map(of));
    default:
      return FREE;
  }
}

function together(parts: readonly Needs[]): Needs {
  if (parts.includes('never')) return 'never';
  const out: Need[] = [];
  for (const n of (parts as readonly (readonly Need[])[]).flat())
    if (!out.some((o) => JSON.stringify(o) === JSON.stringify(n))) out.push(n);
  return out;
}

function clockNeed(
  book: LawBook,
  route: Provision,
  s: Situation,
  node: Node & { k: 'clock' },
  measure: Measure,
): Needs {
  const clock = book.provisions.get(node.clock);
  // Whose statuses are not known may have had what it takes.
  if (!clock || (s.holdings === undefined && measure.covers(3))) return FREE;
  const counts = clock.counts ?? [];
  const weighted = counts.some((x) => x.weight !== undefined && x.weight !== 'full' && x.weight !== 'half');
  const values = (route.params[node.atLeast]?.values ?? []).flatMap((v) =>
    v.value === null ? [] : [v.value as Duration],
  );
  const time = values.length === 0 || weighted ? AT_ONCE : values.reduce(shorter);
  return [{ patterns: counts.map((x) => x.status), time, ...(clock.unbroken ? { unbroken: true as const } : {}) }];
}

/** What a condition demands to be held. */
function condition(
  book: LawBook,
  route: Provision,
  s: Situation,
  on: Day,
  e: Expr,
  asking: Asking,
  measure: Measure,
): Needs {
  const of = (x: Expr): Needs => condition(book, route, s, on, x, asking, measure);
  switch (e.k) {
    case 'and':
      return together(e.args.map(of));
    case 'or':
      return oneOf(e.args.map(of));
    default:
  }
  if (movingNames(e)) {
    if (asking.closed(e)) return 'never';
    const names = namesIn(e).facts;
    const ids = statusIds(route, on, e);
    // What is not told of now may be whatever the condition asks.
    const untold = names.includes('now.status') ? s.under === undefined : s.holdings === undefined && measure.covers(3);
    return ids === undefined || untold || ids.some((id) => !granted(book, id))
      ? FREE
      : [{ patterns: ids, time: AT_ONCE }];
  }
  return measure.covers(asking.luck(e)) ? FREE : 'never';
}

/** Whether a status is had by being granted, not by entering. */
const granted = (book: LawBook, id: string): boolean => {
  const terms = statusTerms(book, id);
  return terms !== undefined && terms.provision.kind !== 'stay' && terms.terms.stands !== 'visit';
};

/** The statuses of which a condition asks that one be held (`now.status in …`, `some s in statuses satisfies …`). */
function statusIds(route: Provision, on: Day, e: Expr): readonly string[] | undefined {
  if (e.k === 'some' && e.list === 'statuses') return fieldIds(route, on, e.cond, e.var);
  const isNow = (x: Expr): boolean => x.k === 'fact' && x.name === 'now.status';
  return comparedWith(route, on, e, isNow);
}

function fieldIds(route: Provision, on: Day, e: Expr, name: string): readonly string[] | undefined {
  if (e.k === 'and') {
    for (const x of e.args) {
      const ids = fieldIds(route, on, x, name);
      if (ids) return ids;
    }
    return undefined;
  }
  if (e.k === 'or') {
    const all = e.args.map((x) => fieldIds(route, on, x, name));
    return all.every((x) => x !== undefined) ? all.flat() : undefined;
  }
  return comparedWith(route, on, e, (x) => x.k === 'field' && x.of === name && x.name === 'status');
}

function comparedWith(route: Provision, on: Day, e: Expr, is: (x: Expr) => boolean): readonly string[] | undefined {
  if (e.k === 'cmp' && e.op === '=') {
    const [value, other] = is(e.left) ? [e.left, e.right] : [e.right, e.left];
    return is(value) && other.k === 'lit' && typeof other.value === 'string' ? [other.value] : undefined;
  }
  return e.k === 'in' && is(e.value) ? codes(route, on, e.list) : undefined;
}

function codes(route: Provision, on: Day, list: CodesExpr): readonly string[] | undefined {
  if (list.k === 'codes') return list.values;
  return list.k === 'codeList' && !list.name.startsWith('area.') ? listAt(route, list.name, on) : undefined;
}

/** Where a route is only asked for on the spot: the statuses to ask from, and what it grants itself, for a renewal. */
function askedFrom(book: LawBook, route: Provision, on: Day): Need | undefined {
  const f = route.filing;
  if (!f?.from || route.revised?.some((r) => r.filing) || f.where.some((w) => w !== 'in-country')) return undefined;
  const renewed = [...(route.grants?.status ? [route.grants.status] : []), ...renewedBy(book, route.id)];
  const visitor = (x: string): boolean => {
    if (x === 'any' || x.endsWith('/*')) return true;
    const stands = statusTerms(book, x)?.terms.stands;
    return stands === undefined || stands === 'visit';
  };
  if (f.from.some(visitor)) return undefined;
  const permits = (membersOf(book, route.jurisdiction, on) ?? [route.jurisdiction]).map((c) => `${c}/*`);
  return { patterns: [...f.from.flatMap((x) => (x === 'permit' ? permits : [x])), ...renewed], time: AT_ONCE };
}

const renewals = new WeakMap<LawBook, Map<string, string[]>>();

/** The statuses that a route renews: it is asked for from these, whatever else it says. */
function renewedBy(book: LawBook, route: string): readonly string[] {
  let table = renewals.get(book);
  if (!table) {
    table = new Map();
    for (const p of book.provisions.values()) {
      const renew = p.status?.renew;
      if (!renew || renew === 'no' || renew.by === undefined) continue;
      const row = table.get(renew.by);
      if (row) row.push(p.id);
      else table.set(renew.by, [p.id]);
    }
    renewals.set(book, table);
  }
  return table.get(route) ?? [];
}
