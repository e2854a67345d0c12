/**
 * Persons as the law sees them. The lab keeps a person as a row of small codes; a fact hangs on a few of the columns. Whoever
 * has the same codes in the columns that a rule looks at has the same answer from it: that is what `answers.ts` and the
 * coverage remember by.
 */
import { addMonths, yearsBetween } from '../calendar/civil.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import type { Document, Holding, Person, Situation } from '../person/types.ts';
import type { Day, Rec, Value } from '../rules/ir.ts';
import type { AnswerRule } from './answers.ts';
import { DOC_STEPS, passportsOn } from './papers.ts';
import type { Sample } from './population.ts';
import type { Attribute, PopulationModel } from './population-file.ts';
import { hash, Stream } from './random.ts';
import { RowFacts } from './row-facts.ts';
import { SINCE_STEPS, Standings } from './standing.ts';

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
  /** Columns that the visas of a row hang on: they are held wherever a probe puts the row. */
  readonly visaColumns: ReadonlySet<string>;
  /** Visas for visits that a row has been given by a day, run out or not; none of them is a ground to stay by itself. */
  visasOf(i: number, on: Day): readonly Holding[];
  /** Fields of documents that change with the day (renewals): facts of them hang on the day as well. */
  readonly documentsMove: ReadonlySet<string>;
  /** Whether what is known of a family changes with the day: where members have a day of birth, they grow older. */
  readonly familyMoves: boolean;
  /** Ages by the code of the column `born` on a day; `undefined` where ages do not hang on that column. */
  agesOn(on: Day): Uint8Array | undefined;
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

const PICKS = 6;

/** A new passport has other days, and may have a chip; kind and country stay. */
const MOVING: ReadonlySet<string> = new Set(['biometric', 'issued', 'expires', 'ageYears']);
/** Months since January 1930 in which somebody may have been born. */
const BORN = 1200;
const bornIn = (code: number): Day => addMonths(-14610, code, 'clamp');

type Build = { readonly columns: readonly string[]; readonly make: (i: number, on: Day) => Value | undefined };

const NO_VISAS: readonly Holding[] = [];
const NOTHING: ReadonlyMap<string, Value> = new Map();

/** The invented population, as the law is asked about it. */
export class SyntheticPeople implements People {
  readonly n: number;
  readonly weights: Float64Array;
  readonly documentsMove: ReadonlySet<string> = MOVING;
  readonly familyMoves: boolean;
  readonly manyOffers = false;
  readonly visaColumns: ReadonlySet<string>;
  readonly model: PopulationModel;
  readonly sample: Sample;
  private readonly book: LawBook;
  private readonly columns = new Map<string, Column>();
  private readonly builds = new Map<string, Build>();
  private readonly fixed = new Map<string, Value>();
  private readonly stream: Stream;
  private readonly answered = new Map<string, AnswerRule>();
  private last: { readonly i: number; readonly on: Day; readonly s: Situation } | undefined;
  private readonly standings: Standings;

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
    this.standings = new Standings(book, {
      placeOf: (i) => this.placeOf(i),
      standing: (i) => this.category('standing', i).special.standing ?? 'visitor',
      since: (i) => this.column('since').codes[i] as number,
      pick: (i) => this.column('pick').codes[i] as number,
      somebody: (on, at) => this.assemble(0, on, at, false),
    });
    this.visaColumns = new Set(
      model.attributes.flatMap((a) => (a.categories.some((c) => c.special.visas?.length) ? [a.id] : [])),
    );
    for (const id of this.visaColumns)
      for (const c of (model.attributes[model.byId.get(id) as number] as Attribute).categories)
        for (const v of c.special.visas ?? []) {
          const stands = statusTerms(book, v.status)?.terms.stands;
          if (stands !== 'visit')
            throw new RangeError(
              `diaspora/population.yaml, ${id}: ${c.id}: "${v.status}" is ${stands === undefined ? 'no status of the law' : `a status that stands as ${stands}`}; expected a visa for visits.`,
            );
        }
    this.familyMoves = model.attributes.some((a) =>
      a.categories.some((c) => ((c.facts.get('family') ?? []) as readonly Rec[]).some((f) => f.born !== undefined)),
    );
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
    put('person.born', ['born'], (i) => bornIn((this.column('born').codes[i] as number) ?? 0));
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
    for (const fact of PLACE_FACTS) {
      const visas = fact === 'statuses' ? this.visaColumns : [];
      put(fact, [fact === 'now.country' ? 'host' : 'stand', ...visas], () => undefined);
    }
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
      return { codes, size: BORN };
    }
    if (name === 'stand') return this.standings.column(n);
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

  private documents(i: number, on: Day): Document[] {
    return passportsOn(
      this.category('passport', i).special.document,
      this.column('doc').codes[i] as number,
      this.model.on,
      () => this.value('canRenewAtConsulate', i, on) === true,
      on,
    );
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
    const at = probe ?? this.standings.of(i, on);
    const visas = this.visasOf(i, on);
    return this.assemble(i, on, visas.length ? { ...at, holdings: [...at.holdings, ...visas] } : at, true);
  }

  visasOf(i: number, on: Day): readonly Holding[] {
    let all: readonly Holding[] = NO_VISAS;
    for (const id of this.visaColumns)
      for (const v of this.category(id, i).special.visas ?? []) if (v.from <= on) all = [...all, v];
    return all;
  }

  private readonly ages = new Map<Day, Uint8Array>();

  agesOn(on: Day): Uint8Array {
    let of = this.ages.get(on);
    if (!of) {
      of = Uint8Array.from({ length: BORN }, (_, code) => Math.max(0, Math.min(255, yearsBetween(bornIn(code), on))));
      this.ages.set(on, of);
    }
    return of;
  }

  /** Age of a row on a day. */
  age(i: number, on: Day): number {
    return yearsBetween(this.value('person.born', i, on) as Day, on);
  }
}
