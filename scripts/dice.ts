/**
 * `npm run test:dice [ROUNDS] [FILTER…]`: the tests that throw dice, with new ones every round (10 rounds unless told).
 * What fails is named with its seed; `FOOTHOLD_SEED=… npm test -- FILE` throws the same again.
 */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 10);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`npm run test:dice: expected a number of rounds of 1 or more, found ${process.argv[2]}.\n`);
  process.exit(2);
}
const only = process.argv.slice(3);
const files = globSync('test/**/*.test.ts', { cwd: root })
  .filter((f) => only.length === 0 || only.some((o) => f.includes(o)))
  .filter((f) =>
    /'fast-check'|FOOTHOLD_SEED|generators\.ts|random-people\.ts/.test(readFileSync(join(root, f), 'utf8')),
  )
  .sort();

if (files.length === 0) {
  process.stderr.write(`npm run test:dice: no test that throws dice is called ${only.join(' or ')}.\n`);
  process.exit(2);
}

let failed = 0;
for (let round = 0; round < rounds; round++) {
  const seed = String(Math.floor(Math.random() * 2 ** 31));
  for (const file of files) {
    const r = spawnSync(process.execPath, ['--import', './test/dice.ts', '--test-reporter=spec', file], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, FOOTHOLD_SEED: seed, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    if (r.status === 0) continue;
    failed++;
    process.stdout.write(`FAIL ${file} with FOOTHOLD_SEED=${seed}\n${r.stdout}${r.stderr}\n`);
  }
  process.stdout.write(`round ${round + 1} of ${rounds}: seed ${seed}\n`);
}
process.stdout.write(`${rounds * files.length - failed} passed, ${failed} failed\n`);
process.exitCode = failed ? 1 : 0;
