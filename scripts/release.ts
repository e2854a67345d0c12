/**
 * `npm run release`: everything built anew, packed, with a bill of materials and the digest of every file, all in `dist/`.
 * Signing is done by a person with a key that is not on this machine: `docs/release.md`.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readBook } from '../src/law/book.ts';
import { historyProblem, readHistory } from './age-history.ts';
import { buildLaw } from './build-law.ts';
import { licenceProblems } from './licences.ts';
import { sbom, sha256 } from './sbom.ts';

/** Paths of a release below `dist`, sorted: the package, the page, the one file, the law, the bill of materials. */
export function releaseFiles(dist: string): string[] {
  const web = readdirSync(join(dist, 'web'), { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(dist, join(e.parentPath, e.name)).split(sep).join('/'));
  const tops = readdirSync(dist).filter((f) => f.endsWith('.tgz'));
  return [...web, ...tops, 'foothold.html', 'law.json', 'sbom.cdx.json'].sort();
}

/** `SHA256SUMS` in the form that `sha256sum -c` reads. */
export const sums = (dist: string): string =>
  releaseFiles(dist)
    .map((file) => `${sha256(readFileSync(join(dist, file)))}  ${file}\n`)
    .join('');

function stop(words: string): never {
  process.stderr.write(`${words}\nNothing was released.\n`);
  process.exit(1);
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const root = join(import.meta.dirname, '..');
  const dist = join(root, 'dist');
  const run = (command: string, ...args: string[]): string => {
    const r = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (r.status !== 0) stop(`"${command} ${args.join(' ')}" failed.`);
    return r.stdout;
  };
  const changed = run('git', 'status', '--porcelain').trim();
  if (changed && !process.argv.includes('--dirty'))
    stop(
      `The folder is not what was committed:\n${changed}\nA release is made of a commit, so that others can make the same. To mend: commit or put aside (to try it out: npm run release -- --dirty).`,
    );
  const licences = licenceProblems(root);
  if (licences.problems.length) stop(licences.problems.join('\n'));
  const law = buildLaw(root, true);
  if (law.errors.length) stop(law.errors.join('\n'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const digest = readBook(readFileSync(join(dist, 'law.json'), 'utf8')).digest;
  const history = historyProblem(readHistory(root), version, digest);
  if (history !== undefined) stop(history);
  run(process.execPath, 'scripts/build.ts');
  for (const old of readdirSync(dist)) if (old.endsWith('.tgz')) rmSync(join(dist, old));
  run('npm', 'pack', '--silent', '--ignore-scripts', '--pack-destination', 'dist');
  writeFileSync(join(dist, 'sbom.cdx.json'), `${JSON.stringify(sbom(root), null, 2)}\n`);
  const list = sums(dist);
  writeFileSync(join(dist, 'SHA256SUMS'), list);
  const book = readBook(readFileSync(join(dist, 'law.json'), 'utf8'));
  process.stdout.write(
    `dist/SHA256SUMS: ${list.split('\n').length - 1} files; commit ${run('git', 'rev-parse', 'HEAD').trim()}; law ${book.digest}\nNow sign it where the key is: docs/release.md.\n`,
  );
}
