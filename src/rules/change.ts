/**
 * The smallest change of facts that would make a condition true.
 *
 * A tree becomes alternatives (terms), each telling what some facts may be. Where a part shares no fact with the
 * rest, only its cheapest alternatives are kept: `all` adds, `any` takes the least, and the work stays linear.
 * Where a fact appears more than once, its domains are intersected term by term, up to a cap; beyond it the answer
 * is still a change that works, but `exact` is false: a cheaper one may exist.
 */
import { Overlay, solve, type World } from './atoms.ts';
import { ANY_OTHER, type Domain, type Move, meet, nearest, within } from './domains.ts';
import { compile, isNode } from './evaluate.ts';
import type { CompareOp, Context, Expr, FactDef, Money, Node, Schema, Tri, Value } from './ir.ts';
import { type AnyExpr, namesIn, visit } from './names.ts';

/** One fact to change; `from` is undefined where it is unknown today. */
export type Step = { readonly fact: string; readonly from: Value | undefined; readonly to: Value };

/** Facts changed together. */
export type Proposal = { readonly change: readonly Step[]; readonly cost: number };

/** Proposals, cheapest first (none: no change of changeable facts makes the condition true). */
export type Proposals = {
  readonly found: readonly Proposal[];
  /** Whether it is certain that no cheaper change of changeable facts would do. */
  readonly exact: boolean;
};

/** Most alternatives kept while facts are shared. */
const CAP = 256;

/**
 * The cheapest changes of facts (those whose `change` is not `never`) that make a tree or a condition true.
 * Every proposal is checked by evaluation. If it is true already, the one proposal is empty and costs nothing.
 * Records, clocks and `known(…)` are not changed; where changing them might help, `exact` is false.
 * Numbers move to a threshold itself, or by whole units; money by whole minor units; dates by days.
 * @param options.most how many proposals to return; alternatives that contain a cheaper one are left out. Default 1.
 */
export function smallestChange(
  root: Node | Expr,
  c: Context,
  schema: Schema,
  options: { readonly most?: number } = {},
): Proposals {
  const most = Math.max(1, options.most ?? 1);
  const ready = readyFor(root, schema);
  const search = new Search(root, c, schema, most, ready);
  const terms = search.terms();
  const { holds } = ready;
  const found: Proposal[] = [];
  let exact = search.exact;
  for (const term of terms) {
    if (found.length >= most) break;
    const proposal = search.proposal(term);
    if (found.some((cheaper) => contains(proposal, cheaper))) continue;
    const overlay = new Overlay(c);
    for (const step of proposal.change) overlay.other.set(step.fact, step.to);
    if (holds(overlay) === true) found.push(proposal);
    else exact = false;
  }
  return { found, exact };
}

/** What a search needs of a tree, whoever it is asked about: kept with the tree, since one tree is asked about for many persons. */
type Ready = {
  /** The codes that orderings were looked up in. */
  readonly sets: Schema['sets'];
  readonly holds: (c: Context) => Tri;
  readonly places: ReadonlyMap<string, number>;
  readonly named: ReadonlyMap<string, readonly NamedCodes[]>;
};
const readies = new WeakMap<Node | Expr, Ready>();

function readyFor(root: Node | Expr, schema: Schema): Ready {
  const have = readies.get(root);
  if (have?.sets === schema.sets) return have;
  const { sets } = schema;
  const made = { sets, holds: compile(root, { schema }), places: countPlaces(root), named: namedCodes(root) };
  readies.set(root, made);
  return made;
}

function contains(a: Proposal, b: Proposal): boolean {
  return b.change.every((step) => a.change.some((mine) => mine.fact === step.fact));
}

/** What some facts may be, and the cheapest way there. */
type Term = {
  readonly domains: ReadonlyMap<string, Domain>;
  readonly moves: ReadonlyMap<string, Move>;
  readonly cost: number;
};

/** Alternatives of a part, with the places (atoms) in which each of its changeable facts stands. */
type Part = { readonly terms: readonly Term[]; readonly places: ReadonlyMap<string, number> };

const TRUE: Part = { terms: [{ domains: new Map(), moves: new Map(), cost: 0 }], places: new Map() };
const FALSE: Part = { terms: [], places: new Map() };

class Search {
  exact = true;
  private readonly root: Node | Expr;
  private readonly schema: Schema;
  private readonly world: World;
  private readonly most: number;
  private readonly places: ReadonlyMap<string, number>;

