/**
 * A table of one's own in sealed parts, for machines of one's own: `lab shard --data … --allow-microdata` writes a folder in which every
 * part is encrypted, `lab shard --job … --index N` covers one of them, `lab merge` adds up. What lies on a disk is always sealed; rows are
 * in the clear only in the memory of a machine that was told the passphrase. Nothing here reaches a network: the folder is carried by a
 * file system that its owner chose.
 *
 * The passphrase opens one file, `key.age`; every other file is sealed with what is in it. Both in the age format, which also notices any change.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatDay, parseDay } from '../calendar/civil.ts';
import { ranges } from '../lab/merge.ts';
import { readCsv, readMapping, readMicrodata, writeCsv } from '../lab/microdata.ts';
import { coverPart, type RowPart, sumUpParts } from '../lab/row-parts.ts';
import type { Identity } from '../lab/shard.ts';
import type { Lang } from '../law/say.ts';
import { decryptWithPassphrase, encryptWithPassphrase } from '../vault/age.ts';
import { dayOption, InputError, numberOption, type OptionName, type Options, readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { coverageCsv } from './lab-coverage.ts';
import { coveragePage, subgroupPage } from './lab-coverage-pages.ts';
import { chosenSubgroup, loadLab, tableTexts } from './lab-files.ts';
import { identityHere, refusal } from './lab-shards.ts';
import { loadLaw } from './law-files.ts';
import { secretsOf } from './secret-input.ts';

const FORMAT = 'foothold-sealed/1';
/** The content of `key.age` has 256 random bits: stretching them would only cost time. */
const KEY_WORK = 1;
const ROWS = 5000;

/** What lies open in the folder: no more of the table than how many rows it has. */
type SealedJob = Identity & {
  readonly format: typeof FORMAT;
  readonly id: string;
  readonly on: string;
  readonly rows: number;
  readonly each: number;
};
/** What a sealed file holds; job and index are in it so that no file can stand in for another. */
type Sealed = { readonly job: string; readonly index: number } & (
  | { readonly table: string; readonly mapping: string }
  | { readonly covered: RowPart }
);

const BEGIN: readonly OptionName[] = ['data', 'mapping', 'allow-microdata', 'out', 'on', 'rows', 'passphrase-fd'];
const ALWAYS: readonly OptionName[] = ['json', 'lang', 'help'];

const say = (lang: Lang, en: string, ru: string): string => (lang === 'ru' ? ru : en);
const count = (job: SealedJob): number => Math.ceil(job.rows / job.each);
const number = (index: number): string => String(index).padStart(6, '0');

/** Whether a folder, or the folder of a job, is one of sealed parts. */
export function isSealed(file: string): boolean {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as SealedJob).format === FORMAT;
  } catch {
    return false;
  }
}

async function seal(dir: string, name: string, what: Sealed, key: string): Promise<void> {
  const file = await encryptWithPassphrase(gzipSync(JSON.stringify(what)), key, KEY_WORK);
  put(dir, name, file);
}

/** Whole or not at all, and for its owner alone. */
function put(dir: string, name: string, content: Uint8Array | string): void {
  const aside = join(dir, `.${name}.${process.pid}`);
  writeFileSync(aside, content, { mode: 0o600 });
  renameSync(aside, join(dir, name));
}

async function open(
  dir: string,
  name: string,
  job: SealedJob,
  index: number,
  key: string,
  lang: Lang,
): Promise<Sealed> {
  const path = join(dir, name);
  let what: Sealed;
  try {
    const plain = await decryptWithPassphrase(readFileSync(path), key);
    what = JSON.parse(gunzipSync(plain, { maxOutputLength: 1 << 30 }).toString('utf8')) as Sealed;
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT')
      throw new InputError(say(lang, `There is no ${path}.`, `Нет файла ${path}.`));
    throw new InputError(
      say(
        lang,
        `${path} cannot be opened: it was changed or cut short since it was sealed. Remove it; a result is computed again with foothold lab shard, a table is sealed again from its own file.`,
        `${path} не открывается: файл изменён или обрезан после запечатывания. Уберите его; результат считается снова (foothold lab shard), таблица запечатывается снова из исходного файла.`,
      ),
    );
  }
  if (what.job !== job.id || what.index !== index)
    throw new InputError(
      say(
        lang,
        `${path} is part ${what.index} of the job ${what.job.slice(0, 8)}, not part ${index} of ${job.id.slice(0, 8)}: somebody has moved it. Put each file back under its own name.`,
        `${path} — это часть ${what.index} задания ${what.job.slice(0, 8)}, а не часть ${index} задания ${job.id.slice(0, 8)}: файл переставлен. Верните файлам их имена.`,
      ),
    );
  return what;
}

