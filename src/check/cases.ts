/** Runs the worked examples that stand beside the law: each case of each provision, through the same code as a person. */
import { addDuration, formatDay, formatDuration, parseDuration } from '../calendar/civil.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import type { Problem } from '../law/problems.ts';
import { paramAt } from '../law/resolve.ts';
import type { CaseRow, Provision } from '../law/types.ts';
import { readValue } from '../law/values.ts';
import { assess, compiledAt } from '../moves/assess.ts';
import { daysAfterRefusal } from '../moves/refusal.ts';
import { stayAnswer } from '../moves/stay.ts';
import { isAskedFrom, windowFor } from '../moves/windows.ts';
import { clockAnswer } from '../person/clock.ts';
import type { Document, Holding, Person, Situation, Visit } from '../person/types.ts';
import { View } from '../person/view.ts';
import { explain } from '../rules/index.ts';
import type { Duration, Money, Rec, Value } from '../rules/ir.ts';

/** Every case of one provision; what does not come out as expected is a problem at the case's line. */
export function runCases(book: LawBook, p: Provision): Problem[] {
  return p.cases.flatMap((c) => runCase(book, p, c));
}

type Made = {
  readonly situation: Situation;
  readonly facts: ReadonlyMap<string, Value>;
  readonly clocks: ReadonlyMap<string, Duration>;
  readonly problems: Problem[];
};

function runCase(book: LawBook, p: Provision, c: CaseRow): Problem[] {
  const made = situationOfCase(book, p, c);
  if (made.problems.length) return made.problems;
  const wrong = (
    found: string,
    expected: string,
    mend = 'read the source again: either the provision or the case is wrong',
  ): Problem[] => [
    {
      file: p.file,
      line: c.line,
      column: 5,
      code: 'case',
      found: `case "${c.name}" (${formatDay(c.on)}) gives ${found}`,
      expected,
      mend,
      severity: 'error',
    },
  ];
  if (p.kind === 'stay' && isRecord(c.expect)) return stayCase(book, p, c, made, wrong);
  if (c.refused !== undefined) return refusedCase(p, c, c.refused, wrong);
  if (c.ends !== undefined) return windowCase(book, p, c, c.ends, wrong);
  if (p.kind === 'clock') return clockCase(book, p, c, made, wrong);
  if (p.kind === 'overstay') return overstayCase(p, c, wrong);
  const expected =
    c.expect === 'yes' || c.expect === true ? true : c.expect === 'no' || c.expect === false ? false : undefined;
  if (c.expect !== 'unknown' && expected === undefined)
    return wrong('no comparison', 'expect: yes, no or unknown', 'correct `expect`');
  const overrides = { facts: made.facts, clocks: made.clocks };
  const a = assess(book, p, made.situation, c.on, { overrides });
  const out: Problem[] = [];
  const word = (t: boolean | undefined) => (t === undefined ? 'unknown' : t ? 'yes' : 'no');
  const e = explain(compiledAt(p, c.on).node, new View(book, p, made.situation, c.on, a.binding, overrides));
  if (a.outcome !== expected) {
    const why =
      a.outcome === undefined
        ? `, still needed: ${[...e.stillNeeded, ...e.lacks.map((l) => JSON.stringify(l))].join(', ') || '(in force only from a later known day)'}`
        : a.outcome === false
          ? `, because of: ${failing(e.reason).join(', ') || (a.force === 'no' ? 'not in force that day' : '')}`
          : '';
    return wrong(`${word(a.outcome)}${why}`, word(expected));
  }
  if (c.missing) {
    const found = [...e.stillNeeded].sort();
    const want = [...c.missing].sort();
    if (found.join() !== want.join())
      out.push(...wrong(`missing: [${found.join(', ')}]`, `missing: [${want.join(', ')}]`));
  }
  if (c.because) {
    const found = failing(e.reason);
    for (const id of c.because)
      if (!found.includes(id))
        out.push(
          ...wrong(`refused because of: ${found.join(', ') || 'nothing'}`, `because: [${c.because.join(', ')}]`),
        );
  }
  return out;
}

/** Ids of the clauses that make the answer no, outermost first. */
export function failing(r: {
  readonly what: { readonly id: string | undefined };
  readonly outcome: boolean | undefined;
  readonly of: readonly unknown[];
}): string[] {
  if (r.outcome !== false) return [];
  const inner = (r.of as (typeof r)[]).flatMap((x) => failing(x));
  return [...(r.what.id ? [r.what.id] : []), ...inner];
}

type Wrong = (found: string, expected: string, mend?: string) => Problem[];

function stayCase(book: LawBook, p: Provision, c: CaseRow, made: Made, wrong: Wrong): Problem[] {
  const a = stayAnswer(book, p, made.situation, c.on);
  const day = (d: number | undefined) => (d === undefined ? 'none' : formatDay(d));
  const found: Record<string, string> = {
    used: String(a.used),
    left: String(a.left),
    lastDay: day(a.lastDay),
    overstayDays: String(a.overstayDays),
    nextEntry: day(a.nextEntry?.day),
    upTo: day(a.nextEntry?.upTo),
  };
  return Object.entries(c.expect as Record<string, unknown>).flatMap(([k, v]) => {
    if (!(k in found))
      return wrong(`nothing called "${k}"`, `one of ${Object.keys(found).join(', ')}`, 'correct the key');
    const want = v === null ? 'none' : String(v);
    return found[k] === want ? [] : wrong(`${k}: ${found[k]}`, `${k}: ${want}`);
  });
}

