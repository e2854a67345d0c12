/**
 * Evaluates rules in all the ways there are (closures, kernel with derived columns, kernel with its own calendar,
 * DuckDB) for the same persons and says where they part.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import {
  type ClockColumn,
  Codebook,
  type Columns,
  CURRENCY,
  type FactColumn,
  fillColumns,
  type Person,
  triCode,
} from '../../src/rules/columns.ts';
import { deriveColumns } from '../../src/rules/derive.ts';
import { isNode } from '../../src/rules/evaluate.ts';
import type { Fixed } from '../../src/rules/fixed.ts';
import { compile } from '../../src/rules/index.ts';
import type { Context, Expr, Node, Schema, Value } from '../../src/rules/ir.ts';
import { type Kernel, makeKernel } from '../../src/rules/kernel.ts';
import { type KernelFunction, loadKernel } from '../../src/rules/kernel-load.ts';
import { partsOf } from '../../src/rules/names.ts';
import { makeSql } from '../../src/rules/sql.ts';
import { loadColumns, openDuckDb } from './duckdb.ts';

/** A tree (or a single condition) with the values of its provision on one day. */
export type Rule = { readonly name: string; readonly tree: Node | Expr; readonly fixed: Fixed };

/** One person for whom two ways differ; the answers are 0 (no), 1 (yes), 2 (unknown). */
export type Parting = {
  readonly rule: string;
  /** The smallest part of the rule that they differ in, as JSON without places. */
  readonly part: string;
  readonly answers: { readonly [way: string]: number };
  readonly facts: { readonly [name: string]: Value | undefined };
};

export type Agreement = {
  readonly persons: number;
  readonly rules: number;
  /** How many answers were no, yes, unknown. */
  readonly answers: readonly [number, number, number];
  /** At most one for each rule. */
  readonly partings: readonly Parting[];
  /** Seconds spent in each way. */
  readonly seconds: { readonly [way: string]: number };
};

/** Conditions in one query to DuckDB: fewer queries read the table less often, more make them slow to plan. */
const PER_QUERY = 40;

/**
 * Compares all ways for every rule and person. The persons come in batches, so that 200,000 of them never exist at
 * once; batches of 10,000 to 20,000 are quickest.
 */
export async function agreeOnLaw(
  rules: readonly Rule[],
  schema: Schema,
  batches: Iterable<readonly Person[]>,
  threads = 2,
): Promise<Agreement> {
  const connection = await openDuckDb(threads);
  const ways = new Ways(rules, schema);
  const answers: [number, number, number] = [0, 0, 0];
  const parted = new Map<string, { rule: Rule; person: Person }>();
  let persons = 0;
  for (const people of batches) {
    persons += people.length;
    const byWay = await ways.run(connection, people);
    for (const [index, rule] of rules.entries()) {
      const [first, ...others] = Object.values(byWay).map((results) => results[index]!) as [
        Uint8Array,
        ...Uint8Array[],
      ];
      for (let i = 0; i < people.length; i++) {
        const answer = first[i]!;
        answers[answer as 0 | 1 | 2]++;
        if (parted.has(rule.name) || others.every((other) => other[i] === answer)) continue;
        parted.set(rule.name, { rule, person: people[i]! });
      }
    }
  }
  const partings: Parting[] = [];
  for (const { rule, person } of parted.values())
    partings.push(await smallestParting(connection, rule, schema, person));
  connection.closeSync();
  return { persons, rules: rules.length, answers, partings, seconds: ways.seconds };
}

type Results = { [way: string]: Uint8Array[] };

class Ways {
  readonly seconds: { [way: string]: number } = {};
  readonly rules: readonly Rule[];
  readonly schema: Schema;
  readonly codebook: Codebook;
  readonly closures: readonly ((context: Context) => boolean | undefined)[];
  readonly wanted: readonly (FactColumn | ClockColumn)[];
  #kernels: { readonly way: string; readonly made: readonly Kernel[]; readonly run: readonly KernelFunction[] }[] = [];
  #currencies = 0;

  constructor(rules: readonly Rule[], schema: Schema) {
    this.rules = rules;
    this.schema = schema;
    this.codebook = new Codebook(schema);
    this.closures = rules.map(({ tree }) => compile(tree));
    const wanted = new Map<string, FactColumn | ClockColumn>();
    for (const rule of rules) {
      const { columns } = makeSql(rule.tree, rule.fixed, { schema, currencies: [] });
      for (const column of columns) wanted.set(column.k === 'fact' ? column.name : column.key, column);
    }
    this.wanted = [...wanted.values()];
  }

