/** What others, bad disks and sudden ends do to a vault. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import { encryptTo } from '../../src/vault/age.ts';
import { utf8 } from '../../src/vault/bytes.ts';
import { VaultError } from '../../src/vault/errors.ts';
import { FolderStore } from '../../src/vault/node-store.ts';
import { MemoryStore } from '../../src/vault/store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { FAST, folder, generator, NOW, newVault, PASSPHRASE } from './helpers.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';
const SEED = Number(process.env.FOOTHOLD_SEED ?? Math.floor(Math.random() * 2 ** 31));

describe('files that are not as they were saved', () => {
  it(`${LONG ? 10_000 : 1_000} cut short, altered, swapped, replayed: each refused with a message, no other case harmed`, async () => {
    const next = generator(SEED);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
    const { vault, store } = await newVault(4);
    // Older versions of everything, for replaying.
    const old = new Map(store.files);
    for (const n of [1, 2, 3, 4])
      await vault.save(n, { person: `second ${n}`, secret: `canary-${n}` }, (await vault.open(n)).version, NOW);
    const good = new Map(store.files);
    const paths = [...good.keys()].filter((p) => p !== 'README.txt');
    const caseOf = new Map(vault.list().map((c) => [c.file, c.number]));
    const kinds = { cut: 0, altered: 0, swapped: 0, replayed: 0, gone: 0 };
    for (let i = 0; i < (LONG ? 10_000 : 1_000); i++) {
      const files = new Map(good);
      const path = pick(paths);
      const bytes = (good.get(path) as Uint8Array).slice();
      const kind = pick(Object.keys(kinds) as (keyof typeof kinds)[]);
      if (kind === 'cut') files.set(path, bytes.subarray(0, Math.floor(next() * bytes.length)));
      else if (kind === 'altered') {
        const at = Math.floor(next() * bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(next() * 8));
        files.set(path, bytes);
      } else if (kind === 'swapped') files.set(path, good.get(pick(paths.filter((p) => p !== path))) as Uint8Array);
      else if (kind === 'replayed') {
        const earlier = pick(
          [...old.entries()].filter(([p]) => (path.startsWith('c/') ? p.startsWith('c/') : p === path)),
        );
        files.set(path, earlier[1]);
        if (path === 'identity.age') continue;
      } else files.delete(path);
      const now = files.get(path);
      if (now && Buffer.from(now).equals(Buffer.from(good.get(path) as Uint8Array))) continue;
      kinds[kind]++;
      const where = `FOOTHOLD_SEED=${SEED} ${i} ${kind} ${path}`;
      const harmed = new MemoryStore(files);
      let opened: Vault;
      try {
        opened = await Vault.open(harmed, PASSPHRASE);
      } catch (e) {
        assert.ok(e instanceof VaultError, `${where}: ${e}`);
        assert.equal(path, 'identity.age', `${where}: the vault did not open: ${e.message}`);
        continue;
      }
      assert.notEqual(path, 'identity.age', `${where}: opened all the same`);
      if (path === 'index.age') {
        assert.ok(opened.readOnly, where);
        await assert.rejects(opened.add('x', {}, NOW), VaultError, where);
        const mended = await opened.mend();
        assert.equal(mended.readOnly, undefined, where);
        assert.deepEqual(await mended.verify(), [], where);
      } else if (path === 'index.spare.age') assert.equal(opened.readOnly, undefined, where);
      for (const [file, number] of caseOf) {
        if (file === path) await assert.rejects(opened.open(number), VaultError, where);
        else assert.equal((await opened.open(number)).content.person, `second ${number}`, where);
      }
      if (caseOf.has(path))
        assert.deepEqual(
          (await opened.verify()).map((t) => t.file),
          [path],
          where,
        );
    }
    assert.ok(
      Object.values(kinds).every((n) => n > 50),
      JSON.stringify(kinds),
    );
  });

  it('a list planted by someone who has only the public key is refused as such', async () => {
    const { vault, store } = await newVault(1);
    const planted = await encryptTo(
      utf8(`AAAA\n${JSON.stringify({ format: 'foothold-index/1', counter: 99, cases: [] })}`),
      [vault.state.recipient],
    );
    store.files.set('index.age', planted);
    store.files.set('index.spare.age', planted);
    await assert.rejects(Vault.open(store, PASSPHRASE), (e) => e instanceof VaultError && e.fault === 'forged');
  });

  it('a list put back to an older one is noticed, and the newest is shown', async () => {
    const { vault, store } = await newVault(1);
    const older = store.files.get('index.age') as Uint8Array;
    await vault.add('newer', {}, NOW);
    store.files.set('index.age', older);
    const opened = await Vault.open(store, PASSPHRASE);
    assert.equal(opened.readOnly?.fault, 'replayed');
    assert.equal(opened.list().length, 2);
  });

  it('both lists put back: the case saved since is told as a stray, and is not deleted', async () => {
    const { vault, store } = await newVault(1);
    const older = new Map([...store.files].filter(([p]) => p.startsWith('index')));
    await vault.add('newer', { keep: true }, NOW);
    for (const [p, b] of older) store.files.set(p, b);
    const opened = await Vault.open(store, PASSPHRASE);
    await opened.add('another', {}, NOW);
    const strays = await opened.strays();
    assert.deepEqual(
      strays.map((s) => s.record?.content),
      [{ keep: true }],
    );
    await opened.discardStrays(strays.map((s) => s.file));
    assert.deepEqual(await opened.strays(), []);
    assert.deepEqual(await opened.verify(), []);
  });
});

/** Fails at the n-th act on the files, as a loss of power would: after some bytes, before others. */
class FailingStore extends MemoryStore {
  left: number;
  constructor(files: ReadonlyMap<string, Uint8Array>, left: number) {
    super(files);
    this.left = left;
  }
  private spend(): void {
    if (this.left-- <= 0) throw new Error('power lost');
  }
  override async write(path: string, bytes: Uint8Array): Promise<void> {
    this.spend();
    await super.write(path, bytes);
    this.spend();
  }
  override async remove(path: string): Promise<void> {
    this.spend();
    await super.remove(path);
  }
}

