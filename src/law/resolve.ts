/** The law as of one day: which provisions apply, which clauses are in force, what the parameters are worth. */
import type { Day, Node, Value } from '../rules/ir.ts';
import type { Clause, CodeList, CountingRule, DatedValue, Decision, Filing, Param, Provision } from './types.ts';

/** `yes` in force, `no` not, `unknown` where the law says only that it was in force by a later day. */
export function inForce(p: Provision, on: Day): 'yes' | 'no' | 'unknown' {
  if (p.inForce.to !== undefined && on > p.inForce.to) return 'no';
  if (on >= p.inForce.from) return 'yes';
  if (p.inForce.earlier === true) return 'yes';
  return p.inForce.earlier === 'unknown' ? 'unknown' : 'no';
}

/** The dated value that holds on a day, or `undefined` if none is stated for it. */
export function datedAt<T>(values: readonly DatedValue<T>[], on: Day): DatedValue<T> | undefined {
  let found: DatedValue<T> | undefined;
  for (const v of values) {
    if (v.from > on) break;
    found = v;
  }
  return found;
}

/** A parameter's value on a day; `undefined` where the law states none (before the first, or null). */
export function paramAt(p: Provision, name: string, on: Day): Value | undefined {
  const param: Param | undefined = p.params[name];
  if (!param) return undefined;
  return datedAt(param.values, on)?.value ?? undefined;
}

/** A dated list of codes on a day. */
export function listAt(p: Provision, name: string, on: Day): readonly string[] | undefined {
  const list: CodeList | undefined = p.lists[name];
  if (!list) return undefined;
  return datedAt(list.values, on)?.value ?? undefined;
}

/** The kind of decision on a day: as the provision states it, or as a patch changes it. */
export function decisionAt(p: Provision, on: Day): Decision {
  return p.revised?.findLast((r) => r.decision !== undefined && r.from <= on)?.decision ?? p.decision ?? 'discretion';
}

/** Where and from what one may file on a day. */
export function filingAt(p: Provision, on: Day): Filing | undefined {
  return p.revised?.findLast((r) => r.filing !== undefined && r.from <= on)?.filing ?? p.filing;
}

const live = (c: { from?: Day; to?: Day }, on: Day): boolean =>
  (c.from === undefined || c.from <= on) && (c.to === undefined || on <= c.to);

/** The clauses in force on a day, as a tree of the rules. An `any` that lost all its clauses is never true; an `all` always. */
export function resolveClauses(clauses: readonly Clause[], on: Day): Node[] {
  return clauses.filter((c) => live(c, on)).map((c) => resolveClause(c, on));
}

function resolveClause(c: Clause, on: Day): Node {
  const { from: _from, to: _to, ...rest } = c;
  switch (rest.k) {
    case 'all':
    case 'any':
    case 'atLeast':
      return { ...rest, of: resolveClauses(rest.of, on) } as Node;
    case 'not':
      return { ...rest, of: resolveClause(rest.of, on) } as Node;
    case 'points':
      return {
        ...rest,
        items: rest.items.filter((i) => live(i.of, on)).map((i) => ({ worth: i.worth, of: resolveClause(i.of, on) })),
      } as Node;
    default:
      return rest as Node;
  }
}

/** The counting rules in force on a day. */
export function countingAt(p: Provision, on: Day): readonly CountingRule[] {
  return (p.counting ?? []).filter((c) => live(c, on));
}

/** Every day after `from`, up to `to`, on which something in the provision changes by its own dates. */
export function changeDays(p: Provision, from: Day, to: Day): Day[] {
  const days = new Set<Day>();
  const add = (d: Day | undefined) => {
    if (d !== undefined && d > from && d <= to) days.add(d);
  };
  add(p.inForce.from);
  for (const r of p.revised ?? []) add(r.from);
  if (p.inForce.to !== undefined) add(p.inForce.to + 1);
  for (const param of Object.values(p.params)) for (const v of param.values) add(v.from);
  for (const list of Object.values(p.lists)) for (const v of list.values) add(v.from);
  const walk = (c: Clause) => {
    add(c.from);
    if (c.to !== undefined) add(c.to + 1);
    if (c.k === 'all' || c.k === 'any' || c.k === 'atLeast') c.of.forEach(walk);
    else if (c.k === 'not') walk(c.of);
    else if (c.k === 'points') for (const i of c.items) walk(i.of);
  };
  for (const list of [p.all, p.bars, p.except, p.suspended ?? []]) list.forEach(walk);
  for (const c of [...(p.counting ?? []), ...p.notes, ...(p.counts ?? []), ...(p.steps ?? [])]) {
    add(c.from);
    if (c.to !== undefined) add(c.to + 1);
  }
  return [...days].sort((a, b) => a - b);
}
