/** Plans and their legs in sentences. */
import type { Because } from '../check/because.ts';
import { type LawBook, statusTerms } from '../law/book.ts';
import { filingAt } from '../law/resolve.ts';
import { fillText, type Lang, plural, sayCount, sayMoney } from '../law/say.ts';
import type { Provision } from '../law/types.ts';
import { feesOf } from '../moves/moves.ts';
import type { Assumption } from '../moves/types.ts';
import { growingList, monthsALevel, monthsToFind } from '../person/learning.ts';
import { isCurrent } from '../person/situation.ts';
import type { Situation } from '../person/types.ts';
import { adrift, gravePlaces } from '../plan/told.ts';
import type { Goal, LegDanger, Plan } from '../plan/types.ts';
import type { Day, Money } from '../rules/ir.ts';
import { factLabel, valueWords } from './change-words.ts';
import { countryName, inCountry, toCountry } from './countries.ts';
import { savingsWords } from './money-words.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { dayIn, say } from './say.ts';
import { legWindowWords } from './window-words.ts';

/** What a leg is done under, by its title on that day; its id where the law here does not have it. */
export function legTitle(w: WalkedLeg, lang: Lang): string {
  const { leg, provision } = w;
  if (provision) return fillText(provision.title, provision, leg.day)[lang];
  return leg.kind === 'enter' ? leg.under : leg.route;
}

/** Whether what is asked for is held already, so that it is asked for anew only to go on. */
function extends_(w: WalkedLeg): boolean {
  const status = w.provision?.grants?.status;
  return status !== undefined && (w.before?.holdings ?? []).some((h) => h.status === status && isCurrent(h, w.leg.day));
}

/** Whether a step is the decision on a claim that was made before: one procedure in most states, and nothing new is filed. */
function decidesClaim({ leg, provision, before }: WalkedLeg): boolean {
  if (leg.kind !== 'file' || provision?.claim || provision?.status?.stands !== 'protection') return false;
  const from = provision.filing?.from ?? [];
  return (before?.holdings ?? []).some((h) => from.includes(h.status) && isCurrent(h, leg.day));
}

/** Whether a route is nothing but the extension of what it grants, asked for only by who holds that: its title says so itself. */
function isExtension(p: Provision | undefined): boolean {
  const from = p?.filing?.from ?? [];
  return from.length > 0 && from.every((s) => s === p?.grants?.status);
}

/** What is done, without the day: `go to Armenia`, `apply for EU Blue Card (Germany)`. */
export function legDoes(w: WalkedLeg, lang: Lang): string {
  const title = legTitle(w, lang);
  switch (w.leg.kind) {
    case 'enter':
      return say(lang, `go ${toCountry(w.leg.country, 'en')}`, `переезд ${toCountry(w.leg.country, 'ru')}`);
    case 'file':
      if (decidesClaim(w))
        return say(lang, `wait for the decision on the claim: ${title}`, `ждать решения по просьбе — ${title}`);
      return extends_(w) && !isExtension(w.provision)
        ? say(lang, `ask to extend ${title}`, `подать на продление — ${title}`)
        : say(lang, `apply for ${title}`, `подать заявление — ${title}`);
    case 'await':
      return w.provision?.status?.stands === 'pending'
        ? say(lang, `the claim is registered: ${title}`, `просьба зарегистрирована: ${title}`)
        : say(lang, `the answer on ${title}`, `ответ по заявлению — ${title}`);
  }
}

/** Whether one goes away from where a consulate still decides: it may hold the passport, and hands the visa out there. */
function leavesConsulate(book: LawBook, w: WalkedLeg): boolean {
  return w.before.pending.some((p) => {
    if (p.inCountry || p.place !== w.before.place || !w.after.pending.includes(p)) return false;
    const route = book.provisions.get(p.route);
    const stands = route?.grants?.status ? statusTerms(book, route.grants.status)?.terms.stands : undefined;
    const where = route ? (filingAt(route, p.filed)?.where ?? []) : [];
    return where.includes('consulate') && !where.includes('abroad') && stands !== 'citizenship';
  });
}

