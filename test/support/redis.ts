/** A real Redis (or Valkey) server on the loopback address, with a folder of its own; it can be killed and started again. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The server's program: Debian's redis-server, or the one that FOOTHOLD_REDIS names (a `valkey-server`). */
const PROGRAM = process.env.FOOTHOLD_REDIS ?? 'redis-server';

/** Why the tests with a server cannot be run here; nothing where they can. */
export const noRedis: string | undefined =
  spawnSync('sh', ['-c', `command -v ${PROGRAM}`]).status === 0
    ? undefined
    : 'redis-server is not installed: apt-get install redis-server (npm test does it as root on Debian)';

export function freePort(): Promise<number> {
  return new Promise((yes, no) => {
    const s = createServer();
    s.once('error', no);
    s.listen(0, '127.0.0.1', () => {
      const { port } = s.address() as { port: number };
      s.close(() => yes(port));
    });
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((yes) => {
    const s = connect(port, '127.0.0.1');
    s.once('connect', () => {
      s.destroy();
      yes(true);
    });
    s.once('error', () => yes(false));
  });

export class RedisServer {
  readonly port: number;
  readonly dir: string;
  private readonly more: readonly string[];
  private child: ChildProcess | undefined;

  private constructor(port: number, more: readonly string[]) {
    this.port = port;
    this.dir = mkdtempSync(join(tmpdir(), 'foothold-redis-'));
    this.more = more;
  }

  /** Starts a server that keeps an append-only file, written to the disk every second as is usual. */
  static async start(more: readonly string[] = [], port?: number): Promise<RedisServer> {
    const s = new RedisServer(port ?? (await freePort()), more);
    await s.up();
    return s;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  async up(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.dir];
    this.child = spawn(PROGRAM, [...args, '--appendonly', 'yes', '--save', '', ...this.more], {
      stdio: 'ignore',
    });
    const port = this.more.includes('--tls-port') ? Number(this.more[this.more.indexOf('--tls-port') + 1]) : this.port;
    for (let k = 0; k < 200; k++) {
      if (await answers(port)) return;
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`${PROGRAM} did not start`);
  }

  /** SIGKILL: nothing is written any more. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    await new Promise<void>((go) => {
      child.once('exit', () => go());
      child.kill('SIGKILL');
    });
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
