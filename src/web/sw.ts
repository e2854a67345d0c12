/**
 * The copy that works without a network. Everybody's copy is the same, whole, taken at once and checked file by file; it
 * never looks for anything newer by itself, and a new version waits until no window of the old one is open.
 */
/** Path and SHA-256 (hex) of every file of the page; filled in by the build. */
declare const __FILES__: readonly (readonly [path: string, sha256: string])[];
declare const __BUILD__: string;

type Waits = Event & { waitUntil(p: Promise<unknown>): void };
type Asks = Waits & { readonly request: Request; respondWith(r: Promise<Response>): void };
const scope = self as unknown as {
  addEventListener(type: string, act: (e: never) => void): void;
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
};
const CACHE = `page-${__BUILD__}`;

async function take(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    __FILES__.map(async ([path, sha256]) => {
      const url = new URL(path, scope.registration.scope).href;
      const response = await fetch(url, { cache: 'reload', credentials: 'omit' });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      const bytes = await response.clone().arrayBuffer();
      const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
        .map((b) => b.toString(16).padStart(2, '0'))
        .join('');
      // A mixture of two versions, or a file changed on the way, is no copy of the page.
      if (digest !== sha256) throw new Error(`${path}: another file than this version has`);
      await cache.put(url, response);
    }),
  );
}

scope.addEventListener('install', (e: Waits) => e.waitUntil(take()));

scope.addEventListener('activate', (e: Waits) =>
  e.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
      await scope.clients.claim();
    })(),
  ),
);

scope.addEventListener('fetch', (e: Asks) => {
  const url = new URL(e.request.url);
  if (e.request.method !== 'GET' || !url.href.startsWith(scope.registration.scope)) return;
  const path = url.href.slice(scope.registration.scope.length).replace(/[?#].*$/, '');
  const known = path === '' ? 'index.html' : path;
  // The law's own pages and the feed are read from where they lie; everything of the page from the copy.
  if (!__FILES__.some(([p]) => p === known)) return;
  e.respondWith(
    (async () => {
      const cache = await caches.open(CACHE);
      return (await cache.match(new URL(known, scope.registration.scope).href)) ?? fetch(e.request);
    })(),
  );
});
