/**
 * On which days a move is worth making. A move is made on the first day it is open; or later, for one of few reasons, each
 * worked out backwards from what it is for:
 *
 * - to be somewhere, or to hold something, on a later day on which something opens (`anchors`): the first day of entering
 *   or filing from which that day is still reached;
 * - so that an answer comes just as the permit before it ends, or as the stay ends (the last such day);
 * - so as to arrive in a dangerous country no earlier than need be: on the day that matters itself;
 * - because days of a rolling window come free again;
 * - because the fee, the time or the answer of the law changes (pieces of days, from `moves`).
 *
 * Anchors are the days on which the law changes or a paper, an age or a clock opens something; the answers awaited; and,
 * backwards from these, the days on which one must be on the way so as to be there in time.
 */

import { addDuration, addMonths } from '../calendar/civil.ts';
import { type LawBook, matchesStatus, ofKind, statusTerms } from '../law/book.ts';
import { paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { countries, processingDays } from '../moves/moves.ts';
import type { Outlook } from '../moves/outlook.ts';
import type { Draw, Enter, File } from '../moves/types.ts';
import { hasWindow, isAskedFrom, windowDays, windowFor } from '../moves/windows.ts';
import { savedMonthly, savingsMove } from '../person/money.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { Label } from './label.ts';
import type { Purpose, Purposes } from './purpose.ts';

/** Most anchors derived; beyond, what is derived from them is left out, and the search says so. */
const MOST = 400;
/** How many stays and permits in a row the backward derivation looks through. */
const DEPTH = 2;

export class Dates {
  private readonly look: Outlook;
  private readonly draw: Draw;
  private readonly several: boolean;
  private readonly permits: boolean;
  private readonly rules: readonly Provision[];
  /** Days on which a country opens to visitors. */
  private readonly entries: readonly Day[];
  /** For each purpose the days fixed by the law alone, with what is derived from them. */
  private readonly fixed = new Map<Purpose, readonly Day[]>();
  private readonly start: Situation;
  private readonly routes: readonly Provision[];
  private readonly purposes: Purposes;
  private readonly opened = new Map<Provision, readonly Day[]>();
  private readonly byLabel = new Map<string, readonly Day[]>();
  /** Whether every derived day was kept. */
  complete = true;

  /** Routes taken from what is held on certain days only, where people move about; whoever stays at home is there on them. */
  private readonly windowed: readonly Provision[];

  /**
   * `several`: whether more than one answer may be awaited at once. `permits`: whether days are also derived from permits and answers
   * in between, asked for no earlier than reaches a later day; each of five hundred routes then adds days of its own, so only where
   * nothing may be left out.
   */
  constructor(
    look: Outlook,
    start: Situation,
    routes: readonly Provision[],
    draw: Draw,
    several: boolean,
    permits: boolean,
    purposes: Purposes,
  ) {
    this.windowed = permits ? routes.filter((r) => hasWindow(look.book, r)) : [];
    this.several = several;
    this.permits = permits;
    this.look = look;
    this.draw = draw;
    this.start = start;
    this.routes = routes;
    this.purposes = purposes;
    const book = look.book;
    this.rules = ofKind(book, 'stay');
    this.entries = [...new Set(countries(book, start.on).flatMap((c) => look.entryOpenings(start, c)))];
  }

  /** The days fixed by the law alone that matter on the way to a purpose: on which one of its routes, or a country, opens. */
  private fixedFor(purpose: Purpose): readonly Day[] {
    let made = this.fixed.get(purpose);
    if (!made) {
      const days = new Set<Day>(this.entries);
      for (const r of this.routes) {
        if (!this.purposes.serves(purpose, r.id, true)) continue;
        for (const d of this.opens(r)) days.add(d);
        if (this.look.moneyRoutes.includes(r)) for (const d of this.savedFor(r, this.start)) days.add(d);
      }
      made = this.backwards(
        [...days].filter((d) => d > this.start.on),
        this.start.on,
      );
      this.fixed.set(purpose, made);
    }
    return made;
  }

  private opens(r: Provision): readonly Day[] {
    let made = this.opened.get(r);
    if (!made) {
      made = this.withAnswers(r, this.look.openings(r, this.start));
      this.opened.set(r, made);
    }
    return made;
  }

  private withAnswers(r: Provision, days: readonly Day[]): readonly Day[] {
    const out: Day[] = [];
    for (const d of days) {
      out.push(d);
      // Where one may not wait for the answer, the stay must reach to it; and of two answers each may be a day for the other.
      // The permit, too, so that what is renewed on that day goes on without a break.
      if (r.pending?.mayStay === true && !this.several && !(this.permits && this.renewing(r))) continue;
      const decided = d + processingDays(r, d, this.draw).days;
      out.push(decided - 1, decided);
    }
    return out;
  }

  /**
   * The days on which savings reach what a route asks, whatever else it asks: by then its clock may be full. Fees that are still to be paid
   * put it off by months: where nothing may be left out, each month after is looked at.
   */
  private savedFor(r: Provision, s: Situation): readonly Day[] {
    const days = new Set(this.look.savedDays(r, s));
    const first = Math.min(...days);
    if (this.permits && days.size && (savedMonthly(s)?.amount ?? 0) > 0)
      for (let n = 1; ; n++) {
        const d = addMonths(this.start.on, n, 'clamp');
        if (d > this.look.to) break;
        if (d > first) days.add(d);
      }
    return [
      ...this.withAnswers(r, [...days]),
      ...(this.permits ? [...days].flatMap((d) => this.justCounted(r, d)) : []),
    ];
  }

  /** The last days on which to hold, and to ask for, what the clocks of a route count, so that they are full on a day. */
  private justCounted(r: Provision, full: Day): readonly Day[] {
    const out: Day[] = [];
    for (const { route, clocks, patterns } of this.look.clockRoutes) {
      if (route !== r) continue;
      for (const { atLeast } of clocks) {
        const need = paramAt(r, atLeast, full) as Duration | undefined;
        if (!need) continue;
        let held = full - need.days - need.months * 31;
        while (addDuration(held + 1, need, r.monthEnd?.policy ?? 'clamp') <= full) held++;
        out.push(held);
        for (const q of this.routes) {
          const { status } = q.grants ?? {};
          if (status === undefined || !patterns.some((p) => matchesStatus(p, status))) continue;
          let asked = held;
          while (asked > this.start.on && asked + processingDays(q, asked, this.draw).days > held) asked--;
          out.push(asked);
        }
      }
    }
    return out;
  }

  /** Whether a route renews what it grants. */
  private renewing(r: Provision): boolean {
    const status = r.grants?.status;
    const renew = status === undefined ? undefined : statusTerms(this.look.book, status)?.terms.renew;
    return renew !== undefined && renew !== 'no' && renew.by === r.id;
  }

  /** The days that matter to a label: fixed ones, answers awaited, clocks that will open something, and what leads there. */
  anchors(l: Label): readonly Day[] {
    const s = l.s;
    const fixed = this.fixedFor(l.purpose);
    // Who has paid fees has the savings that a route asks for on a later day than who has not.
    const paid = s.cash?.amount !== this.start.cash?.amount && savingsMove(s);
    if (s.pending.length === 0 && (s.holdings ?? []).length === 0 && !paid) return fixed;
    const key = `${l.purpose}|${s.pending.map((p) => p.decided).join()}|${this.look.heldKey(s)}|${paid ? s.cash?.amount : ''}`;
    const have = this.byLabel.get(key);
    if (have) return have;
    const own = new Set<Day>();
    for (const p of s.pending) own.add(p.decided);
    for (const r of this.look.clockRoutes)
      if (this.purposes.serves(l.purpose, r.route.id, true)) for (const d of this.look.clockOpenings(r, s)) own.add(d);
    // The days between which something is asked for from what is held: whoever is elsewhere must be back by then.
    for (const r of this.windowed)
      if (this.purposes.serves(l.purpose, r.id, true))
        for (const d of windowDays(this.look.book, r, s)) for (const x of [d - 1, d]) if (x > s.on) own.add(x);
    for (const r of paid ? this.look.moneyRoutes : [])
      if (this.purposes.serves(l.purpose, r.id, true)) for (const d of this.savedFor(r, s)) own.add(d);
    const all = this.backwards([...own], s.on);
    const made = [...new Set([...fixed, ...all])].sort((a, b) => a - b);
    this.byLabel.set(key, made);
    return made;
  }

  /** The days, and before each the days on which a stay, a permit or an application must begin so as to reach it. */
  private backwards(days: readonly Day[], from: Day): readonly Day[] {
    const all = new Set(days.filter((d) => d > from && d <= this.look.to));
    let fresh = [...all];
    for (let depth = 0; depth < DEPTH && fresh.length; depth++) {
      const next: Day[] = [];
      // Permits are looked through for the days that matter by themselves; before them, stays.
      for (const g of fresh)
        for (const d of depth === 0 ? [...this.starts(g, from), ...this.asked(g, from)] : this.starts(g, from)) {
          if (d <= from || all.has(d)) continue;
          all.add(d);
          next.push(d);
        }
      fresh = next;
      if (all.size > MOST) {
        this.complete = false;
        break;
      }
    }
    return [...all].sort((a, b) => a - b);
  }

  private readonly startsMemo = new Map<Day, readonly Day[]>();
  private readonly askedMemo = new Map<Day, readonly Day[]>();

  /** Days on which a stay begins that just reaches a day. */
  private starts(g: Day, from: Day): readonly Day[] {
    let made = this.startsMemo.get(g);
    if (!made) {
      made = firstDays(
        from,
        g,
        function* (this: Dates) {
          for (const rule of this.rules) yield (d: Day) => this.look.freshEnd(rule, d);
        }.call(this),
      );
      this.startsMemo.set(g, made);
    }
    return made;
  }

  /** Days on which a permit is asked for that just reaches a day, where nothing may be left out. */
  private asked(g: Day, from: Day): readonly Day[] {
    if (!this.permits) return [];
    let made = this.askedMemo.get(g);
    if (!made) {
      made = firstDays(
        from,
        g,
        function* (this: Dates) {
          for (const r of this.routes) yield (d: Day) => endOf(this.look.book, r, d, this.draw);
        }.call(this),
      );
      this.askedMemo.set(g, made);
    }
    return made;
  }

  /** The days of [a, b] on which an entry is worth making from a label. */
  entry(l: Label, m: Enter, endangered: boolean, roam = false): readonly Day[] {
    const a = m.earliest;
    const b = Math.min(m.latest, l.end === Number.POSITIVE_INFINITY ? m.latest : l.end);
    if (b <= a) return [a];
    const out = new Set<Day>([a]);
    const anchors = this.anchors(l);
    const stay = m.provision.kind === 'stay';
    const until = (d: Day): number | undefined =>
      stay ? this.look.visitEnd(m.provision, l.s, m.country, d) : undefined;
    if (stay) {
      const soon = until(a) ?? -1;
      const late = until(b) ?? -1;
      for (const g of anchors) {
        if (g <= soon || g > late) continue;
        let low = a;
        let high = b;
        while (low < high) {
          const mid = (low + high) >> 1;
          if ((until(mid) ?? -1) >= g) high = mid;
          else low = mid + 1;
        }
        out.add(low);
      }
      if (this.look.remembers(m.provision, a) && this.look.hasHistory(m.provision, l.s)) {
        let before = soon;
        for (let d = a + 1; d <= Math.min(b, a + 400); d++) {
          const now = until(d) ?? -1;
          if (now > before + 1) out.add(d);
          before = now;
        }
      }
    }
    // From one safe visit to the next on the last day of the first: the later, the fewer days are left for where it is not safe.
    if (roam && stay && !endangered && !l.endangered && b === l.end) out.add(b);
    // Where it is safe here and not there, nobody goes before they must.
    if ((endangered && !l.endangered) || l.s.pending.length) {
      for (const g of anchors) if (g > a && g <= b) out.add(g);
      if (l.end !== Number.POSITIVE_INFINITY && anchors.some((g) => g > a)) out.add(b);
    }
    return [...out];
  }

  /**
   * The days on which to enter a country where there is nothing to do but wait: only where one cannot wait here, and only
   * so that a day that matters is reached.
   */
  bridge(l: Label, m: Enter, roam = false): readonly Day[] {
    if (m.provision.kind !== 'stay' || l.end === Number.POSITIVE_INFINITY) return [];
    const a = m.earliest;
    const b = Math.min(m.latest, l.end);
    const until = (d: Day): number => this.look.visitEnd(m.provision, l.s, m.country, d) ?? -1;
    const late = until(b);
    const out = new Set<Day>();
    // Where it is safe a stay may be made longer though no day that matters is reached by it: from there it is less far to where it is not.
    if (roam && b === l.end && !l.endangered && this.anchors(l).some((g) => g > b)) out.add(b);
    for (const g of this.anchors(l)) {
      if (g <= l.end) continue;
      if (g > late) break;
      let low = a;
      let high = b;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (until(mid) >= g) high = mid;
        else low = mid + 1;
      }
      out.add(low);
    }
    return [...out];
  }

  /**
   * The days of [a, b] on which an application is worth making from a label. `few`: at once, or so that the answer comes as
   * what is held or the visit here ends; not for the sake of days further ahead. `final`: the answer is the goal, which is
   * nowhere had later at a lower cost; unless the days of another answer hang meanwhile anyhow.
   */
  file(l: Label, m: File, roam: boolean, few = false, final = false): readonly Day[] {
    const a = m.earliest;
    const b = m.latest;
    const first = m.goesOn ? [] : [a];
    if (b < a || (b === a && !m.goesOn) || (final && !this.several)) return first;
    const out = new Set<Day>(first);
    const book = this.look.book;
    const add = (d: Day): void => {
      if (d >= (m.goesOn ? a : a + 1) && d <= b) out.add(d);
    };
    const lastAnswered = (by: Day): void => {
      let d = Math.min(b, by);
      while (d >= a && d + processingDays(m.provision, d, this.draw).days > by) d--;
      add(d);
    };
    const status = m.provision.grants?.status;
    const held = (l.s.holdings ?? []).filter((h) => isCurrent(h, a) && h.to !== undefined);
    const again = held.some((h) => h.status === status);
    if (again && !roam) return first;
    for (const h of held) {
      // So that no day is left between what is held and what is asked for; and at the last moment.
      lastAnswered((h.to as Day) + 1);
      if (!roam) continue;
      lastAnswered(h.to as Day);
      if (h.status === status || h.country === m.provision.jurisdiction) add(b);
    }
    if (l.end < Number.POSITIVE_INFINITY && m.inCountry && m.provision.pending?.mayStay !== true)
      lastAnswered(l.end + 1);
    if (few) return [...out];
    const ends = (d: Day): number | undefined => endOf(book, m.provision, d, this.draw);
    const soon = ends(m.goesOn ? a - 1 : a);
    if (soon !== undefined) {
      const late = ends(b) as number;
      for (const g of this.anchors(l)) {
        if (g <= soon || g > late) continue;
        let low = a;
        let high = b;
        while (low < high) {
          const mid = (low + high) >> 1;
          if ((ends(mid) as number) >= g) high = mid;
          else low = mid + 1;
        }
        add(low);
      }
      // The same where it must be asked to go on some days before its end: a day that matters is to be one of those left.
      for (const r of this.windowed) {
        if (status === undefined || !isAskedFrom(book, r, status, b)) continue;
        const left = (d: Day): number => {
          const end = ends(d) as Day;
          return windowFor(book, r, status, end, end)?.closes ?? end;
        };
        if (left(b) === late) continue;
        for (const g of this.anchors(l)) {
          if (g <= left(a) || g > left(b)) continue;
          let low = a;
          let high = b;
          while (low < high) {
            const mid = (low + high) >> 1;
            if (left(mid) >= g) high = mid;
            else low = mid + 1;
          }
          add(low);
        }
      }
    }
    if (m.decision !== 'right' || l.hanging) {
      // Days of waiting may be spent hanging on an answer or not: the later application hangs no longer than it must.
      for (const g of this.anchors(l)) if (g > a && (this.several || g <= b + 1)) lastAnswered(g);
      for (const p of l.s.pending) add(p.decided);
      // Of two answers that hang at once each day of overlap is one day less that hangs, for one day more to the goal: none of them is
      // better than the next.
      if (this.several && roam)
        for (const g of this.anchors(l))
          for (
            let d = Math.max(a + 1, g - processingDays(m.provision, g, this.draw).days + 1);
            d <= Math.min(b, g);
            d++
          )
            add(d);
      // Two answers that may be no are awaited at once, and the days count once.
      if (this.anchors(l).some((g) => g > a)) add(b);
    }
    return [...out];
  }
}

