/** The age format (age-encryption.org/v1), through the kept library, behind the few calls the vault needs. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';

/** 2^17: the least that OWASP advises for scrypt with r=8, p=1; about half a second and 128 MiB. */
export const WORK_FACTOR = 17;
/** A device that cannot allocate 128 MiB may go down to this, and says so. */
export const LEAST_WORK_FACTOR = 15;

export const newIdentity = (): Promise<string> => generateX25519Identity();
/** The public half: what is needed to encrypt to an identity. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity);

/**
 * One form for one passphrase, whatever keyboard or system typed it: Unicode NFKC. Stock `age` does not do this; for passphrases typed in
 * letters of any alphabet without accents the two agree. Spaces at the ends are dropped, as copying often adds them.
 */
export const normalPassphrase = (passphrase: string): string => passphrase.normalize('NFKC').trim();

export async function encryptWithPassphrase(
  plain: Uint8Array,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<Uint8Array> {
  const e = new Encrypter();
  e.setPassphrase(normalPassphrase(passphrase));
  e.setScryptWorkFactor(workFactor);
  return e.encrypt(plain);
}

/** Throws if the passphrase is wrong or the file is not as written; the library does not always tell which. */
export async function decryptWithPassphrase(file: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const d = new Decrypter();
  d.addPassphrase(normalPassphrase(passphrase));
  return d.decrypt(file);
}

export async function encryptTo(plain: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  const e = new Encrypter();
  for (const r of recipients) e.addRecipient(r);
  return e.encrypt(plain);
}

export async function decryptWith(file: Uint8Array, identity: string): Promise<Uint8Array> {
  const d = new Decrypter();
  d.addIdentity(identity);
  return d.decrypt(file);
}

/** Whether a text is a recipient that every age program since 1.0 can encrypt to (`age1…`, X25519). */
export async function isRecipient(text: string): Promise<boolean> {
  if (!/^age1[02-9ac-hj-np-z]{58}$/.test(text)) return false;
  try {
    await encryptTo(new Uint8Array(0), [text]);
    return true;
  } catch {
    return false;
  }
}

/** Whether bytes begin as an age file with a passphrase stanza. Tells a damaged file from a wrong passphrase. */
export function looksLikePassphraseFile(file: Uint8Array): boolean {
  const head = new TextDecoder('latin1').decode(file.subarray(0, 40));
  return head.startsWith('age-encryption.org/v1\n-> scrypt ');
}
