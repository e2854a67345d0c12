/** The age format: the public vectors through our wrapper, and Debian's own `age` on both sides. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { inflateSync } from 'node:zlib';
import { armor } from 'age-encryption';
import * as cctv from 'cctv-age';
import {
  decryptWith,
  decryptWithPassphrase,
  encryptTo,
  isRecipient,
  normalPassphrase,
  recipientOf,
} from '../../src/vault/age.ts';
import { utf8 } from '../../src/vault/bytes.ts';
import { FolderStore } from '../../src/vault/node-store.ts';
import { Vault } from '../../src/vault/vault.ts';
import { ageProgram, FAST, folder, NOW, PASSPHRASE } from './helpers.ts';

const vectors: { readonly [name: string]: Uint8Array } = { ...cctv };

type Vector = {
  expect: string;
  payload?: string;
  identities: string[];
  passphrases: string[];
  armored: boolean;
  file: Uint8Array;
};

function readVector(bytes: Uint8Array): Vector {
  const cut = Buffer.from(bytes).indexOf('\n\n');
  const lines = Buffer.from(bytes.subarray(0, cut)).toString('utf8').split('\n');
  const all = (key: string) => lines.filter((l) => l.startsWith(`${key}: `)).map((l) => l.slice(key.length + 2));
  const body = bytes.subarray(cut + 2);
  const payload = all('payload')[0];
  return {
    expect: all('expect')[0] ?? '',
    ...(payload === undefined ? {} : { payload }),
    identities: all('identity'),
    passphrases: all('passphrase'),
    armored: all('armored')[0] === 'yes',
    file: all('compressed')[0] === 'zlib' ? new Uint8Array(inflateSync(body)) : body,
  };
}

describe('public age vectors (CCTV)', () => {
  const names = Object.keys(vectors);
  it('are all there', () => assert.ok(names.length > 100, `${names.length} vectors`));
  for (const name of names) {
    const v = readVector(vectors[name] as Uint8Array);
    // Post-quantum recipients are not of our format.
    if (v.identities.some((i) => !i.startsWith('AGE-SECRET-KEY-1'))) continue;
    it(`${name}: ${v.expect}`, async () => {
      const open = async () => {
        const file = v.armored ? armor.decode(Buffer.from(v.file).toString('latin1')) : v.file;
        const errors: unknown[] = [];
        for (const i of v.identities)
          try {
            return await decryptWith(file, i);
          } catch (e) {
            errors.push(e);
          }
        for (const p of v.passphrases)
          try {
            return await decryptWithPassphrase(file, p);
          } catch (e) {
            errors.push(e);
          }
        throw errors[0] ?? new Error('no key');
      };
      if (v.expect === 'success') {
        const sha = createHash('sha256')
          .update(await open())
          .digest('hex');
        assert.equal(sha, v.payload);
      } else await assert.rejects(open);
    });
  }
});

describe('the program age', () => {
  it('opens every file of a vault made here, by the words of its README', async () => {
    using dir = folder();
    const { vault } = await Vault.create(new FolderStore(dir.path), PASSPHRASE, NOW, { ...FAST, recovery: true });
    await vault.add('Дело Б-17', { person: 'name: Ирина' }, NOW);
    await vault.attach(1, 'scan.bin', 'application/octet-stream', new Uint8Array([1, 10, 0, 255, 10]), NOW);
    // `age` asks for a passphrase at a terminal only: what the passphrase opens is compared in the next test; here the keys come from the vault itself.
    const keys = await decryptWithPassphrase(
      (await new FolderStore(dir.path).read('identity.age')) as Uint8Array,
      PASSPHRASE,
    );
    const keyFile = join(dir.path, 'key.txt');
    writeFileSync(keyFile, keys);
    const open = (name: string) => {
      const r = ageProgram(['-d', '-i', keyFile, join(dir.path, name)], '');
      assert.equal(r.status, 0, r.err);
      return Buffer.from(r.out);
    };
    assert.match(open('index.age').toString('utf8'), /Дело Б-17/);
    const entry = vault.entry(1);
    const record = JSON.parse(open(entry.file).toString('utf8'));
    assert.equal(record.content.person, 'name: Ирина');
    assert.equal(record.label, 'Дело Б-17');
    const plain = open(entry.attachments[0]?.file as string);
    const cut = plain.indexOf(0x0a) + 1;
    assert.deepEqual([...plain.subarray(cut, cut + (entry.attachments[0]?.size as number))], [1, 10, 0, 255, 10]);
  });

  it('writes files that open here', async () => {
    using dir = folder();
    const { vault } = await Vault.create(new FolderStore(dir.path), PASSPHRASE, NOW, FAST);
    const text = 'передано адвокату\n';
    const r = ageProgram(['-r', vault.state.recipient], text);
    assert.equal(r.status, 0, r.err);
    const keys = Buffer.from(
      await decryptWithPassphrase((await new FolderStore(dir.path).read('identity.age')) as Uint8Array, PASSPHRASE),
    ).toString('utf8');
    const identity = /AGE-SECRET-KEY-1\w+/.exec(keys)?.[0] as string;
    assert.equal(Buffer.from(await decryptWith(r.out, identity)).toString('utf8'), text);
    assert.equal(await recipientOf(identity), vault.state.recipient);
  });

  it('opens a file for two recipients with the key of either', async () => {
    using dir = folder();
    const a = 'AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0';
    const file = await encryptTo(utf8('both'), [await recipientOf(a)]);
    writeFileSync(join(dir.path, 'a.key'), `${a}\n`);
    writeFileSync(join(dir.path, 'f.age'), file);
    const r = ageProgram(['-d', '-i', join(dir.path, 'a.key'), join(dir.path, 'f.age')], '');
    assert.equal(Buffer.from(r.out).toString(), 'both');
  });
});

describe('recipients and passphrases', () => {
  it('knows a recipient from what only looks like one', async () => {
    assert.equal(await isRecipient('age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'), true);
    for (const bad of [
      '',
      'age1',
      'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8q',
      'AGE-SECRET-KEY-1',
      'ssh-ed25519 AAAA',
    ])
      assert.equal(await isRecipient(bad), false, bad);
  });
  it('takes one passphrase typed in two forms of Unicode for the same', () => {
    assert.equal(normalPassphrase('ёлка йод'), normalPassphrase('ёлка йод '));
  });
});
