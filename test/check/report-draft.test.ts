/** A report from outside becomes a patch that loads and an example that the law as it is fails and the patched law meets. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseDay } from '../../src/calendar/civil.ts';
import { runCases } from '../../src/check/cases.ts';
import { caseLine, draftOf } from '../../src/check/report-draft.ts';
import { checkLaw } from '../../src/cli/law-check.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { readPatch } from '../../src/law/patch.ts';
import { type Report, writeReport } from '../../src/law/report.ts';
import type { Provision } from '../../src/law/types.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const book = await loadLaw();
const dir = mkdtempSync(join(tmpdir(), 'foothold-report-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const day = (t: string) => parseDay(t) as number;
const REPORT: Report = {
  provision: 'de/blue-card',
  change: 'figure',
  part: 'salaryRegular',
  value: '61000 EUR',
  saw: 'Das Mindestgehalt beträgt "61.000 Euro"',
  where: 'https://example.org/blue-card',
  source: 'authority',
  since: day('2026-06-01'),
  on: day('2026-11-23'),
  law: book.digest.slice(0, 12),
};
const { part: _, value: __, ...WHOLE } = REPORT;

/** What `law check` says of a provision's file with the example at its end. */
function withCase(provision: string, line: string): readonly string[] {
  const root = join(dir, 'clone');
  const country = provision.split('/')[0] as string;
  mkdirSync(join(root, 'law'), { recursive: true });
  for (const f of readdirSync(join(ROOT, 'law')).filter((x) => x.endsWith('.yaml')))
    cpSync(join(ROOT, 'law', f), join(root, 'law', f));
  cpSync(join(ROOT, 'law', country), join(root, 'law', country), { recursive: true });
  const file = join(root, 'law', `${provision}.yaml`);
  writeFileSync(file, `${readFileSync(file, 'utf8').trimEnd()}\n${line}\n`);
  return checkLaw([country], root)
    .problems.filter((p) => p.file === `law/${provision}.yaml` && p.severity === 'error')
    .map((p) => p.found);
}

const REPORTS: Readonly<Record<string, Report>> = {
  'a salary floor': REPORT,
  'days of a stay': { ...REPORT, provision: 'rs/visa-free', part: 'stayMax', value: '60' },
  'a route that has ended': { ...WHOLE, change: 'ended' },
  'a stay that has ended': { ...WHOLE, provision: 'ge/visa-free', change: 'ended' },
};
for (const [name, report] of Object.entries(REPORTS))
  test(`${name}: the patch loads, the example fails today and is met after it`, () => {
    const p = book.provisions.get(report.provision) as Provision;
    const draft = draftOf(book, report, 'r.yaml');
    assert.ok(draft.patch && draft.patched && draft.failing, name);
    assert.equal(readPatch('p.yaml', draft.patch, book).sources?.[0], report.where);
    const { row } = draft.failing;
    assert.ok(row.on >= (report.since as number), 'on a day on which it is so');
    assert.ok(runCases(book, { ...p, cases: [row] }).length > 0);
    const q = draft.patched.provisions.get(p.id) as Provision;
    assert.deepEqual(runCases(draft.patched, { ...q, cases: [row] }), []);
    // As a line of the file it says the same.
    const problems = withCase(report.provision, caseLine(row));
    assert.ok(problems.length > 0);
    for (const found of problems) assert.match(found, /^case "reported: /);
  });

test('a requirement that is no longer asked', () => {
  const p = book.provisions.get('de/blue-card') as Provision;
  const told = p.all.flatMap((c) => {
    const draft = draftOf(book, { ...WHOLE, change: 'clause', part: c.id as string }, 'r.yaml');
    return draft.failing ? [draft.failing] : [];
  });
  assert.ok(told.length > 0);
  for (const f of told) assert.notEqual(f.before, f.after);
});

test('what no patch can say is left to a person; what the law does not have is told', () => {
  assert.deepEqual(draftOf(book, { ...WHOLE, change: 'other' }, 'r.yaml'), {
    patch: undefined,
    patched: undefined,
    failing: undefined,
  });
  const refused = (r: Report) => {
    try {
      draftOf(book, r, 'r.yaml');
    } catch (e) {
      return (e as Error).message;
    }
    return 'was taken';
  };
  assert.match(refused({ ...REPORT, provision: 'de/blue-crad' }), /perhaps de\/blue-card/);
  assert.match(refused({ ...REPORT, part: 'salary' }), /the figure "salary"[\s\S]*one of: /);
  assert.match(refused({ ...WHOLE, change: 'clause', part: 'nothing' }), /the clause "nothing"/);
  assert.match(refused({ ...REPORT, value: 'much' }), /a value of unit EUR\/year/);
  assert.match(refused({ ...REPORT, value: '61000 USD' }), /a value of unit EUR\/year/);
});

test('foothold law report: says what it found, writes the draft, and never over somebody’s work', () => {
  const file = join(dir, 'report.yaml');
  writeFileSync(file, writeReport(REPORT));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'src', 'cli', 'main.ts'), 'law', 'report', ...args, '--lang', 'en'], {
      encoding: 'utf8',
    });
  const out = join(dir, 'drafts');
  const written = run(file, '--out', out);
  assert.equal(written.status, 0, written.stderr);
  assert.match(written.stdout, /Nobody has checked it/);
  assert.match(written.stdout, /two reviewers|One reviewer/);
  const patch = join(out, 'de-blue-card-salaryRegular.patch.yaml');
  assert.ok(existsSync(patch) && existsSync(join(out, 'de-blue-card-salaryRegular.case.yaml')));
  const [change] = readPatch(patch, readFileSync(patch, 'utf8'), book).changes;
  assert.deepEqual(change, {
    op: 'set',
    provision: 'de/blue-card',
    param: 'salaryRegular',
    value: { amount: 61000, currency: 'EUR' },
    from: day('2026-06-01'),
  });
  writeFileSync(patch, '# my work\n');
  const again = run(file, '--out', out);
  assert.equal(again.status, 1);
  assert.match(again.stderr, /is there already and says something else/);
  assert.equal(readFileSync(patch, 'utf8'), '# my work\n');
  writeFileSync(file, writeReport(REPORT).replace('61.000 Euro', 'ask me at a@b.example'));
  const personal = run(file);
  assert.equal(personal.status, 1);
  assert.match(personal.stderr, /an e-mail address/);
  assert.equal(personal.stdout, '');
});
