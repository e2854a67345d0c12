/**
 * Whether the members of a family can go along with a plan, leg by leg. Each is walked through the plan's days as a person of their
 * own: their papers, their days, their facts, and the status that the person's own opens for them. Each leg is answered as if those
 * before it went as said. Nothing is looked for: a member who cannot come is told so, with what stands in the way.
 */
import { type LawBook, statusTerms } from '../law/book.ts';
import { dangersIn } from '../moves/dangers.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import { apply, awaitMove, fileMoves, leaving } from '../moves/moves.ts';
import type { Draw, Enter } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Rec } from '../rules/ir.ts';
import { answerOf, type Derived, derivedFor, holdsFirmly } from './derived.ts';
import { gatesOf, mayRenew, onlyPapers, stands, waysIn, withoutPaper } from './gates.ts';
import { goingAlong, relativeOf, type Standing } from './members.ts';
import { all, concluded, type MemberWalk, type Together, togetherOf, type WalkedStep } from './together-types.ts';
import { type Draft, type Owed, Trail } from './trail.ts';
import type { Leg } from './types.ts';
import { type Verdict, verdictOn } from './verdict.ts';

/**
 * Walks everybody who goes along through a plan. `undefined` where nobody does. `first`: the person goes alone, and the others stay
 * where they are until a status of the person lets them follow.
 */
export function walkTogether(
  book: LawBook,
  start: Situation,
  legs: readonly WalkedStep[],
  draw: Draw,
  order: Together['order'] = 'together',
): Together | undefined {
  const members = goingAlong(start.person, order === 'first');
  if (members.length === 0) return undefined;
  return togetherOf(
    members.map((m) => new MemberWalker(book, m, start, legs, draw).walk()),
    order,
  );
}

/** What a member does on each leg: comes along, asks for a permit, follows later, or stays behind. */
export class MemberWalker extends Trail {
  walk(): MemberWalk {
    this.go();
    const last = this.steps.at(-1)?.leg;
    // Who still waits when the plan ends has to be somewhere until the answer.
    if (last) {
      this.remain(last);
      this.advance(Math.max(...this.at.s.pending.map((p) => p.decided), last.day), this.steps.length - 1);
    }
    if (this.behind && this.behind.to === undefined && this.waits !== undefined && !this.owed)
      this.lower(this.waits, false, { kind: 'never-follows' });
    return this.told();
  }

  /** The same along the beginning of a plan that goes on: what of it surely stays as it is, and where the member then stands. */
  sofar(): { readonly walk: MemberWalk; readonly standing: string; readonly open: number | undefined } {
    this.go();
    const last = this.steps.at(-1)?.leg;
    const standing = this.standing(last?.day ?? this.begin.on);
    if (last) this.remain(last);
    // What a status opens may be asked for once more from where the person comes to.
    return { walk: this.told(), standing, open: this.owed?.leg };
  }

  private go(): void {
    this.steps.forEach(({ leg }, i) => {
      this.advance(leg.day, i);
      if (leg.kind === 'enter') this.enter(leg, i);
      else if (leg.kind === 'file') this.alongside(leg, i);
      else if (leg.kind === 'await') this.answered(leg, i);
      this.draft(i).at = this.at.on(leg.day);
    });
  }

  /** On the day of an answer the answer may make presence lawful; a day before it nothing else does. */
  private remain(last: Leg): void {
    this.lasts(last.kind === 'await' ? last.day - 1 : last.day, this.steps.length - 1);
  }

  private told(): MemberWalk {
    return concluded({
      member: this.m,
      start: this.start,
      legs: this.legs,
      ...(this.behind ? { apart: this.behind } : {}),
      assumes: [...this.assumes.values()],
      track: this.track,
    });
  }

