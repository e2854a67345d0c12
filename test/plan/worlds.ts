/**
 * Small invented laws for the tests of plans, as the YAML that people write, and persons to whom they apply. The facts
 * are those of the real law; the countries xa … xe exist nowhere.
 */
import { readFileSync } from 'node:fs';
import { parseDay } from '../../src/calendar/civil.ts';
import type { LawBook } from '../../src/law/book.ts';
import { renderProblem } from '../../src/law/problems.ts';
import { type LawText, readLaw } from '../../src/law/read.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';

const FACTS = readFileSync(new URL('../../law/facts.yaml', import.meta.url), 'utf8');

const AREAS = `
sources: {s: {url: "https://example.org/areas", publisher: Example, read: 2026-01-01, official: true}}
areas: {}
`;

const RATES = `
sources: {s: {url: "https://example.org/rates", publisher: Example, read: 2026-01-01, official: true}}
perEuro:
  USD:
    2025-01-01: {value: 1.25, source: s}
    2026-07-01: {value: 1.6, source: s}
`;

/** What every provision needs and no test looks at. */
const COMMON = `
sources: {s: {url: "https://example.org/law", publisher: Example, read: 2026-01-01, official: true}}
verified: {on: 2026-01-01, against: s, confidence: official}
expires: 2040-01-01
cases: []
`;

/** A provision from its own lines; id, title, validity and sources are added. */
export function provision(
  id: string,
  kind: string,
  own: string,
  inForce = '{from: 2022-02-24, earlier: true}',
): LawText {
  const text = `id: ${id}\nkind: ${kind}\ntitle: {en: "${id}", ru: "${id}"}\ninForce: ${inForce}\nkeyDate: filing\n${own.trim()}\n${COMMON}`;
  return { path: `law/${id}.yaml`, text };
}

/** A clause that holds under a condition. */
export const clause = (id: string, when: string): string =>
  `{id: ${id}, says: {en: ${id}, ru: ${id}}, when: '${when}', source: s}`;

/** A visit of so many days after each entry. */
export function visit(country: string, days: number, more = ''): LawText {
  return provision(
    `${country}/visa-free`,
    'stay',
    `
params: {stayMax: {unit: days, range: {min: 1, max: 400}, values: {2022-01-01: {value: ${days}, source: s}}}}
all: [${clause('passport', 'passport.country = "ru"')}]
counting: [{kind: perEntry, limit: stayMax, edges: both, gapDays: 0, source: s}]
${more}`,
  );
}

/** The law of a world; throws with the problems where the YAML of a test is wrong. */
export function law(texts: readonly LawText[]): LawBook {
  const { book, problems } = readLaw([
    { path: 'law/facts.yaml', text: FACTS },
    { path: 'law/areas.yaml', text: AREAS },
    { path: 'law/rates.yaml', text: RATES },
    ...texts,
  ]);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new Error(errors.map(renderProblem).join('\n'));
  return book;
}

/** The situation of a person file on a day. */
export function person(book: LawBook, on: string, text: string): Situation {
  const { person, problems } = readPerson('person.yaml', text, book.schema);
  if (!person) throw new Error(problems.map(renderProblem).join('\n'));
  return situationOf(person, day(on));
}

/** The number of a day written `YYYY-MM-DD`. */
export function day(text: string): number {
  const d = parseDay(text);
  if (d === undefined) throw new Error(`${text} is no day`);
  return d;
}
