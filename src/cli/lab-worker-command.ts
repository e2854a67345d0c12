/** `foothold lab worker`: computes shards for whoever asks on a queue, until it is stopped. */
import type { Word } from '../scale/serve.ts';
import { numberOption, type OptionName, readArgs, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { serverOf } from './lab-queue.ts';
import { identityHere } from './lab-shards.ts';
import { ThreadHand } from './lab-threads.ts';
import { loadLaw } from './law-files.ts';

const OPTIONS: readonly OptionName[] = ['on', 'workers', 'passphrase-fd', 'ca', 'idle', 'lock', 'lang', 'help'];

export async function labWorker(run: Run): Promise<number> {
  const { lang } = run;
  const ru = lang === 'ru';
  const { positionals, options } = readArgs(run.args, OPTIONS, lang, 'lab worker');
  if (positionals.length)
    throw new UsageError(
      ru
        ? `Команда lab worker не берёт имён («${positionals[0]}»): что считать, говорит очередь.`
        : `lab worker takes no names ("${positionals[0]}"): the queue says what is to be computed.`,
    );
  const hands = numberOption(options, 'workers', 1, 1, 256, lang);
  const lock = 1000 * numberOption(options, 'lock', 30, 1, 3600, lang);
  const idle = options.idle === undefined ? undefined : 1000 * numberOption(options, 'idle', 60, 1, 86_400, lang);
  const here = identityHere(await loadLaw(), lang);
  const server = await serverOf(run, options, Number.POSITIVE_INFINITY);
  const { serve } = await import('../scale/serve.ts');
  const crew = Array.from({ length: hands }, () => new ThreadHand());
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    run.err(
      ru
        ? 'Останавливаюсь: досчитываю начатое (ещё раз, чтобы бросить: посчитает другой).\n'
        : 'Stopping: what is begun is finished (once more to drop it: another machine computes it).\n',
    );
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  run.err(
    ru
      ? `Жду работы: foothold ${here.version}, право ${here.law.slice(0, 12)}, потоков: ${hands}\n`
      : `Waiting for work: foothold ${here.version}, law ${here.law.slice(0, 12)}, ${hands} at a time\n`,
  );
  let proof: Promise<string> | undefined;
  try {
    await serve(server, {
      here,
      proof: () => {
        proof ??= (crew[0] as ThreadHand).proof();
        return proof;
      },
      hands,
      compute: (hand, job, shard) => (crew[hand] as ThreadHand).run(job, shard, () => {}),
      lock,
      ...(idle === undefined ? {} : { idle }),
      stop: stop.signal,
      say: (w) => run.err(`${wordText(w, ru)}\n`),
    });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await Promise.all(crew.map((h) => h.end()));
  }
  return 0;
}

function wordText(w: Word, ru: boolean): string {
  const run = 'run' in w ? w.run.slice(0, 16) : '';
  switch (w.k) {
    case 'joined':
      return ru ? `Расчёт ${run}: считаю.` : `Run ${run}: working on it.`;
    case 'left':
      return ru ? `Расчёт ${run} окончен.` : `Run ${run} is over.`;
    case 'done':
      return ru
        ? `Расчёт ${run}: часть ${w.shard}${w.again ? ' (уже была, те же числа)' : ''}`
        : `Run ${run}: shard ${w.shard}${w.again ? ' (was in already, the same counts)' : ''}`;
    case 'failed':
      return ru ? `Расчёт ${run}: часть ${w.shard}: ${w.message}` : `Run ${run}: shard ${w.shard}: ${w.message}`;
    case 'lost':
      return ru ? 'Связь с сервером прервалась; жду его.' : 'The connection to the server broke; waiting for it.';
    case 'back':
      return ru ? 'Сервер снова отвечает.' : 'The server answers again.';
    case 'refused':
      if (w.proof)
        return ru
          ? `Расчёт ${run} не беру: эта машина считает иначе (проба не сошлась).`
          : `Run ${run} is refused: this machine counts otherwise (the trial run differs).`;
      return ru
        ? `Расчёт ${run} не беру: он другого издания (версия ${w.job.version}, право ${w.job.law.slice(0, 12)}, данные ${w.job.data.slice(0, 12)}). Поставьте то же издание здесь.`
        : `Run ${run} is refused: it is of another edition (version ${w.job.version}, law ${w.job.law.slice(0, 12)}, data ${w.job.data.slice(0, 12)}). Install the same one here.`;
  }
}
