/** What would have to be true of the unanswered facts for a provision to let a person through. */
import { addMonths } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import type { DatedValue, Provision } from '../law/types.ts';
import { growingList, isOffer, monthsToLearn } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import { assumedKey, View } from '../person/view.ts';
import { explain, namesIn, smallestChange } from '../rules/index.ts';
import type { Day, FactDef, Node, Schema, Value } from '../rules/ir.ts';
import { compiledAt } from './assess.ts';
import type { Eligibility, Part } from './eligible.ts';
import type { Assumption, Doubt } from './types.ts';

export type Assumed = { readonly assumes: readonly Assumption[]; readonly doubts: readonly Doubt[] };

/**
 * The answers that an open (unknown) eligibility rests on; `undefined` where no answers of the person could open it.
 * Only facts the person did not give are assumed; what was given stands.
 */
export function assumptionsFor(
  book: LawBook,
  e: Eligibility,
  s: Situation,
  on: Day,
  ofPart: PartTeller = (part, then, day) => assumptionsOfPart(book, part, then, day),
): Assumed | undefined {
  const assumes = new Map<string, Assumption>();
  const doubts: Doubt[] = [];
  const route = e.parts[0]?.provision;
  if (e.lapsed !== undefined && route) doubts.push({ kind: 'passport-lapsed', route: route.id, expired: e.lapsed });
  if (e.waived && route) doubts.push({ kind: 'papers-waived', route: route.id });
  const then: Situation = e.learns ? { ...s, learning: true } : s;
  for (const part of e.parts) {
    if (part.pass === true) continue;
    if (part.pass === false) return undefined;
    const found = ofPart(part, then, on);
    if (!found) return undefined;
    for (const a of found.assumes) {
      const level = e.learns ? s.person.facts.get(a.fact) : undefined;
      // Of what is still to be found it is said that it is.
      const list = e.learns && a.value !== false ? growingList(a.fact) : undefined;
      if (
        list !== undefined &&
        s.person.facts.get(list) !== undefined &&
        (!isOffer(a.fact) || a.fact === 'offer.exists')
      ) {
        assumes.set(a.key, { ...a, told: false });
        continue;
      }
      if (level === undefined) {
        assumes.set(a.key, a);
        continue;
      }
      // A level told needs no assuming; a higher one needs its time.
      const def = book.schema.facts.get(a.fact);
      if (!def || a.value === undefined) return undefined;
      const months = monthsToLearn(book.schema, def, level, a.value);
      if (months === 0) continue;
      if (months === Number.POSITIVE_INFINITY || addMonths(s.learnsFrom as Day, months, 'clamp') > on) return undefined;
      assumes.set(a.key, { ...a, told: level });
    }
    doubts.push(...found.doubts);
  }
  return { assumes: [...assumes.values()], doubts };
}

/** The same of one part: `assumptionsOfPart`, or what remembers it (`filled.ts`). */
export type PartTeller = (part: Part, s: Situation, on: Day) => Assumed | undefined;

/** What one part of an answer, which is open, rests on; `undefined` where no answer of the person could open it. */
export function assumptionsOfPart(book: LawBook, part: Part, s: Situation, on: Day): Assumed | undefined {
  const p: Provision = part.provision;
  const { node } = compiledAt(p, on);
  const view = new View(book, p, s, on, part.assessment.binding);
  // A restriction is passed when it does not hit.
  const goal: Node = part.role === 'restriction' ? notOf(node) : node;
  const doubts: Doubt[] = part.assessment.force === 'unknown' ? [{ kind: 'in-force-unknown', provision: p.id }] : [];
  let e = explain(goal, view);
  if (e.outcome === true) return { assumes: [], doubts };
  const lacks = e.lacks.length > 0;
  for (const lack of e.lacks)
    doubts.push({
      kind: 'not-stated',
      provision: p.id,
      what: lack.name,
      ...(carries(p, lack.name, on) ? { awaited: true as const } : {}),
    });
  // Where the law's number for that day is awaited, the rest is judged by the last known one, and the doubt says so. Where it changed
  // and nobody here knows it, the condition stays open.
  const carried = lacks ? new CarriedView(book, p, s, on, part.assessment.binding) : view;
  if (lacks) {
    e = explain(goal, carried);
    if (e.outcome === true) return { assumes: [], doubts };
    if (e.outcome === false) return undefined;
  }
  const open = e.lacks.length ? without(goal, e.lacks) : goal;
  if (open !== goal) {
    e = explain(open, carried);
    if (e.outcome === true) return { assumes: [], doubts };
    if (e.outcome === false) return undefined;
  }
  if (e.stillNeeded.length === 0) return lacks ? { assumes: [], doubts } : undefined;
  const change = smallestChange(open, carried, openSchema(book.schema, e.stillNeeded)).found[0];
  if (change) {
    return {
      assumes: change.change.map((c) => ({
        key: assumedKey(c.fact, p.jurisdiction),
        fact: c.fact,
        jurisdiction: p.jurisdiction,
        value: c.to,
      })),
      doubts,
    };
  }
  // Lists and clocks cannot be filled in by one value: they are named, and stay open.
  return {
    assumes: e.stillNeeded.map((fact) => ({
      key: assumedKey(fact, p.jurisdiction),
      fact,
      jurisdiction: p.jurisdiction,
    })),
    doubts,
  };
}