  /** Answers to the member's own applications that have come by a day. */
  private advance(day: Day, leg: number): void {
    for (;;) {
      const p = [...this.at.s.pending].sort((a, b) => a.decided - b.decided)[0];
      if (!p || p.decided > day) break;
      const route = this.book.provisions.get(p.route);
      if (!route) break;
      this.lasts(p.decided - 1, leg);
      const on = Math.max(this.at.s.on, p.decided);
      const s = this.at.s;
      const move = answerOf(route, s, on);
      const doubts = [...awaitMove(route, p.filed, on).doubts, ...lawfulUntil(this.book, s).doubts];
      // What the member asked for before the plan began is not for this plan to answer.
      if (p.filed < this.begin.on || p.late) this.lower(this.since, undefined, { kind: 'own-answer', route, day: on });
      this.step(
        { kind: 'await', day: on, route: p.route },
        this.owed?.leg ?? this.since,
        { assumes: [], doubts },
        true,
        s.person,
        apply(this.book, s, move, on, this.draw),
      );
      const there = this.sponsor(on).place;
      if (this.waits !== undefined && there === route.jurisdiction && this.at.s.place !== there) {
        const found = waysIn(this.book, this.at.on(on), there, on)[0];
        if (found) this.come(found, on, this.waits);
        else this.lower(this.waits, undefined, { kind: 'rests-on', leg: this.owed?.leg ?? this.waits });
        this.waits = undefined;
      }
    }
  }

  /** The day on which the person goes on from where leg `i` brings them; the day before the last answer, if they stay. */
  private nextFrom(i: number): Day {
    const next = this.steps.slice(i + 1).find((w) => w.leg.kind === 'enter') ?? this.steps.at(-1);
    const leg = next?.leg as Leg;
    return leg.kind === 'await' && next !== this.steps[i] ? leg.day - 1 : leg.day;
  }

  private enter(leg: Leg & { kind: 'enter' }, i: number): void {
    const d = this.draft(i);
    if (this.m.later && this.at.s.place !== leg.country && !this.mayFollow(leg)) {
      this.waits = i;
      this.behind ??= { from: leg.day };
      if (this.at.s.place !== undefined) d.why.push({ kind: 'stays', country: this.at.s.place });
      return;
    }
    if (this.at.s.place !== leg.country) this.lasts(leg.day, i);
    const from = this.at.s.place;
    if (from === leg.country) {
      d.under = this.at.s.under ?? leg.under;
      this.since = i;
    } else {
      this.goIn(leg, i, d);
      const s = this.at.s;
      d.dangers = [
        ...dangersIn(this.book, { ...s, on: leg.day }, leg.country, leg.day, ['presence', 'entry']),
        ...(from === undefined
          ? []
          : dangersIn(this.book, { ...s, place: from, on: leg.day }, from, leg.day, ['exit'])),
      ];
    }
    // A status that could not be asked for from outside may be open to ask for from here.
    const owed = this.owed;
    if (owed?.country === leg.country && this.at.s.place === leg.country && this.at.s.pending.length === 0)
      this.ask(owed, leg.day, i);
  }

  /** Whether somebody who follows later goes where the person goes: on a status of their own, or one that the person has there. */
  private mayFollow(leg: Leg & { kind: 'enter' }): boolean {
    const { country } = leg;
    if (this.isCitizen(country) || this.hasStatus(country) || this.owed?.country === country) return true;
    const stands = statusTerms(this.book, leg.under)?.terms.stands;
    return stands !== undefined && stands !== 'visit';
  }

  private goIn(leg: Leg & { kind: 'enter' }, i: number, d: Draft): void {
    const needed = this.nextFrom(i);
    if (this.isCitizen(leg.country)) {
      this.at.become({
        ...leaving(this.at.on(leg.day), leg.day),
        place: leg.country,
        since: leg.day,
        under: undefined,
      });
      this.since = i;
      this.track.push({ leg: i, kind: 'begin', from: this.at.s });
      return;
    }
    const best = waysIn(this.book, this.at.on(leg.day), leg.country, needed, leg.under)[0];
    const pending = this.at.s.pending.find((p) => this.book.provisions.get(p.route)?.jurisdiction === leg.country);
    // A visit will do where it lasts until the person goes on; whoever is answered later needs it until then.
    const goesOn = this.steps.slice(i + 1).some((w) => w.leg.kind === 'enter');
    const enough = pending ? (goesOn ? Math.min(needed, pending.decided - 1) : pending.decided - 1) : needed;
    const lasting = best && holdsFirmly(this.book, best) && (best.until === undefined || best.until >= enough);
    if (pending && !lasting) {
      // Whoever has asked for a permit there follows when it is answered, from where they are.
      this.waits = i;
      d.joins = pending.decided;
      d.why.push({ kind: 'later', day: pending.decided });
      if (this.owed && this.draft(this.owed.leg).outcome !== true)
        this.lower(i, undefined, { kind: 'rests-on', leg: this.owed.leg });
      return;
    }
    if (best) {
      this.come(best, leg.day, i);
      return;
    }
    this.shut(leg, i);
  }

