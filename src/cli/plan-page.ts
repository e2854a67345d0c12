/** Plans as a page for people. */
import { parseDay } from '../calendar/civil.ts';
import type { Because, SourceRef } from '../check/because.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang, plural, sayCount, sayDay, sayMoney } from '../law/say.ts';
import { feesOf } from '../moves/moves.ts';
import type { Person } from '../person/types.ts';
import type { Fallback, Plan } from '../plan/types.ts';
import { changeWords, factLabel, valueWords } from './change-words.ts';
import { closing } from './closing.ts';
import type { Run } from './context.ts';
import { countryName, inCountry, titleWithCountry, toCountry } from './countries.ts';
import { Page } from './page.ts';
import type { PlanAnswer, WalkedPlan } from './plan-answer.ts';
import { legSources } from './plan-json.ts';
import type { WalkedLeg } from './plan-legs.ts';
import { decisionWords, doubtWords, goalWords, nothingWhy } from './plan-words.ts';
import { standing } from './stand-page.ts';

const BEST = 3;
/** Sources named beside one leg: the weightiest; the JSON has them all. */
const CITED = 4;

export function planPage(book: LawBook, a: PlanAnswer, person: Person, run: Run, all: boolean): string {
  const { lang } = run;
  const page = new Page(run);
  page.title(
    page.t(
      `Plan for ${person.name}, as of ${sayDay(a.start.on, lang)}`,
      `План. Имя в файле: ${person.name}. На ${sayDay(a.start.on, lang)} года`,
    ),
  );
  page.para(page.t(`Goal: ${goalWords(a.goal).en}`, `Цель: ${goalWords(a.goal).ru}`), 0);
  standing(page, book, a.start, lang);
  if (a.plans.length === 0) nothing(page, book, a, lang);
  const shown = all ? a.plans : a.plans.slice(0, BEST);
  shown.forEach((p, i) => {
    onePlan(page, book, p, i + 1, a, lang);
  });
  const more = a.plans.length - shown.length;
  if (more > 0) {
    page.gap();
    page.para(
      page.t(
        `${more} more ${plural(more, 'en', ['plan', 'plans', 'plans'])}: add --all to see ${more === 1 ? 'it' : 'them'}.`,
        `Ещё ${more} ${plural(more, 'ru', ['план', 'плана', 'планов'])}: добавьте --all, чтобы увидеть.`,
      ),
      0,
    );
  }
  if (!a.complete && a.plans.length) {
    page.gap();
    page.para(
      page.t(
        'The search was stopped before everything was looked at: there may be a better plan.',
        'Поиск остановлен раньше, чем просмотрено всё: может найтись план лучше.',
      ),
      0,
      '',
      'warn',
    );
  }
  page.sources();
  closing(page, book, a.uncovered, lang);
  return page.text();
}

function nothing(page: Page, book: LawBook, a: PlanAnswer, lang: Lang): void {
  page.heading(page.t('No plan was found', 'План не найден'));
  page.para(nothingWhy(a)[lang]);
  for (const r of a.nearest) {
    page.gap();
    page.para(`${titleWithCountry(r, lang, book)}`, 2, '- ', 'bold');
    const change = r.nearest[0];
    if (change) page.para(changeWords(book, change, lang), 4);
    if (r.verify)
      page.para(
        page.t(
          `verify: evidence of ${sayDayText(r.verifiedOn, lang)}`,
          `проверьте: сведения на ${sayDayText(r.verifiedOn, lang)} года`,
        ),
        4,
        '',
        'warn',
      );
    const cited = page.notes.cite(r.sources.slice(0, CITED));
    if (cited) page.para(`${page.t('Sources', 'Источники')}: ${cited}`, 4, '', 'dim');
  }
}

const sayDayText = (iso: string, lang: Lang): string => sayDay(parseDay(iso) as number, lang);

