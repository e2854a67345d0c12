/** Where the law is: the YAML folder of a clone, or the prebuilt book that a package ships. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BOOK_FORMAT, type LawBook, readBook, writeBook } from '../law/book.ts';
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

export type LawMeta = { readonly format: string; readonly digest: string; readonly stamp: LawStamp };

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
 * errors answers nothing: `ProblemsError`. Reading the YAML takes seconds: what it gave is kept for the next time.
 */
export async function loadLaw(root = projectRoot()): Promise<LawBook> {
  const built = join(root, 'dist', 'law.json');
  const yaml = join(root, 'law');
  if (existsSync(built)) {
    if (!existsSync(join(yaml, 'facts.yaml'))) {
      // A package: its law may have been brought up to date by a pack.
      if (existsSync(join(root, '.law', 'current.pack'))) {
        const { packedLaw } = await import('./packed-law.ts');
        const packed = await packedLaw(root);
        if (packed) return packed;
      }
      return readBook(readFileSync(built, 'utf8'));
    }
    const book = readKept(built);
    if (book) {
      const meta = readMeta(join(root, 'dist', 'law.meta.json'));
      if (meta && sameStamp(meta.stamp, lawStamp(yaml)) && book.digest === meta.digest) return book;
      // Times of change say nothing after a fresh clone or copy: then the texts decide.
      const { lawDigest, lawTexts } = await import('../law/read.ts');
      const stamp = lawStamp(yaml);
      if (lawDigest(lawTexts(yaml)) === book.digest) {
        try {
          keepLaw(root, book, stamp);
        } catch {
          // As below: a folder that cannot be written to costs time, not the answer.
        }
        return book;
      }
    }
  }
  // Taken before the texts are read: whatever is edited meanwhile is then noticed the next time.
  const stamp = lawStamp(yaml);
  const { lawTexts, readLaw } = await import('../law/read.ts');
  const reading = readLaw(lawTexts(yaml));
  const errors = reading.problems.filter((p) => p.severity === 'error');
  if (errors.length) throw new ProblemsError(errors);
  try {
    keepLaw(root, reading.book, stamp);
  } catch {
    // A folder that cannot be written to costs time, not the answer.
  }
  return reading.book;
}

/** Writes the prebuilt book and what the law's folder looked like when it was read. */
export function keepLaw(root: string, book: LawBook, stamp: LawStamp): void {
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  // Written aside and moved: whoever reads meanwhile sees the old law or the new one, never half of it.
  const write = (name: string, text: string) => {
    const aside = join(dist, `${name}.${process.pid}`);
    writeFileSync(aside, text);
    renameSync(aside, join(dist, name));
  };
  write('law.json', writeBook(book));
  write('law.meta.json', `${JSON.stringify({ format: BOOK_FORMAT, digest: book.digest, stamp } satisfies LawMeta)}\n`);
}

/** The prebuilt book, unless it was built by another version of the program: then the texts are read anew. */
function readKept(path: string): LawBook | undefined {
  try {
    return readBook(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function readMeta(path: string): LawMeta | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LawMeta;
  } catch {
    // Missing or damaged: the digest of the texts decides instead.
    return undefined;
  }
}
