/** Until when whoever waits for an answer on asylum, or was given it, may stay; and what an extension asked for on the last day gives. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import type { Provision } from '../../src/law/types.ts';
import { startOf } from '../../src/moves/claims.ts';
import { routeEligibility } from '../../src/moves/eligible.ts';
import { lawfulUntil } from '../../src/moves/lawful.ts';
import { grant } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import type { Situation } from '../../src/person/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const day = (text: string): number => parseDay(text) as number;
const start = (name: string, change: (text: string) => string = (x) => x): Situation => {
  const text = change(readFileSync(join(root, 'people', `${name}.yaml`), 'utf8'));
  const r = readPerson(name, text, book.schema, () => undefined);
  assert.deepEqual(r.problems, []);
  return startOf(book, r.person as never, day('2026-11-27'));
};
const holding = (status: string, to?: string): Situation => {
  const s = start('lidia');
  const country = status.slice(0, 2);
  const held = { status, country, from: day('2026-01-01'), ...(to ? { to: day(to) } : {}) };
  return { ...s, place: country, under: status, pending: [], holdings: [held] };
};

describe('whoever waits for an answer on asylum', () => {
  it('may stay until it comes where the law of asking says so, though the decision has a route of its own', () => {
    const l = lawfulUntil(book, start('lidia'));
    assert.equal(l.known, true);
    assert.ok((l.until ?? 0) > day('2026-11-27'));
  });
  it('where the law leaves it open, the day of the answer is named, and that it is not certain', () => {
    const s = start('zoya');
    const l = lawfulUntil(book, s);
    assert.equal(l.known, false);
    assert.equal(l.until, s.pending[0]?.decided);
    assert.deepEqual(
      l.doubts.map((d) => d.kind),
      ['pending-stay-unknown'],
    );
  });
});

describe('recognised protection', () => {
  it('goes on without an end where the law states no term', () => {
    const l = lawfulUntil(book, holding('es/refugee'));
    assert.deepEqual([l.known, l.until], [true, undefined]);
  });
  it('whose permit has a term ends with it; if its end was not told, it is not known', () => {
    assert.equal(formatDay(lawfulUntil(book, holding('de/refugee', '2028-05-05')).until as number), '2028-05-05');
    assert.equal(lawfulUntil(book, holding('de/refugee')).known, false);
  });
  it('a permit is none', () => assert.equal(lawfulUntil(book, holding('es/digital-nomad')).known, false));
});

describe('an extension', () => {
  it('asked for on the last day is an extension, though the permit has ended when the answer comes', () => {
    const route = book.provisions.get('es/digital-nomad') as Provision;
    const s = { ...start('roman'), on: day('2027-04-21') };
    const to = (filed: string): string => {
      const held = grant(book, s, route, day('2027-04-21'), 0, true, day(filed)).holdings?.at(-1);
      return formatDay(held?.to as number);
    };
    assert.equal(to('2027-04-01'), '2029-04-20');
    assert.equal(to('2027-04-02'), '2030-04-20');
  });
});

describe('two passports, one of which has run out', () => {
  it('an application is made with the other, and nothing is taken for granted to make up for the first', () => {
    const s = start('roman');
    const on = day('2029-04-02');
    const first = s.documents?.[0] as NonNullable<Situation['documents']>[number];
    const two: Situation = {
      ...s,
      on,
      holdings: [{ status: 'es/digital-nomad', country: 'es', from: day('2024-04-02'), to: day('2029-06-01') }],
      documents: [first, { ...first, issued: day('2027-09-21'), expires: day('2037-09-20') }],
    };
    const route = book.provisions.get('es/long-term-residence') as Provision;
    assert.equal(routeEligibility(book, route, two, on).binding.document, 1);
  });
});
