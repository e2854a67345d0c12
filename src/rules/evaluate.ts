/**
 * Expressions and trees → closures, once; then evaluated as often as wanted. No `eval`, no reading of names twice.
 * Three-valued (Kleene) throughout: `undefined` is unknown.
 */
import { adding, arithmetic, call, counting, type Frame, quantifier, type TriFn, type ValueFn } from './compute.ts';
import type { FlatContext, Layout } from './flat.ts';
import type { CodesExpr, CompareOp, Context, Duration, Expr, Node, Schema, Tri, Type, Value } from './ir.ts';
import { comparer, holds, NO_MONEY, type RateLog } from './values.ts';

type CodesFn = (c: Context, f: Frame | undefined) => readonly string[] | undefined;

/** What compilation is told besides the expression. */
export type Env = {
  /** With a layout, facts are read from the arrays of a FlatContext made from it. */
  readonly layout: Layout | undefined;
  readonly log: RateLog;
  /** Variables in scope, outermost first. */
  readonly vars: readonly string[];
  /** Whether `known(fact)` of a blank is unknown instead of no: what could still become true. */
  readonly openKnown: boolean;
  /** For trees that were not made by the parser: where the order of ordered codes is looked up. */
  readonly schema: Schema | undefined;
};

/** What may be told to a compilation. */
export type CompileOptions = { readonly layout?: Layout; readonly schema?: Schema };

/** An environment outside all quantifiers. */
export function newEnv(options: CompileOptions = {}, openKnown = false): Env {
  const { layout, schema } = options;
  return { layout, schema, log: { noting: false, uses: undefined }, vars: [], openKnown };
}

/** The same environment with one more variable, innermost. */
export function inside(env: Env, variable: string): Env {
  return { ...env, vars: [...env.vars, variable] };
}

/**
 * Compiles a tree (or a single condition) to a function of the context.
 * With a layout the function must be given a FlatContext of that layout; without, any Context.
 * Trees from the parser need no schema; a tree built otherwise does if it orders codes without saying how.
 */
export function compile(node: Node | Expr, options: CompileOptions = {}): (c: Context) => Tri {
  const env = newEnv(options);
  const tri = isNode(node) ? nodeFn(node, env) : triFn(node, env);
  return (c) => tri(c, undefined);
}

const NODE_KINDS: ReadonlySet<string> = new Set(['all', 'any', 'atLeast', 'leaf', 'clock', 'points']);

/** Tells a tree from an expression: only `not` is a kind of both, and only an expression is typed. */
export function isNode(x: Node | Expr): x is Node {
  return NODE_KINDS.has(x.k) || (x.k === 'not' && !('ty' in x));
}

function nodeFn(node: Node, env: Env): TriFn {
  switch (node.k) {
    case 'all':
      return conjunction(node.of.map((child) => nodeFn(child, env)));
    case 'any':
      return disjunction(node.of.map((child) => nodeFn(child, env)));
    case 'not':
      return negation(nodeFn(node.of, env));
    case 'leaf':
      return triFn(node.expr, env);
    case 'atLeast': {
      const parts = node.of.map((child) => nodeFn(child, env));
      return (c, f) => {
        let yes = 0;
        let open = 0;
        for (let i = 0; i < parts.length; i++) {
          const t = parts[i]!(c, f);
          if (t === true) yes++;
          else if (t === undefined) open++;
        }
        return atLeastOf(node.n, yes, open);
      };
    }
    case 'clock': {
      const need = paramFn(node.atLeast, env);
      return (c, f) => {
        const duration = need(c, f) as Duration | undefined;
        return duration === undefined ? undefined : c.clock(node.clock, duration).reached;
      };
    }
    case 'points': {
      const items = node.items.map((item) => ({ worth: paramFn(item.worth, env), holds: nodeFn(item.of, env) }));
      const need = paramFn(node.atLeast, env);
      return (c, f) => {
        let least = 0;
        let most = 0;
        for (const item of items) {
          const t = item.holds(c, f);
          if (t === false) continue;
          const worth = item.worth(c, f) as number | undefined;
          if (worth === undefined) return undefined;
          least += t === true ? worth : Math.min(worth, 0);
          most += t === true ? worth : Math.max(worth, 0);
        }
        const target = need(c, f) as number | undefined;
        return target === undefined ? undefined : pointsReach(least, most, target);
      };
    }
  }
}

/** At least `n` of some parts, of which `yes` hold and `open` are unknown. */
export function atLeastOf(n: number, yes: number, open: number): Tri {
  return yes >= n ? true : yes + open < n ? false : undefined;
}

/** Whether points between `least` and `most` reach a target. */
export function pointsReach(least: number, most: number, target: number): Tri {
  return least >= target ? true : most < target ? false : undefined;
}

function conjunction(parts: readonly TriFn[]): TriFn {
  if (parts.length === 1) return parts[0]!;
  return (c, f) => {
    let out: Tri = true;
    for (let i = 0; i < parts.length; i++) {
      const t = parts[i]!(c, f);
      if (t === false) return false;
      if (t === undefined) out = undefined;
    }
    return out;
  };
}

