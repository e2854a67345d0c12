/** Runs the real program as a child process, as a person would. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const PERSONS = ['irina', 'dmitri', 'vera', 'maksim', 'olga', 'timur', 'ruslan'];
/** The day for which the example persons are written. */
export const ON = ['--on', '2026-11-23'];

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `foothold` in the project's folder, with English as the system's language unless told otherwise. */
export function foothold(args: readonly string[], more: { input?: string; env?: Record<string, string> } = {}): Ran {
  const { LANG: _l, LC_ALL: _a, LC_MESSAGES: _m, NO_COLOR: _n, ...env } = process.env;
  const r = spawnSync(process.execPath, [join(root, 'bin', 'foothold.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    input: more.input ?? '',
    env: { ...env, LANG: 'en_GB.UTF-8', ...more.env },
    maxBuffer: 1 << 26,
  });
  if (r.error) throw r.error;
  return { code: r.status, out: r.stdout, err: r.stderr };
}

/** The path of an example person. */
export const file = (name: string): string => `people/${name}.yaml`;
