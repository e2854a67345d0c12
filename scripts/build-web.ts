/**
 * The page: `dist/web` (an installable page that works without a network), `dist/foothold.html` (the same in one file that
 * runs from a disk), and the law as static pages. The same source gives the same bytes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type InlineConfig, type Plugin } from 'vite';
import { formatDay } from '../src/calendar/civil.ts';
import { type LawBook, readBook } from '../src/law/book.ts';
import { packBook } from '../src/web/law-pack.ts';
import { shortSources } from '../src/web/short-sources.ts';
import { buildLaw } from './build-law.ts';
import { documentOf, labDocument, oneFileDocument, POLICY } from './web/documents.ts';
import { lawPages, newestEvidence } from './web/law-pages.ts';
import { compiledWords } from './web/po.ts';
import { worldMap } from './web/world.ts';

const sha = (b: string | Uint8Array): string => createHash('sha256').update(b).digest('hex');
const short = (b: string | Uint8Array): string => sha(b).slice(0, 10);

/**
 * The law as the page carries it: without quotations and file names, and without worked cases, all of which the static pages have. The one
 * file has no such pages beside it: there the cases are as they are shown (the facts they begin with are of no use there).
 */
export function lawForPage(book: LawBook, withCases = false): string {
  const several = severalTitles(book);
  const slim = new Map(
    [...book.provisions].map(([id, p]) => [
      id,
      {
        ...p,
        file: '',
        cases: (withCases ? p.cases : []).map(({ name, on, expect, missing }) => ({
          name,
          on,
          given: {},
          expect,
          ...(missing ? { missing } : {}),
          line: 0,
        })),
        sources: Object.fromEntries(
          Object.entries(p.sources).map(([key, { quote: _, text: __, title, ...rest }]) => [
            key,
            title === undefined || several.has(rest.url) ? rest : { ...rest, title },
          ]),
        ),
      },
    ]),
  );
  const short = new Map([...nowhere(slim)].map(([id, p]) => [id, shortSources(p)]));
  return packBook({ ...book, provisions: short as never });
}

/**
 * Addresses under which the law names more than one text (articles of one act): the page tells an address once, and cannot say which of them
 * is meant. The law's own pages do.
 */
export function severalTitles(book: LawBook): ReadonlySet<string> {
  const first = new Map<string, string | undefined>();
  const several = new Set<string>();
  for (const p of book.provisions.values())
    for (const s of Object.values(p.sources)) {
      if (first.has(s.url) && first.get(s.url) !== s.title) several.add(s.url);
      else first.set(s.url, s.title);
    }
  return several;
}

/** The same without where in its line each expression stood: whoever reads the law says that of a mistake, and here it has been read. */
export function nowhere<T>(provisions: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  const without = (v: unknown): unknown => {
    if (Array.isArray(v)) return v.map(without);
    if (typeof v !== 'object' || v === null) return v;
    const of = Object.fromEntries(Object.entries(v).map(([k, x]) => [k, without(x)]));
    return 'ty' in of && 'at' in of ? { ...of, at: [0, 0] } : of;
  };
  return new Map([...provisions].map(([id, p]) => [id, without(p) as T]));
}

/**
 * The checksum that a page shows of itself: of the list of its files as `sha256sum` writes it, sorted by name. Everything but the document,
 * which states it.
 */
export function programDigest(files: ReadonlyMap<string, string>): string {
  const names = [...files.keys()].filter((name) => name !== 'index.html').sort();
  return sha(names.map((name) => `${sha(files.get(name) as string)}  ${name}\n`).join(''));
}

/** A text as a module: the page's policy lets scripts of its own place load, and nothing else. */
const asModule = (text: string): string =>
  `export default '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}';\n`;

/** Words and map, made while the page is built. */
export function madeModules(root: string): Plugin {
  const made: Record<string, () => unknown> = {
    'virtual:words': () => compiledWords(root),
    'virtual:more-words': () => compiledWords(root, 'more.'),
    'virtual:map': () => worldMap(),
  };
  return {
    name: 'made-modules',
    resolveId: (id) => (id in made ? `\0${id}` : null),
    load: (id) => {
      const make = id.startsWith('\0') ? made[id.slice(1)] : undefined;
      return make ? `export default ${JSON.stringify(make())};` : null;
    },
  };
}

