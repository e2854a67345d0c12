/** A member's trail along the plan of the person: where they are, what was said of each leg so far, and what they wait for. */
import { type LawBook, statusTerms } from '../law/book.ts';
import { startOf } from '../moves/claims.ts';
import { apply } from '../moves/moves.ts';
import { sightOf } from '../moves/seen.ts';
import type { Assumption, Doubt, Draw } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import { type Birthday, birthdayOf } from './derived.ts';
import { havenFor } from './haven.ts';
import { type Member, relativeOf, type Standing, withRelative } from './members.ts';
import { Presence } from './presence.ts';
import type { MemberLeg, Track, WalkedStep, Why } from './together-types.ts';
import type { Step } from './types.ts';

/** What was said of a leg so far. */
export type Draft = { -readonly [K in keyof MemberLeg]: MemberLeg[K] } & { why: Why[] };

const fresh = (): Draft => ({ outcome: true, why: [], dangers: [] });

/** So many countries one after the other are gone to only to wait. */
const HAVENS = 3;

/** Kinds of standing of one's own that need no other to stay. */
const LASTING: ReadonlySet<string> = new Set(['permit', 'protection', 'permanent', 'citizenship']);

/** A status of the person that may open one for the member, and the leg that told of it. */
export type Owed = { readonly leg: number; readonly country: string; readonly standing: Standing };

/** Moved on by `MemberWalker` (together.ts), which decides what the member does; here is kept what follows from it. */
export class Trail {
  protected readonly book: LawBook;
  protected readonly m: Member;
  protected readonly begin: Situation;
  protected readonly steps: readonly WalkedStep[];
  protected readonly draw: Draw;
  protected readonly at: Presence;
  protected readonly start: Draft = fresh();
  protected readonly legs: Draft[];
  protected readonly track: Track[] = [];
  protected readonly assumes = new Map<string, Assumption>();
  /** The leg with which the present stay began. */
  protected since = -1;
  protected owed: Owed | undefined;
  /** The leg whose entry waits for an answer to the member. */
  protected waits: number | undefined;
  /** The leg on which the member was not let in, and has stayed behind since. */
  protected apart: number | undefined;
  /** Of who follows later: since when they are apart, and when they come. */
  protected behind: { readonly from: Day; to?: Day } | undefined;
  /** Countries gone to only to wait there. */
  private havens = 0;

  constructor(book: LawBook, m: Member, start: Situation, steps: readonly WalkedStep[], draw: Draw) {
    this.book = book;
    this.m = m;
    this.begin = start;
    this.steps = steps;
    this.draw = draw;
    this.legs = steps.map(fresh);
    this.at = new Presence(book, startOf(book, m.person, start.on), (day) => this.personOn(day));
    this.track.push({ leg: -1, kind: 'begin', from: this.at.s });
  }

  /** The person's situation on a day, as far as the plan has come. */
  protected sponsor(day: Day): Situation {
    let s = this.begin;
    for (const w of this.steps) if (w.leg.day <= day) s = w.after;
    return { ...s, on: day };
  }

  /** The member with the person as a relative, as things stand on a day. */
  protected personOn(day: Day): Situation['person'] {
    return withRelative(this.m, relativeOf(this.book, this.m, this.sponsor(day)));
  }

  protected draft(leg: number): Draft {
    return leg < 0 ? this.start : (this.legs[leg] as Draft);
  }

  /**
   * All that what is still to come can depend on, as a text: the member's situation, what they wait for, and the person as the relative
   * they then are. Two beginnings of a plan with the same go on in the same way for the member, if they go on in the same way for the
   * person: a member's walk looks at nothing else of what lies behind.
   */
  protected standing(day: Day): string {
    const { s, covered } = this.at;
    const { place, since, under, visits, holdings, documents, pending, cash } = s;
    const owed = this.owed && [this.owed.standing, this.draft(this.owed.leg).outcome ?? null];
    const waits = this.waits !== undefined;
    return JSON.stringify([
      [place, since, under, visits, holdings, documents, pending, cash, covered],
      [owed, waits, this.apart !== undefined],
      relativeOf(this.book, this.m, this.sponsor(day)),
    ]);
  }

  /** Lowers what was answered of a leg. */
  protected lower(leg: number, outcome: false | undefined, why: Why): void {
    const d = this.draft(leg);
    if (d.outcome !== false) d.outcome = outcome;
    d.why.push(why);
  }

  protected rest(assumes: readonly Assumption[]): void {
    for (const a of assumes) this.assumes.set(`${a.key} ${JSON.stringify(a.value)}`, a);
  }

  /** The member takes a step, with the person as the relative given. */
  protected step(
    step: Step,
    leg: number,
    m: { readonly assumes: readonly Assumption[]; readonly doubts: readonly Doubt[] },
    outcome: Tri,
    person: Situation['person'],
    after: Situation,
  ): void {
    this.track.push({ leg, kind: 'step', step, person, assumes: m.assumes, doubts: m.doubts, outcome, after });
    this.at.become(after);
  }

