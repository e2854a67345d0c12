/** Random well-typed trees over the synthetic world that use every kind of node and expression of the IR. */
import type { CodesExpr, CompareOp, Expr, Node, Per, Type } from '../../src/rules/ir.ts';
import { printExpr } from '../../src/rules/print.ts';
import { chance, pick, type Random } from './random-people.ts';
import {
  BOOLEAN,
  CLOCKS,
  code,
  codes,
  DATE,
  DURATION,
  FACTS,
  LISTS,
  money,
  NUMBER,
  PARAMS,
  RECORDS,
  SETS,
} from './synthetic-world.ts';

const AT = [0, 0] as const;
type Scope = { readonly var: string; readonly of: string };

/** A random well-typed expression of type boolean, at most `depth` deep. */
export function randomCondition(random: Random, depth: number): Expr {
  return new Trees(random).boolean(depth);
}

/** A random comparison, without `and`, `or` or a quantifier around it: what is sharp at the edges of values. */
export function randomComparison(random: Random, depth: number): Expr {
  return new Trees(random).comparison(depth, []);
}

/** A random provision tree; its leaves are conditions with their text. */
export function randomNode(random: Random, depth: number): Node {
  const leaf = (): Node => {
    const expr = randomCondition(random, 1 + Math.floor(random() * 3));
    return { k: 'leaf', text: printExpr(expr), expr };
  };
  if (depth <= 0) return leaf();
  const several = (): Node[] =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomNode(random, depth - 1));
  switch (Math.floor(random() * 8)) {
    case 0:
    case 1:
      return { k: 'all', of: several() };
    case 2:
    case 3:
      return { k: 'any', of: several() };
    case 4: {
      const of = several();
      return { k: 'atLeast', n: Math.floor(random() * (of.length + 2)), of };
    }
    case 5:
      return { k: 'not', of: randomNode(random, depth - 1) };
    case 6:
      return chance(random, 0.5)
        ? { k: 'clock', clock: pick(random, CLOCKS), atLeast: pick(random, durationParams) }
        : {
            k: 'points',
            atLeast: pick(random, ['ageMin', 'ageMin', 'ageMax', 'numberUnknown']),
            items: several().map((of) => ({ worth: pick(random, numberParams), of })),
          };
    default:
      return leaf();
  }
}

const paramsOf = (type: string): string[] => Object.keys(PARAMS).filter((name) => PARAMS[name]!.type.t === type);
const numberParams = paramsOf('number');
const durationParams = paramsOf('duration');
const COMPARE: readonly CompareOp[] = ['=', '!=', '<', '<=', '>', '>='];

/** Makes expressions of a wanted type; `scopes` are the records in reach. */
class Trees {
  readonly random: Random;
  #variables = 0;

  constructor(random: Random) {
    this.random = random;
  }

  boolean(depth: number, scopes: readonly Scope[] = []): Expr {
    const ty = BOOLEAN;
    const { random } = this;
    if (depth <= 0 || chance(random, 0.08)) return this.simple(BOOLEAN, scopes);
    const next = depth - 1;
    switch (Math.floor(random() * 13)) {
      case 0:
      case 1:
      case 2:
        return this.comparison(next, scopes);
      case 3: {
        const type = pick(random, [NUMBER, DATE, money('year'), money('month'), code('level')]);
        const [value, low, high] = [
          this.of(type, next, scopes),
          this.of(type, next, scopes),
          this.of(type, next, scopes),
        ];
        return { k: 'between', ty, at: AT, value, low, high, ...orderOf(type) };
      }
      case 4:
      case 5: {
        const set = pick(random, Object.keys(SETS));
        return { k: 'in', ty, at: AT, value: this.of(code(set), next, scopes), list: this.list(set, scopes) };
      }
      case 6: {
        const set = pick(random, ['country', 'level', 'occupation']);
        return { k: 'overlaps', ty, at: AT, left: this.list(set, scopes), right: this.list(set, scopes) };
      }
      case 7:
        return { k: 'not', ty, at: AT, arg: this.boolean(next, scopes) };
      case 8:
      case 9: {
        const args = Array.from({ length: 2 + Math.floor(random() * 2) }, () => this.boolean(next, scopes));
        return { k: chance(random, 0.5) ? 'and' : 'or', ty, at: AT, args };
      }
      case 10:
        return chance(random, 0.5)
          ? this.choice(ty, next, scopes)
          : { k: 'known', ty, at: AT, fact: pick(random, Object.keys(FACTS)) };
      default: {
        const { list, scope } = this.records();
        const cond = this.boolean(next, [...scopes, scope]);
        return { k: chance(random, 0.5) ? 'some' : 'every', ty, at: AT, var: scope.var, list, cond };
      }
    }
  }

