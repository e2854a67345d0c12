/** The documentation as a site: every link leads somewhere, no page needs a script, every exported name is described, plots say what their tables say. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { entryOf, historyProblem, readHistory, withEntry } from '../../scripts/age-history.ts';
import { type EntryPoint, entryPoints } from '../../scripts/docs/api.ts';
import { DOCS_POLICY } from '../../scripts/docs/layout.ts';
import { checkLinks } from '../../scripts/docs/links.ts';
import { render, slugs } from '../../scripts/docs/markdown.ts';
import { TOUR } from '../../scripts/docs/pictures.ts';
import { draw, niceTop, numberOf, PLOTS, plotAfter } from '../../scripts/docs/plots.ts';
import { buildDocs } from '../../scripts/docs/site.ts';
import { parseDay } from '../../src/calendar/civil.ts';
import { examplePeople } from '../../src/cli/example-people.ts';
import { loadLaw } from '../../src/cli/law-files.ts';
import { openApi, ROUTES } from '../../src/server/routes.ts';

const book = await loadLaw();

const ON = parseDay('2026-11-27') as number;
const root = join(import.meta.dirname, '..', '..');
let lib: string;
let files: ReadonlyMap<string, string | Uint8Array>;
let missing: readonly string[];
let entries: readonly EntryPoint[];

before(async () => {
  // Into a folder of its own: other tests build `dist` meanwhile.
  lib = mkdtempSync(join(tmpdir(), 'foothold-docs-'));
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const r = spawnSync(tsc, ['-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', lib], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(r.status, 0, r.stdout);
  entries = entryPoints(root, lib);
  const people = new Map([...examplePeople(root, book)].slice(0, 12));
  ({ files, problems: missing } = await buildDocs(root, book, { lib, dashboard: { on: ON, people } }));
});
after(() => rmSync(lib, { recursive: true, force: true }));

const html = () => [...files].filter((f): f is [string, string] => f[0].endsWith('.html'));

test('every link leads somewhere inside the site, and the check sees one that does not', () => {
  const { problems, links } = checkLinks(files);
  assert.deepEqual([...missing, ...problems], []);
  assert.ok(links > 1000);
  const broken = new Map(files);
  broken.set(
    'a.html',
    '<a href="build/nothing.html">x</a><a href="index.html#nowhere">y</a><p id="z"></p><p id="z"></p>',
  );
  assert.deepEqual(
    checkLinks(broken).problems.map((p) => p.replace(/^a\.html: /, '')),
    [
      'two places are named #z',
      'build/nothing.html leads nowhere (no build/nothing.html)',
      'index.html#nowhere: index.html has no place of that name',
    ],
  );
});

test('HTML in a document stops the build: it would look otherwise here than in the repository', () => {
  assert.throws(() => render('# a\n\na <b>bold</b> word', { link: () => undefined }), /not taken: <b> \(under "a"\)/);
  assert.match(render('<!-- a mark -->\n\n`<b>` \\<b>', { link: () => undefined }).html, /&lt;b&gt;<\/code> &lt;b&gt;/);
});

test('headings get the names that the host of the repository gives them', () => {
  const slug = slugs();
  assert.deepEqual(
    [
      'What it says, and what it does not',
      'По-русски',
      '1. Gather before you write',
      '`a/<b>.yaml`',
      'Twice',
      'Twice',
    ].map((s) => slug(s)),
    ['what-it-says-and-what-it-does-not', 'по-русски', '1-gather-before-you-write', 'ayaml', 'twice', 'twice-1'],
  );
});

test('no page needs a script, and each states a policy that lets nothing in and nothing out', () => {
  const scripts = html().filter(([, text]) => /<script/.test(text));
  assert.deepEqual(
    scripts.map(([path]) => path),
    ['build/playground.html'],
  );
  assert.match(DOCS_POLICY, /default-src 'none'.*connect-src 'none'/);
  for (const [path, text] of html()) {
    assert.ok(text.includes('http-equiv="Content-Security-Policy"'), path);
    assert.doesNotMatch(text, / on\w+="| style="|javascript:/, path);
    assert.match(text, /<title>[^<]+ · Foothold<\/title>/, path);
    assert.match(text, /<html lang="(en|ru)">/, path);
    assert.equal(text.match(/<h1[ >]/g)?.length, 1, `${path}: one heading of the first level`);
  }
});

test('what people read is there in both languages, each leading to the other', () => {
  for (const name of ['index', 'protects', 'plans']) {
    const [en, ru] = [files.get(`${name}.html`) as string, files.get(`ru/${name}.html`) as string];
    assert.ok(en.includes(`href="ru/${name}.html"`) && ru.includes(`href="../${name}.html"`), name);
    const text = (t: string) => (/<main[^>]*>([\s\S]*)<\/main>/.exec(t)?.[1] ?? '').replace(/<[^>]*>/g, '');
    const cyrillic = (t: string) => (t.match(/[а-яё]/gi) ?? []).length / (t.match(/\p{L}/gu) ?? []).length;
    assert.ok(cyrillic(text(en)) < 0.01, `${name}: English`);
    assert.ok(cyrillic(text(ru)) > 0.85, `${name}: Russian`);
    // The same sections in the same order, and about as long.
    const heads = (t: string) => t.match(/<h2/g)?.length;
    assert.equal(heads(en), heads(ru), name);
    assert.ok(Math.abs(text(en).length / text(ru).length - 1) < 0.25, `${name}: one is much longer`);
  }
});

test('the tour shows pictures that are taken, and only those', () => {
  for (const lang of ['en', 'ru']) {
    const text = readFileSync(join(root, 'docs', 'people', `tour.${lang}.md`), 'utf8');
    const shown = [...text.matchAll(/!\[([^\]]+)\]\(pictures\/([\w-]+)\.(\w\w)\.png\)/g)];
    assert.deepEqual(shown.map((m) => m[2]).sort(), [...TOUR].sort(), lang);
    for (const m of shown) assert.equal(m[3], lang);
  }
  assert.doesNotMatch(files.get('index.html') as string, /<img/, 'without pictures their words stand there');
});

test('every exported name of the library has a comment of its own, and a place in the reference', () => {
  assert.ok(entries.length >= 10);
  const bare = entries.flatMap((e) => e.exports.filter((x) => x.comment === '').map((x) => `${e.name}: ${x.name}`));
  assert.deepEqual(bare, []);
  for (const e of entries) {
    assert.ok(e.comment.length > 20, `${e.name}: what it is for`);
    const page = files.get(`build/reference/${e.name.replaceAll('/', '-')}.html`) as string;
    for (const x of e.exports) assert.ok(page.includes(`id="${x.name.toLowerCase()}"`), `${e.name}: ${x.name}`);
  }
});

test('the reference names what programs can import, and nothing else', async () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    exports: Record<string, string | { types: string }>;
  };
  for (const e of entries) {
    const to = exports[`.${e.name.slice('foothold'.length)}`] as { types: string };
    const source = to.types.replace('./dist/lib/', '../../src/').replace('.d.ts', '.ts');
    const values = Object.keys((await import(source)) as object);
    assert.deepEqual(
      e.exports
        .filter((x) => x.kind !== 'type')
        .map((x) => x.name)
        .sort(),
      values.sort(),
      e.name,
    );
  }
});

test('every plot stands under its table, with its numbers', () => {
  const page = files.get('build/benchmarks.html') as string;
  assert.equal(page.match(/<svg/g)?.length, PLOTS.length);
  for (const figure of page.matchAll(/aria-label="([^"]*)"[\s\S]*?<\/svg>/g)) {
    const bars = figure[0].match(/<rect/g)?.length;
    const said = figure[1] as string;
    assert.equal(bars, said.split('; ').length, said);
  }
  assert.throws(
    () =>
      render('## The page\n\n| bytes | KB |\n| - | - |\n| all | 5 |\n', {
        link: () => undefined,
        afterTable: plotAfter,
      }),
    /no column .*brotli/,
    'a table that has lost its column is no plot of something else',
  );
});

test('numbers of tables, axes and bars', () => {
  assert.deepEqual(
    ['75,362,664', '4.9 ms', '–', '', '**0.87**'].map((s) => numberOf(s)),
    [75362664, 4.9, undefined, undefined, 0.87],
  );
  assert.deepEqual([0.3, 1, 1.01, 19, 5000, 0].map(niceTop), [0.5, 1, 2, 20, 5000, 1]);
  const svg = draw({
    title: 't',
    unit: 'u',
    bars: [
      { label: 'a', value: 50 },
      { label: 'b', value: 100, mark: 25 },
    ],
  });
  const [a, b] = [...svg.matchAll(/<rect class="bar" x="([\d.]+)" y="\d+" width="([\d.]+)"/g)].map((m) => Number(m[2]));
  assert.equal((a as number) * 2, b, 'twice as much is twice as long');
});

test('every document of docs/ is in the site', () => {
  const pages = html().map(([path]) => path);
  for (const file of readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.md'),
  )) {
    if (file.startsWith('people')) continue;
    assert.ok(pages.includes(`build/${file.replace(/\.md$/, '.html').toLowerCase()}`), `${file}: nothing leads to it`);
  }
  assert.ok(existsSync(join(root, 'scripts', 'docs', 'docs.css')) && files.has('docs.css'));
});

test('the maintainers’ page: ages with their plot, what comes, and the same as a calendar file and a feed', () => {
  const page = files.get('build/dashboard.html') as string;
  assert.match(page, /evidence is <strong>\d+ days<\/strong> old/);
  assert.equal(page.match(/<svg/g)?.length, 2, 'by jurisdiction, and from release to release');
  assert.match(page, /<h3 id="2026-1[12]-\d\d/);
  assert.match(files.get('build/agenda.ics') as string, /^BEGIN:VCALENDAR[\s\S]*BEGIN:VEVENT/);
  assert.match(files.get('build/agenda.xml') as string, /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom">[\s\S]*<entry>/);
});

test('how old the evidence was is kept for every release, and none is made without', () => {
  const rows = [
    { jurisdiction: 'ge', age: 100, answers: 30 },
    { jurisdiction: 'de', age: 20, answers: 10 },
  ];
  const entry = entryOf(book, rows, '9.9.9', ON);
  assert.equal(entry.age, 80, 'weighted by answers');
  assert.deepEqual(entry.hosts, { de: 20, ge: 100 });
  const history = withEntry(withEntry([], { ...entry, age: 1 }), entry);
  assert.deepEqual(history, [entry], 'recorded anew, not twice');
  assert.equal(historyProblem(history, '9.9.9', book.digest), undefined);
  assert.match(historyProblem(history, '9.9.9', 'other') as string, /another law[\s\S]*--record 9\.9\.9/);
  assert.match(historyProblem(history, '1.0.0', book.digest) as string, /no entry of 1\.0\.0/);
  for (const e of readHistory(root)) assert.ok(e.version && /^\d{4}-\d\d-\d\d$/.test(e.on) && e.provisions > 0);
});

test('the HTTP API: every route with every field it takes, and the document that the server gives', () => {
  const page = files.get('build/reference/http.html') as string;
  for (const r of ROUTES) {
    const head = `${r.method} ${r.path.replace(/:(\w+)/g, '{$1}')}`;
    const part = page.split('<h2').find((h) => h.includes(`${head}</h2>`));
    assert.ok(part, head);
    for (const s of [r.query, r.params, r.body])
      for (const name of Object.keys((s?.properties ?? {}) as object))
        assert.ok(part.includes(`<code>${name}</code>`), `${head}: ${name}`);
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.deepEqual(
    JSON.parse(files.get('build/reference/openapi.json') as string),
    JSON.parse(JSON.stringify(openApi(version))),
  );
});
