/** The index in force, cases found in it, and what may stand in it. */
import { type CaseEntry, type Index, openIndex } from './entries.ts';
import { VaultError } from './errors.ts';
import type { Keys } from './identity.ts';
import type { VaultStore } from './store.ts';

const LONGEST_LABEL = 200;
const LEAST_PASSPHRASE = 10;

export const replace = (index: Index, old: CaseEntry, entry: CaseEntry): Index => ({
  ...index,
  cases: index.cases.map((c) => (c === old || c.number === old.number ? entry : c)),
});

export function find(index: Index, number: number): CaseEntry {
  const entry = index.cases.find((c) => c.number === number);
  if (!entry) throw new VaultError('no-case', `There is no case ${number} in this vault.`);
  return entry;
}

export function checkLabel(label: string): string {
  const clean = label.normalize('NFC').trim();
  if (clean === '' || clean.length > LONGEST_LABEL || /\p{Cc}/u.test(clean))
    throw new VaultError('bad-input', `A label is one line of 1 to ${LONGEST_LABEL} letters: a pseudonym, not a name.`);
  return clean;
}

export function checkPassphrase(passphrase: string): void {
  if (passphrase.normalize('NFKC').trim().length < LEAST_PASSPHRASE)
    throw new VaultError(
      'bad-input',
      `The passphrase is too short to keep anybody out: at least ${LEAST_PASSPHRASE} letters; six or seven random words are good.`,
    );
}

/**
 * The index in force. The main one is written before the spare, so the spare is the same or one saving older; anything else was done from
 * outside: a spare that is newer means that the main index was put back to an older one.
 */
export async function loadIndex(
  store: VaultStore,
  keys: Keys,
): Promise<{ index: Index; readOnly: VaultError | undefined }> {
  const attempt = async (file: string): Promise<Index | VaultError> => {
    const bytes = await store.read(file);
    if (!bytes) return new VaultError('missing', `${file} is not there.`, file);
    try {
      return await openIndex(bytes, keys, file);
    } catch (e) {
      if (e instanceof VaultError) return e;
      throw e;
    }
  };
  const main = await attempt('index.age');
  const spare = await attempt('index.spare.age');
  if (main instanceof VaultError) {
    if (spare instanceof VaultError || main.fault === 'newer-format') throw main;
    return {
      index: spare,
      readOnly: new VaultError(
        'read-only',
        `${main.message} The vault was opened from its spare index (saving ${spare.counter}, ${spare.saved}), to read only. Make a copy of the folder, then mend it.`,
        'index.age',
      ),
    };
  }
  if (!(spare instanceof VaultError) && spare.counter > main.counter)
    return {
      index: spare,
      readOnly: new VaultError(
        'replayed',
        `index.age is older (saving ${main.counter}) than its spare (saving ${spare.counter}, ${spare.saved}): somebody has put back an older file. Opened from the spare, to read only. Make a copy of the folder, then mend it.`,
        'index.age',
      ),
    };
  return { index: main, readOnly: undefined };
}
