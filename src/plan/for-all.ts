/**
 * Plans for a family: those of the person's own search, and where some of these surely part the family, those of a second search
 * (`kin.ts`) that parts nobody. To a country all of whose plans part nobody no second search is made: whatever else leads there is
 * beaten by one of them, and they hold for all. What is left are the countries whose best plan is for the person alone.
 */
import type { LawBook } from '../law/book.ts';
import type { Situation } from '../person/types.ts';
import { Kin } from './kin.ts';
import type { Found, Progress, SearchOptions } from './options.ts';
import { streamPlans } from './search.ts';
import type { Goal, Plan } from './types.ts';

/**
 * Both searches one after the other, as one stream. `parts`: whether somebody who goes along surely cannot follow a plan. The second
 * has as many labels as the first, and only the time that is left.
 */
export function* streamForAll(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: SearchOptions,
  parts: (plan: Plan) => boolean,
): Generator<Progress, Found, void> {
  const until = options.time === undefined ? undefined : performance.now() + options.time;
  const alone = yield* streamPlans(book, start, goal, options);
  const parting = alone.plans.filter(parts);
  if (parting.length === 0) return alone;
  const left = until === undefined ? undefined : until - performance.now();
  if (options.signal?.aborted || (left !== undefined && left <= 0)) return { ...alone, complete: false };
  // Years end wherever one then is: there the country of a plan is not that of its last step.
  const only =
    goal.kind === 'years' ? options.only : new Set(parting.flatMap((p) => p.legs.at(-1)?.jurisdiction ?? []));
  const family = new Kin(book, start, { processing: options.processing ?? 'longest', granted: true });
  const asked: SearchOptions = {
    ...options,
    family,
    ...(only ? { only } : {}),
    ...(left === undefined ? {} : { time: left }),
  };
  const run = streamPlans(book, start, goal, asked);
  for (let step = run.next(); ; step = run.next()) {
    const together = step.value;
    const plans = [...together.plans, ...alone.plans];
    if (step.done) {
      const { complete, bound, effort, expanded } = step.value;
      return {
        plans,
        complete: alone.complete && complete,
        bound: least(alone.bound, bound),
        expanded: alone.expanded + expanded,
        effort: sum(alone.effort, effort),
      };
    }
    yield {
      ...step.value,
      plans,
      found: alone.plans.length + step.value.found,
      effort: sum(alone.effort, step.value.effort),
    };
  }
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b);

const sum = (a: Found['effort'], b: Found['effort']): Found['effort'] => ({
  expanded: a.expanded + b.expanded,
  generated: a.generated + b.generated,
  imitated: a.imitated + b.imitated,
  beaten: a.beaten + b.beaten,
  unmade: a.unmade + b.unmade,
  parted: a.parted + b.parted,
});
