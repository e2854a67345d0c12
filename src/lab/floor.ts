/**
 * The practical floor: what of the letter of the law counts as open in practice. Three things are asked beside the letter, each
 * of the law's own provisions: whether a danger of the country certainly concerns the person (`dangersIn`), whether they can
 * arrive on their papers (`entryEligibilityUnderStatus`), and whether their savings hold the journey and the stated fees. It is a
 * floor in one sense only: what fails here certainly fails. That the rest succeeds nobody says.
 */
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import type { Provision } from '../law/types.ts';
import { readValue } from '../law/values.ts';
import { countriesOf } from '../moves/eligible.ts';
import { feesOf } from '../moves/moves.ts';
import { convert } from '../person/view.ts';
import type { Day, Money } from '../rules/ir.ts';
import { NO, UNKNOWN, YES } from './bits.ts';
import type { LawEye } from './eye.ts';
import { choice, type Figures, readBasis } from './figures.ts';
import type { Home } from './homes.ts';
import { type LabText, Reading, show } from './reading.ts';

/** What a danger does not stand in the way of is left out: `visits` alone, `protection` alone, or nothing. */
export type Against = 'nothing' | 'protection' | 'visits';

/** What has to hold for a home to count as open in practice: docs/lab.md. */
export type Floor = {
  readonly journey: Money;
  /** Dangers that count against less than every home and visit. */
  readonly exceptions: ReadonlyMap<string, Against>;
};

/** @throws ProblemsError for a danger that the law does not have, one named twice, a sum that is none. */
export function readFloor(text: LabText, book: LawBook, figures: Figures): Floor {
  const r = new Reading(text);
  const top = r.top;
  r.keys(top, [], ['journey', 'exceptions']);
  const j = r.map(top.journey, ['journey'], 'journey');
  r.keys(j, ['journey'], ['value', 'figure', 'guessed', 'note', 'range']);
  readBasis(r, j, ['journey'], figures);
  const v = readValue(j.value, { t: 'money', per: 'once' }, book.schema);
  const sum = v.ok ? (v.value as Money | undefined) : undefined;
  if (sum?.currency !== 'EUR' || !(sum.amount >= 0))
    r.problem(['journey', 'value'], show(j.value), 'a sum in euro of 0 or more, like 300 EUR');
  const exceptions = new Map<string, Against>();
  r.list(top.exceptions, ['exceptions'], 'exceptions').forEach((raw, i) => {
    const path = ['exceptions', i];
    const m = r.map(raw, path, 'an exception');
    r.keys(m, path, ['danger', 'against', 'why']);
    const id = r.text(m.danger, [...path, 'danger'], 'danger');
    // The file may be ahead of the law it is read with.
    const known = book.provisions.get(id);
    const ahead = ![...book.provisions.values()].some((p) => p.jurisdiction === id.split('/')[0]);
    if (known?.kind !== 'danger' && !ahead)
      r.problem([...path, 'danger'], `"${id}"`, 'a danger of the law (foothold law list --kind danger)');
    if (exceptions.has(id)) r.problem([...path, 'danger'], `"${id}" a second time`, 'one line a danger');
    r.both(m.why, [...path, 'why'], 'why');
    exceptions.set(id, choice(r, m.against, [...path, 'against'], ['nothing', 'protection', 'visits'] as const));
  });
  r.done();
  return { journey: sum ?? { amount: 0, currency: 'EUR' }, exceptions };
}

/** What is asked for in a country: dangers may stand in the way of one and not of the other. */
export type Aim = 'home' | 'protection' | 'visit' | 'stay';

/** The floor's three questions for all rows of an eye on a day. */
export class Ground {
  private readonly eye: LawEye;
  private readonly on: Day;
  private readonly floor: Floor;
  private readonly dangers: readonly Provision[];
  private readonly concerned = new Map<string, Uint8Array>();
  private readonly standing = new Map<string, Uint8Array>();
  private readonly arrivals = new Map<string, Uint8Array>();
  private readonly held = new Map<string, Provision>();
  private readonly sums = new Map<number, Uint8Array>();

