/** The six costs of a plan in the order of the oracle's, and lists of them without an order of their own. */
import type { Plan } from '../../src/plan/types.ts';
import type { Costs } from './oracle.ts';

export const costsOf = (p: Plan): Costs => [
  p.metrics.daysToGoal,
  p.metrics.discretionDays,
  Math.round(p.metrics.costEur * 100),
  p.metrics.moves,
  p.metrics.dangerDays,
  p.metrics.unlawfulDays,
];
export const sorted = (xs: readonly Costs[]): string[] => xs.map((x) => x.join(' ')).sort();
