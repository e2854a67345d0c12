/**
 * SHA-256 (FIPS 180-4) of a text in UTF-8, as 64 hexadecimal digits. Written out here because a shard is named and sealed where
 * neither Node's modules nor a promise may be had: in a worker, in a browser, in the middle of a merge.
 */

const PRIMES = ((): number[] => {
  const out: number[] = [];
  for (let n = 2; out.length < 64; n++) if (out.every((p) => n % p !== 0)) out.push(n);
  return out;
})();

/** The first 32 bits after the point of a root of a whole number, found by whole-number bisection: no rounding is relied on. */
function fraction(n: number, power: 2 | 3): number {
  // root(n) * 2^32 = root(n * 2^(32 * power)).
  const target = BigInt(n) << BigInt(32 * power);
  let low = 0n;
  let high = 1n << 40n;
  while (high - low > 1n) {
    const mid = (low + high) >> 1n;
    if (mid ** BigInt(power) <= target) low = mid;
    else high = mid;
  }
  return Number(low & 0xffffffffn);
}

const START = Uint32Array.from(PRIMES.slice(0, 8), (p) => fraction(p, 2));
const ROUND = Uint32Array.from(PRIMES, (p) => fraction(p, 3));

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

let own: ((text: string) => string) | undefined;

/** Where a face has the machine's own SHA-256 (some ten times as fast), it is used from then on. It must give the same. */
export function useSha256(digest: (text: string) => string): void {
  own = digest;
}

export const sha256 = (text: string): string => (own ?? plainSha256)(text);

/** As written out here, whatever a face has. */
export function plainSha256(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const whole = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(whole.length - 4, (bytes.length << 3) >>> 0);
  const h = Uint32Array.from(START);
  const w = new Uint32Array(64);
  for (let at = 0; at < whole.length; at += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15] as number;
      const b = w[i - 2] as number;
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
      w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) >>> 0;
    }
    let [a, b, c, d, e, f, g, k] = h as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const one = (k + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (w[i] as number)) | 0;
      const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      k = g;
      g = f;
      f = e;
      e = (d + one) | 0;
      d = c;
      c = b;
      b = a;
      a = (one + two) | 0;
    }
    [a, b, c, d, e, f, g, k].forEach((x, i) => {
      h[i] = ((h[i] as number) + x) >>> 0;
    });
  }
  return Array.from(h, (x) => x.toString(16).padStart(8, '0')).join('');
}
