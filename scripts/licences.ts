/**
 * `npm run licences`: whether every package in the lockfile, and every one that is installed, has a licence that may stand
 * beside ours. Part of `npm test`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLockfile } from './lockfile.ts';

/** Licences that ask for no more than that they be named. */
const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
]);

/** MPL-2.0 is for tools that no file we publish holds: what changes them, not what uses them, has to be given. */
const TOOLS: Readonly<Record<string, RegExp>> = { 'MPL-2.0': /^(axe-core|lightningcss(-[\w-]+)?)$/ };

/**
 * Whether an SPDX expression of AND, OR and brackets leaves a choice that `allowed` says yes to. Anything that is not such an
 * expression is refused.
 */
export function permits(expression: string, allowed: (id: string) => boolean): boolean {
  const words = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const one = (): boolean => {
    const word = words[at++];
    if (word !== '(') return word !== undefined && !/^(AND|OR|WITH|\))$/.test(word) && allowed(word);
    const inner = either();
    return words[at++] === ')' && inner;
  };
  const both = (): boolean => {
    let yes = one();
    while (words[at] === 'AND') {
      at++;
      yes = one() && yes;
    }
    return yes;
  };
  const either = (): boolean => {
    let yes = both();
    while (words[at] === 'OR') {
      at++;
      yes = both() || yes;
    }
    return yes;
  };
  const yes = either();
  return yes && at === words.length;
}

/** Whether a package may be used. `dev`: only building and testing need it. */
export const mayUse = (name: string, license: string | undefined, dev: boolean): boolean =>
  license !== undefined && permits(license, (id) => PERMISSIVE.has(id) || (dev && (TOOLS[id]?.test(name) ?? false)));

/** What is wrong, one line each, and how many packages were looked at. */
export function licenceProblems(root: string): { readonly problems: readonly string[]; readonly packages: number } {
  const { packages } = readLockfile(root);
  const problems: string[] = [];
  for (const p of packages) {
    const tell = (found: string, where: string) =>
      problems.push(
        `${p.name}@${p.version}: ${found} in ${where}; expected: a permissive licence (${[...PERMISSIVE].join(', ')}). Take another package, or say in docs/dependencies.md and here why this one may be used.`,
      );
    if (!mayUse(p.name, p.license, p.dev)) tell(p.license ?? 'no licence', 'package-lock.json');
    // What is installed may say otherwise than what the registry once said.
    const file = join(root, p.path, 'package.json');
    if (!existsSync(file)) continue;
    const said = JSON.parse(readFileSync(file, 'utf8')) as {
      license?: unknown;
      licenses?: readonly { type: string }[];
    };
    const license =
      typeof said.license === 'string' ? said.license : said.licenses?.map((l) => l.type).join(' OR ') || undefined;
    if (license !== p.license && !mayUse(p.name, license, p.dev)) tell(license ?? 'no licence', file);
  }
  return { problems, packages: packages.length };
}

if (process.argv[1] !== undefined && import.meta.filename === process.argv[1]) {
  const { problems, packages } = licenceProblems(join(import.meta.dirname, '..'));
  for (const p of problems) process.stderr.write(`${p}\n`);
  process.stdout.write(`${packages} packages, ${problems.length} with a licence that does not fit.\n`);
  process.exitCode = problems.length ? 1 : 0;
}
