/** What of all ways was looked at, and of which plans none is missing. */
import { type Lang, plural } from '../law/say.ts';
import type { Plan } from '../plan/types.ts';
import { say } from './say.ts';

/**
 * Said where the search was stopped before everything was looked at; `undefined` where nothing was left. Plans that rest on nothing
 * but what was told are few, so mostly all of them were looked at, and that is said.
 */
export function lookedAtWords(
  a: { readonly complete: boolean; readonly completeOnTold: boolean; readonly plans: readonly Plan[] },
  lang: Lang,
): string | undefined {
  if (a.complete) return undefined;
  if (!a.completeOnTold)
    return say(
      lang,
      'The search was stopped before everything was looked at: there may be a better plan.',
      'Поиск остановлен раньше, чем просмотрено всё: может найтись план лучше.',
    );
  const n = a.plans.filter((p) => p.boldest === 0).length;
  const rest = say(
    lang,
    'Of those that rest on answers you did not give not all could be looked at: there may be a better plan.',
    'Из тех, что опираются на ответы, которых вы не давали, просмотрены не все: может найтись план лучше.',
  );
  if (n === 0)
    return `${say(
      lang,
      'No plan rests on what you told alone: that was looked at to the end.',
      'Плана, который опирается только на сказанное вами, нет: это просмотрено до конца.',
    )} ${rest}`;
  return `${say(
    lang,
    `Plans that rest on what you told alone were all looked at: ${n === 1 ? 'one of these is such' : `${n} of these are such`}.`,
    `Планы, которые опираются только на сказанное вами, просмотрены все: ${plural(n, 'ru', [`такой здесь ${n}`, `таких здесь ${n}`, `таких здесь ${n}`])}.`,
  )} ${rest}`;
}

/** The same, where one front of all countries was asked for, whatever would have to be assumed. */
export function oneFrontWords(complete: boolean, lang: Lang): string {
  const looked = complete
    ? say(
        lang,
        'Everything was looked at: in no country is there a plan better than these in days, waiting, money, steps or danger, whatever would have to be true for it.',
        'Просмотрено всё: ни в одной стране нет плана лучше этих по дням, ожиданию, деньгам, шагам или опасности, что бы ни пришлось допустить.',
      )
    : say(
        lang,
        'Not everything was looked at: there may be a plan better than these.',
        'Просмотрено не всё: может найтись план лучше этих.',
      );
  return `${looked} ${say(lang, 'Likelier plans, country by country, are shown without --one-front.', 'Более вероятные планы по странам показывает та же команда без --one-front.')}`;
}
