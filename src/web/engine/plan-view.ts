/** Plans as the page shows them: legs in words, the bars of the timeline, the stops on the map. All from the same legs. */

import { banWords } from '../../answers/ban-words.ts';
import { changeWords } from '../../answers/change-words.ts';
import { countryName, titleWithCountry, withoutCountry } from '../../answers/countries.ts';
import { gapWords } from '../../answers/coverage-words.ts';
import { earlierOf } from '../../answers/earlier.ts';
import { legFallbackWords } from '../../answers/fallback-words.ts';
import { fearWords } from '../../answers/fear-words.ts';
import { legHelp } from '../../answers/leg-help.ts';
import { paperLimit, paperWords } from '../../answers/leg-papers.ts';
import { legRemarks, noteWords, remarkWords } from '../../answers/leg-remarks.ts';
import {
  adviceWords,
  allRareWords,
  assumptionWords,
  awaitedWords,
  costWords,
  graveWords,
  legDoes,
  legTerms,
  oldEvidence,
  reasonSentence,
  summaryWords,
  survivalWords,
} from '../../answers/leg-words.ts';
import { littleToldWords } from '../../answers/little-told.ts';
import { lookedAtWords } from '../../answers/looked-at.ts';
import { shortWords } from '../../answers/money-words.ts';
import { nearerLead, nearerWords } from '../../answers/nearer.ts';
import { inOrder } from '../../answers/order.ts';
import { ownCountries, ownCountryWords } from '../../answers/own-countries.ts';
import { answerSteps, type PlanAnswer, type WalkedPlan } from '../../answers/plan-answer.ts';
import { legSources } from '../../answers/plan-json.ts';
import type { WalkedLeg } from '../../answers/plan-legs.ts';
import { decisionWords, doubtWords, goalText, goalWords, nothingWhy } from '../../answers/plan-words.ts';
import { dayIn, isoIn, say } from '../../answers/say.ts';
import { shunnedLead, shunnedWords } from '../../answers/shunned.ts';
import { type Still, stillHolds } from '../../answers/still.ts';
import { type StillLine, stillWords } from '../../answers/still-words.ts';
import { toComeWords } from '../../answers/to-come.ts';
import { type FamilyLine, familyDangers, familyLines, familySummary } from '../../answers/together-words.ts';
import { formatDay } from '../../calendar/civil.ts';
import type { LawBook } from '../../law/book.ts';
import { fillText, type Lang, sayCount, sayDuration, sayNumber } from '../../law/say.ts';
import type { Situation } from '../../person/types.ts';
import type { Goal, Plan } from '../../plan/types.ts';
import type { Day } from '../../rules/ir.ts';
import { type DangerView, dangerView } from './danger-view.ts';
import { type SourceLine, sourceLines } from './sources.ts';
import { deadlineWords } from './stand-view.ts';

export type LegView = {
  readonly kind: 'enter' | 'file' | 'await';
  readonly day: string;
  readonly dayWords: string;
  readonly weekday: string;
  readonly does: string;
  readonly terms: readonly string[];
  readonly decision: string | undefined;
  readonly reason: string | undefined;
  readonly doubts: readonly string[];
  /** Dangers not told at an earlier leg. */
  readonly dangers: readonly DangerView[];
  /** What the leg is for the family that goes along, where it is not simply open; dangers that are theirs. */
  readonly family: readonly FamilyLine[];
  /** That the leg goes beyond the passport, and what can be done; empty where it does not. */
  readonly papers: readonly string[];
  /** What the law says beside its conditions (while it waits, of a refusal, what to bring), and its notes. */
  readonly remarks: readonly string[];
  readonly notes: readonly string[];
  /** Programmes and helpers that are for the person at this leg, not told at an earlier one. */
  readonly help: readonly { readonly id: string; readonly title: string; readonly old: boolean }[];
  readonly fallback: { readonly says: string; readonly none: boolean } | undefined;
  readonly old: string | undefined;
  readonly sources: readonly SourceLine[];
  readonly provision: string | undefined;
  readonly country: string;
};

/** A stretch of time in one country, from the day of entry to the next. */
export type Stretch = {
  readonly country: string;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly danger: boolean;
};

