import assert from 'node:assert/strict';
import { it } from 'node:test';
import { whyNot } from '../../src/answers/why-not.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import type { Provision } from '../../src/law/types.ts';
import { neverOpen, neverToOpen } from '../../src/moves/never.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Person } from '../../src/person/types.ts';
import { soundLaw, WORK_ROUTE } from '../support/small-law.ts';

const ON = parseDay('2026-06-01') as number;
const book = soundLaw({
  'xa/work': WORK_ROUTE.replace(
    'status: {stands: permit, leadsNowhere: {says: {en: Nowhere, ru: Никуда}, source: s}}',
    'status: {stands: permanent}',
  ),
  'xa/roots': WORK_ROUTE.replaceAll('xa/work', 'xa/roots')
    .replace('when: offer.exists,', 'when: ancestry.jewish,')
    .replace('given: {offer.exists: yes,', 'given: {ancestry.jewish: yes,'),
});
const { person, problems } = readPerson(
  'p.yaml',
  'person: {born: 1990-01-01, sex: male}\nnow: {country: xa, since: 2026-05-01}\nstatuses: []\nstays: []\noffers: []\nancestry: {jewish: no}',
  book.schema,
);
assert.deepEqual(problems, []);
const s = situationOf(person as Person, ON);
const the = (id: string) => book.provisions.get(id) as Provision;

it('who has no offer yet can look for one: that does not close a route for good, ancestry does', () => {
  assert.equal(neverOpen(book, the('xa/work'), s, ON, ON + 3650), true);
  assert.equal(neverToOpen(book, the('xa/work'), s, ON, ON + 3650), false);
  assert.equal(neverToOpen(book, the('xa/roots'), s, ON, ON + 3650), true);
});

it('and is not told that it stays closed whatever they do, but what would open it', () => {
  const why = whyNot(book, s, { kind: 'permanent' }, 'xa/work', [], {});
  assert.deepEqual(
    why.routes.map((r) => [r.check.route, r.check.outcome, r.never]),
    [['xa/work', 'no', false]],
  );
  assert.ok(why.routes[0]?.check.nearest.length);
});
