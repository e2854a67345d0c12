/** Whoever told of danger and asks for something else hears of protection, once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fearWords } from '../../src/answers/fear-words.ts';
import { allGraveWords } from '../../src/answers/leg-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Plan } from '../../src/plan/types.ts';

const book = await loadLaw();
const start = (more: string) => {
  const { person, problems } = readPerson('p.yaml', `now: {country: ge, since: 2026-05-04}\n${more}`, book.schema);
  assert.deepEqual(problems, []);
  assert.ok(person);
  return startOf(book, person, parseDay('2026-11-27') as number);
};

test('fear, a search or desertion that was told; not what was left out or denied', () => {
  for (const fact of ['fearOfReturn', 'wanted', 'deserter']) {
    const s = start(`exposure: {${fact}: yes}`);
    assert.match(fearWords(s, { kind: 'permanent' }, 'en') ?? '', /protection is a goal of its own/, fact);
    assert.match(fearWords(s, { kind: 'years', years: 1 }, 'ru') ?? '', /отдельная цель/, fact);
    assert.equal(fearWords(s, { kind: 'protection' }, 'en'), undefined);
    assert.equal(fearWords(start(`exposure: {${fact}: no}`), { kind: 'permanent' }, 'en'), undefined);
  }
  assert.equal(fearWords(start('exposure: {activist: yes}'), { kind: 'permanent' }, 'en'), undefined);
});

test('it is not said twice where every plan meets a danger', () => {
  const danger = { provision: 'ge/extradition', outcome: true };
  const plan = { legs: [{ kind: 'enter', country: 'ge', day: 1, dangers: [danger] }] } as unknown as Plan;
  const words = (told: boolean) => allGraveWords([plan], { kind: 'permanent' }, 'en', told) ?? '';
  assert.match(words(false), /--goal protection/);
  assert.match(words(true), /speak|spoken to a lawyer/);
  assert.doesNotMatch(words(true), /--goal protection/);
});
