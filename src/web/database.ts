/**
 * A database of the browser (IndexedDB: the only store that a page opened from a disk has as well). Opened for each transaction and closed
 * after it, so that nobody who removes it waits for us; nothing is there before something is first put in.
 */
export class Database<Table extends string> {
  private readonly name: string;
  private readonly tables: readonly Table[];

  constructor(name: string, tables: readonly Table[]) {
    this.name = name;
    this.tables = tables;
  }

  private open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const open = indexedDB.open(this.name, 1);
      open.onupgradeneeded = () => {
        for (const table of this.tables) open.result.createObjectStore(table);
      };
      open.onsuccess = () => {
        // Another window that removes the database must not wait for this one.
        open.result.onversionchange = () => open.result.close();
        resolve(open.result);
      };
      open.onerror = () => reject(open.error);
    });
  }

  /**
   * One transaction over all tables. Its writes are on the disk when the promise is kept, as far as the browser tells the truth.
   * @param act asks and puts; what it returns holds the value once the transaction is done (`valueOf`)
   * @param aborted the error where the transaction was given up on purpose
   */
  async run<T>(
    mode: IDBTransactionMode,
    act: (table: (name: Table) => IDBObjectStore, tx: IDBTransaction) => Held<T> | undefined,
    aborted?: () => Error,
  ): Promise<T | undefined> {
    const db = await this.open();
    try {
      return await new Promise((resolve, reject) => {
        const tx = db.transaction([...this.tables], mode, { durability: 'strict' });
        const out = act((name) => tx.objectStore(name), tx);
        tx.oncomplete = () => resolve(out?.value);
        tx.onerror = () => reject(tx.error);
        tx.onabort = () => reject(tx.error ?? aborted?.() ?? new Error('The browser gave the writing up.'));
      });
    } finally {
      db.close();
    }
  }

  /** Whether the browser surely holds no such database: to look into one makes it. */
  async absent(): Promise<boolean> {
    return (await indexedDB.databases?.())?.every((d) => d.name !== this.name) === true;
  }

  /** Removes it, and that it was. What the medium keeps of it is not reached. */
  async remove(): Promise<void> {
    await new Promise<void>((resolve) => {
      const gone = indexedDB.deleteDatabase(this.name);
      gone.onsuccess = gone.onerror = gone.onblocked = () => resolve();
    });
  }
}

export type Held<T> = { value?: T };

/** Holds the value of a request once its transaction is done. */
export function held<T>(request: IDBRequest<T>): Held<T> {
  const out: Held<T> = {};
  request.onsuccess = () => {
    out.value = request.result;
  };
  return out;
}
