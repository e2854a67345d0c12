/** The file of a report from outside: written and read back, closed to everything that is about a person. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDay } from '../../src/calendar/civil.ts';
import { ProblemsError } from '../../src/law/problems.ts';
import { looksPersonal, type Report, readReport, writeReport } from '../../src/law/report.ts';

const day = (t: string) => parseDay(t) as number;
const REPORT: Report = {
  provision: 'de/blue-card',
  change: 'figure',
  part: 'salaryMin',
  value: '50700 EUR',
  saw: 'Mindestgehalt: "50.700 Euro" # brutto: im Jahr 2026\nзарплата',
  where: 'https://example.org/blue-card?lang=de',
  source: 'authority',
  since: day('2026-01-01'),
  on: day('2026-11-23'),
  law: 'c19ac10d4698',
};
const text = writeReport(REPORT);
const refused = (t: string): string => {
  try {
    readReport('report.yaml', t);
  } catch (e) {
    assert.ok(e instanceof ProblemsError, String(e));
    return e.message;
  }
  assert.fail(`was read:\n${t}`);
};

test('a report is read as it was written, whatever its words', () => {
  assert.deepEqual(readReport('r.yaml', text), REPORT);
  const { part: _p, value: _v, ...rest } = REPORT;
  const other: Report = { ...rest, change: 'ended', since: undefined };
  assert.deepEqual(readReport('r.yaml', writeReport(other)), other);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (saw) => {
      fc.pre(saw.trim() !== '' && saw.length <= 500 && looksPersonal(saw) === undefined);
      // Half of a pair of code units is no text.
      fc.pre(saw.isWellFormed());
      assert.equal(readReport('r.yaml', writeReport({ ...REPORT, saw })).saw, saw);
    }),
  );
});

test('what points at a person is refused, with its place', () => {
  for (const saw of [
    'write to ivan.p@example.com',
    'call +7 912 345-67-89',
    'passport 75 1234567',
    'паспорт 4510 123456',
    'see @ivan_petrov',
  ])
    assert.match(refused(writeReport({ ...REPORT, saw })), /^r?eport\.yaml:\d+:\d+ {2}what looks like .*saw/, saw);
  assert.match(refused(`${text}name: Ivan\n`), /the field "name"[\s\S]*only: format, provision/);
  for (const saw of [
    'at least 50 700 EUR',
    'from 1 January 2026 on, 180 days',
    '§ 18g Abs. 2, BGBl. 2026 I Nr. 123',
    '1 500 000 драмов',
  ])
    assert.equal(looksPersonal(saw), undefined, saw);
});

test('every mistake is told with what was expected', () => {
  const without = (key: string) => text.replace(new RegExp(`^${key}: .*\\n`, 'm'), '');
  for (const key of ['format', 'provision', 'change', 'saw', 'where', 'source', 'since', 'on', 'law'])
    assert.match(refused(without(key)), new RegExp(`nothing for \`${key}\``), key);
  assert.match(refused(without('part')), /a figure without its name or its value/);
  assert.match(refused(without('value')), /a figure without its name or its value/);
  assert.match(refused(text.replace('figure', 'ended')), /a value only of a figure/);
  assert.match(refused(text.replace('2026-01-01', '2026-02-30')), /a date like/);
  assert.match(refused(text.replace('https://example.org', 'https://user:pass@example.org')), /public address/);
  assert.match(refused(text.replace('foothold-report/1', 'foothold-report/2')), /foothold-report\/1/);
  for (const noise of ['', 'a', '[]', '{', '\0', 'format: [', '!!js x']) refused(noise);
});
