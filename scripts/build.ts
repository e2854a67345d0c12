/**
 * `npm run build`: `dist/`: the law as one file, the program compiled for any Node from 22.18 on (library and command
 * line), and the page (`dist/web`, `dist/foothold.html`). `--quick` leaves the page out.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readBook } from '../src/law/book.ts';
import { buildLaw } from './build-law.ts';
import { writeWeb } from './build-web.ts';

const root = join(import.meta.dirname, '..');
const law = buildLaw(root);
for (const e of law.errors) process.stderr.write(`${e}\n`);
if (law.errors.length) {
  process.stderr.write('The law has errors; nothing was built.\n');
  process.exit(1);
}
rmSync(join(root, 'dist', 'lib'), { recursive: true, force: true });
const tsc = join(root, 'node_modules', '.bin', 'tsc');
const r = spawnSync(tsc, ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
if (r.status !== 0) process.exit(r.status ?? 1);
// The command line in few files: starting it then costs a tenth of a second, not half of one.
rmSync(join(root, 'dist', 'cli'), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts', 'lab-worker': 'src/cli/lab-worker.ts', evaluate: 'src/server/evaluate.ts' },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  external: [
    'ajv',
    'yaml',
    'age-encryption',
    'fflate',
    'saxes',
    'csv-parse',
    'fastify',
    'bullmq',
    'ioredis',
    '@duckdb/node-api',
  ],
  logLevel: 'warning',
});

// The page needs nothing of the above; who wants only the command line is spared it.
if (!process.argv.includes('--quick'))
  await writeWeb(root, readBook(readFileSync(join(root, 'dist', 'law.json'), 'utf8')));
