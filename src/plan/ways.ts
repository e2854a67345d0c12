/**
 * Ways to a grant, as rows of stages: an answer waited for, a time that something must be held. How long a way takes at the
 * least is worked out from the very day it begins, since months are not days.
 */
import { addMonths, daysInMonth, fromYmd } from '../calendar/civil.ts';
import type { Day, Duration } from '../rules/ir.ts';

/** `answer`: from the application to the answer; `held`: until a clock has counted so much. */
export type Stage = { readonly kind: 'answer' | 'held'; readonly time: Duration };

/** What at least lies on a way: its stages, days hanging on discretion, cents, applications; and where it ends. */
export type Way = {
  readonly stages: readonly Stage[];
  /** Days it takes at the least and at the most, whenever it begins, as far as its stages go. */
  readonly days: number;
  readonly longest: number;
  readonly discretion: number;
  readonly cents: number;
  readonly moves: number;
  /** Days on which something must be held that a clock counts, at the least. */
  readonly held: number;
  /** The country in which a step of the way can only be taken on the spot; who is elsewhere must enter it first. */
  readonly onTheSpot: string | undefined;
};

/**
 * The first day on which a clock has counted a time of something held from a day without a break: that which lies so many
 * months after it, the first of the next month where a month has no such day (clocks look backwards, see `person/clock.ts`).
 */
export const fullFrom = (from: Day, time: Duration): Day =>
  time.months === 0 ? from + time.days : addMonths(from + time.days, time.months, 'roll');

/** The day on which an answer comes at the earliest. */
export const answeredBy = (filed: Day, time: Duration): Day =>
  time.months === 0 ? filed + time.days : addMonths(filed, time.months, 'clamp') + time.days;

/** The day at which a way ends that begins on a day. Never sooner for a later beginning. */
export function endOf(way: Way, begin: Day): Day {
  let day = begin;
  for (const s of way.stages) day = s.kind === 'held' ? fullFrom(day, s.time) : answeredBy(day, s.time);
  return day;
}

const spans = new Map<number, { readonly least: number; readonly most: number }>();
/** Four years with a leap day among them, so that every row of months is there; no year of these ways lies beyond 2099. */
const [SPAN_FROM, SPAN_YEARS] = [2025, 4];

/** The fewest and the most days that so many months have, whenever they begin and however their end is rounded. */
export function daysOfMonths(months: number): { readonly least: number; readonly most: number } {
  let span = spans.get(months);
  if (!span) {
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (let m = 0; m < SPAN_YEARS * 12; m++)
      for (const d of [1, 28, 29, 30, 31]) {
        const [y, month] = [SPAN_FROM + Math.floor(m / 12), (m % 12) + 1];
        if (d > daysInMonth(y, month)) continue;
        const day = fromYmd(y, month, d);
        least = Math.min(least, addMonths(day, months, 'clamp') - day);
        most = Math.max(most, addMonths(day, months, 'roll') - day);
      }
    span = { least, most };
    spans.set(months, span);
  }
  return span;
}

/** One way after another: the second begins where the first has ended. */
export const following = (first: Way, then: Way): Way => ({
  stages: [...first.stages, ...then.stages],
  days: first.days + then.days,
  longest: first.longest + then.longest,
  discretion: first.discretion + then.discretion,
  cents: first.cents + then.cents,
  moves: first.moves + then.moves,
  held: first.held + then.held,
  onTheSpot: then.onTheSpot ?? first.onTheSpot,
});

/** What lies at least on a way that must do all that either does: the longer, the dearer. */
export function both(a: Way, b: Way): Way {
  const long = b.days > a.days ? b : a;
  return {
    stages: long.stages,
    days: long.days,
    longest: long.longest,
    discretion: Math.max(a.discretion, b.discretion),
    cents: Math.max(a.cents, b.cents),
    moves: Math.max(a.moves, b.moves),
    held: Math.max(a.held, b.held),
    onTheSpot: a.onTheSpot === b.onTheSpot ? a.onTheSpot : (a.onTheSpot ?? b.onTheSpot),
  };
}

const sameStages = (a: readonly Stage[], b: readonly Stage[]): boolean =>
  a.length === b.length &&
  a.every((s, i) => {
    const t = b[i] as Stage;
    return s.kind === t.kind && s.time.months === t.time.months && s.time.days === t.time.days;
  });

/** Whether the first is surely no longer and no dearer than the second, whenever both begin. */
export const noLonger = (a: Way, b: Way): boolean =>
  (a.longest <= b.days || sameStages(a.stages, b.stages)) &&
  a.discretion <= b.discretion &&
  a.cents <= b.cents &&
  a.moves <= b.moves &&
  a.held <= b.held &&
  (a.onTheSpot === undefined || a.onTheSpot === b.onTheSpot);

export const sameWay = (a: Way, b: Way): boolean =>
  sameStages(a.stages, b.stages) &&
  a.discretion === b.discretion &&
  a.cents === b.cents &&
  a.moves === b.moves &&
  a.held === b.held &&
  a.onTheSpot === b.onTheSpot;

/** Most ways kept apart; beyond, they are merged into one that is no longer and no dearer than any. */
const KEPT = 16;

/** The ways that no other is better than in everything. */
export function fewest(ways: readonly Way[]): readonly Way[] {
  const out = ways.filter((w, i) => !ways.some((o, k) => k !== i && noLonger(o, w) && (!noLonger(w, o) || k < i)));
  if (out.length <= KEPT) return out;
  const sorted = [...out].sort((a, b) => a.days - b.days);
  const others = sorted.slice(KEPT - 1);
  const least = (f: (w: Way) => number): number => Math.min(...others.map(f));
  const days = least((w) => w.days);
  return [
    ...sorted.slice(0, KEPT - 1),
    {
      stages: [{ kind: 'answer', time: { months: 0, days } }],
      days,
      longest: days,
      discretion: least((w) => w.discretion),
      cents: least((w) => w.cents),
      moves: least((w) => w.moves),
      held: least((w) => w.held),
      onTheSpot: undefined,
    },
  ];
}
