/** The queue of a search. */
import type { Label } from './label.ts';

/** A label in the queue: how much luck it asks for, and the least number of days to the goal it can still have. */
export type Queued = { readonly label: Label; readonly tier: number; readonly days: number };

const order = (a: Queued, b: Queued): number =>
  a.tier - b.tier ||
  a.days - b.days ||
  a.label.moves - b.label.moves ||
  b.label.s.on - a.label.s.on ||
  a.label.cents - b.label.cents;

/** A binary heap: less luck first, then the fewest days that the goal can still take, then fewer moves. */
export class LabelHeap {
  private readonly items: Queued[] = [];
  get size(): number {
    return this.items.length;
  }
  get first(): Queued | undefined {
    return this.items[0];
  }
  /** The fewest days of all in the queue. */
  least(): number | undefined {
    let least: number | undefined;
    for (const q of this.items) if (least === undefined || q.days < least) least = q.days;
    return least;
  }
  push(l: Queued): void {
    const h = this.items;
    h.push(l);
    let i = h.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (order(h[i] as Queued, h[up] as Queued) >= 0) break;
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
          if (c < h.length && order(h[c] as Queued, h[small] as Queued) < 0) small = c;
        if (small === i) break;
        [h[i], h[small]] = [h[small] as Queued, h[i] as Queued];
        i = small;
      }
    }
    return top;
  }
}
