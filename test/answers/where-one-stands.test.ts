/** What threatens where the person is, the decision on a claim that was made, and years of stay that end with an entry. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { untoldHere } from '../../src/answers/here.ts';
import { standingPaperWords } from '../../src/answers/leg-papers.ts';
import { legDoes, legTerms } from '../../src/answers/leg-words.ts';
import type { WalkedPlan } from '../../src/answers/plan-answer.ts';
import type { WalkedLeg } from '../../src/answers/plan-legs.ts';
import { rareLine } from '../../src/answers/rare-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { nearestChanges } from '../../src/check/nearest.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { countries, enterMoves } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const on = parseDay('2026-11-27') as number;
const start = (name: string, change: (text: string) => string = (x) => x): Situation => {
  const r = readPerson(
    name,
    change(readFileSync(join(root, 'people', `${name}.yaml`), 'utf8')),
    book.schema,
    () => undefined,
  );
  assert.deepEqual(r.problems, []);
  return startOf(book, r.person as never, on);
};

describe('an engineer in the United States whose job has ended', () => {
  const leaves = { legs: [{ kind: 'enter', day: on, country: 'am', dangers: [] }] } as unknown as Plan;
  // What everybody there has to know besides (a lottery that stopped) comes and goes with the law and is not asked here.
  const ofJob = (s: Situation, plans: Plan[]) =>
    untoldHere(book, s, plans)
      .map((d) => d.provision)
      .filter((id) => id === 'us/job-ended');
  it('is told of the sixty days, though the first plan begins with leaving', () => {
    assert.deepEqual(ofJob(start('denis'), [leaves]), ['us/job-ended']);
  });
  it('not twice, where a leg tells it', () => {
    const tells = { legs: [{ ...leaves.legs[0], dangers: [{ provision: 'us/job-ended' }] }] } as unknown as Plan;
    assert.deepEqual(ofJob(start('denis'), [tells]), []);
  });
  it('who still has the job is not', () => {
    const works = start('denis', (x) => x.replace('jobEnded: yes', 'jobEnded: no'));
    assert.deepEqual(ofJob(works, [leaves]), []);
  });
  it('may stay with a new employer at once; the draw is for April', () => {
    const offer =
      'offers: [{country: us, occupation: software-developer, salaryYear: 150000 EUR, contract: employment, employerKind: company, matchesDegree: yes}]';
    const s = start('denis', (x) => x.replace('offers: []', offer));
    const open = (id: string, day: string) =>
      routeEligibility(
        book,
        book.provisions.get(id) as never,
        { ...s, on: parseDay(day) as number },
        parseDay(day) as number,
      ).outcome;
    assert.equal(open('us/h-1b-extension', '2026-12-20'), true);
    assert.equal(open('us/h-1b', '2026-12-20'), false);
    const avoid = new Set(countries(book, on).filter((c) => c !== 'us'));
    const [first] = searchPlans(book, s, { kind: 'years', years: 3 }, { avoid }).plans;
    assert.deepEqual(
      first?.legs.map((l) => (l.kind === 'file' ? l.route : l.kind)),
      ['us/h-1b-extension', 'await'],
    );
    assert.equal(first?.metrics.dangerDays, 0);
  });
});

describe('a teacher in Kazakhstan whose plan begins with leaving', () => {
  it('is told what may threaten her where she is until then', () => {
    const leaves = { legs: [{ kind: 'enter', day: on, country: 'am', dangers: [] }] } as unknown as Plan;
    assert.ok(untoldHere(book, start('rimma'), [leaves]).some((d) => d.provision === 'kz/handover-to-russia'));
  });
  it('is told that it has run out, and what is left', () => {
    const [says, can] = standingPaperWords(book, start('rimma'), undefined, 'en');
    assert.match(says ?? '', /^Your internal passport has run out: its last day was 20 November 2026/);
    assert.match(can ?? '', /from a consulate/);
    const lasts = start('rimma', (x) => x.replace('2026-11-20', '2026-11-27'));
    assert.deepEqual(standingPaperWords(book, lasts, undefined, 'en'), []);
  });
  it('goes nowhere on an internal passport that has run out', () => {
    const enters = (s: Situation) =>
      ['am', 'kg', 'by'].filter((c) => enterMoves(book, s, c, on, on + 30, false).length > 0);
    assert.deepEqual(enters(start('rimma')), []);
    const renewed = start('rimma', (x) => x.replace(', expires: 2026-11-20', '').replace('2001-09-12', '2026-09-20'));
    assert.ok(enters(renewed).includes('am'));
  });
});

describe('what is closed, but nearest', () => {
  it('is no extension of a recognition that was never given', () => {
    const s = start('tamara');
    const e = routeEligibility(book, book.provisions.get('ar/refugee-renewal') as never, s, on);
    assert.equal(e.outcome, false);
    assert.deepEqual(nearestChanges(book, e, s, on), []);
    const work = routeEligibility(book, book.provisions.get('me/residence-employment') as never, s, on);
    assert.ok(nearestChanges(book, work, s, on).length > 0);
  });
});

describe('the decision on a claim', () => {
  const leg = (holdings: Situation['holdings']): WalkedLeg =>
    ({
      leg: { kind: 'file', day: on, route: 'fr/refugee', place: 'fr' },
      provision: book.provisions.get('fr/refugee'),
      before: { ...start('zoya'), place: 'fr', holdings, pending: [] },
      after: { pending: [] },
    }) as unknown as WalkedLeg;
  it('is waited for, not applied for anew', () => {
    const waits = leg([{ status: 'fr/asylum-seeker', country: 'fr', from: on - 30 }]);
    assert.match(legDoes(waits, 'en'), /^wait for the decision on the claim: /);
    assert.match(legDoes(waits, 'ru'), /^ждать решения по просьбе — /);
    assert.ok(legTerms(book, waits, 'en').some((x) => /nothing new is filed/.test(x)));
  });
  it('of whoever has not asked yet it is an application', () => assert.match(legDoes(leg([]), 'en'), /^apply for /));
});

describe('a permit asked for in a country by whoever has left it', () => {
  const answer = (place: string): string[] => {
    const pending = [
      {
        route: 'es/humanitarian',
        filed: on - 60,
        place: 'es',
        inCountry: true,
        decided: on,
        granted: true,
        document: 0,
      },
    ];
    const w = {
      leg: { kind: 'await', day: on, route: 'es/humanitarian', doubts: [] },
      provision: book.provisions.get('es/humanitarian'),
      before: { ...start('zoya'), place, pending },
      after: { pending: [] },
      filed: true,
    } as unknown as WalkedLeg;
    return legTerms(book, w, 'en');
  };
  it('says that the approval alone may not let them in again', () => {
    assert.ok(answer('ge').some((x) => /You asked for it in Spain and have left/.test(x)));
    assert.ok(!answer('es').some((x) => /have left/.test(x)));
  });
});

describe('years of lawful stay that rest on a rare answer', () => {
  it('are named by the permit, not as "the goal"', () => {
    const plan = {
      legs: [
        { kind: 'await', day: on + 20, route: 'es/entrepreneur' },
        { kind: 'enter', day: on + 20, country: 'es' },
      ],
      assumes: [],
    } as unknown as Plan;
    assert.match(rareLine(book, { plan } as WalkedPlan, start('denis'), 'en'), /entrepreneur.*Spain/i);
  });
});
