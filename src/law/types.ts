/**
 * The law as the program holds it: provisions with their conditions parsed, dates as days, parameters typed.
 * Plain JSON throughout, so that a prebuilt book loads without the YAML reader or the condition parser.
 */
import type { Day, Duration, Expr, MonthEnd, NodeMeta, Text, Type, Value } from '../rules/ir.ts';

/** The kinds of provisions. */
export type Kind =
  | 'stay'
  | 'restriction'
  | 'document'
  | 'route'
  | 'status'
  | 'clock'
  | 'overstay'
  | 'danger'
  | 'support';
export const KINDS: readonly Kind[] = [
  'stay',
  'restriction',
  'document',
  'route',
  'status',
  'clock',
  'overstay',
  'danger',
  'support',
];

export type Confidence = 'official' | 'secondary' | 'conflicting';
/** How an application is decided: who meets the conditions must get it, may get it, gets it while places last, or by lot. */
export type Decision = 'right' | 'discretion' | 'quota' | 'lottery';

/**
 * One dated value. `value: null` says: from this day on the value is another one, and we do not know it. With `awaited` the
 * rule stands and only its figure moves (with a wage, an index, every January): the new one is not out, or not here, and until it is the last
 * one may be reckoned with.
 */
export type DatedValue<T> = {
  readonly from: Day;
  readonly value: T | null;
  readonly source?: string;
  readonly expected?: boolean;
  readonly awaited?: true;
};

export type Param = {
  readonly label?: Text;
  readonly unit: string;
  readonly type: Type;
  readonly range?: { readonly min: number; readonly max: number };
  /** Sorted by `from`, earliest first. */
  readonly values: readonly DatedValue<Value>[];
};

export type CodeList = { readonly of: string; readonly values: readonly DatedValue<readonly string[]>[] };

/** A clause: a node of the tree with the days on which it is law (both inclusive). */
export type Clause = NodeMeta & {
  readonly from?: Day;
  readonly to?: Day;
} & (
    | { readonly k: 'all' | 'any'; readonly of: readonly Clause[] }
    | { readonly k: 'atLeast'; readonly n: number; readonly of: readonly Clause[] }
    | { readonly k: 'not'; readonly of: Clause }
    | { readonly k: 'leaf'; readonly text: string; readonly expr: Expr }
    | { readonly k: 'clock'; readonly clock: string; readonly atLeast: string }
    | {
        readonly k: 'points';
        readonly atLeast: string;
        readonly items: readonly { readonly worth: string; readonly of: Clause }[];
      }
  );

/** Where a number or clause was read: address, publisher, its own date, the day it was read, and the decisive words. */
export type Source = {
  readonly url: string;
  readonly publisher: string;
  readonly title?: string;
  readonly date?: string;
  readonly read: string;
  readonly official: boolean;
  readonly text?: 'official';
  readonly lang?: string;
  readonly quote?: string;
};

/** A note to the person, in both languages, with its sources and the days on which it is true. */
export type Said = { readonly says: Text; readonly source?: readonly string[]; readonly from?: Day; readonly to?: Day };

export type Edges = 'both' | 'entryOnly' | 'exitOnly' | 'neither';
/** Counting as the law states it: numbers by the name of their parameter. */
export type CountingRule = {
  readonly kind: 'rolling' | 'rollingMonths' | 'calendarYear' | 'perEntry' | 'anchored';
  readonly limit: string;
  readonly window?: string;
  readonly edges: Edges;
  readonly lastDay?: 'sameDate' | 'dayBefore';
  readonly gapDays?: number;
  readonly source?: readonly string[];
  readonly from?: Day;
  readonly to?: Day;
};

export type Rights = {
  readonly work?: 'any' | 'employer' | 'occupation' | 'self' | 'remote' | 'limited' | 'none' | 'unknown';
  readonly study?: boolean | 'unknown';
} & Partial<Said>;

export type EndRule = NodeMeta & {
  readonly clause?: Clause;
  readonly absence?: { readonly longest?: string; readonly total?: string; readonly per?: string };
  /** It ends on the day on which one asks for asylum in the country. */
  readonly claim?: true;
};

/**
 * When something is asked for from what is held, counted back from its last day, and whether that goes on until the decision. Numbers by the
 * name of their parameter: days or a duration.
 */
export type AskWindow = {
  /** It may be asked for from so long before the last day. */
  readonly opens?: string;
  /** It may be asked for until so long before the last day; where it is not stated, until that day. */
  readonly closes?: string;
  readonly prolongs?: Prolongs;
};

