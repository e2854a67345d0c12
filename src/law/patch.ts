/**
 * Patches: dated changes to the law, as data. A scenario of the lab, an announced bill and a correction are all patches.
 * Applying one makes a new book; the old one is untouched. Whatever a patch names must exist: nothing is half applied.
 */
import { formatDay, parseDay } from '../calendar/civil.ts';
import type { Day, Expr, Text, Value } from '../rules/ir.ts';
import { type LawBook, matchesStatus } from './book.ts';
import { type Problem, ProblemsError } from './problems.ts';
import { changeDays } from './resolve.ts';
import type { Clause, DatedValue, Decision, Filing, Param, Provision } from './types.ts';
import { readMoney, readValue } from './values.ts';
import { type Path, readYaml } from './yaml.ts';

/** One change of a patch. Days are the first (`from`) and the last (`to`) on which it holds. */
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
    }
  /** What begins on one day of the provision's own begins on a later one (or an earlier). */
  | { readonly op: 'delay'; readonly provision: string; readonly from: Day; readonly until: Day }
  /** At most so many grants a year (or month); 0 closes the route. */
  | {
      readonly op: 'quota';
      readonly provision: string;
      readonly from: Day;
      readonly people: number;
      readonly per: 'year' | 'month';
    }
  /** Whether the authority must grant or may. */
  | { readonly op: 'decide'; readonly provision: string; readonly from: Day; readonly as: Decision }
  /** Where, and from which statuses, one may file. */
  | { readonly op: 'file'; readonly provision: string; readonly from: Day; readonly filing: Filing };

/** What a patch is of: something that happened (and the patch undoes or repeats), was announced, or has been proposed. */
export type PatchKind = 'happened' | 'announced' | 'proposed';

/** A change to the law with its dates: a scenario of the lab, an announced bill, a correction. */
export type Patch = {
  readonly title: Text;
  readonly why: Text;
  readonly kind?: PatchKind;
  readonly sources?: readonly string[];
  readonly changes: readonly PatchChange[];
};

