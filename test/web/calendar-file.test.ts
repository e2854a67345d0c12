import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calendarFile, fold } from '../../src/web/calendar-file.ts';

const unfold = (s: string) => s.replaceAll('\r\n ', '');

test('lines are folded at 75 octets, never within a letter, and unfold to what they were', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom('', 'Переезд в Грузию; '),
      (text, more) => {
        const line = (more.repeat(4) + text).replaceAll(/[\r\n]/g, '');
        const folded = fold(line);
        for (const part of folded.split('\r\n')) assert.ok(new TextEncoder().encode(part).length <= 75);
        assert.ok(!folded.includes('\ufffd'));
        assert.equal(unfold(folded), line);
      },
    ),
  );
});

test('a calendar of whole days with neutral titles, random names, and nothing else', () => {
  let n = 0;
  const text = calendarFile(
    [
      { day: '2026-12-19', title: 'Напоминание 1' },
      { day: '2027-02-21', title: 'a; b, c\\d' },
    ],
    '20261123T000000Z',
    () => `id-${++n}`,
  );
  assert.ok(text.endsWith('END:VCALENDAR\r\n') && !/[^\r]\n/.test(text));
  const lines = unfold(text).split('\r\n').filter(Boolean);
  const names = new Set(lines.map((l) => l.split(/[:;]/)[0]));
  assert.deepEqual([...names].sort(), [
    'BEGIN',
    'CALSCALE',
    'CLASS',
    'DTSTAMP',
    'DTSTART',
    'END',
    'PRODID',
    'SUMMARY',
    'TRANSP',
    'UID',
    'VERSION',
  ]);
  assert.deepEqual(
    lines.filter((l) => l.startsWith('DTSTART')),
    ['DTSTART;VALUE=DATE:20261219', 'DTSTART;VALUE=DATE:20270221'],
  );
  assert.deepEqual(
    lines.filter((l) => l.startsWith('SUMMARY')),
    ['SUMMARY:Напоминание 1', 'SUMMARY:a\\; b\\, c\\\\d'],
  );
  assert.deepEqual(
    lines.filter((l) => l.startsWith('UID')),
    ['UID:id-1', 'UID:id-2'],
  );
});
