import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');

/** Everything that a file imports, now or when it comes to it, through and through: files of ours, and names of packages. */
function reach(...starts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const walk = (file: string): void => {
    const name = relative(root, file);
    if (seen.has(name)) return;
    seen.add(name);
    const text = readFileSync(file, 'utf8');
    for (const m of text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|new URL\()'([^']+)'/g)) {
      const to = m[1] as string;
      if (to.startsWith('.')) {
        if (/\.tsx?$/.test(to)) walk(join(dirname(file), to));
      } else seen.add(to);
    }
  };
  for (const s of starts) walk(join(root, s));
  return seen;
}

const NETWORK = /^(bullmq|ioredis|node:(net|tls|http|https|dgram)|src\/scale\/)/;
const network = (seen: Set<string>): string[] => [...seen].filter((x) => NETWORK.test(x));

describe('the network', () => {
  it('is not in reach of any command that is told a fact of a person', () => {
    const commands = readdirSync(join(root, 'src/cli'))
      .filter((f) => /^(plan|check|stay|changes|vault|screen|law)-command\.ts$/.test(f))
      .map((f) => `src/cli/${f}`);
    assert.equal(commands.length, 7);
    for (const c of commands) assert.deepEqual(network(reach(c)), [], c);
    // Own microdata are read by these; and none of the rooms below the faces reaches it either.
    for (const c of ['lab-coverage', 'lab-sealed', 'lab-population', 'lab-levers', 'lab-scenarios'])
      assert.deepEqual(network(reach(`src/cli/${c}.ts`)), [], c);
    assert.deepEqual(network(reach('src/index.ts', 'src/lab/index.ts', 'src/web/main.tsx')), []);
  });
  it('is in reach of the lab by the two files that ask for it, which the test would see', () => {
    const seen = reach('src/cli/lab-run.ts');
    assert.ok(seen.has('src/scale/ask.ts') && seen.has('bullmq') && seen.has('ioredis'));
    for (const file of readdirSync(join(root, 'src/scale'))) {
      const text = readFileSync(join(root, 'src/scale', file), 'utf8');
      for (const m of text.matchAll(/from '([^']+)'/g))
        assert.match(
          m[1] as string,
          /^(\.\/|\.\.\/lab\/(shard|merge)\.ts$|bullmq$|ioredis$|node:zlib$)/,
          `${file}: ${m[1]}`,
        );
    }
  });
});
