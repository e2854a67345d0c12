/**
 * `foothold lab shard`: a run parted for other machines. Without `--index` the job is written; with it one of its shards is
 * computed. The same shard is an array task of Slurm, an index of a Kubernetes Job, or a line of a shell script.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ranges, ShardFault } from '../lab/merge.ts';
import { type Job, jobKey, jobOf, type Shard, shardsOf } from '../lab/shard.ts';
import { InputError, numberOption, type OptionName, type Options, readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { namesIn, scenarioTexts } from './lab-files.ts';
import { loadTexts } from './lab-inputs.ts';
import { LawStore } from './lab-law-store.ts';
import { damagedTables, partsFrom, planFrom, RUN_OPTIONS } from './lab-run.ts';
import { coverSealed, isSealed, sealTable } from './lab-sealed.ts';
import { readJob, ShardFolder } from './lab-shard-folder.ts';
import { faultText } from './lab-shard-words.ts';
import { identityHere, inputsOfJob, proofOf, ShardMaker, usualParts } from './lab-shards.ts';

const QUEUE: readonly OptionName[] = ['workers', 'on', 'passphrase-fd', 'ca'];
const OPTIONS: readonly OptionName[] = [...RUN_OPTIONS.filter((o) => !QUEUE.includes(o)), 'job', 'index', 'count'];

export async function labShard(run: Run): Promise<number> {
  const { args } = run;
  if (args.some((a) => /^--(data|mapping|allow-microdata)(=|$)/.test(a))) return await sealTable(run);
  const named = args.findIndex((a) => a === '--job' || a.startsWith('--job='));
  const file = named < 0 ? undefined : args[named] === '--job' ? args[named + 1] : args[named]?.slice(6);
  if (file !== undefined && isSealed(file)) return await coverSealed(run);
  const { positionals, options } = readArgs(args, OPTIONS, run.lang, 'lab shard');
  if (options.count) {
    run.out(`${shardsOf(jobIn(jobOption(options, run.lang), run.lang)).length}\n`);
    return 0;
  }
  return options.index === undefined ? await begin(run, positionals, options) : await compute(run, options);
}

function jobOption(options: Options, lang: Run['lang']): string {
  if (typeof options.job === 'string') return options.job;
  throw new UsageError(
    lang === 'ru'
      ? 'Нужно задание: foothold lab shard --job ПАПКА/job.json --index 0'
      : 'A job is needed: foothold lab shard --job FOLDER/job.json --index 0',
  );
}

async function begin(run: Run, positionals: readonly string[], options: Options): Promise<number> {
  const { lang } = run;
  if (typeof options.out !== 'string')
    throw new UsageError(
      lang === 'ru'
        ? 'Нужна папка задания: foothold lab shard СЦЕНАРИЙ --out ПАПКА'
        : 'A folder for the job is needed: foothold lab shard SCENARIO --out FOLDER',
    );
  const texts = scenarioTexts([...positionals, ...namesIn(options.scenario)], lang);
  const plan = planFrom(
    options,
    texts.map((t) => t.file),
    { draws: 0 },
    lang,
  );
  // Everything is read and checked before any work.
  const { inputs } = await loadTexts(texts, lang);
  const parts = partsFrom(options, usualParts(plan), lang);
  const job = jobOf(identityHere(inputs.book, lang), plan, texts, parts, proofOf(inputs));
  const folder = new ShardFolder(options.out);
  const there = existsSync(join(options.out, 'job.json')) ? jobIn(join(options.out, 'job.json'), lang) : undefined;
  if (there && jobKey(there) !== jobKey(job))
    throw new InputError(
      lang === 'ru'
        ? `В ${options.out} уже лежит другое задание (${jobKey(there).slice(0, 16)}). Возьмите другую папку.`
        : `${options.out} holds another job already (${jobKey(there).slice(0, 16)}). Take another folder.`,
    );
  folder.begin(job);
  const n = shardsOf(job).length;
  if (options.json)
    writeJson(run, {
      job: jobKey(job),
      file: join(options.out, 'job.json'),
      shards: n,
      parts: job.parts,
      law: job.law,
    });
  else
    run.out(
      lang === 'ru'
        ? `Задание ${jobKey(job).slice(0, 16)}, частей: ${n}.\nЧасть:    foothold lab shard --job ${options.out}/job.json --index 0 (… ${n - 1})\nСложить:  foothold lab merge ${options.out}\n`
        : `Job ${jobKey(job).slice(0, 16)}, ${n} shards.\nA shard:  foothold lab shard --job ${options.out}/job.json --index 0 (… ${n - 1})\nTo merge: foothold lab merge ${options.out}\n`,
    );
  return 0;
}

/** The job of a file. @throws InputError */
export function jobIn(file: string, lang: Run['lang']): Job {
  try {
    return readJob(file);
  } catch (e) {
    throw new InputError(
      lang === 'ru'
        ? `${file}: это не задание лаборатории (${e instanceof Error ? e.message : e}). Его пишет foothold lab shard --out ПАПКА.`
        : `${file}: this is no job of the lab (${e instanceof Error ? e.message : e}). foothold lab shard --out FOLDER writes one.`,
    );
  }
}

