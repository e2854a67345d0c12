/**
 * `identity.age`: the one file a passphrase opens. In it, as plain text that stock `age` accepts as an identity file:
 *
 *     # foothold-vault 1
 *     # mac:<32 bytes in base64>
 *     # created:2026-11-27
 *     AGE-SECRET-KEY-1…
 *
 * The mac key is known to nobody who has only the public recipient: what it signs was written by a holder of the passphrase.
 */

import {
  decryptWithPassphrase,
  encryptWithPassphrase,
  looksLikePassphraseFile,
  newIdentity,
  recipientOf,
} from './age.ts';
import { base64, fromBase64, randomBytes, text, utf8 } from './bytes.ts';
import { VaultError } from './errors.ts';

export type Keys = {
  /** AGE-SECRET-KEY-1… */
  readonly identity: string;
  readonly recipient: string;
  readonly mac: Uint8Array;
  /** The day the vault was made, like 2026-11-27. */
  readonly created: string;
};

export async function makeKeys(created: string): Promise<Keys> {
  const identity = await newIdentity();
  return { identity, recipient: await recipientOf(identity), mac: randomBytes(32), created };
}

export const keysText = (k: Keys): string =>
  `# foothold-vault 1\n# mac:${base64(k.mac)}\n# created:${k.created}\n${k.identity}\n`;

/** Reads the text of an identity file. Throws VaultError. */
export async function readKeys(plain: Uint8Array, file: string): Promise<Keys> {
  let lines: string[];
  try {
    lines = text(plain).split('\n');
  } catch {
    throw new VaultError('damaged', `${file} opened, but what is in it is no text.`, file);
  }
  const version = /^# foothold-vault (\d+)$/.exec(lines[0] ?? '')?.[1];
  if (version !== undefined && version !== '1')
    throw new VaultError(
      'newer-format',
      `${file} is of foothold-vault ${version}; this program knows version 1. Use a newer program.`,
      file,
    );
  const after = (start: string) => lines.find((l) => l.startsWith(start))?.slice(start.length);
  const mac = fromBase64(after('# mac:') ?? '');
  const created = after('# created:') ?? '';
  const identity = lines.find((l) => /^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(l));
  if (version !== '1' || mac?.length !== 32 || identity === undefined)
    throw new VaultError('damaged', `${file} opened, but is no identity of a foothold vault.`, file);
  return { identity, recipient: await recipientOf(identity), mac, created };
}

export const lockKeys = (k: Keys, passphrase: string, workFactor?: number): Promise<Uint8Array> =>
  encryptWithPassphrase(utf8(keysText(k)), passphrase, workFactor);

/** Opens `identity.age`. A wrong passphrase and a file that is no age file are told apart; damage inside is not always. */
export async function unlockKeys(file: Uint8Array, passphrase: string): Promise<Keys> {
  if (!looksLikePassphraseFile(file))
    throw new VaultError(
      'damaged',
      'identity.age is not a file that a passphrase opens: it was cut short or replaced. Take it from a backup; the cases are not touched.',
      'identity.age',
    );
  let plain: Uint8Array;
  try {
    plain = await decryptWithPassphrase(file, passphrase);
  } catch {
    throw new VaultError(
      'wrong-passphrase',
      'The passphrase does not open this vault. Look at the keyboard layout (Russian or Latin) and Caps Lock. If you are sure of it, identity.age may be damaged: try the one of a backup.',
      'identity.age',
    );
  }
  return readKeys(plain, 'identity.age');
}
