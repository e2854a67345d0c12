/** The playground of the rule language: a condition, the facts and the numbers it reads, as texts; the answer with its reasons. */
import { formatDay, parseDay } from '../../calendar/civil.ts';
import { readValue, typeOfUnit } from '../../law/values.ts';
import { readYaml } from '../../law/yaml.ts';
import {
  type Explanation,
  explain,
  nearestName,
  parseCondition,
  type Reason,
  renderRuleError,
  smallestChange,
} from '../../rules/index.ts';
import type { Context, Day, Duration, Locals, Money, MonthEnd, Schema, Tri, Type, Value } from '../../rules/ir.ts';

/** What a person typed. */
export type Asked = {
  readonly condition: string;
  /** YAML, as `given:` of a case: `offer.salaryYear: 52000 EUR`. */
  readonly facts: string;
  /** YAML, a parameter a line: `salaryMin: {unit: EUR/year, value: 48300}`. */
  readonly params: string;
  readonly on: string;
  readonly monthEnd: MonthEnd | undefined;
};

/** The closed world of the law: its facts and codes, and which countries an area has on a day. */
export type World = {
  readonly schema: Schema;
  readonly members: (area: string, on: Day) => readonly string[] | undefined;
};

/** One line of the reasons, deeper ones further in. */
export type Line = { readonly depth: number; readonly text: string; readonly outcome: Tri; readonly values: string };

export type Answered =
  | { readonly ok: false; readonly where: 'condition' | 'facts' | 'params' | 'on'; readonly problem: string }
  | {
      readonly ok: true;
      readonly outcome: Tri;
      readonly lines: readonly Line[];
      readonly stillNeeded: readonly string[];
      readonly lacks: readonly string[];
      /** Facts to change together so that the answer is yes; empty where none of the facts can do it. */
      readonly nearest: readonly string[];
      readonly exact: boolean;
    };

/** Answers, or says what is wrong with which of the texts. Never throws for any text. */
export function answer(world: World, asked: Asked): Answered {
  const { schema } = world;
  const no = (where: 'condition' | 'facts' | 'params' | 'on', problem: string): Answered => ({
    ok: false,
    where,
    problem,
  });
  const on = parseDay(asked.on);
  if (on === undefined) return no('on', `"${asked.on}" is no day. Expected: year-month-day, like 2026-12-01.`);
  const params = readParams(asked.params, schema);
  if (typeof params === 'string') return no('params', params);
  const facts = readFacts(asked.facts, schema);
  if (typeof facts === 'string') return no('facts', facts);
  const locals: Locals = {
    params: new Map([...params].map(([name, p]) => [name, p.type])),
    codeLists: new Map(),
    monthEnd: asked.monthEnd,
  };
  const parsed = parseCondition(asked.condition, schema, locals);
  if (!parsed.ok) return no('condition', parsed.errors.map((e) => renderRuleError(asked.condition, e)).join('\n\n'));
  const context: Context = {
    on,
    fact: (name) => facts.get(name),
    param: (name) => params.get(name)?.value,
    codeList: (name) => (name.startsWith('area.') ? world.members(name.slice(5), on) : undefined),
    rate: () => undefined,
    clock: () => ({ reached: undefined, missing: [] }),
    monthEnd: asked.monthEnd,
  };
  const said: Explanation = explain(parsed.expr, context);
  const show = (text: string, v: Value | undefined) => shown(v, typeOfText(text, schema, locals));
  const lines: Line[] = [];
  const walk = (r: Reason, depth: number): void => {
    const values = r.what.sides
      .map((side, i) => `${side} is ${show(side, r.values[i])}`)
      .filter((t, i) => t !== `${r.what.sides[i]} is ${r.what.sides[i]}`)
      .join('; ');
    lines.push({ depth, text: r.what.text, outcome: r.outcome, values });
    for (const part of r.of) walk(part, depth + 1);
  };
  walk(said.reason, 0);
  const change = said.outcome === true ? { found: [], exact: true } : smallestChange(parsed.expr, context, schema);
  return {
    ok: true,
    outcome: said.outcome,
    lines,
    stillNeeded: said.stillNeeded,
    lacks: said.lacks.map((l) =>
      l.what === 'rate' ? `a rate of exchange (${l.name}): the playground has none` : l.name,
    ),
    nearest: (change.found[0]?.change ?? []).map(
      (s) =>
        `${s.fact}: ${shown(s.from, schema.facts.get(s.fact)?.type)} → ${shown(s.to, schema.facts.get(s.fact)?.type)}`,
    ),
    exact: change.exact,
  };
}

