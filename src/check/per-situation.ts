/** What holds for one person on one day wherever it is asked: a restriction bears on every route of its country with the same reasons. */
import type { LawBook } from '../law/book.ts';
import type { Situation } from '../person/types.ts';
import type { Binding } from '../person/view.ts';
import type { Day } from '../rules/ir.ts';

type Made<T> = { readonly binding: Binding; readonly on: Day; readonly value: T };

const had = <K extends object, V>(
  map: { get(k: K): V | undefined; set(k: K, v: V): unknown },
  key: K,
  make: () => V,
): V => {
  const have = map.get(key);
  if (have !== undefined) return have;
  const made = make();
  map.set(key, made);
  return made;
};

/** Keeps what was made for a situation under a law for as long as the situation is kept. Situations are never changed, only replaced. */
export class PerSituation<T> {
  private readonly kept = new WeakMap<LawBook, WeakMap<Situation, Map<object, Made<T>[]>>>();

  /** What was made of `key` with this binding on this day; made by `make` where nobody has asked. */
  of<K extends object>(book: LawBook, s: Situation, key: K, binding: Binding, on: Day, make: (key: K) => T): T {
    const situations = had(this.kept, book, () => new WeakMap<Situation, Map<object, Made<T>[]>>());
    const keys = had(situations, s, () => new Map<object, Made<T>[]>());
    const list = had(keys, key, () => []);
    for (const m of list)
      if (m.on === on && m.binding.document === binding.document && m.binding.offer === binding.offer) return m.value;
    const value = make(key);
    list.push({ binding, on, value });
    return value;
  }
}
