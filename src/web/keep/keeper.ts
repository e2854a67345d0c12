/**
 * Keeping a case on the device, locked. While the case is open its key is in memory, and every change is encrypted and
 * kept; locking forgets the key, so that it takes no time and needs no passphrase.
 */
import type { Lang } from '../../law/say.ts';
import type { Engine } from '../engine/client.ts';
import type { Opened, Written } from '../engine/protocol.ts';
import { deleteKept, readKept, writeKept } from './store.ts';

type Key = { readonly identity: string; readonly sealed: Uint8Array };

export class Keeper {
  private key: Key | undefined;
  private waiting: Written | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly engine: Engine;
  private readonly changed: () => void;
  /** `none`: nothing is kept; `locked`: kept, the key is not here; `open`: kept, every change is kept as well. */
  state: 'unread' | 'none' | 'locked' | 'open' | { readonly failed: string } = 'unread';

  constructor(engine: Engine, changed: () => void) {
    this.engine = engine;
    this.changed = changed;
  }

  private set(state: Keeper['state']): void {
    this.state = state;
    this.changed();
  }

  async look(): Promise<void> {
    if (this.key) return;
    this.set((await readKept()) ? 'locked' : 'none');
  }

  /** Begins to keep a case under a passphrase, in the place of whatever was kept. */
  async begin({ answers, origin }: Written, passphrase: string): Promise<void> {
    const key = await this.engine.call('makeKey', { passphrase }).done;
    const file = await this.engine.call('sealTo', { answers, origin, identity: key.identity }).done;
    await writeKept({ sealed: key.sealed, file });
    this.key = key;
    this.set('open');
  }

  /** Opens what is kept. `wrong`: not with this passphrase. What cannot be read stays kept, and comes back as it is. */
  async open(passphrase: string, lang: Lang): Promise<Opened | 'wrong'> {
    const kept = await readKept();
    if (!kept) return 'wrong';
    const r = await this.engine.call('openKey', { ...kept, passphrase, lang }).done;
    if (r === 'wrong' || !r.ok) return r;
    this.key = { identity: r.value.identity, sealed: kept.sealed };
    this.set('open');
    return r;
  }

  /** Keeps a change, soon. Nothing happens where nothing is kept. */
  soon(what: Written): void {
    if (!this.key) return;
    clearTimeout(this.timer);
    this.waiting = what;
    this.timer = setTimeout(() => void this.now(), 300);
  }

  /** Keeps what waits to be kept. */
  async now(): Promise<void> {
    const key = this.key;
    const what = this.waiting;
    this.waiting = undefined;
    clearTimeout(this.timer);
    if (!key || !what) return;
    try {
      const { answers, origin } = what;
      const file = await this.engine.call('sealTo', { answers, origin, identity: key.identity }).done;
      await writeKept({ sealed: key.sealed, file });
    } catch (e) {
      this.set({ failed: (e as Error).message });
    }
  }

  /** Forgets the key. What is kept stays; a change that waits to be kept is kept first (the promise). */
  lock(): Promise<void> {
    const last = this.now();
    if (this.key) this.set('locked');
    this.key = undefined;
    return last;
  }

  async erase(): Promise<void> {
    clearTimeout(this.timer);
    this.waiting = undefined;
    this.key = undefined;
    await deleteKept();
    this.set('none');
  }
}
