/** `npm run build`: `dist/`: the law as one file, and the program compiled for any Node from 22.18 on (library and command line). */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildLaw } from './build-law.ts';

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
process.exitCode = r.status ?? 1;
