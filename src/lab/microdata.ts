/**
 * A user's own persons: a CSV table and a mapping file that says which column is which fact. Every value is read by the fact's own
 * type; what does not fit is told with its line, and nothing is counted from a table that does not read.
 */
import type { Problem } from '../law/problems.ts';
import { ProblemsError } from '../law/problems.ts';
import { readValue } from '../law/values.ts';
import type { Document, Person, Situation } from '../person/types.ts';
import type { Day, Rec, Schema, Type, Value } from '../rules/ir.ts';
import { type Column, type People, PLACE_FACTS, type Probe } from './people.ts';
import { isMap, type LabText, Reading, show } from './reading.ts';
import { RowFacts } from './row-facts.ts';

type FactColumn = {
  readonly fact: string;
  readonly column: string;
  readonly type: Type;
  readonly values: ReadonlyMap<string, string> | undefined;
};

/** Which column of a table of one's own is which fact. */
export type Mapping = {
  readonly weight: string | undefined;
  readonly facts: readonly FactColumn[];
  /** Fields of the passport, each by its column. */
  readonly passport: readonly FactColumn[];
  /** The same answer for every row. */
  readonly all: ReadonlyMap<string, Value>;
};

/** Facts that a row of a table may give. Lists cannot stand in one cell, except empty ones (`all:`). */
export function readMapping(text: LabText, schema: Schema): Mapping {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['weight', 'facts', 'passport', 'all']);
  const column = (name: string, raw: unknown, path: readonly (string | number)[], type: Type): FactColumn => {
    if (typeof raw === 'string') return { fact: name, column: raw, type, values: undefined };
    const m = r.map(raw, path, `a column for "${name}"`);
    r.keys(m, path, ['column', 'values']);
    const values = m.values === undefined ? undefined : r.map(m.values, [...path, 'values'], 'values');
    return {
      fact: name,
      column: r.text(m.column, [...path, 'column'], 'column'),
      type,
      values: values && new Map(Object.entries(values).map(([k, v]) => [k, String(v)])),
    };
  };
  const facts: FactColumn[] = [];
  for (const [name, raw] of Object.entries(r.map(top.facts ?? {}, ['facts'], 'facts'))) {
    const def = schema.facts.get(name);
    if (!def || def.derivedFrom || def.type.t === 'records' || /^(passport|offer)\./.test(name)) {
      r.problem(
        ['facts', name],
        `the fact "${name}"`,
        'a fact of law/facts.yaml that is one value; the passport stands under `passport:`',
      );
      continue;
    }
    facts.push(column(name, raw, ['facts', name], def.type));
  }
  const fields = schema.records.get('documents');
  const passport: FactColumn[] = [];
  if (top.passport !== undefined)
    for (const [name, raw] of Object.entries(r.map(top.passport, ['passport'], 'passport'))) {
      const type = fields?.get(name);
      if (!type)
        r.problem(['passport', name], `the field "${name}"`, `one of: ${[...(fields?.keys() ?? [])].join(', ')}`);
      else passport.push(column(name, raw, ['passport', name], type));
    }
  const all = new Map<string, Value>();
  for (const [name, raw] of Object.entries(isMap(top.all) ? top.all : {})) {
    const def = schema.facts.get(name);
    if (!def || def.derivedFrom) {
      r.problem(['all', name], `the fact "${name}"`, 'a fact that a person file may give (law/facts.yaml)');
      continue;
    }
    const v = readValue(raw, def.type, schema);
    if (!v.ok) r.problem(['all', name], v.found, v.expected, v.mend);
    else if (v.value !== undefined) all.set(name, v.value);
  }
  if (top.all !== undefined && !isMap(top.all)) r.problem(['all'], show(top.all), 'a mapping of facts');
  r.done();
  return { weight: top.weight === undefined ? undefined : String(top.weight), facts, passport, all };
}