/** What a status lets one do, where it is granted for the first time: a permit that forbids work is no help to who lives by it. */
function allowedWords(book: LawBook, w: WalkedLeg, lang: Lang): string[] {
  const status = w.provision?.grants?.status;
  if (status === undefined || (w.before.holdings ?? []).some((h) => h.status === status)) return [];
  const says = statusTerms(book, status)?.terms.rights?.says;
  return says ? [`${say(lang, 'What it allows', 'Что разрешено')}: ${says[lang].replace(/\.$/, '')}.`] : [];
}

/** Where, on what basis, until when: one sentence each. */
export function legTerms(book: LawBook, w: WalkedLeg, lang: Lang): string[] {
  const { leg } = w;
  const out: string[] = [];
  switch (leg.kind) {
    case 'enter': {
      const title = legTitle(w, lang);
      out.push(say(lang, `On this basis: ${title}.`, `Основание: ${title}.`));
      if (w.after.pending.length < w.before.pending.length)
        out.push(
          say(
            lang,
            'You leave a claim for asylum behind: in most countries leaving ends it, and it may not be possible to take it up again. Speak to a lawyer before you go.',
            'Вы уезжаете, не дождавшись ответа по убежищу: в большинстве стран отъезд прекращает дело, и возобновить его может не получиться. До отъезда поговорите с юристом.',
          ),
        );
      if (leavesConsulate(book, w))
        out.push(
          say(
            lang,
            `You leave the country where a consulate is deciding: it may keep the passport until then, and the visa is mostly handed out where it was asked for. Ask the consulate before you file whether you can travel meanwhile, and reckon with a journey back.`,
            `Вы уезжаете из страны, где консульство ещё решает: паспорт оно может оставить у себя, а визу обычно выдают там, где подали. До подачи спросите консульство, можно ли тем временем ездить, и заложите дорогу обратно.`,
          ),
        );
      if (leg.until !== undefined)
        out.push(
          say(
            lang,
            `Last lawful day there: ${dayIn(leg.until, lang)}.`,
            `Последний законный день там: ${dayIn(leg.until, lang)}.`,
          ),
        );
      break;
    }
    case 'file':
      if (w.before.place !== undefined)
        out.push(
          say(
            lang,
            `From where you then are: ${inCountry(leg.place, 'en')}.`,
            `Где подавать: ${inCountry(leg.place, 'ru')}.`,
          ),
        );
      if (decidesClaim(w))
        out.push(
          say(
            lang,
            'As a rule it is the same procedure and nothing new is filed: the day of the decision is not in your hands.',
            'Как правило, это та же процедура и подавать ничего не нужно: день решения зависит не от вас.',
          ),
        );
      out.push(...legWindowWords(book, w, lang));
      out.push(feeWords(w, lang));
      out.push(...savingsWords(book, w, lang));
      break;
    case 'await': {
      const waits = w.before.pending.find((p) => p.route === leg.route);
      if (waits?.late)
        out.push(
          say(
            lang,
            'You have asked already; the answer is overdue, or the day you filed was not told: when it comes nobody can tell, the time is counted from today.',
            'Вы уже подали. Срок ответа прошёл, или день подачи не указан: когда ответят, не знает никто, время считается с сегодняшнего дня.',
          ),
        );
      else if (waits && !w.filed)
        out.push(
          say(
            lang,
            `You have asked already (${dayIn(waits?.filed ?? leg.day, lang)}): nothing is to be filed.`,
            `Вы уже подали (${dayIn(waits?.filed ?? leg.day, lang)}): подавать ничего не нужно.`,
          ),
        );
      if (waits?.inCountry && w.before.place !== waits.place && !w.provision?.grants?.document)
        out.push(
          say(
            lang,
            `You asked for it ${inCountry(waits.place, 'en')} and have left: whether you may come back in on the approval alone, without a visa or a card, the law here does not say. Ask the office before you leave.`,
            `Вы подали ${inCountry(waits.place, 'ru')} и уехали: пустят ли обратно по одному решению, без визы или карты, из базы не следует. Спросите ведомство до отъезда.`,
          ),
        );
      if (leg.until !== undefined)
        out.push(
          say(
            lang,
            `If granted, it runs until ${dayIn(leg.until, lang)}.`,
            `Если одобрят, действует до ${dayIn(leg.until, lang)}.`,
          ),
        );
      out.push(...allowedWords(book, w, lang));
      // What the law says of its length: mostly that it is a longest, or hangs on a contract.
      if (leg.until !== undefined && w.provision?.grants?.says)
        out.push(`${fillText(w.provision.grants.says, w.provision, leg.day)[lang].replace(/\.$/, '')}.`);
      break;
    }
  }
  return out;
}

