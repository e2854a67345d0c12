/** Plans as a page for people. */

import { banWords } from '../answers/ban-words.ts';
import { changeWords } from '../answers/change-words.ts';
import { countryName, titleWithCountry } from '../answers/countries.ts';
import { legFallbackWords } from '../answers/fallback-words.ts';
import { fearWords } from '../answers/fear-words.ts';
import { contactWords, helpSentence, legHelp } from '../answers/leg-help.ts';
import { paperLimit, paperWords } from '../answers/leg-papers.ts';
import { legRemarks, noteWords, remarkWords } from '../answers/leg-remarks.ts';
import {
  adviceWords,
  allGraveWords,
  allRareWords,
  assumptionWords,
  awaitedWords,
  dangerWords,
  graveWords,
  legDoes,
  legTerms,
  oldEvidence,
  reasonSentence,
  summaryWords,
} from '../answers/leg-words.ts';
import { littleToldWords } from '../answers/little-told.ts';
import { lookedAtWords, oneFrontWords } from '../answers/looked-at.ts';
import { shortWords } from '../answers/money-words.ts';
import { nearerAsk, nearerLead, nearerWords } from '../answers/nearer.ts';
import { ownCountries, ownCountryWords } from '../answers/own-countries.ts';
import type { PlanAnswer, Question, WalkedPlan } from '../answers/plan-answer.ts';
import { legSources } from '../answers/plan-json.ts';
import type { WalkedLeg } from '../answers/plan-legs.ts';
import { alreadyThere, decisionWords, doubtWords, goalWords, nothingWhy } from '../answers/plan-words.ts';
import { rareLine } from '../answers/rare-words.ts';
import { dayIn, isoIn } from '../answers/say.ts';
import { shunnedLead, shunnedWords } from '../answers/shunned.ts';
import type { Still } from '../answers/still.ts';
import { stillWords } from '../answers/still-words.ts';
import { toComeWords } from '../answers/to-come.ts';
import { familyDangers, familyLines, familySummary } from '../answers/together-words.ts';
import type { WhyNot } from '../answers/why-not.ts';
import type { SourceRef } from '../check/because.ts';
import type { LawBook } from '../law/book.ts';
import { fillText, type Lang, plural, sayDay } from '../law/say.ts';
import { helpHere } from '../moves/helpers.ts';
import type { Person } from '../person/types.ts';
import type { Day } from '../rules/ir.ts';
import { closing } from './closing.ts';
import type { Run } from './context.ts';
import { hereOf } from './here-page.ts';
import { Page } from './page.ts';
import { standing } from './stand-page.ts';

const BEST = 3;
/** Ways that rest on a rare answer, named in a line each. */
const FEW_RARE = 6;
/** Help for who is in danger; programmes of study and work stand beside the legs and in `check`. */
const URGENT: ReadonlySet<string> = new Set(['legal-aid', 'shelter', 'evacuation', 'official']);
/** Sources named beside one leg: the weightiest; the JSON has them all. */
const CITED = 4;

export type PlanPage = {
  /** Every plan, not only the best. */
  readonly all: boolean;
  /** One front of all countries was asked for. */
  readonly oneFront: boolean;
  readonly still: Still | undefined;
};