/** Rows of a CSV text (RFC 4180): commas, quotes doubled inside quotes, a header line. Each row with its line. */
export function readCsv(text: string): {
  readonly head: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
} {
  const rows: { line: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  const end = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: began, cells });
    cells = [];
    cell = '';
  };
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  for (let i = 0; i < source.length; i++) {
    const c = source[i] as string;
    if (quoted) {
      if (c === '"' && source[i + 1] === '"') {
        cell += '"';
        i++;
      } else if (c === '"') quoted = false;
      else {
        if (c === '\n') line++;
        cell += c;
      }
    } else if (c === '"' && cell === '') quoted = true;
    else if (c === ',') {
      cells.push(cell);
      cell = '';
    } else if (c === '\n') {
      end();
      line++;
      began = line;
    } else if (c !== '\r') cell += c;
  }
  if (cell !== '' || cells.length) end();
  const [head, ...rest] = rows;
  return { head: head?.cells ?? [], rows: rest };
}

/** Rows as CSV again, a header first; what is read back is the same cells. */
export function writeCsv(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `${cells.map((c) => (c === '' ? '""' : /[",\r\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')}\n`;
  return line(head) + rows.map(line).join('');
}

const MOST_PROBLEMS = 50;

/** Persons of a table. @throws ProblemsError naming the line and column of everything that does not fit. */
export function readMicrodata(file: string, text: string, mapping: Mapping, schema: Schema): TablePeople {
  const { head, rows } = readCsv(text);
  const problems: Problem[] = [];
  const tell = (line: number, column: number, found: string, expected: string, mend?: string): void => {
    if (problems.length < MOST_PROBLEMS)
      problems.push({
        file,
        line,
        column,
        code: 'microdata',
        found,
        expected,
        severity: 'error',
        ...(mend ? { mend } : {}),
      });
  };
  const at = (name: string): number => {
    const k = head.indexOf(name);
    if (k < 0)
      tell(
        1,
        1,
        `no column "${name}"`,
        `one of: ${head.join(', ') || '(no header)'}`,
        'correct the name in the mapping',
      );
    return k;
  };
  const weightAt = mapping.weight === undefined ? -1 : at(mapping.weight);
  const facts = mapping.facts.map((f) => ({ ...f, at: at(f.column) }));
  const passport = mapping.passport.map((f) => ({ ...f, at: at(f.column) }));
  if (rows.length === 0) tell(1, 1, 'no rows', 'a header line and at least one row');
  const weights = new Float64Array(rows.length).fill(1);
  const read = (f: FactColumn & { at: number }, row: { line: number; cells: readonly string[] }): Value | undefined => {
    const raw = row.cells[f.at] ?? '';
    if (raw === '' || f.at < 0) return undefined;
    const mapped = f.values ? f.values.get(raw) : raw;
    if (mapped === undefined) {
      tell(
        row.line,
        f.at + 1,
        `"${raw}" in the column "${f.column}"`,
        `one of the mapped values: ${[...(f.values?.keys() ?? [])].join(', ')}`,
      );
      return undefined;
    }
    const value: unknown =
      f.type.t === 'number' && /^-?\d+(\.\d+)?$/.test(mapped)
        ? Number(mapped)
        : f.type.t === 'codes'
          ? mapped.split(/[ ;|]+/)
          : f.type.t === 'boolean'
            ? // As Parquet and most programs write a yes or no.
              (({ true: true, false: false } as Record<string, boolean>)[mapped.toLowerCase()] ?? mapped)
            : mapped;
    const v = readValue(value, f.type, schema);
    if (!v.ok) tell(row.line, f.at + 1, `${v.found} in the column "${f.column}"`, v.expected, v.mend);
    return v.ok ? v.value : undefined;
  };
  const values: (Value | undefined)[][] = facts.map(() => []);
  const documents: (Document | undefined)[] = [];
  rows.forEach((row, i) => {
    if (row.cells.length !== head.length)
      tell(row.line, 1, `${row.cells.length} cells`, `${head.length}, as in the header`);
    if (weightAt >= 0) {
      const w = Number(row.cells[weightAt]);
      if (!(Number.isFinite(w) && w >= 0) || row.cells[weightAt] === '')
        tell(row.line, weightAt + 1, `the weight "${row.cells[weightAt] ?? ''}"`, 'a number of people, 0 or more');
      else weights[i] = w;
    }
    for (const [k, f] of facts.entries()) (values[k] as (Value | undefined)[]).push(read(f, row));
    if (passport.length) {
      const d = Object.fromEntries(
        passport.flatMap((f) => {
          const v = read(f, row);
          return v === undefined ? [] : [[f.fact, v]];
        }),
      ) as Document;
      documents.push(Object.keys(d).length ? d : undefined);
    }
  });
  if (problems.length) throw new ProblemsError(problems);
  return new TablePeople(
    rows.length,
    weights,
    facts.map((f, k) => ({ fact: f.fact, values: values[k] as (Value | undefined)[] })),
    passport.length ? documents : undefined,
    mapping.all,
  );
}

