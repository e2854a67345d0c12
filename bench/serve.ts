/**
 * The API under load: Debian's `wrk` with 64 connections for a minute (FOOTHOLD_SECONDS: another length) on each of what is asked, against
 * `foothold serve` as people run it. Errors, latencies, and whether its memory stays flat.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineLine, table, writePart } from './report.ts';

const ROOT = join(import.meta.dirname, '..');
const CONNECTIONS = 64;
const SECONDS = Number(process.env.FOOTHOLD_SECONDS ?? 60);

type Asked = { readonly name: string; readonly path: string; readonly body?: object };

const person = (name: string) => readFileSync(join(ROOT, 'people', `${name}.yaml`), 'utf8');
const ON = '2026-11-23';
const ASKED: readonly Asked[] = [
  { name: 'the law, all stay rules', path: '/api/v1/law?kind=stay' },
  { name: 'one provision', path: `/api/v1/law/de/blue-card?on=${ON}` },
  { name: 'one stay of one person', path: '/api/v1/stay', body: { person: person('vera'), on: ON, rule: 'am' } },
  { name: 'every route for one person', path: '/api/v1/check', body: { person: person('olga'), on: ON } },
  { name: 'plans for one person', path: '/api/v1/plan', body: { person: person('olga'), on: ON, goal: 'permanent' } },
];

/** What `wrk --latency` printed. Milliseconds. */
export type Load = {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
};

/** Reads the report of `wrk`. @throws Error where it is none. */
export function readWrk(text: string): Load {
  const time = (label: string): number => {
    const m = new RegExp(`^\\s*${label}%\\s+([\\d.]+)(us|ms|s|m)\\s*$`, 'm').exec(text);
    if (!m) throw new Error(`wrk gave no ${label} %:\n${text}`);
    return Number(m[1]) * { us: 0.001, ms: 1, s: 1000, m: 60_000 }[m[2] as 'us' | 'ms' | 's' | 'm'];
  };
  const number = (re: RegExp): number => Number(re.exec(text)?.[1] ?? 0);
  const socket = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(text)?.slice(1) ?? [];
  return {
    perSecond: number(/Requests\/sec:\s+([\d.]+)/),
    requests: number(/(\d+) requests in/),
    p50: time('50'),
    p99: time('99'),
    errors: number(/Non-2xx or 3xx responses: (\d+)/) + socket.reduce((sum, n) => sum + Number(n), 0),
  };
}

const PEER = ['KB', 'a second', '99 %, ms', 'processor, ms an answer', 'processor, Foothold ÷ Fastify'];

/** Resident memory of a process, in MB. */
const memory = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

async function started(server: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((done, failed) => {
    server.stdout?.on('data', (d) => {
      said += d;
      const at = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (at) done(at);
    });
    server.once('exit', () => failed(new Error(`foothold serve ended: ${said}`)));
  });
}

/** Seconds of processor time of a process so far, its threads included. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

type Loaded = {
  readonly load: Load;
  /** Memory of the server, in MB, second by second. */
  readonly mb: number[];
  /** Processor time of the server an answer, in milliseconds: hangs on no other work of the machine. */
  readonly cpu: number;
};

/** `wrk` on one address, and what the server took meanwhile. */
async function loaded(url: string, script: string, pid: number): Promise<Loaded> {
  const before = cpuOf(pid);
  const wrk = spawn('wrk', [
    '-t2',
    `-c${CONNECTIONS}`,
    `-d${SECONDS}s`,
    '--latency',
    '--timeout',
    '90s',
    '-s',
    script,
    url,
  ]);
  const mb: number[] = [];
  const watch = setInterval(() => mb.push(memory(pid)), 1000);
  let text = '';
  wrk.stdout.on('data', (d) => {
    text += d;
  });
  await new Promise((done) => wrk.on('exit', done));
  clearInterval(watch);
  const load = readWrk(text);
  return { load, mb, cpu: (1000 * (cpuOf(pid) - before)) / load.requests };
}

