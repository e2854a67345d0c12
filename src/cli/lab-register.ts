/** `foothold lab register`: the routes of a day as one statement of SQL, for a register that is too large or too private to be moved. */
import { writeFileSync } from 'node:fs';
import { formatDay } from '../calendar/civil.ts';
import { DIALECTS, type DialectName, registerSql } from '../lab/register.ts';
import { ofKind } from '../law/book.ts';
import type { ClockColumn, FactColumn } from '../rules/columns.ts';
import { DIALECT } from '../rules/sql-dialects.ts';
import { dayOption, InputError, nearAll, type OptionName, readArgs } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';

const OPTIONS: readonly OptionName[] = ['on', 'dialect', 'out', 'json', 'lang', 'help'];

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
  const name = dialectOption(options.dialect, lang);
  const dialect = DIALECT[name];
  const made = registerSql(book, on, positionals.length ? positionals : undefined, name);
  const columns = made.columns.map((c) => ({
    name: nameOf(c),
    type: dialect.columnType(
      c.k === 'clock' ? { t: 'boolean' } : c.type,
      (record) => book.schema.records.get(record) ?? [],
    ),
  }));
  if (options.json) {
    writeJson(run, {
      law: book.digest,
      on: formatDay(on),
      dialect: name,
      routes: made.routes,
      columns,
      ...(made.settings.length ? { settings: made.settings } : {}),
      sql: made.sql,
    });
    return 0;
  }
  const head = [
    `-- Law ${book.digest}, as of ${formatDay(on)}`,
    '-- One row a person and passport; NULL is "unknown". Columns beside person:',
    ...columns.map((c) => `--   ${dialect.quoteName(c.name)} ${c.type}`),
    ...made.settings.map((statement) => `${statement};`),
  ];
  const text = `${head.join('\n')}\n${made.sql}`;
  if (typeof options.out === 'string') writeFileSync(options.out, text);
  else run.out(text);
  return 0;
}

const nameOf = (c: FactColumn | ClockColumn): string => (c.k === 'clock' ? c.key : c.name);

function dialectOption(value: unknown, lang: 'en' | 'ru'): DialectName {
  if (value === undefined) return 'duckdb';
  const found = DIALECTS.find((d) => d === value);
  if (found) return found;
  throw new InputError(
    lang === 'ru'
      ? `--dialect: «${value}» не написан. Есть: ${DIALECTS.join(', ')}.`
      : `--dialect: "${value}" is not written. There are: ${DIALECTS.join(', ')}.`,
  );
}
