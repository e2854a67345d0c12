/** What the time of a claim and of protection is the time of is told: registering is not deciding, and no limit of a law binds. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { timeLine } from '../../src/answers/route-words.ts';
import { termsOf } from '../../src/answers/terms.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoute } from '../../src/check/check.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const book = await loadLaw();
const ON = parseDay('2026-11-27') as number;
const { person } = readPerson('p.yaml', 'person: {citizenships: [ru]}\n', book.schema);
assert.ok(person);
const s = situationOf(person, ON);
const the = (id: string) => book.provisions.get(id) as Provision;
const told = (id: string, lang: 'en' | 'ru') => timeLine(checkRoute(book, the(id), s, ON), lang);

it('a claim is registered within its time, and decided on later', () => {
  assert.equal(
    told('de/asylum', 'en'),
    'Until the claim is registered and lodged: up to 21 days; it is decided on later.',
  );
  assert.match(
    told('de/asylum', 'ru'),
    /^До регистрации и подачи просьбы — самое большее 21 день; решают по ней позже\.$/,
  );
  assert.match(told('gb/asylum', 'en'), /no source here states; it is decided on later\.$/);
});
it('a decision on protection is told with what plans reckon with, and never as if it could not take longer', () => {
  assert.match(told('de/refugee', 'en'), /^Time to decide: usually .+; plans reckon with .+; it can take longer\.$/);
  assert.match(told('de/refugee', 'ru'), /обычно .+; в планах — .+; бывает и дольше\.$/);
  assert.doesNotMatch(told('de/blue-card', 'en'), /it can take longer/);
  assert.match(told('ar/refugee', 'en'), /plans reckon with 1 year; it can take longer/);
});
it('the terms of a provision say what was measured', () => {
  const time = termsOf(book, the('fr/refugee'), ON, 'en').find((x) => x.title === 'Time to decide');
  assert.deepEqual(
    time?.lines.map((l) => l.says.replace(/: .*/, '')),
    ['Time to decide at OFPRA, average', 'The whole way with the court, average'],
  );
});
