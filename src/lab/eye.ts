/**
 * What the law says to a whole population. A condition looks at a few facts; persons who share them share its answer. The eye
 * groups persons by the columns that a condition's facts hang on, evaluates it once a group by the rules' own evaluator over
 * the view that `assess` uses, and puts the answers together as `moves` does. Nothing here decides what is lawful; the tests
 * hold every answer against `check`, person by person.
 */
import type { LawBook } from '../law/book.ts';
import { membersOf } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { assess, bindingsOf, compiledAt } from '../moves/assess.ts';
import { type Bearing, bearingOnEntry, bearingOnRoute } from '../moves/eligible.ts';
import { View } from '../person/view.ts';
import { compile, namesOf } from '../rules/index.ts';
import type { Context, Day, Node, Tri } from '../rules/ir.ts';
import { baseFactsOf } from './conditions.ts';
import { type People, PLACE_FACTS, type Probe } from './people.ts';

/** Answers as two bits, "may hold" and "surely holds": `&` is "and", `|` is "or", as in the rules' kernels. */
export const NO = 0;
export const UNKNOWN = 1;
export const YES = 3;

/** Rows with the same codes in some columns, and the first row of each group. */
export type Groups = { readonly ids: Int32Array; readonly reps: Int32Array };

const bitsOf = (t: Tri): number => (t === undefined ? UNKNOWN : t ? YES : NO);
/** 0 ↔ 3; unknown stays. */
const DENIED = Uint8Array.of(3, 1, 2, 0);

type Kept = WeakMap<Node, { on: Day; by: (Uint8Array | undefined)[] }>;
type Memory = { readonly leaves: Kept; readonly trees: Kept };
const newMemory = (): Memory => ({ leaves: new WeakMap(), trees: new WeakMap() });

/** Whether an answer can change with the day alone; whether it looks at where the person is, since when, with which status. */
type Traits = { readonly moves: boolean; readonly placed: boolean };

/** What answers hang on beside the persons: where nothing moves and the marks are the same, so are the answers. */
export type Marks = { readonly of: readonly unknown[]; readonly moves: boolean };

export const sameMarks = (a: Marks, b: Marks): boolean =>
  !a.moves && !b.moves && a.of.length === b.of.length && a.of.every((x, k) => x === b.of[k]);

/**
 * A part of an answer that looks at where a person is. Of persons it looks at some columns only (none: it is the same for all);
 * `undefined`: at all of them.
 */
export type Placed = {
  readonly columns: readonly string[] | undefined;
  /** The answer of a row to an eye that sees it somewhere. */
  readonly ask: (eye: LawEye, i: number) => number;
};

type Leaf = Traits & {
  readonly columns: readonly string[];
  readonly groups: Groups;
  readonly documents: boolean;
  readonly offers: boolean;
  readonly test: (c: Context) => Tri;
};

/** The law as it looks to a population: each rule is asked once for all who are alike to it. */
export class LawEye {
  readonly book: LawBook;
  readonly people: People;
  readonly probe: ((on: Day) => Probe) | undefined;
  private readonly grouped: Map<string, Groups>;
  private readonly docCount: Uint8Array;
  /** The most documents of any row: each is tried. */
  private readonly docs: number;
  private readonly leaves: WeakMap<Node, Leaf>;
  private readonly traits: WeakMap<Node, Traits>;
  /** Answers of leaves and trees that look at where a person is; those that do not are shared by all eyes of the same people. */
  private readonly own: Memory = newMemory();
  private readonly common: Memory;
  private readonly points = new Map<Node, Map<number, number>>();
  private readonly commonPoints: Map<Node, Map<number, number>>;
  private readonly bearingsHere = new Map<Provision, Bearing>();
  private readonly bearingsAway = new Map<Provision, Bearing>();

