/**
 * A vault: many cases, each an age file of its own, on the device of the adviser (`foothold-vault/1`, docs/security.md).
 *
 * Every saving writes new files under new random names and then replaces the index: that one rename is the moment at which the new version
 * holds. Whatever interrupts a saving, each case is the old version or the new. Nothing here reads a clock; the face says what day it is.
 */
import { decryptWith, encryptTo, isRecipient, newIdentity, recipientOf } from './age.ts';
import { hex, randomBytes, sha256, utf8 } from './bytes.ts';
import { type CaseEntry, type Filed, filesOf, type Index, isFiled, type Reader, sealIndex } from './entries.ts';
import { VaultError } from './errors.ts';
import { receive } from './hand-over.ts';
import { type Keys, keysText, lockKeys, makeKeys, readKeys, unlockKeys } from './identity.ts';
import { checkLabel, checkPassphrase, find, loadIndex, replace } from './index-in-force.ts';
import { README } from './readme.ts';
import { attachmentBytes, type CaseContent, type CaseRecord, caseBytes, readAttachment, readCase } from './records.ts';
import { isCasePath, type VaultStore } from './store.ts';

export type Options = {
  /** Base-2 logarithm of scrypt's cost; default 17. Lower only where the device cannot allocate the memory. */
  readonly workFactor?: number;
};

/** A case with its content and the version that was read. */
export type Opened = {
  readonly entry: CaseEntry;
  readonly content: CaseContent;
  /** Give it back when saving: a case that somebody else has saved since is then not overwritten. */
  readonly version: string;
};

/** A file that is not as it should be. */
export type Trouble = {
  readonly file: string;
  readonly fault: 'damaged' | 'missing';
  readonly number: number;
  readonly label: string;
};

/** A file of a case that the index does not know: an interrupted saving, or an index that is older than it. */
export type Stray = { readonly file: string; readonly record: CaseRecord | undefined };

type Change = {
  readonly index: Omit<Index, 'counter' | 'saved' | 'dropped'>;
  readonly write: ReadonlyMap<string, Uint8Array>;
};

const MOST_CASES = 100_000;

/** Many cases, each encrypted apart, on the device. */
export class Vault {
  private readonly store: VaultStore;
  private keys: Keys | undefined;
  private index: Index;
  /** Why nothing may be written now, if so. */
  readonly readOnly: VaultError | undefined;

  private constructor(store: VaultStore, keys: Keys, index: Index, readOnly: VaultError | undefined) {
    this.store = store;
    this.keys = keys;
    this.index = index;
    this.readOnly = readOnly;
  }

  /**
   * Makes an empty vault. With `recovery`, also a paper key: give `recoveryKey` to the person to write down, and forget it.
   * `now` is the time as it shall be shown, like 2026-11-27 14:05.
   */
  static async create(
    store: VaultStore,
    passphrase: string,
    now: string,
    options: Options & { readonly recovery?: boolean } = {},
  ): Promise<{ vault: Vault; recoveryKey: string | undefined }> {
    checkPassphrase(passphrase);
    return store.exclusive(async () => {
      if ((await store.list()).some((f) => f !== 'README.txt'))
        throw new VaultError(
          'vault-exists',
          'There is a vault in this place already. Nothing was changed; choose another place.',
        );
      const keys = await makeKeys(now.slice(0, 10));
      const recoveryKey = options.recovery ? await newIdentity() : undefined;
      const recovery = recoveryKey === undefined ? null : await recipientOf(recoveryKey);
      const index: Index = {
        format: 'foothold-index/1',
        vault: hex(randomBytes(16)),
        counter: 1,
        saved: now,
        nextNumber: 1,
        recovery,
        readers: [],
        cases: [],
        dropped: [],
      };
      const sealed = await sealIndex(index, keys);
      await store.write('index.age', sealed);
      await store.write('index.spare.age', sealed);
      if (recovery !== null) await store.write('recovery.age', await encryptTo(utf8(keysText(keys)), [recovery]));
      await store.write('README.txt', utf8(README));
      // Last: a folder without it is no vault yet, so that an interrupted beginning is begun again.
      await store.write('identity.age', await lockKeys(keys, passphrase, options.workFactor));
      return { vault: new Vault(store, keys, index, undefined), recoveryKey };
    });
  }

