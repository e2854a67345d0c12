import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { describe, it } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { runCases } from '../../src/check/cases.ts';
import { readBook, writeBook } from '../../src/law/book.ts';
import { renderProblem } from '../../src/law/problems.ts';
import { lawTexts } from '../../src/law/read.ts';
import { datedAt, inForce, paramAt } from '../../src/law/resolve.ts';
import { coverageSchema, provisionSchema } from '../../src/law/schema.ts';
import { EXPLAINED } from '../../src/law/schema-words.ts';
import type { Provision } from '../../src/law/types.ts';
import { smallLaw, soundLaw, WORK_ROUTE } from '../support/small-law.ts';

const day = (t: string) => parseDay(t) as number;
const root = join(import.meta.dirname, '..', '..');

describe('a provision that is right', () => {
  it('loads, and its parameters are dated', () => {
    const p = soundLaw({ 'xa/work': WORK_ROUTE }).provisions.get('xa/work') as Provision;
    assert.deepEqual(paramAt(p, 'salaryMin', day('2025-12-31')), { amount: 40000, currency: 'EUR' });
    assert.deepEqual(paramAt(p, 'salaryMin', day('2026-01-01')), { amount: 42000, currency: 'EUR' });
    assert.equal(paramAt(p, 'salaryMin', day('2023-12-31')), undefined);
    assert.equal(inForce(p, day('2023-12-31')), 'no');
    assert.equal(inForce(p, day('2024-01-01')), 'yes');
  });

  it('reads the same from a written book, byte for byte', () => {
    const book = soundLaw({ 'xa/work': WORK_ROUTE });
    const text = writeBook(book);
    assert.equal(writeBook(readBook(text)), text);
    assert.throws(() => readBook('{"format":"other/9"}'), /format "other\/9"/);
  });

  it('runs its cases, and a wrong expectation is told at its line', () => {
    const wrong = WORK_ROUTE.replace('expect: yes}', 'expect: no}');
    const book = soundLaw({ 'xa/work': wrong });
    const [problem, ...more] = runCases(book, book.provisions.get('xa/work') as Provision);
    assert.equal(more.length, 0);
    assert.match(
      renderProblem(problem as never),
      /^law\/xa\/work\.yaml:\d+:5 {2}case "enough" \(2025-01-01\) gives yes\n {4}expected: no\n/,
    );
  });
});

/** Each row: a change to the good text, and what the message must say at which line of the file. */
const WRONG: readonly [name: string, from: string, to: string, says: RegExp][] = [
  [
    'a number without a source',
    '2026-01-01: {value: 42000, source: s}',
    '2026-01-01: {value: 42000}',
    /:13:\d+ {2}a value of "salaryMin" without a source/,
  ],
  [
    'a decimal point where thousands were meant',
    'value: 42000',
    'value: 42.000',
    /42\n {4}expected: between 10000 and 90000/,
  ],
  [
    'an unknown source',
    'when: offer.exists, source: s',
    'when: offer.exists, source: t',
    /the source "t"\n {4}expected: one of the file's sources: s/,
  ],
  [
    'a misspelt key',
    'decision: right',
    'decison: right',
    /the key "decison".*\n.*\n {4}to mend: {2}did you mean "decision"\?/,
  ],
  ['a misspelt fact', 'when: offer.exists', 'when: offer.exits', /offer\.exits[\s\S]*offer\.exists/],
  ['a bare number in a condition', '>= salaryMin', '>= 40000', /40000/],
  ['months compared with money', 'offer.salaryYear >= salaryMin', 'offer.months >= salaryMin', /offer\.months/],
  ['an impossible date', 'from: 2024-01-01}', 'from: 2024-02-30}', /"2024-02-30"\n {4}expected: a date that exists/],
  [
    'an end before the beginning',
    'inForce: {from: 2024-01-01}',
    'inForce: {from: 2024-01-01, to: 2023-01-01}',
    /before it began/,
  ],
  [
    'a clause without a source',
    'when: offer.exists, source: s}',
    'when: offer.exists}',
    /the clause "offer" without a source/,
  ],
  ['two conditions in one clause', 'when: offer.exists,', 'when: offer.exists, any: [],', /a clause with when and any/],
  ['the same id twice', 'id: salary', 'id: offer', /the id "offer" a second time/],
  [
    'a file in the wrong place',
    'id: xa/work',
    'id: xa/job',
    /the id "xa\/job"\n {4}expected: the same as the file's place: "xa\/work"/,
  ],
  ['no Russian text', 'ru: Разрешение на работу', 'xx: 1', /no `ru` in `title`/],
  [
    'a parameter without a range',
    '    range: {min: 10000, max: 90000}\n',
    '',
    /the parameter "salaryMin" without a range/,
  ],
  ['an unknown unit', 'unit: EUR/year', 'unit: EUR/decade', /the unit "EUR\/decade"/],
  ['an alias', 'keyDate: filing', 'keyDate: &a filing', /anchors or aliases/],
  ['a key given twice', 'keyDate: filing', 'keyDate: filing\nkeyDate: entry', /unique/],
  ['a case about no fact', 'offer.salaryYear: 40000 EUR}', 'offer.wage: 40000 EUR}', /the fact "offer\.wage"/],
];