function onePlan(page: Page, book: LawBook, { plan, legs }: WalkedPlan, n: number, a: PlanAnswer, lang: Lang): void {
  const end = legs.at(-1)?.leg.day ?? a.start.on;
  page.heading(page.t(`Plan ${n}: the goal on ${sayDay(end, lang)}`, `План ${n}: цель ${sayDay(end, lang)} года`));
  const grave = [
    ...new Set(
      plan.legs.flatMap((l) => (l.dangers.some((x) => x.outcome === true) && l.kind === 'enter' ? [l.country] : [])),
    ),
  ];
  if (grave.length) {
    page.para(
      page.t(
        `It goes where a known danger concerns you (${grave.map((c) => countryName(c, 'en')).join(', ')}). Read that step before anything else, and speak to a lawyer first.`,
        `В этом плане есть страна, где известная опасность касается именно вас (${grave.map((c) => countryName(c, 'ru')).join(', ')}). Сначала прочитайте этот шаг и поговорите с юристом.`,
      ),
      2,
      '! ',
      'warn',
    );
  }
  for (const line of summary(page, plan, lang)) page.para(line, 2);
  const warned = new Set<string>();
  legs.forEach((w, i) => {
    page.gap();
    oneLeg(page, book, w, i + 1, warned, lang);
  });
  const assumed = plan.assumes;
  if (assumed.length) {
    page.gap();
    page.para(page.t('This plan rests on what you have not told:', 'План опирается на то, чего вы не сообщили:'), 2);
    for (const x of assumed) {
      const def = book.schema.facts.get(x.fact);
      const value =
        x.value === undefined ? page.t('to be told', 'нужно указать') : valueWords(book, x.fact, x.value, lang);
      const usual = x.usual ? page.t(' (the usual answer)', ' (обычный ответ)') : '';
      page.para(`${def ? factLabel(book, x.fact, lang) : x.fact}: ${value}${usual}`, 4, '- ');
    }
  }
}

function summary(page: Page, plan: Plan, lang: Lang): string[] {
  const m = plan.metrics;
  const d = m.discretionarySteps;
  const lines = [
    page.t(
      `${sayCount(m.daysToGoal, 'day', lang)} from now; ${d === 0 ? 'no decision at discretion' : `${d} ${plural(d, 'en', ['decision', 'decisions', 'decisions'])} at discretion`}; fees that are known: ${sayMoney({ amount: m.costEur, currency: 'EUR' }, lang)}.`,
      `Срок: ${sayCount(m.daysToGoal, 'day', lang)}; решений на усмотрение властей: ${d}; известные пошлины: ${sayMoney({ amount: m.costEur, currency: 'EUR' }, lang)}.`,
    ),
    plan.survivesAnyOneRefusal
      ? page.t(
          'It survives any one refusal: each has a lawful way on.',
          'Выдержит любой один отказ: после каждого есть законное продолжение.',
        )
      : page.t(
          'It does not survive every refusal: see the steps where no way on was found.',
          'Выдержит не всякий отказ: посмотрите шаги, после которых продолжения не нашлось.',
        ),
  ];
  if (m.unlawfulDays > 0)
    lines.push(
      page.t(
        `${sayCount(m.unlawfulDays, 'day', lang)} of it without lawful status, counted from where you stand now.`,
        `Из них без законного статуса, считая от нынешнего положения: ${sayCount(m.unlawfulDays, 'day', lang)}.`,
      ),
    );
  if (m.dangerDays > 0)
    lines.push(
      page.t(
        `${sayCount(m.dangerDays, 'day', lang)} in countries where a danger concerns you, or may.`,
        `В странах, где есть опасность, которая вас касается или может касаться: ${sayCount(m.dangerDays, 'day', lang)}.`,
      ),
    );
  return lines;
}

