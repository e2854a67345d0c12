/** `foothold law pack`, `law take`, `law back`, `law key`: the law as signed packs, apart from the program. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../calendar/civil.ts';
import { answersOf, turns } from '../check/outcomes.ts';
import { type LawBook, writeBook } from '../law/book.ts';
import { makePack, newKeyPair, openPack, PackError, type PublicKey, readHead } from '../law/pack.ts';
import { sayDay } from '../law/say.ts';
import { dayOption, InputError, type Options, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { loadLaw, projectRoot } from './law-files.ts';
import { BEFORE, CURRENT, packFolder } from './packed-law.ts';
import { readPersonInput } from './person-input.ts';

const bytes = (file: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(file));

/** Keys that packs are believed by: those that come with the program, and one that the person gives. */
export function trustedKeys(root: string, given: string | undefined): PublicKey[] {
  const own = join(root, 'keys', 'law.pub');
  const files = [...(existsSync(own) ? [own] : []), ...(given === undefined ? [] : [given])];
  return files.flatMap((f) =>
    readFileSync(f, 'utf8')
      .split('\n')
      .map((l) => l.trim())
      .filter((l) => l !== '' && !l.startsWith('#')),
  );
}

function t(run: Run, en: string, ru: string): string {
  return run.lang === 'ru' ? ru : en;
}

/** A pack that was refused, in words. */
function told(e: unknown, run: Run): never {
  if (!(e instanceof PackError)) throw e;
  const ru: Readonly<Record<PackError['fault'], string>> = {
    'no-pack': 'Это не пакет права (первая строка не «foothold-law-pack/1»).',
    torn: 'Пакет обрезан или изменён. Скачайте его заново; ничего не изменено.',
    'bad-signature':
      'Пакет не подписан ключом, которому здесь доверяют. Не пользуйтесь им; возьмите пакет у самого проекта. Ничего не изменено.',
    'newer-program': 'Пакет сделан для другой версии программы. Обновите программу. Ничего не изменено.',
    backwards: 'Пакет не новее того права, что уже есть. Возвращаться назад нельзя; ничего не изменено.',
  };
  throw new InputError(run.lang === 'ru' ? ru[e.fault] : e.message);
}

/** For maintainers: packs the law as it is built here. */
export async function packCommand(run: Run, words: readonly string[], options: Options): Promise<number> {
  const [file, ...more] = words;
  const validUntil = dayOption(options, 'to', run.lang);
  const secretFile = options.key;
  const serial = Number(options.serial);
  if (
    file === undefined ||
    more.length ||
    validUntil === undefined ||
    typeof secretFile !== 'string' ||
    !Number.isInteger(serial) ||
    serial < 1
  )
    throw new UsageError(
      t(
        run,
        'law pack: foothold law pack FILE --key SECRET.key --serial N --to LAST_DAY',
        'law pack: foothold law pack ФАЙЛ --key СЕКРЕТ.key --serial N --to ПОСЛЕДНИЙ_ДЕНЬ',
      ),
    );
  const secret = JSON.parse(readFileSync(secretFile, 'utf8')) as { secret: string; public: string };
  const pack = await makePack(
    writeBook(await loadLaw()),
    { serial, issued: formatDay(run.today), validUntil: formatDay(validUntil) },
    secret.secret,
    secret.public,
  );
  writeFileSync(file, pack);
  run.out(
    t(
      run,
      `Packed: number ${serial}, valid until ${sayDay(validUntil, 'en')}, ${pack.length} bytes.\n`,
      `Упаковано: № ${serial}, действует до ${sayDay(validUntil, 'ru')} года, байт: ${pack.length}.\n`,
    ),
  );
  return 0;
}

/** For maintainers: a new pair of keys. */
export async function keyCommand(run: Run, words: readonly string[]): Promise<number> {
  const [file, ...more] = words;
  if (file === undefined || more.length)
    throw new UsageError(t(run, 'law key: foothold law key NEW_FILE', 'law key: foothold law key НОВЫЙ_ФАЙЛ'));
  const pair = await newKeyPair();
  writeFileSync(file, `${JSON.stringify(pair)}\n`, { mode: 0o600, flag: 'wx' });
  run.out(`${pair.public}\n`);
  run.err(
    t(
      run,
      `The secret half is in "${file}": keep it off the machines that serve packs. The public half (above) goes into keys/law.pub and to a second place.\n`,
      `Секретная половина — в файле «${file}»: не держите её там, откуда раздаются пакеты. Открытая половина (выше) идёт в keys/law.pub и ещё в одно место.\n`,
    ),
  );
  return 0;
}

