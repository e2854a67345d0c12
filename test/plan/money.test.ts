/** Savings over a plan: what a month adds or takes, fees paid on the way, floors on later days, and plans that the savings do not pay for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { savingsWords, shortWords } from '../../src/answers/money-words.ts';
import { walkPlan } from '../../src/answers/plan-legs.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { beginningPlan } from '../../src/person/learning.ts';
import { savingsOn } from '../../src/person/money.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';
import { verifyPlan } from '../../src/plan/verify.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const plain = (x: string): string => x.replaceAll('\u00a0', ' ');

const GOAL = { kind: 'permanent' } as const;

function world(line: string, money: string, horizon = 120) {
  const book = worldLaw(line);
  const start = someone(book, 'xa', 9000, '', money);
  const { plans } = searchPlans(book, start, GOAL, { horizon: FIRST + horizon });
  for (const p of plans) {
    const v = verifyPlan(book, start, GOAL, p, { processing: 'longest' });
    assert.ok(v.ok, `${told(p)}\n${JSON.stringify(v)}`);
  }
  return { book, start, plans, told: plans.map(told) };
}

describe('savings on a day', () => {
  const on = (monthly: string, day: number): number | undefined => {
    const { book, start } = world('xa visit 5', `savings: 100 EUR${monthly && `\nsavingsMonth: ${monthly}`}`);
    return savingsOn(book, beginningPlan(start), FIRST + day)?.amount;
  };
  it('a month adds when it is over', () => {
    assert.deepEqual(
      [0, 30, 31, 58, 59].map((d) => on('10 EUR', d)),
      [100, 100, 110, 110, 120],
    );
  });
  it('and takes when it begins', () => {
    assert.deepEqual(
      [0, 1, 31, 32].map((d) => on('-10 EUR', d)),
      [100, 90, 90, 80],
    );
  });
  it('where it was not told nothing grows', () => {
    assert.equal(on('', 3000), 100);
  });
  it('outside of a plan what was told stands', () => {
    const { book, start } = world(
      'xa visit 5; xa shelter 2 9 right stands permanent needs 120',
      'savings: 100 EUR\nsavingsMonth: 25 EUR',
    );
    const route = book.provisions.get('xa/shelter');
    assert.ok(route);
    assert.equal(routeEligibility(book, route, start, FIRST + 300).outcome, false);
    assert.equal(routeEligibility(book, route, beginningPlan(start), FIRST + 300).outcome, true);
  });
});

describe('a floor on a later day', () => {
  const LINE = 'xa visit 100; xa shelter 2 9 right 0 stands permanent needs 120';
  it('opens on the day on which it is reached', () => {
    assert.deepEqual(world(LINE, 'savings: 100 EUR\nsavingsMonth: 25 EUR').told, [
      '31 file xa/shelter | 33 got xa/shelter',
    ]);
    assert.deepEqual(world(LINE, 'savings: 100 EUR').told, []);
  });
  it('and a month later for who pays a fee before', () => {
    const line = `xa visit 100; xa work 3 90 right 10 renew; xa home 0 after 5 work 0 needs 120`;
    assert.deepEqual(world(line, 'savings: 100 EUR\nsavingsMonth: 25 EUR').told, [
      '0 file xa/work | 3 got xa/work | 59 file xa/home | 59 got xa/home',
    ]);
  });
  it('closes to who lives on savings', () => {
    const line = 'xa visit 100; xa shelter 2 9 right 0 stands permanent opens 5 needs 80';
    assert.deepEqual(world(line, 'savings: 100 EUR\nsavingsMonth: -10 EUR').told, [
      '5 file xa/shelter | 7 got xa/shelter',
    ]);
    assert.deepEqual(world(line, 'savings: 100 EUR\nsavingsMonth: -30 EUR').told, []);
  });
  it('is said in both languages', () => {
    const { book, start, plans } = world(LINE, 'savings: 100 EUR\nsavingsMonth: 25 EUR');
    const [leg] = walkPlan(book, start, plans[0] as Plan, 'longest');
    assert.ok(leg);
    assert.deepEqual(savingsWords(book, leg, 'en').map(plain), [
      'Savings on that day are reckoned at EUR 125: told EUR 100, plus EUR 25 a month (1 month).',
    ]);
    assert.match(savingsWords(book, leg, 'ru').map(plain).join(), /указано 100.*плюс 25.*1 месяц/);
  });
  it('and that living was not told', () => {
    const { book, start, plans } = world(
      'xa visit 100; xa shelter 2 9 right 0 stands permanent opens 40 needs 80',
      'savings: 100 EUR',
    );
    const [leg] = walkPlan(book, start, plans[0] as Plan, 'longest');
    assert.ok(leg);
    assert.match(
      savingsWords(book, leg, 'en').map(plain).join(),
      /reckoned at EUR 100: told EUR 100\. What you live on until then/,
    );
  });
});

describe('a plan that the savings do not pay for', () => {
  const LINE = 'xa visit 30; xa quick 2 9 right 150 stands permanent; xa slow 9 9 right 20 stands permanent';
  it('comes after those they pay for, and says by how much they fall short', () => {
    const { plans } = world(LINE, 'savings: 100 EUR');
    assert.deepEqual(plans.map(told), ['0 file xa/slow | 9 got xa/slow', '0 file xa/quick | 2 got xa/quick']);
    assert.deepEqual(plans[1]?.short, { leg: 0, by: { amount: 50, currency: 'EUR' } });
    assert.match(plain(shortWords(plans[1] as Plan, 'en') ?? ''), /EUR 50 is missing.*did not tell of/);
    assert.match(plain(shortWords(plans[1] as Plan, 'ru') ?? ''), /недостаёт до 50/);
    assert.equal(plans[0]?.short, undefined);
  });
  it('an income may cover it, and that is not known', () => {
    const { plans } = world(LINE, 'savings: 100 EUR\nwork: {incomeMonth: 900 EUR}');
    assert.equal(plans[0]?.short?.income, true);
    assert.deepEqual(plans.map(told)[0], '0 file xa/quick | 2 got xa/quick');
  });
  it('savings not told are not short', () => {
    assert.ok(world(LINE, '').plans.every((p) => p.short === undefined));
  });
  it('the verifier refuses a plan that does not say it', () => {
    const { book, start, plans } = world(LINE, 'savings: 100 EUR');
    const { short: _, ...silent } = plans[1] as Plan;
    const v = verifyPlan(book, start, GOAL, silent, { processing: 'longest' });
    assert.ok(!v.ok && v.refusals.some((r) => /expected 50\.00 EUR/.test(r.reason)));
  });
});
