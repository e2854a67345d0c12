/** `foothold check`: every route for one person on one day, or the routes named. */
import { checkRoutes } from '../check/check.ts';
import { ofKind } from '../law/book.ts';
import { startOf } from '../moves/claims.ts';
import { dayOption, nearAll, readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { readPersonInput } from './person-input.ts';

export async function checkCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, ['on', 'all', 'json', 'lang', 'help'], lang, 'check');
  const on = dayOption(options, 'on', lang) ?? run.today;
  const [file, ...ids] = positionals;
  const book = await loadLaw();
  const routes = ofKind(book, 'route').map((r) => r.id);
  for (const id of ids) {
    if (routes.includes(id)) continue;
    const kind = book.provisions.get(id)?.kind;
    const near = nearAll(id, routes);
    throw new UsageError(
      lang === 'ru'
        ? `Основания «${id}» нет.${kind ? ` Это запись вида ${kind}, а проверить можно только основание (route).` : ''}${near.length ? ` Может быть, ${near.join(', ')}?` : ''}\nВсе основания: foothold law list --kind route`
        : `There is no route "${id}".${kind ? ` It is a provision of kind ${kind}; only a route can be checked.` : ''}${near.length ? ` Did you mean ${near.join(', ')}?` : ''}\nAll routes: foothold law list --kind route`,
    );
  }
  const person = await readPersonInput(file, book, run, 'check');
  const situation = startOf(book, person, on);
  const answer = checkRoutes(book, situation, on, ids.length ? ids : undefined);
  if (options.json) writeJson(run, answer);
  else {
    const { checkPage } = await import('./check-page.ts');
    run.out(checkPage(book, situation, answer, run, { detailed: ids.length > 0, all: options.all === true }));
  }
  return 0;
}
