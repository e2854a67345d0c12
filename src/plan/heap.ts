/** The queue of a search. */
import type { Label } from './label.ts';

/** A label in the queue: how much luck it asks for, and the least number of days to the goal it can still have. */
export type Queued = {
  readonly label: Label;
  readonly tier: number;
  readonly days: number;
  /** The fewest entries and applications that a plan by it can have in all. */
  readonly moves: number;
  /** About how many steps are left, luck counted as steps; a guess that only the order of work hangs on. */
  readonly steps: number;
  /** Of two with as many steps left, that with the lower number here is looked at first. */
  readonly then: number;
};

export type Order = (a: Queued, b: Queued) => number;

/** Less luck first, then the fewest days that the goal can still take, then the fewest moves in all, of which the most are made; the earliest days. */
export const BY_BOUND: Order = (a, b) =>
  a.tier - b.tier ||
  a.days - b.days ||
  a.moves - b.moves ||
  b.label.moves - a.label.moves ||
  a.label.s.on - b.label.s.on ||
  a.label.early - b.label.early ||
  a.label.cents - b.label.cents;

/** The fewest steps left first, then as `then` says: straight to some goal, the best or not. */
export const STRAIGHT: Order = (a, b) =>
  a.steps - b.steps ||
  a.tier - b.tier ||
  a.then - b.then ||
  b.label.s.on - a.label.s.on ||
  a.label.moves - b.label.moves ||
  Number(b.label.end > a.label.end) - Number(b.label.end < a.label.end) ||
  a.label.cents - b.label.cents;

/** A binary heap of labels. */
export class LabelHeap {
  private readonly items: Queued[] = [];
  private readonly order: Order;
  constructor(order: Order = BY_BOUND) {
    this.order = order;
  }
  get size(): number {
    return this.items.length;
  }
  get first(): Queued | undefined {
    return this.items[0];
  }
  /** The fewest days of all in the queue that are not among some. */
  least(but: { has(q: Queued): boolean }): number | undefined {
    let least: number | undefined;
    for (const q of this.items) if ((least === undefined || q.days < least) && !but.has(q)) least = q.days;
    return least;
  }
  push(l: Queued): void {
    const h = this.items;
    h.push(l);
    let i = h.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (this.order(h[i] as Queued, h[up] as Queued) >= 0) break;
      [h[i], h[up]] = [h[up] as Queued, h[i] as Queued];
      i = up;
    }
  }
  pop(): Queued | undefined {
    const h = this.items;
    const top = h[0];
    const last = h.pop();
    if (h.length && last) {
      h[0] = last;
      let i = 0;
      for (;;) {
        let small = i;
        for (let c = 2 * i + 1; c <= 2 * i + 2; c++)
          if (c < h.length && this.order(h[c] as Queued, h[small] as Queued) < 0) small = c;
        if (small === i) break;
        [h[i], h[small]] = [h[small] as Queued, h[i] as Queued];
        i = small;
      }
    }
    return top;
  }
}
