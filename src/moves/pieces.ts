/**
 * The answer of a group of provisions over time, for a situation that stays as it is: pieces of days with one answer each.
 * The days at which it may change are derived (from the law's dates, papers, holdings, clocks, ages), never sampled.
 */
import { addMonths } from '../calendar/civil.ts';
import type { LawBook } from '../law/book.ts';
import { changeDays } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { clockAnswer } from '../person/clock.ts';
import { savingsMove } from '../person/money.ts';
import type { Situation } from '../person/types.ts';
import { View } from '../person/view.ts';
import type { Context, Day, Duration, Tri } from '../rules/ir.ts';
import { bindingsOf, compiledAt } from './assess.ts';
import { type Assumed, assumptionsFor, type PartTeller } from './assume.ts';
import { type Eligibility, surely } from './eligible.ts';
import { learningDays, timedLeaves, timedParts } from './opens.ts';
import type { Sight } from './seen.ts';

/** One answer, from a day to a day (both included). */
export type Piece = {
  readonly from: Day;
  readonly to: Day;
  readonly eligibility: Eligibility;
  readonly assumes: Assumed['assumes'];
  readonly doubts: Assumed['doubts'];
};

/** A view whose clocks say only whether they are reached, not when they will be. */
class PresentView extends View {
  override clock(id: string, need: Duration): ReturnType<Context['clock']> {
    const p = this.book.provisions.get(id);
    if (p?.kind !== 'clock') return { reached: undefined, missing: ['statuses'] };
    const clauses = (clause: Provision) => new View(this.book, clause, this.situation, this.on, this.binding);
    return clockAnswer(this.book, p, this.situation, this.on, need, clauses, false);
  }
}

/** The pieces of days on which an answer is not no, worked out as far as they are asked for. */
export class Pieces {
  private readonly book: LawBook;
  private readonly bearing: readonly Provision[];
  private readonly sight: Sight;
  private readonly s: Situation;
  private readonly answer: (on: Day) => Eligibility | undefined;
  private readonly ofPart: PartTeller | undefined;
  private readonly from: Day;
  private readonly to: Day;
  private readonly chunks: (Chunk | undefined)[] = [];
  private length: number | undefined;

  /** `answer` is asked once a piece; `undefined` and an outcome of no mean that it is closed then. */
  constructor(
    book: LawBook,
    bearing: readonly Provision[],
    sight: Sight,
    s: Situation,
    range: readonly [Day, Day],
    answer: (on: Day) => Eligibility | undefined,
    ofPart?: PartTeller,
  ) {
    this.ofPart = ofPart;
    this.book = book;
    this.bearing = bearing;
    this.sight = sight;
    this.s = s;
    [this.from, this.to] = range;
    this.answer = answer;
  }

  /** The open pieces that have a day in [a, b], cut to it, in order. */
  between(a: Day, b: Day): Piece[] {
    const out: Piece[] = [];
    for (let c = this.chunkOf(a); c <= this.chunkOf(b); c++) {
      const chunk = this.chunk(c);
      for (let i = 0; i < chunk.starts.length && (chunk.starts[i] as Day) <= b; i++) {
        const p = this.at(chunk, i);
        if (!p || p.to < a) continue;
        out.push(p.from >= a && p.to <= b ? p : { ...p, from: Math.max(p.from, a), to: Math.min(p.to, b) });
      }
    }
    return out;
  }

  /** The days in (a, b] on which the answer is another than the day before, closed or open, with the pieces on both sides. */
  changes(
    a: Day,
    b: Day,
  ): { readonly day: Day; readonly before: Piece | undefined; readonly now: Piece | undefined }[] {
    const out: { day: Day; before: Piece | undefined; now: Piece | undefined }[] = [];
    for (let c = this.chunkOf(a); c <= this.chunkOf(b); c++)
      for (const day of this.chunk(c).starts) {
        if (day <= a || day > b || day === this.from) continue;
        out.push({ day, before: this.between(day - 1, day - 1)[0], now: this.between(day, day)[0] });
      }
    return out;
  }

  /** Days worked out at once: all of them where only the law's own dates, papers and holdings can change the answer. */
  private get size(): number {
    this.length ??=
      this.bearing.every((p) => !timed(p, this.from, this.to)) && !(this.sight.cash && savingsMove(this.s))
        ? Math.max(1, this.to - this.from + 1)
        : CHUNK;
    return this.length;
  }

  private chunkOf(d: Day): number {
    return Math.floor((Math.min(Math.max(d, this.from), this.to) - this.from) / this.size);
  }

  private chunk(c: number): Chunk {
    let made = this.chunks[c];
    if (!made) {
      const from = this.from + c * this.size;
      const to = Math.min(this.to, from + this.size - 1);
      made = { to, starts: turns(this.book, this.bearing, this.sight, this.s, from, to), known: [] };
      this.chunks[c] = made;
    }
    return made;
  }

