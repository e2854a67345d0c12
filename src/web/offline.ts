/** The copy of the page that works without a network, and its renewal: asked for by the person, never by a clock. */
import { scriptUrl } from './engine/client.ts';

export class Offline {
  /** `none`: this copy cannot be kept (one file, no service workers, no secure origin). */
  state: 'none' | 'making' | 'kept' | 'waiting' | 'failed' = 'none';
  private registration: ServiceWorkerRegistration | undefined;
  private readonly changed: () => void;

  constructor(changed: () => void) {
    this.changed = changed;
  }

  private set(state: Offline['state']): void {
    this.state = state;
    this.changed();
  }

  async begin(): Promise<void> {
    if (__ONE_FILE__ || !('serviceWorker' in navigator)) return;
    this.set('making');
    try {
      const r = await navigator.serviceWorker.register(scriptUrl('sw.js'), { updateViaCache: 'all' });
      this.registration = r;
      r.addEventListener('updatefound', () => this.watch(r));
      this.watch(r);
    } catch {
      this.set('failed');
    }
  }

  private watch(r: ServiceWorkerRegistration): void {
    const look = () => {
      // A new version waits until every window of the old one is closed: no case is lost to it.
      if (r.waiting && r.active) this.set('waiting');
      else if (r.active) this.set('kept');
      else if (r.installing) this.set('making');
      else this.set('failed');
    };
    for (const w of [r.installing, r.waiting, r.active]) w?.addEventListener('statechange', look);
    look();
  }

  /** Looks whether there is a new version. */
  async check(): Promise<'new' | 'same' | 'failed'> {
    const r = this.registration;
    if (!r) return 'failed';
    try {
      // At other times the worker may come from the browser's store for a day; who asks is answered from the place itself.
      await navigator.serviceWorker.register(scriptUrl('sw.js'), { updateViaCache: 'none' });
      await r.update();
      const fresh = r.installing;
      if (fresh)
        await new Promise<void>((done) => {
          const look = () => {
            if (fresh.state !== 'installing') done();
          };
          fresh.addEventListener('statechange', look);
          look();
        });
      if (!fresh) await navigator.serviceWorker.register(scriptUrl('sw.js'), { updateViaCache: 'all' });
      this.watch(r);
      return r.waiting ? 'new' : 'same';
    } catch {
      return 'failed';
    }
  }

  /** Takes the copy away. */
  async remove(): Promise<void> {
    await this.registration?.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    this.registration = undefined;
    this.set('none');
  }
}
