/** What went wrong with a vault, in Russian; in English the error says it itself. */
import type { VaultError, VaultFault } from '../vault/errors.ts';

const RU: Readonly<Record<VaultFault, string>> = {
  'wrong-passphrase':
    'Пароль или бумажный ключ не подходит. Проверьте раскладку (русская или латинская) и Caps Lock. Если вы уверены в пароле, файл мог быть повреждён: возьмите его из копии.',
  'no-vault': 'Здесь нет хранилища. Создать: foothold vault new; указать другое место: --vault ПАПКА.',
  'vault-exists': 'Здесь уже есть хранилище. Ничего не изменено; выберите другое место.',
  damaged:
    'Файл не такой, каким был записан: повреждён, обрезан, подменён или это старая версия. Возьмите его из копии; остальные дела не затронуты.',
  missing:
    'Файла нет: его удалили или список возвращён к старой версии. Возьмите файл из копии; остальные дела не затронуты.',
  replayed:
    'Список дел старше своей запасной копии: кто-то вернул старый файл. Открыто по запасной копии, только для чтения. Скопируйте папку, затем: foothold vault mend.',
  forged: 'Файл записан кем-то без пароля: его могли подбросить. Не пользуйтесь этой копией, возьмите другую.',
  'read-only':
    'Список дел повреждён. Открыто по запасной копии, только для чтения. Скопируйте папку, затем: foothold vault mend.',
  conflict:
    'Дело успели сохранить в другой программе или вкладке. Ничего не перезаписано: откройте его снова или сохраните своё как новое дело.',
  busy: 'В хранилище сейчас пишет другая программа. Закройте её или подождите и попробуйте снова. Ничего не изменено.',
  'no-case': 'Такого дела (или вложения) в хранилище нет. Список: foothold vault list.',
  'bad-recipient':
    'Это не ключ age. Нужно: age1 и ещё 58 букв и цифр, как показывает «foothold vault key» у получателя.',
  'bad-input': 'Так сохранить нельзя; ничего не изменено.',
  'newer-format': 'Записано более новой версией программы. Обновите программу.',
};

export function vaultFault(e: VaultError, lang: 'en' | 'ru'): string {
  if (lang === 'en') return e.message;
  // What is wrong with a word or a number the person gave is only in the message itself.
  const detail = e.fault === 'bad-input' || e.fault === 'bad-recipient' ? ` (${e.message})` : '';
  return `${RU[e.fault]}${e.file ? ` Файл: ${e.file}.` : ''}${detail}`;
}
