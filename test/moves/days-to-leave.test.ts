/** What can be done in days that a refusal gave to leave: they are lawful to their last, and no stay from which permits are asked for. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { ofKind } from '../../src/law/book.ts';
import { startOf } from '../../src/moves/claims.ts';
import { filingFrom } from '../../src/moves/filing.ts';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const day = (text: string): number => parseDay(text) as number;
const text = readFileSync(join(root, 'people', 'renat.yaml'), 'utf8');
const read = readPerson('renat', text, book.schema, () => undefined);
const renat = startOf(book, read.person as never, day('2026-11-27'));
const leaving = (country: string): Situation => {
  const status = `${country}/days-to-leave`;
  const held = { status, country, from: day('2026-11-25'), to: day('2026-12-05') };
  return { ...renat, place: country, under: status, pending: [], holdings: [held] };
};
const may = (country: string, route: string, on = '2026-11-27') => {
  const r = book.provisions.get(route);
  assert.ok(r);
  return filingFrom(book, r, leaving(country), day(on));
};

describe('days left to leave after a refusal', () => {
  it('are lawful to the last of them', () => {
    for (const country of ['tr', 'de', 'fr', 'es', 'rs', 'me', 'ge', 'am', 'il', 'us']) {
      const l = lawfulUntil(book, leaving(country));
      assert.equal(l.known && l.until !== undefined && formatDay(l.until), '2026-12-05', country);
    }
  });
  it('whether a permit may be asked for in them is not known, though the route takes any lawful stay', () => {
    for (const [country, route] of [
      ['es', 'es/highly-qualified'],
      ['ge', 'ge/work-residence'],
      ['tr', 'tr/residence-property'],
    ] as const) {
      const f = may(country, route);
      assert.equal(f.may, undefined, route);
      assert.deepEqual(
        f.doubts.map((d) => d.kind),
        ['filing-status-unknown'],
      );
    }
    assert.equal(may('de', 'de/blue-card').may, false);
  });
  it('protection may be asked for in them, and is not shut after them', () => {
    for (const route of ['es/asylum', 'ge/refugee', 'tr/refugee', 'de/asylum', 'us/asylum']) {
      assert.equal(may(route.slice(0, 2), route).may, true, route);
      assert.notEqual(may(route.slice(0, 2), route, '2026-12-06').may, false, route);
    }
  });
  it('have words for who is in them wherever the law has such days', () => {
    const statuses = ofKind(book, 'status').filter((s) => s.status?.leaving);
    assert.ok(statuses.length >= 10);
    for (const s of statuses) assert.ok(book.provisions.get(`${s.jurisdiction}/days-running`), s.id);
  });
});