/** The keys that law packs are believed by. */
function publicKeys(root: string): string[] {
  const file = join(root, 'keys', 'law.pub');
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .map((l) => l.trim())
        .filter((l) => l !== '' && !l.startsWith('#'))
    : [];
}

type Chunk = {
  readonly fileName: string;
  readonly code?: string;
  readonly source?: string | Uint8Array;
  readonly isEntry?: boolean;
};

async function bundle(
  root: string,
  entry: string,
  define: Record<string, string>,
  options: { readonly name: string; readonly single: boolean; readonly fixed?: boolean },
): Promise<Chunk[]> {
  const config: InlineConfig = {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    base: './',
    define,
    plugins: [madeModules(root)],
    // The reader of CSV has a build of its own for browsers, without what only Node has.
    resolve: { alias: { 'csv-parse/sync': 'csv-parse/browser/esm/sync' } },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      sourcemap: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(root, entry),
        output: {
          format: 'es',
          codeSplitting: !options.single,
          entryFileNames: options.fixed ? `${options.name}.js` : `${options.name}-[hash].js`,
          chunkFileNames: '[name]-[hash].js',
          assetFileNames: '[name]-[hash][extname]',
        },
      },
    },
  };
  const out = (await build(config)) as { output: Chunk[] } | { output: Chunk[] }[];
  return (Array.isArray(out) ? out : [out]).flatMap((o) => o.output);
}

/** What the explorer of the lab reads beside the law: the lab's data and the library of scenarios, as one text. */
function labData(root: string): string {
  const files = ['figures', 'population', 'subgroups', 'answers', 'behaviour', 'floor'].map(
    (f) => `diaspora/${f}.yaml`,
  );
  const scenarios = readdirSync(join(root, 'scenarios')).filter((f) => f.endsWith('.yaml'));
  const all = [...files, ...scenarios.sort().map((f) => `scenarios/${f}`)];
  return JSON.stringify(Object.fromEntries(all.map((f) => [f, readFileSync(join(root, f), 'utf8')])));
}

/** The explorer of the lab, a part of its own: it is not in the copy that works without a network. */
async function labFiles(root: string, common: Record<string, string>, lawFile: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const data = asModule(labData(root));
  const dataFile = `data-${short(data)}.js`;
  files.set(`lab/${dataFile}`, data);
  const worker = (await bundle(root, 'src/web/lab/worker.ts', common, { name: 'work', single: true })).find(
    (c) => c.isEntry,
  ) as Chunk;
  files.set(`lab/${worker.fileName}`, textOf(worker));
  const page = await bundle(
    root,
    'src/web/lab/main.ts',
    {
      ...common,
      __WORKER__: JSON.stringify(worker.fileName),
      __LAW__: JSON.stringify(`../${lawFile}`),
      __LAB_DATA__: JSON.stringify(dataFile),
    },
    { name: 'lab', single: true },
  );
  for (const c of page) files.set(`lab/${c.fileName}`, textOf(c));
  const script = page.find((c) => c.isEntry) as Chunk;
  const style = page.find((c) => c.fileName.endsWith('.css')) as Chunk;
  files.set('lab/index.html', labDocument({ script: script.fileName, style: style.fileName }));
  return files;
}

const textOf = (c: Chunk | undefined): string =>
  c === undefined ? '' : (c.code ?? (typeof c.source === 'string' ? c.source : new TextDecoder().decode(c.source)));

export type WebBuild = {
  /** Every file by its path below `dist/web`. */
  readonly files: ReadonlyMap<string, string>;
  /** The one file. */
  readonly oneFile: string;
  /** Paths that the offline copy holds. */
  readonly offline: readonly string[];
};

