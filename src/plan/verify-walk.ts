/**
 * The verifier's own walk through a plan: one step at a time, each asked of `moves` again, each day of presence between
 * two steps asked of `lawfulUntil` again. It shares no code with the search, so that a mistake there does not hide here.
 */
import { formatDay, LAST_DAY } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { dangersIn } from '../moves/dangers.ts';
import { entryEligibility, routeEligibility } from '../moves/eligible.ts';
import { holdingsIn, type Lawful, lawfulUntil, stayRulesFor } from '../moves/lawful.ts';
import { apply, type MoveOptions, moves } from '../moves/moves.ts';
import type { Assumption, Doubt, Draw, Move } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Step } from './types.ts';

/** Where a replay has come to. */
export type Walk = {
  readonly situation: Situation;
  /** Last day on which presence where the person is was shown to be lawful by an earlier look; may lie before `on`. */
  readonly covered: Day;
  /** Out of status (or of unknown status) since the start, without a lawful day in between. */
  readonly astray: boolean;
  /** Days on which presence was not lawful, or not known to be; the last step's day excluded. */
  readonly unlawfulDays: number;
  /** Whether a danger of the country concerned the person, or may have, on the day of entering it (or of the start). */
  readonly endangered: boolean;
  readonly dangerDays: number;
  /** Days on which an answer was waited for that is not a right, each day once. */
  readonly discretionDays: number;
};

/** What a plan says openly: for the move itself, and for the waiting before it. */
export type Said = { readonly assumes: readonly Assumption[]; readonly doubts: readonly Doubt[] };

export type Taken =
  | { readonly ok: true; readonly walk: Walk; readonly move: Move }
  | { readonly ok: false; readonly reason: string };

/** The walk before its first step. */
export function begin(book: LawBook, start: Situation): Walk {
  return {
    situation: start,
    covered: start.on - 1,
    astray: lawfulThrough(book, start).through < start.on,
    unlawfulDays: 0,
    endangered: concerned(book, start),
    dangerDays: 0,
    discretionDays: 0,
  };
}

/**
 * The last day of lawful presence without a break from `s.on`; the day before `s.on` where it is not lawful, or not known
 * to be; infinite where it has no end. A status held with an unknown end makes its first day lawful, and no more.
 */
export function lawfulThrough(book: LawBook, s: Situation): { readonly through: number; readonly lawful: Lawful } {
  const lawful = lawfulUntil(book, s);
  const today = s.place !== undefined && holdingsIn(book, s, s.place, s.on).length > 0 ? s.on : s.on - 1;
  const end = lawful.until ?? (lawful.known ? Number.POSITIVE_INFINITY : today);
  return { through: Math.max(end, today), lawful };
}

function concerned(book: LawBook, s: Situation): boolean {
  return s.place !== undefined && dangersIn(book, s, s.place, s.on, ['presence']).length > 0;
}

/** Whether crossing into the country counts as a day in danger by itself, however short the stay. */
function dangerousEntry(book: LawBook, s: Situation): boolean {
  return s.place !== undefined && dangersIn(book, s, s.place, s.on, ['presence', 'entry']).length > 0;
}

/** A day as people write it, or the number itself where it is no day of the calendar. */
export function dayInWords(day: number): string {
  return Number.isInteger(day) && Math.abs(day) <= LAST_DAY ? formatDay(day) : `day ${day}`;
}

/** A step in words: `file xb/work in xb on 2026-03-01`. */
export function stepInWords(step: Step): string {
  const day = dayInWords(step.day);
  switch (step.kind) {
    case 'enter':
      return `enter ${step.country} under ${step.under} on ${day}`;
    case 'file':
      return `file ${step.route} in ${step.place} on ${day}`;
    case 'await':
      return `the answer to ${step.route} on ${day}`;
  }
}

const matches = (move: Move, step: Step): boolean => {
  switch (step.kind) {
    case 'enter':
      return move.kind === 'enter' && move.country === step.country && move.under === step.under;
    case 'file':
      return move.kind === 'file' && move.route === step.route && move.place === step.place;
    case 'await':
      return move.kind === 'await' && move.route === step.route;
  }
};

/** The lawful moves of a situation that are the step's, whatever their days, looking ahead to `horizon`. */
function movesLike(book: LawBook, s: Situation, step: Step, horizon: Day | undefined): Move[] {
  const options: MoveOptions = {
    countries: new Set(step.kind === 'enter' ? [step.country] : []),
    routes: new Set(step.kind === 'file' ? [step.route] : []),
    ...(horizon === undefined ? {} : { horizon }),
  };
  return moves(book, s, options).filter((m) => matches(m, step));
}

const within = (m: Move, day: Day): boolean => m.earliest <= day && day <= m.latest;

/**
 * Takes one step, or says why it cannot be taken. `said` is what the plan states for the move, `before` what it states up
 * to this step: waiting may rest on answers, too.
 */
