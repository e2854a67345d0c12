import { Database, held } from '../database.ts';

/** What this device keeps, if the person wants it: two encrypted files and nothing else. The names say nothing. */
export type Kept = { readonly sealed: Uint8Array; readonly file: Uint8Array };

const store = new Database('store', ['files']);

/** What is kept; `undefined` where nothing is, or where the browser keeps nothing for this page. */
export async function readKept(): Promise<Kept | undefined> {
  try {
    if (await store.absent()) return undefined;
    return await store.run('readonly', (table) => held(table('files').get('a') as IDBRequest<Kept | undefined>));
  } catch {
    return undefined;
  }
}

/** Keeps, and reads back: what cannot be read again was not kept. */
export async function writeKept(kept: Kept): Promise<void> {
  await store.run('readwrite', (table) => held(table('files').put(kept, 'a')));
  const again = await readKept();
  if (!again || again.file.length !== kept.file.length || again.file.some((b, i) => b !== kept.file[i]))
    throw new Error('The browser did not keep what it was given.');
}

export const deleteKept = (): Promise<void> => store.remove();
