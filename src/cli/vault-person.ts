/** The person file inside a case. */
import type { CaseContent } from '../vault/records.ts';
import { InputError } from './args.ts';
import type { VaultRun } from './vault-run.ts';

/** The text of the person file, exactly as it was taken in. */
export function personText(content: CaseContent, v: Pick<VaultRun, 'run'>): string {
  if (typeof content.person === 'string') return content.person;
  throw new InputError(
    v.run.lang === 'ru'
      ? 'В этом деле нет файла человека. Добавить: foothold vault edit НОМЕР < person.yaml'
      : 'This case has no person file. To add one: foothold vault edit NUMBER < person.yaml',
  );
}
