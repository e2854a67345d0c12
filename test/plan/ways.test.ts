/** Ways as rows of stages: how long they take from a day, against counting day by day; and the bounds made of them against plans. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDuration, addMonths } from '../../src/calendar/civil.ts';
import type { Label } from '../../src/plan/label.ts';
import { Search } from '../../src/plan/search.ts';
import { answeredBy, both, daysOfMonths, endOf, fewest, following, fullFrom, type Way } from '../../src/plan/ways.ts';
import { numbers, smallWorld } from './random-worlds.ts';
import { FIRST, someone, worldLaw } from './text-worlds.ts';

const way = (months: number, more: Partial<Way> = {}): Way => ({
  stages: [{ kind: 'answer', time: { months, days: 0 } }],
  days: daysOfMonths(months).least,
  longest: daysOfMonths(months).most,
  discretion: 0,
  cents: 0,
  moves: 1,
  held: 0,
  onTheSpot: undefined,
  ...more,
});

describe('days of stages', () => {
  it('a clock is full on the first day from which, counted backwards, the time was held', () => {
    const n = numbers(7);
    for (let i = 0; i < 300; i++) {
      const from = FIRST + n(1500);
      const time = { months: 1 + n(70), days: n(3) };
      let day = from;
      while (addDuration(day, { months: -time.months, days: 0 }, 'clamp') - time.days < from) day++;
      assert.equal(fullFrom(from, time), day);
    }
  });
  it('so many months have no fewer and no more days than said', () => {
    for (const months of [1, 2, 3, 11, 12, 21, 60])
      for (let day = FIRST; day < FIRST + 1461; day++) {
        const { least, most } = daysOfMonths(months);
        assert.ok(least <= addMonths(day, months, 'clamp') - day && addMonths(day, months, 'roll') - day <= most);
      }
  });
  it('a later beginning never ends sooner', () => {
    const w = following(way(3), { ...way(21), stages: [{ kind: 'held', time: { months: 21, days: 0 } }] });
    for (let day = FIRST; day < FIRST + 800; day++) assert.ok(endOf(w, day) <= endOf(w, day + 1));
    assert.equal(endOf(w, FIRST), fullFrom(answeredBy(FIRST, { months: 3, days: 0 }), { months: 21, days: 0 }));
  });
  it('of many ways none is lost that may be the best, and both of two cost what the dearer does', () => {
    const n = numbers(3);
    const ways = Array.from({ length: 60 }, () =>
      way(1 + n(30), { cents: n(900), moves: 1 + n(4), discretion: n(90) }),
    );
    const kept = fewest(ways);
    assert.ok(kept.length <= 16);
    for (const w of ways)
      assert.ok(
        kept.some(
          (k) =>
            endOf(k, FIRST) <= endOf(w, FIRST) &&
            k.cents <= w.cents &&
            k.moves <= w.moves &&
            k.discretion <= w.discretion,
        ),
      );
    const dear = both(way(2, { cents: 5 }), way(9, { moves: 3 }));
    assert.deepEqual([dear.cents, dear.moves, endOf(dear, FIRST)], [5, 3, endOf(way(9), FIRST)]);
  });
});

/** What the test looks at of a search that has ended. */
type Inside = {
  readonly front: { all(): readonly { readonly goaled: { readonly label: Label } }[] };
  bounds(tier: number): {
    of(s: Label['s'], owned: unknown, purpose: number, on: number, from: number, moves: number): Rows;
    ownedBy(s: Label['s']): unknown;
  };
};
type Rows = {
  readonly count: number;
  readonly on: Float64Array;
  readonly moves: Float64Array;
  readonly cents: Float64Array;
  readonly discretion: Float64Array;
};

describe('bounds are admissible', () => {
  it('from every label of every plan of a world, some row is no more than the plan comes to', () => {
    let looked = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { line, passport, money, limits } = smallWorld(seed);
      const book = worldLaw(line);
      const options = { ...limits, roam: true, bridges: true, each: false, most: 100_000 };
      const search = new Search(book, someone(book, 'xa', passport, '', money), { kind: 'permanent' }, options);
      while (search.work(1000));
      const inside = search as unknown as Inside;
      const bounds = inside.bounds(3);
      for (const { goaled } of inside.front.all()) {
        const end = goaled.label;
        for (let l = end.parent; l; l = l.parent) {
          const rows = bounds.of(l.s, bounds.ownedBy(l.s), l.purpose, l.s.on, l.s.on, limits.moves - l.moves);
          let low = false;
          for (let i = 0; i < rows.count; i++)
            low ||=
              (rows.on[i] as number) <= end.s.on &&
              l.moves + (rows.moves[i] as number) <= end.moves &&
              l.cents + (rows.cents[i] as number) <= end.cents &&
              l.discretion + (rows.discretion[i] as number) <= end.discretion;
          assert.ok(low, `world ${seed}, day ${l.s.on - FIRST}: ${line}`);
          looked++;
        }
      }
    }
    assert.ok(looked > 100, `${looked}`);
  });
});
