/** Law packs that were taken on this device: the one in use and the one before. Law is nobody's secret; that a pack was taken is all that this tells. */
import type { PublicKey } from '../../law/pack.ts';
import { Database, held } from '../database.ts';

const packs = new Database('news', ['packs']);

/** The bytes as they were signed, and the key they were believed by where the person gave one. */
export type KeptPack = { readonly bytes: Uint8Array<ArrayBuffer>; readonly key: PublicKey | undefined };

/** A pack that is kept here; undefined where there is none, or the browser keeps nothing for this page. */
export async function keptPack(which: 'current' | 'before'): Promise<KeptPack | undefined> {
  try {
    if (await packs.absent()) return undefined;
    return await packs.run('readonly', (table) => held(table('packs').get(which) as IDBRequest<KeptPack | undefined>));
  } catch {
    return undefined;
  }
}

/** Does something with the packs, seeing first which of them is there. */
const seeing = (which: 'current' | 'before', then: (s: IDBObjectStore, found: KeptPack | undefined) => void) =>
  packs.run<void>('readwrite', (table) => {
    const s = table('packs');
    const r = s.get(which) as IDBRequest<KeptPack | undefined>;
    r.onsuccess = () => then(s, r.result);
    return undefined;
  });

/** Puts a pack in use; the one in use until now is kept as the one before. One transaction: both or neither. */
export const keepPack = (pack: KeptPack): Promise<void> =>
  seeing('current', (s, current) => {
    if (current) s.put(current, 'before');
    else s.delete('before');
    s.put(pack, 'current');
  });

/** Back to the pack before, or to the law that came with the page. */
export const dropPack = (): Promise<void> =>
  seeing('before', (s, before) => {
    if (before) {
      s.put(before, 'current');
      s.delete('before');
    } else s.delete('current');
  });

export const erasePacks = (): Promise<void> => packs.remove();
