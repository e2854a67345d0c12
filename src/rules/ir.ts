/**
 * The intermediate representation of conditions: what the parser makes, and what every evaluator
 * (closures with explanation, typed-array kernel, SQL) reads. Plain JSON, so that the law ships
 * without the parser. Nothing here knows a fact, a country or a rule of law by name.
 */

/** A civil day: whole days since 1970-01-01. Below the faces a day is always this integer. */
export type Day = number;

/** Three-valued truth (Kleene): `undefined` is *unknown*, never "no". */
export type Tri = boolean | undefined;

/** A calendar duration. Years and months are not days: adding them needs a declared rounding. */
export type Duration = { readonly months: number; readonly days: number };

/** Money in major units of `currency` (ISO 4217); compared in whole minor units (cents). */
export type Money = { readonly amount: number; readonly currency: string };

/** What happens to a day that the target month does not have (31 January + 1 month). */
export type MonthEnd = 'clamp' | 'roll';

/** The period a money amount stands for. */
export type Per = 'year' | 'month' | 'week' | 'day' | 'hour' | 'once';

/** Static types. `set` names a closed set of codes declared in the fact schema. */
export type Type =
  | { readonly t: 'boolean' }
  | { readonly t: 'number'; readonly unit: string }
  | { readonly t: 'money'; readonly per: Per }
  | { readonly t: 'date' }
  /** `days: true` promises that no value has months, so that adding it to a date needs no `monthEnd`. */
  | { readonly t: 'duration'; readonly days?: true }
  | { readonly t: 'code'; readonly set: string }
  | { readonly t: 'codes'; readonly set: string }
  | { readonly t: 'records'; readonly of: string };

/** One item of a list of records (a family member, a stay). A missing field is unknown. */
export type Rec = { readonly [field: string]: Value | undefined };

/** Run-time values. `undefined` in place of a value is unknown. */
export type Value = boolean | number | string | Money | Duration | readonly string[] | readonly Rec[];

/** Where a node stands in the condition's text: start and end offset, in UTF-16 code units. */
export type Span = readonly [start: number, end: number];

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithOp = '+' | '-' | '*' | '/';

/**
 * Registered functions. All are total on known arguments and unknown on unknown ones, but for
 * `known`, which is never unknown.
 * - `monthsBetween(a, b)`, `yearsBetween(a, b)`: whole months or years completed from a to b (negative if b < a)
 * - `perYear(m)`, `perMonth(m)`: the same money for another period (×12 or ÷12; only between month and year)
 * - `min`, `max`: of two or more numbers, moneys or dates
 * - `count(list)`, `sum(list.field)`: over records that pass a filter
 * - `known(fact)`: whether an answer was given
 */
export type FnName = 'monthsBetween' | 'yearsBetween' | 'perYear' | 'perMonth' | 'min' | 'max';

/**
 * Expressions. `ty` is the static type of the node, `at` its place in the text (parentheses around it included).
 * `order` stands on a comparison of ordered codes: the codes of the set, lowest first.
 * The literal 0 may have a money type (`income > 0`): it is nothing in any currency.
 * Money of two currencies is compared by telling the left side (of `between`, the value) in the currency of the right.
 */
export type Expr =
  | { readonly k: 'lit'; readonly ty: Type; readonly at: Span; readonly value: boolean | 0 | 1 | string }
  | { readonly k: 'fact'; readonly ty: Type; readonly at: Span; readonly name: string }
  | { readonly k: 'param'; readonly ty: Type; readonly at: Span; readonly name: string }
  | { readonly k: 'on'; readonly ty: Type; readonly at: Span }
  | { readonly k: 'field'; readonly ty: Type; readonly at: Span; readonly of: string; readonly name: string }
  | {
      readonly k: 'cmp';
      readonly ty: Type;
      readonly at: Span;
      readonly op: CompareOp;
      readonly left: Expr;
      readonly right: Expr;
      readonly order?: readonly string[];
    }
  | {
      readonly k: 'between';
      readonly ty: Type;
      readonly at: Span;
      readonly value: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly order?: readonly string[];
    }
  /** `value in list`: the list is a codes literal, a dated code list of the law, or a fact of type codes. */
  | { readonly k: 'in'; readonly ty: Type; readonly at: Span; readonly value: Expr; readonly list: CodesExpr }
  /** Two lists of codes share an element: `some c in a satisfies c in b` in short; written `overlaps(a, b)`. */
  | {
      readonly k: 'overlaps';
      readonly ty: Type;
      readonly at: Span;
      readonly left: CodesExpr;
      readonly right: CodesExpr;
    }
  | { readonly k: 'not'; readonly ty: Type; readonly at: Span; readonly arg: Expr }
  | { readonly k: 'and' | 'or'; readonly ty: Type; readonly at: Span; readonly args: readonly Expr[] }
  | {
      readonly k: 'if';
      readonly ty: Type;
      readonly at: Span;
      readonly cond: Expr;
      readonly then: Expr;
      readonly else: Expr;
    }
  | {
      readonly k: 'arith';
      readonly ty: Type;
      readonly at: Span;
      readonly op: ArithOp;
      readonly left: Expr;
      readonly right: Expr;
    }
  | { readonly k: 'call'; readonly ty: Type; readonly at: Span; readonly fn: FnName; readonly args: readonly Expr[] }
  | { readonly k: 'known'; readonly ty: Type; readonly at: Span; readonly fact: string }
  | {
      readonly k: 'some' | 'every';
      readonly ty: Type;
      readonly at: Span;
      readonly var: string;
      readonly list: string;
      readonly cond: Expr;
    }
  | {
      readonly k: 'count';
      readonly ty: Type;
      readonly at: Span;
      readonly list: string;
      readonly var: string;
      readonly where: Expr | null;
    }
  | {
      readonly k: 'sum';
      readonly ty: Type;
      readonly at: Span;
      readonly list: string;
      readonly var: string;
      readonly where: Expr | null;
      readonly field: Expr;
    };

