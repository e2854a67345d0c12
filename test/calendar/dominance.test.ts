import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Counting, Visit } from '../../src/calendar/counting.ts';
import { tailAtLeastAsGood } from '../../src/calendar/dominance.ts';
import { countings, ORIGIN, visit } from './generators.ts';
import { day, SCHENGEN, v } from './helpers.ts';
import { FOREVER, joinVisits, lawfulOn } from './naive.ts';

const runs = (n: number): { numRuns: number } => ({ numRuns: process.env.FOOTHOLD_LONG === '1' ? n * 10 : n });

const FUTURE = ORIGIN + 60;
/** Visits that ended before the future; now and then one that goes on. */
const past: fc.Arbitrary<readonly Visit[]> = fc
  .tuple(
    fc.array(
      visit.map(({ from, to }): Visit => ({ from: from - 50, to: Math.min(to!, from + 9) - 50 })),
      { maxLength: 4 },
    ),
    fc.option(fc.integer({ min: 1, max: 20 }), { freq: 3, nil: undefined }),
  )
  .map(([ended, here]) => {
    const before = ended.filter(({ from, to }) => from < FUTURE && to! < FUTURE);
    return here === undefined ? before : [...before, { from: FUTURE - here, to: undefined }];
  });

/** The other history: told anew, or the same with one visit more, one less, or one moved to a later day. */
const pairs = past.chain((a) => {
  const changed = fc.tuple(fc.nat(10), fc.nat(12), fc.nat(3)).map(([index, by, how]): readonly Visit[] => {
    const moved = a.map(
      (visit, i): Visit =>
        i === index % Math.max(1, a.length) && visit.to !== undefined && visit.to + by < FUTURE
          ? { from: visit.from + by, to: visit.to + by }
          : visit,
    );
    if (how === 0) return [...moved, { from: FUTURE - 1 - by, to: FUTURE - 1 - by }];
    return how === 1 ? moved : a.filter((visit, i) => i !== index || visit.to === undefined);
  });
  return fc.tuple(fc.constant(a), fc.oneof(past, changed, changed));
});

/** What happens from the future on: days a stay under way still lasts, then visits with days outside before them. */
const futures = fc.record({
  stayOn: fc.nat(15),
  trips: fc.array(fc.tuple(fc.nat(25), fc.nat(14)), { maxLength: 3 }),
});

function withFuture(history: readonly Visit[], future: { stayOn: number; trips: [number, number][] }, either: boolean) {
  const end = FUTURE - 1 + future.stayOn;
  const stays = joinVisits(history);
  const here = stays.some((stay) => stay.to === FOREVER);
  const all = stays.map((stay) => ({ from: stay.from, to: stay.to === FOREVER ? end : stay.to }));
  // Where only the other history has a stay under way, its coming days are spent here as a visit of their own.
  if (!here && either && future.stayOn > 0) all.push({ from: FUTURE, to: end });
  let from = either ? Math.max(end, FUTURE) : FUTURE;
  for (const [outside, length] of future.trips) {
    all.push({ from: from + outside, to: from + outside + length });
    from += outside + length;
  }
  return joinVisits(all);
}

/** The first day from the future on that is not lawful. */
function firstUnlawful(cs: readonly Counting[], stays: readonly { from: number; to: number }[]): number {
  for (const [i, stay] of stays.entries()) {
    for (let d = Math.max(stay.from, FUTURE); d <= stay.to; d++) {
      if (!cs.every((c) => lawfulOn(c, stays.slice(0, i + 1), d))) return d;
    }
  }
  return FOREVER;
}

const isHere = (history: readonly Visit[]): boolean => history.some((visit) => visit.to === undefined);

