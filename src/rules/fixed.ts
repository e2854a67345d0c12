/**
 * What is fixed for one day when a provision is compiled for many persons: the values of its parameters, the lists
 * of codes, the rates, the rounding of months. Whatever part of a condition depends on nothing else is computed here,
 * once, by the interpreter itself, so that the mass back ends cannot differ in it.
 */
import { newEnv, valueFn } from './evaluate.ts';
import type { CodesExpr, Context, Expr, Value } from './ir.ts';
import { visit } from './names.ts';

/** The part of a `Context` that is the same for every person on one day. */
export type Fixed = Pick<Context, 'on' | 'monthEnd' | 'param' | 'codeList' | 'rate'>;

/** A value known before any person is looked at; `undefined` inside is unknown, as for a parameter without value. */
export type Constant = { readonly value: Value | undefined };

/**
 * The value of an expression that reads no fact, or `undefined` if it reads one. With `onVaries` the key day counts
 * as a fact.
 */
export function constantOf(expr: Expr, fixed: Fixed, onVaries: boolean): Constant | undefined {
  if (!isConstant(expr, onVaries)) return undefined;
  return { value: valueFn(expr, newEnv())(contextOf(fixed), undefined) };
}

/** The codes of a list that is no fact; `undefined` inside is a list that the law does not state for the day. */
export function constantCodes(
  list: CodesExpr,
  fixed: Fixed,
): { readonly codes: readonly string[] | undefined } | undefined {
  if (list.k === 'codes') return { codes: list.values };
  return list.k === 'codeList' ? { codes: fixed.codeList(list.name) } : undefined;
}

function isConstant(expr: Expr, onVaries: boolean): boolean {
  let constant = true;
  visit(expr, (part) => {
    switch (part.k) {
      case 'fact':
      case 'field':
      case 'known':
      case 'some':
      case 'every':
      case 'count':
      case 'sum':
        constant = false;
        break;
      case 'on':
        if (onVaries) constant = false;
    }
  });
  return constant;
}

function contextOf(fixed: Fixed): Context {
  return {
    on: fixed.on,
    monthEnd: fixed.monthEnd,
    param: (name) => fixed.param(name),
    codeList: (name) => fixed.codeList(name),
    rate: (from, to) => fixed.rate(from, to),
    fact: () => undefined,
    clock: () => ({ reached: undefined, missing: [] }),
  };
}
