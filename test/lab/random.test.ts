import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exp, hash, log, logUnit, Stream, threefry, unit } from '../../src/lab/random.ts';

describe('counter-based random numbers', () => {
  it('give the known answers of Random123 for Threefry-2x32-20', () => {
    const out = new Uint32Array(2);
    const vectors: readonly (readonly number[])[] = [
      [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
      // counter and key from the digits of π: counter 243f6a88 85a308d3, key 13198a2e 03707344
      [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
    ];
    for (const [k0, k1, c0, c1, a, b] of vectors as [number, number, number, number, number, number][]) {
      threefry(k0, k1, c0, c1, out);
      assert.deepEqual([...out], [a, b]);
    }
  });
  it('logarithm and exponential agree with the library to thirteen digits', () => {
    const s = new Stream(7, 'test');
    for (let i = 0; i < 20000; i++) {
      const w = s.word(i, 0);
      const want = Math.log(unit(w));
      assert.ok(Math.abs(logUnit(w) - want) <= 1e-13 * Math.max(1, Math.abs(want)), String(w));
      const x = (s.at(i, 1) - 0.5) * 200;
      assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) < 1e-12, String(x));
      const y = Math.exp(x / 10);
      assert.ok(Math.abs(log(y) - Math.log(y)) < 1e-12);
    }
    for (const w of [0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff])
      assert.ok(Math.abs(logUnit(w) - Math.log((w + 0.5) / 2 ** 32)) < 1e-12, String(w));
    assert.ok(exp(-1e9) > 0 && Number.isFinite(exp(1e9)));
  });
  it('are uniform: 64 bins of 64,000 numbers, chi-squared under 115 (p > 0.9999 of passing)', () => {
    const bins = new Array<number>(64).fill(0);
    const s = new Stream(2022, 'uniform');
    for (let i = 0; i < 64000; i++) {
      const b = Math.floor(s.at(i, 3) * 64);
      bins[b] = (bins[b] as number) + 1;
    }
    const chi = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    assert.ok(chi < 115 && chi > 25, String(chi));
  });
  it('purposes and seeds part the streams', () => {
    assert.notEqual(new Stream(1, 'a').word(0, 0), new Stream(1, 'b').word(0, 0));
    assert.notEqual(new Stream(1, 'a').word(0, 0), new Stream(2, 'a').word(0, 0));
    assert.notEqual(hash('ab'), hash('ba'));
  });
});
