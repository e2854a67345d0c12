/**
 * The way to a Redis (or Valkey) server. The password is never part of the address: addresses are seen by everybody on the
 * machine (`ps`) and are kept in histories.
 */
import { Redis } from 'ioredis';

export type Address = {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly tls: boolean;
};

/** What keeps an address from being used; the face says it in words. */
export class AddressFault extends Error {
  readonly kind: 'not-redis' | 'password-in-address' | 'database';
  constructor(kind: AddressFault['kind']) {
    super(kind);
    this.kind = kind;
  }
}

/** Reads `redis://[user@]host[:port][/number]`, or `rediss://` for TLS. @throws AddressFault */
export function readAddress(text: string): Address {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new AddressFault('not-redis');
  }
  if (!['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') throw new AddressFault('not-redis');
  if (url.password !== '') throw new AddressFault('password-in-address');
  const db = /^\/?$/.test(url.pathname) ? 0 : /^\/\d{1,3}$/.test(url.pathname) ? Number(url.pathname.slice(1)) : -1;
  if (db < 0 || url.search !== '' || url.hash !== '') throw new AddressFault('database');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    db,
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    tls: url.protocol === 'rediss:',
  };
}

/** Whether what is said to an address can be read or changed on the way. */
export const inTheOpen = (a: Address): boolean => !a.tls && !/^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(a.host);

export type Secret = {
  readonly password?: string /** A certificate authority of one's own, PEM. */;
  readonly ca?: string;
};

/** Why the first connection failed. */
export class Unreachable extends Error {
  readonly kind: 'refused' | 'password' | 'tls';
  constructor(kind: Unreachable['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Opens connections to one server. Once one has stood, a server that goes away is waited for, as long as it takes. */
export class Server {
  readonly address: Address;
  private readonly secret: Secret;
  private readonly open: Redis[] = [];
  /** Connections that stood and were lost; those that were let go of here are not among them. */
  private readonly lost = new Set<Redis>();
  /** Told when the first of the connections is lost, and when all of them stand again. */
  onChange: (what: 'lost' | 'back') => void = () => {};

  constructor(address: Address, secret: Secret) {
    this.address = address;
    this.secret = secret;
  }

  private options() {
    const { host, port, db, username, tls } = this.address;
    return {
      host,
      port,
      db,
      ...(username === undefined ? {} : { username }),
      ...(this.secret.password === undefined ? {} : { password: this.secret.password }),
      ...(tls ? { tls: { servername: host, ...(this.secret.ca === undefined ? {} : { ca: this.secret.ca }) } } : {}),
      connectTimeout: 5000,
      // Commands wait for the server to come back.
      maxRetriesPerRequest: null,
      retryStrategy: (times: number) => Math.min(2000, 100 * 2 ** Math.min(times, 5)),
    };
  }

  /** Whether the server can be reached and lets us in. @throws Unreachable */
  async try(): Promise<void> {
    const probe = new Redis({
      ...this.options(),
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    // The first fault is the telling one: what follows says only that the connection is closed.
    let first: Error | undefined;
    probe.on('error', (e: Error) => {
      first ??= e;
    });
    try {
      await probe.connect();
      await probe.ping();
    } catch (e) {
      const fault = first ?? (e as Error);
      const code = (fault as NodeJS.ErrnoException).code ?? '';
      const kind = /WRONGPASS|NOAUTH|NOPERM|invalid.*password/i.test(fault.message)
        ? 'password'
        : /CERT|SSL|TLS|EPROTO|ALTNAME|SELF_SIGNED/i.test(`${code} ${fault.message}`)
          ? 'tls'
          : 'refused';
      throw new Unreachable(kind, fault.message || code);
    } finally {
      probe.disconnect();
    }
  }

  /** A connection that comes back by itself. */
  connect(): Redis {
    const redis = new Redis(this.options());
    let stood = false;
    // Without a listener a fault would end the process; each is followed by another try.
    redis.on('error', () => {});
    redis.on('close', () => {
      // The end of a connection that was let go of is told late on a busy machine, when others stand already.
      if (!stood || !this.open.includes(redis) || this.lost.has(redis)) return;
      this.lost.add(redis);
      if (this.lost.size === 1) this.onChange('lost');
    });
    redis.on('ready', () => {
      stood = true;
      if (this.lost.delete(redis) && this.lost.size === 0) this.onChange('back');
    });
    this.open.push(redis);
    return redis;
  }

  /** Lets go of a connection: its end is no loss. */
  leave(redis: Redis): void {
    const at = this.open.indexOf(redis);
    if (at >= 0) this.open.splice(at, 1);
    redis.disconnect();
    if (this.lost.delete(redis) && this.lost.size === 0 && this.open.length > 0) this.onChange('back');
  }

  close(): void {
    const open = this.open.splice(0);
    this.lost.clear();
    for (const r of open) r.disconnect();
  }
}