function feeWords(w: WalkedLeg, lang: Lang): string {
  const fees = w.provision ? feesOf(w.provision, w.leg.day) : undefined;
  if (fees === undefined || fees.length === 0) return say(lang, 'Fee: not known.', 'Пошлина: неизвестна.');
  return `${say(lang, 'Fee', 'Пошлина')}: ${fees.map((m) => sayMoney(m, lang)).join(' + ')}.`;
}

/**
 * Why the move is open, in one sentence: its own requirements that hold, at most three by name; and on what it opens only if that is so,
 * since it was not told (`supposed`).
 */
export function reasonSentence(
  because: readonly Because[],
  lang: Lang,
  supposed: ReadonlySet<string> = new Set(),
): string | undefined {
  const own = because.filter((b) => b.role === 'requires' && b.under === undefined && b.outcome === 'yes');
  const listed = (rows: readonly Because[]): string => {
    const named = rows
      .slice(0, NAMED)
      .map((b) => lower(b.says[lang].replace(/\.$/, '')))
      .join('; ');
    const more = rows.length - NAMED;
    return more > 0
      ? say(
          lang,
          `${named}; and ${more} more`,
          `${named}; и ещё ${more} ${plural(more, 'ru', ['условие', 'условия', 'условий'])}`,
        )
      : named;
  };
  const met = own.filter((b) => !supposed.has(b.id));
  const hoped = own.filter((b) => supposed.has(b.id));
  const out = [
    ...(met.length ? [say(lang, `Why it is open: ${listed(met)}.`, `Почему это возможно: ${listed(met)}.`)] : []),
    ...(hoped.length
      ? [
          say(
            lang,
            `Only if this is so by then, which nothing you told shows: ${listed(hoped)}.`,
            `Только если к тому времени верно то, чего из ваших ответов не видно: ${listed(hoped)}.`,
          ),
        ]
      : []),
  ];
  return out.length ? out.join(' ') : undefined;
}

/** So many requirements are named. */
const NAMED = 3;

/** The first letter small, unless the word is an abbreviation or a name in capitals. */
const lower = (s: string): string =>
  /^(\p{Lu}\p{Ll}|[AВСУКО] )/u.test(s) && !/^(I|EU|ЕС)\b/.test(s) && !NAMES.test(s)
    ? s[0]?.toLowerCase() + s.slice(1)
    : s;
const NAMES =
  /^(Russian|German|French|Georgian|Armenian|Serbian|Kazakh|European|English|Schengen|Germany|France|Georgia|Armenia|Serbia|Kazakhstan|Russia|Голубая|Германия|Франция|Грузия|Армения|Сербия|Казахстан|Россия)/;

/** A danger of a leg: whom it concerns, what is known, of which day that is. */
export function dangerWords(p: Provision, d: LegDanger, day: Day, lang: Lang): string {
  return `${dangerLead(d, lang)}: ${dangerText(p, day, lang)}`;
}

