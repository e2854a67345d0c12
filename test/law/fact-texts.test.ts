/** A text in braces with a comma and no quotes is cut at the comma, and the rest lost: told, not read over. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { lawTexts, readLaw } from '../../src/law/read.ts';

const texts = lawTexts(join(import.meta.dirname, '..', '..', 'law'));

test('labels, questions and reasons are whole in both languages', () => {
  const { book, problems } = readLaw(texts);
  assert.deepEqual(
    problems.filter((p) => p.severity === 'error'),
    [],
  );
  for (const f of book.schema.facts.values())
    for (const text of [f.label, f.question, f.why])
      if (text) assert.deepEqual(Object.keys(text).sort(), ['en', 'ru'], f.name);
  assert.equal(
    book.schema.facts.get('tr.cannotBeRemoved')?.label.ru,
    'Власти признают, что уехать или выслать вас нельзя',
  );
});

test('a label cut at its comma is a mistake of the law', () => {
  const cut = texts.map((f) => ({
    ...f,
    text: f.text.replace('ru: "Страна, где вы сейчас"', 'ru: Страна, где вы сейчас'),
  }));
  const said = readLaw(cut).problems.map((p) => p.found);
  assert.ok(
    said.some((s) => s === 'the fact "now.country" with "где вы сейчас" in its label'),
    said.slice(0, 3).join('\n'),
  );
});
