/** The dialects by name. */
import { CLICKHOUSE } from './sql-clickhouse.ts';
import { type DialectName, DUCKDB, type SqlDialect } from './sql-dialect.ts';

export const DIALECT: { readonly [name in DialectName]: SqlDialect } = { duckdb: DUCKDB, clickhouse: CLICKHOUSE };
