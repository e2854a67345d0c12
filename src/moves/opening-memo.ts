/** When routes open, remembered for a search. */
import type { Provision } from '../law/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Opening } from './opens.ts';

/**
 * Remembers when routes open, for a search that meets the same situation again in another place: conditions that look at
 * where the person is or has been are told apart by that.
 */
export class OpeningMemo {
  private readonly known = new Map<string, readonly Opening[]>();
  private readonly looks = new Map<string, boolean>();

  of(route: Provision, s: Situation, latest: Day, find: () => readonly Opening[]): readonly Opening[] {
    let place = this.looks.get(route.id);
    if (place === undefined) {
      place = /"name":"(now\.|inCountry|stays)/.test(JSON.stringify([route.all, route.bars]));
      this.looks.set(route.id, place);
    }
    const key = [
      route.id,
      s.on,
      latest,
      s.documents?.length,
      s.cash?.amount,
      [...s.assumed].map(([k, v]) => `${k}=${JSON.stringify(v)}`).join(),
      (s.holdings ?? []).map((h) => `${h.status}@${h.from}-${h.to}`).join(),
      hasClock(route) ? JSON.stringify([s.visits, s.place, s.since]) : '',
      place ? `${s.place}@${s.since}${s.under}${s.visits?.length}` : s.place === route.jurisdiction ? 'here' : '',
    ].join('|');
    const have = this.known.get(key);
    if (have) return have;
    const made = find();
    this.known.set(key, made);
    return made;
  }
}

const clockRoutes = new WeakMap<Provision, boolean>();
function hasClock(route: Provision): boolean {
  let has = clockRoutes.get(route);
  if (has === undefined) {
    has = JSON.stringify(route.all).includes('"k":"clock"');
    clockRoutes.set(route, has);
  }
  return has;
}
