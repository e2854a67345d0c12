/**
 * Visits addresses politely: one request at a time to a host, with a pause; robots.txt respected; nothing asked again that has not changed;
 * backing off when asked to; bounded in size, time and number.
 */
import robots from 'robots-parser';

/** The package is CommonJS; its types say otherwise. */
const robotsParser = robots as unknown as (
  url: string,
  text: string,
) => { isDisallowed(url: string, agent: string): boolean | undefined };

export type Visit =
  | {
      readonly kind: 'page';
      readonly url: string;
      readonly status: number;
      readonly type: string;
      readonly bytes: Uint8Array;
      readonly etag?: string;
      readonly modified?: string;
    }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string; readonly status?: number };

export type Manners = {
  /** Milliseconds between two requests to one host. */
  readonly pause: number;
  /** Milliseconds for one request. */
  readonly timeout: number;
  /** Bytes of one page. */
  readonly largest: number;
  readonly redirects: number;
  /** How often a busy host (429, 503) is asked again. */
  readonly retries: number;
  /** The longest wait a host may ask for, milliseconds; a longer one is left for another day. */
  readonly longestWait: number;
  readonly agent: string;
};

export const MANNERS: Manners = {
  pause: 3_000,
  timeout: 30_000,
  largest: 20 * 2 ** 20,
  redirects: 5,
  retries: 2,
  longestWait: 60_000,
  agent: 'foothold-source-watch/1 (checks quotations of law; one request at a time)',
};

type Validators = { readonly etag?: string; readonly modified?: string };

export class Visitor {
  private readonly manners: Manners;
  private readonly robots = new Map<string, Promise<ReturnType<typeof robotsParser> | undefined>>();
  private readonly queues = new Map<string, Promise<unknown>>();
  private readonly last = new Map<string, number>();
  /** Requests made, robots.txt included. */
  requests = 0;

  constructor(manners: Partial<Manners> = {}) {
    this.manners = { ...MANNERS, ...manners };
  }

  /** Visits one address; requests to one host wait for each other, whoever asks. Never throws. */
  async visit(url: string, known: Validators = {}): Promise<Visit> {
    try {
      const u = new URL(url);
      if (u.protocol !== 'https:' && u.protocol !== 'http:')
        return { kind: 'refused', why: `not a web address (${u.protocol})` };
    } catch {
      return { kind: 'failed', why: 'not an address' };
    }
    return this.go(url, known);
  }

  private async go(start: string, known: Validators): Promise<Visit> {
    let url = start;
    for (let hop = 0; hop <= this.manners.redirects; hop++) {
      const allowed = await this.allowed(url);
      if (allowed !== true) return { kind: 'refused', why: allowed };
      const r = await this.patient(url, hop === 0 ? known : {});
      if (r.kind !== 'redirect') return r;
      try {
        url = new URL(r.to, url).href;
      } catch {
        return { kind: 'failed', why: `sent on to "${r.to.slice(0, 200)}", which is no address` };
      }
    }
    return { kind: 'failed', why: `sent on more than ${this.manners.redirects} times` };
  }

  private async allowed(url: string): Promise<true | string> {
    const { origin } = new URL(url);
    let robots = this.robots.get(origin);
    if (!robots) {
      robots = this.patient(`${origin}/robots.txt`, {}).then((r) =>
        r.kind === 'page' && r.status === 200
          ? robotsParser(`${origin}/robots.txt`, new TextDecoder().decode(r.bytes))
          : undefined,
      );
      this.robots.set(origin, robots);
    }
    return (await robots)?.isDisallowed(url, this.manners.agent) ? 'robots.txt asks not to' : true;
  }

  private async patient(url: string, known: Validators): Promise<Visit | { kind: 'redirect'; to: string }> {
    for (let attempt = 0; ; attempt++) {
      const r = await this.once(url, known);
      if (r.kind !== 'busy') return r;
      if (attempt >= this.manners.retries || r.wait > this.manners.longestWait)
        return { kind: 'failed', why: `busy (${r.status})`, status: r.status };
      await sleep(Math.max(r.wait, this.manners.pause * 2 ** attempt));
    }
  }

  /** One request, when the one before to the same host has ended. */
  private once(url: string, known: Validators): ReturnType<Visitor['request']> {
    const { host } = new URL(url);
    const run = (this.queues.get(host) ?? Promise.resolve()).then(() => this.request(url, known));
    this.queues.set(host, run);
    return run;
  }

  private async request(
    url: string,
    known: Validators,
  ): Promise<Visit | { kind: 'redirect'; to: string } | { kind: 'busy'; wait: number; status: number }> {
    const { host } = new URL(url);
    const since = performance.now() - (this.last.get(host) ?? Number.NEGATIVE_INFINITY);
    if (since < this.manners.pause) await sleep(this.manners.pause - since);
    this.last.set(host, performance.now());
    this.requests++;
    const stop = AbortSignal.timeout(this.manners.timeout);
    try {
      const r = await fetch(url, {
        redirect: 'manual',
        signal: stop,
        headers: {
          'user-agent': this.manners.agent,
          accept: 'text/html,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1',
          ...(known.etag ? { 'if-none-match': known.etag } : {}),
          ...(known.modified ? { 'if-modified-since': known.modified } : {}),
        },
      });
      if (r.status === 304) return { kind: 'not-modified' };
      const to = r.headers.get('location');
      if (r.status >= 300 && r.status < 400 && to) {
        await r.body?.cancel();
        return { kind: 'redirect', to };
      }
      if (r.status === 429 || r.status === 503) {
        await r.body?.cancel();
        return { kind: 'busy', wait: waitOf(r.headers.get('retry-after')), status: r.status };
      }
      const bytes = await this.body(r);
      if (typeof bytes === 'string') return { kind: 'failed', why: bytes, status: r.status };
      const etag = r.headers.get('etag');
      const modified = r.headers.get('last-modified');
      return {
        kind: 'page',
        url,
        status: r.status,
        type: r.headers.get('content-type') ?? '',
        bytes,
        ...(etag ? { etag } : {}),
        ...(modified ? { modified } : {}),
      };
    } catch (e) {
      return { kind: 'failed', why: stop.aborted ? `no answer within ${this.manners.timeout / 1000} s` : reason(e) };
    } finally {
      this.last.set(host, performance.now());
    }
  }

  /** The body, up to the largest size; words where it is larger. */
  private async body(r: Response): Promise<Uint8Array | string> {
    const parts: Uint8Array[] = [];
    let size = 0;
    if (!r.body) return new Uint8Array();
    for await (const chunk of r.body) {
      size += chunk.length;
      if (size > this.manners.largest) return `larger than ${Math.round(this.manners.largest / 2 ** 20)} MB`;
      parts.push(chunk);
    }
    return new Uint8Array(Buffer.concat(parts));
  }
}

const sleep = (ms: number): Promise<void> => new Promise((r) => setTimeout(r, ms));

/** Milliseconds a Retry-After asks for; ten seconds where it says nothing that can be read. */
function waitOf(header: string | null): number {
  if (header === null) return 10_000;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 10_000 : Math.max(0, at - Date.now());
}

function reason(e: unknown): string {
  const cause = e instanceof Error ? (e.cause as { code?: string } | undefined) : undefined;
  return cause?.code ?? (e instanceof Error ? e.message : String(e));
}
