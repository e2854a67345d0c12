/**
 * The same source gives the same bytes, wherever and whenever it is built: in folders of different depth, under different
 * time zones and languages. Two whole builds take a minute: `FOOTHOLD_LONG=1`.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { sbom, sha256 } from '../../scripts/sbom.ts';

const root = join(import.meta.dirname, '..', '..');
const run = (command: string, args: string[], cwd: string, env: object = {}) => {
  const r = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
  assert.equal(r.status, 0, `${command} ${args.join(' ')}\n${r.stdout}\n${r.stderr}`);
  return r.stdout;
};

/** Builds what git holds in a folder of its own; every file of what was built, and of the package, with its digest. */
function builtIn(folder: string, env: object): Map<string, string> {
  for (const file of run('git', ['ls-files', '-z', '-co', '--exclude-standard'], root).split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  // Hard links: a copy of the tools costs nothing, and unlike a symbolic link it lies where it seems to lie.
  run('cp', ['-al', join(root, 'node_modules'), join(folder, 'node_modules')], root);
  run(process.execPath, ['scripts/build.ts'], folder, env);
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', 'dist'], folder, env);
  const out = new Map([['sbom', sha256(JSON.stringify(sbom(folder)))]]);
  for (const e of readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })) {
    const file = join(e.parentPath, e.name);
    // Times of change of the law's files, by which a clone sees that its build is fresh; no part of a release.
    if (e.isFile() && e.name !== 'law.meta.json') out.set(relative(folder, file), sha256(readFileSync(file)));
  }
  return out;
}

test('two builds in different folders give the same bytes', {
  skip: !process.env.FOOTHOLD_LONG && 'FOOTHOLD_LONG=1',
}, () => {
  const at = join(root, '.cache', 'twice');
  rmSync(at, { recursive: true, force: true });
  try {
    const one = builtIn(join(at, 'a'), { TZ: 'Pacific/Auckland', LC_ALL: 'C', LANG: 'C' });
    const two = builtIn(join(at, 'another', 'deeper folder'), {
      TZ: 'America/Los_Angeles',
      LC_ALL: 'C.UTF-8',
      LANG: 'ru_RU.UTF-8',
    });
    assert.ok([...one.keys()].some((f) => f.endsWith('.tgz')) && one.has('dist/foothold.html') && one.size > 100);
    assert.deepEqual([...one.keys()].sort(), [...two.keys()].sort());
    assert.deepEqual(
      [...one].filter(([file, digest]) => two.get(file) !== digest).map(([file]) => file),
      [],
    );
  } finally {
    rmSync(at, { recursive: true, force: true });
  }
});
