/** Long lists in slices: the first are there at once, the others follow while the page goes on answering. */
import { useEffect, useState } from 'preact/hooks';

const FIRST = 10;
const SLICE = 12;

/** How many of so many items are to be drawn now; grows by itself, a slice between two frames. `first`, `slice`: fewer where each is large. */
export function useSlices(total: number, first = FIRST, slice = SLICE): number {
  const [shown, show] = useState(first);
  const more = shown < total;
  useEffect(() => {
    if (!more) return;
    const next = setTimeout(() => show((n) => n + slice), 0);
    return () => clearTimeout(next);
  }, [more, shown]);
  return Math.min(shown, total);
}