function oneLeg(page: Page, book: LawBook, w: WalkedLeg, n: number, warned: Set<string>, lang: Lang): void {
  const { leg, provision } = w;
  const title = provision
    ? fillText(provision.title, provision, leg.day)[lang]
    : leg.kind === 'enter'
      ? leg.under
      : leg.route;
  const where = w.before.place;
  const day = lang === 'ru' ? `${sayDay(leg.day, lang)} года` : sayDay(leg.day, lang);
  const mark = `${n}. `;
  const inset = 2 + mark.length;
  switch (leg.kind) {
    case 'enter':
      page.para(
        page.t(`${day}: go ${toCountry(leg.country, 'en')}`, `${day}: переезд ${toCountry(leg.country, 'ru')}`),
        2,
        mark,
        'bold',
      );
      page.para(page.t(`On this basis: ${title}.`, `Основание: ${title}.`), inset);
      if (leg.until !== undefined)
        page.para(
          page.t(
            `Last lawful day there: ${sayDay(leg.until, lang)}.`,
            `Последний законный день там: ${sayDay(leg.until, lang)} года.`,
          ),
          inset,
        );
      break;
    case 'file':
      page.para(page.t(`${day}: apply for ${title}`, `${day}: подать заявление — ${title}`), 2, mark, 'bold');
      if (where)
        page.para(
          page.t(
            `From where you then are: ${inCountry(leg.place, 'en')}.`,
            `Где подавать: ${inCountry(leg.place, 'ru')}.`,
          ),
          inset,
        );
      page.para(feeWords(page, w, lang), inset);
      break;
    case 'await':
      page.para(page.t(`${day}: the answer on ${title}`, `${day}: ответ по заявлению — ${title}`), 2, mark, 'bold');
      if (leg.until !== undefined)
        page.para(
          page.t(
            `If granted, it runs until ${sayDay(leg.until, lang)}.`,
            `Если одобрят, действует до ${sayDay(leg.until, lang)} года.`,
          ),
          inset,
        );
      break;
  }
  if (leg.decision && leg.kind === 'file') page.para(decisionWords(leg.decision)[lang], inset);
  const sources: SourceRef[] = legSources(book, w);
  if (leg.kind !== 'await') {
    const reason = reasonSentence(
      page,
      w.reasons.flatMap((r) => r.because),
      lang,
    );
    if (reason) page.para(reason, inset);
  }
  for (const d of leg.doubts)
    page.para(`${page.t('Not certain', 'Неясно')}: ${doubtWords(book, d, leg.day)[lang]}`, inset);
  for (const d of leg.dangers) {
    if (warned.has(d.provision)) continue;
    warned.add(d.provision);
    const p = book.provisions.get(d.provision);
    if (!p) continue;
    const says = fillText(p.says ?? p.title, p, leg.day)[lang].replace(/\.$/, '');
    const who =
      d.outcome === true
        ? page.t('Danger, it concerns you', 'Опасность, она касается вас')
        : page.t('Danger, it may concern you', 'Опасность, может касаться вас');
    const cited = page.notes.cite(
      p.verified.against.flatMap((id) =>
        p.sources[id] ? [{ id, provision: p.id, ...p.sources[id] } as SourceRef] : [],
      ),
    );
    page.para(
      `${who}: ${says}. ${page.t(`Evidence of ${sayDay(p.verified.on, lang)}`, `Сведения на ${sayDay(p.verified.on, lang)} года`)}${leg.day > p.expires ? page.t(', past its day: verify', ', срок прошёл: проверьте') : ''}. ${cited}`,
      inset,
      '! ',
      'warn',
    );
  }
  if (leg.fallback) page.para(fallbackWords(page, book, leg.fallback, lang), inset);
  if (provision && leg.day > provision.expires && leg.kind !== 'await')
    page.para(
      page.t(
        `verify: evidence of ${sayDay(provision.verified.on, lang)}`,
        `проверьте: сведения на ${sayDay(provision.verified.on, lang)} года`,
      ),
      inset,
      '',
      'warn',
    );
  if (leg.kind !== 'await') {
    const own = sources.filter((x) => x.provision === provision?.id);
    const cited = page.notes.cite((own.length ? own : sources).slice(0, CITED));
    if (cited) page.para(`${page.t('Sources', 'Источники')}: ${cited}`, inset, '', 'dim');
  }
}

