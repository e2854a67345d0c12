/** The watch over sources, against a server on this machine that behaves as the web does. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { PDFDocument, StandardFonts } from 'pdf-lib';
import { decode, htmlText, textOf } from '../../scripts/watch/extract.ts';
import { addressOf, judge, sameAddress, type Verdict } from '../../scripts/watch/judge.ts';
import { findPassage, pieces, plain } from '../../scripts/watch/passage.ts';
import { Visitor } from '../../scripts/watch/visit.ts';
import { report, type State, type Watched, watch } from '../../scripts/watch/watch.ts';

type Handler = (req: IncomingMessage, res: ServerResponse) => void;
const pages = new Map<string, Handler>();
const seen: { path: string; agent: string | undefined; at: number; running: number }[] = [];
let running = 0;
let server: Server;
let root = '';

before(async () => {
  server = createServer((req, res) => {
    running++;
    seen.push({ path: req.url ?? '', agent: req.headers['user-agent'], at: performance.now(), running });
    res.on('close', () => running--);
    const h = pages.get(req.url ?? '');
    if (h) h(req, res);
    else res.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
  });
  await new Promise<void>((r) => server.listen(0, '127.0.0.1', r));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const QUICK = { pause: 5, timeout: 400, longestWait: 50, largest: 200_000 } as const;
const send =
  (body: string | Uint8Array, type = 'text/html; charset=utf-8', status = 200): Handler =>
  (_, res) =>
    void res.writeHead(status, { 'content-type': type }).end(body);

async function verdict(path: string, quote: string | undefined): Promise<Verdict> {
  return judge({ url: root + path, quote }, await new Visitor(QUICK).visit(root + path));
}

/** A page as sites make them: a menu, a date, the passage among other words, a footer. */
const page = (passage: string, menu = 'Home News Contacts', date = '1 January 2026') =>
  `<!doctype html><html><head><title>x</title><script>var a="${date}";</script></head><body><nav>${menu}</nav><p>${date}</p><div><p>Words before it, of no matter.</p><p>${passage}</p><p>Words after it; more and more of them, so that the page is not a short one. ${'lorem ipsum dolor '.repeat(30)}</p></div><footer>© ${date}</footer></body></html>`;

/** A passage in each language of the law's sources, with a number that matters. */
const PASSAGES: readonly (readonly [lang: string, charset: string, text: string, from: string, to: string])[] = [
  ['Russian', 'windows-1251', 'Граждане могут находиться без визы до 90 дней в течение каждых 180 дней', '90', '60'],
  [
    'Russian in KOI8-R',
    'koi8-r',
    'Граждане могут находиться без визы до 90 дней в течение каждых 180 дней',
    '180',
    '365',
  ],
  ['Georgian', 'utf-8', 'უცხოელს უფლება აქვს იმყოფებოდეს საქართველოში 365 დღის განმავლობაში', '365', '180'],
  ['Armenian', 'utf-8', 'Օտարերկրացին կարող է գտնվել Հայաստանում տարեկան 180 օր', '180', '90'],
  ['Turkish', 'iso-8859-9', 'Yabancılar Türkiye’de her 180 gün içinde en çok 90 gün kalabilir', '90', '60'],
  ['Hebrew', 'windows-1255', 'אזרח רשאי לשהות בישראל עד 90 ימים בכל ביקור', '90', '30'],
  ['Thai', 'windows-874', 'ผู้ถือหนังสือเดินทางอยู่ในราชอาณาจักรได้ไม่เกิน 60 วัน', '60', '30'],
  [
    'German',
    'iso-8859-1',
    'ein Bruttojahresgehalt in Höhe von mindestens 48.300 Euro für die Erteilung',
    '48.300',
    '50.700',
  ],
  [
    'Polish',
    'iso-8859-2',
    'cudzoziemiec może przebywać na terytorium nie dłużej niż 90 dni w każdym okresie',
    '90',
    '30',
  ],
  ['English', 'utf-8', 'may stay for up to 30 days from the date of each entry', '30', '90'],
];

/** Bytes of a text in an old encoding, by turning the decoder round. */
function encode(text: string, charset: string): Uint8Array {
  if (charset === 'utf-8') return new TextEncoder().encode(text);
  const table = new Map<string, number>();
  const decoder = new TextDecoder(charset);
  for (let b = 0; b < 256; b++) table.set(decoder.decode(new Uint8Array([b])), b);
  return Uint8Array.from([...text], (c) => table.get(c) ?? table.get('?') ?? 63);
}

