/** `npm run new:provision` writes files that the law's own check accepts, and nothing where an answer is wrong. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { KINDS as ASKED } from '../../scripts/provision/questions.ts';
import { checkLaw } from '../../src/cli/law-check.ts';

const ROOT = join(import.meta.dirname, '..', '..');
let dir: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'foothold-new-'));
  mkdirSync(join(dir, 'law', 'xx'), { recursive: true });
  for (const f of ['facts.yaml', 'areas.yaml', 'rates.yaml']) cpSync(join(ROOT, 'law', f), join(dir, 'law', f));
  writeFileSync(
    join(dir, 'law', 'xx', 'coverage.yaml'),
    'jurisdiction: xx\ntitle: {en: Exampleland, ru: Примерия}\ncovered: {en: Little., ru: Мало.}\nmissing:\n  - {what: {en: The rest, ru: Остальное}, why: no-source}\n',
  );
});
after(() => rmSync(dir, { recursive: true, force: true }));

const answer = (lines: readonly string[]) =>
  spawnSync(process.execPath, [join(ROOT, 'scripts', 'new-provision.ts'), '--root', dir], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
  });
const SOURCE = [
  'https://example.org/a',
  'An "authority": of Exampleland',
  '2026-01-10',
  '2026-02-01',
  'yes',
  'en',
  'may stay for up to 30 days # at most',
];
const COMMON = (id: string, kind: string, when: string, from = '') => [
  id,
  kind,
  'A title: with a colon',
  'Название',
  ...SOURCE,
  from,
  when,
  'Whom',
  'Кого',
];
/** Kinds that hold for whoever has the status or has stayed too long: no condition is asked for. */
const BARE = (id: string, kind: string) => COMMON(id, kind, '').slice(0, -3);
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'a stay, each entry afresh': [...COMMON('xx/visa-free', 'stay', 'passport.country = "ru"'), '30', ''],
  'a stay, days in a window': [
    ...COMMON('xx/visa-free-90', 'stay', 'passport.country = "ru" and passport.biometric = yes', '2026-03-01'),
    '90',
    '180',
  ],
  'a route': [...COMMON('xx/work', 'route', 'offer.exists'), 'discretion', 'in-country', 'P1Y', 'permit'],
  'a restriction': [...COMMON('xx/closed', 'restriction', '"xx" in entryBans'), 'entry', 'must'],
  'a danger': [
    ...COMMON('xx/extradition', 'danger', 'exposure.wanted or exposure.criminalCaseInRussia'),
    'presence',
    'They extradite.',
    'Выдают.',
  ],
  'a document rule': [...COMMON('xx/passport', 'document', 'passport.biometric = yes'), 'entry'],
  support: [...COMMON('xx/help', 'support', 'exposure.fearOfReturn'), 'legal-aid', '', 'They advise.', 'Советуют.'],
  'a status': [
    ...BARE('xx/pending', 'status'),
    'pending',
    'none',
    '',
    'One may wait for the answer.',
    'Можно ждать ответа.',
  ],
  'a clock': [...BARE('xx/clock', 'clock'), 'xx/work', 'P5Y', 'yes'],
  'a ladder of overstay': [
    ...BARE('xx/overstay', 'overstay'),
    '500 EUR',
    'P1Y',
    'A fine and a ban.',
    'Штраф и запрет.',
  ],
  'a ladder of which little is stated': [...BARE('xx/overstay-2', 'overstay'), '', '', 'Unlawful.', 'Незаконно.'],
};

