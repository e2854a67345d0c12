/** Cases of the vault, one at a time: add, list, open, edit, check, plan, attachments. A case holds a person file as its text. */
import { basename } from 'node:path';
import { InputError, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { caseNumber, noMoreWords, openVault, say, standardBytes, standardInput, t } from './vault-open.ts';
import { personText } from './vault-person.ts';
import type { VaultRun } from './vault-run.ts';

const PERSON = { en: 'a person file in YAML', ru: 'файл человека в формате YAML' };

/** Only a person file that reads without an error is taken in: what was wrong with it is told, and the text stays where it was. */
async function readPersonText(v: VaultRun): Promise<string> {
  const text = standardInput(v, PERSON[v.run.lang]);
  const { readPersonInput } = await import('./person-input.ts');
  await readPersonInput('-', await loadLaw(), { lang: v.run.lang, input: text }, 'vault');
  return text;
}

export async function addCase(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'add');
  const person = await readPersonText(v);
  const { vault } = await openVault(v);
  const given = v.options.label;
  const next = vault.list().reduce((most, c) => Math.max(most, c.number), 0) + 1;
  const label = typeof given === 'string' ? given : t(v, `Case ${next}`, `Дело ${next}`);
  const entry = await vault.add(label, { person }, v.now);
  vault.lock();
  if (v.options.json) writeJson(v.run, { number: entry.number, label: entry.label });
  else
    v.run.out(
      t(v, `Added as case ${entry.number}: ${entry.label}\n`, `Добавлено дело ${entry.number}: ${entry.label}\n`),
    );
  return 0;
}

export async function listCases(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'list');
  const { vault } = await openVault(v);
  const all = vault.list().map((c) => ({
    number: c.number,
    label: c.label,
    saved: c.saved,
    attachments: c.attachments.map((a) => ({ id: a.id, name: a.name, size: a.size })),
    sharedWith: [...vault.state.readers, ...c.readers].map((r) => r.name),
  }));
  vault.lock();
  if (v.options.json) {
    writeJson(v.run, all);
    return 0;
  }
  if (all.length === 0)
    v.run.out(
      t(
        v,
        'No case yet. To add one: foothold vault add < person.yaml\n',
        'Дел пока нет. Добавить: foothold vault add < person.yaml\n',
      ),
    );
  for (const c of all) {
    v.run.out(`${String(c.number).padStart(4)}  ${c.label}  (${c.saved})\n`);
    for (const a of c.attachments) v.run.out(`        ${a.id.slice(0, 8)}  ${a.name}, ${a.size} B\n`);
    if (c.sharedWith.length)
      v.run.out(`        ${t(v, 'also opened by', 'открывает также')}: ${c.sharedWith.join(', ')}\n`);
  }
  return 0;
}

export async function openCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'open');
  noMoreWords(v, 1, 'open');
  const { vault } = await openVault(v);
  const { content } = await vault.open(number);
  vault.lock();
  const text = personText(content, v);
  if (process.stdout.isTTY !== true)
    say(
      v,
      t(
        v,
        'What follows is not encrypted: where you send it, it can be read.',
        'Дальше — незашифрованный текст: куда вы его направите, там его можно прочесть.',
      ),
    );
  v.run.out(text.endsWith('\n') ? text : `${text}\n`);
  return 0;
}

export async function editCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'edit');
  noMoreWords(v, 1, 'edit');
  const person = await readPersonText(v);
  const { vault } = await openVault(v);
  const { content, version } = await vault.open(number);
  await vault.save(number, { ...content, person }, version, v.now);
  vault.lock();
  v.run.out(t(v, `Case ${number} saved.\n`, `Дело ${number} сохранено.\n`));
  return 0;
}

export async function labelCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'label');
  noMoreWords(v, 1, 'label');
  const label =
    typeof v.options.label === 'string'
      ? v.options.label
      : standardInput(v, t(v, 'the new label', 'новая метка')).trim();
  const { vault } = await openVault(v);
  const entry = await vault.relabel(number, label, v.now);
  vault.lock();
  v.run.out(t(v, `Case ${number} is now: ${entry.label}\n`, `Дело ${number} теперь: ${entry.label}\n`));
  return 0;
}

