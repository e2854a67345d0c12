/** A right on a condition that the authority weighs can be refused: it is never planned as if it could not. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { loadLaw } from '../../src/cli/law-files.ts';
import { isWeighed } from '../../src/law/clauses.ts';
import type { Clause } from '../../src/law/types.ts';

const book = await loadLaw();

const leaf = (judged = false): Clause => ({
  k: 'leaf',
  text: '',
  expr: undefined as never,
  ...(judged ? { judged: true } : {}),
});

it('a judgement in every way of meeting a requirement weighs; one that can be gone round does not', () => {
  assert.equal(isWeighed(leaf()), false);
  assert.equal(isWeighed(leaf(true)), true);
  assert.equal(isWeighed({ k: 'all', of: [leaf(), leaf(true)] }), true);
  assert.equal(isWeighed({ k: 'any', of: [leaf(), leaf(true)] }), false);
  assert.equal(isWeighed({ k: 'any', of: [leaf(true), leaf(true)] }), true);
  assert.equal(isWeighed({ k: 'not', of: leaf(true) }), true);
  assert.equal(isWeighed({ k: 'atLeast', n: 1, of: [leaf(), leaf(true)] }), false);
});

it('recognition as a refugee is nowhere in the law a decision that cannot be refused', () => {
  const refugee = [...book.provisions.values()].filter(
    (p) =>
      p.kind === 'route' &&
      p.status?.stands === 'protection' &&
      /refugee|subsidiary|asylum/.test(p.id) &&
      p.decision === 'right',
  );
  assert.deepEqual(
    refugee.map((p) => p.id),
    [],
  );
});
