/** A form on the internet that only holders of named statuses may use is open to nobody else, wherever they sit. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const law = await loadLaw();
const ON = parseDay('2026-11-27') as number;
const graduate = law.provisions.get('gb/graduate') as Provision;

function may(place: string, status: string, statuses: string): boolean | undefined {
  const { person, problems } = readPerson(
    'p.yaml',
    `person: {born: 2000-01-01, sex: female, citizenships: [ru]}
now: {country: ${place}, since: 2026-10-01, status: ${status}}
${statuses}`,
    law.schema,
  );
  assert.deepEqual(problems, []);
  assert.ok(person);
  return filingFrom(law, graduate, situationOf(person, ON), ON).may;
}
const STUDENT = 'statuses: [{status: gb/student, country: gb, from: 2025-09-01, to: 2027-01-15}]';

describe('asked for online from a status of the country', () => {
  it('is closed from abroad to who holds none', () => {
    assert.equal(may('ge', 'ge/visa-free', 'statuses: []'), false);
    assert.equal(
      may('ge', 'ge/visa-free', 'statuses: [{status: am/worker, country: am, from: 2026-01-01, to: 2027-01-01}]'),
      false,
    );
  });
  it('is not known for who did not tell what they hold', () => {
    assert.equal(may('ge', 'ge/visa-free', ''), undefined);
  });
  it('is not known for a holder who is abroad, and open to one who is there', () => {
    assert.equal(may('ge', 'ge/visa-free', STUDENT), undefined);
    assert.equal(may('gb', 'gb/student', STUDENT), true);
  });
  it('is closed again on the day after what was held has ended', () => {
    const ended = STUDENT.replace('2027-01-15', '2026-11-26');
    assert.equal(may('ge', 'ge/visa-free', ended), false);
    assert.equal(may('ge', 'ge/visa-free', ended.replace('2026-11-26', '2026-11-27')), undefined);
  });
});
