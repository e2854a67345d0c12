/**
 * The typed-array back end: a provision's tree, with the values of one day, as the text of a JavaScript function
 *
 *     kernel(cols, from, to, out)
 *
 * that writes 0 (no), 1 (yes) or 2 (unknown) to `out` for the persons `from` ≤ i < `to` of the arrays `cols` (see
 * `columns.ts`). The text is made at build time and written to a file: a page that forbids `eval` can run it, and a
 * person can read it. Parameters, lists of codes and rates are those of the day it was made for.
 */
import { ANY_CURRENCY, type ClockColumn, type Codebook, CURRENCY, clockKey, type FactColumn } from './columns.ts';
import { type DerivedColumn, sourcesOf } from './derive.ts';
import { isNode } from './evaluate.ts';
import type { Fixed } from './fixed.ts';
import type { Duration, Expr, Node } from './ir.ts';
import {
  bitsOf,
  combine,
  conditionCode,
  denied,
  NO_BITS,
  storedBits,
  UNKNOWN_BITS,
  YES_BITS,
} from './kernel-conditions.ts';
import { helperTexts } from './kernel-helpers.ts';
import { group, isCostly, type Making, numberText } from './kernel-making.ts';
import { NO_DAY_LINE } from './kernel-values.ts';
import { KernelWriter, oneLine } from './kernel-writer.ts';
import { printExpr } from './print.ts';

export type KernelOptions = {
  /**
   * `derived` (the usual): dates moved by durations and completed months come from derived columns where they hang on
   * columns alone. `inline`: the kernel counts them in its loop, and needs no derived columns but for money.
   */
  readonly calendar?: 'derived' | 'inline';
  /**
   * `fixed` (the usual): the key day is that of the parameters. `column`: it is read from a column `on`, so that one
   * text serves every day on which the parameters are the same.
   */
  readonly on?: 'fixed' | 'column';
};

export type Kernel = {
  /** Declarations and `function kernel(cols, from, to, out) { … }`. */
  readonly text: string;
  /** Columns of facts and clocks to be filled, and then columns to be derived from them. */
  readonly columns: readonly (FactColumn | ClockColumn)[];
  readonly derived: readonly DerivedColumn[];
  /** Keys of the arrays that the function reads. */
  readonly keys: readonly string[];
};

/** Makes the kernel of a tree or a single condition for a day's `fixed` values and a codebook's ids. */
export function makeKernel(tree: Node | Expr, fixed: Fixed, codebook: Codebook, options: KernelOptions = {}): Kernel {
  const writer = new KernelWriter();
  const making: Making = {
    writer,
    codebook,
    fixed,
    onVaries: options.on === 'column',
    derive: options.calendar !== 'inline',
    facts: new Map(),
    clocks: new Map(),
    derived: new Map(),
    scopes: new Map(),
    condition: (expr) => conditionCode(making, expr),
  };
  const bits = writer.keep('answer', isNode(tree) ? nodeCode(making, tree) : conditionCode(making, tree));
  writer.line(`out[i] = ${outByte(bits)};`);
  const derived = [...making.derived.values()];
  const sources = new Set(derived.flatMap(sourcesOf));
  const keys = writer.keys;
  const facts = [...making.facts.values()];
  return {
    text: assemble(writer, codebook, fixed),
    columns: [...facts, ...making.clocks.values()],
    derived,
    keys: [...new Set([...keys, ...sources])].sort(),
  };
}

/** One module that exports many kernels by name: what a build writes to a file. */
export function kernelModule(kernels: { readonly [name: string]: Kernel }): string {
  const entries = Object.entries(kernels).map(([name, kernel]) => {
    const text = kernel.text.replaceAll(/^(?=.)/gm, '    ');
    return `  ${JSON.stringify(name)}: (() => {\n${text}\n    return kernel;\n  })(),\n`;
  });
  return `export const kernels = {\n${entries.join('')}};\n`;
}

/** 0 → 0 (no), 3 → 1 (yes), 1 → 2 (unknown). */
function outByte(bits: string): string {
  if (bits === NO_BITS) return '0';
  if (bits === YES_BITS) return '1';
  return bits === UNKNOWN_BITS ? '2' : `72 >> (${bits} << 1) & 3`;
}

const ABOUT = [
  '// A condition is two bits, "may hold" and "surely holds": 0 is no, 1 unknown, 3 yes; & is "and", | is "or".',
  '// In columns and in out, 0 is no, 1 yes, 2 unknown.',
];

function assemble(writer: KernelWriter, codebook: Codebook, fixed: Fixed): string {
  const helpers = helperTexts(writer.helpers);
  const body = writer.bodyLines().join('\n');
  const all = [...helpers, body].join('\n');
  const head: string[] = [];
  if (/\bNO_DAY\b/.test(all)) head.push(NO_DAY_LINE);
  if (/\bANY\b/.test(all)) head.push(`const ANY = ${ANY_CURRENCY}; // the currency of nothing`);
  if (/\bRATES\b/.test(all)) head.push(rateLines(codebook, fixed));
  const parts = [...helpers, head.join('\n'), writer.tableLines().join('\n')].filter((part) => part !== '');
  const loop = ['  for (let i = from; i < to; i++) {', body, '  }'];
  const main = [...ABOUT, 'function kernel(cols, from, to, out) {', ...writer.arrayLines(), ...loop, '}'].join('\n');
  return `${[...parts, main].join('\n\n')}\n`;
}