  /** With a probe, everybody is taken to be at its place. `shared` is another eye over the same people. */
  constructor(book: LawBook, people: People, probe?: (on: Day) => Probe, shared?: LawEye) {
    this.book = book;
    this.people = people;
    this.probe = probe;
    this.leaves = new WeakMap();
    this.traits = new WeakMap();
    if (shared && shared.people === people) {
      this.grouped = shared.grouped;
      this.docCount = shared.docCount;
      this.docs = shared.docs;
      this.common = shared.common;
      this.commonPoints = shared.commonPoints;
    } else {
      this.common = newMemory();
      this.commonPoints = new Map();
      this.grouped = new Map();
      const counts = this.groupsBy([...people.columnsOf('documents')]);
      const of = Uint8Array.from(counts.reps, (i) => people.situation(i, 0).documents?.length ?? 0);
      this.docCount = Uint8Array.from(counts.ids, (id) => of[id] as number);
      this.docs = Math.max(1, ...of);
    }
  }

  /** Groups of rows with the same codes in these columns. */
  groupsBy(columns: readonly string[]): Groups {
    const names = [...new Set(columns)].sort();
    const key = names.join('|');
    const have = this.grouped.get(key);
    if (have) return have;
    const { n } = this.people;
    let ids = new Int32Array(n);
    let count = 1;
    for (const name of names) {
      const { codes, size } = this.people.column(name);
      const next = new Int32Array(n);
      if (count * size <= 1 << 24) {
        const table = new Int32Array(count * size).fill(-1);
        let made = 0;
        for (let i = 0; i < n; i++) {
          const k = (ids[i] as number) * size + (codes[i] as number);
          let id = table[k] as number;
          if (id < 0) {
            id = made++;
            table[k] = id;
          }
          next[i] = id;
        }
        count = made;
      } else {
        const table = new Map<number, number>();
        for (let i = 0; i < n; i++) {
          const k = (ids[i] as number) * size + (codes[i] as number);
          let id = table.get(k);
          if (id === undefined) {
            id = table.size;
            table.set(k, id);
          }
          next[i] = id;
        }
        count = table.size;
      }
      ids = next;
    }
    const reps = new Int32Array(count).fill(-1);
    for (let i = n - 1; i >= 0; i--) reps[ids[i] as number] = i;
    const made = { ids, reps: n === 0 ? new Int32Array(0) : reps };
    this.grouped.set(key, made);
    return made;
  }

  private leafOf(p: Provision, node: Node): Leaf {
    const have = this.leaves.get(node);
    if (have) return have;
    const names = namesOf(node);
    const facts = baseFactsOf(this.book.schema, names.facts);
    if (names.clocks.length) facts.push(...PLACE_FACTS);
    const offers = names.facts.some((f) => f.startsWith('offer.'));
    const columns = new Set<string>();
    for (const f of facts)
      if (!(this.probe && PLACE_FACTS.has(f))) for (const c of this.people.columnsOf(f)) columns.add(c);
    const moves =
      JSON.stringify(node).includes('"k":"on"') ||
      names.clocks.length > 0 ||
      names.codeLists.some((l) => l.startsWith('area.')) ||
      facts.some((f) => f === 'person.born' || f === 'family' || PLACE_FACTS.has(f)) ||
      (this.people.documentsMove && facts.includes('documents')) ||
      // Money in another currency than the persons' is told by dated rates.
      names.params.some((x) => p.params[x]?.type.t === 'money' && !p.params[x]?.unit.startsWith('EUR'));
    const made = {
      placed: facts.some((f) => PLACE_FACTS.has(f)),
      columns: [...columns],
      groups: this.groupsBy([...columns]),
      moves,
      documents: names.facts.some((f) => f.startsWith('passport.')),
      offers,
      test: compile(node),
    };
    this.leaves.set(node, made);
    return made;
  }

  /** A leaf's answers by group, with document `d` chosen. */
  private leaf(p: Provision, node: Node, on: Day, d: number): { readonly ids: Int32Array; readonly of: Uint8Array } {
    const leaf = this.leafOf(p, node);
    const groups = leaf.groups;
    const doc = leaf.documents ? d : 0;
    const kept = (leaf.placed ? this.own : this.common).leaves;
    let have = kept.get(node);
    if (!have || (leaf.moves && have.on !== on)) {
      have = { on, by: [] };
      kept.set(node, have);
    }
    let of = have.by[doc];
    if (!of) {
      of = Uint8Array.from(groups.reps, (i) => this.ask(p, leaf, i, on, doc));
      have.by[doc] = of;
    }
    return { ids: groups.ids, of };
  }

