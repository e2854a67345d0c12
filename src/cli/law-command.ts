/** `foothold law`: list the provisions, show one as of a day, check the files. */

import { countryName } from '../answers/countries.ts';
import { kindWord } from '../answers/kind-words.ts';
import { provisionJson, provisionRow } from '../answers/law-json.ts';
import { termsOf } from '../answers/terms.ts';
import { type LawBook, ofKind } from '../law/book.ts';
import { datedAt, inForce, resolveClauses } from '../law/resolve.ts';
import { fillText, type Lang, sayDay, sayValue } from '../law/say.ts';
import { KINDS, type Provision } from '../law/types.ts';
import type { Day, Node } from '../rules/ir.ts';
import { choiceOption, dayOption, nearAll, nearTo, readArgs, UsageError } from './args.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';

const SUBS = ['list', 'show', 'check', 'take', 'back', 'report', 'pack', 'key'] as const;

export async function lawCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(
    run.args,
    ['on', 'kind', 'stale', 'to', 'key', 'serial', 'yes', 'numbers', 'out', 'json', 'lang', 'help'],
    lang,
    'law',
  );
  const [sub, ...rest] = positionals;
  const on = dayOption(options, 'on', lang) ?? run.today;
  switch (sub) {
    case 'check': {
      const { checkLaw, lawCheckCommand, lawFolders } = await import('./law-check.ts');
      // By folders, not by the book: the files may be what is broken. Nothing looked at is not "no errors".
      known(rest, lawFolders(), lang);
      const stale = dayOption(options, 'stale', lang);
      if (stale !== undefined) {
        const { staleCommand } = await import('./law-stale.ts');
        return staleCommand(run, rest, stale, options.json === true);
      }
      const numbers = options.numbers === true;
      if (!options.json) return lawCheckCommand(rest, numbers, run.out);
      const r = checkLaw(rest, undefined, numbers);
      writeJson(run, r);
      return r.problems.some((p) => p.severity === 'error') ? 1 : 0;
    }
    case 'list': {
      const kind = choiceOption(options, 'kind', KINDS, lang);
      const book = await loadLaw();
      list(book, rest, kind, on, run, options.json === true);
      return 0;
    }
    case 'show': {
      const [id, ...more] = rest;
      if (id === undefined || more.length)
        throw new UsageError(
          lang === 'ru'
            ? 'Нужна одна запись: foothold law show de/blue-card'
            : 'One provision is needed: foothold law show de/blue-card',
        );
      const book = await loadLaw();
      const p = book.provisions.get(id);
      if (!p) {
        const near = nearAll(id, book.provisions.keys());
        throw new UsageError(
          lang === 'ru'
            ? `Записи «${id}» нет.${near.length ? ` Может быть, ${near.join(', ')}?` : ''}\nВсе записи: foothold law list`
            : `There is no provision "${id}".${near.length ? ` Did you mean ${near.join(', ')}?` : ''}\nAll of them: foothold law list`,
        );
      }
      if (options.json) writeJson(run, provisionJson(book, p, on));
      else run.out(showPage(book, p, on, run));
      return 0;
    }
    case 'take':
      return (await import('./law-pack.ts')).takeCommand(run, rest, options);
    case 'back':
      return (await import('./law-pack.ts')).backCommand(run);
    case 'report':
      return (await import('./law-report.ts')).reportCommand(run, rest, options);
    case 'pack':
      return (await import('./law-pack.ts')).packCommand(run, rest, options);
    case 'key':
      return (await import('./law-pack.ts')).keyCommand(run, rest);
    default: {
      const near = sub === undefined ? undefined : nearTo(sub, SUBS);
      throw new UsageError(
        lang === 'ru'
          ? `Команде «law» нужно: list, show, check, take, back или report${sub === undefined ? '' : `; найдено «${sub}»`}.${near ? ` Может быть, ${near}?` : ''}`
          : `"law" needs list, show, check, take, back or report${sub === undefined ? '' : `; found "${sub}"`}.${near ? ` Did you mean ${near}?` : ''}`,
      );
    }
  }
}

/** Refuses a jurisdiction that is not there. */
function known(jurisdictions: readonly string[], all: readonly string[], lang: Lang): void {
  for (const j of jurisdictions)
    if (!all.includes(j)) {
      const near = nearTo(j, all);
      throw new UsageError(
        lang === 'ru'
          ? `О «${j}» в базе ничего нет.${near ? ` Может быть, ${near}?` : ''} Есть: ${all.join(', ')}.`
          : `The law here says nothing of "${j}".${near ? ` Did you mean ${near}?` : ''} Known: ${all.join(', ')}.`,
      );
    }
}