describe('a provision that is wrong is refused, with the place and the way to mend it', () => {
  for (const [name, from, to, says] of WRONG) {
    it(name, () => {
      assert.ok(WORK_ROUTE.includes(from), 'the row must change the text');
      const { book, problems } = smallLaw({ 'xa/work': WORK_ROUTE.replace(from, to) });
      const text = problems
        .filter((p) => p.severity === 'error')
        .map(renderProblem)
        .join('\n');
      assert.match(text, says);
      assert.match(text, /^law\/xa\/work\.yaml:\d+:\d+ {2}/m);
      assert.equal(book.provisions.has('xa/work'), false, 'a file with an error must not load');
    });
  }

  it('a value that jumps by more than three times is looked at', () => {
    const { problems } = smallLaw({ 'xa/work': WORK_ROUTE.replace('value: 40000', 'value: 11000') });
    assert.match(problems.map(renderProblem).join('\n'), /\(look\) "salaryMin" jumps from 11000 to 42000/);
  });
});

describe('the published schemas', () => {
  it('are the ones the loader checks with', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(root, 'schema', name), 'utf8'));
    assert.deepEqual(read('provision.schema.json'), JSON.parse(JSON.stringify(provisionSchema)));
    assert.deepEqual(read('coverage.schema.json'), JSON.parse(JSON.stringify(coverageSchema)));
  });
  it('explain every property of a provision, none of them twice or for nothing', () => {
    type Properties = Record<string, { description?: string }>;
    const form = provisionSchema as unknown as {
      properties: Properties;
      allOf: { then: { properties: Properties } }[];
    };
    const seen = new Set<string>();
    for (const properties of [form.properties, ...form.allOf.map((x) => x.then.properties)])
      for (const [name, p] of Object.entries(properties)) {
        seen.add(name);
        if (name !== '$schema') assert.equal(p.description, EXPLAINED[name], name);
        if (name !== '$schema') assert.match(p.description ?? '', /^.{15,}[.]$/, name);
      }
    assert.deepEqual(
      Object.keys(EXPLAINED).filter((name) => !seen.has(name)),
      [],
    );
  });
  it('are named for editors: every file of the law by one of them, and new files by a line of their own', () => {
    const settings = JSON.parse(readFileSync(join(root, '.vscode', 'settings.json'), 'utf8'));
    const of = (path: string): string[] =>
      Object.entries(settings['yaml.schemas'] as Record<string, string[]>)
        .filter(([schema]) => existsSync(join(root, schema)))
        .filter(
          ([, globs]) =>
            globs.some((g) => matchesGlob(path, g)) &&
            !globs.some((g) => g.startsWith('!') && matchesGlob(path, g.slice(1))),
        )
        .map(([schema]) => schema);
    for (const { path } of lawTexts(join(root, 'law'))) {
      const name = path.split('/').at(-1);
      const want =
        path.split('/').length < 3 || name === 'facts.yaml'
          ? []
          : [`./schema/${name === 'coverage.yaml' ? 'coverage' : 'provision'}.schema.json`];
      assert.deepEqual(of(path), want, path);
    }
  });
});

describe('dated values', () => {
  it('hold from their day until the next', () => {
    const values = [
      { from: 10, value: 'a' },
      { from: 20, value: null },
      { from: 30, value: 'c' },
    ];
    assert.equal(datedAt(values, 9), undefined);
    assert.equal(datedAt(values, 10)?.value, 'a');
    assert.equal(datedAt(values, 19)?.value, 'a');
    assert.equal(datedAt(values, 20)?.value, null);
    assert.equal(datedAt(values, 30)?.value, 'c');
  });
});
