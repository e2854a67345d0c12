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
  const disk = diskFault(e, ru);
  if (disk !== undefined) {
    run.err(`foothold: ${disk}\n`);
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

/** What the file system refused, where it is about a file or folder that was named: no fault of the program. */
function diskFault(e: unknown, ru: boolean): string | undefined {
  const { code, path, syscall } = (e ?? {}) as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof path !== 'string' || syscall === 'spawn') return undefined;
  const said: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['there is no such file or folder', 'такого файла или папки нет'],
    ENOTDIR: ['a part of it is a file, not a folder', 'часть этого пути — файл, а не папка'],
    EEXIST: ['it is a file, not a folder', 'это файл, а не папка'],
    EISDIR: ['it is a folder, not a file', 'это папка, а не файл'],
    EACCES: ['it may not be read or written here', 'нет права здесь читать или писать'],
    EPERM: ['it may not be read or written here', 'нет права здесь читать или писать'],
    EROFS: ['this disk can only be read', 'этот диск только для чтения'],
    ENOSPC: ['the disk is full', 'на диске нет места'],
    ENAMETOOLONG: ['the name is too long', 'слишком длинное имя'],
  };
  const words = said[code];
  if (!words) return undefined;
  return ru
    ? `${path}: ${words[1]}. Укажите другой путь или освободите этот; сделанное раньше не тронуто.`
    : `${path}: ${words[0]}. Name another path, or clear this one; what was done before is untouched.`;
}
