/**
 * When something opens: the first day on which a provision lets a person through who stays as they are. Dates are not
 * sampled: every day on which an answer can change is derived from the law's own dates, from clocks, birthdays and
 * the dates in conditions.
 */
import { addMonths } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { changeDays, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { canRise, foundFrom, levelsOf, monthsToLearn } from '../person/learning.ts';
import { savingsMove } from '../person/money.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import { compile, namesIn } from '../rules/index.ts';
import type { Context, Day, Duration, Expr, Node, Tri, Value } from '../rules/ir.ts';
import { bindingsOf, compiledAt } from './assess.ts';
import type { Eligibility } from './eligible.ts';
import { sightOf } from './seen.ts';

/** Facts whose value moves with the day. */
const MOVING = new Set(['age', 'passport.ageYears', 'family', 'statuses', 'stays', 'residesHere', 'permitCountries']);

/** `bound`: it looks at the chosen document or offer. */
type Timed = { readonly test: (c: Context) => Tri; readonly bound: boolean };
type TimedParts = { leaves: Timed[]; money: Timed[]; clocks: { clock: string; atLeast: string }[] };
const timedCache = new WeakMap<Node, TimedParts>();

/** The leaves of a tree whose answer can change with the day alone, those that look at savings apart, and its clocks. */
export function timedParts(node: Node): TimedParts {
  const have = timedCache.get(node);
  if (have) return have;
  const out: TimedParts = { leaves: [], money: [], clocks: [] };
  const walk = (n: Node): void => {
    switch (n.k) {
      case 'leaf':
        if (usesDay(n.expr) || usesMoney(n.expr))
          (usesDay(n.expr) ? out.leaves : out.money).push({
            test: compile(n.expr),
            bound: namesIn(n.expr).facts.some((f) => f.startsWith('passport.') || f.startsWith('offer.')),
          });
        break;
      case 'clock':
        out.clocks.push({ clock: n.clock, atLeast: n.atLeast });
        break;
      case 'not':
        walk(n.of);
        break;
      case 'points':
        for (const i of n.items) walk(i.of);
        break;
      default:
        n.of.forEach(walk);
    }
  };
  walk(node);
  timedCache.set(node, out);
  return out;
}

const usesMoney = (e: Expr): boolean => namesIn(e).facts.includes('savings');

/** The leaves of a tree whose answer can change with the day for this situation: what looks at savings where they grow or shrink. */
export function timedLeaves(node: Node, s: Situation): readonly Timed[] {
  const { leaves, money } = timedParts(node);
  return money.length && savingsMove(s) ? [...leaves, ...money] : leaves;
}

function usesDay(e: Expr): boolean {
  if (namesIn(e).facts.some((f) => MOVING.has(f))) return true;
  let found = false;
  const walk = (x: unknown): void => {
    if (found || typeof x !== 'object' || x === null) return;
    if ((x as { k?: string }).k === 'on') {
      found = true;
      return;
    }
    for (const v of Object.values(x)) walk(v);
  };
  walk(e);
  return found;
}

/**
 * Days in (from, to] on which the answer of a provision for this situation may change, `from` itself first. A condition
 * that turns twice within one year of the horizon between two of its own dates could hide a turn; none of the law's does.
 */
export function turningDays(book: LawBook, p: Provision, s: Situation, from: Day, to: Day): Day[] {
  const days = new Set<Day>([from]);
  for (const d of changeDays(p, from, to)) days.add(d);
  for (const d of learningDays(book, p, s)) if (d > from && d <= to) days.add(d);
  const stretches = [...days].sort((a, b) => a - b);
  for (const start of stretches) {
    const { node } = compiledAt(p, start);
    const { clocks } = timedParts(node);
    const leaves = timedLeaves(node, s);
    if (!leaves.length && !clocks.length) continue;
    for (const binding of bindingsOf(book, p, s, start)) {
      const view = (d: Day) => new View(book, p, s, d, binding);
      for (const c of clocks) {
        const need = paramAt(p, c.atLeast, start) as Duration | undefined;
        if (!need) continue;
        const a = view(start).clock(c.clock, need);
        if (a.on !== undefined && a.on > start && a.on <= to) days.add(a.on);
      }
      for (const leaf of leaves) for (const d of flips((d) => leaf.test(view(d)), start, to)) days.add(d);
    }
  }
  return [...days].sort((a, b) => a - b);
}

/** Days in (from, to] on which `test` changes: year by year, and by halving within a year. */
function flips(test: (d: Day) => Tri, from: Day, to: Day): Day[] {
  const out: Day[] = [];
  let a = from;
  let ta = test(a);
  for (let i = 1; a < to; i++) {
    const b = Math.min(addMonths(from, 12 * i, 'clamp'), to);
    const tb = test(b);
    if (tb !== ta) {
      let low = a;
      let high = b;
      while (high - low > 1) {
        const mid = (low + high) >> 1;
        if (test(mid) === ta) low = mid;
        else high = mid;
      }
      out.push(high);
      // Between the two ends there may be a third value (unknown): look once more from there.
      const th = test(high);
      if (th !== tb) {
        a = high;
        ta = th;
        i--;
        continue;
      }
    }
    a = b;
    ta = tb;
  }
  return out;
}

export type Opening = { readonly day: Day; readonly eligibility: Eligibility };

/**
 * The first day in [from, to] on which `eligible` answers yes, and before it the first on which it is unknown and the
 * unknown may be assumed. `provisions`, what bears on the route, give the days to look at.
 */
export function firstOpen(
  book: LawBook,
  provisions: readonly Provision[],
  s: Situation,
  from: Day,
  to: Day,
  eligible: (on: Day) => Eligibility,
  assumable: (e: Eligibility, on: Day) => boolean = () => true,
): Opening[] {
  const first = eligible(from);
  if (first.outcome === true) return [{ day: from, eligibility: first }];
  const days = new Set<Day>();
  for (const p of provisions) for (const d of turningDays(book, p, s, from, to)) days.add(d);
  const out: Opening[] = [];
  for (const day of [from, ...[...days].filter((d) => d !== from).sort((a, b) => a - b)]) {
    const e = day === from ? first : eligible(day);
    if (e.outcome === true) {
      out.push({ day, eligibility: e });
      return out;
    }
    // A clock that has not run cannot be assumed; once it has, what else is not known can.
    if (e.outcome === undefined && out.length === 0 && assumable(e, day)) out.push({ day, eligibility: e });
  }
  return out;
}

/** In a plan, the days by which a level more of a language that the provision looks at can have been learnt, or an offer, a place to study or a company found. */
export function learningDays(book: LawBook, p: Provision, s: Situation): Day[] {
  if (s.learnsFrom === undefined) return [];
  const out: Day[] = [];
  const { facts } = sightOf(book, [p]);
  for (const name of facts) {
    const found = foundFrom(book.schema, s, name);
    if (found !== undefined) out.push(found);
    if (!name.startsWith('languages.')) continue;
    const def = book.schema.facts.get(name);
    const told = s.person.facts.get(name);
    const levels = levelsOf(book.schema, def);
    if (!def || !levels || !canRise(book.schema, def, told)) continue;
    for (const level of levels) {
      const months = monthsToLearn(book.schema, def, told as Value, level);
      if (months > 0 && Number.isFinite(months)) out.push(addMonths(s.learnsFrom, months, 'clamp'));
    }
  }
  return out;
}

/** In a plan, the days in (from, to] on which what a provision asks of savings is met, and was not the day before, by what a month adds. */
export function savedDays(book: LawBook, p: Provision, s: Situation, from: Day, to: Day): Day[] {
  if (!savingsMove(s)) return [];
  const out = new Set<Day>();
  const binding = { document: undefined, offer: undefined };
  for (const start of [from, ...changeDays(p, from, to)]) {
    for (const leaf of timedParts(compiledAt(p, start).node).money) {
      const test = (d: Day): Tri => leaf.test(new View(book, p, s, d, binding));
      for (const d of flips(test, start, to)) if (test(d) === true) out.add(d);
    }
  }
  return [...out];
}
