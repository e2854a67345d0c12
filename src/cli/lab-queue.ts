/**
 * Runs on a queue: the one file of the command line that reaches the network for the lab. It is read only where `--on` or
 * `lab worker` asks for it, and what it sends is seeds, ranges and the texts of scenarios.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Merger } from '../lab/merge.ts';
import { type Job, jobOf } from '../lab/shard.ts';
import type { Lang } from '../law/say.ts';
import type { AskCancelled, AskFailed, Notice } from '../scale/ask.ts';
import type { Secret, Server } from '../scale/connection.ts';
import { InputError, type Options, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { Cancelled, type EngineOptions, type Outcomes, runFolder } from './lab-engine.ts';
import { ShardFolder } from './lab-shard-folder.ts';
import { secretsOf } from './secret-input.ts';

/** What a run on a queue is told beside what any run is told. */
export type QueueOptions = Omit<EngineOptions, 'workers' | 'parts'> & { readonly parts: Job['parts'] };

async function scale<T>(load: () => Promise<T>, lang: Lang): Promise<T> {
  try {
    return await load();
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw e;
    throw new InputError(
      lang === 'ru'
        ? 'Для работы через очередь нужны два пакета, которых нет в обычной установке: npm install bullmq@6.7.0 ioredis@6.0.0'
        : 'Runs on a queue need two packages that the usual install leaves out: npm install bullmq@6.7.0 ioredis@6.0.0',
    );
  }
}

/**
 * The server that `--on` names. One that is being started, or started again, is waited for, for so many seconds.
 * @throws UsageError, InputError
 */
export async function serverOf(run: Run, options: Options, patience: number): Promise<Server> {
  const { lang } = run;
  const ru = lang === 'ru';
  const { readAddress, AddressFault, Server, Unreachable, inTheOpen } = await scale(
    () => import('../scale/connection.ts'),
    lang,
  );
  const text = options.on;
  if (typeof text !== 'string')
    throw new UsageError(
      ru ? 'Нужен сервер: --on redis://127.0.0.1:6379' : 'A server is needed: --on redis://127.0.0.1:6379',
    );
  let address: ReturnType<typeof readAddress>;
  try {
    address = readAddress(text);
  } catch (e) {
    if (!(e instanceof AddressFault)) throw e;
    if (e.kind === 'password-in-address')
      throw new UsageError(
        ru
          ? '--on: пароль в адресе видят все на этой машине. Уберите его и передайте через дескриптор: --passphrase-fd 3 3< ФАЙЛ'
          : '--on: a password in the address is seen by everybody on this machine. Take it out, and give it through a descriptor: --passphrase-fd 3 3< FILE',
      );
    throw new UsageError(
      ru
        ? `--on: «${text}» не понято. Нужно redis://[имя@]машина[:порт][/номер], с TLS rediss://…`
        : `--on: "${text}" is not understood. Expected: redis://[user@]host[:port][/number], with TLS rediss://…`,
    );
  }
  const secret: Secret = {
    ...(options['passphrase-fd'] === undefined
      ? {}
      : { password: await secretsOf(options, run).next(ru ? 'Пароль сервера' : 'Password of the server') }),
    ...(typeof options.ca === 'string' ? { ca: textOf(options.ca, lang) } : {}),
  };
  if (inTheOpen(address))
    run.err(
      ru
        ? `Внимание: связь с ${address.host} без TLS. Задания и суммы можно прочесть и подменить по пути. Лучше rediss://.\n`
        : `Careful: the connection to ${address.host} has no TLS. Jobs and sums can be read and changed on the way. Better: rediss://.\n`,
    );
  const server = new Server(address, secret);
  const at = `${address.host}:${address.port}`;
  for (let second = 0; ; second++) {
    const e = await server.try().catch((x: unknown) => x);
    if (e === undefined) return server;
    if (!(e instanceof Unreachable)) throw e;
    if (e.kind === 'refused' && second < patience && /ECONN|ETIMEDOUT|LOADING|closed/.test(e.message)) {
      if (second === 0)
        run.err(
          ru ? `Сервер ${at} пока не отвечает; жду его.\n` : `The server ${at} does not answer yet; waiting for it.\n`,
        );
      await new Promise((go) => setTimeout(go, 1000));
      continue;
    }
    throw new InputError(
      {
        refused: ru
          ? `Сервер ${at} не отвечает (${e.message}). Запущен ли он? redis-server --appendonly yes`
          : `The server ${at} does not answer (${e.message}). Is it running? redis-server --appendonly yes`,
        password: ru
          ? `Сервер ${at} не принял пароль (${e.message}). Пароль — первая строка дескриптора: --passphrase-fd 3 3< ФАЙЛ`
          : `The server ${at} did not take the password (${e.message}). It is the first line of the descriptor: --passphrase-fd 3 3< FILE`,
        tls: ru
          ? `С сервером ${at} не вышло TLS (${e.message}). Своему центру сертификации верят с --ca ФАЙЛ.pem; без TLS: redis://`
          : `TLS with the server ${at} failed (${e.message}). A certificate authority of your own is trusted with --ca FILE.pem; without TLS: redis://`,
      }[e.kind],
    );
  }
}

