/** What a search is asked, and what it says. */
import type { Day } from '../rules/ir.ts';
import type { FamilySight } from './kin.ts';
import type { Sense } from './senses.ts';
import type { Plan } from './types.ts';

/** What a search leaves out, and how far it goes. Every field may be missing. */
export type SearchOptions = {
  /** Countries the person does not want to be in. */
  readonly avoid?: ReadonlySet<string>;
  /** Only goals in these countries (visits in between may be anywhere). */
  readonly only?: ReadonlySet<string>;
  /** Only plans that rest on nothing the person did not say. */
  readonly strict?: boolean;
  /** Last day on which the goal must be reached. Default: ten years from the start. */
  readonly horizon?: Day;
  /** Which stated processing time to take. Default: the longest, so that a plan does not break when an office is slow. */
  readonly processing?: 'usual' | 'longest';
  /** Most labels expanded before the search stops and says that it did. Default 1,500. */
  readonly most?: number;
  /** Most milliseconds before the search stops and says that it did. */
  readonly time?: number;
  /** Visitor entries allowed between two answers. Default 2. */
  readonly hops?: number;
  /** Entries and applications allowed in one plan. Default 14. */
  readonly moves?: number;
  /** Applications that may wait for an answer at once. Default 1. */
  readonly pending?: number;
  /** Whether permits that lead nowhere by themselves may serve to wait for something else, or as residence from which to ask a
   * consulate. Default no: every application of a plan leads on to its goal. */
  readonly bridges?: boolean;
  /**
   * Whether people may move about without need. Default no: who waits for an answer, or is where their permit is, leaves
   * for a visit only on the last lawful day; who holds a permit and is elsewhere goes where it is; one change to a permit
   * that is not on the way.
   */
  readonly roam?: boolean;
  /**
   * Whether the front of each country is looked for apart. Default yes: each country's own front is found, and what
   * a plan elsewhere beats is marked (`beaten`); where one wants to live is a reason that no figure holds.
   */
  readonly each?: boolean;
  /** Set from outside to stop: the best so far is returned, marked as not complete. */
  readonly signal?: { readonly aborted: boolean };
  /** How much luck plans may rest on, step by step. */
  readonly tiers?: readonly number[];
  /** The family that goes along: then only plans along which nobody surely cannot follow (`kin.ts`). Default: the person alone. */
  readonly family?: FamilySight;
  /** For tests: the senses of dominance. */
  readonly senses?: (all: readonly Sense[]) => readonly Sense[];
};

/** How much work a search did. */
export type Effort = {
  readonly expanded: number;
  /** Moves tried, each on one day. */
  readonly generated: number;
  /** Labels dropped because another could imitate them. */
  readonly imitated: number;
  /** Labels dropped because a plan already found beats every way on from them. */
  readonly beaten: number;
  /** How many of these before anything was made of the move. */
  readonly unmade: number;
  /** Labels put out because somebody of the family surely cannot follow. */
  readonly parted: number;
};

/** What a search ends with: the plans that nobody beats, the best first, and whether everything within the limits was looked at. */
export type Found = {
  readonly plans: readonly Plan[];
  /** Whether every label within the limits was looked at. If not, there may be better plans. */
  readonly complete: boolean;
  /**
   * Whether every label was looked at on ways that rest on nothing but what was told and usual answers: of the plans that do
   * (`boldest` 0) none is missing, whatever may be among those that rest on more.
   */
  readonly completeOnTold: boolean;
  /** Where not complete: the least number of days that any plan not yet found can take. */
  readonly bound: number | undefined;
  readonly expanded: number;
  readonly effort: Effort;
};

/** What a search has so far. `bound` is the least number of days any plan not yet found can take; missing at the end. */
export type Progress = {
  readonly plans: readonly Plan[];
  /** How often the plans have changed so far: the same number, the same plans. */
  readonly found: number;
  readonly complete: boolean;
  readonly completeOnTold: boolean;
  readonly bound: number | undefined;
  readonly effort: Effort;
};
