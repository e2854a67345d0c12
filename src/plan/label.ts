/**
 * A label: a situation reached, how, and at what cost. One label makes another superfluous only if whatever the other
 * can still do, it can do too, no later and no dearer.
 */

import type { LawBook } from '../law/book.ts';
import { dangersIn } from '../moves/dangers.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import type { Assumption, Doubt, Move } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import { convert } from '../person/view.ts';
import type { Day } from '../rules/ir.ts';
import type { Leg, Metrics } from './types.ts';

export type Label = {
  readonly situation: Situation;
  readonly parent: Label | undefined;
  readonly leg: Leg | undefined;
  readonly depth: number;
  /** Visitor entries since the last application or permit: chains of them lead nowhere new. */
  readonly hops: number;
  /** Permits asked for while another is held, without need: each opens all the others again. */
  readonly switches: number;
  readonly discretionary: number;
  readonly cents: number;
  readonly moves: number;
  readonly dangerDays: number;
  readonly unlawfulDays: number;
  readonly assumed: ReadonlyMap<string, Assumption>;
  /** How much luck the assumed answers ask for: see `boldness`. */
  readonly bold: number;
  readonly doubts: number;
};

/** The label a search begins with. */
export function startLabel(situation: Situation): Label {
  return {
    situation,
    parent: undefined,
    leg: undefined,
    depth: 0,
    hops: 0,
    switches: 0,
    discretionary: 0,
    cents: 0,
    moves: 0,
    dangerDays: 0,
    unlawfulDays: 0,
    assumed: new Map(),
    bold: 0,
    doubts: 0,
  };
}

/** The label after a move made on `day` that led to `next`. */
export function extend(
  book: LawBook,
  from: Label,
  move: Move,
  day: Day,
  next: Situation,
  danger: (s: Situation) => boolean,
  switched = false,
): Label {
  const s = from.situation;
  const waited = day - s.on;
  const lawful = waited > 0 ? lawfulUntil(book, s) : undefined;
  const unlawful = lawful?.until !== undefined && lawful.until < day ? day - Math.max(lawful.until, s.on) : 0;
  const doubts: Doubt[] = [...move.doubts];
  if (lawful && waited > 0)
    for (const d of lawful.doubts)
      if (d.kind === 'pending-stay-unknown' && (lawful.until ?? day) >= day) doubts.push(d);
  const assumed = new Map(from.assumed);
  const assumes = 'assumes' in move ? move.assumes : [];
  for (const a of assumes) assumed.set(a.key, a);
  let cents = from.cents;
  if (move.kind === 'file')
    for (const fee of move.fee) cents += Math.round((convert(book, fee, 'EUR', day)?.amount ?? 0) * 100);
  const visitor = move.kind === 'enter' && move.provision.kind === 'stay';
  return {
    situation: next,
    parent: from,
    leg: legOf(book, move, day, next, assumes, doubts),
    depth: from.depth + 1,
    hops: move.kind === 'enter' ? (visitor ? from.hops + 1 : 0) : move.kind === 'await' ? 0 : from.hops,
    switches: from.switches + (switched ? 1 : 0),
    discretionary: from.discretionary + (move.kind === 'await' && move.decision !== 'right' ? 1 : 0),
    cents,
    moves: from.moves + (move.kind === 'await' ? 0 : 1),
    dangerDays: from.dangerDays + (waited > 0 && danger(s) ? waited : 0),
    unlawfulDays: from.unlawfulDays + unlawful,
    assumed,
    bold: [...assumed.values()].reduce((n, a) => n + boldness(book, a), 0),
    doubts: from.doubts + doubts.length,
  };
}

/**
 * How much luck an assumed answer asks for: none if most people would give it; little if it can be brought about (an
 * offer, a course); much if nobody can change it (ancestry, what happened).
 */
export function boldness(book: LawBook, a: Assumption): number {
  if (isUsual(book, a)) return 0;
  // A whole list (family, companies) or a clock that would have to come out right.
  if (a.value === undefined) return 3;
  const def = book.schema.facts.get(a.fact);
  // The opposite of what most people would answer, or what nobody can bring about.
  return def?.usual !== undefined || def?.change.how === 'never' ? 4 : 1;
}

