/** Long lists in slices: the first are there at once, the others follow while the page goes on answering. */
import { Component, type ComponentChildren, type VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const FIRST = 10;
const SLICE = 12;

/**
 * How many of so many items are to be drawn now; grows by itself, a slice between two frames, and begins anew where `of` is another.
 * `first`, `slice`: fewer where each is large.
 */
export function useSlices(total: number, first = FIRST, slice = SLICE, of?: unknown): number {
  const [drawn, draw] = useState({ of, n: first });
  const n = drawn.of === of ? drawn.n : first;
  const more = n < total;
  useEffect(() => {
    if (!more) return;
    const next = setTimeout(() => draw({ of, n: n + slice }), 0);
    return () => clearTimeout(next);
  }, [more, n, of]);
  return Math.min(n, total);
}

type Items<T> = {
  readonly list: readonly T[];
  /** Draws one. Of the item and its place alone, and the same function each time: a slice that is drawn is not drawn again. */
  readonly item: (x: T, i: number) => VNode;
};

class Slice<T> extends Component<Items<T> & { readonly from: number; readonly to: number }> {
  override shouldComponentUpdate(next: Readonly<Items<T> & { from: number; to: number }>): boolean {
    const { list, item, from, to } = this.props;
    return next.list !== list || next.item !== item || next.from !== from || next.to !== to;
  }

  override render() {
    const { list, item, from, to } = this.props;
    return list.slice(from, to).map((x, k) => item(x, from + k));
  }
}

/** The items of a list that stays the same array while it is drawn. */
export function Slowly<T>({ list, item }: Items<T>) {
  const n = useSlices(list.length, FIRST, SLICE, list);
  const slices: VNode[] = [];
  for (let from = 0; from < n; from = from === 0 ? FIRST : from + SLICE)
    slices.push(
      <Slice
        key={from}
        list={list as readonly unknown[]}
        item={item as Items<unknown>['item']}
        from={from}
        to={Math.min(n, from === 0 ? FIRST : from + SLICE)}
      />,
    );
  return <>{slices}</>;
}

/** What lies below the first view: drawn when what stands above it is there. */
export function Later({ children }: { readonly children: ComponentChildren }) {
  const n = useSlices(1, 0, 1);
  return n === 0 ? <div aria-busy={true} /> : children;
}
