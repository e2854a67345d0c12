/** The files as built, not the source: what is in them, how large they are, and that they are the same each time. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { buildWeb, lawForPage, nowhere, severalTitles } from '../../scripts/build-web.ts';
import { readBook } from '../../src/law/book.ts';
import type { Provision } from '../../src/law/types.ts';
import { packBook, unpackBook } from '../../src/web/law-pack.ts';
import { built, ONE_FILE, ROOT, WEB } from './built.ts';

const read = (name: string) => readFileSync(join(WEB, name), 'utf8');
const files = () => readdirSync(WEB).filter((f) => f !== 'law' && f !== 'lab' && f !== 'policy.json');
const size = (name: string) => gzipSync(readFileSync(join(WEB, name)), { level: 9 }).length;

test('no way out, no code made from texts, no address in the built files beyond the reviewed list', async () => {
  await built();
  /** What may stand where, and why. */
  const reviewed: readonly (readonly [file: RegExp, found: RegExp, why: string])[] = [
    [/^page-/, /^https:\/\/www\.wikipedia\.org\/$/, 'where "Leave now" goes'],
    [
      /^page-/,
      /^http:\/\/www\.w3\.org\/(2000\/svg|1998\/Math\/MathML|1999\/xhtml)$/,
      'names of XML vocabularies (Preact)',
    ],
    [/^icon/, /^http:\/\/www\.w3\.org\/2000\/svg$/, 'the name of the SVG vocabulary'],
    [/^page-/, /^innerHTML$/, 'Preact, for a property that the linter bans here'],
    [
      /^page-/,
      /^(fetch|XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|WebTransport|sendBeacon)$/,
      'the names of what is taken away first (harden.ts)',
    ],
    [/^sw\.js$/, /^fetch(\()?$/, 'takes the copy that works without a network'],
    [
      /^w-/,
      /^https:\/\/(yaml\.org|github\.com)\//,
      'names of YAML tags and a hint in an error message of the YAML reader',
    ],
    [
      /^w-/,
      /^http:\/\/www\.w3\.org\/(XML\/1998\/namespace|2000\/xmlns\/)$/,
      'names of XML vocabularies (the reader of lists)',
    ],
    [/^w-/, /^https:\/\/age-encryption\.org/, 'README.txt of a vault: how to open it without this program'],
    [
      /^(w|more)-/,
      /^https:\/\/(www\.treasury\.gov|api\.trade\.gov|webgate\.ec\.europa\.eu|www\.gov\.uk|www\.sesam\.search\.admin\.ch|www\.international\.gc\.ca|scsanctions\.un\.org|drs\.nsdc\.gov\.ua)\//,
      'where official lists are, shown as text',
    ],
    [/^law-/, /^https?:/, 'the sources of the law'],
  ];
  const patterns = [
    /\bhttps?:\/\/[^\s"'`<>)\\]+/g,
    /\bwss?:\/\//g,
    /\bfetch\s*\(|["'`]fetch["'`]/g,
    /\b(XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|WebTransport|sendBeacon|importScripts)\b/g,
    /\beval\s*\(|\bnew Function\b|\bFunction\s*\(/g,
    /\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|document\.write/g,
    /\bWebAssembly\b/g,
  ];
  for (const name of files()) {
    const text = read(name);
    const found = new Set(patterns.flatMap((p) => [...text.matchAll(p)].map((m) => m[0])));
    const strays = [...found]
      .map((f) => f.replaceAll(/["'`]/g, ''))
      .filter((f) => !reviewed.some(([file, what]) => file.test(name) && what.test(f)));
    assert.deepEqual(strays, [], name);
  }
});

test('sizes: the first view, the whole copy', async () => {
  await built();
  const html = read('index.html');
  const first = [
    'index.html',
    ...[...html.matchAll(/(?:src|href)="((?:page|style)-[^"]+)"/g)].map((m) => m[1] as string),
  ];
  assert.equal(first.length, 3);
  const view = first.reduce((n, f) => n + size(f), 0);
  assert.ok(view <= 60 * 1024, `the first view has ${view} bytes compressed`);
  const all = files().reduce((n, f) => n + size(f), 0);
  assert.ok(all <= 1.5 * 1024 * 1024, `the whole copy has ${all} bytes compressed`);
});

test('building again gives the same bytes', async () => {
  await built();
  const book = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  const again = await buildWeb(ROOT, book);
  for (const [path, text] of again.files) assert.equal(text === read(path), true, path);
  assert.equal(again.oneFile === readFileSync(ONE_FILE, 'utf8'), true);
  const there = readdirSync(WEB, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length;
  assert.equal(there, again.files.size);
});

/** A provision of the page with its sources called again as the law's file calls them: they stand in the same order. */
function calledAs(p: Provision | undefined, names: readonly string[]): unknown {
  assert.ok(p);
  const short = Object.keys(p.sources);
  assert.equal(short.length, names.length);
  const back = (v: unknown): unknown => {
    if (typeof v !== 'object' || v === null) return v;
    if (Array.isArray(v)) return v.map(back);
    return Object.fromEntries(
      Object.entries(v).map(([k, x]) => {
        const name = (s: string): string => names[short.indexOf(s)] ?? s;
        if (k === 'source' || k === 'against') return [k, typeof x === 'string' ? name(x) : (x as string[]).map(name)];
        if (k === 'sources') return [k, Object.fromEntries(Object.entries(x as object).map(([s, y]) => [name(s), y]))];
        return [k, back(x)];
      }),
    );
  };
  return back(p);
}

test('the law of the page is the whole law, without quotations and worked cases; the one file has the cases as they are shown', async () => {
  await built();
  const whole = readBook(readFileSync(join(ROOT, 'dist', 'law.json'), 'utf8'));
  assert.deepEqual(unpackBook(packBook(whole)), whole);
  const several = severalTitles(whole);
  for (const withCases of [false, true]) {
    const slim = unpackBook(lawForPage(whole, withCases));
    assert.equal(slim.provisions.size, whole.provisions.size);
    assert.equal(slim.digest, whole.digest);
    for (const [id, p] of nowhere(whole.provisions))
      assert.deepEqual(calledAs(slim.provisions.get(id), Object.keys(p.sources)), {
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
          Object.entries(p.sources).map(([k, v]) => [
            k,
            Object.fromEntries(
              Object.entries(v).filter(
                ([f]) => f !== 'quote' && f !== 'text' && !(f === 'title' && several.has(v.url)),
              ),
            ),
          ]),
        ),
      });
  }
});

test('one document, one policy: nothing inline in the page, every script of the one file named by its hash', async () => {
  await built();
  const html = read('index.html');
  assert.equal(/<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/.test(html), false);
  const one = readFileSync(ONE_FILE, 'utf8');
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(one)?.[1] ?? '';
  assert.match(policy, /script-src 'sha256-[^']+';/);
  assert.match(policy, /connect-src 'none'/);
  assert.ok(!policy.includes('unsafe'));
});

test('the page states its own checksum, which whoever has its files works out as docs/release.md says', async () => {
  await built();
  const sum = (text: string) => createHash('sha256').update(text).digest('hex');
  const stated = (html: string) => /<meta name="program" content="([0-9a-f]{64})">/.exec(html)?.[1];
  const command = /```sh\n(cd web && [^`]+)```/.exec(readFileSync(join(ROOT, 'docs', 'release.md'), 'utf8'))?.[1];
  const r = spawnSync('sh', ['-c', command as string], { cwd: join(ROOT, 'dist'), encoding: 'utf8' });
  assert.equal(r.stdout, `${stated(read('index.html'))}  -\n`, r.stderr);
  const one = readFileSync(ONE_FILE, 'utf8');
  const part = (open: string, end: string) => one.slice(one.indexOf(open) + open.length).split(end)[0] as string;
  const parts = [
    part('<style>', '</style>'),
    part('id="worker">', '</script>'),
    part('id="law">', '</script>'),
    part('<script type="module">', '</script>'),
  ];
  assert.equal(stated(one), sum(parts.map(sum).join(' ')));
});