  /** Whether something in a tree changes with the day alone, and whether it looks at where the person is. */
  private traitsOf(p: Provision, node: Node): Traits {
    const have = this.traits.get(node);
    if (have) return have;
    const parts = childrenOf(node)?.map((c) => this.traitsOf(p, c)) ?? [this.leafOf(p, node)];
    const made = { moves: parts.some((x) => x.moves), placed: parts.some((x) => x.placed) };
    this.traits.set(node, made);
    return made;
  }

  /** A tree's answer for every row, with document `d` chosen. The array belongs to the eye. */
  private tree(p: Provision, node: Node, on: Day, d: number): Uint8Array {
    const { moves, placed } = this.traitsOf(p, node);
    const kept = (placed ? this.own : this.common).trees;
    let have = kept.get(node);
    if (!have || (have.on !== on && moves)) {
      have = { on, by: [] };
      kept.set(node, have);
    }
    let rows = have.by[d];
    if (!rows) {
      rows = this.combine(p, node, on, d);
      have.by[d] = rows;
    }
    return rows;
  }

  private combine(p: Provision, node: Node, on: Day, d: number): Uint8Array {
    const { n } = this.people;
    const out = new Uint8Array(n);
    switch (node.k) {
      case 'all':
        out.fill(YES);
        for (const c of node.of) this.into(out, p, c, on, d, true);
        return out;
      case 'any':
        for (const c of node.of) this.into(out, p, c, on, d, false);
        return out;
      case 'not': {
        this.into(out, p, node.of, on, d, false);
        for (let i = 0; i < n; i++) out[i] = DENIED[out[i] as number] as number;
        return out;
      }
      case 'atLeast': {
        const parts = node.of.map((c) => this.combine(p, { k: 'any', of: [c] }, on, d));
        for (let i = 0; i < n; i++) {
          let may = 0;
          let surely = 0;
          for (const x of parts) {
            may += (x[i] as number) & 1;
            surely += (x[i] as number) >> 1;
          }
          out[i] = surely >= node.n ? YES : may >= node.n ? UNKNOWN : NO;
        }
        return out;
      }
      default:
        this.into(out, p, node, on, d, false);
        return out;
    }
  }

  /** Puts a node's answers into `out`: `&` or `|`. Leaves are looked up by group; nothing is laid out for them. */
  private into(out: Uint8Array, p: Provision, node: Node, on: Day, d: number, and: boolean): void {
    const n = out.length;
    if (childrenOf(node)) {
      const rows = this.combine(p, node, on, d);
      if (and) for (let i = 0; i < n; i++) out[i] = (out[i] as number) & (rows[i] as number);
      else for (let i = 0; i < n; i++) out[i] = (out[i] as number) | (rows[i] as number);
      return;
    }
    const { ids, of } = this.leaf(p, node, on, d);
    if (of.length === 1) {
      const v = of[0] as number;
      if (and) for (let i = 0; i < n; i++) out[i] = (out[i] as number) & v;
      else for (let i = 0; i < n; i++) out[i] = (out[i] as number) | v;
    } else if (and) for (let i = 0; i < n; i++) out[i] = (out[i] as number) & (of[ids[i] as number] as number);
    else for (let i = 0; i < n; i++) out[i] = (out[i] as number) | (of[ids[i] as number] as number);
  }

  /** A provision's answer for every row with document `d`, as `assess` gives it; `undefined` where it is not in force. */
  see(p: Provision, on: Day, d: number): Uint8Array | undefined {
    const force = inForce(p, on);
    if (force === 'no') return undefined;
    const node = compiledAt(p, on).node;
    if (this.people.manyOffers && usesOffers(node)) return this.oneByOne(p, on, d);
    const rows = this.tree(p, node, on, d);
    return force === 'yes' ? rows : rows.map((x) => (x === YES ? UNKNOWN : x));
  }

  /** Rows with several offers in one country: each is tried with all conditions together, so nothing can be taken apart. */
  private oneByOne(p: Provision, on: Day, d: number): Uint8Array {
    const probe = this.probe?.(on);
    const out = new Uint8Array(this.people.n);
    for (let i = 0; i < out.length; i++) {
      const s = this.people.situation(i, on, probe);
      const count = s.documents?.length ?? 0;
      out[i] = bitsOf(assess(this.book, p, s, on, count > 0 ? { document: Math.min(d, count - 1) } : {}).outcome);
    }
    return out;
  }

