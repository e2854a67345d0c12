/**
 * A Trino server of the tests' own on the loopback address, from an unpacked `trino-server-core` whose `plugin` folder also has
 * `trino-hive` (it reads Parquet) and `trino-memory` (it holds the view), all three from Maven Central; JAVA_HOME says whose Java.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './redis.ts';

type Answer = {
  readonly nextUri?: string;
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message: string; readonly errorName: string };
};

export class TrinoServer {
  private readonly at: string;
  private readonly child: ChildProcess;

  private constructor(at: string, child: ChildProcess) {
    this.at = at;
    this.child = child;
  }

  /** Starts the server that lies in `home`; `dir` is where it may write, and `files` are its catalog's files. */
  static async start(home: string, dir: string, files: string): Promise<TrinoServer> {
    const port = await freePort();
    const etc = join(dir, 'etc');
    mkdirSync(join(etc, 'catalog'), { recursive: true });
    const put = (name: string, lines: readonly string[]): void =>
      writeFileSync(join(etc, name), `${lines.join('\n')}\n`);
    put('config.properties', [
      'coordinator=true',
      'node-scheduler.include-coordinator=true',
      `http-server.http.port=${port}`,
      `discovery.uri=http://127.0.0.1:${port}`,
      `catalog.config-dir=${join(etc, 'catalog')}`,
      `plugin.dir=${join(home, 'plugin')}`,
      'catalog.management=static',
      // The statement of all routes takes longer to lay out than Trino takes by default.
      'query.max-stage-count=200',
      'query.max-memory=2GB',
      'query.max-memory-per-node=2GB',
      'iterative-optimizer-timeout=30m',
      'task.concurrency=2',
      // A busy machine answers itself late; nobody is to be given up for it.
      'query.remote-task.max-error-duration=1h',
      'scheduler.http-client.request-timeout=10m',
      'exchange.http-client.request-timeout=10m',
    ]);
    put('catalog/memory.properties', ['connector.name=memory', 'memory.max-data-per-node=1GB']);
    put('catalog/files.properties', [
      'connector.name=hive',
      'hive.metastore=file',
      // A catalog of this server's own; Hive passes over what begins with a dot.
      `hive.metastore.catalog.dir=local:///.metastore-${port}`,
      'fs.native-local.enabled=true',
      `local.location=${files}`,
      'hive.non-managed-table-writes-enabled=true',
    ]);
    const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';
    const log = openSync(join(dir, 'server.log'), 'w');
    const child = spawn(
      java,
      [
        '-Xmx5G',
        '-Xss256m',
        '-Djdk.attach.allowAttachSelf=true',
        '--add-modules=jdk.incubator.vector',
        '--enable-native-access=ALL-UNNAMED',
        '-cp',
        join(home, 'lib', '*'),
        `-Dconfig=${join(etc, 'config.properties')}`,
        '-Dnode.environment=test',
        '-Dnode.id=test',
        '-Dnode.internal-address=127.0.0.1',
        `-Dnode.data-dir=${dir}`,
        'io.trino.server.TrinoServer',
      ],
      { cwd: dir, stdio: ['ignore', log, log] },
    );
    const server = new TrinoServer(`http://127.0.0.1:${port}`, child);
    for (let second = 0; ; second++) {
      const info = await fetch(`${server.at}/v1/info`)
        .then((r) => r.json() as Promise<{ starting: boolean }>)
        .catch(() => undefined);
      if (info?.starting === false) return server;
      if (child.exitCode !== null || second > 300)
        throw new Error(`Trino did not start:\n${readFileSync(join(dir, 'server.log'), 'utf8').slice(-3000)}`);
      await new Promise((go) => setTimeout(go, 1000));
    }
  }

  /** Runs a statement and gives its rows, or each to `take`. @throws Error with Trino's words */
  async query(sql: string, take?: (row: readonly unknown[]) => void): Promise<(readonly unknown[])[]> {
    const headers = { 'X-Trino-User': 'test', 'X-Trino-Catalog': 'memory', 'X-Trino-Schema': 'default' };
    const rows: (readonly unknown[])[] = [];
    let said = (await (
      await fetch(`${this.at}/v1/statement`, { method: 'POST', headers, body: sql })
    ).json()) as Answer;
    for (;;) {
      if (said.error) throw new Error(`${said.error.errorName}: ${said.error.message}`);
      if (said.data) for (const row of said.data) take ? take(row) : rows.push(row);
      if (said.nextUri === undefined) return rows;
      said = (await (await fetch(said.nextUri, { headers })).json()) as Answer;
    }
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null) return;
    await new Promise<void>((go) => {
      this.child.once('exit', () => go());
      this.child.kill('SIGKILL');
    });
  }
}