test('whatever is lawful after the worse history is lawful after the better: 6,000 pairs', () => {
  let better = 0;
  let decided = 0;
  fc.assert(
    fc.property(countings, pairs, fc.array(futures, { minLength: 4, maxLength: 4 }), (cs, [a, b], tries) => {
      if (!tailAtLeastAsGood(cs, a, b, FUTURE)) return;
      better++;
      const either = isHere(a) || isHere(b);
      for (const future of tries) {
        const unlawfulAfterA = firstUnlawful(cs, withFuture(a, future, either));
        const unlawfulAfterB = firstUnlawful(cs, withFuture(b, future, either));
        if (unlawfulAfterB !== FOREVER) decided++;
        assert.ok(unlawfulAfterA >= unlawfulAfterB, `${unlawfulAfterA} after a, ${unlawfulAfterB} after b`);
      }
    }),
    runs(6000),
  );
  assert.ok(better > 1000 && decided > 1000, `${better} pairs compared, ${decided} futures ended unlawfully`);
});

test('for rolling windows the comparison is exact: where it fails, some limit and some day tell the two apart', () => {
  let worse = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), pairs, (windowDays, [a, b]) => {
      const rule = (limitDays: number): Counting => ({ kind: 'rolling', limitDays, windowDays, edges: 'both' });
      if (tailAtLeastAsGood([rule(0)], a, b, FUTURE)) return;
      worse++;
      // A single day of presence, at some distance, with every limit that could matter.
      const apart = Array.from({ length: windowDays }, (_, i) => FUTURE + i).some((d) => {
        const after = (history: readonly Visit[]) => {
          const ended = joinVisits(history).map((stay) => ({ from: stay.from, to: Math.min(stay.to, FUTURE - 1) }));
          return [...ended, { from: d, to: d }];
        };
        return Array.from({ length: windowDays + 1 }, (_, limit) => rule(limit)).some(
          (c) => lawfulOn(c, after(b), d) && !lawfulOn(c, after(a), d),
        );
      });
      assert.ok(apart);
    }),
    runs(1500),
  );
  assert.ok(worse > 200, `only ${worse} pairs failed`);
});

test('every history is as good as itself, and better is transitive: 2,000 histories', () => {
  fc.assert(
    fc.property(countings, pairs, past, (cs, [a, b], c) => {
      assert.ok(tailAtLeastAsGood(cs, a, a, FUTURE));
      assert.ok(tailAtLeastAsGood(cs, a, [...a].reverse(), FUTURE));
      if (tailAtLeastAsGood(cs, a, b, FUTURE) && tailAtLeastAsGood(cs, b, c, FUTURE)) {
        assert.ok(tailAtLeastAsGood(cs, a, c, FUTURE));
      }
    }),
    runs(2000),
  );
});

