/** How long a decision takes. */
import { addDuration } from '../calendar/civil.ts';
import { paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import { type Draw, PROCESSING_NOT_STATED } from './types.ts';

/** Days until a decision under a draw, and whether a source states it. */
export function processingDays(
  route: Provision,
  filed: Day,
  draw: Draw,
): { readonly days: number; readonly stated: boolean } {
  if (typeof draw.processing === 'number') return { days: draw.processing, stated: true };
  const names =
    draw.processing === 'usual'
      ? [route.processing?.usual, route.processing?.longest]
      : [route.processing?.longest, route.processing?.usual];
  for (const name of names) {
    const d = name ? paramAt(route, name, filed) : undefined;
    if (d === undefined) continue;
    if (typeof d === 'number') return { days: d, stated: true };
    return { days: addDuration(filed, d as Duration, route.monthEnd?.policy ?? 'clamp') - filed, stated: true };
  }
  return { days: PROCESSING_NOT_STATED, stated: false };
}