/** What becomes of what is held where it was asked for in time and the answer comes after its end. */
export type Prolongs = {
  /** Whether it goes on until the decision. */
  readonly stay: boolean | 'unknown';
  /** Whether one may go on working as it lets one. */
  readonly work?: boolean | 'unknown';
  /** Whether the days until the decision count as days on which it was held. What no source says does not count. */
  readonly counts?: boolean | 'unknown';
  /** For how long beyond its end, at the most. */
  readonly limit?: string;
} & Partial<Said>;

export type StatusTerms = {
  /** `tolerated`: removal is put off, presence is not lawful; no plan goes that way. */
  readonly stands: 'visit' | 'pending' | 'tolerated' | 'visa' | 'permit' | 'protection' | 'permanent' | 'citizenship';
  readonly rights?: Rights;
  readonly travel?: string;
  readonly renew?: ({ readonly by?: string; readonly maxTotal?: string } & AskWindow & Partial<Said>) | 'no';
  readonly leadsTo?: readonly string[];
  readonly leadsNowhere?: Said;
  readonly ends?: readonly EndRule[];
  readonly protectsFromReturn?: boolean;
  /** Time to leave only, named by a decision: it is told by whom it is held, no route grants it. */
  readonly leaving?: boolean;
};

export type Filing = {
  readonly where: readonly ('consulate' | 'in-country' | 'online' | 'border' | 'abroad')[];
  readonly consulate?: 'residence' | 'anywhere' | 'origin' | 'unknown';
  readonly consulateIn?: readonly string[];
  readonly from?: readonly string[];
  readonly notFrom?: readonly string[];
  /** How and where it is asked for, in words. */
  readonly says?: Text;
  readonly source?: readonly string[];
} & AskWindow;

export type PracticeRate = {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly of?: number;
  readonly period: string;
} & Said;

export type CaseRow = {
  readonly name: string;
  readonly on: Day;
  readonly given: { readonly [fact: string]: unknown };
  readonly expect: unknown;
  readonly missing?: readonly string[];
  readonly because?: readonly string[];
  readonly stays?: unknown;
  readonly statuses?: unknown;
  readonly clock?: { readonly [id: string]: string };
  readonly need?: string;
  readonly overstayDays?: number;
  /** Last day of what is held: the case is of the days on which it is asked for from that. */
  readonly ends?: Day;
  /** Day on which one is told of a refusal: the case is of the days that the law then gives. */
  readonly refused?: Day;
  /** Line of the case in its file, for messages. */
  readonly line: number;
};