export function take(book: LawBook, walk: Walk, step: Step, said: Said, before: Said, draw: Draw): Taken {
  const no = (reason: string): Taken => ({ ok: false, reason });
  const s = walk.situation;
  const words = stepInWords(step);
  if (!Number.isInteger(step.day) || step.day > LAST_DAY) {
    return no(`${words}: found ${step.day} as the day; expected a whole day up to ${formatDay(LAST_DAY)}.`);
  }
  if (step.day < s.on) {
    return no(`${words}: found a day before the step that comes first; expected ${formatDay(s.on)} or later.`);
  }
  if (step.kind === 'file' && s.refused.some((r) => r.route === step.route)) {
    return no(`${words}: found the same application again after a refusal; expected another way.`);
  }
  const open = movesLike(book, s, step, step.day).filter((m) => within(m, step.day));
  // Seen from an earlier day something may look closed that opens by staying: what one holds now, and cannot ask for again yet.
  const waits = step.kind === 'file' && Math.max(walk.covered, lawfulThrough(book, s).through) >= step.day;
  if (open.length === 0 && !waits) return no(closed(book, s, step));
  // What was seen ahead from an earlier day must still be lawful on the day itself: laws, papers and counts move on.
  const there = step.kind === 'await' || step.day === s.on ? open : onTheDay(book, s, step);
  if (there.length === 0) {
    if (open.length === 0) return no(closed(book, s, step));
    return no(
      `${words}: open when seen from ${formatDay(s.on)}, but closed on the day itself${why(book, { ...s, on: step.day }, step)}; expected a step that is lawful on its own day.`,
    );
  }
  const judged = there.map((move) => ({ move, unsaid: unsaidBy(move, said) }));
  const fit = judged.find((j) => j.unsaid === undefined);
  if (!fit) return no(`${words}: ${judged[0]?.unsaid}`);
  const waited = wait(book, walk, step, before);
  if (!waited.ok) return no(`${words}: ${waited.reason}`);
  const after = apply(book, s, fit.move, step.day, draw);
  const next = arrive(book, walk, waited, after, step);
  return typeof next === 'string' ? no(`${words}: ${next}`) : { ok: true, walk: next, move: fit.move };
}

const onTheDay = (book: LawBook, s: Situation, step: Step): Move[] =>
  movesLike(book, { ...s, on: step.day }, step, step.day).filter((m) => within(m, step.day));

type Waited =
  | { readonly ok: true; readonly reach: number; readonly unlawfulDays: number }
  | { readonly ok: false; readonly reason: string };

/** Whether every day from the situation's to the step's is lawful where the person is. */
function wait(book: LawBook, walk: Walk, step: Step, before: Said): Waited {
  const s = walk.situation;
  const { through, lawful } = lawfulThrough(book, s);
  const reach = Math.max(walk.covered, through);
  // Who leaves or files is there on that day; on the day of an answer the answer itself may make it lawful (`arrive`).
  const need = step.kind === 'await' ? step.day - 1 : step.day;
  if (reach < need) {
    if (walk.astray) return { ok: true, reach, unlawfulDays: Math.max(0, step.day - Math.max(s.on, reach + 1)) };
    return { ok: false, reason: `${tooLong(s, reach)}; expected the next step by then.` };
  }
  if (need > s.on && need > walk.covered) {
    const unsaid = unsaidWaiting(lawful, before);
    if (unsaid) return { ok: false, reason: unsaid };
  }
  return { ok: true, reach, unlawfulDays: 0 };
}

const tooLong = (s: Situation, reach: number): string =>
  reach < s.on
    ? `found a wait in ${s.place ?? 'an unknown country'} from ${formatDay(s.on)} on, where presence is not lawful, or not known to be`
    : `found presence in ${s.place ?? 'an unknown country'} beyond ${formatDay(reach)}, the last day known to be lawful there`;

/** What waiting rests on and the plan does not say, in words; `undefined` where nothing is left unsaid. */
export function unsaidWaiting(lawful: Lawful, before: Said): string | undefined {
  for (const d of lawful.doubts) {
    if (!before.doubts.some((x) => same(x, d))) {
      return `found a wait that rests on the doubt ${shown(d)}, which the plan does not name by then; expected it to.`;
    }
  }
  if (!lawful.known && lawful.until !== undefined && lawful.doubts.length === 0) {
    if (!before.assumes.some((a) => a.key === 'stays')) {
      return `found a wait counted without knowing the earlier stays; expected the plan to name the assumption "stays" by then.`;
    }
  }
  return undefined;
}

