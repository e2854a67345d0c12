/**
 * A server of files on the loopback address: what is in one folder and nothing else, with the headers that the page asks
 * for. It keeps no log, reads no body, and knows nobody.
 */
import { createReadStream, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.xml': 'application/atom+xml; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

type Headers = { readonly [name: string]: string };
/** `policy.json` of the build: headers of documents, and of the files named. */
export type Policy = { readonly documents: Headers; readonly [file: string]: Headers };

export type StaticOptions = {
  /** The folder that is served. It holds `policy.json`. */
  readonly root: string;
  /** Names under which the server answers; any other is refused, so that no other site can reach it through a name of its own. */
  readonly hosts?: readonly string[];
};

/** Answers requests for files; for a server that does other things too. */
export function fileHandler(options: StaticOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const root = realpathSync(options.root);
  const policyFile = join(root, 'policy.json');
  const policy: Policy = existsSync(policyFile)
    ? (JSON.parse(readFileSync(policyFile, 'utf8')) as Policy)
    : { documents: {} };
  return (request, response) => {
    answer(root, policy, options.hosts, request, response);
  };
}

/** The server, not yet listening. */
export const staticServer = (options: StaticOptions): Server => createServer(fileHandler(options));

function answer(
  root: string,
  policy: Policy,
  hosts: readonly string[] | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): ServerResponse {
  const refuse = (code: number, words: string) => {
    response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8', ...policy.documents });
    return response.end(`${words}\n`);
  };
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (hosts && !hosts.includes(host)) return refuse(421, 'This server answers to its loopback address only.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'Only reading.');
  let path: string;
  try {
    path = decodeURIComponent((request.url ?? '/').replace(/[?#].*$/, ''));
  } catch {
    return refuse(400, 'This address is not readable.');
  }
  if (path.endsWith('/')) path += 'index.html';
  const file = join(root, path);
  if (path.includes('\0') || !file.startsWith(root + sep) || !existsSync(file)) return refuse(404, 'Nothing is here.');
  const real = realpathSync(file);
  const stat = statSync(real);
  if (!real.startsWith(root + sep) || !stat.isFile()) return refuse(404, 'Nothing is here.');
  const name = path.slice(1);
  const type = TYPES[extname(real)] ?? 'application/octet-stream';
  // Names of files that carry a hash never change what they hold; all others are asked for anew.
  const lasting = /-[\w-]{8,}\.(js|css)$/.test(name);
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
  for (const [key, value] of Object.entries(policy[name] ?? policy.documents)) response.setHeader(key, value);
  response.setHeader('Vary', 'Accept-Encoding');
  const packs = /^(text|application\/(json|atom|manifest))|svg/.test(type);
  const gzip = packs && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (gzip) response.setHeader('Content-Encoding', 'gzip');
  else response.setHeader('Content-Length', stat.size);
  response.writeHead(200);
  if (request.method === 'HEAD') return response.end();
  const source = createReadStream(real);
  source.on('error', () => response.destroy());
  if (gzip) source.pipe(createGzip({ level: 9 })).pipe(response);
  else source.pipe(response);
  return response;
}

/** Listens on the loopback address. Resolves with the port: the one asked for, or a free one (0). */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as { port: number }).port);
    });
  });
}
