/** README.txt of every vault: how to open it without this program. Says nothing of whose it is. */
export const README = `This folder is an encrypted archive (foothold-vault/1). It can be opened without the program that made it.
You need the passphrase and the program "age" (https://age-encryption.org, version 1.0 or newer):

  age -d identity.age > key.txt                    asks for the passphrase
  age -d -i key.txt index.age                      the list: which file is which
  age -d -i key.txt c/NAME.age                     one file; the lines of nothing at its end are padding

An attachment: age -d -i key.txt c/NAME.age | tail -n +2 | head -c LENGTH   (LENGTH: "size" in the list)
With the paper key instead of the passphrase: write it into paper.txt, then  age -d -i paper.txt recovery.age > key.txt
key.txt opens everything: delete it when you have finished, and do this only on a device you trust.

Эта папка — зашифрованный архив (foothold-vault/1). Её можно открыть и без программы, которая её создала.
Нужны пароль и программа age (https://age-encryption.org, версия 1.0 или новее); команды — выше.
Файл key.txt открывает всё: удалите его, когда закончите, и делайте это только на устройстве, которому доверяете.
`;
