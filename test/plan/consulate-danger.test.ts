/** What it means to turn to the consulates of a country is said on the step that goes there. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { examplePeople } from '../../src/cli/example-people.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { situationOf } from '../../src/person/situation.ts';
import type { Person } from '../../src/person/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();

it('a man with a summons who is told of a passport from a Russian consulate reads what happened to others there', () => {
  const on = parseDay('2026-11-23') as number;
  const maksim = situationOf(examplePeople(root, book).get('maksim') as Person, on);
  const answer = answerPlan(book, maksim, { kind: 'protection' }, { processing: 'longest' });
  const legs = answer.plans.flatMap((p) => p.plan.legs).filter((l) => l.kind === 'file' && l.jurisdiction === 'ru');
  assert.ok(legs.length > 0);
  for (const leg of legs) {
    const told = leg.dangers.map((d) => d.provision);
    assert.ok(told.includes('ru/passport-refusal'), told.join());
    assert.ok(told.includes('ru/electronic-summons-abroad'), told.join());
  }
});