export type PlanView = {
  /** Its steps and their days: the same while the list around it changes. */
  readonly id: string;
  /** From before the last change; it holds, and the search that goes on has not come to it yet. */
  readonly before: boolean;
  readonly goalDay: string;
  readonly goalDayWords: string;
  readonly country: string;
  readonly countryCode: string;
  readonly grave: string | undefined;
  readonly summary: readonly string[];
  /** For whom of the family it holds, for whom not; empty where nobody goes along. */
  readonly family: readonly FamilyLine[];
  /** Somebody of the family who goes along surely cannot follow it. */
  readonly parts: boolean;
  /** It holds for the family only if the person goes first and the others follow. */
  readonly apart: boolean;
  readonly facts: {
    readonly time: string;
    readonly days: number;
    readonly cost: string;
    readonly moves: number;
    readonly discretion: number;
    readonly danger: string;
    readonly dangerDays: number;
    readonly costEur: number;
    /** Whether each refusal has a lawful way on; `none`: no answer in the plan may be no where the conditions are met. */
    readonly survives: 'any' | 'some' | 'none';
    readonly survival: string;
  };
  readonly legs: readonly LegView[];
  /** What it takes for granted that is not what most people would answer: the plan holds only if it is so. */
  readonly onlyIf: readonly string[];
  readonly assumes: readonly { readonly fact: string; readonly says: string; readonly usual: boolean }[];
  /** Days since the day asked about: the stretches and the legs on one line. */
  readonly stretches: readonly Stretch[];
  readonly marks: readonly { readonly at: number; readonly kind: LegView['kind'] }[];
  /** The countries gone through, by code and by name. */
  readonly path: readonly string[];
  readonly pathNames: readonly string[];
};

export type PlansView = {
  readonly goal: string;
  readonly on: string;
  readonly plans: readonly PlanView[];
  /** What of all ways was looked at; `undefined` where nothing was left. */
  readonly lookedAt: string | undefined;
  /** Countries of one's own, each as the sentences said of it. */
  readonly own: readonly (readonly string[])[];
  /** That hardly anything was told, and what to tell first. */
  readonly little: string | undefined;
  /** That protection is a goal of its own, for whoever told of danger. */
  readonly fear: string | undefined;
  /** What plans make of entry bans that were told. */
  readonly banned: string | undefined;
  /** That every plan rests on an answer few people can give: to be read first. */
  readonly rare: string | undefined;
  /** That an answer is awaited, and what leaving before it comes means. */
  readonly awaited: string | undefined;
  /** Countries kept out of the plans, each with why. */
  readonly shunned: { readonly lead: string; readonly rows: readonly string[] } | undefined;
  readonly refused: number;
  readonly nothing:
    | {
        readonly why: string;
        readonly nearest: readonly {
          readonly id: string;
          readonly title: string;
          readonly change: string | undefined;
          readonly verify: string | undefined;
        }[];
      }
    | undefined;
  /** Goals sooner had, where no plan to this one is likely: why, and of each the first plan in short. */
  readonly nearer:
    | { readonly lead: string; readonly goals: readonly { readonly goal: Goal; readonly says: readonly string[] }[] }
    | undefined;
  /** What became of the plans shown before the last change of an answer, of the day or of the law; empty where nothing was. */
  readonly since: readonly StillLine[];
  readonly uncovered: readonly { readonly country: string; readonly gaps: readonly string[] }[];
  /** Countries that appear in the plans, for avoiding. */
  readonly countries: readonly { readonly code: string; readonly name: string; readonly without: string }[];
};

/** The last plans found, so that another language costs no search. */
let last:
  | { readonly book: LawBook; readonly key: string; readonly answer: PlanAnswer; readonly still: Still | undefined }
  | undefined;

/** So many milliseconds lie between two partial answers at least: the page has to draw them. */
const BREATH = 400;

/** So many plans of before are looked at again when something was changed, the best first: as many as are compared at once, twice. */
export const AGAIN = 12;

