/** Every condition of the law: closures, kernels and DuckDB agree on persons with a quarter of their facts unknown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { membersOf } from '../../src/law/book.ts';
import { listAt, paramAt } from '../../src/law/resolve.ts';
import { treeAt } from '../../src/moves/assess.ts';
import { exchange } from '../../src/person/view.ts';
import type { Schema } from '../../src/rules/ir.ts';
import { agreeOnLaw, type Rule } from './agree.ts';
import { generator, poolsOf, randomPerson, seedOfRun } from './random-people.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';
const PERSONS = LONG ? 200_000 : 1_500;
const BATCH = 2_000;

test(`every provision of the law, ${PERSONS} persons: all ways agree`, async () => {
  const seed = seedOfRun();
  const random = generator(seed);
  const book = await loadLaw();
  const on = parseDay('2026-06-15') as number;
  const rules: Rule[] = [...book.provisions.values()].flatMap((p) => {
    const tree = treeAt(p, on);
    if (tree.k === 'all' && tree.of.length === 0) return [];
    return [
      {
        name: p.id,
        tree,
        fixed: {
          on,
          monthEnd: p.monthEnd?.policy,
          param: (name: string) => paramAt(p, name, on),
          codeList: (name: string) =>
            name.startsWith('area.') ? membersOf(book, name.slice(5), on) : listAt(p, name, on),
          rate: (from: string, to: string) => exchange(book, from, to, on),
        },
      },
    ];
  });
  assert.ok(rules.length >= 60, `only ${rules.length} provisions with conditions`);
  const near = poolsOf(rules, book.schema);
  const seen = new Set(
    rules.flatMap((r) => JSON.stringify(r.tree).match(/"name":"[a-zA-Z.]+"/g) ?? []).map((x) => x.slice(8, -1)),
  );
  // Only facts that some condition reads: the others would cost time and change nothing.
  const schema: Schema = {
    ...book.schema,
    facts: new Map(
      [...book.schema.facts].filter(([name]) => seen.has(name) || book.schema.facts.get(name)?.type.t === 'records'),
    ),
  };
  function* batches() {
    for (let n = 0; n < PERSONS; n += BATCH)
      yield Array.from({ length: Math.min(BATCH, PERSONS - n) }, () => randomPerson(random, schema, near, 0.25));
  }
  const agreement = await agreeOnLaw(rules, book.schema, batches());
  assert.deepEqual(agreement.partings, [], `FOOTHOLD_SEED=${seed}`);
  assert.equal(agreement.persons, PERSONS);
  for (const [i, count] of agreement.answers.entries())
    assert.ok(count > 0, `answer ${i} never occurs (FOOTHOLD_SEED=${seed})`);
});
