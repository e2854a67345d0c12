/**
 * What one fact may be for some conditions to hold, and which allowed value is nearest to the present one.
 * Days are integers, money whole minor units, numbers any real; codes and booleans are finite sets of values.
 */
import type { Change, FactDef, Money, Value } from './ir.ts';
import { cents } from './values.ts';

export type Domain =
  | {
      readonly d: 'line';
      readonly low: number;
      readonly high: number;
      /** Whether the ends themselves are out (numbers only; days and cents move the end by one instead). */
      readonly lowOut: boolean;
      readonly highOut: boolean;
      readonly except: readonly number[];
      /** The currency of `low` and `high`, for money. */
      readonly currency?: string;
    }
  | { readonly d: 'values'; readonly allowed: ReadonlySet<string | boolean> }
  /** A fact with several codes: one of each of `some`, none of `none`. */
  | { readonly d: 'codes'; readonly some: readonly (readonly string[])[]; readonly none: ReadonlySet<string> };

/** Stands for every code of an open set that nobody named: it may satisfy a condition, and cannot be proposed. */
export const ANY_OTHER = '*';

/** A line without bounds except the given ones. */
export function line(low: number, high: number, more: Partial<Domain & { d: 'line' }> = {}): Domain {
  return { d: 'line', low, high, lowOut: false, highOut: false, except: [], ...more };
}

/** What satisfies both; undefined if nothing does (or the two cannot be told in one currency). */
export function meet(a: Domain, b: Domain): Domain | undefined {
  if (a.d === 'line' && b.d === 'line') return meetLines(a, b);
  if (a.d === 'values' && b.d === 'values') {
    const allowed = new Set([...a.allowed].filter((v) => b.allowed.has(v)));
    return allowed.size > 0 ? { d: 'values', allowed } : undefined;
  }
  if (a.d === 'codes' && b.d === 'codes') {
    const none = new Set([...a.none, ...b.none]);
    const some = [...a.some, ...b.some].map((codes) => codes.filter((code) => !none.has(code)));
    return some.every((codes) => codes.length > 0) ? { d: 'codes', some, none } : undefined;
  }
  return undefined;
}

function meetLines(a: Domain & { d: 'line' }, b: Domain & { d: 'line' }): Domain | undefined {
  if (a.currency !== b.currency) return undefined;
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  const lowOut = (a.low === low && a.lowOut) || (b.low === low && b.lowOut);
  const highOut = (a.high === high && a.highOut) || (b.high === high && b.highOut);
  if (low > high || (low === high && (lowOut || highOut))) return undefined;
  return { ...a, low, high, lowOut, highOut, except: [...new Set([...a.except, ...b.except])] };
}

/** Whether everything `a` allows is allowed by `b`. */
export function within(a: Domain, b: Domain): boolean {
  if (a.d === 'line' && b.d === 'line') {
    const low = a.low > b.low || (a.low === b.low && (a.lowOut || !b.lowOut));
    const high = a.high < b.high || (a.high === b.high && (a.highOut || !b.highOut));
    return a.currency === b.currency && low && high && b.except.every((x) => a.except.includes(x) || !onLine(x, a));
  }
  if (a.d === 'values' && b.d === 'values') return [...a.allowed].every((v) => b.allowed.has(v));
  if (a.d !== 'codes' || b.d !== 'codes') return false;
  return (
    [...b.none].every((code) => a.none.has(code)) &&
    b.some.every((codes) => a.some.some((mine) => mine.every((code) => codes.includes(code))))
  );
}

function onLine(x: number, a: Domain & { d: 'line' }): boolean {
  return (a.lowOut ? x > a.low : x >= a.low) && (a.highOut ? x < a.high : x <= a.high);
}

/** A value and what it costs to get there. */
export type Move = { readonly to: Value; readonly cost: number };

/**
 * The cheapest way from the present value (undefined: unknown) into a domain: cost 0 if it is there already.
 * With `step`, the cost grows with the distance: units, days, amounts of money, or steps of an ordered set;
 * from an unknown value it is charged once.
 */
export function nearest(
  domain: Domain,
  def: FactDef,
  now: Value | undefined,
  order: readonly string[],
): Move | undefined {
  const { change } = def;
  switch (domain.d) {
    case 'line':
      return nearestOnLine(domain, def, now);
    case 'values': {
      let best: Move | undefined;
      for (const to of domain.allowed) {
        if (to === ANY_OTHER) continue;
        const steps = Math.abs(order.indexOf(to as string) - order.indexOf(now as string));
        const cost = to === now ? 0 : price(change, now === undefined || order.length === 0 ? undefined : steps);
        if (cost !== undefined && (best === undefined || cost < best.cost)) best = { to, cost };
      }
      return best;
    }
    case 'codes': {
      const present = (now ?? []) as readonly string[];
      const kept = present.filter((code) => !domain.none.has(code));
      const to = [...kept];
      for (const codes of domain.some) if (!codes.some((code) => to.includes(code))) to.push(codes[0]!);
      const same = now !== undefined && kept.length === present.length && to.length === kept.length;
      const cost = same ? 0 : price(change, undefined);
      return cost === undefined ? undefined : { to: same ? now : to, cost };
    }
  }
}

function price(change: Change, distance: number | undefined): number | undefined {
  if (change.how === 'never') return undefined;
  return change.step === undefined || distance === undefined ? change.cost : (change.cost * distance) / change.step;
}

function nearestOnLine(domain: Domain & { d: 'line' }, def: FactDef, now: Value | undefined): Move | undefined {
  const isMoney = def.type.t === 'money';
  const here = now === undefined ? undefined : isMoney ? cents(now as Money) : (now as number);
  const unit = isMoney ? 100 : 1;
  let best: { at: number; cost: number } | undefined;
  for (const at of candidates(domain, here)) {
    const range = def.range;
    const inRange = range === undefined || (at / unit >= range.min && at / unit <= range.max);
    const cost = at === here ? 0 : price(def.change, here === undefined ? undefined : Math.abs(at - here) / unit);
    if (cost === undefined || (at !== here && !inRange)) continue;
    if (best === undefined || cost < best.cost) best = { at, cost };
  }
  if (best === undefined) return undefined;
  if (best.at === here) return { to: now!, cost: 0 };
  return { to: isMoney ? { amount: best.at / 100, currency: domain.currency! } : best.at, cost: best.cost };
}

/** Allowed points that can be the nearest one, nearest first: the present, the ends, and the neighbours of exceptions. */
function candidates(domain: Domain & { d: 'line' }, here: number | undefined): readonly number[] {
  const { low, high, except } = domain;
  const points = [here ?? 0, domain.lowOut ? Math.floor(low) + 1 : low, domain.highOut ? Math.ceil(high) - 1 : high];
  for (const x of except) {
    // The next whole units, whether the exception itself is whole or not.
    for (const [first, step] of [
      [Math.floor(x) + 1, 1],
      [Math.ceil(x) - 1, -1],
    ] as const) {
      let y = first;
      while (except.includes(y)) y += step;
      points.push(y);
    }
  }
  // Between two ends that are both out and no whole number apart, the middle is as good as any.
  if (Number.isFinite(low) && Number.isFinite(high)) points.push((low + high) / 2);
  const whole = domain.currency !== undefined;
  const allowed = points.filter(
    (x) =>
      Number.isFinite(x) && onLine(x, domain) && !except.includes(x) && (x === here || !whole || Number.isInteger(x)),
  );
  const from = here ?? low;
  return [...new Set(allowed)].sort((a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b);
}
