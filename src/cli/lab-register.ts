/** `foothold lab register`: the routes of a day as one statement of SQL, for a register that is too large or too private to be moved. */
import { writeFileSync } from 'node:fs';
import { formatDay } from '../calendar/civil.ts';
import { registerSql } from '../lab/register.ts';
import { ofKind } from '../law/book.ts';
import type { ClockColumn, FactColumn } from '../rules/columns.ts';
import type { Schema, Type } from '../rules/ir.ts';
import { quoteName } from '../rules/sql.ts';
import { dayOption, InputError, nearAll, type OptionName, readArgs } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';

const OPTIONS: readonly OptionName[] = ['on', 'out', 'json', 'lang', 'help'];

export async function labRegister(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, OPTIONS, lang, 'lab register');
  const on = dayOption(options, 'on', lang) ?? run.today;
  const book = await loadLaw();
  const known = ofKind(book, 'route').map((r) => r.id);
  for (const id of positionals) {
    if (known.includes(id)) continue;
    const near = nearAll(id, known);
    throw new InputError(
      lang === 'ru'
        ? `Пути «${id}» в праве нет.${near.length ? ` Может быть, ${near.join(', ')}?` : ''}\nСписок: foothold law list --kind route`
        : `There is no route "${id}".${near.length ? ` Did you mean ${near.join(', ')}?` : ''}\nThey are listed by foothold law list --kind route`,
    );
  }
  const made = registerSql(book, on, positionals.length ? positionals : undefined);
  const columns = made.columns.map((c) => ({ name: nameOf(c), type: typeOf(c, book.schema) }));
  if (options.json) {
    writeJson(run, {
      law: book.digest,
      on: formatDay(on),
      dialect: 'duckdb',
      routes: made.routes,
      columns,
      sql: made.sql,
    });
    return 0;
  }
  const head = [
    `-- Law ${book.digest}, as of ${formatDay(on)}`,
    '-- One row a person and passport; NULL is "unknown". Columns beside person:',
    ...columns.map((c) => `--   ${quoteName(c.name)} ${c.type}`),
  ];
  const text = `${head.join('\n')}\n${made.sql}`;
  if (typeof options.out === 'string') writeFileSync(options.out, text);
  else run.out(text);
  return 0;
}

const nameOf = (c: FactColumn | ClockColumn): string => (c.k === 'clock' ? c.key : c.name);

const typeOf = (c: FactColumn | ClockColumn, schema: Schema): string =>
  c.k === 'clock' ? 'BOOLEAN' : sqlType(c.type, schema);

/** The SQL type of a fact's column. */
function sqlType(type: Type, schema: Schema): string {
  switch (type.t) {
    case 'boolean':
      return 'BOOLEAN';
    case 'number':
      return 'DOUBLE';
    case 'date':
      return 'DATE';
    case 'duration':
      return 'STRUCT(months INTEGER, days INTEGER)';
    case 'money':
      return 'STRUCT(amount DOUBLE, currency VARCHAR)';
    case 'code':
      return 'VARCHAR';
    case 'codes':
      return 'VARCHAR[]';
    case 'records': {
      const fields = [...(schema.records.get(type.of) ?? [])].map(([f, t]) => `${quoteName(f)} ${sqlType(t, schema)}`);
      return `STRUCT(${fields.join(', ')})[]`;
    }
  }
}
