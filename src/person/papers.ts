/** How long a person's travel documents carry them. */
import type { Day } from '../rules/ir.ts';
import type { Situation } from './types.ts';

/** Papers with which one travels and is given permits. An internal passport and a certificate of return are none everywhere. */
const TRAVEL = new Set([
  'passport',
  'diplomatic-passport',
  'service-passport',
  'seafarer-document',
  'refugee-travel-document',
  'alien-passport',
  'stateless-travel-document',
]);

/**
 * The last day on which one of the person's travel documents is valid; infinite where there is one whose end is not told, since
 * nothing can then be said; `undefined` where there is none, or nothing was told of them.
 */
export function papersUntil(s: Situation): Day | undefined {
  let last: Day | undefined;
  for (const d of s.documents ?? [])
    if (d.kind !== undefined && TRAVEL.has(d.kind)) last = Math.max(last ?? 0, d.expires ?? Number.POSITIVE_INFINITY);
  return last;
}
