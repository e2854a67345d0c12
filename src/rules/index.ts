/**
 * The condition language: parse a condition, evaluate it in three values, explain the answer, find the smallest
 * change that would make it yes. See docs/rule-language.md for the language.
 */
import { checkCondition } from './check.ts';
import { type RuleError, RuleFault } from './errors.ts';
import type { Expr, Locals, Schema } from './ir.ts';
import { parseText } from './parse.ts';

export { type Proposal, type Proposals, type Step, smallestChange } from './change.ts';
export { nearestName, type RuleError, type RuleErrorCode, renderRuleError } from './errors.ts';
export { compile } from './evaluate.ts';
export { compileExplained, explain } from './explain.ts';
export { FlatContext, type FlatSources, type Layout, layoutOf } from './flat.ts';
export { factsOf, type Names, namesIn, namesOf } from './names.ts';
export type { Lack } from './needs.ts';
export { printExpr } from './print.ts';
export type { Explanation, Reason, What } from './reasons.ts';
export { recordsSeen } from './records.ts';
export type { RateUse } from './values.ts';

/** A condition read, or everything that keeps it from being read. */
export type Parsed =
  | { readonly ok: true; readonly expr: Expr }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/**
 * Reads one condition against the closed world of the schema and what its provision adds.
 * Never throws for any text: whatever is wrong comes back as errors (the first one of syntax, or all of types),
 * each with its place, what was found, what was expected and how to mend it.
 */
export function parseCondition(text: string, schema: Schema, locals: Locals): Parsed {
  try {
    const { expr, errors } = checkCondition(parseText(text), schema, locals);
    return expr === undefined ? { ok: false, errors } : { ok: true, expr };
  } catch (fault) {
    if (fault instanceof RuleFault) return { ok: false, errors: [fault.error] };
    throw fault;
  }
}
