/** What one provision says of others: references that lead nowhere, statuses without a way on, routes nobody can reach. */
import { formatDay } from '../calendar/civil.ts';
import type { Day, Duration } from '../rules/ir.ts';
import { type LawBook, matchesStatus, membersOf, ofKind, statusTerms } from './book.ts';
import type { Problem } from './problems.ts';
import type { AskWindow, Clause, Provision } from './types.ts';

/** Every problem between provisions. Places are the first line of the file: the text says which part is meant. */
export function auditBook(book: LawBook): Problem[] {
  const problems: Problem[] = [];
  const tell = (
    p: Provision,
    severity: Problem['severity'],
    code: string,
    found: string,
    expected: string,
    mend?: string,
  ): void => {
    problems.push({ file: p.file, line: 1, column: 1, code, found, expected, severity, ...(mend ? { mend } : {}) });
  };
  const statuses = new Set<string>();
  for (const p of book.provisions.values()) if (statusTerms(book, p.id)) statuses.add(p.id);
  const statusPatternKnown = (pattern: string) => [...statuses].some((s) => matchesStatus(pattern, s));

  for (const p of book.provisions.values()) {
    const ref = (id: string | undefined, what: string, ok: (q: Provision) => boolean, expected: string) => {
      if (id === undefined) return;
      const q = book.provisions.get(id);
      if (!q)
        tell(
          p,
          'error',
          'dangling',
          `${what}: "${id}", which is no provision`,
          expected,
          'write that provision, or correct the id',
        );
      else if (!ok(q)) tell(p, 'error', 'dangling', `${what}: "${id}", which is a ${q.kind}`, expected);
    };
    const isStatus = (q: Provision) => statusTerms(book, q.id) !== undefined;
    if (p.grants?.status)
      ref(
        p.grants.status,
        'grants a status',
        isStatus,
        'a provision of kind status, or a route with a `status:` block',
      );
    ref(p.overstay, 'overstay ladder', (q) => q.kind === 'overstay', 'a provision of kind overstay');
    const terms = p.status;
    if (terms) {
      for (const id of terms.leadsTo ?? []) ref(id, 'leadsTo', (q) => q.kind === 'route', 'a route');
      if (terms.renew !== 'no') ref(terms.renew?.by, 'renewed by', (q) => q.kind === 'route', 'a route');
      const ladder = ['permit', 'protection', 'visa', 'pending'].includes(terms.stands);
      if (ladder && !terms.leadsTo?.length && !terms.leadsNowhere)
        tell(
          p,
          'warning',
          'leads-nowhere',
          `the status ${p.id} leads nowhere and does not say so`,
          '`leadsTo:` routes, or `leadsNowhere:` with words and source',
          'a dead end is worth knowing: say it',
        );
    }
    const renew = terms?.renew === 'no' ? undefined : terms?.renew;
    for (const [where, w] of [
      ['renew', renew],
      ['file', p.filing],
    ] as const)
      if (w) for (const [code, found, expected] of windowProblems(p, where, w)) tell(p, 'error', code, found, expected);
    for (const pattern of [...(p.filing?.from ?? []), ...(p.filing?.notFrom ?? [])]) {
      if (pattern !== 'any' && pattern !== 'permit' && !statusPatternKnown(pattern))
        tell(
          p,
          'warning',
          'status-unknown',
          `filing from "${pattern}", a status not in the law`,
          'a status that some route grants',
          'encode it, or leave it: nobody can hold it here yet',
        );
    }
    for (const c of p.counts ?? [])
      if (!statusPatternKnown(c.status))
        tell(
          p,
          'warning',
          'status-unknown',
          `counts "${c.status}", a status not in the law`,
          'a status that some route grants',
        );
    if (p.area && !membersOf(book, p.area, p.inForce.from))
      tell(p, 'error', 'area', `the area "${p.area}"`, 'an area of areas.yaml, or a country');
    for (const a of p.appliesTo ?? [])
      if (!a.endsWith('/*'))
        ref(a, 'appliesTo', (q) => q.kind === 'route' || q.kind === 'stay', 'a route or a stay rule');
    const walk = (c: Clause): void => {
      if (c.k === 'clock')
        ref(c.clock, `the clause "${c.id}" asks the clock`, (q) => q.kind === 'clock', 'a provision of kind clock');
      if (c.k === 'all' || c.k === 'any' || c.k === 'atLeast') c.of.forEach(walk);
      else if (c.k === 'not') walk(c.of);
      else if (c.k === 'points') for (const i of c.items) walk(i.of);
    };
    for (const list of [p.all, p.bars, p.except, p.suspended ?? []]) list.forEach(walk);
    if (p.cases.length === 0)
      tell(
        p,
        'error',
        'no-cases',
        'no cases',
        'worked examples: below, at and above every number; yes, no and unknown',
      );
    if (['route', 'restriction', 'document', 'danger'].includes(p.kind) && p.cases.length > 0) {
      const seen = new Set(p.cases.map((c) => String(c.expect)));
      const decides = p.all.length + p.bars.length > 0;
      const absent = decides ? ['yes', 'no', 'unknown'].filter((x) => !seen.has(x)) : [];
      if (absent.length)
        tell(
          p,
          'warning',
          'case-kinds',
          `no case that comes out ${absent.join(' or ')}`,
          'cases for yes, no and unknown',
        );
    }
    const text = JSON.stringify([p.all, p.bars]);
    if (
      p.kind === 'route' &&
      /"name":"offer\.(salaryYear|occupation|contract|months|hoursWeek|employerKind|matchesDegree)"/.test(text) &&
      !text.includes('"name":"offer.exists"')
    ) {
      tell(
        p,
        'warning',
        'offer-exists',
        'conditions on an offer, but none that there is one',
        'a clause `when: offer.exists`',
        'without it somebody without any offer gets "unknown" instead of "no"',
      );
    }
    if (p.inForce.to !== undefined && p.expires < p.inForce.to)
      tell(
        p,
        'warning',
        'expires',
        `evidence expires ${formatDay(p.expires)}, before the rule ends`,
        'verification to the end of a rule that has ended',
        'a rule that ended is history: `expires` may be far',
      );
  }
  for (const s of ofKind(book, 'status')) {
    const onlyTold = s.status?.stands === 'pending' && s.status.leadsNowhere !== undefined;
    if (!onlyTold && ![...book.provisions.values()].some((p) => p.grants?.status === s.id))
      tell(s, 'warning', 'unreachable', `nothing grants the status ${s.id}`, 'a route that grants it');
  }
  return problems;
}

