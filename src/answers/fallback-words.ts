/** What happens after a refusal, or where no answer comes in time, in words. */

import type { LawBook } from '../law/book.ts';
import { type Lang, sayCount, sayDuration } from '../law/say.ts';
import { type AfterRefusal, daysAfterRefusal } from '../moves/refusal.ts';
import type { Doubt } from '../moves/types.ts';
import type { Fallback } from '../plan/types.ts';
import type { Duration } from '../rules/ir.ts';
import { toCountry } from './countries.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';

/** What was refused, as far as it bears on what follows. */
export type Refused = {
  readonly route: string;
  /** Asked for in the country where one then is: the refusal itself may then order one to leave. */
  readonly here: boolean;
  /** The plan files it; else it was filed before the plan began. */
  readonly filed: boolean;
  /** It is a request for protection where one then is: leaving because no answer has come would give it up. */
  readonly claim?: boolean;
};

/** The fallback of a leg, where it has one. */
export function legFallbackWords(book: LawBook, w: WalkedLeg, lang: Lang): string | undefined {
  const { leg } = w;
  return leg.fallback && fallbackWords(book, leg.fallback, lang, leg.doubts, refusedOn(w));
}

/** What a leg with a fallback is about; `undefined` of one that awaits nothing. */
export function refusedOn(w: WalkedLeg): Refused | undefined {
  const { leg } = w;
  if (leg.kind !== 'await') return undefined;
  const here = w.before.pending.some((p) => p.route === leg.route && p.inCountry);
  const status = w.provision?.grants?.status;
  const held = (w.before.holdings ?? []).some((h) => h.status === status);
  const claim =
    here && !held && (!w.filed || w.provision?.claim !== undefined || w.provision?.status?.stands === 'protection');
  return { route: leg.route, here, filed: w.filed, ...(claim ? { claim } : {}) };
}

const timeWords = (within: number | Duration, lang: Lang): string =>
  typeof within === 'number' ? sayCount(within, 'day', lang) : sayDuration(within, lang);

/** What the law gives after the refusal, if it comes on the day reckoned here; nothing where it was asked for in another country. */
function afterRefusal(book: LawBook, f: Fallback, refused: Refused | undefined): AfterRefusal | undefined {
  const route = refused?.here ? book.provisions.get(refused.route) : undefined;
  return route && daysAfterRefusal(route, f.on);
}

/** Of whom only the application lets stay: the days that the law gives to leave, else that it gives none that we know of. */
function endsWords(a: AfterRefusal | undefined, lang: Lang): string {
  if (a?.leaveWithin === undefined)
    return say(lang, 'and the refusal may end that at once', 'и отказ может прекратить это сразу');
  const time = timeWords(a.leaveWithin, lang);
  return say(
    lang,
    `and after a refusal the law as a rule gives ${time} to leave, in some cases less or none`,
    `а после отказа закон по общему правилу даёт на выезд ${time}, а иногда меньше или нисколько`,
  );
}

/** Until when one may appeal, where the law says; asked about before anything is asked for. */
function appealWords(a: AfterRefusal | undefined, before: string, lang: Lang): string {
  if (a?.appealWithin === undefined)
    return say(lang, `ask about an appeal ${before}`, `узнайте об обжаловании ${before}`);
  const time = timeWords(a.appealWithin, lang);
  return say(
    lang,
    `for an appeal the law gives ${time} (read in the refusal how long you have): ask ${before} how it is made and whether you may stay meanwhile`,
    `на обжалование закон даёт ${time} (сколько именно у вас, сказано в отказе): узнайте ${before}, как его подают и можно ли пока оставаться`,
  );
}

/**
 * That a refusal may itself end the stay, whatever still runs: where the law says that it comes with an order to leave, and
 * where it is silent, which is nearly everywhere. Empty where it was asked for in another country.
 */
function unlessOrdered(book: LawBook, f: Fallback, refused: Refused | undefined, lang: Lang): string {
  if (!refused?.here) return '';
  const within = afterRefusal(book, f, refused)?.leaveWithin;
  if (within === undefined)
    return say(
      lang,
      ', unless the refusal itself ends your stay: look in it for an order to leave',
      ', если сам отказ не прекращает пребывание: посмотрите, нет ли в нём предписания выехать',
    );
  const time = timeWords(within, lang);
  return say(
    lang,
    `, unless the refusal itself orders you to leave (as a rule the law then gives ${time}, in some cases less or none)`,
    `, если сам отказ не обязывает выехать (по общему правилу закон даёт на это ${time}, иногда меньше или нисколько)`,
  );
}

