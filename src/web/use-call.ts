/** Asking a worker from a screen: the last answer stays in sight while the next is on its way. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Engine, Stopped } from './engine/client.ts';
import type { Call, Calls } from './engine/protocol.ts';

export type Called<T> = {
  readonly value: T | undefined;
  /** Whether an answer is on its way: what is shown is then of an earlier question. */
  readonly busy: boolean;
  readonly error: string | undefined;
};

/** Answers of late, by engine and question: going back shows at once what was there. */
const kept = new WeakMap<Engine, Map<string, unknown>>();
const MOST = 40;

function cacheOf(engine: Engine): Map<string, unknown> {
  const have = kept.get(engine) ?? new Map<string, unknown>();
  kept.set(engine, have);
  return have;
}

/** Forgets every answer: when a case is locked or erased nothing of it stays. */
export function forget(engine: Engine): void {
  kept.get(engine)?.clear();
}

/**
 * Asks and asks again whenever the question changes. `ask: undefined` asks nothing.
 * @param stop whether a question that is no longer wanted ends the worker (plans), or is let run out (all else)
 */
export function useCall<K extends Call>(
  engine: Engine,
  call: K,
  ask: Calls[K]['ask'] | undefined,
  stop = false,
): Called<Calls[K]['answer']> & { readonly cancel: () => void; readonly again: () => void } {
  type Answer = Calls[K]['answer'];
  const key = ask === undefined ? '' : `${call} ${JSON.stringify(ask)}`;
  const cache = cacheOf(engine);
  const [out, set] = useState<Called<Answer> & { readonly key: string }>({
    key: '',
    value: cache.get(key) as Answer | undefined,
    busy: false,
    error: undefined,
  });
  const [round, setRound] = useState(0);
  const running = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (ask === undefined) return;
    if (cache.has(key)) {
      set({ key, value: cache.get(key) as Answer, busy: false, error: undefined });
      return;
    }
    let wanted = true;
    set((o) => ({ key, value: o.value, busy: true, error: undefined }));
    const { done, stop: end } = engine.call(call, ask);
    running.current = () => {
      wanted = false;
      end();
      if (stop) engine.restart();
      set((o) => ({ ...o, busy: false }));
    };
    done.then(
      (value) => {
        if (cache.size >= MOST) cache.delete(cache.keys().next().value as string);
        cache.set(key, value);
        running.current = undefined;
        if (wanted) set({ key, value, busy: false, error: undefined });
      },
      (e: Error) => {
        running.current = undefined;
        if (wanted && !(e instanceof Stopped)) set((o) => ({ ...o, key, busy: false, error: e.message }));
      },
    );
    return () => {
      if (running.current && wanted) {
        wanted = false;
        end();
        if (stop) engine.restart();
        running.current = undefined;
      }
    };
  }, [key, round]);
  return { ...out, cancel: () => running.current?.(), again: () => setRound((n) => n + 1) };
}
