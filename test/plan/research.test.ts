/** An agreement with a research body is rarer for who told another occupation; of an occupation not told nothing follows. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boldness } from '../../src/plan/label.ts';
import { someone, worldLaw } from './text-worlds.ts';

const book = worldLaw('xa visit 5');
const asked = (fact: string, value: boolean | string, work: string, level = 'master'): number => {
  const s = someone(book, 'xa', 9000, `work: {${work}}\neducation: [{level: ${level}, country: ru}]\n`);
  return boldness(book, { key: fact, fact, jurisdiction: 'xa', value }, s);
};

describe('a hosting agreement', () => {
  for (const [fact, value] of [
    ['de.hostingAgreement', true],
    ['offer.contract', 'research'],
  ] as const)
    it(`${fact}: rarer for an engineer, not for a scientist, a doctor of science, or who did not tell`, () => {
      assert.equal(asked(fact, value, 'occupation: engineer'), 3);
      assert.equal(asked(fact, value, 'occupation: scientist'), 1);
      assert.equal(asked(fact, value, 'occupation: engineer', 'doctorate'), 1);
      assert.equal(asked(fact, value, 'remote: yes'), 1);
    });
  it('that there is none is no rare answer', () => {
    assert.equal(asked('de.hostingAgreement', false, 'occupation: engineer'), 1);
  });
});
