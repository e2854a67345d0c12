/** What `npm pack` gives, unpacked elsewhere with its dependencies beside it: the program, the library by rooms, the examples. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const run = (command: string, args: string[], cwd: string) => {
  const r = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(r.status, 0, `${command} ${args.join(' ')}\n${r.stdout}\n${r.stderr}`);
  return r.stdout;
};
type Manifest = { exports: Record<string, string | { types: string; default: string }>; dependencies: object };
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
/** Names under which programs import the library: `foothold`, `foothold/rules`, … */
const entries = Object.entries(manifest.exports).flatMap(([name, to]) =>
  typeof to === 'string' ? [] : [`foothold${name.slice(1)}`],
);
const browser = entries.filter((e) => !e.endsWith('/node'));

/** Endings of the files in a package: no maps, no sources, no archives. */
const KINDS = [
  '',
  '.css',
  '.d.ts',
  '.html',
  '.ics',
  '.js',
  '.json',
  '.md',
  '.mjs',
  '.svg',
  '.webmanifest',
  '.xml',
  '.yaml',
];

let dir: string;
let app: string;
let installed: string;
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'foothold-pack-'));
  app = join(dir, 'app');
  installed = join(app, 'node_modules', 'foothold');
  run('npm', ['pack', '--silent', '--pack-destination', dir], root);
  run('tar', ['xzf', readdirSync(dir).find((f) => f.endsWith('.tgz')) as string], dir);
  mkdirSync(join(app, 'node_modules'), { recursive: true });
  cpSync(join(dir, 'package'), installed, { recursive: true });
  for (const dep of Object.keys(manifest.dependencies)) {
    symlinkSync(join(root, 'node_modules', dep), join(app, 'node_modules', dep));
  }
  writeFileSync(join(app, 'package.json'), '{"type":"module"}\n');
});
after(() => rmSync(dir, { recursive: true, force: true }));

const cli = (...args: string[]) =>
  JSON.parse(run(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args, '--json'], root));
const person = (name: string) => join(root, 'people', `${name}.yaml`);
/** Lines that an example prints, each split at its tabs. */
const example = (name: string, ...args: string[]) =>
  run(process.execPath, [join(installed, 'examples', `${name}.mjs`), ...args], app)
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split('\t'));

test('the package holds what docs/release.md lists and nothing else', () => {
  const doc = readFileSync(join(root, 'docs', 'release.md'), 'utf8');
  const table = doc.slice(doc.indexOf('What is in the package'), doc.indexOf('## How one is made'));
  const listed = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap((m) =>
    (m[1] as string).split(', ').map((name) => name.slice(1, -1)),
  );
  assert.ok(listed.length >= 15);
  const files = readdirSync(installed, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(installed, join(e.parentPath, e.name)));
  const of = (name: string, file: string): boolean => (name.endsWith('/') ? file.startsWith(name) : file === name);
  for (const name of listed)
    assert.ok(
      files.some((f) => of(name, f)),
      `${name} is listed and not there`,
    );
  assert.deepEqual(
    files.filter((f) => !listed.some((name) => of(name, f))),
    [],
  );
  const kinds = new Set(files.map((f) => /[^/]*?(\.d\.ts|\.[a-z]+|)$/.exec(f)?.[1]));
  assert.deepEqual(
    [...kinds].filter((k) => !KINDS.includes(k as string)),
    [],
  );
  // Nothing of this machine stands in it.
  for (const f of files.filter((f) => /\.(js|mjs|json|html)$/.test(f) && !f.startsWith('dist/web/law/')))
    assert.ok(!readFileSync(join(installed, f), 'utf8').includes(root), f);
  // The library's own files: no faces, no server.
  for (const name of ['cli', 'server', 'web']) assert.ok(!readdirSync(join(installed, 'dist', 'lib')).includes(name));
});

test('the package runs elsewhere and gives the same answer', () => {
  const args = ['check', person('irina'), 'ge/it-residence', 'rs/asylum', '--json', '--on', '2026-11-23'];
  const there = run(process.execPath, [join(installed, 'bin', 'foothold.mjs'), ...args], app);
  const here = run(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args], root);
  assert.deepEqual(JSON.parse(there), JSON.parse(here));
});

