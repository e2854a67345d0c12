/** What is said of a family on the way of a plan: of each member, leg by leg, and of the whole. */
import type { Provision } from '../law/types.ts';
import type { Danger } from '../moves/dangers.ts';
import type { Eligibility } from '../moves/eligible.ts';
import type { Assumption, Doubt } from '../moves/types.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Tri } from '../rules/ir.ts';
import type { Birthday, Derived } from './derived.ts';
import type { Member } from './members.ts';
import type { Carried } from './presence.ts';
import type { Leg, Step } from './types.ts';

/** A leg of the person's plan with the situations around it. */
export type WalkedStep = { readonly leg: Leg; readonly before: Situation; readonly after: Situation };

/** A rule that does not let a member in, or of which that is not known, with what was asked. */
export type Gate = {
  readonly rule: Provision;
  readonly eligibility: Eligibility;
  readonly asked: Situation;
  readonly outcome: Tri;
  /** The days there are used up: when the member may come, and until when. */
  readonly again?: { readonly day: Day; readonly upTo: Day };
};

/** Why a leg is not simply open to a member. */
export type Why =
  /** No rule of entry lets the member in on the day, or it is not known whether one does. */
  | { readonly kind: 'entry'; readonly gates: readonly Gate[]; readonly papers?: true }
  /** The law here has no rule about coming to that country for a stay. */
  | { readonly kind: 'no-rule' }
  /** It rests on what was not told, or is in doubt. */
  | { readonly kind: 'open'; readonly assumes: readonly Assumption[]; readonly doubts: readonly Doubt[] }
  /** It hangs on the status that an earlier leg is about. */
  | { readonly kind: 'rests-on'; readonly leg: number; readonly birthday?: Birthday }
  /** The person goes under a status held before the plan, and the member has none there. */
  | { readonly kind: 'no-status' }
  /** The stay ends before the plan goes on. `from`: the leg with which it began, -1 for where the member is at the start. */
  | {
      readonly kind: 'ends';
      readonly from: number;
      readonly country: string;
      readonly by: Day;
      readonly needed: Day;
      readonly again?: { readonly day: Day; readonly upTo: Day };
      /** It is a permit that ends, and whether something may follow it the law here does not say. */
      readonly held?: true;
      /** The member as they are on the last day: where they could wait is asked from there. */
      readonly asked: Situation;
      /** The person's own application waits there then: whether the member may stay for it, or apply with it, is not known. */
      readonly meanwhile?: true;
    }
  /** Until when the member may stay is not known. */
  | { readonly kind: 'stay-unknown'; readonly from: number; readonly country: string | undefined; readonly needed: Day }
  /**
   * A permit of the member that would have to be renewed on the way, and whether it can be is not known, or it cannot. `grown`: a child
   * comes of age meanwhile, and what is asked of the renewal looks at no age.
   */
  | { readonly kind: 'renewal'; readonly carried: Carried; readonly grown?: Birthday }
  /** The law here says that the family may not come under this status. */
  | { readonly kind: 'barred' }
  /** Every route of the law here that counts this status is closed to the member. */
  | { readonly kind: 'closed'; readonly papers?: true }
  /** What the status means for this member the law here does not say. */
  | { readonly kind: 'silent'; readonly birthday?: Birthday }
  /** The member cannot follow on the same day, but later. */
  | { readonly kind: 'later'; readonly day: Day }
  /** The member waits for an answer to an application of their own, made before the plan. */
  | { readonly kind: 'own-answer'; readonly route: Provision; readonly day: Day }
  /** The member stays where they are when the person goes, until they may follow. */
  | { readonly kind: 'stays'; readonly country: string }
  /** What they stay on ends before they may follow: on its last day they go to a country that surely lets them in, and wait there. */
  | {
      readonly kind: 'waits';
      readonly by: Day;
      readonly country: string;
      readonly under: string;
      readonly until: Day | undefined;
    }
  /** Nothing that the plan brings the person lets them follow. */
  | { readonly kind: 'never-follows' }
  /** The second reading does not come to the same answer. */
  | { readonly kind: 'unsure' };

