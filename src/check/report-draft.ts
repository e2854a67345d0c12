/**
 * What a report from outside becomes: a draft of a patch, and a worked example that the law as it is fails and the patched law meets. Whether the
 * report is right nobody knows yet: the draft is where a maintainer begins, after reading the source.
 */
import { formatDay } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { applyPatch, readPatch } from '../law/patch.ts';
import { type Problem, ProblemsError } from '../law/problems.ts';
import type { Report } from '../law/report.ts';
import { paramAt } from '../law/resolve.ts';
import type { CaseRow, Provision } from '../law/types.ts';
import { nearestName } from '../rules/index.ts';
import type { Day, Duration, Money, Value } from '../rules/ir.ts';
import { runCases } from './cases.ts';

/** A worked example that comes out otherwise under the patch. `given` and the like are as in the provision's file. */
export type FailingCase = { readonly row: CaseRow; readonly before: string; readonly after: string };

export type ReportDraft = {
  /** The patch as a file; undefined where the report says what no patch can (change: other). */
  readonly patch: string | undefined;
  /** The law after the patch. */
  readonly patched: LawBook | undefined;
  /** Undefined where no example of the provision tells the two laws apart. */
  readonly failing: FailingCase | undefined;
};

/**
 * Makes the draft.
 * @throws ProblemsError where the report names what the law does not have.
 */
export function draftOf(book: LawBook, report: Report, file: string): ReportDraft {
  const p = book.provisions.get(report.provision);
  const refuse = (found: string, expected: string): never => {
    const problem: Problem = { file, line: 1, column: 1, code: 'report', found, expected, severity: 'error' };
    throw new ProblemsError([problem]);
  };
  if (!p) {
    const near = nearestName(report.provision, book.provisions.keys());
    return refuse(
      `the provision "${report.provision}", which the law here does not have`,
      near ? `an id of the law, perhaps ${near}` : 'an id of the law (foothold law list)',
    );
  }
  // Where the source does not say since when, the day it was seen is the last on which it can have begun.
  const from = report.since ?? report.on;
  const change = changeLine(p, report, from, refuse);
  if (change === undefined) return { patch: undefined, patched: undefined, failing: undefined };
  const patch = patchText(p, report, change);
  const patched = applyPatch(book, readPatch(file, patch, book));
  const q = patched.provisions.get(p.id) as Provision;
  return { patch, patched, failing: failingCase(book, p, patched, q, report, from) };
}

function changeLine(
  p: Provision,
  r: Report,
  from: Day,
  refuse: (found: string, expected: string) => never,
): string | undefined {
  const day = formatDay(from);
  switch (r.change) {
    case 'figure': {
      if (!p.params[r.part ?? ''])
        return refuse(
          `the figure "${r.part}" of ${p.id}`,
          `one of: ${Object.keys(p.params).join(', ') || '(it has none)'}`,
        );
      return `{set: ${p.id}, param: ${r.part}, value: ${plain(r.value as string)}, from: ${day}}`;
    }
    case 'clause': {
      const ids = [...p.all, ...p.bars, ...p.except].flatMap((c) => (c.id ? [c.id] : []));
      if (!ids.includes(r.part ?? '')) return refuse(`the clause "${r.part}" of ${p.id}`, `one of: ${ids.join(', ')}`);
      return `{drop: ${p.id}, clause: ${r.part}, from: ${day}}`;
    }
    case 'ended':
      return `{close: ${p.id}, from: ${day}}`;
    case 'begun':
      return `{open: ${p.id}, from: ${day}}`;
    case 'other':
      return undefined;
  }
}

/** Numbers as numbers, all else as text: what a patch takes. */
const plain = (value: string): string => (/^-?\d+(\.\d+)?$/.test(value) ? value : JSON.stringify(value));

function patchText(p: Provision, r: Report, change: string): string {
  const what = r.part ? `${p.id}, ${r.part}` : p.id;
  const words = JSON.stringify(`${r.saw}${r.since === undefined ? ' (since when is not told)' : ''}`);
  return `# A draft out of a report; nobody has checked it. Read the source, then change the provision: the old value stays, the new one is added with its day.
title: {en: ${JSON.stringify(`Report: ${what}`)}, ru: ${JSON.stringify(`Сообщение: ${what}`)}}
why: {en: ${words}, ru: ${words}}
kind: happened
sources: [${JSON.stringify(r.where)}]
changes:
  - ${change}
`;
}

/** The first example, made of those of the provision, that the two laws answer differently. */
function failingCase(
  book: LawBook,
  p: Provision,
  patched: LawBook,
  q: Provision,
  r: Report,
  from: Day,
): FailingCase | undefined {
  const old = r.part === undefined ? undefined : paramAt(p, r.part, from);
  const now = r.part === undefined ? undefined : paramAt(q, r.part, from);
  for (const c of p.cases)
    for (const row of [...variations(c, from, old, now)]) {
      const before = answerOf(book, p, row);
      const after = answerOf(patched, q, row);
      if (before === undefined || after === undefined || before.said === after.said) continue;
      const made: CaseRow = {
        ...row,
        name: `reported: ${r.part ?? r.change}`,
        expect: after.expect,
      };
      const { because: _b, missing: _m, ...bare } = made;
      // What is shown has been seen to fail, and to be met.
      if (runCases(book, { ...p, cases: [bare] }).length > 0 && runCases(patched, { ...q, cases: [bare] }).length === 0)
        return { row: bare, before: before.said, after: after.said };
    }
  return undefined;
}

