import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import type { Rolling, Visit } from '../../src/calendar/counting.ts';
import type { Day } from '../../src/rules/ir.ts';

/** The day of a date written in a test; a mistyped one fails at once. */
export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
}

export const text = (d: Day | undefined): string | undefined => (d === undefined ? undefined : formatDay(d));

/** `v('2024-01-01', '2024-01-10')`; without an end the visit goes on. */
export const v = (from: string, to?: string): Visit => ({
  from: day(from),
  to: to === undefined ? undefined : day(to),
});

export const SCHENGEN: Rolling = { kind: 'rolling', limitDays: 90, windowDays: 180, edges: 'both' };
