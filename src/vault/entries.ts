/** `index.age`: which cases there are, under which random file names, with the digest of each file. Signed, so that nobody without the passphrase can write one. */
import { decryptWith, encryptTo } from './age.ts';
import { padded, sha256, sign, signed, text, utf8 } from './bytes.ts';
import { VaultError } from './errors.ts';
import type { Keys } from './identity.ts';
import { isCasePath } from './store.ts';

/** Somebody else who can open a file: an age recipient and the name the adviser gave them. */
export type Reader = { readonly recipient: string; readonly name: string };

/** A file as the index knows it. */
export type Filed = {
  /** c/<32 hex>.age; a new random name at each saving. */
  readonly file: string;
  /** SHA-256 of the encrypted bytes, hex. */
  readonly sha256: string;
};

/** What the index holds of a file beside a case. */
export type AttachmentEntry = Filed & {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes of the attachment itself. */
  readonly size: number;
};

/** What the index holds of a case. */
export type CaseEntry = Filed & {
  /** Random; stays with the case. */
  readonly id: string;
  /** Small and stable; what a person types. Never given twice. */
  readonly number: number;
  /** Chosen by the adviser: a pseudonym, not a name. */
  readonly label: string;
  /** When the case was last saved, as the face said it. */
  readonly saved: string;
  readonly readers: readonly Reader[];
  readonly attachments: readonly AttachmentEntry[];
};

export type Index = {
  readonly format: 'foothold-index/1';
  /** Random; the same in every copy of one vault. */
  readonly vault: string;
  /** Grows by one at each saving. An older copy of the whole vault can only be told by it. */
  readonly counter: number;
  readonly saved: string;
  readonly nextNumber: number;
  /** Public half of the paper key, if there is one. */
  readonly recovery: string | null;
  /** Who can open every case. */
  readonly readers: readonly Reader[];
  readonly cases: readonly CaseEntry[];
  /** Files that this saving replaced or removed: cleared away after it, or by the next one if it was interrupted. */
  readonly dropped: readonly string[];
};

export const filesOf = (index: Index): Filed[] => index.cases.flatMap((c) => [c, ...c.attachments]);

/** `mac` on the first line, the JSON after it: both readable once decrypted. */
export async function sealIndex(index: Index, keys: Keys): Promise<Uint8Array> {
  const body = JSON.stringify(index);
  const mac = await sign(keys.mac, utf8(body));
  return encryptTo(padded(utf8(`${mac}\n${body}`)), [keys.recipient]);
}

/** Opens and checks an index file. Throws VaultError: damaged, forged or newer-format. */
export async function openIndex(bytes: Uint8Array, keys: Keys, file: string): Promise<Index> {
  let plain: string;
  try {
    plain = text(await decryptWith(bytes, keys.identity));
  } catch {
    throw new VaultError(
      'damaged',
      `${file} is not as it was written (cut short, altered, or of another vault).`,
      file,
    );
  }
  const cut = plain.indexOf('\n');
  const body = plain.slice(cut + 1).trimEnd();
  if (cut < 0 || !(await signed(keys.mac, utf8(body), plain.slice(0, cut))))
    throw new VaultError(
      'forged',
      `${file} was not written by a holder of the passphrase. Somebody may have planted it: do not use this copy, take a backup.`,
      file,
    );
  // Signed by this program: a shape that is not known can only be a later one.
  const index = JSON.parse(body) as Index;
  if (index.format !== 'foothold-index/1')
    throw new VaultError(
      'newer-format',
      `${file} has the format "${String(index.format)}"; this program knows foothold-index/1. Use a newer program.`,
      file,
    );
  if (!filesOf(index).every((f) => isCasePath(f.file)))
    throw new VaultError('damaged', `${file} names files that no vault has.`, file);
  return index;
}

/** Whether bytes are the file the index knows. */
export const isFiled = async (bytes: Uint8Array, entry: Filed): Promise<boolean> =>
  (await sha256(bytes)) === entry.sha256;
