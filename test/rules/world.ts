/** A small invented law for the tests of the condition language: facts, parameters, lists and a context over them. */
import { parseCondition, renderRuleError } from '../../src/rules/index.ts';
import type { Change, Context, Expr, FactDef, Locals, Node, Schema, Type, Value } from '../../src/rules/ir.ts';

const number = (unit: string): Type => ({ t: 'number', unit });
const code = (set: string): Type => ({ t: 'code', set });
const codes = (set: string): Type => ({ t: 'codes', set });
const boolean: Type = { t: 'boolean' };
const date: Type = { t: 'date' };
const yearly: Type = { t: 'money', per: 'year' };
const monthly: Type = { t: 'money', per: 'month' };

const CHOICE: Change = { how: 'choice', cost: 1 };

/** A fact; changeable at a flat cost of 1 unless told otherwise. */
export function fact(name: string, type: Type, change: Change = CHOICE): FactDef {
  return { name, type, label: { en: name, ru: name }, sensitivity: 'low', change };
}

export const facts: readonly FactDef[] = [
  fact('age', number('years'), { how: 'never' }),
  fact('work.remote', boolean),
  fact('exposure.wanted', boolean, { how: 'never' }),
  fact('offer.salaryYear', yearly),
  fact('offer.occupation', code('occupation')),
  fact('work.incomeMonth', monthly),
  fact('savings', { t: 'money', per: 'once' }),
  fact('passport.expires', date),
  fact('now.since', date),
  fact('now.country', code('country')),
  fact('level', code('cefr'), { how: 'slowly', cost: 6, step: 1 }),
  fact('person.citizenships', codes('country')),
  fact('residence', number('months'), { how: 'slowly', cost: 1, step: 1 }),
  fact('absence', number('days')),
  fact('experience', { t: 'duration' }),
  fact('household', number('count')),
  fact('family', { t: 'records', of: 'relative' }, { how: 'never' }),
  fact('stays', { t: 'records', of: 'stay' }, { how: 'never' }),
];

export const schema: Schema = {
  facts: new Map(facts.map((f) => [f.name, f])),
  records: new Map([
    [
      'relative',
      new Map<string, Type>([
        ['relation', code('relation')],
        ['born', date],
        ['citizenships', codes('country')],
        ['incomeMonth', monthly],
        ['dependent', boolean],
        ['country', code('country')],
      ]),
    ],
    [
      'stay',
      new Map<string, Type>([
        ['country', code('country')],
        ['from', date],
        ['to', date],
        ['days', number('days')],
      ]),
    ],
  ]),
  sets: new Map([
    ['country', { codes: ['ru', 'de', 'fr', 'ge', 'kz'], ordered: false, open: true }],
    ['occupation', { codes: ['software-developer', 'nurse', 'journalist'], ordered: false, open: false }],
    ['relation', { codes: ['spouse', 'child', 'parent'], ordered: false, open: false }],
    ['cefr', { codes: ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'], ordered: true, open: false }],
  ]),
  codeLists: new Map([['area.eu', 'country']]),
};

export const locals: Locals = {
  params: new Map<string, Type>([
    ['ageMin', number('years')],
    ['ageMax', number('year')],
    ['salaryMin', yearly],
    ['incomeMin', monthly],
    ['savingsMin', { t: 'money', per: 'once' }],
    ['margin', { t: 'duration' }],
    ['graceDays', { t: 'duration', days: true }],
    ['absenceMax', number('days')],
    ['residenceMin', number('months')],
    ['months', number('months')],
    ['share', number('count')],
    ['leftOn', date],
    ['levelMin', code('cefr')],
    ['experienceMin', { t: 'duration' }],
  ]),
  codeLists: new Map([['shortageOccupations', 'occupation']]),
  monthEnd: 'clamp',
};

export const noMonths: Locals = { ...locals, monthEnd: undefined };

/** 2025-06-30. */
export const ON = 20269;

const PARAMS: Readonly<Record<string, Value>> = {
  ageMin: 18,
  ageMax: 60,
  salaryMin: { amount: 48300, currency: 'EUR' },
  incomeMin: { amount: 2000, currency: 'EUR' },
  savingsMin: { amount: 10000, currency: 'EUR' },
  margin: { months: 6, days: 0 },
  graceDays: { months: 0, days: 90 },
  absenceMax: 300,
  residenceMin: 60,
  months: 12,
  share: 2,
  leftOn: 19000,
  levelMin: 'B1',
  experienceMin: { months: 36, days: 0 },
};

const LISTS: Readonly<Record<string, readonly string[]>> = {
  'area.eu': ['de', 'fr'],
  shortageOccupations: ['software-developer', 'nurse'],
};

/** A context over plain objects; parameters and lists as above unless replaced. */
export function context(
  facts: Readonly<Record<string, Value | undefined>>,
  more: Partial<Context> & { params?: Readonly<Record<string, Value | undefined>> } = {},
): Context {
  const { params = {}, ...rest } = more;
  return {
    on: ON,
    monthEnd: 'clamp',
    fact: (name) => facts[name],
    param: (name) => (name in params ? params[name] : PARAMS[name]),
    codeList: (name) => LISTS[name],
    rate: (from, to) => (from === 'USD' && to === 'EUR' ? { factor: 0.9137, day: ON, source: 'ecb' } : undefined),
    clock: () => ({ reached: undefined, missing: [] }),
    ...rest,
  };
}

/** Parses a condition that must be valid. */
export function expr(text: string, where: Locals = locals): Expr {
  const parsed = parseCondition(text, schema, where);
  if (parsed.ok) return parsed.expr;
  throw new Error(parsed.errors.map((e) => `${e.code}: ${renderRuleError(text, e)}`).join('\n'));
}

/** A leaf of a tree from the text of a valid condition. */
export function leaf(text: string, more: { id?: string; judged?: boolean } = {}): Node {
  return { k: 'leaf', text, expr: expr(text), ...more };
}
