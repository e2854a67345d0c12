/** Why a result or a job is refused, in words. */
import type { ShardFault } from '../lab/merge.ts';
import type { Lang } from '../law/say.ts';

const short = (x: string): string => (/^[0-9a-f]{64}$/.test(x) ? x.slice(0, 16) : x);

/** What is wrong with a shard's result, where, and how to mend it. */
export function faultText(f: ShardFault, lang: Lang): string {
  const ru = lang === 'ru';
  const found = short(f.found);
  const expected = short(f.expected);
  const head = (en: string, r: string): string => `${f.where}: ${ru ? r : en}`;
  switch (f.kind) {
    case 'not-a-shard':
      return head(
        `this is no result of a shard: found ${f.found}; expected ${f.expected}. Remove it, and compute the shard again.`,
        `это не результат части: найдено «${f.found}»; нужно: ${f.expected}. Уберите файл и посчитайте часть снова.`,
      );
    case 'damaged':
      return head(
        `the file is damaged: its content (${found}) is not what its seal says (${expected}). Remove it, and compute the shard again.`,
        `файл повреждён: содержимое (${found}) не то, о котором говорит печать (${expected}). Уберите файл и посчитайте часть снова.`,
      );
    case 'version':
    case 'law':
    case 'data': {
      const what = {
        version: ['version of the program', 'версии программы'],
        law: ['law', 'права'],
        data: ["lab's data", 'данных лаборатории'],
      }[f.kind] as [string, string];
      return head(
        `computed with another ${what[0]}: found ${found}, expected ${expected}. It is not added; nothing else was changed. Compute it again with the edition of the job.`,
        `посчитано по другому изданию ${what[1]}: найдено ${found}, нужно ${expected}. Файл не прибавлен, ничего не изменено. Посчитайте часть заново изданием задания.`,
      );
    }
    case 'job':
      return head(
        `a shard of another job: found ${found}, expected ${expected}. Move it to the folder of its own job.`,
        `часть другого задания: найдено ${found}, нужно ${expected}. Перенесите её в папку её задания.`,
      );
    case 'key':
      return head(
        `a key that this job does not know: found ${found}, expected ${expected}. If it is a second pass, its first passes are not all here.`,
        `ключ, которого в этом задании нет: найдено ${found}, нужно: ${expected}. Если это второй проход, здесь не все первые.`,
      );
    case 'differs':
      return head(
        `ALARM: a second result of the same shard with other counts (${found}; the first was ${expected}). One of the two machines counts wrongly, or a file was changed: neither may be trusted. Nothing was merged.`,
        `ТРЕВОГА: второй результат той же части с другими числами (${found}; первый был ${expected}). Одна из машин считает неверно, или файл изменён: не верьте ни одному. Ничего не сложено.`,
      );
  }
}
