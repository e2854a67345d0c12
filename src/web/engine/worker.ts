/** The worker: holds the law, answers calls one after the other. It has no network and keeps nothing of a case. */
import type { LawBook } from '../../law/book.ts';
import { unpackBook } from '../law-pack.ts';
import { handlers, plansInSteps } from './answer-calls.ts';
import { lawInUse } from './pack-calls.ts';
import type { Calls, FromWorker, ToWorker } from './protocol.ts';

type Scope = {
  onmessage: ((e: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker): void;
};
const scope = globalThis as unknown as Scope;

let book: LawBook | undefined;
/** A worker that screens organisations has no law: its calls ask for none. */
let bare = false;
const waiting: Extract<ToWorker, { id: number }>[] = [];
/** Searches under way, and whether each is still wanted. */
const searches = new Map<number, boolean>();

scope.onmessage = (e) => {
  const message = e.data;
  if ('law' in message) void start(message);
  else if ('stop' in message) stop(message.stop);
  else if (book || bare) void answer(book as LawBook, message);
  else waiting.push(message);
};

async function start(m: Extract<ToWorker, { law: string }>): Promise<void> {
  const begun = performance.now();
  if (m.bare) {
    bare = true;
    scope.postMessage({ ready: true, milliseconds: 0 });
    return;
  }
  try {
    // A pack that was taken holds newer law than the page's own.
    const taken = await lawInUse();
    // The law comes as a module of texts: the page's policy lets scripts of its own place load, and nothing else.
    book =
      taken?.book ?? unpackBook(m.inline ?? ((await import(/* @vite-ignore */ m.law)) as { default: string }).default);
  } catch (error) {
    scope.postMessage({ failed: String((error as Error).message) });
    return;
  }
  scope.postMessage({ ready: true, milliseconds: performance.now() - begun });
  for (const w of waiting.splice(0)) void answer(book, w);
}

function stop(id: number): void {
  if (searches.has(id)) searches.set(id, false);
  const at = waiting.findIndex((w) => w.id === id);
  if (at >= 0) waiting.splice(at, 1);
}

/** Lets messages in that have come meanwhile. A timer would wait for longer each time. */
function breathe(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** So many milliseconds a search goes on before it listens. */
const DEAF = 20;

/** Plans are told as they are found. The worker listens in between: what it has learnt of the law stays warm for the next search. */
async function steps(law: LawBook, id: number, ask: unknown): Promise<unknown> {
  searches.set(id, true);
  try {
    const run = plansInSteps(law, ask as Calls['plans']['ask']);
    let heard = performance.now();
    for (;;) {
      const step = run.next();
      if (step.done) return step.value;
      if (step.value) scope.postMessage({ id, partial: step.value });
      if (performance.now() - heard < DEAF) continue;
      await breathe();
      if (!searches.get(id)) throw new Error('stopped');
      heard = performance.now();
    }
  } finally {
    searches.delete(id);
  }
}

async function answer(law: LawBook, m: Extract<ToWorker, { id: number }>): Promise<void> {
  const begun = performance.now();
  try {
    const call = handlers[m.call] as (book: LawBook, ask: unknown) => unknown;
    const result = await (m.call === 'plans' ? steps(law, m.id, m.ask) : call(law, m.ask));
    scope.postMessage({ id: m.id, answer: result, milliseconds: performance.now() - begun });
  } catch (error) {
    const { message, fault } = error as Error & { readonly fault?: string };
    scope.postMessage({ id: m.id, error: String(message), ...(fault ? { fault } : {}) });
  }
}