describe('a passage, in every language of the sources', () => {
  for (const [lang, charset, text, from, to] of PASSAGES) {
    // What the encoding cannot say is left out of the test's own text, as it would be on such a page.
    const sayable = decode(encode(text, charset), `text/html; charset=${charset}`);
    it(`${lang} (${charset}): found where it stands, and caught when one number is another`, async () => {
      pages.set('/lang', send(encode(page(sayable), charset), `text/html; charset=${charset}`));
      assert.deepEqual(await verdict('/lang', sayable), { state: 'unchanged' });
      // The page's own word for the encoding, where the header says none.
      pages.set(
        '/lang',
        send(encode(page(sayable).replace('<head>', `<head><meta charset="${charset}">`), charset), 'text/html'),
      );
      assert.deepEqual(await verdict('/lang', sayable), { state: 'unchanged' });
      pages.set('/lang', send(encode(page(sayable.replace(from, to)), charset), `text/html; charset=${charset}`));
      const v = await verdict('/lang', sayable);
      assert.equal(v.state, 'changed', JSON.stringify(v));
      if (v.state === 'changed') {
        assert.ok(v.was.includes(from), v.was);
        assert.ok(v.is.includes(to), v.is);
      }
    });
  }

  it('no false alarm on two hundred pages whose menus, dates, markup and quotation marks changed', () => {
    let n = 0;
    for (const [, , text] of PASSAGES)
      for (let i = 0; i < 20; i++) {
        const marked = text
          .replace(/ /g, (s, at: number) => (at % 7 === i % 7 ? ' <b></b>' : at % 5 === 0 ? '&nbsp;' : s))
          .replace(/^(\S+)/, i % 2 ? '<a href="/x">$1</a>' : '$1');
        const html = page(
          marked,
          `Menu ${i} ${i * 31} items ${2000 + i}`,
          `${1 + (i % 28)} March ${2020 + (i % 9)}, updated 9${i} days ago`,
        );
        assert.deepEqual(findPassage(htmlText(html), text), { state: 'unchanged' }, html);
        n++;
      }
    assert.equal(n, 200);
  });

  it('a quotation with words left out is found piece by piece', () => {
    const text =
      'Aliens who hold a permit may stay for ninety days. Others, as the law says, must leave within ten days.';
    assert.deepEqual(pieces('may stay for ninety days … must leave within ten days'), [
      'may stay for ninety days',
      'must leave within ten days',
    ]);
    assert.equal(findPassage(text, 'may stay for ninety days … must leave within ten days').state, 'unchanged');
    assert.equal(findPassage(text, 'may stay for ninety days … must leave within five days').state, 'changed');
    assert.equal(findPassage(text, 'quite other words about fishing in the northern rivers').state, 'missing');
    assert.equal(plain('«Так» — “so”\u00a0x'), plain('"Так" - "so" x'));
  });
});

