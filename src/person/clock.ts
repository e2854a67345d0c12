/**
 * Clocks: residence that counts towards permanence or citizenship. What counts, with what weight, and what breaks it is
 * stated by the clock's provision; here it is only computed.
 *
 * The answer for the future takes it that the person goes on holding what they hold and does not leave.
 */
import { addDuration } from '../calendar/civil.ts';
import { count, countWithin, type DaySet, daySet, intersect, subtract } from '../calendar/intervals.ts';
import { type LawBook, matchesStatus, membersOf } from '../law/book.ts';
import { paramAt, resolveClauses } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { compile } from '../rules/index.ts';
import type { Context, Day, Duration, Tri } from '../rules/ir.ts';
import { isCurrent } from './situation.ts';
import type { Situation } from './types.ts';

export type ClockAnswer = {
  readonly reached: Tri;
  /** The day on which it will be reached if nothing changes; missing where it never is, or is not known. */
  readonly on?: Day;
  /** Days counted so far (weighted, rounded down). */
  readonly counted?: number;
  readonly missing: readonly string[];
};

const FAR_YEARS = 40;
/** Clocks round months like their provision says; where it says nothing a month that lacks the day ends early. */
const monthEndOf = (p: Provision) => p.monthEnd?.policy ?? 'clamp';

type Piece = { readonly days: DaySet; readonly weight: number; readonly cap: number | undefined };

/**
 * Whether the clock `p` has counted `need` by the end of the day before `on`. Days held are counted from the first day
 * of the status; a need of months is complete on the same date that many months later. With `ahead: false` the day on
 * which it will be reached is not looked for.
 */
export function clockAnswer(
  book: LawBook,
  p: Provision,
  s: Situation,
  on: Day,
  need: Duration,
  viewFor: (p: Provision) => Context,
  ahead = true,
): ClockAnswer {
  if (s.holdings === undefined) {
    // Whoever just arrived in the country of the clock without any permit has nothing that could count.
    return { reached: undefined, missing: ['statuses'] };
  }
  let suspended: Tri = false;
  const missing = new Set<string>();
  for (const node of resolveClauses(p.suspended ?? [], on)) {
    const t = compile(node)(viewFor(p));
    if (t === true) suspended = true;
    else if (t === undefined && suspended === false) suspended = undefined;
  }
  if (suspended === true) return { reached: false, counted: 0, missing: [] };
  const reached = (day: Day, extend: boolean): { ok: Tri; counted: number } =>
    countedBy(book, p, s, day, need, extend ? on : undefined, missing);
  const today = reached(on, false);
  if (today.ok === true)
    return { reached: suspended === undefined ? undefined : true, on, counted: today.counted, missing: [] };
  const far = addDuration(on, { months: FAR_YEARS * 12, days: 0 }, 'clamp');
  let when: Day | undefined;
  if (ahead && running(p, s, on) && reached(far, true).ok === true) {
    let low = on;
    let high = far;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (reached(mid, true).ok === true) high = mid;
      else low = mid + 1;
    }
    when = low;
  }
  return {
    reached: today.ok === undefined || suspended === undefined ? undefined : false,
    ...(when !== undefined ? { on: when } : {}),
    counted: today.counted,
    missing: today.ok === undefined ? [...missing] : [],
  };
}

/** Whether something the person holds now is counted by the clock now. */
function running(p: Provision, s: Situation, on: Day): boolean {
  return (s.holdings ?? []).some(
    (h) => isCurrent(h, on) && (p.counts ?? []).some((c) => matchesStatus(c.status, h.status)),
  );
}

