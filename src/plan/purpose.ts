/**
 * What the applications of a plan are for. Each leads on, directly or by what it lets one ask for next, to a route that
 * grants the goal; a plan whose applications have no such route in common has asked for something in vain.
 */
import type { LawBook } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { feedingOne, grantsGoal } from './relevant.ts';
import type { Goal } from './types.ts';

/** A set of goal routes that all applications so far lead to, by number. */
export type Purpose = number;

export class Purposes {
  /** Nothing asked for yet: every goal is open. */
  readonly all: Purpose = 0;
  /** Whether every permit serves the goal by the time it gives, so that who began with no goal may go on with any. */
  private readonly roving: boolean;
  private readonly index = new Map<string, number>();
  private readonly sets: Uint32Array[] = [];
  private readonly numbers = new Map<string, Purpose>();
  private readonly masks = new Map<string, Uint32Array>();
  private readonly both = new Map<string, Purpose>();

  /**
   * With `free`, an application may also serve to wait or to reside somewhere: then all lead to every goal. So do the papers that a
   * state gives out, and the claims that give ground to stand on (`grounds`).
   */
  constructor(
    book: LawBook,
    goal: Goal,
    routes: readonly Provision[],
    avoid: ReadonlySet<string>,
    free: boolean,
    grounds: ReadonlySet<string> = new Set(),
  ) {
    const goals = routes.filter((r) => grantsGoal(book, r, goal));
    const words = Math.ceil(Math.max(1, goals.length) / 32);
    goals.forEach((g, i) => {
      this.index.set(g.id, i);
    });
    const full = new Uint32Array(words).fill(0xffffffff);
    this.roving = free || goal.kind === 'years';
    this.sets.push(full);
    this.numbers.set(full.join(), 0);
    for (const r of routes) {
      const serves = free || r.grants?.document || grounds.has(r.id);
      this.masks.set(r.id, serves ? full : new Uint32Array(words));
    }
    if (free) return;
    // A plan ends with the first goal it reaches: none of them leads to another. Years are made of many.
    goals.forEach((g, i) => {
      for (const id of feedingOne(book, g, avoid, this.roving ? undefined : goal)) {
        const mask = this.masks.get(id);
        if (mask && mask !== full)
          (mask as Uint32Array)[i >> 5] = ((mask as Uint32Array)[i >> 5] as number) | (1 << (i & 31));
      }
    });
  }

  /**
   * One purpose for each route that grants the goal. Where every permit serves it by the time it gives: one for the
   * permits of each jurisdiction, and one for whatever comes.
   */
  apart(): { readonly purpose: Purpose; readonly name: string }[] {
    const by = new Map<string, Uint32Array>();
    for (const [id, i] of this.index) {
      const name = this.roving ? (id.split('/')[0] as string) : id;
      const set = by.get(name) ?? new Uint32Array((this.sets[0] as Uint32Array).length);
      set[i >> 5] = (set[i >> 5] as number) | (1 << (i & 31));
      by.set(name, set);
    }
    const out = [...by].map(([name, set]) => ({ purpose: this.number(set), name }));
    return this.roving ? [...out, { purpose: this.all, name: '' }] : out;
  }

  private number(set: Uint32Array): Purpose {
    const text = set.join();
    let made = this.numbers.get(text);
    if (made === undefined) {
      made = this.sets.length;
      this.sets.push(set);
      this.numbers.set(text, made);
    }
    return made;
  }

  /** The purpose after one more application. */
  with(p: Purpose, route: string): Purpose {
    if (this.roving && p === this.all) return p;
    const key = `${p} ${route}`;
    let made = this.both.get(key);
    if (made === undefined) {
      const mask = this.masks.get(route) as Uint32Array;
      const next = (this.sets[p] as Uint32Array).map((w, i) => w & (mask[i] as number));
      made = this.number(next);
      this.both.set(key, made);
    }
    return made;
  }

  /** Whether a goal route is still what the applications lead to; of any other route, whether it leads to one of these. */
  serves(p: Purpose, route: string, any = false): boolean {
    if (p === 0) return true;
    const set = this.sets[p] as Uint32Array;
    const i = any ? undefined : this.index.get(route);
    if (i !== undefined) return (((set[i >> 5] as number) >>> (i & 31)) & 1) === 1;
    const mask = this.masks.get(route);
    return mask?.some((w, k) => (w & (set[k] as number)) !== 0) === true;
  }
}
