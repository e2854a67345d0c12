/** The days that the law gives after a refusal: to leave, and to appeal. */
import { addDuration } from '../calendar/civil.ts';
import { paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Day, Duration } from '../rules/ir.ts';

export type AfterRefusal = {
  /** How long the law gives at the least to leave and to appeal, as it stands on the day of the refusal: days, or a duration. */
  readonly leaveWithin: number | Duration | undefined;
  readonly appealWithin: number | Duration | undefined;
  /** The last days, both included; `undefined`: the law states none. */
  readonly leaveBy: Day | undefined;
  readonly appealBy: Day | undefined;
};

/**
 * What the law gives who is told of a refusal of this route on a day. That day itself is not counted; months that lack the day end on
 * their last one (`clamp`), the shorter time, wherever the law does not say otherwise. A last day on a weekend is left where it is.
 */
export function daysAfterRefusal(route: Provision, told: Day): AfterRefusal {
  const of = (name: string | undefined): number | Duration | undefined => {
    const v = name === undefined ? undefined : paramAt(route, name, told);
    return v === undefined || v === null ? undefined : (v as number | Duration);
  };
  const until = (within: number | Duration | undefined): Day | undefined =>
    within === undefined
      ? undefined
      : typeof within === 'number'
        ? told + within
        : addDuration(told, within, route.monthEnd?.policy ?? 'clamp');
  const leaveWithin = of(route.ifRefused?.mustLeaveWithin);
  const appealWithin = of(route.ifRefused?.appealWithin);
  return { leaveWithin, appealWithin, leaveBy: until(leaveWithin), appealBy: until(appealWithin) };
}
