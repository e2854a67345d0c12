/**
 * Which unanswered facts can still change an undecided condition, pruned by what is known: a decided part of a
 * conjunction, the branch not taken, a record already decided ask for nothing.
 */
import type { Frame } from './compute.ts';
import { type Env, inside, triFn, valueFn } from './evaluate.ts';
import type { Context, Duration, Rec, Tri } from './ir.ts';
import type { AnyExpr } from './names.ts';
import { partsOf } from './names.ts';

/** Something the law itself does not state for the day: a parameter, a list, a rate, a rounding of months. */
export type Lack = { readonly what: 'param' | 'list' | 'rate' | 'monthEnd'; readonly name: string };

/** Where needs are gathered, in the order of the text. */
export type Sink = { readonly facts: string[]; readonly lacks: Lack[] };

/** Gathers the needs of one undecided expression. */
export type Needs = (c: Context, f: Frame | undefined, sink: Sink) => void;

function need(sink: Sink, fact: string): void {
  if (!sink.facts.includes(fact)) sink.facts.push(fact);
}

function lack(sink: Sink, what: Lack['what'], name: string): void {
  if (!sink.lacks.some((l) => l.what === what && l.name === name)) sink.lacks.push({ what, name });
}

/** Lists by variable, so that a blank field is reported by the name of its list. */
type Lists = ReadonlyMap<string, string>;

/** Compiles what an expression needs while it is undecided. */
export function exprNeeds(e: AnyExpr, env: Env, lists: Lists = new Map()): Needs {
  switch (e.k) {
    case 'fact':
      return (c, _, sink) => {
        if (c.fact(e.name) === undefined) need(sink, e.name);
      };
    case 'known':
      return (c, _, sink) => {
        if (env.openKnown && c.fact(e.fact) === undefined) need(sink, e.fact);
      };
    case 'param':
      return (c, _, sink) => {
        if (c.param(e.name) === undefined) lack(sink, 'param', e.name);
      };
    case 'codeList':
      return (c, _, sink) => {
        if (c.codeList(e.name) === undefined) lack(sink, 'list', e.name);
      };
    case 'field': {
      const value = valueFn(e as AnyExpr & { k: 'field' }, env);
      const list = lists.get(e.of) ?? e.of;
      return (c, f, sink) => {
        if (value(c, f) === undefined) need(sink, list);
      };
    }
    case 'and':
    case 'or':
    case 'not': {
      const parts = partsOf(e).map((part) => ({
        test: triFn(part as never, env),
        needs: exprNeeds(part, env, lists),
      }));
      return (c, f, sink) => {
        for (const part of parts) if (part.test(c, f) === undefined) part.needs(c, f, sink);
      };
    }
    case 'if': {
      const cond = triFn(e.cond, env);
      const [asked, yes, no] = [e.cond, e.then, e.else].map((part) => exprNeeds(part, env, lists));
      return (c, f, sink) => {
        const t = cond(c, f);
        if (t === undefined) asked!(c, f, sink);
        if (t !== false) yes!(c, f, sink);
        if (t !== true) no!(c, f, sink);
      };
    }
    case 'arith': {
      const parts = [exprNeeds(e.left, env, lists), exprNeeds(e.right, env, lists)];
      const duration = e.right.ty.t === 'duration' ? valueFn(e.right, env) : undefined;
      return (c, f, sink) => {
        for (const part of parts) part(c, f, sink);
        const months = (duration?.(c, f) as Duration | undefined)?.months ?? 0;
        if (months !== 0 && c.monthEnd === undefined) lack(sink, 'monthEnd', 'monthEnd');
      };
    }
    case 'some':
    case 'every':
      return listNeeds(e.list, e.var, e.cond, null, env, lists);
    case 'count':
    case 'sum':
      return listNeeds(e.list, e.var, e.where, e.k === 'sum' ? e.field : null, env, lists);
    default: {
      const parts = partsOf(e).map((part) => exprNeeds(part, env, lists));
      return (c, f, sink) => {
        for (const part of parts) part(c, f, sink);
      };
    }
  }
}

/** Only records that are themselves undecided (or pass and lack the field to add up) ask for anything. */
function listNeeds(
  list: string,
  variable: string,
  cond: AnyExpr | null,
  field: AnyExpr | null,
  env: Env,
  lists: Lists,
): Needs {
  const inner = inside(env, variable);
  const named = new Map(lists).set(variable, list);
  const test = cond === null ? () => true as Tri : triFn(cond as never, inner);
  const condNeeds = cond && exprNeeds(cond, inner, named);
  const fieldNeeds = field && exprNeeds(field, inner, named);
  return (c, f, sink) => {
    const records = c.fact(list) as readonly Rec[] | undefined;
    if (records === undefined) need(sink, list);
    const frame: Frame = { rec: {}, up: f };
    // Without the list, what else the condition asks about is still needed if the list turns out not to be empty.
    for (const rec of records ?? [{}]) {
      frame.rec = rec;
      const t = test(c, frame);
      if (t === undefined) condNeeds?.(c, frame, sink);
      if (t !== false) fieldNeeds?.(c, frame, sink);
    }
  };
}

/** Most open items for which every combination is tried; beyond it each open item is taken to matter. */
const MOST_TRIED = 14;

/** Open items that decide in at least one way the others can turn out. */
export function pointsThatMatter(
  items: readonly { readonly outcome: Tri; readonly worth: number }[],
  target: number,
): readonly number[] {
  const open = items.flatMap((item, i) => (item.outcome === undefined && item.worth !== 0 ? [i] : []));
  if (open.length > MOST_TRIED) return open;
  const fixed = items.reduce((sum, item) => (item.outcome === true ? sum + item.worth : sum), 0);
  const totals = new Float64Array(2 ** open.length).fill(fixed);
  for (let mask = 0; mask < totals.length; mask++) {
    open.forEach((item, bit) => {
      if (mask & (1 << bit)) totals[mask]! += items[item]!.worth;
    });
  }
  return open.filter((_, bit) => {
    for (let mask = 0; mask < totals.length; mask++) {
      if (totals[mask]! >= target !== totals[mask ^ (1 << bit)]! >= target) return true;
    }
    return false;
  });
}
