/**
 * Keeping a case on the device, locked. While the case is open its key is in memory, and every change is encrypted and
 * kept; locking forgets the key, so that it takes no time and needs no passphrase.
 */
import type { Lang } from '../../law/say.ts';
import type { Engine } from '../engine/client.ts';
import type { Opened, Written } from '../engine/protocol.ts';
import * as onDevice from './store.ts';

type Store = Pick<typeof onDevice, 'readKept' | 'writeKept' | 'deleteKept'>;
/** An erasing waits no longer than so many milliseconds for a saving: one that comes later writes nothing. */
const LONGEST_SAVING = 3000;

type Key = { readonly identity: string; readonly sealed: Uint8Array };

export class Keeper {
  private key: Key | undefined;
  private waiting: Written | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The saving that is under way. */
  private saving: Promise<void> = Promise.resolve();
  /** One more with each erasing: a saving begun before it writes nothing after it. */
  private erased = 0;
  private readonly engine: Pick<Engine, 'call'>;
  private readonly changed: () => void;
  /** `none`: nothing is kept; `locked`: kept, the key is not here; `open`: kept, every change is kept as well. */
  state: 'unread' | 'none' | 'locked' | 'open' | { readonly failed: string } = 'unread';

  private readonly store: Store;

  constructor(engine: Pick<Engine, 'call'>, changed: () => void, store: Store = onDevice) {
    this.engine = engine;
    this.changed = changed;
    this.store = store;
  }

  private set(state: Keeper['state']): void {
    this.state = state;
    this.changed();
  }

  async look(): Promise<void> {
    if (this.key) return;
    this.set((await this.store.readKept()) ? 'locked' : 'none');
  }

  /** Begins to keep a case under a passphrase, in the place of whatever was kept. */
  async begin({ answers, origin }: Written, passphrase: string): Promise<void> {
    const key = await this.engine.call('makeKey', { passphrase }).done;
    const file = await this.engine.call('sealTo', { answers, origin, identity: key.identity }).done;
    await this.store.writeKept({ sealed: key.sealed, file });
    this.key = key;
    this.set('open');
  }

  /** Opens what is kept. `wrong`: not with this passphrase. What cannot be read stays kept, and comes back as it is. */
  async open(passphrase: string, lang: Lang): Promise<Opened | 'wrong'> {
    const kept = await this.store.readKept();
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

  /** Keeps what waits to be kept, after what is being kept. */
  now(): Promise<void> {
    const [key, life] = [this.key, this.erased];
    const before = this.saving;
    const what = this.waiting;
    this.waiting = undefined;
    clearTimeout(this.timer);
    if (!key || !what) return before;
    this.saving = before.then(() => this.save(what, key, life));
    return this.saving;
  }

  private async save({ answers, origin }: Written, key: Key, life: number): Promise<void> {
    try {
      const file = await this.engine.call('sealTo', { answers, origin, identity: key.identity }).done;
      if (life === this.erased) await this.store.writeKept({ sealed: key.sealed, file });
    } catch (e) {
      if (life === this.erased) this.set({ failed: (e as Error).message });
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
    this.erased++;
    this.waiting = undefined;
    this.key = undefined;
    // A file that is being written now would be there again after the erasing.
    await Promise.race([this.saving, new Promise<void>((done) => setTimeout(done, LONGEST_SAVING))]);
    await this.store.deleteKept();
    this.set('none');
  }
}
