/** `foothold vault log`: the pressure log of a case. It lives in the vault only. */
import { countryName } from '../answers/countries.ts';
import { isoIn } from '../answers/say.ts';
import { type Telling, tellWhere } from '../answers/tell-where.ts';
import { ProblemsError } from '../law/problems.ts';
import { startOf } from '../moves/claims.ts';
import { append, firstBroken } from '../protect/log/chain.ts';
import { fieldsIn, logHtml, logJson, STRIKEABLE, type Strikeable, withoutFields } from '../protect/log/export.ts';
import { readEntry } from '../protect/log/read-entry.ts';
import { KINDS, LogError, type Logged } from '../protect/log/types.ts';
import { choiceOption, InputError, UsageError } from './args.ts';
import { writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';
import { readPersonInput } from './person-input.ts';
import { caseNumber, noMoreWords, openVault, say, standardInput, t } from './vault-open.ts';
import { personText } from './vault-person.ts';
import type { VaultRun } from './vault-run.ts';

const WHAT = { en: 'an entry in YAML (foothold vault --help)', ru: 'запись в формате YAML (foothold vault --help)' };

export async function logOfCase(v: VaultRun): Promise<number> {
  const number = caseNumber(v, 'log');
  noMoreWords(v, 1, 'log');
  if (v.options.add === true) return addEntry(v, number);
  if (v.options.where === true) return whereToTell(v, number);
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

/** Where it can be told: in the country where the person is, in those of the entries, and from anywhere. */
async function whereToTell(v: VaultRun, number: number): Promise<number> {
  const { vault } = await openVault(v);
  const { content } = await vault.open(number);
  vault.lock();
  const book = await loadLaw();
  const { run } = v;
  const person = await readPersonInput('-', book, { lang: run.lang, input: personText(content, v) }, 'vault');
  const place = startOf(book, person, run.today).place;
  const codes = [...(place === undefined ? [] : [place]), ...logIn(content.log).flatMap((e) => e.country ?? [])];
  const places = tellWhere(book, codes, run.today, run.lang);
  if (v.options.json) writeJson(run, places);
  else run.out(wherePage(v, places));
  return 0;
}

function wherePage(v: VaultRun, places: readonly Telling[]): string {
  const page = new Page(v.run);
  page.title(t(v, 'Where it can be told, and what that leads to', 'Кому об этом сообщить и к чему это ведёт'));
  for (const { country, known } of places) {
    if (!known) {
      page.heading(country);
      page.para(
        t(
          v,
          'Nothing is known here of a place to tell it. A lawyer or an organisation first.',
          'Здесь не известно, куда об этом сообщить. Сначала к юристу или в организацию.',
        ),
        2,
      );
      continue;
    }
    page.heading(known.title);
    page.para(known.says, 2);
    const c = known.contact;
    if (c) {
      const ways = [c.url, c.phone, c.email].filter((x) => x !== undefined).join(', ');
      page.para(`${ways}${c.languages ? ` (${c.languages.join(', ')})` : ''}`, 2);
    }
    const day = isoIn(known.verified, v.run.lang);
    page.para(
      known.old
        ? t(
            v,
            `Evidence of ${day}, past its day: look on the body's own site first. [${known.id}]`,
            `Сведения на ${day}, срок прошёл: сначала проверьте на сайте самой службы. [${known.id}]`,
          )
        : t(v, `Evidence of ${day}. [${known.id}]`, `Сведения на ${day}. [${known.id}]`),
      2,
      '',
      known.old ? 'warn' : undefined,
    );
    for (const n of known.notes) page.para(n, 4, '- ');
  }
  return page.text();
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
