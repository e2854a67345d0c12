/**
 * Why the answer is what it is: the tree with every part's outcome and the values of both its sides, the facts looked
 * at, and the facts that can still change the answer. Every part is evaluated, also where one would have decided.
 */
import {
  atLeastOf,
  betweenTest,
  type CompileOptions,
  codesFn,
  compareTest,
  type Env,
  isNode,
  memberTest,
  newEnv,
  overlap,
  pointsReach,
  slotOf,
  triFn,
  valueFn,
} from './evaluate.ts';
import type { FlatContext } from './flat.ts';
import type { Context, Duration, Expr, Node, Tri } from './ir.ts';
import { factsOf, namesIn, visit } from './names.ts';
import { exprNeeds, type Lack, type Needs, pointsThatMatter, type Sink } from './needs.ts';
import { printCodes, printExpr } from './print.ts';
import type { Explanation, Reason, What } from './reasons.ts';
import type { RateLog, RateUse } from './values.ts';

type Explainer = {
  readonly reason: (c: Context) => Reason;
  readonly needs: (reason: Reason, c: Context, sink: Sink) => void;
};

const NONE: readonly never[] = [];

/**
 * Compiles a tree or a condition to a function that explains it in a context. With a layout, contexts must be
 * FlatContexts of that layout. The reasons share their `what`, so that explaining many persons stays cheap.
 */
export function compileExplained(root: Node | Expr, options: CompileOptions = {}): (c: Context) => Explanation {
  const closed = explainer(root, newEnv(options));
  const used = isNode(root) ? factsOf(root) : namesIn(root).facts;
  // `known(fact)` of a blank is "no" today, yet answering can make it yes: what is still needed is asked of a twin
  // of the tree in which that blank is open.
  const open = asksKnown(root) ? explainer(root, newEnv(options, true)) : undefined;
  return (c) => {
    const reason = closed.reason(c);
    const twin = open === undefined ? reason : open.reason(c);
    if (twin.outcome !== undefined) return { outcome: reason.outcome, reason, used, stillNeeded: NONE, lacks: NONE };
    const sink: Sink = { facts: [], lacks: [] };
    (open ?? closed).needs(twin, c, sink);
    return { outcome: reason.outcome, reason, used, stillNeeded: sink.facts, lacks: sink.lacks };
  };
}

const compiled = new WeakMap<Node | Expr, (c: Context) => Explanation>();

/** Explains a tree or a condition in a context; compiles it on first sight of that very tree. */
export function explain(root: Node | Expr, c: Context): Explanation {
  let run = compiled.get(root);
  if (run === undefined) {
    run = compileExplained(root);
    compiled.set(root, run);
  }
  return run(c);
}

function asksKnown(root: Node | Expr): boolean {
  if (!isNode(root)) {
    let asks = false;
    visit(root, (e) => {
      if (e.k === 'known') asks = true;
    });
    return asks;
  }
  switch (root.k) {
    case 'leaf':
      return asksKnown(root.expr);
    case 'not':
      return asksKnown(root.of);
    case 'points':
      return root.items.some((item) => asksKnown(item.of));
    case 'clock':
      return false;
    default:
      return root.of.some(asksKnown);
  }
}

function explainer(root: Node | Expr, env: Env): Explainer {
  return isNode(root) ? nodeExplainer(root, env) : exprExplainer(root, env, undefined);
}

function describeNode(node: Node, text: string, sides: readonly string[] = NONE): What {
  const kind = node.k === 'leaf' ? node.expr.k : node.k;
  const at = node.k === 'leaf' ? node.expr.at : undefined;
  const { id, says, source = NONE, judged = false } = node;
  return { kind, text, id, says, source, judged, sides, at };
}