/** What one leg of the plan is for one member. */
export type MemberLeg = {
  readonly outcome: Tri;
  readonly why: readonly Why[];
  /** Entering: under what, and the last lawful day of it as things then stand. */
  readonly under?: string;
  readonly until?: Day;
  /** The day on which the member follows, where it is a later one. */
  readonly joins?: Day;
  /** An application: whether the member can make the same beside the person. Missing where they surely cannot. */
  readonly own?: {
    readonly outcome: true | undefined;
    readonly assumes: readonly Assumption[];
    readonly doubts: readonly Doubt[];
  };
  /** An answer that gives the person a status: what it opens for the member. */
  readonly derived?: readonly Derived[];
  readonly dangers: readonly Danger[];
  /** The member after the leg. */
  readonly at?: Situation;
};

/** A member on the way of a plan. `legs` stand beside the plan's. */
export type MemberWalk = {
  readonly member: Member;
  /** Where the member is at the start, until the first leg on which the person leaves. */
  readonly start: MemberLeg;
  readonly legs: readonly MemberLeg[];
  readonly holds: Tri;
  /** Told or tried to go later than the person: from which day they are apart, and on which day the member follows, if that is known. */
  readonly apart?: { readonly from: Day; readonly to?: Day };
  /** The first leg on which it surely does not, or else is not known; -1 is the start. Missing where it holds. */
  readonly first?: number;
  /** What it rests on of the member: usual answers, and what was not told. */
  readonly assumes: readonly Assumption[];
  /** The way walked, for the second reading. */
  readonly track: readonly Track[];
};

/** One step of a member, with the person as the relative it was asked with. */
export type Track =
  | { readonly leg: number; readonly kind: 'begin'; readonly from: Situation }
  | {
      readonly leg: number;
      readonly kind: 'step';
      readonly step: Step;
      readonly person: Situation['person'];
      readonly assumes: readonly Assumption[];
      readonly doubts: readonly Doubt[];
      readonly outcome: Tri;
      /** Where it leads to. */
      readonly after: Situation;
    }
  /** The member was found not to be let in. */
  | { readonly leg: number; readonly kind: 'shut'; readonly country: string; readonly from: Situation }
  /** Presence where the member is was found to last through a day, or to end before it. */
  | { readonly leg: number; readonly kind: 'through'; readonly day: Day }
  | { readonly leg: number; readonly kind: 'ends'; readonly by: Day; readonly needed: Day };

/** Whether a plan holds for a family. */
export type Together = {
  /** `first`: it holds for all only if the person goes first and the family follows. */
  readonly order: 'together' | 'first';
  /** Of an order: those who surely cannot go at once, as they were walked for that. */
  readonly atOnce?: readonly MemberWalk[];
  readonly members: readonly MemberWalk[];
  /** For everybody told to go along, and, as far as it is not certain, for those of whom that was not told. */
  readonly holds: Tri;
};

/** The whole from its members. */
export function togetherOf(walks: readonly MemberWalk[], order: Together['order'] = 'together'): Together {
  return {
    order,
    members: walks,
    holds: all(walks.map((w) => (w.member.along || w.holds !== false ? w.holds : undefined))),
  };
}

/** Kleene's "all". */
export const all = (xs: readonly Tri[]): Tri =>
  xs.includes(false) ? false : xs.includes(undefined) ? undefined : true;

/** A member's walk with the legs given: what holds of the whole follows from them. */
export function concluded(w: Omit<MemberWalk, 'holds' | 'first'>): MemberWalk {
  const outcomes = [w.start.outcome, ...w.legs.map((l) => l.outcome)];
  const holds = all(outcomes);
  return { ...w, holds, ...(holds === true ? {} : { first: outcomes.indexOf(holds) - 1 }) };
}
