/**
 * Raking (iterative proportional fitting; Deming and Stephan 1940): weights of cells or persons are scaled to one margin after
 * the other until all of them hold. Odds that no margin speaks of stay as they were in the seed.
 */

/** One margin: for each cell the group it belongs to, and what the groups must sum to. */
export type Margin = {
  readonly id: string;
  readonly groups: Uint8Array | Uint16Array | Int32Array;
  readonly targets: Float64Array;
};

export type Raked = {
  readonly rounds: number;
  readonly converged: boolean;
  /** Per margin: the greatest distance of a group from its target, as a share of the whole; and which group. */
  readonly worst: readonly { readonly id: string; readonly off: number; readonly group: number }[];
  /** Margins with a group that must be above zero but has no cell: nothing can fit them. */
  readonly empty: readonly { readonly id: string; readonly group: number }[];
};

/**
 * Rakes `weights` (changed in place) until every group of every margin is within `tolerance` (a share of the whole) of its
 * target, or for `most` rounds. Deterministic: sums run in the order of the cells.
 */
export function rake(weights: Float64Array, margins: readonly Margin[], tolerance = 1e-9, most = 200): Raked {
  const sums = margins.map((m) => new Float64Array(m.targets.length));
  const total = margins[0] ? margins[0].targets.reduce((a, b) => a + b, 0) : 1;
  const empty: { id: string; group: number }[] = [];
  margins.forEach((m, k) => {
    addUp(weights, m, sums[k] as Float64Array);
    m.targets.forEach((t, g) => {
      if (t > 0 && (sums[k] as Float64Array)[g] === 0) empty.push({ id: m.id, group: g });
    });
  });
  let rounds = 0;
  let off = Number.POSITIVE_INFINITY;
  while (rounds < most && off > tolerance && empty.length === 0) {
    off = 0;
    margins.forEach((m, k) => {
      const sum = sums[k] as Float64Array;
      addUp(weights, m, sum);
      for (let g = 0; g < sum.length; g++) {
        const t = m.targets[g] as number;
        const s = sum[g] as number;
        off = Math.max(off, Math.abs(s - t) / total);
        sum[g] = s > 0 ? t / s : 0;
      }
      const groups = m.groups;
      for (let i = 0; i < weights.length; i++)
        weights[i] = (weights[i] as number) * (sum[groups[i] as number] as number);
    });
    rounds++;
  }
  const worst = margins.map((m, k) => {
    const sum = sums[k] as Float64Array;
    addUp(weights, m, sum);
    let at = 0;
    let far = 0;
    for (let g = 0; g < sum.length; g++) {
      const d = Math.abs((sum[g] as number) - (m.targets[g] as number)) / total;
      if (d > far) [far, at] = [d, g];
    }
    return { id: m.id, off: far, group: at };
  });
  return {
    rounds,
    converged: empty.length === 0 && worst.every((w) => w.off <= Math.max(tolerance * 10, 1e-8)),
    worst,
    empty,
  };
}

function addUp(weights: Float64Array, m: Margin, sum: Float64Array): void {
  sum.fill(0);
  const groups = m.groups;
  for (let i = 0; i < weights.length; i++) {
    const g = groups[i] as number;
    sum[g] = (sum[g] as number) + (weights[i] as number);
  }
}
