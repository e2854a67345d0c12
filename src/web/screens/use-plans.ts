/** The search for plans, as the screens that show plans have it in common. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { PlanView } from '../engine/plan-view.ts';
import { useCall } from '../use-call.ts';

type Steps = readonly (readonly unknown[])[];
/** The steps of a plan without their days. */
const wayOf = (id: string): string => JSON.stringify((JSON.parse(id) as Steps).map(([kind, , to]) => [kind, to]));

/**
 * Where a plan stands in a list that changes while the search goes on: the one of the same steps on the same days, else that which takes
 * the same way; -1 where there is none.
 */
export function placeOf(plans: readonly PlanView[], id: string): number {
  const same = plans.findIndex((p) => p.id === id);
  return same >= 0 ? same : plans.findIndex((p) => wayOf(p.id) === wayOf(id));
}

/** Plans as they are found: what is known so far is shown while the search goes on. */
export function usePlans() {
  const { ask, planner, state } = useApp();
  const call = useCall(planner, 'plans', { ...ask, goal: state.goal, avoid: state.avoid }, true);
  const [stopped, stop] = useState(false);
  return {
    ...call,
    stopped: stopped && !call.busy,
    cancel: () => {
      stop(true);
      call.cancel();
    },
    again: () => {
      stop(false);
      call.again();
    },
  };
}