/** The walk after a move, if the person is lawfully there on the day of it. */
function arrive(book: LawBook, walk: Walk, waited: Waited & { ok: true }, after: Situation, step: Step): Walk | string {
  const { through } = lawfulThrough(book, after);
  const covered = step.kind === 'enter' ? step.day - 1 : Math.min(waited.reach, step.day);
  const lawful = through >= step.day || covered >= step.day;
  if (!lawful && !walk.astray) {
    return `${tooLong(after, Math.max(covered, through))}; expected lawful presence on the day of the step.`;
  }
  return {
    situation: after,
    covered,
    astray: walk.astray && !lawful,
    unlawfulDays: walk.unlawfulDays + waited.unlawfulDays,
    endangered: step.kind === 'enter' ? concerned(book, after) : walk.endangered,
    dangerDays:
      walk.dangerDays +
      (walk.endangered ? step.day - walk.situation.on : 0) +
      (step.kind === 'enter' && dangerousEntry(book, after) ? 1 : 0),
    discretionDays: walk.discretionDays + hanging(book, walk.situation, step.day),
  };
}

/** Days from the situation's to `day`, that day excluded, on which an answer is waited for that may be no. */
function hanging(book: LawBook, s: Situation, day: Day): number {
  const answers = s.pending.flatMap((p) =>
    book.provisions.get(p.route)?.decision === 'right' ? [] : [Math.min(day, p.decided)],
  );
  return Math.max(0, ...answers.map((d) => d - s.on));
}

/** What a move rests on and the plan does not state with it, in words; `undefined` where all is stated. */
function unsaidBy(move: Move, said: Said): string | undefined {
  for (const a of 'assumes' in move ? move.assumes : []) {
    const stated = said.assumes.filter((x) => x.key === a.key);
    if (stated.some((x) => same(x.value, a.value))) continue;
    const found = stated.length
      ? `the assumption "${a.key}" with another answer (${shown(stated[0]?.value)})`
      : `no assumption "${a.key}"`;
    return `found ${found}; expected ${a.value === undefined ? 'it to be named, since the step rests on it' : `the answer the step rests on: ${shown(a.value)}`}.`;
  }
  for (const d of move.doubts) {
    if (!said.doubts.some((x) => same(x, d)))
      return `found no doubt ${shown(d)}; expected it to be named, since the step rests on it.`;
  }
  return undefined;
}

/** Why no lawful move of the step's kind has the step's day, in words. */
function closed(book: LawBook, s: Situation, step: Step): string {
  const words = stepInWords(step);
  const others = movesLike(book, s, step, undefined);
  if (others.length > 0) {
    const windows = others.map((m) =>
      m.earliest === m.latest
        ? `on ${formatDay(m.earliest)}`
        : `from ${formatDay(m.earliest)} to ${formatDay(m.latest)}`,
    );
    return `${words}: found a day outside the lawful ones; expected a day ${[...new Set(windows)].join(', or ')}.`;
  }
  switch (step.kind) {
    case 'await':
      return `${words}: found no application for ${step.route} that waits for an answer; expected it to be filed before.`;
    case 'file': {
      if (s.pending.some((p) => p.route === step.route))
        return `${words}: found the same application already waiting; expected it to be filed once.`;
      if (s.place !== step.place)
        return `${words}: found the person in ${s.place ?? 'an unknown country'}; expected the place of filing to be where the person is.`;
      if (book.provisions.get(step.route)?.kind !== 'route')
        return `${words}: found no route ${step.route} in the law; expected one of its routes.`;
      return `${words}: not open${why(book, s, step)}; expected a route that this person may file from ${step.place} under ${s.under ?? 'what they hold'}.`;
    }
    case 'enter': {
      if (s.place === step.country) return `${words}: found the person there already; expected another country.`;
      const ways = moves(book, s, { countries: new Set([step.country]), routes: new Set(), horizon: s.on });
      const open = ways.flatMap((m) => (m.kind === 'enter' ? [m.under] : []));
      return `${words}: not a lawful entry${why(book, s, step)}; expected ${open.length ? `one under ${open.join(' or ')}` : 'a country open to this person'}.`;
    }
  }
}

/** The provisions that stand in the way on the situation's day: ` (closed by xb/entry-ban)`, or nothing. */
function why(book: LawBook, s: Situation, step: Step): string {
  const p = book.provisions.get(step.kind === 'enter' ? step.under : step.route);
  if (!p) return ' (no such provision in the law)';
  const eligibility =
    step.kind === 'file' && p.kind === 'route'
      ? routeEligibility(book, p, s, s.on)
      : step.kind === 'enter' && stayRulesFor(book, step.country, s.on).includes(p)
        ? entryEligibility(book, p, step.country, s, s.on)
        : undefined;
  const hits = eligibility?.parts.filter((x) => x.pass === false).map((x) => x.provision.id) ?? [];
  return hits.length ? ` (closed by ${hits.join(', ')})` : '';
}

/** Whether two values of plain data are the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(x);
  return keys.length === Object.keys(y).length && keys.every((k) => k in y && same(x[k], y[k]));
}

const shown = (v: unknown): string => JSON.stringify(v) ?? 'no answer';
