/**
 * Engines that run the register's statement over Parquet files: ClickHouse and Spark from Python packages, Trino as a server of its own.
 * Each is there only where a variable of the environment says where. Answers come as lines: the person's number, a space, and
 * `t`, `f` or `n` (unknown) for every route.
 */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DialectName } from '../../src/rules/sql-dialect.ts';
import { TrinoServer } from './trino.ts';

export type Ask = {
  /** A folder of Parquet files, and one where the engine may write. */
  readonly files: string;
  readonly dir: string;
  readonly structure: string;
  readonly select: string;
  readonly settings: readonly string[];
  readonly sql: string;
};
export type Said = { readonly version: string; readonly lines: readonly string[] };
export type Engine = {
  readonly dialect: DialectName;
  readonly name: string;
  /** Why it cannot be asked here; nothing where it can. */
  readonly absent: string | undefined;
  /** @throws Error with the engine's words */
  answers(ask: Ask): Promise<Said>;
};

const WORD = `
def word(row):
    return str(row[0]) + " " + "".join("n" if x is None else "t" if x else "f" for x in row[1:]) + "\\n"
`;
const CLICKHOUSE = `
import json, sys
from chdb import session
${WORD}
ask = json.load(open(sys.argv[1]))
s = session.Session()
for text in ask["settings"]:
    s.query(text)
structure = ask["structure"].replace("'", "''")
s.query(f"CREATE TABLE register ENGINE = Memory AS SELECT {ask['select']} FROM file('{ask['files']}/*.parquet', Parquet, '{structure}')")
with open(ask["out"], "w") as out:
    for line in str(s.query(ask["sql"], "JSONCompactEachRow")).splitlines():
        out.write(word(json.loads(line)))
print(s.query("SELECT version()", "TabSeparated"))
`;
const SPARK = `
import json, sys
from pyspark.sql import SparkSession
${WORD}
ask = json.load(open(sys.argv[1]))
s = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").config("spark.driver.memory", "5g") \\
    .config("spark.driver.extraJavaOptions", "-Xss256m").config("spark.sql.shuffle.partitions", "1") \\
    .config("spark.sql.codegen.wholeStage", "false").config("spark.sql.codegen.factoryMode", "NO_CODEGEN") \\
    .config("spark.sql.subexpressionElimination.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
for text in ask["settings"]:
    s.sql(text)
s.read.parquet(ask["files"]).createOrReplaceTempView("raw")
s.sql(f"SELECT {ask['select']} FROM raw").createOrReplaceTempView("register")
with open(ask["out"], "w") as out:
    for row in s.sql(ask["sql"]).toLocalIterator():
        out.write(word(row))
print(s.version)
`;

const python =
  (path: string | undefined, script: string) =>
  async (ask: Ask): Promise<Said> => {
    const file = join(ask.dir, 'ask.json');
    const out = join(ask.dir, 'answers.txt');
    writeFileSync(file, JSON.stringify({ ...ask, out }));
    const child = spawn(path as string, ['-c', script, file], { cwd: ask.dir, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let err = '';
    child.stdout.on('data', (d: Buffer) => {
      said += d.toString();
    });
    child.stderr.on('data', (d: Buffer) => {
      err = `${err}${d.toString()}`.slice(-3000);
    });
    const code = await new Promise((go) => child.once('close', go));
    if (code !== 0) throw new Error(err);
    return { version: said.trim(), lines: readFileSync(out, 'utf8').trimEnd().split('\n') };
  };

async function trino(home: string, ask: Ask): Promise<Said> {
  const server = await TrinoServer.start(home, ask.dir, ask.files);
  try {
    for (const text of ask.settings) await server.query(text);
    const types = ask.structure.replace(/^person Int64/, 'person BIGINT');
    await server.query('CREATE SCHEMA files.raw');
    await server.query(
      `CREATE TABLE files.raw.raw (${types}) WITH (format = 'PARQUET', external_location = 'local:///')`,
    );
    await server.query(`CREATE VIEW register AS SELECT ${ask.select} FROM files.raw.raw`);
    const lines: string[] = [];
    await server.query(ask.sql, ([person, ...answers]) => {
      lines.push(`${person} ${answers.map((a) => (a === null ? 'n' : a ? 't' : 'f')).join('')}`);
    });
    const [[version]] = (await server.query('SELECT version()')) as [[string]];
    return { version, lines };
  } finally {
    await server.end();
  }
}

const { FOOTHOLD_CHDB, FOOTHOLD_SPARK, FOOTHOLD_TRINO } = process.env;

export const ENGINES: readonly Engine[] = [
  {
    dialect: 'clickhouse',
    name: 'ClickHouse',
    absent: FOOTHOLD_CHDB ? undefined : 'needs ClickHouse: FOOTHOLD_CHDB=path of a Python with chdb',
    answers: python(FOOTHOLD_CHDB, CLICKHOUSE),
  },
  {
    dialect: 'spark',
    name: 'Spark',
    absent: FOOTHOLD_SPARK ? undefined : 'needs Spark: FOOTHOLD_SPARK=path of a Python with pyspark',
    answers: python(FOOTHOLD_SPARK, SPARK),
  },
  {
    dialect: 'trino',
    name: 'Trino',
    absent: FOOTHOLD_TRINO
      ? undefined
      : 'needs Trino: FOOTHOLD_TRINO=folder of trino-server-core with the plugins trino-hive and trino-memory',
    answers: (ask) => trino(FOOTHOLD_TRINO as string, ask),
  },
];
