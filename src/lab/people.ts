/**
 * Persons as the law sees them. The lab keeps a person as a row of small codes; a fact hangs on a few of the columns. Whoever
 * has the same codes in the columns that a rule looks at has the same answer from it: that is what `answers.ts` and the
 * coverage remember by.
 */
import { addMonths, yearsBetween } from '../calendar/civil.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { stayRulesFor } from '../moves/lawful.ts';
import { stayAnswer } from '../moves/stay.ts';
import type { Document, Holding, Person, Situation } from '../person/types.ts';
import type { Day, Rec, Value } from '../rules/ir.ts';
import type { AnswerRule } from './answers.ts';
import type { Sample } from './population.ts';
import type { Attribute, PopulationModel } from './population-file.ts';
import { hash, Stream } from './random.ts';

export type Column = { readonly codes: Uint8Array | Uint16Array | Int32Array; readonly size: number };

/** Where a person is taken to be, instead of where their row says: the lab asks the law from several places. */
export type Probe = {
  readonly place: string | undefined;
  readonly since?: Day;
  readonly under?: string;
  readonly holdings: readonly Holding[];
};

/** A population that the lab can ask the law about: synthetic, or a user's own microdata. */
export type People = {
  readonly n: number;
  readonly weights: Float64Array;
  /** The columns that a base fact hangs on; none if it is the same (or unknown) for everybody. */
  columnsOf(fact: string): readonly string[];
  column(name: string): Column;
  /** The situation of row `i` on a day; with a probe, at the probe's place and with its statuses. */
  situation(i: number, on: Day, probe?: Probe): Situation;
  /** Country of the row, if known. */
  placeOf(i: number): string | undefined;
  /** Whether documents change with the day (renewals): then facts of documents hang on the day as well. */
  readonly documentsMove: boolean;
  /** Whether some row has two offers in one country: conditions on offers then cannot be taken apart. */
  readonly manyOffers: boolean;
};

/** Facts about place and status, which a probe replaces. */
export const PLACE_FACTS: ReadonlySet<string> = new Set([
  'now.country',
  'now.since',
  'now.status',
  'statuses',
  'stays',
]);

const DOC_STEPS = 20;
const SINCE_STEPS = 4;
const PICKS = 6;
/** Days before a passport ends on which a person who can goes for a new one. */
const RENEW_AHEAD = 180;

type Build = { readonly columns: readonly string[]; readonly make: (i: number, on: Day) => Value | undefined };

const NOTHING: ReadonlyMap<string, Value> = new Map();

/** The facts of one row, each made when it is asked for: a rule looks at a few of several hundred. */
export class RowFacts implements ReadonlyMap<string, Value> {
  private readonly names: () => readonly string[];
  private readonly make: (name: string) => Value | undefined;

  constructor(names: () => readonly string[], make: (name: string) => Value | undefined) {
    this.names = names;
    this.make = make;
  }

  get(name: string): Value | undefined {
    return this.make(name);
  }

  has(name: string): boolean {
    return this.make(name) !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const name of new Set(this.names())) {
      const v = this.make(name);
      if (v !== undefined) yield [name, v];
    }
  }

  *keys(): MapIterator<string> {
    for (const [k] of this.entries()) yield k;
  }

  *values(): MapIterator<Value> {
    for (const [, v] of this.entries()) yield v;
  }

  forEach(see: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [k, v] of this.entries()) see(v, k, this);
  }

  get size(): number {
    return [...this.entries()].length;
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
}

/** The invented population, as the law is asked about it. */
export class SyntheticPeople implements People {
  readonly n: number;
  readonly weights: Float64Array;
  readonly documentsMove = true;
  readonly manyOffers = false;
  readonly model: PopulationModel;
  readonly sample: Sample;
  private readonly book: LawBook;
  private readonly columns = new Map<string, Column>();
  private readonly builds = new Map<string, Build>();
  private readonly fixed = new Map<string, Value>();
  private readonly stream: Stream;
  private readonly answered = new Map<string, AnswerRule>();
  private readonly limits = new Map<string, number>();
  private last: { readonly i: number; readonly on: Day; readonly s: Situation } | undefined;
  private readonly statusesOf = new Map<string, readonly string[]>();