function mapping(name: string, text: string): Readonly<Record<string, unknown>> | string {
  const read = readYaml(name, text.trim() === '' ? '{}' : text);
  const problem = read.problems[0];
  if (problem) return `line ${problem.line}: ${problem.found}; expected: ${problem.expected}`;
  const v = read.value;
  if (typeof v !== 'object' || v === null || Array.isArray(v))
    return 'Expected: a name, a colon and a value on each line.';
  return v as Readonly<Record<string, unknown>>;
}

function readFacts(text: string, schema: Schema): ReadonlyMap<string, Value> | string {
  const raw = mapping('facts', text);
  if (typeof raw === 'string') return raw;
  const out = new Map<string, Value>();
  for (const [name, value] of Object.entries(raw)) {
    const def = schema.facts.get(name);
    if (!def) {
      const near = nearestName(name, schema.facts.keys());
      return `There is no fact "${name}".${near ? ` Did you mean ${near}?` : ''}`;
    }
    const r = readValue(value, def.type, schema);
    if (!r.ok) return `${name}: found ${r.found}, expected ${r.expected}.${r.mend ? ` ${r.mend}.` : ''}`;
    if (r.value !== undefined) out.set(name, r.value);
  }
  return out;
}

type Param = { readonly type: Type; readonly value: Value | undefined };

function readParams(text: string, schema: Schema): ReadonlyMap<string, Param> | string {
  const raw = mapping('params', text);
  if (typeof raw === 'string') return raw;
  const out = new Map<string, Param>();
  for (const [name, given] of Object.entries(raw)) {
    const { unit, value: written } = (given ?? {}) as { readonly unit?: unknown; readonly value?: unknown };
    const type = typeof unit === 'string' ? typeOfUnit(unit, schema) : undefined;
    if (!type)
      return `${name}: expected a unit and a value, like {unit: EUR/year, value: 48300}, {unit: months, value: 6} or {unit: duration, value: P6M}.`;
    const value = type.t === 'money' ? `${String(written)} ${String(unit).slice(0, 3)}` : written;
    const r = readValue(value, type, schema);
    if (!r.ok) return `${name}: found ${r.found}, expected ${r.expected}.`;
    out.set(name, { type, value: r.value });
  }
  return out;
}

/** The type of a side of a comparison; undefined where it hangs on an item of a list. */
function typeOfText(text: string, schema: Schema, locals: Locals): Type | undefined {
  const r = parseCondition(`(${text}) = (${text})`, schema, locals);
  return r.ok && r.expr.k === 'cmp' ? r.expr.left.ty : undefined;
}

function shown(v: Value | undefined, type: Type | undefined): string {
  if (v === undefined) return 'unknown';
  if (typeof v === 'boolean') return v ? 'yes' : 'no';
  if (typeof v === 'number') return type?.t === 'date' ? formatDay(v) : String(v);
  if (typeof v === 'string') return v;
  if (Array.isArray(v)) return v.every((x) => typeof x === 'string') ? `(${v.join(', ')})` : `${v.length} in the list`;
  if ('currency' in v) return `${(v as Money).amount} ${(v as Money).currency}`;
  const d = v as Duration;
  return `P${d.months ? `${d.months}M` : ''}${d.days || !d.months ? `${d.days}D` : ''}`;
}