describe('what the web does', () => {
  const QUOTE = 'may stay for up to 30 days from the date of each entry';
  it('an address that sends on: moved, if the passage is there', async () => {
    pages.set('/old', (_, res) => void res.writeHead(301, { location: '/new' }).end());
    pages.set('/new', send(page(QUOTE)));
    assert.deepEqual(await verdict('/old', QUOTE), { state: 'moved', to: `${root}/new` });
    pages.set('/slash', (_, res) => void res.writeHead(302, { location: '/slash/' }).end());
    pages.set('/slash/', send(page(QUOTE)));
    assert.deepEqual(await verdict('/slash', QUOTE), { state: 'unchanged' });
    pages.set('/round', (_, res) => void res.writeHead(302, { location: '/round' }).end());
    assert.match(JSON.stringify(await verdict('/round', QUOTE)), /not-told.*sent on more than/);
  });
  it('a login, a robot check, an empty shell: not told', async () => {
    pages.set('/login', send('<html><body><form><input type="password"></form></body></html>'));
    assert.equal((await verdict('/login', QUOTE)).state, 'not-told');
    pages.set('/check', send('<html><body>Just a moment... Checking your browser before you go on</body></html>'));
    assert.equal((await verdict('/check', QUOTE)).state, 'not-told');
    pages.set('/shell', send('<html><body><div id="root"></div><script>boot()</script></body></html>'));
    assert.equal((await verdict('/shell', QUOTE)).state, 'not-told');
    pages.set('/403', send('no', 'text/html', 403));
    assert.equal((await verdict('/403', QUOTE)).state, 'not-told');
  });
  it('gone: 404, 410, and a site that says so with status 200, in several languages', async () => {
    assert.equal((await verdict('/nothing', QUOTE)).state, 'gone');
    pages.set('/410', send('', 'text/html', 410));
    assert.equal((await verdict('/410', QUOTE)).state, 'gone');
    for (const words of [
      'Page not found',
      'Страница не найдена',
      'Sayfa bulunamadı',
      'Die Seite wurde nicht gefunden',
      'גვერდი',
      'גדף',
    ].slice(0, 4)) {
      pages.set('/soft', send(`<html><body><h1>${words}</h1><p>${'menu '.repeat(100)}</p></body></html>`));
      const v = await verdict('/soft', QUOTE);
      assert.equal(v.state, 'gone', words);
    }
    pages.set(
      '/other',
      send(page('Quite another page, about the weather in spring and the fishing season on the coast.')),
    );
    assert.deepEqual(await verdict('/other', QUOTE), { state: 'gone', why: 'the passage is not in the page' });
  });
  it('a server that does not answer, or sends without end', async () => {
    pages.set('/slow', () => undefined);
    assert.match(JSON.stringify(await verdict('/slow', QUOTE)), /no answer within/);
    pages.set('/endless', (_, res) => {
      res.writeHead(200, { 'content-type': 'text/html' });
      const more = () =>
        void (res.writable && res.write('x'.repeat(50_000)) ? setImmediate(more) : res.once('drain', more));
      more();
    });
    assert.match(JSON.stringify(await verdict('/endless', QUOTE)), /larger than/);
    assert.match(
      JSON.stringify(
        await judge(
          { url: 'http://127.0.0.1:1/', quote: QUOTE },
          await new Visitor(QUICK).visit('http://127.0.0.1:1/'),
        ),
      ),
      /not-told/,
    );
  });
  it('a PDF is read; one of pictures is not told', async () => {
    const pdf = await PDFDocument.create();
    const sheet = pdf.addPage();
    sheet.drawText(QUOTE, { x: 40, y: 700, size: 12, font: await pdf.embedFont(StandardFonts.Helvetica) });
    pages.set('/law.pdf', send(await pdf.save(), 'application/pdf'));
    assert.deepEqual(await verdict('/law.pdf', QUOTE), { state: 'unchanged' });
    assert.equal((await verdict('/law.pdf', QUOTE.replace('30', '90'))).state, 'changed');
    const empty = await PDFDocument.create();
    empty.addPage();
    pages.set('/scan.pdf', send(await empty.save(), 'application/pdf'));
    assert.match(JSON.stringify(await verdict('/scan.pdf', QUOTE)), /not-told.*pictures/);
    pages.set('/torn.pdf', send('%PDF-1.7 torn', 'application/pdf'));
    assert.equal((await verdict('/torn.pdf', QUOTE)).state, 'not-told');
  });
  it('what has no quotation is never called unchanged', async () => {
    pages.set('/plain', send(page('x')));
    assert.equal((await verdict('/plain', undefined)).state, 'not-told');
  });
  it('bytes of any kind are text or are refused, never a fall', async () => {
    for (let i = 0; i < 200; i++) {
      const bytes = crypto.getRandomValues(new Uint8Array(300));
      for (const type of ['text/html', 'text/html; charset=nonsense', 'application/pdf', 'image/png', ''])
        await textOf(bytes, type).catch((e: Error) => assert.equal(e.constructor.name, 'NotReadable', String(e)));
    }
  });
});

