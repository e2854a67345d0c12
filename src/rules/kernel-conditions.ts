/**
 * Conditions in a kernel. A condition is a whole number of two bits: bit 0 "may hold", bit 1 "surely holds"; so
 * 0 is no, 1 unknown, 3 yes, `and` is `&` and `or` is `|`, both exactly Kleene's and without a branch.
 */

import { constantCodes } from './fixed.ts';
import type { CodesExpr, CompareOp, Expr } from './ir.ts';
import {
  anyOf,
  constant,
  group,
  isCostly,
  type Making,
  overRecords,
  sourceOf,
  twoBits,
  wantFact,
} from './kernel-making.ts';
import { centsOfBoth } from './kernel-money.ts';
import { dayCode, durationCode, idCode, type Marked, numberCode } from './kernel-values.ts';
import { oneLine } from './kernel-writer.ts';

export const NO_BITS = '0';
export const UNKNOWN_BITS = '1';
export const YES_BITS = '3';

/** JavaScript for a condition. */
export function conditionCode(m: Making, expr: Expr): string {
  const fixed = constant(m, expr);
  if (fixed !== undefined) return bitsOf(fixed.value as boolean | undefined);
  const source = sourceOf(m, expr);
  if (source !== undefined) return storedBits(m.writer.load(source.key, source.index));
  switch (expr.k) {
    case 'cmp':
      return comparison(m, expr.op, expr.left, expr.right, expr.order);
    case 'between':
      return join('&', [
        comparison(m, '>=', expr.value, expr.low, expr.order),
        comparison(m, '<=', expr.value, expr.high, expr.order),
      ]);
    case 'in':
      return membership(m, expr.value, expr.list);
    case 'overlaps':
      return overlap(m, expr.left, expr.right);
    case 'not':
      return denied(m, conditionCode(m, expr.arg));
    case 'and':
    case 'or': {
      const parts = expr.args.map((arg) => ({ costly: isCostly(m, arg), write: () => conditionCode(m, arg) }));
      return combine(m, expr.k === 'and' ? '&' : '|', parts, expr.k === 'and' ? 'both' : 'either');
    }
    case 'if': {
      const cond = m.writer.keep('cond', conditionCode(m, expr.cond));
      const yes = group(conditionCode(m, expr.then));
      const no = group(conditionCode(m, expr.else));
      return m.writer.keep('chosen', `${cond} === 3 ? ${yes} : ${cond} === 0 ? ${no} : 1`);
    }
    case 'known':
      return twoBits(m, known(m, expr.fact), []);
    case 'some':
    case 'every':
      return quantifier(m, expr);
    default:
      throw new Error(`No kernel for a condition of kind "${expr.k}".`);
  }
}

export function bitsOf(value: boolean | undefined): string {
  return value === undefined ? UNKNOWN_BITS : value ? YES_BITS : NO_BITS;
}

/** From a byte of a column (0 no, 1 yes, 2 unknown) to two bits. */
export function storedBits(name: string): string {
  return `(${name} !== 0) | (${name} === 1) << 1`;
}

/** The two bits of "not": each the opposite of the other one. */
export function denied(m: Making, code: string): string {
  if (code === NO_BITS) return YES_BITS;
  if (code === YES_BITS) return NO_BITS;
  if (code === UNKNOWN_BITS) return UNKNOWN_BITS;
  const bits = m.writer.keep('denied', code);
  return `(${bits} >> 1 | (${bits} & 1) << 1) ^ 3`;
}

/** `&` or `|` of parts; a part that is the same for everyone is left out or decides. */
export function join(operator: '&' | '|', parts: readonly string[]): string {
  const [decides, neutral] = operator === '&' ? [NO_BITS, YES_BITS] : [YES_BITS, NO_BITS];
  if (parts.includes(decides)) return decides;
  const left = [...new Set(parts)].filter((part) => part !== neutral);
  if (left.length === 0) return neutral;
  return left.length === 1 ? left[0]! : left.map(group).join(` ${operator} `);
}

