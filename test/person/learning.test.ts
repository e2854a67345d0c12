/** Languages are learnt while a plan goes on: a level a step, each in its months, never beyond what can be learnt. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addMonths, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { assumptionsFor } from '../../src/moves/assume.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { readPerson } from '../../src/person/file.ts';
import { beginningPlan, canRise, higher, levelsOf, monthsToLearn } from '../../src/person/learning.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { FactDef } from '../../src/rules/ir.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const schema = book.schema;
const german = schema.facts.get('languages.de') as FactDef;
const LEVELS = levelsOf(schema, german) as readonly string[];
const START = parseDay('2026-11-23') as number;

describe('the months of a language', () => {
  it('are six a level, none for a level had, endless for what one is born to', () => {
    assert.equal(monthsToLearn(schema, german, 'A1', 'A1'), 0);
    assert.equal(monthsToLearn(schema, german, 'B1', 'A2'), 0);
    assert.equal(monthsToLearn(schema, german, 'none', 'A1'), 6);
    assert.equal(monthsToLearn(schema, german, 'A1', 'B1'), 12);
    assert.equal(monthsToLearn(schema, german, 'C2', 'native'), Number.POSITIVE_INFINITY);
    assert.equal(canRise(schema, german, 'C2'), false);
    assert.equal(canRise(schema, german, 'C1'), true);
    assert.equal(canRise(schema, german, undefined), false);
  });
  it('add up: by way of a level between it takes as long as straight on', () => {
    const level = fc.constantFrom(...LEVELS.slice(0, -1));
    fc.assert(
      fc.property(level, level, level, (...three) => {
        const [a, b, c] = three.sort((x, y) => LEVELS.indexOf(x) - LEVELS.indexOf(y)) as [string, string, string];
        assert.equal(
          monthsToLearn(schema, german, a, c),
          monthsToLearn(schema, german, a, b) + monthsToLearn(schema, german, b, c),
        );
        assert.equal(higher(schema, german, a, c), c);
        assert.equal(higher(schema, german, c, a), c);
      }),
    );
  });
});

describe('a route that asks for a level above the one told', () => {
  const route = book.provisions.get('de/settlement-skilled') as never;
  const text = readFileSync(join(root, 'people', 'irina.yaml'), 'utf8')
    .replace('statuses: []', 'statuses: [{status: de/skilled-worker-academic, country: de, from: 2022-01-10}]')
    .replace(/^now:.*$/m, 'now: {country: de, since: 2025-10-16, status: de/skilled-worker-academic}')
    .replace('biometric: no', 'biometric: yes')
    .replace(/^family:.*$/m, '');
  const r = readPerson('irina.yaml', text, schema);
  assert.deepEqual(r.problems, []);
  const told = situationOf(r.person as never, START);
  const open = (day: number) => {
    const s = { ...beginningPlan(told), on: day };
    const e = routeEligibility(book, route, s, day);
    const rests = e.outcome === undefined ? assumptionsFor(book, e, s, day) : undefined;
    return rests?.assumes.find((a) => a.fact === 'languages.de');
  };
  const b1 = addMonths(START, 12, 'clamp');
  it('is closed to who asks today, and as long as there was no time to learn', () => {
    assert.equal(routeEligibility(book, route, told, START).outcome, false);
    assert.equal(open(START), undefined);
    assert.equal(open(b1 - 1), undefined);
  });
  it('may be open on the day the months are full, with the level assumed and the one told beside it', () => {
    for (const day of [b1, b1 + 1]) {
      const a = open(day);
      assert.deepEqual([a?.value, a?.told], ['B1', 'A1']);
    }
  });
  it('outside a plan what was told stands, however late the day', () => {
    assert.equal(routeEligibility(book, route, { ...told, on: b1 + 400 }, b1 + 400).outcome, false);
  });
});
