/** Over all cases of the vault: the next deadlines, and what a change of the law did to each. */

import { titleWithCountry } from '../answers/countries.ts';
import { deadlineSays } from '../answers/deadline-words.ts';
import { within } from '../answers/say.ts';
import { leftWords } from '../answers/stand-words.ts';
import { formatDay, parseDay } from '../calendar/civil.ts';
import { changes } from '../check/changes.ts';
import { deadlines } from '../check/deadlines.ts';
import type { LawBook } from '../law/book.ts';
import { sayDay } from '../law/say.ts';
import { startOf } from '../moves/claims.ts';
import type { Person } from '../person/types.ts';
import { VaultError } from '../vault/errors.ts';
import { dayOption, UsageError } from './args.ts';
import { writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { readPersonInput } from './person-input.ts';
import { vaultFault } from './vault-faults.ts';
import { noMoreWords, openVault, say, t } from './vault-open.ts';
import { personText } from './vault-person.ts';
import type { VaultRun } from './vault-run.ts';

type Named = { readonly number: number; readonly label: string; readonly person: Person };

/** Every case that can be read; one that cannot is told, and hinders no other. */
async function everyPerson(v: VaultRun, book: LawBook): Promise<{ people: Named[]; failed: number }> {
  const { vault } = await openVault(v);
  const people: Named[] = [];
  let failed = 0;
  for (const c of vault.list()) {
    try {
      const { content } = await vault.open(c.number);
      people.push({
        number: c.number,
        label: c.label,
        person: await readPersonInput('-', book, { lang: v.run.lang, input: personText(content, v) }, 'vault'),
      });
    } catch (e) {
      failed++;
      const why = e instanceof VaultError ? vaultFault(e, v.run.lang) : e instanceof Error ? e.message : String(e);
      say(v, `${c.number}  ${c.label}: ${why}`);
    }
  }
  vault.lock();
  return { people, failed };
}

export async function remind(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'remind');
  const { lang } = v.run;
  const on = dayOption(v.options, 'on', lang) ?? v.run.today;
  const given = v.options.days;
  const span =
    given === undefined ? 90 : typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : Number.NaN;
  if (Number.isNaN(span))
    throw new UsageError(
      t(
        v,
        `--days: expected a number of days, like 90; found "${String(given)}".`,
        `--days: нужно число дней, например 90; найдено «${String(given)}».`,
      ),
    );
  const book = await loadLaw();
  const { people, failed } = await everyPerson(v, book);
  const rows = people
    .flatMap((p) => {
      const found = deadlines(book, startOf(book, p.person, on));
      const days = found.days.filter((d) => d.day <= on + span).map((d) => ({ ...p, ...d }));
      return found.unknown
        ? [
            { ...p, day: undefined, what: 'stay-ends' as const, certain: false, of: undefined, country: undefined },
            ...days,
          ]
        : days;
    })
    .sort((a, b) => (a.day ?? Number.MAX_SAFE_INTEGER) - (b.day ?? Number.MAX_SAFE_INTEGER) || a.number - b.number);
  if (v.options.json) {
    writeJson(
      v.run,
      rows.map((r) => ({
        number: r.number,
        label: r.label,
        day: r.day === undefined ? null : formatDay(r.day),
        what: r.what,
        of: r.of ?? null,
        country: r.country ?? null,
        certain: r.certain,
      })),
    );
    return failed ? 1 : 0;
  }
  v.run.out(
    t(
      v,
      `Until ${sayDay(on + span, 'en')}, in ${people.length} cases:\n`,
      `До ${sayDay(on + span, 'ru')} года, дел: ${people.length}\n`,
    ),
  );
  for (const r of rows) {
    const left =
      r.day === undefined
        ? ''
        : r.day < on
          ? t(v, 'it has passed', 'этот день прошёл')
          : leftWords(r.day - on + 1, lang);
    const when = r.day === undefined ? t(v, 'not known', 'неизвестно') : `${sayDay(r.day, lang)}, ${left}`;
    v.run.out(
      `  ${when}: ${r.number} ${r.label}: ${within(deadlineSays(book, r, lang))}${r.certain ? '' : t(v, ' (not certain)', ' (не наверняка)')}\n`,
    );
  }
  if (rows.length === 0)
    v.run.out(
      t(v, '  Nothing that is known runs out by then.\n', '  Из известного до этого дня ничего не кончается.\n'),
    );
  return failed ? 1 : 0;
}

export async function changesOfCases(v: VaultRun): Promise<number> {
  noMoreWords(v, 0, 'changes');
  const { lang, today } = v.run;
  const since = dayOption(v.options, 'since', lang);
  if (since === undefined || since > today)
    throw new UsageError(
      t(
        v,
        'It must be told since which day, not later than today: foothold vault changes --since 2026-06-01',
        'Нужно сказать, с какого дня (не позже сегодня): foothold vault changes --since 2026-06-01',
      ),
    );
  const book = await loadLaw();
  const { people, failed } = await everyPerson(v, book);
  const out = people.map((p) => ({
    number: p.number,
    label: p.label,
    changes: changes(book, since, today, startOf(book, p.person, today)).filter(
      (c) => v.options.all === true || c.affects !== 'none',
    ),
  }));
  if (v.options.json) {
    writeJson(v.run, out);
    return failed ? 1 : 0;
  }
  for (const p of out) {
    v.run.out(
      `${p.number}  ${p.label}: ${p.changes.length ? '' : t(v, 'nothing that is known changed for them', 'из известного для этого человека ничего не изменилось')}\n`,
    );
    for (const c of p.changes)
      v.run.out(
        `     ${sayDay(parseDay(c.day) as number, lang)}: ${titleWithCountry(c, lang, book)}. ${c.what[lang]} → ${(AFFECTS[c.affects ?? 'unknown'] ?? ['', ''])[lang === 'ru' ? 1 : 0]}\n`,
      );
  }
  return failed ? 1 : 0;
}

const AFFECTS: Readonly<Record<string, readonly [string, string]>> = {
  opens: ['opens something', 'открывает дорогу'],
  closes: ['closes something', 'закрывает дорогу'],
  alters: ['changes something', 'меняет условия'],
  none: ['no effect', 'не касается'],
  unknown: ['effect not known', 'последствия неизвестны'],
};