/** A search that is under way, or was stopped: asked the same again, or in the other language, it goes on from where it is. */
type Going = {
  readonly book: LawBook;
  readonly key: string;
  readonly steps: ReturnType<typeof answerSteps>;
  /** What it has told so far. */
  answer: PlanAnswer | undefined;
};
let going: Going | undefined;

/** The plans told last, of whatever question: those that hold for the next are told at once. */
const told = (book: LawBook): readonly Plan[] => {
  const answer = going?.answer ?? last?.answer;
  const of = going?.answer ? going.book : last?.book;
  return of === book && answer ? answer.plans.map((p) => p.plan) : [];
};

/**
 * Plans as they are found: partial views, then the whole one; `undefined` where there is nothing new, for whoever listens in between.
 * @param key what the plans hang on: the case, the day, the goal, the countries avoided
 */
export function* plansViews(
  book: LawBook,
  s: Situation,
  goal: Goal,
  avoid: readonly string[],
  lang: Lang,
  key: string,
): Generator<PlansView | undefined, PlansView, void> {
  if (last?.book === book && last.key === key) return viewOf(book, last.answer, lang, last.still);
  let run = going?.book === book && going.key === key ? going : undefined;
  if (run?.answer) yield viewOf(book, run.answer, lang);
  if (!run) {
    const earlier = told(book).slice(0, AGAIN);
    const steps = answerSteps(book, s, goal, { avoid: new Set(avoid), processing: 'longest', earlier });
    run = { book, key, steps, answer: undefined };
    going = run;
  }
  let at = run.answer ? performance.now() : Number.NEGATIVE_INFINITY;
  let shown = run.answer;
  let paused = false;
  for (;;) {
    const step = run.steps.next();
    if (step.done) {
      const before = last?.answer;
      const same = before !== undefined && goalText(before.goal) === goalText(goal);
      const still = same ? stillHolds(book, earlierOf(before), step.value, 'longest') : undefined;
      last = { book, key, answer: step.value, still };
      going = undefined;
      return viewOf(book, step.value, lang, still);
    }
    run.answer = step.value ?? run.answer;
    // The first plan is shown at once, and what is known before the search sets out; later ones when there is time to look at them.
    const now = performance.now();
    const setsOut: boolean = step.value === undefined && !paused;
    paused ||= setsOut;
    if (run.answer && run.answer !== shown && (now - at >= BREATH || setsOut || !shown?.plans.length)) {
      at = now;
      shown = run.answer;
      yield viewOf(book, shown, lang);
    } else yield undefined;
  }
}

export function viewOf(book: LawBook, a: PlanAnswer, lang: Lang, still?: Still): PlansView {
  const codes = new Set<string>();
  for (const { plan } of a.plans) for (const l of plan.legs) if (l.kind === 'enter') codes.add(l.country);
  for (const p of a.plans) codes.add(placeAtEnd(p));
  return {
    goal: goalWords(a.goal)[lang],
    on: formatDay(a.start.on),
    plans: a.plans.map((p) => planView(book, p, a.start, lang)),
    own: ownCountries(book, a.start).map((o) => ownCountryWords(book, o, a.start, lang)),
    lookedAt: lookedAtWords({ ...a, plans: a.plans.map((p) => p.plan) }, lang),
    awaited: awaitedWords(a.start, lang),
    shunned: a.shunned.length
      ? { lead: shunnedLead(lang), rows: a.shunned.map((x) => shunnedWords(book, x, a.start, lang)) }
      : undefined,
    little: littleToldWords(a.start, lang),
    fear: fearWords(a.start, a.goal, lang),
    banned: banWords(book, a.start, lang),
    rare: allRareWords(
      a.plans.map((p) => p.plan),
      lang,
    ),
    refused: a.refused.length,
    nothing: a.plans.length
      ? undefined
      : {
          why: nothingWhy(a)[lang],
          nearest: a.nearest.map((r) => ({
            id: r.route,
            title: titleWithCountry(r, lang, book),
            change: r.nearest[0] && changeWords(book, r.nearest[0], lang),
            verify: r.verify ? isoIn(r.verifiedOn, lang) : undefined,
          })),
        },
    nearer: a.nearer.length
      ? {
          lead: nearerLead(a.goal, lang),
          goals: a.nearer.map((n) => ({ goal: n.goal, says: nearerWords(n, lang) })),
        }
      : undefined,
    since: still && differs(still) ? stillWords(book, still, a, lang) : [],
    uncovered: a.uncovered
      .filter((c) => c.missing.length)
      .map((c) => ({
        country: countryName(c.jurisdiction, lang, book),
        gaps: c.missing.map((m) => `${m.what[lang]} (${gapWords(m.why, lang)})`),
      })),
    countries: [...codes]
      .filter((c) => c.length === 2)
      .map((code) => ({ code, name: countryName(code, lang), without: withoutCountry(code, lang) }))
      .sort((x, y) => inOrder(lang)(x.name, y.name)),
  };
}

