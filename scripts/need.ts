/** Programs of the system that the tests need: looked for, and installed from Debian's packages where that is allowed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/**
 * Makes sure that a program is there, or a file where the package brings no program (a dictionary). Returns what the person has to do if it
 * can not be done for them.
 */
export function need(program: string, debianPackage: string, file?: string): string | undefined {
  const there = (name: string): boolean =>
    file !== undefined && name === program
      ? existsSync(file)
      : spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  if (there(program)) return undefined;
  const byHand = `the program "${program}" is needed by the tests and is not here. To mend: apt-get install ${debianPackage} (Debian, as root), then run the tests again`;
  if (!there('apt-get') || process.getuid?.() !== 0) return byHand;
  process.stdout.write(`installing ${debianPackage} (for the tests) …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  // The list of packages may be there already, and may be old or missing: asked for anew only where the first try fails.
  let r = apt('install', '-y', '--no-install-recommends', debianPackage);
  if (r.status !== 0) {
    apt('update');
    r = apt('install', '-y', '--no-install-recommends', debianPackage);
  }
  return there(program) ? undefined : `${byHand}\n${(r.stderr ?? '').trim()}`;
}
