/**
 * One comparison at a time: for which values of one of its facts would it come out as wanted, all else staying?
 * Finite types are tried value by value. On a number line every operation of the language is monotone in each
 * operand, so the border is found by halving, whatever arithmetic, calendar or rate stands between.
 */
import { FIRST_DAY, LAST_DAY } from '../calendar/civil.ts';
import type { TriFn } from './compute.ts';
import { type Domain, line } from './domains.ts';
import { type Env, newEnv, triFn, valueFn } from './evaluate.ts';
import type { CompareOp, Context, Expr, FactDef, Money, Schema, Tri, Value } from './ir.ts';
import { type AnyExpr, namesIn, partsOf, visit } from './names.ts';
import { comparer, holds } from './values.ts';

/** A context in which some facts are other than they are. */
export class Overlay implements Context {
  readonly on: number;
  readonly monthEnd: Context['monthEnd'];
  readonly other = new Map<string, Value | undefined>();
  private readonly base: Context;

  constructor(base: Context) {
    this.base = base;
    this.on = base.on;
    this.monthEnd = base.monthEnd;
  }

  fact(name: string): Value | undefined {
    return this.other.has(name) ? this.other.get(name) : this.base.fact(name);
  }
  param(name: string): Value | undefined {
    return this.base.param(name);
  }
  codeList(name: string): readonly string[] | undefined {
    return this.base.codeList(name);
  }
  rate(from: string, to: string): ReturnType<Context['rate']> {
    return this.base.rate(from, to);
  }
  clock(id: string, need: Parameters<Context['clock']>[1]): ReturnType<Context['clock']> {
    return this.base.clock(id, need);
  }
}

/** One way to make an atom come out as wanted: a fact and what it may be. */
export type Way = { readonly fact: string; readonly domain: Domain };

/** The ways of an atom; `complete` says that no other change of changeable facts would do. */
export type Ways = {
  readonly now: Tri;
  /** All facts that it reads. */
  readonly facts: readonly string[];
  readonly ways: readonly Way[];
  readonly complete: boolean;
};

/** What solving needs to know. */
export type World = {
  readonly c: Context;
  readonly schema: Schema;
  /** Codes of a set that can be proposed. */
  readonly codes: (set: string) => readonly string[];
  /** The currency in which an unknown amount is proposed. */
  readonly currency: () => string | undefined;
};

/** What a condition is, whoever it is asked about: kept with it. */
type Atom = {
  readonly sets: Schema['sets'];
  readonly env: Env;
  readonly test: TriFn;
  /** All facts read; those that stand openly; those that stand more than once. */
  readonly facts: readonly string[];
  readonly open: ReadonlySet<string>;
  readonly repeated: ReadonlySet<string>;
};
const atoms = new WeakMap<Expr, Atom>();

function atomOf(e: Expr, schema: Schema): Atom {
  const have = atoms.get(e);
  if (have?.sets === schema.sets) return have;
  const env = newEnv({ schema });
  const open = new Set<string>();
  const look = (part: AnyExpr): void => {
    if (part.k === 'fact') open.add(part.name);
    const opaque = part.k === 'some' || part.k === 'every' || part.k === 'count' || part.k === 'sum' || part.k === 'if';
    if (!opaque) for (const inner of partsOf(part)) look(inner);
  };
  look(e);
  const once = new Set<string>();
  const repeated = new Set<string>();
  visit(e, (part) => {
    if (part.k === 'fact') (once.has(part.name) ? repeated : once).add(part.name);
  });
  const made = { sets: schema.sets, env, test: triFn(e, env), facts: namesIn(e).facts, open, repeated };
  atoms.set(e, made);
  return made;
}

/** Solves a condition without `and`, `or`, `not`, `if` at its top for each changeable fact in it. */
export function solve(e: Expr, wanted: boolean, world: World): Ways {
  const atom = atomOf(e, world.schema);
  const now = atom.test(world.c, undefined);
  const { changeable, buried } = changeableIn(atom, world.schema);
  const ways: Way[] = [];
  let modelled = !buried && changeable.length < 2;
  for (const def of changeable) {
    const domains = domainsOf(e, wanted, def, world, atom);
    if (domains === undefined) modelled = false;
    for (const domain of domains ?? []) ways.push({ fact: def.name, domain });
  }
  return { now, facts: atom.facts, ways, complete: modelled };
}

/** Changeable facts standing openly in an atom; `buried` if others stand where changing them is not modelled. */
function changeableIn(atom: Atom, schema: Schema): { changeable: readonly FactDef[]; buried: boolean } {
  const names = atom.facts.filter((name) => (schema.facts.get(name)?.change.how ?? 'never') !== 'never');
  const changeable = names.filter((name) => atom.open.has(name));
  const repeated = changeable.some((name) => atom.repeated.has(name));
  return {
    changeable: changeable.map((name) => schema.facts.get(name)!),
    buried: repeated || changeable.length < names.length,
  };
}

function domainsOf(e: Expr, wanted: boolean, def: FactDef, world: World, atom: Atom): readonly Domain[] | undefined {
  switch (def.type.t) {
    case 'boolean':
      return finite(atom, wanted, def.name, [true, false], world);
    case 'code':
      return finite(atom, wanted, def.name, world.codes(def.type.set), world);
    case 'codes':
      return severalCodes(e, wanted, def.name, world, atom);
    case 'number':
    case 'money':
    case 'date':
      return e.k === 'cmp' ? onLine(e, wanted, def, world, atom) : undefined;
    default:
      return undefined;
  }
}