  private at(chunk: Chunk, i: number): Piece | null {
    const have = chunk.known[i];
    if (have !== undefined) return have;
    const from = chunk.starts[i] as Day;
    const to = i + 1 < chunk.starts.length ? (chunk.starts[i + 1] as Day) - 1 : chunk.to;
    const e = this.answer(from);
    let made: Piece | null = null;
    if (e && e.outcome !== false) {
      const rests = surely(e)
        ? { assumes: [], doubts: [] }
        : assumptionsFor(this.book, e, { ...this.s, on: from }, from, this.ofPart);
      if (rests) made = { from, to, eligibility: e, ...rests };
    }
    chunk.known[i] = made;
    return made;
  }
}

/** Answers are worked out for so many days at once, as far as they are asked for. */
const CHUNK = 400;

type Chunk = { readonly to: Day; readonly starts: readonly Day[]; readonly known: (Piece | null | undefined)[] };

const lawDays = new WeakMap<Provision, { from: Day; to: Day; days: readonly Day[] }>();

/** The days after `from`, up to `to`, on which a provision changes by its own dates. */
export function lawDaysOf(p: Provision, from: Day, to: Day): readonly Day[] {
  let have = lawDays.get(p);
  if (!have || have.from > from || have.to < to) {
    have = { from: Math.min(from, have?.from ?? from), to: Math.max(to, have?.to ?? to), days: [] };
    have = { ...have, days: changeDays(p, have.from, have.to) };
    lawDays.set(p, have);
  }
  if (have.days.length === 0) return have.days;
  return have.days.filter((d) => d > from && d <= to);
}

const timedMemo = new WeakMap<Provision, boolean>();

/** Whether an age, a date in a condition or a clock can change what a provision answers. */
function timed(p: Provision, from: Day, to: Day): boolean {
  let is = timedMemo.get(p);
  if (is === undefined) {
    is = [from, ...lawDaysOf(p, from, to)].some((d) => {
      const { leaves, clocks } = timedParts(compiledAt(p, d).node);
      return leaves.length > 0 || clocks.length > 0;
    });
    timedMemo.set(p, is);
  }
  return is;
}

/** `from`, and every later day up to `to` on which one of the provisions may answer otherwise. */
function turns(
  book: LawBook,
  bearing: readonly Provision[],
  sight: Sight,
  s: Situation,
  from: Day,
  to: Day,
): readonly Day[] {
  const cuts = new Set<Day>([from]);
  const add = (d: Day | undefined) => {
    if (d !== undefined && d > from && d <= to) cuts.add(d);
  };
  for (const p of bearing) {
    for (const d of lawDaysOf(p, from, to)) add(d);
    for (const d of learningDays(book, p, s)) add(d);
  }
  // What is held begins and ends on its own days; between them an answer that looks at it can turn only by counting.
  if (sight.holdings === 'all' || sight.holdings.length)
    for (const h of s.holdings ?? []) {
      add(h.from);
      add(h.to === undefined ? undefined : h.to + 1);
      add(h.goesOn && h.goesOn.after + 1);
    }
  for (const d of s.documents ?? []) add(d.expires === undefined ? undefined : d.expires + 1);
  const stretches = [...cuts].sort((a, b) => a - b);
  const out = new Set<Day>(stretches);
  for (const p of bearing) {
    for (let i = 0; i < stretches.length; i++) {
      const start = stretches[i] as Day;
      const end = i + 1 < stretches.length ? (stretches[i + 1] as Day) - 1 : to;
      if (end === start) continue;
      const { node } = compiledAt(p, start);
      const { clocks } = timedParts(node);
      const leaves = timedLeaves(node, s);
      if (!leaves.length && !clocks.length) continue;
      const bindings = bindingsOf(book, p, s, start);
      for (const leaf of leaves)
        for (const binding of leaf.bound ? bindings : bindings.slice(0, 1))
          for (const d of flips((d) => leaf.test(new PresentView(book, p, s, d, binding)), start, end)) out.add(d);
      for (const c of clocks) {
        const test = (d: Day): Tri => {
          const view = new PresentView(book, p, s, d, bindings[0] ?? { document: undefined, offer: undefined });
          const need = view.param(c.atLeast) as Duration | undefined;
          return need && view.clock(c.clock, need).reached;
        };
        for (const d of flips(test, start, end)) out.add(d);
      }
    }
  }
  return [...out].sort((a, b) => a - b);
}

/** Days in (from, to] on which `test` changes: year by year, and by halving within a year. */
function flips(test: (d: Day) => Tri, from: Day, to: Day): Day[] {
  const out: Day[] = [];
  let a = from;
  let ta = test(a);
  for (let i = 1; a < to; i++) {
    const b = Math.min(addMonths(from, 12 * i, 'clamp'), to);
    if (b <= a) continue;
    const tb = test(b);
    while (a < b && ta !== tb) {
      let low = a;
      let high = b;
      while (high - low > 1) {
        const mid = (low + high) >> 1;
        if (test(mid) === ta) low = mid;
        else high = mid;
      }
      out.push(high);
      a = high;
      ta = test(high);
    }
    a = b;
    ta = tb;
  }
  return out;
}
