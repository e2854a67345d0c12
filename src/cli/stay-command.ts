/** `foothold stay`: days used and left under a stay rule, the last lawful day, the next lawful entry. */

import { factLabel } from '../answers/change-words.ts';
import { countryName } from '../answers/countries.ts';
import { coverageOf } from '../answers/coverage-of.ts';
import { countingSources, stayJson, stayRulesNamed } from '../answers/stay.ts';
import { remarks } from '../check/check.ts';
import { type LawBook, ofKind, statusTerms } from '../law/book.ts';
import { sayCount, sayDay } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { startOf } from '../moves/claims.ts';
import { lawfulUntil } from '../moves/lawful.ts';
import { type StayAnswer, stayAnswer } from '../moves/stay.ts';
import type { Situation } from '../person/types.ts';
import { dayOption, nearAll, readArgs, UsageError } from './args.ts';
import { closing } from './closing.ts';
import { type Run, writeJson } from './context.ts';
import { loadLaw } from './law-files.ts';
import { Page } from './page.ts';
import { readPersonInput } from './person-input.ts';

export async function stayCommand(run: Run): Promise<number> {
  const { lang } = run;
  const { positionals, options } = readArgs(run.args, ['on', 'json', 'lang', 'help'], lang, 'stay');
  const on = dayOption(options, 'on', lang) ?? run.today;
  const [file, name, ...rest] = positionals;
  if (file === undefined || name === undefined || rest.length)
    throw new UsageError(
      lang === 'ru'
        ? 'Команде «stay» нужны файл человека и одна страна, зона или правило: foothold stay people/irina.yaml schengen'
        : '"stay" needs a person file and one country, area or rule: foothold stay people/irina.yaml schengen',
    );
  const book = await loadLaw();
  const person = await readPersonInput(file, book, run, 'stay');
  const situation = startOf(book, person, on);
  const rule = ruleOf(book, name, situation, run);
  const a = stayAnswer(book, rule, situation, on);
  if (options.json) writeJson(run, stayJson(rule, a));
  else run.out(stayPage(book, rule, a, situation, run));
  return 0;
}

/** The stay rule named; of several, the first, and the others are said. */
function ruleOf(book: LawBook, name: string, s: Situation, run: Run): Provision {
  const [mine, ...rest] = stayRulesNamed(book, name, s);
  if (mine) {
    const others = rest.map((r) => r.id);
    if (others.length)
      run.err(
        run.lang === 'ru'
          ? `Взято правило ${mine.id}; есть и другие: ${others.join(', ')}.\n`
          : `Answered for ${mine.id}; there are others: ${others.join(', ')}.\n`,
      );
    return mine;
  }
  const rules = ofKind(book, 'stay');
  const known = [...new Set(rules.flatMap((r) => [r.id, r.area ?? r.jurisdiction]))];
  const near = nearAll(name, known);
  throw new UsageError(
    run.lang === 'ru'
      ? `Правила пребывания «${name}» нет.${near.length ? ` Может быть, ${near.join(', ')}?` : ''}\nЕсть: ${rules.map((r) => r.id).join(', ')}.`
      : `There is no stay rule "${name}".${near.length ? ` Did you mean ${near.join(', ')}?` : ''}\nKnown: ${rules.map((r) => r.id).join(', ')}.`,
  );
}

