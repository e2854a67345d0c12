/** A vault in a folder of this device. */
import { mkdirSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VaultError } from './errors.ts';
import { isVaultPath, type VaultStore } from './store.ts';

/** Half-written files end in this; the next writer clears them away. */
const HALF = '.half';
const WAIT_MS = 10_000;

/** A vault in a folder of the file system, written so that a loss of power leaves the old or the new. */
export class FolderStore implements VaultStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return new Uint8Array(await readFile(this.at(path)));
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw e;
    }
  }

  /** Temporary file, flush, rename, flush of the folder, read back. */
  async write(path: string, bytes: Uint8Array): Promise<void> {
    const target = this.at(path);
    const folder = dirname(target);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const half = `${target}${HALF}`;
    const file = await open(half, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(half, target);
    await syncFolder(folder);
    const back = await this.read(path);
    if (!back || back.length !== bytes.length || !back.every((b, i) => b === bytes[i]))
      throw new VaultError(
        'damaged',
        `${path} does not read back as it was written. The disk may be full or failing: copy the vault elsewhere.`,
        path,
      );
  }

  async remove(path: string): Promise<void> {
    await rm(this.at(path), { force: true });
    await rm(`${this.at(path)}${HALF}`, { force: true });
  }

  async list(): Promise<string[]> {
    const names = async (folder: string) => {
      try {
        return await readdir(join(this.folder, folder));
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw e;
      }
    };
    return [...(await names('.')), ...(await names('c')).map((n) => `c/${n}`)].filter(isVaultPath);
  }

  /**
   * The lock is one of the operating system, held through an empty SQLite file: it goes with the process that held it, however that
   * process ended, so that no stale lock is ever left behind.
   */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const lock = new DatabaseSync(join(this.folder, 'lock'));
    try {
      await this.take(lock);
      await this.clearHalves();
      return await work();
    } finally {
      lock.close();
    }
  }

  private async take(lock: DatabaseSync): Promise<void> {
    const until = performance.now() + WAIT_MS;
    for (;;) {
      try {
        lock.exec('BEGIN EXCLUSIVE');
        return;
      } catch (e) {
        if (!/locked|busy/i.test(String(e))) throw e;
        if (performance.now() > until)
          throw new VaultError(
            'busy',
            'Another program is writing to this vault. Close it, or wait until it has finished, and try again. Nothing was changed.',
          );
        await new Promise((r) => setTimeout(r, 20));
      }
    }
  }

  private async clearHalves(): Promise<void> {
    for (const folder of ['.', 'c'])
      for (const name of await readdir(join(this.folder, folder)).catch(() => [] as string[]))
        if (name.endsWith(HALF)) await rm(join(this.folder, folder, name), { force: true });
  }

  private at(path: string): string {
    if (!isVaultPath(path)) throw new VaultError('bad-input', `"${path}" is no file of a vault.`, path);
    return join(this.folder, path);
  }
}

/** Makes a rename last through a loss of power. Windows cannot open folders, and needs it less. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether a folder holds a vault. */
export async function isVaultFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(join(folder, 'identity.age'))).isFile();
  } catch {
    return false;
  }
}