  /** Opens a vault with its passphrase. Damage to one case does not hinder the others: it is told when that case is opened, and by `verify`. */
  static async open(store: VaultStore, passphrase: string): Promise<Vault> {
    const file = await store.read('identity.age');
    if (!file) throw new VaultError('no-vault', 'There is no vault in this place (no identity.age).', 'identity.age');
    return Vault.with(store, await unlockKeys(file, passphrase));
  }

  /** Opens a vault with its paper key (AGE-SECRET-KEY-1…). Set a new passphrase next. */
  static async openWithRecovery(store: VaultStore, recoveryKey: string): Promise<Vault> {
    const file = await store.read('recovery.age');
    if (!file) throw new VaultError('no-vault', 'This vault has no paper key (no recovery.age).', 'recovery.age');
    let plain: Uint8Array;
    try {
      plain = await decryptWith(file, recoveryKey.trim().toUpperCase());
    } catch {
      throw new VaultError(
        'wrong-passphrase',
        'This paper key does not open the vault. Compare it letter by letter; it begins with AGE-SECRET-KEY-1.',
        'recovery.age',
      );
    }
    return Vault.with(store, await readKeys(plain, 'recovery.age'));
  }

  private static async with(store: VaultStore, keys: Keys): Promise<Vault> {
    // Alone: between the two files of a writer the list would look put back to an older one.
    const { index, readOnly } = await store.exclusive(() => loadIndex(store, keys));
    return new Vault(store, keys, index, readOnly);
  }

  /** Forgets the keys. What the runtime has copied in memory it cannot wipe, and does not claim to. */
  lock(): void {
    this.keys = undefined;
    this.index = { ...this.index, cases: [], readers: [] };
  }

  get locked(): boolean {
    return this.keys === undefined;
  }

  /** What to show at unlocking: an older copy of the whole vault can only be told by the person, from these. */
  get state(): {
    counter: number;
    saved: string;
    created: string;
    recipient: string;
    hasRecovery: boolean;
    readers: readonly Reader[];
  } {
    const keys = this.key();
    return {
      counter: this.index.counter,
      saved: this.index.saved,
      created: keys.created,
      recipient: keys.recipient,
      hasRecovery: this.index.recovery !== null,
      readers: this.index.readers,
    };
  }

  /** Reads the list anew: somebody else (another tab) may have saved since. */
  async refresh(): Promise<void> {
    const keys = this.key();
    this.index = (await this.store.exclusive(() => loadIndex(this.store, keys))).index;
  }

  list(): readonly CaseEntry[] {
    this.key();
    return this.index.cases;
  }

  entry(number: number): CaseEntry {
    return find(this.index, number);
  }

  async open(number: number): Promise<Opened> {
    const entry = find(this.index, number);
    const record = readCase(await this.bytesOf(entry, entry.label), entry.file);
    return { entry, content: record.content, version: entry.sha256 };
  }

  async add(label: string, content: CaseContent, now: string): Promise<CaseEntry> {
    const name = checkLabel(label);
    return this.change(now, async (index) => {
      if (index.cases.length >= MOST_CASES)
        throw new VaultError('bad-input', `A vault holds at most ${MOST_CASES} cases.`);
      const id = hex(randomBytes(16));
      const made = await this.sealCase({ id, label: name, readers: [] }, content, index, now);
      const entry: CaseEntry = {
        id,
        number: index.nextNumber,
        label: name,
        saved: now,
        readers: [],
        attachments: [],
        ...made.filed,
      };
      return {
        result: entry,
        index: { ...index, nextNumber: index.nextNumber + 1, cases: [...index.cases, entry] },
        write: new Map([[made.filed.file, made.bytes]]),
      };
    });
  }

