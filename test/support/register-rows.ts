/** Invented persons as rows of a register, and those rows in a Parquet file of the shape that a dialect's columns have. */
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SyntheticPeople } from '../../src/lab/people.ts';
import type { Provision } from '../../src/law/types.ts';
import { bindingsOf } from '../../src/moves/assess.ts';
import { View } from '../../src/person/view.ts';
import type { ClockColumn, FactColumn, Person } from '../../src/rules/columns.ts';
import type { Day, Schema, Type } from '../../src/rules/ir.ts';
import { quoteName, quoteText } from '../../src/rules/sql.ts';
import type { DialectName } from '../../src/rules/sql-dialect.ts';
import { DIALECT } from '../../src/rules/sql-dialects.ts';
import { book } from './lab.ts';

/** A row as the register's columns see it: facts that differ by country are asked as a provision of that country asks. */
const oneOf = new Map<string, Provision>();
for (const p of book.provisions.values()) if (!oneOf.has(p.jurisdiction)) oneOf.set(p.jurisdiction, p);
export function rowOf(people: SyntheticPeople, i: number, on: Day): Person {
  const s = people.situation(i, on);
  const views = new Map<string, View>();
  const view = (jurisdiction: string): View => {
    let v = views.get(jurisdiction);
    if (!v) {
      const p = oneOf.get(jurisdiction) as Provision;
      v = new View(book, p, s, on, bindingsOf(book, p, s, on)[0]);
      views.set(jurisdiction, v);
    }
    return v;
  };
  return {
    fact: (name) => {
      const [fact, country = 'de'] = name.split('@') as [string, string?];
      return view(country).fact(fact);
    },
    clock: (id, need) => view('de').clock(id, need),
  };
}

const nameOf = (c: FactColumn | ClockColumn): string => (c.k === 'clock' ? c.key : c.name);
const typeOf = (c: FactColumn | ClockColumn): Type => (c.k === 'clock' ? { t: 'boolean' } : c.type);

/** Where a dialect has no unknown structures and lists, what is known is told inside; DuckDB's own SQL makes it so. */
function told(sql: string, type: Type, schema: Schema, dialect: DialectName, depth = 0): string {
  if (dialect !== 'clickhouse') return sql;
  const known = `{'known': ${sql} IS NOT NULL, 'items': `;
  switch (type.t) {
    case 'money':
      return `{'amount': (${sql}).amount, 'currency': coalesce((${sql}).currency, '')}`;
    case 'duration':
      return `{'months': (${sql}).months, 'days': (${sql}).days}`;
    case 'codes':
      return `${known}coalesce(${sql}, [])}`;
    case 'records': {
      const fields = [...(schema.records.get(type.of) ?? [])];
      const inside = fields.map(
        ([f, t]) => `${quoteName(f)} := ${told(`r${depth}.${quoteName(f)}`, t, schema, dialect, depth + 1)}`,
      );
      return `${known}list_transform(coalesce(${sql}, []), lambda r${depth}: struct_pack(${inside.join(', ')}))}`;
    }
    default:
      return sql;
  }
}

/** Writes the table `from` (with a column `row`) to a Parquet file: `person`, then a column c0, c1, … for each wanted. */
export async function writeRows(
  duck: DuckDBConnection,
  from: string,
  columns: readonly (FactColumn | ClockColumn)[],
  dialect: DialectName,
  file: string,
  schema: Schema = book.schema,
): Promise<void> {
  const list = columns.map((c, i) => `${told(quoteName(nameOf(c)), typeOf(c), schema, dialect)} AS c${i}`);
  await duck.run(
    `COPY (SELECT "row" AS person, ${list.join(', ')} FROM ${quoteName(from)}) TO ${quoteText(file)} (FORMAT parquet)`,
  );
}

/** The columns of such a file, as an engine reads them and as the register names them. */
export function shapeOf(
  columns: readonly (FactColumn | ClockColumn)[],
  dialect: DialectName,
  schema: Schema = book.schema,
): { readonly structure: string; readonly select: string } {
  const d = DIALECT[dialect];
  const fields = (record: string) => schema.records.get(record) ?? [];
  return {
    structure: ['person Int64', ...columns.map((c, i) => `c${i} ${d.columnType(typeOf(c), fields)}`)].join(', '),
    select: ['person', ...columns.map((c, i) => `c${i} AS ${d.quoteName(nameOf(c))}`)].join(', '),
  };
}