export function planPage(book: LawBook, a: PlanAnswer, person: Person, run: Run, how: PlanPage): string {
  const { lang } = run;
  const { all, oneFront, still } = how;
  const page = new Page(run);
  page.title(
    page.t(
      `Plan for ${person.name}, as of ${sayDay(a.start.on, lang)}`,
      `План. Имя в файле: ${person.name}. На ${sayDay(a.start.on, lang)} года`,
    ),
  );
  page.para(page.t(`Goal: ${goalWords(a.goal).en}`, `Цель: ${goalWords(a.goal).ru}`), 0);
  standing(page, book, a.start, lang);
  for (const own of ownCountries(book, a.start)) {
    const [first, ...rest] = ownCountryWords(book, own, a.start, lang);
    page.gap();
    page.para(first as string, 0, '* ');
    for (const words of rest) page.para(words, 2);
  }
  if (still) {
    page.heading(
      page.t(`Against the plans of ${sayDay(still.on, lang)}`, `По сравнению с планами на ${dayIn(still.on, lang)}`),
    );
    for (const line of stillWords(book, still, a, lang)) {
      page.para(line.says, 2, line.grave ? '! ' : '- ', line.grave ? 'warn' : undefined);
      for (const more of line.more) page.para(more, 4);
    }
  }
  const little = littleToldWords(a.start, lang);
  if (little) {
    page.gap();
    page.para(little, 0, '! ', 'warn');
  }
  const fear = fearWords(a.start, a.goal, lang);
  if (fear) {
    page.gap();
    page.para(`${fear} ${page.t('Add --goal protection.', 'Добавьте --goal protection.')}`, 0, '! ', 'warn');
  }
  const banned = banWords(book, a.start, lang);
  if (banned) {
    page.gap();
    page.para(banned, 0, '! ', 'warn');
  }
  if (a.plans.length === 0) nothing(page, book, a, lang);
  const awaited = awaitedWords(a.start, lang);
  if (awaited) {
    page.gap();
    page.para(awaited, 0);
  }
  if (a.shunned.length) {
    page.gap();
    page.para(shunnedLead(lang), 0, '! ', 'warn');
    for (const x of a.shunned) page.para(shunnedWords(book, x, a.start, lang), 2, '- ');
  }
  const grave = allGraveWords(
    a.plans.map((p) => p.plan),
    a.goal,
    lang,
    fear !== undefined,
  );
  if (grave) {
    page.gap();
    page.para(grave, 0, '! ', 'warn');
    const urgent =
      a.start.place === undefined ? [] : helpHere(book, a.start).here.filter((p) => URGENT.has(p.what ?? ''));
    if (urgent.length) page.para(page.t('Who helps:', 'Кто помогает:'), 2);
    for (const p of urgent) page.para(`${fillText(p.says ?? p.title, p, a.start.on)[lang]}${contactWords(p)}`, 2, '- ');
  }
  const rare = allRareWords(
    a.plans.map((p) => p.plan),
    lang,
  );
  if (rare) {
    page.gap();
    page.para(rare, 0, '! ', 'warn');
  }
  const likely = a.plans.filter((p) => !p.plan.rare);
  const shown = all ? a.plans : likely.slice(0, BEST);
  const told: Told = new Map();
  const helped = new Set<string>();
  hereOf(page, book, a, shown, lang);
  shown.forEach((p, i) => {
    onePlan(page, book, p, i + 1, a, told, helped, lang);
  });
  if (a.nearer.length) {
    page.heading(page.t('What is nearer', 'Что ближе'));
    page.para(nearerLead(a.goal, lang));
    for (const n of a.nearer) {
      const [first, ...others] = nearerWords(n, lang);
      page.gap();
      page.para(first as string, 2, '- ', 'bold');
      for (const words of others) page.para(words, 4);
      page.para(page.t(`In full: add ${nearerAsk(n.goal)}`, `Полностью: добавьте ${nearerAsk(n.goal)}`), 4, '', 'dim');
    }
  }
  const onlyIf = all ? [] : a.plans.filter((p) => p.plan.rare).slice(0, FEW_RARE);
  if (onlyIf.length) {
    page.heading(page.t('Ways that rest on an answer few can give', 'Пути, для которых нужен редкий ответ'));
    for (const p of onlyIf) page.para(rareLine(book, p, a.start, lang), 2, '- ');
  }
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
  const looked = oneFront
    ? oneFrontWords(a.complete, lang)
    : lookedAtWords({ ...a, plans: a.plans.map((p) => p.plan) }, lang);
  const lookedAt = a.plans.length ? looked : undefined;
  if (lookedAt !== undefined) {
    page.gap();
    page.para(lookedAt, 0, '', 'warn');
  }
  if (a.question) questionPage(page, book, a.question, lang);
  if (a.why) whyPage(page, book, a.why, lang);
  page.sources();
  closing(page, book, a.uncovered, lang);
  return page.text();
}

function questionPage(page: Page, book: LawBook, q: Question, lang: Lang): void {
  const asked = book.schema.facts.get(q.fact);
  const words = asked?.question?.[lang] ?? asked?.label?.[lang] ?? q.fact;
  page.heading(page.t('Answer this first', 'Ответьте сначала на это'));
  page.para(
    page.t(
      `${words} ${q.plans} of the ${q.of} plans that no other beats rest on the answer.`,
      `${words} От ответа зависит планов: ${q.plans} из ${q.of}, которых не превосходит ни один другой.`,
    ),
  );
}

