/** What a condition or a tree reads: facts, parameters, lists of codes. And walking over expressions in general. */
import type { CodesExpr, Expr, Node } from './ir.ts';

/** An expression or the list of codes in one. */
export type AnyExpr = Expr | CodesExpr;

/** Names read, each once, in the order of the text. */
export type Names = {
  readonly facts: readonly string[];
  readonly params: readonly string[];
  readonly codeLists: readonly string[];
  readonly clocks: readonly string[];
};

/** The parts of an expression, in the order of the text. */
export function partsOf(e: AnyExpr): readonly AnyExpr[] {
  switch (e.k) {
    case 'cmp':
    case 'arith':
    case 'overlaps':
      return [e.left, e.right];
    case 'between':
      return [e.value, e.low, e.high];
    case 'in':
      return [e.value, e.list];
    case 'not':
      return [e.arg];
    case 'and':
    case 'or':
    case 'call':
      return e.args;
    case 'if':
      return [e.cond, e.then, e.else];
    case 'some':
    case 'every':
      return [e.cond];
    case 'count':
      return e.where ? [e.where] : [];
    case 'sum':
      return e.where ? [e.where, e.field] : [e.field];
    default:
      return [];
  }
}

/** Calls `see` on an expression and everything in it, parents first, in the order of the text. */
export function visit(e: AnyExpr, see: (e: AnyExpr) => void): void {
  see(e);
  for (const part of partsOf(e)) visit(part, see);
}

type Gathered = { facts: Set<string>; params: Set<string>; codeLists: Set<string>; clocks: Set<string> };

function gatherExpr(expr: Expr, into: Gathered): void {
  visit(expr, (e) => {
    if (e.k === 'fact') into.facts.add(e.name);
    else if (e.k === 'known') into.facts.add(e.fact);
    else if (e.k === 'param') into.params.add(e.name);
    else if (e.k === 'codeList') into.codeLists.add(e.name);
    else if (e.k === 'some' || e.k === 'every' || e.k === 'count' || e.k === 'sum') into.facts.add(e.list);
  });
}

function gatherNode(node: Node, into: Gathered): void {
  switch (node.k) {
    case 'leaf':
      gatherExpr(node.expr, into);
      break;
    case 'clock':
      into.clocks.add(node.clock);
      into.params.add(node.atLeast);
      break;
    case 'points':
      for (const item of node.items) {
        into.params.add(item.worth);
        gatherNode(item.of, into);
      }
      into.params.add(node.atLeast);
      break;
    case 'not':
      gatherNode(node.of, into);
      break;
    default:
      for (const child of node.of) gatherNode(child, into);
  }
}

function listed(gathered: Gathered): Names {
  return {
    facts: [...gathered.facts],
    params: [...gathered.params],
    codeLists: [...gathered.codeLists],
    clocks: [...gathered.clocks],
  };
}

const empty = (): Gathered => ({ facts: new Set(), params: new Set(), codeLists: new Set(), clocks: new Set() });

/** What an expression reads. */
export function namesIn(expr: Expr): Names {
  const into = empty();
  gatherExpr(expr, into);
  return listed(into);
}

/** What a provision's tree reads. */
export function namesOf(node: Node): Names {
  const into = empty();
  gatherNode(node, into);
  return listed(into);
}

/** The facts a tree reads, in the order of the text; a list of records counts as one fact. */
export function factsOf(node: Node): readonly string[] {
  return namesOf(node).facts;
}
