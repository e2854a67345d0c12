/**
 * A route by itself, as a step of a way (`bounds.ts`): its answer at the soonest and cheapest that the law states on any day of the
 * horizon, how long what it grants lasts at the most, and what it demands to have been held.
 */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { feesOf, processingDays } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import type { Draw } from '../moves/types.ts';
import { hasWindow, isAskedFrom } from '../moves/windows.ts';
import type { Situation } from '../person/types.ts';
import { convert } from '../person/view.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { Askings } from './luck.ts';
import { type Need, needsBetween } from './needs.ts';
import { daysOfMonths, type Way } from './ways.ts';

/** A route as a step of a way. */
export type Own = {
  readonly route: Provision;
  /** Its own answer, as a way of one stage. */
  readonly answer: Way;
  readonly time: Duration;
  /** The most days that what it grants can be held. */
  readonly lasts: number;
  /** What must be held for it. */
  readonly needs: readonly Need[];
};

/** What of a route hangs on no luck. */
type Stem = Omit<Own, 'needs'> & { readonly stretches: readonly Day[] };

type Known = { readonly own: Own | undefined; readonly sameFor: (most: number) => boolean };

/** The routes of one search, each worked out when it is first asked for; what hangs on no luck once for all steps of luck. */
export class Owns {
  private readonly look: Outlook;
  private readonly start: Situation;
  private readonly draw: Draw;
  private readonly askings: Askings;
  private readonly stems = new Map<Provision, Stem>();
  private readonly made = new Map<number, Map<Provision, Own | undefined>>();
  /** What came out for a route so far, each for a stretch of luck. */
  private readonly known = new Map<Provision, readonly Known[]>();
  private windowed: readonly Provision[] | undefined;

  constructor(look: Outlook, start: Situation, draw: Draw, askings: Askings) {
    this.look = look;
    this.start = start;
    this.draw = draw;
    this.askings = askings;
  }

  /** A route for plans that rest on so much luck; `undefined` where it asks for more. */
  of(route: Provision, most: number): Own | undefined {
    let row = this.made.get(most);
    if (!row) {
      row = new Map();
      this.made.set(most, row);
    }
    if (row.has(route)) return row.get(route);
    const stem = this.stem(route);
    const known = this.known.get(route) ?? [];
    let same = known.find((k) => k.sameFor(most));
    if (!same) {
      const { needs, sameFor } = needsBetween(this.look.book, route, this.start, stem.stretches, most, this.askings);
      same = { own: needs === 'never' ? undefined : { ...stem, needs }, sameFor };
      this.known.set(route, [...known, same]);
    }
    row.set(route, same.own);
    return same.own;
  }

  /** The least days until a route is answered. */
  least(route: Provision): number {
    return this.stem(route).answer.days;
  }

  private stem(route: Provision): Stem {
    let stem = this.stems.get(route);
    if (!stem) {
      stem = this.stemOf(route);
      this.stems.set(route, stem);
    }
    return stem;
  }

  private stemOf(route: Provision): Stem {
    const { look, draw } = this;
    const stretches = [look.from, ...look.lawDays(route)];
    const time = leastTime(route, stretches, draw);
    let cents = Number.POSITIVE_INFINITY;
    for (const d of stretches) {
      let sum = 0;
      for (const fee of feesOf(route, d) ?? []) sum += leastCents(look.book, fee, look.from);
      cents = Math.min(cents, sum);
    }
    const spot = (w: string): boolean => w === 'in-country' || w === 'border';
    const only =
      route.filing?.where.every(spot) === true && !route.revised?.some((r) => r.filing && !r.filing.where.every(spot));
    const span = daysOfMonths(time.months);
    const days = span.least + time.days;
    return {
      route,
      time,
      stretches,
      lasts: this.longestHeld(route, stretches),
      answer: {
        stages: [{ kind: 'answer', time }],
        days,
        longest: span.most + time.days,
        discretion: route.decision === 'right' ? 0 : days,
        cents,
        moves: 1,
        held: 0,
        onTheSpot: only ? route.jurisdiction : undefined,
      },
    };
  }

  /** The most days that what a route grants is held; infinite where it has no end, or none that the law states on every day. */
  private longestHeld(route: Provision, stretches: readonly Day[]): number {
    const g = route.grants;
    const name = g?.valid;
    const names = [name, g?.validRenewed, g?.validAbroad].filter((x) => x !== undefined);
    const stands = route.grants?.status ? statusTerms(this.look.book, route.grants.status)?.terms.stands : undefined;
    if (name === undefined || stands === 'permanent' || stands === 'citizenship') return Number.POSITIVE_INFINITY;
    let most = 0;
    for (const d of stretches)
      for (const n of names) {
        const v = paramAt(route, n, d) as Duration | number | undefined;
        if (v === undefined) return Number.POSITIVE_INFINITY;
        most = Math.max(most, typeof v === 'number' ? v : daysOfMonths(v.months).most + v.days);
      }
    return most > 0 ? most + this.longestGoingOn(route) : Number.POSITIVE_INFINITY;
  }

  /** The most days that what a route grants may go on beyond its end, until the decision on what was asked for from it. */
  private longestGoingOn(route: Provision): number {
    const { look } = this;
    const status = route.grants?.status;
    if (status === undefined) return 0;
    this.windowed ??= ofKind(look.book, 'route').filter((r) => hasWindow(look.book, r));
    let most = 0;
    for (const r of this.windowed) {
      if (!isAskedFrom(look.book, r, status, look.from)) continue;
      for (const d of [look.from, ...look.lawDays(r)])
        most = Math.max(most, processingDays(r, d, { processing: 'longest', granted: true }).days);
    }
    return most;
  }
}

/** The shortest time to an answer that the law ever states. */
function leastTime(route: Provision, stretches: readonly Day[], draw: Draw): Duration {
  const names =
    typeof draw.processing === 'number'
      ? []
      : draw.processing === 'usual'
        ? [route.processing?.usual, route.processing?.longest]
        : [route.processing?.longest, route.processing?.usual];
  const times = stretches.map((d): Duration => {
    const value = names.map((n) => (n ? paramAt(route, n, d) : undefined)).find((x) => x !== undefined);
    if (typeof value === 'object' && value !== null && 'months' in value) return value as Duration;
    return { months: 0, days: processingDays(route, d, draw).days };
  });
  const [first] = times as [Duration];
  if (times.every((t) => t.months === first.months)) return { ...first, days: Math.min(...times.map((t) => t.days)) };
  return { months: 0, days: Math.min(...times.map((t) => daysOfMonths(t.months).least + t.days)) };
}

/** The least that a fee is in euro cents at any of the rates from a day on. */
function leastCents(book: LawBook, fee: { readonly amount: number; readonly currency: string }, from: Day): number {
  if (fee.currency === 'EUR') return Math.round(fee.amount * 100);
  const rates = book.rates[fee.currency] ?? [];
  let least = Number.POSITIVE_INFINITY;
  for (const d of [from, ...rates.map((r) => r.from).filter((d) => d > from)])
    least = Math.min(least, Math.round((convert(book, fee, 'EUR', d)?.amount ?? 0) * 100));
  return least;
}
