/**
 * Patches: dated changes to the law, as data. A scenario of the lab, an announced bill and a correction are all patches.
 * Applying one makes a new book; the old one is untouched. Whatever a patch names must exist: nothing is half applied.
 */
import { parseDay } from '../calendar/civil.ts';
import type { Day, Expr, Text, Value } from '../rules/ir.ts';
import type { LawBook } from './book.ts';
import { type Problem, ProblemsError } from './problems.ts';
import type { Clause, DatedValue, Param, Provision } from './types.ts';
import { readMoney, readValue } from './values.ts';
import { type Path, readYaml } from './yaml.ts';

export type PatchChange =
  | { readonly op: 'close'; readonly provision: string; readonly from: Day }
  | { readonly op: 'open'; readonly provision: string; readonly from: Day }
  | { readonly op: 'suspend'; readonly provision: string; readonly from: Day; readonly to: Day }
  | { readonly op: 'drop'; readonly provision: string; readonly clause: string; readonly from: Day }
  | {
      readonly op: 'set';
      readonly provision: string;
      readonly param: string;
      readonly from: Day;
      readonly value: Value;
    };

export type Patch = { readonly title: Text; readonly why: Text; readonly changes: readonly PatchChange[] };

type Raw = Record<string, unknown>;
const OPS = ['close', 'open', 'suspend', 'drop', 'set'] as const;

/**
 * Reads a patch file against the book it is meant for.
 * @throws ProblemsError with every place that does not fit: an unknown provision, parameter or clause, a wrong value.
 */
export function readPatch(file: string, text: string, book: LawBook): Patch {
  const yaml = readYaml(file, text);
  const problems: Problem[] = [...yaml.problems];
  const problem = (path: Path, found: string, expected: string, mend?: string): undefined => {
    problems.push({
      file,
      ...yaml.at(path),
      code: 'patch',
      found,
      expected,
      severity: 'error',
      ...(mend ? { mend } : {}),
    });
    return undefined;
  };
  const raw = (yaml.value ?? {}) as Raw;
  for (const key of Object.keys(raw)) {
    if (!['title', 'why', 'changes'].includes(key)) problem([key], `the key "${key}"`, 'title, why and changes');
  }
  const isText = (t: unknown): t is Text =>
    typeof t === 'object' && t !== null && typeof (t as Raw).en === 'string' && typeof (t as Raw).ru === 'string';
  if (yaml.value !== undefined && !isText(raw.title)) problem(['title'], 'no title', 'title: {en: …, ru: …}');
  if (yaml.value !== undefined && !isText(raw.why))
    problem(['why'], 'no reason', 'why: {en: …, ru: …}: who did or proposed this, and when');
  const rows = Array.isArray(raw.changes) ? (raw.changes as Raw[]) : [];
  if (yaml.value !== undefined && rows.length === 0) problem(['changes'], 'no changes', 'a list of changes');
  const changes = rows.flatMap((row, i) => readChange(row, ['changes', i], book, problem) ?? []);
  if (problems.length) throw new ProblemsError(problems);
  return { title: raw.title as Text, why: raw.why as Text, changes };
}

type Tell = (path: Path, found: string, expected: string, mend?: string) => undefined;

