/** `foothold law report FILE`: a report from outside becomes a draft of a patch and a worked example that the law as it is fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDay } from '../calendar/civil.ts';
import { answersOf, couldHarm, turns } from '../check/outcomes.ts';
import { caseLine, draftOf } from '../check/report-draft.ts';
import { type Report, readReport } from '../law/report.ts';
import { paramAt } from '../law/resolve.ts';
import { sayDay, sayValue } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { InputError, type Options, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { examplePeople } from './example-people.ts';
import { loadLaw, projectRoot } from './law-files.ts';
import { Page } from './page.ts';

export async function reportCommand(run: Run, words: readonly string[], options: Options): Promise<number> {
  const t = (en: string, ru: string) => (run.lang === 'ru' ? ru : en);
  const [file, ...more] = words;
  if (file === undefined || more.length)
    throw new UsageError(
      t(
        'The file of one report is needed: foothold law report FILE [--out FOLDER]',
        'Нужен файл одного сообщения: foothold law report ФАЙЛ [--out ПАПКА]',
      ),
    );
  const out = typeof options.out === 'string' ? options.out : undefined;
  if (file !== '-' && !existsSync(file)) throw new InputError(t(`There is no file "${file}".`, `Файла «${file}» нет.`));
  const report = readReport(file, readFileSync(file === '-' ? 0 : file, 'utf8'));
  const book = await loadLaw();
  const draft = draftOf(book, report, file);
  const p = book.provisions.get(report.provision) as Provision;
  const line = draft.failing ? caseLine(draft.failing.row) : undefined;
  const files = filesOf(out ?? '.', report, p, draft.patch, line);
  // What somebody has worked on is not written over.
  for (const [path, text] of out === undefined ? [] : files)
    if (existsSync(path) && readFileSync(path, 'utf8') !== text)
      throw new InputError(
        t(
          `${path} is there already and says something else. Take another folder.`,
          `${path} уже есть, и там другое. Возьмите другую папку.`,
        ),
      );
  const page = new Page(run);
  page.title(`${p.id}${report.part ? `, ${report.part}` : ''}`);
  page.para(
    t(
      'A draft out of a report. Nobody has checked it: read the source before anything else.',
      'Черновик по сообщению. Никто его не проверял: сначала прочтите источник.',
    ),
    0,
    '',
    'warn',
  );
  page.heading(t('What the law here says', 'Что сказано в базе'));
  const now = report.part ? paramAt(p, report.part, report.since ?? report.on) : undefined;
  if (now !== undefined && report.part)
    page.para(sayValue(now, (p.params[report.part] as Provision['params'][string]).type, run.lang), 2);
  page.para(
    t(
      `Evidence of ${sayDay(p.verified.on, 'en')}, trusted until ${sayDay(p.expires, 'en')}; ${p.file}`,
      `Сведения на ${sayDay(p.verified.on, 'ru')} года, надёжны до ${sayDay(p.expires, 'ru')} года; ${p.file}`,
    ),
    2,
  );
  if (!book.digest.startsWith(report.law) && !report.law.startsWith(book.digest))
    page.para(
      t(
        `The report is of another law (${report.law.slice(0, 12)}); this one is ${book.digest.slice(0, 12)}. What it says may be mended already.`,
        `Сообщение о другой версии права (${report.law.slice(0, 12)}), здесь ${book.digest.slice(0, 12)}. Возможно, это уже исправлено.`,
      ),
      2,
      '',
      'warn',
    );
  page.heading(t('What was read', 'Что прочитали'));
  page.para(`“${report.saw}”`, 2);
  page.para(report.where, 2);
  page.para(
    report.since === undefined
      ? t('Since when is not told.', 'С какого дня, не сказано.')
      : t(`Since ${sayDay(report.since, 'en')}.`, `С ${sayDay(report.since, 'ru')} года.`),
    2,
  );
  let harmful = 0;
  if (draft.patched) {
    const people = examplePeople(projectRoot(), book);
    if (people.size) {
      const on = Math.max(report.since ?? report.on, report.on);
      const answers = (law: typeof book) => new Map([...people].map(([name, x]) => [name, answersOf(law, x, on)]));
      const found = turns(answers(book), answers(draft.patched));
      harmful = found.filter(couldHarm).length;
      page.heading(t('What it would turn', 'Что это изменило бы'));
      page.para(
        found.length === 0
          ? t(`No answer of ${people.size} example persons.`, `Ни одного ответа у вымышленных людей (${people.size}).`)
          : t(
              `Answers of ${new Set(found.flatMap((x) => x.who)).size} of ${people.size} example persons on ${formatDay(on)}: ${found
                .map((x) => `${x.asked} ${x.before} → ${x.after} (${x.who.length})`)
                .slice(0, 6)
                .join('; ')}`,
              `Ответы для ${new Set(found.flatMap((x) => x.who)).size} из ${people.size} вымышленных людей на ${formatDay(on)}: ${found
                .map((x) => `${x.asked} ${x.before} → ${x.after} (${x.who.length})`)
                .slice(0, 6)
                .join('; ')}`,
            ),
        2,
      );
      page.para(
        harmful
          ? t(
              'It could harm if it is wrong: two reviewers.',
              'Если это ошибка, она может навредить: нужны двое проверяющих.',
            )
          : t('One reviewer.', 'Хватит одного проверяющего.'),
        2,
      );
    }
  }
  page.heading(t('The example it must meet', 'Пример, который должен сойтись'));
  page.para(
    line === undefined
      ? draft.patch === undefined
        ? t(
            'A report of another kind: no patch can be made of it. Write the example by hand (docs/law-format.md).',
            'Сообщение другого рода: изменение из него не составить. Напишите пример сами (docs/law-format.md).',
          )
        : t(
            'No example of this provision tells the two laws apart: write one that does, from the source.',
            'Ни один пример этой записи не отличает старое право от нового: напишите такой по источнику.',
          )
      : t(
          `Today ${draft.failing?.before}; after the change ${draft.failing?.after}. It goes to the end of ${p.file}; until the law is changed, "npm run law" fails on it.`,
          `Сейчас ${draft.failing?.before}, после изменения ${draft.failing?.after}. Допишите его в конец ${p.file}; пока право не исправлено, «npm run law» на нём спотыкается.`,
        ),
    2,
  );
  run.out(page.text());
  if (out === undefined) {
    if (draft.patch) run.out(`\n${draft.patch}`);
    if (line) run.out(`\n${line}\n`);
    return 0;
  }
  mkdirSync(out, { recursive: true });
  for (const [path, text] of files) {
    writeFileSync(path, text);
    run.out(`${t('Written', 'Записано')}: ${path}\n`);
  }
  return 0;
}

/** What is written: the patch, and the example with the name of the file it belongs to. */
function filesOf(
  folder: string,
  report: Report,
  p: Provision,
  patch: string | undefined,
  line: string | undefined,
): readonly (readonly [path: string, text: string])[] {
  const name = `${p.id.replace('/', '-')}-${report.part ?? report.change}`;
  return [
    ...(patch === undefined ? [] : [[join(folder, `${name}.patch.yaml`), patch] as const]),
    ...(line === undefined ? [] : [[join(folder, `${name}.case.yaml`), `# ${p.file}\ncases:\n${line}\n`] as const]),
  ];
}