export async function removeCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'remove');
  noMoreWords(v, 1, 'remove');
  const { vault } = await openVault(v);
  const { label } = vault.entry(number);
  if (v.options.yes !== true) {
    vault.lock();
    throw new UsageError(
      t(
        v,
        `Case ${number} (${label}) would be removed with all its attachments. Copies in backups stay, and the disk may keep traces. If you mean it, add --yes.`,
        `Дело ${number} (${label}) будет удалено со всеми вложениями. Резервные копии останутся, и на диске могут остаться следы. Если вы уверены, добавьте --yes.`,
      ),
    );
  }
  await vault.remove(number, v.now);
  vault.lock();
  v.run.out(t(v, `Case ${number} removed.\n`, `Дело ${number} удалено.\n`));
  return 0;
}

export async function attachFile(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'attach');
  noMoreWords(v, 1, 'attach');
  const name = typeof v.options.name === 'string' ? basename(v.options.name) : t(v, 'attachment', 'вложение');
  const type = typeof v.options.type === 'string' ? v.options.type : 'application/octet-stream';
  const bytes = standardBytes(v, t(v, 'the file', 'файл'));
  if (bytes.length === 0)
    throw new InputError(
      t(v, 'Standard input is empty: nothing to attach.', 'Стандартный ввод пуст: вкладывать нечего.'),
    );
  const { vault } = await openVault(v);
  const id = await vault.attach(number, name, type, bytes, v.now);
  vault.lock();
  v.run.out(
    t(v, `Attached to case ${number} as ${id.slice(0, 8)}.\n`, `Вложено в дело ${number}: ${id.slice(0, 8)}.\n`),
  );
  return 0;
}

export async function takeFile(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'take');
  noMoreWords(v, 2, 'take');
  const { vault } = await openVault(v);
  const { bytes } = await vault.attachment(number, attachmentId(v, vault.entry(number).attachments));
  vault.lock();
  process.stdout.write(bytes);
  return 0;
}

export async function detachFile(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'detach');
  noMoreWords(v, 2, 'detach');
  const { vault } = await openVault(v);
  const id = attachmentId(v, vault.entry(number).attachments);
  if (v.options.yes !== true)
    throw new UsageError(
      t(
        v,
        'The attachment would be removed. If you mean it, add --yes.',
        'Вложение будет удалено. Если вы уверены, добавьте --yes.',
      ),
    );
  await vault.detach(number, id, v.now);
  vault.lock();
  v.run.out(t(v, 'Removed.\n', 'Удалено.\n'));
  return 0;
}

/** An attachment by the first letters of its id, which must fit one only. */
function attachmentId(v: VaultRun, all: readonly { readonly id: string; readonly name: string }[]): string {
  const start = v.words[1] ?? '';
  const found = all.filter((a) => a.id.startsWith(start));
  if (start === '' || found.length !== 1)
    throw new UsageError(
      t(
        v,
        `Expected: the id of one attachment. There are: ${all.map((a) => `${a.id.slice(0, 8)} (${a.name})`).join(', ') || 'none'}.`,
        `Нужен номер одного вложения. Есть: ${all.map((a) => `${a.id.slice(0, 8)} (${a.name})`).join(', ') || 'ни одного'}.`,
      ),
    );
  return (found[0] as { id: string }).id;
}

/** Runs a command of the person over a case: the same code, with the text of the case in the place of standard input. */
async function withCase(
  v: VaultRun,
  command: string,
  other: (run: Run) => Promise<number>,
  passed: readonly string[],
): Promise<number> {
  const number = caseNumber(v, command);
  const { vault } = await openVault(v);
  const { content } = await vault.open(number);
  vault.lock();
  return other({ ...v.run, input: personText(content, v), args: ['-', ...v.words.slice(1), ...passed] });
}

const flags = (
  v: VaultRun,
  names: readonly ('on' | 'goal' | 'avoid' | 'strict' | 'processing' | 'all' | 'json')[],
): string[] =>
  names.flatMap((n) => {
    const value = v.options[n];
    return value === undefined ? [] : value === true ? [`--${n}`] : [`--${n}=${value}`];
  });

export async function checkCase(v: VaultRun): Promise<number> {
  const { checkCommand } = await import('./check-command.ts');
  return withCase(v, 'check', checkCommand, flags(v, ['on', 'all', 'json']));
}

export async function planCase(v: VaultRun): Promise<number> {
  const { planCommand } = await import('./plan-command.ts');
  return withCase(v, 'plan', planCommand, flags(v, ['on', 'goal', 'avoid', 'strict', 'processing', 'all', 'json']));
}
