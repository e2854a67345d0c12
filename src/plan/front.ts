/** The plans found that no other beats: all of one group compared in everything, those of different groups side by side. */
import { type Label, sameWay } from './label.ts';

/** A label that has reached the goal, with the luck it asks for. */
export type Goaled = { readonly label: Label; readonly tier: number; readonly country: string };

/** The least that a way still ahead can cost in all. `on`: the day of the goal. */
export type Least = {
  readonly tier: number;
  readonly on: number;
  readonly discretion: number;
  readonly cents: number;
  readonly moves: number;
  readonly danger: number;
  readonly unlawful: number;
};

/** Whether the first is no worse than the second in anything that plans are compared by. */
const covers = (a: Least, b: Least): boolean =>
  a.tier <= b.tier &&
  a.on <= b.on &&
  a.discretion <= b.discretion &&
  a.cents <= b.cents &&
  a.moves <= b.moves &&
  a.danger <= b.danger &&
  a.unlawful <= b.unlawful;

const costs = ({ label, tier }: Goaled): Least => ({
  tier,
  on: label.s.on,
  discretion: label.discretion,
  cents: label.cents,
  moves: label.moves,
  danger: label.danger,
  unlawful: label.unlawful,
});

export class Front {
  private rows: { readonly goaled: Goaled; readonly group: string; readonly costs: Least }[] = [];
  private readonly groupOf: (l: Label) => string;
  /** The same costs by group, one after another, for the question that is asked most. */
  private readonly flat = new Map<string, Float64Array>();

  /** `groupOf`: labels of one group beat one another. */
  constructor(groupOf: (l: Label) => string) {
    this.groupOf = groupOf;
  }

  /** Takes in what has reached the goal, and puts out what it beats. Whether it is new. */
  add(goaled: Goaled): boolean {
    const group = this.groupOf(goaled.label);
    const mine = costs(goaled);
    for (const r of this.rows)
      if ((r.group === group || sameWay(r.goaled.label, goaled.label)) && covers(r.costs, mine)) return false;
    this.rows = this.rows.filter((r) => r.group !== group || !covers(mine, r.costs));
    this.rows.push({ goaled, group, costs: mine });
    const rows = this.rows.filter((r) => r.group === group);
    this.flat.set(
      group,
      Float64Array.from(
        rows.flatMap(({ costs: c }) => [c.tier, c.on, c.discretion, c.cents, c.moves, c.danger, c.unlawful]),
      ),
    );
    return true;
  }

  /** The plans of a group, for `beatenBy`; a new array whenever they change. */
  of(group: string): Float64Array {
    return this.flat.get(group) ?? NO_ROWS;
  }

  /** What was found, each with whether one of another group is no worse in anything and better in something. */
  all(): { readonly goaled: Goaled; readonly beaten: boolean }[] {
    return this.rows.map((r) => ({
      goaled: r.goaled,
      beaten: this.rows.some((o) => o !== r && covers(o.costs, r.costs) && !covers(r.costs, o.costs)),
    }));
  }
}

const NO_ROWS = new Float64Array(0);
const WIDTH = 7;

/** Whether one of the plans is no worse in anything than a way can still become. */
export function beatenBy(
  rows: Float64Array,
  tier: number,
  on: number,
  discretion: number,
  cents: number,
  moves: number,
  danger: number,
  unlawful: number,
): boolean {
  for (let i = 0; i < rows.length; i += WIDTH)
    if (
      (rows[i + 1] as number) <= on &&
      (rows[i] as number) <= tier &&
      (rows[i + 4] as number) <= moves &&
      (rows[i + 3] as number) <= cents &&
      (rows[i + 2] as number) <= discretion &&
      (rows[i + 5] as number) <= danger &&
      (rows[i + 6] as number) <= unlawful
    )
      return true;
  return false;
}
