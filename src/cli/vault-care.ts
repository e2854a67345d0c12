/** The vault as a whole: make, copy, restore, check, mend, passphrase and paper key. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { packVault, proveArchive, restoreArchive } from '../vault/archive.ts';
import { FolderStore, isVaultFolder } from '../vault/node-store.ts';
import { Vault } from '../vault/vault.ts';
import { InputError, UsageError } from './args.ts';
import { writeJson } from './context.ts';
import { noMoreWords, openVault, say, t } from './vault-open.ts';
import type { VaultRun } from './vault-run.ts';

/** Asks twice at a terminal; through a descriptor one line is enough. */
async function newPassphrase(v: VaultRun): Promise<string> {
  const first = await v.secrets.next(
    t(v, 'New passphrase (six or seven random words are good)', 'Новый пароль (хороши шесть-семь случайных слов)'),
  );
  if (v.options['passphrase-fd'] !== undefined) return first;
  const second = await v.secrets.next(t(v, 'The same again', 'Ещё раз'));
  if (first !== second)
    throw new InputError(t(v, 'The two are not the same. Nothing was changed.', 'Они не совпали. Ничего не изменено.'));
  return first;
}

export async function makeVault(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'new');
  if (await isVaultFolder(v.folder))
    throw new InputError(
      t(
        v,
        `There is a vault in "${v.folder}" already. Choose another place: --vault FOLDER.`,
        `В папке «${v.folder}» уже есть хранилище. Выберите другое место: --vault ПАПКА.`,
      ),
    );
  const passphrase = await newPassphrase(v);
  const { vault, recoveryKey } = await Vault.create(new FolderStore(v.folder), passphrase, v.now, {
    recovery: v.options.recovery === true,
  });
  vault.lock();
  v.run.out(
    t(
      v,
      `A new vault is in "${v.folder}".\nNobody can open it without the passphrase, we neither. Keep a copy elsewhere: foothold vault export FILE.zip\n`,
      `Новое хранилище — в папке «${v.folder}».\nБез пароля его не откроет никто, мы тоже. Держите копию в другом месте: foothold vault export ФАЙЛ.zip\n`,
    ),
  );
  if (recoveryKey !== undefined) showPaperKey(v, recoveryKey);
  return 0;
}

function showPaperKey(v: VaultRun, key: string): void {
  v.run.out(
    t(
      v,
      `\nThe paper key, shown this once. Write it on paper and keep it apart from the device: it opens everything without the passphrase.\n\n  ${key}\n\n`,
      `\nБумажный ключ; он показан один раз. Перепишите его на бумагу и храните отдельно от устройства: он открывает всё без пароля.\n\n  ${key}\n\n`,
    ),
  );
}

export async function verifyVault(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'verify');
  const { vault } = await openVault(v);
  const troubles = await vault.verify();
  const strays = await vault.strays();
  if (v.options.discard === true && strays.length) await vault.discardStrays(strays.map((s) => s.file));
  const cases = vault.list().length;
  vault.lock();
  if (v.options.json)
    writeJson(v.run, {
      cases,
      troubles,
      strays: strays.map((s) => ({ file: s.file, label: s.record?.label, saved: s.record?.saved })),
    });
  else {
    v.run.out(
      troubles.length
        ? t(
            v,
            `${troubles.length} of the files are not as they were saved:\n`,
            `Файлов не в том виде, в каком они сохранены: ${troubles.length}\n`,
          )
        : t(
            v,
            `All files of ${cases} cases are as they were saved.\n`,
            `Все файлы дел (${cases}) такие, какими были сохранены.\n`,
          ),
    );
    for (const x of troubles)
      v.run.out(
        `  ${x.number}  ${x.label}: ${x.fault === 'missing' ? t(v, 'missing', 'нет файла') : t(v, 'damaged, swapped or an older version', 'повреждён, подменён или старая версия')} (${x.file})\n`,
      );
    if (strays.length) {
      const gone = v.options.discard === true;
      v.run.out(
        gone
          ? t(
              v,
              `Removed, as the list does not know them: ${strays.length}\n`,
              `Удалено файлов, которых нет в списке: ${strays.length}\n`,
            )
          : t(
              v,
              `Files that the list does not know (an interrupted saving, or an older list was put back): ${strays.length}. Nothing deletes them unasked; to do it: --discard\n`,
              `Файлы, которых нет в списке (прерванная запись или возвращён старый список): ${strays.length}. Сами они не удаляются; удалить: --discard\n`,
            ),
      );
      for (const s of strays)
        v.run.out(
          `  ${s.record ? `${s.record.label} (${s.record.saved})` : t(v, 'not readable as a case', 'не читается как дело')}  ${s.file}\n`,
        );
    }
  }
  return troubles.length ? 1 : 0;
}

