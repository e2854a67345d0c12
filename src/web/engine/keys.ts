/** Encrypting a case: with a passphrase into one file, or to a key that a passphrase opens. The age format throughout. */
import {
  decryptWith,
  decryptWithPassphrase,
  encryptTo,
  encryptWithPassphrase,
  newIdentity,
  recipientOf,
} from '../../vault/age.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (b: Uint8Array) => new TextDecoder().decode(b);

/** A file that any age program opens with the passphrase; what it holds is a person file. */
export const sealWith = (yaml: string, passphrase: string): Promise<Uint8Array> =>
  encryptWithPassphrase(bytes(yaml), passphrase);

/** What the passphrase opens; `undefined` if it does not. */
export async function openWith(file: Uint8Array, passphrase: string): Promise<string | undefined> {
  try {
    return text(await decryptWithPassphrase(file, passphrase));
  } catch {
    return undefined;
  }
}

/** A key for this device: `sealed` is stored, `identity` stays in memory while the case is open. */
export async function makeKey(passphrase: string): Promise<{ identity: string; sealed: Uint8Array }> {
  const identity = await newIdentity();
  return { identity, sealed: await encryptWithPassphrase(bytes(`${identity}\n`), passphrase) };
}

export async function openKey(sealed: Uint8Array, passphrase: string): Promise<string | undefined> {
  return (await openWith(sealed, passphrase))?.trim();
}

/** Padded, so that its length does not tell how much was answered. Lines that begin with # are none of the file's. */
export async function sealTo(yaml: string, identity: string): Promise<Uint8Array> {
  const plain = bytes(yaml);
  const room = 16_384 - (plain.length % 16_384);
  return encryptTo(bytes(`${yaml}#${' '.repeat(Math.max(0, room - 2))}\n`), [await recipientOf(identity)]);
}

/** What was sealed, without what it was padded with. */
export const openFrom = async (file: Uint8Array, identity: string): Promise<string> =>
  text(await decryptWith(file, identity)).replace(/(^|\n)# *\n$/, '$1');
