/**
 * Every request for protection in the law rests, by the law itself, on what the person fears: whoever says that nothing threatens them
 * is led to none, and where nobody told, a plan names it.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { type LawBook, ofKind } from '../../src/law/book.ts';
import { inForce } from '../../src/law/resolve.ts';
import type { Provision } from '../../src/law/types.ts';
import { assumptionsFor } from '../../src/moves/assume.ts';
import { startOf } from '../../src/moves/claims.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import { neverOpen } from '../../src/moves/never.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Goal } from '../../src/plan/types.ts';

const law = await loadLaw();
const ON = parseDay('2026-11-27') as number;
/** Nothing but the claim itself. */
const HERE = { routes: new Set(['de/asylum']), countries: new Set<string>() };
const FEAR = 'exposure.fearOfReturn';
const claims = ofKind(law, 'route').filter((r) => r.claim === 'asylum');
// That nothing but fear is in the way of a claim, is told here of the countries that ask for more.
const MORE = `
us: {lateClaimExcused: no}
ca: {firstEntry: 2026-10-11, removalOrder: no, claimInSharingCountry: no, fromUsByLand: no, seriousCrime: no}
mx: {lateReason: no}
tr: {countedAsEuropean: COUNTED}
`;

function someone(country: string, exposure: string, more = ''): Situation {
  const r = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru]}
documents: [{kind: passport, country: ru, biometric: yes, issued: 2025-01-01, expires: 2035-01-01}]
now: {country: ${country}, since: 2026-11-11, status: ${country}/visa-free}
stays: []
statuses: []
claims: []
${exposure}
${more}`,
    law.schema,
  );
  assert.deepEqual(r.problems, []);
  assert.ok(r.person);
  return startOf(law, r.person, ON);
}

describe('a request for protection, in every country of the law', () => {
  it('is closed for good to whoever says that they fear nothing, whatever else is not told', () => {
    assert.ok(claims.length >= 35, `${claims.length}`);
    for (const r of claims) {
      const s = someone(r.jurisdiction, 'exposure: {fearOfReturn: no}');
      assert.equal(routeEligibility(law, r, s, ON).outcome, false, r.id);
      assert.equal(neverOpen(law, r, s, ON, ON + 365), true, r.id);
    }
  });
  it('is not open to whom nobody asked, and names the fear as what it rests on', () => {
    for (const r of claims) {
      if (inForce(r, ON) === 'no') continue;
      const s = someone(r.jurisdiction, '', MORE.replace('COUNTED', r.id === 'tr/refugee' ? 'yes' : 'no'));
      const e = routeEligibility(law, r, s, ON);
      assert.equal(e.outcome, undefined, r.id);
      const assumed = assumptionsFor(law, e, s, ON)?.assumes ?? [];
      const fear = assumed.find((a) => a.fact === FEAR);
      assert.equal(fear?.value, true, `${r.id}: ${assumed.map((a) => a.fact)}`);
    }
  });
  it('is open to whoever told of serious harm where the law asks for that alone', () => {
    for (const [id, more] of [
      ['de/asylum', 'de: {seriousHarm: yes}'],
      ['ge/humanitarian', 'ge: {seriousHarm: yes}'],
    ] as const) {
      const r = law.provisions.get(id) as Provision;
      const s = someone(r.jurisdiction, 'exposure: {fearOfReturn: no}', more);
      assert.notEqual(routeEligibility(law, r, s, ON).outcome, false, id);
    }
  });
});

describe('a permit that a request for asylum ends', () => {
  const asked = (from: string): Situation => {
    const s = { ...someone('de', 'exposure: {fearOfReturn: yes}'), under: 'de/humanitarian-admission' };
    const held = { status: 'de/humanitarian-admission', country: 'de', from: parseDay(from) as number };
    const admitted: Situation = { ...s, holdings: [held] };
    const claim = moves(law, admitted, HERE).find((m) => m.kind === 'file');
    assert.ok(claim);
    return apply(law, admitted, claim, ON, { processing: 'longest', granted: true });
  };
  const left = (s: Situation) => (s.holdings ?? []).filter((h) => h.status === 'de/humanitarian-admission');
  it('runs to the day before, and if it was given on that day, not at all', () => {
    assert.deepEqual(
      left(asked('2026-11-20')).map((h) => h.to),
      [ON - 1],
    );
    assert.deepEqual(left(asked('2026-11-27')), []);
  });
});

describe('plans in Germany with nothing but its law of asylum', () => {
  const kept = (p: Provision): boolean =>
    p.kind !== 'route' || (p.jurisdiction === 'de' && /asylum|refugee|subsidiary/.test(p.id));
  const book: LawBook = { ...law, provisions: new Map([...law.provisions].filter(([, p]) => kept(p))) };
  const found = (exposure: string, goal: Goal) =>
    searchPlans(book, someone('de', exposure), goal, { horizon: ON + 4 * 365, moves: 4 });
  const claimed = (exposure: string, goal: Goal) =>
    found(exposure, goal).plans.filter((p) =>
      p.legs.some((l) => l.kind === 'file' && law.provisions.get(l.route)?.claim !== undefined),
    );
  for (const goal of [{ kind: 'protection' }, { kind: 'years', years: 2 }] as const) {
    it(`${goal.kind}: none asks for asylum where nothing is feared`, () => {
      assert.deepEqual(claimed('exposure: {fearOfReturn: no}', goal), []);
    });
    it(`${goal.kind}: one does where it is not told, names it and is rare; told, it is no assumption`, () => {
      const open = claimed('', goal);
      assert.ok(open.length > 0);
      for (const p of open) {
        assert.ok(p.assumes.some((a) => a.fact === FEAR && a.value === true));
        assert.equal(p.rare, true);
      }
      const told = claimed('exposure: {fearOfReturn: yes}', goal);
      assert.ok(told.length > 0);
      for (const p of told) assert.ok(!p.assumes.some((a) => a.fact === FEAR));
    });
  }
});