  /** Row of the whole population that this one's first row is: random numbers go by rows of the whole. */
  readonly offset: number;

  constructor(book: LawBook, model: PopulationModel, sample: Sample, answers: readonly AnswerRule[], offset = 0) {
    this.offset = offset;
    this.book = book;
    this.model = model;
    this.sample = sample;
    this.n = sample.n;
    this.weights = sample.weights;
    this.stream = new Stream(sample.seed, 'people');
    model.attributes.forEach((a, k) => {
      this.columns.set(a.id, { codes: sample.codes[k] as Uint8Array, size: a.categories.length });
    });
    for (const [name, def] of book.schema.facts)
      if (def.usual !== undefined && !def.derivedFrom && !/^(passport|offer)\./.test(name))
        this.fixed.set(name, def.usual);
    this.fixed.set('person.citizenships', ['ru']);
    this.fixed.set('claims', []);
    for (const a of answers) {
      if (a.k === 'value') this.fixed.set(a.fact, a.value);
      else this.answered.set(a.fact, a);
    }
    this.attributeFacts();
    this.specialFacts();
  }

  /** The category of a row in an attribute. */
  category(id: string, i: number): Attribute['categories'][number] {
    const k = this.model.byId.get(id) as number;
    return (this.model.attributes[k] as Attribute).categories[
      (this.sample.codes[k] as Uint8Array)[i] as number
    ] as never;
  }

  /** Plain facts of categories; a later attribute speaks over an earlier one. */
  private attributeFacts(): void {
    const by = new Map<string, number[]>();
    this.model.attributes.forEach((a, k) => {
      for (const c of a.categories)
        for (const f of c.facts.keys()) {
          const list = by.get(f) ?? [];
          if (!list.includes(k)) by.set(f, [...list, k]);
        }
      for (const [f, v] of a.defaults) this.fixed.set(f, v);
      if (a.othersNo)
        for (const [f, def] of this.book.schema.facts)
          if (f.startsWith(`${a.othersNo}.`) && def.type.t === 'boolean' && !this.fixed.has(f))
            this.fixed.set(f, false);
    });
    for (const [fact, attrs] of by) {
      const fallback = this.fixed.get(fact);
      this.builds.set(fact, {
        columns: attrs.map((k) => (this.model.attributes[k] as Attribute).id),
        make: (i) => {
          for (let x = attrs.length - 1; x >= 0; x--) {
            const k = attrs[x] as number;
            const code = (this.sample.codes[k] as Uint8Array)[i] as number;
            const v = (this.model.attributes[k] as Attribute).categories[code]?.facts.get(fact);
            if (v !== undefined) return v;
          }
          return fallback;
        },
      });
    }
  }

