/**
 * `npm run spread`: writes people/spread/, invented persons spread over subgroups and hosts. With those of people/ they are two hundred:
 * what a change of the law does is told by what it does to them. The same files every time; `--check` compares instead of writing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'people', 'spread');
const byHand = readdirSync(join(root, 'people')).filter((f) => f.endsWith('.yaml')).length;
const WANTED = 200 - byHand;

type Group = {
  readonly occupation: string;
  readonly experience: readonly [number, number];
  readonly income: readonly [number, number];
  readonly exposure: string;
  readonly more?: string;
  readonly age?: readonly [number, number];
  readonly sex?: 'male' | 'female';
};
const CALM = 'fearOfReturn: unknown, criminalCaseInRussia: no, wanted: no, deserter: no';

const GROUPS: Readonly<Record<string, Group>> = {
  engineer: {
    occupation: 'software-developer',
    experience: [24, 180],
    income: [1800, 6500],
    exposure: `${CALM}, journalist: no, activist: no`,
    more: 'remote',
  },
  journalist: {
    occupation: 'journalist',
    experience: [36, 240],
    income: [700, 2500],
    exposure:
      'fearOfReturn: yes, criminalCaseInRussia: unknown, wanted: unknown, deserter: no, journalist: yes, activist: no, foreignAgent: yes',
  },
  activist: {
    occupation: 'activist',
    experience: [12, 90],
    income: [0, 900],
    exposure: 'fearOfReturn: yes, criminalCaseInRussia: yes, wanted: yes, deserter: no, journalist: no, activist: yes',
  },
  culture: {
    occupation: 'artist',
    experience: [36, 300],
    income: [400, 3200],
    exposure:
      'fearOfReturn: yes, criminalCaseInRussia: no, wanted: no, deserter: no, journalist: no, activist: unknown, culturalWorker: yes',
  },
  scientist: {
    occupation: 'scientist',
    experience: [24, 240],
    income: [600, 2400],
    exposure: `${CALM}, journalist: no, activist: unknown`,
    more: 'doctorate',
  },
  teacher: {
    occupation: 'teacher',
    experience: [24, 300],
    income: [300, 1400],
    exposure: `${CALM}, journalist: no, activist: no`,
  },
  doctor: {
    occupation: 'doctor',
    experience: [24, 300],
    income: [300, 1800],
    exposure: `${CALM}, journalist: no, activist: no`,
  },
  entrepreneur: {
    occupation: 'entrepreneur',
    experience: [60, 300],
    income: [2000, 9000],
    exposure: `${CALM}, journalist: no, activist: no`,
    more: 'company',
  },
  student: {
    occupation: 'student',
    experience: [0, 12],
    income: [0, 500],
    exposure: `${CALM}, journalist: no, activist: unknown`,
    more: 'study',
    age: [18, 27],
  },
  'draft-refuser': {
    occupation: 'electrician',
    experience: [6, 120],
    income: [0, 1200],
    exposure:
      'fearOfReturn: yes, criminalCaseInRussia: unknown, wanted: unknown, militaryLiable: yes, summoned: yes, deserter: no, servedInWar: no, journalist: no, activist: no',
    more: 'internal',
    age: [19, 45],
    sex: 'male',
  },
  deserter: {
    occupation: 'driver',
    experience: [12, 200],
    income: [0, 600],
    exposure:
      'fearOfReturn: yes, criminalCaseInRussia: yes, wanted: yes, militaryLiable: yes, summoned: yes, deserter: yes, servedInWar: yes, journalist: no, activist: no',
    more: 'internal',
    age: [20, 50],
    sex: 'male',
  },
  family: {
    occupation: 'accountant',
    experience: [36, 240],
    income: [900, 4000],
    exposure: `${CALM}, journalist: no, activist: no`,
    more: 'children',
    age: [28, 48],
  },
  elder: {
    occupation: 'pensioner',
    experience: [200, 480],
    income: [0, 0],
    exposure: `${CALM}, journalist: no, activist: no, militaryLiable: no`,
    more: 'pension',
    age: [60, 82],
  },
  ancestry: {
    occupation: 'translator',
    experience: [24, 200],
    income: [600, 2600],
    exposure: `${CALM}, journalist: no, activist: no`,
    more: 'ancestry',
  },
};

/** Where they are, since at the most so many days, and under what. */
const HOSTS: readonly (readonly [country: string, days: number, status: string])[] = [
  ['ge', 300, 'ge/visa-free'],
  ['am', 150, 'am/visa-free'],
  ['kz', 80, 'kz/visa-free'],
  ['rs', 25, 'rs/visa-free'],
  ['tr', 50, 'tr/visa-free'],
  ['me', 25, 'me/visa-free'],
  ['ae', 80, 'ae/visa-free'],
  ['il', 80, 'il/visa-free'],
  ['de', 600, 'de/asylum-applicant'],
  ['fr', 400, 'fr/visitor'],
  ['ru', 0, ''],
];

