/**
 * `npm test`: everything the default suite needs, in one run: format and lint (with the floors between rooms), types,
 * the law's own check with all its cases, the built law, then every test file. Ends with `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { need } from './need.ts';

const root = join(import.meta.dirname, '..');
const node = process.execPath;
let passed = 0;
let failed = 0;

/** Runs one step and counts it as one test. */
function step(name: string, command: string, args: readonly string[]): boolean {
  const r = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const ok = r.status === 0;
  if (ok) passed++;
  else failed++;
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (!ok) process.stdout.write(`${r.stdout ?? ''}${r.stderr ?? ''}${r.error ?? ''}\n`);
  return ok;
}

// Real parts: Debian's own programs, against which the tests hold ours.
for (const [program, pack, file] of [
  ['age', 'age'],
  ['chromium', 'chromium'],
  ['nginx', 'nginx-light'],
  ['caddy', 'caddy'],
  ['hunspell', 'hunspell'],
  ['hunspell-en-gb', 'hunspell-en-gb', '/usr/share/hunspell/en_GB.aff'],
  ['hunspell-ru', 'hunspell-ru', '/usr/share/hunspell/ru_RU.aff'],
  ['redis-server', 'redis-server'],
] as readonly (readonly [program: string, pack: string, file?: string])[]) {
  const problem = need(program, pack, file);
  if (problem === undefined) passed++;
  else failed++;
  process.stdout.write(problem === undefined ? `ok   ${program} is there\n` : `FAIL ${problem}\n`);
}

const bin = (name: string) => join(root, 'node_modules', '.bin', name);
step('format and lint, floors between rooms', bin('biome'), ['check', '--error-on-warnings', '.']);
step('types', bin('tsc'), ['-p', '.']);
step('licences of all dependencies', node, ['scripts/licences.ts']);
step('law: build', node, ['scripts/build-law.ts']);
step('page: build', node, ['scripts/build-web.ts']);
step('law: check, all cases', node, ['bin/foothold.mjs', 'law', 'check']);
step('people/spread is what its script makes', node, ['scripts/spread.ts', '--check']);
step('docs/coverage.md says what the law says', node, ['scripts/coverage.ts', '--check']);

const only = process.argv.slice(2);
const files = globSync('test/**/*.test.ts', { cwd: root })
  .filter((f) => only.length === 0 || only.some((o) => f.includes(o)))
  .sort();
if (files.length === 0) {
  process.stdout.write('FAIL no test file found\n');
  failed++;
} else {
  const r = spawnSync(node, ['--test', '--test-concurrency=2', '--test-reporter=spec', ...files], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  process.stdout.write(r.stdout);
  process.stderr.write(r.stderr);
  const count = (word: string) => Number(new RegExp(`^ℹ ${word} (\\d+)$`, 'm').exec(r.stdout)?.[1] ?? 0);
  passed += count('pass');
  failed += count('fail') + count('cancelled');
  // A runner that died before its summary has passed nothing.
  if (r.status !== 0 && count('fail') + count('cancelled') === 0) failed++;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed ? 1 : 0;
