/** The command line as typed, checked against what a command knows. What is not known is answered with the nearest name. */
import { parseArgs } from 'node:util';
import { formatDay, fromYmd, parseDay } from '../calendar/civil.ts';
import type { Lang } from '../law/say.ts';
import type { Goal } from '../plan/types.ts';
import { editDistance } from '../rules/errors.ts';
import type { Day } from '../rules/ir.ts';

/** What is wrong with the command line, in words. Exit code 2. */
export class UsageError extends Error {
  readonly code = 2;
}

/** What is wrong with the input, in words. Exit code 1. */
export class InputError extends Error {
  readonly code = 1;
}

export type OptionName =
  | 'json'
  | 'lang'
  | 'on'
  | 'help'
  | 'goal'
  | 'avoid'
  | 'by'
  | 'why'
  | 'against'
  | 'strict'
  | 'one-front'
  | 'processing'
  | 'all'
  | 'from'
  | 'to'
  | 'kind'
  | 'vault'
  | 'passphrase-fd'
  | 'label'
  | 'recovery'
  | 'since'
  | 'days'
  | 'for'
  | 'name'
  | 'type'
  | 'without'
  | 'discard'
  | 'expose'
  | 'token-fd'
  | 'key'
  | 'serial'
  | 'add'
  | 'format'
  | 'stale'
  | 'numbers'
  | 'lists'
  | 'take'
  | 'yes'
  | 'persons'
  | 'seed'
  | 'row'
  | 'out'
  | 'host'
  | 'subgroup'
  | 'scenario'
  | 'data'
  | 'mapping'
  | 'allow-microdata'
  | 'draws'
  | 'workers'
  | 'pairs'
  | 'port'
  | 'job'
  | 'index'
  | 'rows'
  | 'each'
  | 'ca'
  | 'idle'
  | 'lock'
  | 'count'
  | 'parquet'
  | 'dialect'
  | 'where';

const FLAGS: ReadonlySet<string> = new Set([
  'json',
  'help',
  'strict',
  'one-front',
  'all',
  'recovery',
  'discard',
  'yes',
  'add',
  'pairs',
  'numbers',
  'count',
  'parquet',
  'allow-microdata',
  'where',
]);

export type Options = { readonly [K in OptionName]?: string | true };
export type Parsed = { readonly positionals: readonly string[]; readonly options: Options };

/** Reads the arguments of one command. `known` are its options. */
export function readArgs(args: readonly string[], known: readonly OptionName[], lang: Lang, command: string): Parsed {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      known.map((k) => [
        k,
        { type: FLAGS.has(k) ? ('boolean' as const) : ('string' as const), ...(k === 'help' ? { short: 'h' } : {}) },
      ]),
    ),
  });
  const options: { [K in OptionName]?: string | true } = {};
  const positionals: string[] = [];
  for (const t of tokens) {
    if (t.kind === 'positional') positionals.push(t.value);
    if (t.kind !== 'option') continue;
    if (!known.includes(t.name as OptionName)) throw new UsageError(unknownOption(t.rawName, known, lang, command));
    const name = t.name as OptionName;
    if (FLAGS.has(name)) {
      if (t.value !== undefined)
        throw new UsageError(
          lang === 'ru'
            ? `Параметр --${name} пишется без значения; найдено «${t.rawName}=${t.value}».`
            : `--${name} takes no value; found "${t.rawName}=${t.value}".`,
        );
      options[name] = true;
    } else if (t.value === undefined || t.value === '' || (t.value.startsWith('-') && !t.inlineValue)) {
      throw new UsageError(
        lang === 'ru'
          ? `После --${name} нужно значение: ${EXAMPLES[name]}`
          : `--${name} needs a value: ${EXAMPLES[name]}`,
      );
    } else options[name] = t.value;
  }
  return { positionals, options };
}

const EXAMPLES: Record<string, string> = {
  lang: '--lang en, --lang ru',
  on: '--on 2026-12-01',
  goal: '--goal permanent, --goal years:3',
  avoid: '--avoid kz,kg',
  by: '--by 2030-12-31',
  why: '--why de, --why de/blue-card',
  against: '--against october.json',
  processing: '--processing usual',
  from: '--from 2026-01-01',
  to: '--to 2026-12-31',
  kind: '--kind route',
  vault: '--vault FOLDER',
  'passphrase-fd': '--passphrase-fd 3',
  label: '--label "Case A"',
  since: '--since 2026-01-01',
  days: '--days 90',
  lists: '--lists FOLDER',
  expose: '--expose 0.0.0.0',
  'token-fd': '--token-fd 3',
  key: '--key FILE',
  serial: '--serial 7',
  format: '--format html',
  stale: '--stale 2027-01-31',
  take: '--take sdn_advanced.xml',
  for: '--for age1…',
  name: '--name scan.pdf',
  type: '--type application/pdf',
  without: '--without person.born,exposure',
  persons: '--persons 100000',
  seed: '--seed 1',
  row: '--row 17',
  out: '--out folder',
  host: '--host ge',
  subgroup: '--subgroup journalists',
  scenario: '--scenario scenarios/germany-pause.yaml',
  data: '--data people.csv',
  mapping: '--mapping mapping.yaml',
  draws: '--draws 100',
  workers: '--workers 2',
  job: '--job FOLDER/job.json',
  index: '--index 12',
  rows: '--rows 5000',
  each: '--each 8',
  ca: '--ca ca.pem',
  idle: '--idle 60',
  lock: '--lock 30',
};

