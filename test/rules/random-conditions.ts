/**
 * A synthetic closed world and random well-typed trees over it that use every kind of node and expression of the IR.
 * For tests that compare ways of evaluating.
 */
import type {
  Change,
  CodesExpr,
  CompareOp,
  Context,
  Day,
  Expr,
  FactDef,
  Locals,
  Node,
  Per,
  Schema,
  Type,
  Value,
} from '../../src/rules/ir.ts';
import { chance, type Pools, pick, type Random } from './random-people.ts';

// The closed world --------------------------------------------------------------------------------------------------

const BOOLEAN: Type = { t: 'boolean' };
const NUMBER: Type = { t: 'number', unit: 'days' };
const DATE: Type = { t: 'date' };
const DURATION: Type = { t: 'duration' };
const money = (per: Per): Type => ({ t: 'money', per });
const code = (set: string): Type => ({ t: 'code', set });
const codes = (set: string): Type => ({ t: 'codes', set });
const records = (of: string): Type => ({ t: 'records', of });

const LEVELS = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'];
const RELATIONS = ['spouse', 'child', 'parent', 'sibling'];
/** More codes than fit one mask, so that lists of a closed set are tried both ways. */
const OCCUPATIONS = Array.from({ length: 40 }, (_, index) => `occupation-${index}`);
const COUNTRIES = ['ru', 'de', 'fr', 'ge', 'am', 'tr', 'us', 'rs'];
/** For RUB there is a rate one way only and for XTS none. */
const CURRENCIES = ['EUR', 'USD', 'RUB', 'XTS'];
const RATES: { readonly [pair: string]: number } = {
  'USD>EUR': 0.9137,
  'EUR>USD': 1.0944,
  'RUB>EUR': 0.0108,
  'RUB>USD': 0.0119,
};
const SETS: { readonly [set: string]: readonly string[] } = {
  level: LEVELS,
  relation: RELATIONS,
  occupation: OCCUPATIONS,
  country: COUNTRIES,
};

const FACTS: { readonly [name: string]: Type } = {
  'work.remote': BOOLEAN,
  married: BOOLEAN,
  'exposure.wanted': BOOLEAN,
  age: NUMBER,
  absences: NUMBER,
  score: NUMBER,
  'offer.salaryYear': money('year'),
  bonusYear: money('year'),
  'work.incomeMonth': money('month'),
  savings: money('once'),
  born: DATE,
  'passport.expires': DATE,
  arrived: DATE,
  experience: DURATION,
  contract: DURATION,
  language: code('level'),
  'offer.language': code('level'),
  'offer.occupation': code('occupation'),
  'now.country': code('country'),
  birthplace: code('country'),
  citizenships: codes('country'),
  languages: codes('level'),
  trades: codes('occupation'),
  family: records('member'),
  stays: records('stay'),
};

const RECORDS: { readonly [of: string]: { readonly [field: string]: Type } } = {
  member: {
    relation: code('relation'),
    citizenships: codes('country'),
    speaks: codes('level'),
    born: DATE,
    dependent: BOOLEAN,
    incomeMonth: money('month'),
    visits: NUMBER,
    permit: DURATION,
  },
  stay: { country: code('country'), from: DATE, to: DATE, days: NUMBER, permitted: BOOLEAN, costYear: money('year') },
};