type Raw = Record<string, unknown>;
const OPS = ['close', 'open', 'suspend', 'drop', 'set', 'delay', 'quota', 'decide', 'file'] as const;
const DECISIONS = ['right', 'discretion', 'quota', 'lottery'] as const;
const WHERE = ['consulate', 'in-country', 'online', 'border', 'abroad'] as const;
const CONSULATES = ['residence', 'anywhere', 'origin', 'unknown'] as const;

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
    if (!['title', 'why', 'kind', 'sources', 'changes'].includes(key))
      problem([key], `the key "${key}"`, 'title, why, kind, sources and changes');
  }
  const isText = (t: unknown): t is Text =>
    typeof t === 'object' && t !== null && typeof (t as Raw).en === 'string' && typeof (t as Raw).ru === 'string';
  if (yaml.value !== undefined && !isText(raw.title)) problem(['title'], 'no title', 'title: {en: …, ru: …}');
  if (yaml.value !== undefined && !isText(raw.why))
    problem(['why'], 'no reason', 'why: {en: …, ru: …}: who did or proposed this, and when');
  const kinds: readonly unknown[] = ['happened', 'announced', 'proposed'];
  if (raw.kind !== undefined && !kinds.includes(raw.kind))
    problem(['kind'], JSON.stringify(raw.kind), 'happened, announced or proposed');
  const sources = Array.isArray(raw.sources) ? raw.sources.map(String) : [];
  sources.forEach((url, i) => {
    if (!/^https?:\/\/\S+$/.test(url)) problem(['sources', i], `"${url}"`, 'a web address');
  });
  const rows = Array.isArray(raw.changes) ? (raw.changes as Raw[]) : [];
  if (yaml.value !== undefined && rows.length === 0) problem(['changes'], 'no changes', 'a list of changes');
  const changes = rows.flatMap((row, i) => readChange(row, ['changes', i], book, problem) ?? []);
  if (problems.length) throw new ProblemsError(problems);
  return {
    title: raw.title as Text,
    why: raw.why as Text,
    ...(raw.kind === undefined ? {} : { kind: raw.kind as PatchKind }),
    ...(sources.length ? { sources } : {}),
    changes,
  };
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
    delay: ['from', 'until'],
    quota: ['people', 'per', 'from'],
    decide: ['as', 'from'],
    file: ['where', 'consulate', 'statuses', 'from'],
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
  if (['quota', 'decide', 'file'].includes(op) && provision.kind !== 'route')
    return problem(
      [...path, op],
      `"${provision.id}", of kind ${provision.kind}`,
      'a route: only a route is applied for',
    );
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
    case 'delay': {
      const until = day('until');
      if (until === undefined) return undefined;
      if (JSON.stringify(delayed(provision, from, until)) === JSON.stringify(provision)) {
        const own = changeDays(provision, -60000, 60000).map((d) => formatDay(d));
        return problem(
          [...path, 'from'],
          `nothing of "${id}" that begins on ${formatDay(from)}`,
          `one of its own days: ${own.join(', ')}`,
        );
      }
      return { op, provision: id, from, until };
    }
    case 'quota': {
      const n = row.people;
      if (typeof n !== 'number' || !Number.isInteger(n) || n < 0)
        return problem([...path, 'people'], JSON.stringify(n) ?? 'nothing', 'a whole number of people, 0 or more');
      if (row.per !== 'year' && row.per !== 'month')
        return problem([...path, 'per'], JSON.stringify(row.per) ?? 'nothing', 'year or month');
      return { op, provision: id, from, people: n, per: row.per };
    }
    case 'decide': {
      const as = DECISIONS.find((d) => d === row.as);
      if (!as) return problem([...path, 'as'], JSON.stringify(row.as) ?? 'nothing', DECISIONS.join(', '));
      return { op, provision: id, from, as };
    }
    case 'file': {
      const where = Array.isArray(row.where) ? (row.where as unknown[]) : [row.where];
      if (where.length === 0 || where.some((w) => !(WHERE as readonly unknown[]).includes(w)))
        return problem(
          [...path, 'where'],
          JSON.stringify(row.where) ?? 'nothing',
          `one or more of ${WHERE.join(', ')}`,
        );
      if (row.consulate !== undefined && !(CONSULATES as readonly unknown[]).includes(row.consulate))
        return problem([...path, 'consulate'], JSON.stringify(row.consulate), CONSULATES.join(', '));
      const statuses =
        row.statuses === undefined
          ? undefined
          : Array.isArray(row.statuses)
            ? row.statuses.map(String)
            : [String(row.statuses)];
      for (const s of statuses ?? [])
        if (s !== 'any' && s !== 'permit' && ![...book.provisions.keys()].some((k) => matchesStatus(s, k)))
          return problem([...path, 'statuses'], `the status "${s}"`, 'any, permit, or a status of the law');
      return {
        op,
        provision: id,
        from,
        filing: {
          where: where as unknown as Filing['where'],
          ...(row.consulate === undefined ? {} : { consulate: row.consulate as NonNullable<Filing['consulate']> }),
          ...(statuses ? { from: statuses } : provision.filing?.from ? { from: provision.filing.from } : {}),
        },
      };
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

/** The parameter under which a quota of a patch is kept. */
const QUOTA = 'quotaOfPatch';

/** Everything of a provision that begins on one day moved to another; what ended the day before ends later too. */
function delayed(p: Provision, from: Day, until: Day): Provision {
  const dated = <T extends { readonly from: Day }>(list: readonly T[]): T[] =>
    list.map((v) => (v.from === from ? { ...v, from: until } : v)).sort((a, b) => a.from - b.from);
  const live = <T extends { readonly from?: Day; readonly to?: Day }>(x: T): T => ({
    ...x,
    ...(x.from === from ? { from: until } : {}),
    ...(x.to === from - 1 ? { to: until - 1 } : {}),
  });
  const tree = (c: Clause): Clause => {
    const own = live(c);
    switch (own.k) {
      case 'all':
      case 'any':
      case 'atLeast':
        return { ...own, of: own.of.map(tree) };
      case 'not':
        return { ...own, of: tree(own.of) };
      case 'points':
        return { ...own, items: own.items.map((i) => ({ ...i, of: tree(i.of) })) };
      default:
        return own;
    }
  };
  return {
    ...p,
    inForce: live(p.inForce) as Provision['inForce'],
    params: Object.fromEntries(Object.entries(p.params).map(([k, v]) => [k, { ...v, values: dated(v.values) }])),
    lists: Object.fromEntries(Object.entries(p.lists).map(([k, v]) => [k, { ...v, values: dated(v.values) }])),
    all: p.all.map(tree),
    bars: p.bars.map(tree),
    except: p.except.map(tree),
    ...(p.counting ? { counting: p.counting.map(live) } : {}),
  };
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
    case 'delay':
      return delayed(p, c.from, c.until);
    case 'quota': {
      if (c.people === 0) {
        const says: Text = { en: 'No places', ru: 'Мест нет' };
        const bar: Clause = { k: 'leaf', id: 'no-places', says, text: 'yes', expr: ALWAYS, from: c.from };
        return { ...p, bars: [...p.bars, bar] };
      }
      const param: Param = {
        unit: 'people',
        type: { t: 'number', unit: 'people' },
        values: [{ from: c.from, value: c.people, expected: true }],
      };
      return { ...p, params: { ...p.params, [QUOTA]: param }, quota: { param: QUOTA, per: c.per } };
    }
    case 'decide':
      return { ...p, revised: [...(p.revised ?? []), { from: c.from, decision: c.as }] };
    case 'file':
      return { ...p, revised: [...(p.revised ?? []), { from: c.from, filing: c.filing }] };
  }
}