/** Builds the page for a law, in memory. */
export async function buildWeb(root: string, book: LawBook): Promise<WebBuild> {
  const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
  const law = lawForPage(book);
  const lawModule = asModule(law);
  const lawFile = `law-${short(lawModule)}.js`;
  const common = { __VERSION__: JSON.stringify(version), __DIGEST__: JSON.stringify(book.digest) };
  const packs = {
    __KEYS__: JSON.stringify(publicKeys(root)),
    __LAW_DAY__: JSON.stringify(formatDay(newestEvidence(book))),
  };
  const worker = await bundle(root, 'src/web/engine/worker.ts', { ...common, ...packs }, { name: 'w', single: true });
  const workerChunk = worker.find((c) => c.isEntry) as Chunk;
  const page = (oneFile: boolean) =>
    bundle(
      root,
      'src/web/main.tsx',
      {
        ...common,
        __WORKER__: JSON.stringify(workerChunk.fileName),
        __LAW__: JSON.stringify(lawFile),
        __ONE_FILE__: String(oneFile),
      },
      { name: 'page', single: oneFile },
    );
  const web = await page(false);
  const entry = web.find((c) => c.isEntry) as Chunk;
  const style = web.find((c) => c.fileName.endsWith('.css')) as Chunk;
  const files = new Map<string, string>();
  for (const c of [...web, workerChunk]) files.set(c.fileName, textOf(c));
  files.set(lawFile, lawModule);
  files.set('icon.svg', ICON);
  files.set('page.webmanifest', MANIFEST);
  files.set('blank.html', '<!doctype html><html lang="en"><meta charset="utf-8"><title> </title>\n');
  files.set('index.html', documentOf({ script: entry.fileName, style: style.fileName, program: programDigest(files) }));
  const offline = [...files.keys()].sort();
  const list = offline.map((path) => [path, sha(files.get(path) as string)] as const);
  const sw = await bundle(
    root,
    'src/web/sw.ts',
    { __FILES__: JSON.stringify(list), __BUILD__: JSON.stringify(short(JSON.stringify(list))) },
    { name: 'sw', single: true, fixed: true },
  );
  files.set('sw.js', textOf(sw.find((c) => c.isEntry)));
  const single = await page(true);
  const oneFile = oneFileDocument({
    script: textOf(single.find((c) => c.isEntry)),
    style: textOf(single.find((c) => c.fileName.endsWith('.css'))),
    worker: textOf(workerChunk),
    law: lawForPage(book, true),
  });
  for (const [path, text] of await labFiles(root, common, lawFile)) files.set(path, text);
  for (const [path, text] of await lawPages(root, book, style.fileName)) files.set(path, text);
  files.set('policy.json', `${JSON.stringify(POLICY, null, 2)}\n`);
  return { files, oneFile, offline };
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="#1b5277"/><path d="M96 384h320v-48h-64v-80h-64v-80h-64v-80h-48v288z" fill="#fff"/></svg>\n';

const MANIFEST = `${JSON.stringify({
  name: 'Foothold',
  short_name: 'Foothold',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#fbfaf7',
  theme_color: '#1b5277',
  icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
})}\n`;

/** Writes `dist/web` and `dist/foothold.html`. What is there already and the same is not touched: somebody may be reading it. */
export async function writeWeb(root: string, book: LawBook): Promise<WebBuild> {
  const out = await buildWeb(root, book);
  const dir = join(root, 'dist', 'web');
  const put = (file: string, text: string) => {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [path, text] of out.files) put(join(dir, path), text);
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !out.files.has(relative(dir, file).split(sep).join('/'))) rmSync(file);
  }
  put(join(root, 'dist', 'foothold.html'), out.oneFile);
  return out;
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const root = join(import.meta.dirname, '..');
  const law = buildLaw(root);
  if (law.errors.length) {
    for (const e of law.errors) process.stderr.write(`${e}\n`);
    process.stderr.write('The law has errors; the page was not built.\n');
    process.exitCode = 1;
  } else {
    const out = await writeWeb(root, readBook(readFileSync(join(root, 'dist', 'law.json'), 'utf8')));
    process.stderr.write(
      `dist/web built: ${out.files.size} files; dist/foothold.html: ${out.oneFile.length} characters.\n`,
    );
  }
}