  /** Saves a case. `version` is what `open` gave; if the case was saved by somebody else since, nothing is written and 'conflict' is thrown. */
  async save(number: number, content: CaseContent, version: string, now: string): Promise<CaseEntry> {
    return this.change(now, async (index) => {
      const old = find(index, number);
      if (old.sha256 !== version)
        throw new VaultError(
          'conflict',
          `Case ${number} was saved by another program or tab since you opened it (at ${old.saved}). Nothing was overwritten: open it again, or save yours as a new case.`,
        );
      return this.replaceCase(index, old, { ...old, saved: now }, content, now);
    });
  }

  async relabel(number: number, label: string, now: string): Promise<CaseEntry> {
    const name = checkLabel(label);
    return this.change(now, async (index) => {
      const old = find(index, number);
      const content = readCase(await this.bytesOf(old, old.label), old.file).content;
      return this.replaceCase(index, old, { ...old, label: name, saved: now }, content, now);
    });
  }

  /** Removes a case with its attachments. Copies in backups, and what the medium keeps, are not reached. */
  async remove(number: number, now: string): Promise<void> {
    await this.change(now, async (index) => {
      const old = find(index, number);
      return { result: undefined, index: { ...index, cases: index.cases.filter((c) => c !== old) }, write: new Map() };
    });
  }

  async attach(number: number, name: string, type: string, bytes: Uint8Array, now: string): Promise<string> {
    return this.change(now, async (index) => {
      const old = find(index, number);
      const id = hex(randomBytes(16));
      const head = {
        format: 'foothold-attachment/1',
        id,
        case: old.id,
        name,
        type,
        length: bytes.length,
        written: index.counter + 1,
      } as const;
      const made = await this.seal(attachmentBytes(head, bytes), [...index.readers, ...old.readers]);
      const attachment = { id, name, type, size: bytes.length, ...made.filed };
      return {
        result: id,
        index: replace(index, old, { ...old, attachments: [...old.attachments, attachment] }),
        write: new Map([[made.filed.file, made.bytes]]),
      };
    });
  }

  async attachment(number: number, id: string): Promise<{ name: string; type: string; bytes: Uint8Array }> {
    const entry = find(this.index, number);
    const a = entry.attachments.find((x) => x.id === id);
    if (!a) throw new VaultError('no-case', `Case ${number} has no such attachment.`);
    return { name: a.name, type: a.type, bytes: readAttachment(await this.bytesOf(a, entry.label), a.file).bytes };
  }

  async detach(number: number, id: string, now: string): Promise<void> {
    await this.change(now, async (index) => {
      const old = find(index, number);
      return {
        result: undefined,
        index: replace(index, old, { ...old, attachments: old.attachments.filter((a) => a.id !== id) }),
        write: new Map(),
      };
    });
  }

  /** One small file is written anew. An older copy of identity.age, in a backup, still opens with the old passphrase: say so. */
  async changePassphrase(passphrase: string, options: Options = {}): Promise<void> {
    checkPassphrase(passphrase);
    const keys = this.key();
    await this.store.exclusive(async () =>
      this.store.write('identity.age', await lockKeys(keys, passphrase, options.workFactor)),
    );
  }

  /** A new paper key; the old one opens this vault no longer (older copies it still opens). `false` takes the paper key away. */
  async changeRecovery(wanted: boolean, now: string): Promise<string | undefined> {
    const key = wanted ? await newIdentity() : undefined;
    const recovery = key === undefined ? null : await recipientOf(key);
    await this.change(now, async (index) => ({ result: undefined, index: { ...index, recovery }, write: new Map() }));
    await this.store.exclusive(async () => {
      if (recovery === null) await this.store.remove('recovery.age');
      else await this.store.write('recovery.age', await encryptTo(utf8(keysText(this.key())), [recovery]));
    });
    return key;
  }