/** For each way to reach a day that later days reach no worse, the first day after `from` and before it from which it is reached. */
function firstDays(from: Day, g: Day, ways: Iterable<(d: Day) => number | undefined>): readonly Day[] {
  const out = new Set<Day>();
  for (const reaches of ways) {
    let low = from;
    let high = g;
    if ((reaches(high) ?? -1) < g) continue;
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((reaches(mid) ?? -1) >= g) high = mid;
      else low = mid + 1;
    }
    if (low > from && low < g) out.add(low);
  }
  return [...out];
}

/** The last day of what a route grants if asked for on a day; `undefined` where it has no end, or grants nothing that ends. */
export function endOf(book: LawBook, r: Provision, filed: Day, draw: Draw): Day | undefined {
  const g = r.grants;
  const name = g?.status ? g.valid : g?.document?.valid;
  const stands = g?.status ? statusTerms(book, g.status)?.terms.stands : undefined;
  if (!name || stands === 'permanent' || stands === 'citizenship') return undefined;
  const decided = filed + processingDays(r, filed, draw).days;
  const valid = paramAt(r, name, decided) as Duration | number | undefined;
  if (valid === undefined) return undefined;
  return typeof valid === 'number'
    ? decided + valid - 1
    : addDuration(decided, valid, r.monthEnd?.policy ?? 'clamp') - 1;
}
