/** The queue of a search. */
import type { Label } from './label.ts';

/** A binary heap of labels: earliest day first, then fewer moves, then cheaper. */
export class LabelHeap {
  private readonly items: Label[] = [];
  get size(): number {
    return this.items.length;
  }
  private before(a: Label, b: Label): boolean {
    return a.situation.on - b.situation.on || a.bold - b.bold || a.moves - b.moves || a.cents - b.cents
      ? (a.situation.on - b.situation.on || a.bold - b.bold || a.moves - b.moves || a.cents - b.cents) < 0
      : false;
  }
  push(l: Label): void {
    const h = this.items;
    h.push(l);
    let i = h.length - 1;
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!this.before(h[i] as Label, h[up] as Label)) break;
      [h[i], h[up]] = [h[up] as Label, h[i] as Label];
      i = up;
    }
  }
  pop(): Label | undefined {
    const h = this.items;
    const top = h[0];
    const last = h.pop();
    if (h.length && last) {
      h[0] = last;
      let i = 0;
      for (;;) {
        let small = i;
        for (const c of [2 * i + 1, 2 * i + 2])
          if (c < h.length && this.before(h[c] as Label, h[small] as Label)) small = c;
        if (small === i) break;
        [h[i], h[small]] = [h[small] as Label, h[i] as Label];
        i = small;
      }
    }
    return top;
  }
}