  constructor(eye: LawEye, on: Day, floor: Floor) {
    this.eye = eye;
    this.on = on;
    this.floor = floor;
    this.dangers = ofKind(eye.book, 'danger');
  }

  /** 1 where a danger certainly concerns a row that would be in a country with an aim; `arriving` adds those of entry. */
  danger(country: string, aim: Aim, arriving: boolean): Uint8Array {
    const key = `${country} ${aim} ${arriving}`;
    const have = this.standing.get(key);
    if (have) return have;
    const out = new Uint8Array(this.eye.people.n);
    for (const p of this.dangers) {
      if (!countsAgainst(p, aim, arriving, this.floor)) continue;
      if (!countriesOf(this.eye.book, p, this.on).includes(country)) continue;
      let rows = this.concerned.get(p.id);
      if (!rows) {
        rows = this.eye.holds(p, this.on);
        this.concerned.set(p.id, rows);
      }
      for (let i = 0; i < out.length; i++) if (rows[i] === YES) out[i] = 1;
    }
    this.standing.set(key, out);
    return out;
  }

  /** Whether rows can enter the country of a home under the status that it grants. */
  arrival(home: Home): Uint8Array {
    const country = home.route.jurisdiction;
    const key = `${home.status} ${country}`;
    let rows = this.arrivals.get(key);
    if (!rows) {
      rows = this.eye.entry(this.openStatus(home.status), country, this.on);
      this.arrivals.set(key, rows);
    }
    return rows;
  }

  /** A status as something to enter under: its own requirements were met when it was granted. */
  private openStatus(status: string): Provision {
    let p = this.held.get(status);
    if (!p) {
      const of = statusTerms(this.eye.book, status)?.provision as Provision;
      p = { ...of, all: [], bars: [], except: [], inForce: { from: of.inForce.from, earlier: true } };
      this.held.set(status, p);
    }
    return p;
  }

  /** Whether the savings of rows hold the fees that the law states for some routes, and the journey where there is one. */
  pays(routes: readonly Provision[], arriving: boolean): Uint8Array {
    const cents = priceOf(this.eye.book, this.floor, routes, arriving, this.on);
    let rows = this.sums.get(cents);
    if (!rows) {
      const { people, book } = this.eye;
      const g = this.eye.groupsBy(people.columnsOf('savings'));
      const of = Uint8Array.from(g.reps, (i) => {
        const cash = people.situation(i, this.on).cash;
        const own = cash && convert(book, cash, 'EUR', this.on);
        return own === undefined ? UNKNOWN : Math.round(own.amount * 100) >= cents ? YES : NO;
      });
      rows = Uint8Array.from(g.ids, (id) => of[id] as number);
      this.sums.set(cents, rows);
    }
    return rows;
  }
}

/** Whether a danger of a country counts against an aim there. */
export function countsAgainst(p: Provision, aim: Aim, arriving: boolean, floor: Floor): boolean {
  if (!(p.concerns === 'presence' || (arriving && p.concerns === 'entry'))) return false;
  const against = floor.exceptions.get(p.id);
  if (against === 'nothing') return false;
  return against === undefined || (against === 'protection' ? aim === 'protection' : aim === 'visit');
}

/** Cents of euro that are needed: stated fees at the rate of the day, and the journey. A fee that no source states is not in it. */
export function priceOf(book: LawBook, floor: Floor, routes: readonly Provision[], arriving: boolean, on: Day): number {
  let cents = arriving ? Math.round(floor.journey.amount * 100) : 0;
  for (const r of routes)
    for (const fee of feesOf(r, on) ?? []) cents += Math.round((convert(book, fee, 'EUR', on)?.amount ?? 0) * 100);
  return cents;
}
