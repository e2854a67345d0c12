/** The answer on one route in sentences. */
import { parseDay, parseDuration } from '../calendar/civil.ts';
import type { Because } from '../check/because.ts';
import type { RouteCheck } from '../check/check.ts';
import type { LawBook } from '../law/book.ts';
import { type Lang, sayDuration, sayMoney } from '../law/say.ts';
import { readMoney } from '../law/values.ts';
import { factLabel } from './change-words.ts';
import { countryName } from './countries.ts';
import { doubtWords } from './plan-words.ts';
import { isoIn, say } from './say.ts';

/** What is not told and would decide; or why no answer helps. */
export function missingWords(book: LawBook, r: RouteCheck, lang: Lang): string {
  const facts = r.missing.map((f) => factLabel(book, f, lang));
  if (facts.length) return `${say(lang, 'Not told', 'Не указано')}: ${facts.join('; ')}.`;
  const lapsed = r.filing.doubts.find((d) => d.kind === 'passport-lapsed' || d.kind === 'papers-waived');
  if (lapsed) return doubtWords(book, lapsed, parseDay(r.verifiedOn) ?? 0)[lang];
  if (r.lacks.length)
    return say(
      lang,
      'The law here has no figure for that day; no answer of yours helps.',
      'В базе нет числа на этот день; ваш ответ тут не поможет.',
    );
  return say(
    lang,
    'Whether this law is in force on that day is not known.',
    'Действует ли эта норма в этот день, неизвестно.',
  );
}

/** The first thing that stops the person; `undefined` where nothing does. */
export function stopWords(r: RouteCheck, lang: Lang): string | undefined {
  const no = r.because.find((b) => b.outcome === 'no' && b.under === undefined);
  return no && `${say(lang, 'Because', 'Причина')}: ${no.says[lang]}`;
}

/** That the answer must be looked up again, of which day it is, and why; empty where it need not be. */
export function verifyWords(r: RouteCheck, lang: Lang): string {
  if (!r.verify) return '';
  const day = isoIn(r.verifiedOn, lang);
  const why = new Set(r.verifyBecause.map((v) => v.why));
  const parts: string[] = [];
  if (why.has('expired')) parts.push(say(lang, 'some of the evidence is past its day', 'часть сведений устарела'));
  if (why.has('conflicting')) parts.push(say(lang, 'sources disagree', 'источники расходятся'));
  if (why.has('exchange-rate')) parts.push(say(lang, 'it hangs on an exchange rate', 'ответ зависит от курса валют'));
  if (why.has('in-force-unknown'))
    parts.push(say(lang, 'the day it began is not known', 'день вступления в силу неизвестен'));
  if (why.has('expected-value')) parts.push(say(lang, 'a figure is only expected', 'одно из чисел только ожидается'));
  return say(
    lang,
    `verify: evidence of ${day} (${parts.join('; ')})`,
    `проверьте: сведения на ${day} (${parts.join('; ')})`,
  );
}

/** A reason with its place among the others: `depth` 0 stands on its own. */
export type ReasonLine = { readonly reason: Because; readonly depth: number; readonly says: string };

/** The reasons that people need, in order: what lies below a clause that holds is detail; what is said twice is said once. */
export function reasonLines(r: RouteCheck, lang: Lang): ReasonLine[] {
  const asked = new Map(r.because.map((b) => [b.id, b]));
  const depth = (b: Because): number => {
    const up = b.under === undefined ? undefined : asked.get(b.under);
    return up ? 1 + depth(up) : 0;
  };
  const out: ReasonLine[] = [];
  const told = new Set<string>();
  const left = new Set<string>();
  for (const b of r.because) {
    const up = b.under === undefined ? undefined : asked.get(b.under);
    if (up && up.outcome === 'yes' && b.outcome !== 'yes') continue;
    // Rules on papers for visas and for permits often say the same: once is enough.
    const same = `${b.role} ${b.outcome} ${b.says.en}`;
    if (b.under !== undefined ? left.has(b.under) : b.role === 'document' && told.has(same)) {
      left.add(b.id);
      continue;
    }
    told.add(same);
    out.push({ reason: b, depth: depth(b), says: `${barWords(b, lang)}${b.says[lang]}` });
  }
  return out;
}