  /** Lets somebody else's age key open one case, or with no number all of them, now and as they are saved from now on. */
  async share(reader: Reader, number: number | undefined, now: string): Promise<void> {
    if (!(await isRecipient(reader.recipient)))
      throw new VaultError(
        'bad-recipient',
        `"${reader.recipient.slice(0, 80)}" is no age recipient. Expected: age1 and 58 more letters and digits, as "foothold vault key" or age-keygen shows it.`,
      );
    await this.readers(number, now, (all) => [...all.filter((r) => r.recipient !== reader.recipient), reader]);
  }

  /** Takes a reader away: files saved from now on are closed to them. What they have opened or copied, they keep. */
  async unshare(recipient: string, number: number | undefined, now: string): Promise<void> {
    await this.readers(number, now, (all) => {
      const left = all.filter((r) => r.recipient !== recipient);
      if (left.length === all.length)
        throw new VaultError('bad-recipient', 'Nobody with this key is on record here. Nothing was changed.');
      return left;
    });
  }

  /** Opens a case that was handed over to this vault's key, and adds it under the label it came with. */
  async receive(bytes: Uint8Array, now: string): Promise<CaseEntry> {
    const parcel = await receive(bytes, this.key().identity);
    return this.add(parcel.label, parcel.content, now);
  }

  /** Reads every file of every case against the index; damage in one is told and hinders no other. */
  async verify(onFile?: (done: number, all: number) => void): Promise<Trouble[]> {
    const out: Trouble[] = [];
    const all = filesOf(this.index).length;
    let done = 0;
    for (const c of this.index.cases)
      for (const f of [c, ...c.attachments]) {
        const bytes = await this.store.read(f.file);
        if (!bytes) out.push({ file: f.file, fault: 'missing', number: c.number, label: c.label });
        else if (!(await isFiled(bytes, f)))
          out.push({ file: f.file, fault: 'damaged', number: c.number, label: c.label });
        onFile?.(++done, all);
      }
    return out;
  }

  /** Files that the index does not know. They are never deleted by themselves: one may hold the newest version. */
  async strays(): Promise<Stray[]> {
    const known = new Set([...filesOf(this.index).map((f) => f.file), ...this.index.dropped]);
    const out: Stray[] = [];
    for (const file of (await this.store.list()).filter((f) => isCasePath(f) && !known.has(f))) {
      const bytes = await this.store.read(file);
      let record: CaseRecord | undefined;
      try {
        if (bytes) record = readCase(await decryptWith(bytes, this.key().identity), file);
      } catch {
        record = undefined;
      }
      out.push({ file, record });
    }
    return out;
  }

  async discardStrays(files: readonly string[]): Promise<void> {
    const strays = new Set((await this.strays()).map((s) => s.file));
    await this.store.exclusive(async () => {
      for (const f of files) if (strays.has(f)) await this.store.remove(f);
    });
  }

  /** Makes the spare index the main one again, after the main one was found damaged. Only the person may decide this: the spare can be one saving older. */
  async mend(): Promise<Vault> {
    const keys = this.key();
    await this.store.exclusive(async () => {
      const sealed = await sealIndex(this.index, keys);
      await this.store.write('index.age', sealed);
      await this.store.write('index.spare.age', sealed);
    });
    return Vault.with(this.store, keys);
  }

  private key(): Keys {
    if (!this.keys) throw new VaultError('wrong-passphrase', 'The vault is locked. Unlock it with the passphrase.');
    return this.keys;
  }

