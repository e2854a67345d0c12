/** Asking a worker from a screen: the last answer stays in sight while the next is on its way. */
import { useEffect, useState } from 'preact/hooks';
import { type Engine, Stopped } from './engine/client.ts';
import type { Call, Calls } from './engine/protocol.ts';

export type Called<T> = {
  readonly value: T | undefined;
  /** Whether an answer is on its way: what is shown is then of an earlier question. */
  readonly busy: boolean;
  readonly error: string | undefined;
  /** Whether the value is of an earlier question. */
  readonly stale: boolean;
};

/** Answers of late, by engine and question: going back shows at once what was there. */
const kept = new WeakMap<Engine, Map<string, unknown>>();
const MOST = 40;

function cacheOf(engine: Engine): Map<string, unknown> {
  const have = kept.get(engine) ?? new Map<string, unknown>();
  kept.set(engine, have);
  return have;
}

/** A question on its way: asked once, heard by everybody who wants its answer. */
type OnItsWay = {
  readonly done: Promise<unknown>;
  readonly stop: () => void;
  readonly heard: Set<(partial: unknown) => void>;
  partial: unknown;
};
const pending = new WeakMap<Engine, Map<string, OnItsWay>>();

function pendingOf(engine: Engine): Map<string, OnItsWay> {
  const have = pending.get(engine) ?? new Map<string, OnItsWay>();
  pending.set(engine, have);
  return have;
}

/** Forgets every answer: when a case is locked or erased nothing of it stays. */
export function forget(engine: Engine): void {
  kept.get(engine)?.clear();
}

/** Asks, or joins whoever asked the same. `alone`: only the last question of the engine is wanted, the one before is stopped. */
function askFor<K extends Call>(engine: Engine, call: K, ask: Calls[K]['ask'], key: string, alone: boolean): OnItsWay {
  const running = pendingOf(engine);
  const have = running.get(key);
  if (have) return have;
  if (alone) for (const other of running.values()) other.stop();
  const heard = new Set<(partial: unknown) => void>();
  const { done, stop } = engine.call(call, ask, (partial) => {
    mine.partial = partial;
    for (const hear of heard) hear(partial);
  });
  const mine: OnItsWay = { heard, partial: undefined, done, stop };
  running.set(key, mine);
  const over = () => {
    if (running.get(key) === mine) running.delete(key);
  };
  done.then((value) => {
    over();
    const cache = cacheOf(engine);
    if (cache.size >= MOST) cache.delete(cache.keys().next().value as string);
    cache.set(key, value);
  }, over);
  return mine;
}

const keyOf = (call: Call, ask: object): string => `${call} ${JSON.stringify(ask)}`;

/** Whether anything was asked of an engine that it has not forgotten. */
export const wasAsked = (engine: Engine): boolean => cacheOf(engine).size > 0 || pendingOf(engine).size > 0;

/** Asks before anybody looks: whoever asks the same a moment later hears what is known by then. */
export function askAhead<K extends Call>(engine: Engine, call: K, ask: Calls[K]['ask']): void {
  const key = keyOf(call, ask);
  if (cacheOf(engine).has(key)) return;
  // Nobody hears it yet, so nobody is told if it fails: whoever looks asks again.
  askFor(engine, call, ask, key, true).done.catch(() => undefined);
}

/**
 * Asks and asks again whenever the question changes. `ask: undefined` asks nothing.
 * @param stop whether another question ends the one before (plans), or lets it run out (all else)
 */
export function useCall<K extends Call>(
  engine: Engine,
  call: K,
  ask: Calls[K]['ask'] | undefined,
  stop = false,
): Called<Calls[K]['answer']> & { readonly cancel: () => void; readonly again: () => void } {
  type Answer = Calls[K]['answer'];
  const key = ask === undefined ? '' : keyOf(call, ask);
  const cache = cacheOf(engine);
  const [out, set] = useState<Called<Answer> & { readonly key: string }>({
    key: '',
    value: cache.get(key) as Answer | undefined,
    busy: false,
    error: undefined,
    stale: false,
  });
  const [round, setRound] = useState(0);
  const running = pendingOf(engine);
  useEffect(() => {
    if (ask === undefined) return;
    if (cache.has(key)) {
      set({ key, value: cache.get(key) as Answer, busy: false, error: undefined, stale: false });
      return;
    }
    let wanted = true;
    set((o) => ({ key, value: o.value, busy: true, error: undefined, stale: true }));
    // Of two searches only the later is wanted; one that is wanted goes on while something else is looked at.
    const { heard, done, partial } = askFor(engine, call, ask, key, stop);
    const hear = (value: unknown) => {
      if (wanted) set({ key, value: value as Answer, busy: true, error: undefined, stale: false });
    };
    heard.add(hear);
    if (partial !== undefined) hear(partial);
    done.then(
      (value) => {
        if (wanted) set({ key, value: value as Answer, busy: false, error: undefined, stale: false });
      },
      (e: Error) => {
        if (wanted) set((o) => ({ ...o, key, busy: false, error: e instanceof Stopped ? undefined : e.message }));
      },
    );
    return () => {
      wanted = false;
      heard.delete(hear);
    };
  }, [key, round]);
  return {
    ...out,
    stale: out.stale || (out.key !== key && out.key !== ''),
    cancel: () => running.get(key)?.stop(),
    again: () => setRound((n) => n + 1),
  };
}
