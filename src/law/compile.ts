/**
 * One provision file to a `Provision`: dates to days, parameters to typed values, conditions to the rules' intermediate
 * form. Every problem is collected with its place; a provision with any error is not returned at all.
 */
import { parseDay } from '../calendar/civil.ts';
import { parseCondition } from '../rules/index.ts';
import type { Day, Locals, Schema, Text, Type, Value } from '../rules/ir.ts';
import { type ClauseReader, compileClauses, isWeighed } from './clauses.ts';
import { provisionParts } from './parts.ts';
import type { Problem } from './problems.ts';
import type { CaseRow, CodeList, DatedValue, Param, Provision, Said, Source } from './types.ts';
import { readBoolean, readMoney, readValue, typeOfUnit } from './values.ts';
import type { Path, YamlFile } from './yaml.ts';

export type Raw = Record<string, unknown>;

/** What the readers of the parts share: the file, where to report, how to read days, texts and sources. */
export type Reader = {
  readonly file: YamlFile;
  readonly schema: Schema;
  problem(
    path: Path,
    code: string,
    found: string,
    expected: string,
    mend?: string,
    severity?: 'error' | 'warning',
  ): void;
  day(raw: unknown, path: Path): Day | undefined;
  sources(raw: unknown, path: Path): readonly string[] | undefined;
  said(raw: unknown, path: Path): Said | undefined;
  /** Notes that a parameter is used by name, and says so if it does not exist. */
  param(raw: unknown, path: Path): string | undefined;
  clauses: ClauseReader;
};

