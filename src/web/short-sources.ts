/** Short names for the sources of a provision, as the page carries it. */

/** `a` to `z`, `aa` and so on: no digits, by which an object would be put in another order. */
const letters = (n: number): string =>
  (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(97 + (n % 26));

/**
 * A provision with short names for its sources, in their order: what they are called in the law's files is shown nowhere, and each is named
 * many times. One that has them already comes out the same.
 */
export function shortSources<T extends { readonly sources: object }>(provision: T): T {
  const names = new Map(Object.keys(provision.sources).map((k, i) => [k, letters(i)]));
  const renamed = (v: unknown, key: string): unknown => {
    if (typeof v === 'string') return key === 'source' || key === 'against' ? (names.get(v) ?? v) : v;
    if (Array.isArray(v)) return v.map((x) => renamed(x, key));
    if (typeof v !== 'object' || v === null) return v;
    if (key === 'sources') return Object.fromEntries(Object.entries(v).map(([k, x]) => [names.get(k) ?? k, x]));
    return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, renamed(x, k)]));
  };
  return renamed(provision, '') as T;
}
