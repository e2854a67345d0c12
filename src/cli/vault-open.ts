/** What the subcommands of the vault share: opening it, finding a case, reading standard input. */
import { readFileSync } from 'node:fs';
import { FolderStore, isVaultFolder } from '../vault/node-store.ts';
import { Vault } from '../vault/vault.ts';
import { InputError, UsageError } from './args.ts';
import type { VaultRun } from './vault-run.ts';

export const t = (v: VaultRun, en: string, ru: string): string => (v.run.lang === 'ru' ? ru : en);

/** Opens the vault with the passphrase that is asked for, and says what only the adviser can compare: which saving this copy is of. */
export async function openVault(v: VaultRun): Promise<{ vault: Vault; store: FolderStore }> {
  if (!(await isVaultFolder(v.folder)))
    throw new InputError(
      t(
        v,
        `There is no vault in "${v.folder}". To make one: foothold vault new; another place: --vault FOLDER.`,
        `В папке «${v.folder}» хранилища нет. Создать: foothold vault new; другое место: --vault ПАПКА.`,
      ),
    );
  const store = new FolderStore(v.folder);
  const passphrase = await v.secrets.next(t(v, 'Passphrase', 'Пароль'));
  const vault = await Vault.open(store, passphrase);
  say(
    v,
    t(
      v,
      `Vault opened: saving ${vault.state.counter}, of ${vault.state.saved}. If you remember a later one, this is an old copy.`,
      `Хранилище открыто: запись № ${vault.state.counter} от ${vault.state.saved}. Если вы помните более позднюю, это старая копия.`,
    ),
  );
  if (vault.readOnly) {
    const { vaultFault } = await import('./vault-faults.ts');
    say(v, t(v, 'Attention: ', 'Внимание: ') + vaultFault(vault.readOnly, v.run.lang));
  }
  return { vault, store };
}

/** A word on standard error: never part of the answer. */
export const say = (v: VaultRun, line: string): void => v.run.err(`${line}\n`);

/** The number of a case, first of the words. */
export function caseNumber(v: VaultRun, command: string): number {
  const word = v.words[0];
  if (word === undefined || !/^[1-9]\d{0,8}$/.test(word))
    throw new UsageError(
      t(
        v,
        `"vault ${command}" needs the number of a case, as "foothold vault list" shows it${word === undefined ? '' : `; found "${word}"`}.`,
        `Команде «vault ${command}» нужен номер дела из «foothold vault list»${word === undefined ? '' : `; найдено «${word}»`}.`,
      ),
    );
  return Number(word);
}

export function noMoreWords(v: VaultRun, most: number, command: string): void {
  const extra = v.words[most];
  if (extra !== undefined)
    throw new UsageError(
      t(
        v,
        `"vault ${command}": "${extra}" is too much. Facts never travel in arguments; they are read from standard input.`,
        `«vault ${command}»: «${extra}» лишнее. Сведения не передают в аргументах, они читаются из стандартного ввода.`,
      ),
    );
}

/** All of standard input, as text. Refuses a terminal, where one would wait without knowing for what. */
export function standardInput(v: VaultRun, what: string): string {
  const text = new TextDecoder('utf-8').decode(standardBytes(v, what));
  if (text.trim() === '')
    throw new InputError(t(v, `Standard input is empty. Expected: ${what}.`, `Стандартный ввод пуст. Нужно: ${what}.`));
  return text;
}

export function standardBytes(v: VaultRun, what: string): Uint8Array {
  if (process.stdin.isTTY)
    throw new UsageError(
      t(
        v,
        `Expected on standard input: ${what}. For example: < FILE`,
        `В стандартном вводе нужно: ${what}. Например: < файл`,
      ),
    );
  return new Uint8Array(readFileSync(0));
}