/** Compiles one schema-valid provision. `undefined` where it has errors; they are in `problems`. */
export function compileProvision(file: YamlFile, schema: Schema, problems: Problem[]): Provision | undefined {
  const raw = file.value as Raw;
  const before = problems.filter((p) => p.severity === 'error').length;
  const problem: Reader['problem'] = (path, code, found, expected, mend, severity = 'error') => {
    problems.push({ file: file.file, ...file.at(path), code, found, expected, severity, ...(mend ? { mend } : {}) });
  };
  const day: Reader['day'] = (r, path) => {
    if (r === undefined) return undefined;
    const d = typeof r === 'string' ? parseDay(r) : undefined;
    if (d === undefined) problem(path, 'date', `"${String(r)}"`, 'a date that exists, like 2026-03-01');
    return d;
  };
  const sourcesRaw = (raw.sources ?? {}) as Record<string, Raw>;
  const sources: Reader['sources'] = (r, path) => {
    if (r === undefined) return undefined;
    const ids = Array.isArray(r) ? (r as string[]) : [String(r)];
    for (const id of ids) {
      if (!(id in sourcesRaw)) {
        problem(
          path,
          'source-missing',
          `the source "${id}"`,
          `one of the file's sources: ${Object.keys(sourcesRaw).join(', ')}`,
          'add it under `sources:` or correct the name',
        );
      }
    }
    return ids;
  };
  const said: Reader['said'] = (r, path) => {
    if (r === undefined || r === null) return undefined;
    const o = r as Raw;
    const s = sources(o.source, [...path, 'source']);
    const from = day(o.from, [...path, 'from']);
    const to = day(o.to, [...path, 'to']);
    return {
      says: o.says as Text,
      ...(s ? { source: s } : {}),
      ...(from !== undefined ? { from } : {}),
      ...(to !== undefined ? { to } : {}),
    };
  };

  const id = String(raw.id);
  const wanted = file.file.replace(/^.*?law\//, '').replace(/\.ya?ml$/, '');
  if (id !== wanted)
    problem(
      ['id'],
      'id-path',
      `the id "${id}"`,
      `the same as the file's place: "${wanted}"`,
      'rename the file or the id',
    );

  const params = readParams(raw, schema, { problem, day, sources });
  const lists = readLists(raw, schema, { problem, day, sources });
  const used = new Set<string>();
  const param: Reader['param'] = (r, path) => {
    if (r === undefined) return undefined;
    const name = String(r);
    used.add(name);
    if (!(name in params))
      problem(
        path,
        'param-missing',
        `the parameter "${name}"`,
        `one of: ${Object.keys(params).join(', ') || '(none declared)'}`,
        'declare it under `params:` with unit, value and source',
      );
    return name;
  };
  const monthEndRaw = raw.monthEnd as { clamp?: string; roll?: string } | undefined;
  const monthEnd = monthEndRaw
    ? {
        policy: monthEndRaw.clamp ? ('clamp' as const) : ('roll' as const),
        source: String(monthEndRaw.clamp ?? monthEndRaw.roll),
      }
    : undefined;
  if (monthEnd && monthEnd.source !== 'unstated') sources(monthEnd.source, ['monthEnd']);

  const locals: Locals = {
    params: new Map(Object.entries(params).map(([n, p]) => [n, p.type])),
    codeLists: new Map(Object.entries(lists).map(([n, l]) => [n, l.of])),
    monthEnd: monthEnd?.policy,
  };
  const ids = new Map<string, Path>();
  const clauses: ClauseReader = compileClauses({
    problem,
    day,
    sources,
    param,
    paramType: (n) => params[n]?.type,
    parse: (text, path) => {
      const r = parseCondition(text, schema, locals);
      if (r.ok) {
        forEachParam(r.expr, (n) => used.add(n));
        return r.expr;
      }
      for (const e of r.errors) {
        const at = file.at(path);
        problems.push({
          file: file.file,
          line: at.line,
          column: at.column + e.at[0],
          code: `condition-${e.code}`,
          found: `${e.found} in the condition: ${text}`,
          expected: e.expected,
          severity: 'error',
          ...(e.mend ? { mend: e.mend } : {}),
        });
      }
      return undefined;
    },
    seen: (clauseId, path) => {
      if (ids.has(clauseId))
        problem(
          path,
          'id-twice',
          `the id "${clauseId}" a second time`,
          'an id only once in a provision',
          'give it another id: explanations and cases name it',
        );
      ids.set(clauseId, path);
    },
  });

  const reader: Reader = { file, schema, problem, day, sources, said, param, clauses };
  const inForceRaw = raw.inForce as { from: string; to?: string; earlier?: unknown };
  const from = day(inForceRaw.from, ['inForce', 'from']);
  const to = day(inForceRaw.to, ['inForce', 'to']);
  if (from !== undefined && to !== undefined && to < from)
    problem(
      ['inForce', 'to'],
      'dates-order',
      `in force to ${inForceRaw.to}, before it began (${inForceRaw.from})`,
      'an end on or after the beginning',
    );
  const earlier = inForceRaw.earlier === 'unknown' ? ('unknown' as const) : readBoolean(inForceRaw.earlier);
  const verifiedRaw = raw.verified as { on: string; against: unknown; confidence: Provision['verified']['confidence'] };
  const verifiedOn = day(verifiedRaw.on, ['verified', 'on']);
  const against = sources(verifiedRaw.against, ['verified', 'against']) ?? [];
  const expires = day(raw.expires, ['expires']);
  if (verifiedRaw.confidence === 'official' && against.length && !against.some((s) => isOfficial(sourcesRaw[s]))) {
    problem(
      ['verified', 'confidence'],
      'confidence',
      '"official", verified against a source that is not official',
      'a source with `official: true` (or `text: official`), or confidence: secondary',
    );
  }
  if (verifiedOn !== undefined && expires !== undefined && expires <= verifiedOn)
    problem(
      ['expires'],
      'expires',
      `expires ${String(raw.expires)}, on or before it was verified (${verifiedRaw.on})`,
      'a later day',
    );

  const all = clauses.list(raw.all, ['all']);
  const bars = clauses.list(raw.bars, ['bars']);
  const except = clauses.list(raw.except, ['except']);
  const notes = ((raw.notes as unknown[]) ?? []).flatMap((n, i) => said(n, ['notes', i]) ?? []);
  const parts = provisionParts(raw, reader);
  const cases = readCases(raw, reader);
  for (const [name] of Object.entries(params)) {
    if (!used.has(name))
      problem(
        ['params', name],
        'param-unused',
        `the parameter "${name}", used nowhere`,
        'every parameter used by a condition, a count or a term',
        'use it, or say it in a note',
        'warning',
      );
  }
  const sourceList: Record<string, Source> = {};
  for (const [sid, s] of Object.entries(sourcesRaw)) {
    const read = day(s.read, ['sources', sid, 'read']);
    if (typeof s.date === 'string' && s.date.length === 10) day(s.date, ['sources', sid, 'date']);
    void read;
    sourceList[sid] = {
      url: String(s.url),
      publisher: String(s.publisher),
      ...(s.title ? { title: String(s.title) } : {}),
      ...(s.date ? { date: String(s.date) } : {}),
      read: String(s.read),
      official: readBoolean(s.official) === true,
      ...(s.text === 'official' ? { text: 'official' as const } : {}),
      ...(s.lang ? { lang: String(s.lang) } : {}),
      ...(s.quote ? { quote: String(s.quote) } : {}),
    };
  }
  if (
    problems.filter((p) => p.severity === 'error').length > before ||
    from === undefined ||
    verifiedOn === undefined ||
    expires === undefined
  )
    return undefined;
  return {
    id,
    kind: raw.kind as Provision['kind'],
    jurisdiction: id.split('/')[0] as string,
    file: file.file,
    title: raw.title as Provision['title'],
    inForce: { from, ...(to !== undefined ? { to } : {}), ...(earlier !== undefined ? { earlier } : {}) },
    keyDate: raw.keyDate as Provision['keyDate'],
    params,
    lists,
    ...(monthEnd ? { monthEnd } : {}),
    all,
    bars,
    except,
    notes,
    sources: sourceList,
    verified: { on: verifiedOn, against, confidence: verifiedRaw.confidence },
    expires,
    cases,
    ...parts,
    // Who must be convinced can say no: such a right is planned with a way out, like a discretion, and told as what it is.
    ...(parts.decision === 'right' && all.some(isWeighed)
      ? { decision: 'discretion' as const, weighs: true as const }
      : {}),
  };
}

const isOfficial = (s: Raw | undefined): boolean => !!s && (readBoolean(s.official) === true || s.text === 'official');

type Some = Pick<Reader, 'problem' | 'day' | 'sources'>;

function readParams(raw: Raw, schema: Schema, r: Some): Record<string, Param> {
  const out: Record<string, Param> = {};
  for (const [name, p] of Object.entries((raw.params ?? {}) as Record<string, Raw>)) {
    const path: Path = ['params', name];
    const unit = String(p.unit);
    const type = typeOfUnit(unit, schema);
    if (schema.facts.has(name))
      r.problem(
        path,
        'param-shadows',
        `the parameter "${name}", which is also a fact`,
        'a name of its own',
        `call it ${name}Min or the like`,
      );
    if (!type) {
      r.problem(
        [...path, 'unit'],
        'unit',
        `the unit "${unit}"`,
        'CUR/year|month|once, years, months, days, hours, count, points, percent, people, duration, date, boolean, or a code set',
      );
      continue;
    }
    const range = p.range as { min: number; max: number } | undefined;
    if (!range && (type.t === 'number' || type.t === 'money'))
      r.problem(
        path,
        'range-missing',
        `the parameter "${name}" without a range`,
        'range: {min: …, max: …}: what would be plausible',
        'it catches misplaced points and lost digits',
      );
    const values: DatedValue<Value>[] = [];
    for (const [from, v] of Object.entries(p.values as Record<string, Raw>)) {
      const at: Path = [...path, 'values', from];
      const d = r.day(from, at);
      const source = r.sources(v.source, [...at, 'source']);
      if (v.value !== null && !source)
        r.problem(
          at,
          'source-missing',
          `a value of "${name}" without a source`,
          'source: the id of the source that states it',
          'a number without a source does not load',
        );
      const value = readParamValue(v.value, type, unit, schema);
      if (!value.ok) {
        r.problem([...at, 'value'], 'value', value.found, value.expected, value.mend);
        continue;
      }
      const n = magnitude(value.value);
      if (range && n !== undefined && (n < range.min || n > range.max))
        r.problem(
          [...at, 'value'],
          'out-of-range',
          `${n}`,
          `between ${range.min} and ${range.max} (the parameter's range)`,
          'check the digits against the source, or widen the range if it is right',
        );
      if (d !== undefined)
        values.push({
          from: d,
          value: value.value ?? null,
          ...(source ? { source: source[0] as string } : {}),
          ...(readBoolean(v.expected) ? { expected: true } : {}),
          ...(readBoolean(v.awaited) ? { awaited: true as const } : {}),
        });
    }
    values.sort((a, b) => a.from - b.from);
    checkAwaited(values, [...path, 'values'], name, r);
    for (let i = 1; i < values.length; i++) {
      const [a, b] = [magnitude(values[i - 1]?.value ?? undefined), magnitude(values[i]?.value ?? undefined)];
      if (a && b && (b / a > 3 || a / b > 3))
        r.problem(
          [...path, 'values'],
          'jump',
          `"${name}" jumps from ${a} to ${b}`,
          'a change by less than three times',
          'check both values against their sources',
          'warning',
        );
    }
    out[name] = { unit, type, values, ...(p.label ? { label: p.label as Text } : {}), ...(range ? { range } : {}) };
  }
  return out;
}

/** A figure that is not out yet is none, and comes after one that is known: else there is nothing to reckon with until then. */
function checkAwaited<T>(values: readonly DatedValue<T>[], path: Path, name: string, r: Some): void {
  values.forEach((v, i) => {
    if (v.awaited && (v.value !== null || !values.slice(0, i).some((x) => x.value !== null)))
      r.problem(
        path,
        'awaited',
        `\`awaited\` of "${name}" ${v.value === null ? 'without an earlier value' : 'beside a value'}`,
        '`value: null, awaited: yes` after a value that is known: the figure of that time is not out yet',
        'leave `awaited` out where the value changed and nobody here knows it',
      );
  });
}

/** A money parameter is written as a bare number, since its unit names the currency. */
function readParamValue(raw: unknown, type: Type, unit: string, schema: Schema) {
  if (type.t === 'money' && raw !== null) {
    const currency = unit.slice(0, 3);
    const m = typeof raw === 'number' && Number.isFinite(raw) ? { amount: raw, currency } : readMoney(raw);
    if (m && m.currency === currency) return { ok: true as const, value: m as Value };
    return { ok: false as const, found: String(raw), expected: `a number of ${currency}`, mend: undefined };
  }
  return readValue(raw, type, schema);
}

function magnitude(v: Value | undefined): number | undefined {
  if (typeof v === 'number') return v;
  if (typeof v === 'object' && v !== null && 'amount' in v) return (v as { amount: number }).amount;
  return undefined;
}

function readLists(raw: Raw, schema: Schema, r: Some): Record<string, CodeList> {
  const out: Record<string, CodeList> = {};
  for (const [name, l] of Object.entries((raw.lists ?? {}) as Record<string, Raw>)) {
    const of = String(l.of);
    if (!schema.sets.has(of))
      r.problem(['lists', name, 'of'], 'list-set', `the set "${of}"`, `one of: ${[...schema.sets.keys()].join(', ')}`);
    const values: DatedValue<readonly string[]>[] = [];
    for (const [from, v] of Object.entries(l.values as Record<string, Raw>)) {
      const at: Path = ['lists', name, 'values', from];
      const d = r.day(from, at);
      const source = r.sources(v.source, [...at, 'source']);
      if (v.codes !== null && !source)
        r.problem(
          at,
          'source-missing',
          `a list "${name}" without a source`,
          'source: the id of the source that states it',
        );
      const codes = v.codes === null ? null : readValue(v.codes, { t: 'codes', set: of }, schema);
      if (codes && !codes.ok) r.problem([...at, 'codes', ...(codes.path ?? [])], 'code', codes.found, codes.expected);
      else if (d !== undefined)
        values.push({
          from: d,
          value: codes ? ((codes.value as readonly string[]) ?? null) : null,
          ...(source ? { source: source[0] as string } : {}),
          ...(readBoolean(v.awaited) ? { awaited: true as const } : {}),
        });
    }
    values.sort((a, b) => a.from - b.from);
    checkAwaited(values, ['lists', name, 'values'], name, r);
    out[name] = { of, values };
  }
  return out;
}

function readCases(raw: Raw, r: Reader): CaseRow[] {
  const base = (raw.base ?? {}) as Raw;
  return ((raw.cases as Raw[]) ?? []).flatMap((c, i) => {
    const path: Path = ['cases', i];
    const on = r.day(c.on, [...path, 'on']);
    const given = { ...base, ...((c.given as Raw) ?? {}) };
    for (const name of Object.keys(given)) {
      if (!r.schema.facts.has(name))
        r.problem(
          name in base ? ['base', name] : [...path, 'given', name],
          'fact-missing',
          `the fact "${name}"`,
          'a fact declared in facts.yaml',
        );
    }
    if (on === undefined) return [];
    const row: Record<string, unknown> = {
      name: String(c.name),
      on,
      given,
      expect: c.expect,
      line: r.file.at(path).line,
    };
    const ends = r.day(c.ends, [...path, 'ends']);
    if (ends !== undefined) row.ends = ends;
    const refused = r.day(c.refused, [...path, 'refused']);
    if (refused !== undefined) row.refused = refused;
    for (const k of ['missing', 'because', 'stays', 'statuses', 'clock', 'need', 'overstayDays'])
      if (c[k] !== undefined) row[k] = c[k];
    return [row as unknown as CaseRow];
  });
}

function forEachParam(e: unknown, f: (name: string) => void): void {
  if (typeof e !== 'object' || e === null) return;
  if (Array.isArray(e)) for (const x of e) forEachParam(x, f);
  else {
    const o = e as { k?: string; name?: string };
    if ((o.k === 'param' || o.k === 'codeList') && o.name) f(o.name);
    for (const v of Object.values(o)) if (typeof v === 'object') forEachParam(v, f);
  }
}