  /** Puts a provision and what bears on it together, row by row: the best document, with which every part lets through. */
  private together(main: Provision, bearing: Bearing, on: Day): Uint8Array {
    const { n } = this.people;
    const best = new Uint8Array(n);
    for (let d = 0; d < this.docs; d++) {
      const own = this.see(main, on, d);
      if (!own) return best;
      const rows = Uint8Array.from(own);
      for (const p of othersOf(bearing)) {
        const x = this.part(p, on, d);
        if (x) for (let i = 0; i < n; i++) rows[i] = (rows[i] as number) & (x[i] as number);
      }
      // A row without a document is asked about once, without one.
      for (let i = 0; i < n; i++)
        if (d === 0 || d < (this.docCount[i] as number)) best[i] = (best[i] as number) | (rows[i] as number);
    }
    return best;
  }

  /**
   * A route's answer for one row, as `route` gives it for all. Leaves are asked when a row first needs them, and remembered for
   * the rows that look alike to them. For an eye that is asked about one day only.
   */
  point(route: Provision, on: Day, i: number): number {
    const place = this.probe?.(on).place ?? this.people.placeOf(i);
    const here = place !== undefined && (membersOf(this.book, route.jurisdiction, on) ?? []).includes(place);
    let bearing = (here ? this.bearingsHere : this.bearingsAway).get(route);
    if (!bearing) {
      bearing = bearingOnRoute(this.book, route, here, on);
      (here ? this.bearingsHere : this.bearingsAway).set(route, bearing);
    }
    if (inForce(route, on) === 'no') return NO;
    let best = NO;
    const docs = Math.max(1, this.docCount[i] as number);
    for (let d = 0; d < docs && best !== YES; d++) {
      let all = this.pointOf(route, on, d, i);
      for (const p of bearing.documents) {
        if (all === NO) break;
        if (inForce(p, on) !== 'no') all &= this.pointOf(p, on, d, i);
      }
      for (const p of bearing.restrictions) {
        if (all === NO) break;
        if (p.strength !== 'may' && inForce(p, on) !== 'no') all &= DENIED[this.pointOf(p, on, d, i)] as number;
      }
      best |= all;
    }
    return best;
  }

  /**
   * A route's answer to somebody in its country, parted in two: what does not look at where the person is, since when and with
   * which status (`core`, for all rows), and what does (`placed`). Both must let through. Where a row may have several documents or
   * offers the answer cannot be parted so, and all of it counts as placed.
   */
  parted(route: Provision, on: Day): { readonly core: Uint8Array; readonly placed: readonly Placed[] } {
    const core = new Uint8Array(this.people.n).fill(inForce(route, on) === 'no' ? NO : YES);
    const placed: Placed[] = [];
    if (inForce(route, on) === 'no') return { core, placed };
    if (this.docs > 1 || this.people.manyOffers) {
      placed.push({ columns: undefined, ask: (eye, i) => eye.point(route, on, i) });
      return { core, placed };
    }
    const { restrictions, documents } = bearingOnRoute(this.book, route, true, on);
    const part = (p: Provision, node: Node, denied: boolean, cap: number): void => {
      if (this.traitsOf(p, node).placed) {
        const columns = this.columnsIn(p, node);
        const ask = (eye: LawEye, i: number): number => {
          const bits = eye.pointNode(p, node, on, 0, i) & cap;
          return denied ? (DENIED[bits] as number) : bits;
        };
        placed.push({ columns, ask });
        return;
      }
      const rows = this.combine(p, { k: 'any', of: [node] }, on, 0);
      for (let i = 0; i < core.length; i++) {
        const bits = (rows[i] as number) & cap;
        core[i] = (core[i] as number) & (denied ? (DENIED[bits] as number) : bits);
      }
    };
    for (const p of [route, ...documents]) {
      const force = inForce(p, on);
      if (force === 'no') continue;
      const cap = force === 'unknown' ? UNKNOWN : YES;
      const { node } = compiledAt(p, on);
      const tops = node.k === 'all' ? node.of : [node];
      for (const c of tops) part(p, c, false, cap);
      if (tops.length === 0 && cap !== YES) for (let i = 0; i < core.length; i++) core[i] = (core[i] as number) & cap;
    }
    for (const p of restrictions) {
      const force = inForce(p, on);
      if (p.strength === 'may' || force === 'no') continue;
      part(p, compiledAt(p, on).node, true, force === 'unknown' ? UNKNOWN : YES);
    }
    return { core, placed };
  }

