/**
 * Which way the law leans in a number: whether less of it, or more, can never make an answer worse. Where that is so two situations
 * need not be the same in it to be compared: a passport issued later is as good, fewer visits are.
 */
import { addMonths } from '../calendar/civil.ts';
import type { Clause, Provision } from '../law/types.ts';
import type { Duration, Expr } from '../rules/ir.ts';
import { type AnyExpr, partsOf } from '../rules/names.ts';

/** `none`: nothing looks at it. `less`, `more`: so much is never worse. `both`: it may be better one way here and the other way there. */
export type Leaning = 'none' | 'less' | 'more' | 'both';

/** What is looked for in conditions: a fact, or the number of records of a list. */
export type Target = { readonly fact: string } | { readonly count: string };

const also = (a: Leaning, b: Leaning): Leaning => (a === 'none' || a === b ? b : b === 'none' ? a : 'both');

/** Whether an expression is the number itself. */
const is = (e: AnyExpr, t: Target): boolean =>
  'fact' in t ? e.k === 'fact' && e.name === t.fact : e.k === 'count' && e.list === t.count;

/** Whether it looks at what the number is made of; that it is known or not is the same in all that are compared. */
function looksAt(e: AnyExpr, t: Target): boolean {
  const list = 'count' in t ? t.count : t.fact;
  if (e.k === 'fact' && e.name === list) return true;
  if ((e.k === 'some' || e.k === 'every' || e.k === 'count' || e.k === 'sum') && e.list === list) return true;
  return partsOf(e).some((p) => looksAt(p, t));
}

/** Of a condition whose truth helps (`1`) or hurts (`-1`). */
function ofExpr(e: Expr, t: Target, sign: 1 | -1): Leaning {
  if (!looksAt(e, t)) return 'none';
  switch (e.k) {
    case 'and':
    case 'or':
      return e.args.map((x) => ofExpr(x, t, sign)).reduce(also, 'none');
    case 'not':
      return ofExpr(e.arg, t, sign === 1 ? -1 : 1);
    case 'cmp': {
      const left = is(e.left, t) && !looksAt(e.right, t);
      const right = is(e.right, t) && !looksAt(e.left, t);
      if (left === right || e.op === '=' || e.op === '!=') return 'both';
      const more = (e.op === '>' || e.op === '>=') === left;
      return more === (sign === 1) ? 'more' : 'less';
    }
    default:
      return 'both';
  }
}

/** Whether a condition is true of every passport, as something that is asked of other papers only. */
function spares(c: Clause): boolean {
  if (c.k !== 'leaf') return false;
  const e = c.expr.k === 'not' ? c.expr.arg : c.expr;
  if (e.k !== 'cmp' || e.left.k !== 'fact' || e.left.name !== 'passport.kind' || e.right.k !== 'lit') return false;
  const named = e.right.value === 'passport';
  return (e.op === '=' && named === (e === c.expr)) || (e.op === '!=' && named !== (e === c.expr));
}

function ofClause(c: Clause, t: Target, sign: 1 | -1): Leaning {
  switch (c.k) {
    case 'leaf':
      return ofExpr(c.expr, t, sign);
    case 'any':
      // What is asked of an identity card or an internal passport says nothing of a passport.
      if ('fact' in t && t.fact.startsWith('passport.') && c.of.some(spares)) return 'none';
      return c.of.map((x) => ofClause(x, t, sign)).reduce(also, 'none');
    case 'not':
      return ofClause(c.of, t, sign === 1 ? -1 : 1);
    case 'points':
      // Points may be taken away, too.
      return c.items.some((i) => ofClause(i.of, t, 1) !== 'none') ? 'both' : 'none';
    case 'clock':
      return 'none';
    default:
      return c.of.map((x) => ofClause(x, t, sign)).reduce(also, 'none');
  }
}

/**
 * How these provisions lean in a number. What opens something (routes, stay rules, papers) helps where its conditions hold and does not where
 * something bars; a restriction or a danger the other way round. What suspends a clock may help here and hurt there.
 */