function unknownOption(raw: string, known: readonly string[], lang: Lang, command: string): string {
  const near = nearTo(raw.replace(/^-+/, ''), known);
  const list = known.map((k) => `--${k}`).join(', ');
  return lang === 'ru'
    ? `Команда «${command}» не знает параметра «${raw}».${near ? ` Может быть, --${near}?` : ''}\nОна понимает: ${list}.`
    : `"${command}" has no option "${raw}".${near ? ` Did you mean --${near}?` : ''}\nIt understands: ${list}.`;
}

/** The names nearest to one that was typed; none if nothing is near. */
export function nearAll(name: string, known: Iterable<string>, most = 3): string[] {
  const limit = Math.max(2, Math.floor(name.length / 3));
  const found = [...known]
    .map((k) => ({
      k,
      d: k.startsWith(name) && name.length > 1 ? 1 : editDistance(name.toLowerCase(), k.toLowerCase()),
    }))
    .filter((x) => x.d <= limit)
    .sort((a, b) => a.d - b.d || (a.k < b.k ? -1 : 1));
  // Only the very nearest: a longer list helps nobody.
  return found
    .filter((x) => x.d === found[0]?.d)
    .slice(0, most)
    .map((x) => x.k);
}

export const nearTo = (name: string, known: Iterable<string>): string | undefined => nearAll(name, known, 1)[0];

/** The language asked for, or that of the system. */
export function langOf(args: readonly string[], env: NodeJS.ProcessEnv): Lang {
  const i = args.findIndex((a) => a === '--lang' || a.startsWith('--lang='));
  const given = i < 0 ? undefined : (args[i] as string).includes('=') ? (args[i] as string).slice(7) : args[i + 1];
  if (given === 'en' || given === 'ru') return given;
  const system = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return /^ru\b|^ru_/.test(system) ? 'ru' : 'en';
}

/** A day written as 2026-12-01. */
export function dayOption(
  options: Options,
  name: 'on' | 'from' | 'to' | 'since' | 'stale' | 'by',
  lang: Lang,
): Day | undefined {
  const text = options[name];
  if (text === undefined || text === true) return undefined;
  const day = parseDay(text);
  if (day === undefined)
    throw new UsageError(
      lang === 'ru'
        ? `--${name}: «${text}» — не дата. Нужно: год-месяц-день, например 2026-12-01.`
        : `--${name}: "${text}" is not a date. Expected: year-month-day, like 2026-12-01.`,
    );
  return day;
}

/** Today by the clock of this device: the one place where the program reads it. */
export function today(now: Date = new Date()): Day {
  return fromYmd(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

export function goalOption(options: Options, lang: Lang): Goal {
  const text = options.goal;
  if (text === undefined || text === true) return { kind: 'permanent' };
  if (text === 'permanent' || text === 'citizenship' || text === 'protection') return { kind: text };
  const years = /^years:(\d{1,2})$/.exec(text);
  if (years && Number(years[1]) >= 1 && Number(years[1]) <= 10) return { kind: 'years', years: Number(years[1]) };
  const near = nearTo(text, ['permanent', 'citizenship', 'protection', 'years:3']);
  throw new UsageError(
    lang === 'ru'
      ? `--goal: «${text}» не понято.${near ? ` Может быть, ${near}?` : ''}\nНужно: permanent, citizenship, protection или years:N (от 1 до 10).`
      : `--goal: "${text}" is not understood.${near ? ` Did you mean ${near}?` : ''}\nExpected: permanent, citizenship, protection or years:N (1 to 10).`,
  );
}

export function choiceOption<T extends string>(
  options: Options,
  name: OptionName,
  choices: readonly T[],
  lang: Lang,
): T | undefined {
  const text = options[name];
  if (text === undefined || text === true) return undefined;
  if ((choices as readonly string[]).includes(text)) return text as T;
  const near = nearTo(text, choices);
  throw new UsageError(
    lang === 'ru'
      ? `--${name}: «${text}» не понято.${near ? ` Может быть, ${near}?` : ''} Нужно: ${choices.join(', ')}.`
      : `--${name}: "${text}" is not understood.${near ? ` Did you mean ${near}?` : ''} Expected: ${choices.join(', ')}.`,
  );
}

/** Countries as two small letters, parted by commas; each must be one the law speaks of. */
export function avoidOption(options: Options, known: ReadonlySet<string>, lang: Lang): ReadonlySet<string> {
  const text = options.avoid;
  if (text === undefined || text === true) return new Set();
  const out = new Set<string>();
  for (const raw of text.split(',')) {
    const code = raw.trim().toLowerCase();
    if (code === '') continue;
    if (!known.has(code))
      throw new UsageError(
        lang === 'ru'
          ? `--avoid: «${raw.trim()}» — не страна из базы. Нужны двухбуквенные коды через запятую, например --avoid kz,kg.\nВ базе есть: ${[...known].sort().join(', ')}.`
          : `--avoid: "${raw.trim()}" is no country that the law here speaks of. Expected: two-letter codes parted by commas, like --avoid kz,kg.\nKnown: ${[...known].sort().join(', ')}.`,
      );
    out.add(code);
  }
  return out;
}

/** A whole number between two bounds. */
export function numberOption(
  options: Options,
  name: OptionName,
  usual: number,
  min: number,
  max: number,
  lang: Lang,
): number {
  const text = options[name];
  if (text === undefined || text === true) return usual;
  const n = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (n >= min && n <= max) return n;
  throw new UsageError(
    lang === 'ru'
      ? `--${name}: «${text}» — не подходит. Нужно целое число от ${min} до ${max}, например ${usual}.`
      : `--${name}: "${text}" does not fit. Expected: a whole number from ${min} to ${max}, like ${usual}.`,
  );
}

export const isoDay = formatDay;
