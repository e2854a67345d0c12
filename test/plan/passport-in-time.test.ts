/** A passport that ends during a permit is replaced in good time; the permit is not extended early for its sake. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { startOf } from '../../src/moves/claims.ts';
import { countries } from '../../src/moves/moves.ts';
import { readPerson } from '../../src/person/file.ts';
import { searchPlans } from '../../src/plan/search.ts';
import type { Plan } from '../../src/plan/types.ts';

const root = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const on = parseDay('2026-11-27') as number;
const text = readFileSync(join(root, 'people', 'roman.yaml'), 'utf8');
/** Spain alone is looked at: the whole world is the matter of other tests. */
const inSpain = (change: (text: string) => string): Plan[] => {
  const r = readPerson('roman.yaml', change(text), book.schema, () => undefined);
  assert.deepEqual(r.problems, []);
  const avoid = new Set(countries(book, on).filter((c) => c !== 'es' && c !== 'ru'));
  return searchPlans(book, startOf(book, r.person as never, on), { kind: 'permanent' }, { avoid }).plans.filter(
    (p) => !p.rare,
  );
};
const legs = (p: Plan): string[] =>
  p.legs.flatMap((l) => (l.kind === 'file' ? [`${formatDay(l.day)} ${l.route}`] : []));

describe('a remote worker in Spain whose passport ends in June 2028', () => {
  it('extends the permit, gets the passport when it is worth it, extends again, asks for long-term residence', () => {
    assert.deepEqual(legs(inSpain((x) => x)[0] as Plan), [
      '2027-03-12 es/digital-nomad',
      '2027-06-21 ru/biometric-passport-abroad',
      '2029-03-11 es/digital-nomad',
      '2029-04-02 es/long-term-residence',
    ]);
  });
  it('whose passport is long enough needs no other', () => {
    const plan = inSpain((x) => x.replace('expires: 2028-06-20', 'expires: 2036-06-20'))[0] as Plan;
    assert.ok(!legs(plan).some((l) => l.includes('passport')));
  });
  it('who cannot turn to a consulate: no plan takes an application with a passport that has run out', () => {
    for (const p of inSpain((x) => x.replace('canRenewAtConsulate: unknown', 'canRenewAtConsulate: no')))
      for (const l of p.legs)
        if (l.kind === 'file' && /digital-nomad|\/long-term-residence$|eu-long-term/.test(l.route))
          assert.ok(
            l.day <= (parseDay('2028-06-20') as number) || p.assumes.some((a) => a.fact === 'es.undocumentedCard'),
          );
  });
});
