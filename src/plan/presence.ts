/**
 * Where a member of the family is, and until when lawfully, carried along the days of somebody else's plan: what is held is renewed
 * where the law lets it be, a stay that ends says when one may come back.
 */

import { yearsBetween } from '../calendar/civil.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { assumptionsFor } from '../moves/assume.ts';
import { type Eligibility, routeEligibility } from '../moves/eligible.ts';
import { lawfulUntil, totalUntil } from '../moves/lawful.ts';
import { grant, leaving } from '../moves/moves.ts';
import { sightOf } from '../moves/seen.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Assumption } from '../moves/types.ts';
import type { Person, Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { type Birthday, birthdayOf, holdsFirmly } from './derived.ts';

/** A permit carried on by a new one of the same kind: the last day of the old one, and whether that is certain. */
export type Carried = {
  readonly route: Provision;
  /** The first day of the old one. */
  readonly from: Day;
  readonly on: Day;
  readonly outcome: Tri;
  readonly assumes: readonly Assumption[];
  readonly birthday?: Birthday;
  /** What was asked, for the reasons in words. */
  readonly eligibility: Eligibility;
  readonly asked: Situation;
};

/** Whether a stay lasts through a day. */
export type Lasting = { readonly renewals: readonly Carried[] } & (
  | { readonly kind: 'through' }
  | { readonly kind: 'unknown' }
  /** `held`: it was a permit that ends, and whether something else may follow it the law here does not say. */
  | {
      readonly kind: 'ends';
      readonly by: Day;
      readonly held: boolean;
      readonly again?: { readonly day: Day; readonly upTo: Day };
    }
);

/** Renewals of one permit that are looked at in a row. */
const ROUNDS = 40;

export class Presence {
  s: Situation;
  private readonly book: LawBook;
  private readonly personOn: (day: Day) => Person;
  /** The last day of lawful presence seen so far where the member is; infinite where it has no end. */
  covered: number;

  constructor(book: LawBook, s: Situation, personOn: (day: Day) => Person) {
    this.book = book;
    this.personOn = personOn;
    this.s = { ...s, person: personOn(s.on) };
    this.covered = s.on - 1;
    this.look();
  }

  /** The situation on a later day, with the relatives as they then are. */
  on(day: Day): Situation {
    return { ...this.s, on: Math.max(day, this.s.on), person: this.personOn(Math.max(day, this.s.on)) };
  }

  /** Something happened: the situation is another one. */
  become(next: Situation): void {
    const moved = next.place !== this.s.place || next.since !== this.s.since;
    // What one step took for granted is not thereby told: a later day asks again (a passport assumed to last until one day
    // is not known to end on it).
    this.s = { ...next, assumed: new Map() };
    if (moved) this.covered = next.on - 1;
    this.look();
  }

  /** Takes note of how long presence is lawful as things now stand. */
  private look(): void {
    const l = lawfulUntil(this.book, this.s);
    const end = l.known ? (l.until ?? Number.POSITIVE_INFINITY) : undefined;
    if (end !== undefined && end >= this.s.on) this.covered = Math.max(this.covered, end);
  }

  /** Whether the stay lasts through a day, with renewals where they are open. */
  until(day: Day): Lasting {
    const renewals: Carried[] = [];
    for (let n = 0; n < ROUNDS; n++) {
      if (this.covered >= day) return { kind: 'through', renewals };
      const l = lawfulUntil(this.book, this.s);
      if (l.until === undefined || !l.known) return { kind: 'unknown', renewals };
      const by = Math.max(this.covered, l.until);
      const carried = this.renew(by);
      const held = (this.s.holdings ?? []).some((h) => h.to === by);
      if (!carried) return { kind: 'ends', by, held, renewals, ...this.returnAfter(by, day) };
      renewals.push(carried);
      if (carried.outcome === false) return { kind: 'ends', by, held, renewals };
    }
    return { kind: 'unknown', renewals };
  }

  /** Carries on what is held by its own renewal; `undefined` where nothing held ends on that day, or it knows no renewal. */
  private renew(by: Day): Carried | undefined {
    const h = (this.s.holdings ?? []).findLast((x) => x.to === by);
    const renew = h && statusTerms(this.book, h.status)?.terms.renew;
    const route = renew && renew !== 'no' && renew.by ? this.book.provisions.get(renew.by) : undefined;
    if (
      !h ||
      !route ||
      route.grants?.status !== h.status ||
      (totalUntil(this.book, h.status, this.s, by) ?? Infinity) <= by
    )
      return undefined;
    const then = this.on(by);
    const e = routeEligibility(this.book, route, then, by);
    const assumed = e.outcome === undefined ? assumptionsFor(this.book, e, then, by) : { assumes: [], doubts: [] };
    const firm =
      e.outcome !== false && assumed !== undefined && holdsFirmly(this.book, assumed) && e.lapsed === undefined;
    const outcome: Tri = e.outcome === false ? false : firm ? true : undefined;
    const birthday = outcome === false ? this.grownOut(route, then, h.from, by) : undefined;
    if (outcome !== false) {
      const on = { ...then, on: by + 1, person: this.personOn(by + 1) };
      const next = grant(this.book, on, route, by + 1, e.binding.document, true);
      if ((next.holdings?.at(-1)?.to ?? Infinity) <= by) return undefined;
      this.become(next);
    }
    return {
      route,
      from: h.from,
      on: by,
      outcome,
      assumes: assumed?.assumes ?? [],
      ...(birthday ? { birthday } : {}),
      eligibility: e,
      asked: then,
    };
  }

  /** The birthday between two days on which a renewal closed to who grew too old for it. */
  private grownOut(route: Provision, s: Situation, from: Day, to: Day): Birthday | undefined {
    const born = s.person.facts.get('person.born') as Day | undefined;
    if (born === undefined || !sightOf(this.book, [route]).facts.has('age')) return undefined;
    for (let n = yearsBetween(born, from) + 1; birthdayOf(born, n) <= to; n++) {
      const on = birthdayOf(born, n);
      const open = (d: Day): Tri => routeEligibility(this.book, route, { ...s, on: d }, d).outcome;
      if (open(on) === false && open(on - 1) !== false) return { turns: n, on, before: 'renewal' };
    }
    return undefined;
  }

  /** When one may come back after a stay that ends, if that is by the day it would have to last to. */
  private returnAfter(by: Day, day: Day): { again?: { day: Day; upTo: Day } } {
    const rule = this.s.under === undefined ? undefined : this.book.provisions.get(this.s.under);
    if (rule?.kind !== 'stay') return {};
    const again = stayAnswer(this.book, rule, this.s, this.s.on).nextEntry;
    return again && again.day > by && again.day <= day ? { again } : {};
  }

  /** Goes on as if the member could stay until a day: what was said of that stands, and is not said of every day again. */
  suppose(day: Day): void {
    this.s = this.on(day);
    this.covered = Math.max(this.covered, day);
  }

  /** Out on the last day and in again on the next one allowed. */
  back(day: Day, by: Day): void {
    const { place, under } = this.s;
    const gone = leaving(this.on(by), by);
    this.become({ ...gone, on: day, place, since: day, under });
  }

  /** The member has to be elsewhere after a day, and the plan does not say where: later stays are not known either. */
  lose(by: Day): void {
    const gone = leaving(this.on(Math.max(by, this.s.on)), Math.max(by, this.s.on));
    this.become({ ...gone, visits: undefined });
  }
}