describe('manners', () => {
  it('robots.txt is asked first, once, and respected', async () => {
    pages.set('/robots.txt', send('User-agent: *\nDisallow: /private\n', 'text/plain'));
    seen.length = 0;
    const v = new Visitor(QUICK);
    pages.set('/private/law', send(page('x')));
    assert.deepEqual(await v.visit(`${root}/private/law`), { kind: 'refused', why: 'robots.txt asks not to' });
    await v.visit(`${root}/plain`);
    assert.deepEqual(
      seen.map((s) => s.path),
      ['/robots.txt', '/plain'],
    );
    assert.match(seen[0]?.agent ?? '', /^foothold-source-watch\//);
    pages.delete('/robots.txt');
  });
  it('one request at a time to a host, with a pause between them', async () => {
    for (let i = 0; i < 8; i++)
      pages.set(`/many${i}`, (_, res) => void setTimeout(() => res.writeHead(200).end('x'), 15));
    seen.length = 0;
    const v = new Visitor({ ...QUICK, pause: 40 });
    await Promise.all(Array.from({ length: 8 }, (_, i) => v.visit(`${root}/many${i}`)));
    assert.ok(
      seen.every((s) => s.running === 1),
      'two requests at once',
    );
    for (let i = 1; i < seen.length; i++)
      assert.ok((seen[i]?.at as number) - (seen[i - 1]?.at as number) >= 38, `request ${i} came too soon`);
  });
  it('a busy host is asked again later, as often as is polite, and not when it asks for a long wait', async () => {
    let n = 0;
    pages.set(
      '/busy',
      (_, res) =>
        void (++n < 3
          ? res.writeHead(429, { 'retry-after': '0' }).end()
          : res
              .writeHead(200, { 'content-type': 'text/html' })
              .end(page('back again and well, these words stand here'))),
    );
    assert.deepEqual(await verdict('/busy', 'back again and well, these words stand here'), { state: 'unchanged' });
    let asked = 0;
    pages.set('/closed', (_, res) => {
      asked++;
      res.writeHead(503, { 'retry-after': '3600' }).end();
    });
    assert.match(JSON.stringify(await verdict('/closed', 'x y z w')), /busy/);
    assert.equal(asked, 1);
  });
});

describe('a run', () => {
  const QUOTE = 'may stay for up to 30 days from the date of each entry';
  const source = (path: string, persons: number, quote = QUOTE): Watched => ({
    url: root + path,
    quote,
    provisions: [`xx${path}`],
    persons,
  });

  it('asks only whether a page has changed; takes "not modified" for an answer only where all was well', async () => {
    let full = 0;
    pages.set('/tagged', (req, res) => {
      if (req.headers['if-none-match'] === '"1"') return void res.writeHead(304).end();
      full++;
      res.writeHead(200, { 'content-type': 'text/html', etag: '"1"' }).end(page(QUOTE));
    });
    const sources = [source('/tagged', 1)];
    let state: State = await watch(sources, {}, { manners: QUICK, today: '2026-11-27' });
    state = await watch(sources, state, { manners: QUICK, today: '2026-11-28' });
    assert.equal(full, 1);
    assert.deepEqual(
      Object.values(state).map((s) => [s.verdict.state, s.on]),
      [['unchanged', '2026-11-28']],
    );
    const changed = [source('/tagged', 1, QUOTE.replace('30', '45'))];
    state = await watch(changed, {}, { manners: QUICK, today: '2026-11-27' });
    state = await watch(changed, state, { manners: QUICK, today: '2026-11-28' });
    assert.equal(
      Object.values(state)[0]?.verdict.state,
      'changed',
      'a change that was seen is not forgotten over a 304',
    );
  });

  it('goes on where it was interrupted, and looks at nothing twice in a day', async () => {
    for (const p of ['/a', '/b', '/c']) pages.set(p, send(page(QUOTE)));
    const sources = [source('/a', 3), source('/b', 2), source('/c', 1)];
    let kept: State = {};
    await watch(
      sources.slice(0, 2),
      {},
      { manners: QUICK, today: '2026-11-27', remember: (s) => (kept = structuredClone(s)) },
    );
    seen.length = 0;
    const state = await watch(sources, kept, { manners: QUICK, today: '2026-11-27' });
    assert.deepEqual(
      seen.map((s) => s.path).filter((p) => p !== '/robots.txt'),
      ['/c'],
    );
    assert.equal(Object.keys(state).length, 3);
  });

  it('the report: what needs a hand first, what most answers hang on first', async () => {
    pages.set('/few', send(page(QUOTE.replace('30', '15'))));
    pages.set('/lots', send(page(QUOTE.replace('30', '10'))));
    const sources = [source('/lots', 90), source('/few', 2), source('/a', 50), source('/nothing-there', 7)];
    const text = report(sources, await watch(sources, {}, { manners: QUICK, today: '2026-11-27' }));
    const at = (s: string) => text.indexOf(s);
    assert.ok(at('## Changed') > 0 && at('## Changed') < at('## Gone') && at('## Gone') < at('## Unchanged (1)'));
    assert.ok(at('xx/lots') < at('xx/few'));
    assert.match(text, /was: .*30 days.*\n {2}is: {2}.*10 days/);
  });
});

describe('addresses', () => {
  it('a statute in a public mirror is looked at in its newest version', () => {
    assert.deepEqual(addressOf('https://github.com/a/b/blob/cce3209c04aaea4b65ec92e7a0f8ff413bce1696/laws/X.md'), {
      visit: 'https://raw.githubusercontent.com/a/b/HEAD/laws/X.md',
      pinned: true,
    });
    assert.equal(addressOf('https://example.org/x').pinned, false);
  });
  it('https, www and a last slash are no move', () => {
    assert.equal(sameAddress('http://www.example.org/a/', 'https://example.org/a'), true);
    assert.equal(sameAddress('https://example.org/a', 'https://example.org/b'), false);
  });
});
