/** Which records of a list a condition can see: what it does not see may be put in or left out, and the answer stays the same. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseCondition, recordsSeen } from '../../src/rules/index.ts';
import type { Expr } from '../../src/rules/ir.ts';
import { locals, schema } from './world.ts';

const read = (text: string): Expr => {
  const parsed = parseCondition(text, schema, locals);
  assert.ok(parsed.ok, text);
  return (parsed as { expr: Expr }).expr;
};
const seen = (text: string): string[] | 'all' => {
  const found = recordsSeen(read(text), 'stays', 'country');
  return found === 'all' ? 'all' : [...found].sort();
};

describe('the stays that a condition sees', () => {
  it('those of the country that is named', () => {
    assert.deepEqual(seen('count(stays[item.country = "de"]) >= share'), ['de']);
    assert.deepEqual(seen('count(stays[item.from >= on and item.country = "de"]) >= share'), ['de']);
    assert.deepEqual(seen('some s in stays satisfies s.country = "de" and s.from < on'), ['de']);
    assert.deepEqual(seen('some s in stays satisfies s.country in ("de", "fr")'), ['de', 'fr']);
    assert.deepEqual(seen('some s in stays satisfies (s.country = "de" or s.country = "fr")'), ['de', 'fr']);
  });
  it('all, where one of another country may decide', () => {
    for (const text of [
      'count(stays) >= share',
      'every s in stays satisfies s.country = "de"',
      'some s in stays satisfies s.country != "de"',
      'some s in stays satisfies not(s.country = "de")',
      'some s in stays satisfies (s.country = "de" or s.from < on)',
      'some s in stays satisfies s.country in person.citizenships',
    ])
      assert.equal(seen(text), 'all', text);
  });
  it('none, where only others are asked about, or whether they are known', () => {
    assert.deepEqual(seen('known(stays)'), []);
    assert.deepEqual(seen('some r in family satisfies r.relation = "child"'), []);
  });
});
