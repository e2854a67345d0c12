/** Passphrases: from a file descriptor, or typed at the terminal without being shown. Never from an argument or the environment. */
import { closeSync, openSync, readSync } from 'node:fs';
import { ReadStream, WriteStream } from 'node:tty';
import { type Options, UsageError } from './args.ts';
import type { Run } from './context.ts';

/** Asks for secrets one after the other; each `next` is one line of the descriptor, or one prompt. */
export type Secrets = { next(prompt: string): Promise<string> };

export function secretsOf(options: Options, run: Run): Secrets {
  const fd = options['passphrase-fd'];
  if (typeof fd === 'string') return fromDescriptor(fd, run);
  return { next: (prompt) => typed(prompt, run) };
}

function fromDescriptor(text: string, run: Run): Secrets {
  const fd = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(fd >= 3))
    throw new UsageError(
      run.lang === 'ru'
        ? `--passphrase-fd: «${text}» не подходит. Нужен номер открытого дескриптора от 3: foothold vault list --passphrase-fd 3 3< файл`
        : `--passphrase-fd: "${text}" will not do. Expected: the number of an open descriptor, 3 or more: foothold vault list --passphrase-fd 3 3< FILE`,
    );
  let lines: string[] | undefined;
  return {
    async next() {
      lines ??= readAll(fd, run).split('\n');
      const line = lines.shift();
      if (line === undefined || line === '')
        throw new UsageError(
          run.lang === 'ru'
            ? `В дескрипторе ${fd} не хватает строк с паролем.`
            : `Descriptor ${fd} has too few lines with passphrases.`,
        );
      return line.replace(/\r$/, '');
    },
  };
}

function readAll(fd: number, run: Run): string {
  const parts: Buffer[] = [];
  const chunk = Buffer.alloc(4096);
  try {
    for (;;) {
      const n = readSync(fd, chunk, 0, chunk.length, null);
      if (n === 0) break;
      parts.push(Buffer.from(chunk.subarray(0, n)));
    }
  } catch (e) {
    throw new UsageError(
      run.lang === 'ru'
        ? `Дескриптор ${fd} не читается (${(e as NodeJS.ErrnoException).code ?? 'ошибка'}). Откройте его: ${fd}< файл. Через npx дескрипторы не передаются: пишите node bin/foothold.mjs вместо npx foothold.`
        : `Descriptor ${fd} cannot be read (${(e as NodeJS.ErrnoException).code ?? 'error'}). Open it: ${fd}< FILE. npx passes no descriptors on: write node bin/foothold.mjs in place of npx foothold.`,
    );
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Reads a line from the terminal itself, since standard input may be a case. Nothing that is typed is shown. */
async function typed(prompt: string, run: Run): Promise<string> {
  let fd: number;
  try {
    fd = openSync('/dev/tty', 'r+');
  } catch {
    throw new UsageError(
      run.lang === 'ru'
        ? 'Здесь нет терминала, чтобы спросить пароль. Передайте его через дескриптор: --passphrase-fd 3 3< файл'
        : 'There is no terminal here to ask for the passphrase. Give it through a descriptor: --passphrase-fd 3 3< FILE',
    );
  }
  const tty = new ReadStream(fd);
  const out = new WriteStream(openSync('/dev/tty', 'w'));
  out.write(`${prompt}: `);
  tty.setRawMode(true);
  tty.setEncoding('utf8');
  try {
    return await new Promise<string>((resolve, reject) => {
      let line = '';
      tty.on('data', (chunk: string | Buffer) => {
        for (const c of String(chunk)) {
          if (c === '\r' || c === '\n') return resolve(line);
          if (c === '\u0003' || c === '\u0004')
            return reject(
              new UsageError(run.lang === 'ru' ? 'Прервано; ничего не изменено.' : 'Stopped; nothing was changed.'),
            );
          if (c === '\u007f' || c === '\b') line = Array.from(line).slice(0, -1).join('');
          else if (c >= ' ') line += c;
        }
      });
      tty.on('error', reject);
    });
  } finally {
    tty.setRawMode(false);
    out.write('\n');
    tty.destroy();
    out.destroy();
    try {
      closeSync(fd);
    } catch {
      // destroy has closed it.
    }
  }
}
