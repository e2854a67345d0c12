import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { decryptWith, newIdentity, recipientOf } from '../../src/vault/age.ts';
import { packVault, proveArchive, restoreArchive, unpackVault } from '../../src/vault/archive.ts';
import { paddedLength, STEP } from '../../src/vault/bytes.ts';
import { VaultError, type VaultFault } from '../../src/vault/errors.ts';
import { handOver } from '../../src/vault/hand-over.ts';
import { FolderStore } from '../../src/vault/node-store.ts';
import { fieldsOf } from '../../src/vault/records.ts';
import { MemoryStore } from '../../src/vault/store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { allBytes, FAST, folder, NOW, newVault, PASSPHRASE } from './helpers.ts';

const fault = (f: VaultFault) => (e: unknown) => e instanceof VaultError && e.fault === f;

describe('cases', () => {
  it('are there after the vault is opened again, in the order of their numbers', async () => {
    const { store } = await newVault(3);
    const vault = await Vault.open(store, PASSPHRASE);
    assert.deepEqual(
      vault.list().map((c) => [c.number, c.label]),
      [
        [1, 'Case 1'],
        [2, 'Case 2'],
        [3, 'Case 3'],
      ],
    );
    assert.deepEqual((await vault.open(2)).content, { person: 'name: person 2', secret: 'canary-2' });
  });

  it('numbers are never given twice', async () => {
    const { vault } = await newVault(2);
    await vault.remove(2, NOW);
    assert.equal((await vault.add('new', {}, NOW)).number, 3);
  });

  it('a saving on an old version is refused, and nothing is lost', async () => {
    const { vault, store } = await newVault(1);
    const other = await Vault.open(store, PASSPHRASE);
    const mine = await vault.open(1);
    await other.save(1, { person: 'theirs' }, (await other.open(1)).version, NOW);
    await assert.rejects(vault.save(1, { person: 'mine' }, mine.version, NOW), fault('conflict'));
    const again = await Vault.open(store, PASSPHRASE);
    assert.deepEqual((await again.open(1)).content, { person: 'theirs' });
  });

  it('two who write different cases at once lose nothing', async () => {
    const { vault, store } = await newVault(0);
    const other = await Vault.open(store, PASSPHRASE);
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? vault : other).add(`c${i}`, { i }, NOW)));
    const again = await Vault.open(store, PASSPHRASE);
    assert.equal(again.list().length, 20);
    assert.equal(new Set(again.list().map((c) => c.number)).size, 20);
  });

  it('any sequence of acts leaves what a plain list would hold', async () => {
    const act = fc.oneof(
      fc.record({ k: fc.constant('add' as const), text: fc.string({ maxLength: 40 }) }),
      fc.record({ k: fc.constant('save' as const), at: fc.nat(9), text: fc.string({ unit: 'binary', maxLength: 40 }) }),
      fc.record({ k: fc.constant('remove' as const), at: fc.nat(9) }),
      fc.record({ k: fc.constant('attach' as const), at: fc.nat(9), bytes: fc.uint8Array({ maxLength: 50 }) }),
      fc.record({ k: fc.constant('reopen' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        let { vault, store } = await newVault(0);
        const plain = new Map<number, { text: string; files: Uint8Array[] }>();
        for (const a of acts) {
          const numbers = [...plain.keys()];
          const n = 'at' in a ? numbers[a.at % Math.max(1, numbers.length)] : undefined;
          if (a.k === 'add')
            plain.set((await vault.add('x', { text: a.text }, NOW)).number, { text: a.text, files: [] });
          else if (a.k === 'reopen') vault = await Vault.open(store, PASSPHRASE);
          else if (n === undefined) continue;
          else if (a.k === 'save') {
            await vault.save(n, { text: a.text }, (await vault.open(n)).version, NOW);
            (plain.get(n) as { text: string }).text = a.text;
          } else if (a.k === 'remove') {
            await vault.remove(n, NOW);
            plain.delete(n);
          } else {
            await vault.attach(n, 'f', 't', a.bytes, NOW);
            plain.get(n)?.files.push(a.bytes);
          }
        }
        vault = await Vault.open(store, PASSPHRASE);
        assert.deepEqual(
          vault
            .list()
            .map((c) => c.number)
            .sort((a, b) => a - b),
          [...plain.keys()].sort((a, b) => a - b),
        );
        for (const [n, { text, files }] of plain) {
          assert.deepEqual((await vault.open(n)).content, JSON.parse(JSON.stringify({ text })));
          const entry = vault.entry(n);
          assert.equal(entry.attachments.length, files.length);
          for (const [i, f] of files.entries())
            assert.deepEqual((await vault.attachment(n, entry.attachments[i]?.id as string)).bytes, new Uint8Array(f));
        }
        // Nothing is left of what was replaced.
        assert.equal(
          (await store.list()).filter((f) => f.startsWith('c/')).length,
          vault.list().reduce((k, c) => k + 1 + c.attachments.length, 0),
        );
        assert.deepEqual(await vault.verify(), []);
      }),
      { numRuns: 25 },
    );
  });

  it('a label of many lines, or none, is refused', async () => {
    const { vault } = await newVault(0);
    for (const bad of ['', '  ', 'a\nb', 'x'.repeat(201)])
      await assert.rejects(vault.add(bad, {}, NOW), fault('bad-input'));
  });
});