/** Whom a danger concerns, as far as is known: `Danger, it may concern you`. */
export function dangerLead(d: LegDanger, lang: Lang): string {
  if (d.of === 'notice') return say(lang, 'To know', 'Имейте в виду');
  if (d.outcome === true) return say(lang, 'Danger, it concerns you', 'Опасность, она касается вас');
  return d.once
    ? say(
        lang,
        'Danger, it concerned people in your position when it was last known',
        'Опасность, по последним известным сведениям она касалась людей в вашем положении',
      )
    : say(lang, 'Danger, it may concern you', 'Опасность, может касаться вас');
}

/** What a danger is, with the day of the evidence. */
export function dangerText(p: Provision, day: Day, lang: Lang): string {
  const says = fillText(p.says ?? p.title, p, day)[lang].replace(/\.$/, '');
  return `${says}. ${say(lang, `Evidence of ${dayIn(p.verified.on, lang)}`, `Сведения на ${dayIn(p.verified.on, lang)}`)}${day > p.expires ? say(lang, ', past its day: verify', ', срок прошёл: проверьте') : ''}.`;
}

/** What can be done about a danger, where a source says so; `undefined` where none does. */
export function adviceWords(p: Provision, day: Day, lang: Lang): string | undefined {
  const advice = (p.advice ?? []).filter((a) => (a.from ?? day) <= day && day <= (a.to ?? day));
  if (advice.length === 0) return undefined;
  return `${say(lang, 'What can be done', 'Что можно сделать')}: ${advice.map((a) => fillText(a.says, p, day)[lang]).join(' ')}`;
}

/** That the law behind a leg must be looked up again, where its evidence is past its day. */
export function oldEvidence(p: Provision, day: Day, lang: Lang): string | undefined {
  return day > p.expires
    ? say(
        lang,
        `verify: evidence of ${dayIn(p.verified.on, lang)}`,
        `проверьте: сведения на ${dayIn(p.verified.on, lang)}`,
      )
    : undefined;
}

/** Known fees; that others are not known is said with them: an unknown fee is not nothing. */
export function costWords(plan: Plan, lang: Lang): string {
  const known = sayMoney({ amount: plan.metrics.costEur, currency: 'EUR' }, lang);
  const open = plan.legs.some((l) => l.doubts.some((d) => d.kind === 'fee-not-known'));
  if (!open) return known;
  return plan.metrics.costEur === 0
    ? say(lang, 'not known', 'неизвестны')
    : say(lang, `${known}, others not known`, `${known}, остальные неизвестны`);
}

/** That years of lawful stay end as a visitor's, with nothing held after it. */
function visitorWords(until: Day | undefined, lang: Lang): string {
  const day = (l: Lang): string =>
    until === undefined ? '' : say(l, ` on ${dayIn(until, l)}`, `: ${dayIn(until, l)}`);
  return say(
    lang,
    `It ends as a visitor: no permit is held by then, and the stay there ends${day('en')}. Where to go after that is to be found in time.`,
    `В конце вы только гость: разрешения к тому времени нет, и законный срок там кончается${day('ru')}. Куда дальше, нужно решить заранее.`,
  );
}