/** What the kinds add. One flat record with optional parts: a provision of kind K has K's parts. */
export type Provision = {
  readonly id: string;
  readonly kind: Kind;
  readonly jurisdiction: string;
  readonly file: string;
  readonly title: Text & { readonly native?: string };
  readonly inForce: { readonly from: Day; readonly to?: Day; readonly earlier?: boolean | 'unknown' };
  readonly keyDate: 'entry' | 'filing' | 'decision' | 'presence';
  readonly params: { readonly [name: string]: Param };
  readonly lists: { readonly [name: string]: CodeList };
  readonly monthEnd?: { readonly policy: MonthEnd; readonly source: string };
  readonly all: readonly Clause[];
  readonly bars: readonly Clause[];
  readonly except: readonly Clause[];
  readonly notes: readonly Said[];
  readonly sources: { readonly [id: string]: Source };
  readonly verified: { readonly on: Day; readonly against: readonly string[]; readonly confidence: Confidence };
  readonly expires: Day;
  readonly cases: readonly CaseRow[];
  // stay
  readonly area?: string;
  readonly counting?: readonly CountingRule[];
  readonly excludes?: 'permits';
  /** The passport must hold for the whole stay: it ends with it. */
  readonly passportBound?: true;
  /** Whoever was let in on a visa or permit may be there only while it runs: the stay ends with it. */
  readonly holdingBound?: true;
  readonly rights?: Rights;
  readonly overstay?: string;
  readonly register?: readonly (Said & { readonly within?: string })[];
  // restriction
  readonly effect?: 'entry' | 'visa' | 'permit' | 'filing' | 'transit';
  readonly countries?: readonly string[];
  readonly appliesTo?: readonly string[];
  readonly strength?: 'must' | 'may';
  // document
  readonly purpose?: 'entry' | 'visa' | 'permit' | 'renewal';
  // route
  readonly decision?: Decision;
  /** Set where the law gives a right, but on a condition that the authority weighs (`judged`): `decision` is then `discretion`. */
  readonly weighs?: true;
  readonly filing?: Filing;
  /** What a patch changes of the two above, from a day on; the law itself states them without a date. */
  readonly revised?: readonly { readonly from: Day; readonly decision?: Decision; readonly filing?: Filing }[];
  readonly processing?: { readonly usual?: string; readonly longest?: string; readonly source?: readonly string[] };
  readonly fee?: readonly string[];
  readonly grants?: {
    /** The status granted; missing where the route only issues a document. */
    readonly status?: string;
    /** A travel document that the route issues. */
    readonly document?: {
      readonly kind: string;
      readonly country: string;
      readonly biometric?: boolean;
      readonly valid?: string;
    };
    readonly valid?: string;
    /** For how long it runs where it was asked for from outside the country, and where it renews the same status. */
    readonly validAbroad?: string;
    readonly validRenewed?: string;
    readonly passportBound?: boolean;
    /** It runs no longer than the contract it is given for, where its length is told. */
    readonly contract?: true;
    readonly says?: Text;
    readonly source?: readonly string[];
  };
  readonly quota?: { readonly param: string; readonly per?: string; readonly source?: readonly string[] };
  readonly practice?: readonly PracticeRate[];
  /** What the state accepts as papers may be set aside for this route; `issues`: the paper it then gives for the journey. */
  readonly papers?: {
    readonly issues?: { readonly kind: string; readonly country: string };
    readonly says: Text;
    readonly source?: readonly string[];
  };
  /** The application is a request for asylum: a claim told in the person file, in this country, is this application. */
  readonly claim?: 'asylum';
  readonly pending?: { readonly mayStay: boolean | 'unknown' } & Partial<Said>;
  readonly ifRefused?: { readonly mustLeaveWithin?: string; readonly appealWithin?: string } & Partial<Said>;
  readonly bring?: readonly Said[];
  readonly family?: { readonly may: boolean | 'unknown' } & Partial<Said>;
  /** The status a route grants where it is defined in the route's own file, or what a `status` provision states. */
  readonly status?: StatusTerms;
  // clock
  readonly counts?: readonly {
    readonly status: string;
    readonly weight?: 'full' | 'half' | string;
    readonly cap?: string;
    readonly source?: readonly string[];
    readonly from?: Day;
    readonly to?: Day;
  }[];
  readonly unbroken?: boolean;
  readonly within?: string;
  readonly absences?: {
    /** Which of the days of leaving (`entryOnly`: into the other country) and returning are days of absence. */
    readonly edges?: Edges;
    readonly longest?: string;
    readonly total?: string;
    readonly per?: string;
    readonly source?: readonly string[];
  };
  readonly breaks?: 'restart' | 'subtract';
  /** Residence begins with the entry into the country: what is held before it counts for nothing. */
  readonly begins?: 'entry';
  readonly suspended?: readonly Clause[];
  // overstay
  readonly steps?: readonly (Said & {
    readonly fromStep: string;
    readonly until?: string;
    readonly fine?: string;
    readonly ban?: string;
  })[];
  // danger, support
  /** Of a danger: its sources say not to go there; plans of whom it concerns do not lead there. */
  readonly avoid?: true;
  readonly concerns?: 'presence' | 'entry' | 'exit' | 'transit' | 'consulate' | 'work' | 'notice';
  readonly says?: Text;
  readonly advice?: readonly Said[];
  readonly what?: string;
  readonly contact?: {
    readonly url: string;
    readonly phone?: string;
    readonly email?: string;
    readonly languages?: readonly string[];
  };
  /** Helps wherever the person is, not only in the countries of its folder. */
  readonly everywhere?: true;
  readonly until?: Day;
};

/** Exchange rates against the euro: units of the currency for one euro, dated and sourced. */
export type Rates = { readonly [currency: string]: readonly DatedValue<number>[] };

/** Countries that count days or bar entry together, each from the day on which it joined. */
export type Area = {
  readonly title: Text;
  readonly members: readonly {
    readonly country: string;
    readonly from: Day;
    readonly to?: Day;
    readonly source?: readonly string[];
    readonly note?: Text;
  }[];
};

/** What is encoded of a jurisdiction in words, and what is not, with the reason (`coverage.yaml`). */
export type Coverage = {
  readonly jurisdiction: string;
  readonly title: Text;
  readonly covered: Text;
  readonly missing: readonly { readonly what: Text; readonly why: string }[];
};

export type DurationValue = Duration;
