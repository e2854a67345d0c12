/** What a release is trusted by: licences, the bill of materials, the digests, and what the program says it is. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { licenceProblems, mayUse, permits } from '../../scripts/licences.ts';
import { readLockfile } from '../../scripts/lockfile.ts';
import { releaseFiles, sums } from '../../scripts/release.ts';
import { sbom } from '../../scripts/sbom.ts';
import { loadLaw } from '../../src/cli/law-files.ts';

const root = join(import.meta.dirname, '..', '..');
const within = (work: (dir: string) => void) => {
  const dir = mkdtempSync(join(tmpdir(), 'foothold-release-'));
  try {
    work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};
const put = (dir: string, path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};

test('a licence expression permits what one of its choices permits', () => {
  const yes = (id: string) => id === 'MIT' || id === 'ISC';
  for (const good of ['MIT', 'MIT OR GPL-3.0-only', 'GPL-3.0-only OR MIT', '(MIT AND ISC)', 'GPL-2.0 OR (MIT AND ISC)'])
    assert.equal(permits(good, yes), true, good);
  for (const bad of [
    '',
    'GPL-3.0-only',
    'MIT AND GPL-3.0-only',
    'MIT AND (GPL-2.0 OR AGPL-3.0)',
    'MIT WITH something',
    'MIT ISC',
    '(MIT',
    'MIT)',
    'OR MIT',
    'SEE LICENSE IN LICENSE',
  ])
    assert.equal(permits(bad, yes), false, bad);
  assert.equal(mayUse('axe-core', 'MPL-2.0', true), true);
  assert.equal(mayUse('axe-core', 'MPL-2.0', false), false, 'nothing under MPL-2.0 is shipped');
  assert.equal(mayUse('other', 'MPL-2.0', true), false);
  assert.equal(mayUse('other', undefined, true), false);
});

test('every dependency has a licence that fits, and one that does not is told, in the lockfile or installed', () => {
  assert.deepEqual(licenceProblems(root).problems, []);
  within((dir) => {
    const packages = {
      '': { name: 'x', version: '1.0.0' },
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/b': { version: '2.0.0', license: 'AGPL-3.0-only' },
      'node_modules/c': { version: '3.0.0', license: 'ISC' },
    };
    put(dir, 'package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
    put(dir, 'node_modules/a/package.json', '{"license":"MIT"}');
    put(dir, 'node_modules/c/package.json', '{"license":"UNLICENSED"}');
    const said = licenceProblems(dir).problems.map((p) => p.split(';')[0]);
    assert.equal(said.length, 2);
    assert.equal(said[0], 'b@2.0.0: AGPL-3.0-only in package-lock.json');
    assert.match(said[1] as string, /^c@3\.0\.0: UNLICENSED in .*node_modules\/c\/package\.json$/);
  });
});

type Bom = {
  components: { 'bom-ref': string; scope: string; hashes?: { content: string }[]; licenses?: unknown[] }[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

test('the bill of materials names every package once, with digest and licence, and what each needs', () => {
  const bom = sbom(root) as Bom;
  assert.equal(JSON.stringify(sbom(root)), JSON.stringify(bom));
  const refs = bom.components.map((c) => c['bom-ref']);
  assert.equal(new Set(refs).size, refs.length);
  const { packages } = readLockfile(root);
  assert.deepEqual(
    [...new Set(packages.map((p) => `${p.name}@${p.version}`))].sort(),
    refs.map((r) => r.replace('pkg:npm/', '').replace('%40', '@')).sort(),
  );
  for (const c of bom.components) {
    assert.match(c.hashes?.[0]?.content ?? '', /^[0-9a-f]{128}$/, c['bom-ref']);
    assert.equal(c.licenses?.length, 1, c['bom-ref']);
  }
  assert.equal(bom.dependencies.length, refs.length + 1);
  for (const d of bom.dependencies) for (const on of d.dependsOn) assert.ok(refs.includes(on), `${d.ref} → ${on}`);
  const scope = (name: string) => bom.components.find((c) => c['bom-ref'].startsWith(`pkg:npm/${name}@`))?.scope;
  for (const name of ['yaml', 'fastify', 'age-encryption', '%40noble/hashes', 'preact', '%40lingui/core'])
    assert.equal(scope(name), 'required', name);
  for (const name of ['playwright-core', 'typescript', 'axe-core', 'lightningcss'])
    assert.equal(scope(name), 'excluded', name);
  // Every package that the program itself depends on is reached from the top.
  const top = bom.dependencies[0]?.dependsOn ?? [];
  assert.ok(top.some((r) => r.startsWith('pkg:npm/yaml@')) && top.some((r) => r.startsWith('pkg:npm/typescript@')));
});

test('the bill of materials is valid by the official JSON Schema of CycloneDX 1.6', () => {
  const folder = join(root, 'node_modules', '@cyclonedx', 'cyclonedx-library', 'res', 'schema');
  const schema = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $id: string };
  // Formats of addresses are left to the test above: none but package addresses are in it.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const file of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const { $id: _, ...rest } = schema(`${file}.SNAPSHOT.schema.json`);
    ajv.addSchema(rest, `http://cyclonedx.org/schema/${file}.SNAPSHOT.schema.json`);
  }
  const valid = ajv.compile(schema('bom-1.6.SNAPSHOT.schema.json'));
  const bom = JSON.parse(JSON.stringify(sbom(root))) as Bom;
  assert.ok(valid(bom), ajv.errorsText(valid.errors));
  // The schema bites.
  for (const spoil of [
    (b: Bom) => Object.assign(b, { specVersion: 1.6 }),
    (b: Bom) => Object.assign(b.components[0] as object, { type: 'thing' }),
    (b: Bom) => Object.assign(b.components[0] as object, { scope: 'needed' }),
    (b: Bom) => Object.assign(b.components[0] as object, { hashes: [{ alg: 'SHA-512', content: 'zz' }] }),
    (b: Bom) => Object.assign(b.components[0] as object, { licenses: [{ license: { id: 'Nothing-1.0' } }] }),
    (b: Bom) => Object.assign(b.dependencies[0] as object, { needs: [] }),
  ]) {
    const spoilt = structuredClone(bom);
    spoil(spoilt);
    assert.equal(valid(spoilt), false, String(spoil));
  }
});

test('SHA256SUMS is read by sha256sum, which sees one changed byte', () => {
  within((dir) => {
    const files = [
      'foothold-1.0.0.tgz',
      'foothold.html',
      'law.json',
      'sbom.cdx.json',
      'web/index.html',
      'web/law/a.html',
    ];
    for (const file of files) put(dir, file, file);
    put(dir, 'lib/index.js', 'in the package already');
    assert.deepEqual(releaseFiles(dir), [...files].sort());
    writeFileSync(join(dir, 'SHA256SUMS'), sums(dir));
    const check = () => spawnSync('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: dir, encoding: 'utf8' });
    assert.equal(check().status, 0, check().stderr);
    put(dir, 'web/law/a.html', 'web/law/b.html');
    assert.match(check().stdout, /web\/law\/a\.html: FAILED/);
    assert.equal(check().status, 1);
  });
});

test('a signature made as docs/release.md says is accepted, and one over other digests is refused', () => {
  within((dir) => {
    const text = readFileSync(join(root, 'docs', 'release.md'), 'utf8');
    assert.match(text, /ssh-keygen -Y sign -f KEY -n foothold-release SHA256SUMS/);
    assert.match(
      text,
      /ssh-keygen -Y verify -f allowed_signers -I releases@foothold -n foothold-release -s SHA256SUMS\.sig < SHA256SUMS/,
    );
    put(dir, 'SHA256SUMS', `${'0'.repeat(64)}  law.json\n`);
    const ssh = (args: string[], input?: string) =>
      spawnSync('ssh-keygen', args, { cwd: dir, encoding: 'utf8', ...(input === undefined ? {} : { input }) });
    assert.equal(ssh(['-q', '-t', 'ed25519', '-N', '', '-C', 'releases@foothold', '-f', 'KEY']).status, 0);
    assert.equal(ssh(['-Y', 'sign', '-f', 'KEY', '-n', 'foothold-release', 'SHA256SUMS']).status, 0);
    put(dir, 'allowed_signers', `releases@foothold ${readFileSync(join(dir, 'KEY.pub'), 'utf8')}`);
    const args = '-Y verify -f allowed_signers -I releases@foothold -n foothold-release -s SHA256SUMS.sig'.split(' ');
    const signed = readFileSync(join(dir, 'SHA256SUMS'), 'utf8');
    assert.equal(ssh(args, signed).status, 0, ssh(args, signed).stderr);
    assert.notEqual(ssh(args, signed.replace('0', '1')).status, 0);
  });
});

test('--version says the version, the newest evidence and the digest of the law', async () => {
  const run = (...args: string[]) => {
    const r = spawnSync(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args], { encoding: 'utf8' });
    assert.equal(r.status, 0, r.stderr);
    return r.stdout;
  };
  const book = await loadLaw();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const said = JSON.parse(run('--version', '--json'));
  assert.equal(said.version, version);
  assert.equal(said.law.digest, book.digest);
  assert.match(said.law.newest, /^20\d\d-\d\d-\d\d$/);
  for (const words of [run('--version'), run('--version', '--lang', 'ru')]) {
    assert.ok(words.startsWith(`foothold ${version}\n`), words);
    assert.ok(words.includes(book.digest) && words.includes(said.law.newest), words);
  }
});
