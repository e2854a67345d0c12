/** What the documents tell people to type is typed: every block of code is run, or read by what reads it. None is left out unnamed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { checkLaw } from '../../src/cli/law-check.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import * as library from '../../src/index.ts';
import { parseCondition } from '../../src/rules/index.ts';
import type { Type } from '../../src/rules/ir.ts';
import { ROUTES } from '../../src/server/routes.ts';
import { type Block, blocksOf, commandsOf } from './blocks.ts';

const root = join(import.meta.dirname, '..', '..');
const LONG = Boolean(process.env.FOOTHOLD_LONG);
const blocks = blocksOf(root);
const scripts = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;
const book = await loadLaw();
/** The one block of a document that has such words. */
function blockWith(file: string, words: string): string {
  const found = blocks.filter((b) => b.file === file && b.text.includes(words));
  assert.equal(found.length, 1, `${file}: blocks with "${words}"`);
  return (found[0] as Block).text;
}
const at = (b: Block) => `${b.file}:${b.line}`;
let dir: string;

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'foothold-samples-'));
  cpSync(join(root, 'people'), join(dir, 'people'), { recursive: true });
  for (const folder of ['scenarios', 'diaspora']) symlinkSync(join(root, folder), join(dir, folder));
});
after(() => rmSync(dir, { recursive: true, force: true }));

const words = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? (m[3] as string));
const foothold = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args], {
    cwd: dir,
    encoding: 'utf8',
    input,
    env: { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '' },
    maxBuffer: 1 << 28,
  });