/** Takes a pack after showing what it changes, for a person if one is given. Without --yes nothing is taken. */
export async function takeCommand(
  run: Run,
  words: readonly string[],
  options: Options,
  root = projectRoot(),
): Promise<number> {
  const [file, person, ...more] = words;
  if (file === undefined || more.length)
    throw new UsageError(
      t(
        run,
        'law take: foothold law take FILE [PERSON.yaml] [--yes]',
        'law take: foothold law take ФАЙЛ [ЧЕЛОВЕК.yaml] [--yes]',
      ),
    );
  if (!existsSync(file)) throw new InputError(t(run, `There is no file "${file}".`, `Файла «${file}» нет.`));
  if (existsSync(join(root, 'law', 'facts.yaml')))
    throw new InputError(
      t(
        run,
        'This is a clone with the law as files in law/: it is brought up to date with git, not with packs.',
        'Это клон, где право лежит файлами в law/: его обновляют через git, а не пакетами.',
      ),
    );
  const folder = packFolder(root);
  const current = join(folder, CURRENT);
  const have = existsSync(current) ? readHead(bytes(current)).head.serial : 0;
  const opened = await openPack(
    bytes(file),
    trustedKeys(root, typeof options.key === 'string' ? options.key : undefined),
    have,
  ).catch((e: unknown) => told(e, run));
  const now = await loadLaw(root);
  const { head, book } = opened;
  run.out(
    t(
      run,
      `Law pack ${head.serial} of ${sayDay(head.issued, 'en')}, valid until ${sayDay(head.validUntil, 'en')}. Signature good.\n`,
      `Пакет права № ${head.serial} от ${sayDay(head.issued, 'ru')} года, действует до ${sayDay(head.validUntil, 'ru')} года. Подпись верна.\n`,
    ),
  );
  if (person !== undefined) {
    const p = await readPersonInput(person, now, run, 'law take');
    const answers = (b: LawBook) => new Map([['', answersOf(b, p, run.today)]]);
    const found = turns(answers(now), answers(book));
    run.out(
      found.length
        ? t(
            run,
            `What it changes for this person (${found.length}):\n`,
            `Что это меняет для этого человека (${found.length}):\n`,
          )
        : t(
            run,
            'No answer for this person changes today.\n',
            'Сегодня для этого человека ни один ответ не меняется.\n',
          ),
    );
    for (const f of found) run.out(`  ${f.asked}: ${f.before} → ${f.after}\n`);
  } else {
    const changed = [...book.provisions.values()].filter(
      (p) => JSON.stringify(now.provisions.get(p.id)) !== JSON.stringify(p),
    ).length;
    const gone = [...now.provisions.keys()].filter((id) => !book.provisions.has(id)).length;
    run.out(
      t(
        run,
        `Provisions changed or new: ${changed}; gone: ${gone}. To see what it does to a person: foothold law take FILE PERSON.yaml\n`,
        `Записей изменено или добавлено: ${changed}; убрано: ${gone}. Что это меняет для человека: foothold law take ФАЙЛ ЧЕЛОВЕК.yaml\n`,
      ),
    );
  }
  if (options.yes !== true) {
    run.out(
      t(run, 'Nothing is taken yet. To take it: add --yes\n', 'Пока ничего не принято. Принять: добавьте --yes\n'),
    );
    return 0;
  }
  mkdirSync(folder, { recursive: true });
  const half = join(folder, `${CURRENT}.half`);
  writeFileSync(half, bytes(file));
  if (existsSync(current)) renameSync(current, join(folder, BEFORE));
  renameSync(half, current);
  run.out(
    t(
      run,
      'Taken. The law before is kept: foothold law back\n',
      'Принято. Прежнее право сохранено: foothold law back\n',
    ),
  );
  return 0;
}

/** Back to the pack before, or to the law that came with the program. Said as what it is. */
export function backCommand(run: Run, root = projectRoot()): number {
  const folder = packFolder(root);
  const [current, before] = [join(folder, CURRENT), join(folder, BEFORE)];
  if (!existsSync(current))
    throw new InputError(
      t(
        run,
        'No pack was taken here: the law is the one that came with the program.',
        'Пакетов здесь не принимали: право — то, что пришло с программой.',
      ),
    );
  if (existsSync(before)) renameSync(before, current);
  else rmSync(current);
  run.out(
    t(
      run,
      'Back to the law before. What has changed since is unknown to it.\n',
      'Возвращено прежнее право. О том, что изменилось позже, оно не знает.\n',
    ),
  );
  return 0;
}