/** Whether anything is other than before: where all plans hold with the same days there is nothing to say. */
const differs = (still: Still): boolean =>
  still.fresh.length > 0 || still.fates.some((f) => f.kind !== 'kept' || f.days !== 0);

const placeAtEnd = (p: WalkedPlan): string =>
  p.legs.at(-1)?.provision?.jurisdiction ?? p.plan.legs.at(-1)?.jurisdiction ?? '';

function planView(book: LawBook, p: WalkedPlan, start: Situation, lang: Lang): PlanView {
  const { plan, legs } = p;
  const end: Day = legs.at(-1)?.leg.day ?? start.on;
  const m = plan.metrics;
  const told = new Set<string>();
  const code = placeAtEnd(p);
  return {
    id: JSON.stringify(plan.legs.map((l) => [l.kind, l.day, l.kind === 'enter' ? [l.country, l.under] : l.route])),
    before: p.before === true,
    goalDay: formatDay(end),
    goalDayWords: dayIn(end, lang),
    country: countryName(code, lang, book),
    countryCode: code,
    grave: graveWords(plan, lang),
    summary: [shortWords(plan, lang) ?? [], toComeWords(book, plan, lang), summaryWords(plan, lang)].flat(),
    family: p.together ? familySummary(book, p.together, legs, lang) : [],
    parts: plan.parts === true,
    apart: plan.apart === true,
    facts: {
      time: timeWords(m.daysToGoal, lang),
      days: m.daysToGoal,
      cost: costWords(plan, lang),
      moves: m.moves,
      discretion: m.discretionarySteps,
      danger: sayNumber(m.dangerDays, lang),
      dangerDays: m.dangerDays,
      costEur: m.costEur,
      survives: !plan.legs.some((l) => l.fallback) ? 'none' : plan.survivesAnyOneRefusal ? 'any' : 'some',
      survival: survivalWords(plan, lang),
    },
    legs: legs.map((w, i) => legView(book, w, i === 0, start.on, told, familyOf(book, p, i, told, lang), lang)),
    onlyIf: plan.assumes.filter((x) => x.usual !== true).map((x) => assumptionWords(book, x, lang, start.cash)),
    assumes: plan.assumes.map((x) => ({
      fact: x.fact,
      says: assumptionWords(book, x, lang, start.cash),
      usual: x.usual === true,
    })),
    stretches: stretchesOf(legs, start, end, lang),
    marks: legs.map((w) => ({ at: w.leg.day - start.on, kind: w.leg.kind })),
    path: pathOf(plan, start, code),
    pathNames: pathOf(plan, start, code).map((c) => countryName(c, lang)),
  };
}

/** Up to so many days are told as days; more than that nobody counts. */
const COUNTED = 90;

/** How long it takes, as one would say it: the day itself stands beside it. */
function timeWords(days: number, lang: Lang): string {
  if (days <= COUNTED) return sayCount(days, 'day', lang);
  const about = sayDuration({ months: Math.round(days / 30.4375), days: 0 }, lang);
  return say(lang, `about ${about}`, `примерно ${about}`);
}

/** The countries of a plan in order, the country of the goal at the end: an answer may come before one is there. */
function pathOf(plan: WalkedPlan['plan'], start: Situation, goal: string): string[] {
  const out = [
    ...(start.place ? [start.place] : []),
    ...plan.legs.flatMap((l) => (l.kind === 'enter' ? [l.country] : [])),
  ];
  return goal.length === 2 && out.at(-1) !== goal ? [...out, goal] : out;
}