function finite(
  { test }: Atom,
  wanted: boolean,
  fact: string,
  values: readonly (string | boolean)[],
  world: World,
): readonly Domain[] {
  const overlay = new Overlay(world.c);
  const allowed = values.filter((value) => {
    overlay.other.set(fact, value);
    return test(overlay, undefined) === wanted;
  });
  return allowed.length > 0 ? [{ d: 'values', allowed: new Set(allowed) }] : [];
}

/** `code in fact` and `overlaps(fact, list)`: which codes must, or must not, be among the fact's. */
function severalCodes(e: Expr, wanted: boolean, fact: string, world: World, { env }: Atom): readonly Domain[] {
  let codes: readonly string[] | undefined;
  if (e.k === 'in' && e.list.k === 'fact' && e.list.name === fact) {
    const value = valueFn(e.value, env)(world.c, undefined);
    codes = value === undefined ? undefined : [value as string];
  } else if (e.k === 'overlaps') {
    const other = e.left.k === 'fact' && e.left.name === fact ? e.right : e.left;
    codes =
      other.k === 'codes'
        ? other.values
        : other.k === 'codeList'
          ? world.c.codeList(other.name)
          : other.k === 'fact'
            ? (world.c.fact(other.name) as readonly string[] | undefined)
            : undefined;
  }
  if (codes === undefined || (wanted && codes.length === 0)) return [];
  return [wanted ? { d: 'codes', some: [codes], none: new Set() } : { d: 'codes', some: [], none: new Set(codes) }];
}

const OPPOSITE: Readonly<Record<CompareOp, CompareOp>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const MIRROR: Readonly<Record<CompareOp, CompareOp>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
};

function onLine(
  e: Expr & { k: 'cmp' },
  wanted: boolean,
  def: FactDef,
  world: World,
  atom: Atom,
): readonly Domain[] | undefined {
  const op = wanted ? e.op : OPPOSITE[e.op];
  if (def.type.t === 'number') {
    // Beside a plain threshold a number may take the threshold itself, fractions included.
    const isFact = (x: Expr): boolean => x.k === 'fact' && x.name === def.name;
    const other = isFact(e.left) ? e.right : isFact(e.right) ? e.left : undefined;
    if (other !== undefined) {
      const threshold = valueFn(other, atom.env)(world.c, undefined);
      return threshold === undefined ? [] : besideThreshold(isFact(e.left) ? op : MIRROR[op], threshold as number);
    }
  }
  return byHalving(e, op, def, world, atom);
}

function besideThreshold(op: CompareOp, t: number): readonly Domain[] {
  switch (op) {
    case '=':
      return [line(t, t)];
    case '!=':
      return [line(-Infinity, Infinity, { except: [t] })];
    case '<':
      return [line(-Infinity, t, { highOut: true })];
    case '<=':
      return [line(-Infinity, t)];
    case '>':
      return [line(t, Infinity, { lowOut: true })];
    case '>=':
      return [line(t, Infinity)];
  }
}

/** Bounds between which a border is looked for: days of the calendar, ten thousand million of any currency or unit. */
const MOST = 1e10;

function byHalving(
  e: Expr & { k: 'cmp' },
  op: CompareOp,
  def: FactDef,
  world: World,
  { env }: Atom,
): readonly Domain[] | undefined {
  const [left, right] = [valueFn(e.left, env), valueFn(e.right, env)];
  const compare = comparer(e.left.ty, e.order, env.log);
  const overlay = new Overlay(world.c);
  const now = world.c.fact(def.name);
  const currency = def.type.t === 'money' ? ((now as Money | undefined)?.currency ?? world.currency()) : undefined;
  if (def.type.t === 'money' && currency === undefined) return undefined;
  const sign = (x: number): number => {
    overlay.other.set(def.name, currency === undefined ? x : { amount: x / 100, currency });
    const a = left(overlay, undefined);
    const b = right(overlay, undefined);
    return a === undefined || b === undefined ? Number.NaN : Math.sign(compare(a, b, overlay) ?? Number.NaN);
  };
  const low = def.type.t === 'date' ? FIRST_DAY : def.type.t === 'money' ? 0 : -MOST;
  const high = def.type.t === 'date' ? LAST_DAY : def.type.t === 'money' ? MOST * 100 : MOST;
  const [atLow, atHigh] = [sign(low), sign(high)];
  if (Number.isNaN(atLow) || Number.isNaN(atHigh)) return [];
  const up = atLow <= atHigh ? 1 : -1;
  const equalFrom = firstWhere((x) => sign(x) * up >= 0, low, high);
  const moreFrom = firstWhere((x) => sign(x) * up > 0, low, high);
  const more = currency === undefined ? {} : { currency };
  const parts = [
    { sign: -up, from: -Infinity, to: equalFrom - 1 },
    { sign: 0, from: equalFrom, to: moreFrom - 1 },
    { sign: up, from: moreFrom, to: Infinity },
  ].map((p) => ({ ...p, empty: p.from > p.to || p.to < low || p.from > high }));
  const domains: Domain[] = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part.empty || !holds(op, part.sign)) continue;
    let last = part;
    while (i + 1 < parts.length && (parts[i + 1]!.empty || holds(op, parts[i + 1]!.sign))) {
      i++;
      if (!parts[i]!.empty) last = parts[i]!;
    }
    domains.push(line(part.from, last.to, more));
  }
  // A fraction between two whole numbers that already does may stay what it is.
  const stays = typeof now === 'number' && !Number.isInteger(now) && holds(op, sign(now));
  return stays ? [...domains, line(now, now)] : domains;
}

/** The first whole number between the bounds from which on a monotone test holds; `high + 1` if it never does. */
function firstWhere(test: (x: number) => boolean, low: number, high: number): number {
  let from = low;
  let to = high + 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (test(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
