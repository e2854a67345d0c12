/** The dialects by name. */
import { CLICKHOUSE } from './sql-clickhouse.ts';
import { type DialectName, DUCKDB, type SqlDialect } from './sql-dialect.ts';
import { SPARK } from './sql-spark.ts';
import { TRINO } from './sql-trino.ts';

export const DIALECT: { readonly [name in DialectName]: SqlDialect } = {
  duckdb: DUCKDB,
  clickhouse: CLICKHOUSE,
  spark: SPARK,
  trino: TRINO,
};
