/**
 * Cut-outs of the real law: an example person, the country where they are, one or two more, a route that grants what lasts and can be
 * answered soon, and a few other routes of these countries, with every stay rule, restriction, rule on papers, danger and clock there
 * is. Small and short enough to try every move on every day.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDay } from '../../src/calendar/civil.ts';
import { type LawBook, membersOf, ofKind, statusTerms } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';
import { startOf } from '../../src/moves/claims.ts';
import { processingDays } from '../../src/moves/moves.ts';
import { neverOpen } from '../../src/moves/never.ts';
import { readPerson } from '../../src/person/file.ts';
import { beginningPlan } from '../../src/person/learning.ts';
import type { Situation } from '../../src/person/types.ts';
import { needsOf } from '../../src/plan/needs.ts';
import { numbers } from './random-worlds.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ON = parseDay('2026-11-23') as number;
const DRAW = { processing: 'longest', granted: true } as const;
/** Answers that come within so many days. */
const SOON = 35;

export type CutOut = {
  readonly book: LawBook;
  readonly start: Situation;
  readonly limits: {
    readonly horizon: number;
    readonly moves: number;
    readonly hops: number;
    readonly pending: number;
  };
  readonly says: string;
};

const people = globSync('people/*.yaml', { cwd: ROOT }).sort();

function someone(book: LawBook, file: string): Situation {
  const members = (name: string) => ({ file: name, text: readFileSync(join(ROOT, 'people', name), 'utf8') });
  const { person } = readPerson(file, readFileSync(join(ROOT, file), 'utf8'), book.schema, members);
  if (!person) throw new Error(`${file} does not read`);
  return beginningPlan(startOf(book, person, ON));
}

const lasting = (book: LawBook, r: Provision): boolean =>
  ['permanent', 'citizenship'].includes(statusTerms(book, r.grants?.status ?? '')?.terms.stands ?? '');

/** The cut-out of a number; `undefined` where the person has no such route, and the next number is to be taken. */
export function cutOut(law: LawBook, seed: number): CutOut | undefined {
  const n = numbers(seed);
  const pick = <T>(xs: readonly T[]): T => xs[n(xs.length)] as T;
  const file = pick(people);
  const start = someone(law, file);
  if (start.place === undefined || start.pending.length > 0) return undefined;
  const takes = (r: Provision): number => processingDays(r, ON, DRAW).days;
  const open = (r: Provision): boolean => takes(r) <= SOON && !neverOpen(law, r, start, ON, ON + 2 * SOON);
  const routes = ofKind(law, 'route').filter(open);
  const goals = routes.filter((r) => {
    const needs = lasting(law, r) ? needsOf(law, r, start, [ON], 4) : 'never';
    return needs !== 'never' && needs.length === 0;
  });
  if (goals.length === 0) return undefined;
  const goal = pick(goals);
  const places = new Set([start.place, pick(membersOf(law, goal.jurisdiction, ON) ?? [])]);
  if (n(2) === 0) places.add(pick(['am', 'ge', 'tr', 'kz', 'rs', 'me']));
  const beside = routes.filter((r) => r !== goal && places.has(r.jurisdiction));
  const chosen = new Set([goal, ...Array.from({ length: Math.min(3, beside.length) }, () => pick(beside))]);
  const reaches = (p: Provision): boolean =>
    [p.jurisdiction, ...(p.countries ?? membersOf(law, p.jurisdiction, ON) ?? [])].some((c) => places.has(c));
  const kept = [...law.provisions].filter(([, p]) =>
    // A route that is not asked for stays as the status that it grants, for who holds it.
    p.kind === 'route' ? chosen.has(p) : p.kind === 'stay' ? reaches(p) : true,
  );
  const book: LawBook = { ...law, provisions: new Map(kept) };
  return {
    book,
    start,
    limits: { horizon: ON + takes(goal) + 3 + n(3), moves: 2 + n(2), hops: 1, pending: 1 },
    says: `${file}: ${[...chosen].map((r) => r.id).join(', ')} in ${[...places].join(', ')}`,
  };
}
