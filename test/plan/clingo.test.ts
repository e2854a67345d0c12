/**
 * The front against a solver that was told the world in other words (`asp.ts`): each plan of it is there, and none is
 * missing. Worlds larger than the oracle can finish. A few run always; with FOOTHOLD_LONG=1 many more, and larger ones.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { searchPlans } from '../../src/plan/search.ts';
import { type AspCosts, type AspLimits, missingFrom, unattained } from './asp.ts';
import { midWorld } from './mid-worlds.ts';
import { FIRST, someone, told, worldLaw } from './text-worlds.ts';

const LONG = process.env.FOOTHOLD_LONG !== undefined;
const [first, last] = LONG ? [Number(process.env.FOOTHOLD_FROM ?? 0), Number(process.env.FOOTHOLD_TO ?? 200)] : [4, 5];

/** The front of the search, nothing left out. */
function frontOf(line: string, limits: AspLimits): { costs: AspCosts; told: string }[] {
  const book = worldLaw(line);
  const { plans, complete } = searchPlans(
    book,
    someone(book),
    { kind: 'permanent' },
    {
      ...limits,
      horizon: FIRST + limits.horizon,
      roam: true,
      bridges: true,
      each: false,
      most: 1_000_000,
    },
  );
  assert.ok(complete, line);
  return plans.map((p) => {
    const m = p.metrics;
    assert.equal(m.unlawfulDays, 0);
    return { costs: [m.daysToGoal, m.discretionDays, m.costEur, m.moves, m.dangerDays], told: told(p) };
  });
}

async function certify(line: string, limits: AspLimits): Promise<number> {
  const front = frontOf(line, limits);
  const costs = front.map((x) => x.costs);
  const false_ = await unattained(costs, line, limits);
  assert.deepEqual(
    front.filter((x) => false_.includes(x.costs)),
    [],
    `plans that the solver says nobody can make in ${line}`,
  );
  const lost = await missingFrom(costs, line, limits);
  assert.equal(lost && `${lost.costs.join(' ')}: ${lost.told}`, undefined, `a plan is lost in ${line}`);
  return front.length;
}

describe('a solver finds the same front', () => {
  const days = (horizon: number, moves: number): AspLimits => ({ horizon, moves, hops: 2, pending: 1 });
  it('A: stays in a window, a permit renewed in a dangerous country, one asked for abroad', async () => {
    const line =
      'xa visit 20/40; xb visit 10; danger xb; xb p0 3 12 discretion 20 renew; xb home 5 after 18 p0; xc visit 8 gap 3; xc p0 4 20 abroad 10; xc home 2 after 15 p0 40; xa shelter 12 9 discretion stands permanent opens 14';
    assert.ok((await certify(line, days(40, 4))) > 2);
  });
  it('B: a front with a plan taken out is found out', async () => {
    const line =
      'xa visit 30; xa shelter 20 9 right 0 stands permanent; xa quick 5 9 right 90 stands permanent; xa luck 3 9 lottery 0 stands permanent';
    const limits = days(30, 2);
    const front = frontOf(line, limits).map((x) => x.costs);
    assert.equal(front.length, 3);
    for (const [i, c] of front.entries()) {
      const lost = await missingFrom(front.toSpliced(i, 1), line, limits);
      assert.deepEqual(lost?.costs, c);
    }
    const [days_, ...rest] = front[0] as AspCosts;
    const never: AspCosts = [days_ - 1, ...rest];
    assert.deepEqual(await unattained([never], line, limits), [never]);
  });
  for (let seed = first; seed < last; seed++) {
    it(`world ${seed}`, async () => {
      const { line, limits } = midWorld(seed, LONG ? 4 + (seed % 3) : 4, LONG ? 5 : 4);
      await certify(line, limits);
    });
  }
});
