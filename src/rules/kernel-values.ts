/**
 * Numbers, dates, durations and codes in a kernel.
 *
 * A number is a double, NaN where unknown. A date or code is a whole number beside the conditions under which it is
 * unknown: a comparison then needs no branch, and a date plus days no test.
 */
import { NO_DAY } from './columns.ts';
import { betweenColumn, type DayOperand, type DurationOperand, shiftColumn } from './derive.ts';
import type { Day, Duration, Expr } from './ir.ts';
import {
  anyOf,
  constant,
  group,
  type Making,
  numberText,
  overRecords,
  type Source,
  sourceOf,
} from './kernel-making.ts';
import { ratioCode } from './kernel-money.ts';

/**
 * JavaScript for a whole number, and for the conditions under which it means nothing. `plain` is set where an unknown
 * one is the mark itself: `NO_DAY` or id 0.
 */
export type Marked = { readonly code: string; readonly unknown: readonly string[]; readonly plain?: true };
export type DurationCode = { readonly months: string; readonly days: string; readonly unknown: readonly string[] };

const ALWAYS = ['true'];

/** JavaScript for a number; NaN is unknown. */
export function numberCode(m: Making, expr: Expr): string {
  const { writer } = m;
  const fixed = constant(m, expr);
  if (fixed !== undefined) return fixed.value === undefined ? 'NaN' : numberText(fixed.value);
  const source = sourceOf(m, expr);
  if (source !== undefined) return writer.load(source.key, source.index);
  switch (expr.k) {
    case 'if': {
      const cond = writer.keep('cond', m.condition(expr.cond));
      const yes = numberCode(m, expr.then);
      const no = numberCode(m, expr.else);
      return writer.keep('number', `${cond} === 3 ? ${yes} : ${cond} === 0 ? ${no} : NaN`);
    }
    case 'arith':
      return writer.keep('number', arithmetic(m, expr));
    case 'call':
      if (expr.fn === 'min' || expr.fn === 'max') {
        const args = expr.args.map((arg) => numberCode(m, arg));
        return writer.keep(expr.fn === 'min' ? 'least' : 'most', `Math.${expr.fn}(${args.join(', ')})`);
      }
      return between(m, expr);
    case 'count':
      return count(m, expr);
    case 'sum':
      return sum(m, expr);
    default:
      throw new Error(`No kernel for a number of kind "${expr.k}".`);
  }
}

function arithmetic(m: Making, expr: Expr & { k: 'arith' }): string {
  if (expr.left.ty.t === 'date') {
    const left = dayCode(m, expr.left);
    const right = dayCode(m, expr.right);
    return orNaN(`${group(left.code)} - ${group(right.code)}`, [...left.unknown, ...right.unknown]);
  }
  if (expr.left.ty.t === 'money') return ratioCode(m, expr.left, expr.right);
  const left = numberCode(m, expr.left);
  const right = numberCode(m, expr.right);
  return expr.op === '/' ? m.writer.call('finite', `${left} / ${right}`) : `${left} ${expr.op} ${right}`;
}

function orNaN(code: string, unknown: readonly string[]): string {
  return unknown.length === 0 ? code : `${anyOf(unknown)} ? NaN : ${code}`;
}

function between(m: Making, expr: Expr & { k: 'call' }): string {
  const { writer } = m;
  const fn = expr.fn as 'monthsBetween' | 'yearsBetween';
  const [first, second] = expr.args as readonly [Expr, Expr];
  const place = derivable(m, [first, second]);
  if (place !== undefined) {
    const column = betweenColumn(fn, dayOperand(m, first), dayOperand(m, second));
    m.derived.set(column.key, column);
    return writer.load(column.key, place);
  }
  const from = dayCode(m, first);
  const to = dayCode(m, second);
  return writer.keep('elapsed', orNaN(writer.call(fn, from.code, to.code), [...from.unknown, ...to.unknown]));
}