function list(
  book: LawBook,
  jurisdictions: readonly string[],
  kind: Provision['kind'] | undefined,
  on: Day,
  run: Run,
  json: boolean,
): void {
  known(jurisdictions, [...new Set([...book.provisions.values()].map((p) => p.jurisdiction))].sort(), run.lang);
  const rows = (kind ? ofKind(book, kind) : KINDS.flatMap((k) => ofKind(book, k)))
    .filter((p) => jurisdictions.length === 0 || jurisdictions.includes(p.jurisdiction))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (json) {
    writeJson(
      run,
      rows.map((p) => provisionRow(p, on)),
    );
    return;
  }
  const page = new Page(run);
  let last = '';
  for (const p of rows) {
    if (p.jurisdiction !== last) page.heading(countryName(p.jurisdiction, run.lang, book));
    last = p.jurisdiction;
    const state =
      inForce(p, on) === 'no'
        ? page.t('; not in force on that day', '; в этот день не действует')
        : on > p.expires
          ? page.t('; verify', '; проверьте')
          : '';
    page.para(`${p.id}: ${p.title[run.lang]} (${kindWord(p.kind, run.lang)}${state})`, 2, '- ');
  }
  run.out(page.text());
}

function showPage(book: LawBook, p: Provision, on: Day, run: Run): string {
  const { lang } = run;
  const page = new Page(run);
  page.title(p.title[lang]);
  page.para(
    `${p.id}; ${kindWord(p.kind, lang)}; ${countryName(p.jurisdiction, lang, book)}; ${sayDay(on, lang)}`,
    0,
    '',
    'dim',
  );
  const force = inForce(p, on);
  if (force !== 'yes')
    page.para(
      force === 'no'
        ? page.t('Not in force on that day.', 'В этот день не действует.')
        : page.t('Whether it was in force on that day is not known.', 'Действовало ли это в тот день, неизвестно.'),
      0,
      '',
      'warn',
    );
  if (on > p.expires)
    page.para(
      page.t(
        `verify: evidence of ${sayDay(p.verified.on, 'en')}`,
        `проверьте: сведения на ${sayDay(p.verified.on, 'ru')} года`,
      ),
      0,
      '',
      'warn',
    );
  const cite = (ids: readonly string[] | undefined) =>
    page.notes.cite((ids ?? []).flatMap((id) => (p.sources[id] ? [{ id, provision: p.id, ...p.sources[id] }] : [])));
  const clause = (n: Node, depth: number): void => {
    if (n.says) page.para(`${fillText(n.says, p, on)[lang]} ${cite(n.source)}`.trim(), 2 + 2 * depth, '- ');
    const inner =
      n.k === 'all' || n.k === 'any' || n.k === 'atLeast' ? n.of : n.k === 'points' ? n.items.map((i) => i.of) : [];
    for (const c of inner) clause(c, depth + 1);
  };
  const section = (title: string, nodes: readonly Node[]) => {
    if (nodes.length === 0) return;
    page.heading(title);
    for (const n of nodes) clause(n, 0);
  };
  if (p.says) {
    page.gap();
    page.para(fillText(p.says, p, on)[lang], 0);
  }
  section(page.t('What must hold', 'Что требуется'), resolveClauses(p.all, on));
  section(page.t('What stands in the way', 'Что мешает'), resolveClauses(p.bars, on));
  section(page.t('Exceptions', 'Исключения'), resolveClauses(p.except, on));
  const params = Object.entries(p.params);
  if (params.length) {
    page.heading(page.t('Figures on that day', 'Числа на этот день'));
    for (const [name, x] of params) {
      const now = datedAt(x.values, on);
      const value = sayValue(now?.value ?? undefined, x.type, lang);
      const since = now ? page.t(` (since ${sayDay(now.from, 'en')})`, ` (с ${sayDay(now.from, 'ru')} года)`) : '';
      page.para(
        `${x.label?.[lang] ?? name}: ${value}${since} ${cite(now?.source ? [now.source] : [])}`.trim(),
        2,
        '- ',
      );
    }
  }
  for (const s of termsOf(book, p, on, lang)) {
    page.heading(s.title);
    for (const l of s.lines) page.para(`${l.says} ${cite(l.source)}`.trim(), 2, '- ');
  }
  const notes = p.notes.filter((n) => (n.from ?? on) <= on && on <= (n.to ?? on));
  if (notes.length) page.heading(page.t('Notes', 'Примечания'));
  for (const n of notes) page.para(`${fillText(n.says, p, on)[lang]} ${cite(n.source)}`.trim(), 2, '- ');
  cite(p.verified.against);
  page.sources();
  return page.text();
}
