/** Plans made at random from what `moves` lists: lawful ones pass, and every figure of them is counted here day by day. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import type { Move } from '../../src/moves/types.ts';
import type { Situation } from '../../src/person/types.ts';
import type { Fallback, Leg, Metrics, Plan } from '../../src/plan/types.ts';
import { JOURNALIST, verify, WORLD } from './good-plan.ts';
import { person } from './worlds.ts';

const START = person(WORLD, '2026-01-20', JOURNALIST.replace('wanted: no', 'wanted: no, fearOfReturn: yes'));
const RUNS = process.env.FOOTHOLD_LONG ? 3000 : 200;

/** A leg for a move, made on its first day, with all that it rests on. */
function legOf(move: Move): Leg {
  const common = {
    jurisdiction: move.provision.jurisdiction,
    assumes: 'assumes' in move ? move.assumes : [],
    doubts: move.doubts,
    dangers:
      move.kind === 'enter' && move.country === 'xa' ? [{ provision: 'xa/pressure', outcome: true as const }] : [],
  };
  const d = move.earliest;
  switch (move.kind) {
    case 'enter':
      return { kind: 'enter', day: d, country: move.country, under: move.under, ...common };
    case 'file':
      return { kind: 'file', day: d, route: move.route, place: move.place, ...common };
    case 'await': {
      const none: Fallback = { on: d, lawfulUntil: undefined, steps: [], none: true };
      const slow = move.route === 'xb/settle';
      return {
        kind: 'await',
        day: d,
        route: move.route,
        ...common,
        doubts: slow ? [{ kind: 'processing-not-stated', route: move.route, taken: 90 }] : [],
        ...(move.decision === 'right' ? {} : { fallback: none }),
      };
    }
  }
}

/** A plan by choosing among the lawful moves, waiting only while presence is surely lawful. */
function walk(choices: readonly number[]): Plan {
  let s: Situation = START;
  const legs: Leg[] = [];
  // Where each day from the start to the last step is spent.
  const places: string[] = [];
  // Whether on each of them an answer was awaited that is at discretion.
  let hanging = 0;
  for (const c of choices) {
    const { until, known } = lawfulUntil(WORLD, s);
    const surely = until ?? (known ? Number.POSITIVE_INFINITY : s.on);
    const listed = moves(WORLD, s).filter((m) => m.kind !== 'await' || m.earliest <= surely);
    const move = listed[c % Math.max(1, listed.length)];
    if (!move) break;
    legs.push(legOf(move));
    for (let d = s.on; d < move.earliest; d++) {
      places.push(s.place as string);
      if (s.pending.some((p) => p.route === 'xb/work' && d < p.decided)) hanging++;
    }
    s = apply(WORLD, s, move, move.earliest, { processing: 'usual', granted: true });
  }
  const filed = (route: string) => legs.filter((l) => l.kind === 'file' && l.route === route);
  const open = legs.some((l) => l.fallback);
  const metrics: Metrics = {
    daysToGoal: places.length,
    discretionarySteps: legs.filter((l) => l.kind === 'await' && l.route === 'xb/work').length,
    discretionDays: hanging,
    // 100 USD before March 2026 and 200 after, at 1.25 before July 2026 and 1.6 after.
    costEur: filed('xb/work').reduce((n, l) => n + (l.day < 20513 ? 80 : l.day < 20635 ? 160 : 125), 0),
    moves: legs.filter((l) => l.kind !== 'await').length,
    dangerDays:
      places.filter((p) => p === 'xa').length + legs.filter((l) => l.kind === 'enter' && l.country === 'xa').length,
    unlawfulDays: 0,
  };
  return { legs, metrics, assumes: legs.flatMap((l) => l.assumes), survivesAnyOneRefusal: !open };
}

const choices = fc.array(fc.nat(30), { minLength: 1, maxLength: 12 });

describe('a plan made at random from lawful moves', () => {
  it('passes with the figures counted day by day', () => {
    let long = 0;
    fc.assert(
      fc.property(choices, (cs) => {
        const plan = walk(cs);
        if (plan.legs.some((l) => l.kind === 'await')) long++;
        const v = verify(plan, { kind: 'years', years: 0 }, START);
        assert.ok(v.ok, v.ok ? '' : JSON.stringify(v.refusals));
      }),
      { numRuns: RUNS },
    );
    assert.ok(long > RUNS / 20, `only ${long} of ${RUNS} plans waited for an answer: the property looks at too little`);
  });
  it('is refused with any one figure changed', () => {
    const keys = [
      'daysToGoal',
      'discretionarySteps',
      'discretionDays',
      'costEur',
      'moves',
      'dangerDays',
      'unlawfulDays',
    ] as const;
    fc.assert(
      fc.property(choices, fc.constantFrom(...keys), fc.integer({ min: -50, max: 50 }), (cs, key, by) => {
        fc.pre(by !== 0);
        const plan = walk(cs);
        const wrong = { ...plan, metrics: { ...plan.metrics, [key]: plan.metrics[key] + by } };
        assert.equal(verify(wrong, { kind: 'years', years: 0 }, START).ok, false);
      }),
      { numRuns: RUNS },
    );
  });
  it('is refused where an entry or application is made after the last lawful day', () => {
    fc.assert(
      fc.property(choices, fc.integer({ min: 1, max: 500 }), (cs, by) => {
        const plan = walk(cs);
        const at = plan.legs.findIndex((l) => l.kind !== 'await');
        const { until } = lawfulUntil(WORLD, START);
        assert.ok(at === 0 && until !== undefined);
        const late = plan.legs.map((l, i) => (i === 0 ? { ...l, day: until + by } : l));
        const v = verify({ ...plan, legs: late }, { kind: 'years', years: 0 }, START);
        assert.ok(!v.ok && v.refusals.some((r) => r.step === 0 && /outside the lawful ones/.test(r.reason)));
      }),
      { numRuns: RUNS },
    );
  });
});