/** A bar's words say whom it stops: whether it stops this person is said before them. */
function barWords(b: Because, lang: Lang): string {
  if (b.role !== 'bar' && !(b.role === 'restriction' && b.under === undefined)) return '';
  return {
    yes: say(lang, 'Not your case: ', 'Не ваш случай: '),
    no: say(lang, 'Stops you: ', 'Мешает: '),
    unknown: say(lang, 'May stop you: ', 'Может помешать: '),
  }[b.outcome];
}

/** Whether the person may apply from where they are; `undefined` where it is not known where that is. */
export function filingWords(book: LawBook, r: RouteCheck, lang: Lang): string | undefined {
  if (!r.filing.from) return undefined;
  if (r.filing.waiting)
    return say(
      lang,
      'You have asked already, and the answer is awaited: do not file again.',
      'Вы уже подали, ответа ещё нет: второй раз подавать не нужно.',
    );
  const place = countryName(r.filing.from, lang, book);
  const { window } = r.filing;
  if (r.filing.may === 'no' && window?.closes) {
    if (window.opens && r.filing.on < window.opens)
      return say(
        lang,
        `Not yet: from what you hold it may be asked for from ${isoIn(window.opens, lang)} until ${isoIn(window.closes, lang)}.`,
        `Ещё рано: с нынешним разрешением подать можно с ${isoIn(window.opens, lang)} до ${isoIn(window.closes, lang)}.`,
      );
    return say(
      lang,
      `Too late: from what you hold it had to be asked for by ${isoIn(window.closes, lang)}. Ask at once whether it is still taken.`,
      `Уже поздно: с нынешним разрешением подать нужно было до ${isoIn(window.closes, lang)}. Сразу спросите, примут ли ещё.`,
    );
  }
  switch (r.filing.may) {
    case 'yes':
      return say(
        lang,
        `You may apply from where you are (${place}).`,
        `Подать можно оттуда, где вы сейчас (${place}).`,
      );
    case 'no':
      return say(
        lang,
        `It cannot be applied for from where you are (${place}).`,
        `Оттуда, где вы сейчас (${place}), подать нельзя.`,
      );
    case 'unknown':
      return say(
        lang,
        `Whether you may apply from where you are (${place}) is not known.`,
        `Можно ли подать оттуда, где вы сейчас (${place}), неизвестно.`,
      );
  }
}

export function feeLine(r: RouteCheck, lang: Lang): string {
  const fees = (r.fee ?? []).flatMap((f) => readMoney(f) ?? []).map((m) => sayMoney(m, lang));
  return `${say(lang, 'Fee', 'Пошлина')}: ${fees.length ? fees.join(' + ') : say(lang, 'not known', 'неизвестна')}.`;
}

export function timeLine(r: RouteCheck, lang: Lang): string {
  const time = (iso: string | null) => {
    const d = iso === null ? undefined : parseDuration(iso);
    return d ? sayDuration(d, lang) : undefined;
  };
  const [usual, longest] = [time(r.processing.usual), time(r.processing.longest)];
  // A claim is only registered first, and no time that a law sets for the decision on it binds the authority.
  if (r.processing.of === 'registration')
    return longest || usual
      ? say(
          lang,
          `Until the claim is registered and lodged: up to ${longest ?? usual}; it is decided on later.`,
          `До регистрации и подачи просьбы — самое большее ${longest ?? usual}; решают по ней позже.`,
        )
      : say(
          lang,
          'How long it takes to register the claim no source here states; it is decided on later.',
          'Сколько ждать регистрации просьбы, источники не говорят; решают по ней позже.',
        );
  if (!usual && !longest)
    return say(lang, 'Time to decide: not stated by any source here.', 'Срок решения: источники не говорят.');
  const parts = [
    usual && say(lang, `usually ${usual}`, `обычно ${usual}`),
    longest &&
      (r.processing.of === 'protection'
        ? say(lang, `plans reckon with ${longest}; it can take longer`, `в планах — ${longest}; бывает и дольше`)
        : say(lang, `at longest ${longest}`, `не дольше ${longest}`)),
  ];
  return `${say(lang, 'Time to decide', 'Срок решения')}: ${parts.filter(Boolean).join('; ')}.`;
}
