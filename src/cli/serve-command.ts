/** `foothold serve`: the page on the loopback address of this machine, for nobody else. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api } from '../server/api.ts';
import { fileHandler } from '../server/static.ts';
import { InputError, type Options, readArgs, today, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { loadLaw, projectRoot } from './law-files.ts';
import { version } from './version.ts';

const PORT = 8377;

export async function serveCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(
    run.args,
    ['port', 'expose', 'token-fd', 'name', 'lang', 'help'],
    lang,
    'serve',
  );
  if (positionals.length)
    throw new UsageError(
      lang === 'ru'
        ? `Команде «serve» ничего, кроме --port, не нужно; найдено «${positionals[0]}». Сведения о человеке вводят на самой странице.`
        : `"serve" takes nothing but --port; found "${positionals[0]}". Facts are told on the page itself.`,
    );
  const port = options.port === undefined ? PORT : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(
      lang === 'ru'
        ? `--port: «${String(options.port)}» — не номер порта. Нужно целое число от 0 до 65535 (0 — любой свободный).`
        : `--port: "${String(options.port)}" is no port. Expected a whole number from 0 to 65535 (0: any free one).`,
    );
  const root = join(projectRoot(), 'dist', 'web');
  if (!existsSync(join(root, 'index.html')))
    throw new InputError(
      lang === 'ru'
        ? 'Страница ещё не собрана (нет dist/web). Соберите её: npm run build'
        : 'The page has not been built (there is no dist/web). To build it: npm run build',
    );
  const exposed = typeof options.expose === 'string' ? options.expose : undefined;
  const token = exposed === undefined ? undefined : tokenOf(options, run);
  const page = fileHandler({ root });
  const names = ['127.0.0.1', 'localhost', ...(typeof options.name === 'string' ? [options.name] : [])];
  const server = api({
    book: await loadLaw(),
    version: version(),
    today: () => today(),
    worker: workerFile(),
    hosts: names,
    page,
    ...(token === undefined ? {} : { token }),
  });
  try {
    await server.listen({ port, host: exposed ?? '127.0.0.1' });
  } catch (e) {
    const code = (e as NodeJS.ErrnoException).code ?? '';
    throw new InputError(
      lang === 'ru'
        ? `Порт ${port} занять не удалось (${code}). Возьмите другой: foothold serve --port 0`
        : `The port ${port} cannot be taken (${code}). Take another: foothold serve --port 0`,
    );
  }
  const at = (server.server.address() as { port: number }).port;
  run.out(
    exposed === undefined
      ? lang === 'ru'
        ? `Страница открыта только на этом устройстве: http://127.0.0.1:${at}/\nAPI — там же: /api/v1/openapi.json\nОстановить: Ctrl+C.\n`
        : `The page is open on this device only: http://127.0.0.1:${at}/\nThe API is there too: /api/v1/openapi.json\nTo stop it: Ctrl+C.\n`
      : lang === 'ru'
        ? `Сервер доступен извне: ${exposed}:${at}. Дела людей — только с токеном и через TLS. Страницу и API видят все, кто достучится.\nОстановить: Ctrl+C.\n`
        : `The server can be reached from elsewhere: ${exposed}:${at}. Cases of people only with the token and through TLS; the page and the law by everybody.\nTo stop it: Ctrl+C.\n`,
  );
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  await server.close();
  return 0;
}

/** Exposing needs a token of some length, from a descriptor: never from an argument, which others on the machine can read. */
function tokenOf(options: Options, run: Run): string {
  const fd = options['token-fd'];
  const text =
    typeof fd === 'string' && /^[3-9]$|^\d{2,4}$/.test(fd)
      ? readFileSync(Number(fd), 'utf8').split('\n')[0]?.trim()
      : undefined;
  if (text === undefined || text.length < 32)
    throw new UsageError(
      run.lang === 'ru'
        ? '--expose требует токена не короче 32 знаков через дескриптор: foothold serve --expose 0.0.0.0 --token-fd 3 3< файл. И TLS перед сервером, который ставит X-Forwarded-Proto.'
        : '--expose needs a token of 32 letters or more through a descriptor: foothold serve --expose 0.0.0.0 --token-fd 3 3< FILE. And TLS in front, which sets X-Forwarded-Proto.',
    );
  return text;
}

/** The worker's file: its source in a clone, its built form beside the program in a package. */
function workerFile(): URL {
  const built = new URL('./evaluate.js', import.meta.url);
  return existsSync(built) ? built : new URL('../server/evaluate.ts', import.meta.url);
}
