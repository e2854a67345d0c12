/**
 * Law packs: the law released apart from the program, signed, valid until a day, never accepted backwards.
 *
 *     foothold-law-pack/1
 *     {"serial":7,"issued":"2026-12-01","validUntil":"2027-03-01","book":"foothold-law/2","sha256":"…","key":"…"}
 *     <Ed25519 signature of the two lines above, base64>
 *     <the law book>
 *
 * The second line bears the digest of the book, so that one signature covers both.
 */
import { parseDay } from '../calendar/civil.ts';
import type { Day } from '../rules/ir.ts';
import { BOOK_FORMAT, type LawBook, readBook } from './book.ts';

const FORMAT = 'foothold-law-pack/1';

/** What a pack says of itself before its law is read. */
export type PackHead = {
  /** Grows with every pack. */
  readonly serial: number;
  readonly issued: Day;
  /** After this day nothing in it is certain any more: every answer says "verify". */
  readonly validUntil: Day;
  readonly book: string;
  readonly sha256: string;
  /** Digest of the public key it is signed with, its first sixteen letters. */
  readonly key: string;
};

/** What is wrong with a pack. */
export type PackFault =
  | 'no-pack' // not a file of this form
  | 'torn' // cut short or altered
  | 'bad-signature' // not signed by a key that is trusted here
  | 'newer-program' // its book is of a form this program does not know
  | 'backwards'; // not newer than the law at hand

/** Why a pack is not taken. Nothing has changed when it is thrown. */
export class PackError extends Error {
  readonly fault: PackFault;
  constructor(fault: PackFault, message: string) {
    super(message);
    this.name = 'PackError';
    this.fault = fault;
  }
}

/** A public key: 32 bytes, base64. */
export type PublicKey = string;

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(''));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}

export const keyId = async (key: PublicKey): Promise<string> => (await sha256(bytesOf(key))).slice(0, 16);

/** A new pair: `secret` is PKCS#8, base64. For maintainers; never on the machine that serves packs. */
export async function newKeyPair(): Promise<{ readonly secret: string; readonly public: PublicKey }> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  return {
    secret: base64Of(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))),
    public: base64Of(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
  };
}

/** Makes a pack of a book's text (as `writeBook` gives it). The same input gives the same bytes: Ed25519 is deterministic. */
export async function makePack(
  book: string,
  head: { readonly serial: number; readonly issued: string; readonly validUntil: string },
  secret: string,
  publicKey: PublicKey,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('pkcs8', bytesOf(secret), 'Ed25519', false, ['sign']);
  const signed = `${FORMAT}\n${JSON.stringify({ ...head, book: BOOK_FORMAT, sha256: await sha256(utf8(book)), key: await keyId(publicKey) })}\n`;
  const signature = base64Of(new Uint8Array(await crypto.subtle.sign('Ed25519', key, utf8(signed))));
  return utf8(`${signed}${signature}\n${book}`);
}

/** Reads the head without trusting it. Throws PackError. */
export function readHead(pack: Uint8Array<ArrayBuffer>): {
  head: PackHead;
  signed: Uint8Array<ArrayBuffer>;
  signature: string;
  body: Uint8Array<ArrayBuffer>;
} {
  const ends: number[] = [];
  for (let i = 0; i < pack.length && ends.length < 3; i++) {
    if (pack[i] === 0x0a) ends.push(i);
    if (i > 4096 && ends.length < 2) break;
  }
  const [first, second, third] = ends;
  if (first === undefined || new TextDecoder().decode(pack.subarray(0, first)) !== FORMAT)
    throw new PackError('no-pack', 'This is no law pack (its first line is not "foothold-law-pack/1").');
  if (second === undefined || third === undefined)
    throw new PackError('torn', 'The law pack is cut short. Download it again; nothing was changed.');
  const line = new TextDecoder().decode(pack.subarray(first + 1, second));
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(line) as Record<string, unknown>;
  } catch {
    throw new PackError('torn', 'The head of the law pack does not read. Download it again; nothing was changed.');
  }
  const issued = parseDay(String(raw.issued));
  const validUntil = parseDay(String(raw.validUntil));
  if (
    !Number.isInteger(raw.serial) ||
    (raw.serial as number) < 1 ||
    issued === undefined ||
    validUntil === undefined ||
    validUntil < issued
  )
    throw new PackError('torn', 'The head of the law pack lacks a number or a day. Nothing was changed.');
  return {
    head: {
      serial: raw.serial as number,
      issued,
      validUntil,
      book: String(raw.book),
      sha256: String(raw.sha256),
      key: String(raw.key),
    },
    signed: pack.slice(0, second + 1),
    signature: new TextDecoder().decode(pack.subarray(second + 1, third)),
    body: pack.slice(third + 1),
  };
}

/**
 * Checks and reads a pack: signature first, then the digest, then the form, then that it goes forwards (`have`: serial of the law at hand). Throws
 * PackError and changes nothing.
 */
export async function openPack(
  pack: Uint8Array<ArrayBuffer>,
  trusted: readonly PublicKey[],
  have = 0,
): Promise<{ head: PackHead; book: LawBook }> {
  const { head, signed, signature, body } = readHead(pack);
  let good = false;
  for (const key of trusted) good ||= await verified(key, signature, signed);
  if (!good)
    throw new PackError(
      'bad-signature',
      trusted.length === 0
        ? "No key is trusted here, so no law pack can be believed. Give the maintainers' public key, which you have from a second place."
        : `The law pack is not signed by a key that is trusted here (it names ${head.key}). Do not use it; get it from the project itself. Nothing was changed.`,
    );
  if ((await sha256(body)) !== head.sha256)
    throw new PackError(
      'torn',
      'The law in the pack is not the one that was signed: cut short or altered. Download it again; nothing was changed.',
    );
  if (head.book !== BOOK_FORMAT)
    throw new PackError(
      'newer-program',
      `The law pack has the form "${head.book}"; this program reads "${BOOK_FORMAT}". Take a program made for it. Nothing was changed.`,
    );
  if (head.serial <= have)
    throw new PackError(
      'backwards',
      `The law pack (number ${head.serial}) is not newer than the law at hand (number ${have}). Going back would bring back what has changed since; nothing was changed.`,
    );
  return { head, book: until(readBook(new TextDecoder().decode(body)), head.validUntil) };
}

async function verified(key: PublicKey, signature: string, signed: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const k = await crypto.subtle.importKey('raw', bytesOf(key), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', k, bytesOf(signature), signed);
  } catch {
    return false;
  }
}

/** The book as it may be relied on: nothing in it is certain after the pack's own last day. */
export function until(book: LawBook, last: Day): LawBook {
  return {
    ...book,
    provisions: new Map([...book.provisions].map(([id, p]) => [id, p.expires <= last ? p : { ...p, expires: last }])),
  };
}