export function leaningOf(provisions: readonly Provision[], t: Target): Leaning {
  let all: Leaning = 'none';
  for (const p of provisions) {
    const opens: 1 | -1 = p.kind === 'restriction' || p.kind === 'danger' ? -1 : 1;
    for (const c of p.all) all = also(all, ofClause(c, t, opens));
    for (const c of [...p.bars, ...p.except]) all = also(all, ofClause(c, t, opens === 1 ? -1 : 1));
    if ((p.suspended ?? []).some((c) => ofClause(c, t, 1) !== 'none')) all = 'both';
    if (all === 'both') return all;
  }
  return all;
}

/** No paper is thought of as worth renewing sooner than so many days before its end (`worthwhile.ts`). */
const RENEWED_WITHIN = 366;

/**
 * A day by which no law of a search, asked up to `last`, can still tell papers apart: valid to this day or to any later one is the same. A
 * paper is asked to be valid on the day, or for so long after it (`provisions`); and what ends with it is asked to go on so long before its
 * end (`renewed`: the routes and statuses). Without end where some condition asks otherwise.
 */
export function farthestAsked(provisions: readonly Provision[], renewed: readonly Provision[], last: number): number {
  let most = RENEWED_WITHIN;
  const longest = (p: Provision, name: string | undefined): void => {
    for (const v of (name && p.params[name]?.values) || [])
      if (typeof v.value === 'number') most = Math.max(most, v.value);
      else if (v.value !== null) most = Math.max(most, daysAtMost(v.value as Duration));
  };
  const expires = { fact: 'passport.expires' };
  for (const p of provisions)
    for (const e of [...p.all, ...p.bars, ...p.except, ...(p.suspended ?? [])].flatMap(comparisons)) {
      if (looksAt(e, { count: 'documents' })) return Number.POSITIVE_INFINITY;
      if (!looksAt(e, expires)) continue;
      const until =
        e.k !== 'cmp' ? undefined : is(e.left, expires) ? e.right : is(e.right, expires) ? e.left : undefined;
      if (until?.k === 'arith' && until.op === '+' && until.left.k === 'on' && until.right.k === 'param')
        longest(p, until.right.name);
      else if (until?.k !== 'on') return Number.POSITIVE_INFINITY;
    }
  for (const p of renewed) {
    const renew = p.status?.renew;
    for (const w of [renew === 'no' ? undefined : renew, p.filing, ...(p.revised ?? []).map((r) => r.filing)]) {
      longest(p, w?.opens);
      longest(p, w?.closes);
    }
  }
  return last + most;
}

/**
 * A day so late that a passport issued on it, or on any later one, is never too old up to `last`, by any condition that asks for its age in
 * whole years. Without end where some condition asks in another way, or asks when it was issued.
 */
export function neverTooOld(provisions: readonly Provision[], last: number): number {
  const age = { fact: 'passport.ageYears' };
  let years = Number.POSITIVE_INFINITY;
  if (leaningOf(provisions, { fact: 'passport.issued' }) !== 'none') return years;
  if (leaningOf(provisions, { count: 'documents' }) !== 'none') return years;
  const how = leaningOf(provisions, age);
  if (how === 'none') return Number.NEGATIVE_INFINITY;
  if (how !== 'less') return years;
  for (const p of provisions)
    for (const c of [...p.all, ...p.bars, ...p.except])
      for (const e of comparisons(c)) {
        if (!looksAt(e, age)) continue;
        const bound = e.k !== 'cmp' ? undefined : is(e.left, age) ? e.right : e.left;
        if (bound?.k !== 'param') return Number.POSITIVE_INFINITY;
        for (const v of p.params[bound.name]?.values ?? [])
          if (typeof v.value !== 'number') return Number.POSITIVE_INFINITY;
          else years = Math.min(years, v.value);
      }
  return addMonths(last, -12 * Math.floor(years), 'clamp') + 2;
}

/** The comparisons that a tree is made of, as far as they are joined by and, or, not. */
function comparisons(c: Clause): readonly Expr[] {
  const parts = (e: Expr): readonly Expr[] =>
    e.k === 'and' || e.k === 'or' ? e.args.flatMap(parts) : e.k === 'not' ? parts(e.arg) : [e];
  if (c.k === 'leaf') return parts(c.expr);
  if (c.k === 'not') return comparisons(c.of);
  if (c.k === 'points') return c.items.flatMap((i) => comparisons(i.of));
  return c.k === 'clock' ? [] : c.of.flatMap(comparisons);
}

const daysAtMost = (d: Duration): number => d.months * 31 + d.days;