function stayPage(book: LawBook, rule: Provision, a: StayAnswer, s: Situation, run: Run): string {
  const { lang } = run;
  const page = new Page(run);
  const unknown = page.t('not known', 'неизвестно');
  const day = (d: number | undefined, none: string) => (d === undefined ? none : sayDay(d, lang));
  const count = (n: number | undefined) => (n === undefined ? unknown : sayCount(n, 'day', lang));
  page.title(`${rule.title[lang]}: ${sayDay(a.on, lang)}`);
  page.para(`${countryName(rule.area ?? rule.jurisdiction, lang, book)}; ${rule.id}`, 0, '', 'dim');
  page.gap();
  // Somebody there on a permit has used none of a visitor's days up and is not over them: the count is what the rule alone would say.
  const lawful = a.present ? lawfulUntil(book, s) : undefined;
  const permit =
    lawful?.known && lawful.under !== undefined && lawful.under !== rule.id && statusTerms(book, lawful.under)
      ? lawful
      : undefined;
  const under = permit && book.provisions.get(permit.under as string);
  if (permit && under) {
    const until = permit.until;
    page.para(
      page.t(
        `You are there on another basis: ${under.title.en}${until === undefined ? '' : `, until ${sayDay(until, 'en')}`}. The days below are what this rule alone counts, the days of that permit with it: they do not mean that you are over your time, but they may count when you come back as a visitor.`,
        `Вы там на другом основании: ${under.title.ru}${until === undefined ? '' : `, до ${sayDay(until, 'ru')} года`}. Ниже — сколько насчитало бы одно это правило вместе с днями по тому разрешению. Это не просрочка, но при новом въезде без визы эти дни могут зачесть.`,
      ),
      0,
      '',
      'warn',
    );
    page.gap();
  }
  const wide = 20;
  page.row(
    page.t('You are there', 'Вы там'),
    a.present ? page.t('yes', 'да') : s.place === undefined ? unknown : page.t('no', 'нет'),
    wide,
  );
  page.row(page.t('Days used', 'Использовано'), count(a.used), wide);
  page.row(page.t('Days left', 'Осталось'), count(a.left), wide);
  page.row(
    page.t('Last lawful day', 'Последний день'),
    day(
      a.lastDay,
      permit
        ? page.t('by this rule none', 'по этому правилу нет')
        : a.left === 0
          ? page.t('none: it has passed', 'нет: он уже прошёл')
          : unknown,
    ),
    wide,
  );
  if (a.overstayDays && !permit) page.row(page.t('Days too many', 'Просрочено'), count(a.overstayDays), wide);
  page.row(
    page.t('Next entry', 'Следующий въезд'),
    a.nextEntry
      ? page.t(
          `from ${sayDay(a.nextEntry.day, 'en')}, then until ${sayDay(a.nextEntry.upTo, 'en')}`,
          `с ${sayDay(a.nextEntry.day, 'ru')} года, тогда до ${sayDay(a.nextEntry.upTo, 'ru')} года`,
        )
      : unknown,
    wide,
  );
  page.gap();
  if (a.missing.length)
    page.para(
      `${page.t('Not told, so the figures are not certain', 'Не указано, поэтому числа не наверняка')}: ${a.missing.map((f) => factLabel(book, f, lang)).join('; ')}.`,
      0,
      '',
      'warn',
    );
  if (a.ruleChanges !== undefined)
    page.para(
      page.t(
        `The rule changes on ${sayDay(a.ruleChanges, 'en')}: later figures are of the old rule.`,
        `${sayDay(a.ruleChanges, 'ru')} года правило меняется: дальше числа по старому правилу.`,
      ),
      0,
      '',
      'warn',
    );
  if (a.on > rule.expires)
    page.para(
      page.t(
        `verify: evidence of ${sayDay(rule.verified.on, 'en')}`,
        `проверьте: сведения на ${sayDay(rule.verified.on, 'ru')} года`,
      ),
      0,
      '',
      'warn',
    );
  page.para(
    page.t(
      'These figures count days. Whether you may use the rule at all also depends on papers and bans, and the border guard decides.',
      'Здесь подсчитаны дни. Можно ли вообще пользоваться правилом, зависит ещё от документов и запретов; решает пограничник.',
    ),
    0,
  );
  const notes = remarks(rule.notes, rule, a.on);
  if (notes.length) page.heading(page.t('To know', 'Нужно знать'));
  for (const n of notes) page.para(n.says[lang], 2, '- ');
  page.notes.cite(
    countingSources(rule).flatMap((id) => (rule.sources[id] ? [{ id, provision: rule.id, ...rule.sources[id] }] : [])),
  );
  page.sources();
  closing(page, book, coverageOf(book, new Set([rule.jurisdiction]), a.on), lang);
  return page.text();
}
