/**
 * Coverage in parts: some rows of a table are covered here, others elsewhere, and what is found of each row is put together and summed up
 * as if it had been one table. A row's answers hang on nobody else's, so the parting changes no bit of the answer.
 */
import type { LawBook } from '../law/book.ts';
import type { Day } from '../rules/ir.ts';
import { type ClosedRoute, type CoverageOptions, coverRows, type HURDLES, type RowCoverage } from './cover-rows.ts';
import { type Coverage, membership, sumUp } from './coverage.ts';
import { LawEye } from './eye.ts';
import { homesOf } from './homes.ts';
import type { People } from './people.ts';
import type { Subgroup } from './subgroups.ts';

type Numbers = readonly number[];
type Levels = {
  readonly home: Numbers;
  readonly stable: Numbers;
  readonly unprotected: Numbers;
  readonly nothing: Numbers;
  readonly visits: Numbers;
  readonly byHost: readonly (readonly [host: string, levels: Numbers])[];
};

/** What is found of some rows, in plain values. It says much of every row: whoever keeps it keeps facts about persons. */
export type RowPart = Levels & {
  readonly weights: Numbers;
  readonly places: readonly (string | null)[];
  readonly bits: Numbers;
  readonly practice?: Levels & { readonly without: { readonly [H in (typeof HURDLES)[number]]: Numbers } };
  /** By home route: which rule alone keeps a row from it (`names`), or none. */
  readonly closed: readonly (readonly [route: string, names: readonly string[], rule: Numbers])[];
};

const levelsOf = (r: Omit<RowCoverage, 'practice'>): Levels => ({
  home: [...r.home],
  stable: [...r.stable],
  unprotected: [...r.unprotected],
  nothing: [...r.nothing],
  visits: [...r.visits],
  byHost: [...r.byHost].map(([host, levels]) => [host, [...levels]]),
});

/** Covers the rows of a part of a table. */
export function coverPart(
  book: LawBook,
  people: People,
  subgroups: readonly Subgroup[],
  on: Day,
  options: CoverageOptions = {},
): RowPart {
  const eye = new LawEye(book, people);
  const rows = coverRows(eye, on, options);
  const { practice } = rows;
  return {
    weights: [...people.weights],
    places: Array.from({ length: people.n }, (_, i) => people.placeOf(i) ?? null),
    bits: [...membership(book, eye, subgroups, on)],
    ...levelsOf(rows),
    ...(practice
      ? {
          practice: {
            ...levelsOf(practice),
            without: {
              danger: [...practice.without.danger],
              papers: [...practice.without.papers],
              money: [...practice.without.money],
            },
          },
        }
      : {}),
    closed: rows.closed.map((c) => [c.home.route.id, c.names, [...c.rule]]),
  };
}

const bytes = (parts: readonly Numbers[]): Uint8Array => Uint8Array.from(parts.flat());

function joinLevels(parts: readonly Levels[]): Omit<RowCoverage, 'practice'> {
  const [first] = parts as [Levels];
  return {
    home: bytes(parts.map((p) => p.home)),
    stable: bytes(parts.map((p) => p.stable)),
    unprotected: bytes(parts.map((p) => p.unprotected)),
    nothing: bytes(parts.map((p) => p.nothing)),
    visits: bytes(parts.map((p) => p.visits)),
    byHost: new Map(first.byHost.map(([host], k) => [host, bytes(parts.map((p) => p.byHost[k]?.[1] as Numbers))])),
  };
}

/** The same rules in one order; a part in whose rows a rule bears on nobody does not name it. */
function joinClosed(book: LawBook, on: Day, parts: readonly RowPart[]): ClosedRoute[] {
  const homes = new Map(homesOf(book, on).map((h) => [h.route.id, h]));
  const [first] = parts as [RowPart];
  return first.closed.map(([route], k) => {
    const names: string[] = [];
    const rule = parts.flatMap((p) => {
      const [, own, rows] = p.closed[k] as RowPart['closed'][number];
      const at = own.map((name) => {
        if (!names.includes(name)) names.push(name);
        return names.indexOf(name);
      });
      return rows.map((r) => (r < 0 ? r : (at[r] as number)));
    });
    const home = homes.get(route);
    if (!home) throw new RangeError(`The route ${route} leads to no home under this law.`);
    return { home, names, rule: Int16Array.from(rule) };
  });
}

/** The coverage of all parts together, which must be of one law, day and way of counting. `parts` in the order of their rows. */
export function sumUpParts(
  book: LawBook,
  parts: readonly RowPart[],
  subgroups: readonly Subgroup[],
  on: Day,
): Coverage {
  const places = parts.flatMap((p) => p.places);
  const practices = parts.flatMap((p) => (p.practice ? [p.practice] : []));
  const rows = {
    ...joinLevels(parts),
    ...(practices.length
      ? {
          practice: {
            ...joinLevels(practices),
            without: {
              danger: bytes(practices.map((p) => p.without.danger)),
              papers: bytes(practices.map((p) => p.without.papers)),
              money: bytes(practices.map((p) => p.without.money)),
            },
          },
        }
      : {}),
    closed: joinClosed(book, on, parts),
  };
  const people = {
    n: places.length,
    weights: Float64Array.from(parts.flatMap((p) => p.weights)),
    placeOf: (i: number) => places[i] ?? undefined,
  };
  return sumUp(book, people, rows, Int32Array.from(parts.flatMap((p) => p.bits)), subgroups, on, false);
}