describe('passphrase and paper key', () => {
  it('a wrong passphrase opens nothing and says what to look at', async () => {
    const { store } = await newVault(1);
    await assert.rejects(
      Vault.open(store, 'wrong wrong wrong'),
      (e) => fault('wrong-passphrase')(e) && /keyboard layout/.test(String(e)),
    );
  });
  it('a changed passphrase opens, the old one does not; the cases are not rewritten', async () => {
    const { vault, store } = await newVault(2);
    const before = new Map(store.files);
    await vault.changePassphrase('a quite different one', FAST);
    await assert.rejects(Vault.open(store, PASSPHRASE), fault('wrong-passphrase'));
    assert.equal((await Vault.open(store, 'a quite different one')).list().length, 2);
    for (const [f, b] of store.files) if (f !== 'identity.age') assert.deepEqual(b, before.get(f));
  });
  it('the paper key opens a vault whose passphrase is forgotten, until it is replaced', async () => {
    const store = new MemoryStore();
    const { vault, recoveryKey } = await Vault.create(store, PASSPHRASE, NOW, { ...FAST, recovery: true });
    await vault.add('one', { a: 1 }, NOW);
    const again = await Vault.openWithRecovery(store, ` ${recoveryKey?.toLowerCase()}\n`);
    assert.deepEqual((await again.open(1)).content, { a: 1 });
    const next = await again.changeRecovery(true, NOW);
    await assert.rejects(Vault.openWithRecovery(store, recoveryKey as string), fault('wrong-passphrase'));
    assert.equal((await Vault.openWithRecovery(store, next as string)).list().length, 1);
    await again.changeRecovery(false, NOW);
    await assert.rejects(Vault.openWithRecovery(store, next as string), fault('no-vault'));
  });
  it('a short passphrase is refused', async () => {
    await assert.rejects(Vault.create(new MemoryStore(), 'short', NOW, FAST), fault('bad-input'));
  });
  it('a locked vault gives nothing', async () => {
    const { vault } = await newVault(1);
    vault.lock();
    assert.throws(() => vault.list());
    await assert.rejects(vault.open(1));
  });
});

describe('sharing', () => {
  it('a reader opens what is shared, and nothing saved after the sharing ended', async () => {
    const { vault, store } = await newVault(2);
    const key = await newIdentity();
    const recipient = await recipientOf(key);
    await vault.attach(1, 'f', 't', new Uint8Array([7]), NOW);
    const opens = async (file: string) =>
      decryptWith(store.files.get(file) as Uint8Array, key).then(
        () => true,
        () => false,
      );
    await vault.share({ recipient, name: 'adviser' }, 1, NOW);
    assert.equal(await opens(vault.entry(1).file), true);
    assert.equal(await opens(vault.entry(1).attachments[0]?.file as string), true);
    assert.equal(await opens(vault.entry(2).file), false);
    assert.equal(await opens('index.age'), false);
    const kept = store.files.get(vault.entry(1).file) as Uint8Array;
    await vault.unshare(recipient, 1, NOW);
    assert.equal(await opens(vault.entry(1).file), false);
    // What this cannot undo.
    assert.ok(await decryptWith(kept, key));
    await vault.share({ recipient, name: 'adviser' }, undefined, NOW);
    const later = await vault.add('later', {}, NOW);
    assert.equal(await opens(later.file), true);
    await assert.rejects(vault.unshare('age1nobody', undefined, NOW), fault('bad-recipient'));
    await assert.rejects(vault.share({ recipient: 'age1nobody', name: 'x' }, undefined, NOW), fault('bad-recipient'));
  });
  it('a hand-over lists every field that leaves, and only its receiver opens it', async () => {
    const { vault: mine } = await newVault(0);
    const { vault: other } = await newVault(0);
    const content = { person: { born: '1990-01-01', documents: [{ kind: 'passport' }], stays: [] }, note: 'x' };
    const made = await handOver(other.state.recipient, 'A', content, NOW);
    assert.deepEqual(made.fields, ['person.born', 'person.documents[0].kind', 'person.stays', 'note']);
    assert.deepEqual(fieldsOf(content), made.fields);
    const entry = await other.receive(made.bytes, NOW);
    assert.deepEqual((await other.open(entry.number)).content, content);
    await assert.rejects(mine.receive(made.bytes, NOW), fault('damaged'));
  });
});