async function compute(run: Run, options: Options): Promise<number> {
  const { lang } = run;
  const file = jobOption(options, lang);
  const job = jobIn(file, lang);
  const folder = new ShardFolder(typeof options.out === 'string' ? options.out : dirname(file));
  const index = numberOption(options, 'index', 0, 0, 10_000_000, lang);
  const shard = shardAt(job, index, new ShardFolder(dirname(file)), lang);
  const say = (en: string, ru: string): void => run.err(`${lang === 'ru' ? ru : en}\n`);
  if (!shard) {
    say(
      `Shard ${index}: no place was scarce in its draws; there is nothing to do.`,
      `Часть ${index}: мест хватило всем, считать нечего.`,
    );
    return 0;
  }
  if (folder.has(shard)) {
    say(`Shard ${index} is in ${folder.path(shard)} already.`, `Часть ${index} уже лежит в ${folder.path(shard)}.`);
    return 0;
  }
  const inputs = await inputsOfJob(job, lang);
  if (job.proof !== undefined && proofOf(inputs) !== job.proof)
    throw new InputError(
      lang === 'ru'
        ? 'Эта машина считает иначе, чем та, что составила задание (проба не сошлась). Поставьте здесь ту же программу; если она та же, эта машина негодна для расчёта.'
        : 'This machine counts otherwise than the one that made the job (the trial run differs). Install the same program here; if it is the same, this machine is not fit for the run.',
    );
  // Shards of the same rows, wherever they are computed, need the same tables of the law.
  const store = new LawStore(folder.dir, (damaged) => run.err(damagedTables(damaged, lang)));
  const steps = new ShardMaker(job, inputs, store).make(shard);
  let next = steps.next();
  while (!next.done) next = steps.next();
  folder.begin(job);
  folder.put(shard, next.value);
  say(`Shard ${index}: ${folder.path(shard)}`, `Часть ${index}: ${folder.path(shard)}`);
  return 0;
}

/** A shard by its number. Second passes are numbered after all first ones, and known once `foothold lab merge` has found them needed. */
function shardAt(job: Job, index: number, folder: ShardFolder, lang: Run['lang']): Shard | undefined {
  const firsts = shardsOf(job);
  if (index < firsts.length) return firsts[index];
  if (index >= 2 * firsts.length)
    throw new InputError(
      lang === 'ru'
        ? `--index: части ${index} нет. Есть 0-${firsts.length - 1}; вторые проходы: ${firsts.length}-${2 * firsts.length - 1}.`
        : `--index: there is no shard ${index}. There are 0-${firsts.length - 1}; second passes are ${firsts.length}-${2 * firsts.length - 1}.`,
    );
  const second = folder.second();
  if (!second)
    throw new InputError(
      lang === 'ru'
        ? `Часть ${index} — второй проход, а чего в нём не хватает, ещё неизвестно: сначала foothold lab merge ${folder.dir} (части ${ranges(firsts.map((s) => s.index))}).`
        : `Shard ${index} is a second pass, and it is not known yet which places are scarce: first foothold lab merge ${folder.dir} (shards ${ranges(firsts.map((s) => s.index))}).`,
    );
  return second.find((s) => s.index === index);
}

/** Turns a refusal of a shard into what the person is told. */
export function told(e: unknown, lang: Run['lang']): unknown {
  return e instanceof ShardFault ? new InputError(faultText(e, lang)) : e;
}