function nodeExplainer(node: Node, env: Env): Explainer {
  switch (node.k) {
    case 'all':
      return group(
        describeNode(node, 'all of these'),
        node.of.map((child) => nodeExplainer(child, env)),
        conjunction,
      );
    case 'any':
      return group(
        describeNode(node, 'any of these'),
        node.of.map((child) => nodeExplainer(child, env)),
        disjunction,
      );
    case 'not':
      return group(describeNode(node, 'not this'), [nodeExplainer(node.of, env)], negation);
    case 'atLeast':
      return group(
        describeNode(node, `at least ${node.n} of these`),
        node.of.map((child) => nodeExplainer(child, env)),
        (of) => atLeastOf(node.n, tally(of, true), tally(of, undefined)),
      );
    case 'leaf':
      return exprExplainer(node.expr, env, node);
    case 'clock':
      return clockExplainer(node, env);
    case 'points':
      return pointsExplainer(node, env);
  }
}

/** A group's needs are those of its undecided parts: in an undecided group each of them can still matter. */
function group(what: What, parts: readonly Explainer[], decide: (of: readonly Reason[]) => Tri): Explainer {
  const reasons = together(parts.map((part) => part.reason));
  return {
    reason: (c) => {
      const of = reasons(c);
      return { what, outcome: decide(of), values: NONE, rates: NONE, of };
    },
    needs: (reason, c, sink) => {
      parts.forEach((part, i) => {
        const found = reason.of[i]!;
        if (found.outcome === undefined) part.needs(found, c, sink);
      });
    },
  };
}

type ReasonFn = (c: Context) => Reason;

/** The reasons of all parts. The usual sizes are written out: an array literal is several times cheaper to make. */
function together(parts: readonly ReasonFn[]): (c: Context) => readonly Reason[] {
  const [p, q, r, s] = parts as readonly [ReasonFn, ReasonFn, ReasonFn, ReasonFn];
  switch (parts.length) {
    case 1:
      return (c) => [p(c)];
    case 2:
      return (c) => [p(c), q(c)];
    case 3:
      return (c) => [p(c), q(c), r(c)];
    case 4:
      return (c) => [p(c), q(c), r(c), s(c)];
    default:
      return (c) => parts.map((part) => part(c));
  }
}

function conjunction(of: readonly Reason[]): Tri {
  let out: Tri = true;
  for (let i = 0; i < of.length; i++) {
    const t = of[i]!.outcome;
    if (t === false) return false;
    if (t === undefined) out = undefined;
  }
  return out;
}

function disjunction(of: readonly Reason[]): Tri {
  let out: Tri = false;
  for (let i = 0; i < of.length; i++) {
    const t = of[i]!.outcome;
    if (t === true) return true;
    if (t === undefined) out = undefined;
  }
  return out;
}

function negation(of: readonly Reason[]): Tri {
  const t = of[0]!.outcome;
  return t === undefined ? undefined : !t;
}

function tally(of: readonly Reason[], outcome: Tri): number {
  let count = 0;
  for (const part of of) if (part.outcome === outcome) count++;
  return count;
}

function clockExplainer(node: Node & { k: 'clock' }, env: Env): Explainer {
  const what = describeNode(node, `${node.clock} has reached ${node.atLeast}`, [node.atLeast, node.clock]);
  const need = valueFn(paramExpr(node.atLeast), env);
  return {
    reason: (c) => {
      const duration = need(c, undefined) as Duration | undefined;
      if (duration === undefined)
        return { what, outcome: undefined, values: [undefined, undefined], rates: NONE, of: NONE };
      const clock = c.clock(node.clock, duration);
      return { what, outcome: clock.reached, values: [duration, clock.counted], rates: NONE, of: NONE, clock };
    },
    needs: (reason, _, sink) => {
      if (reason.clock === undefined) noteLack(sink, { what: 'param', name: node.atLeast });
      for (const fact of reason.clock?.missing ?? NONE) if (!sink.facts.includes(fact)) sink.facts.push(fact);
    },
  };
}

