import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { nearFirst } from '../../src/answers/near-first.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoutes } from '../../src/check/check.ts';
import { usuallyShut } from '../../src/check/usual.ts';
import { examplePeople } from '../../src/cli/example-people.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Person } from '../../src/person/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const on = parseDay('2026-11-23') as number;
const irina = situationOf(examplePeople(root, book).get('irina') as Person, on);
const unknown = checkRoutes(book, irina, on).filter((r) => r.outcome === 'unknown');

describe('routes that hang on answers not given', () => {
  it('keep their number: an order, not a choice', () => {
    assert.deepEqual(
      nearFirst(book, irina, unknown)
        .map((r) => r.route)
        .sort(),
      unknown.map((r) => r.route).sort(),
    );
  });
  it('one that lacks a usual answer only comes before one that needs an unusual one', () => {
    const order = nearFirst(book, irina, unknown).map((r) => r.route);
    const at = (id: string) => {
      assert.ok(order.includes(id), `${id} is unknown for her`);
      return order.indexOf(id);
    };
    assert.ok(at('kz/neo-nomad') < at('ae/citizenship'));
    assert.ok(at('kz/neo-nomad') < at('rs/citizenship-of-interest'));
    assert.equal(usuallyShut(book, irina, 'rs/citizenship-of-interest', ['rs.admissionOfInterest']), true);
    assert.equal(usuallyShut(book, irina, 'kz/neo-nomad', ['exposure.convicted']), false);
  });
});