  private async bytesOf(f: Filed, label: string): Promise<Uint8Array> {
    const keys = this.key();
    const bytes = await this.store.read(f.file);
    if (!bytes)
      throw new VaultError(
        'missing',
        `The file of "${label}" (${f.file}) is not there: removed from outside, or the index was put back to an older one. Take it from a backup; the other cases are not touched.`,
        f.file,
      );
    if (!(await isFiled(bytes, f)))
      throw new VaultError(
        'damaged',
        `The file of "${label}" (${f.file}) is not the one that was saved last: altered, cut short, swapped or an older version. Take it from a backup; the other cases are not touched.`,
        f.file,
      );
    return decryptWith(bytes, keys.identity);
  }

  private async seal(plain: Uint8Array, readers: readonly Reader[]): Promise<{ filed: Filed; bytes: Uint8Array }> {
    const recipients = [...new Set([this.key().recipient, ...readers.map((r) => r.recipient)])];
    const bytes = await encryptTo(plain, recipients);
    return { filed: { file: `c/${hex(randomBytes(16))}.age`, sha256: await sha256(bytes) }, bytes };
  }

  private async sealCase(
    of: { readonly id: string; readonly label: string; readonly readers: readonly Reader[] },
    content: CaseContent,
    index: Index,
    now: string,
  ): Promise<{ filed: Filed; bytes: Uint8Array }> {
    const record: CaseRecord = {
      format: 'foothold-case/1',
      id: of.id,
      label: of.label,
      saved: now,
      written: index.counter + 1,
      content,
    };
    return this.seal(caseBytes(record), [...index.readers, ...of.readers]);
  }

  private async replaceCase(index: Index, old: CaseEntry, next: CaseEntry, content: CaseContent, now: string) {
    const made = await this.sealCase(next, content, index, now);
    const entry: CaseEntry = { ...next, ...made.filed };
    return { result: entry, index: replace(index, old, entry), write: new Map([[made.filed.file, made.bytes]]) };
  }

  private async readers(
    number: number | undefined,
    now: string,
    next: (all: readonly Reader[]) => Reader[],
  ): Promise<void> {
    await this.change(now, async (index) => {
      const changed: Index =
        number === undefined
          ? { ...index, readers: next(index.readers) }
          : replace(index, find(index, number), { ...find(index, number), readers: next(find(index, number).readers) });
      const write = new Map<string, Uint8Array>();
      const refile = async <T extends Filed>(f: T, label: string, readers: readonly Reader[]): Promise<T> => {
        const made = await this.seal(await this.bytesOf(f, label), [...changed.readers, ...readers]);
        write.set(made.filed.file, made.bytes);
        return { ...f, ...made.filed };
      };
      const cases: CaseEntry[] = [];
      for (const c of changed.cases) {
        if (number !== undefined && c.number !== number) cases.push(c);
        else {
          const attachments = [];
          for (const a of c.attachments) attachments.push(await refile(a, c.label, c.readers));
          cases.push({ ...(await refile(c, c.label, c.readers)), attachments });
        }
      }
      return { result: undefined, index: { ...changed, cases }, write };
    });
  }

  /** One saving: on the newest index, alone, with the index replaced last. */
  private async change<T>(now: string, work: (index: Index) => Promise<Change & { result: T }>): Promise<T> {
    if (this.readOnly) throw this.readOnly;
    const keys = this.key();
    return this.store.exclusive(async () => {
      const { index: before, readOnly } = await loadIndex(this.store, keys);
      if (readOnly) throw readOnly;
      const { result, index, write } = await work(before);
      const kept = new Set(filesOf(index as Index).map((f) => f.file));
      const dropped = filesOf(before)
        .map((f) => f.file)
        .filter((f) => !kept.has(f));
      const next: Index = { ...index, counter: before.counter + 1, saved: now, dropped };
      for (const f of before.dropped) await this.store.remove(f);
      for (const [file, bytes] of write) await this.store.write(file, bytes);
      const sealed = await sealIndex(next, keys);
      await this.store.write('index.age', sealed);
      await this.store.write('index.spare.age', sealed);
      for (const f of dropped) await this.store.remove(f);
      this.index = next;
      return result;
    });
  }
}
