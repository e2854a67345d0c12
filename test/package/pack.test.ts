/** What `npm pack` gives, unpacked elsewhere with its two dependencies beside it, answers like the clone. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const run = (command: string, args: string[], cwd: string) => {
  const r = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(r.status, 0, `${command} ${args.join(' ')}\n${r.stdout}\n${r.stderr}`);
  return r.stdout;
};

test('the package runs elsewhere and gives the same answer', () => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-pack-'));
  try {
    run('npm', ['pack', '--silent', '--pack-destination', dir], root);
    const tar = readdirSync(dir).find((f) => f.endsWith('.tgz')) as string;
    run('tar', ['xzf', tar], dir);
    const modules = join(dir, 'app', 'node_modules');
    mkdirSync(modules, { recursive: true });
    cpSync(join(dir, 'package'), join(modules, 'foothold'), { recursive: true });
    for (const dep of ['yaml', 'ajv', 'fast-deep-equal', 'fast-uri', 'json-schema-traverse', 'require-from-string']) {
      symlinkSync(join(root, 'node_modules', dep), join(modules, dep));
    }
    const listed = readdirSync(join(dir, 'package'));
    for (const name of ['bin', 'dist', 'LICENSE', 'README.md', 'package.json']) assert.ok(listed.includes(name), name);
    for (const name of ['src', 'test', 'node_modules'])
      assert.ok(!listed.includes(name), `${name} has no place in the package`);
    const args = [
      'check',
      join(root, 'people', 'irina.yaml'),
      'ge/it-residence',
      'rs/asylum',
      '--json',
      '--on',
      '2026-11-23',
    ];
    const there = run(process.execPath, [join(modules, 'foothold', 'bin', 'foothold.mjs'), ...args], join(dir, 'app'));
    const here = run(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args], root);
    assert.deepEqual(JSON.parse(there), JSON.parse(here));
    const library = `import('foothold').then((f) => console.log(typeof f.searchPlans, f.formatDay(f.parseDay('2026-03-01'))))`;
    assert.equal(run(process.execPath, ['-e', library], join(dir, 'app')).trim(), 'function 2026-03-01');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
