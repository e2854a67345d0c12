/** `foothold lab merge`: the shards of a folder, each exactly once, into the answer that `lab run` would have given. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Merger, ranges } from '../lab/merge.ts';
import { planOf, shardsOf } from '../lab/shard.ts';
import { InputError, type OptionName, readArgs, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { loadTexts } from './lab-inputs.ts';
import { ranOf, tellRun } from './lab-run.ts';
import { isSealed, mergeSealed } from './lab-sealed.ts';
import { jobIn, told } from './lab-shard.ts';
import { ShardFolder } from './lab-shard-folder.ts';
import { identityHere, refusal } from './lab-shards.ts';

const OPTIONS: readonly OptionName[] = ['out', 'json', 'lang', 'help', 'parquet'];

export async function labMerge(run: Run): Promise<number> {
  const { lang } = run;
  const sealed = run.args.find((a) => !a.startsWith('-') && isSealed(join(a, 'job.json')));
  if (sealed !== undefined) return await mergeSealed(run, sealed);
  const { positionals, options } = readArgs(run.args, OPTIONS, lang, 'lab merge');
  const [dir] = positionals;
  if (dir === undefined || positionals.length > 1)
    throw new UsageError(
      lang === 'ru'
        ? 'Нужна папка с частями: foothold lab merge ПАПКА'
        : 'A folder of shards is needed: foothold lab merge FOLDER',
    );
  if (!existsSync(join(dir, 'job.json')))
    throw new InputError(
      lang === 'ru'
        ? `В «${dir}» нет job.json: чьи это части, неизвестно. Его пишет foothold lab shard --out ПАПКА.`
        : `There is no job.json in "${dir}": whose shards these are is not known. foothold lab shard --out FOLDER writes it.`,
    );
  const job = jobIn(join(dir, 'job.json'), lang);
  const loaded = await loadTexts(job.scenarios, lang);
  const problem = refusal(job, identityHere(loaded.inputs.book, lang), lang);
  if (problem) throw new InputError(problem);
  const folder = new ShardFolder(dir);
  const merger = new Merger(job);
  try {
    const { again } = folder.takeAll(merger);
    if (again > 0)
      run.err(
        lang === 'ru'
          ? `Повторных файлов с теми же числами: ${again}; каждая часть прибавлена один раз.\n`
          : `${again} files repeat a shard with the same counts; every shard was added once.\n`,
      );
  } catch (e) {
    throw told(e, lang);
  }
  const missing = merger.missing();
  const second = missing.filter((s) => s.chances);
  // Whoever computes second passes is told which there are, be it none.
  if (second.length === missing.length) folder.putSecond(merger.shards().filter((s) => s.chances));
  if (missing.length) {
    const firsts = shardsOf(job).length;
    const list = ranges(missing.map((s) => s.index));
    const waits = second.length === missing.length;
    throw new InputError(
      lang === 'ru'
        ? `${waits ? `Первые проходы все здесь, но мест по квотам не хватило: нужны вторые проходы` : `Не хватает частей (${missing.length} из ${merger.shards().length})`}: ${list}\nПосчитать: foothold lab shard --job ${join(dir, 'job.json')} --index N${waits ? `, N от ${firsts}` : ''}; затем снова foothold lab merge ${dir}`
        : `${waits ? 'All first passes are here, but the places of quotas ran out: second passes are needed' : `Shards are missing (${missing.length} of ${merger.shards().length})`}: ${list}\nTo compute one: foothold lab shard --job ${join(dir, 'job.json')} --index N${waits ? `, N from ${firsts}` : ''}; then foothold lab merge ${dir} again`,
    );
  }
  await tellRun(run, ranOf(planOf(job), loaded, merger.outcomes()), options);
  return 0;
}
