/** The bill of materials: every package of the lockfile as CycloneDX 1.6. The same lockfile gives the same bytes. */
import { createHash } from 'node:crypto';
import { type Locked, readLockfile } from './lockfile.ts';

/** Needed only to build, but what is built holds their code. */
const BUNDLED = ['preact', '@lingui/core'];

const purl = (p: { name: string; version: string }) => `pkg:npm/${p.name.replace('@', '%40')}@${p.version}`;

/** The bill of materials of a project folder, from its lockfile alone. */
export function sbom(root: string): object {
  const lock = readLockfile(root);
  const byPath = new Map(lock.packages.map((p) => [p.path, p]));
  const shipped = new Set<string>();
  const ship = (path: string): void => {
    if (shipped.has(path)) return;
    shipped.add(path);
    for (const need of byPath.get(path)?.needs ?? []) ship(need);
  };
  for (const p of lock.packages) if (!p.dev && !p.optional) ship(p.path);
  for (const name of BUNDLED) {
    if (!byPath.has(`node_modules/${name}`))
      throw new Error(`${name} is no longer in the lockfile: correct BUNDLED in scripts/sbom.ts.`);
    ship(`node_modules/${name}`);
  }
  // One package may be installed in several places: it is named once.
  const groups = new Map<string, Locked[]>();
  for (const p of lock.packages) groups.set(purl(p), [...(groups.get(purl(p)) ?? []), p]);
  const own = purl(lock);
  const refs = (paths: readonly string[]) => [...new Set(paths.map((x) => purl(byPath.get(x) as Locked)))].sort();
  const components = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': own,
        name: lock.name,
        version: lock.version,
        purl: own,
        licenses: [{ expression: 'Apache-2.0 AND CC-BY-4.0' }],
      },
    },
    components: components.map(([ref, group]) => {
      const p = group[0] as Locked;
      const [algorithm, digest] = p.integrity?.split('-') ?? [];
      return {
        type: 'library',
        'bom-ref': ref,
        ...(p.name.startsWith('@') ? { group: p.name.split('/')[0], name: p.name.split('/')[1] } : { name: p.name }),
        version: p.version,
        scope: group.some((x) => shipped.has(x.path)) ? 'required' : 'excluded',
        ...(algorithm === 'sha512' && digest
          ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }] }
          : {}),
        ...(p.license ? { licenses: [{ expression: p.license.replace(/^\((.*)\)$/, '$1') }] } : {}),
        purl: ref,
      };
    }),
    dependencies: [
      { ref: own, dependsOn: refs(lock.top) },
      ...components.map(([ref, group]) => ({ ref, dependsOn: refs(group.flatMap((p) => p.needs)) })),
    ],
  };
}

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