/** The lines of a leg about the family, each danger once a plan. */
function familyOf(book: LawBook, p: WalkedPlan, i: number, told: Set<string>, lang: Lang): FamilyLine[] {
  if (!p.together) return [];
  const dangers = familyDangers(book, p.together, p.legs, i, lang).filter((d) => !told.has(d.key));
  for (const d of dangers) told.add(d.key);
  return [...familyLines(book, p.together, p.legs, i, lang), ...dangers.map(({ says, grave }) => ({ says, grave }))];
}

function legView(
  book: LawBook,
  w: WalkedLeg,
  first: boolean,
  on: Day,
  told: Set<string>,
  family: readonly FamilyLine[],
  lang: Lang,
): LegView {
  const { leg, provision } = w;
  const sources = leg.kind === 'await' ? [] : legSources(book, w);
  const own = sources.filter((x) => x.provision === provision?.id);
  const dangers = leg.dangers.flatMap((d) => {
    const p = book.provisions.get(d.provision);
    if (!p || told.has(d.provision)) return [];
    told.add(d.provision);
    const advice = adviceWords(p, leg.day, lang);
    return [{ p, view: dangerView(p, d, leg.day, advice === undefined ? [] : [advice], lang) }];
  });
  const remarks = legRemarks(w);
  const limit = paperLimit(book, w);
  const dangerSources = dangers.flatMap(({ p }) => p.verified.against.flatMap((id) => p.sources[id] ?? []));
  const when = deadlineWords(leg.day, on, lang);
  return {
    kind: leg.kind,
    day: when.day,
    dayWords: when.words,
    weekday: when.weekday,
    does: legDoes(w, lang),
    terms: legTerms(book, w, lang),
    decision: leg.decision && leg.kind === 'file' ? decisionWords(leg.decision, w.provision?.weighs)[lang] : undefined,
    reason:
      leg.kind === 'await'
        ? undefined
        : reasonSentence(
            w.reasons.flatMap((r) => r.because),
            lang,
            w.supposed,
          ),
    doubts: leg.doubts.map((d) => doubtWords(book, d, leg.day)[lang]),
    dangers: dangers.map(({ view }) => view),
    family,
    papers: limit ? paperWords(book, w, limit, lang) : [],
    help: legHelp(book, w, first, on).flatMap(({ provision: p, old }) => {
      if (told.has(p.id)) return [];
      told.add(p.id);
      return [{ id: p.id, title: fillText(p.title, p, leg.day)[lang], old }];
    }),
    remarks: remarkWords(remarks, lang),
    notes: noteWords(remarks, lang, Number.POSITIVE_INFINITY).notes,
    fallback: leg.fallback && { says: legFallbackWords(book, w, lang) ?? '', none: leg.fallback.none },
    old: provision && leg.kind !== 'await' ? oldEvidence(provision, leg.day, lang) : undefined,
    sources: sourceLines([...(own.length ? own : sources).slice(0, 4), ...dangerSources], lang),
    provision: provision?.id,
    country: w.after.place ?? leg.jurisdiction,
  };
}

function stretchesOf(legs: readonly WalkedLeg[], start: Situation, end: Day, lang: Lang): Stretch[] {
  const out: Stretch[] = [];
  // The dangers of a leg are those of the country where the person then is.
  const dangerous = new Set(
    legs.flatMap((w) =>
      w.leg.dangers.length ? [w.leg.kind === 'enter' ? w.leg.country : (w.before.place ?? '')] : [],
    ),
  );
  let place = start.place;
  let since = start.on;
  const close = (to: Day) => {
    if (place !== undefined)
      out.push({
        country: place,
        name: countryName(place, lang),
        from: since - start.on,
        to: to - start.on,
        danger: dangerous.has(place),
      });
  };
  for (const { leg: l } of legs)
    if (l.kind === 'enter') {
      close(l.day);
      place = l.country;
      since = l.day;
    }
  close(end);
  return out.filter((x) => x.to >= x.from);
}