/** The same bytes from Fastify alone, right after: a row of the table of peers. */
async function peer(url: string, name: string, script: string, ours: number, dir: string): Promise<string[]> {
  const answer = await fetch(url);
  const file = join(dir, 'answer');
  const bytes = Buffer.from(await answer.arrayBuffer());
  writeFileSync(file, bytes);
  const type = answer.headers.get('content-type') as string;
  const bare = spawn(process.execPath, [join(ROOT, 'bench', 'serve-bare.ts'), file, type], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { load, cpu } = await loaded(`${await started(bare)}${new URL(url).pathname}`, script, bare.pid as number);
    return [
      name,
      (bytes.length / 1024).toFixed(1),
      load.perSecond.toFixed(0),
      load.p99.toFixed(load.p99 < 10 ? 1 : 0),
      cpu.toFixed(3),
      (ours / cpu).toFixed(2),
    ];
  } finally {
    bare.kill('SIGKILL');
  }
}

export async function run(): Promise<void> {
  if (spawnSync('sh', ['-c', 'command -v wrk']).status !== 0)
    throw new Error('"wrk" is not here. To mend: apt-get install wrk');
  // Other work on the machine makes every figure worse: it is told beside them.
  const others = (loadavg()[0] as number).toFixed(1);
  const dir = mkdtempSync(join(tmpdir(), 'foothold-serve-'));
  const server = spawn(process.execPath, [join(ROOT, 'bin', 'foothold.mjs'), 'serve', '--port', '0', '--lang', 'en'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const at = await started(server);
    const pid = server.pid as number;
    const rows: string[][] = [];
    const flat: string[][] = [];
    const peers: string[][] = [];
    for (const asked of ASKED) {
      const script = join(dir, 'ask.lua');
      writeFileSync(
        script,
        asked.body
          ? `wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\nlocal f = io.open("${join(dir, 'body.json')}")\nwrk.body = f:read("*a")\nf:close()\n`
          : '',
      );
      if (asked.body) writeFileSync(join(dir, 'body.json'), JSON.stringify(asked.body));
      const { load, mb, cpu } = await loaded(`${at}${asked.path}`, script, pid);
      const [second, last] = [
        mb.slice(Math.floor(mb.length / 4), Math.floor(mb.length / 2)),
        mb.slice(Math.floor((3 * mb.length) / 4)),
      ];
      const mean = (n: readonly number[]) => n.reduce((a, b) => a + b, 0) / n.length;
      const ms = (n: number) => (n < 10 ? n.toFixed(1) : n.toFixed(0));
      rows.push([
        asked.name,
        load.requests.toLocaleString('en'),
        load.perSecond.toFixed(load.perSecond < 100 ? 1 : 0),
        ms(load.p50),
        ms(load.p99),
        cpu < 10 ? cpu.toFixed(3) : cpu.toFixed(0),
        String(load.errors),
      ]);
      if (!asked.body) peers.push(await peer(`${at}${asked.path}`, asked.name, script, cpu, dir));
      flat.push([asked.name, mean(second).toFixed(0), mean(last).toFixed(0), Math.max(...mb).toFixed(0)]);
      process.stdout.write(`${rows.at(-1)?.join('  ')}  ${flat.at(-1)?.join('  ')}\n`);
    }
    const head = [
      'what is asked',
      'answers',
      'a second',
      'median, ms',
      '99 %, ms',
      'processor, ms an answer',
      'errors',
    ];
    const part = [
      `## The API under load\n\n${machineLine()} \`foothold serve\`, two workers; \`wrk\` with ${CONNECTIONS} connections for ${SECONDS} s on each, on the same cores. Load average of the machine before it: ${others}, after it: ${(loadavg()[0] as number).toFixed(1)}.`,
      table(head, rows, head.slice(1)),
      `Processor time is that of the server, its workers included; it hangs little on what else the machine does, the other figures do. An error is anything but an answer with its status 200. With ${CONNECTIONS} who ask at once, whoever asks waits for the others: latency is ${CONNECTIONS} divided by the answers a second.`,
      'The same bytes from Fastify alone (one route, one buffer; no law, no dates, no cache headers), each right after ours:',
      table(['the same bytes from Fastify', ...PEER], peers, PEER),
      'Memory of the whole server (resident, MB): mean of the second and of the last quarter of each run, and the most.',
      table(['while asked for', 'second quarter', 'last quarter', 'most'], flat, [
        'second quarter',
        'last quarter',
        'most',
      ]),
    ].join('\n\n');
    console.log(part);
    writePart('serve', part);
  } finally {
    server.kill('SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  }
}