/** Counts up to the day before `day`; `heldFrom`: statuses current on that day are taken to go on. */
function countedBy(
  book: LawBook,
  p: Provision,
  s: Situation,
  day: Day,
  need: Duration,
  heldFrom: Day | undefined,
  missing: Set<string>,
): { ok: Tri; counted: number } {
  const last = day - 1;
  const start = subtractDuration(day, need);
  const windowStart = p.within ? subtractDuration(day, paramAt(p, p.within, day) as Duration | undefined) : undefined;
  const pieces = begun(book, p, s, gather(p, s, day, last, heldFrom));
  // Days on which what counts only went on until a decision: they do not count, and break nothing.
  const counting = daySet(pieces.flatMap((x) => [...x.days]));
  const idle = subtract(idleDays(p, s, last), counting);
  const raw = idle.length ? daySet([...counting, ...idle]) : counting;
  if (start === undefined) return { ok: undefined, counted: 0 };
  const absent = absences(book, p, s, raw);
  if (p.absences && absent === undefined && raw.length) missing.add('stays');
  const days = absent ? effective(p, raw, absent, day) : raw;
  if (days === undefined) return { ok: undefined, counted: 0 };
  const inWindow = windowStart === undefined ? days : intersect(days, [{ from: windowStart, to: last }]);
  const required = day - start;
  const unweighted = pieces.every((x) => x.weight === 1 && x.cap === undefined);
  let counted: number;
  if (p.unbroken) {
    const run = inWindow.at(-1);
    const alive = run !== undefined && run.to >= last;
    const idled = alive && idle.length ? countWithin(idle, run.from, last) : 0;
    counted = alive ? (unweighted ? run.to - run.from + 1 - idled : weigh(pieces, run.from, last)) : 0;
    if (unweighted && alive) {
      const ok = run.from + idled <= start;
      return { ok: ok && unknownAbsence(p, absent) ? undefined : ok, counted };
    }
  } else {
    counted = unweighted
      ? count(subtract(inWindow, idle))
      : inWindow.reduce((n, i) => n + weigh(pieces, i.from, i.to), 0);
  }
  const ok = counted >= required;
  return { ok: ok && unknownAbsence(p, absent) ? undefined : ok, counted: Math.floor(counted) };
}

/** Absences matter and are not known: what would be reached is then not sure. */
const unknownAbsence = (p: Provision, absent: DaySet | undefined): boolean =>
  p.absences !== undefined && absent === undefined;

/** `day` less a duration: months backwards, as the law counts them forwards. */
function subtractDuration(day: Day, d: Duration | undefined): Day | undefined {
  if (!d) return undefined;
  return addDuration(day, { months: -d.months, days: 0 }, 'clamp') - d.days;
}

/** The days of each counted status up to `last`, with its weight. */
function gather(p: Provision, s: Situation, day: Day, last: Day, heldFrom: Day | undefined): Piece[] {
  const out: Piece[] = [];
  for (const c of p.counts ?? []) {
    const ranges: { from: Day; to: Day }[] = [];
    for (const h of s.holdings ?? []) {
      if (!matchesStatus(c.status, h.status)) continue;
      const goesOn = heldFrom !== undefined && isCurrent(h, heldFrom);
      const add = (first: Day, end: Day | undefined): void => {
        const from = Math.max(first, c.from ?? first);
        const to = Math.min(end ?? last, c.to ?? last, last);
        if (to >= from) ranges.push({ from, to });
      };
      // Days on which it only goes on until a decision count where the law says so; else it is what is granted then that counts again.
      if (h.goesOn && !h.goesOn.counts) {
        add(h.from, h.goesOn.after);
        if (goesOn && h.to !== undefined) add(h.to + 1, last);
      } else add(h.from, goesOn ? last : h.to);
    }
    if (!ranges.length) continue;
    const w =
      c.weight === undefined || c.weight === 'full'
        ? 1
        : c.weight === 'half'
          ? 0.5
          : (paramAt(p, c.weight, day) as number | undefined);
    const capD = c.cap ? (paramAt(p, c.cap, day) as Duration | undefined) : undefined;
    const capStart = subtractDuration(day, capD);
    out.push({ days: daySet(ranges), weight: w ?? 0, cap: capStart === undefined ? undefined : day - capStart });
  }
  return out;
}

/** The days up to `last` on which something that the clock counts went on until a decision, where the law does not count them. */
function idleDays(p: Provision, s: Situation, last: Day): DaySet {
  const ranges: { from: Day; to: Day }[] = [];
  for (const h of s.holdings ?? []) {
    if (!h.goesOn || h.goesOn.counts) continue;
    const to = Math.min(h.to ?? last, last);
    if (h.goesOn.after < to && (p.counts ?? []).some((c) => matchesStatus(c.status, h.status)))
      ranges.push({ from: h.goesOn.after + 1, to });
  }
  return ranges.length ? daySet(ranges) : [];
}

/**
 * Where residence begins with the entry: each run of counted days without those at its beginning on which the person is known to
 * have been elsewhere.
 */
