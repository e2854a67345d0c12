/** Official lists kept beside the program: taken from files that the person downloaded. No connection is opened here. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../calendar/civil.ts';
import { LISTS, type List, ListError } from '../protect/screen/entries.ts';
import { readList } from '../protect/screen/read-list.ts';
import { InputError } from './args.ts';
import type { Run } from './context.ts';

/** A list and the day it was taken in. */
export type Kept = List & { readonly taken: string };

export const LISTS_FOLDER = 'foothold-lists';

/** Reads a downloaded file and keeps what is of organisations. An older copy of the same list is replaced only when the new one has been read whole. */
export async function takeList(run: Run, folder: string, file: string): Promise<Kept> {
  if (!existsSync(file))
    throw new InputError(run.lang === 'ru' ? `Файла «${file}» нет.` : `There is no file "${file}".`);
  let list: List;
  try {
    const chunks = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 });
    list = await readList(headOf(file), chunks as AsyncIterable<string>, await digestOf(file));
  } catch (e) {
    if (!(e instanceof ListError)) throw e;
    throw new InputError(
      run.lang === 'ru'
        ? `«${file}» не взят: ${e.says.ru}\nКакие списки известны и где их скачать: foothold screen --help`
        : `"${file}" was not taken: ${e.message}\nWhich lists are known and where to download them: foothold screen --help`,
    );
  }
  const kept: Kept = { ...list, taken: formatDay(run.today) };
  mkdirSync(folder, { recursive: true });
  const target = join(folder, `${list.list}.json`);
  writeFileSync(`${target}.half`, JSON.stringify(kept));
  renameSync(`${target}.half`, target);
  return kept;
}

function headOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(16_384);
    return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, 0)).toString('utf8');
  } finally {
    closeSync(fd);
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export function keptLists(run: Run, folder: string): Kept[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.json'))
    .sort()
    .map((f) => {
      const path = join(folder, f);
      try {
        const kept = JSON.parse(readFileSync(path, 'utf8')) as Kept;
        if (kept.format === 'foothold-list/1' && (kept.list === 'own' || kept.list in LISTS)) return kept;
      } catch {
        // Told below.
      }
      throw new InputError(
        run.lang === 'ru'
          ? `«${path}» — не список, который взяла эта программа. Удалите файл и возьмите список заново: foothold screen --take ФАЙЛ`
          : `"${path}" is no list that this program took. Remove it and take the list again: foothold screen --take FILE`,
      );
    });
}