  /** The columns of persons that a tree's leaves look at. */
  private columnsIn(p: Provision, node: Node): readonly string[] {
    const parts = childrenOf(node);
    return parts ? [...new Set(parts.flatMap((c) => this.columnsIn(p, c)))] : this.leafOf(p, node).columns;
  }

  private pointOf(p: Provision, on: Day, d: number, i: number): number {
    const node = compiledAt(p, on).node;
    let bits: number;
    if (this.people.manyOffers && usesOffers(node)) {
      const s = this.people.situation(i, on, this.probe?.(on));
      const count = s.documents?.length ?? 0;
      return bitsOf(assess(this.book, p, s, on, count > 0 ? { document: Math.min(d, count - 1) } : {}).outcome);
    }
    bits = this.pointNode(p, node, on, d, i);
    if (bits === YES && inForce(p, on) === 'unknown') bits = UNKNOWN;
    return bits;
  }

  private pointNode(p: Provision, node: Node, on: Day, d: number, i: number): number {
    switch (node.k) {
      case 'all': {
        let all = YES;
        for (const c of node.of) {
          all &= this.pointNode(p, c, on, d, i);
          if (all === NO) return NO;
        }
        return all;
      }
      case 'any': {
        let any = NO;
        for (const c of node.of) {
          any |= this.pointNode(p, c, on, d, i);
          if (any === YES) return YES;
        }
        return any;
      }
      case 'not':
        return DENIED[this.pointNode(p, node.of, on, d, i)] as number;
      case 'atLeast': {
        let may = 0;
        let surely = 0;
        for (const c of node.of) {
          const x = this.pointNode(p, c, on, d, i);
          may += x & 1;
          surely += x >> 1;
        }
        return surely >= node.n ? YES : may >= node.n ? UNKNOWN : NO;
      }
      default: {
        const leaf = this.leafOf(p, node);
        const groups = leaf.groups;
        const table = leaf.placed || leaf.moves ? this.points : this.commonPoints;
        let known = table.get(node);
        if (!known) {
          known = new Map();
          table.set(node, known);
        }
        const doc = leaf.documents ? d : 0;
        const key = (groups.ids[i] as number) * 8 + doc;
        let bits = known.get(key);
        if (bits === undefined) {
          bits = this.ask(p, leaf, i, on, doc);
          known.set(key, bits);
        }
        return bits;
      }
    }
  }

  private ask(p: Provision, leaf: Leaf, i: number, on: Day, doc: number): number {
    const s = this.people.situation(i, on, this.probe?.(on));
    const count = s.documents?.length ?? 0;
    const document = count > 0 ? Math.min(doc, count - 1) : undefined;
    const offer = leaf.offers ? bindingsOf(this.book, p, s, on)[0]?.offer : undefined;
    return bitsOf(leaf.test(new View(this.book, p, s, on, { document, offer })));
  }

  /** What a restriction or rule on documents says of letting through; `undefined` where it bears on nobody that day. */
  private part(p: Provision, on: Day, d: number): Uint8Array | undefined {
    if (p.kind === 'restriction' && p.strength === 'may') return undefined;
    const rows = this.see(p, on, d);
    return rows && p.kind === 'restriction' ? rows.map((x) => DENIED[x] as number) : rows;
  }

  /** Whether a route is open to every row on a day, as `routeEligibility` says of one person. */
  route(route: Provision, on: Day): Uint8Array {
    const inside = this.inside(route, on);
    if (inside === 'all' || inside === 'none')
      return this.together(route, bearingOnRoute(this.book, route, inside === 'all', on), on);
    const here = this.together(route, bearingOnRoute(this.book, route, true, on), on);
    const away = this.together(route, bearingOnRoute(this.book, route, false, on), on);
    return away.map((a, i) => (inside[i] ? (here[i] as number) : a));
  }