/** Commands that another test runs, or that need what no test has; each is still looked up in its page of help. */
const ELSEWHERE: readonly (readonly [command: RegExp, where: string])[] = [
  [/^serve\b/, 'test/web/serve.test.ts and test/server/'],
  [/^vault (new|add|remind)\b/, 'test/vault/cli.test.ts: they ask for a passphrase'],
  [/^screen --take\b/, 'test/protect/lists.test.ts: it needs a list that somebody downloaded'],
  [/^screen "/, 'test/protect/screen.test.ts: the same'],
  [
    /^lab (shard|merge|worker)\b|^lab run .*redis:/,
    'test/lab/shard.test.ts and test/scale/: many machines, or a queue',
  ],
];

/** Fewer persons: the sample is to be right, not its figures. */
const smaller = (args: readonly string[]): readonly string[] => {
  if (LONG || args[0] !== 'lab' || ['validate', 'population'].includes(args[1] as string)) return args;
  return [...args, '--persons', '200'];
};

const seen = new Set<string>();
for (const block of blocks.filter((b) => b.lang === 'sh'))
  for (const command of commandsOf(block)) {
    if (seen.has(command)) continue;
    seen.add(command);
    test(`${at(block)}: ${command}`, () => {
      const [program, ...rest] = words(command);
      if (program === 'npm') {
        const [verb, name] = rest;
        if (verb === 'run') assert.ok(scripts[name as string], `package.json has no script "${name}"`);
        else assert.ok(verb === 'install' || scripts[verb as string], `npm ${verb}`);
        return;
      }
      if (program === 'npx' || program === 'foothold') {
        // The invented country of the page is not in the law: a real one of the same shape stands for it.
        const args = (program === 'npx' ? rest.slice(1) : rest).map((a) => a.replace(/^xx\//, 'ge/'));
        if (program === 'npx') assert.equal(rest[0], 'foothold');
        const shown = args.join(' ');
        const bare = command.replace(/^(npx )?foothold /, '');
        if (ELSEWHERE.some(([re]) => re.test(bare))) {
          const help = foothold([args[0] as string, '--help']);
          assert.equal(help.status, 0, help.stderr);
          for (const option of shown.match(/--[a-z-]+/g) ?? []) assert.ok(help.stdout.includes(option), option);
          return;
        }
        // Runs of minutes: their options are looked up, and FOOTHOLD_LONG runs them.
        if (!LONG && args[0] === 'lab' && ['validate', 'levers', 'compare', 'brief'].includes(args[1] as string)) {
          const help = foothold(['lab', '--help']).stdout;
          for (const word of [args[1] as string, ...(shown.match(/--[a-z-]+/g) ?? [])])
            assert.ok(help.includes(word), word);
          return;
        }
        const r = foothold(smaller(args));
        assert.equal(r.status, 0, `${r.stdout}\n${r.stderr}`);
        assert.ok(r.stdout.trim().length > 20, 'it answers');
        return;
      }
      // Programs of the system: what they are asked is looked at by the tests named.
      const others: Readonly<Record<string, () => void>> = {
        // Done as it stands there and no more: what is typed next must work with what was copied.
        cp: () => cpSync(join(dir, rest[0] as string), join(dir, rest[1] as string)),
        git: () => undefined,
        // Run as they stand there by that test.
        cd: () => assert.match(readFileSync(join(root, 'test/web/built.test.ts'), 'utf8'), /release\.md/),
        ls: () => assert.match(readFileSync(join(root, 'test/web/built.test.ts'), 'utf8'), /release\.md/),
        // Started, where it is there, by that test.
        'redis-server': () => assert.match(readFileSync(join(root, 'test/support/redis.ts'), 'utf8'), /redis-server/),
        'ssh-keygen': () =>
          assert.match(readFileSync(join(root, 'test', 'release', 'release.test.ts'), 'utf8'), /ssh-keygen/),
        sha256sum: () =>
          assert.match(readFileSync(join(root, 'test', 'release', 'release.test.ts'), 'utf8'), /sha256sum/),
        curl: () => knownAddress(command),
        jq: () => knownAddress(command),
        docker: () => assert.ok(command.includes('deploy/Dockerfile')),
      };
      const known = others[program as string];
      assert.ok(known, `no test knows what to do with "${program}"`);
      known();
    });
  }

/** An address of the API in a sample is one of its routes. */
function knownAddress(command: string): void {
  const path = /127\.0\.0\.1:\d+(\/[\w/]+)/.exec(command)?.[1] as string;
  assert.ok(
    ROUTES.some((r) => r.path === path && (r.method === 'POST') === / -d /.test(command)),
    `${path} is no route of the API`,
  );
}

test('docs/add-a-country.md: the country of the page is accepted as it stands there', () => {
  const coverage = blockWith('docs/add-a-country.md', 'jurisdiction: xx');
  const stay = blockWith('docs/add-a-country.md', 'id: xx/visa-free');
  const country = join(dir, 'country');
  mkdirSync(join(country, 'law', 'xx'), { recursive: true });
  for (const f of ['facts.yaml', 'areas.yaml', 'rates.yaml']) cpSync(join(root, 'law', f), join(country, 'law', f));
  writeFileSync(join(country, 'law', 'xx', 'coverage.yaml'), `${coverage}\n`);
  writeFileSync(join(country, 'law', 'xx', 'visa-free.yaml'), `${stay}\n`);
  assert.deepEqual(checkLaw(['xx'], country).problems, []);
  // The message it shows is the one that is given.
  const message = blockWith('docs/add-a-country.md', 'law/xx/work.yaml');
  const wrong = stay.replace('xx/visa-free', 'xx/work').replace('passport.country = "ru"', 'offer.salaryYear >= 1500');
  writeFileSync(join(country, 'law', 'xx', 'work.yaml'), `${wrong}\n`);
  const told = checkLaw(['xx'], country).problems.find((p) => p.file === 'law/xx/work.yaml');
  assert.ok(told);
  assert.ok(message.includes(told.found) && message.includes(told.expected), `${told.found}; ${told.expected}`);
});

test('docs/law-format.md: every field named is one of the form, and every fragment is YAML', () => {
  const form = readFileSync(join(root, 'schema', 'provision.schema.json'), 'utf8');
  const named = new Set([...form.matchAll(/"([A-Za-z]+)":/g)].map((m) => m[1] as string));
  for (const name of ['jurisdiction', 'covered', 'missing']) named.add(name);
  const fragments = blocks.filter((b) => b.file === 'docs/law-format.md' && b.lang === 'yaml');
  assert.ok(fragments.length >= 10);
  for (const b of fragments) {
    // `{ … }` and `…` stand for what is left out.
    const value = parse(
      b.text
        .replace(/, …\]/g, ']')
        .replace(/\[…\]/g, '[]')
        .replace(/\{ … \}/g, '{}'),
    ) as object;
    for (const key of Object.keys(value)) assert.ok(named.has(key), `${at(b)}: "${key}" is no field of a provision`);
  }
});

test('docs/rule-language.md: every condition shown is one', () => {
  const params = new Map<string, Type>([
    ['salaryMin', { t: 'money', per: 'year' }],
    ['ageMin', { t: 'number', unit: 'years' }],
    ['ageMax', { t: 'number', unit: 'years' }],
    ['passportMargin', { t: 'duration' }],
    ['leftOn', { t: 'date' }],
  ]);
  const locals = { params, codeLists: new Map([['shortageOccupations', 'occupation']]), monthEnd: 'clamp' as const };
  const shown = blocks.filter((b) => b.file === 'docs/rule-language.md').flatMap((b) => b.text.split('\n'));
  assert.ok(shown.length >= 5);
  for (const line of shown) {
    const r = parseCondition(line.replace(/^when: /, ''), book.schema, locals);
    assert.ok(r.ok, `${line}: ${JSON.stringify(r)}`);
  }
});

test('samples of programs import what the library exports', () => {
  // The program of docs/library.md is run whole by test/package/pack.test.ts.
  for (const b of blocks.filter((x) => x.lang === 'ts')) {
    const names = /import \{ ([^}]+) \} from 'foothold'/.exec(b.text)?.[1]?.split(', ') ?? [];
    assert.ok(names.length > 0, at(b));
    for (const n of names) assert.ok(n in library, `${at(b)}: foothold exports no ${n}`);
  }
});

test('README.md: what `npm start` prints begins as it is shown', () => {
  const head = blockWith('README.md', '$ npm start').split('\n').slice(1).join('\n').split('\n…')[0]?.trim() as string;
  const args = /foothold\.mjs (.*)$/.exec(scripts.start as string)?.[1]?.split(' ') as string[];
  const r = spawnSync(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args, '--lang', 'en'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(r.status, 0, r.stderr);
  for (const line of head.split('\n\n')[1]?.split('\n') ?? []) assert.ok(r.stdout.includes(line), line);
  for (const line of head.split('\n\n')[0]?.split('\n') ?? []) assert.ok(r.stdout.includes(line), line);
});

test('docs/release.md: `foothold --version` has the form shown', () => {
  const form = (text: string) =>
    text
      .trim()
      .replace(/\d+/g, '0')
      .replace(/[0-9a-f]{20,}/, 'digest')
      .replace(/digest.*/, 'digest');
  const real = foothold(['--version', '--lang', 'en']).stdout.replace(/[0-9a-f]{64}/, 'digest');
  const said = blockWith('docs/release.md', '$ foothold --version')
    .split('\n')
    .slice(1)
    .join('\n')
    .replace(/[0-9a-f]{64}/, 'digest');
  assert.equal(form(said), form(real));
});

test('no block of code is of a kind that nothing looks at', () => {
  const looked: Readonly<Record<string, RegExp>> = {
    sh: /./,
    yaml: /^docs\/(add-a-country|law-format|rule-language)\.md$/,
    js: /^docs\/library\.md$/,
    ts: /./,
    // Plots that the benchmarks draw under their tables.
    text: /^docs\/benchmarks\.md$/,
    // Drawings, layouts and what programs print.
    '': /^(README\.md|docs\/(add-a-country|design|release|security)\.md)$/,
  };
  for (const b of blocks) assert.match(b.file, looked[b.lang] ?? /^$/, `${at(b)}: a block of "${b.lang}"`);
});
