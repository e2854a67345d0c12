import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { readPerson } from '../../src/person/file.ts';

const book = await loadLaw();
const ON = parseDay('2026-11-27') as number;
const asked = (papers: string, route: string) => {
  const { person } = readPerson(
    'p.yaml',
    `person: {born: 1989-02-13, citizenships: [ru]}
documents: [${papers}]
now: {country: ae, since: 2026-11-01, status: ae/visa-free}
stays: []
statuses: []
companies: [{country: ae, founded: 2023-05-22, share: 100}]
offers: [{country: de, occupation: software-developer, salaryYear: 60000 EUR}]`,
    book.schema,
  );
  assert.ok(person);
  const provision = book.provisions.get(route);
  assert.ok(provision);
  return routeEligibility(book, provision, startOf(book, person, ON), ON);
};
const OLD =
  '{kind: passport, country: ru, biometric: no, issued: 2022-01-04, expires: 2027-01-04, issuedInOccupiedTerritory: no}';

it('an internal passport does not stand in for a passport that is too short', () => {
  const alone = asked(OLD, 'ae/residence-company');
  assert.equal(alone.outcome, false);
  assert.equal(asked(`${OLD}, {kind: internal-passport, country: ru}`, 'ae/residence-company').outcome, false);
});

it('nor for one with a chip where Germany asks for a chip', () => {
  const both = asked(`${OLD}, {kind: internal-passport, country: ru}`, 'de/blue-card');
  assert.equal(both.outcome, false);
});
