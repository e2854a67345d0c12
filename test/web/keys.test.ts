/** Cases kept and cases locked: what opens them, what does not, and that nothing is lost where a version cannot read one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readBook } from '../../src/law/book.ts';
import { handlers } from '../../src/web/engine/answer-calls.ts';
import { readCase } from '../../src/web/engine/case.ts';
import { readFiles, readText, writeCase } from '../../src/web/engine/person-files.ts';
import type { Answers } from '../../src/web/state/answers.ts';
import { built, ROOT } from './built.ts';

const PASS = 'шесть случайных слов и число 7';

test('a kept case opens with its passphrase and no other; its length does not tell how much is in it', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const answers: Answers = {
    'person.born': { k: 'value', v: '1991-04-12' },
    'now.country': { k: 'value', v: 'ge' },
    'exposure.wanted': { k: 'unknown' },
    stays: { k: 'value', v: [{ country: 'am', from: '2025-01-15', to: '2025-03-20' }] },
  };
  const key = await handlers.makeKey(book, { passphrase: PASS });
  const file = await handlers.sealTo(book, { answers, identity: key.identity });
  const small = await handlers.sealTo(book, { answers: {}, identity: key.identity });
  assert.equal(file.length, small.length);
  const opened = await handlers.openKey(book, { sealed: key.sealed, file, passphrase: `  ${PASS} ` });
  const origin = { text: writeCase(book, answers), members: {} };
  assert.deepEqual(opened, { ok: true, value: { identity: key.identity, answers, origin } });
  assert.equal(await handlers.openKey(book, { sealed: key.sealed, file, passphrase: 'another' }), 'wrong');
  // A case of a version that knew other facts: told, kept, and given back as it is.
  const strange = await handlers.sealTo(book, {
    answers: { ...answers, 'person.shoeSize': { k: 'value', v: 42 } },
    identity: key.identity,
  });
  const r = await handlers.openKey(book, { sealed: key.sealed, file: strange, passphrase: PASS });
  assert.ok(r !== 'wrong' && !r.ok);
  assert.match(r.trouble.map((x) => x.found).join(), /shoeSize/);
  assert.match(r.text, /shoeSize: 42/);
  assert.match(r.text, /born: 1991-04-12/);
});

test('a locked file comes back; a damaged one, or a wrong passphrase, gives nothing', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const answers: Answers = { savings: { k: 'value', v: '12000 EUR' }, 'work.remote': { k: 'value', v: false } };
  const file = await handlers.seal(book, { answers, passphrase: PASS });
  assert.deepEqual(await handlers.open(book, { file, passphrase: PASS }), {
    ok: true,
    answers,
    origin: { text: 'name: case\nsavings: 12000 EUR\nwork:\n  remote: no\n', members: {} },
  });
  assert.equal(await handlers.open(book, { file, passphrase: 'x' }), 'wrong');
  assert.equal(await handlers.open(book, { file: file.slice(0, -1), passphrase: PASS }), 'wrong');
});

test('files in: one that is wrong is told with its line, and nothing is read; the family is found among the files', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const wrong = readFiles(book, [{ name: 'a.yaml', text: 'person: {born: 1991-13-12}\n' }]);
  assert.ok(!wrong.ok);
  assert.match(wrong.trouble[0]?.label ?? '', /^a\.yaml:1$/);
  const text = (name: string) => ({ name, text: readFileSync(join(ROOT, 'people', name), 'utf8') });
  const alone = readFiles(book, [text('irina.yaml')]);
  assert.ok(!alone.ok);
  assert.match(alone.trouble[0]?.found ?? '', /dmitri\.yaml/);
  for (const files of [
    [text('irina.yaml'), text('dmitri.yaml')],
    [text('dmitri.yaml'), text('irina.yaml')],
  ]) {
    // The two name each other: whose case it is must be told.
    const asked = readFiles(book, files);
    assert.ok(!asked.ok);
    assert.deepEqual([...(asked.choose ?? [])].sort(), ['dmitri.yaml', 'irina.yaml']);
    const both = readFiles(book, files, 'irina.yaml');
    assert.ok(both.ok);
    assert.deepEqual(both.answers['person.born'], { k: 'value', v: '1991-04-12' });
    assert.match(JSON.stringify(both.answers.family), /"file":"dmitri.yaml"/);
    assert.deepEqual(Object.keys(both.origin.members), ['dmitri.yaml']);
    const person = readCase(book, both.answers, 'en', both.origin.members);
    assert.ok('person' in person);
    assert.equal(person.person.members.size, 1);
  }
});

test('what is brought in goes out again whole: name, note, comments, the files of the family; only what was answered anew differs', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const text = (name: string) => ({ name, text: readFileSync(join(ROOT, 'people', name), 'utf8') });
  const irina = text('irina.yaml');
  irina.text = irina.text.replace('name: Irina\n', 'name: Irina\nnote: "asked on Monday: call back"\n');
  const both = readFiles(book, [irina, text('dmitri.yaml')], 'irina.yaml');
  assert.ok(both.ok);
  const out = writeCase(book, both.answers, both.origin);
  assert.equal(out, `${irina.text}--- # file: dmitri.yaml\n${text('dmitri.yaml').text}`);
  const again = readText(book, out);
  assert.deepEqual(again, both);
  // One answer more, one changed, one taken away: everything else stays as it was written.
  const { savings: _, ...rest } = both.answers;
  const answers: Answers = {
    ...rest,
    'work.remote': { k: 'value', v: false },
    'languages.fr': { k: 'value', v: 'A1' },
    'exposure.wanted': { k: 'withheld' },
  };
  const next = writeCase(book, answers, both.origin);
  assert.match(next, /^# Invented\./);
  assert.match(next, /note: "asked on Monday: call back"/);
  assert.match(next, /remote: no/);
  assert.match(next, /fr: A1/);
  assert.ok(!next.split('--- # file:')[0]?.includes('savings'));
  assert.match(next, /# earlier presence; first and last day both inclusive/);
  assert.match(next, /--- # file: dmitri\.yaml/);
  const third = readText(book, next);
  assert.ok(third.ok);
  assert.deepEqual(third.answers, { ...answers, 'exposure.wanted': { k: 'unknown' } });
});
