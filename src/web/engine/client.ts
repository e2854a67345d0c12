/** The page's side of the workers: one for what is quick, one for plans, whose search can be stopped at any time. */
import type { Call, Calls, FromWorker, ToWorker } from './protocol.ts';

type Policy = { createScriptURL(url: string): string };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

let blobUrl: string | undefined;

/** The only addresses that may become scripts: the worker and the service worker of this build. */
const allowed = (url: string): boolean => url === __WORKER__ || url === 'sw.js' || (url !== '' && url === blobUrl);

const policy: Policy = (globalThis as unknown as { trustedTypes?: Factory }).trustedTypes?.createPolicy('foothold', {
  createScriptURL: (url) => {
    if (allowed(url)) return url;
    throw new TypeError('This address may not become a script.');
  },
}) ?? { createScriptURL: (url) => url };

export const scriptUrl = (url: string): string => policy.createScriptURL(url);

/** A text that stands in the document of the one-file build. */
const embedded = (id: string): string => document.getElementById(id)?.textContent ?? '';

function makeWorker(): Worker {
  if (!__ONE_FILE__) return new Worker(scriptUrl(__WORKER__), { type: 'module' });
  blobUrl ??= URL.createObjectURL(new Blob([embedded('worker')], { type: 'text/javascript' }));
  // A document from a disk has no origin of its own: a module of it would not load.
  return new Worker(scriptUrl(blobUrl));
}

export type Running<T> = { readonly done: Promise<T>; readonly stop: () => void };
/** A call that was stopped: its answer is not wanted any more. */
export class Stopped extends Error {}

type Waiting = {
  readonly call: Call;
  readonly partial: ((v: unknown) => void) | undefined;
  readonly resolve: (v: unknown) => void;
  readonly reject: (e: Error) => void;
};

/** One worker and the calls it has not answered yet. Started on the first call, or by `warm`. */
export class Engine {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private next = 1;
  /** Whether the law is there, or why not. */
  state: 'idle' | 'loading' | 'ready' | { readonly failed: string } = 'idle';
  private readonly changed: () => void;
  private readonly bare: boolean;

  /** @param bare a worker without the law: for screening, which asks nothing of it */
  constructor(changed: () => void, bare = false) {
    this.changed = changed;
    this.bare = bare;
  }

  warm(): void {
    if (this.worker) return;
    const worker = makeWorker();
    this.worker = worker;
    this.state = 'loading';
    worker.onmessage = (e: MessageEvent<FromWorker>) => {
      const { data } = e;
      // What is done with a message is a task of its own: reading a large one has been one already.
      setTimeout(() => {
        if (worker === this.worker) this.heard(data);
      });
    };
    worker.onerror = () => {
      if (worker === this.worker) this.fail('the worker could not be started');
    };
    worker.postMessage(this.first());
    this.changed();
  }

  private first(): ToWorker {
    return this.bare
      ? { law: '', bare: true }
      : __ONE_FILE__
        ? { law: '', inline: embedded('law') }
        : { law: new URL(__LAW__, document.baseURI).href };
  }

  /** Reads the law anew, after a pack was taken or laid away; what else the worker holds stays. */
  relaw(): void {
    if (!this.worker || this.bare) return;
    this.state = 'loading';
    this.worker.postMessage(this.first());
    this.changed();
  }

  /** @param partial told what is known so far, where an answer comes in steps */
  call<K extends Call>(
    call: K,
    ask: Calls[K]['ask'],
    partial?: (v: Calls[K]['answer']) => void,
  ): Running<Calls[K]['answer']> {
    // A worker that could not start may do so now.
    if (typeof this.state === 'object') this.end();
    this.warm();
    const id = this.next++;
    const done = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { call, partial: partial as ((v: unknown) => void) | undefined, resolve, reject });
    });
    (this.worker as Worker).postMessage({ id, call, ask } satisfies ToWorker);
    return {
      done: done as Promise<Calls[K]['answer']>,
      stop: () => {
        const w = this.waiting.get(id);
        if (!w) return;
        this.waiting.delete(id);
        this.worker?.postMessage({ stop: id } satisfies ToWorker);
        w.reject(new Stopped());
      },
    };
  }

  /** Ends the worker: nothing of a case stays in its memory. */
  end(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.state = 'idle';
    for (const w of this.waiting.values()) w.reject(new Stopped());
    this.waiting.clear();
  }

  private heard(m: FromWorker): void {
    if ('ready' in m) {
      performance.measure('worker start', { start: performance.now() - m.milliseconds, duration: m.milliseconds });
      this.state = 'ready';
      this.changed();
    } else if ('failed' in m) this.fail(m.failed);
    else if ('partial' in m) this.waiting.get(m.id)?.partial?.(m.partial);
    else {
      const w = this.waiting.get(m.id);
      this.waiting.delete(m.id);
      if ('error' in m) w?.reject(Object.assign(new Error(m.error), m.fault ? { fault: m.fault } : {}));
      else {
        // Names of calls and how long they took: for the benchmark. Nothing of a case.
        performance.measure(`worker ${w?.call}`, {
          start: performance.now() - m.milliseconds,
          duration: m.milliseconds,
        });
        w?.resolve(m.answer);
      }
    }
  }

  private fail(why: string): void {
    this.state = { failed: why };
    for (const w of this.waiting.values()) w.reject(new Error(why));
    this.waiting.clear();
    this.changed();
  }
}