  /** Marks of a home's answers on a day, for an eye with a probe. */
  marks(home: { readonly route: Provision; readonly via?: Provision }, on: Day): Marks {
    return this.marksOf(
      (home.via ? [home.route, home.via] : [home.route]).flatMap((r) => [
        r,
        ...othersOf(bearingOnRoute(this.book, r, this.inside(r, on) === 'all', on)),
      ]),
      on,
    );
  }

  /** Marks of the answers to whether one may enter a country under some stay rules. */
  entryMarks(rules: readonly Provision[], country: string, on: Day): Marks {
    return this.marksOf(
      rules.flatMap((r) => [r, ...othersOf(bearingOnEntry(this.book, r, country, on))]),
      on,
    );
  }

  private marksOf(parts: readonly Provision[], on: Day): Marks {
    const of: unknown[] = [];
    let moves = false;
    for (const p of parts) {
      const force = inForce(p, on);
      of.push(p.id, force);
      if (force === 'no') continue;
      const { node } = compiledAt(p, on);
      of.push(node);
      if (this.traitsOf(p, node).moves || (this.people.manyOffers && usesOffers(node))) moves = true;
    }
    return { of, moves };
  }

  /** Rows that are in the route's country. */
  inside(route: Provision, on: Day): Uint8Array | 'all' | 'none' {
    const members = membersOf(this.book, route.jurisdiction, on) ?? [];
    if (this.probe) {
      const place = this.probe(on).place;
      return place !== undefined && members.includes(place) ? 'all' : 'none';
    }
    const g = this.groupsBy(this.people.columnsOf('now.country'));
    const at = Uint8Array.from(g.reps, (i) => {
      const place = this.people.placeOf(i);
      return place !== undefined && members.includes(place) ? 1 : 0;
    });
    return Uint8Array.from(g.ids, (id) => at[id] as number);
  }

  /** Whether a provision holds of every row with its best document, as `assess` says of one person. */
  holds(p: Provision, on: Day): Uint8Array {
    return this.together(p, { restrictions: [], documents: [] }, on);
  }

  /** Whether every row may enter a country under a stay rule, as `entryEligibility` says of one person. */
  entry(stay: Provision, country: string, on: Day): Uint8Array {
    return this.together(stay, bearingOnEntry(this.book, stay, country, on), on);
  }

  /**
   * For every row to which a route is closed, the one rule that alone closes it: an index into `names`; −1 where it is not
   * closed, −2 where more than one rule would have to go. A row's first document is taken.
   */
  aloneClosing(route: Provision, on: Day): { readonly names: readonly string[]; readonly rule: Int16Array } {
    const { n } = this.people;
    const rule = new Int16Array(n).fill(-1);
    const inside = this.inside(route, on);
    const node = compiledAt(route, on).node;
    const tops = node.k === 'all' ? node.of : [node];
    const names: string[] = [];
    const count = (id: string, rows: Uint8Array): void => {
      const k = names.length;
      names.push(id);
      for (let i = 0; i < n; i++) if (rows[i] === NO) rule[i] = rule[i] === -1 ? k : -2;
    };
    // A law that is not in force closes it for everybody; whoever its clauses would stop as well has more against them.
    if (inForce(route, on) === 'no') count(`${route.id}#in-force`, new Uint8Array(n));
    for (const c of tops) count(`${route.id}#${c.id ?? ''}`, this.combine(route, { k: 'any', of: [c] }, on, 0));
    for (const p of othersOf(bearingOnRoute(this.book, route, inside === 'all', on))) {
      const rows = this.part(p, on, 0);
      if (rows) count(p.id, rows);
    }
    return { names, rule };
  }
}

const othersOf = (b: Bearing): Provision[] => [...b.restrictions, ...b.documents];

/** The parts of a node that the eye takes apart; `undefined` for what is looked at whole. */
function childrenOf(node: Node): readonly Node[] | undefined {
  switch (node.k) {
    case 'all':
    case 'any':
    case 'atLeast':
      return node.of;
    case 'not':
      return [node.of];
    default:
      return undefined;
  }
}

const offerTrees = new WeakMap<Node, boolean>();
function usesOffers(node: Node): boolean {
  let uses = offerTrees.get(node);
  if (uses === undefined) {
    uses = namesOf(node).facts.some((f) => f.startsWith('offer.'));
    offerTrees.set(node, uses);
  }
  return uses;
}
