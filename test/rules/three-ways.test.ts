/** Closures, kernel and DuckDB agree on every person, whatever the tree and whatever is unknown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Agreement, agreeOnLaw, type Rule } from './agree.ts';
import { fixed, pools, randomNode, schema } from './random-conditions.ts';
import { generator, randomPerson, seedOfRun } from './random-people.ts';

export { agreeOnLaw } from './agree.ts';

const LONG = process.env['FOOTHOLD_LONG'] === '1';
const TREES = LONG ? 2_000 : 200;
const PERSONS = 2_000;
const UNKNOWN = 0.25;

test('random trees over random persons: all ways agree, and all three answers occur', async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const rules = Array.from({ length: TREES }, (_, index): Rule => {
    const monthEnd = index % 2 === 0 ? 'clamp' : 'roll';
    return { name: `tree ${index}`, tree: randomNode(random, 2), fixed: fixed(monthEnd) };
  });
  const people = Array.from({ length: PERSONS }, () => randomPerson(random, schema, pools, UNKNOWN));
  const agreement = await agreeOnLaw(rules, schema, [people]);
  assertAgreed(agreement, seed);
  for (const [index, count] of agreement.answers.entries()) {
    assert.ok(count > 0.1 * TREES * PERSONS, `answer ${index} occurs only ${count} times (FOOTHOLD_SEED=${seed})`);
  }
});

function assertAgreed(agreement: Agreement, seed: number): void {
  const first = agreement.partings.slice(0, 3).map((parting) => JSON.stringify(parting, null, 1));
  const summary = `${agreement.partings.length} of ${agreement.rules} rules are answered differently (FOOTHOLD_SEED=${seed})`;
  assert.equal(agreement.partings.length, 0, `${summary}:\n${first.join('\n')}`);
}
