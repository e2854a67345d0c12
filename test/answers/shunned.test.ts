/** Where those who watch it say not to go, no plan of whom it concerns leads, not even to wait; and that is said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { shunnedBy, shunnedWords } from '../../src/answers/shunned.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const book = await loadLaw();
const people = join(import.meta.dirname, '..', '..', 'people');
const someone = (name: string, change: (text: string) => string = (t) => t) =>
  situationOf(
    readPerson(`${name}.yaml`, change(readFileSync(join(people, `${name}.yaml`), 'utf8')), book.schema).person as never,
    parseDay('2026-11-27') as number,
  );

describe('countries kept out of plans', () => {
  it('a deserter is not led through Kazakhstan, and reads why', () => {
    const s = someone('ruslan');
    const kz = shunnedBy(book, s).find((x) => x.country === 'kz');
    assert.ok(kz);
    assert.match(shunnedWords(book, kz, s, 'en'), /^Kazakhstan: .*handover.*evidence of \d/);
    assert.match(shunnedWords(book, kz, s, 'ru'), /^Казахстан: /);
    const a = answerPlan(book, s, { kind: 'protection' }, { processing: 'longest', most: 200, nearer: false });
    assert.ok(a.plans.length > 0 && a.shunned.length > 0);
    const out = new Set(a.shunned.map((x) => x.country));
    for (const { plan } of a.plans) for (const l of plan.legs) assert.ok(l.kind !== 'enter' || !out.has(l.country));
  });
  it('not so whoever it does not surely concern, and not where they are', () => {
    assert.deepEqual(shunnedBy(book, someone('alina')), []);
    assert.ok(!shunnedBy(book, someone('gleb')).some((x) => x.country === 'kz'));
  });
});