test('every room is an entry point that loads, with types that a strict program can use', () => {
  for (const room of ['', '/rules', '/law', '/check', '/plan', '/lab', '/vault', '/vault/node'])
    assert.ok(entries.includes(`foothold${room}`), room);
  const loads = entries.map((e) => `console.log('${e}', Object.keys(await import('${e}')).length)`).join('\n');
  const counts = run(process.execPath, ['--input-type=module', '-e', loads], app).trim().split('\n');
  assert.equal(counts.length, entries.length);
  for (const line of counts) assert.match(line, / [1-9]\d*$/, `${line}: nothing is exported`);
  writeFileSync(
    join(app, 'uses.ts'),
    `${entries.map((e, i) => `import * as e${i} from '${e}';`).join('\n')}
import { checkRoutes, type RouteCheck } from 'foothold/check';
import { type LawBook, parseDay } from 'foothold/law';
import type { Plan } from 'foothold/plan';
export const all = [${entries.map((_, i) => `e${i}`).join(', ')}];
export const first = (book: LawBook, s: Parameters<typeof checkRoutes>[1]): RouteCheck | undefined =>
  checkRoutes(book, s, parseDay('2026-11-23') ?? 0)[0];
export const days = (plan: Plan): number => plan.metrics.daysToGoal;
// @ts-expect-error: types that are not there would let this pass
export const wrong: string = parseDay('2026-11-23');
`,
  );
  const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
  const roots = ['--typeRoots', join(root, 'node_modules', '@types')];
  run(bin('tsc'), [...options, ...roots, '--lib', 'es2024,dom,esnext.temporal', 'uses.ts'], app);
});

