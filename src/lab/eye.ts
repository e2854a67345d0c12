/**
 * What the law says to a whole population. Conditions are asked once for all who are alike to them (`trees.ts`); the eye puts the
 * answers of a provision and of all that bears on it together as `moves` does. Nothing here decides what is lawful; the tests
 * hold every answer against `check`, person by person.
 */
import type { LawBook } from '../law/book.ts';
import { membersOf } from '../law/book.ts';
import { inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { assess, compiledAt } from '../moves/assess.ts';
import { type Bearing, bearingOnEntry, bearingOnRoute } from '../moves/eligible.ts';
import { namesOf } from '../rules/index.ts';
import type { Day, Node } from '../rules/ir.ts';
import { bitsOf, DENIED, NO, UNKNOWN, YES } from './bits.ts';
import type { Groups } from './groups.ts';
import type { People, Probe } from './people.ts';
import { Trees } from './trees.ts';

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

/** The law as it looks to a population: each rule is asked once for all who are alike to it. */
export class LawEye {
  readonly book: LawBook;
  readonly people: People;
  readonly probe: ((on: Day) => Probe) | undefined;
  private readonly trees: Trees;
  private readonly docCount: Uint8Array;
  /** The most documents of any row: each is tried. */
  private readonly docs: number;
  private readonly bearingsHere = new Map<Provision, Bearing>();
  private readonly bearingsAway = new Map<Provision, Bearing>();

  /** With a probe, everybody is taken to be at its place. `shared` is another eye over the same people. */
  constructor(book: LawBook, people: People, probe?: (on: Day) => Probe, shared?: LawEye) {
    this.book = book;
    this.people = people;
    this.probe = probe;
    const like = shared?.people === people ? shared : undefined;
    this.trees = new Trees(book, people, probe, like?.trees);
    if (like) {
      this.docCount = like.docCount;
      this.docs = like.docs;
    } else {
      const counts = this.groupsBy([...people.columnsOf('documents')]);
      const of = Uint8Array.from(counts.reps, (i) => people.situation(i, 0).documents?.length ?? 0);
      this.docCount = Uint8Array.from(counts.ids, (id) => of[id] as number);
      this.docs = Math.max(1, ...of);
    }
  }

  /** Groups of rows with the same codes in these columns. */
  groupsBy(columns: readonly string[]): Groups {
    return this.trees.grouping.by(columns);
  }

  /** A provision's answer for every row with document `d`, as `assess` gives it; `undefined` where it is not in force. */
  see(p: Provision, on: Day, d: number): Uint8Array | undefined {
    const force = inForce(p, on);
    if (force === 'no') return undefined;
    const node = compiledAt(p, on).node;
    if (this.people.manyOffers && usesOffers(node)) return this.oneByOne(p, on, d);
    const rows = this.trees.rows(p, node, on, d);
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
    const best = this.pointWith(route, bearing, on, i);
    if (best !== NO || !route.papers || bearing.documents.length === 0) return best;
    return this.pointWith(route, { ...bearing, documents: [] }, on, i) === NO ? NO : UNKNOWN;
  }

  private pointWith(route: Provision, bearing: Bearing, on: Day, i: number): number {
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
    return { core, placed: this.placed(route, on, core) };
  }

  /** The second part alone; with `core` (all rows open), the first as well: it is narrowed there. */
  placed(route: Provision, on: Day, core?: Uint8Array): readonly Placed[] {
    if (inForce(route, on) === 'no') return [];
    if (this.docs > 1 || this.people.manyOffers || route.papers)
      return [{ columns: undefined, ask: askRoute(route, on) }];
    const placed: Placed[] = [];
    const { restrictions, documents } = bearingOnRoute(this.book, route, true, on);
    const part = (p: Provision, node: Node, denied: boolean, cap: number): void => {
      if (this.trees.traitsOf(p, node).placed) {
        placed.push({ columns: this.trees.columnsIn(p, node), ask: LawEye.askPart(p, node, on, denied, cap) });
        return;
      }
      if (!core) return;
      const rows = this.trees.combine(p, { k: 'any', of: [node] }, on, 0);
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
      if (core && tops.length === 0 && cap !== YES)
        for (let i = 0; i < core.length; i++) core[i] = (core[i] as number) & cap;
    }
    for (const p of restrictions) {
      const force = inForce(p, on);
      if (p.strength === 'may' || force === 'no') continue;
      part(p, compiledAt(p, on).node, true, force === 'unknown' ? UNKNOWN : YES);
    }
    return placed;
  }

  /** Made apart from `placed`: a question that is kept for a whole run must not keep the rows of that day with it. */
  private static askPart(p: Provision, node: Node, on: Day, denied: boolean, cap: number): Placed['ask'] {
    return (eye, i) => {
      const bits = eye.trees.point(p, node, on, 0, i) & cap;
      return denied ? (DENIED[bits] as number) : bits;
    };
  }

  /** Lets go of the answers of all rows: what is asked from then on is asked for single rows. */
  forget(): void {
    this.trees.forget();
  }

  private pointOf(p: Provision, on: Day, d: number, i: number): number {
    const node = compiledAt(p, on).node;
    let bits: number;
    if (this.people.manyOffers && usesOffers(node)) {
      const s = this.people.situation(i, on, this.probe?.(on));
      const count = s.documents?.length ?? 0;
      return bitsOf(assess(this.book, p, s, on, count > 0 ? { document: Math.min(d, count - 1) } : {}).outcome);
    }
    bits = this.trees.point(p, node, on, d, i);
    if (bits === YES && inForce(p, on) === 'unknown') bits = UNKNOWN;
    return bits;
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
    if (inside === 'all' || inside === 'none') return this.whole(route, inside === 'all', on);
    const here = this.whole(route, true, on);
    const away = this.whole(route, false, on);
    return away.map((a, i) => (inside[i] ? (here[i] as number) : a));
  }

  /** A route with all that bears on it; where only rules on papers close it, and the state may set them aside, it is perhaps open. */
  private whole(route: Provision, here: boolean, on: Day): Uint8Array {
    const bearing = bearingOnRoute(this.book, route, here, on);
    const rows = this.together(route, bearing, on);
    if (!route.papers || bearing.documents.length === 0) return rows;
    const free = this.together(route, { ...bearing, documents: [] }, on);
    return rows.map((x, i) => (x === NO && free[i] !== NO ? UNKNOWN : x));
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
      if (this.trees.traitsOf(p, node).moves || (this.people.manyOffers && usesOffers(node))) moves = true;
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
    for (const c of tops) count(`${route.id}#${c.id ?? ''}`, this.trees.combine(route, { k: 'any', of: [c] }, on, 0));
    for (const p of othersOf(bearingOnRoute(this.book, route, inside === 'all', on))) {
      const rows = this.part(p, on, 0);
      if (rows) count(p.id, rows);
    }
    return { names, rule };
  }
}

/** Made apart from `placed`, for the same reason as `askPart`. */
const askRoute =
  (route: Provision, on: Day): Placed['ask'] =>
  (eye, i) =>
    eye.point(route, on, i);

const othersOf = (b: Bearing): Provision[] => [...b.restrictions, ...b.documents];

const offerTrees = new WeakMap<Node, boolean>();
function usesOffers(node: Node): boolean {
  let uses = offerTrees.get(node);
  if (uses === undefined) {
    uses = namesOf(node).facts.some((f) => f.startsWith('offer.'));
    offerTrees.set(node, uses);
  }
  return uses;
}
