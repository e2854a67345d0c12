/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds (Salmon, Moraes, Dror and Shaw 2011, "Parallel random
 * numbers: as easy as 1, 2, 3"; the generator of Random123). A number is a pure function of the key (seed, draw) and the
 * counter (person, event), so it is the same whatever the order of persons, the number of workers or the scenario.
 *
 * Logarithm and exponential are written out in additions, multiplications and divisions, which IEEE 754 rounds alike
 * everywhere: the library's own functions may differ in the last bit from engine to engine.
 */

const PARITY = 0x1bd11bda;

/**
 * The two words of a block. Written to `out[0]`, `out[1]`: nothing is allocated in a loop over persons. Five times four rounds, the
 * rotations of the odd times being others than those of the even ones; after each a part of the key is added.
 */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array): void {
  let now = k1;
  let next = k0 ^ k1 ^ PARITY;
  let last = k0;
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  for (let four = 1; four <= 5; four++) {
    if (four & 1) {
      x = (x + y) | 0;
      y = ((y << 13) | (y >>> 19)) ^ x;
      x = (x + y) | 0;
      y = ((y << 15) | (y >>> 17)) ^ x;
      x = (x + y) | 0;
      y = ((y << 26) | (y >>> 6)) ^ x;
      x = (x + y) | 0;
      y = ((y << 6) | (y >>> 26)) ^ x;
    } else {
      x = (x + y) | 0;
      y = ((y << 17) | (y >>> 15)) ^ x;
      x = (x + y) | 0;
      y = ((y << 29) | (y >>> 3)) ^ x;
      x = (x + y) | 0;
      y = ((y << 16) | (y >>> 16)) ^ x;
      x = (x + y) | 0;
      y = ((y << 24) | (y >>> 8)) ^ x;
    }
    x = (x + now) | 0;
    y = (y + next + four) | 0;
    const first = last;
    last = now;
    now = next;
    next = first;
  }
  out[0] = x;
  out[1] = y;
}

const UNIT = 2 ** -32;

/** A number above 0 and below 1 from a word. */
export function unit(word: number): number {
  return ((word >>> 0) + 0.5) * UNIT;
}

const LN2 = Math.LN2;

/** ln((word + 0.5) / 2³²), below 0; relative error under 1e-14. `word` is an unsigned 32-bit integer. */
export function logUnit(word: number): number {
  const w = (word >>> 0) + 0.5;
  // The power of two below w, read off the leading zeros; 0.5 itself has no leading one.
  const e = 31 - Math.clz32(word);
  const m = e < 0 ? 1 : w * (POWERS[e] as number);
  return (e < 0 ? -33 : e - 32) * LN2 + logMantissa(m);
}

/** 2⁻ᵉ for e from 0 to 31. */
const POWERS = Float64Array.from({ length: 32 }, (_, e) => 2 ** -e);

/** ln(m) for 1 ≤ m < 2, by the series of the inverse hyperbolic tangent around √2. */
function logMantissa(m: number): number {
  const s = (m - Math.SQRT2) / (m + Math.SQRT2);
  const q = s * s;
  const series =
    1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q * (1 / 9 + q * (1 / 11 + q * (1 / 13 + q * (1 / 15 + q / 17)))))));
  return 0.34657359027997264 + 2 * s * series;
}

/** eˣ for −700 ≤ x ≤ 700; relative error under 1e-13. Outside it is held at the ends. */
export function exp(x: number): number {
  const clamped = x < -700 ? -700 : Math.min(x, 700);
  const n = Math.floor(clamped / LN2 + 0.5);
  const r = clamped - n * LN2;
  const p =
    1 +
    r *
      (1 +
        r *
          (1 / 2 +
            r *
              (1 / 6 +
                r *
                  (1 / 24 +
                    r *
                      (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r / 3628800)))))))));
  return p * (TWO_TO[n + 1040] as number);
}

/** Powers of two from 2⁻¹⁰⁴⁰ on. */
const TWO_TO = Float64Array.from({ length: 2080 }, (_, i) => 2 ** (i - 1040));

/** ln x for x above 0, by the same series. Used outside the loops. */
export function log(x: number): number {
  let e = 0;
  let m = x;
  while (m >= 2) {
    m /= 2;
    e++;
  }
  while (m < 1) {
    m *= 2;
    e--;
  }
  return e * LN2 + logMantissa(m);
}

/** A stream for work outside the person loop (sampling a population, drawing parameters): one key, counters in order. */
export class Stream {
  private readonly out = new Uint32Array(2);
  private readonly k0: number;
  private readonly k1: number;

  constructor(seed: number, purpose: string) {
    this.k0 = seed;
    this.k1 = hash(purpose);
  }

  /** A word for (a, b). */
  word(a: number, b: number): number {
    threefry(this.k0, this.k1, a, b, this.out);
    return this.out[0] as number;
  }

  /** A number above 0 and below 1 for (a, b). */
  at(a: number, b: number): number {
    return unit(this.word(a, b));
  }
}

/** FNV-1a over the code units of a text: names of events and facts as keys. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
