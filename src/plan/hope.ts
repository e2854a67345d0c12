/**
 * Whether a way on is left that no plan found beats: what a situation has cost so far, with what at least lies ahead of it. Asked of
 * every move before anything is made of it, so that what would die at once is never born: one record is filled in again and again.
 */
import { type LawBook, membersOf } from '../law/book.ts';
import { endsByLeaving } from '../moves/claims.ts';
import type { Pending, Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Bounds, Owned } from './bounds.ts';
import { beatenBy, type Front } from './front.ts';
import type { Label } from './label.ts';
import type { Purpose } from './purpose.ts';
import type { Unsafe } from './unsafe.ts';

/** A situation, reached or only thought of, with what it has cost: as much of it as bounds look at. */
export type Standing = {
  s: Situation;
  group: string;
  purpose: Purpose;
  /** The day, and the place on that day. */
  on: Day;
  place: string | undefined;
  /** Whether a step that can only be taken on the spot costs an entry of who is elsewhere. */
  spot: boolean;
  discretion: number;
  cents: number;
  moves: number;
  danger: number;
  unlawful: number;
  /** Whether every day here is one in danger; and the last day that is surely spent here. */
  endangered: boolean;
  stays: Day;
  /** An application that is not among those of the situation, and the day of its answer. */
  asked: string | undefined;
  answered: Day;
  /** The last day that surely hangs on an answer which may be no; and that of the first answer before which nothing more is asked for. */
  hangs: Day;
  busy: Day;
};

/** The least that is left, of all ways that no plan found beats: days from the start to the goal, and applications. */
export type Left = { readonly on: Day; readonly moves: number };

export type Limits = {
  readonly book: LawBook;
  readonly start: Situation;
  readonly horizon: Day;
  readonly moves: number;
  /** Applications that may wait at once. */
  readonly pending: number;
  /** Claims beside which other things may be asked for. */
  readonly grounds: ReadonlySet<string>;
  readonly front: Front;
  readonly bounds: (tier: number) => Bounds;
  /** Whether a country's plans on less luck close the ways to it on more. */
  readonly closed: (country: string, tier: number) => boolean;
  readonly unsafe: Unsafe;
};

export class Hope {
  private readonly limits: Limits;
  /** What is asked about; filled in by `standingOf` or by hand. */
  readonly at: Standing;

  constructor(limits: Limits) {
    this.limits = limits;
    this.at = {
      s: limits.start,
      group: '',
      purpose: 0,
      on: 0,
      place: undefined,
      spot: true,
      discretion: 0,
      cents: 0,
      moves: 0,
      danger: 0,
      unlawful: 0,
      endangered: false,
      stays: 0,
      asked: undefined,
      answered: 0,
      hangs: 0,
      busy: 0,
    };
  }

  /** A label as it stands. `stays`: the last day that it surely stays where it is. */
  standingOf(l: Label, group: string, stays: Day): Standing {
    const { at } = this;
    at.s = l.s;
    at.group = group;
    at.purpose = l.purpose;
    at.on = l.s.on;
    at.place = l.s.place;
    at.spot = true;
    at.discretion = l.discretion;
    at.cents = l.cents;
    at.moves = l.moves;
    at.danger = l.danger;
    at.unlawful = l.unlawful;
    at.endangered = l.endangered;
    at.stays = stays;
    at.asked = undefined;
    at.answered = 0;
    this.waiting(l.s, at);
    return at;
  }

  /** What is awaited: until when days surely hang on it, and until when nothing more is asked for. */
  waiting(s: Situation, at: Standing): void {
    at.hangs = s.on;
    at.busy = s.on;
    if (s.pending.length === 0) return;
    const { book, start, pending, grounds } = this.limits;
    let own = 0;
    let first = Number.POSITIVE_INFINITY;
    for (const p of s.pending) {
      // What was asked for before the plan began is no limit, nor a claim to stand on, and what ends by leaving need not be waited for.
      if (start.pending.includes(p) || grounds.has(p.route)) continue;
      own++;
      if (endsByLeaving(book, p)) first = s.on;
      first = Math.min(first, p.decided);
      if (this.mayBeNo(p) && !endsByLeaving(book, p)) at.hangs = Math.max(at.hangs, p.decided);
    }
    if (own >= pending) at.busy = Math.max(s.on, first);
  }

  /** The same with one more application, that is answered on a day. */
  busyUntil(s: Situation, at: Standing, answered: Day): void {
    const { start, pending, book, grounds } = this.limits;
    let own = 1;
    let first = answered;
    for (const p of s.pending) {
      if (start.pending.includes(p) || grounds.has(p.route)) continue;
      own++;
      first = endsByLeaving(book, p) ? at.on : Math.min(first, p.decided);
    }
    if (own >= pending) at.busy = Math.max(at.on, first);
  }

  private mayBeNo(p: Pending): boolean {
    return this.limits.book.provisions.get(p.route)?.decision !== 'right';
  }

  /** The least that is left with so much luck; `undefined` where every way on is beaten, or none is in time. */
  left(tier: number, owned: (b: Bounds) => Owned): Left | undefined {
    const { limits, at } = this;
    const bounds = limits.bounds(tier);
    const from = Math.max(at.on, at.busy);
    const rests = bounds.of(
      at.s,
      owned(bounds),
      at.purpose,
      at.on,
      from,
      limits.moves - at.moves,
      at.asked,
      at.answered,
    );
    const rows = limits.front.of(at.group);
    const home = limits.unsafe.homeOf(at.purpose, at.s);
    let on = Number.POSITIVE_INFINITY;
    let moves = Number.POSITIVE_INFINITY;
    for (let i = 0; i < rests.count; i++) {
      const goal = rests.on[i] as number;
      if (goal > limits.horizon) continue;
      const country = rests.country[i] as string;
      if (limits.closed(country, tier)) continue;
      const all = at.moves + (rests.moves[i] as number) + this.enters(rests.onTheSpot[i]);
      if (all > limits.moves) continue;
      const ahead = rests.discretion[i] as number;
      const hangs = Math.max(0, Math.min(at.hangs, goal) - at.on);
      // What is asked for already hangs on the answer that is awaited, and on nothing more.
      const hanging = rests.moves[i] === 0 ? Math.max(hangs, ahead) : hangs + ahead;
      const here = Math.max(0, Math.min(at.stays, goal) - at.on);
      let danger = !at.endangered ? 0 : limits.unsafe.nowhereElse(rests.route[i] as string) ? goal - at.on : here;
      // What is held there is held in danger: the days until then may be among those that are spent here.
      if (home) danger = Math.max(danger, rests.held[i] as number);
      if (
        beatenBy(
          rows,
          tier,
          goal,
          at.discretion + hanging,
          at.cents + (rests.cents[i] as number),
          all,
          at.danger + danger,
          at.unlawful,
        )
      )
        continue;
      if (goal < on) on = goal;
      if ((rests.moves[i] as number) < moves) moves = rests.moves[i] as number;
    }
    return on === Number.POSITIVE_INFINITY ? undefined : { on, moves };
  }

  /** One more move where a step can only be taken on the spot and the person is elsewhere. */
  private enters(spot: string | undefined): number {
    const { place } = this.at;
    if (!this.at.spot || spot === undefined || place === spot) return 0;
    if (spot.length === 2) return 1;
    return (membersOf(this.limits.book, spot, this.at.on) ?? []).includes(place ?? '') ? 0 : 1;
  }
}
