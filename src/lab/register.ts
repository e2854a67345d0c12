/**
 * The coverage question for a register: for every route, whether it is open to each person, as one statement of SQL over a table
 * with a row a person and passport. It is the law's own text of one day: no behaviour, no number that is not in `law/`. SQL's NULL is
 * "unknown", and its AND, OR and NOT are Kleene's.
 *
 * The table's columns are the facts, named and typed as `rules/sql.ts` says. Facts that look different to each country (the offer there,
 * being in it, a degree recognised in it, residence there) are columns `fact@country`. A person with several passports has as
 * many rows; the best of them counts.
 */
import { type LawBook, membersOf, ofKind } from '../law/book.ts';
import { inForce, listAt, paramAt } from '../law/resolve.ts';
import type { Provision } from '../law/types.ts';
import { treeAt } from '../moves/assess.ts';
import { bearingOnRoute } from '../moves/eligible.ts';
import { exchange } from '../person/view.ts';
import type { ClockColumn, FactColumn } from '../rules/columns.ts';
import type { Day } from '../rules/ir.ts';
import { makeSql } from '../rules/sql.ts';
import { DIALECTS, type DialectName } from '../rules/sql-dialect.ts';
import { DIALECT } from '../rules/sql-dialects.ts';

export { DIALECTS, type DialectName };

const BY_COUNTRY = /^(offer\.|inCountry$|residesHere$|degreeRecognised$|vocationalRecognised$)/;

/** The column of a fact as a provision of a jurisdiction sees it. */
export const registerColumn = (name: string, jurisdiction: string): string =>
  BY_COUNTRY.test(name) ? `${name}@${jurisdiction}` : name;

export type Register = {
  /** The routes asked about: columns of the answer, true, false or NULL (unknown). */
  readonly routes: readonly string[];
  /** The columns that the table must have beside `person`. */
  readonly columns: readonly (FactColumn | ClockColumn)[];
  /** The statement; `register` is the name of the table. */
  readonly sql: string;
  /** Statements to be run before it in the same session. */
  readonly settings: readonly string[];
};

/** The statement of a day in an engine's dialect. `routes` are ids; all of them where none are given. @throws RangeError for a route that is not in the book */
export function registerSql(
  book: LawBook,
  on: Day,
  routes?: readonly string[],
  dialectName: DialectName = 'duckdb',
  table = 'register',
): Register {
  const dialect = DIALECT[dialectName];
  const { quoteName, quoteText } = dialect;
  const asked = routes
    ? routes.map((id) => {
        const p = book.provisions.get(id);
        if (p?.kind !== 'route') throw new RangeError(`There is no route "${id}" in the law.`);
        return p;
      })
    : ofKind(book, 'route');
  const columns = new Map<string, FactColumn | ClockColumn>();
  const parts = new Map<string, string>();
  const currencies = [...new Set([...Object.keys(book.rates), 'EUR'])].sort();
  /** The column of a provision's own answer among the parts; made when it is first needed. */
  const part = (p: Provision): string => {
    const name = quoteName(`is ${p.id}`);
    if (parts.has(name)) return name;
    const made = makeSql(
      treeAt(p, on),
      {
        on,
        monthEnd: p.monthEnd?.policy,
        param: (x) => paramAt(p, x, on),
        codeList: (x) => (x.startsWith('area.') ? membersOf(book, x.slice(5), on) : listAt(p, x, on)),
        rate: (a, b) => exchange(book, a, b, on),
      },
      { schema: book.schema, currencies, rename: (x) => registerColumn(x, p.jurisdiction), dialect },
    );
    for (const c of made.columns) columns.set(c.k === 'clock' ? c.key : c.name, c);
    // Not known to be in force: what would be yes is unknown.
    parts.set(name, inForce(p, on) === 'unknown' ? `(${made.text}) AND ${dialect.unknown('boolean')}` : made.text);
    return name;
  };
  const side = (route: Provision, inside: boolean): string => {
    const { restrictions, documents } = bearingOnRoute(book, route, inside, on);
    const papers = documents.filter((p) => inForce(p, on) !== 'no').map(part);
    // Where the state may set its rules on papers aside, papers that do not fit leave the answer open.
    const fit =
      route.papers && papers.length ? [`((${papers.join(' AND ')}) OR ${dialect.unknown('boolean')})`] : papers;
    const others = [
      ...fit,
      ...restrictions.filter((p) => p.strength !== 'may' && inForce(p, on) !== 'no').map((p) => `NOT ${part(p)}`),
    ];
    return [part(route), ...others].join(' AND ');
  };
  const answers = asked.map((route) => {
    if (inForce(route, on) === 'no') return `false AS ${quoteName(route.id)}`;
    const here = side(route, true);
    const away = side(route, false);
    if (here === away) return `${here} AS ${quoteName(route.id)}`;
    const countries = (membersOf(book, route.jurisdiction, on) ?? [route.jurisdiction]).map(quoteText).join(', ');
    columns.set('now.country', {
      k: 'fact',
      name: 'now.country',
      type: book.schema.facts.get('now.country')?.type ?? { t: 'code', set: 'country' },
    });
    return `CASE WHEN ${quoteName('now.country')} IN (${countries}) THEN ${here} ELSE ${away} END AS ${quoteName(route.id)}`;
  });
  const best = asked.map((route) => {
    const name = quoteName(route.id);
    // Qualified, since an engine may read the bare name as the column that is being made.
    const all = `answers.${name}`;
    return `CASE WHEN ${dialect.anyTrue(all)} THEN true WHEN count(*) = count(${all}) THEN false END AS ${name}`;
  });
  const sql = `WITH parts AS (
SELECT *,
${[...parts].map(([name, text]) => `  ${text} AS ${name}`).join(',\n')}
FROM ${quoteName(table)}
), answers AS (
SELECT person,
${answers.map((a) => `  ${a}`).join(',\n')}
FROM parts
)
SELECT person,
${best.map((b) => `  ${b}`).join(',\n')}
FROM answers
GROUP BY person
ORDER BY person
`;
  return { routes: asked.map((r) => r.id), columns: [...columns.values()], sql, settings: dialect.settings };
}
