/**
 * One organisation against the lists. The answer is evidence (which entry, which field fitted, how well, the list's date), never a clearance:
 * "nothing found" says what was looked at, and that owners were not.
 */
import type { List, ListId, Organisation } from './entries.ts';
import type { Identifier, IdentifierKind } from './identifiers.ts';
import { likeness, type Name, readName } from './score.ts';

/** From this likeness on a name is shown as possibly the same. Chosen on one half of the public benchmark (docs/benchmarks.md); low, since a missed entry is the worse mistake. */
export const POSSIBLE = 0.58;
/** From this on nothing but small words or letters differ. */
export const CLOSE = 0.85;

export type Asked = { readonly names: readonly string[]; readonly identifiers: readonly Identifier[] };

export type Found = {
  readonly list: ListId;
  /** The list's own date; null where it bears none. */
  readonly date: string | null;
  readonly entry: Organisation;
  /** `number`: a tax or registration number fits. `close`, `possible`: a name is alike. */
  readonly by: 'number' | 'close' | 'possible';
  readonly number?: { readonly kind: IdentifierKind; readonly value: string };
  readonly name?: {
    readonly asked: string;
    readonly listed: string;
    readonly score: number;
    readonly pairs: readonly { readonly a: string; readonly b: string; readonly alike: number }[];
    readonly left: readonly string[];
  };
  /** Both bear numbers of one kind, and they differ: a sign that it is another organisation. */
  readonly numbersDiffer: boolean;
};

const MOST_CANDIDATES = 400;
const NONE = new Uint32Array(0);

/** The names of all lists, ready to be asked. Building it reads every name once. */
export class Screen {
  readonly lists: readonly List[];
  /** Of each name: list, entry, and which of the entry's names. Names are read again when they are candidates: keeping them read costs too much memory. */
  private readonly owner: Uint32Array;
  private readonly grams: ReadonlyMap<string, Uint32Array>;
  private readonly sizes: Uint16Array;
  private readonly byNumber = new Map<string, [list: number, entry: number][]>();
  private readonly counts: Uint16Array;

  constructor(lists: readonly List[]) {
    this.lists = lists;
    const names = lists.reduce((n, l) => n + l.organisations.reduce((m, o) => m + o.names.length, 0), 0);
    this.owner = new Uint32Array(names * 3);
    this.sizes = new Uint16Array(names);
    this.counts = new Uint16Array(names);
    const grams = new Map<string, number[]>();
    let id = 0;
    lists.forEach((list, l) => {
      list.organisations.forEach((o, e) => {
        for (const i of o.identifiers) push(this.byNumber, `${i.kind}:${i.value}`, [l, e]);
        o.names.forEach((text, k) => {
          const pieces = gramsOf(readName(text));
          for (const g of pieces) push(grams, g, id);
          this.sizes[id] = pieces.size;
          this.owner.set([l, e, k], id * 3);
          id++;
        });
      });
    });
    this.grams = new Map([...grams].map(([g, ids]) => [g, Uint32Array.from(ids)]));
  }

  get size(): { readonly organisations: number; readonly names: number } {
    return { organisations: this.lists.reduce((n, l) => n + l.organisations.length, 0), names: this.sizes.length };
  }

  /** Best evidence first: numbers, then names by their likeness. One line an entry. */
  ask(asked: Asked): Found[] {
    const best = new Map<string, Found>();
    const keep = (l: number, e: number, f: Pick<Found, 'by' | 'number' | 'name'>) => {
      const list = this.lists[l] as List;
      const entry = list.organisations[e] as Organisation;
      const key = `${l}:${e}`;
      const old = best.get(key);
      if (old && rank(old) >= rank(f)) return;
      best.set(key, {
        list: list.list,
        date: list.date,
        entry,
        numbersDiffer: f.by !== 'number' && differ(asked.identifiers, entry.identifiers),
        ...f,
      });
    };
    for (const i of asked.identifiers)
      for (const [l, e] of this.byNumber.get(`${i.kind}:${i.value}`) ?? []) keep(l, e, { by: 'number', number: i });
    for (const text of asked.names) {
      const name = readName(text);
      for (const id of this.candidates(name)) {
        const [l, e, k] = this.owner.subarray(id * 3, id * 3 + 3) as unknown as [number, number, number];
        const listed = (this.lists[l] as List).organisations[e]?.names[k] as string;
        const like = likeness(name, readName(listed));
        if (like.score < POSSIBLE) continue;
        keep(l, e, {
          by: like.score >= CLOSE ? 'close' : 'possible',
          name: {
            asked: text,
            listed,
            score: like.score,
            pairs: like.pairs,
            left: like.left,
          },
        });
      }
    }
    return [...best.values()].sort((a, b) => rank(b) - rank(a) || (a.entry.id < b.entry.id ? -1 : 1));
  }

  /** The names that share most three-letter pieces with one. */
  private candidates(name: Name): number[] {
    const grams = gramsOf(name);
    const touched: number[] = [];
    const { counts } = this;
    for (const g of grams)
      for (const id of this.grams.get(g) ?? NONE) {
        if (counts[id] === 0) touched.push(id);
        counts[id] = (counts[id] as number) + 1;
      }
    const scored = touched.map(
      (id) => [id, (2 * (counts[id] as number)) / (grams.size + (this.sizes[id] as number))] as const,
    );
    for (const id of touched) counts[id] = 0;
    return scored
      .filter(([, dice]) => dice > 0.2)
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_CANDIDATES)
      .map(([id]) => id);
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Three-letter pieces of the sound of a name: of its telling words, and of the words run together. */
function gramsOf(name: Name): Set<string> {
  const out = new Set<string>();
  const cut = (word: string) => {
    const w = `#${word}#`;
    for (let i = 0; i + 3 <= w.length; i++) out.add(w.slice(i, i + 3));
  };
  name.keys.forEach((k, i) => {
    if ((name.weights[i] as number) > 0.5 || name.keys.length === 1) cut(k);
  });
  if (out.size === 0) for (const k of name.keys) cut(k);
  return out;
}

const rank = (f: Pick<Found, 'by' | 'name'>): number => (f.by === 'number' ? 2 : (f.name?.score ?? 0));

function differ(a: readonly Identifier[], b: readonly Identifier[]): boolean {
  return (['inn', 'ogrn'] as const).some((kind) => {
    const mine = a.filter((x) => x.kind === kind);
    const theirs = b.filter((x) => x.kind === kind);
    return mine.length > 0 && theirs.length > 0 && !mine.some((x) => theirs.some((y) => y.value === x.value));
  });
}
