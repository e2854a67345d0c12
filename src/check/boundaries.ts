/**
 * Which numbers of the law no worked example pins. Each parameter that decides something is moved by one unit up and
 * down; if every case of its provision still comes out the same, nobody has written what happens on both sides of it.
 */
import { formatDuration } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import type { Problem } from '../law/problems.ts';
import type { Clause, DatedValue, Param, Provision } from '../law/types.ts';
import type { Duration, Money, Value } from '../rules/ir.ts';
import { runCases } from './cases.ts';

/** What no case of the provision would notice: a problem to look at for each parameter and direction. */
export function unpinned(book: LawBook, p: Provision): Problem[] {
  return deciding(p).flatMap((name) => {
    const param = p.params[name] as Param;
    const at = newest(param);
    if (at === undefined) return [];
    const value = (param.values[at] as DatedValue<Value>).value as Value;
    // Of two rungs that meet the first answers: a rung that begins or ends a day earlier is not seen from outside.
    const ways = rungs(p).includes(name) ? ([1] as const) : ([1, -1] as const);
    const loose = ways.filter((by) => {
      const moved = shifted(value, by);
      return moved !== undefined && !noticed(book, p, name, at, moved);
    });
    if (loose.length === 0) return [];
    const sides = loose.map((by) => (by === 1 ? 'more' : 'less')).join(' or ');
    return [
      {
        file: p.file,
        line: 1,
        column: 1,
        code: 'boundary',
        found: `no case of ${p.id} tells "${name}" (${said(value)}) from one ${unitOf(value, param)} ${sides}`,
        expected: 'a case exactly at the number and one just beyond it',
        mend: 'write them from the source, not from what the program answers',
        severity: 'warning',
      },
    ];
  });
}

/** Does any case come out otherwise with the value put in the place of the one at `at`? */
function noticed(book: LawBook, p: Provision, name: string, at: number, value: Value): boolean {
  const old = p.params[name] as Param;
  const values = old.values.map((v, i) => (i === at ? { ...v, value } : v));
  const q: Provision = { ...p, params: { ...p.params, [name]: { ...old, values } } };
  const provisions = new Map(book.provisions).set(q.id, q);
  return runCases({ ...book, provisions, digest: `${book.digest}+${q.id}.${name}` }, q).length > 0;
}

/** Names of the parameters on which a condition, a clock, a count of days or a ladder of this provision rests. */
function deciding(p: Provision): string[] {
  const found = new Set<string>();
  const walk = (c: Clause): void => {
    if (c.k === 'leaf') for (const word of c.text.match(/[A-Za-z_]\w*/g) ?? []) found.add(word);
    else if (c.k === 'clock') found.add(c.atLeast);
    else if (c.k === 'not') walk(c.of);
    else if (c.k === 'points') {
      found.add(c.atLeast);
      for (const item of c.items) {
        found.add(item.worth);
        walk(item.of);
      }
    } else for (const x of c.of) walk(x);
  };
  for (const c of [...p.all, ...p.bars, ...p.except, ...(p.suspended ?? [])]) walk(c);
  for (const r of p.counting ?? []) for (const n of [r.limit, r.window]) if (n) found.add(n);
  for (const n of rungs(p)) found.add(n);
  for (const s of p.steps ?? []) for (const n of [s.fine, s.ban]) if (n) found.add(n);
  for (const n of [p.absences?.longest, p.absences?.total, p.absences?.per, p.within]) if (n) found.add(n);
  for (const c of p.counts ?? []) for (const n of [c.weight, c.cap]) if (n) found.add(n);
  const renew = p.status?.renew === 'no' ? undefined : p.status?.renew;
  for (const w of [renew, p.filing]) for (const n of [w?.opens, w?.closes, w?.prolongs?.limit]) if (n) found.add(n);
  return Object.keys(p.params).filter((n) => found.has(n));
}

/** Where the rungs of a ladder begin and end, of those that name a fine or a ban: of the others no case can tell. */
const rungs = (p: Provision): string[] =>
  (p.steps ?? [])
    .filter((s) => s.fine !== undefined || s.ban !== undefined)
    .flatMap((s) => [s.fromStep, ...(s.until === undefined ? [] : [s.until])]);

/** Place of the newest value that is known, and not only announced. */
function newest(param: Param): number | undefined {
  for (let i = param.values.length - 1; i >= 0; i--) {
    const v = param.values[i] as DatedValue<Value>;
    if (v.value !== null && !v.expected) return i;
  }
  return undefined;
}

/** The value one unit away; none where that would be nothing or less (a first day of 0, a sum of 0). */
function shifted(value: Value, by: 1 | -1): Value | undefined {
  if (typeof value === 'number') return value + by > 0 ? value + by : undefined;
  if (isMoney(value)) {
    const amount = Math.round((value.amount + by) * 100) / 100;
    return amount > 0 ? { ...value, amount } : undefined;
  }
  if (isDuration(value)) {
    // Years and months alone are moved by a month: how many days a month has is another question.
    const months = value.days === 0 ? value.months + by : value.months;
    const days = value.days === 0 ? 0 : value.days + by;
    return months > 0 || days > 0 ? { months, days } : undefined;
  }
  return undefined;
}

function unitOf(value: Value, param: Param): string {
  if (isMoney(value)) return value.currency;
  if (isDuration(value)) return value.days === 0 ? 'month' : 'day';
  return param.unit === 'count' ? 'unit' : param.unit.replace(/s$/, '');
}

function said(value: Value): string {
  if (isMoney(value)) return `${value.amount} ${value.currency}`;
  return isDuration(value) ? formatDuration(value) : String(value);
}

const isRecord = (v: Value): v is Money | Duration => typeof v === 'object' && v !== null && !Array.isArray(v);
const isMoney = (v: Value): v is Money => isRecord(v) && 'currency' in v;
const isDuration = (v: Value): v is Duration => isRecord(v) && 'months' in v;
