/** The documents around the page, and the policies they and their server state. */
import { createHash } from 'node:crypto';

const TRUSTED = "require-trusted-types-for 'script'; trusted-types foothold";

/** What a server should send with the documents, and with the service worker alone. `docs/page.md` says why. */
export const POLICY = {
  documents: {
    'Content-Security-Policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'none'; worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; ${TRUSTED}`,
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
  },
  'sw.js': {
    'Content-Security-Policy': "default-src 'none'; connect-src 'self'",
    'Cache-Control': 'public, max-age=86400',
    'X-Content-Type-Options': 'nosniff',
  },
} as const;

/** The part of the policy that a document can state for itself, where its server states none. */
const META = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'none'; worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; ${TRUSTED}`;

const HEAD = `<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="google" content="notranslate">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="robots" content="noarchive">
<title>Foothold</title>`;

const NO_SCRIPT = (law: string) =>
  `<noscript><p>This page works with JavaScript, on your device alone. ${law}<p lang="ru">Странице нужен JavaScript; он работает только на вашем устройстве.</noscript>`;

/** What all documents around a script have in common. `head`: what a document says of itself beside it; `body`: what follows the page. */
function shell(policy: string, head: readonly string[], body: readonly string[]): string {
  return `<!doctype html>
<html lang="en" translate="no">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
${[HEAD, ...head].join('\n')}
</head>
<body>
<div id="page"></div>
${body.join('\n')}
</body>
</html>
`;
}

export function documentOf(p: { readonly script: string; readonly style: string; readonly program: string }): string {
  return shell(
    META,
    [
      `<meta name="program" content="${p.program}">`,
      `<link rel="stylesheet" href="${p.style}">`,
      '<link rel="manifest" href="page.webmanifest">',
      '<link rel="icon" href="icon.svg" type="image/svg+xml">',
      `<script type="module" src="${p.script}"></script>`,
    ],
    [
      NO_SCRIPT(
        'The law can be read without it: <a href="law/en/index.html">the law</a>, <a href="law/ru/index.html" lang="ru">право</a>.',
      ),
    ],
  );
}

/** The explorer of the lab: a document of its own, one folder down. */
export function labDocument(p: { readonly script: string; readonly style: string }): string {
  return shell(
    META,
    [
      `<link rel="stylesheet" href="${p.style}">`,
      '<link rel="icon" href="../icon.svg" type="image/svg+xml">',
      `<script type="module" src="${p.script}"></script>`,
    ],
    [NO_SCRIPT('The lab also runs on the command line: <code>foothold lab</code>.')],
  );
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
/** A text within a script element: nothing in it may end the element. */
const inert = (text: string): string => text.replaceAll(/<(?=\/script|!--|script)/gi, '\\u003c');

/**
 * Everything in one document, each of its scripts and styles named by its hash. What it says of itself is the checksum of the checksums of
 * its four parts as they stand there: style, worker, law, script.
 */
export function oneFileDocument(p: {
  readonly script: string;
  readonly style: string;
  readonly worker: string;
  readonly law: string;
}): string {
  const [script, worker, law] = [inert(p.script), inert(p.worker), inert(p.law)];
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(p.style)}; img-src blob:; connect-src 'none'; worker-src blob:; form-action 'none'; base-uri 'none'; object-src 'none'; ${TRUSTED}`;
  return shell(
    policy,
    [
      `<meta name="program" content="${sha([p.style, worker, law, script].map(sha).join(' '))}">`,
      `<style>${p.style}</style>`,
    ],
    [
      NO_SCRIPT(''),
      `<script type="text/plain" id="worker">${worker}</script>`,
      `<script type="text/plain" id="law">${law}</script>`,
      `<script type="module">${script}</script>`,
    ],
  );
}