/** Nobody asks for an extension longer before the end than this, in days: a figure beyond it is a slip. */
const LONGEST_WINDOW = 550;

/** What is wrong with the days on which something is asked for from what is held, whatever the date: code, found, expected. */
function windowProblems(p: Provision, where: string, w: AskWindow): (readonly [string, string, string])[] {
  const out: (readonly [string, string, string])[] = [];
  const values = (name: string | undefined): (readonly [Day, number])[] =>
    (name === undefined ? [] : (p.params[name]?.values ?? [])).flatMap((v) => {
      if (v.value === null) return [];
      const d = v.value as number | Duration;
      return [[v.from, typeof d === 'number' ? d : d.months * 30 + d.days] as const];
    });
  for (const key of ['opens', 'closes'] as const)
    for (const [from, days] of values(w[key]))
      if (days < 0 || days > LONGEST_WINDOW || (key === 'opens' && days === 0))
        out.push([
          'out-of-range',
          `\`${where}: ${key}\` of ${days} days before the end (from ${formatDay(from)})`,
          `up to ${LONGEST_WINDOW} days, counted back from the last day of what is held`,
        ]);
  const opens = values(w.opens);
  for (const [from, days] of values(w.closes)) {
    const by = opens.findLast(([d]) => d <= from) ?? opens[0];
    if (by && by[1] <= days)
      out.push([
        'window-empty',
        `\`${where}\`: opens ${by[1]} days before the end and closes ${days} days before it`,
        'a window that opens before it closes',
      ]);
  }
  if (w.opens === undefined && w.closes === undefined && w.prolongs === undefined) return out;
  if (where === 'renew' && p.status?.renew !== 'no' && p.status?.renew?.by === undefined)
    out.push([
      'window-of-nothing',
      'days for an extension, but no route that renews it',
      '`by:` the route that is asked for',
    ]);
  if (where === 'file' && !p.filing?.from)
    out.push([
      'window-of-nothing',
      'days before the end of what is held, but no `from`',
      '`from:` the statuses that are meant',
    ]);
  return out;
}
