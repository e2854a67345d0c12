/** A small invented law for tests: the real facts, and provisions given as text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LawReading, type LawText, readLaw } from '../../src/law/read.ts';

const root = join(import.meta.dirname, '..', '..');
const FACTS: LawText = { path: 'law/facts.yaml', text: readFileSync(join(root, 'law', 'facts.yaml'), 'utf8') };
const AREAS: LawText = {
  path: 'law/areas.yaml',
  text: `areas:
  union: {title: {en: Union, ru: Союз}, members: [{country: xa, from: 2000-01-01, source: s}, {country: xb, from: 2020-06-01, source: s}]}
sources: {s: {url: "https://example.invalid/", publisher: Nobody, read: 2026-01-01, official: true}}
`,
};
const RATES: LawText = {
  path: 'law/rates.yaml',
  text: `perEuro:
  USD: {2026-01-01: {value: 1.25, source: s}}
sources: {s: {url: "https://example.invalid/", publisher: Nobody, read: 2026-01-01, official: true}}
`,
};

/** What every invented provision needs and no test cares about. */
export const TAIL = `
sources: {s: {url: "https://example.invalid/", publisher: Nobody, date: 2026-01-01, read: 2026-01-01, official: true}}
verified: {on: 2026-01-01, against: s, confidence: official}
expires: 2030-01-01
`;

/** A law of the given files (`xa/work` → text), beside the real facts and an invented area and rate. */
export function smallLaw(files: Readonly<Record<string, string>>): LawReading {
  return readLaw([
    FACTS,
    AREAS,
    RATES,
    ...Object.entries(files).map(([path, text]) => ({ path: `law/${path}.yaml`, text })),
  ]);
}

/** The same, without problems: throws if there are any. */
export function soundLaw(files: Readonly<Record<string, string>>): LawReading['book'] {
  const { book, problems } = smallLaw(files);
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new Error(errors.map((e) => `${e.file}:${e.line} ${e.found} / ${e.expected}`).join('\n'));
  return book;
}

/** A route that asks for a salary, with one dated value more than the first. */
export const WORK_ROUTE = `id: xa/work
kind: route
title: {en: Work permit, ru: Разрешение на работу}
inForce: {from: 2024-01-01}
keyDate: filing
decision: right
params:
  salaryMin:
    unit: EUR/year
    range: {min: 10000, max: 90000}
    values:
      2024-01-01: {value: 40000, source: s}
      2026-01-01: {value: 42000, source: s}
  validFor:
    unit: duration
    values: {2024-01-01: {value: P2Y, source: s}}
all:
  - {id: offer, says: {en: A job offer, ru: Предложение работы}, when: offer.exists, source: s}
  - {id: salary, says: {en: "At least {salaryMin} a year", ru: "Не меньше {salaryMin} в год"}, when: offer.salaryYear >= salaryMin, source: s}
file: {where: [in-country], from: [any], source: s}
grants: {status: xa/work, valid: validFor, source: s}
status: {stands: permit, leadsNowhere: {says: {en: Nowhere, ru: Никуда}, source: s}}
cases:
  - {name: enough, on: 2025-01-01, given: {offer.exists: yes, offer.salaryYear: 40000 EUR}, expect: yes}
${TAIL}`;
