/** Routes that stay closed to a person whatever day it is and whatever they do next: what a search need not look at. */
import type { LawBook } from '../law/book.ts';
import { changeDays, inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { foundFrom, isOffer } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import { assumedKey, View } from '../person/view.ts';
import { compile } from '../rules/index.ts';
import type { Context, Day, Expr, Node, Rec, Tri, Value } from '../rules/ir.ts';
import { bindingsOf, treeAt } from './assess.ts';

/** Facts that days, moves or learning change. Everything else a person said stands for the whole plan. */
export const MOVING =
  /^(age|languages\..*|passport\..*|now\..*|inCountry|residesHere|permitCountries|savings|documents|stays|statuses)$/;

/** Whether an expression looks at the day, or at a fact that days and moves change. */
function moves(e: unknown): boolean {
  if (typeof e !== 'object' || e === null) return false;
  const { k, name, fact, list } = e as { k?: string; name?: string; fact?: string; list?: unknown };
  if (k === 'on' || (k === 'fact' && MOVING.test(name ?? '')) || (k === 'known' && MOVING.test(fact ?? '')))
    return true;
  if (typeof list === 'string' && MOVING.test(list)) return true;
  return Object.values(e).some(moves);
}

const fixed = new WeakMap<Expr, Expr>();

/**
 * A condition with every comparison that days or moves can turn left open (as a fact that `FixedView` does not know): what is false all
 * the same is false for good. "A spouse who is a citizen, married for three years" is closed to whose spouse is none.
 */
export function fixedPart(e: Expr): Expr {
  let made = fixed.get(e);
  if (!made) {
    if (!moves(e)) made = e;
    else if (e.k === 'and' || e.k === 'or') made = { ...e, args: e.args.map(fixedPart) };
    else if (e.k === 'not') made = { ...e, arg: fixedPart(e.arg) };
    else if ((e.k === 'some' || e.k === 'every') && !MOVING.test(e.list)) made = { ...e, cond: fixedPart(e.cond) };
    else made = { k: 'fact', ty: e.ty, at: e.at, name: 'now.status' };
    fixed.set(e, made);
  }
  return made;
}

/** The view of a situation with everything that may change left unknown. */
export class FixedView extends View {
  /** The family without what years change: ages. */
  private relatives(): Value | undefined {
    const list = this.situation.person.facts.get('family') as readonly Rec[] | undefined;
    return list?.map(({ age: _age, ...still }) => still as Rec);
  }

  /** The same with one fact answered. */
  with(fact: string, value: Value): FixedView {
    return new FixedView(this.book, this.provision, this.situation, this.on, this.binding, {
      ...this.overrides,
      facts: new Map([...(this.overrides?.facts ?? []), [fact, value]]),
    });
  }

  override fact(name: string): Value | undefined {
    if (name === 'family') return this.relatives();
    // In a plan an offer may be found that nobody has yet.
    const told = isOffer(name) && this.binding.offer !== undefined;
    if (!told && foundFrom(this.book.schema, this.situation, name) !== undefined)
      return (
        this.overrides?.facts?.get(name) ?? this.situation.assumed.get(assumedKey(name, this.provision.jurisdiction))
      );
    return MOVING.test(name) ? undefined : super.fact(name);
  }
}

/** The same with everything left unknown that a person can bring about: an offer can be looked for though there is none yet. */
class LastingView extends FixedView {
  override fact(name: string): Value | undefined {
    const { schema } = this.book;
    // What is derived can change with anything that it is computed from.
    const lasts = (fact: string, depth: number): boolean => {
      const def = schema.facts.get(fact);
      if (!def) return false;
      const from = depth < 5 ? def.derivedFrom : undefined;
      return from ? from.every((f) => lasts(f, depth + 1)) : def.change.how === 'never';
    };
    return lasts(name, 0) ? super.fact(name) : undefined;
  }
}

/**
 * Whether a route's own conditions are false on every day from `from` to `to`, whatever changes about the person's place,
 * statuses, documents, age or money. Sound: Kleene logic keeps "false" only where no such change can matter.
 */
export function neverOpen(book: LawBook, p: Provision, s: Situation, from: Day, to: Day): boolean {
  return closedBy(FixedView, book, p, s, from, to);
}

/** The same, whatever the person does as well: what they can bring about (an offer, a course, a marriage) closes nothing for good. */
export function neverToOpen(book: LawBook, p: Provision, s: Situation, from: Day, to: Day): boolean {
  return closedBy(LastingView, book, p, s, from, to);
}

function closedBy(Seen: typeof FixedView, book: LawBook, p: Provision, s: Situation, from: Day, to: Day): boolean {
  for (const day of [from, ...changeDays(p, from, to)]) {
    if (inForce(p, day) === 'no') continue;
    const node = treeAt(p, day);
    for (const binding of bindingsOf(book, p, s, day, true)) {
      if (fixedTruth(node, new Seen(book, p, s, day, { document: undefined, offer: binding.offer })) !== false)
        return false;
    }
  }
  return true;
}

function fixedTruth(node: Node, view: Context): Tri {
  switch (node.k) {
    case 'leaf':
      return compile(fixedPart(node.expr))(view);
    case 'clock':
    case 'points':
      return undefined;
    case 'not': {
      const t = fixedTruth(node.of, view);
      return t === undefined ? undefined : !t;
    }
    case 'all':
    case 'any': {
      const wants = node.k === 'any';
      let open = false;
      for (const c of node.of) {
        const t = fixedTruth(c, view);
        if (t === wants) return wants;
        if (t === undefined) open = true;
      }
      return open ? undefined : !wants;
    }
    case 'atLeast': {
      const ts = node.of.map((c) => fixedTruth(c, view));
      if (ts.filter((t) => t === true).length >= node.n) return true;
      return ts.filter((t) => t !== false).length < node.n ? false : undefined;
    }
  }
}
