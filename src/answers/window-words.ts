/** From when to when something may be asked for from what is held, and what becomes of that until the decision, in words. */
import type { LawBook } from '../law/book.ts';
import { paramAt } from '../law/resolve.ts';
import { type Lang, sayCount, sayDuration } from '../law/say.ts';
import type { AskWindow, Prolongs, Provision } from '../law/types.ts';
import { filingFrom } from '../moves/filing.ts';
import type { Window } from '../moves/windows.ts';
import type { Day, Duration } from '../rules/ir.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';

/** Of a leg that asks for something from what is held: the days on which one may, and what goes on until the answer. */
export function legWindowWords(book: LawBook, w: WalkedLeg, lang: Lang): string[] {
  const { leg, provision, before } = w;
  if (leg.kind !== 'file' || !provision) return [];
  const window = filingFrom(book, provision, { ...before, on: leg.day }, leg.day).window;
  if (!window) return [];
  const out = [daysWords(window, lang), goesOnWords(window.prolongs, window.until, lang)];
  const answer = w.after.pending.find((p) => p.route === leg.route)?.decided;
  if (answer !== undefined && window.ends !== undefined && answer > window.ends)
    out.push(
      say(
        lang,
        `The answer is reckoned on ${dayIn(answer, lang)}, after its end: get a written proof that you have asked, and keep it with you.`,
        `Ответ ожидается ${dayIn(answer, lang)}, уже после окончания: возьмите письменное подтверждение, что заявление подано, и носите его с собой.`,
      ),
      ...(window.prolongs?.stay === true && window.prolongs.counts !== true
        ? [
            say(
              lang,
              'Whether these days count towards years of residence, no source says: here they do not.',
              'Засчитают ли эти дни в годы проживания, источники не говорят: здесь они не засчитаны.',
            ),
          ]
        : []),
    );
  return out.flatMap((x) => x ?? []);
}

/** `It may be asked for from 31 January 2027 until 1 April 2027, the last day of what you hold.` */
export function daysWords(w: Window, lang: Lang): string | undefined {
  if (w.closes === undefined) return undefined;
  const last = w.closes === w.ends;
  const [en, ru] = [last ? ', the last day of what you hold' : '', last ? ' — последнего дня нынешнего срока' : ''];
  return w.opens === undefined
    ? say(
        lang,
        `It must be asked for by ${dayIn(w.closes, lang)}${en}; from which day it is taken, the law here does not say.`,
        `Подать нужно не позже ${dayIn(w.closes, lang)}${ru}; с какого дня принимают, в базе не сказано.`,
      )
    : say(
        lang,
        `It may be asked for from ${dayIn(w.opens, lang)} until ${dayIn(w.closes, lang)}${en}.`,
        `Подать можно с ${dayIn(w.opens, lang)} до ${dayIn(w.closes, lang)}${ru}.`,
      );
}

/** What becomes of what is held until the decision, where it was asked for in time; `undefined` where the law here states nothing. */
export function goesOnWords(p: Prolongs | undefined, until: Day | undefined, lang: Lang): string | undefined {
  switch (p?.stay) {
    case undefined:
      return undefined;
    case true: {
      const limit =
        until === undefined
          ? ''
          : say(lang, `, but not beyond ${dayIn(until, lang)}`, `, но не дольше чем до ${dayIn(until, lang)}`);
      const work = {
        yes: say(lang, '; you may go on working as it lets you', '; работать можно на прежних условиях'),
        no: say(lang, '; working meanwhile is not allowed', '; работать тем временем нельзя'),
        open: say(lang, '; whether you may work meanwhile, ask', '; можно ли тем временем работать, спросите'),
        unsaid: '',
      }[p.work === true ? 'yes' : p.work === false ? 'no' : p.work === 'unknown' ? 'open' : 'unsaid'];
      return say(
        lang,
        `Asked for in time, what you hold goes on until the decision${limit}${work}.`,
        `Если подать вовремя, нынешнее разрешение действует до решения${limit}${work}.`,
      );
    }
    case false:
      return say(
        lang,
        'Asking does not prolong what you hold: it ends on its day, answer or not.',
        'Подача не продлевает нынешнее разрешение: оно кончится в свой день, будет ответ или нет.',
      );
    default:
      return say(
        lang,
        'Whether what you hold goes on until the decision, no source says: ask.',
        'Действует ли нынешнее разрешение до решения, ни один источник не говорит: спросите.',
      );
  }
}

/** The same as the law states it, for nobody in particular: `It may be asked for from 60 days before the end`. */
export function statedWindow(p: Provision, w: AskWindow, on: Day, lang: Lang): string[] {
  const time = (name: string | undefined): string | undefined => {
    const v = name ? (paramAt(p, name, on) as number | Duration | undefined) : undefined;
    return v === undefined ? undefined : typeof v === 'number' ? sayCount(v, 'day', lang) : sayDuration(v, lang);
  };
  const [opens, closes, limit] = [time(w.opens), time(w.closes), time(w.prolongs?.limit)];
  const out: (string | undefined)[] = [
    opens &&
      say(
        lang,
        `It may be asked for this long before the end at the earliest: ${opens}.`,
        `Подать можно не раньше чем за столько до окончания: ${opens}.`,
      ),
    closes &&
      say(
        lang,
        `It must be asked for this long before the end at the latest: ${closes}.`,
        `Подать нужно не позже чем за столько до окончания: ${closes}.`,
      ),
    goesOnWords(w.prolongs, undefined, lang),
    limit &&
      say(lang, `It goes on for so long at the most: ${limit}.`, `Действует после окончания не дольше: ${limit}.`),
  ];
  return out.flatMap((x) => x ?? []);
}