/** Records that surely pass and records that may; the number is known only if they are the same. */
function count(m: Making, expr: Expr & { k: 'count' }): string {
  const { writer } = m;
  const known = writer.load(`${expr.list}#known`, 'i');
  if (expr.where === null) {
    overlook(m, expr.list);
    const from = writer.array(`${expr.list}#from`);
    return writer.keep('count', `${known} === 1 ? ${from}[i + 1] - ${from}[i] : NaN`);
  }
  const { where } = expr;
  const sure = writer.name('sure');
  const perhaps = writer.name('perhaps');
  writer.line(`let ${sure} = 0;`);
  writer.line(`let ${perhaps} = 0;`);
  overRecords(m, expr.list, expr.var, () => {
    const passes = writer.keep('passes', m.condition(where));
    writer.line(`${sure} += ${passes} >> 1;`);
    writer.line(`${perhaps} += ${passes} & 1;`);
  });
  return writer.keep('count', `${known} === 1 && ${sure} === ${perhaps} ? ${sure} : NaN`);
}

/** A list that is counted without being looked into is wanted all the same. */
function overlook(m: Making, list: string): void {
  sourceOf(m, { k: 'fact', ty: m.codebook.schema.facts.get(list)!.type, at: [0, 0], name: list });
}

function sum(m: Making, expr: Expr & { k: 'sum' }): string {
  const { writer } = m;
  const total = writer.name('sum');
  const known = writer.load(`${expr.list}#known`, 'i');
  writer.line(`let ${total} = ${known} === 1 ? 0 : NaN;`);
  overRecords(m, expr.list, expr.var, () => {
    const passes = expr.where === null ? '3' : writer.keep('passes', m.condition(expr.where));
    const add = (): void => {
      const field = numberCode(m, expr.field);
      writer.line(`${total} += ${passes === '3' ? field : `${passes} === 3 ? ${field} : NaN`};`);
    };
    if (passes === '3') add();
    else writer.block(`if (${passes} !== 0)`, add);
  });
  return total;
}

/** JavaScript for a day. */
export function dayCode(m: Making, expr: Expr): Marked {
  const { writer } = m;
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    return fixed.value === undefined ? { code: '0', unknown: ALWAYS } : { code: numberText(fixed.value), unknown: [] };
  }
  const source = sourceOf(m, expr);
  if (source !== undefined) return marked(writer.load(source.key, source.index));
  switch (expr.k) {
    case 'if': {
      const cond = writer.keep('cond', m.condition(expr.cond));
      const yes = orNoDay(dayCode(m, expr.then));
      const no = orNoDay(dayCode(m, expr.else));
      return marked(writer.keep('day', `${cond} === 3 ? ${yes} : ${cond} === 0 ? ${no} : NO_DAY`));
    }
    case 'arith':
      return shift(m, expr);
    case 'call': {
      const args = expr.args.map((arg) => dayCode(m, arg));
      const code = writer.keep(
        expr.fn === 'min' ? 'earliest' : 'latest',
        `Math.${expr.fn}(${args.map((arg) => arg.code).join(', ')})`,
      );
      return { code, unknown: args.flatMap((arg) => arg.unknown) };
    }
    default:
      throw new Error(`No kernel for a date of kind "${expr.k}".`);
  }
}

function marked(name: string): Marked {
  return { code: name, unknown: [`${name} === NO_DAY`], plain: true };
}

function orNoDay(day: Marked): string {
  if (day.unknown.length === 0 || day.plain) return day.code;
  return `(${anyOf(day.unknown)} ? NO_DAY : ${day.code})`;
}

/** A date and a duration: as a derived column, as plain days, or with the months counted in the loop. */
function shift(m: Making, expr: Expr & { k: 'arith' }): Marked {
  const { writer, fixed } = m;
  const sign = expr.op === '-' ? -1 : 1;
  const by = constant(m, expr.right);
  if (by !== undefined && by.value === undefined) return { code: '0', unknown: ALWAYS };
  const duration = by?.value as Duration | undefined;
  if (duration?.months === 0) return plusDays(dayCode(m, expr.left), sign * duration.days);
  const place = derivable(m, [expr.left, expr.right]);
  if (place !== undefined) {
    const column = shiftColumn(dayOperand(m, expr.left), durationOperand(m, expr.right), sign, fixed.monthEnd);
    m.derived.set(column.key, column);
    return marked(writer.load(column.key, place));
  }
  const day = dayCode(m, expr.left);
  const length = durationCode(m, expr.right);
  const unknown = [...day.unknown, ...length.unknown];
  const minus = sign < 0 ? '-' : '';
  const signed = (code: string): string => (minus ? `-${group(code)}` : code);
  if (fixed.monthEnd === undefined) {
    const code = writer.keep('day', `${day.code} + ${signed(length.days)}`);
    return { code, unknown: [...unknown, `${length.months} !== 0`] };
  }
  const months = writer.call('addMonths', day.code, signed(length.months), fixed.monthEnd === 'roll' ? '1' : '0');
  return { code: writer.keep('day', length.days === '0' ? months : `${months} + ${signed(length.days)}`), unknown };
}

