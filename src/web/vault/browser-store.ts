/**
 * The files of a vault in the storage of a browser (IndexedDB: the only one that a page opened from a disk has as well). One record a file; a
 * record is replaced in one transaction, so that a crash leaves the old bytes or the new. What a browser stores it may also delete (docs/page.md):
 * this is a copy to work with, and the exported archive is the truth.
 */
import { VaultError } from '../../vault/errors.ts';
import { isVaultPath, type VaultStore } from '../../vault/store.ts';
import { Database, type Held, held } from '../database.ts';

const FILES = 'files';
/** What this device notes beside the vault: when a copy of it was last made and opened again. */
const NOTES = 'notes';
const shelf = new Database('shelf', [FILES, NOTES]);

/** Another tab may write for so long before this one gives up. */
const WAIT_MS = 10_000;
/** Where the browser has no locks: whoever writes says so, for so long at a time. */
const LEASE_MS = 15_000;

export type CopyNote = { readonly counter: number; readonly day: string };

const BUSY =
  'Another window is writing to this vault. Close it, or wait until it has finished, and try again. Nothing was changed.';

type Lease = { readonly owner: string; readonly until: number };

/** One transaction over the files and the notes. */
const run = <T>(
  mode: IDBTransactionMode,
  act: (files: IDBObjectStore, notes: IDBObjectStore, tx: IDBTransaction) => Held<T> | undefined,
): Promise<T | undefined> =>
  shelf.run(
    mode,
    (table, tx) => act(table(FILES), table(NOTES), tx),
    () => new VaultError('busy', BUSY),
  );

export class BrowserStore implements VaultStore {
  private lease: string | undefined;

  async read(path: string): Promise<Uint8Array | undefined> {
    const found = await run('readonly', (files) =>
      held(files.get(path) as IDBRequest<{ bytes: Uint8Array } | undefined>),
    );
    return found?.bytes;
  }

  /** Replaces the record, then reads it back. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    if (!isVaultPath(path)) throw new VaultError('bad-input', `"${path}" is no file of a vault.`, path);
    await this.put((files) => files.put({ bytes: bytes.slice() }, path));
    const back = await this.read(path);
    if (!back || back.length !== bytes.length || !back.every((b, i) => b === bytes[i]))
      throw new VaultError(
        'damaged',
        `${path} does not read back as it was written. The browser may be out of room: save a copy of the vault elsewhere.`,
        path,
      );
  }

  async remove(path: string): Promise<void> {
    await this.put((files) => files.delete(path));
  }

  async list(): Promise<string[]> {
    const keys = await run('readonly', (files) => held(files.getAllKeys()));
    return (keys ?? []).map(String).filter(isVaultPath);
  }

  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    const locks = (globalThis.navigator as Navigator | undefined)?.locks;
    if (!locks) return this.leased(work);
    let begun = false;
    try {
      return (await locks.request('shelf', { signal: AbortSignal.timeout(WAIT_MS) }, () => {
        begun = true;
        return work();
      })) as T;
    } catch (e) {
      if (begun) throw e;
      if ((e as Error).name === 'TimeoutError' || (e as Error).name === 'AbortError')
        throw new VaultError('busy', BUSY);
      // A place without locks (an origin of its own kind): the lease does instead.
      if ((e as Error).name === 'SecurityError') return this.leased(work);
      throw e;
    }
  }

  /** Writes within the lease: a transaction of somebody whose lease ran out and was taken by another is refused whole. */
  private put(act: (files: IDBObjectStore) => void): Promise<unknown> {
    const mine = this.lease;
    return run('readwrite', (files, notes, tx) => {
      if (mine === undefined) act(files);
      else {
        const row = notes.get('lease') as IDBRequest<Lease | undefined>;
        row.onsuccess = () => {
          if (row.result?.owner === mine) act(files);
          else tx.abort();
        };
      }
      return undefined;
    });
  }

  /** Exclusion without locks: a lease in the database, renewed while the work lasts. */
  private async leased<T>(work: () => Promise<T>): Promise<T> {
    const owner = crypto.randomUUID();
    const take = async (renew: boolean): Promise<boolean> => {
      const out = await run('readwrite', (_, notes) => {
        const got: { value?: boolean } = {};
        const row = notes.get('lease') as IDBRequest<Lease | undefined>;
        row.onsuccess = () => {
          const now = Date.now();
          const lease = row.result;
          got.value =
            lease?.owner === owner || (!renew && (!lease || lease.until < now || lease.until > now + LEASE_MS * 2));
          if (got.value) notes.put({ owner, until: now + LEASE_MS } satisfies Lease, 'lease');
        };
        return got;
      });
      return out === true;
    };
    const until = performance.now() + WAIT_MS;
    while (!(await take(false))) {
      if (performance.now() > until) throw new VaultError('busy', BUSY);
      await new Promise((done) => setTimeout(done, 50));
    }
    this.lease = owner;
    const renewing = setInterval(() => void take(true), LEASE_MS / 3);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      this.lease = undefined;
      await run('readwrite', (_, notes) => {
        const row = notes.get('lease') as IDBRequest<Lease | undefined>;
        row.onsuccess = () => {
          if (row.result?.owner === owner) notes.delete('lease');
        };
        return undefined;
      });
    }
  }
}

/** Whether this browser holds a vault for the page. */
export async function vaultHere(): Promise<boolean> {
  try {
    if (await shelf.absent()) return false;
    return (await new BrowserStore().list()).includes('identity.age');
  } catch {
    return false;
  }
}

export async function noteCopy(note: CopyNote): Promise<void> {
  await run('readwrite', (_, notes) => {
    notes.put(note, 'copy');
    return undefined;
  });
}

export async function lastCopy(): Promise<CopyNote | undefined> {
  return run('readonly', (_, notes) => held(notes.get('copy') as IDBRequest<CopyNote | undefined>));
}

/** Removes the vault from this browser. What the medium keeps of it is not reached. */
export const removeVault = (): Promise<void> => shelf.remove();
