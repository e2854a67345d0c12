/** What became of the plans of an earlier day, in words. */
import type { LawBook } from '../law/book.ts';
import { type Lang, plural, sayCount } from '../law/say.ts';
import type { Step } from '../plan/types.ts';
import { inCountry, titleWithCountry, toCountry } from './countries.ts';
import type { PlanAnswer } from './plan-answer.ts';
import { dayIn, say } from './say.ts';
import type { Broken, Fate, Still } from './still.ts';

/** Plans of the earlier day told one by one; whoever wants all has them in the JSON. */
const TOLD = 6;
const REASONS = 3;

export type StillLine = { readonly says: string; readonly more: readonly string[]; readonly grave: boolean };

/** A line for each earlier plan that a person could have followed, the broken ones first; then the number of new plans. */
export function stillWords(book: LawBook, still: Still, now: PlanAnswer, lang: Lang): readonly StillLine[] {
  const order = { broken: 0, kept: 1, possible: 2 } as const;
  const likely = still.fates.filter((f) => !f.plan.rare);
  const fates = (likely.length ? likely : still.fates).toSorted((a, b) => order[a.kind] - order[b.kind] || a.n - b.n);
  const lines = fates.slice(0, TOLD).map((f) => fateWords(book, f, now, lang));
  const rest = fates.length - TOLD;
  if (rest > 0)
    lines.push({
      says: say(
        lang,
        `${rest} more earlier plans are not told here.`,
        `Прежних планов, о которых здесь не сказано: ${rest}.`,
      ),
      more: [],
      grave: false,
    });
  const fresh = still.fresh.filter((i) => now.plans[i]?.plan.rare !== true).map((i) => i + 1);
  if (fresh.length)
    lines.push({
      says: say(
        lang,
        `New since then: ${plural(fresh.length, 'en', ['plan', 'plans', 'plans'])} ${fresh.join(', ')}.`,
        `Новое с тех пор: ${plural(fresh.length, 'ru', ['план', 'планы', 'планы'])} ${fresh.join(', ')}.`,
      ),
      more: [],
      grave: false,
    });
  return lines;
}

function fateWords(book: LawBook, f: Fate, now: PlanAnswer, lang: Lang): StillLine {
  const last = f.plan.steps.at(-1);
  const route = last && last.kind !== 'enter' ? book.provisions.get(last.route) : undefined;
  const name = say(
    lang,
    `Earlier plan ${f.n + 1}${route ? ` (${titleWithCountry(route, lang, book)})` : ''}`,
    `Прежний план ${f.n + 1}${route ? ` (${titleWithCountry(route, lang, book)})` : ''}`,
  );
  const past =
    f.past === 0
      ? []
      : [
          say(
            lang,
            `Steps whose day has passed: ${f.past}. They are taken as done or left out: what counts is where your file says you stand.`,
            `Шагов, день которых прошёл: ${f.past}. Считается то положение, которое указано в вашем файле.`,
          ),
        ];
  switch (f.kind) {
    case 'kept': {
      const end = now.plans[f.now]?.plan.legs.at(-1)?.day;
      const when = end === undefined ? '' : dayIn(end, lang);
      const moved =
        f.days === 0
          ? say(lang, `the goal still on ${when}`, `цель по-прежнему ${when}`)
          : f.days > 0
            ? say(
                lang,
                `the goal ${sayCount(f.days, 'day', lang)} later, on ${when}`,
                `цель позже на ${sayCount(f.days, 'day', lang)}: ${when}`,
              )
            : say(
                lang,
                `the goal ${sayCount(-f.days, 'day', lang)} sooner, on ${when}`,
                `цель раньше на ${sayCount(-f.days, 'day', lang)}: ${when}`,
              );
      return {
        says: say(
          lang,
          `${name} holds: the same steps, ${moved}. It is plan ${f.now + 1} now.`,
          `${name} в силе: те же шаги, ${moved}. Теперь это план ${f.now + 1}.`,
        ),
        more: past,
        grave: false,
      };
    }
    case 'possible':
      return {
        says: say(
          lang,
          `${name} can still be followed step by step; other plans are shown before it.`,
          `${name} ещё выполним шаг за шагом; раньше него показаны другие планы.`,
        ),
        more: past,
        grave: false,
      };
    case 'broken':
      return {
        says: say(
          lang,
          `${name} no longer holds. The step that fails: ${stepWords(book, f.why.step, lang)}.`,
          `${name} больше не выполним. Не получится шаг: ${stepWords(book, f.why.step, lang)}.`,
        ),
        more: [...past, ...brokenWords(f.why, lang)],
        grave: true,
      };
  }
}

function stepWords(book: LawBook, step: Step, lang: Lang): string {
  const day = dayIn(step.day, lang);
  if (step.kind === 'enter')
    return say(lang, `${day}, go ${toCountry(step.country, 'en')}`, `${day}, переезд ${toCountry(step.country, 'ru')}`);
  const p = book.provisions.get(step.route);
  const title = p ? titleWithCountry(p, lang, book) : step.route;
  return step.kind === 'file'
    ? say(lang, `${day}, apply for ${title}`, `${day}, подать заявление — ${title}`)
    : say(lang, `${day}, the answer on ${title}`, `${day}, ответ по заявлению — ${title}`);
}

function brokenWords(why: Broken, lang: Lang): string[] {
  switch (why.kind) {
    case 'elsewhere':
      return [
        say(
          lang,
          `By your file you would then be ${why.place ? inCountry(why.place, 'en') : 'in a country that is not known'}: the steps before it were not taken, or not told.`,
          `По вашему файлу вы тогда будете ${why.place ? inCountry(why.place, 'ru') : 'неизвестно где'}: предыдущие шаги не сделаны или о них не сказано.`,
        ),
      ];
    case 'not-filed':
      return [
        say(
          lang,
          'By your file no such application is waiting for an answer. If you filed it, put it into the file.',
          'По вашему файлу такое заявление не подано. Если вы его подали, внесите это в файл.',
        ),
      ];
    case 'no-stay':
      return [
        why.until === undefined
          ? say(
              lang,
              'Your stay until that day is not known to be lawful.',
              'Законно ли быть там до этого дня, неизвестно.',
            )
          : say(
              lang,
              `Your stay is known to be lawful only until ${dayIn(why.until, lang)}.`,
              `Законность пребывания известна только по день ${dayIn(why.until, lang)}.`,
            ),
      ];
    case 'closed':
      return why.because.length === 0
        ? [
            say(
              lang,
              'What it was to rest on (a status, a paper, a place) is not there on that day, by your file and the law as it now is.',
              'Того, на чём он держался (статус, документ, место), в этот день нет: по вашему файлу и по нынешнему закону.',
            ),
          ]
        : why.because
            .slice(0, REASONS)
            .map((b) =>
              b.outcome === 'no'
                ? say(lang, `No: ${b.says.en}`, `Нет: ${b.says.ru}`)
                : say(lang, `Not known: ${b.says.en}`, `Неизвестно: ${b.says.ru}`),
            );
  }
}
