/** Which routes are shown: by country, answer, cost, time and the right to work. What is not known passes no limit. */
import type { CheckRow } from '../engine/check-view.ts';
import type { RouteFilter } from './reducer.ts';

/** Kinds of the right to work that let one earn a living in some way. */
const WORKS = new Set(['any', 'employer', 'occupation', 'self', 'remote', 'limited']);

export function passes(r: CheckRow, f: RouteFilter): boolean {
  return (
    (f.country === '' || r.jurisdiction === f.country) &&
    (f.outcome === '' || r.outcome === f.outcome) &&
    (!f.work || (r.work !== undefined && WORKS.has(r.work))) &&
    (f.fee === undefined || (r.feeEur !== undefined && r.feeEur <= f.fee)) &&
    (f.days === undefined || (r.days !== undefined && r.days <= f.days))
  );
}
