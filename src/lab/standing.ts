/** Where invented persons are today, since when and on what basis: as visitors, holders of a permit, protected, or over their time. */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import type { Column, Probe } from './people.ts';

/** In how many steps the time that persons have been where they are is spread. */
export const SINCE_STEPS = 4;

/** What a standing hangs on, row by row. */
export type StandingRows = {
  placeOf(i: number): string | undefined;
  standing(i: number): string;
  since(i: number): number;
  pick(i: number): number;
  /** Somebody at a place, of whom a rule on stays is asked. */
  somebody(on: Day, at: Probe): Situation;
};

export class Standings {
  private readonly book: LawBook;
  private readonly rows: StandingRows;
  private readonly limits = new Map<string, number>();
  private readonly statusesOf = new Map<string, readonly string[]>();

  constructor(book: LawBook, rows: StandingRows) {
    this.book = book;
    this.rows = rows;
  }

  /** One code for all of a row's place and status: what does not matter for a standing is left out of it. */
  column(n: number): Column {
    const codes = new Uint16Array(n);
    const table = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const place = this.rows.placeOf(i) ?? '';
      const standing = this.rows.standing(i);
      const since = this.rows.since(i);
      let key = `${place} ${standing} ${since}`;
      if (place === '') key = '';
      else if (standing === 'permit' || standing === 'protected') key += ` ${this.pickOf(i, place, standing)}`;
      let code = table.get(key);
      if (code === undefined) {
        code = table.size;
        table.set(key, code);
      }
      codes[i] = code;
    }
    return { codes, size: table.size };
  }

  private pickOf(i: number, place: string, standing: 'permit' | 'protected'): number {
    return this.rows.pick(i) % (this.permits(place, standing).length || 1);
  }

  /** Where a row is on a day, since when and on what basis. Days are counted back from the day asked about. */
  of(i: number, on: Day): Probe {
    const place = this.rows.placeOf(i);
    if (place === undefined) return { place: undefined, holdings: [] };
    const standing = this.rows.standing(i);
    const since = this.rows.since(i);
    if (standing === 'permit' || standing === 'protected') {
      const pick = this.pickOf(i, place, standing);
      const status = this.permits(place, standing)[pick];
      const from = on - (180 + since * 150);
      if (status === undefined) return { place, since: from, holdings: [] };
      return {
        place,
        since: from,
        under: status,
        holdings: [{ status, country: place, from, to: on + 45 + ((since * 3 + pick) % 5) * 110 }],
      };
    }
    const rule = stayRulesFor(this.book, place, on)[0];
    if (!rule) return { place, since: on - 30, holdings: [] };
    const limit = this.limitOf(rule.id, place, on);
    const days = standing === 'irregular' ? limit + 40 + since * 60 : Math.floor((limit * (since + 0.5)) / SINCE_STEPS);
    return { place, since: on - days, under: rule.id, holdings: [] };
  }

  /** Days that a first visit under a stay rule may last. */
  private limitOf(rule: string, place: string, on: Day): number {
    const key = `${rule}@${place}@${on}`;
    const have = this.limits.get(key);
    if (have !== undefined) return have;
    const p = this.book.provisions.get(rule);
    const s = this.rows.somebody(on, { place, since: on, under: rule, holdings: [] });
    const last = p ? stayAnswer(this.book, p, s, on).lastDay : undefined;
    const made = last === undefined ? 30 : Math.min(720, last - on + 1);
    this.limits.set(key, made);
    return made;
  }

  /** Statuses of a country that could be held: permits that work or a company gives first, protection for the protected. */
  private permits(place: string, standing: 'permit' | 'protected'): readonly string[] {
    const key = `${place} ${standing}`;
    const have = this.statusesOf.get(key);
    if (have) return have;
    const wanted = standing === 'permit' ? 'permit' : 'protection';
    const all = ofKind(this.book, 'route')
      .filter(
        (p) =>
          p.jurisdiction === place &&
          p.grants?.status &&
          statusTerms(this.book, p.grants.status)?.terms.stands === wanted,
      )
      .map((p) => p.grants?.status as string);
    const unique = [...new Set(all)];
    const usual = unique.filter((s) =>
      /work|employ|business|blue-card|skilled|digital|remote|entrepreneur|self|temporary|residence|refugee|protection/.test(
        s,
      ),
    );
    const made = standing === 'permit' && usual.length ? usual : unique;
    this.statusesOf.set(key, made);
    return made;
  }
}