const PARAMS: { readonly [name: string]: { readonly type: Type; readonly value: Value | undefined } } = {
  ageMin: { type: NUMBER, value: 18 },
  ageMax: { type: NUMBER, value: 45 },
  fraction: { type: NUMBER, value: 0.35 },
  negative: { type: NUMBER, value: -7.5 },
  numberUnknown: { type: NUMBER, value: undefined },
  salaryMin: { type: money('year'), value: { amount: 45300, currency: 'EUR' } },
  salaryUsd: { type: money('year'), value: { amount: 52000.505, currency: 'USD' } },
  salaryUnknown: { type: money('year'), value: undefined },
  incomeMin: { type: money('month'), value: { amount: 2650.35, currency: 'EUR' } },
  incomeUsd: { type: money('month'), value: { amount: 3000, currency: 'USD' } },
  savingsMin: { type: money('once'), value: { amount: 11904, currency: 'EUR' } },
  savingsTest: { type: money('once'), value: { amount: 100, currency: 'XTS' } },
  leftOn: { type: DATE, value: 19783 }, // 2024-03-01
  leapDay: { type: DATE, value: 19782 },
  dateUnknown: { type: DATE, value: undefined },
  halfYear: { type: DURATION, value: { months: 6, days: 0 } },
  month: { type: DURATION, value: { months: 1, days: 0 } },
  fortnight: { type: DURATION, value: { months: 0, days: 14 } },
  yearAndWeek: { type: DURATION, value: { months: 12, days: 7 } },
  durationUnknown: { type: DURATION, value: undefined },
  levelMin: { type: code('level'), value: 'b1' },
  relationWanted: { type: code('relation'), value: 'spouse' },
  countryWanted: { type: code('country'), value: 'de' },
  countryUnknown: { type: code('country'), value: undefined },
  shortage: { type: code('occupation'), value: 'occupation-7' },
};

const LISTS: { readonly [name: string]: { readonly set: string; readonly values: readonly string[] | undefined } } = {
  'area.eu': { set: 'country', values: ['de', 'fr', 'it', 'pl'] },
  'area.none': { set: 'country', values: [] },
  'area.unknown': { set: 'country', values: undefined },
  shortageOccupations: { set: 'occupation', values: OCCUPATIONS.filter((_, index) => index % 3 === 0) },
  accepted: { set: 'level', values: ['b2', 'c1', 'c2'] },
  closeFamily: { set: 'relation', values: ['spouse', 'child'] },
};

export const CLOCKS = ['de/residence', 'eu/long-term'];
const NEVER: Change = { how: 'never' };

const typeMap = (types: { readonly [name: string]: Type }): Map<string, Type> => new Map(Object.entries(types));

/** The schema of the synthetic world. `country` is an open set: the persons bring codes that no rule names. */
export const schema: Schema = {
  facts: new Map(
    Object.entries(FACTS).map(([name, type]): [string, FactDef] => [
      name,
      { name, type, label: { en: name, ru: name }, sensitivity: 'low', change: NEVER },
    ]),
  ),
  records: new Map(Object.entries(RECORDS).map(([of, fields]) => [of, typeMap(fields)])),
  sets: new Map(
    Object.entries(SETS).map(([set, of]) => [set, { codes: of, ordered: set === 'level', open: set === 'country' }]),
  ),
  codeLists: new Map(Object.entries(LISTS).map(([name, list]) => [name, list.set])),
};

/** What a provision of the synthetic world declares. */
export function locals(monthEnd: 'clamp' | 'roll'): Locals {
  return {
    params: new Map(Object.entries(PARAMS).map(([name, param]) => [name, param.type])),
    codeLists: new Map(),
    monthEnd,
  };
}

/** The key day of all evaluations: a day that shorter months do not have. */
export const ON: Day = 20908; // 2027-03-31

/** The part of a `Context` that is the same for every person. */
export function fixed(monthEnd: 'clamp' | 'roll'): Omit<Context, 'fact' | 'clock'> {
  return {
    on: ON,
    monthEnd,
    param: (name) => PARAMS[name]?.value,
    codeList: (name) => LISTS[name]?.values,
    rate: (from, to) => {
      const factor = from === to ? 1 : RATES[`${from}>${to}`];
      return factor === undefined ? undefined : { factor, day: ON, source: 'synthetic' };
    },
  };
}

// Persons -----------------------------------------------------------------------------------------------------------

/** What the values of the synthetic persons are near to: mostly the parameters, and the ends of months. */
export const pools: Pools = {
  numbers: [0, 1, 18, 45, -7.5, 12],
  days: [ON, 19753, 19782, 19783, 19813, 19843, 19874, 20088, 20147, 20178, 20239, 20513, 20878, 20939],
  durations: [
    { months: 0, days: 14 },
    { months: 1, days: 0 },
    { months: 6, days: 0 },
    { months: 5, days: 30 },
    { months: 12, days: 7 },
    { months: 25, days: 0 },
    { months: 0, days: 183 },
  ],
  amounts: [45300, 52000.505, 2650.35, 3000, 11904, 100],
  currencies: ['EUR', 'EUR', ...CURRENCIES],
  codes: new Map([...Object.entries(SETS), ['country', [...COUNTRIES, 'it', 'pl', 'zz']]]),
};