describe('a sudden end', () => {
  it('at every single step of every act leaves each case old or new', async () => {
    const { store } = await newVault(3);
    const acts: readonly ((v: Vault) => Promise<unknown>)[] = [
      (v) => v.add('fourth', { n: 4 }, NOW),
      async (v) => v.save(2, { changed: true }, (await v.open(2)).version, NOW),
      (v) => v.remove(1, NOW),
      (v) => v.relabel(3, 'other', NOW),
      (v) => v.attach(3, 'f', 't', new Uint8Array(9), NOW),
      async (v) => v.share({ recipient: v.state.recipient, name: 'self' }, undefined, NOW),
    ];
    for (const [a, act] of acts.entries()) {
      const after = new FailingStore(store.files, 1e9);
      await act(await Vault.open(after, PASSPHRASE));
      const steps = 1e9 - after.left;
      assert.ok(steps >= 5, `${a}: ${steps} steps`);
      const picture = async (s: MemoryStore) => {
        const v = await Vault.open(s, PASSPHRASE);
        const out: unknown[] = [];
        for (const c of v.list()) {
          out.push([c.number, c.label, (await v.open(c.number)).content, c.attachments.length, c.readers.length]);
          for (const x of c.attachments) await v.attachment(c.number, x.id);
        }
        return JSON.stringify(out);
      };
      const [was, will] = [await picture(store), await picture(after)];
      for (let n = 0; n < steps; n++) {
        const s = new FailingStore(store.files, n);
        await assert.rejects(Vault.open(s, PASSPHRASE).then(act), /power lost/, `act ${a} step ${n}`);
        const left = new MemoryStore(s.files);
        const got = await picture(left);
        assert.ok(got === was || got === will, `act ${a}, step ${n}: neither the old nor the new`);
        // And the next saving works, clears away what it may, and loses nothing.
        const v = await Vault.open(left, PASSPHRASE);
        assert.equal(v.readOnly, undefined);
        await v.add('after', {}, NOW);
        assert.deepEqual(await v.verify(), []);
      }
    }
  });

  it(`${LONG ? 1_000 : 25} killed processes: each case is the old or the new version`, {
    timeout: 3_600_000,
  }, async () => {
    const next = generator(SEED);
    using dir = folder();
    const { vault } = await Vault.create(new FolderStore(dir.path), PASSPHRASE, NOW, FAST);
    for (let n = 1; n <= 3; n++) await vault.add(`c${n}`, { number: n, round: 0, fill: '' }, NOW);
    let rounds = 0;
    for (let i = 0; i < (LONG ? 1_000 : 25); i++) {
      await new Promise<void>((resolve, reject) => {
        const child = spawn(process.execPath, [`${import.meta.dirname}/saver.ts`, dir.path], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), next() * 60));
        child.on('exit', (_, signal) =>
          signal === 'SIGKILL' ? resolve() : reject(new Error('the writer ended by itself')),
        );
      });
      const opened = await Vault.open(new FolderStore(dir.path), PASSPHRASE);
      assert.equal(opened.readOnly, undefined, `FOOTHOLD_SEED=${SEED} ${i}`);
      assert.deepEqual(await opened.verify(), [], `FOOTHOLD_SEED=${SEED} ${i}`);
      for (const c of opened.list()) {
        const { content } = await opened.open(c.number);
        const round = content.round as number;
        assert.equal(content.number, c.number);
        assert.equal(content.fill, round === 0 ? '' : `${c.number}:${round} `.repeat(500));
        rounds = Math.max(rounds, round);
      }
    }
    assert.ok(rounds > 5, `only ${rounds} savings happened`);
  });
});