async function keyOf(dir: string, options: Options, run: Run): Promise<string> {
  const path = join(dir, 'key.age');
  if (!existsSync(path)) throw new InputError(say(run.lang, `There is no ${path}.`, `Нет файла ${path}.`));
  const passphrase = await secretsOf(options, run).next(
    say(run.lang, 'Passphrase of the sealed table', 'Пароль запечатанной таблицы'),
  );
  try {
    return Buffer.from(await decryptWithPassphrase(readFileSync(path), passphrase)).toString('utf8');
  } catch {
    throw new InputError(
      say(
        run.lang,
        `${path}: this is not its passphrase, or the file was changed. Nothing was read or written.`,
        `${path}: пароль не подходит, или файл изменён. Ничего не прочитано и не записано.`,
      ),
    );
  }
}

function jobIn(file: string, lang: Lang): SealedJob {
  const job = JSON.parse(readFileSync(file, 'utf8')) as SealedJob;
  if (parseDay(job.on) === undefined || !(job.rows > 0) || !(job.each > 0))
    throw new InputError(say(lang, `${file} is damaged.`, `${file} повреждён.`));
  return job;
}

/** Law and lab of a job, refused where they are not those of the job. */
async function labOf(job: SealedJob, lang: Lang) {
  const book = await loadLaw();
  const problem = refusal(job, identityHere(book, lang), lang);
  if (problem) throw new InputError(problem);
  return { book, lab: loadLab(book, lang), on: parseDay(job.on) as number };
}

/** `lab shard --data`: the table is read and checked whole, then sealed part by part. */
export async function sealTable(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, [...BEGIN, ...ALWAYS], lang, 'lab shard --data');
  if (!options['allow-microdata'])
    throw new UsageError(
      say(
        lang,
        'lab shard --data would write facts about real persons, encrypted, for other machines. If that is what you want, and the persons were promised nothing else, say so: --allow-microdata. On this machine alone: foothold lab coverage --data.',
        'lab shard --data записал бы сведения о настоящих людях (зашифрованными) для других машин. Если это и нужно и людям не обещали иного, скажите прямо: --allow-microdata. Только на этой машине: foothold lab coverage --data.',
      ),
    );
  const dir = options.out;
  if (typeof dir !== 'string')
    throw new UsageError(say(lang, 'A folder is needed: --out FOLDER', 'Нужна папка: --out ПАПКА'));
  if (existsSync(join(dir, 'job.json')))
    throw new InputError(
      say(
        lang,
        `${dir} holds a job already. Take another folder.`,
        `В ${dir} уже лежит задание. Возьмите другую папку.`,
      ),
    );
  const book = await loadLaw();
  const on = dayOption(options, 'on', lang) ?? run.today;
  const each = numberOption(options, 'rows', ROWS, 1, 1_000_000, lang);
  const { table, mapping } = await tableTexts(options, lang);
  const people = readMicrodata(table.file, table.text, readMapping(mapping, book.schema), book.schema);
  const passphrase = await secretsOf(options, run).next(
    say(lang, 'A passphrase for the sealed table', 'Пароль для запечатанной таблицы'),
  );
  const job: SealedJob = {
    format: FORMAT,
    id: crypto.randomUUID(),
    ...identityHere(book, lang),
    on: formatDay(on),
    rows: people.n,
    each,
  };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const key = randomBytes(32).toString('base64');
  put(dir, 'key.age', await encryptWithPassphrase(Buffer.from(key), passphrase));
  const { head, rows } = readCsv(table.text);
  for (let index = 0; index < count(job); index++) {
    const own = rows.slice(index * each, (index + 1) * each).map((r) => r.cells);
    await seal(
      dir,
      `rows-${number(index)}.age`,
      { job: job.id, index, table: writeCsv(head, own), mapping: mapping.text },
      key,
    );
  }
  // Last: a folder without it was not finished.
  put(dir, 'job.json', `${JSON.stringify(job, null, 1)}\n`);
  const n = count(job);
  if (options.json) writeJson(run, { file: join(dir, 'job.json'), rows: job.rows, shards: n, law: job.law });
  else
    run.out(
      say(
        lang,
        `${job.rows} rows in ${n} sealed parts. The table itself stays where it is; what is in ${dir} can be read only with the passphrase.\nA part:   foothold lab shard --job ${dir}/job.json --index 0 --passphrase-fd 3 3< FILE (… ${n - 1})\nTo merge: foothold lab merge ${dir} --passphrase-fd 3 3< FILE\nAfterwards: remove the folder.\n`,
        `Строк: ${job.rows}, запечатанных частей: ${n}. Сама таблица остаётся где была; содержимое ${dir} без пароля не прочесть.\nЧасть:    foothold lab shard --job ${dir}/job.json --index 0 --passphrase-fd 3 3< ФАЙЛ (… ${n - 1})\nСложить:  foothold lab merge ${dir} --passphrase-fd 3 3< ФАЙЛ\nПосле этого удалите папку.\n`,
      ),
    );
  return 0;
}

