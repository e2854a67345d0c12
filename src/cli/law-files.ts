/** Where the law is: the YAML folder of a clone, or the prebuilt book that a package ships. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LawBook, readBook } from '../law/book.ts';
import { ProblemsError } from '../law/problems.ts';

/** The folder that holds `package.json`, found from this file upwards. */
export function projectRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) {
    const up = dirname(dir);
    if (up === dir)
      throw new Error('Foothold cannot find its own folder (no package.json above the program). Install it again.');
    dir = up;
  }
  return dir;
}

/**
 * What a folder of law looks like from outside: every file with its size and time of change. Looking at it costs a
 * hundredth of reading and hashing the texts.
 */
export type LawStamp = { readonly [path: string]: string };

export type LawMeta = { readonly digest: string; readonly stamp: LawStamp };

/** The stamp of a law folder: path below it to `size:milliseconds`. */
export function lawStamp(dir: string): LawStamp {
  const out: Record<string, string> = {};
  const walk = (folder: string, below: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = below ? `${below}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(join(folder, entry.name), path);
      else if (/\.ya?ml$/.test(entry.name)) {
        const s = statSync(join(folder, entry.name));
        out[path] = `${s.size}:${Math.floor(s.mtimeMs)}`;
      }
    }
  };
  walk(dir, '');
  return out;
}

/** Whether two stamps are of the same files, unchanged. */
export function sameStamp(a: LawStamp, b: LawStamp): boolean {
  const paths = Object.keys(a);
  return paths.length === Object.keys(b).length && paths.every((p) => a[p] === b[p]);
}

/**
 * The law to answer from: the prebuilt book if it is the law of this folder, else the YAML, read and compiled. A law with
 * errors answers nothing: `ProblemsError`. `slow` is told before the YAML is read, which takes seconds.
 */
export async function loadLaw(root = projectRoot(), slow?: () => void): Promise<LawBook> {
  const built = join(root, 'dist', 'law.json');
  const yaml = join(root, 'law');
  if (existsSync(built)) {
    if (!existsSync(join(yaml, 'facts.yaml'))) return readBook(readFileSync(built, 'utf8'));
    const meta = readMeta(join(root, 'dist', 'law.meta.json'));
    if (meta && sameStamp(meta.stamp, lawStamp(yaml))) {
      const book = readBook(readFileSync(built, 'utf8'));
      if (book.digest === meta.digest) return book;
    }
    // Times of change say nothing after a fresh clone or copy: then the texts decide.
    const { lawDigest, lawTexts } = await import('../law/read.ts');
    const book = readBook(readFileSync(built, 'utf8'));
    if (lawDigest(lawTexts(yaml)) === book.digest) return book;
  }
  slow?.();
  const { lawTexts, readLaw } = await import('../law/read.ts');
  const reading = readLaw(lawTexts(yaml));
  const errors = reading.problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new ProblemsError(errors);
  return reading.book;
}

function readMeta(path: string): LawMeta | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LawMeta;
  } catch {
    // Missing or damaged: the digest of the texts decides instead.
    return undefined;
  }
}