/** Time, discretion, money, refusals, days without status and in danger: a sentence each. */
export function summaryWords(plan: Plan, lang: Lang): string[] {
  const m = plan.metrics;
  const d = m.discretionarySteps;
  const lines = [
    say(
      lang,
      `${sayCount(m.daysToGoal, 'day', lang)} from now; ${d === 0 ? 'no decision at discretion' : `${d} ${plural(d, 'en', ['decision', 'decisions', 'decisions'])} at discretion`}; fees: ${costWords(plan, lang)}.`,
      `Срок: ${sayCount(m.daysToGoal, 'day', lang)}; решений на усмотрение властей: ${d}; пошлины: ${costWords(plan, lang)}.`,
    ),
    survivalWords(plan, lang),
  ];
  if (plan.ends?.as === 'visitor') lines.push(visitorWords(plan.ends.until, lang));
  if (m.unlawfulDays > 0)
    lines.push(
      say(
        lang,
        `${sayCount(m.unlawfulDays, 'day', lang)} of it without lawful status, counted from where you stand now.`,
        `Из них без законного статуса, считая от нынешнего положения: ${sayCount(m.unlawfulDays, 'day', lang)}.`,
      ),
    );
  if (adrift(plan))
    lines.push(
      say(
        lang,
        'Part of the time it waits where no source says that you may stay until the answer: without a written yes you would be there unlawfully.',
        'Часть времени ждать ответа придётся там, где ни один источник не говорит, что до него можно оставаться: без письменного подтверждения это было бы незаконно.',
      ),
    );
  if (m.dangerDays > 0)
    lines.push(
      say(
        lang,
        `${sayCount(m.dangerDays, 'day', lang)} in countries where a danger concerns you, or may.`,
        `В странах, где есть опасность, которая вас касается или может касаться: ${sayCount(m.dangerDays, 'day', lang)}.`,
      ),
    );
  return lines;
}

/**
 * What becomes of a plan after a refusal. A way on is looked for only after decisions that may be no although every condition is
 * met (`fallback.ts`): where there is none of them, nothing has been tried, and "survives" would promise too much.
 */
export function survivalWords(plan: Plan, lang: Lang): string {
  if (!plan.legs.some((l) => l.fallback))
    return say(
      lang,
      'If you meet the conditions, no answer in it may be no. What you could do if one is no all the same was not looked for.',
      'Если условия выполнены, отказать в нём не могут. Что делать, если всё же откажут, здесь не искали.',
    );
  return plan.survivesAnyOneRefusal
    ? say(
        lang,
        'It survives any one refusal: each has a lawful way on.',
        'Выдержит любой один отказ: после каждого есть законное продолжение.',
      )
    : say(
        lang,
        'It does not survive every refusal: see the steps where no way on was found.',
        'Выдержит не всякий отказ: посмотрите шаги, после которых продолжения не нашлось.',
      );
}

/** That an answer is awaited, and what leaving before it comes means; `undefined` where none is. */
export function awaitedWords(start: Situation, lang: Lang): string | undefined {
  if (start.pending.length === 0) return undefined;
  return say(
    lang,
    'You wait for an answer. A plan that goes to another country before it comes does not count on it any more: leaving ends most claims. What asking for something else meanwhile does to it, the law here mostly does not say. Speak to a lawyer before you do either.',
    'Вы ждёте ответа. План с отъездом до ответа на него уже не рассчитывает: отъезд обычно прекращает дело. Как на него повлияет другое заявление, поданное тем временем, в базе чаще всего не сказано. Прежде чем делать то или другое, поговорите с юристом.',
  );
}

/** That no plan found keeps out of a known danger; `undefined` where one does, or there is none. `toldOfFear`: protection was spoken of already. */
export function allGraveWords(plans: readonly Plan[], goal: Goal, lang: Lang, toldOfFear = false): string | undefined {
  if (plans.length === 0 || !plans.every((p) => graveWords(p, lang) !== undefined)) return undefined;
  const asked = goal.kind === 'protection' || toldOfFear;
  return say(
    lang,
    `No plan was found that keeps out of every known danger to you. Do not set out on any of these before you have spoken to a lawyer or a rights group.${asked ? '' : ' If you fear return, look also at --goal protection.'}`,
    `Не нашлось плана, который обходил бы все известные опасности для вас. Не начинайте ни одного из них, не поговорив с юристом или правозащитниками.${asked ? '' : ' Если вы боитесь возвращения, посмотрите и --goal protection.'}`,
  );
}

