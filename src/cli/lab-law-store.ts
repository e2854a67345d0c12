/**
 * The law's tables of a run, kept beside its results: what took seconds to look up is read back when the same law is asked for the
 * same rows again (an interrupted run, another number of draws, a brief after a comparison). A file says of what it is and is
 * sealed; one that is of something else or damaged is never used, and never in the way: the tables are made anew.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '../lab/sha256.ts';
import type { Job, Shard } from '../lab/shard.ts';
import type { KeptTables } from '../lab/tables.ts';

const FORMAT = 'foothold-law-tables/1';
const KINDS = { Uint8Array, Int16Array, Uint16Array, Int32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type Laid = InstanceType<(typeof KINDS)[Kind]>;

/** What the tables of a shard hang on: program, law, data, scenarios, persons, rows and days; not the draws. */
export function lawKey(job: Job, shard: Shard): string {
  const code = programDigest();
  const { version, law, data, plan } = job;
  const { persons, seed, from, until } = plan;
  const scenarios = job.scenarios.map((s) => sha256(s.text));
  return sha256(JSON.stringify([FORMAT, code, version, law, data, scenarios, persons, seed, from, until, shard.rows]));
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let known: string | undefined;
/** Digest of the program that makes the tables: in a clone it changes without another version. */
function programDigest(): string {
  if (known !== undefined) return known;
  const here = fileURLToPath(import.meta.url);
  const hash = createHash('sha256');
  if (here.endsWith('.ts'))
    for (const room of ['rules', 'calendar', 'law', 'person', 'moves', 'lab']) {
      const dir = join(dirname(here), '..', room);
      for (const name of readdirSync(dir).sort()) if (name.endsWith('.ts')) hash.update(readFileSync(join(dir, name)));
    }
  else hash.update(readFileSync(here));
  known = hash.digest('hex');
  return known;
}

/** Tables as bytes: a line that says what they are, and the arrays one after the other. The first 64 letters seal the rest. */
export function packTables(key: string, tables: readonly KeptTables[]): Uint8Array {
  const arrays: Laid[] = [];
  const text = JSON.stringify(tables, (_, x: unknown) => {
    if (!ArrayBuffer.isView(x)) return x;
    arrays.push(x as Laid);
    return { $: arrays.length - 1 };
  });
  const layout = arrays.map((a) => [a.constructor.name, a.length]);
  const head = Buffer.from(`${JSON.stringify({ key, layout, tables: text })}\n`);
  const parts: Uint8Array[] = [head];
  for (const a of arrays) parts.push(new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(digest(body)), body]);
}

/** The tables in bytes; a word on what is wrong with them where they cannot be used. */
export function unpackTables(key: string, bytes: Uint8Array): KeptTables[] | 'damaged' | 'other' {
  const seal = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  const body = bytes.subarray(64);
  if (body.length === 0 || digest(body) !== seal) return 'damaged';
  const line = body.indexOf(10);
  const head = JSON.parse(Buffer.from(body.subarray(0, line)).toString('utf8')) as {
    readonly key: string;
    readonly layout: readonly (readonly [Kind, number])[];
    readonly tables: string;
  };
  if (head.key !== key) return 'other';
  let at = line + 1;
  const arrays = head.layout.map(([kind, length]) => {
    const size = length * KINDS[kind].BYTES_PER_ELEMENT;
    // Copied: numbers of several bytes must begin at a multiple of them.
    const own = new Uint8Array(size);
    own.set(body.subarray(at, at + size));
    at += size;
    return new KINDS[kind](own.buffer, 0, length);
  });
  return JSON.parse(head.tables, (_, x: unknown) => {
    const k = (x as { $?: number } | null)?.$;
    return typeof k === 'number' ? arrays[k] : x;
  }) as KeptTables[];
}

/** Tables kept in a folder. */
export class LawStore {
  private readonly dir: string;
  private readonly note: (file: string) => void;

  /** `note` is told of a file that was damaged and is made anew. */
  constructor(out: string, note: (file: string) => void) {
    this.dir = join(out, 'law');
    this.note = note;
  }

  private file(key: string): string {
    return join(this.dir, `tables-${key.slice(0, 16)}.bin`);
  }

  read(key: string): KeptTables[] | undefined {
    let bytes: Uint8Array;
    try {
      bytes = readFileSync(this.file(key));
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw e;
    }
    const tables = unpackTables(key, bytes);
    if (typeof tables !== 'string') return tables;
    this.note(this.file(key));
    return undefined;
  }

  /** Keeps tables: whole or not at all, so that nobody reads a half. */
  write(key: string, tables: readonly KeptTables[]): void {
    mkdirSync(this.dir, { recursive: true });
    const aside = `${this.file(key)}.${process.pid}-${Math.floor(performance.now() * 1000)}`;
    try {
      writeFileSync(aside, packTables(key, tables));
      renameSync(aside, this.file(key));
    } catch (e) {
      rmSync(aside, { force: true });
      throw e;
    }
  }
}
