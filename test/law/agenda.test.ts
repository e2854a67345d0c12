/** The maintainers' calendar. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { agendaAtom, agendaIcs, agendaMarkdown } from '../../scripts/agenda.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { agenda, ages, nextYearly } from '../../src/law/agenda.ts';

const book = await loadLaw();
const day = (t: string) => parseDay(t) as number;

describe('the calendar of maintainers', () => {
  const items = agenda(book, day('2026-11-27'), 90);
  it('names evidence that ends, in the order of days, within the span and not outside', () => {
    assert.ok(items.length > 0);
    for (const [i, x] of items.entries()) {
      assert.ok(x.day >= day('2026-11-27') && x.day <= day('2026-11-27') + 90);
      if (i) assert.ok((items[i - 1]?.day as number) <= x.day);
      if (x.what === 'evidence-ends') assert.equal(book.provisions.get(x.provision)?.expires, x.day);
    }
  });
  it('asks for figures that change each January until the new one is here', () => {
    const salary = items.find(
      (x) => x.provision === 'pl/blue-card' && x.what === 'yearly-figure' && x.of === 'salaryMin',
    );
    assert.equal(salary?.day, day('2027-01-01'));
    assert.match(salary?.url ?? '', /^https:/);
    assert.equal(nextYearly([day('2024-01-01'), day('2025-01-01')], day('2025-06-01')), day('2026-01-01'));
    assert.equal(nextYearly([day('2024-01-01'), day('2025-01-01'), day('2026-01-01')], day('2025-06-01')), undefined);
    assert.equal(nextYearly([day('2024-01-01'), day('2024-07-01')], day('2025-06-01')), undefined);
    assert.equal(nextYearly([day('2023-01-01'), day('2024-01-01')], day('2025-01-01')), day('2025-01-01'));
  });
  it('as a page, a feed and a calendar file; the same item has the same name each time', () => {
    assert.match(agendaMarkdown(items), /## 2026-1[12]-\d\d\n\n- [a-z]+\//);
    const ics = agendaIcs(items, '2026-11-27');
    assert.equal(ics, agendaIcs(items, '2026-11-27'));
    assert.equal((ics.match(/BEGIN:VEVENT/g) ?? []).length, items.length);
    assert.equal(new Set(ics.match(/^UID:.*$/gm)).size, items.length);
    const atom = agendaAtom(items, '2026-11-27');
    assert.equal((atom.match(/<entry>/g) ?? []).length, items.length);
    assert.doesNotMatch(atom, /&(?!amp;|lt;|gt;|quot;)/);
  });
  it('the age of evidence is weighted by the answers that hang on it', () => {
    const all = ages(book, new Map([['ge/visa-free', 3]]), day('2026-11-27'));
    assert.deepEqual(all, [
      {
        jurisdiction: 'ge',
        age: day('2026-11-27') - (book.provisions.get('ge/visa-free')?.verified.on as number),
        answers: 3,
      },
    ]);
  });
});
