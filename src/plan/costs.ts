/** What grants cost in the two things that one may have for the other: days hanging on discretion, and cents. */

export type Costs = { readonly discretion: number; readonly cents: number };

export const FREE: Costs = { discretion: 0, cents: 0 };

/** Most choices kept apart; beyond, one stands for all that costs no more than any in anything. */
const KEPT = 6;

/** The choices that no other is cheaper than in both; `KEPT` of them, or one that is no dearer than any. */
function cheapest(choices: readonly Costs[]): readonly Costs[] {
  const out: Costs[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const c of [...choices].sort((a, b) => a.discretion - b.discretion || a.cents - b.cents)) {
    if (c.cents >= least) continue;
    least = c.cents;
    out.push({ discretion: c.discretion, cents: c.cents });
  }
  if (out.length <= KEPT) return out;
  return [{ discretion: (out[0] as Costs).discretion, cents: (out.at(-1) as Costs).cents }];
}

/**
 * What so many grants cost at the least, each by any one of some routes. A right with a high fee and a cheap grant at discretion are two
 * choices: no grant is had at the discretion of the one for the fee of the other. Every row of grants costs, in both, no less than one of
 * the choices told: the first of it no less than one of the cheapest single ones, and so on, each sum being among those formed.
 */
export function manyOf(routes: readonly Costs[]): (grants: number) => readonly Costs[] {
  const one = routes.length ? cheapest(routes) : [FREE];
  const known: (readonly Costs[])[] = [[FREE]];
  return (grants) => {
    for (let n = known.length; n <= grants; n++)
      known.push(
        cheapest(
          (known[n - 1] as readonly Costs[]).flatMap((a) =>
            one.map((b) => ({ discretion: a.discretion + b.discretion, cents: a.cents + b.cents })),
          ),
        ),
      );
    return known[grants] as readonly Costs[];
  };
}
