/**
 * The law book: every provision, area, rate and fact, as one value that can be written to and read from JSON.
 * Reading the YAML (`read.ts`) needs the file system and the schema checker; using a book needs neither.
 */
import type { Day, Schema } from '../rules/ir.ts';
import type { Area, Coverage, Provision, Rates, StatusTerms } from './types.ts';

export const BOOK_FORMAT = 'foothold-law/2';

/** The whole law, read and checked: what every other part of the library asks. Dates are days, numbers are by name and day; `digest` is the same for the same law. */
export type LawBook = {
  readonly schema: Schema;
  readonly provisions: ReadonlyMap<string, Provision>;
  readonly areas: ReadonlyMap<string, Area>;
  readonly rates: Rates;
  readonly coverage: readonly Coverage[];
  /** SHA-256 of the law's files: which law this is. Empty for a book made in memory. */
  readonly digest: string;
};

/** Where a status is defined: its own provision or the route that grants it. `undefined`: not in the law. */
export function statusTerms(
  book: LawBook,
  id: string,
): { readonly provision: Provision; readonly terms: StatusTerms } | undefined {
  const p = book.provisions.get(id);
  if (!p) return undefined;
  if (p.status) return { provision: p, terms: p.status };
  if (p.kind === 'stay') return { provision: p, terms: { stands: 'visit', ...(p.rights ? { rights: p.rights } : {}) } };
  return undefined;
}

/** Provisions of a kind, in the order of their ids. */
export function ofKind(book: LawBook, kind: Provision['kind']): Provision[] {
  const cached = kindCache.get(book);
  const table = cached ?? new Map<Provision['kind'], Provision[]>();
  if (!cached) {
    for (const p of [...book.provisions.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const row = table.get(p.kind);
      if (row) row.push(p);
      else table.set(p.kind, [p]);
    }
    kindCache.set(book, table);
  }
  return table.get(kind) ?? [];
}
const kindCache = new WeakMap<LawBook, Map<Provision['kind'], Provision[]>>();

/** The countries of an area on a day; a country stands for itself; `undefined` if there is no such area. */
export function membersOf(book: LawBook, area: string, on: Day): readonly string[] | undefined {
  let table = memberCache.get(book.areas);
  if (!table) {
    table = new Map();
    memberCache.set(book.areas, table);
  }
  let row = table.get(area);
  if (!row) {
    const known = book.areas.get(area);
    if (!known) {
      if (!/^[a-z]{2}$/.test(area)) return undefined;
      row = { days: [], members: [[area]] };
    } else {
      const days = new Set<Day>();
      for (const m of known.members) {
        days.add(m.from);
        if (m.to !== undefined) days.add(m.to + 1);
      }
      const sorted = [...days].sort((a, b) => a - b);
      const on_ = (d: Day) =>
        known.members.filter((m) => m.from <= d && (m.to === undefined || d <= m.to)).map((m) => m.country);
      row = { days: sorted, members: [[], ...sorted.map(on_)] };
    }
    table.set(area, row);
  }
  let k = 0;
  while (k < row.days.length && (row.days[k] as Day) <= on) k++;
  return row.members[k];
}
/** The members of each area between the days on which they change: asked for at every step of a plan. */
const memberCache = new WeakMap<
  LawBook['areas'],
  Map<string, { days: readonly Day[]; members: readonly (readonly string[])[] }>
>();

/** Areas that a country belongs to on a day. */
export function areasOf(book: LawBook, country: string, on: Day): string[] {
  const out: string[] = [];
  for (const id of book.areas.keys()) if (membersOf(book, id, on)?.includes(country)) out.push(id);
  return out;
}

/** Whether a status id matches a pattern: itself, or `de/*`. */
export function matchesStatus(pattern: string, status: string): boolean {
  return pattern === status || (pattern.endsWith('/*') && status.startsWith(pattern.slice(0, -1)));
}

type Json = {
  format: string;
  digest: string;
  schema: {
    facts: unknown[];
    records: [string, [string, unknown][]][];
    sets: [string, unknown][];
    codeLists: [string, string][];
  };
  provisions: Provision[];
  areas: [string, Area][];
  rates: Rates;
  coverage: Coverage[];
};

/** A book as JSON text, in a fixed order: the same law gives the same bytes. */
export function writeBook(book: LawBook): string {
  const json: Json = {
    format: BOOK_FORMAT,
    digest: book.digest,
    schema: {
      facts: [...book.schema.facts.values()],
      records: [...book.schema.records].map(([k, v]) => [k, [...v]]),
      sets: [...book.schema.sets],
      codeLists: [...book.schema.codeLists],
    },
    provisions: [...book.provisions.values()],
    areas: [...book.areas],
    rates: book.rates,
    coverage: [...book.coverage],
  };
  return JSON.stringify(json);
}

/** Reads a book written by `writeBook`. Throws with a message for people if it is of another format. */
export function readBook(text: string): LawBook {
  return bookFrom(JSON.parse(text));
}

/** The book of a JSON value that `writeBook` wrote; the value belongs to the book afterwards. */
export function bookFrom(value: unknown): LawBook {
  const json = value as Json;
  if (json.format !== BOOK_FORMAT) {
    throw new Error(
      `This law book has the format "${json.format}"; this program reads "${BOOK_FORMAT}". Take a law book made for this version, or update the program.`,
    );
  }
  return {
    digest: json.digest,
    schema: {
      facts: new Map((json.schema.facts as never[]).map((f: { name: string }) => [f.name, f])) as never,
      records: new Map(json.schema.records.map(([k, v]) => [k, new Map(v)])) as never,
      sets: new Map(json.schema.sets) as never,
      codeLists: new Map(json.schema.codeLists),
    },
    provisions: new Map(json.provisions.map((p) => [p.id, p])),
    areas: new Map(json.areas),
    rates: json.rates,
    coverage: json.coverage,
  };
}
