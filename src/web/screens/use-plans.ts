/** The search for plans, as the screens that show plans have it in common. */
import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { useCall } from '../use-call.ts';

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
