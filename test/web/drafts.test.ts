import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDay } from '../../src/calendar/civil.ts';
import type { Field } from '../../src/web/engine/questions.ts';
import { draftOf, listDraftOf, understand, understandList } from '../../src/web/state/drafts.ts';

const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name: 'x', label: 'x', kind, ...more });

test('what is understood, shown again and understood again is the same', () => {
  const day = fc.integer({ min: -10_000, max: 40_000 }).map((d) => formatDay(d));
  const cases: [Field, fc.Arbitrary<string | boolean | number | string[]>][] = [
    [field('boolean'), fc.boolean()],
    [field('date'), day],
    [field('number'), fc.integer({ min: 0, max: 1_000_000 })],
    [
      field('money', { currencies: ['EUR', 'GEL'] }),
      fc.tuple(fc.integer({ min: 0, max: 9_999_999 }), fc.constantFrom('EUR', 'GEL')).map(([n, c]) => `${n} ${c}`),
    ],
    [field('code'), fc.constantFrom('passport', 'ge')],
    [field('codes'), fc.uniqueArray(fc.constantFrom('ru', 'ge', 'de'))],
  ];
  for (const [f, values] of cases)
    fc.assert(
      fc.property(values, (v) => {
        assert.deepEqual(understand(f, draftOf(f, v)), { k: 'value', v });
      }),
    );
});

test('blank is blank in every field, and never a value', () => {
  for (const kind of ['boolean', 'date', 'number', 'money', 'code', 'codes'] as const)
    for (const text of [undefined, '', ' ', ...(kind === 'date' ? ['--', ' - - '] : [])])
      assert.deepEqual(understand(field(kind), text === undefined ? undefined : { text }), { k: 'blank' });
});

test('a day that is none, a number that is none, a number out of range are told, never guessed at', () => {
  for (const text of ['2026-2-30', '2026-13-1', '26-1-1', '2026--1', '2026-1', 'x-y-z'])
    assert.equal(understand(field('date'), { text }).k, 'wrong', text);
  assert.deepEqual(understand(field('date'), { text: '2026-3-9' }), { k: 'value', v: '2026-03-09' });
  for (const text of ['12x', '-3', '1.234.5', '1e5', '0x10', '1,2345'])
    assert.equal(understand(field('number'), { text }).k, 'wrong', text);
  for (const text of ['45 000', '45\u00a0000', '45000,00', "45'000"])
    assert.deepEqual(understand(field('money', { currencies: ['EUR'] }), { text }), {
      k: 'value',
      v: text.includes(',') ? '45000.00 EUR' : '45000 EUR',
    });
  assert.deepEqual(understand(field('number', { range: { min: 0, max: 10 } }), { text: '11' }), {
    k: 'wrong',
    why: 'wrong.range',
    min: 0,
    max: 10,
  });
});

test('a list: none on purpose, none by not answering, entries with blanks, entries with mistakes', () => {
  const fields = [field('code', { name: 'country' }), field('date', { name: 'from' })];
  assert.deepEqual(understandList(fields, { entries: [], none: true }), { k: 'value', v: [] });
  assert.deepEqual(understandList(fields, { entries: [], none: false }), { k: 'blank' });
  assert.deepEqual(understandList(fields, { entries: [{}], none: false }), { k: 'blank' });
  assert.deepEqual(understandList(fields, { entries: [{ country: { text: 'ge' } }, {}], none: false }), {
    k: 'value',
    v: [{ country: 'ge' }],
  });
  const wrong = understandList(fields, { entries: [{ from: { text: '2026-2-30' } }], none: false });
  assert.equal(wrong.k, 'wrong');
  const given = [{ country: 'ge', from: '2026-03-01' }];
  assert.deepEqual(understandList(fields, listDraftOf(fields, given)), { k: 'value', v: given });
  assert.equal(listDraftOf(fields, []).none, true);
});

test('a sum below zero is taken where a month may take away, however the minus is written, and nowhere else', () => {
  const saved = field('money', { currencies: ['EUR'], range: { min: -1_000_000, max: 1_000_000 } });
  for (const text of ['-400', '\u2212400', '\u2013 400', '- 400'])
    assert.deepEqual(understand(saved, { text }), { k: 'value', v: '-400 EUR' }, text);
  assert.deepEqual(understand(saved, draftOf(saved, '-400 EUR')), { k: 'value', v: '-400 EUR' });
  for (const text of ['--400', '4-00', '-', '-x']) assert.equal(understand(saved, { text }).k, 'wrong', text);
  for (const f of [field('money', { currencies: ['EUR'] }), field('number', { range: { min: 0, max: 9 } })])
    assert.equal(understand(f, { text: '-4' }).k, 'wrong');
});