function whyPage(page: Page, book: LawBook, w: WhyNot, lang: Lang): void {
  page.heading(page.t(`Why not ${targetName(book, w.target, 'en')}`, `Почему не ${targetName(book, w.target, 'ru')}`));
  if (w.plan) {
    page.para(
      page.t(
        `There is a way: ${w.plan.metrics.daysToGoal} days, ${w.plan.metrics.moves} steps to take.`,
        `Путь есть: дней ${w.plan.metrics.daysToGoal}, шагов ${w.plan.metrics.moves}.`,
      ),
    );
    page.para(
      w.beatenBy
        ? page.t(
            `A plan to ${countryName(w.beatenBy.country, 'en', book)} is no worse in anything and better in something (${w.beatenBy.metrics.daysToGoal} days), so it comes first. Where you want to live is yours to weigh.`,
            `План в страну «${countryName(w.beatenBy.country, 'ru', book)}» ни в чём не хуже и в чём-то лучше (дней ${w.beatenBy.metrics.daysToGoal}), поэтому он раньше. Где жить — решать вам.`,
          )
        : page.t('No plan shown beats it in everything.', 'Ни один показанный план не лучше его во всём.'),
    );
    return;
  }
  page.para(
    w.complete
      ? page.t('No lawful way there was found for you.', 'Законного пути туда для вас не нашлось.')
      : page.t(
          'No lawful way there was found; the search was stopped before everything was looked at.',
          'Законного пути туда не нашлось; поиск остановлен раньше, чем просмотрено всё.',
        ),
  );
  for (const r of w.routes) {
    page.gap();
    page.para(titleWithCountry(r.check, lang, book), 2, '- ', 'bold');
    for (const b of r.against.slice(0, CITED))
      page.para(`${b.outcome === 'no' ? page.t('No', 'Нет') : page.t('Not known', 'Неизвестно')}: ${b.says[lang]}`, 4);
    if (r.never)
      page.para(
        page.t(
          'It stays closed whatever you do next, as things are told.',
          'По тому, что сказано, закрыто, что бы вы ни сделали дальше.',
        ),
        4,
      );
    else if (r.opens)
      page.para(
        page.t(`It opens by itself on ${isoIn(r.opens, lang)}.`, `Откроется само: ${isoIn(r.opens, lang)}.`),
        4,
      );
    const change = r.check.nearest[0];
    if (change) page.para(changeWords(book, change, lang), 4);
    const cited = page.notes.cite(r.check.sources.slice(0, CITED));
    if (cited) page.para(`${page.t('Sources', 'Источники')}: ${cited}`, 4, '', 'dim');
  }
}

const targetName = (book: LawBook, target: string, lang: Lang): string =>
  book.provisions.get(target)?.title[lang] ?? countryName(target, lang, book);

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
          `verify: evidence of ${isoIn(r.verifiedOn, lang)}`,
          `проверьте: сведения на ${isoIn(r.verifiedOn, lang)}`,
        ),
        4,
        '',
        'warn',
      );
    const cited = page.notes.cite(r.sources.slice(0, CITED));
    if (cited) page.para(`${page.t('Sources', 'Источники')}: ${cited}`, 4, '', 'dim');
  }
}

/** Where on the page the remarks of a provision stand already: `plan 1, step 2`, by the provision and by which of them. */
type Told = Map<string, readonly [plan: number, step: number]>;

function onePlan(
  page: Page,
  book: LawBook,
  walked: WalkedPlan,
  n: number,
  a: PlanAnswer,
  told: Told,
  helped: Set<string>,
  lang: Lang,
): void {
  const { plan, legs, together } = walked;
  if (legs.length === 0) {
    page.heading(page.t('You are there', 'Вы уже там'));
    page.para(alreadyThere(a.goal)[lang]);
    return;
  }
  const end = legs.at(-1)?.leg.day ?? a.start.on;
  page.heading(page.t(`Plan ${n}: the goal on ${sayDay(end, lang)}`, `План ${n}: цель ${sayDay(end, lang)} года`));
  const grave = graveWords(plan, lang);
  if (grave) page.para(grave, 2, '! ', 'warn');
  const short = shortWords(plan, lang);
  if (short) page.para(short, 2, '! ', 'warn');
  for (const line of [...toComeWords(book, plan, lang), ...summaryWords(plan, lang)]) page.para(line, 2);
  for (const line of together ? familySummary(book, together, legs, lang) : [])
    page.para(line.says, 2, line.grave ? '! ' : '', line.grave ? 'warn' : undefined);
  const warned = new Set<string>();
  legs.forEach((w, i) => {
    page.gap();
    oneLeg(page, book, w, [n, i + 1], warned, told, helped, a.start.on, lang);
    if (together) familyOf(page, book, walked, i, warned, lang);
  });
  const assumed = plan.assumes;
  if (assumed.length) {
    page.gap();
    page.para(
      page.t(
        'This plan rests on what you have not told, or what is still to come:',
        'План опирается на то, чего вы не сообщили или чего ещё нет:',
      ),
      2,
    );
    for (const x of assumed) page.para(assumptionWords(book, x, lang, a.start.cash), 4, '- ');
  }
}