function readChange(row: Raw, path: Path, book: LawBook, problem: Tell): PatchChange | undefined {
  const op = OPS.find((o) => row?.[o] !== undefined);
  if (!op)
    return problem(path, 'a change that says nothing to do', `one of ${OPS.join(', ')} with the id of a provision`);
  const provision = book.provisions.get(String(row[op]));
  if (!provision)
    return problem(
      [...path, op],
      `the provision "${String(row[op])}"`,
      'a provision of the law',
      'correct the id: `foothold law list` shows them all',
    );
  const allowed: Record<string, readonly string[]> = {
    close: ['from'],
    open: ['from'],
    suspend: ['from', 'to'],
    drop: ['clause', 'from'],
    set: ['param', 'value', 'from'],
  };
  for (const key of Object.keys(row)) {
    if (key !== op && !(allowed[op] as readonly string[]).includes(key))
      problem([...path, key], `the key "${key}"`, `${op} with ${(allowed[op] as readonly string[]).join(', ')}`);
  }
  const day = (key: string): Day | undefined => {
    const d = typeof row[key] === 'string' ? parseDay(row[key] as string) : undefined;
    return d === undefined
      ? problem(
          [...path, key],
          `${JSON.stringify(row[key]) ?? 'nothing'} for \`${key}\``,
          'a date that exists, like 2027-01-01',
        )
      : d;
  };
  const from = day('from');
  if (from === undefined) return undefined;
  const id = provision.id;
  switch (op) {
    case 'close':
    case 'open':
      return { op, provision: id, from };
    case 'suspend': {
      const to = day('to');
      if (to === undefined) return undefined;
      if (to < from) return problem([...path, 'to'], 'an end before the beginning', 'a day on or after `from`');
      return { op, provision: id, from, to };
    }
    case 'drop': {
      const clause = String(row.clause);
      const ids = [...provision.all, ...provision.bars, ...provision.except].flatMap((c) => (c.id ? [c.id] : []));
      if (!ids.includes(clause))
        return problem([...path, 'clause'], `the clause "${clause}"`, `one of: ${ids.join(', ')}`);
      return { op, provision: id, clause, from };
    }
    case 'set': {
      const name = String(row.param);
      const param = provision.params[name];
      if (!param)
        return problem(
          [...path, 'param'],
          `the parameter "${name}"`,
          `one of: ${Object.keys(provision.params).join(', ')}`,
        );
      const value = readParam(row.value, param, book);
      if (value === undefined)
        return problem([...path, 'value'], JSON.stringify(row.value) ?? 'nothing', `a value of unit ${param.unit}`);
      return { op, provision: id, param: name, from, value };
    }
  }
}

function readParam(raw: unknown, param: Param, book: LawBook): Value | undefined {
  if (param.type.t === 'money') {
    const currency = param.unit.slice(0, 3);
    if (typeof raw === 'number' && Number.isFinite(raw) && raw >= 0) return { amount: raw, currency };
    const m = readMoney(raw);
    return m && m.currency === currency && m.amount >= 0 ? m : undefined;
  }
  const r = readValue(raw, param.type, book.schema);
  return r.ok ? r.value : undefined;
}

/** A book in which the changes of the patch hold. The digest says that it is not the law as it is. */
export function applyPatch(book: LawBook, patch: Patch): LawBook {
  const provisions = new Map(book.provisions);
  for (const c of patch.changes) {
    const p = provisions.get(c.provision) as Provision;
    provisions.set(p.id, changed(p, c));
  }
  return { ...book, provisions, digest: `${book.digest}+patch` };
}

const ALWAYS: Expr = { k: 'lit', ty: { t: 'boolean' }, at: [0, 3], value: true };

function changed(p: Provision, c: PatchChange): Provision {
  switch (c.op) {
    case 'close':
      return { ...p, inForce: { ...p.inForce, to: c.from - 1 } };
    case 'open': {
      const { to: _ended, ...open } = p.inForce;
      return { ...p, inForce: { ...open, from: Math.min(open.from, c.from) } };
    }
    case 'suspend': {
      const says: Text = { en: 'Suspended', ru: 'Приостановлено' };
      const bar: Clause = { k: 'leaf', id: 'suspended', says, text: 'yes', expr: ALWAYS, from: c.from, to: c.to };
      // A stay, a document rule or a restriction is suspended by never holding; a route by a bar.
      return { ...p, bars: [...p.bars, bar] };
    }
    case 'drop': {
      const end = (list: readonly Clause[]) =>
        list.map((x) => (x.id === c.clause ? { ...x, to: Math.min(x.to ?? c.from - 1, c.from - 1) } : x));
      return { ...p, all: end(p.all), bars: end(p.bars), except: end(p.except) };
    }
    case 'set': {
      const old = p.params[c.param] as Param;
      const values: DatedValue<Value>[] = [
        ...old.values.filter((v) => v.from < c.from),
        { from: c.from, value: c.value, expected: true },
      ];
      return { ...p, params: { ...p.params, [c.param]: { ...old, values } } };
    }
  }
}
