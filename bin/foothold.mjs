#!/usr/bin/env node
// Starts the program: in a clone from its sources, in a package from dist/. Written for any Node, so that an old one is
// told kindly what is needed, or hands over to the newer one that a clone installs.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'src', 'cli', 'main.ts');
const built = join(root, 'dist', 'cli', 'main.js');
const entry = existsSync(source) && !isFresh(built, join(root, 'src')) ? source : built;
const parts = process.versions.node.split('.').map(Number);
const recent = parts[0] > 22 || (parts[0] === 22 && parts[1] >= 18);

if (!existsSync(entry)) {
  process.stderr.write('foothold: the program is not complete (no src/cli and no dist/cli). Install it again.\n');
  process.exitCode = 1;
} else if (recent) {
  // Compiled code is kept beside the program (code only, nothing of a person): starting then takes half the time.
  const { enableCompileCache } = await import('node:module');
  if (enableCompileCache) enableCompileCache(join(root, '.cache', 'compiled'));
  await import(pathToFileURL(entry).href);
} else {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(own) && !process.env.FOOTHOLD_RESTARTED) {
    const child = spawnSync(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
      env: { ...process.env, FOOTHOLD_RESTARTED: '1' },
    });
    process.exitCode = child.status === null ? 1 : child.status;
  } else {
    process.stderr.write(
      `foothold: this is Node ${process.versions.node}; Node 22.18 or newer is needed.\n` +
        'Install it from https://nodejs.org, or run "npm install" in the folder of the program: it brings its own.\n\n' +
        `foothold: здесь Node ${process.versions.node}, а нужен 22.18 или новее.\n` +
        'Установите его с https://nodejs.org или выполните «npm install» в папке программы: он придёт вместе с ней.\n',
    );
    process.exitCode = 1;
  }
}

/** Whether the built program is newer than every source file: then it is the same program, and starts faster. */
function isFresh(file, folder) {
  if (!existsSync(file)) return false;
  const since = statSync(file).mtimeMs;
  const newer = (dir) =>
    readdirSync(dir, { withFileTypes: true }).some((e) =>
      e.isDirectory() ? newer(join(dir, e.name)) : statSync(join(dir, e.name)).mtimeMs > since,
    );
  return !newer(folder);
}
