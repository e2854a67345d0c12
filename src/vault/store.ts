/**
 * Where the files of a vault lie: a folder (node-store.ts) or the storage of a browser. The vault itself knows only this.
 * Paths are `identity.age`, `recovery.age`, `index.age`, `index.spare.age`, `README.txt` and `c/<32 hex>.age`; nothing else is ever asked for.
 */
export interface VaultStore {
  /** The bytes of a file, or undefined where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /**
   * Replaces a file as a whole: whoever reads it, also after a crash, finds the old bytes or the new, never a mixture. Durable when the
   * promise is kept. Reads the bytes back and fails if they differ.
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file; none there is no error. The medium may keep a copy: deleting is not proof. */
  remove(path: string): Promise<void>;
  /** All files of the vault that are there, in no order. */
  list(): Promise<string[]>;
  /** Runs `work` while nobody else, in any process or tab, runs theirs. Throws VaultError 'busy' when the wait is too long. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
}

const CASE_FILE = /^c\/[0-9a-f]{32}\.age$/;
const FIXED = new Set(['identity.age', 'recovery.age', 'index.age', 'index.spare.age', 'README.txt']);

/** Whether a path may be a file of a vault. Anything else in an imported archive is refused. */
export const isVaultPath = (path: string): boolean => FIXED.has(path) || CASE_FILE.test(path);
export const isCasePath = (path: string): boolean => CASE_FILE.test(path);

/** A vault in memory: for tests, and for looking at an archive before it is taken in. */
export class MemoryStore implements VaultStore {
  readonly files: Map<string, Uint8Array>;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(files: Iterable<readonly [string, Uint8Array]> = []) {
    this.files = new Map(files);
  }
  async read(path: string): Promise<Uint8Array | undefined> {
    return this.files.get(path)?.slice();
  }
  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.files.set(path, bytes.slice());
  }
  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }
  async list(): Promise<string[]> {
    return [...this.files.keys()];
  }
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const run = this.tail.then(work, work);
    this.tail = run.catch(() => undefined);
    return run;
  }
}
