/** The files of a vault in a browser: a saving that is cut off leaves the old case or the new; two writers lose nothing, with locks and without. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { openBrowser, openPage, serveFolder } from './browser.ts';
import { built, ROOT, WEB } from './built.ts';

const LONG = process.env.FOOTHOLD_LONG === '1';

test('a worker that ends in the middle of savings leaves each case as it was or as it was to be, and the vault whole', async () => {
  const served = await serveFolder(await built());
  // The test drives the worker itself, past the page's policy; the worker is the one of the build.
  const browser = await openBrowser({ lang: 'en', more: { bypassCSP: true } });
  try {
    const page = await openPage(browser.context, served.url);
    const script = readdirSync(WEB).find((f) => /^w-/.test(f)) as string;
    const law = readdirSync(WEB).find((f) => /^law-/.test(f)) as string;
    const report = await page.evaluate(
      async ({ script, law, rounds }) => {
        const pass = 'cut off in the middle of it';
        const start = () => {
          const worker = new Worker(script, { type: 'module' });
          const waiting = new Map<number, { ok(v: unknown): void; no(e: Error): void }>();
          let next = 1;
          worker.onmessage = ({ data }) => {
            const w = waiting.get(data.id);
            if (w) data.error === undefined ? w.ok(data.answer) : w.no(new Error(`${data.fault} ${data.error}`));
          };
          worker.postMessage({ law: new URL(law, document.baseURI).href });
          const call = <T>(name: string, ask: object): Promise<T> =>
            new Promise((ok, no) => {
              waiting.set(next, { ok: ok as (v: unknown) => void, no });
              worker.postMessage({ id: next++, call: name, ask });
            });
          return { worker, call };
        };
        type Case = { version: string; read: { answers: { savings?: { v: string } } } };
        const now = '2026-11-23 12:00';
        const answers = (n: number) => ({ savings: { k: 'value', v: `${n} EUR` } });
        const savingsIn = (c: Case) => Number.parseInt(String(c.read.answers.savings?.v), 10);
        let at = start();
        await at.call('vaultNew', { passphrase: pass, recovery: false, now });
        await at.call('vaultAdd', { label: 'one', answers: answers(0), now });
        await at.call('vaultAdd', { label: 'two', answers: answers(7), now });
        let sent = 0;
        let kept = 0;
        let counter = 0;
        const strange: string[] = [];
        let cut = 0;
        for (let i = 0; i < rounds; i++) {
          const c = await at.call<Case>('vaultCase', { number: 1, lang: 'en' });
          let version = c.version;
          const saving = (async () => {
            for (;;) {
              const n = ++sent;
              version = await at.call<string>('vaultSave', { number: 1, version, answers: answers(n), now });
              kept = n;
            }
          })();
          saving.catch(() => undefined);
          // On a busy machine a saving may take longer than any of these waits: the first round sees one through.
          while (i === 0 && kept === 0) await new Promise((done) => setTimeout(done, 5));
          await new Promise((done) => setTimeout(done, 5 + Math.random() * 120));
          at.worker.terminate();
          cut++;
          at = start();
          const info = await at.call<{ counter: number }>('vaultUnlock', { passphrase: pass });
          const whole = await at.call<{ troubles: unknown[] }>('vaultVerify', {});
          const value = savingsIn(await at.call<Case>('vaultCase', { number: 1, lang: 'en' }));
          const other = savingsIn(await at.call<Case>('vaultCase', { number: 2, lang: 'en' }));
          if (whole.troubles.length) strange.push(`round ${i}: ${JSON.stringify(whole.troubles)}`);
          if (value < kept || value > sent) strange.push(`round ${i}: ${value}, kept ${kept}, sent ${sent}`);
          if (other !== 7) strange.push(`round ${i}: the other case has ${other}`);
          if (info.counter < counter) strange.push(`round ${i}: saving ${info.counter} after ${counter}`);
          counter = info.counter;
          kept = Math.max(kept, value);
        }
        return { strange, cut, sent };
      },
      { script, law, rounds: LONG ? 150 : 4 },
    );
    assert.deepEqual(report.strange, []);
    assert.ok(report.cut > 0 && report.sent > report.cut, JSON.stringify(report));
  } finally {
    await browser.close();
    await served.close();
  }
});

test('without locks of the browser a lease does: nothing lost between writers, and who lost the lease writes nothing', async () => {
  const served = await serveFolder(await built());
  const browser = await openBrowser({ lang: 'en', more: { bypassCSP: true } });
  try {
    const bundled = await build({
      absWorkingDir: ROOT,
      entryPoints: [join('src', 'web', 'vault', 'browser-store.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'kept',
      logLevel: 'warning',
    });
    const page = await openPage(browser.context, served.url, null);
    await page.addScriptTag({ content: bundled.outputFiles[0]?.text as string });
    const got = await page.evaluate(async () => {
      type Store = {
        read(p: string): Promise<Uint8Array | undefined>;
        write(p: string, b: Uint8Array): Promise<void>;
        exclusive<T>(w: () => Promise<T>): Promise<T>;
      };
      const { BrowserStore } = (globalThis as unknown as { kept: { BrowserStore: new () => Store } }).kept;
      const add = (s: Store) =>
        s.exclusive(async () => {
          const n = (await s.read('index.age'))?.[0] ?? 0;
          await new Promise((done) => setTimeout(done, 1));
          await s.write('index.age', Uint8Array.of(n + 1));
        });
      const count = async () => {
        const [a, b] = [new BrowserStore(), new BrowserStore()];
        await a.exclusive(() => a.write('index.age', Uint8Array.of(0)));
        for (let i = 0; i < 10; i++) await Promise.all([add(a), add(b)]);
        return (await a.read('index.age'))?.[0];
      };
      const withLocks = await count();
      Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
      const withoutLocks = await count();
      // Somebody whose lease was taken by another (a tab that slept) must not write any more.
      const slow = new BrowserStore();
      let refused = '';
      await slow
        .exclusive(async () => {
          const db = await new Promise<IDBDatabase>((done) => {
            const r = indexedDB.open('shelf');
            r.onsuccess = () => done(r.result);
          });
          const tx = db.transaction('notes', 'readwrite');
          tx.objectStore('notes').put({ owner: 'another', until: Date.now() + 10_000 }, 'lease');
          await new Promise((done) => {
            tx.oncomplete = done;
          });
          db.close();
          await slow.write('index.age', Uint8Array.of(99));
        })
        .catch((e: Error & { fault?: string }) => {
          refused = String(e.fault);
        });
      return { withLocks, withoutLocks, refused, after: (await slow.read('index.age'))?.[0] };
    });
    assert.deepEqual(got, { withLocks: 20, withoutLocks: 20, refused: 'busy', after: 20 });
  } finally {
    await browser.close();
    await served.close();
  }
});
