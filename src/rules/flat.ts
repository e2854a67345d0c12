/**
 * A context kept in flat arrays. Names are resolved to places once, when conditions are compiled against a layout;
 * reading a fact is then one array access. For whoever evaluates the same conditions for many persons or days.
 */
import type { Context, Day, Duration, MonthEnd, Node, Tri, Value } from './ir.ts';
import { namesOf } from './names.ts';

/** Where each name stands: facts and parameters share one array (place 0 is the key day), lists of codes have another. */
export type Layout = {
  readonly facts: ReadonlyMap<string, number>;
  readonly params: ReadonlyMap<string, number>;
  readonly codeLists: ReadonlyMap<string, number>;
};

/** A layout with a place for everything that the given trees read, in the order of their text. */
export function layoutOf(nodes: Iterable<Node>): Layout {
  const facts = new Map<string, number>();
  const params = new Map<string, number>();
  const codeLists = new Map<string, number>();
  let next = 1;
  for (const node of nodes) {
    const names = namesOf(node);
    for (const fact of names.facts) if (!facts.has(fact)) facts.set(fact, next++);
    for (const param of names.params) if (!params.has(param)) params.set(param, next++);
    for (const list of names.codeLists) if (!codeLists.has(list)) codeLists.set(list, codeLists.size);
  }
  return { facts, params, codeLists };
}

/** What a flat context cannot hold as values. */
export type FlatSources = {
  readonly monthEnd?: MonthEnd | undefined;
  readonly rate?: Context['rate'];
  readonly clock?: Context['clock'];
};

/** A context over flat arrays; usable wherever a Context is, and fast with conditions compiled against its layout. */
export class FlatContext implements Context {
  readonly layout: Layout;
  /** Place 0 is the key day, the rest as the layout says; `undefined` is unknown. May be written directly. */
  readonly slots: (Value | undefined)[];
  /** Lists of codes by the layout's places. */
  readonly lists: (readonly string[] | undefined)[];
  readonly monthEnd: MonthEnd | undefined;
  private readonly rates: Context['rate'] | undefined;
  private readonly clocks: Context['clock'] | undefined;

  constructor(layout: Layout, on: Day, sources: FlatSources = {}) {
    this.layout = layout;
    this.slots = new Array<Value | undefined>(1 + layout.facts.size + layout.params.size).fill(undefined);
    this.slots[0] = on;
    this.lists = new Array<readonly string[] | undefined>(layout.codeLists.size).fill(undefined);
    this.monthEnd = sources.monthEnd;
    this.rates = sources.rate;
    this.clocks = sources.clock;
  }

  get on(): Day {
    return this.slots[0] as Day;
  }

  fact(name: string): Value | undefined {
    const place = this.layout.facts.get(name);
    return place === undefined ? undefined : this.slots[place];
  }

  param(name: string): Value | undefined {
    const place = this.layout.params.get(name);
    return place === undefined ? undefined : this.slots[place];
  }

  codeList(name: string): readonly string[] | undefined {
    const place = this.layout.codeLists.get(name);
    return place === undefined ? undefined : this.lists[place];
  }

  rate(from: string, to: string): ReturnType<Context['rate']> {
    return this.rates?.(from, to);
  }

  clock(id: string, need: Duration): ReturnType<Context['clock']> {
    return this.clocks?.(id, need) ?? { reached: undefined as Tri, missing: [] };
  }

  /** Sets a fact; names outside the layout are ignored, since no compiled condition reads them. */
  setFact(name: string, value: Value | undefined): void {
    const place = this.layout.facts.get(name);
    if (place !== undefined) this.slots[place] = value;
  }

  /** Sets a parameter, as `setFact` does. */
  setParam(name: string, value: Value | undefined): void {
    const place = this.layout.params.get(name);
    if (place !== undefined) this.slots[place] = value;
  }

  /** Sets a dated list of codes, as `setFact` does. */
  setCodeList(name: string, codes: readonly string[] | undefined): void {
    const place = this.layout.codeLists.get(name);
    if (place !== undefined) this.lists[place] = codes;
  }
}
