/** Changes of facts in words: no word of the program's own, and nothing called near that takes another permit for granted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeWords, valueWords } from '../../src/answers/change-words.ts';
import { standsOnOther } from '../../src/answers/near-first.ts';
import { loadLaw } from '../../src/cli/law-files.ts';

const book = await loadLaw();
const investor = {
  change: [{ fact: 'now.status', from: 'ge/visa-free', to: 'tr/residence-investor' }],
  cost: 3,
};

test('a status is told by its title, a code by its words, a level by its letters', () => {
  for (const lang of ['en', 'ru'] as const) {
    const says = changeWords(book, investor, lang);
    assert.doesNotMatch(says, /[a-z]{2}\/[a-z-]+/, says);
    for (const id of ['ge/visa-free', 'tr/residence-investor'])
      assert.ok(says.includes(book.provisions.get(id)?.title[lang] ?? '?'), says);
  }
  assert.equal(valueWords(book, 'work.occupation', 'software-developer', 'ru'), 'программист');
  assert.equal(valueWords(book, 'languages.de', 'B1', 'ru'), 'B1');
  assert.equal(valueWords(book, 'now.status', 'xx/not-there', 'en'), 'xx/not-there');
});

test('a permit of another route is no small change; a stay as a visitor is', () => {
  assert.equal(standsOnOther(book, investor), true);
  assert.equal(
    standsOnOther(book, { change: [{ fact: 'now.status', from: null, to: 'ge/visa-free' }], cost: 1 }),
    false,
  );
  assert.equal(standsOnOther(book, { change: [{ fact: 'savings', from: '100 EUR', to: '900 EUR' }], cost: 1 }), false);
});