function textOf(file: string, lang: Lang): string {
  if (!existsSync(file))
    throw new InputError(lang === 'ru' ? `Файла «${file}» нет (--ca).` : `There is no file "${file}" (--ca).`);
  return readFileSync(file, 'utf8');
}

/** Has the shards of a run computed by whoever works on the queue, and merges them here. */
export async function runOnQueue(
  run: Run,
  options: Options,
  job: Parameters<typeof jobOf>,
  more: QueueOptions,
): Promise<Outcomes> {
  const { lang } = run;
  const server = await serverOf(run, options, 20);
  const { ask, keeping, AskCancelled: Stopped, AskFailed: Failed } = await import('../scale/ask.ts');
  const merger = new Merger(jobOf(...job));
  const folder = more.out === undefined ? undefined : new ShardFolder(runFolder(more.out, merger.key));
  const { persists, evicts } = await keeping(server);
  const say = (en: string, ru: string): void => run.err(`${lang === 'ru' ? ru : en}\n`);
  if (!persists)
    say(
      'The server keeps nothing on disk (appendonly is off): if it stops, what was on the queue is computed again.',
      'Сервер ничего не хранит на диске (appendonly выключен): если он остановится, очередь придётся считать заново.',
    );
  if (evicts)
    say(
      'The server drops keys when memory runs out (maxmemory-policy is not noeviction): results may have to be computed twice.',
      'При нехватке памяти сервер выбрасывает ключи (maxmemory-policy не noeviction): части придётся считать повторно.',
    );
  if (folder) {
    folder.begin(merger.job);
    folder.takeAll(merger);
  }
  const tell = (): void => more.progress?.(...merger.progress);
  tell();
  try {
    await ask(server, merger, {
      ...(folder ? { keep: (shard, text) => folder.put(shard, text) } : {}),
      progress: tell,
      ...(more.cancelled ? { cancelled: more.cancelled } : {}),
      notice: (n) => say(noticeText(n, merger.job, 'en'), noticeText(n, merger.job, 'ru')),
    });
  } catch (e) {
    if (e instanceof Stopped) throw new Cancelled();
    if (e instanceof Failed) throw new InputError(failureText(e, lang));
    throw e as AskCancelled;
  }
  return merger.outcomes();
}

function noticeText(n: Notice, job: Job, lang: Lang): string {
  const ru = lang === 'ru';
  switch (n.k) {
    case 'lost':
      return ru ? 'Связь с сервером прервалась; жду его.' : 'The connection to the server broke; waiting for it.';
    case 'back':
      return ru ? 'Сервер снова отвечает.' : 'The server answers again.';
    case 'nobody':
      return ru
        ? 'Никто пока не считает. На других машинах: foothold lab worker --on АДРЕС'
        : 'Nobody is working yet. On other machines: foothold lab worker --on ADDRESS';
    case 'refused': {
      if (n.proof)
        return ru
          ? 'Одной машине отказано: она считает иначе (проба не сошлась).'
          : 'A machine was refused: it counts otherwise (its trial run differs).';
      const differ = (['version', 'law', 'data'] as const)
        .filter((k) => n[k] !== job[k])
        .map((k) => `${k} ${n[k].slice(0, 12)} ≠ ${job[k].slice(0, 12)}`);
      return ru
        ? `Одной машине отказано: у неё другое издание (${differ.join(', ')}).`
        : `A machine was refused: it has another edition (${differ.join(', ')}).`;
    }
  }
}

function failureText(e: AskFailed, lang: Lang): string {
  const ru = lang === 'ru';
  if (e.kind === 'differs')
    return ru
      ? `ТРЕВОГА: часть ${e.shard} две машины посчитали по-разному. Одна из них считает неверно: ответа нет, пока не найдёте которая (foothold lab shard --index ${e.shard} на каждой).`
      : `ALARM: two machines have counted shard ${e.shard} differently. One of them counts wrongly: there is no answer until you know which (foothold lab shard --index ${e.shard} on each).`;
  return ru
    ? `Часть ${e.shard} не удалось посчитать ни на одной машине: ${e.message}`
    : `Shard ${e.shard} could not be computed on any machine: ${e.message}`;
}
