/** The lockfile, as the licence check and the bill of materials read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Locked = {
  /** Where it is installed, `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression; missing where the package states none. */
  readonly license: string | undefined;
  /** `sha512-…`, base64, of the package as the registry gives it. */
  readonly integrity: string | undefined;
  /** Only building and testing need it. */
  readonly dev: boolean;
  /** For another platform, or an addition that may be missing. */
  readonly optional: boolean;
  /** Paths of what it depends on; what the lockfile does not hold (optional peers) is left out. */
  readonly needs: readonly string[];
};

type Entry = {
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
};

export type Lockfile = { readonly name: string; readonly version: string; readonly packages: readonly Locked[] };

/** Reads a lockfile of version 3. @throws Error where it is of another version. */
export function readLockfile(root: string): Lockfile & { readonly top: readonly string[] } {
  const file = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    lockfileVersion: number;
    packages: Readonly<Record<string, Entry>>;
  };
  if (file.lockfileVersion !== 3)
    throw new Error(
      `package-lock.json has version ${file.lockfileVersion}; expected 3: make it anew with npm 9 or later.`,
    );
  const { packages } = file;
  // As Node looks for a package: beside the one that asks, then one folder up, and so on.
  const find = (from: string, name: string): string | undefined => {
    for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
      const path = `${at ? `${at}/` : ''}node_modules/${name}`;
      if (packages[path]) return path;
      if (at === '') return undefined;
    }
  };
  const needs = (path: string, e: Entry) =>
    [
      ...new Set(
        Object.keys({
          ...e.dependencies,
          ...e.optionalDependencies,
          ...e.peerDependencies,
          ...(path ? {} : e.devDependencies),
        }),
      ),
    ]
      .flatMap((name) => find(path, name) ?? [])
      .sort();
  const own = packages[''] as Entry;
  return {
    name: own.name ?? 'foothold',
    version: own.version,
    top: needs('', own),
    packages: Object.entries(packages)
      .filter(([path]) => path !== '')
      .map(([path, e]) => ({
        path,
        name: e.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
        version: e.version,
        license: e.license,
        integrity: e.integrity,
        dev: e.dev === true || e.devOptional === true,
        optional: e.optional === true || e.devOptional === true,
        needs: needs(path, e),
      })),
  };
}
