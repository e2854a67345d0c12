/** Texts come back as they were, whatever letters they have. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { longWords, shortWords } from '../../src/web/short-words.ts';

const WORDS = ['residence', 'permit', 'разрешение', 'на', 'жительство', 'Ā', 'ŭ', 'Ґ', 'ա', '«', '—', '10', 'a', ''];

it('frequent words as letters, and back', () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary' })), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.array(
        text.map((t) => t.join(' ')),
        { maxLength: 12 },
      ),
      (texts) => {
        const { words, letters, texts: short } = shortWords(texts);
        assert.deepEqual(short.map(longWords(words, letters)), texts);
      },
    ),
  );
});

it('a word that stands often is told once', () => {
  const { words, letters, texts } = shortWords(['a residence permit', 'another residence', 'no residence here']);
  assert.deepEqual(words, [' residence']);
  assert.equal([...letters].length, 1);
  assert.deepEqual(texts, [`a${letters} permit`, `another${letters}`, `no${letters} here`]);
});