/** A part of an `and` or `or`: `write` writes what it needs and returns its code. */
export type Part = { readonly costly: boolean; write(): string };

/** Joins parts; those that cost a loop come last and only where the others have not decided. */
export function combine(m: Making, operator: '&' | '|', parts: readonly Part[], wish: string): string {
  const costly = parts.filter((part) => part.costly);
  const cheap = join(
    operator,
    parts.filter((part) => !part.costly).map((part) => part.write()),
  );
  const [decided, neutral] = operator === '&' ? [NO_BITS, YES_BITS] : [YES_BITS, NO_BITS];
  if (costly.length === 0 || cheap === decided) return cheap;
  if (costly.length === 1 && cheap === neutral) return costly[0]!.write();
  const { writer } = m;
  const name = writer.name(wish);
  const first = cheap === neutral ? costly.shift()!.write() : cheap;
  writer.line(`let ${name} = ${first};`);
  for (const part of costly) {
    writer.block(`if (${name} !== ${decided})`, () => {
      const code = part.write();
      writer.line(`${name} ${operator}= ${code};`);
    });
  }
  return name;
}

function comparison(m: Making, op: CompareOp, left: Expr, right: Expr, order: readonly string[] | undefined): string {
  for (const side of [left, right]) {
    const fixed = constant(m, side);
    if (fixed !== undefined && fixed.value === undefined) return UNKNOWN_BITS;
  }
  switch (left.ty.t) {
    case 'number':
      return compareNumbers(op, numberCode(m, left), numberCode(m, right));
    case 'money': {
      const [a, b] = centsOfBoth(m, left, right);
      return compareNumbers(op, a, b);
    }
    case 'date': {
      const a = dayCode(m, left);
      const b = dayCode(m, right);
      return compareMarked(m, op, a, b);
    }
    case 'duration': {
      const a = durationCode(m, left);
      const b = durationCode(m, right);
      const order = m.writer.keep('order', m.writer.call('compareDurations', a.months, a.days, b.months, b.days));
      const bits = compareNumbers(op, order, '0');
      const unknown = [...a.unknown, ...b.unknown];
      return unknown.length === 0 ? bits : m.writer.keep('compared', `${anyOf(unknown)} ? 1 : ${bits}`);
    }
    case 'code': {
      if (order !== undefined) checkOrder(m, left, order);
      const a = idCode(m, left);
      const b = idCode(m, right);
      return compareMarked(m, op, a, b);
    }
    default:
      return compareBooleans(m, op, left, right);
  }
}

const JS_OP: { readonly [op in CompareOp]: string } = {
  '=': '===',
  '!=': '!==',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};
const OPPOSITE: { readonly [op in CompareOp]?: string } = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** NaN fails every comparison: what surely holds is asked directly, what may hold by denying the opposite. */
function compareNumbers(op: CompareOp, a: string, b: string): string {
  if (op === '=') return `!(${a} < ${b} | ${a} > ${b}) | (${a} === ${b}) << 1`;
  if (op === '!=') return `(${a} !== ${b}) | (${a} < ${b} | ${a} > ${b}) << 1`;
  return `!(${a} ${OPPOSITE[op]} ${b}) | (${a} ${op} ${b}) << 1`;
}

/**
 * Whole numbers with marks. The marks (`NO_DAY`, id 0) are smaller than every value, so a comparison of one plain value
 * with a constant needs fewer tests.
 */
function compareMarked(m: Making, op: CompareOp, a: Marked, b: Marked): string {
  const holds = `${a.code} ${JS_OP[op]} ${b.code}`;
  const unknown = [...a.unknown, ...b.unknown];
  if (!a.plain || b.unknown.length > 0) return twoBits(m, holds, unknown);
  const marks = op === '=' || op === '>' || op === '>=' ? 'impliesKnown' : 'impliedByUnknown';
  return twoBits(m, holds, unknown, marks);
}

