/** A stay rule's counting with its numbers filled in for a day, and a person's visits as that rule counts them. */
import { addDuration } from '../calendar/civil.ts';
import type { Counting, Visit as Counted } from '../calendar/counting.ts';
import { daySet, NO_DAYS } from '../calendar/intervals.ts';
import { poolVisits } from '../calendar/stays.ts';
import { type LawBook, membersOf, statusTerms } from '../law/book.ts';
import { countingAt, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Day, Duration, Value } from '../rules/ir.ts';
import { allVisits } from './situation.ts';
import type { Situation } from './types.ts';

/** The countings of a stay rule on a day; `undefined` where one of their numbers is not stated for that day. */
export function countingsOf(p: Provision, on: Day): Counting[] | undefined {
  const out: Counting[] = [];
  for (const c of countingAt(p, on)) {
    const limit = paramAt(p, c.limit, on);
    const window = c.window ? paramAt(p, c.window, on) : undefined;
    if (limit === undefined || (c.window && window === undefined)) return undefined;
    switch (c.kind) {
      case 'rolling':
        out.push({ kind: 'rolling', limitDays: inDays(limit), windowDays: inDays(window as Value), edges: c.edges });
        break;
      case 'rollingMonths':
        out.push({ kind: 'rollingMonths', limitDays: inDays(limit), windowMonths: inMonths(window as Value), monthEnd: p.monthEnd?.policy ?? 'clamp', edges: c.edges });
        break;
      case 'calendarYear':
        out.push({ kind: 'calendarYear', limitDays: inDays(limit), edges: c.edges });
        break;
      case 'perEntry': {
        const d = typeof limit === 'number' ? { months: 0, days: limit } : (limit as Duration);
        out.push({
          kind: 'perEntry',
          limit: d,
          edges: c.edges,
          reset: 'exit',
          ...(d.months > 0 ? { monthEnd: p.monthEnd?.policy ?? ('clamp' as const), lastDay: c.lastDay ?? ('dayBefore' as const) } : {}),
          ...(c.gapDays !== undefined ? { gapDays: c.gapDays } : {}),
        });
        break;
      }
      case 'anchored':
        out.push({ kind: 'anchored', limitDays: inDays(limit), windowDays: inDays(window as Value), edges: c.edges });
        break;
    }
  }
  return out.length ? out : undefined;
}

const inDays = (v: Value): number => (typeof v === 'number' ? v : (v as Duration).days);
const inMonths = (v: Value): number => (typeof v === 'number' ? v : (v as Duration).months);

/** Countries whose days a stay rule counts together, on a day. */
export function countedCountries(book: LawBook, p: Provision, on: Day): readonly string[] {
  return membersOf(book, p.area ?? p.jurisdiction, on) ?? [];
}

/**
 * The visits a stay rule counts: in its countries while they were members, without the days under a residence permit or
 * long-stay visa where the rule leaves those out. `undefined` where the history is not known.
 */
export function countedVisits(book: LawBook, p: Provision, s: Situation): Counted[] | undefined {
  const visits = allVisits(s);
  if (visits === undefined) return undefined;
  const area = p.area ?? p.jurisdiction;
  const known = book.areas.get(area);
  const placed = visits.flatMap((v) => {
    if (!known) return v.country === area ? [{ from: v.from, to: v.to, place: v.country }] : [];
    return known.members.flatMap((m) => {
      if (m.country !== v.country) return [];
      const from = Math.max(v.from, m.from);
      const to = m.to === undefined ? v.to : v.to === undefined ? m.to : Math.min(v.to, m.to);
      return to === undefined || from <= to ? [{ from, to, place: v.country }] : [];
    });
  });
  return [...poolVisits(placed, p.excludes === 'permits' ? permitDays(book, p, s) : NO_DAYS)];
}

/** Days covered by a residence permit or long-stay visa of the rule's countries. */
function permitDays(book: LawBook, p: Provision, s: Situation) {
  const end = addDuration(s.on, { months: 1200, days: 0 }, 'clamp');
  const ranges = [];
  const isPermit = (id: string): boolean => {
    const t = statusTerms(book, id);
    if (!t) return false;
    const here = countedCountries(book, p, s.on);
    const mine = t.provision.jurisdiction === (p.area ?? p.jurisdiction) || here.includes(t.provision.jurisdiction);
    return mine && ['permit', 'protection', 'permanent', 'citizenship', 'pending'].includes(t.terms.stands);
  };
  for (const h of s.holdings ?? []) if (isPermit(h.status)) ranges.push({ from: h.from, to: h.to ?? end });
  for (const v of allVisits(s) ?? []) if (v.status && isPermit(v.status)) ranges.push({ from: v.from, to: v.to ?? end });
  return daySet(ranges);
}