  comparison(depth: number, scopes: readonly Scope[]): Expr {
    const { random } = this;
    const type = pick(random, [
      NUMBER,
      NUMBER,
      DATE,
      DATE,
      DURATION,
      money('year'),
      money('month'),
      money('once'),
      code('level'),
      code('country'),
      code('occupation'),
      code('relation'),
      BOOLEAN,
    ]);
    const ordered = type.t !== 'boolean' && (type.t !== 'code' || type.set === 'level');
    const op = ordered ? pick(random, COMPARE) : pick(random, ['=', '!='] as const);
    const order = op === '=' || op === '!=' ? {} : orderOf(type);
    const left = this.of(type, depth, scopes);
    return { k: 'cmp', ty: BOOLEAN, at: AT, op, left, right: this.of(type, depth, scopes), ...order };
  }

  of(type: Type, depth: number, scopes: readonly Scope[]): Expr {
    if (type.t === 'boolean') return this.boolean(depth, scopes);
    if (depth <= 0 || chance(this.random, 0.5)) return this.simple(type, scopes);
    if (chance(this.random, 0.12)) return this.choice(type, depth - 1, scopes);
    switch (type.t) {
      case 'number':
        return this.number(type, depth - 1, scopes);
      case 'money':
        return this.money(type.per, depth - 1, scopes);
      case 'date':
        return this.date(depth - 1, scopes);
      default:
        return this.simple(type, scopes);
    }
  }

  number(ty: Type, depth: number, scopes: readonly Scope[]): Expr {
    const { random } = this;
    const one = (type: Type): Expr => this.of(type, depth, scopes);
    switch (Math.floor(random() * 9)) {
      case 0:
      case 1:
        return {
          k: 'arith',
          ty,
          at: AT,
          op: pick(random, ['+', '-', '*', '/'] as const),
          left: one(NUMBER),
          right: one(NUMBER),
        };
      case 8: {
        const per = money(pick(random, ['year', 'month', 'once'] as const));
        return { k: 'arith', ty, at: AT, op: '/', left: one(per), right: one(per) };
      }
      case 2:
        return { k: 'arith', ty, at: AT, op: '-', left: one(DATE), right: one(DATE) };
      case 3:
        return {
          k: 'call',
          ty,
          at: AT,
          fn: pick(random, ['monthsBetween', 'yearsBetween'] as const),
          args: [one(DATE), one(DATE)],
        };
      case 4:
        return this.least(ty, depth, scopes);
      case 5:
      case 6: {
        const { list, scope } = this.records();
        const where = chance(random, 0.8) ? this.boolean(depth, [...scopes, scope]) : null;
        return { k: 'count', ty, at: AT, list, var: scope.var, where };
      }
      default:
        return this.sum(ty, depth, scopes);
    }
  }

  money(per: Per, depth: number, scopes: readonly Scope[]): Expr {
    const { random } = this;
    const ty = money(per);
    switch (Math.floor(random() * 6)) {
      case 0:
        return {
          k: 'arith',
          ty,
          at: AT,
          op: pick(random, ['+', '-'] as const),
          left: this.of(ty, depth, scopes),
          right: this.of(ty, depth, scopes),
        };
      case 1:
        return this.scaled(ty, this.of(ty, depth, scopes), this.of(NUMBER, depth, scopes));
      case 2:
        if (per === 'once') return this.simple(ty, scopes);
        return {
          k: 'call',
          ty,
          at: AT,
          fn: per === 'year' ? 'perYear' : 'perMonth',
          args: [this.of(money(per === 'year' ? 'month' : 'year'), depth, scopes)],
        };
      case 3:
        return this.least(ty, depth, scopes);
      case 4:
        return per === 'once' ? this.simple(ty, scopes) : this.sum(ty, depth, scopes);
      default:
        return this.simple(ty, scopes);
    }
  }

  /** Money × number, number × money, or money ÷ number. */
  scaled(ty: Type, amount: Expr, by: Expr): Expr {
    const op = pick(this.random, ['*', '*', '/'] as const);
    const [left, right] = op === '*' && chance(this.random, 0.3) ? [by, amount] : [amount, by];
    return { k: 'arith', ty, at: AT, op, left, right };
  }

  date(depth: number, scopes: readonly Scope[]): Expr {
    if (chance(this.random, 0.2)) return this.least(DATE, depth, scopes);
    const op = pick(this.random, ['+', '-'] as const);
    const left = this.of(DATE, depth, scopes);
    return { k: 'arith', ty: DATE, at: AT, op, left, right: this.of(DURATION, depth, scopes) };
  }

