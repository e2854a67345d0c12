/** What a person may lawfully do next, and what settles the things nobody controls. */
import type { Decision, Provision } from '../law/types.ts';
import type { Day, Money, Value } from '../rules/ir.ts';
import type { Eligibility } from './eligible.ts';

/**
 * An answer assumed where the person gave none. `key` is the fact, with `@jurisdiction` where the answer differs by country.
 * `value` is what the provision needs; missing where no single value can be named (a list, a clock).
 */
export type Assumption = {
  readonly key: string;
  readonly fact: string;
  readonly jurisdiction: string;
  readonly value?: Value;
  /** It is the answer most people give. */
  readonly usual?: boolean;
  /** What the person told, where the plan rests on more by then: a language learnt. */
  readonly told?: Value;
};

/** Something a move rests on that no fact of the person settles: said in words by the faces. */
export type Doubt =
  | { readonly kind: 'processing-not-stated'; readonly route: string; readonly taken: number }
  | { readonly kind: 'pending-stay-unknown'; readonly route: string }
  | { readonly kind: 'filing-place-unknown'; readonly route: string; readonly place: string }
  | { readonly kind: 'filing-status-unknown'; readonly route: string; readonly status: string }
  /** The document has run out by then, and the law here does not say whether the application is taken with it. */
  | { readonly kind: 'renewed-early'; readonly route: string; readonly ends: Day }
  | { readonly kind: 'papers-waived'; readonly route: string }
  /** It was asked for in the country and granted while the person was away: whether the decision alone lets them in is not known. */
  | { readonly kind: 'granted-away'; readonly route: string }
  /** It is asked for abroad, where it is not sure to be taken, and may be asked for in the country one is in when the plan begins. */
  | { readonly kind: 'taken-at-start'; readonly route: string; readonly place: string }
  | { readonly kind: 'passport-lapsed'; readonly route: string; readonly expired: Day }
  /** Asylum was asked for there before: `decision` as told, empty where it was not. */
  | { readonly kind: 'asked-before'; readonly route: string; readonly decision: string }
  /** It is asked for only on certain days before the end of what is held, which is not told. */
  | { readonly kind: 'window-unknown'; readonly route: string }
  /** It may not be asked for soon enough for an answer before the end of what is held, and no source says that it goes on until then. */
  | { readonly kind: 'answer-after-end'; readonly route: string; readonly ends: Day }
  | { readonly kind: 'validity-not-stated'; readonly route: string }
  | { readonly kind: 'fee-not-known'; readonly route: string }
  /** By the law here the person could not have come in under the rule they say they are under: that they were let in is theirs to know. */
  | { readonly kind: 'let-in-as-told'; readonly provision: string }
  | { readonly kind: 'in-force-unknown'; readonly provision: string }
  /** The law here has no figure for that day: it moves by a rule that stands, and the last one is taken (`awaited`), or changed to what nobody here knows. */
  | { readonly kind: 'not-stated'; readonly provision: string; readonly what: string; readonly awaited?: true };

type Common = {
  /** First and last day on which the move may be made, both included. */
  readonly earliest: Day;
  readonly latest: Day;
  readonly eligibility: Eligibility;
  readonly assumes: readonly Assumption[];
  readonly doubts: readonly Doubt[];
};

/** Go to a country and be there lawfully: as a visitor under a stay rule, or under a status held. */
export type Enter = Common & {
  readonly kind: 'enter';
  readonly country: string;
  readonly under: string;
  readonly provision: Provision;
  readonly document: number | undefined;
  /** Last lawful day there if entered on `earliest`; `undefined`: no end. */
  readonly until: Day | undefined;
};

/** Apply for a status (or a document). The answer comes later, by `await`. */
export type File = Common & {
  readonly kind: 'file';
  readonly route: string;
  readonly provision: Provision;
  readonly place: string;
  readonly inCountry: boolean;
  readonly decision: Decision;
  readonly fee: readonly Money[];
  /** It was open the day before on terms no worse: the day it begins is none to wait for. */
  readonly goesOn?: boolean;
  readonly document: number | undefined;
};

/** Wait for the answer to an application. */
export type Await = {
  readonly kind: 'await';
  readonly route: string;
  readonly provision: Provision;
  readonly earliest: Day;
  readonly latest: Day;
  readonly decision: Decision;
  readonly doubts: readonly Doubt[];
};

/** One lawful next step: going somewhere, filing an application, waiting for an answer. */
export type Move = Enter | File | Await;

/** How what nobody controls turns out. The planner passes stated quantiles, the lab random numbers. */
export type Draw = {
  /** Which of the stated processing times is taken, or a number of days. */
  readonly processing: 'usual' | 'longest' | number;
  /** Whether a decision comes out in the person's favour. */
  readonly granted: boolean;
};

/** Days taken for a decision where no source states how long it takes. Every plan that uses it says so. */
export const PROCESSING_NOT_STATED = 90;