export async function mendVault(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'mend');
  const { vault } = await openVault(v);
  if (!vault.readOnly) {
    vault.lock();
    v.run.out(t(v, 'The list of cases is whole; nothing to mend.\n', 'Список дел цел; исправлять нечего.\n'));
    return 0;
  }
  const mended = await vault.mend();
  vault.lock();
  v.run.out(
    t(
      v,
      `Mended: the list is that of saving ${mended.state.counter}. Now: foothold vault verify\n`,
      `Исправлено: список — запись № ${mended.state.counter}. Теперь: foothold vault verify\n`,
    ),
  );
  mended.lock();
  return 0;
}

export async function exportVault(v: VaultRun): Promise<number> {
  const file = v.words[0];
  noMoreWords(v, 1, 'export');
  if (file === undefined)
    throw new UsageError(
      t(
        v,
        '"vault export" needs the name of a file: foothold vault export copy.zip',
        'Команде «vault export» нужно имя файла: foothold vault export copy.zip',
      ),
    );
  if (existsSync(file))
    throw new InputError(
      t(
        v,
        `"${file}" is there already. Nothing was overwritten; choose another name.`,
        `Файл «${file}» уже есть. Ничего не перезаписано; выберите другое имя.`,
      ),
    );
  if (!(await isVaultFolder(v.folder))) await openVault(v);
  const zip = await packVault(new FolderStore(v.folder));
  const passphrase = await v.secrets.next(
    t(v, 'Passphrase (the copy is opened once, to be sure of it)', 'Пароль (копия будет открыта для проверки)'),
  );
  await proveArchive(zip, passphrase);
  writeFileSync(file, zip, { mode: 0o600, flag: 'wx' });
  const proof = await proveArchive(new Uint8Array(readFileSync(file)), passphrase);
  v.run.out(
    t(
      v,
      `Copied and opened again from the file: ${proof.cases} cases, saving ${proof.counter}. It is encrypted; it opens with the passphrase of today.\n`,
      `Скопировано и открыто из файла для проверки: дел ${proof.cases}, запись № ${proof.counter}. Копия зашифрована и открывается сегодняшним паролем.\n`,
    ),
  );
  return 0;
}

export async function importVault(v: VaultRun): Promise<number> {
  const file = v.words[0];
  noMoreWords(v, 1, 'import');
  if (file === undefined)
    throw new UsageError(
      t(
        v,
        '"vault import" needs a file: a copy of a vault (.zip), or a case that was handed over (.age).',
        'Команде «vault import» нужен файл: копия хранилища (.zip) или переданное вам дело (.age).',
      ),
    );
  if (!existsSync(file)) throw new InputError(t(v, `There is no file "${file}".`, `Файла «${file}» нет.`));
  const bytes = new Uint8Array(readFileSync(file));
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isZip) {
    const { vault } = await openVault(v);
    const entry = await vault.receive(bytes, v.now);
    vault.lock();
    v.run.out(
      t(
        v,
        `Taken in as case ${entry.number}: ${entry.label}. The file does not prove who sent it: ask the sender by another way.\n`,
        `Принято как дело ${entry.number}: ${entry.label}. Файл не доказывает, кто его прислал: спросите отправителя другим путём.\n`,
      ),
    );
    return 0;
  }
  const passphrase = await v.secrets.next(t(v, 'Passphrase of the copy', 'Пароль копии'));
  const { cases } = await restoreArchive(bytes, passphrase, new FolderStore(v.folder));
  v.run.out(t(v, `Restored into "${v.folder}": ${cases} cases.\n`, `Восстановлено в «${v.folder}»: дел ${cases}.\n`));
  return 0;
}

export async function changePassphrase(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'passphrase');
  const { vault } = await openVault(v);
  await vault.changePassphrase(await newPassphrase(v));
  vault.lock();
  tellOldCopies(v);
  return 0;
}

function tellOldCopies(v: VaultRun): void {
  v.run.out(
    t(
      v,
      'The passphrase is changed. Older copies of the vault still open with the old one: if somebody may know it, remove those copies.\n',
      'Пароль изменён. Старые копии хранилища по-прежнему открываются старым паролем: если его мог узнать кто-то ещё, удалите эти копии.\n',
    ),
  );
}

export async function recoverVault(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'recover');
  const key = await v.secrets.next(t(v, 'Paper key (AGE-SECRET-KEY-1…)', 'Бумажный ключ (AGE-SECRET-KEY-1…)'));
  const vault = await Vault.openWithRecovery(new FolderStore(v.folder), key);
  await vault.changePassphrase(await newPassphrase(v));
  vault.lock();
  tellOldCopies(v);
  return 0;
}

export async function paperKey(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'paper-key');
  const { vault } = await openVault(v);
  const key = await vault.changeRecovery(v.options.discard !== true, v.now);
  vault.lock();
  if (key === undefined)
    v.run.out(
      t(
        v,
        'There is no paper key any more. Older copies of the vault still open with it.\n',
        'Бумажного ключа больше нет. Старые копии хранилища он по-прежнему открывает.\n',
      ),
    );
  else {
    showPaperKey(v, key);
    say(
      v,
      t(
        v,
        'An earlier paper key no longer opens this vault; older copies it still opens.',
        'Прежний бумажный ключ это хранилище больше не открывает; старые копии — открывает.',
      ),
    );
  }
  return 0;
}
