/** A person as the law sees one, and the situation a plan starts from. */
import type { Day, Money, Rec, Value } from '../rules/ir.ts';

/** A travel document. A field left out is unknown. */
export type Document = {
  readonly kind?: string;
  readonly country?: string;
  readonly biometric?: boolean;
  readonly issued?: Day;
  readonly expires?: Day;
  readonly issuedInOccupiedTerritory?: boolean;
};

/** Presence in a country, both days inclusive; `to` is missing while it goes on. */
export type Visit = {
  readonly country: string;
  readonly from: Day;
  readonly to?: Day;
  /** The status or stay rule under which the person was there; missing = unknown. */
  readonly status?: string;
};

/** A permit, visa or other status held, both days inclusive. `to` missing: no end, or not known (`endKnown`). */
export type Holding = {
  readonly status: string;
  readonly country?: string;
  readonly from: Day;
  readonly to?: Day;
  /** It goes on beyond its own end, since something was asked for in time; `to` is then the last day of that. */
  readonly goesOn?: GoesOn;
};

/** How something held goes on until the decision on what was asked for in time. */
export type GoesOn = {
  /** The last day by itself. */
  readonly after: Day;
  /** The route whose decision is awaited. */
  readonly route: string;
  /** The days beyond its own end count as days on which it was held. */
  readonly counts: boolean;
  /** No source says that it goes on: it is no ground to be there, and only not lost. */
  readonly unsure?: true;
};

/** An application that waits for its decision. */
export type Pending = {
  readonly route: string;
  readonly filed: Day;
  /** The country in which it was filed. */
  readonly place: string;
  readonly inCountry: boolean;
  /** The day of the decision, as the draw settled it. */
  readonly decided: Day;
  readonly granted: boolean;
  /** Index of the document it was filed with. */
  readonly document: number | undefined;
  /** The answer is overdue, or the day of filing was not told: `decided` is counted from the day asked about. */
  readonly late?: true;
};

/** What a file says about a person: answers by the name of the fact. What is not there is unknown. */
export type Person = {
  readonly name: string;
  /** Facts of scalar and list types, by name (`work.remote`, `family`). Never derived facts. */
  readonly facts: ReadonlyMap<string, Value>;
  readonly documents: readonly Document[] | undefined;
  readonly offers: readonly Rec[] | undefined;
  readonly visits: readonly Visit[] | undefined;
  readonly holdings: readonly Holding[] | undefined;
  readonly now: { readonly country?: string; readonly since?: Day; readonly status?: string };
  /** Members of the family with files of their own, in the order of `family`. */
  readonly members: ReadonlyMap<number, Person>;
};

/** Person + day + place + statuses + documents + ledger of past days: where every move starts. */
export type Situation = {
  readonly person: Person;
  readonly on: Day;
  /** Country where the person is; `undefined` = not known. */
  readonly place: string | undefined;
  readonly since: Day | undefined;
  /** Status under which the person is there: a status or a stay rule. */
  readonly under: string | undefined;
  /** Earlier visits, closed, oldest first. The present one is `place`/`since`. */
  readonly visits: readonly Visit[] | undefined;
  readonly holdings: readonly Holding[] | undefined;
  readonly documents: readonly Document[] | undefined;
  readonly pending: readonly Pending[];
  /** Savings told less the known fees paid; `undefined` = not known. What a month adds or takes is in `savingsOn`. */
  readonly cash: Money | undefined;
  /** Answers that a plan assumes where the person gave none, by fact. */
  readonly assumed: ReadonlyMap<string, Value>;
  /** In a plan: the day from which languages may be learnt and offers sought, the day of what the person told. Elsewhere what was told stands. */
  readonly learnsFrom?: Day;
  /** Levels of languages told are taken as a start, and what they have become as not known; so are offers of work, once there was time to find one. */
  readonly learning?: true;
  /** Routes refused so far, with the day: a plan does not simply file again. */
  readonly refused: readonly { readonly route: string; readonly on: Day }[];
};
