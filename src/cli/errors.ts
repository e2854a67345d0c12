/** Tells what went wrong, on standard error, and which exit code says so. */
import { ProblemsError, renderProblem } from '../law/problems.ts';
import { VaultError } from '../vault/errors.ts';
import { InputError, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { vaultFault } from './vault-faults.ts';

const MOST = 20;

/** Exit code: 2 for a wrong command line, 1 for wrong input; anything else is our mistake and says so. */
export function tell(e: unknown, run: Run): number {
  const ru = run.lang === 'ru';
  if (e instanceof UsageError || e instanceof InputError) {
    run.err(`foothold: ${e.message}\n`);
    return e.code;
  }
  if (e instanceof VaultError) {
    run.err(`foothold: ${vaultFault(e, run.lang)}\n`);
    return 1;
  }
  if (e instanceof ProblemsError) {
    for (const p of e.problems.slice(0, MOST)) run.err(`${renderProblem(p)}\n`);
    const more = e.problems.length - MOST;
    if (more > 0) run.err(ru ? `… и ещё ${more}.\n` : `… and ${more} more.\n`);
    const lawAtFault = e.problems.some((p) => p.file.startsWith('law/'));
    run.err(
      lawAtFault
        ? ru
          ? 'В файлах права есть ошибки, поэтому ответа нет. Подробно: foothold law check\n'
          : 'The law has errors, so nothing is answered from it. In full: foothold law check\n'
        : ru
          ? 'Ответа нет: сначала исправьте файл.\n'
          : 'Nothing was answered: mend the file first.\n',
    );
    return 1;
  }
  // Only where it happened is told: a message could quote what a person wrote.
  const where =
    e instanceof Error ? (e.stack?.split('\n').find((l) => l.includes('.ts:') || l.includes('.js:')) ?? '').trim() : '';
  const message = e instanceof Error ? e.message : String(e);
  run.err(
    ru
      ? `foothold: ошибка в самой программе, не в вашем файле: ${message}\n${where}\nПожалуйста, сообщите о ней разработчикам (без файла человека).\n`
      : `foothold: a fault of the program, not of your file: ${message}\n${where}\nPlease report it (without the person file).\n`,
  );
  return 1;
}