/** That whoever waits for an answer on protection goes on waiting: the day by which it comes is reckoned here, and leaving gives the claim up. */
function waitingWords(f: Fallback, unsure: boolean, lang: Lang): string {
  const when = dayIn(f.on, lang);
  return unsure
    ? say(
        lang,
        ` If nothing has come by ${when}, do not leave for that reason alone: leaving mostly gives the claim up. Ask a lawyer whether you may go on waiting.`,
        ` Если до ${when} не ответят, не уезжайте только из-за этого: отъезд обычно прекращает дело. Спросите юриста, можно ли ждать дальше.`,
      )
    : say(
        lang,
        ` If nothing has come by ${when}, you go on waiting: the day is reckoned here, and leaving mostly gives the claim up.`,
        ` Если до ${when} не ответят, ждите дальше: этот день — наш расчёт, а отъезд обычно прекращает дело.`,
      );
}

/**
 * What happens after a refusal, or where no answer comes in time. Where the leg's `doubts` say that
 * staying while the application is pending is not known to be allowed, the last lawful day is the day to leave by.
 */
export function fallbackWords(
  book: LawBook,
  f: Fallback,
  lang: Lang,
  doubts: readonly Doubt[] = [],
  refused?: Refused,
): string {
  const [before, ruBefore] =
    refused?.filed === false ? ['before the answer comes', 'до ответа'] : ['before you file', 'до подачи'];
  const unsure = doubts.some((d) => d.kind === 'pending-stay-unknown');
  const head = refused?.claim
    ? say(lang, 'If refused: ', 'Если откажут: ')
    : say(
        lang,
        `If refused, or nothing by ${dayIn(f.on, lang)}: `,
        `Если откажут или до ${dayIn(f.on, lang)} не ответят: `,
      );
  const wait = refused?.claim ? waitingWords(f, unsure, lang) : '';
  const after = afterRefusal(book, f, refused);
  const step = f.steps[0];
  const stay =
    f.lawfulUntil === undefined
      ? refused?.claim && !(f.steps.length === 0 && !f.none)
        ? say(lang, 'ask about an appeal before anything else', 'прежде всего узнайте об обжаловании')
        : ''
      : f.lawfulUntil >= f.on
        ? say(
            lang,
            `you may stay until ${dayIn(f.lawfulUntil, lang)}`,
            `можно оставаться до ${dayIn(f.lawfulUntil, lang)}`,
          ) + unlessOrdered(book, f, refused, lang)
        : unsure
          ? say(
              lang,
              `your lawful stay will have ended on ${dayIn(f.lawfulUntil, lang)}: leave by that day unless you have it in writing that you may wait for the answer`,
              `законное пребывание закончится ещё ${dayIn(f.lawfulUntil, lang)}: уезжайте не позже этого дня, если вам письменно не подтвердили, что ответа можно ждать на месте`,
            )
          : refused?.here === false
            ? say(
                lang,
                `what lets you stay ends on ${dayIn(f.lawfulUntil, lang)}, and this application does not prolong it: do not wait for the answer there beyond that day`,
                `основание для пребывания заканчивается ${dayIn(f.lawfulUntil, lang)}, и это заявление его не продлевает: дольше там ответа не ждите`,
              )
            : say(
                lang,
                `only the application lets you stay by then (what you hold now ends on ${dayIn(f.lawfulUntil, lang)}), ${endsWords(after, lang)}; ${appealWords(after, before, lang)}`,
                `к тому дню остаться позволяет только само заявление (нынешнее основание закончится ${dayIn(f.lawfulUntil, lang)}), ${endsWords(after, lang)}; ${appealWords(after, ruBefore, lang)}`,
              );
  if (step?.kind === 'enter') {
    const title = book.provisions.get(step.under)?.title[lang] ?? step.under;
    const go = say(
      lang,
      `go ${toCountry(step.country, 'en')} by ${dayIn(step.day, lang)} (${title})`,
      `не позже ${dayIn(step.day, lang)} уехать ${toCountry(step.country, 'ru')} (${title})`,
    );
    return `${head}${[stay, go].filter(Boolean).join('; ')}.${wait}`;
  }
  if (f.none)
    return `${head}${stay ? `${stay}; ` : ''}${say(
      lang,
      `no lawful way on was found that rests on nothing unknown. Speak to a lawyer ${before}.`,
      `законного продолжения, которое не зависит от неизвестного, не нашлось. Поговорите с юристом ${ruBefore}.`,
    )}${wait}`;
  return `${head}${say(lang, 'you go on as you were', 'остаётся всё как было')}${stay ? `; ${stay}` : ''}.${wait}`;
}