/** Factors between all currencies that the codebook knows, by their ids; NaN (unknown) where the law states no rate. */
function rateLines(codebook: Codebook, fixed: Fixed): string {
  const { codes } = codebook.codes(CURRENCY);
  const rates: string[] = [];
  for (const [from, fromCode] of codes.entries()) {
    for (const [to, toCode] of codes.entries()) {
      if (from === to || fromCode === '' || toCode === '') continue;
      const rate = fixed.rate(fromCode, toCode);
      if (rate !== undefined)
        rates.push(
          `RATES[${from + 1} * 256 + ${to + 1}] = ${numberText(rate.factor)}; // ${oneLine(`${fromCode} to ${toCode}`)}`,
        );
    }
  }
  return [`const RATES = new Float64Array(${(codes.length + 1) * 256}).fill(NaN);`, ...rates].join('\n');
}

/** Writes a node under its name and returns that. */
function nodeCode(m: Making, node: Node): string {
  switch (node.k) {
    case 'leaf':
      m.writer.comment(`${node.id === undefined ? '' : `${node.id}: `}${node.text.trim() || printExpr(node.expr)}`);
      return named(m, node, 'leaf', conditionCode(m, node.expr));
    case 'all':
    case 'any': {
      const parts = node.of.map((child) => ({ costly: isCostlyNode(m, child), write: () => nodeCode(m, child) }));
      return named(m, node, node.k, combine(m, node.k === 'all' ? '&' : '|', parts, `${node.id ?? node.k} holds`));
    }
    case 'not':
      return named(m, node, 'not', denied(m, nodeCode(m, node.of)));
    case 'atLeast':
      return atLeast(m, node);
    case 'clock':
      return clock(m, node);
    case 'points':
      return points(m, node);
  }
}

function named(m: Making, node: Node, kind: string, code: string): string {
  return m.writer.keep(`${node.id ?? kind} holds`, code);
}

function isCostlyNode(m: Making, node: Node): boolean {
  switch (node.k) {
    case 'leaf':
      return isCostly(m, node.expr);
    case 'clock':
      return false;
    case 'points':
      return node.items.some((item) => isCostlyNode(m, item.of));
    case 'not':
      return isCostlyNode(m, node.of);
    default:
      return node.of.some((child) => isCostlyNode(m, child));
  }
}

function atLeast(m: Making, node: Node & { k: 'atLeast' }): string {
  const n = numberText(node.n);
  const parts = node.of.map((child) => group(nodeCode(m, child)));
  const may = m.writer.keep('mayHold', parts.map((part) => `(${part} & 1)`).join(' + ') || '0');
  const surely = m.writer.keep('hold', parts.map((part) => `(${part} >> 1)`).join(' + ') || '0');
  return named(m, node, 'atLeast', `(${may} >= ${n}) | (${surely} >= ${n}) << 1`);
}

/** A clock compared with a duration is counted outside: a column of its own. */
function clock(m: Making, node: Node & { k: 'clock' }): string {
  const need = m.fixed.param(node.atLeast) as Duration | undefined;
  if (need === undefined) return UNKNOWN_BITS;
  const key = clockKey(node.clock, need);
  m.clocks.set(key, { k: 'clock', key, id: node.clock, need });
  m.writer.comment(`clock ${node.clock} has counted ${node.atLeast}`);
  return named(m, node, 'clock', storedBits(m.writer.load(key, 'i')));
}

/** The least and the most that the items can be worth; an item of unknown worth that may hold leaves it unknown. */
function points(m: Making, node: Node & { k: 'points' }): string {
  const { writer, fixed } = m;
  const need = fixed.param(node.atLeast) as number | undefined;
  const least: string[] = ['0'];
  const most: string[] = ['0'];
  const unknown: string[] = [];
  for (const item of node.items) {
    const bits = group(nodeCode(m, item.of));
    const worth = fixed.param(item.worth) as number | undefined;
    if (worth === undefined) unknown.push(`${bits} !== 0`);
    else {
      least.push(`${numberText(worth)} * (${bits} ${worth >= 0 ? '>> 1' : '& 1'})`);
      most.push(`${numberText(worth)} * (${bits} ${worth >= 0 ? '& 1' : '>> 1'})`);
    }
  }
  if (need === undefined) return bitsOf(undefined);
  const target = numberText(need);
  writer.comment(`points: at least ${node.atLeast}`);
  const low = writer.keep('least', least.join(' + '));
  const high = writer.keep('most', most.join(' + '));
  const reached = `(${high} >= ${target}) | (${low} >= ${target}) << 1`;
  const code = unknown.length === 0 ? reached : `${unknown.map((test) => `(${test})`).join(' | ')} ? 1 : ${reached}`;
  return named(m, node, 'points', code);
}
