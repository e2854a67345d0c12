/** What is rare is an answer few can give: ancestry, not the absence of a warrant; and each such way is told in one line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { rareLine } from '../../src/answers/rare-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Assumption } from '../../src/moves/types.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import { boldness } from '../../src/plan/label.ts';
import { rareAssumptions } from '../../src/plan/told.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const r = readPerson(
  'irina.yaml',
  readFileSync(join(root, 'people', 'irina.yaml'), 'utf8').replace(/^family:.*$/m, ''),
  book.schema,
);
const start = situationOf(r.person as never, parseDay('2026-11-23') as number);
const says = (fact: string, value: Assumption['value']): Assumption => ({
  key: fact,
  fact,
  jurisdiction: 'xx',
  ...(value === undefined ? {} : { value }),
});

describe('a rare answer', () => {
  it('is one that nobody can bring about, or the opposite of the usual one', () => {
    assert.equal(boldness(book, says('ancestry.jewish', true)), 4);
    assert.equal(boldness(book, says('ru.exitRestricted', true)), 4);
  });
  it('is not the usual one, nor that something is not so', () => {
    assert.equal(boldness(book, says('ru.exitRestricted', false)), 0);
    assert.equal(boldness(book, says('exposure.wanted', false)), 1);
  });
  it('is what was not told of a relative who was told; of relatives not told nothing is known', () => {
    const kin = says('family', undefined);
    assert.equal(boldness(book, kin, start), 3);
    const withSpouse = {
      ...start,
      person: { ...start.person, facts: new Map([...start.person.facts, ['family', [{ relation: 'spouse' }]]]) },
    } as typeof start;
    assert.equal(boldness(book, kin, withSpouse), 4);
    assert.equal(boldness(book, says('studyPlaces', undefined), withSpouse), 3);
  });
  it('is an offer of work for who is retired, and a contract for research without a degree', () => {
    const having = (facts: [string, unknown][]) =>
      ({ ...start, person: { ...start.person, facts: new Map([...start.person.facts, ...facts]) } }) as typeof start;
    const offer = { ...says('offer.exists', true), told: false };
    assert.equal(boldness(book, offer, start), 2);
    assert.equal(boldness(book, offer, having([['work.occupation', 'pensioner']])), 4);
    const research = says('offer.contract', 'research');
    // Whoever told of another occupation and no doctorate is less likely to be given one than a scientist.
    const bachelor: [string, unknown] = ['education', [{ level: 'bachelor' }]];
    assert.equal(boldness(book, research, having([bachelor])), 3);
    assert.equal(boldness(book, research, having([bachelor, ['work.occupation', 'scientist']])), 1);
    assert.equal(boldness(book, research, having([['education', [{ level: 'vocational' }]]])), 4);
    assert.equal(boldness(book, says('offer.contract', 'employment'), having([['education', []]])), 1);
  });
  it('is a sum beyond the savings told, to the cent', () => {
    const sum = (amount: number) =>
      rareAssumptions(book, start, [says('investment', { amount, currency: 'EUR' })]).length;
    assert.equal(sum(12_000), 0);
    assert.equal(sum(12_000.01), 1);
  });
});

describe('a way that rests on a rare answer', () => {
  it('is one line: what, when at the earliest, only if', () => {
    const a = answerPlan(
      book,
      start,
      { kind: 'permanent' },
      { processing: 'longest', only: new Set(['ie']), most: 200 },
    );
    const descent = a.plans.find(
      (p) => p.plan.rare && p.plan.legs.some((l) => 'route' in l && l.route === 'ie/citizenship-descent'),
    );
    assert.ok(descent);
    assert.match(
      rareLine(book, descent, start, 'en'),
      /Irish citizenship.*on \d+ \w+ 20\d\d at the earliest\. Only if: .*yes\.$/,
    );
    assert.match(rareLine(book, descent, start, 'ru'), /не раньше .* Только если: /);
  });
});
