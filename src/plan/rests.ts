/** What is left of each way to the goal at the least: rows of numbers, filled in again and again without anything being made. */
import type { Day } from '../rules/ir.ts';
import { type Costs, FREE } from './costs.ts';
import type { Own } from './own.ts';
import type { Way } from './ways.ts';

/** Lower bounds on the ways ahead, one row for each; read after `Bounds.of`, until it is called again. */
export class Rests {
  count = 0;
  /** The day of the goal at the earliest. */
  on = new Float64Array(64);
  discretion = new Float64Array(64);
  cents = new Float64Array(64);
  moves = new Float64Array(64);
  /** Days still to come on which something is held that a clock counts. */
  held = new Float64Array(64);
  /** The route that would grant it, and the country where it can only be asked for on the spot; empty for no route. */
  readonly route: string[] = [];
  readonly country: string[] = [];
  readonly onTheSpot: (string | undefined)[] = [];

  /** `hanging`: of what is asked for already, the days that still hang on the answer. `more`: grants beside the way, and their costs. */
  add(own: Own | undefined, on: Day, w: Way | undefined, hanging = 0, more = 0, costs: Costs = FREE, held = 0): void {
    const i = this.count++;
    if (i === this.on.length) this.grow();
    this.on[i] = on;
    this.discretion[i] = (w ? w.discretion : hanging) + costs.discretion;
    this.cents[i] = (w ? w.cents : 0) + costs.cents;
    this.moves[i] = (w ? w.moves : 0) + more;
    this.held[i] = Math.max(w ? w.held : 0, held);
    this.route[i] = own ? own.route.id : '';
    this.country[i] = own ? own.route.jurisdiction : '';
    this.onTheSpot[i] = w?.onTheSpot;
  }

  private grow(): void {
    for (const name of ['on', 'discretion', 'cents', 'moves', 'held'] as const) {
      const more = new Float64Array(this.on.length * 2);
      more.set(this[name].subarray(0, this.count - 1));
      this[name] = more;
    }
  }
}