  private specialFacts(): void {
    const host = (i: number): string => this.category('host', i).id;
    const put = (fact: string, columns: readonly string[], make: Build['make']): void => {
      this.builds.set(fact, { columns, make });
    };
    put('person.born', ['born'], (i) => addMonths(-14610, (this.column('born').codes[i] as number) ?? 0, 'clamp'));
    put('documents', ['passport', 'doc', 'consulate'], (i, on) => this.documents(i, on) as unknown as Value);
    const family = this.builds.get('family');
    put('family', ['family', 'host'], (i, on) => {
      const c = this.category('family', i);
      if (c.special.spouseOfHost)
        return [{ relation: 'spouse', citizenships: [host(i)], country: host(i), together: true, dependent: false }];
      const base = family?.make(i, on) as readonly Rec[] | undefined;
      return c.special.sharesHost ? base?.map((f) => ({ ...f, country: host(i) })) : base;
    });
    const employer = this.builds.get('work.employer');
    put('work.employer', ['employer', 'host'], (i, on) =>
      this.category('employer', i).special.employerHere ? host(i) : employer?.make(i, on),
    );
    for (const [fact, attr, key] of [
      ['companies', 'assets', 'companyHere'],
      ['property', 'assets', 'propertyHere'],
      ['studyPlaces', 'study', 'studyHere'],
    ] as const) {
      const plain = this.builds.get(fact);
      put(fact, [attr, 'host'], (i, on) => {
        const here = this.category(attr, i).special[key];
        return here ? [{ ...here, country: host(i) }] : plain?.make(i, on);
      });
    }
    put('offers', ['offer', 'offerIn', 'occupation'], (i, on) => {
      const salary = this.category('offer', i).special.salaryYear;
      if (salary === undefined) return [];
      return [
        {
          country: this.category('offerIn', i).id,
          occupation: (this.value('work.occupation', i, on) ?? 'none') as string,
          salaryYear: salary,
          hoursWeek: 40,
          months: 24,
          contract: 'employment',
          employerKind: 'company',
          matchesDegree: true,
        } as Rec,
      ];
    });
    const spoken = new Set(Object.values(this.model.hostLanguages));
    for (const name of this.book.schema.facts.keys()) {
      if (!name.startsWith('languages.') || this.builds.has(name)) continue;
      const lang = name.slice(10);
      if (!spoken.has(lang)) {
        this.fixed.set(name, 'none');
        continue;
      }
      put(name, ['local', 'host'], (i) =>
        this.model.hostLanguages[host(i)] === lang ? (this.category('local', i).special.language ?? 'none') : 'none',
      );
    }
    for (const fact of PLACE_FACTS) put(fact, [fact === 'now.country' ? 'host' : 'stand'], () => undefined);
    for (const [fact, rule] of this.answered) {
      if (rule.k === 'share') {
        const column = `fact:${fact}`;
        put(fact, [column], (i) => this.column(column).codes[i] === 1);
      } else if (rule.k === 'from') {
        put(fact, this.columnsOf(rule.from), (i, on) => this.value(rule.from, i, on));
      } else if (rule.k === 'when') {
        const columns = [...new Set(rule.when.facts.flatMap((f) => this.columnsOf(f)))];
        put(fact, columns, (i, on) => rule.when.holds(this.book, this.plain(i, on), on));
      }
    }
  }

  columnsOf(fact: string): readonly string[] {
    return this.builds.get(fact)?.columns ?? [];
  }

  column(name: string): Column {
    const have = this.columns.get(name);
    if (have) return have;
    const made = this.makeColumn(name);
    this.columns.set(name, made);
    return made;
  }

  private makeColumn(name: string): Column {
    const { n } = this;
    const key = hash(name);
    if (name === 'born') {
      // Months since January 1930; ages are those of the day that the population is described for.
      const codes = new Uint16Array(n);
      const months = Math.round((this.model.on + 14610) / 30.4375);
      for (let i = 0; i < n; i++) {
        const [a, b] = this.category('age', i).special.ages ?? [30, 40];
        codes[i] = Math.max(0, months - Math.floor((a + this.stream.at(this.offset + i, key) * (b + 1 - a)) * 12) - 1);
      }
      return { codes, size: 1200 };
    }
    if (name === 'stand') return this.standColumn();
    const steps: Record<string, number> = { doc: DOC_STEPS, since: SINCE_STEPS, pick: PICKS };
    if (steps[name] !== undefined) {
      const size = steps[name] as number;
      const codes = new Uint8Array(n);
      for (let i = 0; i < n; i++) codes[i] = Math.floor(this.stream.at(this.offset + i, key) * size);
      return { codes, size };
    }
    if (name.startsWith('fact:')) {
      const rule = this.answered.get(name.slice(5));
      const share = rule?.k === 'share' ? rule.share : 0;
      const codes = new Uint8Array(n);
      for (let i = 0; i < n; i++) codes[i] = this.stream.at(this.offset + i, key) < share ? 1 : 0;
      return { codes, size: 2 };
    }
    throw new RangeError(`There is no column "${name}" of persons.`);
  }

