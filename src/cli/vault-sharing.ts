/** Who else can open a case, and handing one over. */
import { fieldsOfFile, withoutFields } from '../person/fields.ts';
import { handOver } from '../vault/hand-over.ts';
import type { CaseContent } from '../vault/records.ts';
import { UsageError } from './args.ts';
import { writeJson } from './context.ts';
import { caseNumber, noMoreWords, openVault, say, t } from './vault-open.ts';
import { personText } from './vault-person.ts';
import type { VaultRun } from './vault-run.ts';

export async function showKey(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'key');
  const { vault } = await openVault(v);
  const { recipient } = vault.state;
  vault.lock();
  if (v.options.json) writeJson(v.run, { recipient });
  else v.run.out(`${recipient}\n`);
  return 0;
}

function recipient(v: VaultRun, command: string): string {
  const key = v.options.for;
  if (typeof key === 'string') return key;
  throw new UsageError(
    t(
      v,
      `"vault ${command}" needs the other person's key: --for age1… (they see it with "foothold vault key").`,
      `Команде «vault ${command}» нужен ключ другого человека: --for age1… (его показывает «foothold vault key»).`,
    ),
  );
}

export async function shareCase(v: VaultRun): Promise<number> {
  const number = v.options.all === true ? undefined : caseNumber(v, 'share');
  noMoreWords(v, v.options.all === true ? 0 : 1, 'share');
  const key = recipient(v, 'share');
  const name = typeof v.options.name === 'string' ? v.options.name : `${key.slice(0, 12)}…`;
  const { vault } = await openVault(v);
  await vault.share({ recipient: key, name }, number, v.now);
  vault.lock();
  v.run.out(
    t(
      v,
      `${name} can now open ${number === undefined ? 'every case, also those to come' : `case ${number}`} with their key, from a copy of the files. This can be ended for later versions, not for what they have seen.\n`,
      `${name} теперь может своим ключом открыть ${number === undefined ? 'все дела, и будущие тоже' : `дело ${number}`} в копии файлов. Отменить это можно для будущих версий, но не для уже увиденного.\n`,
    ),
  );
  return 0;
}

export async function unshareCase(v: VaultRun): Promise<number> {
  const number = v.options.all === true ? undefined : caseNumber(v, 'unshare');
  noMoreWords(v, v.options.all === true ? 0 : 1, 'unshare');
  const key = recipient(v, 'unshare');
  const { vault } = await openVault(v);
  await vault.unshare(key, number, v.now);
  vault.lock();
  v.run.out(
    t(
      v,
      'Done: the files were encrypted anew without that key. What this cannot undo: copies of the older files still open with it, and what was read is known.\n',
      'Готово: файлы зашифрованы заново без этого ключа. Чего это не отменит: копии старых файлов он открывает, и прочитанное остаётся известным.\n',
    ),
  );
  return 0;
}

/** Without --yes it lists what would leave, and nothing does. The file goes to standard output. */
export async function handOverCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'hand-over');
  noMoreWords(v, 1, 'hand-over');
  const key = recipient(v, 'hand-over');
  const { vault } = await openVault(v);
  const opened = await vault.open(number);
  vault.lock();
  const struck = typeof v.options.without === 'string' ? v.options.without.split(',').map((x) => x.trim()) : [];
  const { text: person, unknown } = withoutFields(personText(opened.content, v), struck);
  const fields = fieldsOfFile(person).map((f) => f.path);
  if (unknown.length)
    throw new UsageError(
      t(
        v,
        `--without: the case has no ${unknown.join(', ')}. Its fields: ${fields.join(', ')}.`,
        `--without: в деле нет ${unknown.join(', ')}. Поля: ${fields.join(', ')}.`,
      ),
    );
  const content: CaseContent = { person };
  const made = await handOver(key, opened.entry.label, content, v.now);
  if (v.options.json) {
    writeJson(v.run, { number, label: opened.entry.label, fields, sent: false });
    return 0;
  }
  say(
    v,
    t(
      v,
      `What leaves: the label "${opened.entry.label}" and these ${fields.length} fields of the person:`,
      `Что уйдёт: метка «${opened.entry.label}» и поля о человеке (${fields.length}):`,
    ),
  );
  for (const f of fields) say(v, `  ${f}`);
  if (v.options.yes !== true) {
    say(
      v,
      t(
        v,
        'Nothing has left. To strike fields out: --without person.born,exposure. To hand over: add --yes and > FILE.age',
        'Пока ничего не ушло. Вычеркнуть поля: --without person.born,exposure. Передать: добавьте --yes и > ФАЙЛ.age',
      ),
    );
    return 0;
  }
  if (process.stdout.isTTY)
    throw new UsageError(
      t(v, 'The file goes to standard output: add > FILE.age', 'Файл идёт в стандартный вывод: добавьте > ФАЙЛ.age'),
    );
  process.stdout.write(made.bytes);
  return 0;
}