function pointsExplainer(node: Node & { k: 'points' }, env: Env): Explainer {
  const what = describeNode(node, `points reach ${node.atLeast}`, ['least', 'most', node.atLeast]);
  const parts = node.items.map((item) => nodeExplainer(item.of, env));
  const worths = node.items.map((item) => valueFn(paramExpr(item.worth), env));
  const need = valueFn(paramExpr(node.atLeast), env);
  return {
    reason: (c) => {
      const of = parts.map((part) => part.reason(c));
      let least: number | undefined = 0;
      let most: number | undefined = 0;
      for (let i = 0; i < of.length; i++) {
        const t = of[i]!.outcome;
        if (t === false) continue;
        const worth = worths[i]!(c, undefined) as number | undefined;
        least = least === undefined || worth === undefined ? undefined : least + (t ? worth : Math.min(worth, 0));
        most = most === undefined || worth === undefined ? undefined : most + (t ? worth : Math.max(worth, 0));
      }
      const target = need(c, undefined) as number | undefined;
      const known = least !== undefined && most !== undefined && target !== undefined;
      const outcome = known ? pointsReach(least!, most!, target) : undefined;
      return { what, outcome, values: [least, most, target], rates: NONE, of };
    },
    needs: (reason, c, sink) => {
      const worth = worths.map((w) => w(c, undefined) as number | undefined);
      node.items.forEach((item, i) => {
        if (worth[i] === undefined) noteLack(sink, { what: 'param', name: item.worth });
      });
      const target = reason.values[2] as number | undefined;
      if (target === undefined) return noteLack(sink, { what: 'param', name: node.atLeast });
      const items = reason.of.map((part, i) => ({ outcome: part.outcome, worth: worth[i] ?? 0 }));
      for (const i of pointsThatMatter(items, target)) parts[i]!.needs(reason.of[i]!, c, sink);
    },
  };
}

function noteLack(sink: Sink, lack: Lack): void {
  if (!sink.lacks.some((l) => l.what === lack.what && l.name === lack.name)) sink.lacks.push(lack);
}

function paramExpr(name: string): Expr {
  return { k: 'param', ty: { t: 'number', unit: '' }, at: [0, 0], name };
}

function exprExplainer(e: Expr, env: Env, leaf: (Node & { k: 'leaf' }) | undefined): Explainer {
  const say = (sides: readonly string[] = NONE): What =>
    leaf !== undefined
      ? describeNode(leaf, leaf.text, sides)
      : { kind: e.k, text: printExpr(e), id: undefined, says: undefined, source: NONE, judged: false, sides, at: e.at };
  const part = (x: Expr): Explainer => exprExplainer(x, env, undefined);
  switch (e.k) {
    case 'and':
      return group(say(), e.args.map(part), conjunction);
    case 'or':
      return group(say(), e.args.map(part), disjunction);
    case 'not':
      return group(say(), [part(e.arg)], negation);
    case 'if':
      return branching(say(), part(e.cond), part(e.then), part(e.else));
    case 'cmp': {
      const what = say([printExpr(e.left), printExpr(e.right)]);
      const [left, right] = [valueFn(e.left, env), valueFn(e.right, env)];
      const test = compareTest(e, env);
      const [a, b] = [slotOf(e.left, env), slotOf(e.right, env)];
      if (a !== undefined && b !== undefined) {
        return atom(e, env, (c) => {
          const { slots } = c as FlatContext;
          const l = slots[a];
          const r = slots[b];
          const outcome = l === undefined || r === undefined ? undefined : test(l, r, c);
          return { what, outcome, values: [l, r], rates: NONE, of: NONE };
        });
      }
      return atom(e, env, (c) => {
        const l = left(c, undefined);
        const r = right(c, undefined);
        const outcome = l === undefined || r === undefined ? undefined : test(l, r, c);
        return { what, outcome, values: [l, r], rates: NONE, of: NONE };
      });
    }
    case 'between': {
      const what = say([e.value, e.low, e.high].map(printExpr));
      const [value, low, high] = [valueFn(e.value, env), valueFn(e.low, env), valueFn(e.high, env)];
      const test = betweenTest(e, env);
      return atom(e, env, (c) => {
        const v = value(c, undefined);
        const l = low(c, undefined);
        const h = high(c, undefined);
        return { what, outcome: test(v, l, h, c), values: [v, l, h], rates: NONE, of: NONE };
      });
    }
    case 'in': {
      const what = say([printExpr(e.value), printCodes(e.list)]);
      const [value, list] = [valueFn(e.value, env), codesFn(e.list, env)];
      const test = memberTest();
      return atom(e, env, (c) => {
        const v = value(c, undefined);
        const codes = list(c, undefined);
        const outcome = v === undefined ? undefined : test(v, codes);
        return { what, outcome, values: [v, codes], rates: NONE, of: NONE };
      });
    }
    case 'overlaps': {
      const what = say([printCodes(e.left), printCodes(e.right)]);
      const [left, right] = [codesFn(e.left, env), codesFn(e.right, env)];
      return atom(e, env, (c) => {
        const l = left(c, undefined);
        const r = right(c, undefined);
        return { what, outcome: overlap(l, r), values: [l, r], rates: NONE, of: NONE };
      });
    }
    case 'some':
    case 'every': {
      const what = say([e.list]);
      const [list, test] = [valueFn({ k: 'fact', ty: e.ty, at: e.at, name: e.list }, env), triFn(e, env)];
      return atom(e, env, (c) => {
        const values = [list(c, undefined)];
        return { what, outcome: test(c, undefined), values, rates: NONE, of: NONE };
      });
    }
    default: {
      const what = say();
      const test = triFn(e, env);
      return atom(e, env, (c) => ({ what, outcome: test(c, undefined), values: NONE, rates: NONE, of: NONE }));
    }
  }
}