function plusDays(day: Marked, days: number): Marked {
  if (days === 0) return day;
  return { code: `(${day.code} ${days < 0 ? '-' : '+'} ${Math.abs(days)})`, unknown: day.unknown };
}

/** The index at which a derived column of these operands is read, if they are facts of one place and constants. */
function derivable(m: Making, operands: readonly Expr[]): string | undefined {
  if (!m.derive) return undefined;
  const sources: Source[] = [];
  for (const operand of operands) {
    if (constant(m, operand)?.value !== undefined) continue;
    const source = sourceOf(m, operand);
    if (source === undefined || source.key === 'on') return undefined;
    sources.push(source);
  }
  const [first] = sources;
  if (first === undefined || sources.some((source) => source.index !== first.index)) return undefined;
  return first.index;
}

function dayOperand(m: Making, expr: Expr): DayOperand {
  const day = constant(m, expr)?.value as Day | undefined;
  return day === undefined ? { column: sourceOf(m, expr)!.key } : { day };
}

function durationOperand(m: Making, expr: Expr): DurationOperand {
  const duration = constant(m, expr)?.value as Duration | undefined;
  return duration === undefined ? { column: sourceOf(m, expr)!.key } : { duration };
}

/** JavaScript for a duration: months and days apart. */
export function durationCode(m: Making, expr: Expr): DurationCode {
  const { writer } = m;
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    const duration = fixed.value as Duration | undefined;
    if (duration === undefined) return { months: '0', days: '0', unknown: ALWAYS };
    return { months: numberText(duration.months), days: numberText(duration.days), unknown: [] };
  }
  const source = sourceOf(m, expr);
  if (source !== undefined) {
    const months = writer.load(`${source.key}#months`, source.index);
    const days = writer.load(`${source.key}#days`, source.index);
    return { months, days, unknown: [`${months} === NO_DAY`] };
  }
  if (expr.k !== 'if') throw new Error(`No kernel for a duration of kind "${expr.k}".`);
  const cond = writer.keep('cond', m.condition(expr.cond));
  const yes = durationCode(m, expr.then);
  const no = durationCode(m, expr.else);
  const yesMonths = orNoDay({ code: yes.months, unknown: yes.unknown });
  const noMonths = orNoDay({ code: no.months, unknown: no.unknown });
  const months = writer.keep('months', `${cond} === 3 ? ${yesMonths} : ${cond} === 0 ? ${noMonths} : NO_DAY`);
  const days = writer.keep('days', `${cond} === 3 ? ${yes.days} : ${no.days}`);
  return { months, days, unknown: [`${months} === NO_DAY`] };
}

/** JavaScript for the id of a code; 0 is unknown. */
export function idCode(m: Making, expr: Expr): Marked {
  const { writer } = m;
  const codes = m.codebook.codes((expr.ty as { readonly set: string }).set);
  const fixed = constant(m, expr);
  if (fixed !== undefined) {
    if (fixed.value === undefined) return { code: '0', unknown: ALWAYS };
    return { code: `${codes.id(fixed.value as string)}`, unknown: [] };
  }
  const source = sourceOf(m, expr);
  if (source !== undefined) {
    const id = writer.load(source.key, source.index);
    return { code: id, unknown: [`${id} === 0`], plain: true };
  }
  if (expr.k !== 'if') throw new Error(`No kernel for a code of kind "${expr.k}".`);
  const cond = writer.keep('cond', m.condition(expr.cond));
  const yes = idCode(m, expr.then).code;
  const no = idCode(m, expr.else).code;
  const id = writer.keep('code', `${cond} === 3 ? ${yes} : ${cond} === 0 ? ${no} : 0`);
  return { code: id, unknown: [`${id} === 0`], plain: true };
}

/** The mark of an unknown day, for the head of a kernel. */
export const NO_DAY_LINE = `const NO_DAY = ${NO_DAY}; // an unknown date`;
