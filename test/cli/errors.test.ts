import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { file, foothold, ON } from './run.ts';

/** Nothing on standard output, and exactly this message. */
function says(args: readonly string[], code: number, message: string, input = ''): void {
  const r = foothold(args, { input });
  assert.deepEqual({ code: r.code, out: r.out, err: r.err }, { code, out: '', err: message });
}

test('an unknown command, option or route is answered with the nearest one, exit 2', () => {
  says(
    ['chek'],
    2,
    'foothold: There is no command "chek". Did you mean check?\nCommands: plan, check, stay, changes, law, screen, vault, lab, serve. More: foothold --help\n',
  );
  says(
    ['check', file('irina'), '--jsn'],
    2,
    'foothold: "check" has no option "--jsn". Did you mean --json?\nIt understands: --on, --all, --json, --lang, --help.\n',
  );
  says(
    ['check', file('irina'), 'de/blue-crd', ...ON],
    2,
    'foothold: There is no route "de/blue-crd". Did you mean de/blue-card?\nAll routes: foothold law list --kind route\n',
  );
  says(
    ['check', file('irina'), 'de/blue-crd', '--lang', 'ru'],
    2,
    'foothold: Основания «de/blue-crd» нет. Может быть, de/blue-card?\nВсе основания: foothold law list --kind route\n',
  );
});

test('law check of a folder that is not there is no "no errors"', () => {
  for (const wrong of ['de,fr', 'zz']) {
    const r = foothold(['law', 'check', wrong]);
    assert.equal(r.code, 2);
    assert.match(r.err, new RegExp(`The law here says nothing of "${wrong}"`));
    assert.equal(r.out, '');
  }
});

test('values of options are checked, exit 2', () => {
  says(
    ['check', file('irina'), '--on', '2026-02-30'],
    2,
    'foothold: --on: "2026-02-30" is not a date. Expected: year-month-day, like 2026-12-01.\n',
  );
  says(
    ['plan', file('irina'), '--goal', 'permanant'],
    2,
    'foothold: --goal: "permanant" is not understood. Did you mean permanent?\nExpected: permanent, citizenship, protection or years:N (1 to 10).\n',
  );
  says(['check', file('irina'), '--on'], 2, 'foothold: --on needs a value: --on 2026-12-01\n');
  says(
    ['changes', '--from', '2026-03-01', '--to', '2026-02-01'],
    2,
    'foothold: --to (2026-02-01) is before --from (2026-03-01). Change them round.\n',
  );
  assert.equal(foothold(['plan', file('irina'), '--avoid', 'kz,atlantis']).code, 2);
  assert.equal(foothold(['check', '--lang', 'de', file('irina')]).code, 2);
  assert.equal(foothold(['check']).code, 2);
  assert.equal(foothold([]).code, 2);
});

test('plans can be held only against what plan --json printed, to the same goal', () => {
  says(
    ['plan', file('irina'), '--against', 'nowhere.json'],
    1,
    'foothold: --against: there is no file nowhere.json. Expected: a file with what "foothold plan … --json" printed on an earlier day.\n',
  );
  says(
    ['plan', file('irina'), '--against', 'package.json'],
    1,
    'foothold: package.json: not what "foothold plan --json" prints. Found: no day "on". Expected: a day, as in "on": "2026-11-23".\n',
  );
  const dir = mkdtempSync(join(tmpdir(), 'foothold-against-'));
  try {
    const old = join(dir, 'old.json');
    writeFileSync(old, '{"on": "2026-11-01", "goal": "protection", "plans": []}');
    const r = foothold(['plan', file('irina'), '--goal', 'permanent', '--against', old]);
    assert.equal(r.code, 2);
    assert.match(r.err, /to protection, and permanent was asked for/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a person file that is not there, exit 1, with the file that was meant', () => {
  says(
    ['check', 'people/irna.yaml'],
    1,
    'foothold: There is no file "people/irna.yaml". Did you mean people/irina.yaml?\nExpected: a person file in YAML; there are examples in people/.\n',
  );
});

test('a person file that is wrong, exit 1: every place, what was found and how to mend it', () => {
  says(
    ['check', '-'],
    1,
    [
      'standard input:1:16  "1990-13-01" for `person.born`',
      '    expected: a date that exists, like 2026-03-01 (1900 to 2199)',
      'standard input:2:1  the key `savngs`, which no rule asks about',
      '    expected: a fact of facts.yaml',
      '    to mend:  did you mean `savings`?',
      'Nothing was answered: mend the file first.',
      '',
    ].join('\n'),
    'person: {born: 1990-13-01}\nsavngs: 5\n',
  );
});

test('facts are not taken from the command line', () => {
  const r = foothold(['plan', file('irina'), 'savings=5']);
  assert.equal(r.code, 2);
  assert.match(r.err, /Facts are written in the file, not on the command line/);
});

test('a file where a folder is wanted is told of as such, before any work', () => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-'));
  try {
    const taken = join(dir, 'taken');
    writeFileSync(taken, 'x');
    const r = foothold(['lab', 'run', '--persons', '200', '--out', taken], { input: '' });
    assert.equal(r.code, 1);
    assert.match(r.err, /^foothold: .*taken.*: a part of it is a file, not a folder\. Name another path/);
    assert.doesNotMatch(r.err, /fault of the program/);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