// Trees -------------------------------------------------------------------------------------------------------------

const AT = [0, 0] as const;
type Scope = { readonly var: string; readonly of: string };

/** A random well-typed expression of type boolean, at most `depth` deep. */
export function randomCondition(random: Random, depth: number): Expr {
  return new Trees(random).boolean(depth);
}

/** A random provision tree; its leaves are conditions with their text. */
export function randomNode(random: Random, depth: number): Node {
  const leaf = (): Node => {
    const expr = randomCondition(random, 1 + Math.floor(random() * 3));
    return { k: 'leaf', text: show(expr), expr };
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
        const [value, low, high] = [this.of(type, next, scopes), this.of(type, next, scopes), this.of(type, next, scopes)];
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
    switch (Math.floor(random() * 8)) {
      case 0:
      case 1:
        return { k: 'arith', ty, at: AT, op: pick(random, ['+', '-', '*', '/'] as const), left: one(NUMBER), right: one(NUMBER) };
      case 2:
        return { k: 'arith', ty, at: AT, op: '-', left: one(DATE), right: one(DATE) };
      case 3:
        return { k: 'call', ty, at: AT, fn: pick(random, ['monthsBetween', 'yearsBetween'] as const), args: [one(DATE), one(DATE)] };
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
        return {
          k: 'arith',
          ty,
          at: AT,
          op: '*',
          left: this.of(ty, depth, scopes),
          right: this.of(NUMBER, depth, scopes),
        };
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
    const lists = Object.entries(FACTS).flatMap(([name, type]) => (type.t === 'records' ? [{ name, of: type.of }] : []));
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

function sameType(a: Type, b: Type): boolean {
  if (a.t === 'money' && b.t === 'money') return a.per === b.per;
  if ((a.t === 'code' || a.t === 'codes') && a.t === b.t) return a.set === (b as { set: string }).set;
  return a.t === b.t;
}

// Text --------------------------------------------------------------------------------------------------------------

/** An expression as text: near enough to the language to be read in a failure message. */
export function show(expr: Expr | CodesExpr): string {
  switch (expr.k) {
    case 'lit':
      return typeof expr.value === 'boolean' ? (expr.value ? 'yes' : 'no') : JSON.stringify(expr.value);
    case 'fact':
    case 'param':
    case 'codeList':
      return expr.name;
    case 'codes':
      return `(${expr.values.map((value) => `"${value}"`).join(', ')})`;
    case 'on':
      return 'on';
    case 'field':
      return `${expr.of}.${expr.name}`;
    case 'cmp':
    case 'arith':
      return `(${show(expr.left)} ${expr.op} ${show(expr.right)})`;
    case 'between':
      return `(${show(expr.value)} between ${show(expr.low)} and ${show(expr.high)})`;
    case 'in':
      return `(${show(expr.value)} in ${show(expr.list)})`;
    case 'overlaps':
      return `overlaps(${show(expr.left)}, ${show(expr.right)})`;
    case 'not':
      return `not(${show(expr.arg)})`;
    case 'and':
    case 'or':
      return `(${expr.args.map(show).join(` ${expr.k} `)})`;
    case 'if':
      return `(if ${show(expr.cond)} then ${show(expr.then)} else ${show(expr.else)})`;
    case 'call':
      return `${expr.fn}(${expr.args.map(show).join(', ')})`;
    case 'known':
      return `known(${expr.fact})`;
    case 'some':
    case 'every':
      return `(${expr.k} ${expr.var} in ${expr.list} satisfies ${show(expr.cond)})`;
    case 'count':
      return `count(${expr.list}${expr.where ? `[${expr.var}: ${show(expr.where)}]` : ''})`;
    case 'sum':
      return `sum(${expr.list}${expr.where ? `[${expr.var}: ${show(expr.where)}]` : ''}.${show(expr.field)})`;
  }
}
