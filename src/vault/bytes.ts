/** Bytes, digests and padding. */

export const utf8 = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
/** Strict: bytes that are no UTF-8 throw. */
export const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

export const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

export function base64(bytes: Uint8Array): string {
  let s = '';
  for (const b of bytes) s += String.fromCharCode(b);
  return btoa(s);
}

/** undefined where the text is no base64. */
export function fromBase64(s: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(s), (c) => c.charCodeAt(0));
  } catch {
    return undefined;
  }
}

export const randomBytes = (n: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(n));

export async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

export async function sign(key: Uint8Array, bytes: Uint8Array): Promise<string> {
  const k = await crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, HMAC, false, ['sign']);
  return base64(new Uint8Array(await crypto.subtle.sign(HMAC, k, bytes as Uint8Array<ArrayBuffer>)));
}

/** Compares in constant time (the platform's own). */
export async function signed(key: Uint8Array, bytes: Uint8Array, mac: string): Promise<boolean> {
  const given = fromBase64(mac);
  if (!given) return false;
  const k = await crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, HMAC, false, ['verify']);
  return crypto.subtle.verify(HMAC, k, given, bytes as Uint8Array<ArrayBuffer>);
}

/** Cases are padded to whole steps of this many bytes, so that a file's size says little of what is in it. */
export const STEP = 16 * 1024;

/** The length a text of `n` bytes is padded to: the next whole step; above 1 MiB the next of sixteen steps between powers of two (at most 6 % more). */
export function paddedLength(n: number): number {
  if (n <= 1 << 20) return Math.max(1, Math.ceil(n / STEP)) * STEP;
  const top = 2 ** Math.ceil(Math.log2(n));
  const step = top / 32;
  return Math.ceil(n / step) * step;
}

/** Pads with line feeds, which JSON readers and eyes pass over. */
export function padded(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(paddedLength(bytes.length)).fill(0x0a);
  out.set(bytes);
  return out;
}
