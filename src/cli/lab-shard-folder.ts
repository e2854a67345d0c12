/** Shards in a folder: `job.json`, one file a shard, and where quotas ran out what second passes are told (`second.json`). */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Merger } from '../lab/merge.ts';
import { ShardFault } from '../lab/merge.ts';
import { JOB_FORMAT, type Job, type Shard } from '../lab/shard.ts';

/** What lies beside the results: the job, what second passes are told, and the answer, where it is written into the same folder. */
const BESIDE: ReadonlySet<string> = new Set(['job.json', 'second.json', 'plan.json', 'answer.json']);

export class ShardFolder {
  readonly dir: string;
  constructor(dir: string) {
    this.dir = dir;
  }

  /** Makes the folder and writes the job, unless it is there. */
  begin(job: Job): void {
    mkdirSync(this.dir, { recursive: true });
    if (!existsSync(join(this.dir, 'job.json'))) this.write('job.json', `${JSON.stringify(job, null, 1)}\n`);
  }

  job(): Job | undefined {
    const file = join(this.dir, 'job.json');
    return existsSync(file) ? readJob(file) : undefined;
  }

  path(shard: Shard): string {
    return join(this.dir, `shard-${String(shard.index).padStart(6, '0')}.json`);
  }

  /** Keeps a result. Of two writers of one shard the first one's file stays, whole. */
  put(shard: Shard, text: string): void {
    const aside = `${this.path(shard)}.${process.pid}-${Math.floor(performance.now() * 1000)}`;
    writeFileSync(aside, text);
    try {
      linkSync(aside, this.path(shard));
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    } finally {
      rmSync(aside);
    }
  }

  has(shard: Shard): boolean {
    return existsSync(this.path(shard));
  }

  /**
   * Takes in every result that lies in the folder, under whatever name. Second passes are known only when the first ones
   * are in, so they are taken last. @throws ShardFault
   */
  takeAll(merger: Merger): { readonly taken: number; readonly again: number } {
    let taken = 0;
    let again = 0;
    const names = readdirSync(this.dir).filter((f) => /\.json$/.test(f) && !BESIDE.has(f));
    const later: (readonly [string, string])[] = [];
    const take = (text: string, where: string): void => {
      if (merger.take(text, where)) taken++;
      else again++;
    };
    for (const name of names.sort()) {
      const where = join(this.dir, name);
      const text = readFileSync(where, 'utf8');
      try {
        take(text, where);
      } catch (e) {
        if (!(e instanceof ShardFault && e.kind === 'key' && text.slice(0, 4000).includes('"chances":'))) throw e;
        later.push([text, where]);
      }
    }
    for (const [text, where] of later) take(text, where);
    return { taken, again };
  }

  /** Second passes, as the merge has found them needed. */
  putSecond(shards: readonly Shard[]): void {
    this.write('second.json', `${JSON.stringify(shards)}\n`);
  }

  second(): readonly Shard[] | undefined {
    const file = join(this.dir, 'second.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Shard[]) : undefined;
  }

  private write(name: string, text: string): void {
    const aside = join(this.dir, `${name}.${process.pid}`);
    writeFileSync(aside, text);
    try {
      rmSync(join(this.dir, name), { force: true });
      linkSync(aside, join(this.dir, name));
    } finally {
      rmSync(aside);
    }
  }
}

/** A job as written by `foothold lab shard`. @throws SyntaxError, RangeError */
export function readJob(file: string): Job {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as Job;
  if (raw?.format !== JOB_FORMAT)
    throw new RangeError(`${file}: found "${String(raw?.format)}", expected a job of the format ${JOB_FORMAT}`);
  return raw;
}
