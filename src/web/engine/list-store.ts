/**
 * Refused-party lists that the person chose to keep on this device. They are public; that they are here tells that organisations were compared
 * here, and not which: the question is kept nowhere. Nothing is kept unless it was asked for; not keeping any more removes all of it.
 */
import type { List, ListId } from '../../protect/screen/entries.ts';

/** A list, and the day it was chosen here. */
export type Chosen = { readonly list: List; readonly taken: string };

const DATABASE = 'tables';
const TABLE = 'rows';

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(DATABASE, 1);
    open.onupgradeneeded = () => open.result.createObjectStore(TABLE);
    open.onsuccess = () => {
      open.result.onversionchange = () => open.result.close();
      resolve(open.result);
    };
    open.onerror = () => reject(open.error);
  });
}

async function run(mode: IDBTransactionMode, act: (s: IDBObjectStore) => void): Promise<void> {
  const db = await database();
  try {
    await new Promise<void>((resolve, reject) => {
      const tx = db.transaction(TABLE, mode, { durability: 'strict' });
      act(tx.objectStore(TABLE));
      tx.oncomplete = () => resolve();
      tx.onerror = tx.onabort = () => reject(tx.error);
    });
  } finally {
    db.close();
  }
}

/** The lists that are kept; undefined where keeping was not chosen, or the browser keeps nothing for this page. */
export async function keptLists(): Promise<readonly Chosen[] | undefined> {
  try {
    if (!(await indexedDB.databases()).some((d) => d.name === DATABASE)) return undefined;
    let found: readonly Chosen[] = [];
    await run('readonly', (s) => {
      const r = s.getAll() as IDBRequest<Chosen[]>;
      r.onsuccess = () => {
        found = r.result.filter((c) => c.list?.format === 'foothold-list/1');
      };
    });
    return found;
  } catch {
    return undefined;
  }
}

/** Keeps these lists, each in the place of an older copy. */
export const keepLists = (chosen: readonly Chosen[]): Promise<void> =>
  run('readwrite', (s) => {
    for (const c of chosen) s.put(c, c.list.list);
  });

export const dropKept = (list: ListId): Promise<void> =>
  run('readwrite', (s) => {
    s.delete(list);
  });

/** Keeps none any more: what was kept is removed, and that it was. */
export async function eraseLists(): Promise<void> {
  await new Promise<void>((resolve) => {
    const gone = indexedDB.deleteDatabase(DATABASE);
    gone.onsuccess = gone.onerror = gone.onblocked = () => resolve();
  });
}
