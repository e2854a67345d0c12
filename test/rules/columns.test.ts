/** How facts lie in typed arrays, what is unknown in each, and what is derived from them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromYmd } from '../../src/calendar/civil.ts';
import {
  Codebook,
  CURRENCY,
  type FactColumn,
  fillColumns,
  NO_DAY,
  type Person,
  triCode,
  triOf,
} from '../../src/rules/columns.ts';
import { betweenColumn, centsColumn, deriveColumns, shiftColumn } from '../../src/rules/derive.ts';
import type { Value } from '../../src/rules/ir.ts';
import { fixed, schema } from './synthetic-world.ts';

const person = (facts: { readonly [name: string]: Value }): Person => ({ fact: (name) => facts[name] });
const wanted = (...names: readonly string[]): FactColumn[] =>
  names.map((name) => ({ k: 'fact', name, type: schema.facts.get(name)!.type }));

test('three values survive the way into a byte and back', () => {
  for (const value of [true, false, undefined]) assert.equal(triOf(triCode(value)), value);
});

test('every type has its array and its mark of unknown', () => {
  const codebook = new Codebook(schema);
  const full = person({
    married: true,
    age: 30,
    savings: { amount: 12.5, currency: 'USD' },
    born: 100,
    experience: { months: 6, days: 3 },
    language: 'b1',
    citizenships: ['ru', 'de'],
    languages: ['a1', 'c2'],
    stays: [{ country: 'ru', days: 4 }, { country: 'xx' }],
  });
  const names = ['married', 'age', 'savings', 'born', 'experience', 'language', 'citizenships', 'languages', 'stays'];
  const columns = fillColumns(codebook, wanted(...names), [full, person({}), person({ citizenships: [], stays: [] })]);
  assert.deepEqual([...columns.married!], [1, 2, 2]);
  assert.deepEqual([...columns.age!], [30, Number.NaN, Number.NaN]);
  assert.deepEqual([...columns['savings#amount']!], [12.5, Number.NaN, Number.NaN]);
  assert.deepEqual([...columns['savings#currency']!], [codebook.codes(CURRENCY).id('USD'), 0, 0]);
  assert.deepEqual([...columns.born!], [100, NO_DAY, NO_DAY]);
  assert.deepEqual([...columns['experience#months']!], [6, NO_DAY, NO_DAY]);
  assert.deepEqual([...columns['experience#days']!], [3, NO_DAY, NO_DAY]);
  assert.deepEqual([...columns.language!], [3, 0, 0]);
  assert.deepEqual([...columns['languages#mask']!], [(1 << 1) | (1 << 6), 1, 1]);
  // An unknown list and an empty one have no items alike; only #known tells them apart.
  assert.deepEqual([...columns['citizenships#from']!], [0, 2, 2, 2]);
  assert.deepEqual([...columns['citizenships#known']!], [1, 0, 1]);
  assert.deepEqual(
    [...columns['citizenships#items']!],
    [codebook.codes('country').id('ru'), codebook.codes('country').id('de')],
  );
  assert.deepEqual([...columns['stays#from']!], [0, 2, 2, 2]);
  assert.deepEqual([...columns['stays#known']!], [1, 0, 1]);
  assert.deepEqual([...columns['stays[].days']!], [4, Number.NaN]);
  assert.deepEqual([...columns['stays[].permitted']!], [2, 2]);
  assert.equal(columns['stays[].country']![1], codebook.codes('country').id('xx'));
});

test('a closed set refuses a code it does not have, an open one learns it', () => {
  const codebook = new Codebook(schema);
  assert.throws(
    () => fillColumns(codebook, wanted('language'), [person({ language: 'b7' })]),
    /"b7" is not in the set "level" \(a1, a2/,
  );
  const before = codebook.codes('country').codes.length;
  fillColumns(codebook, wanted('now.country'), [person({ 'now.country': 'nz' })]);
  assert.equal(codebook.codes('country').codes.length, before + 1);
});

test('a codebook taken along gives the same ids', () => {
  const codebook = new Codebook(schema);
  const ids = ['nz', 'au'].map((code) => codebook.codes('country').id(code));
  const copy = Codebook.from(schema, JSON.parse(JSON.stringify(codebook)));
  assert.deepEqual(
    ['nz', 'au'].map((code) => copy.codes('country').id(code)),
    ids,
  );
  assert.equal(copy.codes(CURRENCY).id('CHF'), codebook.codes(CURRENCY).id('CHF'));
});

test('derived columns: money by the day’s rate, months with the declared rounding, unknown stays unknown', () => {
  const codebook = new Codebook(schema);
  const leap = fromYmd(2024, 1, 31);
  const people = [
    person({ savings: { amount: 100.5, currency: 'USD' }, arrived: leap, experience: { months: 1, days: 1 } }),
    person({ savings: { amount: 100.5, currency: 'XTS' } }),
    person({ savings: { amount: 0.005, currency: 'EUR' }, arrived: leap }),
  ];
  const columns = fillColumns(codebook, wanted('savings', 'arrived', 'experience'), people);
  const euro = centsColumn('savings', 'EUR');
  const clamp = shiftColumn({ column: 'arrived' }, { duration: { months: 1, days: 0 } }, 1, 'clamp');
  const roll = shiftColumn({ column: 'arrived' }, { column: 'experience' }, 1, 'roll');
  const back = shiftColumn({ day: leap }, { column: 'experience' }, -1, 'clamp');
  const months = betweenColumn('monthsBetween', { column: 'arrived' }, { day: fromYmd(2024, 2, 29) });
  deriveColumns(codebook, [euro, clamp, roll, back, months], columns, fixed('clamp'));
  assert.equal(euro.key, 'savings@EUR');
  assert.deepEqual([...columns[euro.key]!], [Math.round(10050 * 0.9137), Number.NaN, 1]);
  assert.equal(clamp.key, 'arrived + P1M (clamp)');
  assert.deepEqual([...columns[clamp.key]!], [fromYmd(2024, 2, 29), NO_DAY, fromYmd(2024, 2, 29)]);
  assert.deepEqual([...columns[roll.key]!], [fromYmd(2024, 3, 2), NO_DAY, NO_DAY]);
  assert.deepEqual([...columns[back.key]!], [fromYmd(2023, 12, 30), NO_DAY, NO_DAY]);
  assert.deepEqual([...columns[months.key]!], [1, Number.NaN, 1]);
  assert.throws(
    () => deriveColumns(codebook, [centsColumn('bonusYear', 'EUR')], columns, fixed('clamp')),
    /"bonusYear#amount", which is not filled/,
  );
});
