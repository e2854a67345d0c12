/**
 * Seeded worlds for the benchmark of the search: so many countries and routes over ten years, with the shapes of the real
 * law (stays per entry and in rolling windows, permits of one to five years, permanence after three to six, discretion,
 * fees, dangers, routes that open later), each as the YAML that the reader reads.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDay } from '../src/calendar/civil.ts';
import type { LawBook } from '../src/law/book.ts';
import { renderProblem } from '../src/law/problems.ts';
import { type LawText, readLaw } from '../src/law/read.ts';
import { readPerson } from '../src/person/file.ts';
import { situationOf } from '../src/person/situation.ts';
import type { Situation } from '../src/person/types.ts';

/** One permit in so many opens later than today. */
const OPENS = 60;
const root = join(import.meta.dirname, '..');
const SOURCE = 'sources: {s: {url: "https://example.org/law", publisher: Example, read: 2026-01-01, official: true}}';
const TAIL = `${SOURCE}\nverified: {on: 2026-01-01, against: s, confidence: official}\nexpires: 2040-01-01\ncases: []\n`;

/** Numbers that are the same on every machine. */
function numbers(seed: number): (below: number) => number {
  let a = (seed * 2654435761) >>> 0;
  return (below) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const value = (unit: string, v: string): string =>
  `{unit: ${unit}, ${unit === 'duration' ? '' : 'range: {min: 0, max: 100000}, '}values: {2022-01-01: {value: ${v}, source: s}}}`;

function file(id: string, kind: string, own: string, from = '2022-02-24'): LawText {
  return {
    path: `law/${id}.yaml`,
    text: `id: ${id}\nkind: ${kind}\ntitle: {en: "${id}", ru: "${id}"}\ninForce: {from: ${from}}\nkeyDate: filing\n${own}\n${TAIL}`,
  };
}

/** A permit of a world, as its provision states it. */
export type Permit = {
  readonly id: string;
  /** Whether the person meets its conditions. */
  readonly fits: boolean;
  readonly decision: 'right' | 'discretion';
  /** Days until the answer. */
  readonly takes: number;
  readonly years: number;
  readonly fee: number;
  readonly where: 'in-country' | 'abroad';
  readonly mayStay: boolean;
  readonly renew: boolean;
  /** The first day on which it may be asked for, where that is later than the start. */
  readonly opens: string | undefined;
};

/** A country of a world: what its law says, as plain numbers. For solvers that are told the same in their own words. */
export type Land = {
  readonly code: string;
  /** Days of a visit, from each entry or (`rolling`) in any 365 days. */
  readonly visit: number;
  readonly rolling: boolean;
  readonly danger: boolean;
  readonly permits: readonly Permit[];
  /** Permanence after years without a break under the permits `counts`. */
  readonly home: {
    readonly decision: 'right' | 'discretion';
    readonly takes: number;
    readonly years: number;
    readonly fee: number;
    readonly counts: readonly string[];
  };
};

/** A world: its law as the reader reads it, the person in it, and the same law as plain numbers. */
export type World = { readonly book: LawBook; readonly start: Situation; readonly lands: readonly Land[] };

/**
 * A world of so many countries and routes, and somebody in the first of them. Two of three permits suit the person not.
 * `year`: how long a year is, `calendar` or so many days.
 */
export function world(seed: number, countries: number, routes: number, year: 'calendar' | 360 = 'calendar'): World {
  const n = numbers(seed);
  const one = <T>(...xs: readonly T[]): T => xs[n(xs.length)] as T;
  const texts: LawText[] = [];
  const lands: Land[] = [];
  const codes = Array.from(
    { length: countries },
    (_, i) => `${String.fromCharCode(97 + Math.floor(i / 20))}${'bcdfghjklmnpqstvwxyz'[i % 20]}`,
  );
  const each = Math.max(2, Math.round(routes / countries));
  const inYears = (years: number): string =>
    value('duration', year === 'calendar' ? `P${years}Y` : `P${years * year}D`);
  for (const c of codes) {
    const rolling = n(3) === 0;
    const visit = one(30, 60, 90, 90, 180, 365);
    texts.push(
      file(
        `${c}/visit`,
        'stay',
        `params: {most: ${value('days', String(visit))}${rolling ? `, frame: ${value('days', '365')}` : ''}}
all: [{id: passport, says: {en: p, ru: p}, when: 'passport.expires >= on', source: s}]
counting: [{kind: ${rolling ? 'rolling, limit: most, window: frame' : 'perEntry, limit: most, gapDays: 0'}, edges: both, source: s}]`,
      ),
    );
    const danger = n(4) === 0;
    if (danger)
      texts.push(
        file(
          `${c}/pressure`,
          'danger',
          `concerns: presence\nsays: {en: d, ru: d}\nall: [{id: r, says: {en: r, ru: r}, when: 'passport.country = "ru"', source: s}]`,
        ),
      );
    const permits: Permit[] = [];
    for (let i = 0; i < each - 1; i++) {
      const p: Permit = {
        id: `${c}/permit-${i}`,
        decision: one('right', 'discretion', 'discretion'),
        takes: one(30, 60, 90, 120),
        years: one(1, 1, 2, 3, 5),
        fee: n(40) * 10,
        fits: n(3) === 0,
        where: one('in-country', 'in-country', 'abroad'),
        mayStay: one(true, true, false),
        renew: n(5) > 0,
        opens: n(OPENS) === 0 ? `202${7 + n(2)}-0${1 + n(9)}-01` : undefined,
      };
      permits.push(p);
      texts.push(
        file(
          p.id,
          'route',
          `decision: ${p.decision}
params: {takes: ${value('duration', `P${p.takes}D`)}, lasts: ${inYears(p.years)}, fee: ${value('EUR/once', String(p.fee))}}
monthEnd: {clamp: s}
all: [{id: r, says: {en: r, ru: r}, when: '${p.fits ? 'person.sex in ("female", "male", "other")' : 'person.sex = "male"'}', source: s}]
file: {where: [${p.where}], from: [any], source: s}
processing: {longest: takes, source: s}
fee: {param: fee, source: s}
pending: {mayStay: ${p.mayStay ? 'yes' : 'no'}, says: {en: p, ru: p}, source: s}
grants: {status: ${p.id}, valid: lasts, source: s}
status: {stands: permit, renew: ${p.renew ? `{by: ${p.id}, source: s}` : 'no'}, leadsTo: [${c}/home]}`,
          p.opens ?? '2022-02-24',
        ),
      );
    }
    const chosen = permits.filter(() => n(3) > 0);
    const home = {
      decision: one('right', 'discretion') as 'right' | 'discretion',
      takes: one(60, 90, 180),
      years: one(3, 4, 5, 5, 6),
      fee: n(40) * 10,
      counts: (chosen.length ? chosen : permits.slice(0, 1)).map((p) => p.id),
    };
    lands.push({ code: c, visit, rolling, danger, permits, home });
    texts.push(
      file(
        `${c}/home`,
        'route',
        `decision: ${home.decision}
params: {takes: ${value('duration', `P${home.takes}D`)}, years: ${inYears(home.years)}, fee: ${value('EUR/once', String(home.fee))}}
monthEnd: {clamp: s}
all: [{id: residence, says: {en: r, ru: r}, clock: ${c}/clock, atLeast: years, source: s}]
file: {where: [in-country], from: [any], source: s}
processing: {longest: takes, source: s}
fee: {param: fee, source: s}
pending: {mayStay: yes, says: {en: p, ru: p}, source: s}
grants: {status: ${c}/home, source: s}
status: {stands: permanent}`,
      ),
      file(
        `${c}/clock`,
        'clock',
        `counts: [${home.counts.map((id) => `{status: ${id}, source: s}`).join(', ')}]\nunbroken: yes`,
      ),
    );
  }
  const { book, problems } = readLaw([
    { path: 'law/facts.yaml', text: readFileSync(join(root, 'law', 'facts.yaml'), 'utf8') },
    { path: 'law/areas.yaml', text: `${SOURCE}\nareas: {}\n` },
    { path: 'law/rates.yaml', text: `${SOURCE}\nperEuro: {USD: {2025-01-01: {value: 1.1, source: s}}}\n` },
    ...texts,
  ]);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new Error(errors.slice(0, 3).map(renderProblem).join('\n'));
  const first = codes[0] as string;
  const { person } = readPerson(
    'person.yaml',
    `person: {born: 1990-01-01, sex: female, citizenships: [ru]}
documents: [{kind: passport, country: ru, issued: 2020-01-01, expires: 2045-01-01}]
now: {country: ${first}, since: 2026-01-01, status: ${first}/visit}
stays: []
statuses: []
savings: 100000 EUR
`,
    book.schema,
  );
  if (!person) throw new Error('the person of the benchmark does not read');
  return { book, start: situationOf(person, parseDay('2026-01-01') as number), lands };
}