/** That every plan found rests on an answer few people can give; `undefined` where one does not, or there is none. */
export function allRareWords(plans: readonly Plan[], lang: Lang): string | undefined {
  if (plans.length === 0 || !plans.every((p) => p.rare)) return undefined;
  return say(
    lang,
    'Every plan found rests on an answer that few people can give (ancestry, fame, more money than you told of). Read first what each rests on. Likelier ways that take longer may exist: see also what "check" says of each route.',
    'Каждый найденный план опирается на ответ, который могут дать немногие (происхождение, известность, больше денег, чем вы сообщили). Сначала прочитайте, на что он опирается. Могут быть пути дольше, но вероятнее: посмотрите и что говорит check о каждом статусе.',
  );
}

/** That a plan goes or keeps the person where a known danger concerns them; `undefined` where it does neither. */
export function graveWords(plan: Plan, lang: Lang): string | undefined {
  const names = (codes: readonly string[]) => [...new Set(codes)].map((c) => countryName(c, lang));
  const grave = gravePlaces(plan);
  const entered = names(grave.entered);
  const waited = names(grave.waited.filter((c) => !grave.entered.includes(c)));
  if (entered.length === 0 && waited.length === 0) return undefined;
  const goes = say(
    lang,
    `It goes where a known danger concerns you (${entered.join(', ')}).`,
    `В этом плане есть страна, где известная опасность касается именно вас (${entered.join(', ')}).`,
  );
  const keeps = say(
    lang,
    `It keeps you waiting where a known danger concerns you (${waited.join(', ')}).`,
    `Ждать придётся там, где известная опасность касается именно вас (${waited.join(', ')}).`,
  );
  const then = say(
    lang,
    'Read that step before anything else, and speak to a lawyer first.',
    'Сначала прочитайте этот шаг и поговорите с юристом.',
  );
  return [...(entered.length ? [goes] : []), ...(waited.length ? [keeps] : []), then].join(' ');
}

/** That an offer, a place to study or a company is still to come, and how long that is reckoned to take. */
const toFind = (months: number, lang: Lang): string =>
  say(
    lang,
    ` (still to come: you told of none that fits; ${months} months from now are reckoned for it)`,
    ` (этого пока нет: подходящего в файле нет; на поиск мы отводим ${months} ${plural(months, 'ru', ['месяц', 'месяца', 'месяцев'])})`,
  );

/**
 * An answer that a plan takes for granted: `Criminal conviction outside politics: no (the usual answer)`. Beside a sum that is
 * assumed stand the savings told (`cash`): a plan that needs more than there is should not look like one that is open.
 */
export function assumptionWords(book: LawBook, x: Assumption, lang: Lang, cash?: Money): string {
  const def = book.schema.facts.get(x.fact);
  const value =
    x.value === undefined ? say(lang, 'to be told', 'нужно указать') : valueWords(book, x.fact, x.value, lang);
  const usual = x.usual ? say(lang, ' (the usual answer)', ' (обычный ответ)') : '';
  const learnt =
    x.told === undefined || !def
      ? ''
      : growingList(x.fact)
        ? toFind(monthsToFind(book.schema, x.fact), lang)
        : say(
            lang,
            ` (you told of ${valueWords(book, x.fact, x.told, 'en')}; ${monthsALevel(def)} months a level are reckoned for learning it)`,
            ` (в файле — ${valueWords(book, x.fact, x.told, 'ru')}; на каждый уровень мы отводим ${monthsALevel(def)} ${plural(monthsALevel(def), 'ru', ['месяц', 'месяца', 'месяцев'])})`,
          );
  const sum = cash && def?.type.t === 'money' && def.type.per === 'once';
  const beside = sum
    ? say(
        lang,
        ` (the file tells of savings of ${sayMoney(cash, 'en')}: compare it with the sum that this step asks for)`,
        ` (в файле сбережения — ${sayMoney(cash, 'ru')}: сравните с суммой, которую требует этот шаг)`,
      )
    : '';
  return `${def ? factLabel(book, x.fact, lang) : x.fact}: ${value}${usual}${learnt}${beside}`;
}