describe('by hand, from 1 January 2025 on', () => {
  const future = day('2025-01-01');
  const better = (c: Counting, a: readonly Visit[], b: readonly Visit[]) => tailAtLeastAsGood([c], a, b, future);
  const stay = (gapDays: number): Counting => ({
    kind: 'perEntry',
    limit: { months: 0, days: 30 },
    edges: 'both',
    reset: 'exit',
    gapDays,
  });

  test('rolling: earlier days are better than later ones, fewer are not always better than more', () => {
    const october = [v('2024-10-01', '2024-10-10')];
    const december = [v('2024-12-01', '2024-12-10')];
    assert.ok(better(SCHENGEN, october, december));
    assert.ok(!better(SCHENGEN, december, october));
    const oneDay = [v('2024-12-20', '2024-12-20')];
    assert.ok(!better(SCHENGEN, oneDay, october) && !better(SCHENGEN, october, oneDay));
    // Before 6 July 2024 nothing weighs any more.
    assert.ok(better(SCHENGEN, [v('2024-04-01', '2024-07-05')], []));
    assert.ok(!better(SCHENGEN, [v('2024-04-01', '2024-07-06')], []));
  });

  test('rolling with both end days does not ask who is there; other edges do', () => {
    const here = [v('2024-12-20')];
    const left = [v('2024-12-20', '2024-12-31')];
    assert.ok(better(SCHENGEN, here, left) && better(SCHENGEN, left, here));
    assert.ok(!better({ ...SCHENGEN, edges: 'neither' }, here, left));
    assert.ok(better({ ...SCHENGEN, edges: 'neither' }, here, [v('2024-12-19')]));
    // Who left yesterday spends a day with a visit of one day; who is still there leaves today and spends none.
    assert.ok(!better({ ...SCHENGEN, edges: 'entryOnly' }, left, here));
  });

  test('a stay under way is compared both as going on and as ended the day before', () => {
    // Going on, both count 31 December. Ended on it, the day visit counts it and the longer stay counts the 30th.
    const entryOnly: Counting = { ...SCHENGEN, edges: 'entryOnly' };
    assert.ok(!better(entryOnly, [v('2024-12-31')], [v('2024-12-30')]));
    assert.ok(better(entryOnly, [v('2024-12-30')], [v('2024-12-30')]));
    assert.ok(better(entryOnly, [v('2024-12-30')], [v('2024-12-29')]));
  });

  test('per entry: the day on which an earlier stay ended is no day of the stay begun on it, where entries do not count', () => {
    const exitOnly: Counting = {
      kind: 'perEntry',
      limit: { months: 0, days: 10 },
      edges: 'exitOnly',
      reset: 'exit',
      gapDays: 0,
    };
    const dayLater = [v('2024-12-20', '2024-12-22'), v('2024-12-22')];
    const dayEarlier = [v('2024-12-21')];
    // Of the first, 23 to 31 December count; of the second, 22 to 31: one more.
    assert.ok(better(exitOnly, dayLater, dayEarlier));
    assert.ok(!better(exitOnly, dayEarlier, dayLater));
  });

  test('months: only what the window of the first future day still holds can weigh', () => {
    const month: Counting = { kind: 'rollingMonths', limitDays: 9, windowMonths: 1, monthEnd: 'clamp', edges: 'both' };
    assert.ok(better(month, [v('2024-11-20', '2024-12-01')], []));
    assert.ok(!better(month, [v('2024-12-02', '2024-12-02')], []));
  });

  test('calendar year: a new year forgets', () => {
    const year: Counting = { kind: 'calendarYear', limitDays: 180, edges: 'both' };
    assert.ok(better(year, [v('2024-02-01', '2024-12-31')], []));
    assert.ok(!tailAtLeastAsGood([year], [v('2024-02-01', '2024-02-02')], [], future - 1));
  });

  test('per entry: what counts is the count a next entry would carry on', () => {
    const long = [v('2024-11-01', '2024-12-29')];
    assert.ok(better(stay(1), long, []));
    assert.ok(!better(stay(7), long, []));
    assert.ok(better(stay(7), [], long));
    assert.ok(better(stay(7), [v('2024-12-20', '2024-12-28')], long));
    assert.ok(!better(stay(7), [v('2024-12-20', '2024-12-30')], long));
    assert.ok(better(stay(0), [v('2024-12-10')], [v('2024-12-09')]));
    assert.ok(!better(stay(0), [v('2024-12-09')], [v('2024-12-10')]));
    assert.ok(!better(stay(0), [v('2024-12-09')], []));
  });

  test('anchored: an open window compares only with one of the same day', () => {
    const rule: Counting = { kind: 'anchored', limitDays: 90, windowDays: 180, edges: 'both' };
    const from1 = [v('2024-09-01', '2024-09-10')];
    assert.ok(better(rule, from1, [v('2024-09-01', '2024-09-11')]));
    assert.ok(!better(rule, [v('2024-09-01', '2024-09-11')], from1));
    assert.ok(!better(rule, from1, [v('2024-08-01', '2024-09-20')]));
    assert.ok(!better(rule, [], from1) && !better(rule, from1, []));
    assert.ok(better(rule, [v('2024-03-01', '2024-03-10')], []));
  });

  test('a visit that ends in the future is not a known history', () => {
    assert.ok(!better(SCHENGEN, [v('2024-12-20', '2025-01-01')], [v('2024-12-20', '2025-01-01')]));
    assert.ok(!better(SCHENGEN, [v('2025-01-01')], [v('2025-01-01')]));
  });
});
