/** Where danger cannot be kept away from on the way to a goal: then days ahead are surely days in it, and bounds count them. */
import { membersOf } from '../law/book.ts';
import { countries } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Purpose } from './purpose.ts';
import { feedingOne } from './relevant.ts';
import { standsFirm } from './senses.ts';
import type { Steps } from './steps.ts';

type UnsafeLimits = {
  readonly look: Outlook;
  readonly start: Situation;
  readonly avoid: ReadonlySet<string>;
  readonly roam: boolean;
  readonly bridges: boolean;
  readonly steps: Steps;
};

export class Unsafe {
  private readonly its: UnsafeLimits;
  /** Goal routes on the way to which every country is dangerous to the person, or may be. */
  private readonly nowhere = new Map<string, boolean>();
  private readonly homes = new Map<Purpose, string>();
  /** Countries that may be visited, all but surely, under some stay rule; worked out when first asked for. */
  private visitable: readonly string[] | undefined;

  constructor(limits: UnsafeLimits) {
    this.its = limits;
  }

  /** Whether on the way to a route every country is dangerous to the person, or may be: each day ahead is one in danger. */
  nowhereElse(route: string): boolean {
    let unsafe = this.nowhere.get(route);
    if (unsafe === undefined) {
      const { look, start, avoid, bridges } = this.its;
      const goal = look.book.provisions.get(route);
      this.visitable ??= countries(look.book, start.on).filter((c) => c === start.place || look.everOpen(start, c));
      const places = new Set(this.visitable);
      for (const h of start.holdings ?? []) places.add(h.country ?? (h.status.split('/')[0] as string));
      if (goal && !bridges)
        for (const id of feedingOne(look.book, goal, avoid, undefined))
          for (const c of membersOf(look.book, id.split('/')[0] as string, start.on) ?? []) places.add(c);
      unsafe = goal !== undefined && !bridges && look.endangeredEverywhere(start, [...places]);
      this.nowhere.set(route, unsafe);
    }
    return unsafe;
  }

  /**
   * Whether all that may still be held on the way is held in one country that is dangerous on every day, whatever one holds. Whoever
   * holds a permit is where it is (`SearchOptions.roam`), so that days under it are days there.
   */
  homeOf(purpose: Purpose, s: Situation): boolean {
    const { look, start, roam, bridges, steps } = this.its;
    if (roam || bridges) return false;
    let home = this.homes.get(purpose);
    if (home === undefined) {
      home = steps.firmHome(purpose) ?? '';
      if (home !== '' && !(look.fearsAlike(home) && look.endangeredEverywhere(start, [home]))) home = '';
      this.homes.set(purpose, home);
    }
    if (home === '') return false;
    for (const h of s.holdings ?? []) {
      if (!isCurrent(h, s.on)) continue;
      if ((h.country ?? h.status.split('/')[0]) !== home || !standsFirm(look.book, h.status)) return false;
    }
    // What is awaited elsewhere may be held there once it is granted.
    return s.pending.every((p) => look.book.provisions.get(p.route)?.jurisdiction === home);
  }
}
