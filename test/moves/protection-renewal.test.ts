/** The permit of whoever is protected already is extended by a rule of its own, not by a second claim with its luck and its time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { legDoes } from '../../src/answers/leg-words.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { ofKind } from '../../src/law/book.ts';
import { apply, moves } from '../../src/moves/moves.ts';
import type { File } from '../../src/moves/types.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Situation } from '../../src/person/types.ts';

const law = await loadLaw();
const day = (t: string) => parseDay(t) as number;
const ON = day('2026-11-27');

function protectedIn(country: string, status: string, more = ''): Situation {
  const r = readPerson(
    'p.yaml',
    `person: {born: 1990-01-01, citizenships: [ru]}
documents: []
now: {country: ${country}, since: 2024-01-11, status: ${status}}
stays: []
statuses: [{status: ${status}, country: ${country}, from: 2024-01-11, to: 2027-01-10}]
claims: []
${more}`,
    law.schema,
  );
  assert.deepEqual(r.problems, []);
  assert.ok(r.person);
  return situationOf(r.person, ON);
}

/** The ways to what is held already. */
const filed = (s: Situation): File[] => {
  const held = s.holdings?.[0]?.status;
  const routes = new Set(ofKind(law, 'route').flatMap((r) => (r.grants?.status === held ? [r.id] : [])));
  return moves(law, s, { countries: new Set(), routes }).flatMap((m) => (m.kind === 'file' ? [m] : []));
};

describe('protection that runs for a term', () => {
  it('is nowhere in the law extended by a claim, nor with the time that a first decision takes', () => {
    let seen = 0;
    for (const p of ofKind(law, 'route')) {
      const renew = p.status?.renew;
      if (!p.status?.protectsFromReturn || !p.grants?.valid || !renew || renew === 'no' || !renew.by) continue;
      const by = law.provisions.get(renew.by);
      assert.equal(by?.claim, undefined, p.id);
      assert.equal(by?.processing, undefined, p.id);
      seen++;
    }
    assert.ok(seen >= 20, `${seen}`);
  });
  it('is extended as of right where the law says so, whatever was told of fear', () => {
    for (const [country, status, renewal, until] of [
      ['fr', 'fr/refugee', 'fr/refugee-card-renewal', '2037-03-19'],
      ['de', 'de/refugee', 'de/refugee-renewal', '2030-03-19'],
      ['cy', 'cy/subsidiary-protection', 'cy/subsidiary-protection-renewal', '2029-03-19'],
    ] as const) {
      const s = protectedIn(country, status);
      const found = filed(s);
      assert.deepEqual(
        found.map((m) => [m.route, m.decision, m.assumes.filter((a) => a.fact === 'exposure.fearOfReturn')]),
        [[renewal, 'right', []]],
      );
      const asked = apply(law, s, found[0] as File, day('2026-12-20'), { processing: 'longest', granted: true });
      const answer = moves(law, asked, { countries: new Set(), routes: new Set() }).find((m) => m.kind === 'await');
      assert.ok(answer);
      // No source says how long it takes: ninety days are reckoned with, and the plan says so.
      assert.equal(formatDay(answer.earliest), '2027-03-20');
      const held = apply(law, asked, answer, answer.earliest, { processing: 'longest', granted: true });
      assert.equal(formatDay(held.holdings?.at(-1)?.to as number), until, renewal);
    }
  });
  it('is looked at again where the law says so, and closed to whoever has nothing to fear any more', () => {
    const british = (fear: string) => filed(protectedIn('gb', 'gb/protection', `exposure: {fearOfReturn: ${fear}}`));
    assert.deepEqual(
      british('yes').map((m) => [m.route, m.decision]),
      [['gb/protection-review', 'discretion']],
    );
    assert.deepEqual(british('no'), []);
  });
  it('is told as what it is: an extension is not asked to be extended', () => {
    const s = protectedIn('fr', 'fr/refugee');
    const [move] = filed(s);
    const leg = { kind: 'file', day: ON, route: move?.route, place: 'fr' };
    const walked = { leg, provision: move?.provision, before: s, after: s } as unknown as WalkedLeg;
    assert.equal(legDoes(walked, 'en'), 'apply for Renewal of the resident card of a refugee (France)');
    assert.equal(legDoes(walked, 'ru'), 'подать заявление — Продление карты резидента беженца (Франция)');
    const blue = { ...leg, route: 'de/blue-card', place: 'de' };
    const holder = protectedIn('de', 'de/blue-card');
    const again = { leg: blue, provision: law.provisions.get('de/blue-card'), before: holder, after: holder };
    assert.match(legDoes(again as unknown as WalkedLeg, 'en'), /^ask to extend /);
  });
});
