/** The production counters against the naive one, and what must hold of any history. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { freeSteps, left, maxStayFrom, nextEntry, overstay, usedOn } from '../../src/calendar/allowance.ts';
import { LAST_DAY } from '../../src/calendar/civil.ts';
import type { Visit } from '../../src/calendar/counting.ts';
import { countingProblems } from '../../src/calendar/counting.ts';
import { contains, count } from '../../src/calendar/intervals.ts';
import { staysOf } from '../../src/calendar/stays.ts';
import { counting, countings, monotoneCounting, ORIGIN, SPAN, someDay, visit, visits } from './generators.ts';
import { SCHENGEN } from './helpers.ts';
import { cutAt, FOREVER, joinVisits, naiveExcess, naiveMaxStay, naiveUnlawful, naiveUsed } from './naive.ts';

/** FOOTHOLD_LONG=1 runs ten times as many histories. */
const runs = (n: number): { numRuns: number } => ({ numRuns: process.env.FOOTHOLD_LONG === '1' ? n * 10 : n });

test('visits become stays: 12,000 histories', () => {
  fc.assert(
    fc.property(visits, (history) => {
      const stays = staysOf(history).map(({ from, to }) => ({ from, to: Math.min(to, FOREVER) }));
      assert.deepEqual(stays, joinVisits(history));
    }),
    runs(12_000),
  );
});

test('days used, against sets of days: 45,000 histories', () => {
  fc.assert(
    fc.property(counting, visits, someDay, (c, history, day) => {
      assert.deepEqual(countingProblems(c), []);
      assert.equal(usedOn([c], history, day)[0]?.used, naiveUsed(c, history, day));
    }),
    runs(45_000),
  );
});

test('the last lawful day, against a simulation day by day: 25,000 histories', () => {
  // The longest limit in days is 25 of presence; windows shorter than it, and months, may go on for longer.
  const horizon = 100;
  const ends = { never: 0, unlawful: 0, later: 0 };
  fc.assert(
    fc.property(countings, visits, someDay, (cs, history, entry) => {
      const expected = naiveMaxStay(cs, history, entry, horizon);
      const actual = maxStayFrom(cs, history, entry);
      if (expected === FOREVER) {
        ends.never++;
        assert.ok(actual !== undefined && actual >= entry + horizon);
      } else {
        ends[expected === undefined ? 'unlawful' : 'later']++;
        assert.equal(actual, expected);
      }
      assert.equal(left(cs, history, entry), actual === undefined ? 0 : actual - entry + 1);
    }),
    runs(25_000),
  );
  for (const [kind, times] of Object.entries(ends)) assert.ok(times > 100, `${kind}: only ${times} histories`);
});

test('unlawful days, each judged on its own: 10,000 histories', () => {
  fc.assert(
    fc.property(countings, visits, someDay, (cs, history, until) => {
      const expected = naiveUnlawful(cs, history, until);
      const found = overstay(cs, history, until);
      assert.equal(found.first, expected[0]);
      assert.equal(found.days, expected.length);
      assert.equal(count(found.unlawful), expected.length);
      assert.ok(expected.every((day) => contains(found.unlawful, day)));
      assert.equal(found.excess, naiveExcess(cs, history, until));
    }),
    runs(10_000),
  );
});

test('the next entry is lawful, long enough and the earliest: 4,000 histories', () => {
  const horizon = 50;
  let found = 0;
  let later = 0;
  fc.assert(
    fc.property(countings, visits, someDay, fc.integer({ min: 1, max: 20 }), (cs, history, from, want) => {
      const known = cutAt(history, from);
      const enough = (day: number): boolean => {
        const last = naiveMaxStay(cs, known, day, want);
        return last !== undefined && last - day + 1 >= want;
      };
      const entry = nextEntry(cs, history, from, want);
      const end = Math.min(entry?.day ?? Number.POSITIVE_INFINITY, from + horizon);
      for (let day = from; day < end; day++) assert.ok(!enough(day), `${day} would do`);
      if (entry === undefined) return;
      found++;
      if (entry.day > from) later++;
      assert.ok(enough(entry.day));
      assert.equal(entry.upTo, maxStayFrom(cs, known, entry.day));
    }),
    runs(4000),
  );
  assert.ok(found > 1000 && later > 300, `${found} found, ${later} of them later`);
});