  least(ty: Type, depth: number, scopes: readonly Scope[]): Expr {
    const args = Array.from({ length: 2 + Math.floor(this.random() * 2) }, () => this.of(ty, depth, scopes));
    return { k: 'call', ty, at: AT, fn: pick(this.random, ['min', 'max'] as const), args };
  }

  sum(ty: Type, depth: number, scopes: readonly Scope[]): Expr {
    const { random } = this;
    const { list, scope } = this.records(ty);
    const where = chance(random, 0.7) ? this.boolean(depth, [...scopes, scope]) : null;
    return { k: 'sum', ty, at: AT, list, var: scope.var, where, field: this.field(scope, ty)! };
  }

  choice(ty: Type, depth: number, scopes: readonly Scope[]): Expr {
    const cond = this.boolean(depth, scopes);
    return { k: 'if', ty, at: AT, cond, then: this.of(ty, depth, scopes), else: this.of(ty, depth, scopes) };
  }

  /** A list of records (with a field of the given type, if one is asked for) and a new variable for it. */
  records(field?: Type): { list: string; scope: Scope } {
    const lists = Object.entries(FACTS).flatMap(([name, type]) =>
      type.t === 'records' ? [{ name, of: type.of }] : [],
    );
    const fit = lists.filter(({ of }) => field === undefined || this.field({ var: '', of }, field) !== undefined);
    const { name, of } = pick(this.random, fit);
    return { list: name, scope: { var: `v${++this.#variables}`, of } };
  }

  field(scope: Scope, type: Type): Expr | undefined {
    const names = Object.entries(RECORDS[scope.of]!).filter(([, fieldType]) => sameType(fieldType, type));
    if (names.length === 0) return undefined;
    return { k: 'field', ty: type, at: AT, of: scope.var, name: pick(this.random, names)[0] };
  }

  /** A name or a literal of the type. */
  simple(ty: Type, scopes: readonly Scope[]): Expr {
    const { random } = this;
    const fields = scopes.map((scope) => this.field(scope, ty)).filter((field) => field !== undefined);
    if (fields.length > 0 && chance(random, 0.6)) return pick(random, fields);
    const facts = Object.keys(FACTS).filter((name) => sameType(FACTS[name]!, ty));
    const params = Object.keys(PARAMS).filter((name) => sameType(PARAMS[name]!.type, ty));
    const choices: (() => Expr)[] = [];
    if (facts.length > 0) {
      const fact = (): Expr => ({ k: 'fact', ty, at: AT, name: pick(random, facts) });
      choices.push(fact, fact, fact);
    }
    if (params.length > 0) {
      const param = (): Expr => ({ k: 'param', ty, at: AT, name: pick(random, params) });
      choices.push(param, param);
    }
    if (ty.t === 'boolean') choices.push(() => ({ k: 'lit', ty, at: AT, value: chance(random, 0.5) }));
    if (ty.t === 'money') choices.push(() => ({ k: 'lit', ty, at: AT, value: 0 }));
    if (ty.t === 'number') choices.push(() => ({ k: 'lit', ty, at: AT, value: pick(random, [0, 1] as const) }));
    if (ty.t === 'code') choices.push(() => ({ k: 'lit', ty, at: AT, value: pick(random, SETS[ty.set]!) }));
    if (ty.t === 'date') choices.push(() => ({ k: 'on', ty, at: AT }));
    return pick(random, choices)();
  }

  list(set: string, scopes: readonly Scope[]): CodesExpr {
    const { random } = this;
    const ty = codes(set);
    const fields = scopes.map((scope) => this.field(scope, ty)).filter((field) => field?.k === 'field');
    if (fields.length > 0 && chance(random, 0.5)) return pick(random, fields) as CodesExpr;
    const facts = Object.keys(FACTS).filter((name) => sameType(FACTS[name]!, ty));
    if (facts.length > 0 && chance(random, 0.4)) return { k: 'fact', ty, at: AT, name: pick(random, facts) };
    const lists = Object.keys(LISTS).filter((name) => LISTS[name]!.set === set);
    if (lists.length > 0 && chance(random, 0.6)) return { k: 'codeList', ty, at: AT, name: pick(random, lists) };
    const values = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, SETS[set]!));
    return { k: 'codes', ty, at: AT, values };
  }
}

/** The order that the type checker writes on comparisons of ordered codes. */
function orderOf(type: Type): { readonly order?: readonly string[] } {
  return type.t === 'code' ? { order: SETS[type.set]! } : {};
}

/** Units aside: the random trees mix them, and no evaluator looks at them. */
function sameType(a: Type, b: Type): boolean {
  if (a.t === 'money' && b.t === 'money') return a.per === b.per;
  if ((a.t === 'code' || a.t === 'codes') && a.t === b.t) return a.set === (b as { set: string }).set;
  return a.t === b.t;
}
