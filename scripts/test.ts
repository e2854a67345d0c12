/**
 * `npm test`: everything the default suite needs, in one run: format and lint (with the floors between rooms), types,
 * the law's own check with all its cases, the built law, then every test file. Ends with `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
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
}

/** The longest a file may take, in milliseconds: a test that hangs fails, and the others still run. */
const LONGEST = 8 * 60_000;

/**
 * What the dice of tests begin with: the same on every machine, so that a run that passes passes again; `npm run
 * test:dice` throws others.
 */
const SEED = '20261128';

/** Runs one file of tests in a process of its own, shows what it said, and counts its tests. */
async function runFile(file: string): Promise<void> {
  const began = performance.now();
  const child = spawn(node, ['--import', './test/dice.ts', '--test-reporter=spec', file], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: only.length === 0 ? LONGEST : 0,
    // Every process of every test starts from the same compiled code: half of a short one's time.
    env: {
      NODE_COMPILE_CACHE: join(root, '.cache', 'compiled'),
      FOOTHOLD_SEED: SEED,
      ...process.env,
      NO_COLOR: '1',
      FORCE_COLOR: '0',
    },
  });
  let said = '';
  const hear = (part: string) => {
    said += part;
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((done) => {
    child.on('error', (e) => hear(`${e}\n`));
    child.on('close', done);
  });
  // A test's own words could look like a summary: the last one counts.
  const count = (word: string) => Number([...said.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  const wrong = count('fail') + count('cancelled');
  passed += count('pass');
  // A process that died before its summary, or that holds no test at all, has not passed. (What is skipped whole counts as a suite.)
  const silent = code !== 0 || count('tests') + count('suites') === 0;
  failed += wrong || (silent ? 1 : 0);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const how = code === null ? ` (stopped after ${seconds} s)` : '';
  process.stdout.write(`${wrong || silent ? 'FAIL' : 'ok  '} ${file} ${seconds} s${how}\n${said}`);
}

// Two at a time, and of those with a browser one: a browser has processes enough of its own.
const inBrowser = files.filter((f) => f.startsWith(join('test', 'web')));
const others = files.filter((f) => !inBrowser.includes(f));
const lane = async (first: string[], then: string[]) => {
  for (let file = first.shift() ?? then.shift(); file; file = first.shift() ?? then.shift()) await runFile(file);
};
await Promise.all([lane(inBrowser, others), lane(others, inBrowser)]);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed ? 1 : 0;