test('steps of the allowance are what a new entry would be allowed on each day: 3,000 histories', () => {
  fc.assert(
    fc.property(countings, visits, someDay, fc.nat(40), (cs, history, from, length) => {
      const known = cutAt(history, from);
      const steps = freeSteps(cs, history, from, from + length);
      assert.equal(steps[0]?.day, from);
      let i = 0;
      for (let day = from; day <= from + length; day++) {
        if (steps[i + 1]?.day === day) {
          i++;
          assert.notEqual(steps[i]?.days, steps[i - 1]?.days);
        }
        assert.equal(steps[i]?.days, left(cs, known, day));
      }
      assert.equal(i, steps.length - 1);
    }),
    runs(3000),
  );
});

test('the order of visits and telling them twice change nothing: 5,000 histories', () => {
  const shuffled = visits.chain((history) =>
    fc.tuple(fc.constant(history), fc.shuffledSubarray([...history, ...history], { minLength: history.length * 2 })),
  );
  fc.assert(
    fc.property(countings, shuffled, someDay, (cs, [history, again], day) => {
      assert.deepEqual(usedOn(cs, again, day), usedOn(cs, history, day));
      assert.equal(maxStayFrom(cs, again, day), maxStayFrom(cs, history, day));
      assert.deepEqual(overstay(cs, again, day), overstay(cs, history, day));
      assert.deepEqual(nextEntry(cs, again, day, 5), nextEntry(cs, history, day, 5));
    }),
    runs(5000),
  );
});

test('one more visit never lengthens the allowance: 10,000 histories', () => {
  // Not so under anchored windows, where it can open the window earlier; counting.test.ts has the example. Nor where
  // days of entry count and days of exit do not: whoever is passing through a day has not entered on it.
  fc.assert(
    fc.property(
      fc.array(monotoneCounting, { minLength: 1, maxLength: 3 }),
      visits,
      visit,
      someDay,
      (cs, history, more, day) => {
        fc.pre(!(more.from < day && day < (more.to ?? day) && cs.some((c) => c.edges === 'entryOnly')));
        assert.ok(left(cs, [...history, more], day) <= left(cs, history, day));
      },
    ),
    runs(10_000),
  );
});

test('a stricter set of countings never lengthens the allowance: 3,000 histories', () => {
  fc.assert(
    fc.property(countings, counting, visits, someDay, (cs, c, history, day) => {
      assert.equal(left([...cs, c], history, day), Math.min(left(cs, history, day), left([c], history, day)));
    }),
    runs(3000),
  );
});

test('after 90 days away from a lawful history one may always stay 90 days: 3,000 histories', () => {
  const trip = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 120 }));
  fc.assert(
    fc.property(fc.array(trip, { minLength: 1, maxLength: 12 }), (trips) => {
      const history: Visit[] = [];
      let day = ORIGIN;
      for (const [away, length] of trips) {
        day += away;
        // As long as wanted, but never beyond what is lawful.
        const last = maxStayFrom([SCHENGEN], history, day);
        if (last === undefined) continue;
        history.push({ from: day, to: Math.min(day + length - 1, last) });
        day = Math.min(day + length - 1, last);
      }
      assert.equal(overstay([SCHENGEN], history, day).days, 0);
      assert.ok(left([SCHENGEN], history, day + 91) >= 90);
    }),
    runs(3000),
  );
});

test('the same at full size: 90 in 180 over years, against the naive counter: 1,500 histories', () => {
  const trip = fc.tuple(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 110 }));
  fc.assert(
    fc.property(fc.array(trip, { minLength: 1, maxLength: 8 }), fc.nat(200), (trips, wait) => {
      const history: Visit[] = [];
      let day = ORIGIN + SPAN;
      for (const [away, length] of trips) {
        history.push({ from: day + away, to: day + away + length });
        day += away + length;
      }
      const on = day + wait;
      assert.equal(usedOn([SCHENGEN], history, on)[0]?.used, naiveUsed(SCHENGEN, history, on));
      assert.equal(maxStayFrom([SCHENGEN], history, on), naiveMaxStay([SCHENGEN], history, on, 200));
      assert.ok((maxStayFrom([SCHENGEN], history, on) ?? 0) < LAST_DAY);
    }),
    runs(1500),
  );
});