/** An example on or after the day the report is of, as it is and with its numbers at the old and the new figure. */
function* variations(c: CaseRow, from: Day, old: Value | undefined, now: Value | undefined): Generator<CaseRow> {
  const at: CaseRow = { ...c, on: Math.max(c.on, from) };
  yield at;
  const moved = [old, now, middle(old, now)].flatMap((v) => written(v));
  for (const [name, given] of Object.entries(c.given))
    for (const value of moved) if (like(given, value)) yield { ...at, given: { ...c.given, [name]: value } };
  if (typeof c.overstayDays === 'number')
    for (const v of [old, now]) if (typeof v === 'number') yield { ...at, overstayDays: v };
  if (c.need !== undefined) for (const v of [old, now]) for (const w of written(v)) yield { ...at, need: String(w) };
  // Days present: longer stays meet other limits.
  if (Array.isArray(c.stays))
    for (const v of [old, now])
      if (typeof v === 'number')
        for (const days of [v - 1, v, v + 1]) yield { ...at, on: at.on, stays: endingOn(c.stays, at.on, days) };
}

/** The last stay begun so many days before the day asked about. */
function endingOn(stays: readonly unknown[], on: Day, days: number): readonly unknown[] {
  const last = stays.at(-1) as { readonly from?: unknown; readonly to?: unknown } | undefined;
  if (!last || last.to !== undefined) return stays;
  return [...stays.slice(0, -1), { ...last, from: formatDay(on - days) }];
}

/** A value as a case writes it. */
function written(v: Value | undefined): readonly (string | number)[] {
  if (typeof v === 'number') return [v];
  if (typeof v !== 'object' || Array.isArray(v)) return [];
  if ('currency' in v) return [`${(v as Money).amount} ${(v as Money).currency}`];
  const d = v as Duration;
  return [`P${d.months ? `${d.months}M` : ''}${d.days || !d.months ? `${d.days}D` : ''}`];
}

function middle(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (typeof a === 'number' && typeof b === 'number') return Math.floor((a + b) / 2);
  const money = (v: Value | undefined): Money | undefined =>
    typeof v === 'object' && 'currency' in v ? (v as Money) : undefined;
  const [x, y] = [money(a), money(b)];
  return x && y && x.currency === y.currency
    ? { amount: Math.floor((x.amount + y.amount) / 2), currency: x.currency }
    : undefined;
}

/** Whether one value may stand where another stood: amounts of one currency, numbers for numbers. */
function like(given: unknown, value: string | number): boolean {
  if (typeof value === 'number') return typeof given === 'number' || (typeof given === 'string' && /^\d+$/.test(given));
  const currency = / ([A-Z]{3})$/.exec(value)?.[1];
  return currency !== undefined && typeof given === 'string' && given.endsWith(` ${currency}`);
}

type Said = { readonly said: string; readonly expect: unknown };

/** What a law answers to an example: read off what the run of the cases says when it is asked for what cannot be. */
function answerOf(book: LawBook, p: Provision, row: CaseRow): Said | undefined {
  const { because: _b, missing: _m, ...bare } = row;
  const run = (expect: unknown) => runCases(book, { ...p, cases: [{ ...bare, expect }] });
  if (typeof row.expect === 'object' && row.expect !== null) {
    const keys = Object.keys(row.expect).length
      ? Object.keys(row.expect)
      : p.kind === 'overstay'
        ? ['fine', 'ban']
        : [];
    const out: Record<string, string> = {};
    for (const key of keys) {
      const found = run({ [key]: '?' })[0]?.found;
      const value = found && new RegExp(`gives ${key}: (.+)$`).exec(found)?.[1];
      if (value === undefined) return undefined;
      out[key] = value;
    }
    return keys.length ? { said: JSON.stringify(out), expect: out } : undefined;
  }
  const said = ['yes', 'no', 'unknown'].find((word) => run(word).length === 0);
  return said === undefined ? undefined : { said, expect: said };
}

/** The example as a line of the provision's file. */
export function caseLine(row: CaseRow): string {
  const value = (v: unknown): string => {
    if (Array.isArray(v)) return `[${v.map(value).join(', ')}]`;
    if (typeof v === 'object' && v !== null)
      return `{${Object.entries(v)
        .map(([k, x]) => `${k}: ${value(x)}`)
        .join(', ')}}`;
    const text = String(v);
    return /^[\w][\w ./+-]*$/.test(text) ? text : JSON.stringify(text);
  };
  const parts = [
    `name: ${value(row.name)}`,
    `on: ${formatDay(row.on)}`,
    ...(Object.keys(row.given).length ? [`given: ${value(row.given)}`] : []),
    ...(row.stays === undefined ? [] : [`stays: ${value(row.stays)}`]),
    ...(row.statuses === undefined ? [] : [`statuses: ${value(row.statuses)}`]),
    ...(row.clock === undefined ? [] : [`clock: ${value(row.clock)}`]),
    ...(row.need === undefined ? [] : [`need: ${row.need}`]),
    ...(row.overstayDays === undefined ? [] : [`overstayDays: ${row.overstayDays}`]),
    `expect: ${value(row.expect)}`,
  ];
  return `  - {${parts.join(', ')}}`;
}
