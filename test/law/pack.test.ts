/** Law packs: signed, whole, forwards only, and uncertain after their last day. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { formatDay, parseDay } from '../../src/calendar/civil.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { type LawBook, writeBook } from '../../src/law/book.ts';
import { makePack, newKeyPair, openPack, PackError, type PackFault, readHead, until } from '../../src/law/pack.ts';

const root = join(import.meta.dirname, '..', '..');
const HEAD = { serial: 7, issued: '2026-12-01', validUntil: '2027-03-01' };
const fault = (f: PackFault) => (e: unknown) => e instanceof PackError && e.fault === f;
let book: LawBook;
let keys: { secret: string; public: string };
let pack: Uint8Array<ArrayBuffer>;

before(async () => {
  book = await loadLaw();
  keys = await newKeyPair();
  pack = await makePack(writeBook(book), HEAD, keys.secret, keys.public);
});

describe('a law pack', () => {
  it('opens with its key and gives the law it was made of; the same input gives the same bytes', async () => {
    const { head, book: got } = await openPack(pack, [keys.public], 6);
    assert.equal(head.serial, 7);
    assert.deepEqual([...got.provisions.keys()], [...book.provisions.keys()]);
    assert.deepEqual(await makePack(writeBook(book), HEAD, keys.secret, keys.public), pack);
  });
  it('nothing in it is certain after its last day, and nothing becomes more certain by it', async () => {
    const last = parseDay(HEAD.validUntil) as number;
    const { book: got } = await openPack(pack, [keys.public]);
    for (const [id, p] of got.provisions)
      assert.equal(p.expires, Math.min(last, book.provisions.get(id)?.expires as number), id);
    assert.equal(
      formatDay(Math.max(...[...until(book, last).provisions.values()].map((p) => p.expires))),
      HEAD.validUntil,
    );
  });
  it('is refused: another key, no key, backwards, the same again, a book of another form, no pack at all', async () => {
    const other = await newKeyPair();
    await assert.rejects(openPack(pack, [other.public]), fault('bad-signature'));
    await assert.rejects(openPack(pack, []), fault('bad-signature'));
    await assert.rejects(openPack(pack, [keys.public], 7), fault('backwards'));
    await assert.rejects(openPack(pack, [keys.public], 8), fault('backwards'));
    await assert.rejects(
      openPack(new TextEncoder().encode('{"format":1}') as Uint8Array<ArrayBuffer>, [keys.public]),
      fault('no-pack'),
    );
    // A head that is well signed, of a form to come.
    const text = new TextDecoder().decode(pack);
    const [first, second] = text.split('\n', 2) as [string, string];
    const signed = `${first}\n${second.replace(/foothold-law\/\d+/, 'foothold-law/99')}\n`;
    const key = await crypto.subtle.importKey(
      'pkcs8',
      Uint8Array.from(atob(keys.secret), (c) => c.charCodeAt(0)),
      'Ed25519',
      false,
      ['sign'],
    );
    const signature = btoa(
      String.fromCharCode(
        ...new Uint8Array(await crypto.subtle.sign('Ed25519', key, new TextEncoder().encode(signed))),
      ),
    );
    const body = text.slice(text.indexOf('\n', first.length + second.length + 2) + 1);
    await assert.rejects(
      openPack(new TextEncoder().encode(`${signed}${signature}\n${body}`) as Uint8Array<ArrayBuffer>, [keys.public]),
      fault('newer-program'),
    );
  });
  it('a rotated key: the new beside the old', async () => {
    const next = await newKeyPair();
    const later = await makePack(writeBook(book), { ...HEAD, serial: 8 }, next.secret, next.public);
    assert.equal((await openPack(later, [keys.public, next.public], 7)).head.serial, 8);
    assert.equal((await openPack(pack, [keys.public, next.public])).head.serial, 7);
    await assert.rejects(openPack(pack, [next.public]), fault('bad-signature'));
  });
  it('any byte changed or any end cut off is refused', async () => {
    const size = pack.length;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.nat(600), fc.nat(size - 1)),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const harmed = cut ? pack.slice(0, at) : pack.slice();
          if (!cut) harmed[at] = (harmed[at] as number) ^ by;
          await assert.rejects(openPack(harmed, [keys.public]), (e) => e instanceof PackError);
        },
      ),
      { numRuns: 60 },
    );
    assert.throws(() => readHead(new Uint8Array(0) as Uint8Array<ArrayBuffer>), fault('no-pack'));
  });
});

describe('foothold law take', () => {
  it('shows what it changes, takes only when told, keeps the law before, and refuses what is not newer', {
    timeout: 120_000,
  }, () => {
    const dir = mkdtempSync(join(tmpdir(), 'pack-'));
    try {
      // A package: the program without the law's files.
      const app = join(dir, 'app');
      mkdirSync(app);
      for (const name of ['src', 'schema', 'package.json', 'people'])
        cpSync(join(root, name), join(app, name), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(app, 'node_modules'));
      mkdirSync(join(app, 'dist'));
      writeFileSync(join(app, 'dist', 'law.json'), writeBook(book));
      const run = (...args: string[]) => {
        const r = spawnSync(process.execPath, [join(app, 'src', 'cli', 'main.ts'), ...args, '--lang', 'en'], {
          encoding: 'utf8',
        });
        return { out: r.stdout, err: r.stderr, status: r.status };
      };
      const secret = join(dir, 'secret.key');
      const made = run('law', 'key', secret);
      assert.equal(made.status, 0, made.err);
      writeFileSync(join(dir, 'law.pub'), `# trusted since 2026-12-01\n${made.out}`);
      const file = join(dir, 'one.pack');
      assert.equal(run('law', 'pack', file, '--key', secret, '--serial', '1', '--to', '2099-01-01').status, 0);
      assert.match(run('law', 'take', file).err, /No key is trusted/);
      const looked = run('law', 'take', file, join(app, 'people', 'olga.yaml'), '--key', join(dir, 'law.pub'));
      assert.match(looked.out, /Signature good[\s\S]*No answer for this person changes[\s\S]*Nothing is taken yet/);
      assert.equal(existsSync(join(app, '.law')), false);
      assert.match(run('law', 'take', file, '--yes', '--key', join(dir, 'law.pub')).out, /Taken/);
      assert.match(run('law', 'take', file, '--yes', '--key', join(dir, 'law.pub')).err, /not newer/);
      // The law of the pack is what answers now; a damaged pack answers nothing.
      assert.equal(run('law', 'show', 'ge/visa-free', '--on', '2026-11-23').status, 0);
      const kept = join(app, '.law', 'current.pack');
      const whole = readFileSync(kept);
      writeFileSync(kept, whole.subarray(0, whole.length - 10));
      assert.match(run('law', 'show', 'ge/visa-free').err, /damaged/);
      writeFileSync(kept, whole);
      assert.match(run('law', 'back').out, /Back to the law before/);
      assert.equal(existsSync(kept), false);
      assert.match(run('law', 'back').err, /No pack was taken/);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
  it('in a clone says that git is the way', () => {
    const r = spawnSync(
      process.execPath,
      [join(root, 'src', 'cli', 'main.ts'), 'law', 'take', join(root, 'package.json'), '--lang', 'en'],
      { encoding: 'utf8' },
    );
    assert.equal(r.status, 1);
    assert.match(r.stderr, /brought up to date with git/);
  });
});
