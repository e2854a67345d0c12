/** Conditions of the rule language outside the law: subgroups, and answers that follow from other answers. */

import type { LawBook } from '../law/book.ts';
import type { Param, Provision } from '../law/types.ts';
import { readValue, typeOfUnit } from '../law/values.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import { compile, namesIn, nearestName, parseCondition } from '../rules/index.ts';
import type { Context, Day, Schema, Tri, Type } from '../rules/ir.ts';
import type { Reading } from './reading.ts';

export type Condition = {
  readonly text: string;
  /** Facts named in it, the base facts behind derived ones included. */
  readonly facts: readonly string[];
  readonly holds: (book: LawBook, s: Situation, on: Day) => Tri;
};

/** Reads `params: {name: {unit, value}}`: numbers are named in a condition, here as in the law. */
export function readParams(
  r: Reading,
  raw: unknown,
  path: readonly (string | number)[],
  schema: Schema,
): Record<string, Param> {
  const out: Record<string, Param> = {};
  for (const [name, p] of Object.entries(r.map(raw ?? {}, path, 'params'))) {
    const m = r.map(p, [...path, name], 'a parameter');
    r.keys(m, [...path, name], ['unit', 'value']);
    const unit = r.text(m.unit, [...path, name, 'unit'], 'unit');
    const type: Type | undefined = typeOfUnit(unit, schema);
    if (!type) {
      r.problem([...path, name, 'unit'], `the unit "${unit}"`, 'a unit like years, months, EUR/month');
      continue;
    }
    const raw_ = type.t === 'money' && typeof m.value === 'number' ? `${m.value} ${unit.slice(0, 3)}` : m.value;
    const v = readValue(raw_, type, schema);
    if (!v.ok || v.value === undefined)
      r.problem([...path, name, 'value'], v.ok ? 'nothing' : v.found, v.ok ? 'a value' : v.expected);
    else out[name] = { unit, type, values: [{ from: -60000, value: v.value }] };
  }
  return out;
}

/** Parses one condition against the facts of the law. Problems are told at `path`. */
export function readCondition(
  r: Reading,
  text: string,
  path: readonly (string | number)[],
  schema: Schema,
  params: Readonly<Record<string, Param>>,
): Condition | undefined {
  const parsed = parseCondition(text, schema, {
    params: new Map(Object.entries(params).map(([k, p]) => [k, p.type])),
    codeLists: new Map(),
    monthEnd: undefined,
  });
  if (!parsed.ok) {
    for (const e of parsed.errors) r.problem(path, e.found, e.expected, e.mend);
    return undefined;
  }
  const test: (c: Context) => Tri = compile(parsed.expr);
  const provision = bare(params);
  return {
    text,
    facts: baseFactsOf(schema, namesIn(parsed.expr).facts),
    holds: (book, s, on) =>
      test(new View(book, provision, s, on, { document: s.documents?.length ? 0 : undefined, offer: undefined })),
  };
}

/** Facts that a person file gives behind the facts that rules name. */
export function baseFactsOf(schema: Schema, names: readonly string[]): string[] {
  const out = new Set<string>();
  const add = (name: string, depth: number): void => {
    if (name.startsWith('passport.')) out.add('documents');
    else if (name.startsWith('offer.')) out.add('offers');
    else {
      const from = schema.facts.get(name)?.derivedFrom;
      if (from && depth < 6) for (const f of from) add(f, depth + 1);
      else out.add(name);
    }
  };
  for (const n of names) add(n, 0);
  return [...out];
}

export function unknownName(schema: Schema, name: string): string | undefined {
  return nearestName(name, [...schema.facts.keys()]);
}

/** A provision without law, for conditions that are none. */
function bare(params: Readonly<Record<string, Param>>): Provision {
  return {
    id: 'lab/condition',
    kind: 'support',
    jurisdiction: 'lab',
    file: '',
    title: { en: '', ru: '' },
    inForce: { from: 0 },
    keyDate: 'presence',
    params,
    lists: {},
    all: [],
    bars: [],
    except: [],
    notes: [],
    sources: {},
    verified: { on: 0, against: [], confidence: 'official' },
    expires: 60000,
    cases: [],
  };
}
