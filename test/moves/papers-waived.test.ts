/** Where a state may set its rules on passports aside, papers it does not accept leave a route open in doubt, not shut. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoute } from '../../src/check/check.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { apply, fileMoves, grant } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const book = await loadLaw();
const on = parseDay('2026-11-27') as number;
const people = join(import.meta.dirname, '..', '..', 'people');
const someone = (name: string, change: (text: string) => string = (t) => t) =>
  situationOf(
    readPerson(`${name}.yaml`, change(readFileSync(join(people, `${name}.yaml`), 'utf8')), book.schema).person as never,
    on,
  );
const route = (id: string) => book.provisions.get(id) as Provision;
const check = (id: string, s: ReturnType<typeof someone>) => checkRoute(book, route(id), s, on);
const waived = (id: string, s: ReturnType<typeof someone>) =>
  check(id, s).filing.doubts.some((d) => d.kind === 'papers-waived');

describe('papers that may be waived', () => {
  it('leave humanitarian admission in doubt to whoever has a passport without a chip, or the internal one only', () => {
    for (const [who, id] of [
      ['nadezhda', 'de/humanitarian-admission'],
      ['nadezhda', 'fr/asylum-visa'],
      ['ruslan', 'fr/asylum-visa'],
    ] as const) {
      assert.equal(check(id, someone(who)).outcome, 'unknown');
      assert.ok(waived(id, someone(who)));
    }
    const words = doubtWords(book, { kind: 'papers-waived', route: 'fr/asylum-visa' }, on);
    assert.match(words.en, /not accepted for this.*laissez-passer/);
    assert.match(words.ru, /не подходят.*laissez-passer/);
  });
  it('are nothing to whoever has a passport that is accepted, nor to routes without such a rule', () => {
    const chip = someone('nadezhda', (t) => t.replace('biometric: no', 'biometric: yes'));
    assert.ok(!waived('fr/asylum-visa', chip));
    assert.equal(check('fr/talent-artist', someone('nadezhda')).outcome, 'no');
    assert.ok(!waived('us/visitor-visa', someone('ruslan')));
    assert.equal(check('us/visitor-visa', someone('ruslan')).outcome, 'no');
  });
  it('are made good by a paper for the journey, given to nobody who needs none', () => {
    const papers = (s: ReturnType<typeof someone>) =>
      grant(book, s, route('fr/asylum-visa'), on, 0, false).documents?.filter((d) => d.country === 'fr');
    const given = papers(someone('ruslan'));
    assert.deepEqual(
      given?.map((d) => [d.kind, d.issued, d.expires]),
      [['laissez-passer', on, on + 29]],
    );
    assert.deepEqual(papers(someone('nadezhda', (t) => t.replace('biometric: no', 'biometric: yes'))), []);
  });
});

describe('a permit that ends when asylum is asked for', () => {
  it('is held no longer from that day, and nothing is promised on it', () => {
    const held = { status: 'de/humanitarian-admission', country: 'de', from: on - 10, to: on + 1000 };
    const other = { status: 'de/freelancer', country: 'de', from: on - 10, to: on + 1000 };
    const s = {
      ...someone('nadezhda'),
      place: 'de',
      since: on - 10,
      under: 'de/humanitarian-admission',
      holdings: [held, other],
    };
    const move = fileMoves(book, s, route('de/asylum'), on, false).find((m) => m.earliest === on);
    assert.ok(move);
    const after = apply(book, s, move, on, { processing: 'longest', granted: true });
    assert.deepEqual(
      after.holdings?.map((h) => h.to),
      [on - 1, on + 1000],
    );
  });
});