/** Persons of a table, each fact a column of its own. What the table does not say is unknown. */
export class TablePeople implements People {
  readonly n: number;
  readonly weights: Float64Array;
  readonly documentsMove: ReadonlySet<string> = new Set();
  readonly familyMoves = true;
  readonly visaColumns: ReadonlySet<string> = new Set();
  visasOf(): readonly never[] {
    return [];
  }
  agesOn(): undefined {
    return undefined;
  }
  readonly manyOffers: boolean;
  private readonly coded = new Map<string, Column & { readonly values: readonly (Value | undefined)[] }>();
  private readonly all: ReadonlyMap<string, Value>;

  constructor(
    n: number,
    weights: Float64Array,
    facts: readonly { readonly fact: string; readonly values: readonly (Value | undefined)[] }[],
    documents: readonly (Document | undefined)[] | undefined,
    all: ReadonlyMap<string, Value>,
  ) {
    this.n = n;
    this.weights = weights;
    this.all = all;
    this.manyOffers = ((all.get('offers') as readonly Rec[] | undefined)?.length ?? 0) > 1;
    const code = (name: string, values: readonly (Value | undefined)[]): void => {
      const table = new Map<string, number>();
      const distinct: (Value | undefined)[] = [];
      const codes = Int32Array.from(values, (v) => {
        const key = JSON.stringify(v) ?? '';
        let k = table.get(key);
        if (k === undefined) {
          k = table.size;
          table.set(key, k);
          distinct.push(v);
        }
        return k;
      });
      this.coded.set(name, { codes, size: Math.max(1, table.size), values: distinct });
    };
    for (const f of facts) code(f.fact, f.values);
    if (documents)
      code(
        'documents',
        documents.map((d) => (d ? ([d] as unknown as Value) : undefined)),
      );
  }

  columnsOf(fact: string): readonly string[] {
    return this.coded.has(fact) ? [fact] : [];
  }

  column(name: string): Column {
    const c = this.coded.get(name);
    if (!c) throw new RangeError(`There is no column "${name}" of persons.`);
    return c;
  }

  private value(fact: string, i: number): Value | undefined {
    const c = this.coded.get(fact);
    return c ? c.values[c.codes[i] as number] : this.all.get(fact);
  }

  placeOf(i: number): string | undefined {
    return this.value('now.country', i) as string | undefined;
  }

  situation(i: number, on: Day, probe?: Probe): Situation {
    const facts = new RowFacts(
      () => [...this.coded.keys(), ...this.all.keys()].filter((f) => !PLACE_FACTS.has(f)),
      (name) => (PLACE_FACTS.has(name) ? undefined : this.value(name, i)),
    );
    const documents = this.value('documents', i) as unknown as readonly Document[] | undefined;
    const place = probe ? probe.place : this.placeOf(i);
    const since = probe ? probe.since : (this.value('now.since', i) as Day | undefined);
    const under = probe ? probe.under : (this.value('now.status', i) as string | undefined);
    const holdings = probe ? probe.holdings : this.all.has('statuses') ? [] : undefined;
    const visits = probe || this.all.has('stays') ? [] : undefined;
    const person: Person = {
      name: `row ${i}`,
      facts,
      documents,
      offers: this.value('offers', i) as readonly Rec[] | undefined,
      visits,
      holdings,
      now: {
        ...(place === undefined ? {} : { country: place }),
        ...(since === undefined ? {} : { since }),
        ...(under === undefined ? {} : { status: under }),
      },
      members: new Map(),
    };
    return {
      person,
      on,
      place,
      since,
      under,
      visits,
      holdings,
      documents,
      pending: [],
      cash: facts.get('savings') as Situation['cash'],
      assumed: new Map(),
      refused: [],
    };
  }
}
