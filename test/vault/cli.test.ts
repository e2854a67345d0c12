/** The vault on the command line: facts through standard input, the passphrase through a descriptor. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { allBytes, folder, PASSPHRASE } from './helpers.ts';

const root = join(import.meta.dirname, '..', '..');
const PERSON = readFileSync(join(root, 'people', 'olga.yaml'), 'utf8');

function vault(dir: string, args: readonly string[], input: string | Uint8Array = '', secrets = `${PASSPHRASE}\n`) {
  const file = join(dir, 'secret');
  writeFileSync(file, secrets);
  const fd = openSync(file, 'r');
  try {
    const r = spawnSync(
      process.execPath,
      [
        join(root, 'src/cli/main.ts'),
        'vault',
        ...args,
        '--vault',
        join(dir, 'v'),
        '--passphrase-fd',
        '3',
        '--lang',
        'en',
      ],
      {
        input,
        stdio: ['pipe', 'pipe', 'pipe', fd],
        maxBuffer: 1 << 28,
      },
    );
    return {
      out: r.stdout.toString('utf8'),
      bytes: new Uint8Array(r.stdout),
      err: r.stderr.toString('utf8'),
      status: r.status,
    };
  } finally {
    closeSync(fd);
  }
}

describe('foothold vault', () => {
  it('goes the whole way: new, add, list, open, edit, check, plan, remind, changes, attach, hand-over, export, import, passphrase', () => {
    using dir = folder();
    const d = dir.path;
    const ok = (args: readonly string[], input?: string | Uint8Array, secrets?: string) => {
      const r = vault(d, args, input, secrets);
      assert.equal(r.status, 0, `${args.join(' ')}: ${r.err}`);
      return r;
    };
    ok(['new']);
    assert.match(ok(['add', '--label', 'Б-17'], PERSON).out, /case 1/);
    assert.deepEqual(JSON.parse(ok(['list', '--json']).out), [
      {
        number: 1,
        label: 'Б-17',
        saved: JSON.parse(ok(['list', '--json']).out)[0].saved,
        attachments: [],
        sharedWith: [],
      },
    ]);
    assert.equal(ok(['open', '1']).out, PERSON);
    ok(['edit', '1'], PERSON.replace('2032-01-17', '2027-01-05'));
    // The same answers as over the bare file.
    const bare = spawnSync(
      process.execPath,
      [join(root, 'src/cli/main.ts'), 'check', '-', 'rs/permanent-residence', '--json', '--on', '2026-11-23'],
      {
        input: PERSON.replace('2032-01-17', '2027-01-05'),
        encoding: 'utf8',
      },
    );
    assert.equal(bare.status, 0, bare.stderr);
    assert.equal(ok(['check', '1', 'rs/permanent-residence', '--json', '--on', '2026-11-23']).out, bare.stdout);
    const due = JSON.parse(ok(['remind', '--on', '2026-11-23', '--json']).out);
    assert.deepEqual(
      due.map((x: { day: string; what: string }) => [x.day, x.what]),
      [['2027-01-05', 'document-expires']],
    );
    assert.match(ok(['remind', '--on', '2026-11-23', '--days', '20']).out, /Nothing that is known/);
    const changed = JSON.parse(ok(['changes', '--since', '2026-01-01', '--json']).out);
    assert.equal(changed[0].number, 1);
    assert.ok(changed[0].changes.length > 0);
    ok(['log', '1', '--add'], 'when: 2026-11\nkinds: [contact]\nsaw: A call.\nwitnesses: [A. K.]\n');
    assert.match(
      vault(d, ['log', '1', '--add'], 'when: yesterday\nkinds: [contact]\nsaw: x\n').err,
      /a day as well as you know it/,
    );
    assert.match(ok(['log', '1']).out, /2026-11 {2}Calls, messages or letters\n {3}A call\./);
    const where = ok(['log', '1', '--where']).out;
    assert.match(where, /Evidence of .*20\d\d/);
    assert.match(where, /An approach by a secret service/);
    assert.match(where, /\+353 1 21 00 489 \(ru, en/);
    const page = ok(['log', '1', '--format', 'html', '--without', 'witnesses']);
    assert.match(page.out, /A call\./);
    assert.doesNotMatch(page.out, /A\. K\./);
    assert.match(page.err, /What leaves the vault, not encrypted: number, written, when, kinds, saw/);
    ok(['attach', '1', '--name', 'scan.bin'], new Uint8Array([1, 2, 3, 0, 255]));
    const id = JSON.parse(ok(['list', '--json']).out)[0].attachments[0].id as string;
    assert.deepEqual([...ok(['take', '1', id.slice(0, 8)]).bytes], [1, 2, 3, 0, 255]);
    ok(['export', join(d, 'copy.zip')]);
    assert.equal(vault(d, ['export', join(d, 'copy.zip')]).status, 1);
    ok(['label', '1'], 'Другая метка');
    ok(['passphrase'], '', `${PASSPHRASE}\nanother six words of some length\n`);
    assert.equal(vault(d, ['list']).status, 1);
    assert.match(ok(['list'], '', 'another six words of some length\n').out, /Другая метка/);
    assert.match(ok(['verify'], '', 'another six words of some length\n').out, /as they were saved/);
    mkdirSync(join(d, 'other'));
    const restored = vault(join(d, 'other'), ['import', join(d, 'copy.zip')]);
    assert.equal(restored.status, 0, restored.err);
    assert.equal(vault(join(d, 'other'), ['import', join(d, 'copy.zip')]).status, 1);
    // Hand-over from one vault to another: nothing leaves without --yes, and what was struck out does not leave.
    const key = vault(join(d, 'other'), ['key']).out.trim();
    const look = ok(
      ['hand-over', '1', '--for', key, '--without', 'savings,person.sex'],
      '',
      'another six words of some length\n',
    );
    assert.equal(look.bytes.length, 0);
    assert.match(look.err, /documents\[0\]\.kind/);
    assert.doesNotMatch(look.err, /^ {2}(savings|person\.sex)$/m);
    const sent = ok(
      ['hand-over', '1', '--for', key, '--without', 'savings,person.sex', '--yes'],
      '',
      'another six words of some length\n',
    );
    writeFileSync(join(d, 'case.age'), sent.bytes);
    assert.equal(vault(join(d, 'other'), ['import', join(d, 'case.age')]).status, 0);
    const got = vault(join(d, 'other'), ['open', '2']).out;
    assert.match(got, /documents/);
    assert.doesNotMatch(got, /savings|sex:/);
    for (const [name, bytes] of allBytes(join(d, 'v'))) assert.equal(bytes.includes('Olga'), false, name);
  });

  it('refuses a person file that is wrong, and keeps nothing of it', () => {
    using dir = folder();
    vault(dir.path, ['new']);
    const r = vault(dir.path, ['add'], 'person: {born: 1990-02-31}\n');
    assert.equal(r.status, 1);
    assert.match(r.err, /born/);
    assert.equal(JSON.parse(vault(dir.path, ['list', '--json']).out).length, 0);
  });

  it('says what is wrong in words', () => {
    using dir = folder();
    assert.match(vault(dir.path, ['list']).err, /no vault in/);
    vault(dir.path, ['new']);
    assert.match(vault(dir.path, ['list'], '', 'wrong passphrase here\n').err, /keyboard layout/);
    assert.match(vault(dir.path, ['open', 'one']).err, /number of a case/);
    assert.match(vault(dir.path, ['open', '7']).err, /no case 7/);
    assert.match(vault(dir.path, ['lsit']).err, /Did you mean list/);
    assert.match(vault(dir.path, ['add', 'born=1990'], PERSON).err, /Facts never travel in arguments/);
    assert.match(vault(dir.path, ['remove', '1']).err, /no case 1/);
    assert.match(vault(dir.path, ['list'], '', '').err, /too few lines/);
  });
});