function disjunction(parts: readonly TriFn[]): TriFn {
  if (parts.length === 1) return parts[0]!;
  return (c, f) => {
    let out: Tri = false;
    for (let i = 0; i < parts.length; i++) {
      const t = parts[i]!(c, f);
      if (t === true) return true;
      if (t === undefined) out = undefined;
    }
    return out;
  };
}

function negation(part: TriFn): TriFn {
  return (c, f) => {
    const t = part(c, f);
    return t === undefined ? undefined : !t;
  };
}

/** Compiles a condition. */
export function triFn(e: Expr, env: Env): TriFn {
  switch (e.k) {
    case 'and':
      return conjunction(e.args.map((arg) => triFn(arg, env)));
    case 'or':
      return disjunction(e.args.map((arg) => triFn(arg, env)));
    case 'not':
      return negation(triFn(e.arg, env));
    case 'cmp':
      return comparison(e, env);
    case 'between': {
      const [value, low, high] = [valueFn(e.value, env), valueFn(e.low, env), valueFn(e.high, env)];
      const test = betweenTest(e, env);
      return (c, f) => test(value(c, f), low(c, f), high(c, f), c);
    }
    case 'in': {
      const value = valueFn(e.value, env);
      const list = codesFn(e.list, env);
      const test = memberTest();
      return (c, f) => {
        const v = value(c, f);
        return v === undefined ? undefined : test(v, list(c, f));
      };
    }
    case 'overlaps': {
      const left = codesFn(e.left, env);
      const right = codesFn(e.right, env);
      return (c, f) => overlap(left(c, f), right(c, f));
    }
    case 'known': {
      const { fact } = e;
      const place = env.layout?.facts.get(fact);
      const blank = env.openKnown ? undefined : false;
      if (place !== undefined) return (c) => ((c as FlatContext).slots[place] === undefined ? blank : true);
      return (c) => (c.fact(fact) === undefined ? blank : true);
    }
    case 'some':
    case 'every':
      return quantifier(e.k === 'some', factFn(e.list, env), triFn(e.cond, inside(env, e.var)));
    default:
      return valueFn(e, env) as TriFn;
  }
}

function comparison(e: Expr & { k: 'cmp' }, env: Env): TriFn {
  const numeric = e.left.ty.t === 'number' || e.left.ty.t === 'date';
  const a = slotOf(e.left, env);
  const b = slotOf(e.right, env);
  if (numeric && a !== undefined && b !== undefined) return slotComparison(e.op, a, b);
  const left = valueFn(e.left, env);
  const right = valueFn(e.right, env);
  if (numeric) return numericComparison(e.op, left, right);
  const test = compareTest(e, env);
  return (c, f) => {
    const l = left(c, f);
    if (l === undefined) return undefined;
    const r = right(c, f);
    return r === undefined ? undefined : test(l, r, c);
  };
}

/** Comparisons of two known numbers or days. */
const NUMERIC: Readonly<Record<CompareOp, (l: Value, r: Value) => boolean>> = {
  '=': (l, r) => l === r,
  '!=': (l, r) => l !== r,
  '<': (l, r) => l < r,
  '<=': (l, r) => l <= r,
  '>': (l, r) => l > r,
  '>=': (l, r) => l >= r,
};

/** `left op right` on known values. */
export function compareTest(e: Expr & { k: 'cmp' }, env: Env): (l: Value, r: Value, c: Context) => Tri {
  const { op } = e;
  if ((op === '=' || op === '!=') && (e.left.ty.t === 'code' || e.left.ty.t === 'boolean')) {
    return op === '=' ? (l, r) => l === r : (l, r) => l !== r;
  }
  if (e.left.ty.t === 'number' || e.left.ty.t === 'date') return NUMERIC[op];
  const compare = comparer(e.left.ty, orderOf(e.left.ty, e.op === '=' || e.op === '!=', e.order, env), env.log);
  return (l, r, c) => {
    const sign = compare(l, r, c);
    return sign === undefined ? undefined : holds(op, sign);
  };
}

/** The order of codes to compare, lowest first; undefined where the type has its own or only equality is asked. */
function orderOf(
  type: Type,
  equality: boolean,
  order: readonly string[] | undefined,
  env: Env,
): readonly string[] | undefined {
  if (order !== undefined || type.t !== 'code' || equality) return order;
  const set = env.schema?.sets.get(type.set);
  if (set?.ordered) return set.codes;
  throw new TypeError(`Codes of ${type.set} are put in order, but neither the tree nor a schema says in which.`);
}

