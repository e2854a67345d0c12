/** How far a label is from the goal, at a guess: nothing but the order of work hangs on it. */
import type { LawBook } from '../law/book.ts';
import { assess } from '../moves/assess.ts';
import { documentRules } from '../moves/eligible.ts';
import type { Draw } from '../moves/types.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { endOf } from './dates.ts';
import type { Label } from './label.ts';
import type { Purpose } from './purpose.ts';

const HALF_YEAR = 183;

/** So many steps does a claim made only to stand on weigh. */
const A_CLAIM = 3;

export class Haste {
  private readonly book: LawBook;
  private readonly draw: Draw;
  private readonly target: Day | undefined;
  private readonly useful: (purpose: Purpose) => ReadonlySet<string>;
  private readonly grounds: ReadonlySet<string>;
  private readonly served = new Map<string, boolean>();

  /**
   * `target`: for a goal of years, its last day. `useful`: the countries where something of a purpose can be asked for. `grounds`: claims
   * made only to stand on.
   */
  constructor(
    book: LawBook,
    draw: Draw,
    target: Day | undefined,
    useful: (purpose: Purpose) => ReadonlySet<string>,
    grounds: ReadonlySet<string>,
  ) {
    this.grounds = grounds;
    this.book = book;
    this.draw = draw;
    this.target = target;
    this.useful = useful;
  }

  /**
   * About how many steps are left: each grant, the passport that is missing, the way to where one asks; visits already made
   * count against a label. For a goal of years, half a year not yet lawful is a step. `country`: where the goal is, '' for any.
   */
  stepsLeft(l: Label, grants: number, country: string): number {
    const s = l.s;
    if (this.target !== undefined) {
      let end = l.end;
      for (const h of s.holdings ?? []) if (isCurrent(h, s.on)) end = Math.max(end, h.to ?? this.target);
      for (const p of s.pending) {
        const route = this.book.provisions.get(p.route);
        if (route?.grants?.status) end = Math.max(end, endOf(this.book, route, p.filed, this.draw) ?? this.target);
      }
      const years = Math.ceil(Math.max(0, this.target - end) / HALF_YEAR);
      return years + l.moves + (years > 0 && this.papersMissing(s, country) ? 2 : 0);
    }
    let steps = 2 * grants + l.hops;
    // The ways that need no claim to stand on are looked at first.
    for (const p of s.pending) if (this.grounds.has(p.route) && !p.route.startsWith(`${country}/`)) steps += A_CLAIM;
    if (grants === 0) return steps;
    if (!s.pending.length && s.place !== undefined && !this.useful(l.purpose).has(s.place)) steps++;
    if (this.papersMissing(s, country)) steps += 2;
    return steps;
  }

  private papersMissing(s: Situation, country: string): boolean {
    const coming = s.pending.some((p) => this.book.provisions.get(p.route)?.grants?.document);
    return !coming && !this.papersServe(s, country);
  }

  /** Whether the state of the goal may take one of the papers held, for permits and visas. */
  private papersServe(s: Situation, country: string): boolean {
    if (country === '' || !s.documents?.length) return true;
    const key = `${country} ${s.on} ${JSON.stringify(s.documents)}`;
    let serve = this.served.get(key);
    if (serve === undefined) {
      const rules = documentRules(this.book, country, ['permit', 'visa'], s.on);
      serve = s.documents.some((_, document) =>
        rules.every((r) => {
          const a = assess(this.book, r, s, s.on, { document });
          return a.force === 'no' || a.outcome !== false;
        }),
      );
      this.served.set(key, serve);
    }
    return serve;
  }
}
