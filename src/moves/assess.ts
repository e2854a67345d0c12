/**
 * One provision for one person on one day: yes, no or unknown. The one place where a provision's clauses meet a situation.
 */

import type { LawBook } from '../law/book.ts';
import { membersOf } from '../law/book.ts';
import { changeDays, inForce, resolveClauses } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import { assumedKey, type Binding, type Overrides, View } from '../person/view.ts';
import { compile } from '../rules/index.ts';
import type { Context, Day, Node, Tri } from '../rules/ir.ts';

/** A provision's tree on a day, compiled. */
export type Compiled = { readonly node: Node; readonly test: (c: Context) => Tri };

const HORIZON: Day = 60000;
type Stretches = {
  readonly days: readonly Day[];
  readonly trees: (Node | undefined)[];
  readonly parts: (Compiled | undefined)[];
};
const cache = new WeakMap<Provision, Stretches>();

function stretchesOf(p: Provision): Stretches {
  let entry = cache.get(p);
  if (!entry) {
    entry = { days: changeDays(p, -HORIZON, HORIZON), trees: [], parts: [] };
    cache.set(p, entry);
  }
  return entry;
}

/** Which of the stretches of days between two changes of a provision a day lies in. */
function stretchAt({ days }: Stretches, on: Day): number {
  let index = 0;
  while (index < days.length && (days[index] as Day) <= on) index++;
  return index;
}

/** The tree of a provision as of a day: what must hold, and `not` each bar (or exception). Compiled once a stretch of days. */
export function compiledAt(p: Provision, on: Day): Compiled {
  const entry = stretchesOf(p);
  const index = stretchAt(entry, on);
  const have = entry.parts[index];
  if (have) return have;
  const node = treeAt(p, on);
  const made = { node, test: compile(node) };
  entry.parts[index] = made;
  return made;
}

/** The resolved tree of a provision on a day, without compiling it: the same for all days between two changes. */
export function treeAt(p: Provision, on: Day): Node {
  const entry = stretchesOf(p);
  const index = stretchAt(entry, on);
  const have = entry.trees[index];
  if (have) return have;
  const made = resolvedTree(p, on);
  entry.trees[index] = made;
  return made;
}

function resolvedTree(p: Provision, on: Day): Node {
  const must = resolveClauses(p.all, on);
  const mustNot = [...resolveClauses(p.bars, on), ...resolveClauses(p.except, on)];
  return {
    k: 'all',
    of: [
      ...must,
      ...mustNot.map(
        (of): Node => ({
          k: 'not',
          of,
          ...(of.id ? { id: of.id } : {}),
          ...(of.says ? { says: of.says } : {}),
          ...(of.source ? { source: of.source } : {}),
        }),
      ),
    ],
  };
}

/**
 * Every choice of document and offer that the provision could be met with. In a plan an offer found on the way is one more choice, as
 * none of those told; `ever` has it in from the start.
 */
export function bindingsOf(book: LawBook, p: Provision, s: Situation, on: Day, ever = false): Binding[] {
  const documents: (number | undefined)[] =
    s.documents && s.documents.length > 0 ? s.documents.map((_, i) => i) : [undefined];
  const told = s.person.offers;
  // Asked very often, and most people have none.
  if (!told?.length) return documents.map((document) => ({ document, offer: undefined }));
  const here = membersOf(book, p.jurisdiction, on) ?? [];
  const offers: (number | undefined)[] = [];
  told.forEach((o, i) => {
    const country = o.country === undefined ? p.jurisdiction : String(o.country);
    if (country === p.jurisdiction || here.includes(country)) offers.push(i);
  });
  const found =
    ((ever || s.learning) && s.learnsFrom !== undefined) ||
    (s.assumed.size > 0 && s.assumed.has(assumedKey('offer.exists', p.jurisdiction)));
  if (offers.length === 0 || found) offers.push(undefined);
  return documents.flatMap((document) => offers.map((offer) => ({ document, offer })));
}

export type Assessment = {
  readonly outcome: Tri;
  readonly binding: Binding;
  /** Whether the provision is in force on the day at all. */
  readonly force: 'yes' | 'no' | 'unknown';
};

const better = (a: Tri, b: Tri): boolean => (a === true ? b !== true : a === undefined && b === false);

/**
 * The best answer over the person's documents and offers. With `document` given, only that one is used.
 */
export function assess(
  book: LawBook,
  p: Provision,
  s: Situation,
  on: Day,
  options: { readonly document?: number; readonly overrides?: Overrides } = {},
): Assessment {
  const force = inForce(p, on);
  const bindings = bindingsOf(book, p, s, on).filter(
    (b) => options.document === undefined || b.document === options.document,
  );
  const first = bindings[0] ?? { document: options.document, offer: undefined };
  if (force === 'no') return { outcome: false, binding: first, force };
  const { test } = compiledAt(p, on);
  let best: Assessment | undefined;
  for (const binding of bindings.length ? bindings : [first]) {
    let outcome = test(new View(book, p, s, on, binding, options.overrides));
    if (force === 'unknown' && outcome === true) outcome = undefined;
    if (best === undefined || better(outcome, best.outcome)) best = { outcome, binding, force };
    if (best.outcome === true) break;
  }
  return best as Assessment;
}
