/** Every number of the law of the deep twelve has a worked example on both sides of it; the check that says so sees what it should. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { unpinned } from '../../src/check/boundaries.ts';
import { loadLaw } from '../../src/cli/law-files.ts';

const book = await loadLaw();

const DEEP = ['ge', 'am', 'kz', 'rs', 'tr', 'il', 'de', 'us', 'me', 'es', 'fr', 'ae', 'schengen'];

it('the numbers of the deep twelve are pinned by cases from both sides', () => {
  const loose = [...book.provisions.values()]
    .filter((p) => DEEP.includes(p.jurisdiction))
    .flatMap((p) => unpinned(book, p))
    .map((p) => p.found);
  assert.deepEqual(
    loose,
    [],
    'write a case at the number and one just beyond it: foothold law check JURISDICTION --numbers',
  );
});

it('without the case just below a floor, or the one at it, the floor is loose on that side', () => {
  const card = book.provisions.get('de/blue-card');
  assert.ok(card);
  assert.deepEqual(unpinned(book, card), []);
  const loose = (drop: (name: string) => boolean) =>
    unpinned(book, { ...card, cases: card.cases.filter((c) => !drop(c.name)) }).map((p) => p.found);
  const none = loose(() => true);
  assert.ok(
    none.some((f) => f.includes('"salaryRegular" (50700 EUR) from one EUR more or less')),
    none.join('\n'),
  );
  assert.ok(none.every((f) => !f.includes('"feeVisa"') && !f.includes('"validMax"')));
});