  async run(connection: DuckDBConnection, people: readonly Person[]): Promise<Results> {
    const columns = this.#timed('filling columns', () => fillColumns(this.codebook, this.wanted, people));
    this.#makeKernels();
    const results: Results = { closures: this.#timed('closures', () => this.#byClosures(people)) };
    for (const { way, made, run } of this.#kernels) {
      results[way] = made.map((kernel, index) =>
        this.#byKernel(way, kernel, run[index]!, this.rules[index]!, columns, people.length),
      );
    }
    const start = performance.now();
    await loadColumns(connection, 'people', this.codebook, this.wanted, columns, people.length);
    const loaded = performance.now();
    results.DuckDB = await this.#byDuckDb(connection, people.length);
    this.#add('loading DuckDB', loaded - start);
    this.#add('DuckDB', performance.now() - loaded);
    return results;
  }

  /** Kernels hold the rates between the currencies known when they are made: new ones if there are new currencies. */
  #makeKernels(): void {
    const currencies = this.codebook.codes(CURRENCY).codes.length;
    if (currencies === this.#currencies) return;
    this.#currencies = currencies;
    this.#kernels = (['derived', 'inline'] as const).map((calendar) => {
      const made = this.rules.map((rule) => makeKernel(rule.tree, rule.fixed, this.codebook, { calendar }));
      return { way: `kernel, calendar ${calendar}`, made, run: made.map(loadKernel) };
    });
    this.#currencies = this.codebook.codes(CURRENCY).codes.length;
  }

  #byClosures(people: readonly Person[]): Uint8Array[] {
    return this.rules.map(({ fixed }, index) => {
      const closure = this.closures[index]!;
      const out = new Uint8Array(people.length);
      let person = people[0]!;
      const context: Context = {
        ...fixed,
        param: (name) => fixed.param(name),
        codeList: (name) => fixed.codeList(name),
        rate: (from, to) => fixed.rate(from, to),
        fact: (name) => person.fact(name),
        clock: (id, need) => ({ reached: person.clock?.(id, need).reached, missing: [] }),
      };
      for (let i = 0; i < people.length; i++) {
        person = people[i]!;
        out[i] = triCode(closure(context));
      }
      return out;
    });
  }

  #byKernel(way: string, kernel: Kernel, run: KernelFunction, rule: Rule, columns: Columns, count: number): Uint8Array {
    // Derived columns hold for the rule's own day: they are not shared.
    const all = { ...columns };
    this.#timed('deriving columns', () => deriveColumns(this.codebook, kernel.derived, all, rule.fixed));
    const out = new Uint8Array(count);
    this.#timed(way, () => run(all, 0, count, out));
    return out;
  }

  async #byDuckDb(connection: DuckDBConnection, count: number): Promise<Uint8Array[]> {
    const currencies = this.codebook.codes(CURRENCY).codes.slice(1);
    const out = this.rules.map(() => new Uint8Array(count));
    for (let start = 0; start < this.rules.length; start += PER_QUERY) {
      const some = this.rules.slice(start, start + PER_QUERY);
      const texts = some.map((rule) => makeSql(rule.tree, rule.fixed, { schema: this.schema, currencies }).text);
      const list = texts.map((text) => `coalesce((${text})::UTINYINT, 2)::UTINYINT`).join(',\n');
      const result = await connection.run(`SELECT row, ${list} FROM people`);
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        const rows = itemsOf(chunk.getColumnVector(0));
        for (const [index] of some.entries()) {
          const items = itemsOf(chunk.getColumnVector(index + 1));
          const into = out[start + index]!;
          for (let i = 0; i < items.length; i++) into[rows[i]!] = items[i]!;
        }
      }
    }
    return out;
  }

  #timed<T>(way: string, work: () => T): T {
    const start = performance.now();
    const result = work();
    this.#add(way, performance.now() - start);
    return result;
  }

  #add(way: string, milliseconds: number): void {
    this.seconds[way] = (this.seconds[way] ?? 0) + milliseconds / 1000;
  }
}

/** The numbers of a vector as they lie in memory. */
function itemsOf(vector: unknown): Uint8Array | Int32Array {
  return (vector as { readonly items: Uint8Array | Int32Array }).items;
}

/** Evaluates every part of a rule for the one person and keeps the shortest text of those that still differ. */
async function smallestParting(
  connection: DuckDBConnection,
  rule: Rule,
  schema: Schema,
  person: Person,
): Promise<Parting> {
  const parts = partsOfTree(rule.tree).map((tree, index): Rule => ({ name: `${index}`, tree, fixed: rule.fixed }));
  const ways = new Ways(parts, schema);
  const byWay = await ways.run(connection, [person]);
  const differing = parts.flatMap((part, index) => {
    const answers = Object.fromEntries(Object.entries(byWay).map(([way, results]) => [way, results[index]![0]!]));
    return new Set(Object.values(answers)).size === 1 ? [] : [{ text: plainJson(part.tree), answers }];
  });
  const [smallest] = differing.sort((a, b) => a.text.length - b.text.length);
  const facts = Object.fromEntries(
    ways.wanted.flatMap((column) => (column.k === 'fact' ? [[column.name, person.fact(column.name)] as const] : [])),
  );
  return { rule: rule.name, part: smallest?.text ?? plainJson(rule.tree), answers: smallest?.answers ?? {}, facts };
}

function plainJson(tree: Node | Expr): string {
  return JSON.stringify(tree, (key, value) =>
    ['at', 'text', 'says', 'source', 'order'].includes(key) ? undefined : value,
  );
}

/** A tree and all conditions in it that stand outside quantifiers and filters. */
function partsOfTree(tree: Node | Expr): (Node | Expr)[] {
  if (!isNode(tree)) return conditionsIn(tree);
  switch (tree.k) {
    case 'leaf':
      return [tree, ...conditionsIn(tree.expr)];
    case 'clock':
      return [tree];
    case 'points':
      return [tree, ...tree.items.flatMap((item) => partsOfTree(item.of))];
    case 'not':
      return [tree, ...partsOfTree(tree.of)];
    default:
      return [tree, ...tree.of.flatMap(partsOfTree)];
  }
}

function conditionsIn(expr: Expr): Expr[] {
  const here = expr.ty.t === 'boolean' ? [expr] : [];
  if (expr.k === 'some' || expr.k === 'every' || expr.k === 'count' || expr.k === 'sum') return here;
  return [
    ...here,
    ...partsOf(expr).flatMap((part) => ('ty' in part && part.ty.t !== 'codes' ? conditionsIn(part as Expr) : [])),
  ];
}