/** mulberry32, from the place in the row alone. */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const EPOCH = Date.UTC(2026, 10, 1) / 86_400_000;
const iso = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

function person(n: number): { name: string; text: string } {
  const random = generator(n + 1);
  const within = (min: number, max: number) => min + Math.floor(random() * (max - min + 1));
  const maybe = (chance: number) => random() < chance;
  const groups = Object.keys(GROUPS);
  const key = groups[n % groups.length] as string;
  const g = GROUPS[key] as Group;
  const [country, most, status] = HOSTS[Math.floor(n / groups.length) % HOSTS.length] as (typeof HOSTS)[number];
  const age = within(...(g.age ?? [22, 58]));
  const sex = g.sex ?? (maybe(0.5) ? 'male' : 'female');
  const married = g.more === 'children' || maybe(0.35);
  const chip = maybe(0.55);
  const left = within(30, chip ? 3200 : 1500);
  const born = iso(EPOCH - Math.floor(age * 365.25) - within(0, 360));
  const since = iso(EPOCH - within(1, Math.max(1, most)));
  const lines: string[] = [
    `# Invented: one of the two hundred over whom a change of the law is told. Subgroup: ${key}.`,
    `name: ${key} ${n}`,
  ];
  lines.push(`person: {born: ${born}, sex: ${sex}, citizenships: [ru], married: ${married ? 'yes' : 'no'}}`);
  const internal = `{kind: internal-passport, country: ru}`;
  lines.push(
    g.more === 'internal' && maybe(0.7)
      ? `documents: [${internal}]`
      : `documents: [{kind: passport, country: ru, biometric: ${chip ? 'yes' : 'no'}, issued: ${iso(EPOCH + left - (chip ? 3652 : 1826))}, expires: ${iso(EPOCH + left)}, issuedInOccupiedTerritory: no}, ${internal}]`,
  );
  if (/criminalCaseInRussia: yes/.test(g.exposure)) lines.push('canRenewAtConsulate: no');
  lines.push(
    country === 'ru' ? 'now: {country: ru}' : `now: {country: ${country}, since: ${since}, status: ${status}}`,
    'stays: []',
  );
  // A visa-free stay is no permit: nothing else is held.
  lines.push(
    /visa-free|^$/.test(status)
      ? 'statuses: []'
      : `statuses: [{status: ${status}, country: ${country}, from: ${since}, to: ${iso(EPOCH + within(60, 500))}}]`,
  );
  const remote = g.more === 'remote' ? 'yes' : maybe(0.3) ? 'yes' : 'no';
  const employer = remote === 'yes' && maybe(0.4) ? ', employer: ru' : '';
  const passive = g.more === 'pension' ? `, passiveIncomeMonth: ${within(150, 400)} EUR` : '';
  lines.push(
    `work: {occupation: ${g.occupation}, experience: ${within(...g.experience)}, remote: ${remote}${employer}, selfEmployed: ${maybe(0.3) ? 'yes' : 'no'}, incomeMonth: ${within(...g.income)} EUR${passive}}`,
  );
  const offerIn = ['de', 'fr', 'es', 'rs', 'il'][within(0, 4)] as string;
  const offer =
    key === 'scientist'
      ? 'contract: research, employerKind: university'
      : 'contract: employment, employerKind: company';
  lines.push(
    ['engineer', 'scientist', 'doctor', 'teacher', 'journalist'].includes(key) && maybe(0.45)
      ? `offers: [{country: ${offerIn}, occupation: ${g.occupation}, salaryYear: ${within(18, 75) * 1000} EUR, hoursWeek: 40, ${offer}, matchesDegree: yes}]`
      : 'offers: []',
  );
  if (g.more === 'company')
    lines.push(
      `companies: [{country: ${country}, founded: ${iso(EPOCH - within(200, 1400))}, employees: ${within(0, 9)}, share: 100, turnoverYear: ${within(10, 400) * 1000} EUR}]`,
    );
  const level =
    g.more === 'doctorate' ? 'doctorate' : g.more === 'internal' ? 'vocational' : maybe(0.5) ? 'bachelor' : 'master';
  lines.push(
    `education: [{level: ${level}, country: ru, field: ${g.occupation}${maybe(0.3) ? ', recognisedIn: [de]' : ''}}]`,
  );
  if (g.more === 'study')
    lines.push(
      `studyPlaces: [{country: ${['de', 'fr', 'am', 'ge'][within(0, 3)]}, level: master, fullTime: yes, starts: 2027-09-01, months: 24}]`,
    );
  const levels = ['none', 'A1', 'A2', 'B1', 'B2', 'C1'];
  lines.push(
    `languages: {en: ${levels[within(0, 5)]}, de: ${levels[within(0, 3)]}, fr: ${levels[within(0, 2)]}}`,
    `savings: ${within(0, 40) * 500} EUR`,
  );
  const spouse = `{relation: spouse, citizenships: [ru], country: ${country}, together: yes, married: ${iso(EPOCH - within(200, 4000))}}`;
  const child = (years: number) =>
    `{relation: child, born: ${iso(EPOCH - years * 365 - within(1, 300))}, citizenships: [ru], country: ${country}, together: yes, dependent: yes}`;
  lines.push(
    `family: [${[...(married ? [spouse] : []), ...(g.more === 'children' ? [child(within(1, 8)), child(within(9, 17))] : [])].join(', ')}]`,
    'claims: []',
  );
  lines.push(
    `ancestry: {jewish: ${g.more === 'ancestry' && maybe(0.5) ? 'yes' : 'no'}, german: ${g.more === 'ancestry' && maybe(0.4) ? 'yes' : 'no'}, armenian: ${g.more === 'ancestry' && maybe(0.3) ? 'yes' : 'no'}}`,
  );
  lines.push(
    `exposure: {${g.exposure}${/militaryLiable/.test(g.exposure) ? '' : `, militaryLiable: ${sex === 'male' && age < 55 ? 'yes' : 'no'}`}}`,
  );
  return { name: `${String(n).padStart(3, '0')}-${country}-${key}.yaml`, text: `${lines.join('\n')}\n` };
}

const made = Array.from({ length: WANTED }, (_, n) => person(n));
if (process.argv.includes('--check')) {
  const there = existsSync(folder) ? readdirSync(folder).sort() : [];
  const differ = made.filter((m) => !there.includes(m.name) || readFileSync(join(folder, m.name), 'utf8') !== m.text);
  if (differ.length || there.length !== made.length) {
    process.stderr.write(
      `people/spread is not what scripts/spread.ts makes (${differ[0]?.name ?? 'too many files'}). To mend: npm run spread\n`,
    );
    process.exitCode = 1;
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const m of made) writeFileSync(join(folder, m.name), m.text);
}
