/** What a change of the law does to the example persons, and which changes could harm if they are wrong. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { checkRoutes } from '../../src/check/check.ts';
import { answersOf, couldHarm, hangingOn, turns } from '../../src/check/outcomes.ts';
import { examplePeople } from '../../src/cli/example-people.ts';
import { lawTexts, readLaw } from '../../src/law/read.ts';
import { situationOf } from '../../src/person/situation.ts';

const root = join(import.meta.dirname, '..', '..');
const on = parseDay('2026-11-23') as number;
const texts = lawTexts(join(root, 'law'));
const { book } = readLaw(texts);
const people = examplePeople(root, book);

describe('two hundred example persons', () => {
  it('are there, or some more, and every one can be read', () => {
    const files = [join(root, 'people'), join(root, 'people', 'spread')].flatMap((d) =>
      readdirSync(d).filter((f) => f.endsWith('.yaml')),
    );
    assert.ok(files.length >= 200, `${files.length} example persons`);
    assert.equal(people.size, files.length);
  });

  it('are answered as `check` answers them', () => {
    for (const name of ['irina', 'gleb', '000-ge-engineer', '012-ge-elder']) {
      const person = people.get(name);
      assert.ok(person, name);
      const answers = answersOf(book, person, on);
      for (const r of checkRoutes(book, situationOf(person, on), on))
        assert.equal(answers.get(`route ${r.route}`), r.outcome, `${name} ${r.route}`);
    }
  });

  it('a changed figure turns the answers of those it concerns, and of no others', () => {
    const few = new Map([...people].slice(0, 40));
    const changed = texts.map((t) =>
      t.path === 'law/ge/visa-free.yaml'
        ? {
            ...t,
            text: t.text.replaceAll(/value: (P1Y|P12M|365|360)/g, (m, v: string) =>
              m.replace(v, v.startsWith('P') ? 'P6M' : '180'),
            ),
          }
        : t,
    );
    assert.ok(
      changed.some((t, i) => t.text !== texts[i]?.text),
      'the figure is not where it was',
    );
    const other = readLaw(changed).book;
    const at = (b: typeof book) => new Map([...few].map(([n, p]) => [n, answersOf(b, p, on)]));
    const found = turns(at(book), at(other));
    assert.ok(found.length > 0);
    for (const t of found) {
      assert.equal(couldHarm(t), false, `${t.asked}: a shorter stay harms nobody who relies on it`);
      for (const who of t.who) assert.equal(people.get(who)?.now.country, 'ge', `${who}: ${t.asked}`);
    }
    assert.ok(
      turns(at(other), at(book))
        .filter((t) => t.asked === 'last day')
        .every(couldHarm),
      'a longer stay needs two reviewers',
    );
  });

  it('what many answers hang on comes first', () => {
    const hanging = hangingOn(book, new Map([...people].slice(0, 30)), on);
    assert.ok((hanging.get('ge/visa-free') ?? 0) >= 3);
    for (const [id, n] of hanging) assert.ok(book.provisions.has(id) && n > 0);
  });
});

describe('a change that could harm', () => {
  const turn = (asked: string, before: string, after: string) => couldHarm({ asked, before, after, who: ['x'] });
  it('takes a danger away, opens a route, lengthens a stay', () => {
    assert.equal(turn('danger xx/a', 'yes', 'no'), true);
    assert.equal(turn('danger xx/a', 'unknown', 'absent'), true);
    assert.equal(turn('danger xx/a', 'no', 'yes'), false);
    assert.equal(turn('route xx/a', 'no', 'yes'), true);
    assert.equal(turn('route xx/a', 'unknown', 'yes'), true);
    assert.equal(turn('route xx/a', 'yes', 'no'), false);
    assert.equal(turn('last day', '20000', '20001'), true);
    assert.equal(turn('last day', '20001', '20000'), false);
    assert.equal(turn('last day', '20000 (not certain)', '20000'), true);
    assert.equal(turn('last day', '20000', 'none'), true);
  });
});