  /** Whether the member's present stay lasts through a day; if not, what is to be said, and the member is somewhere else after it. */
  protected lasts(day: Day, leg: number): void {
    if (this.at.s.place === undefined) {
      // Said once, where the member's whereabouts were lost; at the start it was simply not told.
      if (leg >= 0 && this.since === -1 && this.start.why.length === 0)
        this.lower(-1, undefined, { kind: 'stay-unknown', from: -1, country: undefined, needed: day });
      return;
    }
    const country = this.at.s.place;
    const result = this.at.until(day);
    for (const r of result.renewals) {
      this.rest(r.assumes);
      this.track.push({ leg, kind: 'begin', from: this.at.s });
      // It is said beside the step after which it ends, not where the stay began years before.
      const then = this.stepOn(r.on);
      const told = [...(then < 0 ? [this.start] : []), ...this.legs.slice(Math.max(0, Math.min(then, this.since)))];
      const said = told.some((l) => l.why.some((w) => w.kind === 'renewal'));
      const grown = r.birthday || sightOf(this.book, [r.route]).facts.has('age') ? {} : this.grown(r.from, r.on);
      if ((r.outcome !== true && !said) || grown.grown)
        this.lower(then, undefined, { kind: 'renewal', carried: r, ...grown });
    }
    if (result.kind === 'through') {
      this.track.push({ leg: this.since, kind: 'through', day });
      return;
    }
    if (result.kind === 'unknown') {
      const said = this.draft(this.since).why.some((w) => w.kind === 'stay-unknown');
      if (!said) this.lower(this.since, undefined, { kind: 'stay-unknown', from: this.since, country, needed: day });
      this.at.suppose(day);
      this.track.push({ leg, kind: 'begin', from: this.at.s });
      return;
    }
    const { by, again } = result;
    if (this.goWait(by, day, leg)) {
      this.lasts(day, leg);
      return;
    }
    // Whoever stays behind is not where the plan has them: what ends there is a matter of the leg they did not follow.
    const behind = this.waits ?? this.apart;
    if (result.renewals.length === 0) this.track.push({ leg: this.since, kind: 'ends', by, needed: day });
    // Out and back on the next day: lawful if some other country lets the member in, and the plan does not say which.
    const hop = again !== undefined && again.day <= by + 1;
    const meanwhile = this.sponsor(by).pending.some(
      (p) => p.inCountry && this.book.provisions.get(p.route)?.jurisdiction === country,
    );
    // What the person holds there may carry the member, too, as far as the law here tells.
    const covered = this.owed?.country === country && this.draft(this.owed.leg).outcome !== false;
    // When the plan is over, nobody has to be there any more.
    const over = day > (this.steps.at(-1)?.leg.day ?? day);
    const open = hop || meanwhile || covered || over || result.held || behind !== undefined;
    // A permit is told of where it ends, not where the stay began years before.
    const blamed = behind ?? (result.held ? this.stepOn(by) : this.since);
    // A stay begun anew each time it ends is told of once.
    if (blamed !== this.apart && !this.draft(blamed).why.some((w) => w.kind === 'ends'))
      this.lower(blamed, open ? undefined : false, {
        kind: 'ends',
        from: this.since,
        country,
        by,
        needed: day,
        asked: this.at.on(by),
        ...(result.held ? { held: true as const } : {}),
        ...(again ? { again } : {}),
        ...(meanwhile ? { meanwhile } : {}),
      });
    if (hop) this.at.back(again.day, by);
    else if (meanwhile || covered) this.at.suppose(day);
    else this.at.lose(by);
    this.track.push({ leg, kind: 'begin', from: this.at.s });
    if (hop) this.lasts(day, leg);
  }

  /** The birthday in (from, to] on which a child comes of age: whom a status carries may be another after it. */
  protected grown(from: Day, to: Day): { grown?: Birthday } {
    const { born, relation } = this.m;
    if (born === undefined || (relation !== 'child' && relation !== 'stepchild')) return {};
    const on = birthdayOf(born, 18);
    return on > from && on <= to ? { grown: { turns: 18, on, before: 'renewal' } } : {};
  }

  /** The last step that was taken by a day; -1: none was. */
  private stepOn(day: Day): number {
    return this.steps.findLastIndex((w) => w.leg.day <= day);
  }

  /** Who follows later goes, on the last day of where they are, to a country that surely lets them in; whether there is one. */
  private goWait(by: Day, needed: Day, leg: number): boolean {
    if (!this.behind || this.waits === undefined || by < this.at.s.on || this.havens >= HAVENS) return false;
    const s = this.at.on(by);
    // Whether they may already be where the person is, is not a matter of waiting.
    const move = havenFor(this.book, s, needed, this.sponsor(by).place);
    if (!move) return false;
    this.havens++;
    this.draft(this.waits).why.push({
      kind: 'waits',
      by,
      country: move.country,
      under: move.under,
      until: move.until,
    });
    const after = apply(this.book, s, move, by, this.draw);
    this.step(
      { kind: 'enter', day: by, country: move.country, under: move.under },
      this.waits,
      move,
      true,
      s.person,
      after,
    );
    this.since = leg;
    return true;
  }

  protected isCitizen(country: string): boolean {
    const told = this.m.person.facts.get('person.citizenships') as readonly string[] | undefined;
    return told?.includes(country) === true;
  }

  protected hasStatus(country: string): boolean {
    return (this.at.s.holdings ?? []).some((h) => {
      const t = isCurrent(h, this.at.s.on) ? statusTerms(this.book, h.status) : undefined;
      return t !== undefined && LASTING.has(t.terms.stands) && (h.country ?? t.provision.jurisdiction) === country;
    });
  }
}
