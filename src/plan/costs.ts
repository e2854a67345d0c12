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

/**
 * One grant: what it costs, and for how many days it is held at the most. `single`: none of its kind follows it at once. `alone`: it follows
 * none but its own kind, or begins the row.
 */
export type Grant = Costs & { readonly lasts: number; readonly single?: boolean; readonly alone?: boolean };

/** Grants that follow one another: what they cost in all, and how many they are. */
export type Chain = Costs & { readonly grants: number };

/** Most kinds of grants told apart; beyond, those that last about as long are taken for one that is no dearer and no shorter than either. */
const KINDS = 5;
/** More grants than any plan has; nothing is reckoned beyond them. */
const MOST_GRANTS = 60;
/** Days beyond any horizon: what lasts longer lasts as long as this. */
const FOR_EVER = 20_000;
/** Chains of a number of grants kept apart; beyond, those that reach about as far are taken for one. */
const CHAINS = 40;

type Reach = Costs & { readonly reach: number };
type Kind = Reach & { readonly single: boolean; readonly alone: boolean };

/** Those that no other both outreaches and undercuts; `most` of them, neighbours being taken together. */
function furthest(all: readonly Reach[], most: number): readonly Reach[] {
  const out: Reach[] = [];
  for (const r of [...all].sort((a, b) => b.reach - a.reach || a.discretion - b.discretion || a.cents - b.cents))
    if (!out.some((o) => o.discretion <= r.discretion && o.cents <= r.cents)) out.push(r);
  while (out.length > most) {
    let near = 0;
    for (let i = 1; i + 1 < out.length; i++) if (gap(out, i) < gap(out, near)) near = i;
    const [a, b] = [out[near] as Reach, out[near + 1] as Reach];
    out.splice(near, 2, {
      reach: a.reach,
      discretion: Math.min(a.discretion, b.discretion),
      cents: Math.min(a.cents, b.cents),
    });
  }
  return out;
}

const gap = (all: readonly Reach[], i: number): number => (all[i] as Reach).reach - (all[i + 1] as Reach).reach;

/**
 * The kinds of grants that no other both outlasts and undercuts and is as free to stand in a row; more than `KINDS` are taken together, and
 * then may follow one another as they like.
 */
function kindsOf(routes: readonly Grant[]): readonly Kind[] {
  const all = routes.map((r) => ({
    discretion: r.discretion,
    cents: r.cents,
    reach: Math.min(r.lasts, FOR_EVER),
    single: r.single === true,
    alone: r.alone === true,
  }));
  const as = (a: Kind, b: Kind): boolean =>
    a.reach >= b.reach &&
    a.discretion <= b.discretion &&
    a.cents <= b.cents &&
    (b.single || !a.single) &&
    (b.alone || !a.alone);
  // Two that may not follow themselves may follow one another: neither stands for the other.
  const kept = all.filter((k, i) => !all.some((o, j) => j !== i && !o.single && as(o, k) && (j < i || !as(k, o))));
  if (kept.length <= KINDS) return kept;
  return furthest(all, KINDS).map((k) => ({ ...k, single: false, alone: false }));
}

/**
 * What it costs at the least to hold something for so many days, grant after grant: a fee is not had for a year from one route and for three
 * years from another. Every row of grants that reaches so far costs, in both and in number, no less than one of the choices told.
 */
export function covering(routes: readonly Grant[]): (days: number) => readonly Chain[] {
  const known = new Map<number, readonly Chain[]>();
  const kinds = kindsOf(routes);
  // Chains by the kind of their last grant; one row for all whose last may be followed by any.
  const levels: (readonly (readonly Reach[])[])[] = [[[{ ...FREE, reach: 0 }], ...kinds.map(() => [])]];
  const level = (n: number): readonly (readonly Reach[])[] => {
    for (let k = levels.length; k <= n; k++) {
      const before = levels[k - 1] as readonly (readonly Reach[])[];
      const made: Reach[][] = [[], ...kinds.map(() => [])];
      for (const [i, b] of kinds.entries()) {
        const row = made[b.single || b.alone ? i + 1 : 0] as Reach[];
        for (const [last, chains] of before.entries()) {
          const same = last === i + 1;
          if ((b.single && same) || (b.alone && !same && k > 1)) continue;
          for (const a of chains)
            row.push({
              discretion: a.discretion + b.discretion,
              cents: a.cents + b.cents,
              reach: Math.min(a.reach + b.reach, FOR_EVER),
            });
        }
      }
      levels.push(made.map((row) => furthest(row, CHAINS)));
    }
    return levels[n] as readonly (readonly Reach[])[];
  };
  return (asked) => {
    const days = Math.min(asked, FOR_EVER);
    let made = known.get(days);
    if (made) return made;
    const out: Chain[] = [];
    for (let n = 0; n <= MOST_GRANTS; n++) {
      const all = level(n).flat();
      const enough = all.filter((r) => r.reach >= days);
      for (const r of cheapest(enough))
        if (!out.some((o) => o.discretion <= r.discretion && o.cents <= r.cents)) out.push({ ...r, grants: n });
      if (enough.length === all.length) break;
    }
    made = out.length <= KEPT ? out : [together(out)];
    known.set(days, made);
    return made;
  };
}

/** One that is no dearer than any. */
const together = (all: readonly Chain[]): Chain => ({
  discretion: Math.min(...all.map((c) => c.discretion)),
  cents: Math.min(...all.map((c) => c.cents)),
  grants: Math.min(...all.map((c) => c.grants)),
});
