/** How much luck a route asks for at the least, whatever the person does first: what keeps a search from hoping in vain. */
import type { LawBook } from '../law/book.ts';
import { changeDays, inForce } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { bindingsOf, treeAt } from '../moves/assess.ts';
import { FixedView, fixedPart, MOVING } from '../moves/never.ts';
import { foundFrom } from '../person/learning.ts';
import type { Situation } from '../person/types.ts';
import { assumedKey } from '../person/view.ts';
import { compile, namesIn } from '../rules/index.ts';
import type { Day, Expr, Node, Value } from '../rules/ir.ts';
import { TO_FIND, toldOfKin } from './label.ts';

const NEVER = Number.POSITIVE_INFINITY;

/**
 * A lower bound on the luck (see `boldness`) that meeting a route's own conditions asks for on any day from `from` to `to`;
 * infinite where nothing the person can do opens it. Facts that moves and days change ask for none.
 */
export function leastLuck(
  book: LawBook,
  p: Provision,
  s: Situation,
  from: Day,
  to: Day,
  askings: Askings = new Askings(book, s),
): number {
  let least = NEVER;
  for (const day of [from, ...changeDays(p, from, to)]) {
    if (inForce(p, day) === 'no') continue;
    const node = treeAt(p, day);
    for (const binding of bindingsOf(book, p, s, day, true)) {
      least = Math.min(least, askings.of(p, day, binding.offer).ofNode(node));
      if (least === 0) return 0;
    }
  }
  return least;
}

const usualMemo = new WeakMap<LawBook, Map<string, ReadonlyMap<string, Value>>>();

function usualAnswers(book: LawBook, p: Provision): ReadonlyMap<string, Value> {
  let table = usualMemo.get(book);
  if (!table) {
    table = new Map();
    usualMemo.set(book, table);
  }
  let have = table.get(p.jurisdiction);
  if (!have) {
    have = new Map(
      [...book.schema.facts.values()].flatMap((f) =>
        f.usual === undefined ? [] : [[assumedKey(f.name, p.jurisdiction), f.usual] as const],
      ),
    );
    table.set(p.jurisdiction, have);
  }
  return have;
}

/** One route on one day, as it looks to a person, with an offer or without: how much luck its conditions ask for. */
export class Asking {
  private readonly book: LawBook;
  private readonly plain: FixedView;
  private readonly hopes: () => FixedView;
  private made: FixedView | undefined;
  private readonly known = new Map<Expr, number>();

  constructor(book: LawBook, p: Provision, s: Situation, on: Day, offer: number | undefined) {
    const bound = { document: undefined, offer };
    this.book = book;
    this.plain = new FixedView(book, p, s, on, bound);
    this.hopes = () => {
      const usual = usualAnswers(book, p);
      const assumed = s.assumed.size ? new Map([...usual, ...s.assumed]) : usual;
      return new FixedView(book, p, { ...s, assumed }, on, bound);
    };
  }

  /** With the usual answer to whatever was not told; made when it is first looked at. */
  private get hopeful(): FixedView {
    this.made ??= this.hopes();
    return this.made;
  }

  /** Of a whole tree. */
  ofNode(node: Node): number {
    switch (node.k) {
      case 'leaf':
        if (!movingNames(node.expr)) return this.luck(node.expr);
        return this.closed(node.expr) ? NEVER : 0;
      case 'all':
        return Math.max(0, ...node.of.map((c) => this.ofNode(c)));
      case 'any':
        return Math.min(NEVER, ...node.of.map((c) => this.ofNode(c)));
      default:
        return 0;
    }
  }

  /** Whether a condition is not met whatever day it is and whatever moves are made. */
  closed(expr: Expr): boolean {
    return compile(fixedPart(expr))(this.plain) === false;
  }

  /** Of a condition that nothing moves but what the person says; infinite where it is not met whatever they add. */
  luck(expr: Expr): number {
    let luck = this.known.get(expr);
    if (luck === undefined) {
      luck = this.asked(expr);
      this.known.set(expr, luck);
    }
    return luck;
  }

  private asked(expr: Expr): number {
    const { book, plain } = this;
    const test = compile(expr);
    const t = test(plain);
    if (t === true) return 0;
    if (t === false) return NEVER;
    if (test(this.hopeful) === true) return 0;
    const names = namesIn(expr).facts;
    const open = names.filter((f) => plain.fact(f) === undefined);
    // What is missing lies within a list that was given: no single answer fills it in.
    if (open.length === 0) return names.some((f) => toldOfKin(book, plain.situation, f)) ? 4 : 3;
    let luck = NEVER;
    for (const f of open) {
      const def = book.schema.facts.get(f);
      const list = def?.type.t === 'records';
      // That something which nobody can change is not so may be what is asked: then that is no rare answer.
      const not = (): boolean => test(plain.with(f, false)) !== false;
      const rare = def?.usual !== undefined || (def?.change.how === 'never' && !(def.type.t === 'boolean' && not()));
      const found = foundFrom(book.schema, plain.situation, f) !== undefined;
      luck = Math.min(luck, list ? 3 : rare ? 4 : found ? TO_FIND : 1);
    }
    return luck;
  }
}

/** The same for all routes and days that one search asks about, each made once. */
export class Askings {
  private readonly book: LawBook;
  private readonly s: Situation;
  private readonly made = new Map<string, Asking>();

  constructor(book: LawBook, s: Situation) {
    this.book = book;
    this.s = s;
  }

  of(p: Provision, on: Day, offer: number | undefined): Asking {
    const key = `${p.id} ${on} ${offer}`;
    let asking = this.made.get(key);
    if (!asking) {
      asking = new Asking(this.book, p, this.s, on, offer);
      this.made.set(key, asking);
    }
    return asking;
  }
}

const moving = new WeakMap<Expr, boolean>();

/** Whether a condition looks at the day, or at what moves and days change. */
export function movingNames(expr: Expr): boolean {
  let is = moving.get(expr);
  if (is === undefined) {
    is = JSON.stringify(expr).includes('"k":"on"') || namesIn(expr).facts.some((f) => MOVING.test(f));
    moving.set(expr, is);
  }
  return is;
}