/** Whether an assumed answer is the one most people give. */
export function isUsual(book: LawBook, a: Assumption): boolean {
  const usual = book.schema.facts.get(a.fact)?.usual;
  return usual !== undefined && a.value !== undefined && JSON.stringify(usual) === JSON.stringify(a.value);
}

function legOf(
  book: LawBook,
  move: Move,
  day: Day,
  next: Situation,
  assumes: readonly Assumption[],
  doubts: readonly Doubt[],
): Leg {
  const dangers =
    next.place === undefined
      ? []
      : dangersIn(book, next, next.place, day, move.kind === 'enter' ? ['presence', 'entry'] : ['presence']);
  const common = { jurisdiction: move.provision.jurisdiction, assumes, doubts, dangers };
  switch (move.kind) {
    case 'enter': {
      const until = lawfulUntil(book, next).until;
      return {
        kind: 'enter',
        day,
        country: move.country,
        under: move.under,
        ...common,
        ...(until !== undefined ? { until } : {}),
      };
    }
    case 'file':
      return { kind: 'file', day, route: move.route, place: move.place, decision: move.decision, ...common };
    case 'await': {
      const to = next.holdings?.at(-1)?.to;
      return {
        kind: 'await',
        day,
        route: move.route,
        decision: move.decision,
        ...common,
        ...(to !== undefined ? { until: to } : {}),
      };
    }
  }
}

export function metricsOf(label: Label, start: Day): Metrics {
  return {
    daysToGoal: label.situation.on - start,
    discretionarySteps: label.discretionary,
    costEur: label.cents / 100,
    moves: label.moves,
    dangerDays: label.dangerDays,
    unlawfulDays: label.unlawfulDays,
  };
}

/** What must be equal for two labels to be compared: where one is, under what, what is held and awaited, with which papers. */
export function keyOf(l: Label): string {
  const s = l.situation;
  const held = [...new Set((s.holdings ?? []).filter((h) => isCurrent(h, s.on)).map((h) => h.status))].sort().join('+');
  const pending = s.pending.map((p) => p.route).join('+');
  return [s.place, s.under, held, pending, s.documents?.length].join('|');
}

/**
 * Whether `a` makes `b` superfluous: it is there no later and at no higher cost in anything plans are compared by, rests on
 * no more luck, holds all that `b` holds for no shorter, with residence that began no later, and its visit may last as long.
 *
 * What each has assumed so far may differ: one that assumed less luck is preferred although the other has already paid for
 * an answer it might use again. The front can lose a plan by that; a plan it keeps is never wrong.
 */
export function asGoodAs(a: Label, b: Label): boolean {
  const [s, t] = [a.situation, b.situation];
  if (
    s.on > t.on ||
    a.discretionary > b.discretionary ||
    a.cents > b.cents ||
    a.moves > b.moves ||
    a.dangerDays > b.dangerDays ||
    a.unlawfulDays > b.unlawfulDays ||
    a.bold > b.bold ||
    a.doubts > b.doubts ||
    a.hops > b.hops ||
    a.switches > b.switches
  )
    return false;
  for (let i = 0; i < t.pending.length; i++)
    if ((s.pending[i]?.decided ?? 0) > (t.pending[i]?.decided ?? 0)) return false;
  const end = (x: Leg | undefined) => x?.until ?? Number.POSITIVE_INFINITY;
  if (a.leg?.kind === 'enter' && end(a.leg) < end(b.leg)) return false;
  const began = (x: Situation) => Math.min(...(x.holdings ?? []).map((h) => h.from), Number.POSITIVE_INFINITY);
  if (began(s) > began(t)) return false;
  for (const h of t.holdings ?? []) {
    if (!isCurrent(h, t.on)) continue;
    const same = (s.holdings ?? []).filter((x) => x.status === h.status);
    if (!same.some((x) => (x.to ?? Number.POSITIVE_INFINITY) >= (h.to ?? Number.POSITIVE_INFINITY))) return false;
  }
  return (s.cash?.amount ?? 0) >= (t.cash?.amount ?? 0);
}
