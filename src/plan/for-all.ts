/**
 * Plans for a family: those of the person's own search, and where some of these surely part the family, those of a second search
 * (`kin.ts`) that parts nobody. To a country all of whose plans part nobody no second search is made: whatever else leads there is
 * beaten by one of them, and they hold for all. What is left are the countries whose best plan is for the person alone.
 */
import type { LawBook } from '../law/book.ts';
import type { Draw } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import { Kin } from './kin.ts';
import type { Found, Progress, SearchOptions } from './options.ts';
import { streamPlans } from './search.ts';
import type { Goal, Plan } from './types.ts';

/** What a plan is for the family: all go at once, or one first and the others follow, or somebody surely cannot come. */
export type ForFamily = 'at once' | 'in an order' | 'parts';

/**
 * The searches one after the other, as one stream. Each has as many labels as the first, and only the time that is left. A third, on
 * which the person goes first and the family follows, is made only where no plan holds with all going at once.
 */
export function* streamForAll(
  book: LawBook,
  start: Situation,
  goal: Goal,
  options: SearchOptions,
  family: (plan: Plan) => ForFamily,
): Generator<Progress, Found, void> {
  const until = options.time === undefined ? undefined : performance.now() + options.time;
  const changes = { before: 0 };
  let found: Found = yield* beside(undefined, streamPlans(book, start, goal, options), changes);
  for (const first of [false, true]) {
    const told = found.plans.map((plan) => ({ family: family(plan), country: plan.legs.at(-1)?.jurisdiction ?? '' }));
    if (first && told.some((x) => x.family === 'at once')) break;
    const enough = first ? new Set(told.flatMap((x) => (x.family === 'in an order' ? [x.country] : []))) : new Set();
    const open = told.filter((x) => x.family !== 'at once' && !enough.has(x.country)).map((x) => x.country);
    if (open.length === 0) break;
    const left = until === undefined ? undefined : until - performance.now();
    if (options.signal?.aborted || (left !== undefined && left <= 0))
      return { ...found, complete: false, completeOnTold: false };
    // Years end wherever one then is: there the country of a plan is not that of its last step.
    const only = goal.kind === 'years' ? options.only : new Set(open);
    const draw: Draw = { processing: options.processing ?? 'longest', granted: true };
    const run = streamPlans(book, start, goal, {
      ...options,
      family: new Kin(book, start, draw, first),
      ...(only ? { only } : {}),
      ...(left === undefined ? {} : { time: left }),
    });
    found = yield* beside(found, run, changes);
  }
  return found;
}

/** What was found before, with what a further search finds. `changes`: how often the plans had changed before it. */
function* beside(
  before: Found | undefined,
  run: Generator<Progress, Found, void>,
  changes: { before: number },
): Generator<Progress, Found, void> {
  let changed = 0;
  for (let step = run.next(); ; step = run.next()) {
    const now = step.value;
    if (!before) {
      if (step.done) {
        changes.before += changed + 1;
        return step.value;
      }
      changed = step.value.found;
      yield step.value;
      continue;
    }
    const plans = [...now.plans, ...before.plans];
    const effort = sum(before.effort, now.effort);
    if (step.done) {
      const { complete, completeOnTold, bound, expanded } = step.value;
      changes.before += changed + 1;
      return {
        plans,
        complete: before.complete && complete,
        completeOnTold: before.completeOnTold && completeOnTold,
        bound: least(before.bound, bound),
        expanded: before.expanded + expanded,
        effort,
      };
    }
    changed = step.value.found;
    yield { ...step.value, plans, found: changes.before + changed, effort };
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