  /** One code for all of a row's place and status: what does not matter for a standing is left out of it. */
  private standColumn(): Column {
    const codes = new Uint16Array(this.n);
    const table = new Map<string, number>();
    for (let i = 0; i < this.n; i++) {
      const place = this.placeOf(i) ?? '';
      const standing = this.category('standing', i).special.standing ?? 'visitor';
      const since = this.column('since').codes[i] as number;
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
    return (this.column('pick').codes[i] as number) % (this.permits(place, standing).length || 1);
  }

  /** The day a person left, uniform within the wave. */
  leaves(i: number): Day {
    const [a, b] = this.category('wave', i).special.leaves ?? [this.model.on, this.model.on];
    return a + Math.floor(this.stream.at(this.offset + i, hash('leaves')) * (b - a + 1));
  }

  /** One base fact of a row. */
  value(fact: string, i: number, on: Day): Value | undefined {
    const b = this.builds.get(fact);
    return b ? b.make(i, on) : this.fixed.get(fact);
  }

  placeOf(i: number): string | undefined {
    const id = this.category('host', i).id;
    return id === 'other' ? undefined : id;
  }

  /**
   * Passports of a row on a day. Whoever can deal with a consulate gets the next one half a year before the last ends, with a
   * chip; before the known one was issued there was one of the same kind.
   */
  private documents(i: number, on: Day): Document[] {
    const d = this.category('passport', i).special.document;
    if (!d) return [];
    if (d.years === undefined) return [{ kind: d.kind, country: 'ru', issuedInOccupiedTerritory: false }];
    const days = Math.round(d.years * 365.25);
    const step = this.column('doc').codes[i] as number;
    let expires = d.expired
      ? this.model.on - 30 - step * 20
      : this.model.on + 60 + Math.round(((days - 60) * (step + 0.5)) / DOC_STEPS);
    let issued = expires - days;
    let biometric = d.biometric === true;
    while (on < issued) {
      expires = issued + RENEW_AHEAD;
      issued = expires - days;
    }
    const can = this.value('canRenewAtConsulate', i, on) === true;
    while (can && !d.expired && on >= expires - RENEW_AHEAD) {
      issued = expires - RENEW_AHEAD;
      biometric = true;
      expires = issued + 3652;
    }
    return [{ kind: d.kind, country: 'ru', biometric, issued, expires, issuedInOccupiedTerritory: false }];
  }

  /** The situation without answers that follow from other answers: what those are computed from. */
  private plain(i: number, on: Day): Situation {
    if (this.last && this.last.i === i && this.last.on === on) return this.last.s;
    const s = this.assemble(i, on, { place: this.placeOf(i), holdings: [] }, false);
    this.last = { i, on, s };
    return s;
  }

  private assemble(i: number, on: Day, at: Probe, followed: boolean): Situation {
    const facts = new RowFacts(
      () => [...this.fixed.keys(), ...this.builds.keys()],
      (name) => {
        if (PLACE_FACTS.has(name)) return undefined;
        const b = this.builds.get(name);
        if (!b) return this.fixed.get(name);
        if (!followed && this.answered.get(name)?.k === 'when') return undefined;
        return b.make(i, on);
      },
    );
    const documents = this.builds.has('documents') ? this.documents(i, on) : undefined;
    const person: Person = {
      name: `row ${i}`,
      facts,
      documents,
      offers: facts.get('offers') as readonly Rec[] | undefined,
      visits: [],
      holdings: at.holdings,
      now: {
        ...(at.place === undefined ? {} : { country: at.place }),
        ...(at.since === undefined ? {} : { since: at.since }),
        ...(at.under === undefined ? {} : { status: at.under }),
      },
      members: new Map(),
    };
    return {
      person,
      on,
      place: at.place,
      since: at.since,
      under: at.under,
      visits: [],
      holdings: at.holdings,
      documents,
      pending: [],
      cash: facts.get('savings') as Situation['cash'],
      assumed: NOTHING,
      refused: [],
    };
  }

  situation(i: number, on: Day, probe?: Probe): Situation {
    return this.assemble(i, on, probe ?? this.standingOf(i, on), true);
  }

  /** Where a row is on a day, since when and on what basis. Days are counted back from the day asked about. */
  private standingOf(i: number, on: Day): Probe {
    const place = this.placeOf(i);
    if (place === undefined) return { place: undefined, holdings: [] };
    const standing = this.category('standing', i).special.standing ?? 'visitor';
    const since = this.column('since').codes[i] as number;
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
    const s = this.assemble(0, on, { place, since: on, under: rule, holdings: [] }, false);
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

  /** Age of a row on a day. */
  age(i: number, on: Day): number {
    return yearsBetween(this.value('person.born', i, on) as Day, on);
  }
}
