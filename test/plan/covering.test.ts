/** What it costs at the least to hold something for so many days, against trying every row of grants. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { covering, type Grant } from '../../src/plan/costs.ts';
import { searchPlans } from '../../src/plan/search.ts';
import { costsOf, sorted } from './costs.ts';
import { numbers } from './random-worlds.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

type Row = { reach: number; discretion: number; cents: number; grants: number };

/** Every row of up to so many grants, whatever their order. */
function rows(kinds: readonly Grant[], most: number): Row[] {
  const out: Row[] = [{ reach: 0, discretion: 0, cents: 0, grants: 0 }];
  const go = (row: Row, first: number): void => {
    if (row.grants === most) return;
    kinds.slice(first).forEach((k, i) => {
      const next = {
        reach: row.reach + k.lasts,
        discretion: row.discretion + k.discretion,
        cents: row.cents + k.cents,
        grants: row.grants + 1,
      };
      out.push(next);
      go(next, first + i);
    });
  };
  go(out[0] as Row, 0);
  return out;
}

describe('grants that cover a time', () => {
  it('every row that reaches so far costs no less than some choice told, and the choices are rows where few are told apart', () => {
    const n = numbers(11);
    let compared = 0;
    for (let i = 0; i < 60; i++) {
      const kinds = Array.from({ length: 1 + n(4) }, () => ({
        lasts: 100 + n(900),
        discretion: n(2) * 30 * (1 + n(4)),
        cents: n(50) * 1000,
      }));
      const all = rows(kinds, 7);
      const cover = covering(kinds);
      for (const days of [1, 99, 365, 366, 700, 1095]) {
        const choices = cover(days);
        const reach = all.filter((r) => r.reach >= days);
        if (reach.length === 0) continue;
        compared++;
        for (const r of reach)
          assert.ok(
            choices.some((c) => c.grants <= r.grants && c.discretion <= r.discretion && c.cents <= r.cents),
            `${JSON.stringify(kinds)} ${days} ${JSON.stringify(r)}`,
          );
        if (choices.length > 1)
          for (const c of choices.filter((x) => x.grants <= 4))
            assert.ok(
              reach.some((r) => r.grants === c.grants && r.discretion === c.discretion && r.cents === c.cents),
              `${JSON.stringify(kinds)} ${days} ${JSON.stringify(c)}`,
            );
      }
    }
    assert.ok(compared > 200, `${compared}`);
  });

  it('the same where some follow none of their own kind, and some none but their own: no row that the law lets be is cheaper', () => {
    const n = numbers(23);
    let compared = 0;
    for (let i = 0; i < 80; i++) {
      const kinds = Array.from({ length: 1 + n(4) }, () => ({
        lasts: 100 + n(900),
        discretion: n(2) * 30 * (1 + n(4)),
        cents: n(50) * 1000,
        single: n(3) === 0,
        alone: n(2) === 0,
      }));
      const cover = covering(kinds);
      const cheaper = (r: Row, days: number): boolean =>
        !cover(days).some((c) => c.grants <= r.grants && c.discretion <= r.discretion && c.cents <= r.cents);
      const go = (row: Row, last: Grant | undefined): void => {
        for (const days of [1, 365, 700, 1095])
          if (row.reach >= days) {
            compared++;
            assert.ok(!cheaper(row, days), `${JSON.stringify(kinds)} ${days} ${JSON.stringify(row)}`);
          }
        if (row.grants === 5) return;
        for (const k of kinds) {
          if ((k.single && last === k) || (k.alone && last !== undefined && last !== k)) continue;
          const { reach, discretion, cents, grants } = row;
          go(
            {
              reach: reach + k.lasts,
              discretion: discretion + k.discretion,
              cents: cents + k.cents,
              grants: grants + 1,
            },
            k,
          );
        }
      };
      go({ reach: 0, discretion: 0, cents: 0, grants: 0 }, undefined);
    }
    assert.ok(compared > 1000, `${compared}`);
  });

  it('a cheap year that cannot be had twice in a row, nor before a dearer permit, is no part of three years', () => {
    const year = { lasts: 365, discretion: 30, cents: 2000, single: true, alone: true };
    const two = { lasts: 731, discretion: 90, cents: 13_000, alone: true };
    assert.deepEqual(covering([year, two])(1095), [{ discretion: 180, cents: 26_000, grants: 2 }]);
    assert.deepEqual(covering([year, { ...two, alone: false }])(1095), [{ discretion: 120, cents: 15_000, grants: 2 }]);
    const again = covering([{ ...year, single: false }, two])(1095);
    assert.deepEqual(
      again.find((c) => c.grants === 3),
      { discretion: 90, cents: 6000, grants: 3 },
    );
  });

  it('one day more than a permit lasts takes another; what has no end takes one', () => {
    const year = { lasts: 365, discretion: 0, cents: 100 };
    const cover = covering([year]);
    assert.deepEqual(cover(364), [{ discretion: 0, cents: 100, grants: 1 }]);
    assert.deepEqual(cover(365), [{ discretion: 0, cents: 100, grants: 1 }]);
    assert.deepEqual(cover(366), [{ discretion: 0, cents: 200, grants: 2 }]);
    assert.deepEqual(cover(0), [{ discretion: 0, cents: 0, grants: 0 }]);
    const open = covering([year, { lasts: Number.POSITIVE_INFINITY, discretion: 90, cents: 0 }]);
    assert.deepEqual(open(5000).find((c) => c.discretion === 90)?.grants, 1);
  });

  it('many kinds are taken together, and none costs less than is told', () => {
    const n = numbers(5);
    const kinds = Array.from({ length: 12 }, (_, i) => ({
      lasts: 50 + 40 * i,
      discretion: 10 * n(9),
      cents: 100 * (1 + i) + n(300),
    }));
    const cover = covering(kinds);
    for (const r of rows(kinds, 3)) {
      const choices = cover(r.reach);
      assert.ok(choices.some((c) => c.grants <= r.grants && c.discretion <= r.discretion && c.cents <= r.cents));
    }
  });
});

describe('plans where what a permit lasts decides', () => {
  // 40 days without a break: the cheap permit lasts 15 and is renewed, the dear one lasts 45.
  const WORLD =
    'xa visit 100; xa cheap 2 15 10 renew; xa dear 2 45 90; xa home 2 after 40 xa/cheap xa/dear; danger xa; xb visit 100';
  it('three of the cheap one, or one of the dear one, and none between', () => {
    const book = worldLaw(WORLD);
    const { plans, complete } = searchPlans(book, someone(book), { kind: 'permanent' }, { horizon: FIRST + 150 });
    assert.ok(complete);
    assert.deepEqual(
      plans.map((p) => p.metrics.costEur).sort((a, b) => a - b),
      [...new Set(plans.map((p) => p.metrics.costEur))].sort((a, b) => a - b),
      plans.map(told).join('\n'),
    );
    assert.deepEqual(sorted(plans.map(costsOf)).length, 2, plans.map(told).join('\n'));
    assert.deepEqual(
      plans.map((p) => p.metrics.costEur).sort((a, b) => a - b),
      [30, 90],
    );
  });
});
