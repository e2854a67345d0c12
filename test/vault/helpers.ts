import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore } from '../../src/vault/store.ts';
import { Vault } from '../../src/vault/vault.ts';

export const PASSPHRASE = 'shovel autumn riddle candle orbit mango';
/** scrypt at 2^10: the tests are about the vault, not about the cost of guessing. */
export const FAST = { workFactor: 10 } as const;
export const NOW = '2026-11-27 14:05';

export function folder(): { path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), 'vault-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export async function newVault(cases = 0, store = new MemoryStore()): Promise<{ vault: Vault; store: MemoryStore }> {
  const { vault } = await Vault.create(store, PASSPHRASE, NOW, FAST);
  for (let i = 1; i <= cases; i++)
    await vault.add(`Case ${i}`, { person: `name: person ${i}`, secret: `canary-${i}` }, NOW);
  return { vault, store };
}

/** Debian's age, or undefined where it is not installed. */
export function ageProgram(
  args: readonly string[],
  input: Uint8Array | string,
): { out: Uint8Array; status: number | null; err: string } {
  const r = spawnSync('age', args, { input, maxBuffer: 1 << 28 });
  return { out: new Uint8Array(r.stdout ?? []), status: r.status, err: String(r.stderr ?? r.error ?? '') };
}

export function allBytes(path: string): Map<string, Buffer> {
  const out = new Map<string, Buffer>();
  const walk = (dir: string) => {
    for (const name of readdirSync(dir)) {
      const p = join(dir, name);
      if (statSync(p).isDirectory()) walk(p);
      else out.set(p.slice(path.length + 1), readFileSync(p));
    }
  };
  walk(path);
  return out;
}

/** mulberry32 */
export function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
