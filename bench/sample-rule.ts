/**
 * The sample rule that the rule engines are measured with, and synthetic persons for it: a typical condition of
 * entry and work (age, income, passport valid six months beyond the journey; then long residence, or an occupation in
 * demand with a language or experience). All values are invented.
 */
import type { Fixed } from '../src/rules/fixed.ts';
import { parseCondition } from '../src/rules/index.ts';
import type { FactDef, Locals, Node, Schema, Type, Value } from '../src/rules/ir.ts';

const number = (unit: string): Type => ({ t: 'number', unit });
const FACTS: { readonly [name: string]: Type } = {
  age: number('years'),
  income: { t: 'money', per: 'year' },
  passportExpires: { t: 'date' },
  travel: { t: 'date' },
  residence: number('months'),
  absences: number('days'),
  occupation: { t: 'code', set: 'occupation' },
  language: { t: 'code', set: 'level' },
  experience: number('years'),
};
export const OCCUPATIONS: readonly string[] = Array.from({ length: 40 }, (_, index) => `occupation-${index + 1}`);
export const LEVELS: readonly string[] = ['a1', 'a2', 'b1', 'b2', 'c1', 'c2'];
export const SHORTAGE: readonly string[] = OCCUPATIONS.slice(0, 16);
export const ACCEPTED: readonly string[] = LEVELS.slice(2);

export const schema: Schema = {
  facts: new Map(
    Object.entries(FACTS).map(([name, type]): [string, FactDef] => {
      return [name, { name, type, label: { en: name, ru: name }, sensitivity: 'low', change: { how: 'never' } }];
    }),
  ),
  records: new Map(),
  sets: new Map([
    ['occupation', { codes: OCCUPATIONS, ordered: false, open: false }],
    ['level', { codes: LEVELS, ordered: true, open: false }],
  ]),
  codeLists: new Map([
    ['shortage', 'occupation'],
    ['accepted', 'level'],
  ]),
};

const PARAMS: { readonly [name: string]: { readonly type: Type; readonly value: Value } } = {
  ageMin: { type: number('years'), value: 18 },
  ageMax: { type: number('years'), value: 60 },
  incomeMin: { type: { t: 'money', per: 'year' }, value: { amount: 30000, currency: 'EUR' } },
  passportMargin: { type: { t: 'duration' }, value: { months: 6, days: 0 } },
  residenceMin: { type: number('months'), value: 60 },
  absencesMax: { type: number('days'), value: 300 },
  experienceMin: { type: number('years'), value: 3 },
};

export const fixed: Fixed = {
  on: 20780,
  monthEnd: 'clamp',
  param: (name) => PARAMS[name]?.value,
  codeList: (name) => (name === 'shortage' ? SHORTAGE : ACCEPTED),
  rate: () => undefined,
};

const locals: Locals = {
  params: new Map(Object.entries(PARAMS).map(([name, param]) => [name, param.type])),
  codeLists: new Map(),
  monthEnd: 'clamp',
};

function leaf(id: string, text: string): Node {
  const parsed = parseCondition(text, schema, locals);
  if (!parsed.ok) throw new Error(`${id}: ${JSON.stringify(parsed.errors)}`);
  return { k: 'leaf', id, text, expr: parsed.expr };
}

export const rule: Node = {
  k: 'all',
  id: 'eligible',
  of: [
    leaf('age', 'age between ageMin and ageMax'),
    leaf('income', 'income >= incomeMin'),
    leaf('passport', 'passportExpires >= travel + passportMargin'),
    {
      k: 'any',
      id: 'tie',
      of: [
        {
          k: 'all',
          id: 'settled',
          of: [leaf('residence', 'residence >= residenceMin'), leaf('absences', 'absences <= absencesMax')],
        },
        {
          k: 'all',
          id: 'skilled',
          of: [
            leaf('occupation', 'occupation in shortage'),
            {
              k: 'any',
              id: 'able',
              of: [leaf('language', 'language in accepted'), leaf('experience', 'experience >= experienceMin')],
            },
          ],
        },
      ],
    },
  ],
};