function compareBooleans(m: Making, op: CompareOp, left: Expr, right: Expr): string {
  const same = op === '=';
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const fixed = constant(m, side)?.value as boolean | undefined;
    if (fixed !== undefined) return fixed === same ? conditionCode(m, other) : denied(m, conditionCode(m, other));
  }
  const a = m.writer.keep('left', conditionCode(m, left));
  const b = m.writer.keep('right', conditionCode(m, right));
  return twoBits(m, `${a} ${JS_OP[op]} ${b}`, [`${a} === 1`, `${b} === 1`]);
}

/** Ids of ordered codes are compared as they are, which needs them in the order that the comparison names. */
function checkOrder(m: Making, expr: Expr, order: readonly string[]): void {
  const { set } = expr.ty as { readonly set: string };
  const { codes } = m.codebook.codes(set);
  if (codes.length !== order.length || codes.some((code, index) => code !== order[index])) {
    throw new Error(
      `The condition orders the set "${set}" as ${order.join(' < ')}, the codebook as ${codes.join(' < ')}. ` +
        'Make the codebook from the schema that the condition was read with.',
    );
  }
}

function membership(m: Making, value: Expr, list: CodesExpr): string {
  const { writer } = m;
  const fixed = constantCodes(list, m.fixed);
  const fixedValue = constant(m, value);
  if (fixedValue !== undefined && fixedValue.value === undefined) return UNKNOWN_BITS;
  if (fixed !== undefined) {
    if (fixed.codes === undefined) return UNKNOWN_BITS;
    if (fixedValue !== undefined) return bitsOf(fixed.codes.includes(fixedValue.value as string));
    return inFixedList(m, value, fixed.codes, list.k === 'codeList' ? list.name : 'codes');
  }
  const id = idCode(m, value);
  const source = sourceOf(m, list as Expr)!;
  if (dictionaryOf(m, list).masked) {
    const mask = writer.load(`${source.key}#mask`, source.index);
    return twoBits(m, `(${mask} >> ${id.code} & 1)`, [...id.unknown, `${mask} === 1`]);
  }
  const known = writer.load(`${source.key}#known`, source.index);
  const found = writer.name('found');
  writer.line(`let ${found} = 0;`);
  overItems(m, source.key, source.index, (item) => writer.line(`${found} |= ${item} === ${id.code};`));
  return twoBits(m, found, [...id.unknown, `${known} === 0`]);
}

function inFixedList(m: Making, value: Expr, codes: readonly string[], name: string): string {
  const { code, unknown } = idCode(m, value);
  const ids = idsOf(m, value, codes);
  if (ids.length === 0) return twoBits(m, 'false', unknown, 'impliesKnown');
  if (ids.length <= 2) return twoBits(m, ids.map((id) => `${code} === ${id}`).join(' | '), unknown, 'impliesKnown');
  const found = `${lookupTable(m, value, ids, codes, name)}[${code}]`;
  return dictionaryOf(m, value).open ? `${found} | 0` : found;
}

/** A table of the codes of a fixed list, for ids of the set of `like`; codes learnt later are outside it, so not in it. */
function lookupTable(
  m: Making,
  like: Expr | CodesExpr,
  ids: readonly number[],
  codes: readonly string[],
  name: string,
): string {
  const size = dictionaryOf(m, like).codes.length + 1;
  m.writer.helpers.add('lookup');
  return m.writer.table(`in ${name}`, `lookup(${size}, [${ids.join(', ')}])`, legend(codes));
}

/** Some of the codes, for the reader; all of them stand in the law. */
function legend(codes: readonly string[]): string {
  return oneLine(`${codes.slice(0, 8).join(' ')}${codes.length > 8 ? ' …' : ''}`);
}

function idsOf(m: Making, like: Expr | CodesExpr, codes: readonly string[]): number[] {
  const dictionary = dictionaryOf(m, like);
  return [...new Set(codes.map((code) => dictionary.id(code)))].sort((a, b) => a - b);
}

const dictionaryOf = (m: Making, expr: Expr | CodesExpr) => m.codebook.codes((expr.ty as { readonly set: string }).set);