function feeWords(page: Page, w: WalkedLeg, lang: Lang): string {
  const fees = w.provision ? feesOf(w.provision, w.leg.day) : undefined;
  if (fees === undefined || fees.length === 0) return page.t('Fee: not known.', 'Пошлина: неизвестна.');
  return `${page.t('Fee', 'Пошлина')}: ${fees.map((m) => sayMoney(m, lang)).join(' + ')}.`;
}

/** Why the move is open, in one sentence: its own requirements that hold, at most three by name. */
function reasonSentence(page: Page, because: readonly Because[], lang: Lang): string | undefined {
  const own = because.filter((b) => b.role === 'requires' && b.under === undefined);
  const met = own.filter((b) => b.outcome === 'yes').map((b) => lower(b.says[lang].replace(/\.$/, '')));
  if (met.length === 0) return undefined;
  const named = met.slice(0, 3).join('; ');
  const more = met.length - 3;
  return more > 0
    ? page.t(
        `Why it is open: ${named}; and ${more} more.`,
        `Почему это возможно: ${named}; и ещё ${more} ${plural(more, 'ru', ['условие', 'условия', 'условий'])}.`,
      )
    : page.t(`Why it is open: ${named}.`, `Почему это возможно: ${named}.`);
}

/** The first letter small, unless the word is an abbreviation or a name in capitals. */
const lower = (s: string): string =>
  /^(\p{Lu}\p{Ll}|[AВСУКО] )/u.test(s) && !/^(I|EU|ЕС)\b/.test(s) && !NAMES.test(s)
    ? s[0]?.toLowerCase() + s.slice(1)
    : s;
const NAMES =
  /^(Russian|German|French|Georgian|Armenian|Serbian|Kazakh|European|English|Schengen|Germany|France|Georgia|Armenia|Serbia|Kazakhstan|Russia|Голубая|Германия|Франция|Грузия|Армения|Сербия|Казахстан|Россия)/;

function fallbackWords(page: Page, book: LawBook, f: Fallback, lang: Lang): string {
  const head = page.t(
    `If refused, or nothing by ${sayDay(f.on, lang)}: `,
    `Если откажут или до ${sayDay(f.on, lang)} года не ответят: `,
  );
  const step = f.steps[0];
  const stay =
    f.lawfulUntil === undefined
      ? ''
      : f.lawfulUntil >= f.on
        ? page.t(
            `you may stay until ${sayDay(f.lawfulUntil, lang)}`,
            `можно оставаться до ${sayDay(f.lawfulUntil, lang)} года`,
          )
        : page.t(
            `your lawful stay will have ended on ${sayDay(f.lawfulUntil, lang)}`,
            `законное пребывание закончится ещё ${sayDay(f.lawfulUntil, lang)} года`,
          );
  if (step?.kind === 'enter') {
    const title = book.provisions.get(step.under)?.title[lang] ?? step.under;
    const go = page.t(
      `go ${toCountry(step.country, 'en')} by ${sayDay(step.day, lang)} (${title})`,
      `не позже ${sayDay(step.day, lang)} года уехать ${toCountry(step.country, 'ru')} (${title})`,
    );
    return `${head}${[stay, go].filter(Boolean).join('; ')}.`;
  }
  if (f.none)
    return `${head}${stay ? `${stay}; ` : ''}${page.t(
      'no lawful way on was found that rests on nothing unknown. Speak to a lawyer before you file.',
      'законного продолжения, которое не зависит от неизвестного, не нашлось. Поговорите с юристом до подачи.',
    )}`;
  return `${head}${page.t('you go on as you were', 'остаётся всё как было')}${stay ? `; ${stay}` : ''}.`;
}
