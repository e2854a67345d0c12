/** `foothold serve`: the page on the loopback address of this machine, for nobody else. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listen, staticServer } from '../server/static.ts';
import { InputError, readArgs, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { projectRoot } from './law-files.ts';

const PORT = 8377;

export async function serveCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, ['port', 'lang', 'help'], lang, 'serve');
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
  const server = staticServer({ root, hosts: ['127.0.0.1', 'localhost'] });
  let at: number;
  try {
    at = await listen(server, port);
  } catch (e) {
    const code = (e as NodeJS.ErrnoException).code ?? '';
    throw new InputError(
      lang === 'ru'
        ? `Порт ${port} занять не удалось (${code}). Возьмите другой: foothold serve --port 0`
        : `The port ${port} cannot be taken (${code}). Take another: foothold serve --port 0`,
    );
  }
  run.out(
    lang === 'ru'
      ? `Страница открыта только на этом устройстве: http://127.0.0.1:${at}/\nОстановить: Ctrl+C.\n`
      : `The page is open on this device only: http://127.0.0.1:${at}/\nTo stop it: Ctrl+C.\n`,
  );
  await new Promise<void>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
  });
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return 0;
}
