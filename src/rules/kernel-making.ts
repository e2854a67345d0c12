/** What the parts of the kernel generator share: the text being written, the columns wanted so far, the open loops. */
import type { ClockColumn, Codebook, FactColumn } from './columns.ts';
import type { DerivedColumn } from './derive.ts';
import { constantOf, type Fixed } from './fixed.ts';
import type { CodesExpr, Expr, Type, Value } from './ir.ts';
import type { KernelWriter } from './kernel-writer.ts';
import { visit } from './names.ts';

/** Where the facts of a loop lie: `prefix` of their keys, and the index of the person or record. */
export type Place = { readonly prefix: string; readonly index: string };
export const PERSON: Place = { prefix: '', index: 'i' };

export type Making = {
  readonly writer: KernelWriter;
  readonly codebook: Codebook;
  readonly fixed: Fixed;
  /** The key day is a column of its own (`on`), not that of `fixed`. */
  readonly onVaries: boolean;
  /** Calendar arithmetic goes into derived columns where it can. */
  readonly derive: boolean;
  readonly facts: Map<string, FactColumn>;
  readonly clocks: Map<string, ClockColumn>;
  readonly derived: Map<string, DerivedColumn>;
  /** Variables of quantifiers and filters. */
  readonly scopes: Map<string, Place>;
  /** Code for a condition: a whole number of two bits, 0 (no), 1 (unknown) or 3 (yes). */
  condition(expr: Expr): string;
};

/** A fact or a field as a column: its key and where the reader stands. */
export type Source = { readonly key: string; readonly index: string; readonly type: Type };

/** The column of a fact, a field, or the key day where it varies; `undefined` for any other expression. */
export function sourceOf(m: Making, expr: Expr | CodesExpr): Source | undefined {
  if (expr.k === 'fact') {
    wantFact(m, expr.name);
    return { key: expr.name, index: PERSON.index, type: expr.ty };
  }
  if (expr.k === 'on' && m.onVaries) {
    m.facts.set('on', { k: 'fact', name: 'on', type: expr.ty });
    return { key: 'on', index: PERSON.index, type: expr.ty };
  }
  if (expr.k !== 'field') return undefined;
  const place = m.scopes.get(expr.of);
  if (place === undefined) throw new Error(`Field ${expr.of}.${expr.name}: no quantifier or filter names ${expr.of}.`);
  return { key: `${place.prefix}${expr.name}`, index: place.index, type: expr.ty };
}

/** Notes that a fact is read, and returns its type. */
export function wantFact(m: Making, name: string): Type {
  const found = m.facts.get(name);
  if (found !== undefined) return found.type;
  const type = m.codebook.schema.facts.get(name)?.type;
  if (type === undefined) throw new Error(`The fact "${name}" is not in the fact schema.`);
  m.facts.set(name, { k: 'fact', name, type });
  return type;
}

/** The value of an expression that is the same for everyone; see `constantOf`. */
export function constant(m: Making, expr: Expr): { readonly value: Value | undefined } | undefined {
  return constantOf(expr, m.fixed, m.onVaries);
}

/** A number of the law as code. Nothing else gets into the text, so that a rule pack cannot put code there. */
export function numberText(value: unknown): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw new TypeError(
      `A parameter, rate or count of the law must be a finite number, found ${JSON.stringify(value)}.`,
    );
  }
  return value < 0 ? `(${value})` : `${value}`;
}

/** Wraps code that an operator could tear apart. */
export function group(code: string): string {
  return /^(?:[\w$.]+|[\w$.]+\([\w$., -]*\))$/.test(code) ? code : `(${code})`;
}

/** Joins conditions under which a value is unknown. */
export function anyOf(conditions: readonly string[]): string {
  return [...new Set(conditions)].map(group).join(' | ');
}

/**
 * `holds` (JavaScript, true or false) under conditions of unknown, as two bits. With `impliesKnown` the test never
 * holds for the mark of an unknown value, with `impliedByUnknown` it always does.
 */
export function twoBits(
  m: Making,
  holds: string,
  unknown: readonly string[],
  marks: 'impliesKnown' | 'impliedByUnknown' | 'neither' = 'neither',
): string {
  if (unknown.length === 0) return `${group(holds)} | ${group(holds)} << 1`;
  if (marks === 'impliesKnown') return `${group(holds)} | ${anyOf(unknown)} | ${group(holds)} << 1`;
  const open = m.writer.keep('unknown', anyOf(unknown));
  if (marks === 'impliedByUnknown') return `${group(holds)} | (${group(holds)} & ~${open}) << 1`;
  const held = m.writer.keep('holds', holds);
  return `${held} | ${open} | (${held} & ~${open}) << 1`;
}

/** Whether an expression needs a loop or calendar arithmetic a person, so that it should wait for the cheap ones. */
export function isCostly(m: Making, expr: Expr): boolean {
  let costly = false;
  visit(expr, (part) => {
    switch (part.k) {
      case 'some':
      case 'every':
      case 'count':
      case 'sum':
        costly = true;
        break;
      case 'in':
        costly ||= isOffsetList(m, part.list);
        break;
      case 'overlaps':
        costly ||= isOffsetList(m, part.left) || isOffsetList(m, part.right);
        break;
      case 'arith':
        costly ||= !m.derive && part.right.ty.t === 'duration' && constant(m, part) === undefined;
        break;
      case 'call':
        costly ||=
          !m.derive && (part.fn === 'monthsBetween' || part.fn === 'yearsBetween') && constant(m, part) === undefined;
    }
  });
  return costly;
}

function isOffsetList(m: Making, list: CodesExpr): boolean {
  return (list.k === 'fact' || list.k === 'field') && list.ty.t === 'codes' && !m.codebook.codes(list.ty.set).masked;
}

/** Writes a loop over the records of a list, with `name` standing for the record inside. */
export function overRecords(m: Making, list: string, name: string, body: () => void): void {
  wantFact(m, list);
  const { writer } = m;
  const from = writer.array(`${list}#from`);
  const index = writer.name('j');
  const outer = m.scopes.get(name);
  m.scopes.set(name, { prefix: `${list}[].`, index });
  const { index: person } = PERSON;
  writer.block(`for (let ${index} = ${from}[${person}]; ${index} < ${from}[${person} + 1]; ${index}++)`, body);
  if (outer === undefined) m.scopes.delete(name);
  else m.scopes.set(name, outer);
}