  /** Why nothing lets the member in. */
  private shut(leg: Leg & { kind: 'enter' }, i: number): void {
    const status = statusTerms(this.book, leg.under)?.terms.stands;
    const gates = gatesOf(this.book, this.at.on(leg.day), leg.country);
    const known = all(gates.map((g) => (g.outcome === false ? true : undefined)));
    this.track.push({ leg: i, kind: 'shut', country: leg.country, from: this.at.on(leg.day) });
    this.apart = i;
    if (status !== undefined && status !== 'visit') {
      // The person has a status there: the member comes by what it opens, or not at all.
      const owed = this.owed?.country === leg.country ? this.owed : undefined;
      if (owed) {
        const there = this.draft(owed.leg).outcome;
        this.lower(i, there === false && known === true ? false : undefined, { kind: 'rests-on', leg: owed.leg });
      } else {
        this.opens({ status: leg.under, country: leg.country }, leg.day, i);
        this.lower(i, undefined, { kind: 'no-status' });
        const pending = this.at.s.pending.at(-1);
        if (pending) {
          this.waits = i;
          this.draft(i).joins = pending.decided;
        }
      }
    } else if (gates.length === 0) this.lower(i, undefined, { kind: 'no-rule' });
    else {
      // What the person was given for that country may have been open to the member, too.
      const given = this.owed?.country === leg.country && this.draft(this.owed.leg).outcome !== false;
      // Only the passport stands in the way, and there is time for another.
      const papers =
        gates.some((g) => onlyPapers(this.book, g.eligibility) || withoutPaper(this.book, g.asked, g.eligibility)) &&
        mayRenew(this.book, this.m.person, this.begin.on, leg.day, this.draw);
      this.lower(i, known === true && !given && !papers ? false : undefined, {
        kind: 'entry',
        gates,
        ...(papers ? { papers } : {}),
      });
    }
  }

  /** The member enters. */
  private come(move: Enter, day: Day, i: number): void {
    const d = this.draft(i);
    const firm = holdsFirmly(this.book, move);
    if (!firm) this.lower(i, undefined, { kind: 'open', assumes: move.assumes, doubts: move.doubts });
    this.rest(move.assumes);
    const s = this.at.on(day);
    if (s.place === undefined) this.track.push({ leg: i, kind: 'begin', from: s });
    this.step(
      { kind: 'enter', day, country: move.country, under: move.under },
      i,
      move,
      firm ? true : undefined,
      s.person,
      apply(this.book, s, move, day, this.draw),
    );
    if (this.behind && move.country === this.sponsor(day).place) this.behind.to = day;
    if (this.waits !== undefined && this.waits !== i && this.owed && !this.m.later)
      this.lower(this.waits, undefined, { kind: 'rests-on', leg: this.owed.leg });
    this.waits = undefined;
    this.apart = undefined;
    this.since = i;
    d.under = move.under;
    const until = lawfulUntil(this.book, this.at.s).until;
    if (until !== undefined) d.until = until;
    if (d.joins !== undefined || d.why.some((w) => w.kind === 'stays')) {
      d.joins = day;
      d.dangers = dangersIn(this.book, this.at.s, move.country, day, ['presence', 'entry']);
    }
  }

  /** Whether the member can ask for the same beside the person, in their own right; who surely can does. */
  private alongside(leg: Leg & { kind: 'file' }, i: number): void {
    const route = this.book.provisions.get(leg.route);
    const status = route?.grants?.status;
    if (!route || status === undefined || this.isCitizen(route.jurisdiction)) return;
    // Whoever came with the family has a permit of another kind, and need not change it; who has gone the same way goes on.
    const own = this.sponsor(leg.day).holdings ?? [];
    const alike = (this.at.s.holdings ?? []).some(
      (h) => isCurrent(h, leg.day) && own.some((x) => x.status === h.status && isCurrent(x, leg.day)),
    );
    if (this.hasStatus(route.jurisdiction) && !alike && statusTerms(this.book, status)?.terms.stands !== 'permanent')
      return;
    const s = this.at.on(leg.day);
    const moves = fileMoves(this.book, s, route, leg.day, false);
    const move = moves.find((m) => holdsFirmly(this.book, m)) ?? moves[0];
    if (!move) return;
    const firm = holdsFirmly(this.book, move);
    this.draft(i).own = { outcome: firm ? true : undefined, assumes: move.assumes, doubts: move.doubts };
    if (!firm) return;
    this.rest(move.assumes);
    this.step(
      { kind: 'file', day: leg.day, route: move.route, place: move.place },
      i,
      move,
      true,
      s.person,
      apply(this.book, s, move, leg.day, this.draw),
    );
  }

