/**
 * What the law answers for invented persons about every route, row by row, and those persons as Parquet files for other engines. The lab's eye
 * answers for all rows at once, which is quick; DuckDB is held against it for every answer, check's own answer on a route (`routeAnswer`)
 * for every row or some of them, and the whole `checkRoute` for some pairs.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteCheck } from '../../src/check/check.ts';
import { checkRoute, type RouteAnswer, routeAnswer } from '../../src/check/check.ts';
import { LawEye } from '../../src/lab/eye.ts';
import { registerSql } from '../../src/lab/register.ts';
import type { Provision } from '../../src/law/types.ts';
import { Codebook, fillColumns } from '../../src/rules/columns.ts';
import type { Day } from '../../src/rules/ir.ts';
import { DIALECTS, type DialectName } from '../../src/rules/sql-dialect.ts';
import { loadColumns, openDuckDb } from '../rules/duckdb.ts';
import { book, peopleOf } from './lab.ts';
import { rowOf, writeRows } from './register-rows.ts';

/** What the law says by the letter: a passport that has run out is a doubt of filing, not of the route. */
export function byLetter(c: RouteCheck): boolean | null {
  const lapsed =
    c.outcome === 'unknown' &&
    !c.missing.length &&
    !c.lacks.length &&
    !c.verifyBecause.some((v) => v.why === 'in-force-unknown') &&
    c.filing.doubts.some((d) => d.kind === 'passport-lapsed') &&
    // That the state may set its rules on papers aside is a doubt by the letter, too.
    !c.filing.doubts.some((d) => d.kind === 'papers-waived');
  return c.outcome === 'no' ? false : c.outcome === 'yes' || lapsed ? true : null;
}

/** The same of the answer alone. Papers that the state may set aside leave it open by the letter, too. */
export function answerByLetter({ outcome, eligibility, doubts }: RouteAnswer): boolean | null {
  const lapsed = doubts.length > 0 && doubts.every((d) => d.kind === 'passport-lapsed');
  return outcome === 'no' ? false : outcome === 'yes' || (lapsed && eligibility.outcome === true) ? true : null;
}

const LETTER = new Map<boolean | null | undefined, string>([
  [true, 't'],
  [false, 'f'],
  [null, 'n'],
  [undefined, 'n'],
]);
const BATCH = 20_000;
/** What the lab's eye says: no, unknown, yes. */
const BITS = ['f', 'n', undefined, 't'];

export type Prepared = {
  readonly routes: readonly Provision[];
  /** A line a person, as the engines give them. */
  readonly lines: readonly string[];
  readonly counts: { readonly t: number; readonly f: number; readonly n: number };
  /** Rows for all of whose routes check's own answer was asked, and pairs of person and route about which all of `check` was. */
  readonly rows: number;
  readonly asked: number;
  /** The folder of a dialect's Parquet files. */
  files(dialect: DialectName): string;
};

/**
 * Asks lab, check and DuckDB about `n` persons, holds them against each other, and writes the files of those dialects. Check's answer is asked
 * for every `every`th row, and every `each`th pair of the whole `checkRoute`. What lies in `dir` of the same law and number of persons is not asked again.
 * @throws AssertionError where two answers differ
 */
export async function prepare(
  n: number,
  on: Day,
  every: number,
  each: number,
  dir: string,
  dialects: readonly DialectName[],
  say: (words: string) => void = () => {},
): Promise<Prepared> {
  const people = peopleOf(n, 12);
  const register = registerSql(book, on);
  const routes = register.routes.map((id) => book.provisions.get(id) as Provision);
  const duck = await openDuckDb(1);
  const files = (dialect: DialectName): string => join(dir, `rows-${dialect === 'clickhouse' ? 'told' : 'plain'}`);
  const shapes = DIALECTS.filter((d) => dialects.includes(d)).filter(
    (d, k, all) => all.findIndex((o) => files(o) === files(d)) === k,
  );
  for (const d of shapes) mkdirSync(files(d), { recursive: true });
  const key = join(dir, 'key.json');
  const mine = JSON.stringify({ law: book.digest, n, on, every, each, dialects: [...shapes].sort() });
  if (existsSync(key)) assert.equal(readFileSync(key, 'utf8'), mine, `${dir} holds answers to something else`);
  else writeFileSync(key, mine);
  const lines: string[] = [];
  const eye = new LawEye(book, people);
  let bits: Uint8Array[] | undefined;
  for (let from = 0; from < n; from += BATCH) {
    const count = Math.min(BATCH, n - from);
    const kept = join(dir, `check-${String(from).padStart(9, '0')}.txt`);
    if (existsSync(kept)) {
      for (const line of readFileSync(kept, 'utf8').trimEnd().split('\n')) lines.push(line);
      continue;
    }
    bits ??= routes.map((route) => eye.route(route, on));
    const codebook = new Codebook(book.schema);
    const rows = Array.from({ length: count }, (_, k) => rowOf(people, from + k, on));
    await loadColumns(duck, 'wide', codebook, register.columns, fillColumns(codebook, register.columns, rows), count);
    await duck.run(`UPDATE wide SET "row" = "row" + ${from}`);
    await duck.run('CREATE OR REPLACE VIEW register AS SELECT "row" AS person, * FROM wide');
    const answers = (await duck.runAndReadAll(register.sql)).getColumns();
    for (const d of shapes)
      await writeRows(
        duck,
        'wide',
        register.columns,
        d,
        join(files(d), `rows-${String(from).padStart(9, '0')}.parquet`),
      );
    for (let k = 0; k < count; k++) {
      const i = from + k;
      assert.equal(Number(answers[0]?.[k]), i);
      const s = i % every === 0 ? people.situation(i, on) : undefined;
      let line = '';
      for (const [r, route] of routes.entries()) {
        const letter = BITS[bits[r]?.[i] as number] as string;
        const told = s && routeAnswer(book, route, s, on);
        if (told) assert.equal(LETTER.get(answerByLetter(told)), letter, `${route.id}, row ${i}`);
        if ((i * routes.length + r) % each === 0) {
          const whole = byLetter(checkRoute(book, route, people.situation(i, on), on));
          assert.equal(LETTER.get(whole), letter, `check: ${route.id}, row ${i}`);
        }
        assert.equal(LETTER.get(answers[r + 1]?.[k] as boolean | null), letter, `DuckDB: ${route.id}, row ${i}`);
        line += letter;
      }
      lines.push(`${i} ${line}`);
    }
    writeFileSync(kept, `${lines.slice(from).join('\n')}\n`);
    say(`${from + count} of ${n} persons`);
  }
  duck.closeSync();
  const counts = { t: 0, f: 0, n: 0 };
  for (const line of lines) for (const c of line.slice(line.indexOf(' ') + 1)) counts[c as 't' | 'f' | 'n']++;
  return { routes, lines, counts, rows: Math.ceil(n / every), asked: Math.ceil((n * routes.length) / each), files };
}
