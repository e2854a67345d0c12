/** What this device keeps, if the person wants it: two encrypted files and nothing else. The names say nothing. */
export type Kept = { readonly sealed: Uint8Array; readonly file: Uint8Array };

const DATABASE = 'store';
const TABLE = 'files';

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const open = indexedDB.open(DATABASE, 1);
    open.onupgradeneeded = () => open.result.createObjectStore(TABLE);
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
}

async function run<T>(mode: IDBTransactionMode, act: (s: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const tx = db.transaction(TABLE, mode);
      const request = act(tx.objectStore(TABLE));
      tx.oncomplete = () => resolve(request.result);
      tx.onerror = () => reject(tx.error);
      tx.onabort = () => reject(tx.error);
    });
  } finally {
    db.close();
  }
}

/** What is kept; `undefined` where nothing is, or where the browser keeps nothing for this page. */
export async function readKept(): Promise<Kept | undefined> {
  try {
    if ((await indexedDB.databases?.())?.every((d) => d.name !== DATABASE)) return undefined;
    return (await run('readonly', (s) => s.get('a') as IDBRequest<Kept | undefined>)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps, and reads back: what cannot be read again was not kept. */
export async function writeKept(kept: Kept): Promise<void> {
  await run('readwrite', (s) => s.put(kept, 'a'));
  const again = await readKept();
  if (!again || again.file.length !== kept.file.length || again.file.some((b, i) => b !== kept.file[i]))
    throw new Error('The browser did not keep what it was given.');
}

export async function deleteKept(): Promise<void> {
  await new Promise<void>((resolve) => {
    const gone = indexedDB.deleteDatabase(DATABASE);
    gone.onsuccess = gone.onerror = gone.onblocked = () => resolve();
  });
}
