/**
 * What rules can see of a situation. An answer of the law is remembered by that, and by nothing else: the same answer
 * serves every situation that looks the same to the provisions concerned.
 */

import type { LawBook } from '../law/book.ts';
import { matchesStatus, membersOf } from '../law/book.ts';
import type { Clause, Provision } from '../law/types.ts';
import { allVisits } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import { namesIn, recordsSeen } from '../rules/index.ts';

/** Numbers for texts, and for objects that never change, by their content. */
export class Numbers {
  private readonly texts = new Map<string, number>();
  private readonly objects = new WeakMap<object, number>();

  text(t: string): number {
    let n = this.texts.get(t);
    if (n === undefined) {
      n = this.texts.size + 1;
      this.texts.set(t, n);
    }
    return n;
  }

  /** The number of an object by what it says; 0 for what is not known. */
  object(o: object | undefined, say: (o: never) => string): number {
    if (o === undefined) return 0;
    let n = this.objects.get(o);
    if (n === undefined) {
      n = this.text(say(o as never));
      this.objects.set(o, n);
    }
    return n;
  }
}

/** What a group of provisions can see of a situation. */
export type Sight = {
  /** Every fact that a condition names. */
  readonly facts: ReadonlySet<string>;
  readonly since: boolean;
  readonly under: boolean;
  readonly place: boolean;
  readonly visits: boolean;
  /** Where not every visit is seen: the countries whose visits are. */
  readonly visitsTo: ReadonlySet<string>;
  readonly cash: boolean;
  /** `all`: every holding; else those that match one of these patterns. */
  readonly holdings: 'all' | readonly string[];
};

const NOWHERE: ReadonlySet<string> = new Set();

const sights = new WeakMap<LawBook, Map<string, Sight>>();

/** What these provisions see, their clocks included. */
export function sightOf(book: LawBook, provisions: readonly Provision[]): Sight {
  let table = sights.get(book);
  if (!table) {
    table = new Map();
    sights.set(book, table);
  }
  const key = provisions.map((p) => p.id).join(' ');
  let sight = table.get(key);
  if (!sight) {
    sight = look(book, provisions);
    table.set(key, sight);
  }
  return sight;
}

function look(book: LawBook, provisions: readonly Provision[]): Sight {
  const facts = new Set<string>();
  const patterns = new Set<string>();
  let visits = false;
  const visitsTo = new Set<string>();
  const clause = (c: Clause): void => {
    switch (c.k) {
      case 'leaf':
        for (const f of namesIn(c.expr).facts) facts.add(f);
        if (facts.has('stays')) {
          const seen = recordsSeen(c.expr, 'stays', 'country');
          if (seen === 'all') visits = true;
          else for (const country of seen) visitsTo.add(country);
        }
        break;
      case 'clock': {
        const clock = book.provisions.get(c.clock);
        for (const x of clock?.counts ?? []) patterns.add(x.status);
        if (clock?.absences || clock?.begins) visits = true;
        for (const x of clock?.suspended ?? []) clause(x);
        break;
      }
      case 'not':
        clause(c.of);
        break;
      case 'points':
        for (const i of c.items) clause(i.of);
        break;
      default:
        c.of.forEach(clause);
    }
  };
  for (const p of provisions) for (const c of [...p.all, ...p.bars, ...p.except]) clause(c);
  const all = facts.has('statuses') || facts.has('permitCountries') || facts.has('residesHere');
  return {
    facts,
    since: visits || facts.has('now.since'),
    under: visits || facts.has('now.status') || facts.has('residesHere'),
    place: visits || facts.has('now.country'),
    visits,
    visitsTo: visits ? NOWHERE : visitsTo,
    cash: facts.has('savings'),
    holdings: all ? 'all' : [...patterns],
  };
}

/** Texts by which parts of a situation are told apart. */
export const sayHoldings = (hs: NonNullable<Situation['holdings']>): string =>
  hs
    .map((h) => {
      const on =
        h.goesOn && `~${h.goesOn.after} ${h.goesOn.route}${h.goesOn.counts ? '+' : ''}${h.goesOn.unsure ? '?' : ''}`;
      return `${h.status}@${h.country ?? ''}:${h.from}-${h.to ?? ''}${on ?? ''}`;
    })
    .join();
export const sayVisits = (vs: NonNullable<Situation['visits']>): string =>
  vs.map((v) => `${v.country}:${v.from}-${v.to ?? ''}:${v.status ?? ''}`).join();
export const sayDocuments = (ds: NonNullable<Situation['documents']>): string => JSON.stringify(ds);
export const sayAssumed = (m: Situation['assumed']): string =>
  [...m]
    .map(([k, v]) => `${k}=${JSON.stringify(v)}`)
    .sort()
    .join();

/** The visits to some countries, the present one among them; that none are known is another thing than none. */
export function sayVisitsTo(countries: ReadonlySet<string>, s: Situation): string {
  const all = allVisits(s);
  return all === undefined ? '?' : sayVisits(all.filter((v) => countries.has(v.country)));
}

/** The number of a situation as a group of provisions with one sight sees it, in one country or out of it. */
export class Viewer {
  private readonly sight: Sight;
  private readonly numbers: Numbers;
  private readonly held = new Map<number, number>();
  private readonly taken = new Map<number, number>();

  constructor(sight: Sight, numbers: Numbers) {
    this.sight = sight;
    this.numbers = numbers;
  }

  /** Situations with the same key look the same to the provisions; `here` is whether the person is in their country. */
  key(s: Situation, here: boolean): string {
    const { sight, numbers } = this;
    const dynamic = sight.since || sight.under || sight.place || sight.visits || sight.cash;
    const to = sight.visitsTo.size > 0 ? `.>${sayVisitsTo(sight.visitsTo, s)}` : '';
    const base = `${here ? 1 : 0}.${numbers.object(s.documents, sayDocuments)}.${this.assumed(s)}.${this.holdings(s)}${to}`;
    if (!dynamic) return base;
    return `${base}.${sight.place ? (s.place ?? '') : ''}.${sight.since ? (s.since ?? '') : ''}.${sight.under ? (s.under ?? '') : ''}.${
      sight.visits ? numbers.object(s.visits, sayVisits) : ''
    }.${sight.cash && s.cash ? `${s.cash.amount}${s.cash.currency}` : ''}`;
  }

  private holdings(s: Situation): number {
    const { sight, numbers } = this;
    const all = numbers.object(s.holdings, sayHoldings);
    if (sight.holdings === 'all' || all === 0) return all;
    const patterns = sight.holdings;
    if (patterns.length === 0) return 0;
    let n = this.held.get(all);
    if (n === undefined) {
      n = numbers.text(
        `held ${sayHoldings((s.holdings ?? []).filter((h) => patterns.some((p) => matchesStatus(p, h.status))))}`,
      );
      this.held.set(all, n);
    }
    return n;
  }

  private assumed(s: Situation): number {
    if (s.assumed.size === 0) return 0;
    const { sight, numbers } = this;
    const all = numbers.object(s.assumed, sayAssumed);
    let n = this.taken.get(all);
    if (n === undefined) {
      const seen = [...s.assumed].filter(([k]) => sight.facts.has(k.split('@')[0] as string));
      n = seen.length ? numbers.text(`taken ${sayAssumed(new Map(seen))}`) : 0;
      this.taken.set(all, n);
    }
    return n;
  }
}

/** Whether a country is one of a jurisdiction's on a day. */
export const within = (book: LawBook, jurisdiction: string, country: string | undefined, on: number): boolean =>
  country !== undefined && (country === jurisdiction || (membersOf(book, jurisdiction, on) ?? []).includes(country));
