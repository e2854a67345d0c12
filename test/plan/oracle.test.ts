/**
 * The search against the oracle: on random small worlds the fronts are the same, cost by cost. A share runs always; with
 * FOOTHOLD_LONG=1 a thousand worlds.
 */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { beginningPlan } from '../../src/person/learning.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { costsOf, sorted } from './costs.ts';
import { noWorse, oracle } from './oracle.ts';
import { runsWorld, type SmallWorld, smallWorld, windowWorld } from './random-worlds.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const GOAL = { kind: 'permanent' } as const;
/**
 * Nothing left out: people may move about, ask for several things at once, and hold permits only to wait; and all luck at once, since the
 * oracle knows of none (a passport that has run out is a doubt).
 */
const ALL = { roam: true, bridges: true, each: false, tiers: [4] } as const;

const LONG = process.env.FOOTHOLD_LONG !== undefined;
const [first, last, shorter] = LONG
  ? [Number(process.env.FOOTHOLD_FROM ?? 0), Number(process.env.FOOTHOLD_TO ?? 1000), 0]
  : [0, 16, 5];

/** The front found against the front that trying every day finds; how many plans there are. */
function sameFront({ line, passport, money, limits: full }: SmallWorld, less = shorter): readonly Plan[] {
  // Worlds in which savings grow reach beyond a month.
  const limits = { ...full, horizon: full.horizon - (full.horizon > FIRST + 30 ? 0 : less) };
  const book = worldLaw(line);
  const start = someone(book, 'xa', passport, '', money);
  const all = oracle(book, beginningPlan(start), limits);
  const { plans, complete } = searchPlans(book, start, GOAL, { ...limits, ...ALL, most: 100_000 });
  for (const p of plans) {
    const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
    assert.ok(v.ok, `${line}\n${told(p)}\n${JSON.stringify(v)}`);
  }
  assert.ok(complete, line);
  assert.deepEqual(sorted(plans.map(costsOf)), sorted(all.front.map((x) => x.costs)), `${line} (${passport})`);
  // Without moving about, plans are fewer, and none is better than the oracle's.
  for (const p of searchPlans(book, start, GOAL, { ...limits, most: 100_000 }).plans) {
    const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
    assert.ok(v.ok, `${line}\n${told(p)}\n${JSON.stringify(v)}`);
    assert.ok(
      all.front.some((x) => noWorse(x.costs, costsOf(p))),
      `better than every plan there is: ${told(p)} in ${line}`,
    );
  }
  return plans;
}

describe('the front is the one that trying every day finds', () => {
  let found = 0;
  for (let seed = first; seed < last; seed++) {
    it(`world ${seed}`, () => {
      if (sameFront(smallWorld(seed)).length) found++;
    });
  }
  it('in most worlds there is a plan, so that something was compared', () => {
    assert.ok(found > (last - first) / 3, `${found} of ${last - first}`);
  });
});

describe('the same where permits are extended on certain days only', () => {
  let extended = 0;
  for (let seed = first; seed < (LONG ? last : 8); seed++) {
    it(`world ${seed}`, () => {
      for (const p of sameFront(windowWorld(seed), 0)) {
        const filed = p.legs.flatMap((l) => (l.kind === 'file' ? [l.route] : []));
        if (new Set(filed).size < filed.length) extended++;
      }
    });
  }
  it('some plans extend what they hold, so that something was compared', () => {
    assert.ok(extended > 1, `${extended}`);
  });
});

describe('the same where visits are counted against whoever comes often', () => {
  let found = 0;
  for (let seed = first; seed < (LONG ? last : 8); seed++) {
    it(`world ${seed}`, () => {
      if (sameFront(runsWorld(seed), shorter).length) found++;
    });
  }
  it('in some worlds there is a plan, so that something was compared', () => {
    assert.ok(found > 1, `${found}`);
  });
});

