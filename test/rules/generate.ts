/** Random valid conditions over the world of world.ts, as text in many spellings, and random facts for them. */
import type { Value } from '../../src/rules/ir.ts';
import { ON } from './world.ts';

export type Random = () => number;

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

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

const COMPARE = ['=', '!=', '<', '<=', '>', '>='] as const;

type Kind = 'years' | 'days' | 'months' | 'date' | 'year' | 'month' | 'cefr' | 'country';

/** Names of each kind: facts, parameters; then fields of a relative (f) and of a stay (s or item). */
const NAMES: Readonly<Record<Kind, readonly string[]>> = {
  years: ['age', 'ageMin', 'ageMax', 'yearsBetween(now.since, on)'],
  days: ['absence', 'absenceMax', '(passport.expires - on)'],
  months: ['residence', 'residenceMin', 'months', 'monthsBetween(now.since, on)'],
  date: ['passport.expires', 'now.since', 'leftOn', 'on', 'on + margin', 'passport.expires - graceDays'],
  year: ['offer.salaryYear', 'salaryMin', 'perYear(work.incomeMonth)'],
  month: ['work.incomeMonth', 'incomeMin', 'perMonth(offer.salaryYear)', '(savings / months)'],
  cefr: ['level', 'levelMin', 'level'],
  country: ['now.country'],
};
const CODES: Readonly<Record<string, readonly string[]>> = {
  cefr: ['"A1"', '"B1"', '"C2"'],
  country: ['"ru"', '"de"', '"xk"'],
};
const KINDS = Object.keys(NAMES) as Kind[];

type Scope = { readonly relatives: readonly string[]; readonly stays: readonly string[]; readonly item: boolean };
const OUTSIDE: Scope = { relatives: [], stays: [], item: false };

/** The text of a random valid condition, about `depth` levels deep. */
export function randomText(random: Random, depth: number): string {
  return condition(random, depth, OUTSIDE);
}

function condition(random: Random, depth: number, scope: Scope): string {
  const part = (): string => condition(random, depth - 1, scope);
  const closed = (): string => `(${part()})`;
  if (depth <= 0) return atom(random, scope);
  switch (Math.floor(random() * 11)) {
    case 0:
    case 1:
    case 2:
      return joined(random, pick(random, ['and', 'or']), () => (random() < 0.5 ? operand(random, scope) : closed()));
    case 3:
      return `not(${part()})`;
    case 4:
      return `if ${closed()} then ${closed()} else ${closed()}`;
    case 5: {
      const name = `f${scope.relatives.length}`;
      const inner = { ...scope, relatives: [...scope.relatives, name] };
      return `${pick(random, ['some', 'every'])} ${name} in family satisfies ${condition(random, depth - 1, inner)}`;
    }
    case 6:
      if (scope.item) return atom(random, scope);
      return `count(stays[${condition(random, depth - 1, { ...scope, stays: [...scope.stays, 'item'], item: true })}]) ${pick(random, COMPARE)} 1`;
    case 7:
      if (scope.item) return atom(random, scope);
      return `sum(stays[${condition(random, depth - 1, { ...scope, stays: [...scope.stays, 'item'], item: true })}].days) <= absenceMax`;
    default:
      return atom(random, scope);
  }
}

/** An atom that may stand beside `and` without parentheses. */
function operand(random: Random, scope: Scope): string {
  return atom(random, scope);
}

function joined(random: Random, word: string, make: () => string): string {
  return Array.from({ length: 2 + Math.floor(random() * 2) }, make).join(` ${word} `);
}

function atom(random: Random, scope: Scope): string {
  switch (Math.floor(random() * 9)) {
    case 0:
      return pick(random, [
        'work.remote',
        'exposure.wanted',
        'work.remote = yes',
        'exposure.wanted != no',
        ...fields(scope, 'dependent'),
      ]);
    case 1:
      return `${value(random, 'country', scope)} in ${pick(random, ['area.eu', '("ru", "de")', 'person.citizenships', '("xk")'])}`;
    case 2:
      return pick(random, [
        'overlaps(person.citizenships, area.eu)',
        '"ru" in person.citizenships',
        'offer.occupation in shortageOccupations',
        'known(age)',
        'experience >= experienceMin',
        'work.incomeMonth > 0',
        'sum(family.incomeMonth) + work.incomeMonth >= incomeMin',
        'count(stays) < share',
        'sum(stays.days) > absenceMax',
      ]);
    case 3: {
      const kind = pick(
        random,
        KINDS.filter((k) => k !== 'country'),
      );
      const [a, b, c] = [value(random, kind, scope), value(random, kind, scope), value(random, kind, scope)];
      return random() < 0.5 ? `${a} between ${b} and ${c}` : `${a} in [${b}..${c}]`;
    }
    default: {
      const kind = pick(random, KINDS);
      const op = kind === 'country' ? pick(random, ['=', '!='] as const) : pick(random, COMPARE);
      const code = CODES[kind];
      const right = code !== undefined && random() < 0.6 ? pick(random, code) : value(random, kind, scope);
      return `${value(random, kind, scope)} ${op} ${right}`;
    }
  }
}

