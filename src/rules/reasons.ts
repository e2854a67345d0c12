/** What an explanation consists of. */
import type { Context, Expr, Node, Span, Text, Tri, Value } from './ir.ts';
import type { Lack } from './needs.ts';
import type { RateUse } from './values.ts';

/** What does not change from one evaluation to the next. */
export type What = {
  readonly kind: Exclude<Node['k'] | Expr['k'], 'leaf'>;
  /** A leaf as its author wrote it; a part of a leaf in canonical form; a group in words. */
  readonly text: string;
  readonly id: string | undefined;
  readonly says: Text | undefined;
  readonly source: readonly string[];
  /** Whether the answer is a judgement of the authority, not of the facts. */
  readonly judged: boolean;
  /** The texts whose values stand in `values`: both sides of a comparison, value and ends of a range. */
  readonly sides: readonly string[];
  /** Place in the leaf's text; undefined for groups. */
  readonly at: Span | undefined;
};

/** One part of the tree and its outcome. */
export type Reason = {
  readonly what: What;
  readonly outcome: Tri;
  /** Values of `what.sides`, in order; `undefined` is unknown. Points: least, most, needed. Clock: needed, days counted. */
  readonly values: readonly (Value | undefined)[];
  /** Rates this part's outcome hangs on. */
  readonly rates: readonly RateUse[];
  readonly of: readonly Reason[];
  /** A clock's own answer. */
  readonly clock?: ReturnType<Context['clock']>;
};

/** An answer with its reasons. */
export type Explanation = {
  readonly outcome: Tri;
  readonly reason: Reason;
  /** Facts looked at, whether answered or not, in the order of the text. */
  readonly used: readonly string[];
  /** Unanswered facts that can still change the answer, in the order of the text; then what clocks miss. */
  readonly stillNeeded: readonly string[];
  /** What the law does not state for this day, where that leaves the answer unknown: no answer of the person helps. */
  readonly lacks: readonly Lack[];
};
