/** The ways to each goal take turns, so that none waits for another; on each, caution and haste take turns as well. */
import { BY_BOUND, LabelHeap, type Queued, STRAIGHT } from './heap.ts';

/** So many labels more are looked at on ways that ask for less luck, for each step of luck, before the turn comes to others. */
const HANDICAP = 20;

/** And so many for each step that a way is shorter. */
const NEARNESS = 8;

/** And so many where the person told of something there to go by: an offer, a place to study, a company, a permit held. */
const HEAD_START = 40;

/**
 * A queue whose turn has not come: what bounds say of its first label is worked out only then, since of a hundred goals most are looked
 * at late or never. Until then it stands with what is no more than that will be: luck, steps and days at the least. So each
 * turn goes to the same queue as if all had been opened at once.
 */
export type Closed = {
  readonly tier: number;
  readonly steps: number;
  readonly days: number;
  readonly open: () => void;
};

/**
 * The labels on the way to one goal. Taken by turns in two orders: by the least days the goal can still take, which proves
 * that nothing better is left; and by the fewest steps left, which finds something early. Each label is taken once.
 */
export class Queue {
  /** The route that every plan here ends with; empty where it is for all goals. */
  readonly goal: string;
  /** Plans of one group beat one another; those of different groups stand side by side. */
  readonly group: string;
  private readonly byBound = new LabelHeap(BY_BOUND);
  private readonly straight = new LabelHeap(STRAIGHT);
  private readonly taken = new WeakSet<Queued>();
  private waiting = 0;
  private turn = 0;
  expanded = 0;
  /** Whether a way to its goal has been found. */
  reached = false;

  private readonly hasty: boolean;
  private readonly lead: number;

  /**
   * `hasty`: whether to go straight on first. One queue for all goals has no one way to go straight on. `told`: whether something
   * the person told of lies there.
   */
  constructor(goal: string, hasty: boolean, told: boolean) {
    this.goal = goal;
    this.group = goal.split('/')[0] as string;
    this.hasty = hasty;
    this.lead = told ? HEAD_START : 0;
  }

  get size(): number {
    return this.waiting + (this.closed ? 1 : 0);
  }

  private closed: Closed | undefined;

  /** The label that begins all ways, kept until the turn comes to this queue: `open` puts it in. */
  close(closed: Closed): void {
    this.closed = closed;
  }

  /** Whether it had to be opened. */
  open(): boolean {
    const closed = this.closed;
    this.closed = undefined;
    closed?.open();
    return closed !== undefined;
  }

  push(q: Queued): void {
    this.byBound.push(q);
    if (this.hasty) this.straight.push(q);
    this.waiting++;
  }

  /** When its turn comes, against other queues: the lower the sooner. What asks for little luck and is near comes first. */
  get rank(): number {
    if (this.closed) return HANDICAP * this.closed.tier - this.lead + NEARNESS * this.closed.steps;
    const near = this.hasty ? this.peek(this.straight) : undefined;
    const tier = this.peek(this.byBound)?.tier ?? Number.POSITIVE_INFINITY;
    return this.expanded - this.lead + HANDICAP * (tier + (this.reached ? 2 : 0)) + NEARNESS * (near?.steps ?? 0);
  }

  least(): number | undefined {
    if (this.closed) return this.closed.days;
    return this.byBound.least(this.taken);
  }

  pop(): Queued | undefined {
    // Straight on until something is found, then half and half.
    this.turn++;
    const straight = this.hasty && (!this.reached || this.turn % 2 === 1);
    const heap = straight ? this.straight : this.byBound;
    if (!this.peek(heap)) return undefined;
    const q = heap.pop() as Queued;
    this.taken.add(q);
    this.waiting--;
    return q;
  }

  private peek(heap: LabelHeap): Queued | undefined {
    let q = heap.first;
    while (q && this.taken.has(q)) {
      heap.pop();
      q = heap.first;
    }
    return q;
  }
}
