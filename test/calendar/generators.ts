/** Random countings and histories, small enough that limits, windows and visits keep meeting. */
import fc from 'fast-check';
import type { Counting, Edges, Visit } from '../../src/calendar/counting.ts';

const edges = fc.constantFrom<Edges>('both', 'entryOnly', 'exitOnly', 'neither');
const monthEnd = fc.constantFrom<'clamp' | 'roll'>('clamp', 'roll');
const limitDays = fc.integer({ min: 0, max: 25 });
const windowDays = fc.integer({ min: 1, max: 50 });
const gapDays = fc.constantFrom(undefined, 0, 1, 2, 5, 15);

export const rolling: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('rolling' as const),
  limitDays,
  windowDays,
  edges,
});
export const rollingMonths: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('rollingMonths' as const),
  limitDays,
  windowMonths: fc.integer({ min: 1, max: 2 }),
  monthEnd,
  edges,
});
export const calendarYear: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('calendarYear' as const),
  limitDays,
  edges,
});
export const perEntryDays: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('perEntry' as const),
  limit: fc.record({ months: fc.constant(0), days: limitDays }),
  edges,
  reset: fc.constant('exit' as const),
  gapDays,
});
export const perEntryMonths: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('perEntry' as const),
  limit: fc.record({ months: fc.integer({ min: 1, max: 2 }), days: fc.constantFrom(0, 0, 3) }),
  monthEnd,
  lastDay: fc.constantFrom<'sameDate' | 'dayBefore'>('sameDate', 'dayBefore'),
  edges,
  reset: fc.constant('exit' as const),
  gapDays,
});
export const anchored: fc.Arbitrary<Counting> = fc.record({
  kind: fc.constant('anchored' as const),
  limitDays,
  windowDays,
  edges,
});

/** Countings under which nobody profits from one more visit that is over: all but the anchored windows. */
export const monotoneCounting = fc.oneof(rolling, rollingMonths, calendarYear, perEntryDays, perEntryMonths);
export const counting = fc.oneof(rolling, rollingMonths, calendarYear, perEntryDays, perEntryMonths, anchored);
export const countings = fc.array(counting, { minLength: 1, maxLength: 3 });

/** Histories begin here: late autumn of a year before a leap year, so that New Year and 29 February lie within reach. */
export const ORIGIN = 19_690; // 2023-11-29
export const SPAN = 110;

export const someDay = fc.integer({ min: ORIGIN, max: ORIGIN + SPAN });
export const visit: fc.Arbitrary<Visit> = fc
  .tuple(someDay, fc.oneof({ arbitrary: fc.nat(12), weight: 6 }, { arbitrary: fc.nat(45), weight: 1 }))
  .map(([from, length]) => ({ from, to: from + length }));
const openVisit: fc.Arbitrary<Visit> = someDay.map((from) => ({ from, to: undefined }));

/** Up to seven visits in any order, overlapping as they like, the last now and then still going on. */
export const visits: fc.Arbitrary<readonly Visit[]> = fc
  .tuple(fc.array(visit, { maxLength: 7 }), fc.option(openVisit, { freq: 4, nil: undefined }))
  .map(([ended, open]) => (open === undefined ? ended : [...ended, open]));