  constructor(root: Node | Expr, c: Context, schema: Schema, most: number, ready: Ready) {
    this.root = root;
    this.schema = schema;
    this.most = most;
    this.world = { c, schema, codes: universe(ready.named, c, schema), currency: () => firstCurrency(root, c) };
    this.places = ready.places;
  }

  terms(): readonly Term[] {
    const part = isNode(this.root) ? this.node(this.root, true) : this.expr(this.root, true);
    return [...part.terms].sort(byCost);
  }

  proposal(term: Term): Proposal {
    const change: Step[] = [];
    for (const [fact, move] of term.moves) {
      if (move.cost === 0 && move.to === this.world.c.fact(fact)) continue;
      change.push({ fact, from: this.world.c.fact(fact), to: move.to });
    }
    if (change.length > 1) {
      const order = [...this.schema.facts.keys()];
      change.sort((a, b) => order.indexOf(a.fact) - order.indexOf(b.fact));
    }
    return { change, cost: term.cost };
  }

  private node(node: Node, wanted: boolean): Part {
    switch (node.k) {
      case 'all':
      case 'any': {
        const parts = node.of.map((child) => this.node(child, wanted));
        return (node.k === 'all') === wanted ? this.both(parts) : this.either(parts);
      }
      case 'not':
        return this.node(node.of, !wanted);
      case 'leaf':
        return this.expr(node.expr, wanted);
      case 'atLeast': {
        const gains = node.of.map((child) => ({ part: this.node(child, wanted), gain: 1 }));
        return this.gather(gains, wanted ? node.n : node.of.length - node.n + 1);
      }
      case 'clock': {
        const now = compile(node, { schema: this.schema })(this.world.c);
        if (now === wanted) return TRUE;
        this.exact = false;
        return FALSE;
      }
      case 'points':
        return this.points(node, wanted);
    }
  }

  /** Points to gain by making a good item hold or a bad one not; to stay below, the other way about. */
  private points(node: Node & { k: 'points' }, wanted: boolean): Part {
    const { c } = this.world;
    const worths = node.items.map((item) => c.param(item.worth) as number | undefined);
    const target = c.param(node.atLeast) as number | undefined;
    if (target === undefined || worths.includes(undefined)) return FALSE;
    let start = 0;
    const gains = node.items.map((item, i) => {
      const worth = worths[i]!;
      if (worth < 0 === wanted) start += worth;
      return { part: this.node(item.of, worth < 0 !== wanted), gain: Math.abs(worth) };
    });
    return wanted ? this.gather(gains, target - start) : this.gather(gains, start - target, true);
  }

  private expr(e: Expr, wanted: boolean): Part {
    switch (e.k) {
      case 'and':
      case 'or': {
        const parts = e.args.map((arg) => this.expr(arg, wanted));
        return (e.k === 'and') === wanted ? this.both(parts) : this.either(parts);
      }
      case 'not':
        return this.expr(e.arg, !wanted);
      case 'if':
        return this.either([
          this.both([this.expr(e.cond, true), this.expr(e.then, wanted)]),
          this.both([this.expr(e.cond, false), this.expr(e.else, wanted)]),
        ]);
      case 'between': {
        const sides = endsOf(e).map((end) => this.atom(end, wanted));
        return wanted ? this.both(sides) : this.either(sides);
      }
      default:
        return this.atom(e, wanted);
    }
  }

  private atom(e: Expr, wanted: boolean): Part {
    const { now, facts, ways, complete } = solve(e, wanted, this.world);
    if (!complete) this.exact = false;
    if (now === wanted && ways.length === 0) return TRUE;
    const places = new Map<string, number>();
    for (const fact of facts) places.set(fact, 1);
    const terms = ways.flatMap(({ fact, domain }) => this.term(new Map([[fact, domain]])) ?? []);
    // A condition that holds by facts that were not modelled may stay as it is.
    if (now === wanted && terms.every((term) => term.cost > 0)) terms.push(TRUE.terms[0]!);
    return { terms, places };
  }

  private term(domains: ReadonlyMap<string, Domain>): Term | undefined {
    const moves = new Map<string, Move>();
    let cost = 0;
    for (const [fact, domain] of domains) {
      const def = this.schema.facts.get(fact)!;
      const move = nearest(domain, def, this.world.c.fact(fact), this.orderOf(def));
      if (move === undefined) {
        // Some code that nobody named would do.
        if (domain.d === 'values' && domain.allowed.has(ANY_OTHER)) this.exact = false;
        return undefined;
      }
      moves.set(fact, move);
      cost += move.cost;
    }
    return { domains, moves, cost };
  }