/** Kleene conjunction of `value >= low` and `value <= high`: one end is enough to say no. */
export function betweenTest(
  e: Expr & { k: 'between' },
  env: Env,
): (v: Value | undefined, low: Value | undefined, high: Value | undefined, c: Context) => Tri {
  const compare = comparer(e.value.ty, orderOf(e.value.ty, false, e.order, env), env.log);
  return (v, low, high, c) => {
    if (v === undefined) return undefined;
    const above = low === undefined ? undefined : compare(v, low, c);
    if (above !== undefined && above < 0) return false;
    const below = high === undefined ? undefined : compare(v, high, c);
    if (below !== undefined && below > 0) return false;
    return above === undefined || below === undefined ? undefined : true;
  };
}

/** Membership; long lists are kept as a set for as long as the same list is asked about. */
export function memberTest(): (v: Value, list: readonly string[] | undefined) => Tri {
  let last: readonly string[] | undefined;
  let set: ReadonlySet<string> = new Set();
  return (v, list) => {
    if (list === undefined) return undefined;
    if (list.length <= 8) return list.includes(v as string);
    if (list !== last) {
      last = list;
      set = new Set(list);
    }
    return set.has(v as string);
  };
}

/** Whether two lists share a code. */
export function overlap(a: readonly string[] | undefined, b: readonly string[] | undefined): Tri {
  if (a === undefined || b === undefined) return undefined;
  for (const code of a) if (b.includes(code)) return true;
  return false;
}

function numericComparison(op: CompareOp, left: ValueFn, right: ValueFn): TriFn {
  const test = NUMERIC[op];
  return (c, f) => {
    const l = left(c, f);
    if (l === undefined) return undefined;
    const r = right(c, f);
    return r === undefined ? undefined : test(l, r);
  };
}

/** The commonest leaf, fact against parameter, without a call for either side. */
function slotComparison(op: CompareOp, a: number, b: number): TriFn {
  const test = NUMERIC[op];
  return (c) => {
    const { slots } = c as FlatContext;
    const l = slots[a];
    const r = slots[b];
    return l === undefined || r === undefined ? undefined : test(l, r);
  };
}

/** The place of a scalar in a flat context, if there is a layout and it has one. */
export function slotOf(e: Expr, env: Env): number | undefined {
  if (env.layout === undefined) return undefined;
  if (e.k === 'on') return 0;
  return e.k === 'fact' ? env.layout.facts.get(e.name) : e.k === 'param' ? env.layout.params.get(e.name) : undefined;
}

function paramFn(name: string, env: Env): ValueFn {
  const place = env.layout?.params.get(name);
  return place === undefined ? (c) => c.param(name) : (c) => (c as FlatContext).slots[place];
}

function factFn(name: string, env: Env): ValueFn {
  const place = env.layout?.facts.get(name);
  return place === undefined ? (c) => c.fact(name) : (c) => (c as FlatContext).slots[place];
}

function fieldFn(e: { of: string; name: string }, env: Env): ValueFn {
  const { name } = e;
  const hops = env.vars.length - 1 - env.vars.lastIndexOf(e.of);
  if (hops === 0) return (_, f) => f!.rec[name];
  return (_, f) => {
    let frame = f!;
    for (let i = 0; i < hops; i++) frame = frame.up!;
    return frame.rec[name];
  };
}

/** Compiles a list of codes. */
export function codesFn(e: CodesExpr, env: Env): CodesFn {
  switch (e.k) {
    case 'codes':
      return () => e.values;
    case 'codeList': {
      const { name } = e;
      const place = env.layout?.codeLists.get(name);
      return place === undefined ? (c) => c.codeList(name) : (c) => (c as FlatContext).lists[place];
    }
    case 'fact':
      return factFn(e.name, env) as CodesFn;
    case 'field':
      return fieldFn(e, env) as CodesFn;
  }
}

/** Compiles a value. */
export function valueFn(e: Expr, env: Env): ValueFn {
  switch (e.k) {
    case 'lit': {
      const value = e.ty.t === 'money' ? NO_MONEY : e.value;
      return () => value;
    }
    case 'fact':
      return factFn(e.name, env);
    case 'param':
      return paramFn(e.name, env);
    case 'on':
      return (c) => c.on;
    case 'field':
      return fieldFn(e, env);
    case 'if': {
      const cond = triFn(e.cond, env);
      const yes = valueFn(e.then, env);
      const no = valueFn(e.else, env);
      return (c, f) => {
        const t = cond(c, f);
        return t === undefined ? undefined : t ? yes(c, f) : no(c, f);
      };
    }
    case 'arith':
      return arithmetic(e, valueFn(e.left, env), valueFn(e.right, env), env.log);
    case 'call':
      return call(
        e.fn,
        e.ty,
        e.args.map((arg) => valueFn(arg, env)),
        env.log,
      );
    case 'count':
      return counting(factFn(e.list, env), e.where && triFn(e.where, inside(env, e.var)));
    case 'sum':
      return adding(
        factFn(e.list, env),
        e.where && triFn(e.where, inside(env, e.var)),
        valueFn(e.field, inside(env, e.var)),
        e.ty,
        env.log,
      );
    default:
      return triFn(e, env);
  }
}