for (const [name, lines] of Object.entries(KINDS))
  test(`${name}: the file is valid as it is, and names the cases to fill`, () => {
    const r = answer(lines);
    assert.equal(r.status, 0, r.stderr + r.stdout);
    const file = join(dir, 'law', `${lines[0]}.yaml`);
    const text = readFileSync(file, 'utf8');
    assert.deepEqual(
      checkLaw(['xx'], dir).problems.filter((p) => p.file === `law/${lines[0]}.yaml` && p.severity === 'error'),
      [],
    );
    if (text.includes('\nall:\n')) {
      assert.match(text, /name: nothing is known, .*expect: unknown, missing: \[\w/);
      assert.match(text, /^ {2}# - \{name: … , on: [\d-]+, given: \{[^}]+: \}, expect: no, because: \[whom\]\}$/m);
    }
    // As long as its cases are in comments the check says so; once the comment is gone it does not.
    const looked = () =>
      checkLaw(['xx'], dir).problems.filter((p) => p.file === `law/${lines[0]}.yaml` && p.code === 'to-fill');
    assert.deepEqual(
      looked().map((p) => [p.severity, p.line]),
      [['warning', text.split('\n').findIndex((l) => l.includes('# To fill:')) + 1]],
    );
    writeFileSync(file, text.replace(/^ *# To fill:.*\n/m, ''));
    assert.deepEqual(looked(), []);
    // The check bites: a case that says otherwise is a problem.
    const spoilt = text
      .replace('expect: unknown', 'expect: yes')
      .replace('given: {}, expect: yes', 'given: {}, expect: no')
      .replace('expect: {reached: yes}', 'expect: {reached: no}')
      .replace(/overstayDays: 1, expect: \{[^}]*\}/, 'overstayDays: 1, expect: {ban: P9Y}');
    assert.notEqual(spoilt, text);
    writeFileSync(file, spoilt);
    assert.ok(checkLaw(['xx'], dir).problems.some((p) => p.file === `law/${lines[0]}.yaml` && p.code === 'case'));
    writeFileSync(file, text);
  });

const good = KINDS['a stay, each entry afresh'] as readonly string[];
const WRONG: readonly [string, number, string, RegExp][] = [
  ['an id that is none', 0, 'Blue Card', /"Blue Card" is no id/],
  ['an id that is taken', 0, 'xx/visa-free', /the law has xx\/visa-free already/],
  ['a kind that is none', 1, 'law', /"law" is none of/],
  ['no title', 2, '', /an answer is needed/],
  ['no address', 4, 'example.org', /is no web address/],
  ['a day that is none', 6, '2026-02-30', /is no day/],
  ['a day to come', 6, '2199-01-01', /is not yet/],
  ['a fact that nobody knows', 12, 'passport.colour = "red"', /passport\.colour/],
  ['a number in a condition', 12, 'age > 18', /18/],
  ['no number of days', 15, 'some', /is no number of days/],
  ['a window shorter than the days', 16, '10', /less than the 30 days/],
];
const WRONG_OF_OTHERS: readonly [string, string, number, string, RegExp][] = [
  [
    'a clock of a status that nobody knows',
    'a clock',
    12,
    'xx/nothing',
    /"xx\/nothing" is no provision of the law yet/,
  ],
  ['a clock of no length', 'a clock', 13, 'five years', /is no duration/],
  ['a fine without a currency', 'a ladder of overstay', 12, '500', /is no amount; expected one like 500 GEL/],
  ['help of no kind', 'support', 15, 'money', /is none of: legal-aid/],
  ['a status that leads nowhere known', 'a status', 14, 'xx/nothing', /no provision of the law yet/],
];
for (const [name, kind, at, text, said] of WRONG_OF_OTHERS)
  test(`${name}: told, and nothing is written`, () => {
    const lines = (KINDS[kind] as readonly string[]).map((line, i) => (i === at ? text : i === 0 ? 'xx/other' : line));
    const r = answer(lines);
    assert.equal(r.status, 1);
    assert.match(r.stderr, said);
    assert.ok(!existsSync(join(dir, 'law', 'xx', 'other.yaml')));
  });
test('every kind of provision can be asked for', () => {
  const form = JSON.parse(readFileSync(join(ROOT, 'schema', 'provision.schema.json'), 'utf8')) as object;
  const kinds = [...JSON.stringify(form).matchAll(/"kind":\{"const":"(\w+)"/g)].map((m) => m[1]);
  assert.deepEqual([...new Set(kinds)].sort(), [...ASKED].sort());
});
for (const [name, at, text, said] of WRONG)
  test(`${name}: told, and nothing is written`, () => {
    const lines = good.map((line, i) => (i === at ? text : i === 0 ? 'xx/other' : line));
    const r = answer(lines);
    assert.equal(r.status, 1);
    assert.match(r.stderr, said);
    assert.match(r.stderr, /Nothing was written/);
    assert.ok(!existsSync(join(dir, 'law', 'xx', 'other.yaml')));
  });

test('answers that end early write nothing', () => {
  const r = answer(['xx/other', ...good.slice(1, 9)]);
  assert.equal(r.status, 1);
  assert.match(r.stderr, /The answers end here/);
  assert.ok(!existsSync(join(dir, 'law', 'xx', 'other.yaml')));
});
