/** The law of a revision of this repository, read by the program as it lies here. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LawBook } from '../src/law/book.ts';
import { lawTexts, readLaw } from '../src/law/read.ts';

/** What is wrong with what was asked, in words for who asked it. */
export class Wrong extends Error {}

/** @throws Wrong where there is no such revision, or it holds no law. */
export function lawOf(root: string, revision: string): LawBook {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-law-'));
  try {
    const r = spawnSync('sh', ['-c', 'git archive "$1" law | tar -x -C "$2"', 'sh', revision, dir], {
      cwd: root,
      encoding: 'utf8',
    });
    if (r.status !== 0 || r.stderr.includes('fatal'))
      throw new Wrong(
        `There is no law of "${revision}" (${r.stderr.trim()}). Expected: a commit, tag or branch of this repository.`,
      );
    return readLaw(lawTexts(join(dir, 'law'))).book;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The value after `--name`. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** Runs a maintainer's program: what is wrong with the question is told in a line, not as a fault. */
export async function tell(work: () => Promise<number> | number): Promise<void> {
  // A reader that closes the pipe early (head, less) is no error.
  process.stdout.on('error', () => process.exit(0));
  try {
    process.exitCode = await work();
  } catch (e) {
    if (!(e instanceof Wrong)) throw e;
    process.stderr.write(`${e.message}\n`);
    process.exitCode = 2;
  }
}
