/** A whole vault as one ZIP file: a copy to keep elsewhere. It holds only the encrypted files and README.txt. */
import { unzipSync, zipSync } from 'fflate';
import { VaultError } from './errors.ts';
import { isVaultPath, MemoryStore, type VaultStore } from './store.ts';
import { Vault } from './vault.ts';

const MOST_FILES = 200_000;
const MOST_BYTES = 4 * 2 ** 30;
/** ZIP wants a date; one that says nothing. */
const NO_DATE = '1980-01-01T12:00:00';

/** Packs every file of the vault, read while nobody writes. Age files do not compress: they are stored as they are. */
export async function packVault(store: VaultStore): Promise<Uint8Array> {
  return store.exclusive(async () => {
    const files: Record<string, Uint8Array> = {};
    for (const path of (await store.list()).sort()) {
      const bytes = await store.read(path);
      if (bytes) files[path] = bytes;
    }
    if (!files['identity.age'])
      throw new VaultError('no-vault', 'There is no vault in this place (no identity.age).', 'identity.age');
    return zipSync(files, { level: 0, mtime: NO_DATE });
  });
}

/** Reads an archive into memory. Refuses files that no vault has (also any name that would leave the folder), and more than it may hold. */
export function unpackVault(zip: Uint8Array): MemoryStore {
  let count = 0;
  let bytes = 0;
  let strange: string | undefined;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter: (f) => {
        if (f.name.endsWith('/')) return false;
        count++;
        bytes += f.originalSize;
        if (!isVaultPath(f.name)) strange ??= f.name;
        return strange === undefined && count <= MOST_FILES && bytes <= MOST_BYTES;
      },
    });
  } catch {
    throw new VaultError('damaged', 'This is no archive of a vault, or it was cut short: it does not open as ZIP.');
  }
  if (strange !== undefined)
    throw new VaultError(
      'bad-input',
      `The archive holds "${strange.slice(0, 80)}", which no vault has. Nothing was taken in: it was not made by "foothold vault export", or somebody has changed it.`,
    );
  if (count > MOST_FILES || bytes > MOST_BYTES)
    throw new VaultError('bad-input', 'The archive is larger than a vault may be. Nothing was taken in.');
  if (!files['identity.age'])
    throw new VaultError('no-vault', 'The archive holds no vault (no identity.age). Nothing was taken in.');
  return new MemoryStore(Object.entries(files));
}

/** Opens an archive with the passphrase and reads every file in it: proof that the copy can be opened again. Throws VaultError where it can not. */
export async function proveArchive(
  zip: Uint8Array,
  passphrase: string,
): Promise<{ cases: number; counter: number; saved: string }> {
  const vault = await Vault.open(unpackVault(zip), passphrase);
  if (vault.readOnly) throw vault.readOnly;
  const trouble = await vault.verify();
  const first = trouble[0];
  if (first)
    throw new VaultError(
      'damaged',
      `The copy is not whole: ${trouble.length} ${trouble.length === 1 ? 'file' : 'files'} damaged or missing, first that of "${first.label}".`,
      first.file,
    );
  for (const c of vault.list()) await vault.open(c.number);
  const proof = { cases: vault.list().length, counter: vault.state.counter, saved: vault.state.saved };
  vault.lock();
  return proof;
}

/** Puts the files of an archive into a place that holds no vault yet, after the passphrase has opened it. */
export async function restoreArchive(
  zip: Uint8Array,
  passphrase: string,
  store: VaultStore,
): Promise<{ cases: number }> {
  const proof = await proveArchive(zip, passphrase);
  const files = unpackVault(zip).files;
  await store.exclusive(async () => {
    if ((await store.list()).some((f) => f !== 'README.txt'))
      throw new VaultError(
        'vault-exists',
        'There is a vault in this place already. Nothing was changed; choose another place.',
      );
    for (const [path, bytes] of files) if (path !== 'identity.age') await store.write(path, bytes);
    await store.write('identity.age', files.get('identity.age') as Uint8Array);
  });
  return { cases: proof.cases };
}
