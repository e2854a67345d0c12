/** A command that takes one person file and nothing else. */
import type { Lang } from '../law/say.ts';
import { UsageError } from './args.ts';

export function oneFile(positionals: readonly string[], lang: Lang, command: string): string | undefined {
  if (positionals.length > 1)
    throw new UsageError(
      lang === 'ru'
        ? `Команде «${command}» нужен один файл человека; лишнее: ${positionals.slice(1).join(' ')}.\nСведения о человеке пишут в файле, не в командной строке.`
        : `"${command}" takes one person file; more was found: ${positionals.slice(1).join(' ')}.\nFacts are written in the file, not on the command line.`,
    );
  return positionals[0];
}
