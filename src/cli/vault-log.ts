/** `foothold vault log`: the pressure log of a case. It lives in the vault only. */
import { countryName } from '../answers/countries.ts';
import { ProblemsError } from '../law/problems.ts';
import { append, firstBroken } from '../protect/log/chain.ts';
import { fieldsIn, logHtml, logJson, STRIKEABLE, type Strikeable, withoutFields } from '../protect/log/export.ts';
import { readEntry } from '../protect/log/read-entry.ts';
import { KINDS, LogError, type Logged } from '../protect/log/types.ts';
import { choiceOption, InputError, UsageError } from './args.ts';
import { writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { caseNumber, noMoreWords, openVault, say, standardInput, t } from './vault-open.ts';
import type { VaultRun } from './vault-run.ts';

const WHAT = { en: 'an entry in YAML (foothold vault --help)', ru: 'запись в формате YAML (foothold vault --help)' };

export async function logOfCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'log');
  noMoreWords(v, 1, 'log');
  if (v.options.add === true) return addEntry(v, number);
  const { vault } = await openVault(v);
  const log = logIn((await vault.open(number)).content.log);
  vault.lock();
  const broken = await firstBroken(log);
  if (broken !== undefined)
    say(
      v,
      t(
        v,
        `Attention: entry ${broken} does not fit the one before: the log is not as it was written.`,
        `Внимание: запись ${broken} не сходится с предыдущей: журнал не такой, каким был записан.`,
      ),
    );
  const format = choiceOption(v.options, 'format', ['text', 'html', 'json'] as const, v.run.lang) ?? 'text';
  const struck = struckOut(v);
  const leaving = withoutFields(log, struck);
  if (format !== 'text')
    say(
      v,
      t(
        v,
        `What leaves the vault, not encrypted: ${fieldsIn(leaving).join(', ')}. To strike out: --without witnesses,infer`,
        `Что выйдет из хранилища незашифрованным: ${fieldsIn(leaving).join(', ')}. Вычеркнуть: --without witnesses,infer`,
      ),
    );
  if (format === 'json') v.run.out(logJson(leaving, struck, v.now));
  else if (format === 'html') {
    const book = await loadLaw();
    v.run.out(logHtml(leaving, struck, v.now, v.run.lang, (code) => countryName(code, v.run.lang, book)));
  } else if (v.options.json) writeJson(v.run, leaving);
  else {
    if (leaving.length === 0)
      v.run.out(
        t(
          v,
          'No entry yet. To add one: foothold vault log N --add < entry.yaml\n',
          'Записей пока нет. Добавить: foothold vault log N --add < entry.yaml\n',
        ),
      );
    for (const e of leaving) {
      v.run.out(
        `${e.number}  ${e.when === 'unknown' ? t(v, 'day unknown', 'день неизвестен') : e.when}  ${e.kinds.map((k) => KINDS[k][v.run.lang]).join('; ')}${e.corrects ? t(v, ` (corrects ${e.corrects})`, ` (исправляет ${e.corrects})`) : ''}\n`,
      );
      v.run.out(`   ${e.saw}\n`);
    }
  }
  return broken === undefined ? 0 : 1;
}

async function addEntry(v: VaultRun, number: number): Promise<number> {
  const r = readEntry(t(v, 'standard input', 'стандартный ввод'), standardInput(v, WHAT[v.run.lang]));
  if (!r.entry) throw new ProblemsError(r.problems);
  const { vault } = await openVault(v);
  const { content, version } = await vault.open(number);
  let log: Logged[];
  try {
    log = await append(logIn(content.log), r.entry, v.now);
  } catch (e) {
    vault.lock();
    if (e instanceof LogError) throw new InputError(e.message);
    throw e;
  }
  await vault.save(number, { ...content, log }, version, v.now);
  vault.lock();
  v.run.out(
    t(
      v,
      `Entry ${log.length} is in the log of case ${number}.\n`,
      `Запись ${log.length} внесена в журнал дела ${number}.\n`,
    ),
  );
  return 0;
}

const logIn = (value: unknown): Logged[] => (Array.isArray(value) ? (value as Logged[]) : []);

function struckOut(v: VaultRun): Strikeable[] {
  const text = v.options.without;
  if (typeof text !== 'string') return [];
  return text.split(',').map((raw) => {
    const name = raw.trim();
    if ((STRIKEABLE as readonly string[]).includes(name)) return name as Strikeable;
    throw new UsageError(
      t(
        v,
        `--without: "${name}" is no field that can be struck out. There are: ${STRIKEABLE.join(', ')}.`,
        `--without: поле «${name}» вычеркнуть нельзя. Можно: ${STRIKEABLE.join(', ')}.`,
      ),
    );
  });
}
