/** A stay rule's counting with its numbers filled in for a day, and a person's visits as that rule counts them. */
import type { Visit as Counted, Counting } from '../calendar/counting.ts';
import { type DaySet, daySet, NO_DAYS, subtract } from '../calendar/intervals.ts';
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
        out.push({
          kind: 'rollingMonths',
          limitDays: inDays(limit),
          windowMonths: inMonths(window as Value),
          monthEnd: p.monthEnd?.policy ?? 'clamp',
          edges: c.edges,
        });
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
          ...(d.months > 0
            ? { monthEnd: p.monthEnd?.policy ?? ('clamp' as const), lastDay: c.lastDay ?? ('dayBefore' as const) }
            : {}),
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
  const pieces = visits.flatMap((v) => {
    const member = known
      ? known.members.filter((m) => m.country === v.country)
      : v.country === area
        ? [{ from: v.from, to: undefined }]
        : [];
    return member.flatMap((m) => {
      const from = Math.max(v.from, m.from);
      const to = m.to === undefined ? v.to : v.to === undefined ? m.to : Math.min(v.to, m.to);
      return to === undefined || from <= to ? [{ from, to, place: v.country }] : [];
    });
  });
  if (p.excludes !== 'permits') return [...poolVisits(pieces, NO_DAYS)];
  // A permit takes out the days in the state that issued it, not those spent elsewhere in the area.
  const free = pieces.flatMap((v) =>
    subtract([{ from: v.from, to: v.to ?? FAR }], permitDays(book, s, v.place)).map((part) => ({
      from: part.from,
      to: part.to === FAR ? undefined : part.to,
      place: v.place,
    })),
  );
  return [...poolVisits(free, NO_DAYS)];
}

const FAR: Day = 200_000;

/** Days covered by a residence permit or long-stay visa of one country. */
function permitDays(book: LawBook, s: Situation, country: string): DaySet {
  const isPermit = (id: string): boolean => {
    const t = statusTerms(book, id);
    return (
      t?.provision.jurisdiction === country &&
      ['permit', 'protection', 'permanent', 'citizenship'].includes(t.terms.stands)
    );
  };
  const ranges = [];
  for (const h of s.holdings ?? []) if (isPermit(h.status)) ranges.push({ from: h.from, to: h.to ?? FAR });
  for (const v of allVisits(s) ?? [])
    if (v.country === country && v.status && isPermit(v.status)) ranges.push({ from: v.from, to: v.to ?? FAR });
  return daySet(ranges);
}