const shorter = new WeakMap<Node, Map<string, Node>>();

/** The tree without some figures (`leavingOut`), one for each tree and each set of them. */
function without(goal: Node, lacks: readonly { readonly name: string }[]): Node {
  let table = shorter.get(goal);
  if (!table) {
    table = new Map();
    shorter.set(goal, table);
  }
  const names = new Set(lacks.map((l) => l.name));
  const key = [...names].sort().join();
  let made = table.get(key);
  if (!made) {
    made = leavingOut(goal, names, true);
    table.set(key, made);
  }
  return made;
}

const nots = new WeakMap<Node, Node>();

/** The opposite of a tree, one for each tree: what is worked out for it is kept with it. */
function notOf(node: Node): Node {
  let made = nots.get(node);
  if (!made) {
    made = { k: 'not', of: node };
    nots.set(node, made);
  }
  return made;
}

/**
 * The tree without the conditions that hang on figures nobody here knows: the doubts say that they are open, and no answer of the person
 * settles them. Years of residence of which nobody knows how many count as not reached: a plan is made of days, and they are what it
 * would be made of. `wanted` is whether the node is to hold for the whole to hold.
 */
function leavingOut(node: Node, unknown: ReadonlySet<string>, wanted: boolean): Node {
  const truth = (t: boolean): Node => ({ k: t ? 'all' : 'any', of: [] });
  switch (node.k) {
    case 'leaf': {
      const { params, codeLists } = namesIn(node.expr);
      return [...params, ...codeLists].some((n) => unknown.has(n)) ? truth(wanted) : node;
    }
    case 'clock':
      return unknown.has(node.atLeast) ? truth(!wanted) : node;
    case 'points':
      return unknown.has(node.atLeast) || node.items.some((i) => unknown.has(i.worth)) ? truth(wanted) : node;
    case 'not':
      return { ...node, of: leavingOut(node.of, unknown, !wanted) };
    default:
      return { ...node, of: node.of.map((c) => leavingOut(c, unknown, wanted)) };
  }
}

/** A view in which a parameter or list whose figure for the day is awaited keeps the last one. What changed, and nobody here knows how, does not. */
class CarriedView extends View {
  override param(name: string): Value | undefined {
    return super.param(name) ?? lastKnown(this.provision.params[name]?.values, this.on);
  }

  override codeList(name: string): readonly string[] | undefined {
    return super.codeList(name) ?? lastKnown(this.provision.lists[name]?.values, this.on);
  }
}

function lastKnown<T>(values: readonly DatedValue<T>[] | undefined, on: Day): T | undefined {
  for (const v of values?.filter((x) => x.from <= on).reverse() ?? []) {
    if (v.value !== null) return v.value;
    if (!v.awaited) return undefined;
  }
  return undefined;
}

/** Whether a figure that the law does not have for the day is awaited, and the last one is reckoned with. */
const carries = (p: Provision, name: string, on: Day): boolean =>
  (p.params[name] ? lastKnown(p.params[name]?.values, on) : lastKnown(p.lists[name]?.values, on)) !== undefined;

const opened = new WeakMap<Schema, Map<string, Schema>>();

/** The schema with only the named facts open to any answer. */
function openSchema(schema: Schema, names: readonly string[]): Schema {
  const key = names.join('|');
  const table = opened.get(schema) ?? new Map<string, Schema>();
  opened.set(schema, table);
  const have = table.get(key);
  if (have) return have;
  const open = new Set(names);
  const facts = new Map<string, FactDef>();
  for (const [name, def] of schema.facts)
    facts.set(name, { ...def, change: open.has(name) ? { how: 'choice', cost: 1 } : { how: 'never' } });
  const made = { ...schema, facts };
  table.set(key, made);
  return made;
}
