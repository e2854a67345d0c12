/** Law packs that were taken on this device: the one in use and the one before. Law is nobody's secret; that a pack was taken is all that this tells. */
import type { PublicKey } from '../../law/pack.ts';

const DATABASE = 'news';
const TABLE = 'packs';

/** The bytes as they were signed, and the key they were believed by where the person gave one. */
export type KeptPack = { readonly bytes: Uint8Array<ArrayBuffer>; readonly key: PublicKey | undefined };

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

/** A pack that is kept here; undefined where there is none, or the browser keeps nothing for this page. */
export async function keptPack(which: 'current' | 'before'): Promise<KeptPack | undefined> {
  try {
    if ((await indexedDB.databases?.())?.every((d) => d.name !== DATABASE)) return undefined;
    let found: KeptPack | undefined;
    await run('readonly', (s) => {
      const r = s.get(which) as IDBRequest<KeptPack | undefined>;
      r.onsuccess = () => {
        found = r.result;
      };
    });
    return found;
  } catch {
    return undefined;
  }
}

/** Puts a pack in use; the one in use until now is kept as the one before. One transaction: both or neither. */
export const keepPack = (pack: KeptPack): Promise<void> =>
  run('readwrite', (s) => {
    const r = s.get('current') as IDBRequest<KeptPack | undefined>;
    r.onsuccess = () => {
      if (r.result) s.put(r.result, 'before');
      else s.delete('before');
      s.put(pack, 'current');
    };
  });

/** Back to the pack before, or to the law that came with the page. */
export const dropPack = (): Promise<void> =>
  run('readwrite', (s) => {
    const r = s.get('before') as IDBRequest<KeptPack | undefined>;
    r.onsuccess = () => {
      if (r.result) {
        s.put(r.result, 'current');
        s.delete('before');
      } else s.delete('current');
    };
  });

export async function erasePacks(): Promise<void> {
  await new Promise<void>((resolve) => {
    const gone = indexedDB.deleteDatabase(DATABASE);
    gone.onsuccess = gone.onerror = gone.onblocked = () => resolve();
  });
}
