/**
 * Conditions over a population. A leaf looks at a few facts; persons who share the columns that those hang on share its answer. It is
 * evaluated once a group by the rules' own evaluator over the view that `assess` uses, and trees are put together from leaves,
 * for all rows or for one.
 */
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { bindingsOf } from '../moves/assess.ts';
import { View } from '../person/view.ts';
import { compile, namesOf } from '../rules/index.ts';
import type { Context, Day, Node, Tri } from '../rules/ir.ts';
import { bitsOf, DENIED, NO, UNKNOWN, YES } from './bits.ts';
import { baseFactsOf } from './conditions.ts';
import { Grouping, type Groups } from './groups.ts';
import { type People, PLACE_FACTS, type Probe } from './people.ts';

type Kept = WeakMap<Node, { on: Day; by: (Uint8Array | undefined)[] }>;
/** Answers of a leaf that sees ages, by group of its other columns and age: good on every day. */
type Aged = { readonly ids: Int32Array; readonly of: Map<number, number> };
type Memory = { readonly leaves: Kept; trees: Kept; aged: WeakMap<Node, (Aged | undefined)[]> };
const newMemory = (): Memory => ({ leaves: new WeakMap(), trees: new WeakMap(), aged: new WeakMap() });

/** Whether an answer can change with the day alone; whether it looks at where the person is, since when, with which status. */
export type Traits = { readonly moves: boolean; readonly placed: boolean };

type Leaf = Traits & {
  readonly columns: readonly string[];
  readonly groups: Groups;
  readonly documents: boolean;
  readonly offers: boolean;
  /** The other columns of a leaf that changes with the day through ages alone. */
  readonly besidesAge: readonly string[] | undefined;
  readonly test: (c: Context) => Tri;
};

export class Trees {
  readonly grouping: Grouping;
  private readonly book: LawBook;
  private readonly people: People;
  private readonly probe: ((on: Day) => Probe) | undefined;
  /** What leaves and trees look at: the same for all eyes that take everybody to be at some place, and for all that do not. */
  private readonly leaves: WeakMap<Node, Leaf>;
  private readonly traits: WeakMap<Node, Traits>;
  /** Answers of leaves and trees that look at where a person is; those that do not are shared by all eyes of the same people. */
  private readonly own: Memory = newMemory();
  private readonly common: Memory;
  private readonly points = new Map<Node, Map<number, number>>();
  private readonly commonPoints: Map<Node, Map<number, number>>;

  /** `shared` are the trees of another eye over the same people. */
  constructor(book: LawBook, people: People, probe: ((on: Day) => Probe) | undefined, shared: Trees | undefined) {
    this.book = book;
    this.people = people;
    this.probe = probe;
    this.grouping = shared?.grouping ?? new Grouping(people);
    const like = shared && (shared.probe === undefined) === (probe === undefined) ? shared : undefined;
    this.leaves = like?.leaves ?? new WeakMap();
    this.traits = like?.traits ?? new WeakMap();
    this.common = shared?.common ?? newMemory();
    this.commonPoints = shared?.commonPoints ?? new Map();
  }

  private leafOf(p: Provision, node: Node): Leaf {
    const have = this.leaves.get(node);
    if (have) return have;
    const names = namesOf(node);
    const facts = baseFactsOf(this.book.schema, names.facts);
    if (names.clocks.length) facts.push(...PLACE_FACTS);
    const offers = names.facts.some((f) => f.startsWith('offer.'));
    const columns = new Set<string>();
    const { visaColumns } = this.people;
    const seesVisas = visaColumns.size > 0 && looksAtVisas(this.book, names);
    // Where somebody is is the probe's to say; a visa they have with them.
    for (const f of facts)
      for (const c of this.people.columnsOf(f))
        if (!PLACE_FACTS.has(f) || (visaColumns.has(c) ? seesVisas : !this.probe)) columns.add(c);
    const { documentsMove, familyMoves } = this.people;
    const ages = facts.includes('person.born');
    const movesOtherwise =
      JSON.stringify(node).includes('"k":"on"') ||
      names.clocks.length > 0 ||
      names.codeLists.some((l) => l.startsWith('area.')) ||
      facts.some((f) => (f === 'family' && familyMoves) || PLACE_FACTS.has(f)) ||
      (facts.includes('documents') && documentsMove.size > 0 && !stillDocuments(names.facts, documentsMove)) ||
      // Money in another currency than the persons' is told by dated rates.
      names.params.some((x) => p.params[x]?.type.t === 'money' && !p.params[x]?.unit.startsWith('EUR'));
    const moves = ages || movesOtherwise;
    const aged = ages && !movesOtherwise && !names.facts.includes('person.born');
    const made = {
      placed: facts.some((f) => PLACE_FACTS.has(f)),
      columns: [...columns],
      groups: this.grouping.by([...columns]),
      moves,
      documents: names.facts.some((f) => f.startsWith('passport.')),
      offers,
      besidesAge: aged ? [...columns].filter((c) => c !== 'born') : undefined,
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
      of = this.aged(p, node, leaf, on, doc) ?? Uint8Array.from(groups.reps, (i) => this.ask(p, leaf, i, on, doc));
      have.by[doc] = of;
    }
    return { ids: groups.ids, of };
  }