function begun(book: LawBook, p: Provision, s: Situation, pieces: Piece[]): Piece[] {
  if (p.begins !== 'entry') return pieces;
  const here = new Set([p.jurisdiction, ...(membersOf(book, p.jurisdiction, s.on) ?? [])]);
  const spells = (s.visits ?? []).map((v) => ({ here: here.has(v.country), from: v.from, to: v.to ?? v.from }));
  if (s.place !== undefined && s.since !== undefined)
    spells.push({ here: here.has(s.place), from: s.since, to: Number.MAX_SAFE_INTEGER });
  const runs = daySet(pieces.flatMap((x) => [...x.days])).flatMap((run) => {
    let first = run.from;
    for (;;) {
      const on = spells.filter((v) => v.from <= first && first <= v.to);
      if (on.length === 0 || on.some((v) => v.here)) return [{ from: first, to: run.to }];
      first = Math.max(first + 1, ...on.map((v) => v.to));
      if (first > run.to) return [];
    }
  });
  return pieces.map((x) => ({ ...x, days: intersect(x.days, runs) }));
}

/** Weighted days within [from, to]; a day that several statuses cover counts once, with the best weight; caps apply. */
function weigh(pieces: readonly Piece[], from: Day, to: Day): number {
  let total = 0;
  let taken: DaySet = [];
  for (const x of [...pieces].sort((a, b) => b.weight - a.weight)) {
    const fresh = subtract(intersect(x.days, [{ from, to }]), taken);
    const n = countWithin(fresh, from, to) * x.weight;
    total += x.cap === undefined ? n : Math.min(n, x.cap);
    taken = daySet([...taken, ...x.days]);
  }
  return total;
}

/** Days within the counted time on which the person was elsewhere the whole day; `undefined` if not known. */
function absences(book: LawBook, p: Provision, s: Situation, counted: DaySet): DaySet | undefined {
  const first = counted[0];
  if (!first || !p.absences) return [];
  const here = new Set(membersOf(book, p.jurisdiction, s.on) ?? [p.jurisdiction]);
  here.add(p.jurisdiction);
  if (s.visits === undefined) {
    // The present visit is known to be without a break since its first day.
    if (s.place !== undefined && here.has(s.place) && s.since !== undefined && s.since <= first.from) return [];
    return undefined;
  }
  // Where the law does not say whether the days of leaving and returning are days of absence, they are: the safe side.
  const edges = p.absences.edges ?? 'both';
  const first_ = edges === 'both' || edges === 'entryOnly' ? 0 : 1;
  const last_ = edges === 'both' || edges === 'exitOnly' ? 0 : 1;
  const away = s.visits.flatMap((v) => {
    // Out and back on one day is no absence.
    if (here.has(v.country) || v.to === undefined || v.to === v.from) return [];
    const days = { from: v.from + first_, to: v.to - last_ };
    return days.from <= days.to ? [days] : [];
  });
  if (s.place !== undefined && !here.has(s.place) && s.since !== undefined)
    away.push({ from: s.since + first_, to: Number.MAX_SAFE_INTEGER });
  return intersect(counted, daySet(away));
}

/** The counted days after absences beyond the limits broke the clock (`restart`) or were taken out (`subtract`). */
function effective(p: Provision, raw: DaySet, absent: DaySet, day: Day): DaySet | undefined {
  if (!p.absences || absent.length === 0) return raw;
  const limit = (name: string | undefined): number | undefined => {
    if (!name) return undefined;
    const d = paramAt(p, name, day) as Duration | number | undefined;
    if (d === undefined) return undefined;
    if (typeof d === 'number') return d;
    return addDuration(day, d, monthEndOf(p)) - day;
  };
  const longest = limit(p.absences.longest);
  const total = limit(p.absences.total);
  const per = limit(p.absences.per);
  const subtractThem = p.breaks === 'subtract';
  let days = raw;
  for (const a of absent) {
    const tooLong = longest !== undefined && a.to - a.from + 1 > longest;
    const tooMany =
      total !== undefined &&
      countWithin(absent, per === undefined ? (raw[0]?.from ?? a.from) : a.to - per + 1, a.to) > total;
    if (!tooLong && !tooMany) continue;
    days = subtractThem ? subtract(days, [a]) : subtract(days, [{ from: Number.MIN_SAFE_INTEGER, to: a.to }]);
  }
  return days;
}