function clockCase(book: LawBook, p: Provision, c: CaseRow, made: Made, wrong: Wrong): Problem[] {
  const need = parseDuration(String(c.need));
  if (!need)
    return wrong(
      'no `need`',
      'need: a duration, like P27M',
      'add it: a clock is asked whether it has reached something',
    );
  const a = clockAnswer(
    book,
    p,
    made.situation,
    c.on,
    need,
    (q) => new View(book, q, made.situation, c.on, undefined, { facts: made.facts }),
  );
  const found: Record<string, string> = {
    reached: a.reached === undefined ? 'unknown' : a.reached ? 'yes' : 'no',
    reachedOn: a.on === undefined ? 'none' : formatDay(a.on),
    counted: String(a.counted),
  };
  return Object.entries((isRecord(c.expect) ? c.expect : { reached: c.expect }) as Record<string, unknown>).flatMap(
    ([k, v]) => {
      if (!(k in found))
        return wrong(`nothing called "${k}"`, `one of ${Object.keys(found).join(', ')}`, 'correct the key');
      const want = v === true ? 'yes' : v === false ? 'no' : v === null ? 'none' : String(v);
      return found[k] === want ? [] : wrong(`${k}: ${found[k]}`, `${k}: ${want}`);
    },
  );
}

/** A case of the days on which it is asked for: `ends`, the last day of what is held; `early`, `open` or `late`; to which day it then goes on at the most. */
function windowCase(book: LawBook, p: Provision, c: CaseRow, ends: number, wrong: Wrong): Problem[] {
  const renew = p.status?.renew;
  const own = renew && renew !== 'no' ? renew : undefined;
  const states = own?.opens ?? own?.closes ?? own?.prolongs;
  const route = states ? book.provisions.get(own?.by ?? '') : p;
  const status = states ? p.id : windowStatus(book, p);
  const w = route && status !== undefined ? windowFor(book, route, status, ends, c.on) : undefined;
  if (!w) return wrong('no days stated', '`opens`, `closes` or `prolongs`', 'state them, or leave `ends` out');
  const found: Record<string, string> = {
    window:
      w.open === undefined ? 'unknown' : w.open ? 'open' : c.on > ends || c.on > (w.closes ?? ends) ? 'late' : 'early',
    goesOn: w.prolongs?.stay === true ? 'yes' : w.prolongs?.stay === false ? 'no' : 'unknown',
    until: w.until === undefined ? 'none' : formatDay(w.until),
  };
  return Object.entries((isRecord(c.expect) ? c.expect : { window: c.expect }) as Record<string, unknown>).flatMap(
    ([k, v]) => {
      if (!(k in found))
        return wrong(`nothing called "${k}"`, `one of ${Object.keys(found).join(', ')}`, 'correct the key');
      const want = v === true ? 'yes' : v === false ? 'no' : v === null ? 'none' : String(v);
      return found[k] === want ? [] : wrong(`${k}: ${found[k]}`, `${k}: ${want}`);
    },
  );
}

/** A case of the days after a refusal: `refused`, the day one is told of it; whether on the case's day one may still leave in time, or appeal; the last days. */
function refusedCase(p: Provision, c: CaseRow, refused: number, wrong: Wrong): Problem[] {
  const { leaveBy, appealBy } = daysAfterRefusal(p, refused);
  const still = (last: number | undefined) => (last === undefined ? 'unknown' : c.on <= last ? 'open' : 'late');
  const day = (d: number | undefined) => (d === undefined ? 'none' : formatDay(d));
  const found: Record<string, string> = {
    leave: still(leaveBy),
    leaveBy: day(leaveBy),
    appeal: still(appealBy),
    appealBy: day(appealBy),
  };
  if (!isRecord(c.expect))
    return wrong('no comparison', `expect: {…} of ${Object.keys(found).join(', ')}`, 'correct `expect`');
  return Object.entries(c.expect as Record<string, unknown>).flatMap(([k, v]) => {
    if (!(k in found))
      return wrong(`nothing called "${k}"`, `one of ${Object.keys(found).join(', ')}`, 'correct the key');
    const want = v === null ? 'none' : String(v);
    return found[k] === want ? [] : wrong(`${k}: ${found[k]}`, `${k}: ${want}`);
  });
}

/** A status of which the days that a route states under `file` hold. */
const windowStatus = (book: LawBook, route: Provision): string | undefined =>
  [...book.provisions.keys()].find((id) => {
    const stands = statusTerms(book, id)?.terms.stands;
    return stands !== undefined && stands !== 'visit' && isAskedFrom(book, route, id, route.verified.on);
  });

