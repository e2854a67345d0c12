/** What the parser makes of a text before any name in it is looked up: syntax with places, no types. */
import type { ArithOp, CompareOp, Span } from './ir.ts';

/** A list as written after `in`, or as an operand of `overlaps`. */
export type AstList =
  | { readonly k: 'codes'; readonly at: Span; readonly values: readonly { readonly text: string; readonly at: Span }[] }
  | { readonly k: 'name'; readonly at: Span; readonly name: string };

export type Ast =
  | { readonly k: 'num'; readonly at: Span; readonly value: 0 | 1 }
  | { readonly k: 'text'; readonly at: Span; readonly value: string }
  | { readonly k: 'bool'; readonly at: Span; readonly value: boolean }
  | { readonly k: 'on'; readonly at: Span }
  | { readonly k: 'name'; readonly at: Span; readonly name: string }
  | { readonly k: 'cmp'; readonly at: Span; readonly op: CompareOp; readonly left: Ast; readonly right: Ast }
  | { readonly k: 'between'; readonly at: Span; readonly value: Ast; readonly low: Ast; readonly high: Ast }
  | { readonly k: 'in'; readonly at: Span; readonly value: Ast; readonly list: AstList }
  | { readonly k: 'not'; readonly at: Span; readonly arg: Ast }
  | { readonly k: 'and' | 'or'; readonly at: Span; readonly args: readonly Ast[] }
  | { readonly k: 'if'; readonly at: Span; readonly cond: Ast; readonly then: Ast; readonly else: Ast }
  | { readonly k: 'arith'; readonly at: Span; readonly op: ArithOp; readonly left: Ast; readonly right: Ast }
  | { readonly k: 'call'; readonly at: Span; readonly fn: string; readonly args: readonly Ast[] }
  | { readonly k: 'overlaps'; readonly at: Span; readonly left: AstList; readonly right: AstList }
  | {
      readonly k: 'some' | 'every';
      readonly at: Span;
      readonly var: string;
      readonly varAt: Span;
      readonly list: string;
      readonly listAt: Span;
      readonly cond: Ast;
    }
  | {
      readonly k: 'count' | 'sum';
      readonly at: Span;
      readonly list: string;
      readonly listAt: Span;
      readonly where: Ast | null;
      /** The field after the closing bracket: `sum(stays[…].days)`. */
      readonly field: { readonly name: string; readonly at: Span } | null;
    };