function overItems(m: Making, key: string, index: string, body: (item: string) => void): void {
  const { writer } = m;
  const from = writer.array(`${key}#from`);
  const j = writer.name('j');
  writer.block(`for (let ${j} = ${from}[${index}]; ${j} < ${from}[${index} + 1]; ${j}++)`, () => {
    body(writer.load(`${key}#items`, j));
  });
}

/** Both lists must be known, even if the other has no code at all. */
function overlap(m: Making, left: CodesExpr, right: CodesExpr): string {
  const { writer } = m;
  const [a, b] = [constantCodes(left, m.fixed), constantCodes(right, m.fixed)];
  if ((a !== undefined && a.codes === undefined) || (b !== undefined && b.codes === undefined)) return UNKNOWN_BITS;
  if (a?.codes !== undefined && b?.codes !== undefined) return bitsOf(a.codes.some((code) => b.codes!.includes(code)));
  const fixed = a?.codes ?? b?.codes;
  const first = a === undefined ? left : right;
  const source = sourceOf(m, first as Expr)!;
  const { masked } = dictionaryOf(m, first);
  if (fixed !== undefined) {
    const ids = idsOf(m, first, fixed);
    if (masked) {
      const mask = writer.load(`${source.key}#mask`, source.index);
      return twoBits(m, `(${mask} & ${ids.reduce((bits, id) => bits | (1 << id), 0)}) !== 0`, [`${mask} === 1`]);
    }
    const known = writer.load(`${source.key}#known`, source.index);
    const list = a === undefined ? right : left;
    const table = lookupTable(m, first, ids, fixed, list.k === 'codeList' ? list.name : 'codes');
    const found = writer.name('found');
    writer.line(`let ${found} = ${known} ^ 1;`);
    overItems(m, source.key, source.index, (item) => writer.line(`${found} |= ${table}[${item}];`));
    return found;
  }
  const other = sourceOf(m, right as Expr)!;
  if (masked) {
    const one = writer.load(`${source.key}#mask`, source.index);
    const two = writer.load(`${other.key}#mask`, other.index);
    return twoBits(m, `(${one} & ${two} & -2) !== 0`, [`${one} === 1`, `${two} === 1`]);
  }
  const unknown = [source, other].map(({ key, index }) => `${writer.load(`${key}#known`, index)} === 0`);
  const found = writer.name('found');
  writer.line(`let ${found} = 0;`);
  overItems(m, source.key, source.index, (one) => {
    overItems(m, other.key, other.index, (two) => writer.line(`${found} |= ${one} === ${two};`));
  });
  return twoBits(m, found, unknown);
}

/** Whether a fact was told, from the mark of its column. */
function known(m: Making, fact: string): string {
  const type = wantFact(m, fact);
  const load = (suffix: string): string => m.writer.load(`${fact}${suffix}`, 'i');
  switch (type.t) {
    case 'boolean':
      return `${load('')} !== 2`;
    case 'number':
      return `${load('')} === ${load('')}`;
    case 'date':
      return `${load('')} !== NO_DAY`;
    case 'duration':
      return `${load('#months')} !== NO_DAY`;
    case 'money':
      return `${load('#amount')} === ${load('#amount')}`;
    case 'code':
      return `${load('')} !== 0`;
    case 'codes':
      return m.codebook.codes(type.set).masked ? `${load('#mask')} !== 1` : `${load('#known')} === 1`;
    case 'records':
      return `${load('#known')} === 1`;
  }
}

/** An unknown list has no records here: it starts as unknown, where a known one starts as no (some) or yes (every). */
function quantifier(m: Making, expr: Expr & { k: 'some' | 'every' }): string {
  const { writer } = m;
  const some = expr.k === 'some';
  const told = writer.load(`${expr.list}#known`, 'i');
  const name = writer.name(expr.k);
  writer.line(`let ${name} = ${some ? `${told} ^ 1` : `${told} << 1 | 1`};`);
  overRecords(m, expr.list, expr.var, () => {
    const code = conditionCode(m, expr.cond);
    writer.line(`${name} ${some ? '|' : '&'}= ${code};`);
  });
  return name;
}