function oneLeg(
  page: Page,
  book: LawBook,
  w: WalkedLeg,
  at: readonly [plan: number, step: number],
  warned: Set<string>,
  told: Told,
  /** Who was named as helping on this page: once is enough. */
  helped: Set<string>,
  today: Day,
  lang: Lang,
): void {
  const { leg, provision } = w;
  const mark = `${at[1]}. `;
  const inset = 2 + mark.length;
  page.para(`${dayIn(leg.day, lang)}: ${legDoes(w, lang)}`, 2, mark, 'bold');
  for (const line of legTerms(book, w, lang)) page.para(line, inset);
  const limit = paperLimit(book, w);
  if (limit) {
    const [says, can] = paperWords(book, w, limit, lang);
    page.para(says, inset, '! ', 'warn');
    // What can be done is told once a plan, unless it has changed with the country.
    if (!warned.has(can)) page.para(can, inset + 2);
    warned.add(can);
  }
  if (leg.decision && leg.kind === 'file') page.para(decisionWords(leg.decision, provision?.weighs)[lang], inset);
  const sources: SourceRef[] = legSources(book, w);
  if (leg.kind !== 'await') {
    const reason = reasonSentence(
      w.reasons.flatMap((r) => r.because),
      lang,
      w.supposed,
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
    const cited = page.notes.cite(
      p.verified.against.flatMap((id) =>
        p.sources[id] ? [{ id, provision: p.id, ...p.sources[id] } as SourceRef] : [],
      ),
    );
    page.para(
      `${dangerWords(p, d, leg.day, lang)} ${cited}`,
      inset,
      ...(d.of === 'notice' ? (['- '] as const) : (['! ', 'warn'] as const)),
    );
    const advice = adviceWords(p, leg.day, lang);
    if (advice) page.para(advice, inset + 2);
  }
  const fallback = legFallbackWords(book, w, lang);
  if (fallback) page.para(fallback, inset);
  const help = helpSentence(legHelp(book, w, at[1] === 1, today), helped, leg.day, lang);
  if (help) page.para(help, inset);
  remarksOf(page, w, at, inset, told, lang);
  const old = provision && leg.kind !== 'await' ? oldEvidence(provision, leg.day, lang) : undefined;
  if (old) page.para(old, inset, '', 'warn');
  if (leg.kind !== 'await') {
    const own = sources.filter((x) => x.provision === provision?.id);
    const cited = page.notes.cite((own.length ? own : sources).slice(0, CITED));
    if (cited) page.para(`${page.t('Sources', 'Источники')}: ${cited}`, inset, '', 'dim');
  }
}

/** What the leg is for the family: a line where it is not simply open, dangers that are theirs and not the person's. */
function familyOf(page: Page, book: LawBook, p: WalkedPlan, i: number, warned: Set<string>, lang: Lang): void {
  const { together, legs } = p;
  if (!together) return;
  const inset = 2 + `${i + 1}. `.length;
  for (const line of familyLines(book, together, legs, i, lang))
    page.para(line.says, inset, line.grave ? '! ' : '', line.grave ? 'warn' : undefined);
  for (const d of familyDangers(book, together, legs, i, lang)) {
    if (warned.has(d.key)) continue;
    warned.add(d.key);
    page.para(d.says, inset, '! ', 'warn');
  }
}

/** What the law says around the leg: in full where it comes first on the page, by a reference where it comes again. */
function remarksOf(
  page: Page,
  w: WalkedLeg,
  at: readonly [plan: number, step: number],
  inset: number,
  told: Told,
  lang: Lang,
): void {
  const remarks = legRemarks(w);
  if (remarks.length === 0) return;
  const key = JSON.stringify(remarks);
  const before = told.get(key);
  if (before) {
    page.para(
      page.t(
        `What the law says beside this: see plan ${before[0]}, step ${before[1]}.`,
        `Что ещё говорит об этом закон: см. план ${before[0]}, шаг ${before[1]}.`,
      ),
      inset,
    );
    return;
  }
  told.set(key, at);
  for (const line of remarkWords(remarks, lang)) page.para(line, inset);
  const { notes, more } = noteWords(remarks, lang);
  for (const n of notes) page.para(n, inset, '- ');
  if (more > 0)
    page.para(
      page.t(
        `${more} more ${plural(more, 'en', ['note', 'notes', 'notes'])}: foothold law show ${w.provision?.id}`,
        `Ещё ${more} ${plural(more, 'ru', ['замечание', 'замечания', 'замечаний'])}: foothold law show ${w.provision?.id}`,
      ),
      inset,
      '- ',
    );
}