  private orderOf(def: FactDef): readonly string[] {
    const set = def.type.t === 'code' ? this.schema.sets.get(def.type.set) : undefined;
    return set?.ordered ? set.codes : [];
  }

  private either(parts: readonly Part[]): Part {
    return this.kept({ terms: parts.flatMap((part) => part.terms), places: addPlaces(parts) });
  }

  /** Parts that share facts are combined first, so that each closed group shrinks before it meets the others. */
  private both(parts: readonly Part[]): Part {
    const groups: Part[] = [];
    for (const part of parts) {
      const linked = groups.filter((group) => [...part.places.keys()].some((fact) => group.places.has(fact)));
      for (const group of linked) groups.splice(groups.indexOf(group), 1);
      groups.push([...linked, part].reduce((a, b) => this.product(a, b)));
    }
    return groups.reduce((a, b) => this.product(a, b), TRUE);
  }

  private product(a: Part, b: Part): Part {
    const places = addPlaces([a, b]);
    if (a === TRUE) return b;
    if (b === TRUE) return a;
    const terms: Term[] = [];
    for (const x of a.terms) {
      for (const y of b.terms) {
        const domains = meetAll(x.domains, y.domains);
        const term = domains && this.term(domains);
        if (term !== undefined) terms.push(term);
      }
    }
    return this.kept({ terms, places });
  }

  /** Choose parts whose gains reach `need` (or, `beyond`, exceed it): states by gain so far, capped at what is needed. */
  private gather(gains: readonly { readonly part: Part; readonly gain: number }[], need: number, beyond = false): Part {
    const enough = (gain: number): boolean => (beyond ? gain > need : gain >= need);
    let states = new Map<number, Part>([[0, TRUE]]);
    for (const { part, gain } of gains) {
      const next = new Map(states);
      for (const [sum, before] of states) {
        // What has enough already gains nothing by asking for more.
        if (enough(sum) || gain === 0) continue;
        const joined = this.product(before, part);
        const there = next.get(sum + gain);
        next.set(sum + gain, there === undefined ? joined : this.kept(alternatives(there, joined)));
      }
      states = next;
      if (states.size > CAP) {
        this.exact = false;
        states = new Map([...states].sort((a, b) => b[0] - a[0]).slice(0, CAP));
      }
    }
    const reached = [...states].filter(([sum]) => enough(sum)).map(([, part]) => part);
    const places = addPlaces(gains.map(({ part }) => part));
    return this.kept({ terms: reached.flatMap((part) => part.terms), places });
  }

  /** Drops alternatives that cannot be part of a cheapest change. */
  private kept(part: Part): Part {
    const closed = [...part.places].every(([fact, count]) => count >= (this.places.get(fact) ?? 0));
    const sorted = [...part.terms].sort(byCost);
    if (closed && this.most === 1) return { ...part, terms: sorted.slice(0, 1) };
    const terms: Term[] = [];
    for (const term of sorted) {
      if (terms.length >= (closed ? this.most * 8 : CAP)) {
        if (!closed) this.exact = false;
        break;
      }
      if (!terms.some((cheaper) => covers(cheaper, term))) terms.push(term);
    }
    return { ...part, terms };
  }
}

/** Whether whatever satisfies `b` satisfies `a`, which costs no more: then `b` is never needed. */
function covers(a: Term, b: Term): boolean {
  for (const [fact, domain] of a.domains) {
    const other = b.domains.get(fact);
    if (other === undefined || !within(other, domain)) return false;
  }
  return true;
}

function meetAll(
  a: ReadonlyMap<string, Domain>,
  b: ReadonlyMap<string, Domain>,
): ReadonlyMap<string, Domain> | undefined {
  const out = new Map(a);
  for (const [fact, domain] of b) {
    const mine = out.get(fact);
    const met = mine === undefined ? domain : meet(mine, domain);
    if (met === undefined) return undefined;
    out.set(fact, met);
  }
  return out;
}

function addPlaces(parts: readonly Part[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const part of parts) for (const [fact, count] of part.places) sum.set(fact, (sum.get(fact) ?? 0) + count);
  return sum;
}

/** Two ways to the same gain. A fact counts as often as in the one where it is commoner: never too often. */
function alternatives(a: Part, b: Part): Part {
  const places = new Map(a.places);
  for (const [fact, count] of b.places) places.set(fact, Math.max(count, places.get(fact) ?? 0));
  return { terms: [...a.terms, ...b.terms], places };
}

function byCost(a: Term, b: Term): number {
  return a.cost - b.cost || a.domains.size - b.domains.size;
}

