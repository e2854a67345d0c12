/**
 * What is wrong with a condition, told to the person who wrote it: where, what was found,
 * what was expected, and how to mend it.
 */
import type { Span } from './ir.ts';

/** Every way in which a condition can be refused. Stable: tests and editors rely on them. */
export type RuleErrorCode =
  | 'empty'
  | 'too-long'
  | 'too-deep'
  | 'unexpected-character'
  | 'unclosed-text'
  | 'wrong-quotes'
  | 'wrong-operator'
  | 'number-literal'
  | 'hyphen-in-name'
  | 'space-in-name'
  | 'unexpected-token'
  | 'unexpected-end'
  | 'mixed-and-or'
  | 'chained-comparison'
  | 'not-without-parentheses'
  | 'true-or-false'
  | 'null'
  | 'minus-sign'
  | 'text-operand'
  | 'unknown-name'
  | 'unknown-field'
  | 'unknown-function'
  | 'unknown-code'
  | 'shadowed-name'
  | 'nested-item'
  | 'wrong-arguments'
  | 'not-a-condition'
  | 'not-a-list'
  | 'not-ordered'
  | 'type-mismatch'
  | 'unit-mismatch'
  | 'period-mismatch'
  | 'missing-month-end';

/** One reason why a condition does not load. */
export type RuleError = {
  readonly code: RuleErrorCode;
  /** Where, in UTF-16 code units of the condition's text. */
  readonly at: Span;
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
};

/** Carries a RuleError out of the depths of the lexer and the parser, which stop at the first one. */
export class RuleFault extends Error {
  readonly error: RuleError;
  constructor(error: RuleError) {
    super(`${error.code}: found ${error.found}, expected ${error.expected}. ${error.mend}`);
    this.name = 'RuleFault';
    this.error = error;
  }
}

/** Throws a RuleFault. */
export function refuse(code: RuleErrorCode, at: Span, found: string, expected: string, mend: string): never {
  throw new RuleFault({ code, at, found, expected, mend });
}

/**
 * Renders an error for a terminal: what and how to mend it, then the line with a caret under the place.
 *
 *     found "=>", expected a comparison
 *       age => ageMin
 *           ^^
 *     Write ">=".
 */
export function renderRuleError(text: string, error: RuleError): string {
  const start = Math.max(0, Math.min(error.at[0], text.length));
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const line = text.slice(lineStart, lineEnd).replaceAll('\t', ' ');
  const width = Math.max(1, Math.min(error.at[1], lineEnd) - start);
  const lineNumber = text.slice(0, lineStart).split('\n').length;
  const place = text.includes('\n') ? ` (line ${lineNumber} of the condition)` : '';
  return [
    `found ${error.found}, expected ${error.expected}${place}`,
    `  ${line}`,
    `  ${' '.repeat(start - lineStart)}${'^'.repeat(width)}`,
    error.mend,
  ].join('\n');
}

/**
 * The known name nearest to a misspelt one, or undefined if none is near enough to be meant
 * (more than a third of its letters would have to change). Ties go to the earlier name in the alphabet.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of [...known].sort()) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Optimal string alignment distance: letters inserted, deleted, replaced, or two neighbours swapped. */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: width }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j < width; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
