/** What every bench shares: its part of docs/benchmarks.md, tables, and the line that says on what it was measured. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const FILE = new URL('../docs/benchmarks.md', import.meta.url);
const HEAD = `# Benchmarks

Each part below is written by \`npm run bench -- <name>\`, on the machine named in it. Numbers of one table come from one run;
between machines and runs only ratios can be compared.
`;

/** Puts a bench's part between its markers in docs/benchmarks.md; makes the file or the part if there is none yet. */
export function writePart(name: string, markdown: string): void {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const part = `${open}\n${markdown.trim()}\n${close}`;
  const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD;
  const start = old.indexOf(open);
  const end = old.indexOf(close, start);
  const next =
    start === -1 || end === -1
      ? `${old.trimEnd()}\n\n${part}\n`
      : old.slice(0, start) + part + old.slice(end + close.length);
  writeFileSync(FILE, next);
}

/** The machine, Node and the day, in one line. */
export function machineLine(): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores, ${memory} GB; Node ${process.versions.node}; ${day}.`;
}

/** The installed version of a package. */
export function versionOf(name: string): string {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

/** A Markdown table; columns named in `right` are aligned to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const rule = head.map((name) => (right.includes(name) ? '--:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Median milliseconds of several tasks, run in turn so that a slow moment of the machine falls on all of them alike.
 * Two rounds before the counted ones let the compiler do its work.
 */
export function timeInTurn(tasks: { readonly [name: string]: () => void }, rounds: number): { [name: string]: number } {
  const times: { [name: string]: number[] } = {};
  for (let round = -2; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      task();
      const taken = performance.now() - start;
      if (round >= 0) times[name] = [...(times[name] ?? []), taken];
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
}