  /** The answers of a leaf that changes through ages alone: each age is asked about once, whatever the day. */
  private aged(p: Provision, node: Node, leaf: Leaf, on: Day, doc: number): Uint8Array | undefined {
    if (!leaf.besidesAge) return undefined;
    const ages = this.people.agesOn(on);
    if (!ages) return undefined;
    const born = this.people.column('born').codes;
    const all = (leaf.placed ? this.own : this.common).aged;
    let by = all.get(node);
    if (!by) {
      by = [];
      all.set(node, by);
    }
    let known = by[doc];
    if (!known) {
      known = { ids: this.grouping.by(leaf.besidesAge).ids, of: new Map() };
      by[doc] = known;
    }
    const { ids, of } = known;
    return Uint8Array.from(leaf.groups.reps, (i) => {
      const key = ((ids[i] as number) << 8) | (ages[born[i] as number] as number);
      let bits = of.get(key);
      if (bits === undefined) {
        bits = this.ask(p, leaf, i, on, doc);
        of.set(key, bits);
      }
      return bits;
    });
  }

  /** Whether something in a tree changes with the day alone, and whether it looks at where the person is. */
  traitsOf(p: Provision, node: Node): Traits {
    const have = this.traits.get(node);
    if (have) return have;
    const parts = childrenOf(node)?.map((c) => this.traitsOf(p, c)) ?? [this.leafOf(p, node)];
    const made = { moves: parts.some((x) => x.moves), placed: parts.some((x) => x.placed) };
    this.traits.set(node, made);
    return made;
  }

  /** A tree's answer for every row, with document `d` chosen. The array belongs to the eye. */
  rows(p: Provision, node: Node, on: Day, d: number): Uint8Array {
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

  /** Lets go of the answers of all rows; those of groups stay. Whoever asks again is answered alike. */
  forget(): void {
    for (const memory of [this.own, this.common]) {
      memory.trees = new WeakMap();
      memory.aged = new WeakMap();
    }
  }

  /** The same, not remembered: the array belongs to the caller. */
  combine(p: Provision, node: Node, on: Day, d: number): Uint8Array {
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

  /** The columns of persons that a tree's leaves look at. */
  columnsIn(p: Provision, node: Node): readonly string[] {
    const parts = childrenOf(node);
    return parts ? [...new Set(parts.flatMap((c) => this.columnsIn(p, c)))] : this.leafOf(p, node).columns;
  }

  /**
   * A tree's answer for one row. Leaves are asked when a row first needs them, and remembered for the rows that look alike to them.
   * For trees that are asked about one day only.
   */
  point(p: Provision, node: Node, on: Day, d: number, i: number): number {
    switch (node.k) {
      case 'all': {
        let all = YES;
        for (const c of node.of) {
          all &= this.point(p, c, on, d, i);
          if (all === NO) return NO;
        }
        return all;
      }
      case 'any': {
        let any = NO;
        for (const c of node.of) {
          any |= this.point(p, c, on, d, i);
          if (any === YES) return YES;
        }
        return any;
      }
      case 'not':
        return DENIED[this.point(p, node.of, on, d, i)] as number;
      case 'atLeast': {
        let may = 0;
        let surely = 0;
        for (const c of node.of) {
          const x = this.point(p, c, on, d, i);
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
}

/** Facts worked out of the statuses held that leave visas for visits aside. */
const WITHOUT_VISAS: ReadonlySet<string> = new Set(['permitCountries', 'residesHere']);

/** Whether what is asked could be another for whoever holds a visa for visits. */
function looksAtVisas(
  book: LawBook,
  names: { readonly facts: readonly string[]; readonly clocks: readonly string[] },
): boolean {
  return (
    names.clocks.length > 0 ||
    baseFactsOf(
      book.schema,
      names.facts.filter((f) => !WITHOUT_VISAS.has(f)),
    ).includes('statuses')
  );
}

/** Whether facts of documents are only such as do not move. */
const stillDocuments = (facts: readonly string[], moving: ReadonlySet<string>): boolean =>
  facts.every((f) => f !== 'documents' && (!f.startsWith('passport.') || !moving.has(f.slice(9))));

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
