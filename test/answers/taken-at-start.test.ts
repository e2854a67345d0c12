/** Who would leave to ask at a consulate that may not take it reads that the same may be asked for where they are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { answerPlan } from '../../src/answers/plan-answer.ts';
import { doubtWords } from '../../src/answers/plan-words.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readPerson } from '../../src/person/file.ts';
import { situationOf } from '../../src/person/situation.ts';

const book = await loadLaw();
const on = parseDay('2026-11-27') as number;
const text = readFileSync(join(import.meta.dirname, '..', '..', 'people', 'boris.yaml'), 'utf8');
const plansOf = (place: string) => {
  const moved = text.replace(/^now: .*$/m, place);
  const s = situationOf(readPerson('boris.yaml', moved, book.schema).person as never, on);
  const a = answerPlan(book, s, { kind: 'permanent' }, { processing: 'longest', most: 120, nearer: false });
  return a.plans.flatMap(({ plan }) => plan.legs.filter((l) => l.kind === 'file' && l.route === 'il/return'));
};

describe('the law of return', () => {
  it('asked for abroad on a guess by who is in Israel: it says that it may be asked for there', () => {
    const abroad = plansOf('now: {country: il, since: 2026-09-27, status: il/visa-free}').filter(
      (l) => l.kind === 'file' && l.place !== 'il',
    );
    assert.ok(abroad.length > 0);
    for (const l of abroad) {
      const d = l.doubts.find((x) => x.kind === 'taken-at-start');
      assert.deepEqual(d, { kind: 'taken-at-start', route: 'il/return', place: 'il' });
      assert.match(doubtWords(book, d as never, on).en, /asked for in Israel, where you are now\. Before you leave/);
      assert.match(doubtWords(book, d as never, on).ru, /Израиль.*Прежде чем уезжать/);
    }
  });
  it('not so who is elsewhere when the plan begins', () => {
    const legs = plansOf('now: {country: ge, since: 2026-09-27, status: ge/visa-free}');
    assert.ok(legs.length > 0);
    for (const l of legs) assert.ok(!l.doubts.some((d) => d.kind === 'taken-at-start'));
  });
});