/** Bundled as a page would bundle it: a built-in of Node anywhere below is an error there. */
const bundled = async (code: string): Promise<string> => {
  const out = await build({
    stdin: { contents: code, resolveDir: app },
    absWorkingDir: app,
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  return out.outputFiles[0]?.text as string;
};

test('every entry point but those named node is for browsers too', async () => {
  for (const entry of browser) {
    const code = await bundled(`import * as all from '${entry}'; globalThis.names = Object.keys(all);`);
    const page = vm.createContext({ TextEncoder, TextDecoder, URL, crypto, atob, btoa });
    vm.runInContext(code, page);
    assert.ok((page.names as string[]).length > 0, entry);
  }
  await assert.rejects(bundled(`import 'foothold/vault/node';`), /node:/, 'the check sees built-ins of Node');
});

test('without Node the library answers as the command line does', async () => {
  const code = await bundled(`
    import { checkRoutes, readPerson, situationOf } from 'foothold/check';
    import { parseDay, readBook } from 'foothold/law';
    const book = readBook(law);
    const { person: p } = readPerson('p.yaml', person, book.schema, (name) => ({ file: name, text: members[name] }));
    const on = parseDay('2026-11-23');
    globalThis.answer = JSON.stringify(checkRoutes(book, situationOf(p, on), on, ['ge/it-residence', 'rs/asylum']));`);
  const page = vm.createContext({
    TextEncoder,
    TextDecoder,
    law: readFileSync(join(installed, 'dist', 'law.json'), 'utf8'),
    person: readFileSync(person('irina'), 'utf8'),
    members: Object.fromEntries(
      ['irina', 'dmitri'].map((name) => [`${name}.yaml`, readFileSync(person(name), 'utf8')]),
    ),
  });
  vm.runInContext(code, page);
  const same = cli('check', person('irina'), 'ge/it-residence', 'rs/asylum', '--on', '2026-11-23');
  assert.deepEqual(JSON.parse(page.answer as string), same);
});

test('what is not used is not bundled: as small as docs/library.md says', async () => {
  const doc = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
  const rows = [...doc.matchAll(/^\| (?:`(\w+)`|everything) of `(foothold[^`]*)` \| ([\d.]+) \| ([\d.]+) \|$/gm)];
  assert.equal(rows.length, 6);
  for (const [, name, entry, kb, gzip] of rows) {
    const code = await bundled(`import ${name ? `{ ${name} as x }` : '* as x'} from '${entry}'; globalThis.x = x;`);
    const near = (got: number, told: number): void =>
      assert.ok(
        got < 1.1 * told + 0.2 && got > 0.8 * told - 0.2,
        `${name ?? 'all'} of ${entry}: ${got} KB, told ${told}`,
      );
    near(code.length / 1000, Number(kb));
    near(gzipSync(code).length / 1000, Number(gzip));
  }
});

test('example: check a person', () => {
  const routes = (cli('check', person('dmitri'), '--on', '2026-11-23') as Record<string, string>[]).filter(
    (r) => r.jurisdiction === 'am',
  );
  assert.ok(routes.length > 3);
  const said = routes.map((r) => [r.outcome, r.route, (r.title as unknown as { en: string }).en]);
  assert.deepEqual(example('check-a-person', person('dmitri'), 'am'), said);
});

test('example: draw a plan', () => {
  type Leg = { day: string; kind: string; route?: string; under?: string };
  const { plans } = cli('plan', person('irina'), '--on', '2026-11-23') as { plans: { legs: Leg[] }[] };
  assert.ok(plans.length > 0);
  const legs = plans.flatMap((p) => p.legs.map((l) => l.day));
  const said = example('draw-a-plan');
  assert.equal(said.filter((line) => line.length === 1).length, plans.length);
  assert.deepEqual(
    said.filter((line) => line.length === 3).map((line) => line[0]),
    legs,
  );
});

test('example: watch a law change', () => {
  const told = cli('changes', person('dmitri'), '--from', '2026-06-01', '--to', '2026-11-23') as {
    affects: string;
    day: string;
    provision: string;
  }[];
  const some = told.filter((c) => c.affects !== 'none').map((c) => [c.day, c.affects, c.provision]);
  assert.ok(some.length > 0 && some.length < told.length);
  const said = example('watch-a-law-change', person('dmitri'), '2026-06-01', '2026-11-23');
  assert.deepEqual(
    said.map((line) => line.slice(0, 3)),
    some,
  );
});

test('example: write a patch', () => {
  const [card, chance] = example('write-a-patch');
  assert.equal(card?.[0], 'de/blue-card');
  assert.notEqual(card?.[1], card?.[3], 'the patch opens the consulates');
  assert.match(card?.[3] as string, /may file: yes/);
  assert.match(chance?.[3] as string, /^no/, 'the patch closes the route');
});

test('example: own microdata', () => {
  const groups = new Map(example('own-microdata').map(([id, ...rest]) => [id, rest.map(Number)]));
  const everybody = groups.get('everybody') as number[];
  assert.equal(everybody[0], 200.5);
  assert.equal(
    everybody.slice(1).reduce((a, b) => a + b),
    200.5,
    'everybody has one kind of home or none',
  );
  assert.equal(groups.get('journalists')?.[0], 80);
});

/** Other runtimes: found on the path, or where docs/library.md says how to put them for this test. */
const RUNTIMES: readonly (readonly [name: string, args: readonly string[]])[] = [
  [
    'deno',
    ['run', '--quiet', '--no-remote', '--no-prompt', '--allow-read', '--allow-env', '--node-modules-dir=manual'],
  ],
  ['bun', ['run', '--no-install']],
];
for (const [name, args] of RUNTIMES) {
  const apart = join(root, '.cache', 'runtimes', 'node_modules', '.bin', name);
  const program = [apart, name].find((p) => spawnSync(p, ['--version']).status === 0);
  const skip = program === undefined && `${name} is not here: npm install --prefix .cache/runtimes --no-save ${name}`;
  test(`the library runs unchanged in ${name}: every example says what it says in Node`, { skip }, () => {
    const home = { ...process.env, DENO_DIR: join(dir, 'deno'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
    const examples = readdirSync(join(installed, 'examples')).filter((f) => f !== 'read.mjs');
    assert.equal(examples.length, 5);
    for (const file of examples) {
      const path = join(installed, 'examples', file);
      const given =
        file === 'check-a-person.mjs'
          ? [person('dmitri'), 'am']
          : file === 'watch-a-law-change.mjs'
            ? [person('dmitri'), '2026-06-01', '2026-11-23']
            : [];
      const r = spawnSync(program as string, [...args, path, ...given], {
        cwd: app,
        encoding: 'utf8',
        env: home,
        maxBuffer: 1 << 28,
      });
      assert.equal(r.status, 0, `${name} ${file}\n${r.stderr}`);
      assert.equal(r.stdout, run(process.execPath, [path, ...given], app), `${name}: ${file}`);
    }
  });
}

test('examples import the library by its name only', () => {
  const folder = join(root, 'examples');
  for (const file of readdirSync(folder)) {
    const froms = [...readFileSync(join(folder, file), 'utf8').matchAll(/ from '([^']+)'/g)].map((m) => m[1] as string);
    for (const from of froms) assert.match(from, /^(node:\w+|\.\/read\.mjs|foothold(\/\w+)?)$/, `${file}: ${from}`);
  }
});

test('the program in docs/library.md runs, and its table names every entry point', () => {
  const doc = readFileSync(join(root, 'docs', 'library.md'), 'utf8');
  const code = /```js\n([\s\S]*?)```/.exec(doc)?.[1] as string;
  writeFileSync(join(app, 'me.yaml'), 'name: X\nperson: {citizenships: [ru]}\nnow: {country: rs}\n');
  writeFileSync(join(app, 'sample.mjs'), code);
  assert.match(run(process.execPath, ['sample.mjs'], app), /outcome: '(yes|no|unknown)'/);
  const named = [...doc.matchAll(/^\| `(foothold[^`]*)` \|.*\| (yes|no) \|$/gm)];
  assert.deepEqual(named.map((m) => m[1]).sort(), [...entries, 'foothold/law.json'].sort());
  for (const [, name, there] of named) assert.equal(there, name?.endsWith('/node') ? 'no' : 'yes', String(name));
});
