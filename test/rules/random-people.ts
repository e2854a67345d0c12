/** Random persons for any fact schema, a share of their facts unknown and their values near given ones. */
import { isNode } from '../../src/rules/evaluate.ts';
import type { Fixed } from '../../src/rules/fixed.ts';
import type { Day, Duration, Expr, Money, Node, Rec, Schema, Tri, Type, Value } from '../../src/rules/ir.ts';
import { namesIn, namesOf, visit } from '../../src/rules/names.ts';

export type Random = () => number;
export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
export const chance = (random: Random, probability: number): boolean => random() < probability;

/** A pseudo-random number generator (mulberry32): the same seed gives the same numbers everywhere. */
export function generator(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The seed of this run: FOOTHOLD_SEED, or a new one. Put it into every failure message. */
export function seedOfRun(): number {
  return Number(process.env.FOOTHOLD_SEED ?? Math.floor(Math.random() * 2 ** 31));
}

/** Values that matter to the rules: persons get these, values beside them, and values between them. */
export type Pools = {
  readonly numbers: readonly number[];
  readonly days: readonly Day[];
  readonly durations: readonly Duration[];
  readonly amounts: readonly number[];
  readonly currencies: readonly string[];
  /** Codes by set; of sets not named here, all codes of the schema. */
  readonly codes: ReadonlyMap<string, readonly string[]>;
};

/** The pools of real rules: the values of their parameters and lists on their days. */
export function poolsOf(
  rules: readonly { readonly tree: Node | Expr; readonly fixed: Fixed }[],
  schema: Schema,
): Pools {
  const numbers = new Set([0, 1]);
  const days = new Set<Day>();
  const durations: Duration[] = [];
  const amounts = new Set<number>([0]);
  const currencies = new Set<string>(['EUR']);
  const codes = new Map<string, Set<string>>();
  for (const { tree, fixed } of rules) {
    days.add(fixed.on);
    const { params, codeLists } = isNode(tree) ? namesOf(tree) : namesIn(tree);
    const dates = dateParams(tree);
    for (const name of params) {
      const value = fixed.param(name);
      if (typeof value === 'number') (dates.has(name) ? days : numbers).add(value);
      else if (typeof value === 'object' && 'amount' in value) {
        amounts.add(value.amount);
        currencies.add(value.currency);
      } else if (typeof value === 'object' && 'months' in value) durations.push(value);
    }
    for (const name of codeLists) {
      const set = schema.codeLists.get(name);
      if (set === undefined) continue;
      const known = codes.get(set) ?? new Set(schema.sets.get(set)?.codes);
      for (const code of fixed.codeList(name) ?? []) known.add(code);
      codes.set(set, known);
    }
  }
  return {
    numbers: [...numbers],
    days: [...days],
    durations: durations.length === 0 ? [{ months: 0, days: 30 }] : durations,
    amounts: [...amounts],
    currencies: [...currencies],
    codes: new Map([...codes].map(([set, of]) => [set, [...of]])),
  };
}

/** The parameters of a tree that are dates: a day is a number like others, only its type tells. */
function dateParams(tree: Node | Expr): Set<string> {
  const names = new Set<string>();
  for (const condition of conditionsOf(tree)) {
    visit(condition, (part) => {
      if (part.k === 'param' && part.ty.t === 'date') names.add(part.name);
    });
  }
  return names;
}

/** The conditions at the leaves of a tree. */
export function conditionsOf(tree: Node | Expr): Expr[] {
  if (!isNode(tree)) return [tree];
  switch (tree.k) {
    case 'leaf':
      return [tree.expr];
    case 'clock':
      return [];
    case 'points':
      return tree.items.flatMap((item) => conditionsOf(item.of));
    case 'not':
      return conditionsOf(tree.of);
    default:
      return tree.of.flatMap(conditionsOf);
  }
}

export type RandomPerson = {
  readonly facts: { readonly [name: string]: Value | undefined };
  fact(name: string): Value | undefined;
  clock(id: string, need: Duration): { readonly reached: Tri; readonly missing: readonly string[] };
};

/** A person each of whose facts (and fields of records) is unknown with the given probability. */
export function randomPerson(random: Random, schema: Schema, pools: Pools, unknown: number): RandomPerson {
  const facts: { [name: string]: Value | undefined } = {};
  for (const [name, { type }] of schema.facts) facts[name] = randomValue(random, schema, type, pools, unknown);
  const counted = new Map<string, number | undefined>();
  return {
    facts,
    fact: (name) => facts[name],
    clock: (id, need) => {
      if (!counted.has(id)) counted.set(id, chance(random, unknown) ? undefined : Math.floor(random() * 120));
      const months = counted.get(id);
      return { reached: months === undefined ? undefined : months >= need.months, missing: [] };
    },
  };
}

function randomValue(random: Random, schema: Schema, type: Type, pools: Pools, unknown: number): Value | undefined {
  if (chance(random, unknown)) return undefined;
  switch (type.t) {
    case 'boolean':
      return chance(random, 0.5);
    case 'number': {
      const near = pick(random, pools.numbers);
      return chance(random, 0.8)
        ? Math.round(near) + Math.floor(random() * 5) - 2
        : Math.round(near * 150 * random()) / 100;
    }
    case 'money':
      return randomMoney(random, pools);
    case 'date':
      return (
        pick(random, pools.days) +
        (chance(random, 0.7) ? Math.floor(random() * 3) - 1 : Math.floor(random() * 1500) - 750)
      );
    case 'duration':
      return pick(random, pools.durations);
    case 'code':
      return pick(random, codesOf(schema, type.set, pools));
    case 'codes':
      return Array.from({ length: Math.floor(random() * 3.5) }, () => pick(random, codesOf(schema, type.set, pools)));
    case 'records': {
      const fields = [...(schema.records.get(type.of) ?? [])];
      return Array.from({ length: Math.floor(random() * 4) }, () => {
        const values = fields.map(([field, of]) => [field, randomValue(random, schema, of, pools, unknown)] as const);
        return Object.fromEntries(values) as Rec;
      });
    }
  }
}

function randomMoney(random: Random, pools: Pools): Money {
  const about = pick(random, pools.amounts);
  const amount = chance(random, 0.5) ? about : Math.round(about * 200 * random()) / 100;
  return { amount, currency: pick(random, pools.currencies) };
}

function codesOf(schema: Schema, set: string, pools: Pools): readonly string[] {
  const codes = pools.codes.get(set) ?? schema.sets.get(set)?.codes ?? [];
  // An open set that nothing names a code of still has persons with codes.
  return codes.length === 0 ? ['first', 'second'] : codes;
}
