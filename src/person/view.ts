/**
 * A situation as the rules see it: facts by name, parameters and lists of one provision, on one day, with one document
 * and one offer chosen. Derived facts (age, recognised degree …) are computed here and nowhere else.
 */
import { yearsBetween } from '../calendar/civil.ts';
import { type LawBook, membersOf, statusTerms } from '../law/book.ts';
import { listAt, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import type { Context, Day, Duration, MonthEnd, Rec, Value } from '../rules/ir.ts';
import { clockAnswer } from './clock.ts';
import { canRise, foundFrom, growingList, higher, isOffer } from './learning.ts';
import { exchange, savingsOn } from './money.ts';
import { allVisits, isCurrent } from './situation.ts';
import type { Situation } from './types.ts';

export { convert, exchange } from './money.ts';

/** Which of the person's documents and offers an evaluation uses: indices, `undefined` where none is chosen. */
export type Binding = { readonly document: number | undefined; readonly offer: number | undefined };
export const UNBOUND: Binding = { document: undefined, offer: undefined };

const DEGREES = ['none', 'secondary', 'vocational', 'bachelor', 'master', 'doctorate'];

/** Answers given directly, before anything is computed: what the cases of the law do. */
export type Overrides = {
  readonly facts?: ReadonlyMap<string, Value>;
  readonly clocks?: ReadonlyMap<string, Duration>;
};

/** Facts whose answer differs from country to country: an answer assumed for one is not assumed for another. */
const PER_COUNTRY = new Set(['inCountry', 'residesHere', 'degreeRecognised', 'vocationalRecognised']);

/** The key under which an assumed answer is kept. */
export function assumedKey(fact: string, jurisdiction: string): string {
  return fact.startsWith('offer.') || PER_COUNTRY.has(fact) ? `${fact}@${jurisdiction}` : fact;
}

/** The context of one evaluation. Cheap to make; facts are computed when asked. */
export class View implements Context {
  readonly book: LawBook;
  readonly provision: Provision;
  readonly situation: Situation;
  readonly on: Day;
  readonly binding: Binding;
  readonly overrides: Overrides | undefined;

  constructor(
    book: LawBook,
    provision: Provision,
    situation: Situation,
    on: Day,
    binding: Binding = UNBOUND,
    overrides?: Overrides,
  ) {
    this.book = book;
    this.provision = provision;
    this.situation = situation;
    this.on = on;
    this.binding = binding;
    this.overrides = overrides;
  }

  get monthEnd(): MonthEnd | undefined {
    return this.provision.monthEnd?.policy;
  }

  param(name: string): Value | undefined {
    return paramAt(this.provision, name, this.on);
  }

  codeList(name: string): readonly string[] | undefined {
    if (name.startsWith('area.')) return membersOf(this.book, name.slice(5), this.on);
    return listAt(this.provision, name, this.on);
  }

  rate(from: string, to: string): { factor: number; day: Day; source: string } | undefined {
    return exchange(this.book, from, to, this.on);
  }

  clock(id: string, need: Duration): ReturnType<Context['clock']> {
    const given = this.overrides?.clocks?.get(id);
    if (given) {
      const days = (d: Duration) => d.months * 30.4375 + d.days;
      return {
        reached: given.months === need.months && given.days === need.days ? true : days(given) >= days(need),
        missing: [],
      };
    }
    const p = this.book.provisions.get(id);
    if (p?.kind !== 'clock') return { reached: undefined, missing: ['statuses'] };
    return clockAnswer(
      this.book,
      p,
      this.situation,
      this.on,
      need,
      (clause) => new View(this.book, clause, this.situation, this.on, this.binding, this.overrides),
    );
  }

  fact(name: string): Value | undefined {
    const given = this.overrides?.facts?.get(name);
    if (given !== undefined) return given;
    const told = this.computed(name);
    const assumed = this.situation.assumed.get(assumedKey(name, this.provision.jurisdiction));
    if (told === undefined) return assumed;
    if (isOffer(name)) return this.binding.offer === undefined && this.mayBeFound(name) ? assumed : told;
    if (growingList(name)) return this.mayBeFound(name) ? assumed : told;
    if (!name.startsWith('languages.')) return told;
    // What a plan assumes to be learnt by then stands beside what was told, and the higher of the two holds.
    const def = this.book.schema.facts.get(name);
    if (this.situation.learning && assumed === undefined && canRise(this.book.schema, def, told)) return undefined;
    return higher(this.book.schema, def, told, assumed);
  }

  /** Whether something beside what was told of a list may be what the plan rests on: found by then, or to be thought of as found. */
  private mayBeFound(fact: string): boolean {
    const s = this.situation;
    if (isOffer(fact) && s.assumed.has(assumedKey('offer.exists', this.provision.jurisdiction))) return true;
    const from = s.learning ? foundFrom(this.book.schema, s, fact) : undefined;
    return from !== undefined && this.on >= from;
  }

  private computed(name: string): Value | undefined {
    const s = this.situation;
    const dot = name.indexOf('.');
    switch (dot < 0 ? name : name.slice(0, dot)) {
      case 'passport': {
        const field = name.slice(9);
        if (field === 'ageYears') {
          const issued = this.fact('passport.issued') as Day | undefined;
          return issued === undefined ? undefined : yearsBetween(issued, this.on);
        }
        const doc = this.binding.document === undefined ? undefined : s.documents?.[this.binding.document];
        return doc?.[field as keyof typeof doc];
      }
      case 'offer': {
        if (name === 'offer.exists') {
          if (this.binding.offer !== undefined) return true;
          return s.person.offers === undefined ? undefined : false;
        }
        const offer = this.binding.offer === undefined ? undefined : s.person.offers?.[this.binding.offer];
        return offer?.[name.slice(6)];
      }
      case 'now':
        if (name === 'now.country') return s.place;
        if (name === 'now.since') return s.since;
        return s.under;
      case 'age': {
        const born = this.fact('person.born') as Day | undefined;
        return born === undefined ? undefined : yearsBetween(born, this.on);
      }
      case 'inCountry': {
        const place = this.fact('now.country') as string | undefined;
        return place === undefined ? undefined : this.here(place);
      }
      case 'residesHere':
        return this.residesHere();
      case 'permitCountries':
        return this.permitCountries();
      case 'savings':
        return savingsOn(this.book, s, this.on);
      case 'documents':
        return s.documents as readonly Rec[] | undefined;
      case 'stays':
        return allVisits(s) as readonly Rec[] | undefined;
      case 'statuses':
        return this.statuses();
      case 'family':
        return this.family();
      case 'highestDegree': {
        const levels = this.education()?.map((e) => DEGREES.indexOf(String(e.level)));
        if (!levels) return undefined;
        return levels.length === 0 ? 'none' : DEGREES[Math.max(...levels)];
      }
      case 'degreeRecognised':
        return this.recognised((level) => level >= 3);
      case 'vocationalRecognised':
        return this.recognised((level) => level === 2);
      default:
        return s.person.facts.get(name);
    }
  }

  /** Whether a country is the provision's jurisdiction or belongs to it. */
  private here(country: string): boolean {
    return (
      country === this.provision.jurisdiction ||
      (membersOf(this.book, this.provision.jurisdiction, this.on) ?? []).includes(country)
    );
  }

  private residesHere(): boolean | undefined {
    const s = this.situation;
    if (s.holdings === undefined && s.under === undefined) return undefined;
    const ids = (s.holdings ?? []).filter((h) => isCurrent(h, this.on)).map((h) => h.status);
    if (s.under) ids.push(s.under);
    for (const id of ids) {
      const t = statusTerms(this.book, id);
      if (
        t &&
        this.here(t.provision.jurisdiction) &&
        ['permit', 'protection', 'permanent', 'citizenship'].includes(t.terms.stands)
      )
        return true;
    }
    return s.holdings === undefined ? undefined : false;
  }

  /** Countries of the permits and long-stay statuses held on the day, the papers of applicants apart. */
  private permitCountries(): readonly string[] | undefined {
    const s = this.situation;
    if (s.holdings === undefined) return undefined;
    const out = new Set<string>();
    for (const h of s.holdings) {
      const t = isCurrent(h, this.on) ? statusTerms(this.book, h.status) : undefined;
      if (t && ['permit', 'protection', 'permanent'].includes(t.terms.stands))
        out.add(h.country ?? t.provision.jurisdiction);
    }
    return [...out].sort();
  }

  private statuses(): readonly Rec[] | undefined {
    const s = this.situation;
    if (s.holdings === undefined) return undefined;
    return s.holdings.map(({ goesOn: _, ...h }) => {
      const country = h.country ?? h.status.split('/')[0];
      return { ...h, ...(country ? { country } : {}), current: isCurrent(h, this.on) } as Rec;
    });
  }

  private family(): readonly Rec[] | undefined {
    const list = (this.situation.person.facts.get('family') ?? this.situation.assumed.get('family')) as
      | readonly Rec[]
      | undefined;
    return list?.map((f) =>
      f.born === undefined || f.age !== undefined ? f : { ...f, age: yearsBetween(f.born as Day, this.on) },
    );
  }

  private education(): readonly Rec[] | undefined {
    return this.fact('education') as readonly Rec[] | undefined;
  }

  /** Kleene "some" over the education list: a level that counts, recognised in this country. */
  private recognised(counts: (level: number) => boolean): boolean | undefined {
    const list = this.education();
    if (!list) return undefined;
    let open = false;
    for (const e of list) {
      if (e.level === undefined) {
        open = true;
        continue;
      }
      if (!counts(DEGREES.indexOf(String(e.level)))) continue;
      // A degree of the country itself needs no recognition there.
      if (e.country !== undefined && this.here(String(e.country))) return true;
      const where = e.recognisedIn as readonly string[] | undefined;
      if (where === undefined) open = true;
      else if (where.some((c) => this.here(c))) return true;
    }
    return open ? undefined : false;
  }
}