/** `if`: an undecided question leaves the answer unknown; a decided one makes the other branch irrelevant. */
function branching(what: What, cond: Explainer, yes: Explainer, no: Explainer): Explainer {
  return {
    reason: (c) => {
      const of = [cond.reason(c), yes.reason(c), no.reason(c)] as const;
      const asked = of[0].outcome;
      return {
        what,
        outcome: asked === undefined ? undefined : of[asked ? 1 : 2].outcome,
        values: NONE,
        rates: NONE,
        of,
      };
    },
    needs: (reason, c, sink) => {
      const asked = reason.of[0]!.outcome;
      [cond, yes, no].forEach((part, i) => {
        const inPlay = i === 0 ? asked === undefined : asked !== (i === 2);
        if (inPlay && reason.of[i]!.outcome === undefined) part.needs(reason.of[i]!, c, sink);
      });
    },
  };
}

/** A part without parts of its own. Conversions are noted only where money is about. */
function atom(e: Expr, env: Env, reason: (c: Context) => Reason): Explainer {
  let needs: Needs | undefined;
  return {
    reason: concernsMoney(e) ? notingRates(env.log, reason) : reason,
    needs: (found, c, sink) => {
      needs ??= exprNeeds(e, env);
      needs(c, undefined, sink);
      for (const { from, to, rate } of found.rates) {
        if (rate === 'missing') noteLack(sink, { what: 'rate', name: `${from}→${to}` });
      }
    },
  };
}

function notingRates(log: RateLog, reason: (c: Context) => Reason): (c: Context) => Reason {
  return (c) => {
    // A context may itself explain something while it answers: what it notes is not ours.
    const { noting, uses } = log;
    log.noting = true;
    log.uses = undefined;
    const plain = reason(c);
    const noted: readonly RateUse[] | undefined = log.uses;
    log.noting = noting;
    log.uses = uses;
    return noted === undefined ? plain : { ...plain, rates: noted };
  };
}

function concernsMoney(e: Expr): boolean {
  let money = false;
  visit(e, (part) => {
    if (part.ty.t === 'money') money = true;
  });
  return money;
}