function value(random: Random, kind: Kind, scope: Scope): string {
  const name = pick(random, [...NAMES[kind], ...fields(scope, kind)]);
  const dice = random();
  if (kind === 'cefr' || kind === 'country' || dice < 0.6) return name;
  if (kind === 'date') return `${pick(random, ['min', 'max'])}(${name}, ${pick(random, NAMES.date)})`;
  if (dice < 0.7) return `${name} ${pick(random, ['+', '-'])} ${pick(random, NAMES[kind])}`;
  if (dice < 0.8)
    return `(${name} + ${pick(random, NAMES[kind])}) ${pick(random, ['*', '/'])} ${pick(random, ['share', 'household', '1'])}`;
  if (dice < 0.9) return `max(${name}, ${pick(random, NAMES[kind])})`;
  return `(if work.remote then ${name} else ${pick(random, NAMES[kind])})`;
}

function fields(scope: Scope, kind: Kind | 'dependent'): readonly string[] {
  const ofRelative = { date: 'born', month: 'incomeMonth', country: 'country', dependent: 'dependent' } as const;
  const ofStay = { date: 'from', days: 'days', country: 'country' } as const;
  const a = ofRelative[kind as keyof typeof ofRelative];
  const b = ofStay[kind as keyof typeof ofStay];
  return [...(a ? scope.relatives.map((v) => `${v}.${a}`) : []), ...(b ? scope.stays.map((v) => `${v}.${b}`) : [])];
}

type Facts = Record<string, Value | undefined>;

/** Facts for the world of world.ts, all of them known. */
export function randomFacts(random: Random): Facts {
  const whole = (n: number): number => Math.floor(random() * n);
  const money = (n: number): Value => ({ amount: whole(n), currency: pick(random, ['EUR', 'EUR', 'USD', 'RUB']) });
  const country = (): string => pick(random, ['ru', 'de', 'fr', 'xk']);
  const countries = (): string[] => Array.from({ length: whole(3) }, country);
  const day = (): number => ON - 2000 + whole(4000);
  return {
    age: whole(80),
    'work.remote': random() < 0.5,
    'exposure.wanted': random() < 0.5,
    'offer.salaryYear': money(90000),
    'offer.occupation': pick(random, ['software-developer', 'nurse', 'journalist']),
    'work.incomeMonth': money(5000),
    savings: money(30000),
    'passport.expires': day(),
    'now.since': day(),
    'now.country': country(),
    level: pick(random, ['A1', 'A2', 'B1', 'B2', 'C1', 'C2']),
    'person.citizenships': countries(),
    residence: whole(100),
    absence: whole(600),
    experience: pick(random, [
      { months: 24, days: 0 },
      { months: 96, days: 0 },
      { months: 0, days: 1096 },
    ]),
    household: whole(4),
    family: Array.from({ length: whole(3) }, () => ({
      relation: pick(random, ['spouse', 'child']),
      born: day(),
      citizenships: countries(),
      incomeMonth: money(3000),
      dependent: random() < 0.5,
      country: country(),
    })),
    stays: Array.from({ length: whole(4) }, () => ({ country: country(), from: day(), to: day(), days: whole(300) })),
  };
}

/** The same facts with some blanked, fields of records included. */
export function blanked(random: Random, facts: Facts, share: number): Facts {
  const out: Facts = {};
  for (const [name, value] of Object.entries(facts)) {
    if (random() < share) continue;
    const isRecords = Array.isArray(value) && value.some((item) => typeof item === 'object');
    out[name] = isRecords ? ((value as Facts[]).map((record) => blanked(random, record, share)) as Value) : value;
  }
  return out;
}