describe('text worlds', () => {
  const fronts = (line: string, horizon = 60): string[] => {
    const book = worldLaw(line);
    const start = someone(book);
    const { plans, complete } = searchPlans(book, start, GOAL, { ...ALL, horizon: FIRST + horizon, most: 100_000 });
    assert.ok(complete);
    for (const p of plans) {
      const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
      assert.ok(v.ok, `${told(p)}\n${JSON.stringify(v)}`);
    }
    return plans
      .map((p) => {
        const m = p.metrics;
        return `${told(p)} [${m.daysToGoal} d, ${m.discretionDays} at discretion, ${m.costEur} EUR, ${m.moves} moves, ${m.dangerDays} in danger]`;
      })
      .sort();
  };
  it('A: now is too early and the last day dangerous: the middle day is derived', () => {
    // xb lets one stay 10 days and opens its shelter on day 25; xa is dangerous: to xb on day 16, not before, not later.
    assert.deepEqual(fronts('xa visit 20; danger xa; xb visit 10; xb shelter 3 9 right stands permanent opens 25'), [
      '16 go xb/visit | 25 file xb/shelter | 28 got xb/shelter [28 d, 0 at discretion, 0 EUR, 2 moves, 16 in danger]',
    ]);
  });
  it('B: a safe country is left on the day that matters', () => {
    assert.deepEqual(fronts('xa visit 40; xb visit 10; danger xb; xb shelter 3 9 right stands permanent opens 25'), [
      '25 go xb/visit | 25 file xb/shelter | 25 go xa/visit | 28 got xb/shelter [28 d, 0 at discretion, 0 EUR, 3 moves, 1 in danger]',
      '25 go xb/visit | 25 file xb/shelter | 28 got xb/shelter [28 d, 0 at discretion, 0 EUR, 2 moves, 4 in danger]',
    ]);
  });
  it('C: sooner, cheaper and safer are three plans', () => {
    assert.deepEqual(
      fronts(
        'xa visit 30; xa shelter 20 9 right 0 stands permanent; xa quick 5 9 right 90 stands permanent; xa luck 3 9 lottery 0 stands permanent',
      ),
      [
        '0 file xa/luck | 3 got xa/luck [3 d, 3 at discretion, 0 EUR, 1 moves, 0 in danger]',
        '0 file xa/quick | 5 got xa/quick [5 d, 0 at discretion, 90 EUR, 1 moves, 0 in danger]',
        '0 file xa/shelter | 20 got xa/shelter [20 d, 0 at discretion, 0 EUR, 1 moves, 0 in danger]',
      ],
    );
  });
  it('D: a fee that falls is waited for, where waiting is all it costs', () => {
    assert.deepEqual(fronts('xa visit 30; xa shelter 2 9 right 50 stands permanent; fee xa shelter 7 10'), [
      '0 file xa/shelter | 2 got xa/shelter [2 d, 0 at discretion, 50 EUR, 1 moves, 0 in danger]',
      '7 file xa/shelter | 9 got xa/shelter [9 d, 0 at discretion, 10 EUR, 1 moves, 0 in danger]',
    ]);
  });
  it('E: the permit is renewed in time and the years go on', () => {
    // Any day of renewal from the 6th to the 9th costs the same; the first of them is told.
    assert.deepEqual(fronts('xa visit 30; xa work 3 10 right 5 renew; xa home 2 after 15 work'), [
      '0 file xa/work | 3 got xa/work | 6 file xa/work | 9 got xa/work | 18 file xa/home | 20 got xa/home [20 d, 0 at discretion, 10 EUR, 3 moves, 0 in danger]',
    ]);
  });
  it('F: a permit may be held only to wait', () => {
    assert.deepEqual(
      fronts('xa visit 5; xb visit 5; xb work 1 30 right; xb shelter 2 9 right stands permanent opens 20'),
      [
        '0 go xb/visit | 0 file xb/work | 1 got xb/work | 20 file xb/shelter | 22 got xb/shelter [22 d, 0 at discretion, 0 EUR, 3 moves, 0 in danger]',
      ],
    );
  });
  it('G: what closes before the time to renew has come is renewed on the last day that is left', () => {
    const line = 'xa visit 30; xa work 3 200 right renew closes 20; xa home 2 after 210 work';
    const way =
      '0 file xa/work | 3 got xa/work | 20 file xa/work | 23 got xa/work | 213 file xa/home | 215 got xa/home';
    assert.deepEqual(fronts(line, 300), [`${way} [215 d, 0 at discretion, 0 EUR, 3 moves, 0 in danger]`]);
    const book = worldLaw(line);
    assert.deepEqual(searchPlans(book, someone(book), GOAL, { horizon: FIRST + 300 }).plans.map(told), [way]);
  });
  it('what only gets dearer is not renewed long before its time', () => {
    const line = 'xa visit 30; xa work 3 200 right 10 renew; fee xa work 20 50; xa home 2 after 210 work';
    const book = worldLaw(line);
    const renewed = searchPlans(book, someone(book), GOAL, { horizon: FIRST + 300 }).plans.map(
      (p) => p.legs.filter((l) => l.kind === 'file')[1]?.day,
    );
    assert.deepEqual(renewed, [FIRST + 199]);
  });
  it('H: from one safe visit to the next on its last day, so that less is left for where it is not', () => {
    const line = 'xa visit 6; danger xb; xb p0 3 7 discretion 30 abroad; xb home 0 after 6 p0 20; xc visit 4';
    assert.ok(
      fronts(line, 14).includes(
        '0 file xb/p0 | 3 got xb/p0 | 5 go xc/visit | 8 go xb/p0 | 9 file xb/home | 9 got xb/home [9 d, 3 at discretion, 50 EUR, 4 moves, 2 in danger]',
      ),
    );
  });
  it('I: a permit asked for no earlier than lets it reach the day that matters, and the visit before it likewise', () => {
    // xb work must be granted on day 16 or later to reach day 25; the visit in which it is asked for begins five days before.
    const line =
      'xa visit 20; danger xa; xb visit 5; xb work 3 10 right; xb shelter 4 9 right stands permanent opens 25';
    assert.ok(
      fronts(line, 40).includes(
        '9 go xb/visit | 13 file xb/work | 16 got xb/work | 25 file xb/shelter | 29 got xb/shelter [29 d, 0 at discretion, 0 EUR, 3 moves, 9 in danger]',
      ),
    );
  });
  it('J: an entry closed on the days after the exit is open again once the gap is over', () => {
    const line = 'xa visit 3 gap 3; xb visit 6; xa shelter 2 9 right stands permanent opens 6';
    const book = worldLaw(line);
    const start = someone(book);
    const { plans } = searchPlans(book, start, GOAL, { ...ALL, horizon: FIRST + 12, most: 100_000 });
    // Three days are used on the 2nd: back on that day or from the 5th on, and on no day between.
    const by = (out: number, back: number): boolean => {
      const [plan] = plans;
      const legs = (plan as Plan).legs.map((l, i) => ({
        ...l,
        day: i === 0 ? FIRST + out : i === 1 ? FIRST + back : l.day,
      }));
      return verifyPlan(book, start, GOAL, { ...(plan as Plan), legs }, { processing: 'longest' }).ok;
    };
    assert.deepEqual(
      [3, 4, 5, 6].map((back) => by(2, back)),
      [false, false, true, true],
    );
  });
  it('L: what may be extended only in its last days goes on until the answer, and these days count only where the law counts them', () => {
    const way = (rest: string) =>
      fronts(`xa visit 30; xa work 5 10 right 5 renew before 3 ${rest}; xa home 2 after 18 work`);
    const legs = '0 file xa/work | 5 got xa/work | 11 file xa/work | 16 got xa/work';
    const costs = 'd, 0 at discretion, 10 EUR, 3 moves, 0 in danger';
    assert.deepEqual(way('goes on'), [`${legs} | 24 file xa/home | 26 got xa/home [26 ${costs}]`]);
    assert.deepEqual(way('goes on counts'), [`${legs} | 23 file xa/home | 25 got xa/home [25 ${costs}]`]);
    assert.deepEqual(way('goes on limit 1'), way('goes on'));
    // It lapses, and the years begin anew with each permit, none of which is long enough.
    assert.deepEqual(way('lapses'), []);
  });
  it('M: where no source says that it goes on, and none can be answered in time, the plan says so', () => {
    const line = 'xa visit 30; xa work 5 10 right 5 renew before 3; xa home 2 after 18 work';
    const book = worldLaw(line);
    const [p] = searchPlans(book, someone(book), GOAL, { horizon: FIRST + 60 }).plans;
    assert.deepEqual(
      p?.legs.flatMap((l) => l.doubts.map((d) => d.kind)),
      ['answer-after-end'],
    );
    assert.equal(fronts(line.replace('right 5', 'right 5 leave')).length, 0);
  });
  it('N: who may not ask until the last day asks on the last day that is left', () => {
    const line = 'xa visit 30; xa work 2 10 right 5 renew before 9 by 4 goes on; xa home 2 after 18 work';
    const book = worldLaw(line);
    assert.deepEqual(searchPlans(book, someone(book), GOAL, { horizon: FIRST + 60 }).plans.map(told), [
      '0 file xa/work | 2 got xa/work | 7 file xa/work | 9 got xa/work | 14 file xa/work | 16 got xa/work | 20 file xa/home | 22 got xa/home',
    ]);
  });
  it('K: of two answers that hang at once each day of overlap is a plan of its own', () => {
    const line =
      'xa visit 6; xa p0 3 6 discretion opens 4; danger xb; xb visit 6; xb p0 3 7 discretion abroad; xb home 0 after 6 p0';
    const book = worldLaw(line);
    const start = someone(book);
    const limits = { horizon: FIRST + 13, moves: 4, hops: 2, pending: 2 };
    const all = oracle(book, start, limits);
    const { plans, complete } = searchPlans(book, start, GOAL, { ...limits, ...ALL, most: 100_000 });
    assert.ok(complete);
    assert.ok(all.front.some((x) => x.costs[0] === 11 && x.costs[1] === 5 && x.costs[4] === 1));
    assert.deepEqual(sorted(plans.map(costsOf)), sorted(all.front.map((x) => x.costs)));
  });
  it('O: the first day of extending is one although the fee rises on it', () => {
    const line =
      'xa visit 3; xa p0 3 6 right 10 leave renew before 1 goes on counts; xa home 0 after 6 p0; fee xa p0 7 40';
    assert.deepEqual(fronts(line, 14), [
      '0 file xa/p0 | 3 got xa/p0 | 7 file xa/p0 | 10 got xa/p0 | 10 file xa/home | 10 got xa/home [10 d, 0 at discretion, 50 EUR, 3 moves, 0 in danger]',
    ]);
  });
  it('two answers awaited at once: the smallest world in which a plan was lost', () => {
    const line = 'xa visit 3; xa p0 2 0 discretion 0 opens 2; xb p0 3 2 discretion 0 abroad; xb home 0 after 1 p0';
    const book = worldLaw(line);
    const start = someone(book, 'xa');
    const limits = { horizon: FIRST + 5, moves: 4, hops: 0, pending: 2 };
    const all = oracle(book, start, limits);
    const { plans, complete } = searchPlans(book, start, GOAL, { ...limits, ...ALL, most: 100_000 });
    assert.ok(complete);
    assert.deepEqual(sorted(plans.map(costsOf)), sorted(all.front.map((x) => x.costs)));
  });
});