/** The step of an overstay ladder that covers so many days beyond the last lawful day. */
export function ladderStep(
  p: Provision,
  days: number,
  on: number,
): NonNullable<Provision['steps']>[number] | undefined {
  const inDays = (name: string | undefined): number | undefined => {
    const v = name ? paramAt(p, name, on) : undefined;
    if (v === undefined) return undefined;
    // A step stated in months is met on the same date that many months after the last lawful day; 30 days a month here
    // would be a guess, so the calendar decides.
    return typeof v === 'number' ? v : monthsFrom(on, days, v as Duration);
  };
  return (p.steps ?? []).find((s) => {
    if ((s.from !== undefined && on < s.from) || (s.to !== undefined && on > s.to)) return false;
    const from = inDays(s.fromStep);
    const until = inDays(s.until);
    return from !== undefined && days >= from && (s.until === undefined || (until !== undefined && days <= until));
  });
}

function monthsFrom(on: number, overstayed: number, d: Duration): number {
  const lastLawful = on - overstayed;
  const end = addDuration(lastLawful, d, 'clamp');
  return end - lastLawful;
}

function overstayCase(p: Provision, c: CaseRow, wrong: Wrong): Problem[] {
  if (typeof c.overstayDays !== 'number')
    return wrong('no `overstayDays`', 'overstayDays: how many days beyond the last lawful day', 'add it');
  const step = ladderStep(p, c.overstayDays, c.on);
  const value = (name: string | undefined): string => {
    const v = name ? paramAt(p, name, c.on) : undefined;
    if (v === undefined) return 'none';
    if (typeof v === 'object' && 'amount' in v) return `${(v as Money).amount} ${(v as Money).currency}`;
    if (typeof v === 'object' && 'months' in v) return formatDuration(v as Duration);
    return String(v);
  };
  const found: Record<string, string> = { fine: value(step?.fine), ban: value(step?.ban) };
  return Object.entries((isRecord(c.expect) ? c.expect : {}) as Record<string, unknown>).flatMap(([k, v]) => {
    const want = v === null || v === 'none' ? 'none' : String(v);
    return found[k] === want ? [] : wrong(`${k}: ${found[k]}`, `${k}: ${want}`);
  });
}

const isRecord = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null && !Array.isArray(x);

/** A case's facts as a situation: lists go where a person's lists go, everything else is answered directly. */
function situationOfCase(book: LawBook, p: Provision, c: CaseRow): Made {
  const problems: Problem[] = [];
  const facts = new Map<string, Value>();
  const lists: Record<string, readonly Rec[]> = {};
  const problem = (found: string, expected: string) =>
    problems.push({
      file: p.file,
      line: c.line,
      column: 5,
      code: 'case',
      found: `case "${c.name}": ${found}`,
      expected,
      severity: 'error',
    });
  for (const [name, raw] of Object.entries(c.given)) {
    const def = book.schema.facts.get(name);
    if (!def) continue;
    const r = readValue(raw, def.type, book.schema);
    if (!r.ok) problem(`${r.found} for ${name}`, r.expected);
    else if (r.value !== undefined) {
      if (def.type.t === 'records') lists[name] = r.value as readonly Rec[];
      else facts.set(name, r.value);
    }
  }
  for (const k of ['stays', 'statuses'] as const) {
    if (c[k] === undefined) continue;
    const r = readValue(c[k], { t: 'records', of: k }, book.schema);
    if (!r.ok) problem(`${r.found} in ${k}`, r.expected);
    else lists[k] = r.value as readonly Rec[];
  }
  const clocks = new Map<string, Duration>();
  for (const [id, text] of Object.entries(c.clock ?? {})) {
    const d = parseDuration(String(text));
    if (d) clocks.set(id, d);
    else problem(`"${text}" for the clock ${id}`, 'a duration, like P27M');
  }
  const stays = lists.stays as unknown as readonly Visit[] | undefined;
  const open = stays?.find((v) => v.to === undefined);
  const closed = stays?.filter((v) => v !== open).toSorted((a, b) => a.from - b.from);
  const own = new Map<string, Value>();
  for (const [k, v] of facts) own.set(k, v);
  for (const [k, v] of Object.entries(lists)) own.set(k, v);
  const person: Person = {
    name: c.name,
    facts: own,
    documents: lists.documents as unknown as readonly Document[] | undefined,
    offers: lists.offers,
    visits: closed,
    holdings: lists.statuses as unknown as readonly Holding[] | undefined,
    now: {},
    members: new Map(),
  };
  const situation: Situation = {
    person,
    on: c.on,
    place: open?.country ?? (facts.get('now.country') as string | undefined) ?? (stays ? 'zz' : undefined),
    since: open?.from ?? (facts.get('now.since') as number | undefined),
    under: open?.status ?? (facts.get('now.status') as string | undefined),
    // An example that lists statuses but no stays means somebody who never left.
    visits: closed ?? (p.kind === 'clock' || lists.statuses ? [] : undefined),
    holdings: person.holdings,
    documents: person.documents,
    pending: [],
    cash: facts.get('savings') as Money | undefined,
    assumed: new Map(),
    refused: [],
  };
  return { situation, facts, clocks, problems };
}
