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

/** A world of so many countries and routes, and somebody in the first of them. Two of three permits suit the person not. */
export function world(seed: number, countries: number, routes: number): { book: LawBook; start: Situation } {
  const n = numbers(seed);
  const one = <T>(...xs: readonly T[]): T => xs[n(xs.length)] as T;
  const texts: LawText[] = [];
  const codes = Array.from(
    { length: countries },
    (_, i) => `${String.fromCharCode(97 + Math.floor(i / 20))}${'bcdfghjklmnpqstvwxyz'[i % 20]}`,
  );
  const each = Math.max(2, Math.round(routes / countries));
  for (const c of codes) {
    const rolling = n(3) === 0;
    texts.push(
      file(
        `${c}/visit`,
        'stay',
        `params: {most: ${value('days', String(one(30, 60, 90, 90, 180, 365)))}${rolling ? `, frame: ${value('days', '365')}` : ''}}
all: [{id: passport, says: {en: p, ru: p}, when: 'passport.expires >= on', source: s}]
counting: [{kind: ${rolling ? 'rolling, limit: most, window: frame' : 'perEntry, limit: most, gapDays: 0'}, edges: both, source: s}]`,
      ),
    );
    if (n(4) === 0)
      texts.push(
        file(
          `${c}/pressure`,
          'danger',
          `concerns: presence\nsays: {en: d, ru: d}\nall: [{id: r, says: {en: r, ru: r}, when: 'passport.country = "ru"', source: s}]`,
        ),
      );
    for (let i = 0; i < each - 1; i++) {
      const id = `${c}/permit-${i}`;
      texts.push(
        file(
          id,
          'route',
          `decision: ${one('right', 'discretion', 'discretion')}
params: {takes: ${value('duration', `P${one(30, 60, 90, 120)}D`)}, lasts: ${value('duration', `P${one(1, 1, 2, 3, 5)}Y`)}, fee: ${value('EUR/once', String(n(40) * 10))}}
monthEnd: {clamp: s}
all: [{id: r, says: {en: r, ru: r}, when: '${n(3) === 0 ? 'person.sex in ("female", "male", "other")' : 'person.sex = "male"'}', source: s}]
file: {where: [${one('in-country', 'in-country', 'abroad')}], from: [any], source: s}
processing: {longest: takes, source: s}
fee: {param: fee, source: s}
pending: {mayStay: ${one('yes', 'yes', 'no')}, says: {en: p, ru: p}, source: s}
grants: {status: ${id}, valid: lasts, source: s}
status: {stands: permit, renew: ${n(5) ? `{by: ${id}, source: s}` : 'no'}, leadsTo: [${c}/home]}`,
          n(OPENS) === 0 ? `202${7 + n(2)}-0${1 + n(9)}-01` : '2022-02-24',
        ),
      );
    }
    const counted = Array.from({ length: each - 1 }, (_, i) => i).filter(() => n(3) > 0);
    texts.push(
      file(
        `${c}/home`,
        'route',
        `decision: ${one('right', 'discretion')}
params: {takes: ${value('duration', `P${one(60, 90, 180)}D`)}, years: ${value('duration', `P${one(3, 4, 5, 5, 6)}Y`)}, fee: ${value('EUR/once', String(n(40) * 10))}}
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
        `counts: [${(counted.length ? counted : [0]).map((i) => `{status: ${c}/permit-${i}, source: s}`).join(', ')}]\nunbroken: yes`,
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
  return { book, start: situationOf(person, parseDay('2026-01-01') as number) };
}