/** `lab shard --job` on a sealed job: covers one part, and seals what it found. */
export async function coverSealed(run: Run): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, ['job', 'index', 'count', 'passphrase-fd', ...ALWAYS], lang, 'lab shard');
  const file = options.job as string;
  const dir = dirname(file);
  const job = jobIn(file, lang);
  if (options.count) {
    run.out(`${count(job)}\n`);
    return 0;
  }
  const index = numberOption(options, 'index', 0, 0, count(job) - 1, lang);
  const name = `covered-${number(index)}.age`;
  if (existsSync(join(dir, name))) {
    run.err(`${say(lang, `Part ${index} is done already.`, `Часть ${index} уже готова.`)}\n`);
    return 0;
  }
  const key = await keyOf(dir, options, run);
  const part = await open(dir, `rows-${number(index)}.age`, job, index, key, lang);
  if (!('table' in part)) throw new InputError(say(lang, 'This is no table.', 'Это не таблица.'));
  const { book, lab, on } = await labOf(job, lang);
  const mapping = readMapping({ file: 'mapping', text: part.mapping }, book.schema);
  const people = readMicrodata('table', part.table, mapping, book.schema);
  const covered = coverPart(book, people, lab.subgroups, on, { floor: lab.floor });
  await seal(dir, name, { job: job.id, index, covered }, key);
  run.err(`${say(lang, `Part ${index}: ${join(dir, name)}`, `Часть ${index}: ${join(dir, name)}`)}\n`);
  return 0;
}

/** `lab merge` on a sealed job: the answer that `lab coverage --data` gives. */
export async function mergeSealed(run: Run, dir: string): Promise<number> {
  const { lang } = run;
  const { options } = readArgs(run.args, ['passphrase-fd', 'subgroup', 'out', ...ALWAYS], lang, 'lab merge');
  const job = jobIn(join(dir, 'job.json'), lang);
  const there = new Set(readdirSync(dir));
  const all = Array.from({ length: count(job) }, (_, index) => index);
  const missing = all.filter((index) => !there.has(`covered-${number(index)}.age`));
  if (missing.length)
    throw new InputError(
      say(
        lang,
        `Parts are missing (${missing.length} of ${all.length}): ${ranges(missing)}\nTo compute one: foothold lab shard --job ${join(dir, 'job.json')} --index N`,
        `Не хватает частей (${missing.length} из ${all.length}): ${ranges(missing)}\nПосчитать: foothold lab shard --job ${join(dir, 'job.json')} --index N`,
      ),
    );
  const { book, lab, on } = await labOf(job, lang);
  const chosen = chosenSubgroup(lab, options, lang);
  const key = await keyOf(dir, options, run);
  const parts: RowPart[] = [];
  for (const index of all) {
    const what = await open(dir, `covered-${number(index)}.age`, job, index, key, lang);
    if (!('covered' in what)) throw new InputError(say(lang, 'This is no result.', 'Это не результат.'));
    parts.push(what.covered);
  }
  const answer = sumUpParts(book, parts, lab.subgroups, on);
  if (typeof options.out === 'string') writeFileSync(options.out, coverageCsv(answer));
  if (options.json) writeJson(run, { ...answer, on: formatDay(on), seed: null });
  else if (options.out === undefined)
    run.out(chosen ? subgroupPage(run, answer, chosen, true) : coveragePage(run, answer, true));
  return 0;
}