describe('copies', () => {
  it('a copy is proved by opening it, restored elsewhere, and never over a vault', async () => {
    const { vault, store } = await newVault(3);
    const zip = await packVault(store);
    assert.deepEqual(await proveArchive(zip, PASSPHRASE), { cases: 3, counter: 4, saved: NOW });
    const place = new MemoryStore();
    await restoreArchive(zip, PASSPHRASE, place);
    assert.deepEqual(place.files, store.files);
    await assert.rejects(restoreArchive(zip, PASSPHRASE, place), fault('vault-exists'));
    await assert.rejects(proveArchive(zip, 'wrong wrong wrong'), fault('wrong-passphrase'));
    store.files.delete(vault.entry(2).file);
    await assert.rejects(proveArchive(await packVault(store), PASSPHRASE), fault('damaged'));
  });
  it('an archive with a name that no vault has is refused whole', () => {
    for (const name of ['../escape', '/etc/passwd', 'c/../../x', 'c/short.age', 'notes.txt'])
      assert.throws(
        () => unpackVault(zipSync({ 'identity.age': new Uint8Array(1), [name]: new Uint8Array(1) })),
        fault('bad-input'),
        name,
      );
    assert.throws(() => unpackVault(new Uint8Array([0x50, 0x4b, 3, 4, 9, 9])), fault('damaged'));
    assert.throws(() => unpackVault(zipSync({ 'README.txt': new Uint8Array(1) })), fault('no-vault'));
  });
});

describe('on the disk', () => {
  it('nothing readable, whatever is done', async () => {
    using dir = folder();
    const store = new FolderStore(join(dir.path, 'v'));
    const { vault } = await Vault.create(store, PASSPHRASE, NOW, { ...FAST, recovery: true });
    const canaries = [
      'КАНАРЕЙКА',
      'canary-label',
      'canary-content',
      'canary-attachment',
      'canary-name',
      'AGE-SECRET-KEY',
      'mango',
      'foothold-case',
    ];
    const clean = () => {
      for (const [name, bytes] of allBytes(dir.path))
        for (const c of canaries) {
          assert.equal(bytes.includes(Buffer.from(c, 'utf8')), false, `${c} in ${name}`);
          assert.equal(bytes.includes(Buffer.from(c, 'utf16le')), false, `${c} (16) in ${name}`);
          assert.equal(name.includes(c), false);
        }
    };
    clean();
    await vault.add('canary-label КАНАРЕЙКА', { person: 'canary-content КАНАРЕЙКА' }, NOW);
    clean();
    await vault.attach(1, 'canary-name', 't', Buffer.from('canary-attachment'), NOW);
    clean();
    await vault.save(1, { person: 'canary-content 2' }, (await vault.open(1)).version, NOW);
    clean();
    await vault.relabel(1, 'canary-label 2', NOW);
    await vault.share({ recipient: await recipientOf(await newIdentity()), name: 'canary-name' }, undefined, NOW);
    clean();
    await vault.changePassphrase('mango mango mango', FAST);
    clean();
    await vault.remove(1, NOW);
    clean();
  });

  it('the size of a file says little: whole steps only', async () => {
    using dir = folder();
    const store = new FolderStore(dir.path);
    const { vault } = await Vault.create(store, PASSPHRASE, NOW, FAST);
    for (const n of [0, 1, 100, 12_000]) await vault.add('x', { t: 'y'.repeat(n) }, NOW);
    const sizes = new Set([...allBytes(join(dir.path, 'c')).values()].map((b) => b.length));
    assert.equal(sizes.size, 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (n) => {
        const p = paddedLength(n);
        assert.ok(p >= n && p >= STEP);
        assert.ok(p - n <= Math.max(STEP, n * 0.07), `${n} padded to ${p}`);
        assert.equal(paddedLength(p), p);
      }),
    );
  });

  it('two processes that write at once lose nothing', async () => {
    using dir = folder();
    await Vault.create(new FolderStore(dir.path), PASSPHRASE, NOW, FAST);
    const writer = join(import.meta.dirname, 'writer.ts');
    const run = (tag: string) =>
      new Promise<number | null>((resolve) => {
        spawn(process.execPath, [writer, dir.path, tag, '15'], { stdio: 'inherit' }).on('exit', resolve);
      });
    assert.deepEqual(await Promise.all([run('a'), run('b'), run('c')]), [0, 0, 0]);
    const vault = await Vault.open(new FolderStore(dir.path), PASSPHRASE);
    assert.equal(vault.list().length, 45);
    assert.deepEqual(await vault.verify(), []);
    assert.deepEqual(await vault.strays(), []);
  });
});

describe('500 cases', () => {
  it('open, list and verify', async () => {
    const { store } = await newVault(500);
    const vault = await Vault.open(store, PASSPHRASE);
    assert.equal(vault.list().length, 500);
    assert.deepEqual(await vault.verify(), []);
  });
});