/** A list of codes: a literal, a dated list of the law (`area.eu`, `shortageOccupations`), or a fact. */
export type CodesExpr =
  | { readonly k: 'codes'; readonly ty: Type; readonly at: Span; readonly values: readonly string[] }
  | { readonly k: 'codeList'; readonly ty: Type; readonly at: Span; readonly name: string }
  | { readonly k: 'fact'; readonly ty: Type; readonly at: Span; readonly name: string }
  | { readonly k: 'field'; readonly ty: Type; readonly at: Span; readonly of: string; readonly name: string };

/** A text in the two languages of the project. */
export type Text = { readonly en: string; readonly ru: string };

/** What every node of a provision's tree may carry. */
export type NodeMeta = {
  readonly id?: string;
  readonly says?: Text;
  /** Ids of sources, as in the provision's `sources`. */
  readonly source?: readonly string[];
  /** Set where the answer to this node is a judgement of the authority, not of the facts. */
  readonly judged?: boolean;
};

/**
 * The tree of a provision, already resolved as of one day: dated clauses that are not in force are gone.
 * - `leaf`: a one-line condition
 * - `clock`: residence counted by a clock provision reaches a parameter
 * - `points`: the worth of the items that hold adds up to at least a parameter
 */
export type Node =
  | (NodeMeta & { readonly k: 'all' | 'any'; readonly of: readonly Node[] })
  | (NodeMeta & { readonly k: 'atLeast'; readonly n: number; readonly of: readonly Node[] })
  | (NodeMeta & { readonly k: 'not'; readonly of: Node })
  | (NodeMeta & { readonly k: 'leaf'; readonly text: string; readonly expr: Expr })
  | (NodeMeta & { readonly k: 'clock'; readonly clock: string; readonly atLeast: string })
  | (NodeMeta & {
      readonly k: 'points';
      readonly atLeast: string;
      readonly items: readonly { readonly worth: string; readonly of: Node }[];
    });

/** How and how dearly a fact can change: what `smallest change` may propose. */
export type Change =
  | { readonly how: 'never' }
  | { readonly how: 'slowly' | 'choice'; readonly cost: number; readonly step?: number };

/** One typed question about a person. */
export type FactDef = {
  readonly name: string;
  readonly type: Type;
  readonly label: Text;
  readonly question?: Text;
  readonly why?: Text;
  readonly sensitivity: 'low' | 'medium' | 'high' | 'critical';
  readonly change: Change;
  /** Facts of the person file that a derived fact is computed from: what is asked when it is unknown. */
  readonly derivedFrom?: readonly string[];
  readonly range?: { readonly min: number; readonly max: number };
  /** The answer most people give: a plan that takes it is not thought to rest on luck, but says that it takes it. */
  readonly usual?: Value;
};

/** The closed world a condition is parsed against. */
export type Schema = {
  readonly facts: ReadonlyMap<string, FactDef>;
  /** Record types: field name to type. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, Type>>;
  /** Code sets. `ordered` sets may be compared with < and >, in the order given. `open` sets take any lower-case code. */
  readonly sets: ReadonlyMap<
    string,
    { readonly codes: readonly string[]; readonly ordered: boolean; readonly open: boolean }
  >;
  /** Dated lists of codes known to the whole law (`area.eu`): name to set. */
  readonly codeLists: ReadonlyMap<string, string>;
};

/** What a provision adds to the closed world. */
export type Locals = {
  readonly params: ReadonlyMap<string, Type>;
  readonly codeLists: ReadonlyMap<string, string>;
  /** Month rounding declared by the provision; without it months may not be added. */
  readonly monthEnd: MonthEnd | undefined;
};

/** What an evaluation reads. The person room implements it; the rules know only this. */
export type Context = {
  /** The key day: the day whose law and facts decide. */
  readonly on: Day;
  fact(name: string): Value | undefined;
  /** A parameter's value on the key day; `undefined` where the law states none for that day. */
  param(name: string): Value | undefined;
  codeList(name: string): readonly string[] | undefined;
  /** Units of `to` for one unit of `from` on the key day, with the day of the rate; `undefined` if no sourced rate. */
  rate(from: string, to: string): { readonly factor: number; readonly day: Day; readonly source: string } | undefined;
  /** Whether the clock has reached the duration on the key day, and when it will if nothing changes. */
  clock(
    id: string,
    need: Duration,
  ): { readonly reached: Tri; readonly on?: Day; readonly counted?: number; readonly missing: readonly string[] };
  readonly monthEnd: MonthEnd | undefined;
};