  /** An answer to the person: what the status it gives opens for the member. */
  private answered(leg: Leg & { kind: 'await' }, i: number): void {
    const route = this.book.provisions.get(leg.route);
    const status = route?.grants?.status;
    const country = route?.jurisdiction;
    if (!route || status === undefined || country === undefined) return;
    if (statusTerms(this.book, status)?.terms.stands === 'pending') return;
    // Who has a right of their own there needs none that is derived.
    if (this.isCitizen(country) || this.hasStatus(country)) return;
    if (this.at.s.place === country) this.lasts(leg.day, i);
    const before = this.owed;
    if (before?.country === country && (before.standing.status === status || this.at.s.pending.length > 0)) {
      const then = this.draft(before.leg).outcome;
      const { grown } = this.grown(this.lastAnswer(leg.route, i) ?? leg.day, leg.day);
      if (then !== true || before.standing.status !== status)
        this.lower(i, then === false ? false : undefined, {
          kind: 'rests-on',
          leg: before.leg,
          ...(grown ? { birthday: grown } : {}),
        });
      return;
    }
    this.opens({ status, country }, leg.day, i);
  }

  /** The day of the last answer on the same route before a leg: a birthday between the two is said once. */
  private lastAnswer(route: string, i: number): Day | undefined {
    return this.steps.slice(0, i).findLast(({ leg }) => leg.kind === 'await' && leg.route === route)?.leg.day;
  }

  private opens(standing: Standing, day: Day, i: number): void {
    const owed: Owed = { leg: i, country: standing.country, standing };
    this.owed = owed;
    this.ask(owed, day, i);
  }

  /** Asks for the best of what a status opens, from where the member is from a day on. */
  private ask(owed: Owed, day: Day, leg: number): void {
    const relative = this.relative(owed, day);
    const s = this.at.on(day);
    const last = this.steps.at(-1)?.leg.day ?? day;
    const latest = Math.max(day, Math.min(this.at.covered, last));
    const found = derivedFor(this.book, this.m, relative, owed.country, s, latest, this.begin.on, this.draw);
    const d = this.draft(owed.leg);
    const best = found[0];
    const before = d.derived?.[0];
    // Asked again after coming there: told only where it brings more than before.
    if (before && !(best?.move && (before.move === undefined || (best.outcome === true && before.outcome !== true))))
      return;
    d.derived = found;
    d.why = d.why.filter((w) => !['silent', 'closed', 'barred', 'open', 'stay-unknown'].includes(w.kind));
    const verdict = this.judge(owed, found, day);
    d.outcome = d.why.some((w) => w.kind === 'no-status') && verdict.outcome ? undefined : verdict.outcome;
    if (verdict.why) d.why.push(verdict.why);
    if (!best?.move) return;
    this.rest(best.assumes);
    const asked = { ...s, person: best.asked.person };
    const { move } = best;
    this.step(
      { kind: 'file', day: move.earliest, route: move.route, place: move.place },
      leg,
      best,
      d.outcome,
      asked.person,
      { ...apply(this.book, asked, move, move.earliest, this.draw), person: s.person },
    );
  }

  /** The person as a relative who will live there with the status. */
  private relative(owed: Owed, day: Day): Rec {
    return relativeOf(this.book, this.m, this.sponsor(day), owed.standing);
  }

  /** What the routes found say of the leg that gave the person the status. */
  private judge(owed: Owed, found: readonly Derived[], day: Day): Verdict {
    const { book, m } = this;
    const best = found[0];
    if (best?.outcome && !stands(book, this.at.on(best.file ?? day)))
      // Whoever is not surely there lawfully on the day may not be able to apply from there.
      return {
        outcome: undefined,
        why: { kind: 'stay-unknown', from: this.since, country: best.place, needed: best.file ?? day },
      };
    return verdictOn(
      m,
      found,
      book.provisions.get(this.routeOf(owed))?.family?.may,
      this.begin.on,
      day,
      found.some((x) => onlyPapers(book, x.eligibility)) &&
        mayRenew(book, m.person, this.begin.on, Infinity, this.draw),
    );
  }

  private routeOf(owed: Owed): string {
    const leg = this.steps[owed.leg]?.leg;
    return leg?.kind === 'await' ? leg.route : owed.standing.status;
  }
}