/** In how many atoms each fact stands, counted as the search meets them (a range is two, what `if` asks is met twice). */
function countPlaces(root: Node | Expr): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const atom = (e: Expr, times: number): void => {
    for (const fact of namesIn(e).facts) places.set(fact, (places.get(fact) ?? 0) + times);
  };
  const expr = (e: Expr, times: number): void => {
    if (e.k === 'and' || e.k === 'or') for (const arg of e.args) expr(arg, times);
    else if (e.k === 'not') expr(e.arg, times);
    else if (e.k === 'if') {
      expr(e.cond, times * 2);
      expr(e.then, times);
      expr(e.else, times);
    } else if (e.k === 'between') {
      for (const fact of namesIn(e.value).facts) places.set(fact, (places.get(fact) ?? 0) + 2 * times);
      atom(e.low, times);
      atom(e.high, times);
    } else atom(e, times);
  };
  const node = (n: Node): void => {
    if (n.k === 'leaf') expr(n.expr, 1);
    else if (n.k === 'not') node(n.of);
    else if (n.k === 'points') for (const item of n.items) node(item.of);
    else if (n.k !== 'clock') for (const child of n.of) node(child);
  };
  if (isNode(root)) node(root);
  else expr(root, 1);
  return places;
}

const ends = new WeakMap<Expr, readonly Expr[]>();

/** The two comparisons that a range is. */
function endsOf(e: Expr & { k: 'between' }): readonly Expr[] {
  let have = ends.get(e);
  if (have === undefined) {
    const end = (op: CompareOp, right: Expr): Expr => {
      const { ty, at, value: left, order } = e;
      return { k: 'cmp', ty, at, op, left, right, ...(order && { order }) };
    };
    have = [end('>=', e.low), end('<=', e.high)];
    ends.set(e, have);
  }
  return have;
}

/** Codes that a place in a tree names, the person's own and the law's among them. */
type NamedCodes = (c: Context) => readonly string[] | undefined;

/** By set, in the order of the text. */
function namedCodes(root: Node | Expr): ReadonlyMap<string, readonly NamedCodes[]> {
  const named = new Map<string, NamedCodes[]>();
  const add = (set: string, codes: NamedCodes): void => {
    named.set(set, [...(named.get(set) ?? []), codes]);
  };
  eachExpr(root, (e) => {
    if (e.ty.t === 'code' && e.k === 'lit') add(e.ty.set, () => [e.value as string]);
    if (e.ty.t === 'codes' && e.k === 'codes') add(e.ty.set, () => e.values);
    if (e.ty.t === 'codes' && e.k === 'codeList') add(e.ty.set, (c) => c.codeList(e.name));
    if (e.ty.t === 'code' && (e.k === 'fact' || e.k === 'param')) {
      const { k, name } = e;
      add(e.ty.set, (c) => {
        const now = k === 'fact' ? c.fact(name) : c.param(name);
        return now === undefined ? undefined : [now as string];
      });
    }
  });
  return named;
}

/** Codes that may be proposed, by set: those declared, and those that the tree, its lists and the person name. */
function universe(
  named: ReadonlyMap<string, readonly NamedCodes[]>,
  c: Context,
  schema: Schema,
): (set: string) => readonly string[] {
  const found = new Map<string, readonly string[]>();
  return (set) => {
    const have = found.get(set);
    if (have !== undefined) return have;
    const declared = schema.sets.get(set);
    if (declared === undefined) return [];
    const codes = new Set(declared.open ? [...declared.codes, ANY_OTHER] : declared.codes);
    for (const codesOf of named.get(set) ?? []) for (const code of codesOf(c) ?? []) codes.add(code);
    const made = [...codes];
    found.set(set, made);
    return made;
  };
}

/** The currency in which an unknown amount is proposed: that of the first amount the tree reads. */
function firstCurrency(root: Node | Expr, c: Context): string | undefined {
  let currency: string | undefined;
  eachExpr(root, (e) => {
    if (e.ty.t !== 'money' || (e.k !== 'param' && e.k !== 'fact')) return;
    currency ??= ((e.k === 'param' ? c.param(e.name) : c.fact(e.name)) as Money | undefined)?.currency;
  });
  return currency;
}

function eachExpr(root: Node | Expr, see: (e: AnyExpr) => void): void {
  if (!isNode(root)) visit(root, see);
  else if (root.k === 'leaf') visit(root.expr, see);
  else if (root.k === 'not') eachExpr(root.of, see);
  else if (root.k === 'points') for (const item of root.items) eachExpr(item.of, see);
  else if (root.k !== 'clock') for (const child of root.of) eachExpr(child, see);
}
