/**
 * The counting shapes of stay rules: how many days one may be present, and how a rule counts them. Data only: the
 * numbers and the conventions come from the law, each rule declaring its own; nothing here has a default that a
 * legislator could have chosen otherwise.
 */
import type { Day, Duration, MonthEnd } from '../rules/ir.ts';

/**
 * Which end days of a visit count as days of stay.
 * A visit of a single day is both its first and its last day: it counts one day unless the rule counts neither.
 */
export type Edges = 'both' | 'entryOnly' | 'exitOnly' | 'neither';

/** At most `limitDays` in the window of `windowDays` that ends on the day judged: [d − windowDays + 1, d]. */
export type Rolling = {
  readonly kind: 'rolling';
  readonly limitDays: number;
  readonly windowDays: number;
  readonly edges: Edges;
};

/**
 * At most `limitDays` within the last `windowMonths` months: the window ends on the day judged and begins the day
 * after the same date that many months earlier, so twelve months ending on 31 December begin on 1 January.
 */
export type RollingMonths = {
  readonly kind: 'rollingMonths';
  readonly limitDays: number;
  readonly windowMonths: number;
  readonly monthEnd: MonthEnd;
  readonly edges: Edges;
};

/** At most `limitDays` from 1 January to 31 December; a stay over New Year is split between the years. */
export type CalendarYear = { readonly kind: 'calendarYear'; readonly limitDays: number; readonly edges: Edges };

/**
 * At most `limit` for one stay; leaving ends the count.
 *
 * - A limit in days counts days of presence. A limit with months is a last day reckoned from the entry: `monthEnd`
 *   and `lastDay` must be declared and `edges` only matters for the number of days shown as used.
 * - `lastDay`: a year from an entry on 20 December 2025 ends with 20 December 2026 (`sameDate`) or with the 19th
 *   (`dayBefore`).
 * - `gapDays`: how many days after the day of exit the new entry must be for a new count: 0 (the default) lets even a
 *   return on the same day begin one, 1 asks for another day. After an earlier return the old count goes on: days of
 *   presence add up, and a limit with months still runs from the first entry.
 */
export type PerEntry = {
  readonly kind: 'perEntry';
  readonly limit: Duration;
  readonly monthEnd?: MonthEnd | undefined;
  readonly lastDay?: 'sameDate' | 'dayBefore' | undefined;
  readonly edges: Edges;
  readonly reset: 'exit';
  readonly gapDays?: number | undefined;
};

/**
 * At most `limitDays` in a window that opens with the first entry and lasts `windowDays`, that first day included; the
 * first entry after its end opens the next window. A stay is charged to the window it was entered in, even where
 * it outlasts that window: only a new entry opens a new one.
 */
export type Anchored = {
  readonly kind: 'anchored';
  readonly limitDays: number;
  readonly windowDays: number;
  readonly edges: Edges;
};

/** One way of counting. A stay rule holds one or several; all must be kept, so the strictest decides. */
export type Counting = Rolling | RollingMonths | CalendarYear | PerEntry | Anchored;

/**
 * Presence from entry to exit, both included; `to: undefined` means still there. What is passed to a counting is
 * already limited to the countries and days that the rule counts (`poolVisits`).
 */
export type Visit = { readonly from: Day; readonly to: Day | undefined };

const EDGES: readonly string[] = ['both', 'entryOnly', 'exitOnly', 'neither'];

function wholeNumber(name: string, value: unknown, least: number): string[] {
  if (Number.isInteger(value) && (value as number) >= least) return [];
  return [`${name} is ${String(value)}; expected a whole number, at least ${least}.`];
}

function oneOf(name: string, value: unknown, allowed: readonly string[], why: string): string[] {
  if (allowed.includes(value as string)) return [];
  return [`${name} is ${value === undefined ? 'missing' : String(value)}; expected ${allowed.join(' or ')}. ${why}`];
}

function problemsOfPerEntry(counting: PerEntry): string[] {
  const { limit } = counting;
  const problems = [
    ...wholeNumber('limit (its months)', limit.months, 0),
    ...wholeNumber('limit (its days)', limit.days, 0),
    ...wholeNumber('gapDays', counting.gapDays ?? 0, 0),
    ...oneOf('reset', counting.reset, ['exit'], 'A count per entry ends with the exit.'),
  ];
  if (limit.months > 0) {
    problems.push(
      ...oneOf('monthEnd', counting.monthEnd, ['clamp', 'roll'], 'The limit has months, and there is no default.'),
      ...oneOf(
        'lastDay',
        counting.lastDay,
        ['sameDate', 'dayBefore'],
        'The limit has months: say which day is the last.',
      ),
    );
  } else if (counting.lastDay !== undefined) {
    problems.push(
      `lastDay is ${counting.lastDay}, but the limit is in days: remove it and let edges say which days count.`,
    );
  }
  return problems;
}

/**
 * What is wrong with a counting read from data, each as a sentence that says what was found and what was expected;
 * empty if nothing is. The loader of the law adds the place. The other functions of this room rely on it.
 */
export function countingProblems(counting: Counting): readonly string[] {
  const edges = oneOf('edges', counting.edges, EDGES, 'Say which end days of a visit count.');
  switch (counting.kind) {
    case 'rolling':
    case 'anchored':
      return [
        ...wholeNumber('limitDays', counting.limitDays, 0),
        ...wholeNumber('windowDays', counting.windowDays, 1),
        ...edges,
      ];
    case 'rollingMonths':
      return [
        ...wholeNumber('limitDays', counting.limitDays, 0),
        ...wholeNumber('windowMonths', counting.windowMonths, 1),
        ...oneOf('monthEnd', counting.monthEnd, ['clamp', 'roll'], 'The window is in months, and there is no default.'),
        ...edges,
      ];
    case 'calendarYear':
      return [...wholeNumber('limitDays', counting.limitDays, 0), ...edges];
    case 'perEntry':
      return [...problemsOfPerEntry(counting), ...edges];
    default:
      return [
        `kind is ${String((counting as { kind: unknown }).kind)}; expected rolling, rollingMonths, calendarYear, perEntry or anchored.`,
      ];
  }
}
