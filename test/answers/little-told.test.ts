import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { littleTold, littleToldWords } from '../../src/answers/little-told.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import { searchPlans } from '../../src/plan/search.ts';

const law = await loadLaw();
const on = parseDay('2026-11-28') as number;
const at = (text: string) => {
  const { person } = readPerson('p.yaml', text, law.schema);
  assert.ok(person);
  return startOf(law, person, on);
};

describe('whoever told hardly anything', () => {
  const bare = 'person: {citizenships: [ru]}\nnow: {country: tr}\n';
  it('is told so before the plans, with what to tell first', () => {
    const s = at(bare);
    assert.equal(littleTold(s)[0], 'documents');
    assert.match(littleToldWords(s, 'en') ?? '', /examples, not of plans.*which passport you have/);
    assert.match(littleToldWords(s, 'ru') ?? '', /скорее примеры, чем планы.*какой у вас паспорт/);
  });
  it('with four of the seven basics told is not; an empty list is an answer', () => {
    const three =
      'person: {citizenships: [ru], born: 1990-01-01}\nnow: {country: tr, since: 2026-11-01}\nsavings: 9000 EUR\n';
    assert.equal(littleTold(at(three)).length, 4);
    assert.deepEqual(littleTold(at(`${three}education: []\n`)), []);
    assert.equal(littleToldWords(at(`${three}education: []\n`), 'en'), undefined);
  });
  it('is not taken to hold a permit of another country', () => {
    const { plans } = searchPlans(law, at(bare), { kind: 'permanent' }, { most: 60 });
    const likely = plans.filter((p) => !p.rare);
    assert.ok(likely.length > 0);
    for (const p of likely)
      for (const a of p.assumes) assert.ok(a.fact !== 'permitCountries' || JSON.stringify(a.value) === '[]', a.key);
  });
});
