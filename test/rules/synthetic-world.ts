/**
 * A synthetic closed world: facts, records, code sets, parameters and lists of every type, some of them without value.
 * `country` is an open set: persons bring codes that no rule names.
 */
import { addMonths } from '../../src/calendar/civil.ts';
import type { Fixed } from '../../src/rules/fixed.ts';
import type { Change, Day, FactDef, Locals, MonthEnd, Per, Schema, Type, Value } from '../../src/rules/ir.ts';
import type { Pools } from './random-people.ts';

export const BOOLEAN: Type = { t: 'boolean' };
export const NUMBER: Type = { t: 'number', unit: 'days' };
export const DATE: Type = { t: 'date' };
export const DURATION: Type = { t: 'duration' };
export const money = (per: Per): Type => ({ t: 'money', per });
export const code = (set: string): Type => ({ t: 'code', set });
export const codes = (set: string): Type => ({ t: 'codes', set });
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
export const SETS: { readonly [set: string]: readonly string[] } = {
  level: LEVELS,
  relation: RELATIONS,
  occupation: OCCUPATIONS,
  country: COUNTRIES,
};

export const FACTS: { readonly [name: string]: Type } = {
  'work.remote': BOOLEAN,
  married: BOOLEAN,
  'exposure.wanted': BOOLEAN,
  age: { t: 'number', unit: 'years' },
  absences: NUMBER,
  score: { t: 'number', unit: 'count' },
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
  'school.languages': codes('level'),
  trades: codes('occupation'),
  family: records('member'),
  stays: records('stay'),
};

export const RECORDS: { readonly [of: string]: { readonly [field: string]: Type } } = {
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

export const PARAMS: { readonly [name: string]: { readonly type: Type; readonly value: Value | undefined } } = {
  ageMin: { type: { t: 'number', unit: 'years' }, value: 18 },
  ageMax: { type: { t: 'number', unit: 'years' }, value: 45 },
  monthsMin: { type: { t: 'number', unit: 'months' }, value: 12 },
  daysMax: { type: NUMBER, value: 45 },
  fraction: { type: { t: 'number', unit: 'count' }, value: 0.35 },
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
  inForce: { type: BOOLEAN, value: true },
  inForceUnknown: { type: BOOLEAN, value: undefined },
};

export const LISTS: {
  readonly [name: string]: { readonly set: string; readonly values: readonly string[] | undefined };
} = {
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
export function locals(monthEnd: MonthEnd): Locals {
  return {
    params: new Map(Object.entries(PARAMS).map(([name, param]) => [name, param.type])),
    codeLists: new Map(),
    monthEnd,
  };
}

/** The key day of all evaluations: a day that shorter months do not have. */
export const ON: Day = 20908; // 2027-03-31

/** The part of a `Context` that is the same for every person. */
export function fixed(monthEnd: MonthEnd | undefined): Fixed {
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

const MONTH_ENDS: readonly Day[] = [ON, 19753, 19782, 19813, 19843, 19874, 20088, 20147, 20178, 20239, 20513, 20878];
const bothWays = (day: Day, months: number): Day[] => [addMonths(day, months, 'clamp'), addMonths(day, months, 'roll')];

/** What the values of the synthetic persons are near to: mostly the parameters, and the ends of months. */
export const pools: Pools = {
  numbers: [0, 1, 18, 45, -7.5, 12],
  days: [...MONTH_ENDS, ...MONTH_ENDS.flatMap((day) => [-6, 1, 6].flatMap((months) => bothWays(day, months)))],
  durations: [
    { months: 0, days: 14 },
    { months: 0, days: 28 },
    { months: 0, days: 31 },
    { months: 0, days: 168 },
    { months: 0, days: 183 },
    { months: 0, days: 365 },
    { months: 1, days: 0 },
    { months: 5, days: 30 },
    { months: 6, days: 0 },
    { months: 12, days: 0 },
    { months: 12, days: 7 },
    { months: 25, days: 0 },
  ],
  amounts: [45300, 45300 / 12, 45300.01, 52000.505, 2650.35, 2650.35 * 12, 3000, 11904, 100],
  currencies: ['EUR', 'EUR', ...CURRENCIES],
  codes: new Map([...Object.entries(SETS), ['country', [...COUNTRIES, 'it', 'pl', 'zz']]]),
};
